//! Files as text, and places in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// All files that were read, by number（原稿の一覧）.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file.
    ///
    /// # Panics
    /// Beyond 2^32 files.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("a workspace has fewer than 2^32 files"));
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        id
    }

    /// The file of a number that this map gave out.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The path of a file as it is shown, with `/` on every system.
    #[must_use]
    pub fn shown(&self, id: FileId) -> String {
        self.get(id).path.display().to_string().replace('\\', "/")
    }

    /// The number of the file at a path.
    #[must_use]
    pub fn find(&self, path: &Path) -> Option<FileId> {
        self.iter().find(|(_, file)| file.path == path).map(|(id, _)| id)
    }

    /// All files with their numbers, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(u32::try_from(index).expect("`add` refused more")), file))
    }

    /// The text at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.file).text[span.start..span.end]
    }
}
