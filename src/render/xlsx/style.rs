//! Formats, rich text and row heights that all workbooks share.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Worksheet, XlsxError};

use super::wrap;
use crate::document::tree::{
    CellLook, LineRole, MarkLook, MarkShow, MarkStyle, Run, Typeface, Underline, Weight, reads_on,
};

/// Font of all workbooks; offices have it, and where they do not a gothic of the system takes its place.
const FONT: &str = "BIZ UDゴシック";
/// Font of marked words that are to be 明朝.
const MINCHO: &str = "BIZ UD明朝";
/// Body size in pt: 14 pixels of a screen, so that a half-width character takes 7 of them and lines break on paper where they do on a
/// screen.
pub(super) const SIZE_PT: f64 = 10.5;
/// Size of the options beside a choice, in pt: 12 pixels, 6 for a half-width character.
pub(super) const SMALL_PT: f64 = 9.0;
/// Points of a pixel of a screen.
pub(super) const PT_PER_PX: f64 = 0.75;
/// What a line loses to the cell's margins, in half-width characters.
const MARGIN: f64 = 0.5;
/// Height of one line in pt.
const LINE_PT: f64 = 12.75;
/// What a row needs above and below its lines, in pt.
const ROW_MARGIN_PT: f64 = 3.75;
/// Height of a row that is not given one, in pt.
pub(super) const ROW_PT: f64 = 13.5;
/// Highest row that Excel allows, in pt.
pub(super) const ROW_MAX_PT: f64 = 409.0;
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

/// The same for running text: what its lines leave of the row is spread between them.
pub(super) fn text() -> Format {
    body().set_align(FormatAlign::VerticalJustify)
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

/// A format and the size of its letters, which the height of its row follows（見出しの見た目）.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// The format.
    pub format: Format,
    /// Size in pt.
    pub size_pt: f64,
}

impl Look {
    /// A format in the size of the body.
    pub(super) fn body(format: Format) -> Self {
        Self { format, size_pt: SIZE_PT }
    }

    /// A format in a size.
    pub(super) fn sized(format: Format, size_pt: f64) -> Self {
        Self { format: format.set_font_size(size_pt), size_pt }
    }
}

/// The heading of a section.
pub(super) fn section() -> Look {
    Look::sized(heading().set_text_wrap().set_background_color(Color::RGB(0x00D2_D2D2)), 13.0)
}

/// A bar of the form: 2 under the section's heading, lighter below.
pub(super) fn band(level: u8) -> Look {
    let grey = match level {
        0..=2 => 0x00E1_E1E1,
        3 => 0x00EC_ECEC,
        _ => 0x00F6_F6F6,
    };
    Look::sized(
        heading().set_text_wrap().set_background_color(Color::RGB(grey)),
        if level <= 2 { 10.5 } else { SIZE_PT },
    )
}

/// The label of a form row.
pub(super) fn label() -> Format {
    body().set_background_color(Color::RGB(0x00F0_F0F0))
}

/// Text outside of a table.
pub(super) fn plain_line() -> Look {
    Look::sized(base().set_text_wrap().set_align(FormatAlign::VerticalJustify), SIZE_PT)
}

/// A line of a list of contents.
pub(super) fn boxed_line() -> Look {
    Look::sized(body().set_align(FormatAlign::VerticalCenter).set_indent(1), 11.5)
}

/// A heading in running text.
pub(super) fn bold_line() -> Look {
    Look::sized(plain_line().format.set_bold(), 10.5)
}

/// A line by its role.
pub(super) fn line(role: LineRole) -> Look {
    let wrapped = base().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    match role {
        LineRole::Title => Look::sized(wrapped.set_bold().set_align(FormatAlign::Center), 18.0),
        LineRole::Tag | LineRole::Right => Look::sized(wrapped.set_align(FormatAlign::Right), SIZE_PT),
        LineRole::Version => Look::sized(wrapped.set_bold().set_align(FormatAlign::Center), 13.0),
        LineRole::Subject => Look::sized(wrapped.set_bold(), 11.5),
        LineRole::Centre => Look::sized(wrapped.set_align(FormatAlign::Center), 11.0),
        LineRole::Legend | LineRole::Plain => Look::sized(wrapped, SIZE_PT),
    }
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
    let inserted = MarkLook { weight: Weight::Bold, underline: Underline::Single, ..MarkLook::default() };
    let marks =
        MarkStyle { inserted, deleted: MarkLook { strike: true, ..MarkLook::default() }, ..MarkStyle::default() };
    write_words(sheet, (row, column), &Words { runs, marks: &marks, size_pt: SIZE_PT }, cell)
}

/// What is written into a cell（セルの文字）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    /// The runs.
    pub runs: &'a [Run],
    /// How changed ones look.
    pub marks: &'a MarkStyle,
    /// Size in pt: rich text takes it from the run, not from the cell.
    pub size_pt: f64,
}

