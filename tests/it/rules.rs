//! The list of rules: whole, explained, and current in the manual.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use hyoka::check::{ELSEWHERE, RULES, explanation, page};
use hyoka::diagnostic::{Code, Diagnostics, SourceMap};
use hyoka::markup::parse_body;

use crate::support::repository;

#[test]
fn the_page_in_the_manual_is_current() {
    let written = fs::read_to_string(repository().join("docs/ja/rules.md")).unwrap_or_default();
    assert_eq!(written, page(), "docs/ja/rules.md is not current: run `make rules`");
}

#[test]
fn a_program_that_does_not_build_leaves_the_page_as_it_was() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let page = folder.path().join("docs/ja/rules.md");
    fs::create_dir_all(page.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(&page, "前の一覧").expect("a file can be written");
    fs::copy(repository().join("Makefile"), folder.path().join("Makefile")).expect("a file can be copied");
    let make = |cargo: &str| {
        let mut make = Command::new("make");
        make.arg("rules").arg(format!("CARGO={cargo}")).current_dir(folder.path()).env_remove("MAKEFLAGS");
        make.output().expect("make is there, as the README asks").status.success()
    };
    assert!(!make("false"), "what fails is said to fail");
    assert_eq!(fs::read_to_string(&page).expect("the page is there"), "前の一覧");
    assert!(make("echo"), "what is printed takes the page's place");
    assert!(fs::read_to_string(&page).expect("the page is there").contains("rules"));
}

#[test]
fn every_numbered_rule_is_held() {
    let rules = RULES.iter().filter_map(|rule| rule.explanation.as_ref()).flat_map(|explanation| explanation.numbers);
    let numbers: BTreeSet<&str> = rules.copied().chain(ELSEWHERE.iter().map(|held| held.number)).collect();
    let wanted: BTreeSet<String> = (1..=25).map(|number| format!("V{number}")).collect();
    assert_eq!(numbers, wanted.iter().map(String::as_str).collect());
}

#[test]
fn the_example_of_a_rule_ends_with_the_right_line() {
    for example in RULES.iter().filter_map(|rule| rule.explanation).map(|explanation| explanation.example) {
        for words in [example.ja, example.en] {
            assert!(words.split('→').skip(1).any(|right| !right.trim().is_empty()), "{words}");
        }
    }
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
        for words in [explanation.what, explanation.why] {
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

/// The codes that a piece of Markdown under a heading gets.
fn codes_of(piece: &str) -> Vec<&'static str> {
    let source = format!("## storage\n\n{piece}\n");
    let file = SourceMap::default().add("a.md", source.as_str());
    let mut diagnostics = Diagnostics::new();
    parse_body(file, &source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
    diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
}

#[test]
fn what_the_manual_forbids_is_an_error() {
    // Rows whose mistake needs more than one line, or nothing that can be seen; the cases have them.
    const ELSEWHERE: &[&str] = &["H0222", "H0229", "H0231", "H0232", "H0233", "H0235", "H0237"];
    let page = fs::read_to_string(repository().join("docs/ja/02-genkou.md")).expect("the manual is there");
    let (_, table) = page.split_once("| 書いたもの | 誤り | 直し方 |").expect("the table is there");
    let mut told = BTreeSet::new();
    for row in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
        let at = row.find(" | H0").expect("a row has its code");
        let code = &row[at + 3..at + 8];
        told.insert(code);
        let samples = row[..at].split('`').skip(1).step_by(2).map(|sample| sample.replace('…', "文"));
        for sample in samples.filter(|_| !ELSEWHERE.contains(&code)) {
            // Of a row's samples, one may need a line above it.
            let found = [codes_of(&sample), codes_of(&format!("文\n{sample}"))].concat();
            assert!(found.contains(&code), "`{sample}`: {code} wanted, {found:?} found");
        }
    }
    let all = Code::all().iter().map(|code| code.id()).filter(|id| ("H0218".."H0240").contains(id));
    assert_eq!(all.filter(|id| !told.contains(id)).collect::<Vec<_>>(), [""; 0], "the manual does not tell these");
}

#[test]
fn what_the_manual_allows_is_none() {
    for piece in [
        "- 一\n  - 二\n* 三\n+ 四",
        "3. 三\n4. 四",
        "＜小見出し＞",
        "①②",
        "①　受付\n\n②　審査",
        "(1)　受付\\\n(2)　審査",
        "- ☐ 未了\n- ☑ 済",
        "`・`、`＞`、`｜`、漢字`《`かんじ》",
        "**強調**である。\\\n次の行",
        "| 区分 | 件数 |\n|---|---|\n| 窓口 | 10 |",
        r"\<、\{++、\[別紙](資料1)、\*一\*、\{own\}、\~~、\==、\$、\|、`{++`、&#9745;",
        r"\> 引用",
        r"5\. 五",
    ] {
        assert_eq!(codes_of(piece), [""; 0], "{piece}");
    }
}
