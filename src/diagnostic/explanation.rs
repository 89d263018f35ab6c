//! What `--explain` says of a code: what it holds, why, an example, and the legal source.
//!
//! The codes of reading and meaning stand in tables, one for each range, in `explanation/`. A rule explains its own codes and makes
//! them known to the diagnostics ([`Diagnostics::know`]).

mod acceptance;
mod comments;
mod edition;
mod form;
mod form_data;
mod layout;
mod looks;
mod markup;
mod meaning;
mod names;
mod reading;
mod returned;
mod withheld;

use super::{Code, Diagnostics, Lang};

/// One sentence in both languages（説明文）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// 日本語.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The sentence in a language.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// The explanation of a rule（規則の説明）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The numbers of the catalogue of form rules that it carries out（V1 …）; empty: a rule of this program alone.
    pub numbers: &'static [&'static str],
    /// What is held.
    pub what: Words,
    /// Why it matters.
    pub why: Words,
    /// A mistake, and what is right instead.
    pub example: Words,
    /// Law, notice, form or standard that asks for it; empty: none does.
    pub source: &'static str,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
struct Entry {
    code: Code,
    what: Words,
    why: Words,
    example: Words,
    source: &'static str,
}

/// What no law asks for.
const FORMAT_ONLY: &str = "";

const fn both(ja: &'static str, en: &'static str) -> Words {
    Words { ja, en }
}

/// An example without words of the program's own.
const fn same(example: &'static str) -> Words {
    both(example, example)
}

/// All tables, in the order of their codes.
const TABLES: &[&[Entry]] = &[
    reading::ENTRIES,
    names::ENTRIES,
    markup::ENTRIES,
    meaning::ENTRIES,
    edition::ENTRIES,
    layout::ENTRIES,
    withheld::ENTRIES,
    comments::ENTRIES,
    returned::ENTRIES,
    acceptance::ENTRIES,
    form::ENTRIES,
    form_data::ENTRIES,
    looks::ENTRIES,
];

impl Code {
    /// The explanation in the tables; none for a code that a rule explains itself.
    #[must_use]
    pub fn explanation(self) -> Option<Explanation> {
        let Entry { what, why, example, source, .. } =
            *TABLES.iter().copied().flatten().find(|entry| entry.code == self)?;
        Some(Explanation { numbers: &[], what, why, example, source })
    }
}

impl Diagnostics {
    /// Makes the explanation of a rule's codes known, so that every form of output can show it.
    pub fn know(&mut self, codes: &[Code], explanation: Explanation) {
        self.known.extend(codes.iter().map(|code| (*code, explanation)));
    }

    /// The explanation of a code: of the rule that made it known, or of the tables.
    #[must_use]
    pub fn explanation(&self, code: Code) -> Option<Explanation> {
        let known = self.known.iter().find(|(known, _)| *known == code).map(|(_, explanation)| *explanation);
        known.or_else(|| code.explanation())
    }
}

impl Explanation {
    /// All of it as text with headings.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (what, why, example, source, none) = match lang {
            Lang::Ja => {
                ("何を確かめるか", "なぜか", "例", "根拠", "hyoka の書式の決まりです（法令の定めではありません）。")
            }
            Lang::En => ("What", "Why", "Example", "Source", "the format of hyoka; no law asks for it"),
        };
        let lines = self.example.text(lang).lines();
        let lines: Vec<String> = lines.map(|line| format!("  {line}").trim_end().to_owned()).collect();
        let source_text = if self.source.is_empty() { none } else { self.source };
        format!(
            "{what}:\n  {}\n\n{why}:\n  {}\n\n{example}:\n{}\n\n{source}:\n  {source_text}\n",
            self.what.text(lang),
            self.why.text(lang),
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
    fn every_entry_explains_its_code_once_in_both_languages() {
        let mut seen = BTreeSet::new();
        for entry in TABLES.iter().copied().flatten() {
            let id = entry.code.id();
            assert!(seen.insert(id), "{id} is explained twice");
            for both in [entry.what, entry.why] {
                assert!(!both.ja.is_ascii(), "{id} has no Japanese");
                assert!(!both.en.is_empty(), "{id} has no English");
            }
            assert!(!entry.example.ja.is_empty() && !entry.example.en.is_empty(), "{id} has no example");
        }
    }

    #[test]
    fn a_rule_makes_its_own_explanation_known() {
        let mut diagnostics = Diagnostics::new();
        assert_eq!(diagnostics.explanation(Code::OptionUnknown), Code::OptionUnknown.explanation());
        let own = Explanation { source: "規則", ..Code::OptionUnknown.explanation().expect("it is in the tables") };
        diagnostics.know(&[Code::OptionUnknown], own);
        assert_eq!(diagnostics.explanation(Code::OptionUnknown), Some(own));
        assert_eq!(diagnostics.explanation(Code::NotUtf8), Code::NotUtf8.explanation());
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
