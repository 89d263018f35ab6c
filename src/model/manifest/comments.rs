//! `comments.toml`: the hearing of the public and the opinions that came in（意見の募集と寄せられた意見）.
//!
//! There is no key for who sent an opinion: name, address, telephone and e-mail are for the office's own papers and never stored here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds;
use super::municipality::PageFormat;
use crate::model::ItemPath;
use crate::name::{ChangeId, OpinionGroupId};
use crate::source::Located;

/// The hearing of a case and its opinions（意見の募集）: `content/municipalities/<slug>/<case>/comments.toml`.
///
/// Source: 番号法第28条第1項, 特定個人情報保護評価に関する規則第7条.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommentsToml {
    /// The hearing.
    pub hearing: HearingToml,
    /// Opinions of one purport, with their answer, in the order of the report（意見のまとまり）.
    #[serde(default)]
    #[schemars(length(max = bounds::OPINIONS_MOST))]
    pub group: Vec<GroupToml>,
    /// Opinions in the order in which they came in.
    #[serde(default)]
    #[schemars(length(max = bounds::OPINIONS_MOST))]
    pub opinion: Vec<OpinionToml>,
    /// Parts of the notice in order; none: those of `templates/words/document.toml`.
    #[serde(default)]
    pub notice: Vec<CommentPart>,
    /// Parts of the report in order; none: those of `templates/words/document.toml`.
    #[serde(default)]
    pub report: Vec<CommentPart>,
    /// Columns of the table of opinions; none: those of `templates/words/document.toml`.
    #[serde(default)]
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub columns: Vec<CommentColumn>,
}

/// The hearing（意見の聴取）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HearingToml {
    /// What opinions are asked for（案件名）, as printed.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: Located<String>,
    /// Ground（根拠）, as printed.
    #[schemars(extend("x-withheld" = "line"))]
    pub ground: String,
    /// First day, as `2026-05-01`.
    pub from: Located<String>,
    /// Last day, as `2026-06-15`.
    pub to: Located<String>,
    /// What changes（変更の概要）, point by point; none: the headings of 主な変更内容.
    #[serde(default)]
    pub outline: Vec<OutlineToml>,
    /// Where the paper may be read（閲覧場所）.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub places: Vec<String>,
    /// Ways to hand an opinion in（提出方法）.
    #[serde(default)]
    pub way: Vec<WayToml>,
    /// Whom to ask（問合せ先）.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub contact: String,
}

/// A point of the outline（変更の概要の一項）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OutlineToml {
    /// The point, without its pages.
    #[schemars(extend("x-withheld" = "line"))]
    pub text: String,
    /// Changes whose pages it cites.
    #[serde(default)]
    pub changes: Vec<Located<ChangeId>>,
    /// Paths of items whose pages it cites.
    #[serde(default)]
    pub items: Vec<Located<ItemPath>>,
}

/// A way to hand an opinion in（提出方法）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WayToml {
    /// One of the ways of `templates/words/document.toml`: 直接持参, 郵送 ….
    pub way: Located<String>,
    /// Where it goes（提出先）: a counter, an address, a number of the office.
    #[schemars(extend("x-withheld" = "line"))]
    pub to: String,
}

/// Opinions of one purport and their answer（意見のまとまり）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GroupToml {
    /// Id that opinions refer to.
    pub id: Located<OpinionGroupId>,
    /// What it is about（見出し）.
    #[schemars(extend("x-withheld" = "line"))]
    pub heading: String,
    /// The opinions in short（意見の概要）.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub summary: String,
    /// The answer（区の考え方、市の考え方）; empty: not yet given.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub answer: String,
    /// What it does to the assessment（対応）, one of the words of `templates/words/document.toml`; none or empty: not yet decided.
    #[serde(default)]
    pub effect: Option<Located<String>>,
    /// Changes of `changes.toml` that it led to.
    #[serde(default)]
    pub changes: Vec<Located<ChangeId>>,
    /// Paths of the items that it is about.
    #[serde(default)]
    pub items: Vec<Located<ItemPath>>,
    /// Whether it is among the main opinions that the assessment itself tells of（主な意見）.
    #[serde(default = "is_main")]
    pub main: bool,
}

fn is_main() -> bool {
    true
}

/// One opinion（意見）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OpinionToml {
    /// Number under which it was taken in（受付番号）.
    #[schemars(range(min = 1, max = bounds::OPINION_NUMBER_MOST))]
    pub number: Located<u32>,
    /// Day on which it came in, as `2026-05-12`.
    pub received: Located<String>,
    /// How it came in, one of the ways of `templates/words/document.toml`.
    pub way: Located<String>,
    /// Id of the group that answers it; none or empty: not yet sorted.
    #[serde(default)]
    pub group: Option<Located<OpinionGroupId>>,
    /// Its words, without what tells who sent it in.
    #[schemars(extend("x-withheld" = "line"))]
    pub text: Located<String>,
}

