//! The parser's values as ours, cell by cell.

use std::io::Cursor;

use calamine::{Data, Dimensions, Ods, OdsError, Range, Reader, SheetType, Xls, XlsError, Xlsx, XlsxError};

use super::spreadsheet::Merged;
use super::{CELLS_MAX, Cell, Place, Refusal, Sheet, Workbook, value};

/// Reads an `.xlsx` as a stream, so that a million empty rows take no room.
pub(super) fn xlsx(bytes: Vec<u8>) -> Result<Workbook, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::Locked,
        other => Refusal::damaged(other),
    })?;
    let mut sheets = Vec::new();
    let mut count = 0;
    for name in names(book.sheets_metadata()) {
        let merged = book.merge_cells_by_sheet_name(&name).map_err(Refusal::damaged)?;
        let mut cells = Vec::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(Refusal::damaged)?;
        while let Some(record) = reader.next_cell_with_formula_metadata().map_err(Refusal::damaged)? {
            if let Some(value) = value(Data::from(record.value), record.formula.is_some()) {
                cells.push(Cell { place: Place { row: record.pos.0, column: record.pos.1 }, value });
                count += 1;
            }
            if count > CELLS_MAX {
                return Err(Refusal::TooLarge(format!("> {CELLS_MAX} cells")));
            }
        }
        cells.sort_by_key(|cell| cell.place);
        sheets.push(Sheet { name, cells, merged: merged.iter().map(corners).collect() });
    }
    Ok(Workbook { sheets })
}

/// Reads an `.xls` that was measured.
pub(super) fn xls(bytes: Vec<u8>) -> Result<Workbook, Refusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Locked,
        other => Refusal::damaged(other),
    })?;
    let mut sheets = Vec::new();
    for name in names(book.sheets_metadata()) {
        let values = book.worksheet_range(&name).map_err(Refusal::damaged)?;
        let formulas = book.worksheet_formula(&name).map_err(Refusal::damaged)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(Refusal::damaged)?;
        sheets.push(Sheet { cells: cells(&values, &formulas), merged: merged.iter().map(corners).collect(), name });
    }
    Ok(Workbook { sheets })
}

/// Reads an `.ods` that was measured.
pub(super) fn ods(bytes: Vec<u8>, merged: &Merged) -> Result<Workbook, Refusal> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => Refusal::Locked,
        other => Refusal::damaged(other),
    })?;
    let mut sheets = Vec::new();
    for name in names(book.sheets_metadata()) {
        let values = book.worksheet_range(&name).map_err(Refusal::damaged)?;
        let formulas = book.worksheet_formula(&name).map_err(Refusal::damaged)?;
        let merged = merged.get(&name).cloned().unwrap_or_default();
        sheets.push(Sheet { cells: cells(&values, &formulas), merged, name });
    }
    Ok(Workbook { sheets })
}

fn names(sheets: &[calamine::Sheet]) -> Vec<String> {
    let of_cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    of_cells.map(|sheet| sheet.name.clone()).collect()
}

fn cells(values: &Range<Data>, formulas: &Range<String>) -> Vec<Cell> {
    let mut found: Vec<Cell> = Vec::new();
    let place = |start: (u32, u32), row: usize, column: usize| {
        let small = |value: usize| u32::try_from(value).expect("a sheet has fewer than 2^32 rows");
        Place { row: start.0 + small(row), column: start.1 + small(column) }
    };
    if let Some(start) = values.start() {
        for (row, column, data) in values.used_cells() {
            if let Some(value) = value(data.clone(), false) {
                found.push(Cell { place: place(start, row, column), value });
            }
        }
    }
    // A formula saved without a value is in no range of values.
    if let Some(start) = formulas.start() {
        let empty =
            |place: Place| values.get_value((place.row, place.column)).is_none_or(|data| matches!(data, Data::Empty));
        let places: Vec<Place> =
            formulas.used_cells().map(|(row, column, _)| place(start, row, column)).filter(|at| empty(*at)).collect();
        let faults = places.into_iter().filter_map(|place| Some(Cell { place, value: value(Data::Empty, true)? }));
        found.extend(faults);
    }
    found.sort_by_key(|cell| cell.place);
    found
}

fn corners(range: &Dimensions) -> (Place, Place) {
    let place = |(row, column): (u32, u32)| Place { row, column };
    (place(range.start), place(range.end))
}
