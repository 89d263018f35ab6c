//! A list of a document as a workbook: each grid a sheet, its header frozen and printed on every page.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{style, workbook};
use crate::layout::document::{Block, Document, Grid, GridCell, LineRole, Paper, Part, RichBlock, Row, Run, Tick};

/// Width of the page in half-width characters, upright and on its side.
const WIDTH_UPRIGHT: f64 = 95.0;
const WIDTH_LANDSCAPE: f64 = 140.0;

/// The workbook's bytes.
///
/// # Errors
/// [`XlsxError`] where a limit of the format is broken.
pub fn document_workbook(document: &Document, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(&document.meta.title, &document.meta.author, date)?;
    let grids = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        _ => None,
    });
    for (number, grid) in (1..).zip(grids) {
        let sheet = workbook.add_worksheet();
        let name = document.meta.title_lines.last().cloned().unwrap_or_else(|| format!("一覧{number}"));
        sheet.set_name(if number == 1 { name } else { format!("{name}{number}") })?;
        fill(sheet, document, grid)?;
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, document: &Document, grid: &Grid) -> Result<(), XlsxError> {
    let total = match document.meta.paper {
        Paper::A4 => WIDTH_UPRIGHT,
        Paper::A4Landscape => WIDTH_LANDSCAPE,
    };
    let shares: f64 = grid.widths.iter().sum();
    let widths: Vec<f64> = grid.widths.iter().map(|width| (width / shares * total).max(7.0)).collect();
    for (column, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    let last_column = u16::try_from(widths.len()).expect("a list has few columns") - 1;
    let mut row = 0;
    for line in head_lines(document) {
        sheet.write_string_with_format(row, 0, &line, &style::title())?;
        row += 1;
    }
    let header = row;
    for (column, label) in (0_u16..).zip(&grid.header) {
        sheet.write_string_with_format(row, column, label, &style::header())?;
    }
    row += 1;
    for grid_row in &grid.rows {
        if let Some(runs) = &grid_row.heading {
            let text: String = runs.iter().map(|run| run.text.as_str()).collect();
            sheet.merge_range(row, 0, row, last_column, &text, &style::heading())?;
            sheet.set_row_height(row, 20.0)?;
            row += 1;
            continue;
        }
        row += cells(sheet, row, &grid_row.cells, &widths)?;
    }
    sheet.set_freeze_panes(header + 1, 0)?;
    sheet.set_repeat_rows(header, header)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if document.meta.paper == Paper::A4Landscape {
        sheet.set_landscape();
    }
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_area(0, 0, row.max(1) - 1, last_column)?;
    sheet.set_header(format!("&R{}", document.meta.author.replace('&', "&&")));
    sheet.set_footer("&C&P / &N");
    Ok(())
}

/// Title and legend above the list.
fn head_lines(document: &Document) -> Vec<String> {
    let mut lines = document.meta.title_lines.clone();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Line { role: LineRole::Legend, runs } = block {
            lines.push(runs.iter().map(|run| run.text.as_str()).collect());
        }
    }
    lines
}

/// One row of the list, over as many sheet rows as its longest cell needs: a sheet row cannot be higher than 409 pt, so a long cell
/// goes on in the next row and the others are merged beside it. Returns how many rows it took.
fn cells(sheet: &mut Worksheet, row: u32, cells: &[GridCell], widths: &[f64]) -> Result<u32, XlsxError> {
    let chunks: Vec<Vec<Vec<Run>>> =
        cells.iter().zip(widths).map(|(cell, width)| chunked(lines_of(cell), *width)).collect();
    let rows = chunks.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let rows = u32::try_from(rows).expect("a cell has fewer lines than 2^32");
    for ((column, cell), (chunks, width)) in (0_u16..).zip(cells).zip(chunks.iter().zip(widths)) {
        let format = if cell.centre { style::centred() } else { style::body() };
        column_cells(sheet, row, column, chunks, rows, &format)?;
        for (offset, chunk) in (0_u32..).zip(chunks) {
            let text: String = chunk.iter().map(|run| run.text.as_str()).collect();
            if rows == 1 || chunks.len() > 1 {
                heighten(sheet, row + offset, &text, *width)?;
            }
        }
    }
    if rows == 1 {
        let texts: Vec<(String, f64)> = chunks
            .iter()
            .zip(widths)
            .map(|(chunks, width)| (chunks.iter().flatten().map(|run| run.text.as_str()).collect(), *width))
            .collect();
        let all: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (text.as_str(), *width)).collect();
        sheet.set_row_height(row, style::row_height(&all).max(18.0))?;
    }
    Ok(rows)
}

fn heighten(sheet: &mut Worksheet, row: u32, text: &str, width: f64) -> Result<(), XlsxError> {
    sheet.set_row_height(row, style::row_height(&[(text, width)]).max(18.0))?;
    Ok(())
}

