//! A workbook file (`.xlsx`, `.xlsm`, `.ods`, `.xls`) as plain cells, whoever wrote it.
//!
//! Input: a path. Output: a [`Book`], or a diagnostic that says why the file is none. What a file may cost is bounded before it is
//! parsed (see [`guard`]): memory follows the limits below, never what a file claims of itself.
//!
//! # Limits
//! - 32 MiB on disk, 64 MiB unpacked, 4,096 parts;
//! - 1,000,000 cells that are not empty, 16,000,000 characters.

mod guard;
mod open_document;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Dimensions, Ods, Reader, SheetVisible, Xls, Xlsx};
use jiff::civil::Date;

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use guard::{Kind, Refusal};

/// Most cells of a workbook that are not empty.
const MOST_CELLS: usize = 1_000_000;
/// Most characters of all cells together.
const MOST_CHARACTERS: usize = 16_000_000;

/// A workbook（表計算ファイル）, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    /// In the order of their tabs.
    pub sheets: Vec<Sheet>,
}

/// A sheet（シート）.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// The cells that are not empty, by row and column from 0. A formula is its last value.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged ranges. A file of the old format (`.xls`) and one without merged cells have none.
    pub merged: Vec<Area>,
}

/// What a cell holds（セルの値）.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Characters.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that the file shows as a date.
    Date(Date),
    /// `TRUE` or `FALSE`.
    Flag(bool),
    /// An error such as `#REF!`.
    Broken(String),
}

/// A range of cells（セルの範囲）, both corners inside, rows and columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Sheet {
    /// The text of a cell as it is shown, without white space at its ends; empty for an empty cell.
    #[must_use]
    pub fn text(&self, row: u32, column: u32) -> String {
        self.cells.get(&(row, column)).map_or_else(String::new, Cell::text)
    }
}

impl Cell {
    /// The characters that the cell shows, line breaks as `\n`, without white space at the ends. A whole number has no point.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Broken(text) => text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Flag(true) => "TRUE".to_owned(),
            Self::Flag(false) => "FALSE".to_owned(),
        }
    }
}

/// The address that a spreadsheet program shows for a cell: `(0, 27)` is `AB1`.
#[must_use]
pub fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("a remainder of 26 is small");
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Reads a workbook.
///
/// Pushes [`Code::WorkbookNone`], [`Code::WorkbookBroken`], [`Code::WorkbookLocked`] or [`Code::WorkbookTooLarge`] and returns
/// `None` where the file is no workbook, is damaged, is protected by a password or is larger than the limits.
///
/// # Errors
/// [`Error::Read`] where the system refuses.
pub fn read_workbook(path: &Path, diagnostics: &mut Diagnostics) -> Result<Option<Book>, Error> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let length = std::fs::metadata(path).map_err(failed)?.len();
    let read = if length > guard::MOST_FILE_BYTES {
        Err(Refusal::TooLarge("ファイルの大きさ"))
    } else {
        parse(std::fs::read(path).map_err(failed)?)
    };
    match read {
        Ok(book) => Ok(Some(book)),
        Err(refusal) => {
            diagnostics.push(refused(path, refusal));
            Ok(None)
        }
    }
}

fn refused(path: &Path, refusal: Refusal) -> Diagnostic {
    let (code, detail) = match refusal {
        Refusal::NotOne => (Code::WorkbookNone, String::new()),
        Refusal::Broken(detail) => (Code::WorkbookBroken, detail),
        Refusal::Locked => (Code::WorkbookLocked, String::new()),
        Refusal::TooLarge(what) => (Code::WorkbookTooLarge, what.to_owned()),
    };
    Diagnostic::nowhere(code).with("path", path.display().to_string()).with("detail", detail)
}

/// The cells of a workbook's bytes.
fn parse(bytes: Vec<u8>) -> Result<Book, Refusal> {
    let kind = guard::admit(&bytes)?;
    let broken = |error: &dyn std::fmt::Display| Refusal::Broken(error.to_string());
    let mut taken = Taken::default();
    match kind {
        Kind::Xlsx => {
            let mut file = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
            let mut book = Book::default();
            for (name, hidden) in tabs(&file) {
                // Chart sheets have no cells.
                if let Ok(sheet) = xlsx_sheet(&mut file, name, hidden, &mut taken) {
                    book.sheets.push(sheet?);
                }
            }
            Ok(book)
        }
        Kind::Ods(merged) => {
            let mut file = Ods::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
            let mut merged = merged.into_iter();
            dense(&mut file, &mut taken, |_| merged.next().unwrap_or_default())
        }
        Kind::Xls => {
            let mut file = Xls::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
            let merges: BTreeMap<String, Vec<Area>> = tabs(&file)
                .into_iter()
                .map(|(name, _)| {
                    let found = file.merge_cells_by_sheet_name(&name).unwrap_or_default();
                    (name, found.into_iter().map(area).collect())
                })
                .collect();
            dense(&mut file, &mut taken, |name| merges.get(name).cloned().unwrap_or_default())
        }
    }
}

