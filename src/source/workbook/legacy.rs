//! The records of an `.xls`: how much room it would take, and how its cells look.
//!
//! Its parser lays a sheet out as a full rectangle, so two cells in far corners cost millions of empty ones; and it tells no format,
//! no strike-through, no comment and no hidden row.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use super::format::{Epoch, Format, code_of};
use super::words::Strike;
use super::{CELLS_MAX, Place, Refusal};

/// Records of the format that this module must know.
///
/// Source: Microsoft, MS-XLS, 2.3 Record Enumeration.
mod record {
    pub(super) const BOF: u16 = 0x0809;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const DATE_1904: u16 = 0x0022;
    pub(super) const NOTE: u16 = 0x001C;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const COLUMNS: u16 = 0x007D;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const LOOK: u16 = 0x00E0;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const SHARED_TEXT: u16 = 0x00FD;
    pub(super) const SEVERAL_NUMBERS: u16 = 0x00BD;
    /// Formula, MulRk, RString, LabelSst, Number, Label, BoolErr, Rk: each begins with its row and column.
    pub(super) const CELLS: &[u16] = &[0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
}

/// Corners of what a sheet holds.
#[derive(Debug, Clone, Copy)]
struct Extent {
    rows: (usize, usize),
    columns: (usize, usize),
}

impl Extent {
    fn with(extent: Option<Self>, row: usize, column: usize) -> Self {
        let Some(extent) = extent else { return Self { rows: (row, row), columns: (column, column) } };
        Self {
            rows: (extent.rows.0.min(row), extent.rows.1.max(row)),
            columns: (extent.columns.0.min(column), extent.columns.1.max(column)),
        }
    }

    fn area(self) -> usize {
        (self.rows.1 - self.rows.0 + 1) * (self.columns.1 - self.columns.0 + 1)
    }
}

/// How a cell looks（セルの書式）.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) format: Arc<Format>,
    pub(super) strike: Strike,
    pub(super) epoch: Epoch,
}

/// How the cells of a workbook look.
#[derive(Debug)]
pub(super) struct Looks {
    /// By their number.
    pub(super) looks: Vec<Look>,
    /// That of a cell without one.
    pub(super) plain: Look,
    /// In the order of the list of sheets.
    pub(super) sheets: Vec<SheetLooks>,
}

/// What a sheet's records say beside its values.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetLooks {
    /// Number of the look of each cell, in the order of their places.
    pub(super) cells: Vec<(Place, u16)>,
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) comments: Vec<Place>,
    /// Cells that name a shared text.
    pub(super) texts: Vec<Place>,
}

/// What the records of all sheets share, as they are read.
#[derive(Debug, Default)]
struct Shared {
    codes: BTreeMap<u16, String>,
    fonts: Vec<Strike>,
    looks: Vec<(u16, u16)>,
    /// Where the records of each sheet begin.
    starts: Vec<usize>,
    sheets: BTreeMap<usize, SheetLooks>,
    epoch: Epoch,
}

impl Shared {
    fn record(&mut self, kind: u16, data: &[u8], sheet: usize) {
        let at = |index: usize| data.get(index).map_or(0, |byte| u16::from(*byte));
        let short = |index: usize| at(index) | at(index + 1) << 8;
        let place = || Place { row: u32::from(short(0)), column: u32::from(short(2)) };
        match kind {
            record::DATE_1904 if short(0) == 1 => self.epoch = Epoch::Of1904,
            record::FORMAT => {
                self.codes.insert(short(0), code(data).unwrap_or_default());
            }
            // The fifth font is left out of the count.
            record::FONT => {
                const STRUCK: u16 = 0x0008;
                self.fonts.push(if short(2) & STRUCK > 0 { Strike::Through } else { Strike::None });
                if self.fonts.len() == 4 {
                    self.fonts.push(Strike::None);
                }
            }
            record::LOOK => self.looks.push((short(0), short(2))),
            record::SHEET => self.starts.push(usize::from(short(0)) | usize::from(short(2)) << 16),
            record::ROW => {
                const HIDDEN: u16 = 0x0020;
                if short(12) & HIDDEN > 0 {
                    let row = u32::from(short(0));
                    self.sheets.entry(sheet).or_default().hidden_rows.push((row, row));
                }
            }
            record::COLUMNS if at(8) & 1 > 0 => {
                let range = (u32::from(short(0)), u32::from(short(2)));
                self.sheets.entry(sheet).or_default().hidden_columns.push(range);
            }
            record::NOTE => self.sheets.entry(sheet).or_default().comments.push(place()),
            record::SEVERAL_NUMBERS => {
                let first = place();
                let cells = &mut self.sheets.entry(sheet).or_default().cells;
                // Each number has a look and four bytes; the last two bytes are the last column.
                for (index, number) in (0_u32..).zip(data.get(4..).unwrap_or_default().chunks_exact(6)) {
                    let look = u16::from_le_bytes([number[0], number[1]]);
                    cells.push((Place { column: first.column + index, ..first }, look));
                }
            }
            kind if record::CELLS.contains(&kind) => {
                let sheet = self.sheets.entry(sheet).or_default();
                sheet.cells.push((place(), short(4)));
                if kind == record::SHARED_TEXT {
                    sheet.texts.push(place());
                }
            }
            _ => {}
        }
    }

