//! Workbooks that came from outside, as plain values: `.xlsx`, `.xls` and `.ods`, whichever office program saved them.
//!
//! Input: a file, a folder or an archive of files. Output: [`Workbook`], only the cells that hold something, each as a person sees it
//! on the sheet: with its number format, without the readings above its characters. What a person sees otherwise than as a cell's
//! words stands beside them: comments and text boxes ([`Note`]), hidden sheets, rows and columns, struck words ([`Fault::Struck`]).
//! What a kind of file does not tell is said ([`Unseen`]). A file is measured before or while it is parsed, so that none can take more
//! memory than its limits allow; colours are left out, since no meaning may hang on them.

mod files;
mod format;
mod guard;
mod legacy;
mod ods;
mod words;
mod xls;
mod xlsx;
mod xml;

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase};
use format::{Epoch, Format};
use guard::Kind;
use words::{Strike, Words};

pub use files::{Found, FoundFile};

/// Largest file that is read, in bytes.
const FILE_MAX: u64 = 32 * 1024 * 1024;
/// Most bytes of text that all cells may hold together: one text may be used by every cell.
const TEXT_MAX: usize = 64 * 1024 * 1024;
/// Most sheets of a workbook.
const SHEETS_MAX: usize = 1_000;
/// Most cells with something in them that a workbook may have, over all its sheets.
const CELLS_MAX: usize = 2_000_000;

/// Name of the thread on which returned files are parsed, so that a program can keep quiet about its end.
pub const PARSER_THREAD: &str = "workbook-parser";

/// A workbook as values（ブックの値）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workbook {
    /// In the order of the tabs, hidden ones too.
    pub sheets: Vec<Sheet>,
    /// What of it cannot be seen; each once.
    pub unseen: Vec<Unseen>,
}

/// What of a file cannot be seen（読み取れないもの）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unseen {
    /// Words in pictures and in drawn diagrams.
    Pictures,
    /// What the binary format keeps where this reader does not look: words struck inside a cell, words of comments and shapes.
    OldFormat,
}

impl Unseen {
    /// In words.
    #[must_use]
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Pictures => Phrase::said("図や画像の中の文字", "words in pictures and diagrams"),
            Self::OldFormat => Phrase::said(
                "セルの文字の一部に引いた取消線と、コメントや図形の文字（.xls の形式のため）",
                "words struck inside a cell, and the words of comments and shapes (the format .xls keeps them elsewhere)",
            ),
        }
    }
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
    /// Hidden rows: first and last, from 0; in order and apart from each other.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, as the rows.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Words that stand beside the cells.
    pub notes: Vec<Note>,
}

/// Words that stand on a sheet and in no cell（コメント・テキストボックス）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// The cell that it hangs on or begins over; `None`: it is bound to none.
    pub place: Option<Place>,
    /// Its words; empty where they cannot be told.
    pub text: String,
}

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// A comment（コメント）.
    Comment,
    /// A text box or a shape with words（テキストボックス）.
    TextBox,
}

impl NoteKind {
    /// In words.
    #[must_use]
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Comment => Phrase::said("コメント", "a comment"),
            Self::TextBox => Phrase::said("テキストボックス", "a text box"),
        }
    }
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

    /// The place of `D12` or `$D$12`.
    fn of_label(label: &str) -> Option<Self> {
        let label = label.replace('$', "");
        let digits = label.find(|character: char| character.is_ascii_digit())?;
        let (letters, row) = label.split_at(digits);
        let mut column = 0_u32;
        for letter in letters.bytes() {
            let letter = letter.to_ascii_uppercase();
            if !letter.is_ascii_uppercase() {
                return None;
            }
            column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
        }
        Some(Self { row: row.parse::<u32>().ok()?.checked_sub(1)?, column: column.checked_sub(1)? })
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
    /// The characters that it shows; of a formula those that it had when the file was saved.
    Text(String),
    /// Something of which what was shown, or what was meant, cannot be told.
    Fault(Fault),
}

/// Why a cell's text cannot be told（読み取れないセル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A formula that was saved without its value.
    Formula,
    /// An error value, as `#REF!`.
    Error(String),
    /// A value in a format that is not known: what it showed is not guessed.
    Format {
        /// The format's code; empty: the file tells none.
        code: String,
        /// The value as it is stored.
        value: String,
    },
    /// Words of which some are struck through: whether they still stand is for a person to say.
    Struck {
        /// Those that are.
        struck: String,
        /// Those that are not.
        kept: String,
    },
}

