//! What not every system can: one door for all of it, and behind it what Unix can（`unix`）and what every system can（`portable`）.
//!
//! Input: paths. Output: what the system knows of them. Nothing else in the program asks what system it runs on, but for the command that
//! opens a browser. Where the variable `HYOKA_PORTABLE` is set, the program does as it does on a system that can least, such as Windows: so the
//! twin is tried where it is written（`make portable`）.

mod portable;
#[cfg(unix)]
mod unix;

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

/// What tells a file from what it was（ファイルの見た目）.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Looks {
    /// In bytes.
    pub size: u64,
    /// Seconds and nanoseconds.
    pub written: (i64, i64),
    /// The same of the last change of anything about it.
    pub changed: (i64, i64),
    /// Device and number.
    pub number: (u64, u64),
}

/// What is neither a file nor a folder（特殊なファイル）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// A named pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device.
    Device,
    /// The system does not say.
    Unknown,
}

/// Whether the program does as on a system that can least.
#[must_use]
pub fn is_portable() -> bool {
    static ASKED: OnceLock<bool> = OnceLock::new();
    cfg!(not(unix)) || *ASKED.get_or_init(|| std::env::var_os("HYOKA_PORTABLE").is_some_and(|set| !set.is_empty()))
}

/// Takes the answer of the system, or that of its twin.
macro_rules! ask {
    ($name:ident($($argument:expr),*)) => {{
        #[cfg(unix)]
        if !is_portable() {
            return unix::$name($($argument),*);
        }
        portable::$name($($argument),*)
    }};
}

/// How a file looks; `None` where it is none, or where the system does not say when it was changed last.
#[must_use]
pub fn looks(path: &Path) -> Option<Looks> {
    let data = path.symlink_metadata().ok().filter(Metadata::is_file)?;
    looks_by(&data)
}

/// How a file looks by what is known of it; `None` where the system does not say when it was changed last.
#[must_use]
pub fn looks_by(data: &Metadata) -> Option<Looks> {
    ask!(looks_by(data))
}

/// Whether two paths are one file. A system that cannot tell says yes where there is one: a file that is still there is taken to be the same.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    ask!(is_same_file(one, other))
}

/// Whether a file has a second name; a system that cannot tell says no.
#[must_use]
pub fn has_other_name(path: &Path) -> bool {
    ask!(has_other_name(path))
}

/// Exchanges two folders in one step.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] where the system cannot, and whatever else it refuses.
pub fn exchange(one: &Path, other: &Path) -> Result<(), io::Error> {
    ask!(exchange(one, other))
}

/// What a path is that is neither a file nor a folder.
#[must_use]
pub fn special(path: &Path) -> Special {
    ask!(special(path))
}

/// Has a program that runs all day take memory in small pages from here on: in large ones, which commands take, it would hold a fifth more and
/// be no quicker. A system that does not know them does nothing.
pub fn spare_memory() {
    ask!(spare_memory());
}
