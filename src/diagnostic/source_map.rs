//! Files as text, and places in them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

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
    /// Path from the workspace's root, `/` between folders.
    pub path: PathBuf,
    /// The whole text.
    pub text: Arc<str>,
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
        self.put(SourceFile { path: path.into(), text: text.into() })
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
        if let Some(id) = self.order.remove(path) {
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
        self.get(id).path.display().to_string().replace('\\', "/")
    }

    /// The number of the file at a path.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<FileId> {
        self.order.get(path).copied()
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
