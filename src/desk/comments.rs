//! Opinions of returned workbooks taken over into `comments.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::checklist::Mode;
use crate::Error;
use crate::answers::{CommentsReport, ReturnedComments, decide_comments, with_comments};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::Model;
use crate::name::CaseName;
use crate::session::{Checked, Session};
use crate::source::Workbook;
use crate::write::Steps;

/// What an import came to（取込みの結果）.
#[derive(Debug)]
pub struct ImportedComments {
    /// What cannot be taken over, and why; what is wrong with the source.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// What the workbooks say, hearing by hearing.
    pub reports: Vec<CommentsReport>,
    /// Files of the source that were rewritten, by path from the root.
    pub written: Vec<String>,
}

/// Takes workbooks of opinions over into the source. `of` is the municipality and the case of a workbook that no export wrote.
///
/// Nothing is written if a case that they belong to has mistakes or one of the files cannot be read as a workbook of opinions. What a person must settle is
/// left as it is in the source; who sent an opinion in is never taken over.
///
/// # Errors
/// [`Error`] where the system refuses.
pub fn import_comments(
    root: &Path,
    files: &[PathBuf],
    of: Option<&CaseName>,
    mode: Mode,
) -> Result<ImportedComments, Error> {
    import_from(root, (of, mode), |diagnostics| Workbook::read_each(files, diagnostics, ReturnedComments::read))
}

/// As [`import_comments`], of one workbook that is in no file: its name, and its bytes.
///
/// # Errors
/// As [`import_comments`].
pub fn import_comment_bytes(
    root: &Path,
    (name, bytes): (&str, Vec<u8>),
    of: Option<&CaseName>,
    mode: Mode,
) -> Result<ImportedComments, Error> {
    import_from(root, (of, mode), |diagnostics| {
        let workbook = Workbook::of_bytes(Path::new(name), bytes, diagnostics);
        Ok(workbook.iter().map(|workbook| ReturnedComments::read(name, workbook, diagnostics)).collect())
    })
}

fn import_from(
    root: &Path,
    (of, mode): (Option<&CaseName>, Mode),
    read: impl FnOnce(&mut Diagnostics) -> Result<Vec<ReturnedComments>, Error>,
) -> Result<ImportedComments, Error> {
    let mut found = Diagnostics::new();
    let returned = read(&mut found)?;
    // Whose hearing they are of they say themselves, or is said; a mistake of another case stays its own.
    let cases: BTreeSet<CaseName> = returned.iter().flat_map(ReturnedComments::cases).chain(of.cloned()).collect();
    let Checked { workspace, model, mut diagnostics, .. } = Session::open(root)?.answered(cases)?;
    let sources = workspace.sources;
    let (mut reports, mut written) = (Vec::new(), Vec::new());
    // What is only to be mended in the source is said by the check; here it would stand between the opinions.
    if !diagnostics.has_errors() {
        diagnostics = found;
        reports = decide_comments(&model, &returned, of, &mut diagnostics);
        if mode == Mode::Write && !diagnostics.refuse_a_file() {
            let texts = texts(&model, &sources, &reports);
            written = texts.keys().cloned().collect();
            let of: Vec<String> =
                reports.iter().filter(|report| report.is_change()).map(|report| report.case.to_string()).collect();
            Steps::of(root).write(&sources, (&format!("意見の取込み：{}", of.join("、")), &texts))?;
        }
    }
    Ok(ImportedComments { diagnostics, sources, reports, written })
}

/// The new texts of the files that change, by path.
fn texts(model: &Model, sources: &SourceMap, reports: &[CommentsReport]) -> BTreeMap<String, Option<String>> {
    let changed = reports.iter().filter(|report| report.is_change());
    changed
        .map(|report| {
            let case = model.case(&report.case).map(|(_, case)| case);
            let comments = case.and_then(|case| case.comments.as_ref()).expect("the report is of this model");
            let file = sources.get(comments.file);
            let path = file.path.to_str().expect("the workspace holds paths as UTF-8").to_owned();
            (path, Some(with_comments(&file.text, (&report.changes, &report.added))))
        })
        .collect()
}
