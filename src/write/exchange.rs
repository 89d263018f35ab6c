//! A folder put in another's place in one step, so that nobody ever meets half of it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::source::sha256 as hash_of;

/// Puts the new folder in the old one's place. The old one goes into the staging folder, which vanishes with all it holds.
pub fn exchange(folder: &Path, new: &Path, staging: &Path) -> Result<(), Error> {
    if !folder.exists() {
        return fs::rename(new, folder).map_err(|error| write_error(folder, error));
    }
    if swap(folder, new).is_ok() {
        return Ok(());
    }
    // Where two folders cannot be exchanged in one step the old one is moved aside first, and back if the second step fails.
    let aside: PathBuf = staging.join("old");
    fs::rename(folder, &aside).map_err(|error| write_error(folder, error))?;
    if let Err(error) = fs::rename(new, folder) {
        fs::rename(&aside, folder).map_err(|error| write_error(folder, error))?;
        return Err(write_error(folder, error));
    }
    Ok(())
}

/// Exchanges two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn swap(one: &Path, other: &Path) -> Result<(), std::io::Error> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(target_os = "linux"))]
fn swap(_one: &Path, _other: &Path) -> Result<(), std::io::Error> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// The same file under a second name; copied where the system has no links.
pub fn link(from: &Path, to: &Path) -> Result<(), Error> {
    if fs::hard_link(from, to).is_err() {
        fs::copy(from, to).map_err(|error| write_error(to, error))?;
    }
    Ok(())
}

/// The error of a path that the system refused to write.
#[must_use]
pub fn write_error(path: &Path, source: std::io::Error) -> Error {
    Error::Write { path: path.to_owned(), source }
}

/// An output folder that is held for one run.
#[derive(Debug)]
pub struct Held(fs::File);

impl Drop for Held {
    /// Lets go at once: a process that is being started shares the file for a moment, and closing it here alone would not do.
    fn drop(&mut self) {
        // Where it cannot be unlocked the system lets go when the file is closed.
        let _ = self.0.unlock();
    }
}

/// Holds a folder for one run; a second run is told so. The system lets go when the program ends, however it ends.
pub fn hold(folder: &Path) -> Result<Held, Error> {
    let real = std::path::absolute(folder).map_err(|error| write_error(folder, error))?;
    let name = format!("hyoka-{}.lock", &hash_of(real.to_string_lossy().as_bytes())[..16]);
    let path = std::env::temp_dir().join(name);
    let file = fs::File::create(&path).map_err(|error| write_error(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Locked { path: folder.to_owned() }),
        Err(fs::TryLockError::Error(error)) => Err(write_error(&path, error)),
    }
}
