//! The marks of changes taken out of the files: accepted, or taken back.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::change::{Fold, TextEdit, apply, fold_body, fold_value};
use crate::diagnostic::{FileId, SourceMap, Span};
use crate::markup::{Mark, State, Text, settle};
use crate::model::{Library, Written};
use crate::name::ChangeId;

/// What becomes of a heading whose text is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Emptied {
    /// It goes too.
    Goes,
    /// It stays, with nothing below.
    Stays,
}

/// What is folded.
pub(in crate::desk) struct Folding<'a> {
    pub(in crate::desk) sources: &'a SourceMap,
    /// Which marks, by their change and their place.
    pub(in crate::desk) marks: &'a dyn Fn(&ChangeId, Span) -> bool,
    /// Whether they are accepted or taken back.
    pub(in crate::desk) to: State,
}

impl Folding<'_> {
    /// The files that change, by path.
    pub(in crate::desk) fn files(&self, library: &Library, emptied: Emptied) -> BTreeMap<String, Option<String>> {
        let mut edits = Vec::new();
        for written in library.written(self.sources) {
            match written {
                Written::Body { heading, text } => self.body(heading, &text, emptied, &mut edits),
                Written::Value(text) => edits.extend(self.value(&text)),
                Written::Inserted(change, span) => edits.extend(self.key(&change, span, State::After)),
                Written::Deleted(change, span) => edits.extend(self.key(&change, span, State::Before)),
            }
        }
        texts(&edits, self.sources)
    }

    /// What stands there in one state alone: in that state its key goes, in the other its table.
    fn key(&self, change: &ChangeId, span: Span, stands: State) -> Option<TextEdit> {
        let range = if self.to == stands { self.line(span) } else { self.table(span) };
        (self.marks)(change, span).then(|| TextEdit::new(span.file, range, ""))
    }

    fn asks(&self, mark: &Mark) -> bool {
        (self.marks)(&mark.change, mark.span)
    }

    fn source(&self, file: FileId) -> &str {
        &self.sources.get(file).text
    }

    fn body(&self, heading: Option<Span>, text: &Text, emptied: Emptied, edits: &mut Vec<TextEdit>) {
        let Some(span) = text.span else { return };
        let source = self.source(span.file);
        let folded = fold_body(text, source, Fold { marks: &|mark| self.asks(mark), to: self.to });
        let left = settle(text, &|mark| self.asks(mark).then_some(self.to));
        match heading {
            Some(heading)
                if emptied == Emptied::Goes && !folded.is_empty() && left.is_empty() && self.has_own_line(text) =>
            {
                edits.push(TextEdit::new(heading.file, section(source, heading), ""));
            }
            _ => edits.extend(folded),
        }
    }

    /// Whether a mark is opened on a line of its own: so a deletion is written that takes its heading with it.
    fn has_own_line(&self, text: &Text) -> bool {
        let opens = text.marks.iter().filter_map(|mark| Some((mark.span.file, mark.tokens.as_ref()?.open.end)));
        opens.into_iter().any(|(file, end)| self.source(file)[end..].starts_with('\n'))
    }

    fn value(&self, text: &Text) -> Option<TextEdit> {
        let (literal, source) = literal(text, self.sources)?;
        fold_value(text, literal, source, Fold { marks: &|mark| self.asks(mark), to: self.to })
    }

    /// The line of a key, with its end.
    fn line(&self, span: Span) -> Range<usize> {
        let source = self.source(span.file);
        let start = source[..span.start].rfind('\n').map_or(0, |line| line + 1);
        start..source[span.end..].find('\n').map_or(source.len(), |line| span.end + line + 1)
    }

    /// The `[[table]]` that a key stands in, up to the next one; comments before that belong to it.
    fn table(&self, span: Span) -> Range<usize> {
        let source = self.source(span.file);
        let start = source[..span.start].rfind("\n[[").map_or(0, |line| line + 1);
        let mut end = start;
        let mut kept = start;
        for (number, line) in source[start..].split_inclusive('\n').enumerate() {
            if number > 0 && (line.starts_with('[') || line.trim_end() == "+++") {
                break;
            }
            end += line.len();
            if !line.starts_with('#') {
                kept = end;
            }
        }
        start..kept
    }
}

/// Where a value stands in its file, with its quotes, and that file's text.
pub(super) fn literal<'s>(text: &Text, sources: &'s SourceMap) -> Option<(Range<usize>, &'s str)> {
    let span = text.span?;
    let source: &str = &sources.get(span.file).text;
    let quoted = source[..span.start].ends_with(['"', '\'']) && !source[span.start..].starts_with(['"', '\'']);
    Some((if quoted { span.start - 1..span.end + 1 } else { span.start..span.end }, source))
}

/// The texts of the files that edits touch, by path from the root.
pub(super) fn texts(edits: &[TextEdit], sources: &SourceMap) -> BTreeMap<String, Option<String>> {
    let name = |file: FileId| sources.get(file).path.to_string_lossy().into_owned();
    apply(edits, |file| &sources.get(file).text).into_iter().map(|(file, text)| (name(file), Some(text))).collect()
}

/// A heading with all that stands below it, up to the next one; at the end of the file with the empty line before it.
fn section(source: &str, heading: Span) -> Range<usize> {
    let start = source[..heading.start].rfind('\n').map_or(0, |line| line + 1);
    match source[heading.end..].find("\n## ") {
        Some(next) => start..heading.end + next + 1,
        None => start - usize::from(source[..start].ends_with("\n\n"))..source.len(),
    }
}
