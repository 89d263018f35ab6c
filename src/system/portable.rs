//! What every system can.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use super::{Looks, Special};

pub(super) fn looks_by(_data: &Metadata) -> Option<Looks> {
    None
}

pub(super) fn is_same_file(_one: &Path, other: &Path) -> bool {
    other.exists()
}

pub(super) fn has_other_name(_path: &Path) -> bool {
    false
}

pub(super) fn exchange(_one: &Path, _other: &Path) -> Result<(), io::Error> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn special(_path: &Path) -> Special {
    Special::Unknown
}

pub(super) fn spare_memory() {}
