//! An `.xls`: its values from their parser, their formats from the records beside them.

use std::io::Cursor;

use calamine::{Data, Dimensions, Range, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::legacy::{Look, SheetLooks, looks};
use super::words::Words;
use super::{Budget, Cell, CellValue, Fault, Note, NoteKind, Place, Refusal, Sheet, Unseen, Workbook, numbered};

/// Reads a workbook after it was measured.
pub(super) fn read(bytes: Vec<u8>) -> Result<Workbook, Refusal> {
    let looks = looks(&bytes)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Locked,
        other => Refusal::damaged(other),
    })?;
    let mut sheets = Vec::new();
    let mut budget = Budget::default();
    let listed: Vec<calamine::Sheet> = book.sheets_metadata().to_vec();
    for (index, sheet) in listed.into_iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let values = book.worksheet_range(&sheet.name).map_err(Refusal::damaged)?;
        let formulas = book.worksheet_formula(&sheet.name).map_err(Refusal::damaged)?;
        let merged = book.merge_cells_by_sheet_name(&sheet.name).map_err(Refusal::damaged)?;
        let beside = looks.sheets.get(index).cloned().unwrap_or_default();
        // A record whose text the parser does not find would read as a cell that somebody emptied.
        let is_lost = |place: &Place| matches!(values.get_value((place.row, place.column)), None | Some(Data::Empty));
        if let Some(place) = beside.texts.iter().find(|place| is_lost(place)) {
            return Err(Refusal::Damaged(format!("no text for {} on sheet {}", place.label(), sheet.name)));
        }
        let look = |place: Place| looks.of(&beside, place);
        let cells = cells(&values, &formulas, look);
        cells.iter().try_for_each(|cell| budget.take(&cell.value))?;
        sheets.push(Sheet {
            cells,
            merged: merged.iter().map(corners).collect(),
            notes: beside.comments.iter().map(|place| comment(*place)).collect(),
            hidden: sheet.visible != SheetVisible::Visible,
            name: sheet.name,
            hidden_rows: beside.hidden_rows,
            hidden_columns: beside.hidden_columns,
        });
    }
    Ok(Workbook { sheets, unseen: vec![Unseen::OldFormat] })
}

/// A comment of which only the cell is known.
fn comment(place: Place) -> Note {
    Note { kind: NoteKind::Comment, place: Some(place), text: String::new() }
}

fn value(data: &Data, look: &Look) -> Option<CellValue> {
    #[expect(clippy::cast_precision_loss, reason = "the parser makes whole numbers of what the file holds as floats")]
    match data {
        Data::Empty => None,
        Data::String(text) => match look.format.text(text) {
            Some(shown) => Words::plain(shown, look.strike).value(),
            None => Some(unknown(look, text.clone())),
        },
        Data::Int(number) => numbered(&look.format, *number as f64, look.epoch, look.strike),
        Data::Float(number) => numbered(&look.format, *number, look.epoch, look.strike),
        Data::DateTime(moment) => numbered(&look.format, moment.as_f64(), look.epoch, look.strike),
        Data::Bool(flag) => Words::plain(if *flag { "TRUE" } else { "FALSE" }.to_owned(), look.strike).value(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Some(unknown(look, text.clone())),
        Data::Error(error) => Some(CellValue::Fault(Fault::Error(error.to_string()))),
    }
}

fn unknown(look: &Look, value: String) -> CellValue {
    CellValue::Fault(Fault::Format { code: look.format.code().to_owned(), value })
}

fn cells(values: &Range<Data>, formulas: &Range<String>, look: impl Fn(Place) -> Look) -> Vec<Cell> {
    let mut found: Vec<Cell> = Vec::new();
    let place = |start: (u32, u32), row: usize, column: usize| {
        let small = |value: usize| u32::try_from(value).expect("a sheet has fewer than 2^32 rows");
        Place { row: start.0 + small(row), column: start.1 + small(column) }
    };
    if let Some(start) = values.start() {
        for (row, column, data) in values.used_cells() {
            let place = place(start, row, column);
            found.extend(value(data, &look(place)).map(|value| Cell { place, value }));
        }
    }
    // A formula saved without a value is in no range of values.
    if let Some(start) = formulas.start() {
        let empty =
            |place: Place| values.get_value((place.row, place.column)).is_none_or(|data| matches!(data, Data::Empty));
        let places = formulas.used_cells().map(|(row, column, _)| place(start, row, column)).filter(|at| empty(*at));
        found.extend(places.map(|place| Cell { place, value: CellValue::Fault(Fault::Formula) }));
    }
    found.sort_by_key(|cell| cell.place);
    found
}

fn corners(range: &Dimensions) -> (Place, Place) {
    let place = |(row, column): (u32, u32)| Place { row, column };
    (place(range.start), place(range.end))
}

impl SheetLooks {
    /// Number of the look of a cell.
    fn look(&self, place: Place) -> Option<u16> {
        let index = self.cells.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        Some(self.cells[index].1)
    }
}

impl super::legacy::Looks {
    /// The look of a cell.
    fn of(&self, sheet: &SheetLooks, place: Place) -> Look {
        let look = sheet.look(place).and_then(|look| self.looks.get(usize::from(look)));
        look.cloned().unwrap_or_else(|| self.plain.clone())
    }
}
