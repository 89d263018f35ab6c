//! Answers of returned checklists taken back into the source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::answers::{ChecklistReport, Report, Returned, decide, with_answers};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::Model;
use crate::name::CaseName;
use crate::session::{Checked, Session};
use crate::source::Workbook;
use crate::write::Steps;

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
/// Nothing is written if a case that they answer has mistakes or one of the files cannot be read as a checklist of this workspace. What a person
/// must settle is left as it is in the source.
///
/// # Errors
/// [`Error`] where the system refuses.
pub fn import(root: &Path, files: &[PathBuf], mode: Mode) -> Result<Imported, Error> {
    import_from(root, mode, |diagnostics| Workbook::read_each(files, diagnostics, Returned::read))
}

/// As [`import`], of one workbook that is in no file: its name, and its bytes.
///
/// # Errors
/// As [`import`].
pub fn import_bytes(root: &Path, (name, bytes): (&str, Vec<u8>), mode: Mode) -> Result<Imported, Error> {
    import_from(root, mode, |diagnostics| {
        let workbook = Workbook::of_bytes(Path::new(name), bytes, diagnostics);
        Ok(workbook.iter().map(|workbook| Returned::read(name, workbook, diagnostics)).collect())
    })
}

fn import_from(
    root: &Path,
    mode: Mode,
    read: impl FnOnce(&mut Diagnostics) -> Result<Vec<Returned>, Error>,
) -> Result<Imported, Error> {
    let mut found = Diagnostics::new();
    let returned = read(&mut found)?;
    // Whose checklists they are they say themselves; a mistake of another case stays its own.
    let cases: BTreeSet<CaseName> = returned.iter().flat_map(Returned::cases).collect();
    let Checked { workspace, model, mut diagnostics, .. } = Session::open(root)?.answered(cases)?;
    let sources = workspace.sources;
    let mut report = Report::default();
    let mut written = Vec::new();
    // What is only to be mended in the source is said by the check; here it would stand between the answers.
    if !diagnostics.has_errors() {
        diagnostics = found;
        report = decide(&model, &returned, &mut diagnostics);
        if mode == Mode::Write && !diagnostics.refuse_a_file() {
            let texts = texts(&model, &sources, &report);
            written = texts.keys().cloned().collect();
            let of = report.checklists.iter().filter(|checklist| !checklist.changes.is_empty());
            let of: Vec<String> = of.map(|of| of.case.to_string()).collect();
            Steps::of(root).write(&sources, (&format!("回答の取込み：{}", of.join("、")), &texts))?;
        }
    }
    Ok(Imported { diagnostics, sources, report, written })
}

/// The new texts of the checklists that change, by path.
fn texts(model: &Model, sources: &SourceMap, report: &Report) -> BTreeMap<String, Option<String>> {
    let changed = report.checklists.iter().filter(|checklist| !checklist.changes.is_empty());
    changed
        .map(|ChecklistReport { case, changes, .. }| {
            let case = model.case(case).map(|(_, case)| case);
            let checklist = case.and_then(|case| case.checklist.as_ref()).expect("the report is of this model");
            let file = sources.get(checklist.file);
            let path = file.path.to_str().expect("the workspace holds paths as UTF-8").to_owned();
            (path, Some(with_answers(&file.text, changes)))
        })
        .collect()
}
