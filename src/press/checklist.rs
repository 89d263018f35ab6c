//! Workbooks out to the people who fill them in: checklists, and the opinions of a hearing.

use std::path::{Path, PathBuf};

use super::audiences::Audiences;
use super::{Order, Outcome, Progress, build};
use crate::Error;
use crate::model::manifest::{Audience, DocumentKind, Format};
use crate::name::{CaseName, DocumentName};
use crate::session::{Asked, Findings, Session, Wanted, nothing_matches};
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
    out(root, folder, (DocumentKind::Checklist, wanted, to), progress)
}

/// As [`export`], of the workbooks of opinions（意見のブック）.
///
/// # Errors
/// As [`export`].
pub fn export_comments(
    root: &Path,
    folder: &Path,
    (wanted, to): (&Wanted, Option<&Path>),
    progress: &dyn Progress,
) -> Result<Exported, Error> {
    out(root, folder, (DocumentKind::CommentSheet, wanted, to), progress)
}

fn out(
    root: &Path,
    folder: &Path,
    (kind, wanted, to): (DocumentKind, &Wanted, Option<&Path>),
    progress: &dyn Progress,
) -> Result<Exported, Error> {
    let own = to.map(|to| Output::open(root, to, Kind::Checklists)).transpose()?;
    if let (Some(to), Some(_)) = (to, own.as_ref().filter(|own| own.is_at(folder))) {
        return Err(Error::NoOutputHere { path: to.to_owned() });
    }
    let session = Session::open(root)?;
    let mut exported = Exported { outcomes: Vec::new(), files: Vec::new(), notes: Notes::default() };
    let mut findings = Findings::default();
    let (mut checklists, mut others) = (Vec::new(), Vec::new());
    for reach in session.wanted(wanted)? {
        let checked = session.look(&reach)?;
        let audiences = Audiences::of(&checked.model);
        for job in audiences.jobs(Some(Audience::Submission)) {
            if job.definition.kind == kind {
                let name = job.name();
                if wanted.has(&name) { checklists.push(name) } else { others.push(name) }
            }
        }
        findings.add(&checked, &reach.municipality);
    }
    let findings = findings.closed(Asked::Some);
    if findings.diagnostics.has_errors() {
        let (diagnostics, sources) = (findings.diagnostics, findings.sources);
        exported.outcomes.push(Outcome { diagnostics, sources, ..Outcome::unwritten(folder) });
        return Ok(exported);
    }
    if checklists.is_empty() {
        return Err(nothing_matches(wanted, &others));
    }
    let mut new = New::default();
    for checklist in checklists {
        let built = folder.join(checklist.file(Format::Xlsx.extension()));
        let DocumentName { case: CaseName { municipality, case }, document } = checklist;
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
                new.files.insert(name.clone(), bytes.into());
                exported.files.push(to.join(name));
            }
            None => exported.files.push(built),
        }
    }
    if let Some(mut own) = own {
        new.kept.extend(own.made().map(str::to_owned));
        own.write(new, &(), (Meeting::Refused, Means::Any))?;
        exported.notes = own.notes()?;
    }
    Ok(exported)
}
