//! A table with a repeated header: a list of a document, or 別添3 inside a form.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::form::{PT_PER_PX, image};
use super::lines::{Edge, Join, Lines, Piece, grouped, is_long, open_format, parts, pieces, text_of};
use super::page::{self, HeadRows};
use super::style::Words;
use super::{shown, style};
use crate::layout::document::{Block, Document, Flow, Grid, GridCell, LineRole, Paper, Part, Run};
use crate::render::picture::Picture;

/// Width of the page in half-width characters, upright and on its side.
const WIDTH_UPRIGHT: f64 = 112.0;
const WIDTH_LANDSCAPE: f64 = 166.0;

/// What a table is written with.
#[derive(Debug, Clone, Copy)]
pub(super) struct On<'a> {
    pub document: &'a Document,
    /// Pictures of the figures by their path.
    pub pictures: &'a BTreeMap<String, Picture>,
    /// The table's pages.
    pub paper: Paper,
}

/// Fills a sheet with the title, the legend and a table with its heading; the document is a list.
pub(super) fn fill(
    sheet: &mut Worksheet,
    document: &Document,
    pictures: &BTreeMap<String, Picture>,
    (heading, grid): (Option<&str>, &Grid),
) -> Result<(), XlsxError> {
    let on = On { document, pictures, paper: document.meta.paper };
    let mut row = 0;
    for line in document.meta.title_lines.iter().map(String::as_str).chain(heading) {
        sheet.write_string_with_format(row, 0, line, &style::title())?;
        sheet.set_row_height(row, 21.0)?;
        row += 1;
    }
    for runs in legends(document) {
        let look = style::line(LineRole::Legend);
        let words = Words { runs, marks: &document.meta.marks, size_pt: look.size_pt };
        // It is longer than the first column: it runs on over the empty cells beside it.
        style::write_words(sheet, (row, 0), &words, &look.format.unset_text_wrap())?;
        sheet.set_row_height(row, 18.0)?;
        row += 1;
    }
    let header = row;
    let (end, last_column) = table(sheet, &on, grid, header)?;
    sheet.set_freeze_panes(header + 1, 0)?;
    page::set(sheet, &document.meta, HeadRows { first: header, last: header }, (end - 1, last_column))
}

/// Writes the table from a row on; returns the row after it and the last column.
pub(super) fn table(sheet: &mut Worksheet, on: &On<'_>, grid: &Grid, header: u32) -> Result<(u32, u16), XlsxError> {
    let total = match on.paper {
        Paper::A4 => WIDTH_UPRIGHT,
        Paper::A4Landscape => WIDTH_LANDSCAPE,
    };
    let shares: f64 = grid.drawn.iter().sum();
    let widths: Vec<f64> = grid.drawn.iter().map(|width| (width / shares * total).max(8.0)).collect();
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
            row += cells(sheet, on, (row, &grid_row.cells), &widths)?;
        }
    }
    Ok((row, last_column))
}

/// The legend above the list.
fn legends(document: &Document) -> impl Iterator<Item = &[Run]> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| match block {
        Block::Line { role: LineRole::Legend, runs } => Some(runs.as_slice()),
        _ => None,
    })
}

/// One row of the list, over as many sheet rows as its longest cell needs: a sheet row cannot be higher than 409 pt, so a long cell
/// goes on in the next row and short ones are merged beside it. Returns how many rows it took.
fn cells(
    sheet: &mut Worksheet,
    on: &On<'_>,
    (row, cells): (u32, &[GridCell]),
    widths: &[f64],
) -> Result<u32, XlsxError> {
    let columns = columns(on, cells, widths);
    let count = columns.iter().map(Vec::len).max().unwrap_or(1);
    let rows = u32::try_from(count).expect("a cell has fewer lines than 2^32");
    heights(sheet, row, &columns, count)?;
    for ((column, cell), pieces) in (0_u16..).zip(cells).zip(&columns) {
        let format = if cell.centre { style::centred() } else { style::body() };
        column_cells(sheet, on.document, (row, column), (pieces, rows), &format)?;
    }
    // A figure fills the last two rows of its cell.
    for ((column, cell), width) in (0_u16..).zip(cells).zip(widths) {
        if let Some((flow, picture)) = drawn(on, cell) {
            let (image, _) = image(flow, picture, width_px(*width))?;
            sheet.insert_image_with_offset(row + rows - 2, column, &image, 4, 6)?;
        }
    }
    Ok(rows)
}

/// The pieces of each cell. Where one cell alone is long, its own lines make the rows.
fn columns(on: &On<'_>, cells: &[GridCell], widths: &[f64]) -> Vec<Vec<Piece>> {
    let marks = &on.document.meta.marks;
    let texts: Vec<Lines> = cells.iter().map(|cell| shown(parts(&cell.parts), marks)).collect();
    let long = texts.iter().zip(widths).filter(|(lines, width)| is_long(lines, **width)).count();
    let all = texts.into_iter().zip(widths).zip(cells);
    all.map(|((lines, width), cell)| match drawn(on, cell) {
        Some((flow, picture)) => pictured(flow, picture, *width),
        None if long > 1 => grouped(lines, *width),
        None => pieces(lines, *width),
    })
    .collect()
}

/// The figure of a cell and its picture, where there is one.
fn drawn<'a>(on: &On<'a>, cell: &'a GridCell) -> Option<(&'a Flow, &'a Picture)> {
    cell.parts.iter().find_map(|part| match part {
        Part::Flow(flow) => Some((flow, on.pictures.get(&flow.path)?)),
        Part::Rich { .. }
        | Part::Line { .. }
        | Part::Choice { .. }
        | Part::Checks { .. }
        | Part::Rows { .. }
        | Part::Band { .. } => None,
    })
}

/// Pixels of a screen that a picture has in a column.
fn width_px(width: f64) -> u32 {
    (width * 7.0 + 5.0 - 8.0).max(40.0) as u32
}

/// A figure's title, and two rows for its picture: one row alone may not be as high as it.
fn pictured(flow: &Flow, picture: &Picture, width: f64) -> Vec<Piece> {
    let scale = f64::from(width_px(width)) / f64::from(picture.width);
    let height = (f64::from(picture.height) * scale + 12.0) * PT_PER_PX / 2.0;
    let mut all = pieces(vec![flow.title.clone()], width);
    all.extend((0..2).map(|_| Piece { runs: Vec::new(), join: Join::Line, height: height.min(style::ROW_MAX_PT) }));
    all
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
