//! Texts as they are read: characters in a row, each of which knows where it stands in its file.

use crate::diagnostic::{SourceMap, Span};
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
    /// Whether its characters stand in the file as they are.
    exact: bool,
}

impl Reading {
    /// Reads a text that stands in one of the files.
    pub(super) fn of(text: &Text, sources: &SourceMap) -> Self {
        let mut reading = Self { whole: text.span, ..Self::default() };
        reading.blocks(&text.blocks, sources);
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

    fn blocks(&mut self, blocks: &[Block], sources: &SourceMap) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    self.paragraph(paragraph, sources);
                    self.end_line();
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item, sources)),
                Block::Table { header, rows } => {
                    for row in std::iter::once(header).chain(rows) {
                        for cell in row {
                            self.paragraph(cell, sources);
                            self.end_line();
                        }
                    }
                }
                Block::Fragment { .. } => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, sources: &SourceMap) {
        for run in paragraph.runs.iter().filter(|run| State::After.has(run.mark)) {
            self.run(run, sources);
        }
    }

    fn run(&mut self, run: &Run, sources: &SourceMap) {
        let characters = run.characters();
        let start = self.characters.len();
        self.characters.push_str(characters);
        let aligned = run.span.and_then(|span| {
            let source = sources.get(span.file).text.get(span.start..span.end)?;
            align(characters, source).map(|parts| (span, parts))
        });
        match aligned {
            Some((span, parts)) => self.pieces.extend(parts.into_iter().map(|(at, from, length)| Piece {
                start: start + at,
                span: Some(Span::new(span.file, span.start + from..span.start + from + length)),
                exact: true,
            })),
            None => self.pieces.push(Piece { start, span: run.span, exact: false }),
        }
    }

    fn end_line(&mut self) {
        if !self.characters.is_empty() && !self.characters.ends_with('\n') {
            self.characters.push('\n');
        }
    }
}

/// The parts of a run that stand in its source as they are: where in the run, where in the source, how long.
///
/// A line break between Japanese characters is not part of the run, nor is the backslash of an escape; anything else that
/// differs（a term, an entity）leaves the run without parts.
fn align(characters: &str, source: &str) -> Option<Vec<(usize, usize, usize)>> {
    // Nearly every run stands in its file as it is.
    if characters == source {
        return Some(if characters.is_empty() { Vec::new() } else { vec![(0, 0, characters.len())] });
    }
    let mut parts: Vec<(usize, usize, usize)> = Vec::new();
    let (mut at, mut from) = (0, 0);
    while at < characters.len() {
        let common = common_prefix(&characters[at..], &source[from..]);
        if common > 0 {
            parts.push((at, from, common));
            (at, from) = (at + common, from + common);
            continue;
        }
        let skipped = source[from..].chars().next().filter(|it| it.is_whitespace() || *it == '\\')?;
        from += skipped.len_utf8();
    }
    Some(parts)
}

/// How many bytes two texts begin with in common, on a character boundary of both.
fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|at| a.is_char_boundary(*at) && b.is_char_boundary(*at)).unwrap_or_default()
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
    use crate::diagnostic::Diagnostics;
    use crate::markup::parse_text;

    #[test]
    fn a_range_knows_its_place_in_the_file() {
        let mut sources = SourceMap::default();
        let source = "はじめの文。{++加えた++}{>>id<<}文で、\n  続く行。\n\n次の段落。\n";
        let file = sources.add("a.md", source);
        let mut diagnostics = Diagnostics::new();
        let text = parse_text(file, source, 0..source.len(), None, &mut diagnostics);
        let reading = Reading::of(&text, &sources);
        assert_eq!(reading.characters, "はじめの文。加えた文で、続く行。\n次の段落。\n");
        for words in ["はじめ", "加えた", "続く行", "段落"] {
            let at = reading.characters.find(words).expect("the words stand there");
            let span = reading.span(at..at + words.len()).expect("an author wrote them");
            assert_eq!(sources.slice(span), words);
        }
    }
}
