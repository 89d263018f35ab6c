//! Workbooks. Text is always written as text: a cell that begins with `=` stays what its author wrote.

mod checklist;
mod document;
mod style;

pub use checklist::checklist_workbook;
pub use document::document_workbook;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// A workbook whose bytes repeat: its creation date is the content's, never the clock's.
fn workbook(title: &str, author: &str, date: Date) -> Result<Workbook, XlsxError> {
    let month = u8::try_from(date.month()).expect("months are positive");
    let day = u8::try_from(date.day()).expect("days are positive");
    let created = ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1900), month, day)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(title).set_author(author).set_creation_datetime(&created));
    Ok(workbook)
}
