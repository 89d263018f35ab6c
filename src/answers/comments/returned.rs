//! A workbook of opinions as rows: which cell holds what, found by headers and keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::columns::bare;
use crate::answers::returned::{Grid, Sight, covered, is_blank, is_covered, text_of};
use crate::answers::stamp::STAMP_SHEET;
use crate::answers::words::tidy;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::name::CaseName;
use crate::source::{CellValue, Place, Sheet, Workbook, excerpt, foreign};

use super::fields::{COUNTED, CommentTable, Field, STAMP, is_personal};
use super::sheet::{BOOK_KIND, RowStamp};

/// A workbook of opinions（意見のブック）.
#[derive(Debug, Clone)]
pub struct ReturnedComments {
    /// Name of the file.
    pub file: String,
    /// Its rows in the order of sheets and rows.
    pub(super) rows: Vec<Row>,
    /// Keys that went out, by table; empty where the hidden sheet is gone or never was.
    pub(super) exported: BTreeSet<(CommentTable, String)>,
}

/// A row with a key.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) table: CommentTable,
    pub(super) key: String,
    /// `None`: it was added, or came from another workbook.
    pub(super) stamp: Option<RowStamp>,
    /// Where the key stands, as a person reads it.
    pub(super) place: String,
    /// In the order of [`CommentTable::fields`].
    pub(super) cells: Vec<FieldCell>,
    /// Whether a person who opens the file sees it.
    pub(super) sight: Sight,
}

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FieldCell {
    /// Its column is gone.
    Absent,
    /// It cannot be told; that has been said.
    Unknown,
    /// What was typed, as it is kept, and where.
    Typed { text: String, place: String },
}

impl ReturnedComments {
    /// The cases that its rows say they belong to.
    #[must_use]
    pub fn cases(&self) -> BTreeSet<CaseName> {
        self.rows.iter().filter_map(|row| row.stamp.as_ref()).map(|stamp| stamp.case.clone()).collect()
    }

    /// Reads a workbook's rows.
    ///
    /// Pushes [`Code::CommentsForeign`] for a workbook without a table of opinions or groups, [`Code::PersonalColumn`] for each column that
    /// tells who sent an opinion in, and what is wrong with single sheets, columns and cells: [`Code::SheetUnknown`],
    /// [`Code::ColumnMissing`], [`Code::ColumnTwice`], [`Code::ColumnUnknown`], [`Code::CommentsRow`], [`Code::CommentsCell`],
    /// [`Code::CellMerged`], [`Code::CellFault`], [`Code::AnswerCharacter`]; what stands beside the cells and what is hidden:
    /// [`Code::NoteBeside`], [`Code::HiddenWords`], [`Code::BookUnseen`].
    #[must_use]
    pub fn read(file: &str, workbook: &Workbook, diagnostics: &mut Diagnostics) -> Self {
        let mut returned = Self { file: file.to_owned(), rows: Vec::new(), exported: BTreeSet::new() };
        let mut tables = 0;
        let mut unknown = Vec::new();
        let mut told = Vec::new();
        for sheet in workbook.sheets.iter().filter(|sheet| bare(&sheet.name) == STAMP_SHEET) {
            told.extend(returned.stamped(sheet));
        }
        for sheet in workbook.sheets.iter().filter(|sheet| !sheet.cells.is_empty()) {
            let grid = Grid::of(sheet);
            if let Some((header, table)) = header(&grid) {
                tables += 1;
                let mut reader = Reader { file, sheet, grid: &grid, header, table, told: &told, diagnostics };
                returned.rows.extend(reader.rows());
            } else if bare(&sheet.name) != STAMP_SHEET {
                unknown.push(grid.unknown(file, sheet));
            }
        }
        if tables == 0 {
            diagnostics.push(Diagnostic::nowhere(Code::CommentsForeign).with("file", file));
        } else {
            workbook.report(file, diagnostics);
            unknown.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        }
        returned
    }

    /// Reads the hidden sheet; returns the title that went out above the tables.
    fn stamped(&mut self, sheet: &Sheet) -> Option<String> {
        if sheet.text(0, 0) != BOOK_KIND {
            return None;
        }
        let rows: BTreeSet<u32> = sheet.cells.iter().map(|cell| cell.place.row).filter(|row| *row > 0).collect();
        for row in rows {
            let table = CommentTable::ALL.into_iter().find(|table| table.key() == sheet.text(row, 0));
            self.exported.extend(table.map(|table| (table, sheet.text(row, 1).to_owned())));
        }
        Some(tidy(sheet.text(0, 4)))
    }
}

