//! Checklists out to the people who answer.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::audiences::{Audiences, no_document};
use super::{Order, Outcome, Progress, build};
use crate::Error;
use crate::model::manifest::{Audience, DocumentKind};
use crate::session::{Strictness, Wanted, read};

/// Where exported checklists lie（書き出したチェックリスト）.
#[derive(Debug)]
pub struct Exported {
    /// What the build of each one came to; the last one has mistakes if there are any.
    pub outcomes: Vec<Outcome>,
    /// The workbooks.
    pub files: Vec<PathBuf>,
}

/// Builds the checklists of a municipality's case, or all, into the output folder, and copies them to a folder of their own.
///
/// A file that is already there and differs may be filled in, so it is never overwritten.
///
/// # Errors
/// [`Error::NothingMatches`], [`Error::Exists`], and where the system refuses.
pub fn export(
    root: &Path,
    folder: &Path,
    (wanted, to): (&Wanted, Option<&Path>),
    progress: &dyn Progress,
) -> Result<Exported, Error> {
    let checked = read(root)?;
    let audiences = Audiences::of(&checked.model);
    let all = audiences.jobs(Some(Audience::Submission));
    let mut exported = Exported { outcomes: Vec::new(), files: Vec::new() };
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
        let folder = folder.to_owned();
        exported.outcomes.push(Outcome { diagnostics, sources, made: 0, kept: 0, folder, proof: None });
        return Ok(exported);
    }
    for job in checklists {
        let (municipality, case) = (job.municipality.slug.clone(), job.case.id.clone());
        let document = job.definition.id.value.clone();
        let built = folder.join(format!("{}.xlsx", job.name()));
        let name = format!("{municipality}-{case}-{document}.xlsx");
        let wanted = Wanted { municipality: Some(municipality), case: Some(case), document: Some(document) };
        let outcome = build(
            root,
            folder,
            &Order { wanted, audience: Some(Audience::Submission), strictness: Strictness::Errors },
            progress,
        )?;
        let failed = outcome.diagnostics.has_errors();
        exported.outcomes.push(outcome);
        if failed {
            break;
        }
        exported.files.push(match to {
            Some(to) => copy(&built, to, &name)?,
            None => built,
        });
    }
    Ok(exported)
}

/// Copies a workbook into a folder, whole or not at all.
fn copy(from: &Path, folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let target = folder.join(name);
    let write_error = |source| Error::Write { path: target.clone(), source };
    let bytes = fs::read(from).map_err(|source| Error::Read { path: from.to_owned(), source })?;
    if target.exists() {
        let there = fs::read(&target).map_err(|source| Error::Read { path: target.clone(), source })?;
        return if there == bytes { Ok(target) } else { Err(Error::Exists { path: target }) };
    }
    fs::create_dir_all(folder).map_err(write_error)?;
    let mut file = fs::File::create_new(&target).map_err(write_error)?;
    if let Err(error) = file.write_all(&bytes) {
        // Half of a workbook is worse than none.
        drop(file);
        let _ = fs::remove_file(&target);
        return Err(write_error(error));
    }
    Ok(target)
}
