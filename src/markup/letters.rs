//! Where the characters of a run stand: what the parser knows of each, kept in the tree.
//!
//! Nobody looks for a character in its file again. Nearly every run stands there as it is, so that its place says all; of the others the
//! parts are kept: an escape, a line end in the source, an entity, a value with TOML's own escapes.

use std::ops::Range;
use std::sync::Arc;

use super::tree::{Run, RunKind};
use crate::diagnostic::Span;

/// How the characters of a run stand at its place（字の所在）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Letters {
    /// One after the other, from the beginning of the place to its end.
    #[default]
    AsWritten,
    /// All of them come from all of the place: a code span, a value with TOML's own escapes.
    Whole,
    /// A name stands at the place, and in the run what it is a name for: a term.
    Named,
    /// In parts, in order and without gaps in the run.
    Parts(Arc<[Part]>),
}

/// A part of a run（字の並び）.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// Where it begins in the run, in bytes.
    at: usize,
    /// Its bytes in the file of the run.
    bytes: Range<usize>,
    spelling: Spelling,
}

/// How a part is spelled in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Spelling {
    /// As it is, letter by letter.
    Same,
    /// One character by several: an escape, an entity, a line end.
    Other,
    /// All of it by all of its bytes, which cannot be parted.
    Lump,
}

/// A piece of a run and where it stands（字とその所在）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes in the run.
    pub range: Range<usize>,
    /// Where it stands; `None` where no author wrote it.
    pub span: Option<Span>,
    /// Whether its characters stand there one after the other, so that a part of it has a place of its own.
    pub is_exact: bool,
    /// Whether it cannot be parted.
    pub is_lump: bool,
    /// Whether a name for it stands there instead.
    pub is_named: bool,
}

/// The parts of a run that is being put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelled(Vec<Part>);

impl Spelled {
    /// Adds a character that begins at byte `at` of the run.
    pub(super) fn push(&mut self, at: usize, character: char, bytes: Range<usize>) {
        let spelling = if bytes.len() == character.len_utf8() { Spelling::Same } else { Spelling::Other };
        if let Some(last) = self.0.last_mut() {
            // Characters of one value that TOML escapes stand at one place.
            if last.bytes == bytes {
                last.spelling = Spelling::Lump;
                return;
            }
            if (last.spelling, spelling) == (Spelling::Same, Spelling::Same) && last.bytes.end == bytes.start {
                last.bytes.end = bytes.end;
                return;
            }
        }
        self.0.push(Part { at, bytes, spelling });
    }

    /// A text that stands for all of some bytes.
    pub(super) fn lump(bytes: Range<usize>) -> Self {
        Self(vec![Part { at: 0, bytes, spelling: Spelling::Lump }])
    }

    /// Adds what another run has, which begins at byte `at` of this one.
    pub(super) fn extend(&mut self, at: usize, more: Self) {
        for part in more.0 {
            let part = Part { at: part.at + at, ..part };
            match self.0.last_mut() {
                Some(last)
                    if (last.spelling, part.spelling) == (Spelling::Same, Spelling::Same)
                        && last.bytes.end == part.bytes.start =>
                {
                    last.bytes.end = part.bytes.end;
                }
                Some(last) if last.bytes == part.bytes => last.spelling = Spelling::Lump,
                _ => self.0.push(part),
            }
        }
    }

    /// The letters of a run that stands at a place.
    pub(super) fn at(self, place: &Range<usize>) -> Letters {
        match &self.0[..] {
            [] | [Part { spelling: Spelling::Lump, .. }] => Letters::Whole,
            [Part { spelling: Spelling::Same, bytes, .. }] if bytes == place => Letters::AsWritten,
            _ => Letters::Parts(self.0.into()),
        }
    }
}

