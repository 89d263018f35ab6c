//! One name is written with one glyph.

use std::collections::BTreeMap;

use super::reading::Reading;
use super::subject::Document;
use super::variants::usual;
use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NameVariants],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "一つの名称の中の漢字は、一つの字体で書く（高と髙、崎と﨑など）。",
            en: "A name is written with one glyph of each character（高・髙, 崎・﨑）.",
        },
        why: Words {
            ja: "同じ人や団体が別のものに見え、検索でも片方しか見付からない。",
            en: "One name looks like two and is found only by half.",
        },
        example: Words {
            ja: "「高橋事務機」と「髙橋事務機」→ 正式な名称の方にそろえる",
            en: "高橋事務機 and 髙橋事務機 → the right one of the two",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let mut unusual: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for passage in subject.documents.iter().flat_map(|document| &document.passages) {
        for Unusual { common, written, span } in passage.found((Code::NameVariants, 0), find).iter() {
            unusual.entry(common.clone()).or_insert_with(|| (written.clone(), *span));
        }
    }
    for (common, (written, span)) in unusual {
        let places = || subject.documents.iter().flat_map(Document::places);
        let other = places().find_map(|place| {
            let at = place.reading.characters.find(&common)?;
            place.reading.span(at..at + common.len())
        });
        if let Some(other) = other {
            diagnostics.push(
                Diagnostic::new(Code::NameVariants, span).with("written", written).with("other", common).related(other),
            );
        }
    }
}

/// A name with an unusual glyph.
struct Unusual {
    /// With the usual ones.
    common: String,
    /// As it is written.
    written: String,
    span: Span,
}

fn find(reading: &Reading, found: &mut Vec<Unusual>) {
    let text = &reading.characters;
    for (at, character) in text.char_indices().filter(|(_, character)| usual(*character).is_some()) {
        let written = name(text, at, character);
        if let Some(span) = reading.span(at..at + character.len_utf8()) {
            let common = written.chars().map(|it| usual(it).unwrap_or(it)).collect();
            found.push(Unusual { common, written, span });
        }
    }
}

/// The kanji and katakana round a character: enough of a name to know it again.
fn name(text: &str, at: usize, character: char) -> String {
    let part =
        |it: &char| matches!(*it, '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FFFF}' | '々');
    let before: Vec<char> = text[..at].chars().rev().take_while(part).take(1).collect();
    let after = text[at + character.len_utf8()..].chars().take_while(part).take(1);
    // The character after says more than the one before: 髙 of 髙橋.
    let after: String = after.collect();
    if after.is_empty() {
        return before.into_iter().chain([character]).collect();
    }
    format!("{character}{after}")
}
