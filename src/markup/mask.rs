//! Hides from Markdown what is not Markdown here, without moving a byte.
//!
//! Input: a body. Output: the same body with stand-in characters, as long to the byte, and the way back. It knows which two things
//! CommonMark would misread and nothing else:
//!
//! - `**`, which CommonMark leaves unparsed in `**「語」**です`, since its flanking rule asks for white space or punctuation on the
//!   outer side. Two stars become the two-byte character U+0091 and `scan` reads strong itself. It may go when pulldown-cmark
//!   releases the CommonMark change for East Asian text (design.md, section 6).
//! - `]:`, which makes a paragraph `[注]: 文` a link's definition that prints nothing. The colon becomes U+0001. It may go when
//!   pulldown-cmark can be told not to read link definitions.

use std::ops::Range;

/// Stands for `**`; as long in UTF-8.
const STARS: char = '\u{91}';
/// Stands for the colon of `]:`.
const COLON: char = '\u{1}';

/// A body beside its masked copy（原文と伏せた写し）.
pub(super) struct Masked<'a> {
    source: &'a str,
    masked: String,
    /// Where characters stand that a backslash escapes, in order.
    escaped: Vec<usize>,
}

/// A character of the source as the mask shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Itself.
    Character(char),
    /// An unescaped `**`.
    Stars,
}

impl<'a> Masked<'a> {
    /// Masks a body.
    pub(super) fn new(source: &'a str) -> Self {
        let mut masked = String::with_capacity(source.len());
        let mut escaped = Vec::new();
        let mut characters = source.chars().peekable();
        while let Some(character) = characters.next() {
            if character == '*' && is_rule(source, masked.len()) {
                masked.push('*');
                masked.extend(std::iter::from_fn(|| characters.next_if(|next| *next != '\n')));
                continue;
            }
            match (character, characters.peek()) {
                ('\\', Some(next)) if next.is_ascii_punctuation() => {
                    masked.push('\\');
                    escaped.push(masked.len());
                    masked.extend(characters.next());
                }
                ('*', Some('*')) => {
                    masked.push(STARS);
                    characters.next();
                }
                (']', Some(':')) => {
                    masked.push(']');
                    masked.push(COLON);
                    characters.next();
                }
                _ => masked.push(character),
            }
        }
        Self { source, masked, escaped }
    }

    /// What Markdown reads.
    pub(super) fn text(&self) -> &str {
        &self.masked
    }

    /// The source at a range; empty where that is no range of it.
    pub(super) fn source(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    /// The characters of the source at a range, each with its place; `None` where Markdown's `text` of that range is not what
    /// stands there (an entity).
    pub(super) fn characters(&self, range: Range<usize>, text: &str) -> Option<Vec<(Shown, Range<usize>)>> {
        if self.masked.get(range.clone())? != text {
            return None;
        }
        let place = |at: usize, character: char| {
            let at = range.start + at;
            let shown = match character {
                STARS if self.source[at..].starts_with("**") => Shown::Stars,
                COLON if self.source[at..].starts_with(':') => Shown::Character(':'),
                _ => Shown::Character(character),
            };
            (shown, at..at + character.len_utf8())
        };
        Some(text.char_indices().map(|(at, character)| place(at, character)).collect())
    }

    /// Markdown's `text` of a range with the stand-ins taken back, where it need not equal the source (a code span).
    ///
    /// Stand-ins keep their order, so the n-th of the text is the n-th of the range.
    pub(super) fn unmask(&self, range: Range<usize>, text: &str) -> String {
        let slice = self.masked.get(range.clone()).unwrap_or_default();
        let mut places = slice.match_indices([STARS, COLON]).map(|(at, _)| range.start + at);
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            let behind = [STARS, COLON].contains(&character).then(|| places.next()).flatten();
            match behind.map(|at| &self.source[at..]) {
                Some(source) if source.starts_with("**") => out.push_str("**"),
                Some(source) if source.starts_with(':') => out.push(':'),
                _ => out.push(character),
            }
        }
        out
    }

    /// Whether the character at a place is escaped. In `\\{` the second backslash is, the brace is not.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        self.escaped.binary_search(&at).is_ok()
    }
}

/// Whether a place begins a line of nothing but stars, which is a rule and no strong text.
fn is_rule(source: &str, at: usize) -> bool {
    let before = source[..at].rsplit('\n').next().unwrap_or_default();
    let line = source[at..].lines().next().unwrap_or_default();
    before.trim_start_matches([' ', '>']).is_empty()
        && line.chars().all(|character| character == '*' || character.is_ascii_whitespace())
        && line.chars().filter(|character| *character == '*').count() >= 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_and_colons_are_hidden_and_found_again() {
        let masked = Masked::new("**「語」**[注]: \\**");
        assert_eq!(masked.text(), "\u{91}「語」\u{91}[注]\u{1} \\**");
        assert_eq!(masked.unmask(0..masked.text().len(), masked.text()), "**「語」**[注]: \\**");
        let stars = masked.characters(0..2, "\u{91}").expect("it stands there");
        assert_eq!(stars, [(Shown::Stars, 0..2)]);
        assert_eq!(masked.characters(0..2, "&"), None);
    }

    #[test]
    fn a_line_of_stars_is_a_rule() {
        assert_eq!(Masked::new("文\n\n ***\n**** \n").text(), "文\n\n ***\n**** \n");
        assert_eq!(Masked::new("**\n").text(), "\u{91}\n");
    }

    #[test]
    fn an_authors_own_control_character_stays() {
        let masked = Masked::new("\u{91}**\u{1}");
        assert_eq!(masked.unmask(0..5, masked.text()), "\u{91}**\u{1}");
        assert_eq!(masked.characters(0..2, "\u{91}"), Some(vec![(Shown::Character('\u{91}'), 0..2)]));
    }

    #[test]
    fn only_an_odd_number_of_backslashes_escapes() {
        let masked = Masked::new(r"\{ \\{ \あ");
        assert!(masked.is_escaped(1));
        assert!(!masked.is_escaped(5));
        assert!(!masked.is_escaped(8));
    }

    proptest! {
        #[test]
        fn masking_moves_no_byte(source in r"[ab*\\\]:`語\u{91}\u{1}\n]{0,40}") {
            let masked = Masked::new(&source);
            prop_assert_eq!(masked.text().len(), source.len());
            prop_assert_eq!(masked.unmask(0..source.len(), masked.text()), source);
        }
    }
}
