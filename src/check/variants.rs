//! Characters of which another form is usual（異体字）.
//!
//! A list of our own: NFKC does not unify 髙 and 高, and the transliteration crates at hand（yosina）know old and new forms
//! but not those of names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::source::fonts_have;

/// Pairs of an unusual form and the usual one, line by line.
const PAIRS: &str = include_str!("variants.txt");

/// The pairs, made once per process: they never change, and every kanji of every text is looked up.
static USUAL: LazyLock<FxHashMap<char, char>> =
    LazyLock::new(|| PAIRS.lines().filter_map(|line| line.chars().next().zip(line.chars().nth(1))).collect());

/// The usual form of a character, if it is an unusual one.
pub(super) fn usual(character: char) -> Option<char> {
    match character {
        // The compatibility ideographs: most of them are canonically the usual form.
        '\u{F900}'..='\u{FAFF}' => USUAL.get(&character).copied().or_else(|| canonical(character)),
        '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2FFFF}' => USUAL.get(&character).copied(),
        _ => None,
    }
}

fn canonical(character: char) -> Option<char> {
    std::iter::once(character).nfc().next().filter(|it| *it != character)
}

/// What may stand for a character that no font has: its usual form, else its plain form（NFKC）; `None` where neither has a glyph.
pub(super) fn substitute(character: char) -> Option<String> {
    let known = usual(character).or_else(|| super::radicals::kanji(character));
    let plain: String = known.map_or_else(|| std::iter::once(character).nfkc().collect(), String::from);
    (!plain.contains(character) && plain.chars().all(fonts_have)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pair_is_two_characters_and_the_usual_one_is_printable() {
        for line in PAIRS.lines() {
            let pair: Vec<char> = line.chars().collect();
            let [unusual, common] = pair[..] else { panic!("{line}: two characters a line") };
            assert_ne!(unusual, common, "{line}");
            assert!(fonts_have(common), "{line}: the usual form has a glyph");
            assert_eq!(usual(common), None, "{line}: the usual form is usual");
        }
    }
}
