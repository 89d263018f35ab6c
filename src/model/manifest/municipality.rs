//! `municipality.toml`: names, terms, offices, and the documents that are issued（自治体の設定）.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds;
use super::look::{MarkLook, MarkStyle, MarksDef, Paper, Typeface};
use super::policy::{PolicyDef, StyleDef, WordDef};
use super::threshold::VoluntaryDef;
use crate::name::{BesideId, CaseId, DocumentId, SectionId};
use crate::source::Located;

/// A municipality（自治体・評価実施機関）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MunicipalityToml {
    /// Name.
    pub name: Located<String>,
    /// 全国地方公共団体コード, 6 digits.
    pub code: Located<String>,
    /// Names of its own beside it, that no other municipality's texts should hold: wards, places, offices（固有の名称）.
    #[serde(default)]
    pub names: Vec<String>,
    /// Names of other municipalities that its texts may hold（近隣などの、載せてよい名称）.
    #[serde(default)]
    pub neighbours: Vec<String>,
    /// Stands where something is withheld（公表しない部分の表示）; none: the form's.
    #[serde(default)]
    pub withheld_notice: Option<String>,
    /// Terms by name（用語）: what `{{name}}` stands for.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub terms: BTreeMap<String, String>,
    /// How its texts are written.
    #[serde(default)]
    pub style: StyleDef,
    /// Words that it writes in one way.
    #[serde(default)]
    pub word: Vec<WordDef>,
    /// Steps that its own rules ask for.
    #[serde(default)]
    pub policy: Vec<PolicyDef>,
    /// Assessments that it makes although less is due.
    #[serde(default)]
    pub voluntary: Vec<VoluntaryDef>,
    /// Looks of marks by name, for its documents; they go before those of `templates/looks/marks.toml`（変更の見せ方）.
    #[serde(default)]
    pub look: BTreeMap<String, MarkLook>,
    /// Documents that are issued, in order.
    #[serde(default)]
    pub document: Vec<DocumentDef>,
}

impl MunicipalityToml {
    /// What it is called: its name, and names of its own beside it.
    pub fn called(&self) -> impl Iterator<Item = &str> {
        self.names.iter().chain([&self.name.value]).map(String::as_str)
    }
}

/// A document that is issued（発行する文書）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DocumentDef {
    /// Case it belongs to; the folder of the output.
    pub case: Located<CaseId>,
    /// Id; the name of the output file.
    pub id: Located<DocumentId>,
    /// What it is.
    pub kind: DocumentKind,
    /// Title for metadata.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// Title as printed, one string a line; none: the document has a cover.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    #[schemars(length(max = bounds::TITLE_LINES_MOST))]
    pub title_lines: Vec<String>,
    /// Form of an overview; of an assessment the id of the one beside the main that it shows（`[[beside]]`）.
    // Of two kinds of ids; which one, the kind of document says.
    #[serde(default)]
    pub form: Option<Located<String>>,
    /// Sections of the form that it shows（別添2 だけ、など）; none: all.
    #[serde(default)]
    pub sections: Vec<Located<SectionId>>,
    /// Which view.
    #[serde(default)]
    pub view: View,
    /// For whom.
    #[serde(default)]
    pub audience: IssuedFor,
    /// Kinds of file.
    #[schemars(length(max = bounds::FORMATS_MOST))]
    pub formats: Vec<Format>,
    /// Typeface of the body; none: the form's, else mincho.
    #[serde(default)]
    pub body: Option<Typeface>,
    /// Body size in pt.
    #[serde(default = "default_size_pt")]
    #[schemars(range(min = bounds::SIZE_PT_LEAST, max = bounds::SIZE_PT_MOST))]
    pub size_pt: f64,
    /// Paper.
    #[serde(default)]
    pub paper: Paper,
    /// Footer; `{n}` page, `{N}` pages.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    #[schemars(length(max = bounds::MARGIN_CHARS_MOST))]
    pub footer: String,
    /// At the left of the footer.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    #[schemars(length(max = bounds::MARGIN_CHARS_MOST))]
    pub footer_left: String,
    /// At the right of the header.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    #[schemars(length(max = bounds::MARGIN_CHARS_MOST))]
    pub header_right: String,
    /// How marks look.
    #[serde(default)]
    pub marks: MarksDef,
    /// What `marks` comes to, the looks that it names looked up; made when the municipality is put together.
    #[serde(skip)]
    pub look: MarkStyle,
    /// Id of the 評価書 beside the main one that it shows or tells of; made when the municipality is put together.
    #[serde(skip)]
    pub beside: Option<BesideId>,
    /// Explains the marks, in samples of their look; empty: the words of all documents.
    #[serde(default = "no_legend")]
    #[schemars(extend("x-withheld" = "line"))]
    pub legend: Located<String>,
    /// Id of the document whose pages are cited.
    #[serde(default = "default_pages_of")]
    pub pages_of: DocumentId,
    /// How pages are cited.
    #[serde(default)]
    pub pages: PageFormat,
    /// Columns and habits of a list.
    #[serde(default)]
    pub list: ListDef,
}

