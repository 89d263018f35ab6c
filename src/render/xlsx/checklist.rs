//! A checklist as a workbook: one sheet per table and side; answers from drop-downs, only answer cells unlocked.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ConditionalFormatBlank, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format,
    FormatBorder, ProtectionOptions, Worksheet, XlsxError,
};

use super::{style, workbook};
use crate::layout::document::Run;
use crate::layout::{ChecklistBook, ChecklistSheet, MeasureRow};

/// Answers that the drop-down offers.
const ANSWERS: [&str; 3] = ["○", "―", "×"];

/// A column: header, width in half-width characters.
const COLUMNS: [(&str, f64); 9] = [
    ("No.", 5.0),
    ("区分", 10.0),
    ("対策項目", 46.0),
    ("実施", 6.0),
    ("具体的な内容", 34.0),
    ("根拠（評価書の項目・ページ）", 26.0),
    ("変更", 7.0),
    ("備考", 18.0),
    ("未実施（×）の理由", 20.0),
];
/// Columns that the person who answers may write in.
const ANSWER_COLUMN: u16 = 3;
const DETAIL_COLUMN: u16 = 4;
const NOTE_COLUMN: u16 = 7;
const REASON_COLUMN: u16 = 8;
/// Hidden column with the permanent id, by which an answer finds its way back.
const ID_COLUMN: u16 = 9;

/// The workbook's bytes.
///
/// # Errors
/// [`XlsxError`] where a limit of the format is broken: two sheets of one name, a name with forbidden characters.
pub fn checklist_workbook(book: &ChecklistBook, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(&book.title, &book.author, date)?;
    for sheet in &book.sheets {
        let target = workbook.add_worksheet();
        target.set_name(&sheet.name)?;
        fill(target, book, sheet)?;
    }
    workbook.save_to_buffer()
}

fn fill(target: &mut Worksheet, book: &ChecklistBook, sheet: &ChecklistSheet) -> Result<(), XlsxError> {
    for (column, (_, width)) in (0_u16..).zip(COLUMNS) {
        target.set_column_width(column, width)?;
    }
    target.set_column_hidden(ID_COLUMN)?;
    let header = head(target, book, sheet)?;
    let first = header + 1;
    for ((row, measure), number) in (first..).zip(&sheet.rows).zip(1_u32..) {
        measure_row(target, row, number, measure)?;
    }
    let rows = u32::try_from(sheet.rows.len()).expect("Excel has fewer rows than 2^32");
    if rows > 0 {
        answers(target, first, first + rows - 1)?;
    }
    page(target, book, sheet, header, first + rows)?;
    Ok(())
}

/// Title and head lines; returns the row of the column headers.
fn head(target: &mut Worksheet, book: &ChecklistBook, sheet: &ChecklistSheet) -> Result<u32, XlsxError> {
    target.write_string_with_format(0, 0, &book.title, &style::title())?;
    target.write_string_with_format(
        1,
        0,
        format!("{}　{}", sheet.belongs_to, sheet.title),
        &style::base().set_bold(),
    )?;
    let mut row = 2;
    let line = style::base().set_border(FormatBorder::Thin).set_text_wrap();
    for (label, text) in &book.head {
        target.merge_range(row, 0, row, 1, label, &style::header())?;
        target.merge_range(row, 2, row, REASON_COLUMN, text, &line)?;
        target.set_row_height(row, style::row_height(&[(text, 150.0)]).max(18.0))?;
        row += 1;
    }
    row += 1;
    for (column, (label, _)) in (0_u16..).zip(COLUMNS) {
        target.write_string_with_format(row, column, label, &style::header())?;
    }
    target.set_row_height(row, 32.0)?;
    target.write_string_with_format(row, ID_COLUMN, "id", &style::header())?;
    Ok(row)
}

fn measure_row(target: &mut Worksheet, row: u32, number: u32, measure: &MeasureRow) -> Result<(), XlsxError> {
    let body = style::body();
    let centred = style::centred();
    let open = style::body().set_unlocked();
    let open_centred = style::centred().set_unlocked();
    target.write_number_with_format(row, 0, number, &centred)?;
    target.write_string_with_format(row, 1, measure.category, &centred)?;
    style::write_runs(target, row, 2, &measure.text, &body)?;
    write(target, row, ANSWER_COLUMN, measure.answer, &open_centred)?;
    write(target, row, DETAIL_COLUMN, &measure.detail, &open)?;
    write(target, row, 5, &measure.rests_on, &body)?;
    write(target, row, 6, measure.state, &centred)?;
    write(target, row, NOTE_COLUMN, &measure.note, &open)?;
    write(target, row, REASON_COLUMN, &measure.reason, &open)?;
    target.write_string(row, ID_COLUMN, &measure.id)?;
    let text: String = measure.text.iter().map(|run: &Run| run.text.as_str()).collect();
    let cells = [
        (text.as_str(), COLUMNS[2].1),
        (measure.detail.as_str(), COLUMNS[4].1),
        (measure.rests_on.as_str(), COLUMNS[5].1),
        (measure.note.as_str(), COLUMNS[7].1),
        (measure.reason.as_str(), COLUMNS[8].1),
    ];
    target.set_row_height(row, style::row_height(&cells).max(32.0))?;
    Ok(())
}

fn write(target: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if text.is_empty() {
        target.write_blank(row, column, format)?;
    } else {
        target.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Drop-downs, and a look for open and negative answers that does not rest on colour alone.
fn answers(target: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    let list = DataValidation::new()
        .allow_list_strings(&ANSWERS)?
        .set_input_title("実施の状況")?
        .set_input_message("○：実施する　―：該当しない　×：実施しない（理由を右の欄に記入）")?
        .set_error_title("選択肢以外の値です")?
        .set_error_message("○、―、× のどれかを選んでください。")?;
    target.add_data_validation(first, ANSWER_COLUMN, last, ANSWER_COLUMN, &list)?;
    let open = Format::new().set_background_color(Color::RGB(0x00FF_F2CC)).set_border(FormatBorder::Dashed);
    let blank = ConditionalFormatBlank::new().set_format(open);
    target.add_conditional_format(first, ANSWER_COLUMN, last, ANSWER_COLUMN, &blank)?;
    let negative = Format::new().set_bold().set_background_color(Color::RGB(0x00F8_CBAD));
    let cross = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo("×")).set_format(negative);
    target.add_conditional_format(first, ANSWER_COLUMN, last, ANSWER_COLUMN, &cross)?;
    Ok(())
}

/// Paper, repeated header, footer, protection.
fn page(
    target: &mut Worksheet,
    book: &ChecklistBook,
    sheet: &ChecklistSheet,
    header: u32,
    end: u32,
) -> Result<(), XlsxError> {
    target.set_freeze_panes(header + 1, 3)?;
    target.set_repeat_rows(header, header)?;
    target.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    target.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    target.set_print_area(0, 0, end.max(1) - 1, REASON_COLUMN)?;
    target.set_header(format!("&L{}&R{}", escape(&book.author), escape(&sheet.name)));
    target.set_footer("&C&P / &N");
    let options = ProtectionOptions {
        format_rows: true,
        format_columns: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    };
    target.protect_with_options(&options);
    Ok(())
}

/// `&` begins a code in headers and footers.
fn escape(text: &str) -> String {
    text.replace('&', "&&")
}
