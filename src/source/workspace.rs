//! The workspace: every source text of `content/`, and the templates that override the built-in ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Templates;
use super::names::is_copy;
use super::text_file::{Reader, check_characters};
use super::walk::{Others, OutsideLink, Walk, shown};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, OnDisk, SourceMap, Span, composed};
use crate::name::FragmentId;

/// Most places that are shown beside a link that leads out: what points there.
const POINTERS_MAX: usize = 3;

/// Everything that was read（作業フォルダー）.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// All `.toml` and `.md` files of `content/`, by path from the root, in the order of their paths.
    pub sources: SourceMap,
    /// Built-in templates with the workspace's own over them.
    pub templates: Templates,
    /// Names of the shared texts that are there, read or not: what may have been meant by a name that is wrong.
    pub fragment_names: BTreeSet<FragmentId>,
    /// Texts of `content/` that an editor holds and has not saved, by path from the root: they are read in place of the files, also where no
    /// file is yet（未保存の本文）.
    pub unsaved: Arc<BTreeMap<String, String>>,
}

impl Workspace {
    /// Reads the whole of a workspace.
    ///
    /// # Errors
    /// As [`Self::open`] and [`Self::read_part`].
    pub fn read(root: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Error> {
        let mut workspace = Self::open(root, diagnostics)?;
        workspace.read_part("content", diagnostics)?;
        Ok(workspace)
    }

    /// A workspace of which nothing but the templates was read yet.
    ///
    /// # Errors
    /// [`Error::NoWorkspace`] without a `content/` folder, [`Error::Read`] where the system refuses.
    pub fn open(root: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Error> {
        if !root.join("content").is_dir() {
            return Err(Error::NoWorkspace { path: root.to_owned() });
        }
        let real_root = read_error(std::fs::canonicalize(root), root)?;
        let mut reader = Reader { real_root: &real_root, total: 0 };
        let templates = Templates::read(root, &mut reader, &SourceMap::default(), diagnostics)?;
        Ok(Self {
            root: root.to_owned(),
            sources: SourceMap::default(),
            templates,
            fragment_names: BTreeSet::new(),
            unsaved: Arc::default(),
        })
    }

    /// Reads a file or a folder, given by its path from the root; nothing, if it is not there.
    ///
    /// Pushes [`Code::NotUtf8`], [`Code::OutsideWorkspace`] and [`Code::FileTooLarge`] for files that are left out, what the walk
    /// through `content/` finds, and
    /// [`Code::NameTwice`], [`Code::ControlCharacter`], [`Code::DirectionCharacter`] and [`Code::InvisibleCharacter`].
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn read_part(&mut self, part: &str, diagnostics: &mut Diagnostics) -> Result<(), Error> {
        self.read_below(part, &|_| false, diagnostics)
    }

    fn read_below(
        &mut self,
        part: &str,
        is_known: &dyn Fn(&Path) -> bool,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let folder = self.root.join(part);
        if !folder.exists() {
            self.add_unsaved(part, is_known, diagnostics);
            return Ok(());
        }
        let real_root = read_error(std::fs::canonicalize(&self.root), &self.root)?;
        let total = self.sources.iter().map(|(_, file)| file.text.len() as u64).sum();
        let mut reader = Reader { real_root: &real_root, total };
        let walk = Walk { root: &self.root, real_root: &real_root, endings: &["toml", "md"], others: Others::Named };
        let found = walk.below(&folder, diagnostics)?;
        for path in found.files {
            let relative = PathBuf::from(shown(path.strip_prefix(&self.root).expect("walked from the root")));
            if is_known(&relative) {
                continue;
            }
            let held = self.unsaved.get(&composed(&shown(&relative)));
            let read = match held {
                Some(text) => Some(OnDisk::take_in(text)),
                None => reader.read(&path, &shown(&relative), diagnostics)?,
            };
            if let Some((disk, text)) = read {
                // Only decomposed names can be the same in composed characters.
                let earlier = if shown(&relative).is_ascii() { None } else { self.sources.find(&relative) };
                if let Some(earlier) = earlier {
                    let twice = Diagnostic::new(Code::NameTwice, Span::new(earlier, 0..0));
                    diagnostics.push(twice.with("path", self.sources.shown(earlier)));
                    continue;
                }
                let file = self.sources.add_saved(relative, text, disk);
                check_characters(file, &self.sources, diagnostics);
            }
        }
        self.add_unsaved(part, is_known, diagnostics);
        found.outside.iter().for_each(|link| diagnostics.push(outside(link, &self.sources)));
        Ok(())
    }

    /// Adds what an editor holds of a part and the disk does not have.
    fn add_unsaved(&mut self, part: &str, is_known: &dyn Fn(&Path) -> bool, diagnostics: &mut Diagnostics) {
        for (path, text) in self.unsaved.clone().iter() {
            let relative = Path::new(path);
            if !relative.starts_with(part) || is_known(relative) || self.sources.find(relative).is_some() {
                continue;
            }
            let (disk, text) = OnDisk::take_in(text);
            let file = self.sources.add_saved(relative, text, disk);
            check_characters(file, &self.sources, diagnostics);
        }
    }

    /// Reads what nobody has read yet: the files of `content/` of which `is_known` does not know the path.
    ///
    /// # Errors
    /// As [`Self::read_part`], which says what is pushed.
    pub fn read_rest(&mut self, is_known: &dyn Fn(&Path) -> bool, diagnostics: &mut Diagnostics) -> Result<(), Error> {
        self.read_below("content", is_known, diagnostics)
    }

    /// Takes over all files that another workspace of the same session has read.
    pub fn share(&mut self, other: &SourceMap) {
        for (_, file) in other.iter() {
            self.sources.put(file.clone());
        }
    }

    /// The same workspace with files in other words: what a command is about to write, to be checked before it is written.
    ///
    /// **Shape**: `files` maps a path from the root to its new text, `None` for a file that is taken away.
    #[must_use]
    pub fn with(&self, files: &BTreeMap<String, Option<String>>) -> Self {
        let mut next = self.clone();
        for (path, text) in files {
            let fragment = FragmentId::of_path(path);
            match text {
                Some(text) => {
                    next.fragment_names.extend(fragment);
                    next.sources.rewrite(Path::new(path), text.as_str());
                }
                None => {
                    fragment.into_iter().for_each(|id| _ = next.fragment_names.remove(&id));
                    next.sources.remove(Path::new(path));
                }
            }
        }
        next
    }

    /// Adds the forms and the lists of words of the templates to the sources, so that a mistake in one has a place.
    pub fn add_settings(&mut self) {
        let all = ["forms/", "looks/", "rules/", "words/"].into_iter().flat_map(|folder| self.templates.below(folder));
        let all: Vec<_> = all.map(|(path, text)| (format!("templates/{path}"), text.clone())).collect();
        for (path, text) in all {
            self.sources.add(path, text);
        }
    }

    /// Reads shared texts that are there and were not read: their ids are known, and nobody used them before.
    ///
    /// **Shape**: ids of the folder of shared texts. Whether any was read; one that the system refuses stays unread, and unknown to who uses it.
    pub fn read_fragments<'f>(
        &mut self,
        ids: impl Iterator<Item = &'f FragmentId>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let before = self.sources.iter().count();
        let known: Vec<String> = ids.filter(|id| self.fragment_names.contains(*id)).map(FragmentId::path).collect();
        for path in known.iter().filter(|path| self.sources.find(Path::new(path)).is_none()).collect::<Vec<_>>() {
            // Whoever asks for the workspace anew is told why.
            _ = self.read_part(path, diagnostics);
        }
        self.sources.iter().count() > before
    }

    /// The names of the folders directly below a folder of the workspace, in order, whatever they hold; hidden ones left out.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn folder_names(root: &Path, folder: &str) -> Result<Vec<String>, Error> {
        let path = root.join(folder);
        if !path.is_dir() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in read_error(std::fs::read_dir(&path), &path)? {
            let entry = read_error(entry, &path)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() && !name.starts_with('.') && !is_copy(&name) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// The shared texts that a workspace has: ids in composed characters, each with the path that the disk has.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn fragment_paths(root: &Path) -> Result<BTreeMap<FragmentId, String>, Error> {
        let folder = FragmentId::FOLDER;
        let path = root.join(folder);
        if !path.is_dir() {
            return Ok(BTreeMap::new());
        }
        let mut paths = BTreeMap::new();
        for entry in read_error(std::fs::read_dir(&path), &path)? {
            let file = read_error(entry, &path)?.path();
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if let (Some(stem), true) = (file.file_stem(), file.extension().is_some_and(|ending| ending == "md")) {
                paths.insert(composed(&stem.to_string_lossy()).into(), format!("{folder}/{name}"));
            }
        }
        Ok(paths)
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

/// A link that leads out of the workspace: where it leads, and the first places that name its file.
pub(super) fn outside(link: &OutsideLink, sources: &SourceMap) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::nowhere(Code::OutsideWorkspace).with("path", &link.path).with("target", &link.target);
    let stem = Path::new(&link.path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let names = [format!("{{{{> {stem}}}}}"), format!("\"{stem}\"")];
    let places = sources.iter().flat_map(|(file, source)| {
        let ends = |(at, name): (usize, &str)| Span::new(file, at..at + name.len());
        names.iter().flat_map(|name| source.text.match_indices(name.as_str())).map(ends).collect::<Vec<_>>()
    });
    for span in places.take(POINTERS_MAX) {
        diagnostic = diagnostic.related_as(span, Label::Use);
    }
    diagnostic
}

fn read_error<T>(result: std::io::Result<T>, path: &Path) -> Result<T, Error> {
    result.map_err(|source| Error::Read { path: path.to_owned(), source })
}
