//! Every write of an author's file as a step that can be taken back and done again（取り消しとやり直し）, also after the program was closed.
//!
//! A step holds, of each file, the stretch in which it differed, with its words before and after and the hash of the whole file on both
//! sides: as the disk has it, so that the bytes come back. It is taken only where every file still is what the step left: what somebody wrote
//! since is never taken back with it. The desk and the commands share one list. It lies in `.hyoka/` beside `content/`, since it is nobody's
//! text, and is read anew for every step, since another program may have written one. A write is in `content/` before it is in the list: a
//! program that is killed in between has written, and cannot take that one step back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::author::replace;
use super::hold::{Held, hold};
use super::single::{Ready, bytes_of, put_file, ready};
use super::write_error;
use crate::Error;
use crate::diagnostic::SourceMap;
use crate::source::sha256;

/// Most steps that are remembered.
const STEPS_MOST: usize = 500;

/// Most bytes of words that are remembered; the last step is, however long it is.
const BYTES_MOST: usize = 8 << 20;

/// The list's file in `.hyoka/`.
const LIST: &str = "desk-steps.json";

/// The steps of a workspace（操作の記録）.
#[derive(Debug, Clone)]
pub struct Steps {
    root: PathBuf,
    folder: PathBuf,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct List {
    steps: Vec<Step>,
    /// How many of them are done; those after it were taken back.
    done: usize,
}

/// One write.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Step {
    /// What was written, for the clerk.
    what: String,
    /// By path from the root.
    files: BTreeMap<String, Patch>,
}

/// How a file differed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Patch {
    /// Byte at which it begins.
    at: usize,
    old: String,
    new: String,
    /// Hash of the file before; none: there was no file.
    before: Option<String>,
    /// Hash of the file after; none: there is none any more.
    after: Option<String>,
}

/// Which way a step is taken（取り消すか、やり直すか）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Taken back.
    Undo,
    /// Done again.
    Redo,
}

/// What can be taken back and done again（取り消せる操作、やり直せる操作）.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// The step that would be taken back.
    pub undo: Option<String>,
    /// The step that would be done again.
    pub redo: Option<String>,
}

/// A step as it is listed（操作）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StepLine {
    /// What was written.
    pub what: String,
    /// The files, in order; never empty.
    pub files: Vec<String>,
    /// The way in which it can be taken, when its turn comes.
    #[serde(skip)]
    pub way: Way,
}

impl Steps {
    /// Those of a workspace; nothing is read yet.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), folder: root.join(super::STEPS) }
    }

    /// The list as it is now; what cannot be read as one is begun anew.
    fn list(&self) -> List {
        let read = bytes_of(&self.folder.join(LIST)).ok().flatten();
        let mut list: List = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        // Somebody else may have put the list there: it leads nowhere but into the content.
        if !list.steps.iter().flat_map(|step| step.files.keys()).all(|path| is_inside(path)) {
            list = List::default();
        }
        list.done = list.done.min(list.steps.len());
        list
    }

    /// Replaces files of `content/` and remembers the step, both or neither.
    ///
    /// **Shape**: `read` and `files` as in [`replace`].
    ///
    /// # Errors
    /// As [`replace`], and [`Error::Write`] where the list cannot be kept; nothing is written then.
    ///
    /// # Panics
    /// As [`replace`].
    pub fn write(
        &self,
        read: &SourceMap,
        (what, files): (&str, &BTreeMap<String, Option<String>>),
    ) -> Result<(), Error> {
        let saved = read.saved(files);
        let old = |path: &str| read.find(Path::new(path)).map(|file| read.get(file).saved());
        let patches = saved.iter().filter_map(|(path, new)| {
            let old = old(path);
            (old != *new).then(|| (path.clone(), Patch::between(old.as_deref(), new.as_deref())))
        });
        let step = Step { what: what.to_owned(), files: patches.collect() };
        if step.files.is_empty() {
            return Ok(());
        }
        let _held = self.hold()?;
        let mut list = self.list();
        list.push(step);
        let kept = self.ready(&list)?;
        replace(&self.root, read, files)?;
        kept.place()
    }

    /// Takes the next step of a way, whole or not at all; the step.
    ///
    /// # Errors
    /// [`Error::NoWorkspace`], [`Error::NoStep`] without a step, [`Error::StepChanged`] where one of its files is not what the step left; and as [`replace`]. Nothing
    /// is written then.
    pub fn take(&self, way: Way) -> Result<StepLine, Error> {
        self.expect_workspace()?;
        let [ja, en] = way.words();
        let none = || Error::NoStep { ja, en };
        self.list().next(way).ok_or_else(none)?;
        let _held = self.hold()?;
        let mut list = self.list();
        let at = list.next(way).ok_or_else(none)?;
        let step = &list.steps[at];
        let (mut files, mut now, mut changed) = (BTreeMap::new(), SourceMap::default(), Vec::new());
        for (path, patch) in &step.files {
            let text = bytes_of(&self.root.join(path))?.map(String::from_utf8);
            let is_text = text.as_ref().is_none_or(Result::is_ok);
            let text = text.and_then(Result::ok);
            match patch.applied(text.as_deref(), way).filter(|_| is_text) {
                Some(new) => drop(files.insert(path.clone(), new)),
                None => changed.push(path.clone()),
            }
            if let Some(text) = text {
                now.add(path, text);
            }
        }
        let line = step.line(way);
        if !changed.is_empty() {
            return Err(Error::StepChanged { what: line.what, ja, en, paths: changed });
        }
        list.done = match way {
            Way::Undo => at,
            Way::Redo => at + 1,
        };
        let kept = self.ready(&list)?;
        replace(&self.root, &now, &files)?;
        kept.place()?;
        Ok(line)
    }

    /// What can be taken back and done again.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let list = self.list();
        let what = |way: Way| Some(list.steps[list.next(way)?].what.clone());
        Standing { undo: what(Way::Undo), redo: what(Way::Redo) }
    }

    /// All steps, the oldest first: those that can be taken back, then those that can be done again.
    ///
    /// # Errors
    /// [`Error::NoWorkspace`].
    pub fn lines(&self) -> Result<Vec<StepLine>, Error> {
        self.expect_workspace()?;
        let list = self.list();
        let way = |at: usize| if at < list.done { Way::Undo } else { Way::Redo };
        Ok(list.steps.iter().enumerate().map(|(at, step)| step.line(way(at))).collect())
    }

    fn expect_workspace(&self) -> Result<(), Error> {
        let is_one = self.root.join("content").is_dir();
        if is_one { Ok(()) } else { Err(Error::NoWorkspace { path: self.root.clone() }) }
    }

    /// The list is held by one who writes; its folder is made where there is none.
    fn hold(&self) -> Result<Held, Error> {
        let ignore = self.folder.join(".gitignore");
        if bytes_of(&ignore)?.is_none() {
            put_file(&ignore, b"*\n")?;
        }
        let real = std::fs::canonicalize(&self.folder).map_err(|error| write_error(&self.folder, error))?;
        hold(&real)
    }

    fn ready(&self, list: &List) -> Result<Ready, Error> {
        ready(&self.folder.join(LIST), &serde_json::to_vec(list).expect("plain data"))
    }
}

