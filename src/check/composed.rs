//! No combining characters and no variation selectors.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::passage::Said;
use super::reading::Reading;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::CharacterComposed],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "結合文字（か＋濁点など）と異体字セレクタ（IVS）を使わない。",
            en: "Combining characters and variation selectors（IVS）are not used.",
        },
        why: Words {
            ja: "書体によって表示が変わり、検索や読み上げもできない。PDF では字が欠ける。",
            en: "They look different from font to font and are not found by a search.",
        },
        example: Words {
            ja: "「か」と濁点 U+3099 の二文字の「が」→ 一文字の「が」、「辻」と U+E0100 → 「辻」",
            en: "が as か and U+3099 → が as one character; 辻 and U+E0100 → 辻",
        },
        source: "ISO 19005-2（PDF/A-2）、ISO 14289-1（PDF/UA-1）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        document.ask((Code::CharacterComposed, 0), diagnostics, one);
    }
}

fn one(reading: &Reading, said: &mut Said) {
    let text = &reading.characters;
    let mut cluster = 0..0;
    for (at, character) in text.char_indices().filter(|(_, character)| !character.is_ascii()) {
        if !is_added(character) {
            cluster = at..at + character.len_utf8();
            continue;
        }
        let whole = cluster.start..at + character.len_utf8();
        let Some(span) = reading.span(whole.clone()) else { continue };
        said.push(
            Diagnostic::new(Code::CharacterComposed, span)
                .with("code", format!("U+{:04X}", u32::from(character)))
                .with("right", plain(&text[whole])),
        );
    }
}

/// Whether a character changes the one before it: a combining mark or a variation selector.
pub(super) fn is_added(character: char) -> bool {
    is_combining_mark(character) || is_selector(character)
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The characters in one piece, without selectors.
fn plain(text: &str) -> String {
    text.chars().filter(|character| !is_selector(*character)).nfc().filter(|it| !is_combining_mark(*it)).collect()
}
