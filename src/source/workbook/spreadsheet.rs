//! What the parser does not tell of an `.ods`: its merged cells; and how much room it would take, since one element may stand for a
//! million repeated cells.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{CELLS_MAX, Place, Refusal};

/// Merged ranges of each sheet, by its name.
pub(super) type Merged = BTreeMap<String, Vec<(Place, Place)>>;

/// Where the scan stands in a sheet.
#[derive(Debug, Default)]
struct Scan {
    merged: Merged,
    sheet: String,
    row: usize,
    column: usize,
    row_repeats: usize,
    /// Cells of the present row up to the last that holds something.
    width: usize,
    /// Rows and columns of the present sheet up to the last that hold something: the parser lays them out as a full rectangle.
    extent: (usize, usize),
    /// Cells of the sheets before.
    total: usize,
}

/// Refuses an `.ods` that would take too much room; finds its merged ranges.
pub(super) fn measure(bytes: &[u8]) -> Result<Merged, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let locked = is_locked(&mut archive)?;
    let part = archive.by_name("content.xml").map_err(Refusal::damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    let mut scan = Scan::default();
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    loop {
        buffer.clear();
        // An encrypted part is no XML. Any other that is none is not left to the parser, which overlooks a wrong end of an element.
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(_) if locked => return Err(Refusal::Locked),
            Err(error) => return Err(Refusal::damaged(error)),
        };
        match event {
            Event::Start(start) => {
                open += 1;
                scan.start(&start);
            }
            Event::End(end) => {
                open -= 1;
                if end.name().as_ref() == "table:table-row" {
                    scan.end_of_row()?;
                }
            }
            // The parser would look for the end of the element without end.
            Event::Eof if locked => return Err(Refusal::Locked),
            Event::Eof if open > 0 => return Err(Refusal::Damaged("element without end".to_owned())),
            Event::Eof => return Ok(scan.merged),
            _ => {}
        }
    }
}

/// Whether the list of parts says that some are encrypted.
fn is_locked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<bool, Refusal> {
    let mut manifest = Vec::new();
    let mut part = archive.by_name("META-INF/manifest.xml").map_err(Refusal::damaged)?;
    part.read_to_end(&mut manifest).map_err(Refusal::damaged)?;
    Ok(String::from_utf8_lossy(&manifest).contains("encryption-data"))
}

impl Scan {
    fn start(&mut self, start: &BytesStart<'_>) {
        match start.name().as_ref() {
            "table:table" => {
                self.sheet = text(start, "table:name").unwrap_or_default();
                self.row = 0;
                self.total = self.total.saturating_add(self.extent.0.saturating_mul(self.extent.1));
                self.extent = (0, 0);
            }
            "table:table-row" => {
                self.column = 0;
                self.width = 0;
                self.row_repeats = number(start, "table:number-rows-repeated");
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(start),
            _ => {}
        }
    }

    fn cell(&mut self, start: &BytesStart<'_>) {
        let rows = number(start, "table:number-rows-spanned");
        let columns = number(start, "table:number-columns-spanned");
        if rows > 1 || columns > 1 {
            let corner = |row: usize, column: usize| {
                let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
                Place { row: small(row), column: small(column) }
            };
            let last = corner(self.row.saturating_add(rows - 1), self.column.saturating_add(columns - 1));
            self.merged.entry(self.sheet.clone()).or_default().push((corner(self.row, self.column), last));
        }
        self.column = self.column.saturating_add(number(start, "table:number-columns-repeated"));
        let holds = ["office:value-type", "table:formula", "office:value", "office:string-value"];
        if holds.iter().any(|name| text(start, name).is_some()) {
            self.width = self.column;
        }
    }

    fn end_of_row(&mut self) -> Result<(), Refusal> {
        self.row = self.row.saturating_add(self.row_repeats);
        if self.width == 0 {
            // Rows without anything cost nothing unless something follows them.
            return Ok(());
        }
        self.extent = (self.row, self.extent.1.max(self.width));
        if self.total.saturating_add(self.extent.0.saturating_mul(self.extent.1)) > CELLS_MAX {
            return Err(Refusal::TooLarge(format!("> {CELLS_MAX} cells")));
        }
        Ok(())
    }
}

fn text(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().filter_map(Result::ok).find(|attribute| attribute.key.as_ref() == name)?;
    Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// A count that is 1 where it is left out.
fn number(start: &BytesStart<'_>, name: &str) -> usize {
    text(start, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