impl Fault {
    /// In words, for a person who has to look at the cell.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Formula => Phrase::said("値のない数式", "a formula without a value"),
            Self::Error(name) => Phrase::said(format!("エラー値 {name}"), format!("the error value {name}")),
            Self::Format { code, value } if code.is_empty() => {
                Phrase::said(format!("表示の分からない値 {value}"), format!("a value without what it showed, {value}"))
            }
            Self::Format { code, value } => Phrase::said(
                format!("表示形式「{code}」の値 {value}"),
                format!("a value in the format `{code}`, {value}"),
            ),
            Self::Struck { struck, kept } if kept.trim().is_empty() => {
                Phrase::said(format!("取消線のある文字「{struck}」"), format!("struck words `{struck}`"))
            }
            Self::Struck { struck, kept } => Phrase::said(
                format!("取消線のある文字「{struck}」（残りの文字「{kept}」）"),
                format!("struck words `{struck}` (the others: `{kept}`)"),
            ),
        }
    }
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
        let data = std::fs::metadata(path).map_err(failed)?;
        // A pipe or a device may have no end.
        if !data.is_file() {
            diagnostics.push(Refusal::Not.diagnostic(path));
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(failed)?;
        file.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > FILE_MAX {
            diagnostics.push(Refusal::TooLarge(format!("{} MB", data.len() / (1024 * 1024))).diagnostic(path));
            return Ok(None);
        }
        Ok(Self::of_bytes(path, bytes, diagnostics))
    }

    /// What each workbook says that these files and folders hold, in their order; each is called by its path. Pushes what [`FoundFile::below`] and
    /// [`Workbook::read`] do.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn read_each<T>(
        files: &[PathBuf],
        diagnostics: &mut Diagnostics,
        says: impl Fn(&str, &Self, &mut Diagnostics) -> T,
    ) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        for path in files {
            for file in FoundFile::below(path, diagnostics)? {
                let name = file.path.display().to_string();
                if let Some(workbook) = Self::read_found(file, diagnostics)? {
                    all.push(says(&name, &workbook, diagnostics));
                }
            }
        }
        Ok(all)
    }

    /// Reads a file that was found. Pushes what [`Workbook::read`] does.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn read_found(file: FoundFile, diagnostics: &mut Diagnostics) -> Result<Option<Self>, Error> {
        match file.found {
            Found::File => Self::read(&file.path, diagnostics),
            Found::Unpacked(bytes) => Ok(Self::of_bytes(&file.path, bytes, diagnostics)),
        }
    }

    /// Says what stands beside the cells of the visible sheets, and what of the file cannot be seen.
    ///
    /// Pushes [`Code::NoteBeside`] and [`Code::BookUnseen`]. `file` is what messages call it.
    pub fn report(&self, file: &str, diagnostics: &mut Diagnostics) {
        for sheet in self.sheets.iter().filter(|sheet| !sheet.hidden) {
            for note in &sheet.notes {
                let cell = note.place.map(|place| format!(" {}", place.label())).unwrap_or_default();
                let diagnostic = Diagnostic::nowhere(Code::NoteBeside)
                    .with("place", format!("{file} [{}]{cell}", sheet.name))
                    .said("kind", note.kind.phrase());
                diagnostics.push(if note.text.is_empty() {
                    diagnostic.said("text", Phrase::said("（文字は読み取れません）", "(its words cannot be read)"))
                } else {
                    diagnostic.with("text", excerpt(&note.text))
                });
            }
        }
        for unseen in &self.unseen {
            let diagnostic = Diagnostic::nowhere(Code::BookUnseen).with("file", file);
            diagnostics.push(diagnostic.said("what", unseen.phrase()));
        }
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
        let mut book = match guard::kind(&bytes)? {
            Kind::Xlsx => xlsx::read(&bytes),
            Kind::Xls => xls::read(bytes),
            Kind::Ods => ods::read(&bytes),
        }?;
        for sheet in &mut book.sheets {
            joined(&mut sheet.hidden_rows);
            joined(&mut sheet.hidden_columns);
        }
        Ok(book)
    }
}

