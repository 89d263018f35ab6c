//! A table with a repeated header: a list of a document, or 別添3 inside a form.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::form::{WIDTHS, drawn};
use super::form_rows::{Columns, FormRows, LAST};
use super::lines::{Edge, Lines, Piece, grouped, is_long, parts, pieces, plain, text_of};
use super::page::{self, HeadRows, Room};
use super::rows::{Again, Area, Rows};
use super::style::Look;
use super::{shown, style};
use crate::document::tree::{Block, Document, Flow, Grid, GridCell, LineRole, Paper, Part, Repeats, Run};
use crate::model::ItemPath;
use crate::render::picture::Picture;

/// Width of the page in half-width characters, upright and on its side.
const WIDTH_UPRIGHT: f64 = 112.0;
const WIDTH_LANDSCAPE: f64 = 166.0;

/// What a table is written with.
#[derive(Debug, Clone, Copy)]
pub(super) struct On<'a> {
    pub document: &'a Document,
    /// Pictures of the figures by their path.
    pub pictures: &'a BTreeMap<ItemPath, Picture>,
    /// The table's pages.
    pub paper: Paper,
}

/// Fills a sheet with the title, the legend and a table with its heading; the document is a list.
pub(super) fn fill(
    sheet: &mut Worksheet,
    document: &Document,
    pictures: &BTreeMap<ItemPath, Picture>,
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

/// A column of a table on the sheet: one of its columns, or as many as form rows need.
#[derive(Debug, Clone, Copy)]
struct Slot {
    columns: (u16, u16),
    /// In half-width characters.
    width: f64,
    /// Those of form rows.
    form: Option<Columns>,
}

/// Whether a cell shows form rows.
fn has_rows(cell: &GridCell) -> bool {
    cell.parts.iter().any(|part| matches!(part, Part::Rows { .. }))
}

/// The columns of a table; one that has form rows in some cell is parted as a form is.
fn slots(on: &On<'_>, grid: &Grid) -> Vec<Slot> {
    let is_form = |column: usize| grid.rows.iter().filter_map(|row| row.cells.get(column)).any(has_rows);
    let mut next = 0;
    let mut slots = Vec::new();
    for (column, width) in widths(on, grid).into_iter().enumerate() {
        let form = is_form(column).then(|| Columns { first: next, widths: form_widths(width) });
        let last = if form.is_some() { next + LAST } else { next };
        slots.push(Slot { columns: (next, last), width, form });
        next = last + 1;
    }
    slots
}

/// Widths of a form's columns that are together as wide on paper as one column.
fn form_widths(width: f64) -> [f64; 5] {
    /// Width of a half-width character, and what a column has besides, in pixels.
    const CHARACTER: f64 = 7.0;
    const BESIDES: f64 = 5.0;
    let all: f64 = WIDTHS.iter().sum();
    WIDTHS.map(|share| ((width * CHARACTER + BESIDES) * share / all - BESIDES) / CHARACTER)
}

/// Makes the columns of a sheet as wide as a table's; returns their width in pixels.
pub(super) fn columns_wide(sheet: &mut Worksheet, on: &On<'_>, grid: &Grid) -> Result<u32, XlsxError> {
    let mut total = 0;
    for slot in slots(on, grid) {
        let own = slot.form.map_or_else(|| vec![slot.width], |form| form.widths.to_vec());
        for (column, width) in (slot.columns.0..).zip(own) {
            sheet.set_column_width(column, width)?;
            total += style::column_px(width);
        }
    }
    Ok(total)
}

/// Writes the table from a row on; returns the row after it and the last column.
pub(super) fn table(rows: &mut Rows, on: &On<'_>, grid: &Grid, header: u32) -> Result<(u32, u16), XlsxError> {
    let slots = slots(on, grid);
    let last_column = slots.last().expect("a list has columns").columns.1;
    for (slot, label) in slots.iter().zip(&grid.header) {
        rows.area(Area::of_row(header, slot.columns, &[plain(label)], Look::body(style::header())));
    }
    let labels: Vec<(&str, f64)> =
        grid.header.iter().map(String::as_str).zip(slots.iter().map(|slot| slot.width)).collect();
    rows.height(header, style::row_height(&labels).max(18.0));
    rows.stay(header);
    let mut row = header + 1;
    for grid_row in &grid.rows {
        if let Some(runs) = &grid_row.heading {
            let format = style::heading().set_text_wrap();
            rows.area(Area::of_row(row, (0, last_column), &[plain(text_of(runs))], Look::body(format)));
            let width = slots.iter().map(|slot| slot.width).sum();
            rows.height(row, style::row_height(&[(&text_of(runs), width)]).max(20.0));
            rows.stay(row);
            row += 1;
        } else {
            let top = row;
            row = match grid_row.cells.iter().position(has_rows) {
                Some(form) => form_cells(rows, on, (row, &grid_row.cells, form), &slots),
                None => cells(rows, on, (row, &grid_row.cells), &slots)?,
            };
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
fn cells(rows: &mut Rows, on: &On<'_>, (row, cells): (u32, &[GridCell]), slots: &[Slot]) -> Result<u32, XlsxError> {
    let widths: Vec<f64> = slots.iter().map(|slot| slot.width).collect();
    let columns = columns(on, cells, &widths);
    let count = columns.iter().map(Vec::len).max().unwrap_or(1);
    let end = row + u32::try_from(count).expect("a cell has fewer lines than 2^32");
    heights(rows, row, &columns, count);
    for ((slot, cell), pieces) in slots.iter().zip(cells).zip(&columns) {
        // Lines are spread only in the cell that says how high its rows are.
        let decides = pieces.len() > 1 && columns.iter().filter(|pieces| pieces.len() > 1).count() == 1;
        let format = match (cell.centre, decides) {
            (true, _) => style::centred(),
            (false, true) => style::text(),
            (false, false) => style::body(),
        };
        column_cells(rows, (row, slot.columns, end - 1), (pieces, cell), &Look::body(format));
    }
    let total = rows.high((row, end - 1));
    let beside = columns.iter().filter(|pieces| pieces.len() == 1).map(|pieces| pieces[0].height).fold(0.0, f64::max);
    rows.keep((row, end - 1), if total < SHORT_PT { total } else { beside.max(style::height_of(3)) });
    let Some(figure) = cells.iter().find_map(|cell| figure(on, cell)) else { return Ok(end) };
    let last = slots.last().expect("a list has columns").columns.1;
    (row..end).for_each(|row| rows.stay(row));
    drawn(rows, end, figure, (last, widths.iter().map(|width| style::column_px(*width)).sum()))
}

/// One row of the list whose cell shows form rows: they stand as on the form, each in rows of its own, and the other cells beside them all.
/// Returns the row after.
fn form_cells(rows: &mut Rows, on: &On<'_>, (row, cells, form): (u32, &[GridCell], usize), slots: &[Slot]) -> u32 {
    let mut end = row;
    for part in &cells[form].parts {
        end = form_part(rows, on, (end, part), &slots[form]);
    }
    let beside = || slots.iter().zip(cells).enumerate().filter(|(column, _)| *column != form).map(|(_, pair)| pair);
    let words = |cell: &GridCell| -> Vec<Run> {
        let lines = shown(parts(&cell.parts), &on.document.meta.marks);
        let mut runs = Vec::new();
        for line in lines {
            if !runs.is_empty() {
                runs.push(plain("\n"));
            }
            runs.extend(line);
        }
        runs
    };
    let needed = |slot: &Slot, runs: &[Run]| style::row_height(&[(&text_of(runs), slot.width)]);
    let high = beside().map(|(slot, cell)| needed(slot, &words(cell))).fold(0.0, f64::max);
    let total = rows.high((row, end - 1));
    if high > total {
        // The last form row is so much higher than its words.
        let last = rows.high((end - 1, end - 1));
        rows.height(end - 1, (last + high - total).min(style::ROW_MAX_PT));
    }
    let total = rows.high((row, end - 1));
    rows.keep((row, end - 1), if total < SHORT_PT { total } else { high.max(style::height_of(3)).min(SHORT_PT) });
    for (slot, cell) in beside() {
        let runs = words(cell);
        let height = needed(slot, &runs);
        let format = if cell.centre { style::centred() } else { style::body() };
        let area = Area::of_row(row, slot.columns, &runs, Look::body(format));
        rows.area(Area { rows: (row, end - 1), again: again(cell, height), ..area });
    }
    end
}

/// A part of a cell with form rows, over the columns of the cell; returns the row after it.
fn form_part(rows: &mut Rows, on: &On<'_>, (row, part): (u32, &Part), slot: &Slot) -> u32 {
    match part {
        Part::Rows { rows: form } => {
            let columns = slot.form.expect("a column with form rows is parted as a form is");
            FormRows { document: on.document, columns, rows, row }.write(form)
        }
        Part::Band { label } => {
            rows.area(Area::of_row(row, slot.columns, label, style::band(3)));
            rows.height(row, style::row_height(&[(&text_of(label), slot.width)]).max(20.0));
            rows.stay(row);
            row + 1
        }
        Part::Rich { .. } | Part::Line { .. } | Part::Choice { .. } | Part::Checks { .. } | Part::Flow(_) => {
            let lines = shown(parts(std::slice::from_ref(part)), &on.document.meta.marks);
            let pieces = pieces(lines, slot.width);
            let edge = |is_outer: bool| if is_outer { Edge::Outer } else { Edge::Inner };
            let mut end = row;
            for (index, piece) in pieces.iter().enumerate() {
                let edges = Some((edge(index == 0), edge(index + 1 == pieces.len())));
                let area = Area::of_row(end, slot.columns, &piece.runs, Look::body(style::text()));
                rows.area(Area { edges, ..area });
                rows.height(end, piece.height);
                end += 1;
            }
            end
        }
    }
}

/// What a cell as high as this says again on each further page.
fn again(cell: &GridCell, height: f64) -> Again {
    match cell.repeats {
        Repeats::No => Again::Nothing,
        Repeats::Bare => Again::Bare,
        Repeats::Continued => Again::Continued(height + style::height_of(1)),
    }
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
    (top, place, bottom): (u32, (u16, u16), u32),
    (pieces, cell): (&[Piece], &GridCell),
    look: &Look,
) {
    if let [piece] = pieces {
        let area = Area::of_row(top, place, &piece.runs, look.clone());
        rows.area(Area { rows: (top, bottom), again: again(cell, piece.height), ..area });
        return;
    }
    let edge = |outer: bool| if outer { Edge::Outer } else { Edge::Inner };
    for (row, index) in (top..=bottom).zip(0..) {
        let runs: &[Run] = pieces.get(index).map_or(&[], |piece| piece.runs.as_slice());
        let area = Area::of_row(row, place, runs, look.clone());
        rows.area(Area { edges: Some((edge(row == top), edge(row == bottom))), ..area });
    }
}
