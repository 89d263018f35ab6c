//! Files as text, and places in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::on_disk::{OnDisk, composed};

/// A file of the workspace, by number（ファイル番号）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A place in a file（位置）: byte offsets, on character boundaries, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A place in a file.
    #[must_use]
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The whole of a file, however long it is.
    #[must_use]
    pub fn whole(file: FileId) -> Self {
        Self { file, start: 0, end: usize::MAX }
    }

    /// From the beginning of this place to the end of the other; both in one file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One file of the workspace（原稿ファイル）.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path from the workspace's root, `/` between folders, in composed characters.
    pub path: PathBuf,
    /// The whole text: each line ends with LF. Places are offsets in it.
    pub text: Arc<str>,
    /// How it stands on the disk.
    pub disk: OnDisk,
}

impl SourceFile {
    /// What the disk holds: the bytes that were read.
    #[must_use]
    pub fn saved(&self) -> String {
        self.disk.restore(&self.text, &self.text)
    }
}

/// Which number each path has（ファイル番号の台帳）; shared by all maps of one session, so that a place means the same in each.
#[derive(Debug, Default)]
struct Numbers(Mutex<BTreeMap<PathBuf, FileId>>);

impl Numbers {
    fn of(&self, path: &Path) -> FileId {
        let mut known = self.0.lock().expect("nobody panics while he holds the numbers");
        let next = FileId(u32::try_from(known.len()).expect("a workspace has fewer than 2^32 files"));
        *known.entry(path.to_owned()).or_insert(next)
    }
}

/// Files that were read, by number（原稿の一覧）.
///
/// A path keeps its number as long as a session lasts, whatever its text is; two maps of one session differ in the files that they hold
/// and in their texts, never in what a number means.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    numbers: Arc<Numbers>,
    files: BTreeMap<FileId, SourceFile>,
    /// In the order of the paths.
    order: BTreeMap<PathBuf, FileId>,
}

impl SourceMap {
    /// An empty map in which each path has the number that it has here.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self { numbers: self.numbers.clone(), ..Self::default() }
    }

    /// Adds a file, or gives it another text.
    ///
    /// # Panics
    /// Beyond 2^32 files.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        self.add_saved(path, text, OnDisk::default())
    }

    /// Adds a file that the disk holds in a way of its own; its path may be decomposed.
    ///
    /// # Panics
    /// As [`Self::add`].
    pub fn add_saved(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>, disk: OnDisk) -> FileId {
        let on_disk: PathBuf = path.into();
        let path = composed_path(&on_disk);
        let disk = if path == on_disk { disk } else { disk.named(&on_disk) };
        self.put(SourceFile { path, text: text.into(), disk })
    }

    /// Gives a file another text, which will be saved as the old one was; adds the file if it is new.
    ///
    /// # Panics
    /// As [`Self::add`].
    pub fn rewrite(&mut self, path: &Path, text: impl Into<Arc<str>>) -> FileId {
        match self.find(path).map(|id| self.get(id).clone()) {
            Some(known) => self.put(SourceFile { text: text.into(), ..known }),
            None => self.add(path, text),
        }
    }

    /// Adds a file of a sibling as it is.
    pub fn put(&mut self, file: SourceFile) -> FileId {
        let id = self.numbers.of(&file.path);
        self.order.insert(file.path.clone(), id);
        self.files.insert(id, file);
        id
    }

    /// Whether it holds no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Takes a file out; its number stays its own.
    pub fn remove(&mut self, path: &Path) {
        if let Some(id) = self.order.remove(&composed_path(path)) {
            self.files.remove(&id);
        }
    }

    /// The file of a number that this map gave out.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        self.files.get(&id).expect("a place lies in a file that was read")
    }

    /// The path of a file as it is shown, with `/` on every system.
    #[must_use]
    pub fn shown(&self, id: FileId) -> String {
        slashed(&self.get(id).path)
    }

    /// The number of the file at a path.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<FileId> {
        let path = composed_path(path);
        self.order.get(&path).copied()
    }

    /// New texts by path, as the disk is to hold them: each file saved as it was read, under the name it has there.
    ///
    /// **Shape**: `files` maps a path to the new text, `None` for a file that goes. A new file's folders keep their names on the disk.
    #[must_use]
    pub fn saved(&self, files: &BTreeMap<String, Option<String>>) -> BTreeMap<String, Option<String>> {
        let saved = files.iter().map(|(path, text)| {
            let Some(file) = self.find(Path::new(path)).map(|id| self.get(id)) else {
                return (self.new_path(path), text.clone());
            };
            let path = slashed(file.disk.path().unwrap_or(&file.path));
            (path, text.as_ref().map(|text| file.disk.restore(&file.text, text)))
        });
        saved.collect()
    }

    /// The path of a new file: below folders as the disk spells them.
    fn new_path(&self, path: &str) -> String {
        let composed = composed_path(Path::new(path));
        let known = composed.ancestors().skip(1).find_map(|folder| {
            let below = |file: &SourceFile| file.path.starts_with(folder);
            let on_disk = self.files.values().find(|file| below(file))?.disk.path()?;
            let folder_on_disk: PathBuf = on_disk.components().take(folder.components().count()).collect();
            Some(folder_on_disk.join(composed.strip_prefix(folder).ok()?))
        });
        known.map_or_else(|| path.to_owned(), |known| slashed(&known))
    }

    /// All files with their numbers, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.order.values().map(|id| (*id, &self.files[id]))
    }

    /// The text at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.file).text[span.start..span.end]
    }
}

/// A path with `/` between folders on every system.
fn slashed(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn composed_path(path: &Path) -> PathBuf {
    path.to_str().map_or_else(|| path.to_owned(), |path| PathBuf::from(composed(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_under_the_name_that_the_disk_has() {
        let (decomposed, composed) = ("か\u{3099}", "が");
        let mut sources = SourceMap::default();
        let (disk, text) = OnDisk::take_in("\u{feff}一\r\n");
        sources.add_saved(format!("content/{decomposed}/{decomposed}.md"), text, disk);
        sources.add("content/b/a.md", "一\n");
        assert!(sources.find(Path::new(&format!("content/{composed}/{composed}.md"))).is_some());
        let new = |path: String, text: &str| (path, Some(text.to_owned()));
        let files = BTreeMap::from([
            new(format!("content/{composed}/{composed}.md"), "二\n"),
            new(format!("content/{composed}/new.md"), "新\n"),
            new("content/b/new.md".to_owned(), "新\n"),
        ]);
        let expected = BTreeMap::from([
            new(format!("content/{decomposed}/{decomposed}.md"), "\u{feff}二\r\n"),
            new(format!("content/{decomposed}/new.md"), "新\n"),
            new("content/b/new.md".to_owned(), "新\n"),
        ]);
        assert_eq!(sources.saved(&files), expected);
    }
}
