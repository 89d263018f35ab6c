//! The workspace: every source text of `content/`, and the templates that override the built-in ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::Templates;
use super::text_file::{Reader, check_characters};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, OnDisk, SourceMap, Span};

/// Everything that was read（作業フォルダー）.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// All `.toml` and `.md` files of `content/`, by path from the root, in the order of their paths.
    pub sources: SourceMap,
    /// Built-in templates with the workspace's own over them.
    pub templates: Templates,
}

impl Workspace {
    /// Reads a workspace.
    ///
    /// Pushes [`Code::NotUtf8`], [`Code::OutsideWorkspace`] and [`Code::FileTooLarge`] for files that are left out, and
    /// [`Code::NameTwice`], [`Code::ControlCharacter`], [`Code::DirectionCharacter`] and [`Code::InvisibleCharacter`].
    ///
    /// # Errors
    /// [`Error::NoWorkspace`] without a `content/` folder, [`Error::Read`] where the system refuses.
    pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Error> {
        let content = root.join("content");
        if !content.is_dir() {
            return Err(Error::NoWorkspace { path: root.to_owned() });
        }
        let real_root = read_error(std::fs::canonicalize(root), root)?;
        let mut sources = SourceMap::default();
        let mut reader = Reader { real_root: &real_root, total: 0 };
        for path in files_below(&content, &["toml", "md"])? {
            let relative = relative(root, &path);
            if path.is_dir() {
                // Links to folders are not followed: their files would be read twice or come from elsewhere.
                diagnostics.push(Diagnostic::nowhere(Code::OutsideWorkspace).with("path", shown(&relative)));
                continue;
            }
            if let Some((disk, text)) = reader.read(&path, &shown(&relative), diagnostics)? {
                // Only decomposed names can be the same in composed characters.
                let earlier = if shown(&relative).is_ascii() { None } else { sources.find(&relative) };
                let file = sources.add_saved(relative, text, disk);
                if let Some(earlier) = earlier {
                    let place = Span::new(file, 0..0);
                    diagnostics.push(Diagnostic::new(Code::NameTwice, place).with("path", sources.shown(earlier)));
                }
                check_characters(file, &sources, diagnostics);
            }
        }
        let templates = Templates::read(root, &mut reader, diagnostics)?;
        Ok(Self { root: root.to_owned(), sources, templates })
    }

    /// The same workspace with files in other words: what a command is about to write, to be checked before it is written.
    ///
    /// **Shape**: `files` maps a path from the root to its new text, `None` for a file that is taken away.
    #[must_use]
    pub fn with(&self, files: &BTreeMap<String, Option<String>>) -> Self {
        let kept = self.sources.iter().filter_map(|(_, file)| {
            let path = shown(&file.path);
            let is_kept = path.starts_with("content/") && !files.contains_key(&path);
            is_kept.then(|| (path, (file.text.clone(), file.disk.clone())))
        });
        let new = files
            .iter()
            .filter_map(|(path, text)| Some((path.clone(), (Arc::from(text.as_deref()?), OnDisk::default()))));
        let all: BTreeMap<String, (Arc<str>, OnDisk)> = kept.chain(new).collect();
        let mut sources = SourceMap::default();
        for (path, (text, disk)) in all {
            sources.add_saved(path, text, disk);
        }
        Self { root: self.root.clone(), sources, templates: self.templates.clone() }
    }

    /// The files directly below a folder that have an ending, in the order of their names.
    pub fn children<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = (FileId, &'a str)> + 'a {
        self.sources.iter().filter_map(move |(id, file)| {
            let inside = file.path.parent().is_some_and(|parent| parent == Path::new(folder));
            let stem = file.path.file_stem()?.to_str()?;
            (inside && file.path.extension().is_some_and(|found| found == ending)).then_some((id, stem))
        })
    }

    /// The names of the folders directly below a folder that hold at least one source file, in order.
    #[must_use]
    pub fn folders(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .sources
            .iter()
            .filter_map(|(_, file)| {
                let rest = file.path.strip_prefix(folder).ok()?;
                let mut parts = rest.components();
                let first = parts.next()?.as_os_str().to_str()?.to_owned();
                parts.next().map(|_| first)
            })
            .collect();
        names.dedup();
        names
    }

    /// The file at a path from the root.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.sources.find(Path::new(path))
    }
}

/// All files below a folder with one of the endings, and all links to folders, in the order of their paths; hidden ones left out.
pub(super) fn files_below(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry
            .map_err(|error| Error::Read { path: error.path().unwrap_or(folder).to_owned(), source: error.into() })?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        let is_file = entry.file_type().is_file() || (entry.path_is_symlink() && entry.path().is_file());
        let is_linked_folder = entry.path_is_symlink() && entry.path().is_dir();
        if is_linked_folder || is_file && ending.is_some_and(|ending| endings.contains(&ending)) {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

/// A path from the root, with `/` on every system.
fn relative(root: &Path, path: &Path) -> PathBuf {
    let inside = path.strip_prefix(root).expect("walked from the root");
    PathBuf::from(shown(inside))
}

fn shown(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn read_error<T>(result: std::io::Result<T>, path: &Path) -> Result<T, Error> {
    result.map_err(|source| Error::Read { path: path.to_owned(), source })
}