/// Writes runs into a cell. A shade is the cell's ground, where all its words are shaded.
pub(super) fn write_words(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    words: &Words<'_>,
    cell: &Format,
) -> Result<(), XlsxError> {
    let shaded = shade(words).map(|grey| cell.clone().set_background_color(grey));
    let cell = shaded.as_ref().unwrap_or(cell);
    let pieces: Vec<(Format, &str)> = limited(words);
    let plain = pieces.iter().all(|(format, _)| *format == base().set_font_size(words.size_pt));
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

/// Runs with their formats, empty ones left out, no longer than a cell may be. A struck figure and the one in its place are kept apart.
fn limited<'a>(words: &Words<'a>) -> Vec<(Format, &'a str)> {
    let mut left = CELL_MAX;
    let mut pieces = Vec::new();
    let is_struck = |run: &Run| run.mark.as_ref().is_some_and(|mark| mark.show == MarkShow::Del);
    let mut before: Option<&Run> = None;
    for run in words.runs.iter().filter(|run| !run.text.is_empty()) {
        let is_parted = before.is_some_and(|last| is_struck(last) != is_struck(run) && reads_on(&last.text, &run.text));
        if is_parted && left > 1 {
            left -= 1;
            pieces.push((base().set_font_size(words.size_pt), " "));
        }
        before = Some(run);
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
            pieces.push((look(run, words), &run.text[..end]));
        }
    }
    pieces
}

/// How a run is marked, where it is.
fn mark_look<'a>(run: &Run, words: &Words<'a>) -> Option<&'a MarkLook> {
    match run.mark.as_ref()?.show {
        MarkShow::Ins => Some(&words.marks.inserted),
        MarkShow::Del => Some(&words.marks.deleted),
        MarkShow::None => None,
    }
}

/// The grey of a cell whose words are all shaded; signs between them do not count.
fn shade(words: &Words<'_>) -> Option<Color> {
    let mut runs = words.runs.iter().filter(|run| run.text.chars().any(char::is_alphanumeric));
    let grey = |run: &Run| mark_look(run, words)?.shade;
    let first = grey(runs.next()?)?;
    if !runs.all(|run| grey(run).is_some()) {
        return None;
    }
    let level = u32::from(100 - first.min(100)) * 255 / 100;
    Some(Color::RGB(level << 16 | level << 8 | level))
}

/// A sheet has no frame inside a cell, and a ground only for all of it: [`MarkLook::in_cell`] says what stands for them.
fn look(run: &Run, words: &Words<'_>) -> Format {
    let format = base().set_font_size(words.size_pt);
    let format = if run.strong { format.set_bold() } else { format };
    let Some(look) = mark_look(run, words) else { return format };
    let CellLook { weight, underline, strike } = look.in_cell();
    let format = if weight == Weight::Bold { format.set_bold() } else { format };
    let format = if strike { format.set_font_strikethrough() } else { format };
    let format = if look.face == Some(Typeface::Mincho) { format.set_font_name(MINCHO) } else { format };
    match underline {
        Underline::None => format,
        Underline::Single => format.set_underline(FormatUnderline::Single),
        Underline::Double => format.set_underline(FormatUnderline::Double),
    }
}

/// Height of a row in pt, for texts in columns of a width in half-width characters.
pub(super) fn row_height(cells: &[(&str, f64)]) -> f64 {
    height_of(cells.iter().map(|(text, width)| line_count(text, *width)).max().unwrap_or(1))
}

/// Height of a row of so many lines, in pt.
pub(super) fn height_of(lines: usize) -> f64 {
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    (f64::from(lines) * LINE_PT + ROW_MARGIN_PT).min(ROW_MAX_PT)
}

/// The height of whole pixels that is at least so many pt: programs count rows in them.
pub(super) fn whole_px(pt: f64) -> f64 {
    (pt / PT_PER_PX - 0.001).ceil() * PT_PER_PX
}

/// Pixels of a column of a width in half-width characters.
pub(super) fn column_px(width: f64) -> u32 {
    (width * 7.0 + 5.5) as u32
}

/// Half-width characters that fit into a line of a column.
pub(super) fn room(width: f64) -> usize {
    (width - MARGIN).max(2.0).floor() as usize
}

/// Lines that a text takes in a column.
pub(super) fn line_count(text: &str, width: f64) -> usize {
    text.split('\n').map(|line| wrap::lines(line, room(width))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::MarkRef;

    #[test]
    fn a_struck_figure_and_the_one_in_its_place_are_kept_apart() {
        let marks = MarkStyle::default();
        let run = |text: &str, show: Option<MarkShow>| Run {
            text: text.to_owned(),
            mark: show.map(|show| MarkRef { key: "k".into(), show }),
            ..Run::default()
        };
        let text = |runs: &[Run]| -> String {
            limited(&Words { runs, marks: &marks, size_pt: SIZE_PT }).into_iter().map(|(_, text)| text).collect()
        };
        let (ins, del) = (Some(MarkShow::Ins), Some(MarkShow::Del));
        assert_eq!(text(&[run("（", None), run("6", del), run("7", ins), run("）件", None)]), "（6 7）件");
        assert_eq!(text(&[run("1", None), run("2", del), run("3", None)]), "1 2 3");
        assert_eq!(text(&[run("旧", del), run("新", ins), run("1", None), run("2", ins)]), "旧新12");
    }
}
