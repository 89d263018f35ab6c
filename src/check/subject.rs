//! What the rules look at: the model, and its texts by document in the order in which they are read.

use jiff::civil::Date;

use super::paper_day::PaperDay;
use super::passage::{Passage, Said};
use super::reading::Reading;
use crate::change::HeldAgainst;
use crate::diagnostic::{Code, Diagnostics, FileId, SourceMap};
use crate::markup::Text;
use crate::model::manifest::{CaseToml, DocumentKind, MunicipalityToml};
use crate::model::{Case, Filled, FilledSection, Library, Model, Municipality};

/// What a rule looks at（検査の対象）.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The meaning.
    pub model: &'a Model,
    /// The files that it was made of.
    pub library: &'a Library,
    /// Their texts.
    pub sources: &'a SourceMap,
    /// How the cases differ from their editions.
    pub(super) held: &'a HeldAgainst<'a>,
    /// The documents of all cases.
    pub(super) documents: Vec<Document<'a>>,
}

/// The texts of one document（文書の本文）.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) municipality: &'a Municipality,
    pub(super) case: &'a Case,
    pub(super) kind: DocumentKind,
    /// The filled form that it prints, where there is one.
    pub(super) filled: Option<&'a Filled>,
    /// Its texts in print order, those of a section together.
    pub(super) passages: Vec<Passage<'a>>,
}

impl Document<'_> {
    /// The day that it speaks of: that of its 評価書, or else of its case.
    pub(super) fn day(&self) -> Date {
        self.filled.or_else(|| self.case.main()).map_or(self.case.date, |filled| PaperDay::of(filled, self.case).day)
    }

    /// Its texts in print order, each with its section.
    pub(super) fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.passages.iter().flat_map(|passage| {
            let section = passage.section;
            passage.readings().iter().map(move |reading| Place { section, reading })
        })
    }

    /// Asks a rule that looks at one text after the other; of texts that it was asked of before the answer is remembered.
    ///
    /// **Shape**: `rule` is the main code of the rule and the hash of everything that it looks at beside the text.
    pub(super) fn ask(&self, rule: (Code, u128), diagnostics: &mut Diagnostics, look: impl Fn(&Reading, &mut Said)) {
        self.passages.iter().for_each(|passage| passage.ask(rule, diagnostics, &look));
    }
}

/// A text and where it is printed（本文の所在）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'d> {
    /// The section that prints it.
    pub(super) section: Option<&'d FilledSection>,
    pub(super) reading: &'d Reading,
}

impl<'a> Subject<'a> {
    /// Reads all texts of a model.
    #[must_use]
    pub fn new(model: &'a Model, library: &'a Library, held: &'a HeldAgainst<'a>) -> Self {
        let mut documents = Vec::new();
        for (municipality, case) in model.cases() {
            Reader { municipality, case }.documents(&mut documents);
        }
        Self { model, library, sources: held.sources(), held, documents }
    }

    /// The text of a file.
    pub(super) fn text(&self, file: FileId) -> &'a str {
        &self.sources.get(file).text
    }

    /// All cases of all municipalities.
    pub(super) fn cases(&self) -> impl Iterator<Item = &'a Case> {
        self.model.cases().map(|(_, case)| case)
    }

    /// All assessments with their settings.
    pub(super) fn assessments(&self) -> impl Iterator<Item = Assessment<'a>> {
        let library = self.library;
        self.model.municipalities.iter().flat_map(move |municipality| {
            municipality.cases.values().flat_map(move |case| {
                let settings = library.cases.get(&municipality.name(case));
                settings.into_iter().flat_map(move |settings| {
                    let (settings, file) = (&settings.value, settings.file);
                    case.assessments().map(move |filled| Assessment { municipality, case, filled, settings, file })
                })
            })
        })
    }

    /// The settings of a municipality.
    pub(super) fn settings(&self, municipality: &Municipality) -> &'a MunicipalityToml {
        &self.library.municipalities.get(&municipality.slug).expect("a municipality is made of its settings").value
    }

    /// A fact or a term of a municipality; its own goes before the shared one.
    pub(super) fn term(&self, municipality: &Municipality, name: &str) -> Option<&'a str> {
        let own = self.settings(municipality).terms.get(name);
        own.or_else(|| self.library.facts.get(name)).map(String::as_str)
    }
}

/// An assessment with what belongs to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Assessment<'a> {
    pub(super) municipality: &'a Municipality,
    pub(super) case: &'a Case,
    pub(super) filled: &'a Filled,
    pub(super) settings: &'a CaseToml,
    /// The file of the settings.
    pub(super) file: FileId,
}

struct Reader<'a> {
    municipality: &'a Municipality,
    case: &'a Case,
}

impl<'a> Reader<'a> {
    fn documents(&self, out: &mut Vec<Document<'a>>) {
        let case = self.case;
        out.extend(case.forms.iter().map(|form| self.filled(form.role.kind(), &form.filled)));
        let summary: Vec<&Text> = case.changes.summary.iter().map(|item| &item.text).collect();
        out.extend(self.texts(DocumentKind::ChangeSummary, &summary));
        if let Some(checklist) = &case.checklist {
            let measures: Vec<&Text> = checklist.texts.values().collect();
            out.extend(self.texts(DocumentKind::Checklist, &measures));
        }
        out.extend(self.change_list());
    }

    /// What the list of changes says in words of its own; the rest of it are rows of the assessment.
    fn change_list(&self) -> Option<Document<'a>> {
        let mut words = Vec::new();
        for change in &self.case.changes.list {
            let settings = &change.settings;
            let printed = [&settings.changed_on, &settings.reason, &settings.timing_note];
            words.extend(printed.map(|text| (text.as_str(), change.span)));
        }
        self.outside(DocumentKind::ChangeList, (!words.is_empty()).then(|| Passage::of_words(&words)))
    }

    fn texts(&self, kind: DocumentKind, texts: &[&Text]) -> Option<Document<'a>> {
        self.outside(kind, (!texts.is_empty()).then(|| Passage::of_texts(texts)))
    }

    /// A document whose texts stand in no form, where it has any.
    fn outside(&self, kind: DocumentKind, passage: Option<Passage<'a>>) -> Option<Document<'a>> {
        Some(self.document(kind, None, vec![passage?]))
    }

    fn document(&self, kind: DocumentKind, filled: Option<&'a Filled>, passages: Vec<Passage<'a>>) -> Document<'a> {
        Document { municipality: self.municipality, case: self.case, kind, filled, passages }
    }

    fn filled(&self, kind: DocumentKind, filled: &'a Filled) -> Document<'a> {
        let passages = filled.sections.iter().map(AsRef::as_ref).map(Passage::of).collect();
        self.document(kind, Some(filled), passages)
    }
}
