//! Places as an editor counts them（位置の数え方）: line and units of UTF-8 or UTF-16, both from 0.
//!
//! A line of the protocol ends with LF, CR LF or CR alone. Of the texts that all stages work with CR LF is already LF, so a CR that is left
//! ends a line too.

use gen_lsp_types::{Position, Range as Stretch};
use std::ops::Range;

/// Units that a column is counted in（桁の単位）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes, where the editor offers it.
    Utf8,
    /// UTF-16 code units, which every editor knows: 「𠮷」 is two of them.
    Utf16,
}

impl Encoding {
    fn units(self, text: &str) -> u32 {
        let units = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        };
        u32::try_from(units).unwrap_or(u32::MAX)
    }

    fn units_of(self, character: char) -> u32 {
        let units = match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
        };
        u32::try_from(units).expect("a character has four units at most")
    }
}

/// Whether a byte order mark stands before the text in the editor's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// There is none, or the editor does not count it.
    None,
    /// It is the first character of the first line.
    First,
}

/// The lines of a text, for many look-ups.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    encoding: Encoding,
    /// Units before the first character of the first line.
    shift: u32,
    /// First byte of each line.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding, mark: Mark) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect();
        let shift = if mark == Mark::First { encoding.units_of('\u{feff}') } else { 0 };
        Self { text, encoding, shift, starts }
    }

    /// Where a byte stands; past the end counts as the end, inside of a character as its beginning.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let shift = if line == 0 { self.shift } else { 0 };
        let character = shift + self.encoding.units(&self.text[self.starts[line]..offset]);
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), character }
    }

    pub(super) fn stretch(&self, range: Range<usize>) -> Stretch {
        Stretch { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The byte at a place; past the end of a line counts as its end, inside of a character as its beginning.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let rest = &self.text[start..];
        let words = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        let mut left = position.character.saturating_sub(if line == 0 { self.shift } else { 0 });
        for (at, character) in words.char_indices() {
            let units = self.encoding.units_of(character);
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + words.len()
    }

    /// The bytes of a stretch, the earlier end first.
    pub(super) fn bytes(&self, stretch: Stretch) -> Range<usize> {
        let (one, other) = (self.offset(stretch.start), self.offset(stretch.end));
        one.min(other)..one.max(other)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_the_units_of_the_editor() {
        let text = "a\n𠮷野b\n";
        let place = text.find('b').expect("it is there");
        let utf16 = Lines::new(text, Encoding::Utf16, Mark::None);
        let utf8 = Lines::new(text, Encoding::Utf8, Mark::None);
        assert_eq!((utf16.position(place), utf8.position(place)), (at(1, 3), at(1, 7)));
        assert_eq!((utf16.offset(at(1, 3)), utf8.offset(at(1, 7))), (place, place));
        assert_eq!(utf16.offset(at(1, 1)), 2, "half of a character is its beginning");
        assert_eq!(utf16.offset(at(1, 99)), text.len() - 1, "past the end of a line is its end");
        assert_eq!((utf16.offset(at(2, 0)), utf16.offset(at(9, 9))), (text.len(), text.len()));
        assert_eq!(utf16.position(usize::MAX), at(2, 0));
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        let text = "一\r\n二\r三\n四";
        let lines = Lines::new(text, Encoding::Utf16, Mark::None);
        for (line, word) in ["一", "二", "三", "四"].into_iter().enumerate() {
            let line = u32::try_from(line).expect("few");
            assert_eq!(lines.position(text.find(word).expect("it is there")), at(line, 0), "{word}");
            assert_eq!(lines.offset(at(line, 9)), text.find(word).expect("it is there") + word.len());
        }
    }

    #[test]
    fn a_byte_order_mark_that_the_editor_holds_is_counted() {
        for (encoding, units) in [(Encoding::Utf16, 1), (Encoding::Utf8, 3)] {
            let lines = Lines::new("一\n二", encoding, Mark::First);
            assert_eq!((lines.position(0), lines.position(4)), (at(0, units), at(1, 0)));
            assert_eq!((lines.offset(at(0, units)), lines.offset(at(0, 0))), (0, 0));
        }
    }

    proptest! {
        #[test]
        fn a_place_comes_back(text in "[a一𠮷\r\n]{0,20}", offset in 0..80_usize) {
            let offset = text.floor_char_boundary(offset);
            // Between CR and LF there is no place.
            prop_assume!(!(text[..offset].ends_with('\r') && text[offset..].starts_with('\n')));
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let lines = Lines::new(&text, encoding, Mark::None);
                prop_assert_eq!(lines.offset(lines.position(offset)), offset);
            }
        }
    }
}
