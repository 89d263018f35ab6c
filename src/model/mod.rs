//! Meaning: forms, municipalities, and each municipality's cases with their forms filled in.
//!
//! Input: parsed files ([`Library`]). Output: [`Model`], in which nothing has to be looked up by id any more: fragments and
//! terms are in place, overlays are merged. It knows no view, no page and no file format.

mod accept;
mod annexes;
mod case;
mod case_forms;
mod changes;
mod checklists;
mod comments;
mod derive;
mod document_keys;
mod edition;
mod entries;
mod everyone;
mod fill;
mod filled;
mod flow_pages;
mod folders;
mod form_check;
mod government_code;
mod item_key;
mod item_path;
mod library;
mod listing;
mod looks;
pub mod manifest;
mod memory;
mod municipalities;
mod one_file;
mod quoted;
mod released;
mod resolve;
mod review;
mod values;
mod withheld;
mod wording;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

pub use case::{Case, CaseForm, Role};
pub use changes::{Change, Changes, Summary};
pub use checklists::Checklist;
pub use comments::{Comments, put};
pub use edition::{Edition, FrozenFile, FrozenText, FrozenTexts, Issue};
pub use everyone::Everyone;
pub use filled::{
    Band, Check, Content, Element, Filled, FilledSection, FlowArrow, FlowNode, FlowPage, Inline, RecordList, Row, Whole,
};
pub use government_code::{CodeFault, LocalGovernmentCode};
pub use item_key::ItemKey;
pub use item_path::ItemPath;
pub use library::{EntryFile, FlowFile, Fragment, Library, Read, Value, ValueKind};
pub use listing::{FormListing, ListedItem};
pub use memory::Memory;
pub use one_file::string_text;
pub use review::Review;
pub use values::whole;
pub use written::Written;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Phrase, SourceMap, Span, nearest};
use crate::markup::Text;
use crate::name::{CaseId, CaseName, ChangeId, FormId, FragmentId, Slug};
use crate::source::{Located, id_fault, parted};
use looks::Looks;
use manifest::{
    BasicAssessmentDef, DocumentDef, DocumentKind, DocumentWords, FormDef, Format, MunicipalityToml, PageFormat,
    RegisterToml, ThresholdToml,
};
use resolve::{Resolver, maybe};

/// Everything, by municipality（全体）.
#[derive(Debug, Clone)]
pub struct Model {
    /// In the order of their slugs.
    pub municipalities: Vec<Arc<Municipality>>,
}

impl Municipality {
    /// The name of one of its cases.
    #[must_use]
    pub fn name(&self, case: &Case) -> CaseName {
        CaseName::new(&self.slug, &case.id)
    }

    /// The case whose assessment a submission rests on（付議の根拠とする評価書の事務）.
    #[must_use]
    pub fn rests_on(&self, case: &Case) -> Option<&Case> {
        let id = case.submission.as_ref()?.assessment.as_ref()?;
        self.cases.get(&id.value).map(AsRef::as_ref)
    }
}

/// Which cases of the municipalities are made（対象の事務）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cases {
    /// Every one that a document is issued of.
    All,
    /// These; the documents of others are passed over.
    These(BTreeSet<CaseId>),
}

impl Cases {
    fn has(&self, case: &CaseId) -> bool {
        match self {
            Self::All => true,
            Self::These(cases) => cases.contains(case),
        }
    }
}

/// A municipality（自治体）.
#[derive(Debug, Clone)]
pub struct Municipality {
    /// Folder name.
    pub slug: Slug,
    /// Its `municipality.toml`.
    pub file: FileId,
    /// Name.
    pub name: String,
    /// 全国地方公共団体コード, as written: a wrong one is reported, and a check digit that is not right forbids no trial.
    pub code: String,
    /// Stands where something is withheld; none: the form's words.
    pub withheld_notice: Option<String>,
    /// Words that its documents print.
    pub words: Arc<DocumentWords>,
    /// Which assessment is due（しきい値の表）.
    pub threshold: Arc<ThresholdToml>,
    /// Documents that it issues.
    pub documents: Vec<DocumentDef>,
    /// Its cases by id.
    pub cases: BTreeMap<CaseId, Arc<Case>>,
}

impl Model {
    /// Every case with its municipality, in the order of the slugs and ids.
    pub fn cases(&self) -> impl Iterator<Item = (&Municipality, &Case)> {
        self.municipalities.iter().flat_map(|of| of.cases.values().map(move |case| (&**of, &**case)))
    }

