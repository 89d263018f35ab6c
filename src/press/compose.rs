//! One document definition as something that can be rendered.

use crate::answers::{CommentSheet, comment_sheet};
use crate::change::{Unit, units};
use crate::diagnostic::{Code, Diagnostic, Phrase, Span};
use crate::layout::document::Document;
use crate::layout::{Asked, ChecklistBook, PageIndex, Printing, Typesetter, checklist_book};
use crate::model::manifest::{Audience, DocumentDef, DocumentKind, View};
use crate::model::{Case, Filled, Municipality};
use crate::name::{CaseName, DocumentName};
use crate::render::{Stamp, StampedAnnex};
use crate::source::Templates;

use super::audiences::Audiences;

/// What a document is made from, in both languages, for the message that it is missing.
const ASSESSMENT: (&str, &str) = ("評価書（case.toml）", "an assessment (case.toml)");
const OVERVIEW: (&str, &str) = ("概要の様式", "the overview's form");
const SUBMISSION: (&str, &str) = ("付議事項（submission.toml）", "a submission (submission.toml)");
const REGISTER: (&str, &str) = ("計画管理書（register.toml）", "a register (register.toml)");
const COMMENTS: (&str, &str) = ("意見の募集（comments.toml）", "a hearing (comments.toml)");
const CHECKLIST: (&str, &str) = ("チェックリスト（checklists/）", "a checklist (checklists/)");

/// What is rendered（描画の入力）.
#[derive(Debug)]
pub(super) enum Composed {
    /// Pages, HTML or a list as a workbook.
    Document(Box<Document>),
    /// A checklist workbook.
    Checklist(Box<ChecklistBook>),
    /// A workbook of opinions.
    Comments(Box<CommentSheet>),
}

impl Composed {
    /// All that goes into the output, as bytes to tell whether it changed.
    pub(super) fn fingerprint(&self) -> Vec<u8> {
        match self {
            Self::Document(document) => serde_json::to_vec(document),
            Self::Checklist(book) => serde_json::to_vec(book),
            Self::Comments(book) => serde_json::to_vec(book),
        }
        .expect("documents hold only strings, numbers and lists")
    }
}

/// Name and readers of a document.
pub(super) type Key = (DocumentName, Audience);

/// A document of a municipality's case（発行する文書）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    /// All audiences.
    pub(super) audiences: &'a Audiences,
    /// Who reads it; municipality and case are as they read them.
    pub(super) audience: Audience,
    pub(super) municipality: &'a Municipality,
    pub(super) case: &'a Case,
    pub(super) definition: &'a DocumentDef,
}

impl<'a> Job<'a> {
    /// What it is called.
    pub(super) fn name(&self) -> DocumentName {
        self.municipality.name(self.case).document(&self.definition.id.value)
    }

    /// What tells it from all others, those for other readers included.
    pub(super) fn key(&self) -> Key {
        (self.name(), self.audience)
    }

    /// How large it is beside others, in rows of its form.
    pub(super) fn weight(&self) -> usize {
        let of = |filled: Option<&Filled>| filled.map_or(0, |filled| filled.rows().count());
        match self.definition.kind {
            DocumentKind::Assessment => of(self.case.filled(self.definition)),
            DocumentKind::Overview
            | DocumentKind::Submission
            | DocumentKind::Checklist
            | DocumentKind::CommentNotice
            | DocumentKind::CommentReport
            | DocumentKind::CommentSheet => 0,
            DocumentKind::ChangeList | DocumentKind::ChangeSummary | DocumentKind::Register => 1,
        }
    }