impl Run {
    /// Its characters in pieces, in order and without gaps, each with its place.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        let length = self.characters().len();
        let parts = match &self.letters {
            Letters::Parts(parts) if parts.last().is_some_and(|last| last.at < length) => &parts[..],
            // Whoever gives a run other characters and forgets to say so loses their places and nothing else.
            Letters::Parts(_) | Letters::AsWritten | Letters::Whole | Letters::Named => &[],
        };
        let whole = parts.is_empty().then(|| {
            let is_exact = self.letters == Letters::AsWritten && matches!(self.kind, RunKind::Text(_));
            let is_named = self.letters == Letters::Named;
            let is_lump = !is_exact;
            Piece { range: 0..length, span: self.span, is_exact: is_exact && self.span.is_some(), is_lump, is_named }
        });
        let ends = parts.iter().skip(1).map(|next| next.at).chain([length]);
        let pieces = parts.iter().zip(ends).map(|(part, end)| Piece {
            range: part.at..end,
            span: self.span.map(|span| Span::new(span.file, part.bytes.clone())),
            is_exact: part.spelling == Spelling::Same,
            is_lump: part.spelling == Spelling::Lump,
            is_named: false,
        });
        whole.into_iter().chain(pieces)
    }

    /// The same with other characters in its place, none of which stands there by itself.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        Self { kind: RunKind::Text(text), letters: Letters::Whole, ..self.clone() }
    }

    /// A part of its characters as a run of its own, with the place of that part; `range` is one of whole characters.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let RunKind::Text(text) = &self.kind else { return self.clone() };
        let kind = RunKind::Text(text.get(range.clone()).unwrap_or_default().to_owned());
        let Some(span) = self.span else { return Self { kind, ..self.clone() } };
        let mut parts: Vec<Part> = Vec::new();
        for piece in self.pieces().filter(|piece| piece.range.start < range.end && range.start < piece.range.end) {
            let own = piece.range.start.max(range.start)..piece.range.end.min(range.end);
            let bytes = piece.span.map_or(span.start..span.end, |place| place.start..place.end);
            let (bytes, spelling) = match (piece.is_exact, piece.is_lump) {
                (true, _) => {
                    let from = bytes.start + own.start - piece.range.start;
                    (from..from + own.len(), Spelling::Same)
                }
                (false, true) => (bytes, Spelling::Lump),
                (false, false) => (bytes, Spelling::Other),
            };
            parts.push(Part { at: own.start - range.start, bytes, spelling });
        }
        let place = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.bytes.start..last.bytes.end.max(first.bytes.end),
            _ => span.start..span.start,
        };
        let letters = if self.letters == Letters::Named { Letters::Named } else { Spelled(parts).at(&place) };
        Self { kind, letters, span: Some(Span::new(span.file, place)), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::parsed;
    use super::super::{Exactness, parse_value};
    use super::*;
    use crate::diagnostic::{Diagnostics, SourceMap};

    /// The pieces of a text's runs as they are printed and as they are spelled; a lump stands in brackets.
    fn spelled(source: &str) -> Vec<(String, String)> {
        let text = parsed(source).0;
        text.runs().into_iter().flat_map(|run| of_run(run, source)).collect()
    }

    fn of_run(run: &Run, source: &str) -> Vec<(String, String)> {
        let characters = run.characters();
        let pieces = run.pieces().map(|piece| {
            let span = piece.span.expect("an author wrote it");
            let printed = characters[piece.range].to_owned();
            let printed = if piece.is_lump { format!("[{printed}]") } else { printed };
            (printed, source[span.start..span.end].to_owned())
        });
        pieces.collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(printed, written)| ((*printed).to_owned(), (*written).to_owned())).collect()
    }

    #[test]
    fn every_letter_knows_its_place() {
        assert_eq!(spelled("一{++二++}三"), pairs(&[("一", "一"), ("二", "二"), ("三", "三")]));
        assert_eq!(spelled("一、\n二"), pairs(&[("一、", "一、"), ("二", "二")]));
        // A line end is as long as the space that stands for it.
        assert_eq!(spelled("a\nb"), pairs(&[("a b", "a\nb")]));
        assert_eq!(spelled("a\n  b"), pairs(&[("a ", "a\n"), ("b", "b")]));
        assert_eq!(spelled("a\\{b&amp;c"), pairs(&[("a", "a"), ("{", "\\{"), ("b", "b"), ("&", "&amp;"), ("c", "c")]));
        assert_eq!(spelled("\\*a"), pairs(&[("*", "\\*"), ("a", "a")]));
        assert_eq!(spelled("`a`{{own}}"), pairs(&[("[a]", "`a`"), ("[own]", "{{own}}")]));
    }

    #[test]
    fn a_value_that_toml_escapes_is_a_lump() {
        let source = "x = \"\\u3042い\"";
        let file = SourceMap::default().add("a.toml", source);
        let mut diagnostics = Diagnostics::new();
        let text = parse_value(file, "あい", 5..14, Exactness::Escaped, None, &mut diagnostics);
        let run = text.runs()[0].clone();
        assert_eq!(of_run(&run, source), pairs(&[("[あい]", &source[5..14])]));
        assert_eq!(run.part(0..3).letters, Letters::Whole);
    }

    #[test]
    fn other_characters_have_no_letters_there() {
        let text = parsed("一、\n二").0;
        let run = text.runs()[0];
        let other = run.with_text("三".to_owned());
        let pieces: Vec<(Range<usize>, bool)> = other.pieces().map(|piece| (piece.range, piece.is_lump)).collect();
        assert_eq!(pieces, [(0..3, true)]);
        assert!(run.with_text(String::new()).pieces().all(|piece| piece.range == (0..0)));
    }

    #[test]
    fn a_part_of_a_run_has_the_place_of_the_part() {
        let source = "その他（画面\n  の\\*参照）";
        let text = parsed(source).0;
        let run = text.runs()[0];
        let at = |words: &str| run.characters().find(words).expect("it is there");
        let inside = run.part(at("画")..at("）"));
        assert_eq!(inside.characters(), "画面の*参照");
        let span = inside.span.expect("an author wrote it");
        assert_eq!(&source[span.start..span.end], "画面\n  の\\*参照");
        assert_eq!(of_run(&inside, source), pairs(&[("画面", "画面"), ("の", "の"), ("*", "\\*"), ("参照", "参照")]));
        assert_eq!(run.part(0..9).letters, Letters::AsWritten);
    }
}