    /// A case by its name.
    #[must_use]
    pub fn case(&self, name: &CaseName) -> Option<(&Municipality, &Case)> {
        let of = self.municipality(&name.municipality)?;
        Some((of, &**of.cases.get(&name.case)?))
    }

    /// A municipality by its slug.
    #[must_use]
    pub fn municipality(&self, slug: &Slug) -> Option<&Municipality> {
        self.municipalities.iter().find(|of| of.slug == *slug).map(AsRef::as_ref)
    }

    /// Makes the model of everything in a library.
    ///
    /// Pushes a diagnostic for whatever does not fit together; the model is then incomplete and must not be rendered. What was filled before and
    /// is the same is taken from the memory.
    #[must_use]
    pub fn assemble(
        library: &Library,
        sources: &SourceMap,
        (cases, memory): (&Cases, &Memory),
        diagnostics: &mut Diagnostics,
    ) -> Self {
        library.check_ids(diagnostics);
        municipalities::check(library, diagnostics);
        case_forms::check(library, diagnostics);
        form_check::check_columns(library, diagnostics);
        wording::check(library, diagnostics);
        Looks::new(library, &BTreeMap::new()).check_usual(diagnostics);
        let municipalities = library
            .municipalities
            .iter()
            .map(|(slug, read)| {
                let mut terms = library.facts.clone();
                terms.extend(read.value.terms.clone());
                let (toml, file) = (&read.value, read.file);
                let none = BTreeMap::new();
                let (terms, made, wanted) = (&terms, &none, cases);
                let assembler = Assembler { library, memory, sources, slug, toml, file, terms, made, wanted };
                let mut found = Diagnostics::new();
                let made = assembler.municipality(&mut found);
                let own = slug.folder();
                let is_own = |file| sources.get(file).path.starts_with(&own);
                diagnostics.extend_of(found, &read.value.name.value, is_own);
                Arc::new(made)
            })
            .collect();
        let model = Self { municipalities };
        let lacking = folders::check(library, sources, diagnostics);
        model.report_unused(library, &lacking, diagnostics);
        model
    }

    /// Reports entry and flow files that no document is made from: a misspelt name would otherwise go unseen.
    ///
    /// `lacking` are folders that were reported as a whole.
    fn report_unused(&self, library: &Library, lacking: &BTreeSet<String>, diagnostics: &mut Diagnostics) {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for case in self.municipalities.iter().flat_map(|municipality| municipality.cases.values()) {
            used.extend(case.all_filled().flat_map(|filled| &filled.sources).map(String::as_str));
        }
        let fragments = library.used_fragments();
        for (id, fragment) in library.fragments.iter().filter(|(id, _)| !fragments.contains(id)) {
            let near = nearest(
                id,
                fragments.iter().filter(|used| !library.fragments.contains_key(**used)).map(|id| id.as_str()),
            );
            diagnostics.push(
                Diagnostic::new(Code::FileUnused, Span::new(fragment.file, 0..0))
                    .with("path", id.path())
                    .with("near", near.unwrap_or_default()),
            );
        }
        let cases = self.municipalities.iter().flat_map(|municipality| municipality.cases.values());
        let forms = cases.flat_map(|case| case.all_filled()).flat_map(|filled| &filled.places);
        // What a form would read and does not find: that is what a misspelt name may mean.
        let missing: Vec<&str> =
            forms.filter(|path| !library.entries.contains_key(*path)).map(String::as_str).collect();
        let entries = library.entries.iter().map(|(path, entry)| (path, entry.file));
        let flows = library.flows.iter().map(|(path, flow)| (path, flow.file));
        for (path, file) in entries.chain(flows) {
            let summary = path.ends_with("/change-summary");
            let told = lacking.iter().any(|folder| folders::is_below(path, folder));
            if !summary && !told && !used.contains(path.as_str()) {
                let near = nearest_file(path, &missing).map(|near| format!("{near}.md")).unwrap_or_default();
                diagnostics.push(
                    Diagnostic::new(Code::FileUnused, Span::new(file, 0..0))
                        .with("path", format!("{path}.md"))
                        .with("near", near),
                );
            }
        }
    }
}

/// The file of the same folder that is meant by a name near its own.
fn nearest_file<'a>(path: &str, known: &[&'a str]) -> Option<&'a str> {
    let (folder, name) = parted(path);
    let beside = known.iter().map(|known| parted(known)).filter(|(of, _)| *of == folder);
    let near = nearest(name, beside.map(|(_, name)| name))?;
    known.iter().copied().find(|known| parted(known) == (folder, near))
}

