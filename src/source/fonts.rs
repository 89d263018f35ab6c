//! The fonts that travel with the program（収録書体）; system fonts are never read, so that a page number is the same everywhere.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;

/// `static`: a constant would stand in the program once for each use.
static FILES: &[(&str, &[u8])] = &[
    ("BIZUDGothic-Regular.ttf", include_bytes!("../../templates/fonts/BIZUDGothic-Regular.ttf")),
    ("BIZUDGothic-Bold.ttf", include_bytes!("../../templates/fonts/BIZUDGothic-Bold.ttf")),
    ("BIZUDMincho-Regular.ttf", include_bytes!("../../templates/fonts/BIZUDMincho-Regular.ttf")),
    ("BIZUDMincho-Bold.ttf", include_bytes!("../../templates/fonts/BIZUDMincho-Bold.ttf")),
    ("NotoSansJP-Regular.ttf", include_bytes!("../../templates/fonts/NotoSansJP-Regular.ttf")),
    ("HyokaSymbols-Regular.ttf", include_bytes!("../../templates/fonts/HyokaSymbols-Regular.ttf")),
];

/// Parsed once per process: they never change.
static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|(_, bytes)| Font::iter(Bytes::new(*bytes))).collect());

/// The fonts, in the order in which they are tried.
#[must_use]
pub fn fonts() -> &'static [Font] {
    &FONTS
}

/// Whether one of the fonts has a character.
#[must_use]
pub fn fonts_have(character: char) -> bool {
    FONTS.iter().any(|font| font.info().coverage.contains(u32::from(character)))
}

/// The font files by name, for those who typeset elsewhere.
pub fn font_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().copied()
}
