//! A table with a repeated header: a list of a document, or 別添3 inside a form.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::form::drawn;
use super::lines::{Edge, Lines, Piece, grouped, is_long, parts, pieces, plain, text_of};
use super::page::{self, HeadRows, Room};
use super::rows::{Again, Area, Rows};
use super::style::Look;
use super::{shown, style};
use crate::layout::document::{Block, Document, Flow, Grid, GridCell, LineRole, Paper, Part, Repeats, Run};
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
    let mut rows = Rows::default();
    let mut row = 0;
    for line in document.meta.title_lines.iter().map(String::as_str).chain(heading) {
        rows.area(Area::of_row(row, (0, 0), &[plain(line)], Look::sized(style::title(), 14.0)));
        rows.height(row, 21.0);
        row += 1;
    }
    for runs in legends(document) {
        let look = style::line(LineRole::Legend);
        // It is longer than the first column: it runs on over the empty cells beside it.
        rows.area(Area::of_row(row, (0, 0), runs, Look { format: look.format.unset_text_wrap(), ..look }));
        rows.height(row, 18.0);
        row += 1;
    }
    let header = row;
    let width_px = columns_wide(sheet, &on, grid)?;
    let (end, last_column) = table(&mut rows, &on, grid, header)?;
    let room = Room::new(on.paper, width_px, rows.high((header, header)));
    rows.write(sheet, (&document.meta.marks, &document.meta.continued), (room, None))?;
    sheet.set_freeze_panes(header + 1, 0)?;
    page::set(sheet, &document.meta, Some(HeadRows { first: header, last: header }), (end - 1, last_column))
}

/// Widths of a table's columns in half-width characters.
fn widths(on: &On<'_>, grid: &Grid) -> Vec<f64> {
    let total = match on.paper {
        Paper::A4 => WIDTH_UPRIGHT,
        Paper::A4Landscape => WIDTH_LANDSCAPE,
    };
    let shares: f64 = grid.drawn.iter().sum();
    grid.drawn.iter().map(|width| (width / shares * total).max(8.0)).collect()
}

/// Makes the columns of a sheet as wide as a table's; returns their width in pixels.
pub(super) fn columns_wide(sheet: &mut Worksheet, on: &On<'_>, grid: &Grid) -> Result<u32, XlsxError> {
    let mut total = 0;
    for (column, width) in (0_u16..).zip(widths(on, grid)) {
        sheet.set_column_width(column, width)?;
        total += style::column_px(width);
    }
    Ok(total)
}

