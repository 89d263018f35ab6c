//! Workbooks that came from outside, as plain values: `.xlsx`, `.xls` and `.ods`, whichever office program saved them.
//!
//! Input: a file. Output: [`Workbook`], only the cells that hold something. A file is measured before it is parsed, so that none can
//! take more memory than its limits allow; colours, formats and rich text are left out, since no meaning may hang on them.

mod guard;
mod legacy;
mod opened;
mod spreadsheet;

use std::path::{Path, PathBuf};

use calamine::{Data, ExcelDateTime};
use jiff::civil::Date;

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use guard::Kind;

/// Largest file that is read, in bytes.
const FILE_MAX: u64 = 32 * 1024 * 1024;
/// Most bytes of text that all cells may hold together: one text may be used by every cell.
const TEXT_MAX: usize = 64 * 1024 * 1024;
/// Most cells with something in them that a workbook may have, over all its sheets.
const CELLS_MAX: usize = 2_000_000;

/// Name of the thread on which returned files are parsed, so that a program can keep quiet about its end.
pub const PARSER_THREAD: &str = "workbook-parser";

/// A workbook as values（ブックの値）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workbook {
    /// In the order of the tabs, hidden ones too.
    pub sheets: Vec<Sheet>,
}

/// A sheet（シート）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Whether the tab is hidden.
    pub hidden: bool,
    /// Cells that hold something, in the order of rows and columns; rows and columns count from 0.
    pub cells: Vec<Cell>,
    /// Merged ranges: first and last cell.
    pub merged: Vec<(Place, Place)>,
}

/// Row and column of a cell, both from 0（セルの位置）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

impl Place {
    /// As a person reads it: `D12`.
    #[must_use]
    pub fn label(self) -> String {
        let mut letters = Vec::new();
        // A file may claim any column, the last number too.
        let mut left = u64::from(self.column) + 1;
        while left > 0 {
            let letter = u8::try_from((left - 1) % 26).expect("a remainder of 26 is small");
            letters.push(char::from(b'A' + letter));
            left = (left - 1) / 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        format!("{letters}{}", u64::from(self.row) + 1)
    }
}

/// A cell that holds something（セル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Where.
    pub place: Place,
    /// What.
    pub value: CellValue,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Characters, a whole number, or the value that a formula had when the file was saved.
    Text(String),
    /// Something that is no text, and of which what was shown cannot be told.
    Fault(Fault),
}

/// Why a cell's text cannot be told（読み取れないセル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A formula that was saved without its value.
    Formula,
    /// An error value, as `#REF!`.
    Error(String),
    /// A date or a time: the text that it was shown as depends on a format. The day, where it is one.
    Date(Option<Date>),
    /// A number with a fraction: it may have been shown as a percentage.
    Fraction(String),
}

impl Sheet {
    /// What a cell holds.
    #[must_use]
    pub fn value(&self, row: u32, column: u32) -> Option<&CellValue> {
        let place = Place { row, column };
        let index = self.cells.binary_search_by_key(&place, |cell| cell.place).ok()?;
        Some(&self.cells[index].value)
    }

    /// The characters of a cell without white space at their ends; empty where it holds none.
    #[must_use]
    pub fn text(&self, row: u32, column: u32) -> &str {
        match self.value(row, column) {
            Some(CellValue::Text(text)) => text.trim(),
            Some(CellValue::Fault(_)) | None => "",
        }
    }
}