    /// The document whose pages this one cites, as its own readers have it.
    pub(super) fn cites(&self) -> Option<Key> {
        let definition = self.definition;
        let case = match definition.kind {
            DocumentKind::ChangeList
            | DocumentKind::ChangeSummary
            | DocumentKind::CommentNotice
            | DocumentKind::CommentReport => &self.case.id,
            DocumentKind::Checklist => &self.case.submission.as_ref()?.assessment.as_ref()?.value,
            DocumentKind::Assessment
            | DocumentKind::Overview
            | DocumentKind::Submission
            | DocumentKind::CommentSheet
            | DocumentKind::Register => return None,
        };
        let cited = self
            .municipality
            .documents
            .iter()
            .find(|other| other.case.value == *case && other.id.value == definition.pages_of)?;
        let name = CaseName::new(&self.municipality.slug, case);
        let audience = if self.audiences.are_alike(&name) { cited.audience.usual() } else { self.audience };
        Some((name.document(&definition.pages_of), audience))
    }

    /// Folders of the source that it is made from.
    pub(super) fn sources(&self) -> Vec<String> {
        let slug = &self.municipality.slug;
        let name = self.municipality.name(self.case);
        let mut sources = vec![slug.settings()];
        match self.definition.kind {
            DocumentKind::Submission => sources.push(format!("{}/", name.submission())),
            DocumentKind::Register => {
                sources.extend(["content/assessments/".to_owned(), format!("{}/", slug.folder())]);
            }
            DocumentKind::Checklist => sources.push(name.checklist()),
            DocumentKind::CommentSheet => sources.push(name.comments()),
            DocumentKind::Assessment
            | DocumentKind::Overview
            | DocumentKind::ChangeList
            | DocumentKind::ChangeSummary
            | DocumentKind::CommentNotice
            | DocumentKind::CommentReport => {
                sources.push(format!("{}/", name.case.shared_folder()));
                sources.push(format!("{}/", name.folder()));
                sources.push("content/fragments/".to_owned());
            }
        }
        sources
    }

    /// What a workbook of it says of its origin.
    pub(super) fn stamp(&self) -> Stamp {
        let filled = self.case.filled(self.definition);
        let mut files: Vec<(String, String)> = Vec::new();
        for section in filled.iter().flat_map(|filled| &filled.sections) {
            if let (Some(name), Some(_)) = (&section.file_name, section.path.above())
                && files.iter().all(|(known, _)| *known != section.path.last())
            {
                // Without the number in front: `（1）国保賦課ファイル`.
                let name = name.split_once('）').map_or(name.as_str(), |(_, name)| name);
                files.push((section.path.last().to_owned(), name.to_owned()));
            }
        }
        Stamp {
            municipality: self.municipality.slug.clone(),
            name: self.municipality.name.clone(),
            code: self.municipality.code.clone(),
            case: self.case.id.clone(),
            title: self.case.title.clone(),
            date: self.case.date.to_string(),
            form: filled.map(|filled| filled.form.id.value.clone()).unwrap_or_default(),
            beside: self.definition.beside.clone().unwrap_or_default(),
            view: self.definition.view.id().to_owned(),
            files,
            annexes: filled.map(annexes).unwrap_or_default(),
        }
    }

    /// Where the rows and marks of the document stand; `None` for a workbook or a document that cannot be set.
    pub(super) fn measure(&self, templates: &Templates) -> Option<PageIndex> {
        match self.compose(None).ok()? {
            Composed::Document(document) => Typesetter::new(templates).typeset(&document).ok().map(|paged| paged.index),
            Composed::Checklist(_) | Composed::Comments(_) => None,
        }
    }

