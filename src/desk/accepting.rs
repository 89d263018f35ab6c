//! Changes accepted: their marks folded into the text, a new edition frozen.

mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::editions::{edition_files, name_edition, seal_edition};
use super::folding::{Emptied, Folding};
use crate::Error;
use crate::change::frozen;
use crate::diagnostic::{Code, Diagnostics, SourceMap};
use crate::markup::{State, print};
use crate::model::{Case, ItemKey, Model};
use crate::name::{CaseId, CaseName, ChangeId, EditionId, Slug};
use crate::session::{Checked, Session, find, find_with_municipality, wrong_with};
use crate::write::Steps;

/// An order to accept（変更を溶け込ませる依頼）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AcceptOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Id of the edition that is frozen.
    pub edition: EditionId,
    /// What that edition is, in words.
    pub title: String,
    /// Ids of the changes; none: all of the case.
    pub changes: Vec<ChangeId>,
}

/// What was accepted（溶け込ませた変更）.
#[derive(Debug)]
pub struct Accepted {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// Changes that are now part of the text.
    pub changes: Vec<ChangeId>,
    /// Those of them whose marks stay in shared files, since another case has not accepted them.
    pub shared: Vec<ChangeId>,
    /// How many items the edition holds.
    pub items: usize,
    /// The files as they are now, by path from the root.
    pub files: BTreeMap<String, Option<String>>,
}

/// Folds the marks of changes into the text and freezes the edition that comes of it.
///
/// Everything is made and checked before anything is written, and written in one step: a run that is killed leaves the workspace
/// as it was.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case or change, [`Error::EditionExists`], and what [`read`](crate::session::read) and [`Steps::write`] refuse.
pub fn accept(root: &Path, order: &AcceptOrder) -> Result<Accepted, Error> {
    let (checked, accepted) = accept_in(root, order)?;
    if !accepted.diagnostics.has_errors() {
        let what = format!("溶け込み（版 {}）：{}", order.edition, CaseName::new(&order.municipality, &order.case));
        Steps::of(root).write(&checked.workspace.sources, (&what, &accepted.files))?;
    }
    Ok(accepted)
}

/// What [`accept`] would write.
///
/// # Errors
/// As [`accept`], without those of writing.
pub fn accept_dry(root: &Path, order: &AcceptOrder) -> Result<Accepted, Error> {
    accept_in(root, order).map(|(_, accepted)| accepted)
}

/// Looks at the municipality, and at the others only where their shared files would change.
fn accept_in(root: &Path, order: &AcceptOrder) -> Result<(Checked, Accepted), Error> {
    let files = |accepted: &Accepted| accepted.files.keys().cloned().collect();
    Session::open(root)?.with_concerned(&order.municipality, |checked| accepting(checked, order), files)
}

/// What accepting changes of a workspace that was read comes to.
///
/// # Errors
/// As [`accept`], without those of writing.
pub fn accepting(checked: &Checked, order: &AcceptOrder) -> Result<Accepted, Error> {
    let name = CaseName::new(&order.municipality, &order.case);
    let (municipality, case) = find_with_municipality(checked, &name)?;
    if case.editions.contains_key(&order.edition) {
        return Err(Error::EditionExists { edition: name.edition(&order.edition) });
    }
    let changes = wanted_changes(case, order)?;
    let shared = settings::needed_elsewhere(checked, &name, case, &changes);
    let errors = wrong_with(checked, checked, &order.municipality);
    if errors.has_errors() {
        return Ok(refused(checked, errors, changes));
    }
    let kept = settings::kept_marks(checked, &name);
    let marks = |change: &ChangeId, span| changes.iter().any(|id| id == change) && !kept.contains(&span);
    let folding = Folding { sources: &checked.workspace.sources, marks: &marks, to: State::After };
    let mut last = None;
    // A heading of which nothing is left goes, unless its being there says that the shared text does not count.
    for emptied in [Emptied::Goes, Emptied::Stays] {
        let mut files = folding.files(&checked.library, emptied);
        let about = settings::settle(checked, case, order, &changes, &shared, &mut files);
        name_edition(checked, case, &order.edition, &mut files);
        drop_unused(checked, &mut files);
        let folded = checked.fork(&files);
        let settled = find_with_municipality(&folded, &name)?;
        files.extend(edition_files(settled, &order.edition, &about));
        let follows = case.edition.as_ref().map(|(id, _)| id);
        seal_edition(checked, (municipality, case), (&order.edition, follows), &mut files);
        let after = checked.fork(&files);
        let diagnostics = wrong_with(&after, checked, &order.municipality);
        let holds =
            !diagnostics.has_errors() && texts(&checked.model, State::After) == texts(&after.model, State::After);
        let items = find(&after, &name)?.editions.get(&order.edition);
        let items = items.map_or(0, |edition| edition.items().count());
        let sources = after.workspace.sources;
        let made = Accepted { diagnostics, sources, changes: changes.clone(), shared: shared.clone(), items, files };
        if holds {
            return Ok(made);
        }
        last = Some(made);
    }
    let last = last.expect("it was tried");
    assert!(last.diagnostics.has_errors(), "folding marks in leaves the text after the changes as it was");
    Ok(last)
}

fn refused(checked: &Checked, diagnostics: Diagnostics, changes: Vec<ChangeId>) -> Accepted {
    Accepted {
        diagnostics,
        sources: checked.workspace.sources.clone(),
        changes,
        shared: Vec::new(),
        items: 0,
        files: BTreeMap::new(),
    }
}

fn wanted_changes(case: &Case, order: &AcceptOrder) -> Result<Vec<ChangeId>, Error> {
    let all: Vec<ChangeId> = case.changes.list.iter().map(|change| change.settings.id.value.clone()).collect();
    if let Some(unknown) = order.changes.iter().find(|change| !all.contains(change)) {
        return Err(Error::no_such(("変更", "change"), unknown, &all));
    }
    Ok(if order.changes.is_empty() { all } else { order.changes.clone() })
}

/// Takes away the files of records that nothing lists any more, among `files` that are about to be written.
pub fn drop_unused(checked: &Checked, files: &mut BTreeMap<String, Option<String>>) {
    let unused = |checked: &Checked| -> BTreeSet<String> {
        let found = checked.diagnostics.sorted().into_iter().filter(|diagnostic| diagnostic.code == Code::FileUnused);
        found
            .filter_map(|diagnostic| diagnostic.span)
            .map(|span| checked.workspace.sources.get(span.file).path.to_string_lossy().into_owned())
            .collect()
    };
    let before = unused(checked);
    let after = unused(&checked.fork(files));
    files.extend(after.difference(&before).map(|path| (path.clone(), None)));
}

/// What every case says before or after its changes; what is empty is left out, since what is gone has no key any more.
pub(super) fn texts(model: &Model, state: State) -> BTreeMap<(CaseName, ItemKey), String> {
    let items = model.cases().flat_map(|(municipality, case)| {
        let name = municipality.name(case);
        frozen(case, state).into_iter().map(move |item| ((name.clone(), item.key.clone()), print(&item.text)))
    });
    items.filter(|(_, text)| !text.is_empty()).collect()
}
