//! Kanji are kanji, not the signs of radicals that look like them.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::passage::Said;
use super::reading::Reading;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::source::fonts_have;

/// Signs of the radicals' supplement and their kanji, line by line: NFKC knows only two of them.
///
/// **Source**: Unicode Character Database, EquivalentUnifiedIdeograph.txt; where that names a form that Japanese texts do not have, the
/// usual one.
const PAIRS: &str = include_str!("radicals.txt");

/// The pairs, made once per process.
static SUPPLEMENT: LazyLock<HashMap<char, char>> =
    LazyLock::new(|| PAIRS.lines().filter_map(|line| line.chars().next().zip(line.chars().nth(1))).collect());

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RadicalForKanji],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "漢字に見える部首の文字（康煕部首 U+2F00～2FDF、CJK部首補助 U+2E80～2EFF）を使わない。",
            en: "Signs of radicals（U+2E80 to U+2FDF） do not stand for kanji.",
        },
        why: Words {
            ja: "PDF から写した文に入る。見た目は同じでも別の文字で、検索しても見付からず、読み上げも誤る。",
            en: "They come in with text that is copied from a PDF; a search does not find them.",
        },
        example: Words {
            ja: "⽒名（U+2F52）→ 氏名（U+6C0F）", en: "⽒名（U+2F52） → 氏名（U+6C0F）"
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        document.ask((Code::RadicalForKanji, 0), diagnostics, one);
    }
}

fn one(reading: &Reading, said: &mut Said) {
    for (at, character) in reading.characters.char_indices() {
        // One that no font has is said by the rule of glyphs.
        if !is_radical(character) || !fonts_have(character) {
            continue;
        }
        let Some(span) = reading.span(at..at + character.len_utf8()) else { continue };
        said.push(
            Diagnostic::new(Code::RadicalForKanji, span)
                .with("char", character.to_string())
                .with("code", format!("U+{:04X}", u32::from(character)))
                .with("near", kanji(character).map(String::from).unwrap_or_default()),
        );
    }
}

/// Whether a character is the sign of a radical.
fn is_radical(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{2FDF}')
}

/// The kanji that a sign of a radical looks like.
pub(super) fn kanji(character: char) -> Option<char> {
    let plain = std::iter::once(character).nfkc().next().filter(|plain| *plain != character);
    SUPPLEMENT.get(&character).copied().or(plain).filter(|_| is_radical(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_of_a_radical_has_a_kanji() {
        for code in 0x2F00..=0x2FD5_u32 {
            let sign = char::from_u32(code).expect("a character");
            let kanji = kanji(sign).expect("NFKC knows the Kangxi radicals");
            assert!(matches!(kanji, '\u{4E00}'..='\u{9FFF}'), "{sign}");
        }
        for (sign, right) in [('⺠', '民'), ('⻄', '西'), ('⻑', '長'), ('⻘', '青'), ('⺟', '母'), ('⽒', '氏')]
        {
            assert_eq!(kanji(sign), Some(right));
        }
        assert_eq!(kanji('氏'), None);
        for line in PAIRS.lines() {
            assert_eq!(line.chars().count(), 2, "{line}: two characters a line");
            assert!(line.starts_with(is_radical), "{line}");
        }
    }
}
