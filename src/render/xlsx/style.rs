//! Formats, rich text and row heights that all workbooks share.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::layout::document::{MarkShow, Run};

/// Font of all workbooks; offices have it, and where they do not a gothic of the system takes its place.
const FONT: &str = "BIZ UDゴシック";
/// Body size in pt.
const SIZE_PT: f64 = 10.0;
/// What a line loses to the cell's margins and to characters that do not fit, in half-width characters.
const MARGIN: f64 = 2.5;
/// Height of one line in pt.
const LINE_PT: f64 = 14.0;
/// Highest row that Excel allows, in pt.
const ROW_MAX_PT: f64 = 409.0;
/// Longest text of a cell, in UTF-16 units as Excel counts.
const CELL_MAX: usize = 32_767;

/// Plain text in the workbook's font.
pub(super) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(SIZE_PT)
}

/// A bordered cell with wrapped text at its top.
pub(super) fn body() -> Format {
    base().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top)
}

/// A bordered cell with centred text.
pub(super) fn centred() -> Format {
    body().set_align(FormatAlign::Center)
}

/// A cell that is to be filled in: unlocked, of a pale ground. What is typed stays as typed: no date is made of `4/1`.
pub(super) fn answer(cell: Format) -> Format {
    cell.set_unlocked().set_num_format("@").set_background_color(Color::RGB(0x00FF_FBEF))
}

/// A header cell: grey, bold, centred both ways.
pub(super) fn header() -> Format {
    base()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E0_E0E0))
}

/// A heading over the whole width.
pub(super) fn heading() -> Format {
    base()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00EE_EEEE))
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    base().set_bold().set_font_size(14.0)
}

/// Writes runs into a cell: changed words bold and underlined, deleted ones struck through.
pub(super) fn write_runs(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    runs: &[Run],
    cell: &Format,
) -> Result<(), XlsxError> {
    let pieces: Vec<(Format, &str)> = limited(runs);
    let plain = pieces.iter().all(|(format, _)| *format == base());
    let text: String = pieces.iter().map(|(_, text)| *text).collect();
    if text.is_empty() {
        sheet.write_blank(row, column, cell)?;
    } else if plain || pieces.len() < 2 {
        // A single piece cannot be rich text: its look becomes the cell's.
        let format = match pieces.first() {
            Some((format, _)) if !plain => cell.merge(format),
            _ => cell.clone(),
        };
        sheet.write_string_with_format(row, column, text, &format)?;
    } else {
        let references: Vec<(&Format, &str)> = pieces.iter().map(|(format, text)| (format, *text)).collect();
        sheet.write_rich_string_with_format(row, column, &references, cell)?;
    }
    Ok(())
}

/// Runs with their formats, empty ones left out, no longer than a cell may be.
fn limited(runs: &[Run]) -> Vec<(Format, &str)> {
    let mut left = CELL_MAX;
    let mut pieces = Vec::new();
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        let mut end = run.text.len();
        let mut units = 0;
        for (index, character) in run.text.char_indices() {
            if units + character.len_utf16() > left {
                end = index;
                break;
            }
            units += character.len_utf16();
        }
        left -= units;
        if end > 0 {
            pieces.push((look(run), &run.text[..end]));
        }
    }
    pieces
}

fn look(run: &Run) -> Format {
    let format = if run.strong { base().set_bold() } else { base() };
    match run.mark.as_ref().map(|mark| mark.show) {
        Some(MarkShow::Ins) => format.set_bold().set_underline(FormatUnderline::Single),
        Some(MarkShow::Del) => format.set_font_strikethrough(),
        Some(MarkShow::None) | None => format,
    }
}

/// Height of a row in pt, for texts in columns of a width in half-width characters.
pub(super) fn row_height(cells: &[(&str, f64)]) -> f64 {
    let lines = cells.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * LINE_PT + 4.0).min(ROW_MAX_PT)
}

fn lines(text: &str, width: f64) -> usize {
    // A full-width character does not fit into the last half of a line, and the cell keeps a margin at both sides.
    let width = (width - MARGIN).max(2.0);
    text.split('\n')
        .map(|line| {
            let line = u32::try_from(UnicodeWidthStr::width(line)).unwrap_or(u32::MAX);
            let mut count = 1;
            while f64::from(line) > width * f64::from(count) {
                count += 1;
            }
            usize::try_from(count).unwrap_or(1)
        })
        .sum()
}
