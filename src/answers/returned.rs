//! A returned workbook as rows of answers: which cell holds what, found by headers and ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::name::{CaseName, MeasureId};
use crate::source::{Cell, CellValue, Place, Sheet, Workbook, excerpt, foreign};

use super::columns::{Column, Field, bare};
use super::stamp::{MoreStamp, RowStamp, STAMP_SHEET, SUMMARY_SHEET, Seam, sent_mark};
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
    pub(super) exported: BTreeSet<MeasureId>,
}

/// A row with an id.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: MeasureId,
    /// `None`: not readable.
    pub(super) stamp: Option<RowStamp>,
    /// Where the id stands, as a person reads it.
    pub(super) place: String,
    /// What is asked, as the sheet shows it; `None` where the column is gone or unreadable.
    pub(super) question: Option<String>,
    /// Mark of the cells that nobody fills in, as the sheet shows them; `None` where one of their columns is gone.
    pub(super) sent: Option<String>,
    /// Whether a person sees each answer, in the order of [`Field::ALL`].
    pub(super) sights: [Sight; 4],
    /// What is answered, in the order of [`Field::ALL`].
    pub(super) answers: [Answer; 4],
}

/// Whether a person who opens the file sees an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// It is shown.
    Shown,
    /// Its row, its column or its sheet is hidden.
    Hidden,
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
    /// The cases that its rows say they answer.
    #[must_use]
    pub fn cases(&self) -> BTreeSet<CaseName> {
        self.rows.iter().filter_map(|row| row.stamp.as_ref()).map(|stamp| stamp.case.clone()).collect()
    }

    /// Reads a workbook's rows.
    ///
    /// Pushes [`Code::ReturnedForeign`] for a workbook without any row, and what is wrong with single sheets, columns and cells:
    /// [`Code::SheetUnknown`], [`Code::KeyColumnMissing`], [`Code::ColumnMissing`], [`Code::ColumnTwice`], [`Code::ColumnUnknown`],
    /// [`Code::RowWithoutId`], [`Code::CellMerged`], [`Code::CellFault`], [`Code::AnswerInvalid`], [`Code::AnswerCharacter`]; what
    /// stands beside the cells and what is hidden: [`Code::NoteBeside`], [`Code::HiddenWords`], [`Code::BookUnseen`].
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
                    Some(CellValue::Text(text)) => Some(MeasureId::from(text.trim())),
                    _ => None,
                });
                returned.exported.extend(texts);
            } else if sheet.name.trim() != SUMMARY_SHEET {
                unknown.push(grid.unknown(file, sheet));
            }
        }
        if tables == 0 {
            diagnostics.push(Diagnostic::nowhere(Code::ReturnedForeign).with("file", file));
        } else {
            workbook.report(file, diagnostics);
            unknown.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        }
        returned
    }
}

/// The cells of a sheet by row and column.
pub(super) struct Grid<'a> {
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, &'a CellValue>>,
}

