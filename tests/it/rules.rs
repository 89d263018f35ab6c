//! The list of rules: whole, explained, and current in the manual.

use std::collections::BTreeSet;
use std::fs;

use hyoka::check::{ELSEWHERE, RULES, explanation, page};
use hyoka::diagnostic::Code;

use crate::support::repository;

#[test]
fn the_page_in_the_manual_is_current() {
    let written = fs::read_to_string(repository().join("docs/ja/rules.md")).unwrap_or_default();
    assert_eq!(written, page(), "docs/ja/rules.md is not current: run `make rules`");
}

#[test]
fn every_numbered_rule_is_held() {
    let rules = RULES.iter().filter_map(|rule| rule.explanation.as_ref()).flat_map(|explanation| explanation.numbers);
    let numbers: BTreeSet<&str> = rules.copied().chain(ELSEWHERE.iter().map(|held| held.number)).collect();
    let wanted: BTreeSet<String> = (1..=25).map(|number| format!("V{number}")).collect();
    assert_eq!(numbers, wanted.iter().map(String::as_str).collect());
}

#[test]
fn every_code_is_explained_in_one_place() {
    let mut missing: Vec<&str> = Vec::new();
    for code in Code::all() {
        let owners = RULES.iter().filter(|rule| rule.codes.contains(code)).count();
        let by_rule = RULES.iter().any(|rule| rule.codes.contains(code) && rule.explanation.is_some());
        assert!(owners <= 1, "{} is of two rules", code.id());
        assert!(!by_rule || code.explanation().is_none(), "{} is explained by its rule and in the tables", code.id());
        if explanation(*code).is_none() {
            missing.push(code.id());
        }
    }
    assert!(missing.is_empty(), "neither a rule nor src/diagnostic/explanation/ explains {missing:?}");
}

#[test]
fn every_explanation_is_whole_in_both_languages() {
    for rule in RULES {
        let Some(explanation) = rule.explanation else { continue };
        for words in [explanation.what, explanation.why, explanation.example] {
            assert!(words.ja.ends_with(['。', '.']), "{:?}: a sentence ends: {}", rule.codes, words.ja);
            assert!(words.en.ends_with('.'), "{:?}: a sentence ends: {}", rule.codes, words.en);
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
