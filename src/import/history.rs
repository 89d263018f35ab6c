//! The list of changes of a workbook（別添3）as the history of a case: rows that are printed again before those of its own changes.

use super::normal::normal;
use super::walk::{Bit, Unplaced};
use crate::model::manifest::{ColumnDef, ColumnField};

/// A row of an earlier change（変更箇所の履歴）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryRow {
    /// 変更日.
    pub changed_on: String,
    /// 項目.
    pub item: String,
    /// 変更前の記載.
    pub before: String,
    /// 変更後の記載.
    pub after: String,
    /// 提出時期.
    pub timing: String,
    /// 提出時期に係る説明.
    pub timing_note: String,
}

impl HistoryRow {
    /// The cell of a column; none for one that a list of the form does not have.
    fn cell(&mut self, field: ColumnField) -> Option<&mut String> {
        match field {
            ColumnField::ChangedOn => Some(&mut self.changed_on),
            ColumnField::Item => Some(&mut self.item),
            ColumnField::Before => Some(&mut self.before),
            ColumnField::After => Some(&mut self.after),
            ColumnField::Timing => Some(&mut self.timing),
            ColumnField::TimingNote => Some(&mut self.timing_note),
            ColumnField::Row | ColumnField::Pages | ColumnField::Reason => None,
        }
    }
}

/// Least labels of the list that make a row its header.
const LABELS_LEAST: usize = 3;

/// The rows of a list by its columns; cells that stand in none of them have no place.
///
/// A row without an item goes on from the one above it, and one without a day is of the day above it.
pub(super) fn history(bits: &[Bit], columns: &[ColumnDef]) -> (Vec<HistoryRow>, Vec<Unplaced>) {
    let (mut rows, mut unplaced): (Vec<HistoryRow>, Vec<Unplaced>) = (Vec::new(), Vec::new());
    let mut fields: Vec<(u32, ColumnField)> = Vec::new();
    for cells in bits.chunk_by(|one, next| one.sheet == next.sheet && one.place.0 == next.place.0) {
        let label = |bit: &Bit| columns.iter().find(|column| normal(&column.label) == normal(&bit.text));
        let labels: Vec<(u32, ColumnField)> =
            cells.iter().filter_map(|bit| Some((bit.place.1, label(bit)?.field))).collect();
        // The header is repeated on every page.
        if labels.len() >= LABELS_LEAST {
            fields = labels;
            continue;
        }
        let mut row = HistoryRow::default();
        for bit in cells {
            let field = fields.iter().rev().find(|(column, _)| *column <= bit.place.1).map(|(_, field)| *field);
            match field.and_then(|field| row.cell(field)) {
                Some(cell) => add(cell, &bit.text),
                None => unplaced.push(Unplaced {
                    sheet: bit.sheet.clone(),
                    cell: bit.cell(),
                    text: bit.text.trim().to_owned(),
                    label: String::new(),
                }),
            }
        }
        if row == HistoryRow::default() {
            continue;
        }
        match rows.last_mut() {
            Some(last) if row.item.is_empty() => {
                for field in fields.iter().map(|(_, field)| *field) {
                    let more = row.cell(field).map(std::mem::take).unwrap_or_default();
                    if let Some(cell) = last.cell(field).filter(|_| !more.is_empty()) {
                        add(cell, &more);
                    }
                }
            }
            last => {
                if row.changed_on.is_empty() {
                    row.changed_on = last.map(|last| last.changed_on.clone()).unwrap_or_default();
                }
                rows.push(row);
            }
        }
    }
    (rows, unplaced)
}

fn add(cell: &mut String, text: &str) {
    if !cell.is_empty() {
        cell.push('\n');
    }
    cell.push_str(text.trim());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::walk::BitJoin;

    fn columns() -> Vec<ColumnDef> {
        let all = [
            ("変更日", ColumnField::ChangedOn),
            ("項目", ColumnField::Item),
            ("変更前の記載", ColumnField::Before),
            ("変更後の記載", ColumnField::After),
        ];
        all.map(|(label, field)| ColumnDef { label: label.to_owned(), field, width: 0.25 }).to_vec()
    }

    fn bits(rows: &[&[&str]]) -> Vec<Bit> {
        let mut found = Vec::new();
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, text) in (0_u32..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                let place = (row, column);
                found.push(Bit {
                    text: (*text).to_owned(), join: BitJoin::Line, sheet: "変更箇所".to_owned(), place
                });
            }
        }
        found
    }

    #[test]
    fn rows_are_read_by_the_labels_of_their_columns() {
        let bits = bits(&[
            &["変更日", "項目", "変更前の記載", "変更後の記載"],
            &["令和5年4月1日", "表紙", "甲", "乙"],
            &["", "Ⅰ－1", "丙", "丁"],
            &["", "", "", "（上記つづき）"],
        ]);
        let (rows, unplaced) = history(&bits, &columns());
        assert!(unplaced.is_empty());
        let [first, second] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!((first.item.as_str(), first.before.as_str(), first.after.as_str()), ("表紙", "甲", "乙"));
        assert_eq!(second.changed_on, "令和5年4月1日");
        assert_eq!(second.after, "丁\n（上記つづき）");
    }

    #[test]
    fn what_stands_under_no_label_is_named() {
        let (rows, unplaced) = history(&bits(&[&["令和5年4月1日", "表紙"]]), &columns());
        assert!(rows.is_empty());
        assert_eq!(unplaced.len(), 2);
    }
}
