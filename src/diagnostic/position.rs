//! Byte offsets as lines and columns.

use super::Position;

/// The lines of a text, for many look-ups.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// First byte of each line.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Where a byte offset stands; past the end counts as the end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        Position {
            offset,
            line: line + 1,
            column: before.chars().count() + 1,
            column_utf16: before.encode_utf16().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let lines = Lines::new("a\n𠮷野b\n");
        let at = lines.position("a\n𠮷野".len());
        assert_eq!((at.line, at.column, at.column_utf16), (2, 3, 4));
        assert_eq!(lines.position(0), Position { offset: 0, line: 1, column: 1, column_utf16: 1 });
        assert_eq!(lines.position(usize::MAX).line, 3);
    }
}