struct Assembler<'a> {
    library: &'a Library,
    /// What forms were filled with last.
    memory: &'a Memory,
    sources: &'a SourceMap,
    slug: &'a Slug,
    toml: &'a MunicipalityToml,
    file: FileId,
    terms: &'a BTreeMap<String, String>,
    /// Fragments that the case at hand makes.
    made: &'a BTreeMap<FragmentId, Text>,
    wanted: &'a Cases,
}

impl<'a> Assembler<'a> {
    fn municipality(&self, diagnostics: &mut Diagnostics) -> Municipality {
        let mut cases = BTreeMap::new();
        for document in self.toml.document.iter().filter(|document| self.wanted.has(&document.case.value)) {
            let case = &document.case;
            if !cases.contains_key(&case.value)
                && let Some(made) = self.case(case, diagnostics)
            {
                cases.insert(case.value.clone(), made);
            }
            match (document.kind, cases.get_mut(&document.case.value)) {
                (DocumentKind::Overview, Some(case)) => self.heard(case.comments.clone().as_ref(), |of| {
                    of.overview(document, case, diagnostics);
                }),
                (DocumentKind::Assessment, Some(case)) => self.heard(case.comments.clone().as_ref(), |of| {
                    of.beside(document, case, diagnostics);
                }),
                _ => {}
            }
            if let Some(case) = cases.get(&document.case.value) {
                self.check_document(document, case, diagnostics);
            }
        }
        Municipality {
            slug: self.slug.clone(),
            file: self.file,
            name: self.toml.name.value.clone(),
            code: self.toml.code.value.clone(),
            withheld_notice: self.toml.withheld_notice.clone(),
            words: self.library.words.clone(),
            threshold: self.library.threshold.clone(),
            documents: self.documents(diagnostics),
            cases: cases.into_iter().map(|(id, case)| (id, Arc::new(case))).collect(),
        }
    }

    /// The documents, with what they leave to the templates.
    fn documents(&self, diagnostics: &mut Diagnostics) -> Vec<DocumentDef> {
        let looks = Looks::new(self.library, &self.toml.look);
        let mut documents = self.toml.document.clone();
        for document in &mut documents {
            document.beside = self.shows(document);
            document.look = looks.style(&document.marks, self.file, diagnostics);
            document.list.or(&self.library.words.list);
            let hears = matches!(document.kind, DocumentKind::CommentNotice | DocumentKind::CommentReport);
            if hears && document.pages == PageFormat::default() {
                document.pages.clone_from(&self.library.words.comments.pages);
            }
        }
        documents
    }

    /// A document has a source, a name of its own and, where it cites pages, a document to cite.
    fn check_document(&self, document: &DocumentDef, case: &Case, diagnostics: &mut Diagnostics) {
        let span = Span::new(self.file, document.id.range.clone());
        if let Some(fault) = id_fault(&document.id.value) {
            let unfit = Diagnostic::new(Code::DocumentId, span).with("id", &document.id.value);
            diagnostics.push(unfit.said("reason", fault.reason()));
        }
        let same =
            |other: &&DocumentDef| other.case.value == document.case.value && other.id.value == document.id.value;
        let first = self.toml.document.iter().find(same).map(|first| Span::new(self.file, first.id.range.clone()));
        if let Some(first) = first.filter(|first| *first != span) {
            let twice = Diagnostic::new(Code::IdTwice, span).with("id", &document.id.value);
            diagnostics.push(twice.related_as(first, Label::First));
        }
        let cited = |kind: DocumentKind| {
            let of = |other: &DocumentDef| {
                other.case.value == document.case.value && other.id.value == document.pages_of && other.kind == kind
            };
            self.toml.document.iter().any(of)
        };
        let impossible = document.formats.iter().find(|format| **format != Format::Xlsx);
        if let (DocumentKind::Checklist | DocumentKind::CommentSheet, Some(format)) = (document.kind, impossible) {
            // It is there to be filled in and sent back.
            let diagnostic = Diagnostic::new(Code::FormatImpossible, span).with("id", &document.id.value);
            diagnostics.push(diagnostic.with("format", format.extension()).with("valid", "\"xlsx\""));
        }
        let lacks = match document.kind {
            DocumentKind::Assessment if document.form.is_none() && case.main().is_none() => {
                Phrase::said("評価書（case.toml）", "an assessment (case.toml)")
            }
            DocumentKind::CommentNotice | DocumentKind::CommentReport | DocumentKind::CommentSheet
                if case.comments.is_none() =>
            {
                Phrase::said("意見の募集（comments.toml）", "a hearing (comments.toml)")
            }
            DocumentKind::ChangeList
            | DocumentKind::ChangeSummary
            | DocumentKind::CommentNotice
            | DocumentKind::CommentReport
                if !cited(DocumentKind::Assessment) =>
            {
                Phrase::said("ページを引用する評価書（pages-of）", "the assessment whose pages are cited (pages-of)")
            }
            DocumentKind::Submission | DocumentKind::Checklist if case.submission.is_none() => {
                Phrase::said("付議事項（submission.toml）", "a submission (submission.toml)")
            }
            DocumentKind::Register if case.register.is_none() => {
                Phrase::said("計画管理書（register.toml）", "a register (register.toml)")
            }
            DocumentKind::Checklist if case.checklist.is_none() => {
                Phrase::said("チェックリスト（checklists/）", "a checklist (checklists/)")
            }
            _ => {
                self.check_sections(document, case, diagnostics);
                return;
            }
        };
        diagnostics
            .push(Diagnostic::new(Code::DocumentImpossible, span).with("id", &document.id.value).said("detail", lacks));
    }

