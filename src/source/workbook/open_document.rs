//! The sheets of an OpenDocument spreadsheet before they are read: how many cells they make, and which are merged.
//!
//! A few bytes such as `number-columns-repeated="16384"` stand for thousands of cells, which the reader writes out one by one.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Area;
use super::guard::{MOST_DENSE_CELLS, Refusal};

/// Rows and columns that the format's programs know at most.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

/// The merged ranges of each sheet, in the order of the sheets, if all their cells together stay in bounds.
pub(super) fn merged(content: &str) -> Result<Vec<Vec<Area>>, Refusal> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let mut counted = Counted::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => counted.start(&element),
            Ok(Event::End(element)) => counted.end(element.name().as_ref()),
            Ok(Event::Eof) => return Ok(counted.sheets),
            Ok(Event::Text(_) | Event::CData(_)) => counted.filled = true,
            Ok(_) => {}
            Err(error) => return Err(Refusal::Broken(error.to_string())),
        }
        if counted.cells > MOST_DENSE_CELLS {
            return Err(Refusal::TooLarge("セルの範囲"));
        }
    }
}

/// The walk through a file.
#[derive(Debug, Default)]
struct Counted {
    sheets: Vec<Vec<Area>>,
    /// Cells written out so far, of all sheets.
    cells: u64,
    /// Row that is being read.
    row: u32,
    /// How often it stands.
    row_repeats: u32,
    /// Column of the next cell.
    column: u32,
    /// Column after the last cell of the row that holds something.
    row_end: u32,
    /// Rectangle of the sheet so far.
    width: u32,
    height: u32,
    /// Whether the cell that is being read holds something.
    filled: bool,
    cell_repeats: u32,
}

impl Counted {
    fn start(&mut self, element: &BytesStart<'_>) {
        match element.name().as_ref() {
            "table:table" => {
                self.sheets.push(Vec::new());
                (self.row, self.width, self.height) = (0, 0, 0);
            }
            "table:table-row" => {
                self.row_repeats = number(element, "table:number-rows-repeated").unwrap_or(1).min(MOST_ROWS);
                (self.column, self.row_end) = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell_repeats = number(element, "table:number-columns-repeated").unwrap_or(1).min(MOST_COLUMNS);
                self.filled = element.attributes().flatten().any(|attribute| {
                    let key: &str = attribute.key.as_ref();
                    key.starts_with("office:") || key == "table:formula"
                });
                self.merge(element);
            }
            _ => {}
        }
    }

    fn merge(&mut self, element: &BytesStart<'_>) {
        let columns = number(element, "table:number-columns-spanned").unwrap_or(1).clamp(1, MOST_COLUMNS);
        let rows = number(element, "table:number-rows-spanned").unwrap_or(1).clamp(1, MOST_ROWS);
        let (top, left) = (self.row, self.column);
        if let (true, Some(sheet)) = (columns > 1 || rows > 1, self.sheets.last_mut()) {
            sheet.push(Area { top, left, bottom: top + rows - 1, right: left + columns - 1 });
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                self.column = (self.column + self.cell_repeats).min(MOST_COLUMNS);
                if self.filled {
                    self.row_end = self.column;
                }
            }
            "table:table-row" => {
                self.row = (self.row + self.row_repeats).min(MOST_ROWS);
                if self.row_end > 0 {
                    // The reader writes the row out once for each time it stands, and the empty rows before it.
                    self.width = self.width.max(self.row_end);
                    self.height = self.row;
                    self.cells += u64::from(self.row_end);
                }
            }
            "table:table" => self.cells += u64::from(self.width) * u64::from(self.height),
            _ => {}
        }
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    // A number too large to hold is as large as can be.
    Some(found.value.parse::<u64>().map_or(u32::MAX, |number| u32::try_from(number).unwrap_or(u32::MAX)))
}
