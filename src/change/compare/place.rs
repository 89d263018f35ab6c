//! Where each character of a line stands in its author's file.

use crate::diagnostic::{SourceMap, Span};
use crate::markup::{Mark, Paragraph, Run, RunKind, Text};

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
pub(super) fn placed(paragraph: &Paragraph, sources: &SourceMap) -> Vec<Placed> {
    let mut found = Vec::new();
    for (number, run) in paragraph.runs.iter().enumerate() {
        let exact = run.span.and_then(|span| letters(run, span, sources));
        for (index, character) in run.characters().chars().enumerate() {
            let span = exact.as_ref().map_or(run.span, |spans| Some(spans[index]));
            let mark = run.mark.map(|(mark, _)| mark);
            let withheld = run.withheld.is_some();
            found.push(Placed { character, span, run: number, whole: exact.is_none(), mark, withheld });
        }
    }
    found
}

/// The place of each character of a run; `None` where the source does not spell it.
fn letters(run: &Run, span: Span, sources: &SourceMap) -> Option<Vec<Span>> {
    let RunKind::Text(text) = &run.kind else { return None };
    let source = sources.slice(span);
    align(text, source, 0, span).or_else(|| {
        // A part of a string: `画面の参照` in `その他（画面の参照）`.
        let mut starts = source.match_indices(text.as_str());
        let (at, _) = starts.next().filter(|_| !text.is_empty())?;
        starts.next().is_none().then(|| align(text, source, at, span)).flatten()
    })
}

/// Walks source and text side by side; what the source has besides are escapes, line ends with their indents and `**`.
fn align(text: &str, source: &str, from: usize, span: Span) -> Option<Vec<Span>> {
    let mut found = Vec::with_capacity(text.len() / 3 + 1);
    let mut at = from;
    let place =
        |at: usize, length: usize| Span { file: span.file, start: span.start + at, end: span.start + at + length };
    for character in text.chars() {
        loop {
            let rest = &source[at..];
            let next = rest.chars().next()?;
            if next == '\\' && rest[1..].starts_with(character) && character.is_ascii_punctuation() {
                found.push(place(at, 1 + character.len_utf8()));
                at += 1 + character.len_utf8();
                break;
            }
            if next == character {
                found.push(place(at, character.len_utf8()));
                at += character.len_utf8();
                break;
            }
            if matches!(next, '\n' | '\r') {
                let indent = rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '\t', '>']).len();
                // A space stands for the line's end between two ASCII characters.
                if character == ' ' {
                    found.push(place(at, indent));
                    at += indent;
                    break;
                }
                at += indent;
            } else if rest.starts_with("**") {
                at += 2;
            } else if matches!(next, ' ' | '\t') && rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) {
                at += 1;
            } else {
                return None;
            }
        }
    }
    Some(found)
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
