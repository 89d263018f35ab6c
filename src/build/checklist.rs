//! Checklists out to the people who answer, and their answers back into the source.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::audiences::{Audiences, nothing_matches};
use super::{Checked, Order, Outcome, Progress, Strictness, Wanted, author, build, read};
use crate::Error;
use crate::answers::{ChecklistReport, Report, Returned, decide, with_answers};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::Model;
use crate::model::manifest::{Audience, DocumentKind};
use crate::source::Workbook;

/// Whether an import writes（書き込むか）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only says what it would do.
    Report,
    /// Writes the changed answers into the source.
    Write,
}

/// What an import came to（取込みの結果）.
#[derive(Debug)]
pub struct Imported {
    /// What cannot be taken over, and why; what is wrong with the source.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// What was returned.
    pub report: Report,
    /// Files of the source that were rewritten, by path from the root.
    pub written: Vec<String>,
}

/// Takes returned checklists over into the source.
///
/// Nothing is written if the source has mistakes or one of the files cannot be read as a checklist of this workspace. What a person
/// must settle is left as it is in the source.
///
/// # Errors
/// [`Error`] where the system refuses.
pub fn import(root: &Path, files: &[PathBuf], mode: Mode) -> Result<Imported, Error> {
    let Checked { workspace, model, mut diagnostics } = read(root)?;
    let sources = workspace.sources;
    let mut report = Report::default();
    let mut written = Vec::new();
    // What is only to be mended in the source is said by the check; here it would stand between the answers.
    if !diagnostics.has_errors() {
        diagnostics = Diagnostics::new();
        let mut returned = Vec::new();
        let files: Vec<Vec<PathBuf>> = files.iter().map(|path| Workbook::files(path)).collect::<Result<_, _>>()?;
        for path in files.iter().flatten() {
            if let Some(workbook) = Workbook::read(path, &mut diagnostics)? {
                returned.push(Returned::read(&path.display().to_string(), &workbook, &mut diagnostics));
            }
        }
        report = decide(&model, &returned, &mut diagnostics);
        if mode == Mode::Write && !diagnostics.refuse_a_file() {
            let texts = texts(&model, &sources, &report);
            written = texts.keys().cloned().collect();
            author::replace(root, &sources, &texts)?;
        }
    }
    Ok(Imported { diagnostics, sources, report, written })
}

/// The new texts of the checklists that change, by path.
fn texts(model: &Model, sources: &SourceMap, report: &Report) -> BTreeMap<String, Option<String>> {
    let changed = report.checklists.iter().filter(|checklist| !checklist.changes.is_empty());
    changed
        .map(|ChecklistReport { municipality, case, changes, .. }| {
            let municipality = model.municipalities.iter().find(|known| known.slug == *municipality);
            let case = municipality.and_then(|municipality| municipality.cases.get(case));
            let checklist = case.and_then(|case| case.checklist.as_ref()).expect("the report is of this model");
            let file = sources.get(checklist.file);
            let path = file.path.to_str().expect("the workspace holds paths as UTF-8").to_owned();
            (path, Some(with_answers(&file.text, changes)))
        })
        .collect()
}

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
        return Err(nothing_matches(wanted, &checklists));
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
