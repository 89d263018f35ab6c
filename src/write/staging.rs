//! The hidden folder in which a run makes everything ready, and what a killed run left of it.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::plan::goes_down;
use super::{exchange, journal, write_error};
use crate::Error;

/// How its name begins.
const PREFIX: &str = ".hyoka-";
/// Held by the run that it belongs to, for as long as that run lives.
const LOCK: &str = "lock";
/// What the run is about to do; without it the folder holds nothing but what the run itself wrote.
const RECORD: &str = "record.json";

/// What a run is about to do with a folder（書換えの記録）.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    /// Name of the folder beside the staging folder; none: the folder that the staging folder lies in.
    pub(super) target: Option<String>,
    /// The way.
    pub(super) way: Way,
    /// In the order in which they are taken.
    pub(super) steps: Vec<Step>,
}

impl Record {
    /// Whether a run of ours can have written it: a folder may come from anybody, and a record must not lead out of it.
    fn is_ours(&self) -> bool {
        let target = match self.way {
            Way::Exchange => self.target.as_ref().is_some_and(|name| goes_down(name) && !name.contains('/')),
            Way::Forward | Way::Back => self.target.is_none(),
        };
        target && self.steps.iter().all(|step| goes_down(&step.path) && step.aside.as_deref().is_none_or(goes_down))
    }
}

/// The way from old to new（書換えの方法）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Way {
    /// The whole folder in one step.
    Exchange,
    /// File by file.
    Forward,
    /// File by file, taken back.
    Back,
}

/// One file of a record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Step {
    /// Path below the folder.
    pub(super) path: String,
    /// SHA-256 of what is there; none: nothing of ours.
    pub(super) before: Option<String>,
    /// SHA-256 of what comes; none: it goes.
    pub(super) after: Option<String>,
    /// The new name of somebody's file that stands there.
    pub(super) aside: Option<String>,
}

/// A staging folder of this run（作業中のフォルダー）. It vanishes with the value, unless a record in it is still to be followed.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    lock: Option<File>,
    is_clean: bool,
}

