//! Marks folded into the text: the edits that leave a file as if the changes had always been there, or had never been made.
//!
//! Input: the texts of a file with their marks, which of them are folded, and to which side. Output: edits. What `mark` wrote is
//! taken out again byte for byte.

use std::ops::Range;

use super::edit::{TextEdit, apply};
use super::mark::basic;
use crate::diagnostic::{Diagnostics, FileId, SourceMap};
use crate::markup::{Exactness, Mark, MarkKind, MarkTokens, State, Text, parse_value};
use crate::name::ChangeId;

/// What becomes of marks（印の始末）.
#[derive(Clone, Copy)]
pub struct Fold<'a> {
    /// Which of them.
    pub marks: &'a dyn Fn(&Mark) -> bool,
    /// [`State::After`]: they are accepted（溶け込み）; [`State::Before`]: taken back（取消し）.
    pub to: State,
}

/// What a fold does to one mark.
enum Outcome {
    /// Its words stay, its tokens go.
    Stays,
    /// It goes with its words.
    Goes,
    /// Of its two sides one stays: what goes before it and after it.
    Half(Range<usize>, Range<usize>),
}

impl Fold<'_> {
    fn outcome(self, mark: &Mark, tokens: &MarkTokens) -> Outcome {
        let (open, close) = (&tokens.open, &tokens.close);
        match (mark.kind, self.to) {
            (MarkKind::Inserted, State::After) | (MarkKind::Deleted, State::Before) => Outcome::Stays,
            (MarkKind::Deleted, State::After) | (MarkKind::Inserted, State::Before) => Outcome::Goes,
            (MarkKind::Replaced, to) => {
                let arrow = tokens.arrow.as_ref().expect("a replacement has an arrow");
                match to {
                    State::After => Outcome::Half(open.start..arrow.end, close.clone()),
                    State::Before => Outcome::Half(open.clone(), arrow.start..close.end),
                }
            }
        }
    }
}

/// The edits that fold the marks of a running text, `range` of a file.
#[must_use]
pub fn fold_body(text: &Text, source: &str, fold: Fold<'_>) -> Vec<TextEdit> {
    let mut edits = Vec::new();
    for (mark, tokens) in written(text, fold.marks) {
        let file = mark.span.file;
        let (first, last) = match fold.outcome(mark, tokens) {
            Outcome::Stays => (tokens.open.clone(), tokens.close.clone()),
            Outcome::Half(first, last) => (first, last),
            Outcome::Goes => {
                let range = with_lines(source, tokens.open.start..tokens.close.end);
                edits.push(TextEdit::new(file, range, ""));
                continue;
            }
        };
        edits.push(TextEdit::new(file, opening(source, first), ""));
        edits.push(TextEdit::new(file, ending(source, last), ""));
    }
    row_edits(&mut edits, source);
    edits
}

/// The edits that give the marks of a running text to another change.
#[must_use]
pub fn rename_body(text: &Text, marks: &dyn Fn(&Mark) -> bool, change: &ChangeId) -> Vec<TextEdit> {
    written(text, marks).into_iter().map(|(mark, tokens)| renamed(mark, tokens, change)).collect()
}

/// The end of a mark with another change behind it.
fn renamed(mark: &Mark, tokens: &MarkTokens, change: &ChangeId) -> TextEdit {
    let brace = match mark.kind {
        MarkKind::Inserted => "++}",
        MarkKind::Deleted => "--}",
        MarkKind::Replaced => "~~}",
    };
    TextEdit::new(mark.span.file, tokens.close.clone(), format!("{brace}{{>>{change}<<}}"))
}

/// Marks that are written in the text and asked for, each once.
fn written<'t>(text: &'t Text, asked: &dyn Fn(&Mark) -> bool) -> Vec<(&'t Mark, &'t MarkTokens)> {
    let mut found: Vec<(&Mark, &MarkTokens)> = Vec::new();
    for mark in text.marks.iter().filter(|mark| asked(mark)) {
        let Some(tokens) = &mark.tokens else { continue };
        // A replacement's sides are marks of their own, with the same tokens.
        match found.iter_mut().find(|(_, known)| known.open == tokens.open) {
            Some(known) if mark.kind == MarkKind::Replaced => known.0 = mark,
            Some(_) => {}
            None => found.push((mark, tokens)),
        }
    }
    found
}

