//! Author's files changed by a command: all of them in one step, or none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::hold::hold;
use super::means::{Means, apply};
use super::plan::{Plan, hash};
use super::{read_error, staging};
use crate::Error;
use crate::diagnostic::SourceMap;

/// Replaces files of `content/`（原稿の書換え）: all of them in one step, or none.
///
/// **Shape**: `files` maps a path from the workspace's root (`content/…`, `/` between folders) to its new text, `None` to take the
/// file away. `read` is what the caller has read: a file that somebody has saved since is not overwritten.
///
/// A run that is killed leaves the old files or the new ones; where the folder cannot be exchanged, the next run finishes it or takes
/// it back.
///
/// # Errors
/// [`Error::ChangedMeanwhile`], [`Error::Locked`], [`Error::Read`] and [`Error::Write`]; nothing is written then.
/// [`Error::Unfinished`] where a file can neither be replaced nor put back.
///
/// # Panics
/// With a path outside of `content/`.
pub fn replace(root: &Path, read: &SourceMap, files: &BTreeMap<String, Option<String>>) -> Result<(), Error> {
    replace_by(root, read, files, Means::Any)
}

/// As [`replace`], by given means.
///
/// # Errors
/// As [`replace`].
///
/// # Panics
/// As [`replace`].
pub fn replace_by(
    root: &Path,
    read: &SourceMap,
    files: &BTreeMap<String, Option<String>>,
    means: Means,
) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let files = &read.saved(files);
    let content = fs::canonicalize(root.join("content")).map_err(|error| read_error(root, error))?;
    let _held = hold(&content)?;
    staging::clear_leftovers(content.parent().expect("`content` lies in a folder"))?;
    staging::clear_leftovers(&content)?;
    let mut plan = Plan::default();
    for (path, text) in files {
        let name = inside(path);
        let now = as_it_was_read(root, read, path)?;
        match (text, &now) {
            (Some(text), _) => _ = plan.put.insert(name.to_owned(), text.clone().into_bytes().into()),
            (None, Some(_)) => _ = plan.gone.insert(name.to_owned()),
            (None, None) => {}
        }
        plan.before.extend(now.map(|hash| (name.to_owned(), hash)));
    }
    apply(&content, &plan, means)
}

/// The path below `content/`.
fn inside(path: &str) -> &str {
    let below = path.strip_prefix("content/").expect("a command changes files of `content/` only");
    assert!(below.split('/').all(|part| !part.is_empty() && part != ".."), "a path from the root goes down only");
    below
}

/// The hash of a file that is to be replaced, `None` where none is; refused where it is not what was read.
fn as_it_was_read(root: &Path, read: &SourceMap, path: &str) -> Result<Option<String>, Error> {
    let real = root.join(path);
    let now = hash(&real)?;
    let is_read = match (read.find(Path::new(path)), &now) {
        (Some(file), Some(_)) => {
            let bytes = fs::read(&real).map_err(|error| read_error(&real, error))?;
            bytes == read.get(file).saved().as_bytes()
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if is_read { Ok(now) } else { Err(Error::ChangedMeanwhile { path: real }) }
}

#[cfg(test)]
mod tests {
    use walkdir::WalkDir;

    use super::*;

    fn workspace() -> (tempfile::TempDir, SourceMap) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        fs::create_dir_all(folder.path().join("content/a")).expect("a folder can be made");
        let mut read = SourceMap::default();
        for (path, text) in [("content/a/one.md", "一"), ("content/two.toml", "x = 2")] {
            fs::write(folder.path().join(path), text).expect("a file can be written");
            read.add(path, text);
        }
        (folder, read)
    }

    fn texts(root: &Path) -> BTreeMap<String, String> {
        let files = WalkDir::new(root).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let name = entry.path().strip_prefix(root).expect("walked from there").display().to_string();
                (name, fs::read_to_string(entry.path()).expect("it is text"))
            })
            .collect()
    }

    #[test]
    fn files_are_changed_added_and_taken_away_together() {
        let files = BTreeMap::from([
            ("content/a/one.md".to_owned(), Some("壱".to_owned())),
            ("content/b/new.md".to_owned(), Some("新".to_owned())),
            ("content/two.toml".to_owned(), None),
        ]);
        for means in [Means::Any, Means::OneByOne] {
            let (folder, read) = workspace();
            replace_by(folder.path(), &read, &files, means).expect("it can be written");
            let expected = [("content/a/one.md", "壱"), ("content/b/new.md", "新")];
            let expected = expected.map(|(path, text)| (path.to_owned(), text.to_owned()));
            assert_eq!(texts(folder.path()), expected.into(), "{means:?}");
        }
    }

    #[test]
    fn what_was_saved_meanwhile_is_not_overwritten() {
        let (folder, read) = workspace();
        fs::write(folder.path().join("content/two.toml"), "x = 3").expect("a file can be written");
        let before = texts(folder.path());
        let files = BTreeMap::from([
            ("content/a/one.md".to_owned(), Some("壱".to_owned())),
            ("content/two.toml".to_owned(), Some("x = 4".to_owned())),
        ]);
        let refused = replace(folder.path(), &read, &files);
        assert!(matches!(refused, Err(Error::ChangedMeanwhile { .. })), "{refused:?}");
        assert_eq!(texts(folder.path()), before);
    }
    #[test]
    fn what_was_put_there_meanwhile_is_not_overwritten() {
        let (folder, read) = workspace();
        fs::write(folder.path().join("content/new.md"), "人").expect("a file can be written");
        let files = BTreeMap::from([("content/new.md".to_owned(), Some("新".to_owned()))]);
        let refused = replace(folder.path(), &read, &files);
        assert!(matches!(refused, Err(Error::ChangedMeanwhile { .. })), "{refused:?}");
    }
}
