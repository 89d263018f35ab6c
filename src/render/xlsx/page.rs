//! Paper, repeated rows, header and footer of a sheet.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style;
use crate::document::tree::{Meta, Paper};

/// Rows that are printed again at the head of every page（印刷タイトル）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeadRows {
    /// First.
    pub first: u32,
    /// Last.
    pub last: u32,
}

/// Margins of a page, in pt: at each side, and above and below.
const MARGINS_PT: (f64, f64) = (0.4 * 72.0, 0.6 * 72.0);
/// Share of a page that is filled: the rest is for programs whose rows are a little higher or whose scale is a little larger.
const FILLED: f64 = 0.98;

/// What the pages of a sheet hold, in pt of its rows（1ページに入る高さ）.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Above the repeated rows and below.
    all: f64,
    /// What is repeated at the head of each page but the first.
    head: f64,
}

impl Room {
    /// Pages as wide as columns of so many pixels together, with a head so high.
    pub(super) fn new(paper: Paper, width_px: u32, head: f64) -> Self {
        let (wide, high) = match paper {
            Paper::A4 => (595.28, 841.89),
            Paper::A4Landscape => (841.89, 595.28),
        };
        let (sides, ends) = MARGINS_PT;
        let percent = ((wide - 2.0 * sides) / (f64::from(width_px) * style::PT_PER_PX) * 100.0).floor();
        Self { all: (high - 2.0 * ends) / (percent.min(100.0) / 100.0) * FILLED, head }
    }

    /// Pages that are filled to a share only.
    pub(super) fn lower(self, share: f64) -> Self {
        Self { all: self.all * share, ..self }
    }

    /// Height of the rows of a page.
    pub(super) fn pt(self, is_first: bool) -> f64 {
        if is_first { self.all } else { self.all - self.head }
    }
}

/// Longest title that stands in a footer beside the number of the page, in characters.
const TITLE_MAX: usize = 100;

/// Sets a sheet up for A4, as wide as its columns, from the first cell to `end`.
pub(super) fn set(
    sheet: &mut Worksheet,
    meta: &Meta,
    head: Option<HeadRows>,
    end: (u32, u16),
) -> Result<(), XlsxError> {
    if let Some(head) = head {
        sheet.set_repeat_rows(head.first, head.last)?;
    }
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
