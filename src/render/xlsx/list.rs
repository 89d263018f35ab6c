//! A table with a repeated header: a list of a document, or 別添3 inside a form.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::lines::{Edge, Lines, Piece, grouped, is_long, open_format, parts, pieces, text_of};
use super::page::{self, HeadRows};
use super::style::Words;
use super::{shown, style};
use crate::layout::document::{Block, Document, Grid, GridCell, LineRole, Paper, Run};

/// Width of the page in half-width characters, upright and on its side.
const WIDTH_UPRIGHT: f64 = 112.0;
const WIDTH_LANDSCAPE: f64 = 166.0;

/// Fills a sheet with the title, the legend and a table with its heading; the document is a list.
pub(super) fn fill(
    sheet: &mut Worksheet,
    document: &Document,
    heading: Option<&str>,
    grid: &Grid,
) -> Result<(), XlsxError> {
    let mut row = 0;
    for line in head_lines(document).into_iter().chain(heading.map(str::to_owned)) {
        sheet.write_string_with_format(row, 0, &line, &style::title())?;
        sheet.set_row_height(row, 21.0)?;
        row += 1;
    }
    let header = row;
    let (end, last_column) = table(sheet, document, grid, header)?;
    sheet.set_freeze_panes(header + 1, 0)?;
    page::set(sheet, &document.meta, HeadRows { first: header, last: header }, (end - 1, last_column))
}

/// Writes the table from a row on; returns the row after it and the last column.
pub(super) fn table(
    sheet: &mut Worksheet,
    document: &Document,
    grid: &Grid,
    header: u32,
) -> Result<(u32, u16), XlsxError> {
    let total = match document.meta.paper {
        Paper::A4 => WIDTH_UPRIGHT,
        Paper::A4Landscape => WIDTH_LANDSCAPE,
    };
    let shares: f64 = grid.widths.iter().sum();
    let widths: Vec<f64> = grid.widths.iter().map(|width| (width / shares * total).max(8.0)).collect();
    for (column, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    let last_column = u16::try_from(widths.len()).expect("a list has few columns") - 1;
    for (column, label) in (0_u16..).zip(&grid.header) {
        sheet.write_string_with_format(header, column, label, &style::header())?;
    }
    let labels: Vec<(&str, f64)> = grid.header.iter().map(String::as_str).zip(widths.iter().copied()).collect();
    sheet.set_row_height(header, style::row_height(&labels).max(18.0))?;
    let mut row = header + 1;
    for grid_row in &grid.rows {
        if let Some(runs) = &grid_row.heading {
            sheet.merge_range(row, 0, row, last_column, &text_of(runs), &style::heading())?;
            let width = widths.iter().sum();
            sheet.set_row_height(row, style::row_height(&[(&text_of(runs), width)]).max(20.0))?;
            row += 1;
        } else {
            row += cells(sheet, document, (row, &grid_row.cells), &widths)?;
        }
    }
    Ok((row, last_column))
}

/// Title and legend above the list.
fn head_lines(document: &Document) -> Vec<String> {
    let mut lines = document.meta.title_lines.clone();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Line { role: LineRole::Legend, runs } = block {
            lines.push(text_of(runs));
        }
    }
    lines
}

/// One row of the list, over as many sheet rows as its longest cell needs: a sheet row cannot be higher than 409 pt, so a long cell
/// goes on in the next row and short ones are merged beside it. Returns how many rows it took.
fn cells(
    sheet: &mut Worksheet,
    document: &Document,
    (row, cells): (u32, &[GridCell]),
    widths: &[f64],
) -> Result<u32, XlsxError> {
    let columns = columns(document, cells, widths);
    let count = columns.iter().map(Vec::len).max().unwrap_or(1);
    let rows = u32::try_from(count).expect("a cell has fewer lines than 2^32");
    heights(sheet, row, &columns, count)?;
    for ((column, cell), pieces) in (0_u16..).zip(cells).zip(&columns) {
        let format = if cell.centre { style::centred() } else { style::body() };
        column_cells(sheet, document, (row, column), (pieces, rows), &format)?;
    }
    Ok(rows)
}

/// The pieces of each cell. Where one cell alone is long, its own lines make the rows.
fn columns(document: &Document, cells: &[GridCell], widths: &[f64]) -> Vec<Vec<Piece>> {
    let texts: Vec<Lines> = cells.iter().map(|cell| shown(parts(&cell.parts), &document.meta.marks)).collect();
    let long = texts.iter().zip(widths).filter(|(lines, width)| is_long(lines, **width)).count();
    texts
        .into_iter()
        .zip(widths)
        .map(|(lines, width)| if long > 1 { grouped(lines, *width) } else { pieces(lines, *width) })
        .collect()
}

fn heights(sheet: &mut Worksheet, row: u32, columns: &[Vec<Piece>], count: usize) -> Result<(), XlsxError> {
    let of = |index: usize| {
        let longer = columns.iter().filter(|pieces| pieces.len() > 1 || count == 1);
        longer.filter_map(|pieces| pieces.get(index)).map(|piece| piece.height).fold(18.0, f64::max)
    };
    let mut heights: Vec<f64> = (0..count).map(of).collect();
    // What stands in one cell beside the rows needs them all together.
    let merged = columns.iter().filter(|pieces| pieces.len() == 1).map(|pieces| pieces[0].height).fold(0.0, f64::max);
    let missing = merged - heights.iter().sum::<f64>();
    if let Some(last) = heights.last_mut() {
        *last = (*last + missing.max(0.0)).min(style::ROW_MAX_PT);
    }
    for (offset, height) in (0_u32..).zip(heights) {
        sheet.set_row_height(row + offset, height)?;
    }
    Ok(())
}

fn column_cells(
    sheet: &mut Worksheet,
    document: &Document,
    (row, column): (u32, u16),
    (pieces, rows): (&[Piece], u32),
    format: &Format,
) -> Result<(), XlsxError> {
    let edge = |outer: bool| if outer { Edge::Outer } else { Edge::Inner };
    let is_one = pieces.len() == 1;
    if is_one && rows > 1 {
        sheet.merge_range(row, column, row + rows - 1, column, "", format)?;
    }
    for (offset, index) in (0..if is_one { 1 } else { rows }).zip(0..) {
        let bottom = is_one || offset + 1 == rows;
        let format = open_format(format, edge(offset == 0), edge(bottom));
        let runs: &[Run] = pieces.get(index).map_or(&[], |piece| piece.runs.as_slice());
        let words = Words { runs, marks: &document.meta.marks, size_pt: style::SIZE_PT };
        style::write_words(sheet, (row + offset, column), &words, &format)?;
    }
    Ok(())
}
