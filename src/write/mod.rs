//! The only room that writes files: a folder goes from old to new in one step, and what is not ours stays.
//!
//! | part | what it knows |
//! |---|---|
//! | `place` | where nothing may be written at all |
//! | `owned` | an output folder: what is ours in it, what is not |
//! | `seen` | what the files of an output folder are known by without being read |
//! | `known` | an output folder without a stamp, whose files are known by their look |
//! | `author` | the author's files below `content/` |
//! | `fresh` | a folder that may be new: never over anything |
//! | `single` | one file, a report |
//! | `bytes` | what is to be written, and where it waits until then |
//! | `plan`, `means` | what is to become of a folder, and the two ways there |
//! | `exchange` | a folder in one step, where the system can |
//! | `journal` | file by file, finished or taken back by the next run |
//! | `steps` | what was written to the author's files, step by step, to be taken back and done again |
//! | `staging` | the hidden folder in which all of it is made ready, and what a killed run left of it |
//! | `hold` | one run at a time |
//!
//! Input: bytes and texts by path. Output: nothing but the files. It knows no document.

#![expect(clippy::disallowed_methods, reason = "the room that writes, and reads what it replaces")]

mod author;
mod bytes;
mod exchange;
mod fresh;
mod hold;
mod journal;
mod known;
mod means;
mod owned;
mod place;
mod plan;
mod seen;
mod single;
mod staging;
mod steps;

use std::path::Path;

pub use author::{replace, replace_by};
pub use bytes::Bytes;
pub use fresh::put_fresh;
pub use known::put_known;
pub use means::Means;
pub use owned::{Kind, MANIFEST_FILE, Meeting, New, Notes, Origin, Output, Seen};
pub use plan::goes_down;
pub use single::{bytes_of, put_file};
pub use steps::{Standing, StepLine, Steps, Way};

use crate::Error;

/// The folder beside `content/` that holds the list of steps.
const STEPS: &str = ".hyoka";

/// Finishes or takes back what a killed run left half done in a workspace, and clears its hidden folders.
///
/// # Errors
/// [`Error::Write`] where files of `content/` are between old and new and the system lets them go neither way.
pub fn tidy(root: &Path) -> Result<(), Error> {
    staging::clear_leftovers(root)?;
    staging::clear_leftovers(&root.join(STEPS))?;
    staging::clear_leftovers(&root.join("content"))
}

/// A folder for a test of another room, which must not make one itself.
#[cfg(test)]
pub(crate) fn trial() -> tempfile::TempDir {
    tempfile::tempdir().expect("the system has a temporary folder")
}

fn write_error(path: &Path, source: std::io::Error) -> Error {
    Error::Write { path: path.to_owned(), source }
}

fn read_error(path: &Path, source: std::io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}
