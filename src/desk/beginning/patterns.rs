//! What a clerk may begin with（始めるときに選べるもの）: forms, shared texts, cases of others, matters without a checklist.

use super::entries::asks_for_files;
use crate::model::Library;
use crate::model::manifest::{FormDef, SectionLayout};
use crate::name::{CaseId, CaseName, FormId, FormName, Slug};

/// What there is to begin with（選べるもの）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patterns {
    /// Forms of an assessment, in the order of their ids.
    pub forms: Vec<FormPattern>,
    /// Forms of a committee, in the order of their ids.
    pub committees: Vec<FormPattern>,
    /// Shared texts: case, title, id of the form.
    pub bases: Vec<(CaseId, String, FormId)>,
    /// Assessments.
    pub cases: Vec<CaseName>,
    /// Matters for a committee that have no checklist.
    pub unlisted: Vec<CaseName>,
}

/// A form that can be begun with（選べる様式）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPattern {
    /// Municipality whose own form it is; none: everybody's.
    pub of: Option<Slug>,
    /// Id.
    pub id: FormId,
    /// Title with its version.
    pub title: String,
    /// Whether the names of 特定個人情報ファイル have to be said first.
    pub asks_for_files: bool,
}

/// What there is to begin with in a workspace.
#[must_use]
pub fn patterns(library: &Library) -> Patterns {
    let is_committees = |form: &FormDef| form.section.iter().any(|one| one.layout == SectionLayout::SubmissionCover);
    let (committees, forms) = library.forms.iter().partition::<Vec<_>, _>(|(_, read)| is_committees(&read.value));
    let all = |forms: Vec<(&FormName, _)>| forms.into_iter().map(|(name, read)| pattern(name, read)).collect();
    let bases = library.assessments.iter();
    Patterns {
        forms: all(forms.into_iter().map(|(key, read)| (key, &*read.value)).collect()),
        committees: all(committees.into_iter().map(|(key, read)| (key, &*read.value)).collect()),
        bases: bases
            .map(|(case, read)| (case.clone(), read.value.title.clone(), read.value.form.value.clone()))
            .collect(),
        cases: library.cases.keys().cloned().collect(),
        unlisted: library.submissions.keys().filter(|name| !library.checklists.contains_key(*name)).cloned().collect(),
    }
}

fn pattern(name: &FormName, form: &FormDef) -> FormPattern {
    let FormName { municipality: of, form: id } = name.clone();
    let FormDef { title, tag, .. } = form;
    let title = if tag.is_empty() { title.clone() } else { format!("{title}［{tag}］") };
    FormPattern { of, id, title, asks_for_files: asks_for_files(form) }
}