/// The beginning of a mark; where it has lines of its own, with their end and the empty line after them.
fn opening(source: &str, token: Range<usize>) -> Range<usize> {
    match own_lines(source, &token) {
        Some(lines) if source[lines.end..].starts_with("\n\n") => lines.start..lines.end + 2,
        _ => token,
    }
}

/// The end of a mark; where it has a line of its own, with that line and the empty one before it.
fn ending(source: &str, token: Range<usize>) -> Range<usize> {
    match own_lines(source, &token) {
        Some(lines) if source[..lines.start].ends_with("\n\n") => lines.start - 2..lines.end,
        _ => token,
    }
}

/// The lines of a place, without the last line end, where nothing else stands in them.
fn own_lines(source: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = source[..range.start].rfind('\n').map_or(0, |line| line + 1);
    let end = source[range.end..].find('\n').map_or(source.len(), |line| range.end + line);
    let alone = source[start..range.start].trim().is_empty() && source[range.end..end].trim().is_empty();
    alone.then_some(start..end)
}

/// A deletion with the lines that hold nothing else: their ends, the empty line beside them.
fn with_lines(source: &str, range: Range<usize>) -> Range<usize> {
    let start = source[..range.start].rfind('\n').map_or(0, |line| line + 1);
    let end = source[range.end..].find('\n').map_or(source.len(), |line| range.end + line);
    let lead = &source[start..range.start];
    if !source[range.end..end].trim().is_empty() || !is_marker(lead) {
        return range;
    }
    let before = &source[..start];
    let follows_empty = before.is_empty() || before.ends_with("\n\n");
    let after = source.get(end + 1..).unwrap_or_default();
    if !lead.trim().is_empty() {
        // An item of a list; one that was a list of its own had an empty line beside it.
        let alone = follows_empty && after.starts_with('\n');
        return match (alone, end < source.len()) {
            (true, _) => start..end + 2,
            (false, true) => start..end + 1,
            (false, false) => start.saturating_sub(1)..end,
        };
    }
    let previous = before.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    if !follows_empty && !previous.starts_with("## ") {
        // A line inside a paragraph.
        return start..(end + 1).min(source.len());
    }
    let next = after.trim_start_matches('\n');
    if after.starts_with('\n') && !next.is_empty() && !next.starts_with("## ") {
        return start..end + 2;
    }
    // The last paragraph of its text.
    start.saturating_sub(2)..end
}