impl Sheet {
    /// Whether a row or a column of a cell is hidden.
    #[must_use]
    pub fn hides(&self, place: Place) -> bool {
        self.hides_row(place.row) || holds(&self.hidden_columns, place.column)
    }

    /// Whether a row is hidden.
    #[must_use]
    pub fn hides_row(&self, row: u32) -> bool {
        holds(&self.hidden_rows, row)
    }
}

/// Whether ranges that are in order and apart hold a number.
fn holds(ranges: &[(u32, u32)], at: u32) -> bool {
    let begun = ranges.partition_point(|(first, _)| *first <= at);
    begun.checked_sub(1).is_some_and(|last| ranges[last].1 >= at)
}

/// Puts ranges in order and makes one of those that touch.
fn joined(ranges: &mut Vec<(u32, u32)>) {
    ranges.sort_unstable();
    ranges.dedup_by(|next, kept| {
        let joins = next.0 <= kept.1.saturating_add(1);
        kept.1 = if joins { kept.1.max(next.1) } else { kept.1 };
        joins
    });
}

/// What a workbook may still take（残りの量）.
#[derive(Debug)]
struct Budget {
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: CELLS_MAX, text: TEXT_MAX }
    }
}

impl Budget {
    /// Takes the room of a cell.
    fn take(&mut self, value: &CellValue) -> Result<(), Refusal> {
        self.cells = self.cells.checked_sub(1).ok_or_else(|| Refusal::more_than(CELLS_MAX, "cells"))?;
        match value {
            CellValue::Text(text) => self.words(text),
            CellValue::Fault(Fault::Struck { struck, kept }) => {
                self.words(struck)?;
                self.words(kept)
            }
            CellValue::Fault(Fault::Format { value, .. } | Fault::Error(value)) => self.words(value),
            CellValue::Fault(Fault::Formula) => Ok(()),
        }
    }

    /// Takes the room of a note, which counts as a cell.
    fn note(&mut self, note: &Note) -> Result<(), Refusal> {
        self.take(&CellValue::Text(note.text.clone()))
    }

    /// Takes the room of words.
    fn words(&mut self, text: &str) -> Result<(), Refusal> {
        let too_large = || Refusal::TooLarge(format!("> {} MB", TEXT_MAX / (1024 * 1024)));
        self.text = self.text.checked_sub(text.len()).ok_or_else(too_large)?;
        Ok(())
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
    /// More of something than a workbook may have.
    fn more_than(most: usize, what: &str) -> Self {
        Self::TooLarge(format!("> {most} {what}"))
    }

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

/// The beginning of words that somebody wrote, in one line: enough to find them by.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.trim().replace(char::is_control, " ");
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// The value of a cell with a number in a format; `None` for one that shows nothing.
fn numbered(format: &Format, value: f64, epoch: Epoch, strike: Strike) -> Option<CellValue> {
    match format.number(value, epoch) {
        Some(shown) => Words::plain(shown, strike).value(),
        None => {
            // No digits without end of a number that is very large or very small.
            let plain = value == 0.0 || (1e-9..1e15).contains(&value.abs());
            let value = if plain { value.to_string() } else { format!("{value:e}") };
            let fault = Fault::Format { code: format.code().to_owned(), value };
            Some(CellValue::Fault(fault))
        }
    }
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
    fn a_name_leads_to_its_place() {
        for name in ["A1", "D12", "Z1", "AA10", "XFD1048576"] {
            assert_eq!(Place::of_label(name).map(Place::label).as_deref(), Some(name));
        }
        assert_eq!(Place::of_label("$D$12").map(Place::label).as_deref(), Some("D12"));
        for name in ["", "12", "D", "D0", "あ1", "D-1", "ZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(Place::of_label(name), None, "{name}");
        }
    }

    #[test]
    fn what_was_shown_is_never_guessed() {
        let value = |code: &str, value: f64| numbered(&Format::new(code), value, Epoch::Of1900, Strike::None);
        assert_eq!(value("0%", 0.5), Some(CellValue::Text("50%".to_owned())));
        let fault = Fault::Format { code: "# ?/?".to_owned(), value: "0.5".to_owned() };
        assert_eq!(value("# ?/?", 0.5), Some(CellValue::Fault(fault)));
        assert_eq!(value("0;-0;;@", 0.0), None);
    }
}
