//! One file, whole or not at all.

use std::fs;
use std::path::Path;

use super::plan::make_parent;
use super::staging::Staging;
use super::{read_error, write_error};
use crate::Error;

/// Puts a file in place of the last one of its name, in one step.
///
/// # Errors
/// [`Error::Write`]; the last one is as it was then.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let path = std::path::absolute(path).map_err(|error| write_error(path, error))?;
    make_parent(&path)?;
    let parent = path.parent().expect("a file lies in a folder");
    let staging = Staging::within(parent).map_err(|error| write_error(parent, error))?;
    let new = staging.path().join("file");
    fs::write(&new, bytes).map_err(|error| write_error(&path, error))?;
    fs::rename(&new, &path).map_err(|error| write_error(&path, error))
}

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
