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

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
mod tests {
    use super::*;

    #[test]
    fn the_twin_says_nothing_that_is_not_so() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        std::fs::write(&one, "一").expect("it is ours");
        let data = one.metadata().expect("it is there");
        assert_eq!(portable::looks_by(&data), None, "so every file is read");
        assert!(portable::is_same_file(&one, &one) && !portable::is_same_file(&one, &other));
        assert!(!portable::has_other_name(&one));
        assert_eq!(portable::exchange(&one, &other).map_err(|error| error.kind()), Err(io::ErrorKind::Unsupported));
        assert_eq!(portable::special(&one), Special::Unknown);
    }

    #[cfg(unix)]
    #[test]
    fn unix_tells_a_file_from_another_of_its_name() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        std::fs::write(&one, "一").expect("it is ours");
        std::fs::hard_link(&one, &other).expect("it is ours");
        assert!(unix::is_same_file(&one, &other) && unix::has_other_name(&one));
        std::fs::remove_file(&other).expect("it is ours");
        std::fs::write(&other, "一").expect("it is ours");
        assert!(!unix::is_same_file(&one, &other) && !unix::has_other_name(&one));
        let looks = |path: &Path| unix::looks_by(&path.metadata().expect("it is there"));
        assert!(looks(&one).is_some() && looks(&one) != looks(&other));
    }
}
