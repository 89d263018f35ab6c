//! The way back: an assessment kept in the official form's workbook, as entry files.
//!
//! Input: the cells of a workbook and the form as data. Output: [`Imported`], files of `content/` as text and a report of what has no
//! place. It knows neither folders nor what a workspace already holds: nothing is read and nothing is written here.
//!
//! The way inside: `script` lays the form out as the labels to come, `walk` goes through the sheets and gives each cell to an item
//! (by the hidden path that our own workbooks carry, else by the labels around it), `content` and `lines` read what the item says,
//! `entry`, `flow` and `files` write it down, and `ledger` names each word that none of them took.
//!
//! # Limits
//! Bold text is not seen (the reader gives cells as plain text), nor is a figure that is a drawing. Struck words are named and not read.

mod content;
mod entry;
mod files;
mod flow;
mod history;
mod ledger;
mod lines;
mod normal;
mod script;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::manifest::{DocumentWords, FormDef};
use crate::name::{FlowId, ItemId, PersonalFileId};
use crate::render::{STAMP_SHEET, Stamp};
use crate::source::Workbook;

pub use files::{CaseNames, files, history_text};
pub use history::HistoryRow;
pub use walk::{Unplaced, bears_tag, likeness};

/// A read assessment（読み取った評価書）.
#[derive(Debug, Default)]
pub struct Imported {
    /// Text of each entry file by its path below the case's folder, without the ending: `consignment/atena-operation`.
    pub entries: BTreeMap<String, EntryFile>,
    /// Text of each flow file by its id.
    pub flows: Vec<(FlowId, String)>,
    /// 特定個人情報ファイル in print order: id and name.
    pub files: Vec<(PersonalFileId, String)>,
    /// Rows of the list of changes, the first one first.
    pub history: Vec<HistoryRow>,
    /// How many items have a text, and of how many.
    pub filled: usize,
    /// Items that must be filled in and are not: section and label.
    pub missing: Vec<(String, String)>,
    /// Cells that have no place, or whose words are not understood.
    pub unplaced: Vec<Unplaced>,
    /// Labels that were read as another, nearly the same.
    pub near: Vec<NearLabel>,
    /// What else a person must know of the workbook.
    ///
    /// Pushed are [`Code::FormCellFault`](crate::diagnostic::Code::FormCellFault), `FormCharacter`, `FormDaySecond`,
    /// `FormLabelReplaced`, `FormLabelUnknown`, `FormTagOther` and
    /// `HiddenWords`.
    pub said: Diagnostics,
}

/// An entry file（記載ファイル）, not yet written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFile {
    /// Values in front matter: item and TOML value.
    pub values: Vec<(ItemId, String)>,
    /// Texts: item and Markdown.
    pub texts: Vec<(ItemId, String)>,
    /// Headings of lists by the item's id.
    pub groups: Vec<(ItemId, String)>,
}

/// A label that was nearly that of an item（似た項目名）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearLabel {
    /// Sheet.
    pub sheet: String,
    /// Address.
    pub cell: String,
    /// What stands there.
    pub written: String,
    /// The form's label.
    pub label: String,
}

/// The stamp of a workbook that we made; `None` for others.
#[must_use]
pub fn stamp(book: &Workbook) -> Option<Stamp> {
    let sheet = book.sheets.iter().find(|sheet| sheet.name == STAMP_SHEET && sheet.hidden)?;
    let last = sheet.cells.last()?.place.row;
    let rows: Vec<[String; 3]> =
        (0..=last).map(|row| [0, 1, 2].map(|column| sheet.text(row, column).to_owned())).collect();
    let stamp = Stamp::of_rows(rows.iter().map(|row| [row[0].as_str(), row[1].as_str(), row[2].as_str()]));
    (!stamp.form.is_empty()).then_some(stamp)
}

/// Reads the assessment that a workbook holds in a form.
///
/// `known` are the files of the case, id and name: a file of one of these names keeps its id. `words` are those that documents print.
#[must_use]
pub fn read(book: &Workbook, form: &FormDef, known: &[(PersonalFileId, String)], words: &DocumentWords) -> Imported {
    let script = script::Script::new(form, &words.remarks);
    let walked = walk::walk(book, &script);
    entry::entries(book, &script, walked, known)
}
