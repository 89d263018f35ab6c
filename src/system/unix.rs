//! What Unix can.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use super::{Looks, Special};

#[expect(clippy::unnecessary_wraps, reason = "its twin cannot say")]
pub(super) fn looks_by(data: &Metadata) -> Option<Looks> {
    Some(Looks {
        size: data.size(),
        written: (data.mtime(), data.mtime_nsec()),
        changed: (data.ctime(), data.ctime_nsec()),
        number: (data.dev(), data.ino()),
    })
}

pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    let id = |path: &Path| path.symlink_metadata().map(|data| (data.dev(), data.ino())).ok();
    id(one).is_some_and(|one| id(other) == Some(one))
}

pub(super) fn has_other_name(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.nlink() > 1)
}

#[cfg(target_os = "linux")]
pub(super) fn exchange(one: &Path, other: &Path) -> Result<(), io::Error> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(Into::into)
}

#[cfg(not(target_os = "linux"))]
pub(super) use super::portable::exchange;

pub(super) fn special(path: &Path) -> Special {
    let Ok(kind) = path.metadata().map(|data| data.file_type()) else { return Special::Unknown };
    if kind.is_fifo() {
        Special::Pipe
    } else if kind.is_socket() {
        Special::Socket
    } else {
        Special::Device
    }
}

#[cfg(target_os = "linux")]
pub(super) fn spare_memory() {
    // Refused, it only holds more.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

#[cfg(not(target_os = "linux"))]
pub(super) use super::portable::spare_memory;
