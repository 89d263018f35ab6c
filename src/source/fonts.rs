//! The fonts that travel with the program（収録書体）; system fonts are never read, so that a page number is the same everywhere.
//!
//! A font that few documents show lies in the program packed, and is unpacked when a document shows it. What it is called and which characters
//! it has is that of another cut of the same face, so that nothing is unpacked to choose a font.

use std::borrow::Cow;
use std::io::Read as _;
use std::sync::{LazyLock, OnceLock};

use flate2::read::ZlibDecoder;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo, FontWeight};

/// A font file as it lies in the program.
#[derive(Debug)]
enum Stored {
    /// As it is.
    Plain(&'static [u8]),
    /// Packed: the bold cut of the font at a place of the list.
    PackedBoldOf(usize, &'static [u8]),
}

/// `static`: a constant would stand in the program once for each use.
static FILES: &[(&str, Stored)] = &[
    ("BIZUDGothic-Regular.ttf", Stored::Plain(include_bytes!("../../templates/fonts/BIZUDGothic-Regular.ttf"))),
    ("BIZUDGothic-Bold.ttf", Stored::Plain(include_bytes!("../../templates/fonts/BIZUDGothic-Bold.ttf"))),
    ("BIZUDMincho-Regular.ttf", Stored::Plain(include_bytes!("../../templates/fonts/BIZUDMincho-Regular.ttf"))),
    (
        "BIZUDMincho-Bold.ttf",
        Stored::PackedBoldOf(2, include_bytes!(concat!(env!("OUT_DIR"), "/BIZUDMincho-Bold.ttf.z"))),
    ),
    ("NotoSansJP-Regular.ttf", Stored::Plain(include_bytes!("../../templates/fonts/NotoSansJP-Regular.ttf"))),
    ("HyokaSymbols-Regular.ttf", Stored::Plain(include_bytes!("../../templates/fonts/HyokaSymbols-Regular.ttf"))),
];

/// Parsed once per process, when they are first asked for: they never change.
static FONTS: LazyLock<Vec<OnceLock<Font>>> = LazyLock::new(|| FILES.iter().map(|_| OnceLock::new()).collect());

/// A font, in the order in which they are tried; `None` where there are fewer.
///
/// # Panics
/// If a font in the program was none, which would be our bug.
#[must_use]
pub fn font(index: usize) -> Option<Font> {
    let (_, stored) = FILES.get(index)?;
    let parsed = || {
        let bytes = match stored {
            Stored::Plain(bytes) => Bytes::new(*bytes),
            Stored::PackedBoldOf(_, packed) => Bytes::new(unpacked(packed)),
        };
        Font::new(bytes, 0).expect("a font of the program is one")
    };
    Some(FONTS[index].get_or_init(parsed).clone())
}

/// What each font is called and can, in their order.
///
/// # Panics
/// As [`font`].
pub fn font_infos() -> impl Iterator<Item = FontInfo> {
    FILES.iter().enumerate().map(|(index, (_, stored))| {
        let info = |index| font(index).expect("it is one of the list").info().clone();
        match stored {
            Stored::Plain(_) => info(index),
            Stored::PackedBoldOf(of, _) => {
                let mut bold = info(*of);
                bold.variant.weight = FontWeight::BOLD;
                bold
            }
        }
    })
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut bytes).expect("it was packed when the program was compiled");
    bytes
}

/// One bit for each character, set where one of the fonts has it. A font's own list would be walked from its
/// beginning at each question.
static HAD: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut had = vec![0; (u32::from(char::MAX) / 64 + 1) as usize];
    for info in font_infos() {
        for character in info.coverage.iter() {
            if let Some(word) = had.get_mut((character / 64) as usize) {
                *word |= 1 << (character % 64);
            }
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
pub fn font_files() -> impl Iterator<Item = (&'static str, Cow<'static, [u8]>)> {
    FILES.iter().map(|(name, stored)| match stored {
        Stored::Plain(bytes) => (*name, Cow::Borrowed(*bytes)),
        Stored::PackedBoldOf(_, packed) => (*name, Cow::Owned(unpacked(packed))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_packed_font_is_what_it_says() {
        for (index, said) in font_infos().enumerate() {
            assert_eq!(*font(index).expect("it is one of the list").info(), said);
        }
        assert!(font(FILES.len()).is_none());
    }
}
