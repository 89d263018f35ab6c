//! What the files of an output folder are known by without being read（ファイルの見覚え）.
//!
//! A build that has nothing to do must still find every file that somebody changed, and reading all of them takes longer than all else. So
//! beside the stamp lies a list of what was read last: size, time of writing, time of change, and number of each file, with its
//! hash. A file that still has all four is not read again.
//!
//! # Why that is safe
//!
//! A program may write other bytes of the same length and set the time of writing back. The time of *change* it cannot set: the system
//! puts its own clock there at every write, at every rename and at every setting of the other time. Only a change in the same instant in
//! which the file was changed last before it was read could hide behind an equal time. So a file is taken into the list only if that
//! time was past for good when it was read: by more than the step of the file system's clock, told by the time of a file that is written
//! then. Where the system has no time of change（not Unix）, every file is read.
//!
//! The list is a memory, never a source: if it is missing or wrong in form, every file is read. It says nothing of what a file
//! should be; that says the stamp.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use serde::{Deserialize, Serialize};

use super::plan::hash;
use super::single::put_file;
use crate::Error;
use crate::system::{Looks, looks, looks_by};

/// The list, beside the stamp.
pub(super) const SEEN_FILE: &str = ".seen.json";

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    looks: Looks,
    sha256: String,
}

/// The files of a folder that need not be read（見覚えのあるファイル）.
#[derive(Debug, Default)]
pub(super) struct SeenFiles {
    known: BTreeMap<String, Known>,
    /// What was read in this run.
    read: Mutex<BTreeMap<String, Option<Known>>>,
    /// What time it was in the folder before anything was read.
    begun: OnceLock<Option<(i64, i64)>>,
}

impl SeenFiles {
    /// What the last run has written down in a folder.
    pub(super) fn of(folder: &Path) -> Self {
        let list = std::fs::read(folder.join(SEEN_FILE)).ok();
        let known = list.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { known, ..Self::default() }
    }

    /// SHA-256 of a file, read at most once in a run; `None` where no file is.
    pub(super) fn hash(&self, folder: &Path, path: &str) -> Result<Option<String>, Error> {
        let place = folder.join(path);
        let is_as = |known: &Known, looks: &Option<Looks>| looks.as_ref() == Some(&known.looks);
        let known = self.known.get(path);
        if let Some(known) = known.filter(|known| is_as(known, &looks(&place))) {
            return Ok(Some(known.sha256.clone()));
        }
        self.begun.get_or_init(|| time_in(folder));
        let now_looks = looks(&place);
        let lock = || self.read.lock().expect("nobody panics while he holds the list");
        let read = lock().get(path).cloned().flatten();
        if let Some(known) = read.filter(|known| is_as(known, &now_looks)) {
            return Ok(Some(known.sha256));
        }
        let now = hash(&place)?;
        let known = now_looks.zip(now.clone()).map(|(looks, sha256)| Known { looks, sha256 });
        lock().insert(path.to_owned(), known);
        Ok(now)
    }

    /// Writes down what was read, if anything was. That it cannot is no mistake: the next run reads again.
    pub(super) fn keep(&self, folder: &Path) {
        let read = self.read.lock().expect("nobody panics while he holds the list");
        let Some(Some(begun)) = self.begun.get() else { return };
        let mut known = self.known.clone();
        known.retain(|path, _| !read.contains_key(path) && looks(&folder.join(path)).is_some());
        let past = read.iter().filter_map(|(path, known)| Some((path.clone(), known.clone()?)));
        known.extend(past.filter(|(_, known)| is_past(known.looks.changed, *begun)));
        if known != self.known {
            let text = serde_json::to_vec(&known).expect("plain data without maps of other keys than strings");
            let _ = put_file(&folder.join(SEEN_FILE), &text);
        }
    }
}

/// What time it is in a folder; `None` where the system has no time of change.
fn time_in(folder: &Path) -> Option<(i64, i64)> {
    let data = tempfile::tempfile_in(folder).and_then(|file| file.metadata()).ok()?;
    Some(looks_by(&data)?.changed)
}

/// Whether a time is past for good: nothing that happens from `now` on can get it. A file system that keeps parts of a second
/// counts in steps of a few milliseconds at most, others in steps of two seconds at most.
fn is_past(time: (i64, i64), now: (i64, i64)) -> bool {
    let step = if time.1 == 0 || now.1 == 0 { 2_000 } else { 100 };
    let milliseconds = |(seconds, part): (i64, i64)| i128::from(seconds) * 1_000 + i128::from(part) / 1_000_000;
    milliseconds(time) + step < milliseconds(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::sha256;

    fn put(path: &Path, text: &str) {
        std::fs::write(path, text).expect("the folder can be written");
    }

    /// The hash that the next run takes a file to have.
    fn next(folder: &Path) -> Option<String> {
        let seen = SeenFiles::of(folder);
        let hash = seen.hash(folder, "a").expect("the file can be read");
        seen.keep(folder);
        hash
    }

    #[test]
    fn a_file_of_the_same_size_and_time_is_found_to_be_another() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("a");
        put(&file, "一");
        let time = file.metadata().and_then(|data| data.modified()).expect("a file has a time");
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(next(folder.path()), Some(sha256("一".as_bytes())));
        let known = usize::from(!crate::system::is_portable());
        assert_eq!(SeenFiles::of(folder.path()).known.len(), known, "it was read long after it was written");
        put(&file, "二");
        std::fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(time)).expect("it is ours");
        assert_eq!(next(folder.path()), Some(sha256("二".as_bytes())));
        // Another file in its place, of the same size and time.
        std::fs::rename(&file, folder.path().join("b")).expect("it is ours");
        put(&file, "三");
        std::fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(time)).expect("it is ours");
        assert_eq!(next(folder.path()), Some(sha256("三".as_bytes())));
        std::fs::remove_file(&file).expect("it is ours");
        assert_eq!(next(folder.path()), None);
    }

    #[test]
    fn a_file_that_was_just_written_is_read_again() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        put(&folder.path().join("a"), "一");
        next(folder.path());
        assert!(SeenFiles::of(folder.path()).known.is_empty(), "a change in the same instant would go unseen");
    }

    #[test]
    fn a_time_is_past_by_more_than_a_step_of_the_clock() {
        assert!(is_past((1, 5_000_000), (1, 200_000_000)));
        assert!(!is_past((1, 5_000_000), (1, 90_000_000)));
        assert!(!is_past((1, 0), (2, 500_000_000)), "the clock may count in seconds");
        assert!(is_past((1, 0), (4, 0)));
        assert!(!is_past((9, 5), (1, 5)), "a clock that was set back");
    }
}
