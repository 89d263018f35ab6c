//! Differences declared: the edits that write a mark for each.
//!
//! Input: patches, the change they belong to, the files' texts. Output: edits. Folded again ([`fold`](super::fold)), the marks that
//! are written here leave the file as it was, byte for byte.

use std::ops::Range;

use super::compare::Patch;
use super::edit::TextEdit;
use crate::diagnostic::{FileId, SourceMap};
use crate::name::ChangeId;

/// The edits that declare a difference; `None` where a person has to.
///
/// `change` is the id that the marks name; none: they name none, and the file's default holds.
#[must_use]
pub fn mark(patch: &Patch, change: Option<&ChangeId>, sources: &SourceMap) -> Option<Vec<TextEdit>> {
    let id = change.map_or_else(String::new, |change| format!("{{>>{change}<<}}"));
    let source = |file: FileId| sources.get(file).text.as_ref();
    let one = |file, range: Range<usize>, text: String| Some(vec![TextEdit::new(file, range, text)]);
    match patch {
        Patch::Phrase { file, pieces, at, old } => Some(phrase(*file, pieces, *at, old, &id, source(*file))),
        Patch::Lines { file, at, lead, old, tail } => {
            let cells: Vec<String> =
                old.iter().map(|cell| if cell.is_empty() { String::new() } else { deleted(cell, &id) }).collect();
            one(*file, *at..*at, format!("{lead}{}{tail}", cells.join(" | ")))
        }
        Patch::Literal { file, range, old, new } => {
            let text = match (old.is_empty(), new.is_empty()) {
                (false, true) => deleted(old, &id),
                (true, _) => format!("{{++{new}++}}{id}"),
                (false, false) => format!("{{~~{old}~>{new}~~}}{id}"),
            };
            let was_string = source(*file)[range.clone()].starts_with(['"', '\'']);
            one(*file, range.clone(), quoted(&text, if was_string { Quotes::Double } else { Quotes::Single }))
        }
        Patch::Member { file, list, old } => {
            let members: Vec<String> = old.iter().map(|old| quoted(&deleted(old, &id), Quotes::Double)).collect();
            let (at, text) = members_at(source(*file), list.clone(), &members)?;
            one(*file, at..at, text)
        }
        Patch::Key { file, key, old } => {
            let line = format!("{key} = {}\n", quoted(&deleted(old, &id), Quotes::Single));
            let at = values_line(source(*file))?;
            one(*file, at..at, line)
        }
        Patch::Heading { file, id: heading, old } => {
            let text = source(*file);
            let end = if text.ends_with('\n') { "" } else { "\n" };
            // The mark on lines of its own says that the heading goes with it.
            let old = format!("\n\n{old}\n\n");
            one(*file, text.len()..text.len(), format!("{end}\n## {heading}\n\n{}\n", deleted(&old, &id)))
        }
        Patch::Inserted { span } => {
            let text = source(span.file);
            let at = text[span.end..].find('\n').map_or(text.len(), |line| span.end + line + 1);
            one(span.file, at..at, format!("inserted = \"{}\"\n", change?))
        }
        Patch::ByHand(_) => None,
    }
}

fn deleted(old: &str, id: &str) -> String {
    format!("{{--{old}--}}{id}")
}

fn phrase(file: FileId, pieces: &[Range<usize>], at: usize, old: &str, id: &str, source: &str) -> Vec<TextEdit> {
    if pieces.is_empty() {
        return vec![TextEdit::new(file, at..at, deleted(old, id))];
    }
    let mut edits = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        let replaces = number == 0 && !old.is_empty();
        let (open, close) = if replaces {
            (format!("{{~~{old}~>"), format!("~~}}{id}"))
        } else {
            ("{++".to_owned(), format!("++}}{id}"))
        };
        let text = &source[piece.clone()];
        edits.push(TextEdit::new(file, piece.clone(), format!("{open}{text}{close}")));
    }
    edits
}

/// Which quotes a TOML string gets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// A value that was a string, or a member of a list.
    Double,
    /// A value that was none (a number, a box) or was not there: folding knows it by these.
    Single,
}

fn quoted(text: &str, quotes: Quotes) -> String {
    if quotes == Quotes::Single && !text.contains(['\'', '\n', '\r']) && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    basic(text)
}

/// A TOML basic string.
pub(super) fn basic(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            character if character.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(character))),
            character => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Where and how members are put at the end of a list; `None` where comments stand in it.
fn members_at(source: &str, list: Range<usize>, members: &[String]) -> Option<(usize, String)> {
    let inside = &source[list.start + 1..list.end - 1];
    if inside.contains('#') {
        return None;
    }
    let kept = inside.trim_end();
    let at = list.start + 1 + kept.len();
    if kept.is_empty() {
        return Some((list.start + 1, members.join(", ")));
    }
    if !kept.ends_with(',') {
        return Some((at, format!(", {}", members.join(", "))));
    }
    // One member a line: the new ones stand as the last does.
    let before = kept.trim_end_matches(',');
    let space = before.rfind('\n').map_or(" ", |line| {
        let indent = before[line..].len() - before[line..].trim_start().len();
        &before[line..line + indent]
    });
    Some((at, members.iter().map(|member| format!("{space}{member},")).collect()))
}

/// Where a key is put into `[values]`: after the table's line.
fn values_line(source: &str) -> Option<usize> {
    let at = source.find("\n[values]")?;
    source[at + 1..].find('\n').map(|line| at + 1 + line + 1)
}
