//! The forms of a case（事務の様式）: which of them its documents ask for, and what each is filled from.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::annexes::annexed;
use super::case::{Case, Role};
use super::fill::{Attachment, Filling, Writing, fill};
use super::flow_pages::{Period, Wanted};
use super::manifest::{
    BesideToml, CaseToml, DocumentDef, DocumentKind, FileToml, FormDef, SectionLayout, SubmissionToml,
};
use super::one_file;
use super::resolve::maybe;
use super::{Assembler, Filled, library, names};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Phrase, Span, nearest};
use crate::name::{BesideId, CaseId, FormId, SectionId};
use crate::source::{Located, id_fault};

impl Assembler<'_> {
    /// The documents of a case.
    fn documents_of<'d>(&'d self, case: &'d CaseId) -> impl Iterator<Item = &'d DocumentDef> {
        self.toml.document.iter().filter(move |document| document.case.value == *case)
    }

    /// Whether a case needs its main 評価書: a town that is asked for the one beside it alone fills no other.
    pub(super) fn needs_main(&self, case: &CaseId) -> bool {
        let is = |kind: DocumentKind| move |document: &&DocumentDef| document.kind == kind;
        let mut assessments = self.documents_of(case).filter(is(DocumentKind::Assessment)).peekable();
        assessments.peek().is_none()
            || assessments.any(|document| document.form.is_none())
            || self.documents_of(case).any(|document| document.kind == DocumentKind::Overview)
    }

    /// Id of the 評価書 beside the main one that a document shows, or whose changes it tells of.
    pub(super) fn shows(&self, document: &DocumentDef) -> Option<BesideId> {
        let own = match document.kind {
            DocumentKind::Assessment => document,
            DocumentKind::ChangeList
            | DocumentKind::ChangeSummary
            | DocumentKind::CommentNotice
            | DocumentKind::CommentReport => {
                let mut of_case = self.documents_of(&document.case.value);
                of_case.find(|cited| cited.kind == DocumentKind::Assessment && cited.id.value == document.pages_of)?
            }
            DocumentKind::Overview
            | DocumentKind::Submission
            | DocumentKind::Checklist
            | DocumentKind::CommentSheet
            | DocumentKind::Register => return None,
        };
        own.form.as_ref().map(|form| BesideId::from(&form.value))
    }

    /// Fills the 評価書 beside the main one that a document names.
    pub(super) fn beside(&self, document: &DocumentDef, case: &mut Case, diagnostics: &mut Diagnostics) {
        let Some(wanted) = &document.form else { return };
        let role = Role::Beside(BesideId::from(&wanted.value));
        let name = self.name(&case.id);
        let (Some(read), Some(base)) = (self.library.cases.get(&name), self.library.assessments.get(&case.id)) else {
            return;
        };
        if case.form(&role).is_some() {
            return;
        }
        let known = || base.value.beside.iter().map(|beside| beside.id.value.as_str());
        let Some(beside) = base.value.beside.iter().find(|beside| beside.id.value == wanted.value) else {
            let span = Span::new(self.file, wanted.range.clone());
            diagnostics.push(
                Diagnostic::new(Code::BesideUnknown, span)
                    .with("id", &wanted.value)
                    .with("file", format!("{}/assessment.toml", case.id.shared_folder()))
                    .said("valid", listed(&known().collect::<Vec<_>>()))
                    .with("near", maybe(nearest(&wanted.value, known()))),
            );
            return;
        };
        let folders = self.assessment_folders(&case.id);
        let main = case.main();
        if let Some(filled) =
            self.filled_beside(beside, (&read.value, read.file), base.file, (&folders, main), diagnostics)
        {
            case.add(role, filled);
        }
    }

    fn filled_beside(
        &self,
        beside: &BesideToml,
        (case, case_file): (&CaseToml, FileId),
        base_file: FileId,
        (folders, main): (&[String], Option<&Filled>),
        diagnostics: &mut Diagnostics,
    ) -> Option<Filled> {
        let form = self.form(&beside.form, base_file, diagnostics)?;
        let layers: Vec<String> = folders.iter().map(|folder| format!("{folder}/{}", beside.id.value)).collect();
        // The figures are those of the 事務: one drawn for the main form serves this one too.
        let figures: Vec<String> =
            folders.iter().zip(&layers).flat_map(|(main, own)| [main.clone(), own.clone()]).collect();
        let whole = annexed(&form.value, (case, case_file), Some(&beside.id.value), diagnostics);
        let filling = Filling {
            form: &whole,
            form_file: form.file,
            flows: flows(&form.value, (case, case_file), &figures),
            layers,
            files: &case.file,
            attachments: BTreeMap::new(),
            periods: self.periods(case, case_file, diagnostics),
            placeholders: BTreeMap::new(),
            assessment: main,
            writing: self.writing(&case.stage),
            accepted: names(&case.accepted),
        };
        Some(fill(&filling, self.resolver(), self.memory, diagnostics))
    }

    /// Whether a case at a stage is still being written.
    fn writing(&self, stage: &str) -> Writing {
        if self.library.words.is_unfinished(stage) { Writing::Unfinished } else { Writing::Done }
    }

    /// Folders of a case's entries, the shared one first.
    pub(super) fn assessment_folders(&self, case: &CaseId) -> Vec<String> {
        vec![case.shared_folder(), self.name(case).folder()]
    }

    /// Fills the main 評価書.
    pub(super) fn assessment(
        &self,
        id: &Located<CaseId>,
        case: &CaseToml,
        case_file: FileId,
        folders: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<Filled> {
        let Some(base) = self.library.assessments.get(&id.value) else {
            let near = maybe(nearest(&id.value, self.library.assessments.keys().map(CaseId::as_str)));
            let span = Span::new(self.file, id.range.clone());
            diagnostics.push(Diagnostic::new(Code::CaseUnknown, span).with("id", &id.value).with("near", near));
            return None;
        };
        let form = self.form(&base.value.form, base.file, diagnostics)?;
        let whole = annexed(&form.value, (case, case_file), None, diagnostics);
        let filling = Filling {
            form: &whole,
            form_file: form.file,
            layers: folders.to_vec(),
            files: &case.file,
            attachments: BTreeMap::new(),
            flows: flows(&form.value, (case, case_file), folders),
            periods: self.periods(case, case_file, diagnostics),
            placeholders: BTreeMap::new(),
            assessment: None,
            writing: self.writing(&case.stage),
            accepted: names(&case.accepted),
        };
        Some(fill(&filling, self.resolver(), self.memory, diagnostics))
    }

    fn periods(&self, case: &CaseToml, file: FileId, diagnostics: &mut Diagnostics) -> Vec<Period> {
        case.period
            .iter()
            .map(|period| {
                let label = one_file::string_text(file, &self.sources.get(file).text, &period.label, None, diagnostics);
                Period {
                    id: period.id.value.clone(),
                    label: self.resolver().resolve(&label, diagnostics),
                    inserted: period
                        .inserted
                        .as_ref()
                        .map(|change| (change.value.clone(), Span::new(file, change.range.clone()))),
                }
            })
            .collect()
    }

    /// Fills the form of an overview.
    pub(super) fn overview(&self, document: &DocumentDef, case: &mut Case, diagnostics: &mut Diagnostics) {
        let Some(form_id) = &document.form else {
            let span = Span::new(self.file, document.id.range.clone());
            diagnostics.push(
                Diagnostic::new(Code::DocumentImpossible, span)
                    .with("id", &document.id.value)
                    .said("detail", Phrase::said("form = \"様式ID\"", "form = \"…\"")),
            );
            return;
        };
        let form_id = Located { value: FormId::from(&form_id.value), range: form_id.range.clone() };
        let Some(form) = self.form(&form_id, self.file, diagnostics) else { return };
        let files: &[FileToml] = &[];
        let accepted = self.library.cases.get(&self.name(&case.id));
        let accepted = accepted.map(|read| names(&read.value.accepted)).unwrap_or_default();
        let filling = Filling {
            form: &form.value,
            form_file: form.file,
            layers: vec![format!("{}/{}", self.name(&case.id).folder(), document.id.value)],
            files,
            attachments: BTreeMap::new(),
            flows: Vec::new(),
            periods: Vec::new(),
            placeholders: BTreeMap::new(),
            assessment: case.main(),
            writing: self.writing(&case.stage),
            accepted,
        };
        let filled = fill(&filling, self.resolver(), self.memory, diagnostics);
        case.add(Role::Overview(document.id.value.clone()), filled);
    }

    /// Fills the committee's form.
    pub(super) fn submission(
        &self,
        settings: &SubmissionToml,
        file: FileId,
        folders: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Option<Filled> {
        let form = self.form(&settings.form, file, diagnostics)?;
        let folder = folders.last().expect("a submission has a folder");
        let stem = |name: &str| name.strip_suffix(".md").unwrap_or(name).to_owned();
        let mut attachments = BTreeMap::new();
        let mut flows = Vec::new();
        for attachment in &settings.attachment {
            if !stays(&attachment.file.value) {
                let span = Span::new(file, attachment.file.range.clone());
                diagnostics.push(Diagnostic::new(Code::AttachmentOutside, span).with("file", &attachment.file.value));
                continue;
            }
            let path = format!("{folder}/{}", stem(&attachment.file.value));
            let heading = format!("{} {}", attachment.number, attachment.title);
            flows.push(Wanted {
                section: attachment.id.value.clone(),
                id: stem(&attachment.file.value).into(),
                paths: vec![path.clone()],
                span: Span::new(file, attachment.file.range.clone()),
            });
            attachments.insert(attachment.id.value.clone(), Attachment { heading, path });
        }
        let filling = Filling {
            form: &form.value,
            form_file: form.file,
            layers: folders.to_vec(),
            files: &[],
            attachments,
            flows,
            periods: Vec::new(),
            placeholders: BTreeMap::from([
                ("title", settings.title.clone()),
                ("basis", settings.basis.value.clone()),
                ("division", settings.division.clone()),
                ("meeting", settings.meeting.clone()),
                ("baseline", settings.baseline.clone()),
            ]),
            assessment: None,
            writing: self.writing(&settings.stage),
            accepted: names(&settings.accepted),
        };
        Some(fill(&filling, self.resolver(), self.memory, diagnostics))
    }
}

/// Ids as a list to choose from.
fn listed(ids: &[&str]) -> Phrase {
    if ids.is_empty() { Phrase::said("なし", "none") } else { Phrase::Same(ids.join("、")) }
}

/// The flows that a form's sections draw. A later folder goes before an earlier one: the municipality's own before the shared one.
fn flows(form: &Arc<FormDef>, (case, file): (&CaseToml, FileId), folders: &[String]) -> Vec<Wanted> {
    let sections = form.section.iter().filter(|section| section.layout == SectionLayout::Flows);
    let of_section = |section: &SectionId| {
        let section = section.clone();
        case.flows.iter().map(move |flow| Wanted {
            section: section.clone(),
            id: flow.value.clone(),
            paths: folders.iter().rev().map(|folder| format!("{folder}/flows/{}", flow.value)).collect(),
            span: Span::new(file, flow.range.clone()),
        })
    };
    sections.flat_map(|section| of_section(&section.id.value)).collect()
}

/// Reports ids of the 評価書 beside a main one that are no names of folders, stand twice, or are names of the main form's own parts.
pub(super) fn check(library: &library::Library, diagnostics: &mut Diagnostics) {
    for (case, read) in &library.assessments {
        // A municipality may have a form of its own by that name.
        let id = &read.value.form.value;
        let forms = library.forms.iter().filter(|(name, _)| name.form == *id);
        let forms: Vec<_> = forms.map(|(_, form)| form).collect();
        for (at, beside) in read.value.beside.iter().enumerate() {
            let (id, span) = (&beside.id.value, Span::new(read.file, beside.id.range.clone()));
            if let Some(fault) = id_fault(id) {
                let path = format!("{}/{id}/", case.shared_folder());
                let unfit = Diagnostic::new(Code::NameUnfit, span).with("name", id).with("path", path);
                diagnostics.push(unfit.said("reason", fault.reason()));
            }
            let earlier = read.value.beside[..at].iter().find(|other| other.id.value == *id);
            let earlier = earlier.map(|other| Span::new(read.file, other.id.range.clone()));
            let part = forms.iter().find_map(|form| {
                let sections = form.value.section.iter().flat_map(|section| {
                    let items = section.all_items().into_iter().map(|item| (item.id.value.as_str(), &item.id.range));
                    std::iter::once((section.id.value.as_str(), &section.id.range)).chain(items)
                });
                sections.into_iter().find(|(part, _)| part == id).map(|(_, at)| Span::new(form.file, at.clone()))
            });
            if let Some(first) = earlier.or(part) {
                let twice = Diagnostic::new(Code::IdTwice, span).with("id", id);
                diagnostics.push(twice.related_as(first, Label::First));
            }
        }
    }
}

/// Whether a path names a file below the folder that it starts from, on every system.
fn stays(path: &str) -> bool {
    !path.contains(['\\', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
