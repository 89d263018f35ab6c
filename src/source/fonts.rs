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

/// One bit for each character, set where one of the fonts has it. A font's own list would be walked from its
/// beginning at each question.
static HAD: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut had = vec![0; (u32::from(char::MAX) / 64 + 1) as usize];
    for character in FONTS.iter().flat_map(|font| font.info().coverage.iter()) {
        if let Some(word) = had.get_mut((character / 64) as usize) {
            *word |= 1 << (character % 64);
        }
    }
    had
});

/// Whether one of the fonts has a character.
#[must_use]
pub fn fonts_have(character: char) -> bool {
    let character = u32::from(character);
    HAD[(character / 64) as usize] >> (character % 64) & 1 == 1
}

/// The font files by name, for those who typeset elsewhere.
pub fn font_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().copied()
}
