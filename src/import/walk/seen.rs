//! What of a sheet a person sees: its shown cells in the characters in which authors write. The rest is named.

use std::collections::{BTreeMap, BTreeSet};

use super::{Walker, path};
use crate::diagnostic::{Code, Diagnostic};
use crate::render::{JOIN_LINE, JOIN_WORD};
use crate::source::{CellValue, Foreign, Place, Sheet, composed, excerpt, foreign};

/// A cell that is shown.
pub(super) struct Seen {
    pub place: Place,
    pub text: String,
}

impl Walker<'_, '_> {
    /// The shown cells of a sheet, and the paths in the hidden columns of our own workbooks.
    ///
    /// Says what cannot be read, what is hidden, and which characters no text may hold.
    pub(super) fn seen(&mut self, sheet: &Sheet) -> Vec<Seen> {
        let mut seen = Vec::new();
        // Hidden words by the hidden row, or by the hidden column where their row is shown.
        let mut hidden: BTreeMap<(Option<u32>, u32), (Place, Vec<String>)> = BTreeMap::new();
        for cell in &sheet.cells {
            let text = match &cell.value {
                CellValue::Text(text) => text,
                CellValue::Fault(fault) => {
                    let diagnostic = Diagnostic::nowhere(Code::FormCellFault).with("sheet", &sheet.name);
                    let diagnostic = diagnostic.with("cell", cell.place.label()).said("detail", fault.phrase());
                    self.walked.said.push(diagnostic);
                    continue;
                }
            };
            let row_hidden = sheet.hides_row(cell.place.row);
            if row_hidden || sheet.hides(cell.place) && !self.is_own(text) {
                if !text.trim().is_empty() && !self.is_own(text) {
                    let key = if row_hidden { (Some(cell.place.row), 0) } else { (None, cell.place.column) };
                    hidden.entry(key).or_insert_with(|| (cell.place, Vec::new())).1.push(text.clone());
                }
                continue;
            }
            seen.push(Seen { place: cell.place, text: self.written(sheet, cell.place, text) });
        }
        for (place, words) in hidden.into_values() {
            let place = format!("[{}] {}", sheet.name, place.label());
            let diagnostic = Diagnostic::nowhere(Code::HiddenWords).with("place", place);
            self.walked.said.push(diagnostic.with("word", excerpt(&words.join("、"))));
        }
        seen
    }

    /// Names the words of a hidden sheet.
    pub(super) fn hidden_sheet(&mut self, sheet: &Sheet) {
        let words = sheet.cells.iter().filter_map(|cell| match &cell.value {
            CellValue::Text(text) if !text.trim().is_empty() => Some(text.as_str()),
            CellValue::Text(_) | CellValue::Fault(_) => None,
        });
        let words: Vec<&str> = words.take(8).collect();
        if !words.is_empty() {
            let diagnostic = Diagnostic::nowhere(Code::HiddenWords).with("place", format!("[{}]", sheet.name));
            self.walked.said.push(diagnostic.with("word", excerpt(&words.join("、"))));
        }
    }

    /// Whether it is what our own workbooks keep in hidden columns.
    pub(super) fn is_own(&self, text: &str) -> bool {
        matches!(text, JOIN_LINE | JOIN_WORD) || path::own(self.script, text).is_some()
    }

    /// The characters of a cell in the form in which authors write; what they may not write is named.
    fn written(&mut self, sheet: &Sheet, place: Place, text: &str) -> String {
        let text = composed(text);
        let mut odd: BTreeSet<String> = BTreeSet::new();
        let mut written = String::with_capacity(text.len());
        for character in text.chars() {
            let Some(why) = foreign(character) else {
                written.push(character);
                continue;
            };
            odd.insert(format!("U+{:04X}", u32::from(character)));
            match (why, character) {
                // These end a line where they are seen at all.
                (_, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') => written.push('\n'),
                (Foreign::Refused(_), _) => {}
                (Foreign::PrivateUse | Foreign::Added, _) => written.push(character),
            }
        }
        if !odd.is_empty() {
            let codes = odd.into_iter().collect::<Vec<_>>().join("、");
            let diagnostic = Diagnostic::nowhere(Code::FormCharacter).with("sheet", &sheet.name);
            let diagnostic = diagnostic.with("cell", place.label()).with("code", codes);
            self.walked.said.push(diagnostic.with("text", excerpt(&written)));
        }
        written.trim_matches('\n').to_owned()
    }
}
