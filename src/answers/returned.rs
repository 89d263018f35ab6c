//! A returned workbook as rows of answers: which cell holds what, found by headers and ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase};
use crate::source::{Cell, CellValue, Fault, Place, Sheet, Workbook};

use super::columns::{Column, Field, bare};
use super::stamp::{RowStamp, STAMP_SHEET, SUMMARY_SHEET};
use super::words;

/// Fewest headers by which a row is known as the row of headers.
const HEADERS_MIN: usize = 4;

/// A returned workbook（返送されたブック）.
#[derive(Debug, Clone)]
pub struct Returned {
    /// Name of the file.
    pub file: String,
    /// Rows that carry an id, in the order of sheets and rows.
    pub(super) rows: Vec<Row>,
    /// Ids that the export held; empty where the hidden sheet is gone.
    pub(super) exported: BTreeSet<String>,
}

/// A row with an id.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: String,
    /// `None`: not readable.
    pub(super) stamp: Option<RowStamp>,
    /// Where the id stands, as a person reads it.
    pub(super) place: String,
    /// What is asked, as the sheet shows it; `None` where the column is gone or unreadable.
    pub(super) question: Option<String>,
    /// What is answered, in the order of [`Field::ALL`].
    pub(super) answers: [Answer; 4],
}

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Its column is gone.
    Absent,
    /// It cannot be told; that has been said.
    Unknown,
    /// What was typed, as it is kept, and where.
    Typed {
        /// As it is kept.
        text: String,
        /// As a person reads it.
        place: String,
    },
}

impl Returned {
    /// Reads a workbook's rows.
    ///
    /// Pushes [`Code::ReturnedForeign`] for a workbook without any row, and what is wrong with single sheets, columns and cells:
    /// [`Code::SheetUnknown`], [`Code::KeyColumnMissing`], [`Code::ColumnMissing`], [`Code::ColumnTwice`], [`Code::ColumnUnknown`],
    /// [`Code::RowWithoutId`], [`Code::CellMerged`], [`Code::CellFault`], [`Code::AnswerInvalid`].
    #[must_use]
    pub fn read(file: &str, workbook: &Workbook, diagnostics: &mut Diagnostics) -> Self {
        let mut returned = Self { file: file.to_owned(), rows: Vec::new(), exported: BTreeSet::new() };
        let mut tables = 0;
        let mut unknown = Vec::new();
        for sheet in workbook.sheets.iter().filter(|sheet| !sheet.cells.is_empty()) {
            let grid = Grid::of(sheet);
            if let Some(header) = grid.header() {
                tables += 1;
                let mut reader = Reader { file, sheet, grid: &grid, header, diagnostics };
                returned.rows.extend(reader.rows());
            } else if bare(&sheet.name) == STAMP_SHEET {
                let texts = grid.rows.values().filter_map(|row| match row.get(&0) {
                    Some(CellValue::Text(text)) => Some(text.trim().to_owned()),
                    _ => None,
                });
                returned.exported.extend(texts);
            } else if sheet.name.trim() != SUMMARY_SHEET {
                unknown.push(Diagnostic::nowhere(Code::SheetUnknown).with("file", file).with("sheet", &sheet.name));
            }
        }
        if tables == 0 {
            diagnostics.push(Diagnostic::nowhere(Code::ReturnedForeign).with("file", file));
        } else {
            unknown.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        }
        returned
    }
}

/// The cells of a sheet by row and column.
struct Grid<'a> {
    rows: BTreeMap<u32, BTreeMap<u32, &'a CellValue>>,
}

impl<'a> Grid<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let mut rows: BTreeMap<u32, BTreeMap<u32, &CellValue>> = BTreeMap::new();
        for Cell { place, value } in &sheet.cells {
            rows.entry(place.row).or_default().insert(place.column, value);
        }
        Self { rows }
    }

    /// The first row that is one of headers.
    fn header(&self) -> Option<u32> {
        let headers = |row: &BTreeMap<u32, &CellValue>| row.values().filter(|cell| column_of(cell).is_some()).count();
        self.rows.iter().find(|(_, row)| headers(row) >= HEADERS_MIN).map(|(row, _)| *row)
    }
}

