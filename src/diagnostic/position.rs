//! Byte offsets as lines and columns.

use super::{OnDisk, Position, SourceFile};

/// The lines of a text, for many look-ups.
pub(super) struct Lines<'a> {
    text: &'a str,
    disk: &'a OnDisk,
    /// First byte of each line.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Self {
        let text = &*file.text;
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, disk: &file.disk, starts }
    }

    /// Where a byte offset of the text stands in the saved file; past the end counts as the end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        Position {
            offset: offset + self.disk.more_before(line),
            line: line + 1,
            column: before.chars().count() + 1,
            column_utf16: before.encode_utf16().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::SourceMap;
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", "a\n𠮷野b\n");
        let lines = Lines::new(sources.get(file));
        let at = lines.position("a\n𠮷野".len());
        assert_eq!((at.line, at.column, at.column_utf16), (2, 3, 4));
        assert_eq!(lines.position(0), Position { offset: 0, line: 1, column: 1, column_utf16: 1 });
        assert_eq!(lines.position(usize::MAX).line, 3);
    }

    #[test]
    fn offsets_are_those_of_the_saved_file() {
        let saved = "\u{feff}a\r\nb\nc\r\nd";
        let (disk, text) = OnDisk::take_in(saved);
        let mut sources = SourceMap::default();
        let file = sources.add_saved("a.md", text.as_str(), disk);
        let lines = Lines::new(sources.get(file));
        for letter in ["a", "b", "c", "d"] {
            let at = lines.position(text.find(letter).expect("it is there"));
            assert_eq!((Some(at.offset), at.column), (saved.find(letter), 1), "{letter}");
        }
    }
}
