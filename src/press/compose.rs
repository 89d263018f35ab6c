//! One document definition as something that can be rendered.

use crate::change::{Unit, units};
use crate::diagnostic::{Code, Diagnostic, Phrase, Span};
use crate::document::{Cites, Composed, Kind, Lack, PageIndex, Printing, Shows};
use crate::model::manifest::{Audience, DocumentDef};
use crate::model::{Case, Filled, Municipality};
use crate::name::{CaseName, DocumentName, PersonalFileId};
use crate::page::Typesetter;
use crate::render::{Stamp, StampedAnnex};
use crate::source::Templates;

use super::audiences::Audiences;

/// All that goes into the output, as bytes to tell whether it changed.
pub(super) fn fingerprint(composed: &Composed) -> Vec<u8> {
    match composed {
        Composed::Document(document) => serde_json::to_vec(document),
        Composed::Checklist(book) => serde_json::to_vec(book),
        Composed::Comments(book) => serde_json::to_vec(book),
    }
    .expect("documents hold only strings, numbers and lists")
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
        (self.kind().weight)(&self.printing())
    }

    /// Its kind.
    fn kind(&self) -> &'static Kind {
        Kind::of(self.definition.kind)
    }

    /// The document whose pages this one cites, as its own readers have it.
    pub(super) fn cites(&self) -> Option<Key> {
        let definition = self.definition;
        let case = match self.kind().cites {
            Cites::Nothing => return None,
            Cites::Own => &self.case.id,
            Cites::RestedOn => &self.case.submission.as_ref()?.assessment.as_ref()?.value,
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
        let name = self.municipality.name(self.case);
        std::iter::once(name.municipality.settings()).chain((self.kind().sources)(&name)).collect()
    }

    /// What a workbook of it says of its origin.
    pub(super) fn stamp(&self) -> Stamp {
        let filled = self.case.filled(self.definition);
        let mut files: Vec<(PersonalFileId, String)> = Vec::new();
        for section in filled.iter().flat_map(|filled| &filled.sections) {
            if let (Some(name), Some(_)) = (&section.file_name, section.path.above())
                && files.iter().all(|(known, _)| *known != section.path.last())
            {
                // Without the number in front: `（1）国保賦課ファイル`.
                let name = name.split_once('）').map_or(name.as_str(), |(_, name)| name);
                files.push((section.path.last().into(), name.to_owned()));
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
        if let (Shows::Changes, Some(filled)) = (self.kind().shows, self.case.filled(self.definition)) {
            self.check_pages(&units(filled, &self.definition.list.context_sections), index)?;
        }
        self.printing().compose(index).map_err(|Lack { ja, en }| Box::new(self.impossible(Phrase::said(ja, en))))
    }

    fn printing(&self) -> Printing<'a> {
        Printing { municipality: self.municipality, case: self.case, definition: self.definition, draws: true }
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