    fn finished(mut self) -> Looks {
        let epoch = self.epoch;
        let mut formats: BTreeMap<u16, Arc<Format>> = BTreeMap::new();
        let looks = self.looks.iter().map(|(font, id)| {
            let format = formats.entry(*id).or_insert_with(|| {
                let code = self.codes.get(id).map(String::as_str).or(code_of(u32::from(*id)));
                Arc::new(code.map_or_else(|| Format::new(&format!("[{id}]")), Format::new))
            });
            let strike = self.fonts.get(usize::from(*font)).copied().unwrap_or_default();
            Look { format: Arc::clone(format), strike, epoch }
        });
        let looks = looks.collect();
        let plain = Look { format: Arc::new(Format::new("General")), strike: Strike::None, epoch };
        let sheets = self.starts.iter().map(|start| {
            let mut sheet = self.sheets.remove(start).unwrap_or_default();
            sheet.cells.sort_by_key(|(place, _)| *place);
            sheet
        });
        let sheets = sheets.collect();
        Looks { looks, plain, sheets }
    }
}

/// The code of a format's record: its number, its length, how its characters are stored, the characters.
fn code(data: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*data.get(2)?, *data.get(3)?]));
    let wide = data.get(4)? & 1 > 0;
    let characters = data.get(5..)?;
    if wide {
        let units: Vec<u16> =
            characters.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    } else {
        Some(characters.iter().take(length).map(|byte| char::from(*byte)).collect())
    }
}

/// The looks of an `.xls`; refuses one whose sheets would take too much room, and one that needs a password.
pub(super) fn looks(bytes: &[u8]) -> Result<Looks, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let name = if file.exists("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name)
        .and_then(|mut stream_file| stream_file.read_to_end(&mut stream))
        .map_err(Refusal::damaged)?;
    let mut rest = stream.as_slice();
    let (mut total, mut extent) = (0_usize, None);
    let mut shared = Shared::default();
    let mut sheet = 0;
    while let [a, b, c, d, tail @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let Some((data, tail)) = tail.split_at_checked(length) else {
            return Err(Refusal::Damaged("record cut short".to_owned()));
        };
        let begins = stream.len() - rest.len();
        rest = tail;
        if kind == record::BOF {
            sheet = begins;
        }
        shared.record(kind, data, sheet);
        match kind {
            record::FILE_PASS => return Err(Refusal::Locked),
            record::BOF => total += extent.take().map_or(0, Extent::area),
            record::DIMENSIONS => total += declared(data)?,
            kind if record::CELLS.contains(&kind) => {
                let at = |index: usize| data.get(index).map_or(0, |byte| usize::from(*byte));
                extent = Some(Extent::with(extent, at(0) | at(1) << 8, at(2) | at(3) << 8));
            }
            _ => {}
        }
        if total + extent.map_or(0, Extent::area) > CELLS_MAX {
            return Err(Refusal::TooLarge(format!("> {CELLS_MAX} cells")));
        }
    }
    Ok(shared.finished())
}

/// The area that a sheet declares: the parser reserves as much before it has seen a cell.
fn declared(data: &[u8]) -> Result<usize, Refusal> {
    let short = |at: usize| data.get(at..at + 2).map_or(0, |pair| usize::from(u16::from_le_bytes([pair[0], pair[1]])));
    let long = |at: usize| {
        data.get(at..at + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize)
    };
    let (rows, columns) = match data.len() {
        14 => ((long(0), long(4)), (short(8), short(10))),
        10 => ((short(0), short(2)), (short(4), short(6))),
        _ => return Err(Refusal::Damaged("dimensions".to_owned())),
    };
    // An empty sheet may declare anything; what it would reserve is a rectangle from a corner that does not exist.
    let span = |(first, end): (usize, usize)| end.saturating_sub(first).max(1);
    Ok(span(rows).saturating_mul(span(columns)))
}