fn tabs<R: Reader<Cursor<Vec<u8>>>>(file: &R) -> Vec<(String, bool)> {
    let sheets = file.sheets_metadata().iter();
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// A sheet read cell by cell: what lies between two far cells costs nothing. `Err` outside: no sheet of cells.
fn xlsx_sheet(
    file: &mut Xlsx<Cursor<Vec<u8>>>,
    name: String,
    hidden: bool,
    taken: &mut Taken,
) -> Result<Result<Sheet, Refusal>, ()> {
    let merged = file.merge_cells_by_sheet_name(&name).unwrap_or_default().into_iter().map(area).collect();
    let mut sheet = Sheet { name, hidden, cells: BTreeMap::new(), merged };
    let mut reader = file.worksheet_cells_reader(&sheet.name).map_err(|_| ())?;
    loop {
        let cell = match reader.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(Ok(sheet)),
            Err(error) => return Ok(Err(Refusal::Broken(error.to_string()))),
        };
        if let Err(refusal) = taken.put(&mut sheet, cell.get_position(), Data::from(cell.get_value().clone())) {
            return Ok(Err(refusal));
        }
    }
}

/// The sheets of a format that is read whole; [`guard`] has bounded what they can hold.
fn dense<R: Reader<Cursor<Vec<u8>>>>(
    file: &mut R,
    taken: &mut Taken,
    mut merged: impl FnMut(&str) -> Vec<Area>,
) -> Result<Book, Refusal>
where
    R::Error: std::fmt::Display,
{
    let mut book = Book::default();
    for (name, hidden) in tabs(file) {
        let range = file.worksheet_range(&name).map_err(|error| Refusal::Broken(error.to_string()))?;
        let merged = merged(&name);
        let mut sheet = Sheet { name, hidden, cells: BTreeMap::new(), merged };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let place = |offset: usize, start: u32| start + u32::try_from(offset).expect("bounded by the guard");
            taken.put(&mut sheet, (place(row, top), place(column, left)), value.clone())?;
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

fn area(range: Dimensions) -> Area {
    Area { top: range.start.0, left: range.start.1, bottom: range.end.0, right: range.end.1 }
}

/// What all cells together take.
#[derive(Debug, Default)]
struct Taken {
    cells: usize,
    characters: usize,
}

impl Taken {
    fn put(&mut self, sheet: &mut Sheet, place: (u32, u32), value: Data) -> Result<(), Refusal> {
        let Some(cell) = cell(value) else { return Ok(()) };
        self.cells += 1;
        self.characters += if let Cell::Text(text) = &cell { text.len() } else { 0 };
        if self.cells > MOST_CELLS {
            return Err(Refusal::TooLarge("セルの数"));
        }
        if self.characters > MOST_CHARACTERS {
            return Err(Refusal::TooLarge("文字の数"));
        }
        sheet.cells.insert(place, cell);
        Ok(())
    }
}

fn cell(value: Data) -> Option<Cell> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) if text.trim().is_empty() => return None,
        Data::String(text) => Cell::Text(text),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds its numbers as floats")]
        Data::Int(number) => Cell::Number(number as f64),
        Data::Float(number) => Cell::Number(number),
        Data::Bool(flag) => Cell::Flag(flag),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            moment.is_datetime().then(|| date(year, month, day)).flatten().unwrap_or(Cell::Number(moment.as_f64()))
        }
        Data::DateTimeIso(text) => text.get(..10).and_then(|day| day.parse().ok()).map_or(Cell::Text(text), Cell::Date),
        Data::DurationIso(text) => Cell::Text(text),
        Data::Error(error) => Cell::Broken(error.to_string()),
    })
}

fn date(year: u16, month: u8, day: u8) -> Option<Cell> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(i16::try_from(year).ok()?, month, day).ok().map(Cell::Date)
}

#[cfg(test)]
mod tests;
