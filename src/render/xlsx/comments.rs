//! Opinions as a workbook to be filled in: a sheet of opinions, a sheet of groups with their answers, and a hidden stamp.

use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Format, Formula, Worksheet, XlsxError};

use super::{style, workbook};
use crate::answers::{BOOK_KIND, CommentCell, CommentRow, CommentSheet, CommentTable, STAMP_SHEET};

/// Rows below the last one that may be filled in.
const OPEN_ROWS: u32 = 100;
/// Row of the headers: title and guide stand above it.
const HEADER: u32 = 2;
/// Lowest row, in pt.
const ROW_MIN_PT: f64 = 32.0;

/// Width of a column in half-width characters, by its header.
fn width(table: CommentTable, header: &str) -> f64 {
    match table.fields().iter().find(|field| field.header() == header) {
        Some(CommentCell::Received | CommentCell::Way) => 14.0,
        Some(CommentCell::Text) => 80.0,
        Some(CommentCell::Answer | CommentCell::Summary) => 46.0,
        Some(CommentCell::Heading | CommentCell::Items) => 26.0,
        Some(CommentCell::Effect | CommentCell::Changes | CommentCell::Group) => 16.0,
        None if header == table.key_header() && table == CommentTable::Groups => 16.0,
        None => 7.0,
    }
}

/// The workbook's bytes.
///
/// # Errors
/// [`XlsxError`] where a limit of the format is broken: a text of more than 32,767 characters.
pub fn comment_workbook(book: &CommentSheet, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(&book.title, &book.author, date)?;
    for (table, rows) in CommentTable::ALL.into_iter().zip(&book.tables) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.sheet())?;
        fill(sheet, book, table, rows)?;
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(STAMP_SHEET)?;
    stamp(sheet, book)?;
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, book: &CommentSheet, table: CommentTable, rows: &[CommentRow]) -> Result<(), XlsxError> {
    let headers = table.headers();
    let columns: Vec<(u16, &str)> = (0_u16..).zip(headers.iter().copied()).collect();
    // The last column is the hidden one.
    let (stamps, shown) = columns.split_last().expect("a table has columns");
    let last = shown.last().map_or(0, |(column, _)| *column);
    let total: f64 = shown.iter().map(|(_, header)| width(table, header)).sum();
    for (column, header) in shown {
        sheet.set_column_width(*column, width(table, header))?;
    }
    sheet.set_column_hidden(stamps.0)?;
    sheet.merge_range(0, 0, 0, last, &book.title, &style::title().set_text_wrap())?;
    // The title is set in 14 pt over columns that are measured in characters of 10 pt.
    sheet.set_row_height(0, style::row_height(&[(&book.title, total / 1.4)]) * 1.3)?;
    sheet.merge_range(1, 0, 1, last, table.guide(), &style::base().set_text_wrap())?;
    sheet.set_row_height(1, style::row_height(&[(table.guide(), total)]))?;
    for (column, header) in &columns {
        sheet.write_string_with_format(HEADER, *column, *header, &style::header())?;
    }
    let end = HEADER + 1 + u32::try_from(rows.len()).expect("a hearing has fewer opinions than 2^32");
    for (at, row) in (HEADER + 1..).zip(rows) {
        written(sheet, at, row, (table, shown))?;
        sheet.write_string(at, stamps.0, &row.stamp)?;
    }
    let blank = style::answer(style::body());
    for at in end..end + OPEN_ROWS {
        for (column, _) in shown {
            sheet.write_blank(at, *column, &blank)?;
        }
    }
    offered(sheet, book, table, (HEADER + 1, end + OPEN_ROWS - 1))?;
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    sheet.set_repeat_rows(HEADER, HEADER)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_area(0, 0, end.max(HEADER + 2) - 1, last)?;
    sheet.set_footer("&C&P / &N");
    Ok(())
}

fn written(
    sheet: &mut Worksheet,
    at: u32,
    row: &CommentRow,
    (table, columns): (CommentTable, &[(u16, &str)]),
) -> Result<(), XlsxError> {
    let open: Format = style::answer(style::body());
    let mut lines: Vec<(&str, f64)> = Vec::new();
    for (column, header) in columns {
        let field = table.fields().iter().position(|field| field.header() == *header);
        let (text, format) = match field {
            Some(field) => (row.values[field].as_str(), open.clone()),
            None if *column == 0 => (row.key.as_str(), open.clone()),
            None => (row.count.as_str(), style::centred()),
        };
        if text.is_empty() {
            sheet.write_blank(at, *column, &format)?;
        } else {
            sheet.write_string_with_format(at, *column, text, &format)?;
        }
        lines.push((text, width(table, header)));
    }
    sheet.set_row_height(at, style::row_height(&lines).clamp(ROW_MIN_PT, style::ROW_MAX_PT))?;
    Ok(())
}

/// What may be chosen: ways and effects from the data, groups from the other sheet.
fn offered(
    sheet: &mut Worksheet,
    book: &CommentSheet,
    table: CommentTable,
    (first, last): (u32, u32),
) -> Result<(), XlsxError> {
    for (column, field) in (1_u16..).zip(table.fields()) {
        let words = match field {
            CommentCell::Way => &book.ways,
            CommentCell::Effect => &book.effects,
            CommentCell::Group => {
                let end = HEADER + 1 + OPEN_ROWS + u32::try_from(book.tables[1].len()).expect("there are few groups");
                let range = format!("='{}'!$A${}:$A${end}", CommentTable::Groups.sheet(), HEADER + 2);
                let list = DataValidation::new().allow_list_formula(Formula::new(range));
                sheet.add_data_validation(first, column, last, column, &list)?;
                continue;
            }
            CommentCell::Received => {
                let message = DataValidation::new()
                    .set_input_title("受付日")?
                    .set_input_message("「2026-05-12」又は「令和8年5月12日」の形で書きます。")?;
                sheet.add_data_validation(first, column, last, column, &message)?;
                continue;
            }
            CommentCell::Text
            | CommentCell::Heading
            | CommentCell::Summary
            | CommentCell::Answer
            | CommentCell::Changes
            | CommentCell::Items => continue,
        };
        // A list in a cell's own rule holds 255 characters.
        let length: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
        if !words.is_empty() && length <= 255 {
            let list = DataValidation::new()
                .allow_list_strings(words)?
                .set_error_title("選択肢以外の値です")?
                .set_error_message("一覧から選んでください。")?;
            sheet.add_data_validation(first, column, last, column, &list)?;
        }
    }
    Ok(())
}

/// The hidden sheet: which export this is, and which rows it held.
fn stamp(sheet: &mut Worksheet, book: &CommentSheet) -> Result<(), XlsxError> {
    let line = [BOOK_KIND, &book.version, &book.municipality, &book.case, &book.title];
    for (column, text) in (0_u16..).zip(line) {
        sheet.write_string(0, column, text)?;
    }
    let rows = CommentTable::ALL.into_iter().zip(&book.tables);
    let rows = rows.flat_map(|(table, rows)| rows.iter().map(move |row| (table, row)));
    for (at, (table, row)) in (1..).zip(rows) {
        sheet.write_string(at, 0, table.key())?;
        sheet.write_string(at, 1, &row.key)?;
    }
    sheet.set_very_hidden(true);
    sheet.protect();
    Ok(())
}