/// The first row that is one of headers, and of which table.
fn header(grid: &Grid<'_>) -> Option<(u32, CommentTable)> {
    grid.rows.iter().find_map(|(row, cells)| {
        let headers: Vec<String> = cells.values().filter_map(|cell| text_of(cell)).collect();
        let has = |field: Field| headers.iter().any(|header| field.is_headed(header));
        let keyed = |table: CommentTable| headers.iter().any(|header| table.is_key(header));
        let table = if keyed(CommentTable::Opinions) && has(Field::Text) {
            CommentTable::Opinions
        } else if keyed(CommentTable::Groups) && has(Field::Heading) {
            CommentTable::Groups
        } else {
            return None;
        };
        Some((*row, table))
    })
}

/// One sheet with a table being read.
struct Reader<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    grid: &'a Grid<'a>,
    header: u32,
    table: CommentTable,
    /// Titles that went out above the tables.
    told: &'a [String],
    diagnostics: &'a mut Diagnostics,
}

/// The columns of a sheet.
struct Columns {
    key: Option<u32>,
    stamp: Option<u32>,
    /// In the order of the table's fields; `Err`: it stands twice.
    fields: Vec<Result<Option<u32>, ()>>,
    /// Those that are read, and those that need not be.
    headed: BTreeSet<u32>,
}

