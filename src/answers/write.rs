//! Answers into the author's file: only the touched entries are rewritten.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, RawString, TableLike, Value};

use super::decide::AnswerChange;

/// The text of a checklist's file with changed answers（回答の書込み）; comments, order and the look of all else stay.
///
/// # Panics
/// With a text that is not the TOML of a checklist with these measures: it was read before.
#[must_use]
pub fn with_answers(text: &str, changes: &[AnswerChange]) -> String {
    let mut document: DocumentMut = text.parse().expect("the file was read as TOML before");
    let mut waiting: BTreeMap<&str, Vec<&AnswerChange>> = BTreeMap::new();
    for change in changes {
        waiting.entry(&change.id).or_default().push(change);
    }
    let sheets = tables(document.get_mut("sheet").expect("a checklist has sheets"));
    for measure in sheets.into_iter().filter_map(|sheet| sheet.get_mut("measure")).flat_map(tables) {
        let id = measure.get("id").and_then(Item::as_str).unwrap_or_default();
        for change in waiting.remove(id).unwrap_or_default() {
            put(measure, change);
        }
    }
    assert!(waiting.is_empty(), "a change names a measure that was read");
    let out = document.to_string();
    // The editor knows only one kind of line break; the file keeps its own.
    if text.contains("\r\n") { out.replace("\r\n", "\n").replace('\n', "\r\n") } else { out }
}

/// The tables of a list, however it is written: `[[sheet]]` or `sheet = [{ … }]`.
#[must_use]
pub fn tables(item: &mut Item) -> Vec<&mut dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
        Item::Value(Value::Array(members)) => {
            members.iter_mut().filter_map(Value::as_inline_table_mut).map(|table| table as &mut dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}

fn put(measure: &mut dyn TableLike, change: &AnswerChange) {
    let answer = measure.entry("answer").or_insert_with(|| {
        // A dotted table reads `answer.state = …` and needs no heading of its own.
        let mut table = toml_edit::Table::new();
        table.set_dotted(true);
        Item::Table(table)
    });
    let answer = answer.as_table_like_mut().expect("an answer was read as a table");
    let mut value = Value::from(change.after.as_str());
    match answer.get_mut(change.field.key()).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            // In `{ … }` the space before the brace belongs to the last value.
            if let Some((_, last)) = answer.iter_mut().last()
                && let Some(suffix) = last.as_value().and_then(|last| last.decor().suffix()).and_then(RawString::as_str)
                && suffix.chars().all(|character| character == ' ')
            {
                value.decor_mut().set_suffix(suffix);
                value.decor_mut().set_prefix(" ");
                last.as_value_mut().expect("it was a value").decor_mut().set_suffix("");
            }
            answer.insert(change.field.key(), Item::Value(value));
        }
    }
}
