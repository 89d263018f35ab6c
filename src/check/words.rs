//! Words are written in one way.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::WordDef;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WordWrong],
    look,
    explanation: Some(Explanation {
        numbers: &["V23"],
        what: Words {
            ja: "facts.toml と municipality.toml の [[word]] に書いた用語は、決めた書き方で書く。",
            en: "Words of `[[word]]` in facts.toml and municipality.toml are written in one way.",
        },
        why: Words {
            ja: "同じものを指す言葉が揺れると、別のものと読まれる。制度や団体の名称の誤りは、審査で必ず指摘される。",
            en: "Two spellings are read as two things.",
        },
        example: Words { ja: "ISMAP を「ISMAD」と書いた。", en: "ISMAD for ISMAP." },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let shared = subject.library.wording.as_ref().map(|(_, words, _)| words.as_slice()).unwrap_or_default();
    for document in &subject.documents {
        let own = &subject.settings(document.municipality).word;
        // A municipality's own word goes before a shared one that it contradicts.
        let overridden =
            |word: &WordDef| own.iter().any(|mine| mine.right == word.right || word.wrong.contains(&mine.right));
        let words: Vec<&WordDef> = shared.iter().filter(|word| !overridden(word)).chain(own).collect();
        for place in &document.places {
            for word in &words {
                for range in wrong(&place.reading.characters, word) {
                    let Some(span) = place.reading.span(range.clone()) else { continue };
                    diagnostics.push(
                        Diagnostic::new(Code::WordWrong, span)
                            .with("wrong", &place.reading.characters[range])
                            .with("right", &word.right),
                    );
                }
            }
        }
    }
}

/// Where a wrong spelling stands that is no part of the right one.
fn wrong(text: &str, word: &WordDef) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for wrong in word.wrong.iter().filter(|wrong| !wrong.is_empty()) {
        for (at, _) in text.match_indices(wrong.as_str()) {
            let inside = word.right.match_indices(wrong.as_str()).any(|(offset, _)| {
                at.checked_sub(offset)
                    .and_then(|from| text.get(from..))
                    .is_some_and(|rest| rest.starts_with(&word.right))
            });
            if !inside {
                found.push(at..at + wrong.len());
            }
        }
    }
    found
}