fn column_of(cell: &CellValue) -> Option<Column> {
    match cell {
        CellValue::Text(text) => Column::of_header(text),
        CellValue::Fault(_) => None,
    }
}

fn is_blank(cell: &CellValue) -> bool {
    matches!(cell, CellValue::Text(text) if words::tidy(text).is_empty())
}

/// The columns of a sheet.
#[derive(Default)]
struct Columns {
    /// By what they are; one that stands twice is none, since which of them counts cannot be told.
    at: BTreeMap<Column, u32>,
    /// Those that stand twice.
    twice: BTreeSet<Column>,
    /// All that have a known header.
    headed: BTreeSet<u32>,
}

/// Rows of each column of answers that lie in merged ranges: first and last, in order and apart from each other.
///
/// Ranges and not single cells, since a file may claim any number of ranges over all of its rows.
type Covered = BTreeMap<u32, Vec<(u32, u32)>>;

fn is_covered(covered: &Covered, Place { row, column }: Place) -> bool {
    covered.get(&column).is_some_and(|ranges| {
        let begun = ranges.partition_point(|(first, _)| *first <= row);
        begun.checked_sub(1).is_some_and(|last| ranges[last].1 >= row)
    })
}

/// One sheet with a table being read.
struct Reader<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    grid: &'a Grid<'a>,
    header: u32,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn rows(&mut self) -> Vec<Row> {
        let columns = self.columns();
        let gone = |column: Column| !columns.at.contains_key(&column) && !columns.twice.contains(&column);
        for column in [Column::Id, Column::Stamp].into_iter().filter(|column| gone(*column)) {
            self.push_about(Code::KeyColumnMissing, column.header());
        }
        let (Some(id), Some(stamp)) = (columns.at.get(&Column::Id), columns.at.get(&Column::Stamp)) else {
            return Vec::new();
        };
        for field in Field::ALL.into_iter().filter(|field| gone(field.column())) {
            self.push_about(Code::ColumnMissing, field.column().header());
        }
        let merged = self.merged(&columns);
        let mut rows = Vec::new();
        let mut strange: BTreeMap<u32, Place> = BTreeMap::new();
        for (&row, cells) in self.grid.rows.range(self.header + 1..) {
            let key = cells.get(id).and_then(|cell| text_of(cell)).unwrap_or_default();
            if key == Column::Id.header() {
                // A row of headers that somebody copied further down.
                continue;
            }
            for (&column, _) in cells.iter().filter(|(_, cell)| !is_blank(cell)) {
                if !columns.headed.contains(&column) {
                    strange.entry(column).or_insert(Place { row, column });
                }
            }
            if key.is_empty() {
                self.without_id(row, cells, &columns);
                continue;
            }
            rows.push(Row {
                id: key,
                stamp: cells.get(stamp).and_then(|cell| RowStamp::of_text(&text_of(cell)?)),
                place: self.place(Place { row, column: *id }),
                question: columns.at.get(&Column::Text).map(|column| cells.get(column).copied()).and_then(|cell| {
                    match cell {
                        None => Some(String::new()),
                        Some(cell) => text_of(cell),
                    }
                }),
                answers: Field::ALL.map(|field| self.answer(field, row, cells, &columns, &merged)),
            });
        }
        for place in strange.into_values() {
            self.push(Code::ColumnUnknown, place);
        }
        rows
    }

    fn columns(&mut self) -> Columns {
        let mut columns = Columns::default();
        for (&at, cell) in &self.grid.rows[&self.header] {
            if let Some(column) = column_of(cell) {
                columns.headed.insert(at);
                if columns.at.insert(column, at).is_some() {
                    columns.twice.insert(column);
                }
            }
        }
        for column in columns.twice.clone() {
            self.push_about(Code::ColumnTwice, column.header());
            columns.at.remove(&column);
        }
        columns
    }

    /// Rows and columns of answers that lie in a merged range; each range is named once.
    fn merged(&mut self, columns: &Columns) -> Covered {
        let answered: Vec<u32> =
            Field::ALL.iter().filter_map(|field| columns.at.get(&field.column())).copied().collect();
        let last = self.grid.rows.keys().next_back().copied().unwrap_or(0);
        let mut covered = Covered::new();
        for (first, end) in &self.sheet.merged {
            let rows = first.row.max(self.header + 1)..=end.row.min(last);
            let touched: Vec<u32> =
                answered.iter().copied().filter(|column| (first.column..=end.column).contains(column)).collect();
            if touched.is_empty() || rows.is_empty() || first == end {
                continue;
            }
            let range = format!("{}:{}", first.label(), end.label());
            let place = format!("{} [{}] {range}", self.file, self.sheet.name);
            self.diagnostics.push(Diagnostic::nowhere(Code::CellMerged).with("place", place));
            for column in touched {
                covered.entry(column).or_default().push((*rows.start(), *rows.end()));
            }
        }
        for ranges in covered.values_mut() {
            ranges.sort_unstable();
            ranges.dedup_by(|next, kept| {
                let joins = next.0 <= kept.1;
                kept.1 = if joins { kept.1.max(next.1) } else { kept.1 };
                joins
            });
        }
        covered
    }

    fn answer(
        &mut self,
        field: Field,
        row: u32,
        cells: &BTreeMap<u32, &CellValue>,
        columns: &Columns,
        merged: &Covered,
    ) -> Answer {
        let Some(&column) = columns.at.get(&field.column()) else {
            return if columns.twice.contains(&field.column()) { Answer::Unknown } else { Answer::Absent };
        };
        let at = Place { row, column };
        if is_covered(merged, at) {
            return Answer::Unknown;
        }
        let typed = match cells.get(&column) {
            None => String::new(),
            Some(CellValue::Text(text)) => words::tidy(text),
            Some(CellValue::Fault(fault)) => {
                let diagnostic = Diagnostic::nowhere(Code::CellFault).with("place", self.place(at));
                self.diagnostics.push(diagnostic.said("detail", fault_words(fault)));
                return Answer::Unknown;
            }
        };
        let text = match field {
            Field::State => match words::state(&typed) {
                Some(state) => state.label().to_owned(),
                None => {
                    let diagnostic = Diagnostic::nowhere(Code::AnswerInvalid).with("place", self.place(at));
                    self.diagnostics.push(diagnostic.with("word", typed));
                    return Answer::Unknown;
                }
            },
            Field::Detail | Field::Note | Field::Reason => typed,
        };
        Answer::Typed { text, place: self.place(at) }
    }

    /// Words in a row that belongs to no measure: a remark, or a measure that somebody added.
    fn without_id(&mut self, row: u32, cells: &BTreeMap<u32, &CellValue>, columns: &Columns) {
        let first = cells.iter().find(|(column, cell)| columns.headed.contains(column) && !is_blank(cell));
        if let Some((&column, cell)) = first {
            let words = text_of(cell).unwrap_or_default();
            let diagnostic = Diagnostic::nowhere(Code::RowWithoutId).with("place", self.place(Place { row, column }));
            self.diagnostics.push(diagnostic.with("word", words));
        }
    }

    fn place(&self, place: Place) -> String {
        format!("{} [{}] {}", self.file, self.sheet.name, place.label())
    }

    fn push(&mut self, code: Code, place: Place) {
        self.diagnostics.push(Diagnostic::nowhere(code).with("place", self.place(place)));
    }

    /// Something about a column of the sheet.
    fn push_about(&mut self, code: Code, column: &str) {
        let place = format!("{} [{}]", self.file, self.sheet.name);
        self.diagnostics.push(Diagnostic::nowhere(code).with("place", place).with("column", column));
    }
}

/// A cell's words as they are kept; `None` where they cannot be told.
fn text_of(cell: &CellValue) -> Option<String> {
    match cell {
        CellValue::Text(text) => Some(words::tidy(text)),
        CellValue::Fault(_) => None,
    }
}

fn fault_words(fault: &Fault) -> Phrase {
    match fault {
        Fault::Formula => Phrase::said("値のない数式", "a formula without a value"),
        Fault::Error(name) => Phrase::said(format!("エラー値 {name}"), format!("the error value {name}")),
        Fault::Date(_) => Phrase::said("日付又は時刻", "a date or a time"),
        Fault::Fraction(number) => {
            Phrase::said(format!("小数を含む数 {number}"), format!("a number with a fraction, {number}"))
        }
    }
}