    /// A document that shows parts of a form names sections that the form has.
    fn check_sections(&self, document: &DocumentDef, case: &Case, diagnostics: &mut Diagnostics) {
        let role = Role::of(&DocumentDef { beside: self.shows(document), ..document.clone() });
        let Some(filled) = case.form(&role) else { return };
        for wanted in &document.sections {
            if filled.sections.iter().all(|section| section.def_id != wanted.value) {
                let detail = format!("節「{}」", wanted.value);
                let span = Span::new(self.file, wanted.range.clone());
                diagnostics.push(
                    Diagnostic::new(Code::DocumentImpossible, span)
                        .with("id", &document.id.value)
                        .with("detail", detail),
                );
            }
        }
    }

    fn resolver(&self) -> Resolver<'_> {
        Resolver { library: self.library, terms: self.terms, made: self.made }
    }

    /// Assembles with what a hearing brings: the terms of its numbers and the texts of its opinions（意見の件数と文）.
    fn heard<T>(&self, comments: Option<&Comments>, assemble: impl FnOnce(&Assembler<'_>) -> T) -> T {
        let Some(comments) = comments else { return assemble(self) };
        let mut terms = self.terms.clone();
        terms.extend(comments.terms());
        let made = comments.fragments();
        assemble(&Assembler { terms: &terms, made: &made, ..*self })
    }

    /// The hearing of a case, and 事由 of every change that its answers may name.
    fn comments(
        &self,
        (name, folder): (&CaseName, &str),
        changes: &Changes,
        diagnostics: &mut Diagnostics,
    ) -> Option<Comments> {
        let read = self.library.comments.get(folder)?;
        let editions = self.library.editions.get(name).into_iter().flat_map(BTreeMap::values);
        let earlier = editions.filter_map(|edition| edition.about.as_ref()).flat_map(|(_, about)| &about.change);
        let all = earlier.chain(changes.list.iter().map(|change| &change.settings));
        let reasons = all.map(|change| (change.id.value.clone(), change.reason.clone())).collect();
        Some(Comments::of(read, &self.library.words.comments, (self.terms, reasons), diagnostics))
    }

    fn case(&self, id: &Located<CaseId>, diagnostics: &mut Diagnostics) -> Option<Case> {
        let name = self.name(&id.value);
        let case_toml = self.library.cases.get(&name);
        let submission_toml = self.library.submissions.get(&name);
        if let (None, None, Some(read)) = (case_toml, submission_toml, self.library.registers.get(&name)) {
            return self.register(id, read, diagnostics);
        }
        let (title, date) = match (case_toml, submission_toml) {
            (Some(read), _) => (read.value.title.clone(), (read.file, &read.value.date)),
            (None, Some(read)) => (read.value.title.clone(), (read.file, &read.value.date)),
            (None, None) => {
                let known = self.library.cases.keys().chain(self.library.submissions.keys());
                let known = known.chain(self.library.registers.keys());
                let near = maybe(nearest(&id.value, known.map(|name| name.case.as_str())));
                let span = Span::new(self.file, id.range.clone());
                diagnostics.push(Diagnostic::new(Code::CaseUnknown, span).with("id", &id.value).with("near", near));
                return None;
            }
        };
        let date = parse_date(date.0, date.1, diagnostics)?;
        let looked_over = case_toml.and_then(|read| Some((read.file, read.value.looked_over_on.as_ref()?)));
        let looked_over_on = looked_over.and_then(|(file, day)| parse_date(file, day, diagnostics));
        let mut folders = Vec::new();
        if case_toml.is_some() {
            folders.extend(self.assessment_folders(&id.value));
        } else {
            folders.push(name.submission());
        }
        let accepted = case_toml.map(|read| &read.value.accepted).or(submission_toml.map(|read| &read.value.accepted));
        let accepted: Vec<ChangeId> = accepted.into_iter().flatten().map(|change| change.value.clone()).collect();
        let changes = self.changes(&folders, &accepted, diagnostics);
        let edition = case_toml.map(|read| (read.file, &read.value.edition));
        let edition = edition.or(submission_toml.map(|read| (read.file, &read.value.edition)));
        let own = folders.last().expect("a case has a folder");
        let comments = self.comments((&name, own), &changes, diagnostics);
        let mut forms = Vec::new();
        let mut add = |role: Role, filled: Option<Filled>| forms.extend(filled.map(|filled| CaseForm { role, filled }));
        if let Some(read) = case_toml.filter(|_| self.needs_main(&id.value)) {
            let main =
                self.heard(comments.as_ref(), |of| of.assessment(id, &read.value, read.file, &folders, diagnostics));
            add(Role::Main, main);
        }
        if let Some(read) = submission_toml {
            add(Role::Submission, self.submission(&read.value, read.file, &folders, diagnostics));
        }
        // Without its form a submission is none.
        let submission = submission_toml.filter(|_| !forms.is_empty()).map(|read| read.value.clone());
        let checklist = self.library.checklists.get(&name).map(|read| {
            let file = (read.file, &*self.sources.get(read.file).text);
            Checklist::of(&read.value, file, (self.resolver(), &accepted), diagnostics)
        });
        let (file, edition) = edition.expect("a case has one of the two files");
        let stage = case_toml.map(|read| read.value.stage.clone());
        let stage = stage.or(submission_toml.map(|read| read.value.stage.clone()));
        Some(Case {
            id: id.value.clone(),
            title,
            date,
            stage: stage.unwrap_or_default(),
            looked_over_on,
            forms,
            submission,
            register: None,
            checklist,
            comments,
            changes,
            editions: self.library.editions.get(&name).cloned().unwrap_or_default(),
            edition: edition.as_ref().map(|id| (id.value.clone(), Span::new(file, id.range.clone()))),
            basic: case_toml.map(|read| read.value.basic_assessment.clone()).unwrap_or_default(),
            reviews: review::reviews(self.library, folders.last().expect("a case has a folder")),
            file,
        })
    }

    /// The case of a register: it has no form, no changes and no edition of its own.
    fn register(
        &self,
        id: &Located<CaseId>,
        read: &library::Read<RegisterToml>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Case> {
        Some(Case {
            id: id.value.clone(),
            title: read.value.title.clone(),
            date: parse_date(read.file, &read.value.date, diagnostics)?,
            looked_over_on: None,
            stage: String::new(),
            forms: Vec::new(),
            submission: None,
            register: Some(read.value.clone()),
            checklist: None,
            comments: None,
            changes: Changes::default(),
            editions: BTreeMap::new(),
            edition: None,
            basic: BasicAssessmentDef::default(),
            reviews: Vec::new(),
            file: read.file,
        })
    }

    /// The name of one of its cases.
    fn name(&self, case: &CaseId) -> CaseName {
        CaseName::new(self.slug, case)
    }

    fn form(
        &self,
        id: &Located<FormId>,
        from: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'a library::Read<Arc<FormDef>>> {
        let found = self.library.form(Some(self.slug), &id.value);
        if found.is_none() {
            let known = self.library.forms.keys().filter(|name| name.is_for(Some(self.slug)));
            let known: Vec<&str> = known.map(|name| name.form.as_str()).collect();
            let near = maybe(nearest(&id.value, known.iter().copied()));
            diagnostics.push(
                Diagnostic::new(Code::FormUnknown, Span::new(from, id.range.clone()))
                    .with("id", &id.value)
                    .with("valid", known.join("、"))
                    .with("near", near),
            );
        }
        found
    }
}

/// Ids without their places.
fn names<T: Clone>(ids: &[Located<T>]) -> Vec<T> {
    ids.iter().map(|id| id.value.clone()).collect()
}

/// A date such as `2023-08-15`.
fn parse_date(file: FileId, date: &Located<String>, diagnostics: &mut Diagnostics) -> Option<Date> {
    let parsed = date.value.parse::<Date>().ok();
    if parsed.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::WrongType, Span::new(file, date.range.clone()))
                .with("found", &date.value)
                .said("expected", Phrase::said("「2023-08-15」の形の日付", "a date such as 2023-08-15")),
        );
    }
    parsed
}