/// Writes the table from a row on; returns the row after it and the last column.
pub(super) fn table(rows: &mut Rows, on: &On<'_>, grid: &Grid, header: u32) -> Result<(u32, u16), XlsxError> {
    let widths = widths(on, grid);
    let last_column = u16::try_from(widths.len()).expect("a list has few columns") - 1;
    for (column, label) in (0_u16..).zip(&grid.header) {
        rows.area(Area::of_row(header, (column, column), &[plain(label)], Look::body(style::header())));
    }
    let labels: Vec<(&str, f64)> = grid.header.iter().map(String::as_str).zip(widths.iter().copied()).collect();
    rows.height(header, style::row_height(&labels).max(18.0));
    rows.stay(header);
    let mut row = header + 1;
    for grid_row in &grid.rows {
        if let Some(runs) = &grid_row.heading {
            let format = style::heading().set_text_wrap();
            rows.area(Area::of_row(row, (0, last_column), &[plain(text_of(runs))], Look::body(format)));
            let width = widths.iter().sum();
            rows.height(row, style::row_height(&[(&text_of(runs), width)]).max(20.0));
            rows.stay(row);
            row += 1;
        } else {
            let top = row;
            row = cells(rows, on, (row, &grid_row.cells), &widths)?;
            if grid_row.sticky {
                (top..row).for_each(|row| rows.stay(row));
            }
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

/// Height of a row of a list, in pt, below which no page parts it.
const SHORT_PT: f64 = 220.0;

/// One row of the list, over as many sheet rows as its longest cell needs: a sheet row cannot be higher than 409 pt, so a long cell
/// goes on in the next row and short ones are merged beside it. A figure stands below it, as wide as the sheet. Returns the row after.
fn cells(rows: &mut Rows, on: &On<'_>, (row, cells): (u32, &[GridCell]), widths: &[f64]) -> Result<u32, XlsxError> {
    let columns = columns(on, cells, widths);
    let count = columns.iter().map(Vec::len).max().unwrap_or(1);
    let end = row + u32::try_from(count).expect("a cell has fewer lines than 2^32");
    heights(rows, row, &columns, count);
    for ((column, cell), pieces) in (0_u16..).zip(cells).zip(&columns) {
        // Lines are spread only in the cell that says how high its rows are.
        let decides = pieces.len() > 1 && columns.iter().filter(|pieces| pieces.len() > 1).count() == 1;
        let format = match (cell.centre, decides) {
            (true, _) => style::centred(),
            (false, true) => style::text(),
            (false, false) => style::body(),
        };
        column_cells(rows, (row, column, end - 1), (pieces, cell), &Look::body(format));
    }
    let total = rows.high((row, end - 1));
    let beside = columns.iter().filter(|pieces| pieces.len() == 1).map(|pieces| pieces[0].height).fold(0.0, f64::max);
    rows.keep((row, end - 1), if total < SHORT_PT { total } else { beside.max(style::height_of(3)) });
    let Some(figure) = cells.iter().find_map(|cell| figure(on, cell)) else { return Ok(end) };
    let last = u16::try_from(widths.len()).expect("a list has few columns") - 1;
    (row..end).for_each(|row| rows.stay(row));
    drawn(rows, end, figure, (last, widths.iter().map(|width| style::column_px(*width)).sum()))
}

/// The pieces of each cell. Where one cell alone is long, its own lines make the rows.
fn columns(on: &On<'_>, cells: &[GridCell], widths: &[f64]) -> Vec<Vec<Piece>> {
    let marks = &on.document.meta.marks;
    let texts: Vec<Lines> = cells.iter().map(|cell| shown(parts(&cell.parts), marks)).collect();
    let long = texts.iter().zip(widths).filter(|(lines, width)| is_long(lines, **width)).count();
    let all = texts.into_iter().zip(widths).zip(cells);
    all.map(|((lines, width), cell)| match figure(on, cell) {
        // The figure itself stands below the row.
        Some((flow, _)) => pieces(vec![flow.title.clone()], *width),
        None if long > 1 => grouped(lines, *width),
        None => pieces(lines, *width),
    })
    .collect()
}

/// The figure of a cell and its picture, where there is one.
fn figure<'a>(on: &On<'a>, cell: &'a GridCell) -> Option<(&'a Flow, &'a Picture)> {
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

fn heights(rows: &mut Rows, row: u32, columns: &[Vec<Piece>], count: usize) {
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
    for (row, height) in (row..).zip(heights) {
        rows.height(row, height);
    }
}

fn column_cells(
    rows: &mut Rows,
    (top, column, bottom): (u32, u16, u32),
    (pieces, cell): (&[Piece], &GridCell),
    look: &Look,
) {
    if let [piece] = pieces {
        let area = Area::of_row(top, (column, column), &piece.runs, look.clone());
        let again = match cell.repeats {
            Repeats::No => Again::Nothing,
            Repeats::Bare => Again::Bare,
            Repeats::Continued => Again::Continued(piece.height + style::height_of(1)),
        };
        rows.area(Area { rows: (top, bottom), again, ..area });
        return;
    }
    let edge = |outer: bool| if outer { Edge::Outer } else { Edge::Inner };
    for (row, index) in (top..=bottom).zip(0..) {
        let runs: &[Run] = pieces.get(index).map_or(&[], |piece| piece.runs.as_slice());
        let area = Area::of_row(row, (column, column), runs, look.clone());
        rows.area(Area { edges: Some((edge(row == top), edge(row == bottom))), ..area });
    }
}
