//! One page for a screen: as SVG or as PNG.

use tiny_skia::Pixmap;
use typst_layout::Page;
use typst_render::{RenderOptions, render};
use typst_svg::{SvgOptions, svg};

use super::picture::encoded;
use crate::page::Paged;

/// How a page is sent（ページの形式）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PageForm {
    /// SVG: sharp at every size, its letters as outlines.
    Svg,
    /// PNG of so many pixels a point: 2 for a screen of today.
    Png(u8),
    /// PNG of so many pixels across: for a screen whose size is known, where it is shown sooner than outlines.
    Across(u16),
}

impl PageForm {
    /// What a browser calls it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png(_) | Self::Across(_) => "image/png",
        }
    }
}

/// A page of a laid out document, counted from 1 in the order of the pages; `None` where there is no such page.
///
/// # Panics
/// As [`drawn`].
#[must_use]
pub fn page(paged: &Paged, number: usize, form: PageForm) -> Option<Vec<u8>> {
    Some(drawn(paged.document.pages().get(number.checked_sub(1)?)?, form))
}

/// The same of a page itself.
///
/// # Panics
/// If the encoder refused a picture of a page's size, which would be our bug.
#[must_use]
pub fn drawn(page: &Page, form: PageForm) -> Vec<u8> {
    let pixels = match form {
        PageForm::Svg => return svg(page, &SvgOptions::default()).into_bytes(),
        PageForm::Png(pixels) => f64::from(pixels.max(1)),
        PageForm::Across(across) => f64::from(across.max(1)) / page.frame.width().to_pt(),
    };
    let options = RenderOptions { pixel_per_pt: pixels.into(), ..RenderOptions::default() };
    looked_at(&render(page, &options))
}

/// A picture for who waits for it: it is looked at once, so that it may be larger than it must.
fn looked_at(picture: &Pixmap) -> Vec<u8> {
    // The paper is white, so that nothing shines through.
    let colours: Vec<u8> = picture.pixels().iter().flat_map(|it| [it.red(), it.green(), it.blue()]).collect();
    encoded(&colours, png::ColorType::Rgb, (picture.width(), picture.height()), png::Compression::Fast)
}