/// Whether a line begins with nothing but a list's marker.
fn is_marker(lead: &str) -> bool {
    let word = lead.trim();
    let number = word.trim_end_matches(['.', ')']);
    word.is_empty()
        || matches!(word, "-" | "*" | "+")
        || (!number.is_empty() && number.len() < word.len() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Rows of a table of which every cell goes: their lines go too.
fn row_edits(edits: &mut Vec<TextEdit>, source: &str) {
    let starts: Vec<usize> = edits.iter().filter(|edit| edit.end > edit.start).map(|edit| edit.start).collect();
    let mut lines: Vec<Range<usize>> = Vec::new();
    for start in starts {
        let begin = source[..start].rfind('\n').map_or(0, |line| line + 1);
        let end = source[start..].find('\n').map_or(source.len(), |line| start + line);
        if source[begin..end].trim_start().starts_with('|') && !lines.iter().any(|line| line.start == begin) {
            lines.push(begin..end);
        }
    }
    for line in lines {
        let inside = |edit: &TextEdit| line.start <= edit.start && edit.end <= line.end;
        let mut left = source[line.clone()].to_owned();
        let mut here: Vec<TextEdit> = edits.iter().filter(|edit| inside(edit)).cloned().collect();
        here.sort();
        for edit in here.iter().rev() {
            left.replace_range(edit.start - line.start..edit.end - line.start, &edit.text);
        }
        let file = here.first().map(|edit| edit.file);
        if let (true, Some(file)) = (left.chars().all(|character| matches!(character, '|' | ' ' | '\t')), file) {
            edits.retain(|edit| !inside(edit));
            edits.push(TextEdit::new(file, line.start..(line.end + 1).min(source.len()), ""));
        }
    }
}

/// The edit that folds the marks of a value in TOML; `literal` is the value with its quotes.
#[must_use]
pub fn fold_value(text: &Text, literal: Range<usize>, source: &str, fold: Fold<'_>) -> Option<TextEdit> {
    let edits = |mark: &Mark, tokens: &MarkTokens| {
        let ranges = match fold.outcome(mark, tokens) {
            Outcome::Stays => vec![tokens.open.clone(), tokens.close.clone()],
            Outcome::Half(first, last) => vec![first, last],
            Outcome::Goes => {
                let whole = tokens.open.start..tokens.close.end;
                vec![whole]
            }
        };
        ranges.into_iter().map(|range| TextEdit::new(mark.span.file, range, "")).collect()
    };
    edited_value(text, literal, source, (fold.marks, &edits))
}

/// The edit that gives the marks of a value in TOML to another change.
#[must_use]
pub fn rename_value(
    text: &Text,
    literal: Range<usize>,
    source: &str,
    (marks, change): (&dyn Fn(&Mark) -> bool, &ChangeId),
) -> Option<TextEdit> {
    let edits = |mark: &Mark, tokens: &MarkTokens| vec![renamed(mark, tokens, change)];
    edited_value(text, literal, source, (marks, &edits))
}

/// Which marks, and what becomes of each in the value's own text.
type Editing<'a> = (&'a dyn Fn(&Mark) -> bool, &'a dyn Fn(&Mark, &MarkTokens) -> Vec<TextEdit>);

fn edited_value(text: &Text, literal: Range<usize>, source: &str, (marks, edits): Editing<'_>) -> Option<TextEdit> {
    let file = written(text, marks).first()?.0.span.file;
    let written = &source[literal.clone()];
    let value = written.parse::<toml_edit::Value>().ok()?.as_str()?.to_owned();
    let folded = in_itself(&value, text, (marks, edits));
    let single = written.starts_with('\'');
    if folded.is_empty() {
        return Some(TextEdit::new(file, emptied(source, literal, single), ""));
    }
    let is_bare = single && (folded.parse::<i64>().is_ok() || folded == "true" || folded == "false");
    let plain = written.get(1..written.len() - 1) == Some(value.as_str());
    let new = match (is_bare, plain) {
        (true, _) => folded,
        // Without escapes the quotes stay as they are.
        (false, true) => format!("{0}{folded}{0}", &written[..1]),
        (false, false) => basic(&folded),
    };
    Some(TextEdit::new(file, literal, new))
}

/// The value's own text, edited.
fn in_itself(value: &str, text: &Text, (marks, edits): Editing<'_>) -> String {
    let mut sources = SourceMap::default();
    let file: FileId = sources.add("value", value);
    // Read again by itself: where TOML escapes it, its places in the file say nothing of the marks inside.
    let default = text.marks.first().map(|mark| mark.change.clone());
    let own = parse_value(file, value, 0..value.len(), Exactness::Verbatim, default.as_ref(), &mut Diagnostics::new());
    let known = written(text, &|_| true);
    let all = written(&own, &|_| true);
    let is_asked = |at: usize, mark: &Mark| match known.get(at).filter(|_| known.len() == all.len()) {
        Some((known, _)) => marks(known),
        // Where TOML escapes it, its marks have one place together: they go by their change.
        None => text.marks.iter().any(|known| known.change == mark.change && marks(known)),
    };
    let asked = all.iter().enumerate().filter(|(at, (mark, _))| is_asked(*at, mark));
    let edits: Vec<TextEdit> = asked.flat_map(|(_, (mark, tokens))| edits(mark, tokens)).collect();
    apply(&edits, |_| value).remove(&file).unwrap_or_else(|| value.to_owned())
}

/// What goes with a value of which nothing is left: a list's member with its comma, a key with its line.
fn emptied(source: &str, literal: Range<usize>, single: bool) -> Range<usize> {
    let before = source[..literal.start].trim_end();
    let after = &source[literal.end..];
    if before.ends_with([',', '[']) {
        if before.ends_with(',') {
            return before.len() - 1..literal.end;
        }
        if !after.trim_start().starts_with(',') {
            return literal;
        }
        let comma = literal.end + after.find(',').expect("it is followed by one") + 1;
        return literal.start..comma + usize::from(source[comma..].starts_with(' '));
    }
    if single {
        let start = source[..literal.start].rfind('\n').map_or(0, |line| line + 1);
        return start..after.find('\n').map_or(source.len(), |line| literal.end + line + 1);
    }
    literal.start + 1..literal.end - 1
}
