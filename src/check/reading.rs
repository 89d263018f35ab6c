//! Texts as they are read: characters in a row, each of which knows where it stands in its file.

use typst::utils::hash128;

use crate::diagnostic::Span;
use crate::markup::{Block, Paragraph, Run, State, Text};

/// A text after its changes, in one piece（読み下した本文）.
///
/// Paragraphs, list items and rows of a table end with a line break.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The characters.
    pub(super) characters: String,
    /// Where each run begins in them, in order.
    pieces: Vec<Piece>,
    /// Where the whole text stands.
    whole: Option<Span>,
}

#[derive(Debug)]
struct Piece {
    start: usize,
    /// Where it stands in the file.
    span: Option<Span>,
    /// Whether its characters stand there one after the other.
    exact: bool,
    /// Whether a name for them stands there instead.
    named: bool,
}

impl Reading {
    /// Reads a text that stands in one of the files.
    pub(super) fn of(text: &Text) -> Self {
        let mut reading = Self { whole: text.span, ..Self::default() };
        reading.blocks(&text.blocks);
        reading
    }

    /// Characters that stand in no text of their own, at a place.
    pub(super) fn plain(characters: &str, span: Span) -> Self {
        Self { characters: characters.to_owned(), pieces: Vec::new(), whole: Some(span) }
    }

    /// Where it stands if its text does not say so itself.
    pub(super) fn stands_at(&mut self, span: Option<Span>) {
        self.whole = self.whole.or(span);
    }

    /// The hash of all that a rule can tell of it but the places: two with the same hash read the same, wherever they stand.
    pub(super) fn told(&self) -> u128 {
        let piece = |piece: &Piece| (piece.start, piece.span.is_some(), piece.exact, piece.named);
        hash128(&(&self.characters, self.whole.is_some(), self.pieces.iter().map(piece).collect::<Vec<_>>()))
    }

    /// Where a range of the characters stands; the whole run where it came out of a term or a fact.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let first = self.pieces.partition_point(|piece| piece.start <= range.start).checked_sub(1);
        let last = self.pieces.partition_point(|piece| piece.start < range.end).checked_sub(1);
        let (Some(first), Some(last)) = (first, last) else { return self.whole };
        let from = self.pieces[first].at(range.start, range.end);
        let to = self.pieces[last].at(range.start, range.end);
        match (from, to) {
            (Some(from), Some(to)) if from.file == to.file && from.start <= to.start => Some(from.to(to)),
            (from, to) => from.or(to).or(self.whole),
        }
    }

    /// Whether an author wrote a range of the characters where it stands, rather than a name for it.
    pub(super) fn is_written(&self, range: std::ops::Range<usize>) -> bool {
        let first = self.pieces.partition_point(|piece| piece.start <= range.start).saturating_sub(1);
        let last = self.pieces.partition_point(|piece| piece.start < range.end);
        self.pieces.get(first..last).is_none_or(|pieces| pieces.iter().all(|piece| !piece.named))
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    self.paragraph(paragraph);
                    self.end_line();
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Table { header, rows } => {
                    for row in std::iter::once(header).chain(rows) {
                        for cell in row {
                            self.paragraph(cell);
                            self.end_line();
                        }
                    }
                }
                Block::Fragment { .. } => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        for run in paragraph.runs.iter().filter(|run| State::After.has(run.mark)) {
            self.run(run);
        }
    }

    fn run(&mut self, run: &Run) {
        let start = self.characters.len();
        self.characters.push_str(run.characters());
        self.pieces.extend(run.pieces().map(|piece| Piece {
            start: start + piece.range.start,
            span: piece.span,
            exact: piece.is_exact,
            named: piece.is_named,
        }));
    }

    fn end_line(&mut self) {
        if !self.characters.is_empty() && !self.characters.ends_with('\n') {
            self.characters.push('\n');
        }
    }
}

impl Piece {
    /// The part of a range of the reading that lies in this run.
    fn at(&self, start: usize, end: usize) -> Option<Span> {
        let span = self.span?;
        if !self.exact {
            return Some(span);
        }
        let length = span.end - span.start;
        let from = start.saturating_sub(self.start).min(length);
        let to = end.saturating_sub(self.start).min(length);
        Some(Span { file: span.file, start: span.start + from, end: span.start + to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, SourceMap};
    use crate::markup::parse_text;

    #[test]
    fn a_range_knows_its_place_in_the_file() {
        let mut sources = SourceMap::default();
        let source = "はじめの文。{++加えた++}{>>id<<}文で、\n  続く行。\n\n次の段落。\n";
        let file = sources.add("a.md", source);
        let mut diagnostics = Diagnostics::new();
        let text = parse_text(file, source, 0..source.len(), None, &mut diagnostics);
        let reading = Reading::of(&text);
        assert_eq!(reading.characters, "はじめの文。加えた文で、続く行。\n次の段落。\n");
        for words in ["はじめ", "加えた", "続く行", "段落"] {
            let at = reading.characters.find(words).expect("the words stand there");
            let span = reading.span(at..at + words.len()).expect("an author wrote them");
            assert_eq!(sources.slice(span), words);
        }
    }
}