impl Workbook {
    /// The workbooks that a path stands for: a file is itself, a folder the workbooks in it, in the order of their names.
    ///
    /// Hidden files and the locks that office programs put beside an open file (`~$…`) are left out.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
        if !path.is_dir() {
            return Ok(vec![path.to_owned()]);
        }
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(path).map_err(failed)? {
            let file = entry.map_err(failed)?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            let is_workbook = [".xlsx", ".xls", ".ods"].iter().any(|ending| name.ends_with(ending));
            if is_workbook && !name.starts_with(['.', '~']) {
                files.push(file);
            }
        }
        files.sort();
        Ok(files)
    }

    /// The bytes of a workbook, to be handed on as they are.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
        std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })
    }

    /// Reads a workbook.
    ///
    /// Pushes [`Code::WorkbookNot`], [`Code::WorkbookDamaged`], [`Code::WorkbookLocked`] or [`Code::WorkbookTooLarge`] and returns
    /// `None` where it cannot be read as one.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Result<Option<Self>, Error> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let size = std::fs::metadata(path).map_err(failed)?.len();
        if size > FILE_MAX {
            diagnostics.push(Refusal::TooLarge(format!("{} MB", size / (1024 * 1024))).diagnostic(path));
            return Ok(None);
        }
        Ok(Self::of_bytes(path, std::fs::read(path).map_err(failed)?, diagnostics))
    }

    /// Reads the bytes of a workbook; `path` is what messages call it. Pushes what [`Workbook::read`] does.
    ///
    /// Parsed on a thread of its own: where damaged bytes make the parser panic, the thread ends and the file is refused.
    #[must_use]
    pub fn of_bytes(path: &Path, bytes: Vec<u8>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let parser = std::thread::Builder::new().name(PARSER_THREAD.to_owned());
        let parser = parser.spawn(move || Self::parse(bytes)).expect("the system gives one more thread");
        let parsed = parser.join().unwrap_or_else(|_| Err(Refusal::Damaged("unreadable".to_owned())));
        parsed.map_err(|refusal| diagnostics.push(refusal.diagnostic(path))).ok()
    }

    fn parse(bytes: Vec<u8>) -> Result<Self, Refusal> {
        match guard::kind(&bytes)? {
            Kind::Xlsx => opened::xlsx(bytes),
            Kind::Xls => {
                legacy::measure(&bytes)?;
                opened::xls(bytes)
            }
            Kind::Ods => {
                let merged = spreadsheet::measure(&bytes)?;
                opened::ods(bytes, &merged)
            }
        }
    }
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Refusal {
    /// It is no workbook of a kind that is read.
    Not,
    /// It is cut short or otherwise broken; what the parser said.
    Damaged(String),
    /// It needs a password.
    Locked,
    /// It is larger than any such workbook, packed or unpacked; how large.
    TooLarge(String),
}

impl Refusal {
    fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged(error.to_string())
    }

    fn diagnostic(&self, path: &Path) -> Diagnostic {
        let file = path.display().to_string();
        let (code, what) = match self {
            Self::Not => (Code::WorkbookNot, ""),
            Self::Damaged(what) => (Code::WorkbookDamaged, what.as_str()),
            Self::Locked => (Code::WorkbookLocked, ""),
            Self::TooLarge(what) => (Code::WorkbookTooLarge, what.as_str()),
        };
        Diagnostic::nowhere(code).with("file", file).with("what", what)
    }
}

/// The value of a cell; `None` for an empty one. `computed`: whether a formula stands in it.
fn value(data: Data, computed: bool) -> Option<CellValue> {
    let value = match data {
        Data::Empty if computed => CellValue::Fault(Fault::Formula),
        Data::Empty => return None,
        Data::String(text) => CellValue::Text(text),
        Data::Int(number) => CellValue::Text(number.to_string()),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => CellValue::Text(format!("{number}")),
        Data::Float(number) => CellValue::Fault(Fault::Fraction(number.to_string())),
        Data::Bool(flag) => CellValue::Text(if flag { "TRUE" } else { "FALSE" }.to_owned()),
        Data::DateTime(moment) => CellValue::Fault(Fault::Date(moment.is_datetime().then(|| day(&moment)).flatten())),
        Data::DateTimeIso(text) => CellValue::Fault(Fault::Date(text.get(..10).and_then(|day| day.parse().ok()))),
        Data::DurationIso(_) => CellValue::Fault(Fault::Date(None)),
        Data::Error(error) => CellValue::Fault(Fault::Error(error.to_string())),
    };
    match value {
        CellValue::Text(text) if text.is_empty() => None,
        value => Some(value),
    }
}

fn day(moment: &ExcelDateTime) -> Option<Date> {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_as_in_a_spreadsheet() {
        let label = |row, column| Place { row, column }.label();
        assert_eq!(label(0, 0), "A1");
        assert_eq!(label(11, 3), "D12");
        assert_eq!(label(0, 25), "Z1");
        assert_eq!(label(1_048_575, 16_383), "XFD1048576");
        assert_eq!(label(u32::MAX, u32::MAX), "MWLQKWV4294967296");
    }

    #[test]
    fn what_was_shown_is_never_guessed() {
        assert_eq!(value(Data::Float(3.0), false), Some(CellValue::Text("3".to_owned())));
        assert_eq!(value(Data::Float(0.5), false), Some(CellValue::Fault(Fault::Fraction("0.5".to_owned()))));
        assert_eq!(value(Data::Empty, true), Some(CellValue::Fault(Fault::Formula)));
        assert_eq!(value(Data::Empty, false), None);
    }
}
