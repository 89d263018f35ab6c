//! A page's figure as a picture, for formats that cannot draw it.

use std::ops::Range;

use tiny_skia::{Pixmap, PremultipliedColorU8};
use typst::layout::{Abs, Point, Size};
use typst_layout::Page;
use typst_render::{RenderOptions, render};

use crate::page::Paged;

/// Pixels of so many points: 300 to the inch, as sharp on paper as the letters beside the figure.
const PIXELS: usize = 25;
/// Points of so many pixels.
const POINTS: usize = 6;
/// Pixels of the frame round what is drawn.
const FRAME: usize = 8;
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
///
/// A whole page of that many pixels is large, and half of it is paper: where something stands is looked for in a small picture first, and
/// only that part of the page is drawn.
#[must_use]
pub fn picture(paged: &Paged) -> Option<Picture> {
    let page = paged.document.pages().first()?;
    let large = drawn(&part(page, inked(&drawn(page, 1.0))?), PIXELS as f64 / POINTS as f64);
    // The frame on the page is the sheet's cell here.
    let within = |of: Range<usize>| of.start + FRAME..of.end.saturating_sub(FRAME);
    let (across, down) = inked(&large)?;
    cut(&large, within(across), within(down))
}

fn drawn(page: &Page, pixels: f64) -> Pixmap {
    render(page, &RenderOptions { pixel_per_pt: pixels.into(), ..RenderOptions::default() })
}

/// What lies in a range of points across and down, and a little round it. It begins where a pixel of the page does, so that its pixels are those
/// of the page.
fn part(page: &Page, (across, down): (Range<usize>, Range<usize>)) -> Page {
    let begin = |at: usize| Abs::pt((at.saturating_sub(1) / POINTS * POINTS) as f64);
    let end = |at: usize| Abs::pt((at + 1) as f64);
    let first = Point::new(begin(across.start), begin(down.start));
    let last = Point::new(end(across.end).min(page.frame.width()), end(down.end).min(page.frame.height()));
    let mut page = page.clone();
    page.frame.translate(-first);
    page.frame.set_size(Size::new(last.x - first.x, last.y - first.y));
    page
}

/// The columns and rows of pixels between the first and the last that is no paper; `None` where all is.
fn inked(pixels: &Pixmap) -> Option<(Range<usize>, Range<usize>)> {
    let width = usize::try_from(pixels.width()).expect("a width fits");
    let mut inked: Option<(Range<usize>, Range<usize>)> = None;
    for (y, row) in pixels.pixels().chunks(width).enumerate() {
        let Some(left) = row.iter().position(is_ink) else { continue };
        let right = row.iter().rposition(is_ink).expect("there is one at the left") + 1;
        let (across, down) = inked.unwrap_or((left..right, y..y));
        inked = Some((across.start.min(left)..across.end.max(right), down.start..y + 1));
    }
    inked
}

fn is_ink(pixel: &PremultipliedColorU8) -> bool {
    pixel.red() < PAPER || pixel.green() < PAPER || pixel.blue() < PAPER
}

/// A part of a picture as PNG: without colours where it has none, which takes a third of the room; `None` where there is no such part.
fn cut(pixels: &Pixmap, across: Range<usize>, down: Range<usize>) -> Option<Picture> {
    let width = usize::try_from(pixels.width()).expect("a width fits");
    let rows = || pixels.pixels().chunks(width).take(down.end).skip(down.start).map(|row| row.get(across.clone()));
    let rows: Vec<&[PremultipliedColorU8]> = rows().collect::<Option<_>>()?;
    let all = || rows.iter().copied().flatten();
    let is_gray = all().all(|pixel| pixel.red() == pixel.green() && pixel.green() == pixel.blue());
    // The paper is white, so that nothing shines through.
    let (kind, bytes): (_, Vec<u8>) = if is_gray {
        (png::ColorType::Grayscale, all().map(|pixel| pixel.red()).collect())
    } else {
        (png::ColorType::Rgb, all().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect())
    };
    let size = |of: &Range<usize>| u32::try_from(of.len()).ok().filter(|size| *size > 0);
    let (width, height) = (size(&across)?, size(&down)?);
    let png = encoded(&bytes, kind, (width, height), png::Compression::Balanced);
    Some(Picture { png, width, height })
}

/// Pixels as PNG.
pub(super) fn encoded(
    pixels: &[u8],
    kind: png::ColorType,
    (width, height): (u32, u32),
    compression: png::Compression,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(kind);
    encoder.set_compression(compression);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels));
    written.expect("a page is some thousands of pixels wide at most");
    bytes
}
