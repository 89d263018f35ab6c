//! Paper, repeated rows, header and footer of a sheet.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::layout::document::{Meta, Paper};

/// Rows that are printed again at the head of every page（印刷タイトル）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeadRows {
    /// First.
    pub first: u32,
    /// Last.
    pub last: u32,
}

/// Longest title that stands in a footer beside the number of the page, in characters.
const TITLE_MAX: usize = 100;

/// Sets a sheet up for A4, as wide as its columns, from the first cell to `end`.
pub(super) fn set(sheet: &mut Worksheet, meta: &Meta, head: HeadRows, end: (u32, u16)) -> Result<(), XlsxError> {
    sheet.set_repeat_rows(head.first, head.last)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if meta.paper == Paper::A4Landscape {
        sheet.set_landscape();
    }
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_print_center_horizontally(true);
    sheet.set_print_area(0, 0, end.0, end.1)?;
    let right = if meta.header_right.is_empty() { &meta.author } else { &meta.header_right };
    sheet.set_header(format!("&R{}", escaped(right)));
    let pattern = if meta.footer.is_empty() { "{n} / {N}" } else { &meta.footer };
    let numbers = escaped(pattern).replace("{n}", "&P").replace("{N}", "&N");
    // A footer of a sheet holds 255 characters.
    let is_short = meta.title.chars().count() <= TITLE_MAX;
    let left = if meta.footer_left.is_empty() && is_short { &meta.title } else { &meta.footer_left };
    let version = if meta.version.is_empty() { String::new() } else { format!("&R{}", escaped(&meta.version)) };
    sheet.set_footer(format!("&L{}&C{numbers}{version}", escaped(left)));
    Ok(())
}

/// `&` begins a code in headers and footers.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}
