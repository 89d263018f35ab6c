//! What a clerk begins（新しく作る）: a workspace, a municipality, an assessment, a submission, a checklist, a change.
//!
//! Nothing is written over, and nothing before the workspace was read again with it: what would be a mistake is told and not written. What
//! is written is one step that can be taken back.

mod assessment;
mod change;
mod checklist;
mod copying;
mod entries;
mod municipality;
mod patterns;
mod submission;
mod tables;
mod workspace;

use std::collections::BTreeMap;
use std::path::Path;

pub use assessment::{AssessmentOrder, Begin, begin_assessment};
pub use change::{ChangeFault, ChangeOrder, ChangeOwner, begin_change, declare};
pub use checklist::{ChecklistOrder, begin_checklist};
pub use municipality::{MunicipalityOrder, begin_municipality};
pub use patterns::{FormPattern, Patterns, patterns};
pub use submission::{SubmissionOrder, begin_submission};
pub use workspace::begin_workspace;

use crate::desk::checklist::Mode;
use crate::diagnostic::{Code, Diagnostics, SourceMap};
use crate::model::Library;
use crate::model::manifest::FormDef;
use crate::name::{CaseId, FormId, Reach, Slug};
use crate::session::{Checked, Session, new_in};
use crate::source::id_fault;
use crate::write::Steps;
use crate::{Error, Said};

type Files = BTreeMap<String, Option<String>>;

/// What was begun（作ったもの）.
#[derive(Debug)]
pub struct Begun {
    /// What would be wrong with it; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// The new files and those that were added to, by path from the root.
    pub files: Vec<String>,
    /// Those of them that were there before.
    pub added_to: Vec<String>,
    /// Items that are still to be filled in（未記入）.
    pub empty: usize,
    /// Terms that are still to be given a word（未記入の用語）.
    pub terms: Vec<String>,
}

/// Anything that stands in a workspace and can be begun（始めるもの）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BeginOrder {
    /// A municipality.
    Municipality(MunicipalityOrder),
    /// An assessment.
    Assessment(AssessmentOrder),
    /// A matter for a committee.
    Submission(SubmissionOrder),
    /// Its checklist.
    Checklist(ChecklistOrder),
}

/// Begins something, or says what would be written.
///
/// # Errors
/// As [`begin_municipality`], [`begin_assessment`], [`begin_submission`] and [`begin_checklist`].
pub fn begin(root: &Path, order: &BeginOrder, mode: Mode) -> Result<Begun, Error> {
    let made = match order {
        BeginOrder::Municipality(order) => municipality::made(root, order)?,
        BeginOrder::Assessment(order) => assessment::made(root, order)?,
        BeginOrder::Submission(order) => submission::made(root, order)?,
        BeginOrder::Checklist(order) => checklist::made(root, order)?,
    };
    made.carried(root, mode)
}

/// What an order comes to, not written yet.
struct Made {
    checked: Checked,
    /// What the step is called.
    what: String,
    files: Files,
    /// Terms that are still to be given a word.
    terms: Vec<String>,
}

impl Made {
    /// Judges it, and writes it as one step, unless it would be a mistake.
    fn carried(self, root: &Path, mode: Mode) -> Result<Begun, Error> {
        let Self { checked, what, files, terms } = self;
        let after = checked.fork(&files);
        let diagnostics = new_in(&after, &checked);
        let count = |code: Code| diagnostics.sorted().iter().filter(|found| found.code == code).count();
        let empty = count(Code::ItemEmpty);
        let before = &checked.workspace.sources;
        if mode == Mode::Write && !diagnostics.has_errors() {
            Steps::of(root).write(before, (&what, &files))?;
        }
        let added_to = files.keys().filter(|path| before.find(Path::new(path)).is_some()).cloned().collect();
        let files = files.into_keys().collect();
        Ok(Begun { diagnostics, sources: after.workspace.sources, files, added_to, empty, terms })
    }
}

/// What a municipality has, which need not be there yet; of the others what they are called.
fn of(root: &Path, municipality: &Slug) -> Result<Checked, Error> {
    Session::open(root)?.gather(&[Reach::whole(municipality)])
}

/// A name that becomes one of a folder or file.
fn named(option: &'static str, name: &str, example: &'static str) -> Result<(), Error> {
    if id_fault(name).is_none() {
        return Ok(());
    }
    Err(Error::Shape { option, expected: example, found: name.to_owned() })
}

/// Something that must be said.
fn said(option: &'static str, words: &str) -> Result<(), Error> {
    if words.trim().is_empty() { Err(Error::Empty { option }) } else { Ok(()) }
}

/// A day as settings write it.
fn day(option: &'static str, date: &str) -> Result<(), Error> {
    if date.parse::<jiff::civil::Date>().is_ok() {
        return Ok(());
    }
    Err(Error::Shape { option, expected: "2026-04-01", found: date.to_owned() })
}

/// Refuses files that are there already, whoever wrote them.
fn none_there<'p>(root: &Path, paths: impl IntoIterator<Item = &'p String>) -> Result<(), Error> {
    let there = paths.into_iter().map(|path| root.join(path)).find(|path| path.symlink_metadata().is_ok());
    there.map_or(Ok(()), |path| Err(Error::AlreadyThere { path }))
}

/// A file into which something was to be written is no TOML.
fn unreadable(path: &str) -> Error {
    Error::NoBase {
        reason: Said::new(
            format!("{path} を読めません。hyoka check で誤りを確かめてください"),
            format!("{path} cannot be read; hyoka check says why"),
        ),
    }
}

/// The text of a file of the workspace.
fn text_of(checked: &Checked, path: &str) -> Option<String> {
    let sources = &checked.workspace.sources;
    sources.find(Path::new(path)).map(|file| sources.get(file).text.to_string())
}

/// The form that a municipality means by an id: its own before the shared one.
fn form_of<'l>(library: &'l Library, slug: &Slug, id: &FormId) -> Result<&'l FormDef, Error> {
    let found = library.form(Some(slug), id).filter(|_| !id.contains('/'));
    found.map(|read| &*read.value).ok_or_else(|| {
        let names = library.forms.keys().filter(|name| name.is_for(Some(slug)));
        Error::NoForm {
            wanted: id.to_string(),
            forms: names.map(|name| name.form.to_string()).collect(),
            cases: library.assessments.keys().map(CaseId::to_string).collect(),
        }
    })
}

/// The settings of a municipality: their path and text.
fn settings_of(checked: &Checked, slug: &Slug) -> Result<(String, String), Error> {
    let path = slug.settings();
    let known = || checked.library.everyone().map(|(slug, _)| slug.to_string()).collect();
    match text_of(checked, &path) {
        Some(text) => Ok((path, text)),
        None => Err(Error::NoMunicipality { wanted: slug.to_string(), known: known() }),
    }
}
