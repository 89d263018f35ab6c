//! What each code means, why it is a mistake, how it is written right, and where the law asks for it.
//!
//! One table for each range of codes, in `explanation/`; a test holds that every code stands in exactly one of them, in both
//! languages and with an example.

mod acceptance;
mod edition;
mod layout;
mod markup;
mod meaning;
mod reading;

use super::{Code, Lang};

/// The explanation of a code in one language（コードの説明）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What is wrong, without the words of a single case.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Lines as they should be written, from a source file or the command line.
    pub example: &'static str,
    /// The law, guideline or standard that asks for it; empty where only the format does.
    pub source: &'static str,
}

/// One text in both languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both {
    pub(super) ja: &'static str,
    pub(super) en: &'static str,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) code: Code,
    pub(super) what: Both,
    pub(super) why: Both,
    /// Mostly the same in both languages: the source is Japanese.
    pub(super) example: Both,
    pub(super) source: Both,
}

/// What no law asks for.
const FORMAT_ONLY: Both = both("", "");

const fn both(ja: &'static str, en: &'static str) -> Both {
    Both { ja, en }
}

/// An example without words of the program's own.
const fn same(example: &'static str) -> Both {
    both(example, example)
}

impl Both {
    fn words(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// All tables, in the order of their codes.
const TABLES: &[&[Entry]] =
    &[reading::ENTRIES, markup::ENTRIES, meaning::ENTRIES, edition::ENTRIES, layout::ENTRIES, acceptance::ENTRIES];

impl Code {
    /// The explanation in a language.
    #[must_use]
    pub fn explanation(self, lang: Lang) -> Option<Explanation> {
        let entry = TABLES.iter().copied().flatten().find(|entry| entry.code == self)?;
        Some(Explanation {
            what: entry.what.words(lang),
            why: entry.why.words(lang),
            example: entry.example.words(lang),
            source: entry.source.words(lang),
        })
    }
}

impl Explanation {
    /// All of it as text with headings.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (what, why, example, source, none) = match lang {
            Lang::Ja => (
                "何が誤りか",
                "なぜ誤りか",
                "正しい例",
                "根拠",
                "hyoka の書式の決まりです（法令の定めではありません）。",
            ),
            Lang::En => ("What", "Why", "Right", "Source", "the format of hyoka; no law asks for it"),
        };
        let lines: Vec<String> = self.example.lines().map(|line| format!("  {line}").trim_end().to_owned()).collect();
        let source_text = if self.source.is_empty() { none } else { self.source };
        format!(
            "{what}:\n  {}\n\n{why}:\n  {}\n\n{example}:\n{}\n\n{source}:\n  {source_text}\n",
            self.what,
            self.why,
            lines.join("\n"),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::placeholders;

    #[test]
    fn every_code_is_explained_once_in_both_languages() {
        let mut seen = BTreeSet::new();
        for entry in TABLES.iter().copied().flatten() {
            let id = entry.code.id();
            assert!(seen.insert(id), "{id} is explained twice");
            for both in [entry.what, entry.why] {
                assert!(!both.ja.is_empty() && both.ja.is_ascii() != both.en.is_ascii() || !both.ja.is_ascii(), "{id}");
                assert!(!both.en.is_empty(), "{id} has no English");
            }
            assert!(!entry.example.ja.is_empty() && !entry.example.en.is_empty(), "{id} has no example");
            assert_eq!(entry.source.ja.is_empty(), entry.source.en.is_empty(), "{id} has its source in one language");
        }
        let missing: Vec<&str> = Code::all().iter().map(|code| code.id()).filter(|id| !seen.contains(id)).collect();
        assert!(missing.is_empty(), "these have no explanation in src/diagnostic/explanation/: {missing:?}");
    }

    #[test]
    fn both_languages_of_a_message_have_the_same_placeholders() {
        for code in Code::all() {
            let (ja, en) = (code.wording(Lang::Ja), code.wording(Lang::En));
            assert!(!ja.title.is_empty() && !en.title.is_empty() && !ja.help.is_empty(), "{}", code.id());
            assert!(!ja.title.is_ascii() && en.title != ja.title, "{} says the same in both languages", code.id());
            assert!(!en.help.is_empty(), "{} has no English cure", code.id());
            let names = |title, help| placeholders(&[title, help].join(" ")).join(" ");
            assert_eq!(names(ja.title, ja.help), names(en.title, en.help), "{}", code.id());
        }
    }

    #[test]
    fn ids_are_found_in_any_case_and_are_one_code_each() {
        for code in Code::all() {
            assert_eq!(Code::find(&code.id().to_lowercase()), Some(*code));
        }
        assert_eq!(Code::find("H0000"), None);
    }
}
