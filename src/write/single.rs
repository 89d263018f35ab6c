//! One file, whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use super::plan::make_parent;
use super::staging::Staging;
use super::{read_error, write_error};
use crate::Error;

/// Puts a file in place of the last one of its name, in one step.
///
/// # Errors
/// [`Error::Write`]; the last one is as it was then.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    ready(path, bytes)?.place()
}

/// A file that lies whole beside its place（置くばかりのファイル）; without [`Self::place`] it vanishes again.
#[derive(Debug)]
pub(super) struct Ready {
    path: PathBuf,
    staging: Staging,
}

/// Makes a file ready: whatever can fail for want of space or of a right has happened when it is.
pub(super) fn ready(path: &Path, bytes: &[u8]) -> Result<Ready, Error> {
    let path = std::path::absolute(path).map_err(|error| write_error(path, error))?;
    make_parent(&path)?;
    let parent = path.parent().expect("a file lies in a folder");
    let staging = Staging::within(parent).map_err(|error| write_error(parent, error))?;
    fs::write(staging.path().join(NEW), bytes).map_err(|error| write_error(&path, error))?;
    Ok(Ready { path, staging })
}

impl Ready {
    /// Puts it in place of the last one of its name, in one step.
    pub(super) fn place(self) -> Result<(), Error> {
        fs::rename(self.staging.path().join(NEW), &self.path).map_err(|error| write_error(&self.path, error))
    }
}

/// The file in its staging folder.
const NEW: &str = "file";

/// The bytes of a file that may be replaced; `None` where no file is.
///
/// # Errors
/// [`Error::Read`].
pub fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    fs::read(path).map(Some).map_err(|error| read_error(path, error))
}
