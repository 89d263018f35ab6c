//! What a clerk may begin with（始めるときに選べるもの）: forms, shared texts, cases of others, matters without a checklist.

use super::entries::asks_for_files;
use crate::model::Library;
use crate::model::manifest::{FormDef, SectionLayout};

/// What there is to begin with（選べるもの）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patterns {
    /// Forms of an assessment, in the order of their ids.
    pub forms: Vec<FormPattern>,
    /// Forms of a committee, in the order of their ids.
    pub committees: Vec<FormPattern>,
    /// Shared texts: case, title, id of the form.
    pub bases: Vec<(String, String, String)>,
    /// Assessments: slug and case.
    pub cases: Vec<(String, String)>,
    /// Matters for a committee that have no checklist: slug and case.
    pub unlisted: Vec<(String, String)>,
}

/// A form that can be begun with（選べる様式）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPattern {
    /// Municipality whose own form it is; none: everybody's.
    pub of: Option<String>,
    /// Id.
    pub id: String,
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
    let all = |forms: Vec<(&String, _)>| forms.into_iter().map(|(key, read)| pattern(key, read)).collect();
    let bases = library.assessments.iter();
    let pair = |key: &String| key.split_once('/').map(|(slug, case)| (slug.to_owned(), case.to_owned()));
    Patterns {
        forms: all(forms.into_iter().map(|(key, read)| (key, &*read.value)).collect()),
        committees: all(committees.into_iter().map(|(key, read)| (key, &*read.value)).collect()),
        bases: bases
            .map(|(case, read)| (case.clone(), read.value.title.clone(), read.value.form.value.clone()))
            .collect(),
        cases: library.cases.keys().filter_map(pair).collect(),
        unlisted: library
            .submissions
            .keys()
            .filter(|key| !library.checklists.contains_key(*key))
            .filter_map(pair)
            .collect(),
    }
}

fn pattern(key: &str, form: &FormDef) -> FormPattern {
    let (of, id) = key.split_once('/').map_or((None, key), |(slug, id)| (Some(slug.to_owned()), id));
    let FormDef { title, tag, .. } = form;
    let title = if tag.is_empty() { title.clone() } else { format!("{title}［{tag}］") };
    FormPattern { of, id: id.to_owned(), title, asks_for_files: asks_for_files(form) }
}