/// A part of the notice or of the report（お知らせ・報告の部分）.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommentPart {
    /// Heading; empty: none.
    #[serde(default)]
    pub heading: String,
    /// Printed below it. `{title}`, `{ground}`, `{from}`, `{to}`, `{days}`, `{contact}`, `{count}`, `{groups}` and `{stage}` stand for what
    /// the hearing says, `{{name}}` for a term of the municipality.
    #[serde(default)]
    pub text: String,
    /// Table or list below the text; a part whose list is empty is left out.
    #[serde(default)]
    pub shows: CommentShows,
}

/// What a part shows below its text（部分の内容）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CommentShows {
    /// Nothing more.
    #[default]
    Nothing,
    /// The points of the outline, each with its pages.
    Outline,
    /// Where the paper may be read.
    Places,
    /// The ways to hand an opinion in, as a table.
    Ways,
    /// How many opinions came in which way.
    WayCounts,
    /// How many opinions were answered with which effect.
    EffectCounts,
    /// The opinions with their answers.
    Answers,
}

impl CommentShows {
    /// As written in a file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Outline => "outline",
            Self::Places => "places",
            Self::Ways => "ways",
            Self::WayCounts => "way-counts",
            Self::EffectCounts => "effect-counts",
            Self::Answers => "answers",
        }
    }
}

/// A column of the table of opinions（意見の表の列）.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommentColumn {
    /// Header; `{{name}}` stands for a term of the municipality.
    pub label: String,
    /// What it shows.
    pub field: CommentField,
    /// Share of the width.
    #[schemars(range(min = bounds::WIDTH_LEAST, max = bounds::WIDTH_MOST))]
    pub width: f64,
}

/// What a column of the table of opinions shows（意見の表の項目）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CommentField {
    /// Number of the group in the report, from 1.
    Number,
    /// 見出し.
    Heading,
    /// 意見の概要, under its heading.
    Summary,
    /// The words of each opinion, each with its number.
    Opinions,
    /// 件数.
    Count,
    /// The answer.
    Answer,
    /// 対応.
    Effect,
    /// The changes that it led to and the items that it is about, each with its pages.
    Places,
}

impl CommentField {
    /// As written in a file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Heading => "heading",
            Self::Summary => "summary",
            Self::Opinions => "opinions",
            Self::Count => "count",
            Self::Answer => "answer",
            Self::Effect => "effect",
            Self::Places => "places",
        }
    }
}

/// A column whose content is fixed（列の見出し）.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommentLabel {
    /// Header.
    pub label: String,
    /// Share of the width.
    #[schemars(range(min = bounds::WIDTH_LEAST, max = bounds::WIDTH_MOST))]
    pub width: f64,
}

/// What an answer does to the assessment（対応）.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EffectDef {
    /// As written and printed.
    pub word: String,
    /// Whether it changes the assessment, so that a change must be named.
    #[serde(default)]
    pub changes: bool,
}

/// Words of a hearing and of its report（意見の募集の語）.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct CommentWords {
    /// Ways in which an opinion may come in; none: any.
    pub ways: Vec<String>,
    /// Effects that an answer may have; none: any.
    pub effects: Vec<EffectDef>,
    /// How pages are cited where the document does not say; `{stage}` is the stage of the case as papers print it.
    pub pages: PageFormat,
    /// Columns of the table of ways: the way and where it goes.
    pub way_columns: Vec<CommentLabel>,
    /// Columns of the table of opinions by way: the way and their number.
    pub way_count_columns: Vec<CommentLabel>,
    /// Columns of the table of opinions by effect: the effect, the number of groups and the number of opinions.
    pub effect_count_columns: Vec<CommentLabel>,
    /// Last row of the tables of numbers.
    pub total: String,
    /// Row of the table of effects for what is not decided.
    pub open: String,
    /// A change in the table of opinions; `{reason}` and `{pages}`.
    pub change: String,
    /// An item in the table of opinions; `{item}` and `{pages}`.
    pub item: String,
    /// An opinion in the table of opinions; `{number}` and `{text}`.
    pub opinion: String,
    /// Words that `{{> comments-main}}` and `{{> comments-reflection}}` put into the assessment.
    pub entry: CommentEntryWords,
    /// Parts of the notice.
    pub notice: Vec<CommentPart>,
    /// Parts of the report.
    pub report: Vec<CommentPart>,
    /// Columns of the table of opinions.
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub columns: Vec<CommentColumn>,
}

/// What the assessment itself says of the opinions（様式4 Ⅵ2 ④⑤）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct CommentEntryWords {
    /// An item of ④主な意見の内容; `{heading}`, `{summary}` and `{count}`.
    pub main: String,
    /// ④ where no opinion came in.
    pub no_opinion: String,
    /// An item of ⑤評価書への反映, for an answer that changes the assessment; `{heading}`, `{answer}` and `{effect}`.
    pub reflected: String,
    /// ⑤ where no answer does.
    pub nothing_reflected: String,
}