impl List {
    /// Where the next step of a way stands.
    fn next(&self, way: Way) -> Option<usize> {
        match way {
            Way::Undo => self.done.checked_sub(1),
            Way::Redo => Some(self.done).filter(|at| *at < self.steps.len()),
        }
    }

    /// A new step: what was taken back before cannot be done again, and the oldest are forgotten.
    fn push(&mut self, step: Step) {
        self.steps.truncate(self.done);
        self.steps.push(step);
        let mut bytes = 0;
        let fitting = self.steps.iter().rev().take(STEPS_MOST).take_while(|step| {
            bytes += step.bytes();
            bytes <= BYTES_MOST
        });
        let kept = fitting.count().max(1);
        self.steps.drain(..self.steps.len() - kept);
        self.done = self.steps.len();
    }
}

impl Step {
    fn line(&self, way: Way) -> StepLine {
        StepLine { what: self.what.clone(), files: self.files.keys().cloned().collect(), way }
    }

    fn bytes(&self) -> usize {
        self.files.values().map(|patch| patch.old.len() + patch.new.len()).sum()
    }
}

impl Way {
    /// What a clerk calls it.
    fn words(self) -> [&'static str; 2] {
        match self {
            Self::Undo => ["取り消", "undone"],
            Self::Redo => ["やり直", "done again"],
        }
    }
}

/// Whether a path goes down from `content/`.
fn is_inside(path: &str) -> bool {
    let below = path.strip_prefix("content/").map(|rest| rest.split('/').collect::<Vec<_>>());
    below.is_some_and(|parts| parts.iter().all(|part| !part.is_empty() && *part != ".." && !part.contains('\\')))
}

impl Patch {
    fn between(old: Option<&str>, new: Option<&str>) -> Self {
        let known = |text: Option<&str>| text.map(|text| sha256(text.as_bytes()));
        let (before, after) = (known(old), known(new));
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let same = old.char_indices().zip(new.chars()).take_while(|((_, one), other)| one == other);
        let at = same.last().map_or(0, |((at, one), _)| at + one.len_utf8());
        let tails = old[at..].chars().rev().zip(new[at..].chars().rev());
        let tail: usize = tails.take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum();
        let stretch = |text: &str| text[at..text.len() - tail].to_owned();
        Self { at, old: stretch(old), new: stretch(new), before, after }
    }

    /// The file after the step; none where it is not what the step left.
    fn applied(&self, now: Option<&str>, way: Way) -> Option<Option<String>> {
        let (from, to, gone, come) = match way {
            Way::Undo => (&self.after, &self.before, &self.new, &self.old),
            Way::Redo => (&self.before, &self.after, &self.old, &self.new),
        };
        if now.map(|text| sha256(text.as_bytes())) != *from {
            return None;
        }
        let now = now.unwrap_or_default();
        let text = [now.get(..self.at)?, come, now.get(self.at + gone.len()..)?].concat();
        Some(to.as_ref().map(|_| text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_taken_both_ways_and_only_where_nobody_wrote_since() {
        for (old, new) in [
            (Some("住民税を賦課する。"), Some("住民税を正しく賦課する。")),
            (Some("ああ"), Some("ああああ")),
            (None, Some("新")),
            (Some("旧"), None),
            (Some(""), Some("字")),
        ] {
            let patch = Patch::between(old, new);
            assert_eq!(patch.applied(new, Way::Undo), Some(old.map(str::to_owned)));
            assert_eq!(patch.applied(old, Way::Redo), Some(new.map(str::to_owned)));
            assert_eq!(patch.applied(Some("別の人の文"), Way::Undo), None);
        }
    }
}
