//! The bytes of a file that is to be written: at hand, or laid by on the disk until then.

use std::fs;
use std::path::{Path, PathBuf};

use super::staging::Staging;
use super::write_error;
use crate::Error;
use crate::source::sha256;

/// The bytes of a file to be（書き出す内容）, and their hash.
#[derive(Debug, Clone)]
pub struct Bytes {
    pub(super) waiting: Waiting,
    sha256: String,
}

/// Where they are until they are written.
#[derive(Debug, Clone)]
pub(super) enum Waiting {
    Held(Vec<u8>),
    LaidBy(PathBuf),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        let sha256 = sha256(&bytes);
        Self { waiting: Waiting::Held(bytes), sha256 }
    }
}

impl Bytes {
    /// SHA-256, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Writes them into a new file. What is laid by gets a second name where the system can, since it may have to be written again.
    pub(super) fn put(&self, to: &Path) -> std::io::Result<()> {
        match &self.waiting {
            Waiting::Held(bytes) => fs::write(to, bytes),
            Waiting::LaidBy(path) => fs::hard_link(path, to).or_else(|_| fs::copy(path, to).map(|_| ())),
        }
    }
}

/// A place on the disk for what is made and cannot be put in place yet（仮置き）. It vanishes with the value.
#[derive(Debug)]
pub(super) struct Shelf {
    staging: Staging,
    count: usize,
}

impl Shelf {
    /// A new one in a folder.
    pub(super) fn within(parent: &Path) -> Result<Self, Error> {
        let staging = Staging::within(parent).map_err(|error| write_error(parent, error))?;
        Ok(Self { staging, count: 0 })
    }

    /// Lays bytes by, if they are still at hand.
    pub(super) fn lay_by(&mut self, bytes: &mut Bytes) -> Result<(), Error> {
        let Waiting::Held(held) = &bytes.waiting else { return Ok(()) };
        self.count += 1;
        let path = self.staging.path().join(self.count.to_string());
        fs::write(&path, held).map_err(|error| write_error(&path, error))?;
        bytes.waiting = Waiting::LaidBy(path);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_by_is_written_as_often_as_wanted_and_leaves_nothing() {
        let base = tempfile::tempdir().expect("the system has a temporary folder");
        let mut bytes = Bytes::from("評価書".as_bytes().to_vec());
        let of_held = bytes.sha256().to_owned();
        let mut shelf = Shelf::within(base.path()).expect("a folder can be made");
        shelf.lay_by(&mut bytes).expect("it can be written");
        shelf.lay_by(&mut bytes).expect("once is enough");
        assert!(matches!(&bytes.waiting, Waiting::LaidBy(path) if path.exists()));
        assert_eq!(bytes.sha256(), of_held);
        for name in ["a", "b"] {
            bytes.put(&base.path().join(name)).expect("it can be written");
        }
        drop(shelf);
        let left = fs::read_dir(base.path()).expect("it is there").flatten();
        let mut left: Vec<String> = left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        left.sort();
        assert_eq!(left, ["a", "b"]);
        assert_eq!(fs::read_to_string(base.path().join("b")).ok().as_deref(), Some("評価書"));
    }
}
