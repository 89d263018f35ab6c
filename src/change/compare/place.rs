//! Where each character of a line stands in its author's file.

use crate::diagnostic::Span;
use crate::markup::{Mark, Paragraph, Text};

/// A character and its place（字の位置）.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The character.
    pub character: char,
    /// Its bytes in the file; those of a whole run where the run does not stand there letter by letter (a term). `None` where no
    /// author wrote it.
    pub span: Option<Span>,
    /// The run it belongs to, by number in its line.
    pub run: usize,
    /// Whether its run cannot be parted.
    pub whole: bool,
    /// The mark it stands in.
    pub mark: Option<usize>,
    /// Whether it is withheld.
    pub withheld: bool,
}

/// The characters of a paragraph with their places.
pub(super) fn placed(paragraph: &Paragraph) -> Vec<Placed> {
    let mut found = Vec::new();
    for (number, run) in paragraph.runs.iter().enumerate() {
        let mark = run.mark.map(|(mark, _)| mark);
        let withheld = run.withheld.is_some();
        let characters = run.characters();
        for piece in run.pieces() {
            for (at, character) in characters[piece.range.clone()].char_indices() {
                let letter = |span: Span| {
                    let start = span.start + at;
                    Span { start, end: start + character.len_utf8(), ..span }
                };
                let span = piece.span.map(|span| if piece.is_exact { letter(span) } else { span });
                found.push(Placed { character, span, run: number, whole: piece.is_lump, mark, withheld });
            }
        }
    }
    found
}

/// Where something can be put in before or after a character: outside of the mark that it stands in.
pub(super) fn outside(placed: &Placed, text: &Text, after: bool) -> Option<Span> {
    let span = placed.span?;
    let Some(mark) = placed.mark else { return Some(span) };
    let Mark { span: opening, tokens, .. } = &text.marks[mark];
    let tokens = tokens.as_ref()?;
    let range = if after { tokens.close.clone() } else { tokens.open.clone() };
    (opening.file == span.file).then(|| Span::new(span.file, range))
}