fn no_legend() -> Located<String> {
    Located { value: String::new(), range: 0..0 }
}

fn default_size_pt() -> f64 {
    9.0
}

fn default_pages_of() -> DocumentId {
    "assessment".into()
}

/// What a document is（文書の種類）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// 評価書.
    Assessment,
    /// 概要: a form of its own, filled from the assessment.
    Overview,
    /// 付議事項.
    Submission,
    /// 変更箇所一覧.
    ChangeList,
    /// 主な変更内容.
    ChangeSummary,
    /// 別紙チェックリスト.
    Checklist,
    /// 計画管理書: of all cases of the municipality.
    Register,
    /// 意見募集のお知らせ.
    CommentNotice,
    /// 意見の概要と考え方.
    CommentReport,
    /// 意見のブック: to be filled in.
    CommentSheet,
}

impl DocumentKind {
    /// As written in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Overview => "overview",
            Self::Submission => "submission",
            Self::ChangeList => "change-list",
            Self::ChangeSummary => "change-summary",
            Self::Checklist => "checklist",
            Self::Register => "register",
            Self::CommentNotice => "comment-notice",
            Self::CommentReport => "comment-report",
            Self::CommentSheet => "comment-sheet",
        }
    }
}

/// View（版の見せ方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// 溶け込み版: changes accepted.
    #[default]
    Clean,
    /// 見え消し版: changes shown.
    Marked,
    /// 改定前: changes rejected.
    Before,
}

impl View {
    /// The word that stands for it in data.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Marked => "marked",
            Self::Before => "before",
        }
    }
}

/// For whom a document is issued（提出用・公表用の別）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IssuedFor {
    /// 提出用 alone.
    #[default]
    Submission,
    /// 公表用 alone.
    Public,
    /// 提出用 and 公表用.
    Both,
}

impl IssuedFor {
    /// Whether it is issued for an audience.
    #[must_use]
    pub fn has(self, audience: Audience) -> bool {
        match self {
            Self::Submission => audience == Audience::Submission,
            Self::Public => audience == Audience::Public,
            Self::Both => true,
        }
    }

    /// For whom it is made where nobody is named.
    #[must_use]
    pub fn usual(self) -> Audience {
        match self {
            Self::Submission | Self::Both => Audience::Submission,
            Self::Public => Audience::Public,
        }
    }
}

/// Who reads a document（提出用・公表用）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// 提出用: everything.
    Submission,
    /// 公表用: without what is withheld.
    Public,
}

/// Kind of output file（出力形式）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// PDF/A-2a and PDF/UA-1.
    Pdf,
    /// One HTML file.
    Html,
    /// Excel workbook.
    Xlsx,
}

