//! The changes of each case with the places that carry them, their measured pages and the files in which they are marked.

use serde::Serialize;

use super::audiences::{Audiences, no_document};
use super::compose::Job;
use crate::Error;
use crate::change::{Unit, units};
use crate::diagnostic::{SourceMap, Span};
use crate::layout::PageIndex;
use crate::model::manifest::{Audience, DocumentKind, Timing, View};
use crate::model::{Change, Filled};
use crate::session::{Checked, Wanted};

/// A change and where it stands（変更とその箇所）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedChange {
    /// Slug of the municipality.
    pub municipality: String,
    /// Case.
    pub case: String,
    /// Id.
    pub id: String,
    /// 事由.
    pub reason: String,
    /// 提出時期; none where the change says none.
    pub timing: Option<Timing>,
    /// The rows that carry it, in print order; empty for a change that is not used.
    pub places: Vec<ChangePlace>,
}

/// A row that carries a change（変更箇所）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChangePlace {
    /// Path of the row, record or figure.
    pub path: String,
    /// Its place in words.
    pub item: String,
    /// Pages of the assessment on which this change stands, in order, each once; empty where there is no assessment.
    pub pages: Vec<usize>,
    /// Whether a change to the row is a 重要な変更（※）.
    pub important: bool,
    /// Where it is marked, as `file:line`; a fragment stands here once for each row that uses it.
    pub marked: Vec<String>,
}

/// The changes of the wanted cases as an audience reads them, in the order of their lists.
///
/// # Errors
/// [`Error::NothingMatches`] where no case is as asked for.
pub fn changes(checked: &Checked, wanted: &Wanted, audience: Audience) -> Result<Vec<ListedChange>, Error> {
    let mut found = Vec::new();
    let audiences = Audiences::of(&checked.model);
    let all: Vec<Job<'_>> = audiences.every_job(audience).collect();
    for municipality in &audiences.model(audience).municipalities {
        for case in municipality.cases.values() {
            let fits = |asked: &Option<String>, name: &str| asked.as_deref().is_none_or(|asked| asked == name);
            if !fits(&wanted.municipality, &municipality.slug) || !fits(&wanted.case, &case.id) {
                continue;
            }
            let filled = case.assessment.as_ref().or(case.submission.as_ref().map(|submission| &submission.filled));
            let Some(filled) = filled else { continue };
            let index = measured(&all, (&municipality.slug, &case.id), checked);
            let names = (municipality.slug.as_str(), case.id.as_str());
            found.extend(
                case.changes
                    .list
                    .iter()
                    .map(|change| listed(change, names, filled, index.as_ref(), &checked.workspace.sources)),
            );
        }
    }
    if found.is_empty() {
        return Err(no_document(wanted, &all));
    }
    Ok(found)
}

fn listed(
    change: &Change,
    (municipality, case): (&str, &str),
    filled: &Filled,
    index: Option<&PageIndex>,
    sources: &SourceMap,
) -> ListedChange {
    let id = &change.settings.id.value;
    let places = units(filled, &[])
        .iter()
        .filter(|unit| unit.marks.iter().any(|place| place.mark.change == *id))
        .map(|unit| place(unit, id, index, sources))
        .collect();
    ListedChange {
        municipality: municipality.to_owned(),
        case: case.to_owned(),
        id: id.clone(),
        reason: change.settings.reason.clone(),
        timing: change.settings.timing,
        places,
    }
}

fn place(unit: &Unit<'_>, id: &str, index: Option<&PageIndex>, sources: &SourceMap) -> ChangePlace {
    let mut marked: Vec<String> = Vec::new();
    for mark in unit.marks.iter().map(|place| &place.mark).filter(|mark| mark.change == id) {
        let at = file_and_line(sources, mark.span);
        if !marked.contains(&at) {
            marked.push(at);
        }
    }
    ChangePlace {
        path: unit.path.clone(),
        item: unit.item_words().replace('\n', " "),
        pages: index.map(|index| index.of_unit(unit, Some(id))).unwrap_or_default(),
        important: unit.important,
        marked,
    }
}

fn file_and_line(sources: &SourceMap, span: Span) -> String {
    let file = sources.get(span.file);
    let line = file.text[..span.start].matches('\n').count() + 1;
    format!("{}:{line}", file.path.display())
}

/// The pages of a case's assessment as it is published: the clean view.
fn measured(jobs: &[Job<'_>], (municipality, case): (&str, &str), checked: &Checked) -> Option<PageIndex> {
    let job = jobs.iter().find(|job| {
        job.municipality.slug == municipality
            && job.case.id == case
            && job.definition.kind == DocumentKind::Assessment
            && job.definition.view == View::Clean
    })?;
    job.measure(&checked.workspace.templates)
}
