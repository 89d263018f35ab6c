//! Nothing is left to be filled in.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::PlaceholdersToml;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PlaceholderLeft],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "書きかけの印（○○課、令和〇年〇月〇日、要確認など）が本文に残っていない。印の一覧は templates/words/placeholders.toml にある。",
            en: "No placeholder is left in a text; the list of them is templates/words/placeholders.toml.",
        },
        why: Words {
            ja: "後で書くつもりの箇所は、印刷されてから見付かる。",
            en: "What was to be written later is found after it was printed.",
        },
        example: Words {
            ja: "令和〇年〇月〇日から、○○課が行う（要確認）。", en: "令和〇年〇月〇日 or ○○課."
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let Some(signs) = subject.library.placeholders.as_ref().map(Signs::of) else { return };
    for place in subject.documents.iter().flat_map(|document| &document.places) {
        for range in signs.find(&place.reading.characters) {
            let Some(span) = place.reading.span(range.clone()) else { continue };
            let written = &place.reading.characters[range];
            diagnostics.push(Diagnostic::new(Code::PlaceholderLeft, span).with("written", written));
        }
    }
}

/// The list, made ready to be looked for in one pass.
struct Signs<'a> {
    list: &'a PlaceholdersToml,
    words: AhoCorasick,
}

impl<'a> Signs<'a> {
    fn of(list: &'a PlaceholdersToml) -> Self {
        let words = list.words.iter().filter(|word| !word.is_empty());
        let words = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        Self { list, words: words.expect("a list within the bound of lists is no automaton too large") }
    }

    /// All placeholders in order; those that touch are one.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self.words.find_iter(text).map(|word| word.range()).collect();
        let mut characters = text.char_indices().peekable();
        while let Some((at, sign)) = characters.next() {
            if !self.list.signs.contains(sign) {
                continue;
            }
            let mut end = at + sign.len_utf8();
            while characters.next_if(|(_, next)| *next == sign).is_some() {
                end += sign.len_utf8();
            }
            let repeated = end > at + sign.len_utf8();
            if repeated && stands_alone(text, at..end, sign) || !repeated && self.is_enclosed(text, at..end) {
                found.push(at..end);
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        joined(text, found)
    }

    /// Whether a single sign stands where a number or a name would: `令和〇年`, `第〇号`.
    fn is_enclosed(&self, text: &str, at: Range<usize>) -> bool {
        self.list.before.iter().any(|before| text[..at.start].ends_with(before.as_str()))
            && self.list.after.iter().any(|after| text[at.end..].starts_with(after.as_str()))
    }
}

/// Whether repeated signs are no part of a number（二〇〇〇年） or of a word in Latin letters.
fn stands_alone(text: &str, at: Range<usize>, sign: char) -> bool {
    let beside = |next: Option<char>| {
        next.is_some_and(|next| {
            let is_number = sign == '〇' && "一二三四五六七八九十百千".contains(next);
            is_number || sign.is_ascii() && next.is_ascii_alphanumeric()
        })
    };
    !beside(text[..at.start].chars().next_back()) && !beside(text[at.end..].chars().next())
}

/// Placeholders of one expression in one: those that touch, and those with one character between them, as the parts of a date.
fn joined(text: &str, found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in found {
        match out.last_mut() {
            Some(last) if range.start <= last.end || text[last.end..range.start].chars().count() == 1 => {
                last.end = last.end.max(range.end);
            }
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Templates;

    fn found(text: &str) -> Vec<String> {
        let templates = Templates::default();
        let list = templates.get("words/placeholders.toml").expect("it is built in");
        let list: PlaceholdersToml = toml::from_str(list).expect("it is well formed");
        Signs::of(&list).find(text).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn what_is_not_written_yet_is_found() {
        assert_eq!(found("令和〇年〇月〇日から、○○課が行う（要確認）。"), ["〇年〇月〇", "○○", "要確認"]);
        assert_eq!(found("委託先はＸＸ株式会社、第○号、TODO"), ["ＸＸ", "○", "TODO"]);
        assert_eq!(found("令和　年　月　日"), ["令和　年"]);
    }

    #[test]
    fn numbers_and_marks_of_lists_are_no_placeholders() {
        for text in
            ["二〇〇〇年、一〇〇人", "○年金の支給", "回答は○か×", "XXE への対策", "〇八年", "△1,000円", "□ 該当"]
        {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