    /// The document, or why there is none.
    pub(super) fn compose(&self, index: Option<&PageIndex>) -> Result<Composed, Box<Diagnostic>> {
        let case = self.case;
        let printing = self.printing();
        let document = match self.definition.kind {
            DocumentKind::Assessment | DocumentKind::Overview | DocumentKind::Submission => {
                let lacks = match self.definition.kind {
                    DocumentKind::Overview => OVERVIEW,
                    DocumentKind::Submission => SUBMISSION,
                    _ => ASSESSMENT,
                };
                let (filled, legend) = self.need(printing.filled(), lacks)?;
                printing.form(filled, &legend, self.definition.view)
            }
            DocumentKind::ChangeList => {
                let filled = self.need(case.filled(self.definition), ASSESSMENT)?;
                let all = units(filled, &self.definition.list.context_sections);
                self.check_pages(&all, index)?;
                printing.change_list(filled, index)
            }
            DocumentKind::ChangeSummary => {
                let filled = self.need(case.filled(self.definition), ASSESSMENT)?;
                let all = units(filled, &[]);
                self.check_pages(&all, index)?;
                printing.change_summary(filled, index)
            }
            DocumentKind::CommentNotice | DocumentKind::CommentReport => {
                let filled = self.need(case.filled(self.definition), ASSESSMENT)?;
                let all = units(filled, &[]);
                self.check_pages(&all, index)?;
                let document = match self.definition.kind {
                    DocumentKind::CommentNotice => printing.comment_notice(&all, index),
                    _ => printing.comment_report(&all, index),
                };
                self.need(document, COMMENTS)?
            }
            DocumentKind::CommentSheet => {
                let comments = self.need(case.comments.as_ref(), COMMENTS)?;
                let name = self.municipality.name(case);
                return Ok(Composed::Comments(Box::new(comment_sheet(comments, &self.municipality.name, &name))));
            }
            DocumentKind::Register => self.need(printing.register(), REGISTER)?,
            DocumentKind::Checklist => return self.checklist(index),
        };
        Ok(Composed::Document(Box::new(document)))
    }

    fn printing(&self) -> Printing<'a> {
        Printing { municipality: self.municipality, case: self.case, definition: self.definition, draws: true }
    }

    fn checklist(&self, index: Option<&PageIndex>) -> Result<Composed, Box<Diagnostic>> {
        let checklist = self.need(self.case.checklist.as_ref(), CHECKLIST)?;
        let submission = self.need(self.case.submission.as_ref(), SUBMISSION)?;
        let form = self.need(self.case.filled(self.definition), SUBMISSION)?;
        let assessment = self.municipality.rests_on(self.case).and_then(Case::main);
        let book = checklist_book(&Asked {
            checklist,
            submission,
            form,
            municipality: self.municipality,
            case: &self.case.id,
            document: &self.definition.id.value,
            rests_on: assessment.zip(index).map(|(filled, index)| (filled, Some(index))),
            view: View::Marked,
        });
        Ok(Composed::Checklist(Box::new(book)))
    }

    /// Every mark that a list shows was measured.
    fn check_pages(&self, all: &[Unit<'_>], index: Option<&PageIndex>) -> Result<(), Box<Diagnostic>> {
        let Some(index) = index else {
            let cited = &self.definition.pages_of;
            let detail = Phrase::said(
                format!("ページを引用する文書「{cited}」の組版結果"),
                format!("the laid out document `{cited}` whose pages are cited"),
            );
            return Err(Box::new(self.impossible(detail)));
        };
        for unit in all {
            for place in &unit.marks {
                if index.of_mark(place).is_none() {
                    let diagnostic = Diagnostic::new(Code::PageUnknown, place.mark.span);
                    return Err(Box::new(diagnostic.with("id", &place.mark.change).with("path", &unit.path)));
                }
            }
        }
        Ok(())
    }

    fn need<T>(&self, found: Option<T>, (ja, en): (&str, &str)) -> Result<T, Box<Diagnostic>> {
        found.ok_or_else(|| Box::new(self.impossible(Phrase::said(ja, en))))
    }

    fn impossible(&self, detail: Phrase) -> Diagnostic {
        let span = Span::new(self.municipality.file, self.definition.id.range.clone());
        Diagnostic::new(Code::DocumentImpossible, span).with("id", &self.definition.id.value).said("detail", detail)
    }
}

/// The 別紙 of a form, each with the section before it.
fn annexes(filled: &Filled) -> Vec<StampedAnnex> {
    let sections = &filled.form.section;
    let pairs = sections.iter().zip(sections.iter().skip(1)).filter(|(_, section)| section.annex);
    pairs
        .map(|(before, section)| StampedAnnex {
            id: section.id.value.clone(),
            number: section.number.clone(),
            title: section.title.clone(),
            after: before.id.value.clone(),
        })
        .collect()
}
