//! Author's files changed by a command: all of them in one step, or none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::exchange::{exchange, hold, link, write_error};
use crate::Error;
use crate::diagnostic::SourceMap;

/// Replaces files of `content/`（原稿の書換え）: a new folder is made beside the old one and put in its place in one step.
///
/// **Shape**: `files` maps a path from the workspace's root (`content/…`, `/` between folders) to its new text, `None` to take the
/// file away. `read` is what the caller has read: a file that somebody has saved since is not overwritten.
///
/// A run that is killed leaves the old folder as it was. Files that stay are linked, not copied, where the system can.
///
/// # Errors
/// [`Error::ChangedMeanwhile`], [`Error::Locked`], [`Error::Read`] and [`Error::Write`]; nothing is written then.
///
/// # Panics
/// With a path outside of `content/`.
pub fn replace(root: &Path, read: &SourceMap, files: &BTreeMap<String, Option<String>>) -> Result<(), Error> {
    if files.is_empty() {
        return Ok(());
    }
    let files = &read.saved(files);
    let content = fs::canonicalize(root.join("content")).map_err(|error| read_error(root, error))?;
    let _held = hold(&content)?;
    let parent = content.parent().expect("`content` lies in a folder");
    let staging =
        tempfile::Builder::new().prefix(".hyoka-").tempdir_in(parent).map_err(|error| write_error(parent, error))?;
    let new = staging.path().join("new");
    let mut waiting: BTreeMap<&str, &Option<String>> = files.iter().map(|(path, text)| (inside(path), text)).collect();
    for entry in WalkDir::new(&content).sort_by_file_name() {
        let entry = entry.map_err(|error| read_error(&content, error.into()))?;
        let below = entry.path().strip_prefix(&content).expect("walked from there");
        let target = new.join(below);
        let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).map_err(|error| write_error(&target, error))?;
        } else if let Some(text) = waiting.remove(name.as_str()) {
            unchanged(root, read, &name)?;
            put(&target, text.as_deref(), Some(entry.path()))?;
        } else {
            link(entry.path(), &target)?;
        }
    }
    for (name, text) in waiting {
        put(&new.join(name), text.as_deref(), None)?;
    }
    exchange(&content, &new, staging.path())
}

/// The path below `content/`.
fn inside(path: &str) -> &str {
    let below = path.strip_prefix("content/").expect("a command changes files of `content/` only");
    assert!(below.split('/').all(|part| !part.is_empty() && part != ".."), "a path from the root goes down only");
    below
}

fn unchanged(root: &Path, read: &SourceMap, name: &str) -> Result<(), Error> {
    let path = format!("content/{name}");
    let Some(file) = read.find(Path::new(&path)) else { return Ok(()) };
    let real = root.join(&path);
    let now = fs::read(&real).map_err(|error| read_error(&real, error))?;
    if now == read.get(file).saved().as_bytes() { Ok(()) } else { Err(Error::ChangedMeanwhile { path: real }) }
}

/// Writes a file with the rights of the one it replaces.
fn put(target: &Path, text: Option<&str>, before: Option<&Path>) -> Result<(), Error> {
    let Some(text) = text else { return Ok(()) };
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(|error| write_error(parent, error))?;
    }
    fs::write(target, text).map_err(|error| write_error(target, error))?;
    if let Some(rights) = before.and_then(|before| fs::metadata(before).ok()).map(|data| data.permissions()) {
        fs::set_permissions(target, rights).map_err(|error| write_error(target, error))?;
    }
    Ok(())
}

fn read_error(path: &Path, source: std::io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
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
        let (folder, read) = workspace();
        let files = BTreeMap::from([
            ("content/a/one.md".to_owned(), Some("壱".to_owned())),
            ("content/b/new.md".to_owned(), Some("新".to_owned())),
            ("content/two.toml".to_owned(), None),
        ]);
        replace(folder.path(), &read, &files).expect("it can be written");
        let expected = [("content/a/one.md", "壱"), ("content/b/new.md", "新")];
        assert_eq!(texts(folder.path()), expected.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
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
}
