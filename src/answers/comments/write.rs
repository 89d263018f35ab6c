//! Returned opinions into `comments.toml`: only the touched fields are rewritten, new rows are put at the end of their list.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::answers::write::tables;

use super::decide::{CommentChange, NewRow};
use super::fields::{CommentTable, Field};

/// The text of `comments.toml` with fields that change and new rows（意見の書込み）; comments, order and the look of all else stay.
///
/// # Panics
/// With a text that is not the TOML that they were made of.
#[must_use]
pub fn with_comments(text: &str, (changes, added): (&[CommentChange], &[NewRow])) -> String {
    let edited = edited(text, |document| bring(document, (changes, added)));
    edited.expect("the file was read as TOML before")
}

/// The text of a file after an edit; it keeps its own kind of line break（行末を保つ書換え）.
///
/// # Errors
/// The text is not TOML.
pub fn edited(text: &str, edit: impl FnOnce(&mut DocumentMut)) -> Result<String, toml_edit::TomlError> {
    let mut document: DocumentMut = text.parse()?;
    edit(&mut document);
    let out = document.to_string();
    // The editor knows only one kind of line break.
    Ok(if text.contains("\r\n") { out.replace("\r\n", "\n").replace('\n', "\r\n") } else { out })
}

fn bring(document: &mut DocumentMut, (changes, added): (&[CommentChange], &[NewRow])) {
    for change in changes {
        // A row that an earlier file of the same run added is not there yet: its values are those of the last file.
        let rows = document.get_mut(change.table.key()).map(tables).unwrap_or_default();
        if let Some(row) = rows.into_iter().find(|row| key_of(&**row, change.table) == change.key) {
            put(row, change.field, &change.after);
        }
    }
    for row in added {
        let list = document.entry(row.table.key()).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        match list {
            Item::ArrayOfTables(tables) => {
                let mut table = Table::new();
                fill(&mut table, row);
                tables.push(table);
            }
            Item::Value(Value::Array(members)) => {
                let mut table = InlineTable::new();
                fill(&mut table, row);
                members.push(table);
            }
            Item::None | Item::Value(_) | Item::Table(_) => unreachable!("a list of rows was read as a list"),
        }
    }
}

/// What tells a row of a table apart; empty where it does not say（行の鍵）.
#[must_use]
pub fn key_of(row: &dyn TableLike, of: CommentTable) -> String {
    match of {
        CommentTable::Opinions => {
            row.get("number").and_then(Item::as_integer).map(|number| number.to_string()).unwrap_or_default()
        }
        CommentTable::Groups => row.get("id").and_then(Item::as_str).unwrap_or_default().to_owned(),
    }
}

fn fill(table: &mut dyn TableLike, row: &NewRow) {
    match row.table {
        CommentTable::Opinions => {
            let number: i64 = row.key.parse().expect("the key of an opinion was read as a number");
            table.insert("number", toml_edit::value(number));
        }
        CommentTable::Groups => drop(table.insert("id", toml_edit::value(&row.key))),
    }
    for (field, value) in row.table.fields().iter().zip(&row.values).filter(|(_, value)| !value.is_empty()) {
        table.insert(field.key(), Item::Value(value_of(*field, value)));
    }
}

fn put(row: &mut dyn TableLike, field: Field, after: &str) {
    let mut value = value_of(field, after);
    match row.get_mut(field.key()).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(row.insert(field.key(), Item::Value(value))),
    }
}

fn value_of(field: Field, text: &str) -> Value {
    if field.is_list() { Value::Array(text.lines().collect::<Array>()) } else { Value::from(text) }
}
