//! Checklists out to the people who answer.

use std::path::{Path, PathBuf};

use super::audiences::{Audiences, no_document};
use super::{Order, Outcome, Progress, build};
use crate::Error;
use crate::model::manifest::{Audience, DocumentKind};
use crate::session::{Wanted, read};
use crate::source::Workbook;
use crate::write::{Kind, Means, Meeting, New, Notes, Output};

/// Where exported checklists lie（書き出したチェックリスト）.
#[derive(Debug)]
pub struct Exported {
    /// What the build of each one came to; the last one has mistakes if there are any.
    pub outcomes: Vec<Outcome>,
    /// The workbooks.
    pub files: Vec<PathBuf>,
    /// What is not ours where they lie.
    pub notes: Notes,
}

/// Builds the checklists of a municipality's case, or all, into the output folder, and copies them to a folder of their own: all of them
/// or none.
///
/// A file that is there and is not as it was exported may be filled in, so it is never overwritten.
///
/// # Errors
/// [`Error::NothingMatches`], [`Error::Exists`], and where the system refuses or a folder is not ours.
pub fn export(
    root: &Path,
    folder: &Path,
    (wanted, to): (&Wanted, Option<&Path>),
    progress: &dyn Progress,
) -> Result<Exported, Error> {
    let own = to.map(|to| Output::open(root, to, Kind::Checklists)).transpose()?;
    if let (Some(to), Some(_)) = (to, own.as_ref().filter(|own| own.is_at(folder))) {
        return Err(Error::NoOutputHere { path: to.to_owned() });
    }
    let checked = read(root)?;
    let audiences = Audiences::of(&checked.model);
    let all = audiences.jobs(Some(Audience::Submission));
    let mut exported = Exported { outcomes: Vec::new(), files: Vec::new(), notes: Notes::default() };
    let checklists: Vec<_> = all
        .iter()
        .filter(|job| job.definition.kind == DocumentKind::Checklist)
        .filter(|job| wanted.has(&job.municipality.slug, &job.case.id, &job.definition.id.value))
        .copied()
        .collect();
    if checklists.is_empty() && !checked.diagnostics.has_errors() {
        let checklists: Vec<_> =
            all.iter().filter(|job| job.definition.kind == DocumentKind::Checklist).copied().collect();
        return Err(no_document(wanted, &checklists));
    }
    if checked.diagnostics.has_errors() {
        let (diagnostics, sources) = (checked.diagnostics.clone(), checked.workspace.sources.clone());
        exported.outcomes.push(Outcome::unwritten(folder, diagnostics, sources));
        return Ok(exported);
    }
    let mut new = New::default();
    for job in checklists {
        let (municipality, case) = (job.municipality.slug.clone(), job.case.id.clone());
        let document = job.definition.id.value.clone();
        let built = folder.join(format!("{}.xlsx", job.name()));
        let name = format!("{municipality}-{case}-{document}.xlsx");
        let wanted = Wanted { municipality: Some(municipality), case: Some(case), document: Some(document) };
        let order = Order { wanted, audience: Some(Audience::Submission), ..Order::default() };
        let outcome = build(root, folder, &order, progress)?;
        let failed = outcome.diagnostics.has_errors();
        exported.notes.clone_from(&outcome.notes);
        exported.outcomes.push(outcome);
        if failed {
            return Ok(exported);
        }
        match to {
            Some(to) => {
                let bytes = Workbook::bytes(&built)?;
                new.files.insert(name.clone(), bytes);
                exported.files.push(to.join(name));
            }
            None => exported.files.push(built),
        }
    }
    if let Some(own) = own {
        new.kept.extend(own.made().map(str::to_owned));
        ((), exported.notes) = own.write(&new, &(), (Meeting::Refused, Means::Any), |_| Ok(()))?;
    }
    Ok(exported)
}