fn column_cells(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    chunks: &[Vec<Run>],
    rows: u32,
    format: &Format,
) -> Result<(), XlsxError> {
    if chunks.len() <= 1 && rows > 1 {
        sheet.merge_range(row, column, row + rows - 1, column, "", format)?;
        return style::write_runs(sheet, row, column, chunks.first().map_or(&[], Vec::as_slice), format);
    }
    for offset in 0..rows {
        let index = usize::try_from(offset).expect("rows fit");
        style::write_runs(sheet, row + offset, column, chunks.get(index).map_or(&[], Vec::as_slice), format)?;
    }
    Ok(())
}

/// Lines put together into cells that fit into one sheet row each.
fn chunked(lines: Vec<Vec<Run>>, width: f64) -> Vec<Vec<Run>> {
    const MOST_PT: f64 = 380.0;
    let mut chunks: Vec<Vec<Run>> = Vec::new();
    let mut text = String::new();
    for line in lines {
        let words: String = line.iter().map(|run| run.text.as_str()).collect();
        let joined = if text.is_empty() { words.clone() } else { format!("{text}\n{words}") };
        match chunks.last_mut() {
            Some(chunk) if style::row_height(&[(&joined, width)]) <= MOST_PT => {
                chunk.push(Run { text: "\n".to_owned(), ..Run::default() });
                chunk.extend(line);
                text = joined;
            }
            _ => {
                chunks.push(line);
                text = words;
            }
        }
    }
    chunks
}

/// The lines that a cell shows.
fn lines_of(cell: &GridCell) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    cell.parts.iter().for_each(|part| part_lines(part, &mut lines));
    lines
}

fn part_lines(part: &Part, lines: &mut Vec<Vec<Run>>) {
    match part {
        Part::Rich { blocks } => block_lines(blocks, 0, lines),
        Part::Line { runs } => lines.push(runs.clone()),
        Part::Band { label } => {
            let mut runs = vec![plain("■ ")];
            runs.extend(label.iter().cloned());
            lines.push(runs);
        }
        Part::Rows { rows } => rows.iter().for_each(|row| row_lines(row, lines)),
        Part::Choice { value, options, count, .. } => {
            let mut runs = vec![plain("［")];
            runs.extend(value.iter().cloned());
            runs.push(plain("］"));
            runs.extend(count.iter().cloned());
            lines.push(runs);
            let listed =
                options.iter().zip(1..).map(|(option, number)| format!("{number}) {option}")).collect::<Vec<_>>();
            lines.push(vec![plain(format!("＜選択肢＞ {}", listed.join(" ")))]);
        }
        Part::Checks { options, .. } => {
            let mut runs = Vec::new();
            for tick in options {
                tick_runs(tick, &mut runs);
            }
            lines.push(runs);
        }
        Part::Flow(flow) => {
            lines.push(flow.title.clone());
            lines.push(vec![plain(format!("（図：{}）", flow.alt))]);
        }
    }
}

fn row_lines(row: &Row, lines: &mut Vec<Vec<Run>>) {
    // A row without a label is the text of the bar above it.
    if row.label.iter().any(|run| !run.text.is_empty()) {
        let mut runs = vec![plain("【")];
        runs.extend(row.label.iter().cloned());
        runs.push(plain(if row.important { " ※】" } else { "】" }));
        lines.push(runs);
    }
    row.cell.iter().for_each(|part| part_lines(part, lines));
}

fn tick_runs(tick: &Tick, runs: &mut Vec<Run>) {
    let box_text = if tick.on { "[○]" } else { "[　]" };
    runs.push(Run { text: format!("{box_text} {}", tick.label), mark: tick.mark.clone(), ..Run::default() });
    if let Some(text) = tick.text.as_ref().filter(|text| !text.is_empty()) {
        runs.push(plain("（"));
        runs.extend(text.iter().cloned());
        runs.push(plain("）"));
    }
    runs.extend(tick.count.iter().cloned());
    runs.push(plain("　"));
}

fn block_lines(blocks: &[RichBlock], depth: usize, lines: &mut Vec<Vec<Run>>) {
    for block in blocks {
        match block {
            RichBlock::Paragraph { runs } => {
                let mut line = if depth > 0 { vec![plain("　".repeat(depth))] } else { Vec::new() };
                line.extend(runs.iter().cloned());
                lines.push(line);
            }
            RichBlock::List { ordered, start, items } => {
                for (item, number) in items.iter().zip(*start..) {
                    let first = lines.len();
                    block_lines(item, depth, lines);
                    let sign = if *ordered { format!("{number}. ") } else { "・".to_owned() };
                    if let Some(line) = lines.get_mut(first) {
                        line.insert(0, plain(sign));
                    }
                }
            }
            RichBlock::Table { header, rows } => {
                for row in std::iter::once(header).chain(rows) {
                    let mut line = Vec::new();
                    for cell in row {
                        if !line.is_empty() {
                            line.push(plain(" ｜ "));
                        }
                        line.extend(cell.iter().cloned());
                    }
                    lines.push(line);
                }
            }
            RichBlock::Framed { blocks, .. } => block_lines(blocks, depth, lines),
        }
    }
}

fn plain(text: impl Into<String>) -> Run {
    Run { text: text.into(), ..Run::default() }
}
