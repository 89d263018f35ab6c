//! Pages to reference pictures of a low resolution: what moves is seen. `HYOKA_PAGES=write` makes the pictures anew; look at the pages
//! first.

use std::path::PathBuf;

use hyoka::page::{Paged, Typesetter};
use hyoka::press::documents_of;
use hyoka::render::{PageForm, page};
use tiny_skia::Pixmap;

use crate::measured::chapters;
use crate::subject::built;
use crate::support::{named, repository};

/// Points of a pixel of a reference picture.
const COARSE: u32 = 4;
/// Steps of grey of a reference picture.
const GREYS: u8 = 16;
/// Largest reference picture, in bytes.
const PICTURE_MAX: usize = 20 * 1024;
/// How far a picture may lie off its reference, as a mean over all pixels in steps of grey.
const OFF_MOST: f64 = 0.05;

/// A page at a low resolution, in few greys.
fn coarse(paged: &Paged, number: usize) -> Pixmap {
    let png = page(paged, number, PageForm::Png(1)).expect("there is such a page");
    let fine = Pixmap::decode_png(&png).expect("it is a picture");
    let (width, height) = (fine.width() / COARSE, fine.height() / COARSE);
    let mut out = Pixmap::new(width, height).expect("a page is larger than nothing");
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0_u32;
            for (dx, dy) in (0..COARSE).flat_map(|dx| (0..COARSE).map(move |dy| (dx, dy))) {
                let pixel = fine.pixel(x * COARSE + dx, y * COARSE + dy).expect("it lies inside");
                sum += u32::from(pixel.red()) + u32::from(pixel.green()) + u32::from(pixel.blue());
            }
            let step = 255 / u32::from(GREYS - 1);
            let grey = (sum / (3 * COARSE * COARSE) + step / 2) / step * step;
            let grey = u8::try_from(grey.min(255)).expect("a mean of bytes");
            out.pixels_mut()[(y * width + x) as usize] =
                tiny_skia::PremultipliedColorU8::from_rgba(grey, grey, grey, 255).expect("it is opaque");
        }
    }
    out
}

#[test]
fn pages_look_as_they_did() {
    let city = built();
    let typesetter = Typesetter::new(&city.checked.workspace.templates);
    let folder: PathBuf = repository().join("tests/fixtures/pages");
    let writes = std::env::var_os("HYOKA_PAGES").is_some_and(|value| value == "write");
    let mut wrong = Vec::new();
    for (name, of) in [
        ("mihon/zei/assessment-marked", "cover"),
        ("mihon/zei/assessment-marked", "work"),
        ("mihon/zei/assessment-marked", "file-overview/zeimu"),
        ("mihon/zei/assessment-marked", "changes"),
        ("mihon/zei/change-list", "change-list"),
    ] {
        let documents = documents_of(&city.checked, &[named(name)]);
        let (_, document) = documents.first().expect("the city issues it");
        let paged = typesetter.typeset(document).expect("it can be set");
        let at = document.sections.iter().position(|section| section.id == of).expect("it has the section");
        let heads = chapters(&paged);
        // A cover has no head; every other section begins a page of its own.
        let before = document.sections[..at].iter().filter(|section| !section.heading.is_empty()).count();
        let number = if at == 0 || before == 0 { 1 } else { heads.get(before - 1).copied().unwrap_or(1) };
        let shown = coarse(&paged, number);
        let png = shown.encode_png().expect("it can be written");
        let file = folder.join(format!("{}-{}.png", name.replace('/', "-"), of.replace('/', "-")));
        assert!(png.len() <= PICTURE_MAX, "{}: {} bytes", file.display(), png.len());
        if writes {
            std::fs::create_dir_all(&folder).expect("a folder can be made");
            std::fs::write(&file, &png).expect("a file can be written");
            continue;
        }
        let known = std::fs::read(&file).ok().and_then(|bytes| Pixmap::decode_png(&bytes).ok());
        let off =
            known.filter(|known| (known.width(), known.height()) == (shown.width(), shown.height())).map(|known| {
                let pairs = known.pixels().iter().zip(shown.pixels());
                let sum: f64 = pairs.map(|(a, b)| (f64::from(a.red()) - f64::from(b.red())).abs()).sum();
                sum / f64::from(shown.width() * shown.height()) / f64::from(255 / (GREYS - 1))
            });
        if off.is_none_or(|off| off > OFF_MOST) {
            wrong.push(format!("{}: off by {off:?}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\nlook at the pages, then HYOKA_PAGES=write", wrong.join("\n"));
}
