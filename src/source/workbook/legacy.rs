//! How much room an `.xls` would take: its parser lays a sheet out as a full rectangle, so two cells in far corners cost
//! millions of empty ones.

use std::io::{Cursor, Read};

use super::{CELLS_MAX, Refusal};

/// Records of the format that this module must know.
///
/// Source: Microsoft, MS-XLS, 2.3 Record Enumeration.
mod record {
    pub(super) const BOF: u16 = 0x0809;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const DIMENSIONS: u16 = 0x0200;
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

/// Refuses an `.xls` whose sheets would take too much room, and one that needs a password.
pub(super) fn measure(bytes: &[u8]) -> Result<(), Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let name = if file.exists("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name)
        .and_then(|mut stream_file| stream_file.read_to_end(&mut stream))
        .map_err(Refusal::damaged)?;
    let mut rest = stream.as_slice();
    let (mut total, mut extent) = (0_usize, None);
    while let [a, b, c, d, tail @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let Some((data, tail)) = tail.split_at_checked(length) else {
            return Err(Refusal::Damaged("record cut short".to_owned()));
        };
        rest = tail;
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
    Ok(())
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
