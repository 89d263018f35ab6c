//! The list of rules: whole, explained, and current in the manual.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use hyoka::check::{ELSEWHERE, RULES, page};
use hyoka::diagnostic::{Code, Explanation};

use crate::support::repository;

/// All rules with their codes.
fn all() -> impl Iterator<Item = (&'static [Code], &'static Explanation)> {
    let rules = RULES.iter().map(|rule| (rule.codes, &rule.explanation));
    rules.chain(ELSEWHERE.iter().map(|held| (held.codes, &held.explanation)))
}

#[test]
fn the_page_in_the_manual_is_current() {
    let written = fs::read_to_string(repository().join("docs/ja/rules.md")).unwrap_or_default();
    assert_eq!(written, page(), "docs/ja/rules.md is not current: run `make rules`");
}

#[test]
fn every_numbered_rule_is_held() {
    let numbers: BTreeSet<&str> = all().flat_map(|(_, explanation)| explanation.numbers).copied().collect();
    // V19 is about withheld text, of which the model knows nothing yet.
    let wanted: BTreeSet<String> = (1..=25).filter(|number| *number != 19).map(|number| format!("V{number}")).collect();
    assert_eq!(numbers, wanted.iter().map(String::as_str).collect());
}

#[test]
fn every_code_of_a_rule_has_one_explanation() {
    let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
    for (codes, _) in all() {
        codes.iter().for_each(|code| *owners.entry(code.id()).or_default() += 1);
    }
    let twice: Vec<_> = owners.into_iter().filter(|(_, count)| *count > 1).collect();
    assert!(twice.is_empty(), "explained twice: {twice:?}");
}

#[test]
fn every_explanation_is_whole_in_both_languages() {
    for (codes, explanation) in all() {
        for words in [explanation.what, explanation.why, explanation.example] {
            assert!(words.ja.ends_with(['。', '.']), "{codes:?}: a sentence ends: {}", words.ja);
            assert!(words.en.ends_with('.'), "{codes:?}: a sentence ends: {}", words.en);
        }
    }
}

#[test]
fn one_rule_is_one_file() {
    let folder = repository().join("src/check");
    let with_rule = fs::read_dir(folder)
        .expect("the rules are there")
        .map(|entry| fs::read_to_string(entry.expect("the folder can be read").path()).expect("a source file is UTF-8"))
        .filter(|text| text.contains("pub(super) const RULE: Rule"))
        .count();
    assert_eq!(with_rule, RULES.len());
}
