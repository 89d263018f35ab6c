//! What is withheld is what would weaken the protection.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::utils::LazyHash;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::markup::Text;
use crate::model::{Case, FilledSection};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WithheldPlain],
    look,
    explanation: Some(Explanation {
        numbers: &["V19"],
        what: Words {
            ja: "公表しない部分の長い文（15字以上）には、数値か技術の用語（英字、片仮名）がある。",
            en: "A withheld text of 15 characters or more holds a number or a technical term（Latin letters, katakana）.",
        },
        why: Words {
            ja: "評価書は公表が原則で、伏せてよいのは、期間、回数、技術の細目など、知られると安全を損なう部分に限られる。",
            en: "The form is published; only what would weaken its protection, such as periods, counts and technical details, may be left out.",
        },
        example: Words {
            ja: "{!委託先から定期に報告を受けて確認する。!} → 委託先から定期に報告を受けて確認する。",
            en: "`{!委託先から定期に報告を受けて確認する。!}` → the same without braces",
        },
        source: "番号法第28条第4項、特定個人情報保護評価に関する規則第13条",
    }),
};

/// Shorter ones are names and places, of which nobody can tell why they are withheld.
const LEAST: usize = 15;

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let mut parts: BTreeMap<Span, String> = BTreeMap::new();
    for filled in subject.cases().flat_map(Case::all_filled) {
        filled.sections.iter().for_each(|section| withheld(section).iter().for_each(|part| add(part, &mut parts)));
        filled.registers.values().for_each(|text| of_text(text, &mut |part| add(&part, &mut parts)));
    }
    for (place, text) in parts {
        let length = text.chars().filter(|character| !character.is_whitespace()).count();
        if length >= LEAST && !text.chars().any(is_technical) {
            diagnostics.push(Diagnostic::new(Code::WithheldPlain, place).with("length", length.to_string()));
        }
    }
}

/// Words that are withheld, and where that is said.
type Part = (Span, String);

fn add((place, words): &Part, parts: &mut BTreeMap<Span, String>) {
    parts.entry(*place).or_default().push_str(words);
}

/// The withheld words of a section. They are remembered: an edit leaves most sections as they were.
#[comemo::memoize]
fn withheld(section: &LazyHash<FilledSection>) -> Arc<[Part]> {
    let mut parts = Vec::new();
    section.texts().into_iter().for_each(|text| of_text(text, &mut |part| parts.push(part)));
    parts.into()
}

fn of_text(text: &Text, add: &mut impl FnMut(Part)) {
    for run in text.runs() {
        if let Some(place) = run.withheld {
            add((place, run.characters().to_owned()));
        }
    }
}

/// Whether a character belongs to a number or a technical term.
fn is_technical(character: char) -> bool {
    character.is_numeric()
        || character.is_ascii_alphabetic()
        || matches!(character, 'ァ'..='ヺ' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}
