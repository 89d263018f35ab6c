//! What is to become of a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use super::bytes::Bytes;
use super::{read_error, write_error};
use crate::Error;
use crate::source::{parted, sha256};

/// What is to become of a folder（フォルダーの変更）: whatever it does not name stays as it is.
///
/// **Shape**: paths below the folder, `/` between folders.
#[derive(Debug, Default, Clone)]
pub(super) struct Plan {
    /// Files with new bytes.
    pub(super) put: BTreeMap<String, Bytes>,
    /// Files that go.
    pub(super) gone: BTreeSet<String>,
    /// Files that take another name, since a new one takes theirs.
    pub(super) aside: BTreeMap<String, String>,
    /// SHA-256 of the files that are replaced or go, as they were when it was decided.
    pub(super) before: BTreeMap<String, String>,
}

impl Plan {
    /// Whether everything stays.
    pub(super) fn is_empty(&self) -> bool {
        self.put.is_empty() && self.gone.is_empty()
    }

    /// Where a file that is in the folder now stands afterwards; `None` if it is replaced or goes.
    pub(super) fn place_of<'p>(&'p self, path: &'p str) -> Option<&'p str> {
        match self.aside.get(path) {
            Some(name) => Some(name),
            None => (!self.put.contains_key(path) && !self.gone.contains(path)).then_some(path),
        }
    }
}

/// SHA-256 of a file; `None` where no file is.
pub(super) fn hash(path: &Path) -> Result<Option<String>, Error> {
    match path.symlink_metadata() {
        Ok(data) if data.is_file() => {
            std::fs::read(path).map(|bytes| Some(sha256(&bytes))).map_err(|error| read_error(path, error))
        }
        // Something else than a file: never the same as any.
        Ok(_) => Ok(Some(String::new())),
        Err(_) => Ok(None),
    }
}

/// The folder that a file is to lie in, made where there is none.
pub(super) fn make_parent(file: &Path) -> Result<(), Error> {
    let parent = file.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(parent).map_err(|error| write_error(parent, error))
}

/// A path below a folder with `/` on every system.
pub(super) fn below(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).expect("walked from the folder");
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A name that is free beside a file: `list.xlsx` → `list.kept.xlsx`, `list.kept-2.xlsx`.
pub(super) fn free_name(folder: &Path, path: &str, taken: impl Fn(&str) -> bool) -> String {
    let (parent, name) = parted(path);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let slash = if parent.is_empty() { "" } else { "/" };
    let names = (1_usize..).map(|number| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        format!("{parent}{slash}{stem}.kept{number}{ending}")
    });
    names
        .into_iter()
        .find(|name| !taken(name) && folder.join(name).symlink_metadata().is_err())
        .expect("the numbers do not end")
}

/// What the system said to somebody who walked a folder.
pub(super) fn io_of(error: &walkdir::Error) -> std::io::Error {
    error.io_error().map_or_else(|| std::io::Error::other(error.to_string()), |error| error.kind().into())
}

/// Whether a path that stands in a file leads into its folder; the file may have been written by anybody.
#[must_use]
pub fn goes_down(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