impl<'a> Grid<'a> {
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        let mut rows: BTreeMap<u32, BTreeMap<u32, &CellValue>> = BTreeMap::new();
        for Cell { place, value } in &sheet.cells {
            rows.entry(place.row).or_default().insert(place.column, value);
        }
        Self { rows }
    }

    /// A sheet that is not taken over, with the words on it.
    pub(super) fn unknown(&self, file: &str, sheet: &Sheet) -> Diagnostic {
        let words = self.rows.values().flat_map(BTreeMap::values).filter_map(|cell| text_of(cell));
        let words = excerpt(&words.filter(|text| !text.is_empty()).take(8).collect::<Vec<_>>().join("、"));
        if sheet.hidden {
            let place = format!("{file} [{}]", sheet.name);
            return Diagnostic::nowhere(Code::HiddenWords).with("place", place).with("word", words);
        }
        Diagnostic::nowhere(Code::SheetUnknown).with("file", file).with("sheet", &sheet.name).with("word", words)
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

pub(super) fn is_blank(cell: &CellValue) -> bool {
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
pub(super) type Covered = BTreeMap<u32, Vec<(u32, u32)>>;

pub(super) fn is_covered(covered: &Covered, Place { row, column }: Place) -> bool {
    covered.get(&column).is_some_and(|ranges| {
        let begun = ranges.partition_point(|(first, _)| *first <= row);
        begun.checked_sub(1).is_some_and(|last| ranges[last].1 >= row)
    })
}

/// Rows of the columns that are read and lie in a merged range below the row of headers; each range is named once.
pub(super) fn covered(
    sheet: &Sheet,
    (file, header): (&str, u32),
    read: &[u32],
    grid: &Grid<'_>,
    diagnostics: &mut Diagnostics,
) -> Covered {
    let last = grid.rows.keys().next_back().copied().unwrap_or(0);
    let mut covered = Covered::new();
    for (first, end) in &sheet.merged {
        let rows = first.row.max(header + 1)..=end.row.min(last);
        let touched: Vec<u32> =
            read.iter().copied().filter(|column| (first.column..=end.column).contains(column)).collect();
        if touched.is_empty() || rows.is_empty() || first == end {
            continue;
        }
        let range = format!("{}:{}", first.label(), end.label());
        let place = format!("{} [{}] {range}", file, sheet.name);
        diagnostics.push(Diagnostic::nowhere(Code::CellMerged).with("place", place));
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

/// Which measure a row is about, as messages call it, and where its answers go on.
struct Asked<'a> {
    id: &'a MeasureId,
    question: &'a str,
    more: &'a BTreeMap<usize, More>,
}

/// A row that goes on with a measure's texts（続きの行）.
struct More {
    row: u32,
    /// Of what is asked.
    text: String,
    /// The answers that go on in it.
    answers: Vec<(Field, Seam)>,
}

impl More {
    /// How an answer goes on in it.
    fn seam(&self, field: Field) -> Option<Seam> {
        self.answers.iter().find(|(own, _)| *own == field).map(|(_, seam)| *seam)
    }
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
        let (more, none) = (self.more(*id, *stamp, &columns), BTreeMap::new());
        let mut rows = Vec::new();
        let mut strange: BTreeMap<u32, Place> = BTreeMap::new();
        for (&row, cells) in self.grid.rows.range(self.header + 1..) {
            let key = cells.get(id).and_then(|cell| text_of(cell)).map(MeasureId::from).unwrap_or_default();
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
            if let Some(more) = more_stamp(cells, *stamp) {
                // What is answered there and did not go on there has a row of its own above.
                let is_own = |field: &&Field| more.answers.iter().any(|(own, _)| own == *field);
                let answered = |field: &Field| columns.at.get(&field.column()).and_then(|column| cells.get(column));
                if Field::ALL.iter().filter(|field| !is_own(field)).filter_map(answered).any(|cell| !is_blank(cell)) {
                    self.without_id(row, cells, &columns);
                }
                continue;
            }
            let of = |column: Column| columns.at.get(&column).map(|column| cells.get(column).copied());
            let shown = |column: Column| match of(column)? {
                None => Some(String::new()),
                Some(cell) => text_of(cell),
            };
            let place = Place { row, column: *id };
            let more = more.get(&key).unwrap_or(&none);
            let sights = Field::ALL.map(|field| {
                let column = columns.at.get(&field.column()).copied();
                let below = more.values().filter(|more| more.seam(field).is_some()).map(|more| more.row);
                let mut rows = std::iter::once(row).chain(below);
                let hidden = column.is_some_and(|column| rows.any(|row| self.sheet.hides(Place { row, column })));
                if self.sheet.hidden || hidden { Sight::Hidden } else { Sight::Shown }
            });
            let question = shown(Column::Text).map(|text| more.values().fold(text, |text, more| text + &more.text));
            let sent = match (shown(Column::Category), &question, shown(Column::State)) {
                (Some(category), Some(question), Some(state)) => {
                    Some(sent_mark([key.as_str(), &category, question, &state]))
                }
                _ => None,
            };
            let asked = Asked { id: &key, question: question.as_deref().unwrap_or_default(), more };
            let answers = Field::ALL.map(|field| self.answer(field, row, &asked, &columns, &merged));
            rows.push(Row {
                stamp: cells.get(stamp).and_then(|cell| RowStamp::of_text(&text_of(cell)?)),
                place: self.place(place),
                question,
                sent,
                sights,
                answers,
                id: key,
            });
        }
        for place in strange.into_values() {
            let words = self.grid.rows.range(place.row..).filter_map(|(_, cells)| text_of(cells.get(&place.column)?));
            let words: Vec<String> = words.filter(|text| !text.is_empty()).take(5).collect();
            let diagnostic = Diagnostic::nowhere(Code::ColumnUnknown).with("place", self.place(place));
            self.diagnostics.push(diagnostic.with("word", excerpt(&words.join("、"))));
        }
        rows
    }

    /// What goes on with the texts of measures in rows of its own, by measure and in order, wherever those rows stand by now.
    fn more(&self, id: u32, stamp: u32, columns: &Columns) -> BTreeMap<MeasureId, BTreeMap<usize, More>> {
        let mut all: BTreeMap<MeasureId, BTreeMap<usize, More>> = BTreeMap::new();
        for (&row, cells) in self.grid.rows.range(self.header + 1..) {
            let words = |column: u32| cells.get(&column).and_then(|cell| text_of(cell));
            if let (Some(stamp), Some(id)) = (more_stamp(cells, stamp), words(id)) {
                let text = columns.at.get(&Column::Text).and_then(|column| words(*column)).unwrap_or_default();
                all.entry(id.into()).or_default().insert(stamp.index, More { row, text, answers: stamp.answers });
            }
        }
        all
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
        covered(self.sheet, (self.file, self.header), &answered, self.grid, self.diagnostics)
    }

    fn answer(&mut self, field: Field, row: u32, asked: &Asked<'_>, columns: &Columns, merged: &Covered) -> Answer {
        let Some(&column) = columns.at.get(&field.column()) else {
            return if columns.twice.contains(&field.column()) { Answer::Unknown } else { Answer::Absent };
        };
        let at = Place { row, column };
        let mut typed = String::new();
        let below = asked.more.values().filter_map(|more| Some((more.row, more.seam(field)?.text())));
        for (row, seam) in std::iter::once((row, "")).chain(below) {
            let at = Place { row, column };
            if is_covered(merged, at) {
                return Answer::Unknown;
            }
            match self.grid.rows.get(&row).and_then(|cells| cells.get(&column)) {
                None => {}
                Some(CellValue::Text(text)) => typed.extend([seam, text]),
                Some(CellValue::Fault(fault)) => {
                    let diagnostic = Diagnostic::nowhere(Code::CellFault).with("place", self.place(at));
                    self.diagnostics.push(diagnostic.said("detail", fault.phrase()));
                    return Answer::Unknown;
                }
            }
        }
        let typed = words::tidy(&typed);
        let text = match field {
            Field::State => match words::state(&typed) {
                Some(state) => state.label().to_owned(),
                None => {
                    let diagnostic = Diagnostic::nowhere(Code::AnswerInvalid).with("place", self.place(at));
                    let diagnostic = diagnostic.with("word", excerpt(&typed)).with("id", asked.id);
                    self.diagnostics.push(diagnostic.with("measure", excerpt(asked.question)));
                    return Answer::Unknown;
                }
            },
            Field::Detail | Field::Note | Field::Reason => {
                let odd = typed.chars().filter(|character| foreign(*character).is_some());
                let odd: BTreeSet<String> = odd.map(|character| format!("U+{:04X}", u32::from(character))).collect();
                if !odd.is_empty() {
                    let diagnostic = Diagnostic::nowhere(Code::AnswerCharacter).with("place", self.place(at));
                    let codes = odd.into_iter().collect::<Vec<_>>().join("、");
                    let word: String = typed.chars().filter(|character| !character.is_control()).collect();
                    self.diagnostics.push(diagnostic.with("code", codes).with("word", excerpt(&word)));
                    return Answer::Unknown;
                }
                typed
            }
        };
        Answer::Typed { text, place: self.place(at) }
    }

    /// Words in a row that belongs to no measure: a remark, or a measure that somebody added.
    fn without_id(&mut self, row: u32, cells: &BTreeMap<u32, &CellValue>, columns: &Columns) {
        let filled = cells.iter().filter(|(column, cell)| columns.headed.contains(column) && !is_blank(cell));
        let filled: Vec<(u32, &CellValue)> = filled.map(|(column, cell)| (*column, *cell)).collect();
        let answers = Field::ALL.iter().filter_map(|field| columns.at.get(&field.column()));
        let answers: BTreeSet<u32> = answers.copied().collect();
        // What was answered is what would be lost; the other words say which row it is.
        let of_answers = filled.iter().filter(|(column, _)| answers.contains(column));
        let keys = [Column::Id, Column::Stamp].map(|column| columns.at.get(&column).copied());
        let others = filled.iter().filter(|(at, _)| !answers.contains(at) && !keys.contains(&Some(*at)));
        let words = of_answers.chain(others).filter_map(|(_, cell)| text_of(cell));
        // The keys of a row alone are nobody's words.
        if let Some((column, _)) = filled.iter().find(|(at, _)| !keys.contains(&Some(*at))) {
            let place = self.place(Place { row, column: *column });
            let diagnostic = Diagnostic::nowhere(Code::RowWithoutId).with("place", place);
            self.diagnostics.push(diagnostic.with("word", excerpt(&words.collect::<Vec<_>>().join("、"))));
        }
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

/// What a row goes on with, where it is none of its own.
fn more_stamp(cells: &BTreeMap<u32, &CellValue>, stamp: u32) -> Option<MoreStamp> {
    MoreStamp::of_text(&text_of(cells.get(&stamp)?)?)
}

/// A cell's words as they are kept; `None` where they cannot be told.
pub(super) fn text_of(cell: &CellValue) -> Option<String> {
    match cell {
        CellValue::Text(text) => Some(words::tidy(text)),
        CellValue::Fault(_) => None,
    }
}
