//! One run at a time for each folder.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::write_error;
use crate::Error;
use crate::source::sha256;

/// A folder that is held for one run（出力中の印）.
#[derive(Debug)]
pub(super) struct Held(File);

impl Drop for Held {
    /// Lets go at once: a process that is being started shares the file for a moment, and closing it here alone would not do.
    fn drop(&mut self) {
        // Where it cannot be unlocked the system lets go when the file is closed.
        let _ = self.0.unlock();
    }
}

/// Holds a folder, given by its real path, for one run; a second run is told so. The system lets go when the program ends, however it
/// ends.
pub(super) fn hold(real: &Path) -> Result<Held, Error> {
    let name = format!("hyoka-{}.lock", &sha256(real.to_string_lossy().as_bytes())[..16]);
    let path = std::env::temp_dir().join(name);
    let file = File::create(&path).map_err(|error| write_error(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { path: real.to_owned() }),
        Err(TryLockError::Error(error)) => Err(write_error(&path, error)),
    }
}
