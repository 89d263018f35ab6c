//! The kinds of documents（文書の種類）: one file each, and the one table of them.
//!
//! A kind says what it shows, whose pages it cites, which files it is made from and how it is composed; who makes documents and who holds
//! them against an edition ask it. A new kind is a file here, a row in [`Kind::of`], a name in [`DocumentKind`] and its keys in
//! `model/manifest/document_keys.rs`.

mod assessment;
mod change_list;
mod change_summary;
mod checklist;
mod comment_notice;
mod comment_report;
mod comment_sheet;
mod overview;
mod register;
mod submission;

use super::checklists::ChecklistBook;
use super::forms::Printing;
use super::pages::PageIndex;
use super::tree::Document;
use crate::answers::CommentSheet;
use crate::model::Filled;
use crate::model::manifest::{DocumentKind, LegendWords, MarkStyle, View};
use crate::name::{CaseName, FragmentId};

/// What was composed（組み立てた文書）.
#[derive(Debug)]
pub enum Composed {
    /// Pages, HTML or a list as a workbook.
    Document(Box<Document>),
    /// A checklist workbook.
    Checklist(Box<ChecklistBook>),
    /// A workbook of opinions.
    Comments(Box<CommentSheet>),
}

impl Composed {
    fn document(document: Document) -> Self {
        Self::Document(Box::new(document))
    }
}

/// What a document is made from and is not there（足りないもの）, in Japanese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Lack {
    const ASSESSMENT: Self = Self { ja: "評価書（case.toml）", en: "an assessment (case.toml)" };
    const CHECKLIST: Self = Self { ja: "チェックリスト（checklists/）", en: "a checklist (checklists/)" };
    const COMMENTS: Self = Self { ja: "意見の募集（comments.toml）", en: "a hearing (comments.toml)" };
    const OVERVIEW: Self = Self { ja: "概要の様式", en: "the overview's form" };
    const REGISTER: Self = Self { ja: "計画管理書（register.toml）", en: "a register (register.toml)" };
    const SUBMISSION: Self = Self { ja: "付議事項（submission.toml）", en: "a submission (submission.toml)" };
}

/// A kind of document（文書の種類）.
#[derive(Debug)]
pub struct Kind {
    /// What it shows of a case.
    pub shows: Shows,
    /// Whose pages it cites.
    pub cites: Cites,
    /// Files and folders that it is made from beside the settings of the municipality, by the name of the case; a folder ends with a slash.
    pub sources: fn(&CaseName) -> Vec<String>,
    /// How large it is beside others, in rows of its form.
    pub weight: fn(&Printing<'_>) -> usize,
    /// The legend that it has where its definition has none.
    legend: fn(&LegendWords, View, &MarkStyle) -> String,
    /// Whether a print with marks says of itself what it is（見え消し版）and has the legend at its head.
    says_marked: bool,
    /// The document with the pages that were measured; without them nothing is cited.
    compose: fn(&Printing<'_>, Option<&PageIndex>) -> Result<Composed, Lack>,
}

/// What a kind shows of a case.
#[derive(Debug, Clone, Copy)]
pub enum Shows {
    /// A form as it is filled, with the legend that it is printed with.
    Form(for<'a> fn(&Printing<'a>) -> Option<(&'a Filled, String)>),
    /// The changes of a form.
    Changes,
    /// Neither: what it says stands in files of its own.
    Other,
}

/// Whose pages a kind cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cites {
    /// Nobody's.
    Nothing,
    /// Those of a document of its case.
    Own,
    /// Those of a document of the case that its submission rests on.
    RestedOn,
}

impl Kind {
    /// The kind of a name.
    #[must_use]
    pub fn of(kind: DocumentKind) -> &'static Self {
        match kind {
            DocumentKind::Assessment => &assessment::KIND,
            DocumentKind::Overview => &overview::KIND,
            DocumentKind::Submission => &submission::KIND,
            DocumentKind::ChangeList => &change_list::KIND,
            DocumentKind::ChangeSummary => &change_summary::KIND,
            DocumentKind::Checklist => &checklist::KIND,
            DocumentKind::CommentNotice => &comment_notice::KIND,
            DocumentKind::CommentReport => &comment_report::KIND,
            DocumentKind::CommentSheet => &comment_sheet::KIND,
            DocumentKind::Register => &register::KIND,
        }
    }

    /// Whether it shows a form as it is filled.
    #[must_use]
    pub fn is_form(&self) -> bool {
        matches!(self.shows, Shows::Form(_))
    }
}

impl<'a> Printing<'a> {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        Kind::of(self.definition.kind)
    }

    /// The document with the pages that were measured.
    ///
    /// # Errors
    /// The [`Lack`] of what it is made from.
    pub fn compose(&self, index: Option<&PageIndex>) -> Result<Composed, Lack> {
        (self.kind().compose)(self, index)
    }

    /// The form that it prints, with the legend that it prints it with; `None` for a list, a checklist, or where nothing is filled.
    #[must_use]
    pub fn filled(&self) -> Option<(&'a Filled, String)> {
        match self.kind().shows {
            Shows::Form(form) => form(self),
            Shows::Changes | Shows::Other => None,
        }
    }

    /// The form that it tells of, be it whole or its changes, with the legend of it; `None` where there is none.
    #[must_use]
    pub fn told(&self) -> Option<(&'a Filled, String)> {
        match self.kind().shows {
            Shows::Form(form) => form(self),
            Shows::Changes => Some((self.case.filled(self.definition)?, self.definition.legend.value.clone())),
            Shows::Other => None,
        }
    }

    /// The words of the legend: the document's own, else those of its kind.
    pub(super) fn legend_words(&self, own: &str, view: View, marks: &MarkStyle) -> String {
        let words = &self.municipality.words.legend;
        if own.is_empty() { (self.kind().legend)(words, view, marks) } else { own.to_owned() }
    }

    /// Whether it says of itself that it is a print with marks.
    pub(super) fn says_marked(&self, view: View) -> bool {
        self.kind().says_marked && view == View::Marked
    }
}

/// The sources of what is made of the assessment of a case.
fn of_assessment(name: &CaseName) -> Vec<String> {
    vec![format!("{}/", name.case.shared_folder()), format!("{}/", name.folder()), format!("{}/", FragmentId::FOLDER)]
}

fn no_legend(_: &LegendWords, _: View, _: &MarkStyle) -> String {
    String::new()
}

/// What was inserted looks so; what was deleted too, where it is shown.
fn legend_of_marks(words: &LegendWords, view: View, marks: &MarkStyle) -> String {
    match view {
        View::Clean | View::Before => String::new(),
        View::Marked => {
            let deleted = if marks.deleted.hidden { "" } else { words.deleted.as_str() };
            format!("{}{deleted}", words.inserted)
        }
    }
}

/// A form in the view of its definition.
fn whole_form(printing: &Printing<'_>, lack: Lack) -> Result<Composed, Lack> {
    let (filled, legend) = printing.filled().ok_or(lack)?;
    Ok(Composed::document(printing.form(filled, &legend, printing.definition.view)))
}

/// The changed form that a document tells of.
fn changed<'a>(printing: &Printing<'a>) -> Result<&'a Filled, Lack> {
    printing.case.filled(printing.definition).ok_or(Lack::ASSESSMENT)
}
