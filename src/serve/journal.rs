//! Every write as a step that can be taken back and done again（取り消しとやり直し）, also after the program was closed.
//!
//! A step holds, of each file, the stretch in which it differed, with its words before and after and the hash of the whole file on both
//! sides. It is taken only where the file still is what the step left: what somebody wrote since is never taken back with it. The list lies
//! in `.hyoka/` beside `content/`, since it is nobody's text. A write is in `content/` before it is in the list: a program that is killed in
//! between has written, and cannot take that one step back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fault::{Fault, StepFault};
use crate::Error;
use crate::diagnostic::SourceMap;
use crate::source::sha256;
use crate::write::{bytes_of, put_file, replace};

/// Most steps that are remembered.
const STEPS_MOST: usize = 500;

/// The list of steps（操作の記録）.
#[derive(Debug)]
pub(super) struct Journal {
    folder: PathBuf,
    list: List,
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
pub(super) struct Step {
    /// What was written, for the clerk: the item's name.
    pub(super) what: String,
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

/// A file's text before and after; none: no file.
pub(super) type Texts = (Option<String>, Option<String>);

/// Which way a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Taken back.
    Undo,
    /// Done again.
    Redo,
}

/// What can be taken back and done again.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Standing {
    /// The step that would be taken back.
    pub(super) undo: Option<String>,
    /// The step that would be done again.
    pub(super) redo: Option<String>,
}

impl Journal {
    /// The list of a workspace; what cannot be read as one is begun anew.
    pub(super) fn open(root: &Path) -> Self {
        let folder = root.join(".hyoka");
        let read = bytes_of(&folder.join("desk-steps.json")).ok().flatten();
        let mut list: List = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        // Somebody else may have put the list there: it leads nowhere but into the content.
        if !list.steps.iter().flat_map(|step| step.files.keys()).all(|path| is_inside(path)) {
            list = List::default();
        }
        list.done = list.done.min(list.steps.len());
        Self { folder, list }
    }

    /// Writes files of `content/` and remembers the step.
    pub(super) fn write(
        &mut self,
        root: &Path,
        sources: &SourceMap,
        (what, files): (&str, &BTreeMap<String, Option<String>>),
    ) -> Result<(), Error> {
        let old = |path: &String| sources.find(Path::new(path)).map(|file| sources.get(file).text.to_string());
        let texts = files.iter().map(|(path, new)| (path.clone(), (old(path), new.clone()))).collect();
        replace(root, sources, files)?;
        self.remember(what, &texts)
    }

    /// Remembers what an order has written: each file's text before and after.
    pub(super) fn remember(&mut self, what: &str, texts: &BTreeMap<String, Texts>) -> Result<(), Error> {
        let differing = texts.iter().filter(|(_, (old, new))| old != new);
        let patches =
            differing.map(|(path, (old, new))| (path.clone(), Patch::between(old.as_deref(), new.as_deref())));
        let step = Step { what: what.to_owned(), files: patches.collect() };
        if step.files.is_empty() {
            return Ok(());
        }
        self.list.steps.truncate(self.list.done);
        self.list.steps.push(step);
        let over = self.list.steps.len().saturating_sub(STEPS_MOST);
        self.list.steps.drain(..over);
        self.list.done = self.list.steps.len();
        self.keep()
    }

    /// Takes the next step of a way; the name of what was written.
    pub(super) fn take(&mut self, root: &Path, sources: &SourceMap, way: Way) -> Result<String, Fault> {
        let at = match way {
            Way::Undo => self.list.done.checked_sub(1),
            Way::Redo => Some(self.list.done).filter(|at| *at < self.list.steps.len()),
        };
        let Some(at) = at else { return Err(Fault::NoStep(StepFault::None)) };
        let step = &self.list.steps[at];
        let mut files = BTreeMap::new();
        for (path, patch) in &step.files {
            let now = sources.find(Path::new(path)).map(|file| sources.get(file).text.to_string());
            let new = patch.applied(now.as_deref(), way).ok_or(Fault::NoStep(StepFault::Changed))?;
            files.insert(path.clone(), new);
        }
        let what = step.what.clone();
        replace(root, sources, &files)?;
        self.list.done = match way {
            Way::Undo => at,
            Way::Redo => at + 1,
        };
        self.keep()?;
        Ok(what)
    }

    /// The files of the next step of a way.
    pub(super) fn files(&self, way: Way) -> Vec<String> {
        let step = match way {
            Way::Undo => self.list.done.checked_sub(1).and_then(|at| self.list.steps.get(at)),
            Way::Redo => self.list.steps.get(self.list.done),
        };
        step.map(|step| step.files.keys().cloned().collect()).unwrap_or_default()
    }

    /// What can be taken back and done again.
    pub(super) fn standing(&self) -> Standing {
        let what = |at: Option<usize>| Some(self.list.steps.get(at?)?.what.clone());
        Standing { undo: what(self.list.done.checked_sub(1)), redo: what(Some(self.list.done)) }
    }

    fn keep(&self) -> Result<(), Error> {
        let ignore = self.folder.join(".gitignore");
        if bytes_of(&ignore)?.is_none() {
            put_file(&ignore, b"*\n")?;
        }
        let text = serde_json::to_vec(&self.list).expect("plain data");
        put_file(&self.folder.join("desk-steps.json"), &text)
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
