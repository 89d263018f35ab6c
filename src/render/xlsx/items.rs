//! The items of a form as a workbook, to be looked up where there is no other table of them.

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

use super::{style, workbook};
use crate::model::{FormListing, ListedItem};

/// The day that the workbook bears: it has none of its own, and the clock is never asked.
const DAY: Date = Date::constant(2000, 1, 1);

/// A column: header, width in half-width characters, and what an item says in it.
type Column = (&'static str, f64, fn(&ListedItem) -> String);

const COLUMNS: &[Column] = &[
    ("節", 24.0, |item| item.section.clone()),
    ("パス", 34.0, |item| item.path.to_string()),
    ("ID", 26.0, |item| item.id.to_string()),
    ("種類", 10.0, |item| item.kind.name().to_owned()),
    ("項目名", 44.0, |item| format!("{}{}", "　".repeat(item.depth), item.label)),
    ("選択肢", 40.0, |item| numbered(&item.options)),
    ("必須", 6.0, |item| if item.required { "○".to_owned() } else { String::new() }),
    ("※", 5.0, |item| if item.important { "※".to_owned() } else { String::new() }),
    ("空ける条件", 24.0, |item| item.released_by.join("\n")),
    ("引用元", 26.0, |item| item.from.clone()),
    ("書くこと", 60.0, |item| item.guidance.clone()),
];

fn numbered(options: &[String]) -> String {
    let lines: Vec<String> = (1..).zip(options).map(|(number, option)| format!("{number}) {option}")).collect();
    lines.join("\n")
}

/// The bytes of the workbook.
///
/// # Errors
/// [`XlsxError`] where a limit of the format is broken.
pub fn items_workbook(listing: &FormListing) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(&listing.title, "", DAY)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("項目一覧")?;
    let tag = if listing.tag.is_empty() { String::new() } else { format!("［{}］", listing.tag) };
    let title = format!("{}{tag}（{}）", listing.title, listing.form);
    sheet.write_string_with_format(0, 0, title, &style::title())?;
    let header = style::header();
    for (at, (name, width, _)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(1, at, *name, &header)?;
    }
    let body = style::body();
    for (row, item) in (2u32..).zip(&listing.items) {
        let texts: Vec<(String, f64)> = COLUMNS.iter().map(|(_, width, said)| (said(item), *width)).collect();
        for (at, (text, _)) in (0u16..).zip(&texts) {
            sheet.write_string_with_format(row, at, text, &body)?;
        }
        let cells: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (text.as_str(), *width)).collect();
        sheet.set_row_height(row, style::row_height(&cells))?;
    }
    sheet.set_freeze_panes(2, 0)?;
    let last = u32::try_from(listing.items.len()).unwrap_or(u32::MAX).saturating_add(1);
    let last_column = u16::try_from(COLUMNS.len() - 1).expect("there are few columns");
    sheet.autofilter(1, 0, last, last_column)?;
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(1, 1)?;
    workbook.save_to_buffer()
}
