//! Places of a file put in other words.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::FileId;

/// A place of a file and what stands there instead（書換え）.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// The file.
    pub file: FileId,
    /// Bytes that go; empty: only put in.
    pub start: usize,
    /// One past the last of them.
    pub end: usize,
    /// What comes.
    pub text: String,
}

impl TextEdit {
    /// An edit of a range.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>, text: impl Into<String>) -> Self {
        Self { file, start: range.start, end: range.end, text: text.into() }
    }
}

/// The text of each file that edits touch, in its new words.
///
/// Edits may come in any order; those put in at one place stand in the order in which they came. Of a deletion that overlaps an
/// earlier edit the rest is done, any other edit that does is left out.
#[must_use]
pub fn apply<'s>(edits: &[TextEdit], source: impl Fn(FileId) -> &'s str) -> BTreeMap<FileId, String> {
    let mut by_file: BTreeMap<FileId, Vec<&TextEdit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.file).or_default().push(edit);
    }
    by_file
        .into_iter()
        .map(|(file, mut edits)| {
            edits.sort_by_key(|edit| (edit.start, edit.end));
            let text = source(file);
            let mut out = String::with_capacity(text.len());
            let mut at = 0;
            for edit in edits {
                let deletes = edit.text.is_empty() && edit.end > at;
                if edit.start < at && !deletes {
                    continue;
                }
                out.push_str(&text[at..edit.start.max(at)]);
                out.push_str(&edit.text);
                at = edit.end;
            }
            out.push_str(&text[at..]);
            (file, out)
        })
        .collect()
}
