//! The changes of each case with the places that carry them, their measured pages and the files in which they are marked.

use std::collections::BTreeMap;

use serde::Serialize;

use super::audiences::{Audiences, no_document};
use super::compose::Job;
use crate::Error;
use crate::change::{Unit, units};
use crate::diagnostic::{SourceMap, Span};
use crate::document::PageIndex;
use crate::imprint::{CaseDepartures, ListedDeparture, between as compared, listed as departures};
use crate::model::manifest::{Audience, DocumentKind, Timing, View};
use crate::model::{Case, Change, ItemKey, Municipality, Role};
use crate::name::{CaseId, CaseName, ChangeId, EditionId, Slug};
use crate::session::{Checked, Wanted};

/// A change and where it stands（変更とその箇所）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedChange {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Id.
    pub id: ChangeId,
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
    pub path: ItemKey,
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
            let name = municipality.name(case);
            if !wanted.has_case(&name) {
                continue;
            }
            // Overviews are made from the main form and have no list of their own.
            let forms = case.forms.iter().filter(|form| form.role.kind() != DocumentKind::Overview);
            let forms: Vec<Measured<'_>> = forms
                .map(|form| {
                    let index = measured(&all, &name, &form.role, checked);
                    Measured { role: &form.role, units: units(&form.filled, &[]), index }
                })
                .collect();
            let sources = &checked.workspace.sources;
            found.extend(case.changes.list.iter().map(|change| listed(change, &name, &forms, sources)));
        }
    }
    if found.is_empty() {
        return Err(no_document(wanted, &all));
    }
    Ok(found)
}

/// The pages of the clean view of each assessment of the wanted cases（ページ索引）, by case and form.
#[must_use]
pub fn page_indexes(checked: &Checked, wanted: &Wanted) -> BTreeMap<(CaseName, Role), PageIndex> {
    let audiences = Audiences::of(&checked.model);
    let all: Vec<Job<'_>> = audiences.every_job(Audience::Submission).collect();
    let mut found = BTreeMap::new();
    for (municipality, case) in wanted_cases(checked, wanted) {
        let name = municipality.name(case);
        for form in &case.forms {
            let index = measured(&all, &name, &form.role, checked);
            found.extend(index.map(|index| ((name.clone(), form.role.clone()), index)));
        }
    }
    found
}

/// What no list of changes shows, of each wanted case that has an edition.
#[must_use]
pub fn unlisted(checked: &Checked, wanted: &Wanted) -> Vec<CaseDepartures> {
    let cases = wanted_cases(checked, wanted);
    cases.filter_map(|(municipality, case)| departures(municipality, case, &checked.workspace.sources)).collect()
}

/// What is printed otherwise in one edition of a case than in another, or than before its changes now.
///
/// # Errors
/// [`Error::NoSuch`] where no wanted case has the editions, or one of them froze nothing that was printed.
pub fn between(
    checked: &Checked,
    wanted: &Wanted,
    (since, until): (&EditionId, Option<&EditionId>),
) -> Result<Vec<ListedDeparture>, Error> {
    let sources = &checked.workspace.sources;
    let found = wanted_cases(checked, wanted)
        .find_map(|(municipality, case)| compared(municipality, case, (since, until), sources));
    found.ok_or_else(|| {
        let known = wanted_cases(checked, wanted).flat_map(|(_, case)| case.editions.keys());
        let known: Vec<String> = known.map(EditionId::to_string).collect();
        let is_known = |id: &&EditionId| known.iter().any(|known| known == *id);
        let missing = [Some(since), until].into_iter().flatten().find(|id| !is_known(id)).unwrap_or(since);
        Error::no_such(("版", "edition"), missing, &known)
    })
}

fn wanted_cases<'c>(checked: &'c Checked, wanted: &'c Wanted) -> impl Iterator<Item = (&'c Municipality, &'c Case)> {
    checked.model.cases().filter(|(of, case)| wanted.has_case(&of.name(case)))
}

/// A form of a case with what was measured of it.
struct Measured<'m> {
    role: &'m Role,
    units: Vec<Unit<'m>>,
    index: Option<PageIndex>,
}

fn listed(change: &Change, name: &CaseName, forms: &[Measured<'_>], sources: &SourceMap) -> ListedChange {
    let id = &change.settings.id.value;
    let mut places = Vec::new();
    for form in forms {
        let marked = form.units.iter().filter(|unit| unit.marks.iter().any(|place| place.mark.change == *id));
        places.extend(marked.map(|unit| place(unit, id, form, sources)));
    }
    ListedChange {
        municipality: name.municipality.clone(),
        case: name.case.clone(),
        id: id.clone(),
        reason: change.settings.reason.clone(),
        timing: change.settings.timing,
        places,
    }
}

fn place(unit: &Unit<'_>, id: &ChangeId, form: &Measured<'_>, sources: &SourceMap) -> ChangePlace {
    let index = form.index.as_ref();
    let mut marked: Vec<String> = Vec::new();
    for mark in unit.marks.iter().map(|place| &place.mark).filter(|mark| mark.change == *id) {
        let at = file_and_line(sources, mark.span);
        if !marked.contains(&at) {
            marked.push(at);
        }
    }
    ChangePlace {
        path: form.role.key(&unit.path),
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

/// The pages of an assessment as it is published: the clean view.
fn measured(jobs: &[Job<'_>], name: &CaseName, role: &Role, checked: &Checked) -> Option<PageIndex> {
    let job = jobs.iter().find(|job| {
        job.municipality.slug == name.municipality
            && job.case.id == name.case
            && job.definition.kind == DocumentKind::Assessment
            && Role::of(job.definition) == *role
            && job.definition.view == View::Clean
    })?;
    job.measure(&checked.workspace.templates)
}
