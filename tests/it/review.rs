//! Sign-offs: written by the program, lifted by a change of what is printed, counted by section.

use std::fs;
use std::path::{Path, PathBuf};

use hyoka::desk::{AcceptOrder, ReviewState, SignOrder, accept, freeze, review_report, sign};
use hyoka::diagnostic::Code;
use hyoka::session::{Wanted, read};
use tempfile::TempDir;

use crate::formats::every_key_is_in_the_schema;
use crate::support::{named, town_copy};

fn town(folder: &TempDir) -> PathBuf {
    folder.path().join("town")
}

fn sign_items(root: &Path, items: &[&str]) -> usize {
    let order = SignOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        items: items.iter().map(|item| (*item).into()).collect(),
        by: "税務課長".to_owned(),
        on: "令和8年4月1日".to_owned(),
    };
    sign(root, &order).expect("the items are there").items
}

/// The state of an item in the report.
fn state(root: &Path, path: &str) -> ReviewState {
    let report = review_report(&read(root).expect("it can be read"), &Wanted::default()).expect("there are cases");
    let mut items = report.cases.iter().flat_map(|case| &case.sections).flat_map(|section| &section.items);
    items.find(|item| item.path == path).unwrap_or_else(|| panic!("{path} is not in the report")).state
}

fn lifted(root: &Path) -> usize {
    let checked = read(root).expect("it can be read");
    checked.diagnostics.sorted().into_iter().filter(|found| found.code == Code::ReviewLifted).count()
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("the file is there");
    assert!(text.contains(from), "{from} stands in {}", path.display());
    fs::write(path, text.replace(from, to)).expect("a file can be written");
}

#[test]
fn a_sign_off_holds_until_what_is_printed_changes() {
    let changes: &[(&str, &str, &str)] = &[
        ("content/assessments/zei/basic.md", "住民税を賦課し", "住民税を決定し"),
        ("content/municipalities/hikari/municipality.toml", "own = \"本町\"", "own = \"当町\""),
        ("content/fragments/cloud.md", "国内の", "県内の"),
        ("content/facts.toml", "令和8年4月", "令和8年5月"),
        ("content/assessments/zei/basic.md", "{~~1~>2~~}{>>new-system<<}", "2"),
        ("content/assessments/zei/flows/fuka.md", "zone = \"internal\"", "zone = \"external\""),
        ("content/assessments/zei/system/core.md", "住民記録", "住民登録"),
    ];
    for (path, from, to) in changes {
        let folder = town_copy();
        let root = town(&folder);
        assert!(sign_items(&root, &["basic", "work"]) > 5);
        assert_eq!(lifted(&root), 0, "nothing has changed yet");
        edit(&root.join(path), from, to);
        // The same number after the change as before it: folding a mark in is no change of what is printed.
        let wanted = usize::from(*to != "2");
        assert_eq!(lifted(&root), wanted, "{from} → {to}");
    }
}

#[test]
fn a_review_is_on_a_day_of_the_calendar() {
    let folder = town_copy();
    let root = town(&folder);
    let on = |day: &str| SignOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        items: vec!["basic".into()],
        by: "税務課長".to_owned(),
        on: day.to_owned(),
    };
    for day in ["明日", "令和8年2月30日", "令和8年4月", "2026-13-01", "令和8年4月1日ごろ"] {
        let error = sign(&root, &on(day)).expect_err(day).to_string();
        assert!(error.contains(day), "{error}");
    }
    assert!(!root.join("content/municipalities/hikari/zei/reviewed.toml").exists(), "nothing was written");
    for day in ["令和8年4月1日", "2026-04-01", "R8.4.1", "2026/4/1"] {
        sign(&root, &on(day)).unwrap_or_else(|error| panic!("{day}: {error}"));
    }
}

#[test]
fn signing_again_renews_and_only_what_is_asked_for_is_signed() {
    let folder = town_copy();
    let root = town(&folder);
    assert_eq!(sign_items(&root, &["basic/work-content"]), 1);
    assert_eq!(state(&root, "basic/work-content"), ReviewState::Reviewed);
    assert_eq!(state(&root, "basic/storage"), ReviewState::Open);
    let file = root.join("content/municipalities/hikari/zei/reviewed.toml");
    edit(&file, "[reviewed]", "[reviewed]\n# 係で確かめた");
    edit(&root.join("content/assessments/zei/basic.md"), "住民税を賦課し", "住民税を決定し");
    assert_eq!(state(&root, "basic/work-content"), ReviewState::Lifted);
    assert_eq!(sign_items(&root, &["basic/work-content"]), 1);
    assert_eq!(state(&root, "basic/work-content"), ReviewState::Reviewed);
    assert!(fs::read_to_string(file).expect("it was written").contains("# 係で確かめた"));
}

#[test]
fn folding_the_changes_in_lifts_nothing() {
    let folder = town_copy();
    let root = town(&folder);
    sign_items(&root, &["basic", "work"]);
    freeze(&root, &named("hikari/zei/r3"), "令和3年3月公表の評価書").expect("the case is there");
    let order = AcceptOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        edition: "r8".into(),
        title: "令和8年4月公表の評価書".to_owned(),
        changes: Vec::new(),
    };
    let accepted = accept(&root, &order).expect("the case is there");
    assert!(!accepted.diagnostics.has_errors());
    assert_eq!(lifted(&root), 0);
}

#[test]
fn nothing_is_signed_that_is_not_there_or_by_nobody() {
    let folder = town_copy();
    let root = town(&folder);
    let order = |item: &str, by: &str| SignOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        items: vec![item.into()],
        by: by.to_owned(),
        on: "令和8年4月1日".to_owned(),
    };
    let unknown = sign(&root, &order("basic/work-contents", "税務課長")).expect_err("there is no such item");
    assert!(unknown.to_string().contains("もしかして「basic/work-content」"), "{unknown}");
    sign(&root, &order("basic/work-content", " ")).expect_err("nobody reviewed it");
    edit(&root.join("content/assessments/zei/basic.md"), "{{own}}は", "{{owm}}は");
    let refused = sign(&root, &order("basic/work-content", "税務課長")).expect("the workspace can be read");
    assert!(refused.diagnostics.has_errors() && refused.items == 0);
    assert!(!root.join("content/municipalities/hikari/zei/reviewed.toml").exists());
}

#[test]
fn the_report_counts_by_section_and_fits_its_schema() {
    let folder = town_copy();
    let root = town(&folder);
    sign_items(&root, &["basic/work-content"]);
    let report = review_report(&read(&root).expect("it can be read"), &Wanted::default()).expect("there are cases");
    let basic = &report.cases[0].sections[0];
    assert_eq!((&*basic.id.to_string(), basic.heading.as_str()), ("basic", "Ⅰ 基本情報"));
    assert_eq!((basic.reviewed, basic.lifted), (1, 0));
    assert_eq!(basic.reviewed + basic.lifted + basic.open, basic.items.len());
    let nowhere = Wanted { case: Some("none".into()), ..Wanted::default() };
    review_report(&read(&root).expect("it can be read"), &nowhere).expect_err("there is no such case");
    every_key_is_in_the_schema(&serde_json::to_value(&report).expect("plain data"), "review");
}