impl Reader<'_> {
    fn rows(&mut self) -> Vec<Row> {
        self.above();
        let columns = self.columns();
        let Some(key) = columns.key else { return Vec::new() };
        let read: Vec<u32> = columns.fields.iter().filter_map(|column| *column.as_ref().ok()?).chain([key]).collect();
        let covered = covered(self.sheet, (self.file, self.header), &read, self.grid, self.diagnostics);
        let mut rows = Vec::new();
        for (&row, cells) in self.grid.rows.range(self.header + 1..) {
            let shown = |column: u32| cells.get(&column).and_then(|cell| text_of(cell)).unwrap_or_default();
            let filled = |column: &u32| cells.get(column).is_some_and(|cell| !is_blank(cell));
            let at = Place { row, column: key };
            if self.table.is_key(&shown(key)) {
                // A row of headers that somebody copied further down.
                continue;
            }
            if !read.iter().any(filled) {
                continue;
            }
            let typed = shown(key);
            if is_covered(&covered, at) {
                continue;
            }
            let Some(name) = self.table.key_typed(&typed) else {
                let words: Vec<String> = read.iter().map(|column| shown(*column)).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
                let diagnostic = Diagnostic::nowhere(Code::CommentsRow).with("place", self.place(at));
                let diagnostic = diagnostic.with("column", self.table.key_header());
                self.diagnostics.push(diagnostic.with("word", excerpt(&words.join("、"))));
                continue;
            };
            let stamp = columns.stamp.and_then(|column| RowStamp::of_text(&shown(column), self.table.fields()));
            let fields = self.table.fields().iter().zip(&columns.fields);
            let cells: Vec<FieldCell> = fields
                .map(|(field, column)| match column {
                    Err(()) => FieldCell::Unknown,
                    Ok(None) => FieldCell::Absent,
                    Ok(Some(column)) => {
                        let at = Place { row, column: *column };
                        if is_covered(&covered, at) { FieldCell::Unknown } else { self.cell(*field, at) }
                    }
                })
                .collect();
            let hidden =
                self.sheet.hidden || read.iter().any(|column| self.sheet.hides(Place { row, column: *column }));
            rows.push(Row {
                table: self.table,
                // A row whose key is no longer that of its stamp is another row now.
                stamp: stamp.filter(|stamp| stamp.key == name),
                key: name,
                place: self.place(at),
                cells,
                sight: if hidden { Sight::Hidden } else { Sight::Shown },
            });
        }
        rows
    }

    /// Words above the headers that did not go out with the table.
    fn above(&mut self) {
        let rows = self.grid.rows.range(..self.header);
        let cells = rows.flat_map(|(row, cells)| cells.iter().map(|(column, cell)| (*row, *column, *cell)));
        for (row, column, cell) in cells {
            let Some(text) = text_of(cell).filter(|text| !text.is_empty()) else { continue };
            if text == tidy(self.table.guide()) || self.told.contains(&text) {
                continue;
            }
            let place = self.place(Place { row, column });
            self.diagnostics
                .push(Diagnostic::nowhere(Code::ColumnUnknown).with("place", place).with("word", excerpt(&text)));
        }
    }

    fn columns(&mut self) -> Columns {
        let table = self.table;
        let mut columns =
            Columns { key: None, stamp: None, fields: vec![Ok(None); table.fields().len()], headed: BTreeSet::new() };
        let cells: Vec<(u32, String)> = self.grid.rows[&self.header]
            .iter()
            .filter_map(|(column, cell)| Some((*column, text_of(cell).filter(|text| !text.is_empty())?)))
            .collect();
        let mut twice = BTreeSet::new();
        for (column, header) in &cells {
            let field = table.fields().iter().position(|field| field.is_headed(header));
            if table.is_key(header) {
                if columns.key.replace(*column).is_some() {
                    twice.insert(table.key_header());
                }
            } else if let Some(field) = field {
                columns.fields[field] = match columns.fields[field] {
                    Ok(None) => Ok(Some(*column)),
                    Ok(Some(_)) | Err(()) => {
                        twice.insert(table.fields()[field].header());
                        Err(())
                    }
                };
            } else if bare(header) == STAMP {
                columns.stamp = Some(*column);
            } else if bare(header) != COUNTED {
                self.unknown_column(*column, header);
            }
            columns.headed.insert(*column);
        }
        for header in &twice {
            self.push_about(Code::ColumnTwice, header);
        }
        if twice.contains(table.key_header()) {
            columns.key = None;
        }
        for (field, column) in table.fields().iter().zip(&columns.fields) {
            if *column == Ok(None) {
                self.push_about(Code::ColumnMissing, field.header());
            }
        }
        self.unheaded(&columns.headed);
        columns
    }

    /// A column that the table does not have: one that tells who sent an opinion in is named without its words.
    fn unknown_column(&mut self, column: u32, header: &str) {
        let words = self.grid.rows.range(self.header + 1..).filter_map(|(_, cells)| cells.get(&column));
        let words: Vec<String> = words.filter_map(|cell| text_of(cell)).filter(|text| !text.is_empty()).collect();
        let place = self.place(Place { row: self.header, column });
        if is_personal(header) {
            let diagnostic = Diagnostic::nowhere(Code::PersonalColumn).with("place", place);
            self.diagnostics.push(diagnostic.with("column", header).with("count", words.len().to_string()));
            return;
        }
        let shown = std::iter::once(header).chain(words.iter().map(String::as_str)).take(5);
        let words = excerpt(&shown.collect::<Vec<_>>().join("、"));
        self.diagnostics.push(Diagnostic::nowhere(Code::ColumnUnknown).with("place", place).with("word", words));
    }

    /// Words below no header.
    fn unheaded(&mut self, headed: &BTreeSet<u32>) {
        let mut strange: BTreeMap<u32, (Place, Vec<String>)> = BTreeMap::new();
        for (&row, cells) in self.grid.rows.range(self.header + 1..) {
            for (&column, cell) in cells.iter().filter(|(column, cell)| !headed.contains(column) && !is_blank(cell)) {
                let (_, words) = strange.entry(column).or_insert_with(|| (Place { row, column }, Vec::new()));
                words.extend(text_of(cell));
            }
        }
        for (place, words) in strange.into_values() {
            let words = words.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("、");
            let diagnostic = Diagnostic::nowhere(Code::ColumnUnknown).with("place", self.place(place));
            self.diagnostics.push(diagnostic.with("word", excerpt(&words)));
        }
    }

    fn cell(&mut self, field: Field, at: Place) -> FieldCell {
        let typed = match self.sheet.value(at.row, at.column) {
            None => String::new(),
            Some(CellValue::Text(text)) => tidy(text),
            Some(CellValue::Fault(fault)) => {
                let diagnostic = Diagnostic::nowhere(Code::CellFault).with("place", self.place(at));
                self.diagnostics.push(diagnostic.said("detail", fault.phrase()));
                return FieldCell::Unknown;
            }
        };
        let odd: BTreeSet<String> = typed
            .chars()
            .filter(|character| foreign(*character).is_some())
            .map(|character| format!("U+{:04X}", u32::from(character)))
            .collect();
        if !odd.is_empty() {
            let word: String = typed.chars().filter(|character| !character.is_control()).collect();
            let diagnostic = Diagnostic::nowhere(Code::AnswerCharacter).with("place", self.place(at));
            let codes = odd.into_iter().collect::<Vec<_>>().join("、");
            self.diagnostics.push(diagnostic.with("code", codes).with("word", excerpt(&word)));
            return FieldCell::Unknown;
        }
        let text = match field.kept(&typed) {
            Ok(text) => text,
            Err(cure) => {
                let diagnostic = Diagnostic::nowhere(Code::CommentsCell).with("place", self.place(at));
                let diagnostic = diagnostic.with("column", field.header()).with("word", excerpt(&typed));
                self.diagnostics.push(diagnostic.said("cure", cure));
                return FieldCell::Unknown;
            }
        };
        FieldCell::Typed { text, place: self.place(at) }
    }

    fn place(&self, place: Place) -> String {
        format!("{} [{}] {}", self.file, self.sheet.name, place.label())
    }

    /// Something about a column of the sheet.
    fn push_about(&mut self, code: Code, column: &str) {
        let place = format!("{} [{}]", self.file, self.sheet.name);
        self.diagnostics.push(Diagnostic::nowhere(code).with("place", place).with("column", column));
    }
}
