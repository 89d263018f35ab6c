//! The outline of a file（見出しの一覧）: its items, its changes.

use std::ops::Range;

use super::house::Standing;
use super::items::{halves, homes};
use crate::source::toml_keys;

/// A line of an outline（見出し）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// What it is called: the form's label, else its id.
    pub(super) name: String,
    /// Its id, where it is called something else.
    pub(super) id: String,
    /// The bytes that belong to it.
    pub(super) range: Range<usize>,
    /// The bytes of its id.
    pub(super) letters: Range<usize>,
    /// What it is.
    pub(super) kind: HeadingKind,
}

/// What a line of an outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadingKind {
    /// A text under a heading.
    Text,
    /// A value.
    Value,
    /// A change or an item of 主な変更内容.
    Change,
}

/// The outline of a file as it was judged last, in the order of the text.
pub(super) fn outline(standing: &Standing, path: &str) -> Vec<Heading> {
    let Some((checked, file)) = standing.file(path) else { return Vec::new() };
    let text = &*checked.workspace.sources.get(file).text;
    let mut found = Vec::new();
    if let Some(folder) = path.strip_suffix("/changes.toml") {
        let Some(read) = checked.library.changes.get(folder) else { return found };
        let changes = read.value.change.iter().map(|change| (&*change.id.value, &change.id.range, &change.reason));
        let summary = read.value.summary.iter().map(|item| (&*item.id.value, &item.id.range, &item.heading));
        for (id, range, name) in changes.chain(summary) {
            let (name, kind) = (name.clone(), HeadingKind::Change);
            let (range, letters) = (range.clone(), range.clone());
            found.push(Heading { name, id: id.to_owned(), range, letters, kind });
        }
        return found;
    }
    let Some(key) = path.strip_suffix(".md") else { return found };
    let homes = homes(standing, path);
    let label = |id: &str| {
        let items = homes.iter().filter_map(|home| home.item(id));
        items.map(|item| item.label).find(|label| !label.is_empty()).unwrap_or_else(|| id.to_owned())
    };
    let entry = checked.library.entries.get(key);
    let headed = entry.map(|entry| &entry.headed);
    let headed = headed.or_else(|| checked.library.flows.get(key).map(|flow| &flow.remarks));
    for (id, letters) in toml_keys(text, halves(path, text).front, "values") {
        let end = entry.and_then(|entry| entry.values.get(id.as_str())).map_or(letters.end, |value| value.span.end);
        let range = letters.start..end.max(letters.end);
        found.push(Heading { name: label(&id), id, range, letters, kind: HeadingKind::Value });
    }
    let starts: Vec<usize> = headed.into_iter().flatten().map(|headed| headed.span.start).collect();
    for headed in headed.into_iter().flatten() {
        let line = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
        let next = starts.iter().filter(|start| **start > headed.span.start).min();
        let end = next.map_or(text.len(), |next| line(*next));
        let letters = headed.span.start..headed.span.end;
        found.push(Heading {
            name: label(&headed.id),
            id: headed.id.clone(),
            range: line(letters.start)..end,
            letters,
            kind: HeadingKind::Text,
        });
    }
    found.sort_by_key(|heading| heading.letters.start);
    found
}
