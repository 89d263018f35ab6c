//! A page's figure as a picture, for formats that cannot draw it.

use tiny_skia::IntRect;
use typst_render::{RenderOptions, render};

use crate::page::Paged;

/// Pixels of a point: 300 to the inch, as sharp on paper as the letters beside the figure.
const PIXELS_PER_PT: f64 = 300.0 / 72.0;
/// Pixels of the frame round what is drawn.
const FRAME: u32 = 8;
/// What counts as paper: every channel at least this light.
const PAPER: u8 = 250;

/// A picture（図）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// PNG.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// The first page as a picture, cut to what is drawn on it; `None` where nothing is.
#[must_use]
pub fn picture(paged: &Paged) -> Option<Picture> {
    let page = paged.document.pages().first()?;
    let options = RenderOptions { pixel_per_pt: PIXELS_PER_PT.into(), ..RenderOptions::default() };
    let pixmap = render(page, &options);
    let inked = |x: u32, y: u32| {
        pixmap.pixel(x, y).is_some_and(|pixel| [pixel.red(), pixel.green(), pixel.blue()].iter().any(|c| *c < PAPER))
    };
    let rows = || 0..pixmap.height();
    let columns = || 0..pixmap.width();
    let row_inked = |y: &u32| columns().any(|x| inked(x, *y));
    let column_inked = |x: &u32| rows().any(|y| inked(*x, y));
    let (top, bottom) = (rows().find(row_inked)?, rows().rev().find(row_inked)?);
    let (left, right) = (columns().find(column_inked)?, columns().rev().find(column_inked)?);
    // The frame on the page is the sheet's cell here.
    let place = |at: u32| i32::try_from(at + FRAME).ok();
    let size = |first: u32, last: u32| (last + 1).checked_sub(first + 2 * FRAME).filter(|size| *size > 0);
    let rectangle = IntRect::from_xywh(place(left)?, place(top)?, size(left, right)?, size(top, bottom)?)?;
    let cut = pixmap.clone_rect(rectangle)?;
    let png = cut.encode_png().ok()?;
    Some(Picture { png, width: cut.width(), height: cut.height() })
}