impl Staging {
    /// A new one in a folder.
    pub(super) fn within(parent: &Path) -> io::Result<Self> {
        loop {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?.keep();
            // Another run that clears up may meet the folder before it is locked, and take it away.
            match lock_new(&folder) {
                Ok(Some(lock)) => return Ok(Self { folder, lock: Some(lock), is_clean: true }),
                Ok(None) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    let _ = fs::remove_dir_all(&folder);
                    return Err(error);
                }
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Where the new files, or after an exchange the old ones, lie.
    pub(super) fn new_files(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where old files lie that may have to be put back.
    pub(super) fn old_files(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Writes down what comes next; from here on the folder stays until [`Self::settled`].
    pub(super) fn record(&mut self, record: &Record) -> Result<(), Error> {
        let path = self.folder.join(RECORD);
        let text = serde_json::to_vec(record).expect("plain data");
        let half = self.folder.join("record.new");
        let failed = |error| write_error(self.folder.parent().expect("it lies in a folder"), error);
        fs::write(&half, text).map_err(failed)?;
        fs::rename(&half, &path).map_err(failed)?;
        self.is_clean = false;
        Ok(())
    }

    /// Nothing in it is needed any more.
    pub(super) fn settled(&mut self) -> Result<(), Error> {
        let path = self.folder.join(RECORD);
        fs::remove_file(&path).map_err(|error| write_error(&path, error))?;
        self.is_clean = true;
        Ok(())
    }

    /// Takes over what a killed run left, if nobody holds it.
    fn left(folder: PathBuf) -> Option<Self> {
        let path = folder.join(LOCK);
        if !path.is_file() {
            // Of a run that was killed before its first step, or after its last. A folder that holds anything is somebody else's.
            let _ = fs::remove_dir(&folder);
            return None;
        }
        let lock = File::options().write(true).open(&path).ok()?;
        lock.try_lock().ok()?;
        // Whoever held it until now may have taken it away.
        path.is_file().then_some(Self { folder, lock: Some(lock), is_clean: false })
    }

    /// Follows its record to the end.
    fn settle(mut self) -> Result<(), Error> {
        let path = self.folder.join(RECORD);
        if let Ok(bytes) = fs::read(&path)
            && let Ok(record) = serde_json::from_slice::<Record>(&bytes)
        {
            if !record.is_ours() {
                return Ok(());
            }
            let parent = self.folder.parent().expect("it lies in a folder");
            let target = record.target.as_ref().map_or_else(|| parent.to_owned(), |name| parent.join(name));
            match record.way {
                Way::Exchange => exchange::rescue(&target, &self, &record)?,
                Way::Forward | Way::Back => journal::resume(&target, &mut self, record)?,
            }
            let _ = self.settled();
        }
        self.is_clean = true;
        Ok(())
    }
}

impl Drop for Staging {
    /// Takes away everything but the lock first: a run that is killed here leaves what the next one knows as its own.
    fn drop(&mut self) {
        if self.is_clean
            && let Ok(entries) = fs::read_dir(&self.folder)
        {
            for entry in entries.flatten().filter(|entry| entry.file_name() != LOCK) {
                let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
        if let Some(lock) = self.lock.take() {
            let _ = lock.unlock();
        }
        if self.is_clean {
            let _ = fs::remove_file(self.folder.join(LOCK));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Makes and takes the lock of a new folder; `None` where another run was quicker.
fn lock_new(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let lock = File::create_new(&path)?;
    match lock.try_lock() {
        Ok(()) => Ok(path.is_file().then_some(lock)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether an entry of an output folder may be a staging folder that lies in it.
pub(super) fn is_staging_name(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Settles and clears the staging folders of killed runs in a folder: those of ours that nobody holds.
///
/// # Errors
/// Where files are between old and new and the system lets them go neither way.
pub(super) fn clear_leftovers(parent: &Path) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(parent) else { return Ok(()) };
    let mut folders: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| is_staging_name(&entry.file_name().to_string_lossy()))
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders.into_iter().filter_map(Staging::left).try_for_each(Staging::settle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_leads_out_of_its_folder_is_not_followed() {
        let base = tempfile::tempdir().expect("the system has a temporary folder");
        let target = base.path().join("content");
        fs::create_dir(&target).expect("a folder can be made");
        let of = |target: Option<&str>, way, path: &str| Record {
            target: target.map(str::to_owned),
            way,
            steps: vec![Step { path: path.to_owned(), before: None, after: Some(String::new()), aside: None }],
        };
        let records = [
            of(None, Way::Forward, "../out"),
            of(None, Way::Forward, "/out"),
            of(None, Way::Back, "a/../../out"),
            of(Some(".."), Way::Exchange, "out"),
            of(Some("../other"), Way::Exchange, "out"),
            of(Some("other"), Way::Forward, "out"),
        ];
        for record in records {
            let mut staging = Staging::within(&target).expect("a folder can be made");
            let left = staging.path().to_owned();
            fs::create_dir_all(staging.new_files()).expect("a folder can be made");
            fs::write(left.join("out"), "x").expect("a file can be written");
            fs::write(left.join("new/out"), "x").expect("a file can be written");
            staging.record(&record).expect("it can be written");
            drop(staging);
            clear_leftovers(&target).expect("it is passed over");
            assert!(left.join("out").exists(), "{record:?}: it is not ours, so it stays");
            assert_eq!(fs::read_dir(base.path()).expect("it is there").count(), 1, "{record:?}");
            fs::remove_dir_all(left).expect("it can be removed");
        }
    }

    #[test]
    fn what_a_run_leaves_at_its_very_beginning_is_cleared() {
        let base = tempfile::tempdir().expect("the system has a temporary folder");
        fs::create_dir(base.path().join(".hyoka-empty")).expect("a folder can be made");
        fs::create_dir_all(base.path().join(".hyoka-full/mine")).expect("a folder can be made");
        let held = Staging::within(base.path()).expect("a folder can be made");
        clear_leftovers(base.path()).expect("it can be cleared");
        assert!(!base.path().join(".hyoka-empty").exists());
        assert!(base.path().join(".hyoka-full/mine").exists() && held.path().exists());
        let path = held.path().to_owned();
        drop(held);
        assert!(!path.exists(), "a run takes its own away");
    }
}
