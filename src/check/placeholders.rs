//! Nothing is left to be filled in.

use std::cell::LazyCell;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use typst::utils::hash128;

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
            ja: "令和〇年〇月〇日から、○○課が行う（要確認）。→ 令和8年4月1日から、税務課が行う。",
            en: "令和〇年〇月〇日, ○○課 → 令和8年4月1日, 税務課",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let Some(list) = &subject.library.placeholders else { return };
    // Where every text was looked at before, the list is not made ready.
    let signs = LazyCell::new(|| Signs::of(list));
    let rule = (Code::PlaceholderLeft, hash128(list));
    for document in &subject.documents {
        document.ask(rule, diagnostics, |reading, said| {
            for range in signs.find(&reading.characters) {
                let Some(span) = reading.span(range.clone()) else { continue };
                let written = &reading.characters[range];
                said.push(Diagnostic::new(Code::PlaceholderLeft, span).with("written", written));
            }
        });
    }
}

/// The list, made ready to be looked for in one pass.
struct Signs<'a> {
    list: &'a PlaceholdersToml,
    words: AhoCorasick,
}

impl<'a> Signs<'a> {
    fn of(list: &'a PlaceholdersToml) -> Self {
        Self { list, words: ready(&list.words) }
    }

    /// All placeholders in order, each with the words around it that it belongs to; those that touch are one.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = self.words.find_iter(text).map(|word| word.range()).collect();
        let mut characters = text.char_indices().peekable();
        let mut last = 0;
        while let Some((at, sign)) = characters.next() {
            let is_space = SPACES.contains(&sign);
            if !is_space && !self.list.signs.contains(sign) {
                continue;
            }
            let mut end = at + sign.len_utf8();
            let is_more = |next: char| if is_space { SPACES.contains(&next) } else { next == sign };
            while let Some((_, next)) = characters.next_if(|(_, next)| is_more(*next)) {
                end += next.len_utf8();
            }
            let place = at..end;
            let range = if is_space {
                self.in_brackets(text, &place).or_else(|| self.blank(text, &place, last))
            } else if end > at + sign.len_utf8() {
                stands_alone(text, place.clone(), sign).then(|| self.with_words(text, &place))
            } else {
                Some(self.with_words(text, &place)).filter(|range| range.start < at && end < range.end)
            };
            if let Some(range) = range {
                last = range.end;
                found.push(range);
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        joined(text, found)
    }

    /// A place with what stands before and after a number or a name: `令和〇年`, `第〇号`.
    fn with_words(&self, text: &str, at: &Range<usize>) -> Range<usize> {
        at.start - self.before(&text[..at.start]).len()..at.end + self.after(&text[at.end..]).len()
    }

    /// The word of the list that a text ends with.
    fn before(&self, text: &str) -> &str {
        let words = self.list.before.iter().filter(|word| text.ends_with(word.as_str()));
        words.max_by_key(|word| word.len()).map_or("", String::as_str)
    }

    /// The word of the list that a text begins with.
    fn after(&self, text: &str) -> &str {
        let words = self.list.after.iter().filter(|word| text.starts_with(word.as_str()));
        words.max_by_key(|word| word.len()).map_or("", String::as_str)
    }

    /// Nothing but spaces in brackets: `（　）課`.
    fn in_brackets(&self, text: &str, at: &Range<usize>) -> Option<Range<usize>> {
        let (open, close) = (text[..at.start].chars().next_back()?, text[at.end..].chars().next()?);
        let is_pair = |pair: &String| pair.chars().eq([open, close]);
        let range = at.start - open.len_utf8()..at.end + close.len_utf8();
        self.list.brackets.iter().any(is_pair).then_some(range)
    }

    /// Spaces where a number would stand: `令和　年　月　日`. Between words that may stand beside each other, as in 8年 月額, they are a
    /// blank only if another is beside them.
    fn blank(&self, text: &str, at: &Range<usize>, last: usize) -> Option<Range<usize>> {
        let (before, after) = (self.before(&text[..at.start]), self.after(&text[at.end..]));
        if before.is_empty() || after.is_empty() {
            return None;
        }
        let rest = &text[at.end + after.len()..];
        let next = rest.trim_start_matches(SPACES);
        let has_next = next.len() < rest.len() && self.list.before.iter().any(|word| word == after);
        let is_blank = last == at.start
            || !self.list.after.iter().any(|word| word == before)
            || has_next && !self.after(next).is_empty();
        is_blank.then(|| self.with_words(text, at))
    }
}

/// Words, ready to be looked for. It is remembered: the list is the same in every state of the workspace until somebody writes it.
#[comemo::memoize]
fn ready(words: &[String]) -> AhoCorasick {
    let words = words.iter().filter(|word| !word.is_empty());
    let words = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    words.expect("a list within the bound of lists is no automaton too large")
}

/// Spaces that are left for a pen.
const SPACES: [char; 2] = [' ', '　'];

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

/// Placeholders of one expression in one: those that touch, and those with one letter between them（ＸＸ市ＸＸ町）.
fn joined(text: &str, found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let is_one = |between: &str| {
        let mut characters = between.chars();
        characters.next().is_some_and(char::is_alphanumeric) && characters.next().is_none()
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in found {
        match out.last_mut() {
            Some(last) if range.start <= last.end || is_one(&text[last.end..range.start]) => {
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
        assert_eq!(found("令和〇年〇月〇日から、○○課が行う（要確認）。"), ["令和〇年〇月〇日", "○○", "要確認"]);
        assert_eq!(found("令和○年◯月〇日"), ["令和○年◯月〇日"]);
        assert_eq!(found("委託先はＸＸ株式会社、第○号、TODO"), ["ＸＸ", "第○号", "TODO"]);
        assert_eq!(found("令和○○年度に約△△人"), ["令和○○年", "約△△人"]);
        assert_eq!(found("xx年xx月、ＸＸ年、ｘｘ課、令和x年"), ["xx年xx月", "ＸＸ年", "ｘｘ", "令和x年"]);
        assert_eq!(found("＿＿＿課と___課"), ["＿＿＿", "___"]);
        assert_eq!(found("ＸＸ市ＸＸ町"), ["ＸＸ市ＸＸ"]);
    }

    #[test]
    fn what_is_left_for_a_pen_is_found() {
        assert_eq!(found("令和　年　月　日"), ["令和　年　月　日"]);
        assert_eq!(found("令和 8 年　月　日、第　　号"), ["年　月　日", "第　　号"]);
        assert_eq!(found("（　）課、（  ）課、(　)係、( )"), ["（　）", "（  ）", "(　)", "( )"]);
    }

    #[test]
    fn words_for_later_are_found() {
        for (text, word) in [
            ("【要記入】", "要記入"),
            ("【要確認】", "要確認"),
            ("委託先は後日記載", "後日記載"),
            ("※ここに記入", "※ここに"),
            ("税務システム〈仮〉", "〈仮〉"),
            ("税務システム（仮）", "（仮）"),
            ("税務システム(仮)", "(仮)"),
            ("委託先：TBD", "TBD"),
            ("委託先（未定）", "（未定）"),
            ("移行日未定", "日未定"),
        ] {
            assert_eq!(found(text), [word], "{text}");
        }
    }

    #[test]
    fn numbers_and_marks_of_lists_are_no_placeholders() {
        for text in [
            "二〇〇〇年、一〇〇人",
            "○年金の支給",
            "回答は○か×",
            "XXE への対策",
            "〇八年",
            "△1,000円",
            "□ 該当",
            "令和 8 年 1 月",
            "8年 月額、3月 日数",
            "第 3 号、（ 注 ）",
            "（仮称）新システム",
            "契約の相手方は未定である",
            "後日受けさせ",
            "fax番号、core_system__name",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