impl Format {
    /// Ending of the file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }
}

/// How pages are cited（ページの書き方）.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PageFormat {
    /// Before all pages: `P.`.
    pub prefix: String,
    /// Between the first and the last of a run: `～`.
    pub range: String,
    /// Shortest run that is written as a range.
    #[schemars(range(min = bounds::RANGE_FROM_LEAST, max = bounds::RANGE_FROM_MOST))]
    pub range_from: usize,
    /// Between pages and runs: `、`.
    pub separator: String,
    /// After each page or run: `ページ`.
    pub suffix: String,
    /// Before the last page or run: `及び`; empty: as between the others.
    pub last_separator: String,
    /// Before the whole citation: `（評価書 `.
    pub open: String,
    /// After it: `）`.
    pub close: String,
}

impl Default for PageFormat {
    fn default() -> Self {
        Self {
            prefix: String::new(),
            range: "～".to_owned(),
            range_from: 3,
            separator: "、".to_owned(),
            suffix: String::new(),
            last_separator: String::new(),
            open: String::new(),
            close: String::new(),
        }
    }
}

/// Columns and habits of a list of changes（一覧の組み方）.
#[derive(Debug, Clone, Hash, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ListDef {
    /// Columns from left to right; none: those of `templates/words/document.toml`.
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub columns: Vec<ColumnDef>,
    /// Sections whose unchanged rows are shown beside changed ones.
    pub context_sections: Vec<SectionId>,
    /// What stands for the reason of such a row.
    pub context_reason: String,
    /// What stands for page and reason of a heading row.
    pub heading_reason: String,
    /// Between the pages of one cell; empty: that of `templates/words/document.toml`.
    pub page_separator: String,
    /// What stands for text that one side does not have or that is left out; those that are empty are taken from
    /// `templates/words/document.toml`.
    pub words: ListWords,
}

/// Words of a comparison（新旧対照表の用語）.
#[derive(Debug, Clone, Hash, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct ListWords {
    /// For text that did not change: `（略）`.
    pub left_out: String,
    /// On the old side of a row or record that is new: `（新設）`.
    pub new: String,
    /// On the old side of a row that was there and only gained text: `（記載なし）`.
    pub none: String,
    /// On the new side of what is gone: `（削除）`, `（削る）`.
    pub gone: String,
    /// After the title of a figure: `（図）`.
    pub figure: String,
}

impl ListDef {
    /// The list with what it does not say taken from another.
    pub(crate) fn or(&mut self, usual: &Self) {
        if self.columns.is_empty() {
            self.columns.clone_from(&usual.columns);
        }
        let ListWords { left_out, new, none, gone, figure } = &mut self.words;
        let words = &usual.words;
        for (own, usual) in [
            (&mut self.page_separator, &usual.page_separator),
            (left_out, &words.left_out),
            (new, &words.new),
            (none, &words.none),
            (gone, &words.gone),
            (figure, &words.figure),
        ] {
            if own.is_empty() {
                own.clone_from(usual);
            }
        }
    }
}

/// A column of a list（列）.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColumnDef {
    /// Header.
    pub label: String,
    /// What it shows.
    pub field: ColumnField,
    /// Share of the width.
    #[schemars(range(min = bounds::WIDTH_LEAST, max = bounds::WIDTH_MOST))]
    pub width: f64,
}

impl std::hash::Hash for ColumnDef {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let Self { label, field, width } = self;
        (label, field, width.to_bits()).hash(state);
    }
}

/// What a column shows（列の内容）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnField {
    /// The form row itself.
    Row,
    /// 項目: its path in words.
    Item,
    /// ページ.
    Pages,
    /// 事由.
    Reason,
    /// 変更日.
    ChangedOn,
    /// 変更前の記載.
    Before,
    /// 変更後の記載.
    After,
    /// 提出時期.
    Timing,
    /// 提出時期に係る説明.
    TimingNote,
}
