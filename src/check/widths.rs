//! Letters and digits have the width of the municipality's policy.

use typst::utils::hash128;
use unicode_normalization::UnicodeNormalization;

use super::passage::Said;
use super::reading::Reading;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::{DocumentKind, StyleDef, Width};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WidthMixed],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "数字、ラテン文字、片仮名の全角・半角は、municipality.toml の [style] の方針に合わせる。",
            en: "Digits, Latin letters and katakana have the width that `[style]` of municipality.toml asks for.",
        },
        why: Words {
            ja: "全角と半角が混じると、検索で見付からず、表の桁もそろわない。",
            en: "Mixed widths are not found by a search and do not line up.",
        },
        example: Words {
            ja: "digits = \"half\" の自治体の「３０日」→「30日」",
            en: "「３０日」 where `digits = \"half\"` → 「30日」",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in subject.documents.iter().filter(|document| document.kind != DocumentKind::ChangeList) {
        let style = subject.settings(document.municipality).style;
        document.ask((Code::WidthMixed, hash128(&style)), diagnostics, |reading, said| one(reading, style, said));
    }
}

fn one(reading: &Reading, style: StyleDef, said: &mut Said) {
    let text = &reading.characters;
    let mut at = 0;
    while let Some(found) = text[at..].find(|character| is_wrong(character, style)) {
        let start = at + found;
        let run = text[start..].find(|character| !is_wrong(character, style));
        at = run.map_or(text.len(), |length| start + length);
        let Some(span) = reading.span(start..at) else { continue };
        let written = &text[start..at];
        let mixed = Diagnostic::new(Code::WidthMixed, span).with("written", written);
        said.push(mixed.with("right", other_width(written)));
    }
}

/// Whether a character has a width that the policy does not want.
fn is_wrong(character: char, style: StyleDef) -> bool {
    let wanted = |width: Width, full: bool| match width {
        Width::Any => true,
        Width::Half => !full,
        Width::Full => full,
    };
    match character {
        '0'..='9' => !wanted(style.digits, false),
        '０'..='９' => !wanted(style.digits, true),
        'A'..='Z' | 'a'..='z' => !wanted(style.latin, false),
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => !wanted(style.latin, true),
        'ｦ'..='ﾟ' => !wanted(style.katakana, false),
        'ァ'..='ヺ' => !wanted(style.katakana, true),
        _ => false,
    }
}

/// The same characters in the other width.
fn other_width(written: &str) -> String {
    let full = |character: char| char::from_u32(u32::from(character) + 0xFEE0).unwrap_or(character);
    if written.chars().all(|character| character.is_ascii_graphic()) {
        return written.chars().map(full).collect();
    }
    written.nfkc().collect()
}
