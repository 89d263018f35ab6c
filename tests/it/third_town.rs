//! A third town by data alone: 様式2 for four 事務, 様式3 for one, 様式4 for one, one 独自利用 by ordinance, and the register over all.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use hyoka::desk::{AcceptOrder, ImportMode, MarkOrder, Notation, accept, freeze, register, write_marks};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::model::manifest::Audience;
use hyoka::press::{Order, Quiet, changes};
use hyoka::session::{Wanted, read};
use tempfile::TempDir;

use crate::coming_back::{book_of, comes_back, empty, foreign, run, saved, without_identity};
use crate::support::{Built, copy, named, repository, sheet};

fn source() -> PathBuf {
    repository().join("tests/fixtures/third")
}

/// The town, built once per process.
fn town() -> &'static Built {
    static TOWN: LazyLock<Built> = LazyLock::new(|| Built::of(&source(), "third"));
    &TOWN
}

/// A copy that a test may change.
fn town_copy() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&source(), &folder.path().join("town"));
    folder
}

const CASES: [&str; 4] = ["juki", "zei", "jidoteate", "kodomo-iryo"];

#[test]
fn every_document_is_issued() {
    let mut lines = String::new();
    for entry in town().manifest() {
        let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let pages = entry["pages"].as_u64().map(|pages| format!("{pages}頁")).unwrap_or_default();
        writeln!(lines, "{} | {} | {} | {}", text("path"), text("title"), text("kind"), pages).expect("it fits");
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn the_register_lists_every_paper_and_what_falls_due() {
    let path = town().path("wakaba/daicho/register.xlsx");
    let rows: Vec<String> = sheet(&path).into_iter().map(|row| row.join(" | ")).collect();
    insta::assert_snapshot!(rows.join("\n"));
    let html = String::from_utf8(town().bytes("wakaba/daicho/register.html")).expect("it is UTF-8");
    for words in
        ["子ども医療費の助成に関する事務 基礎項目評価書", "令和9年10月3日", "令和7年12月1日現在", "見直し", "再実施"]
    {
        assert!(html.contains(words), "{words}");
    }
    assert!(town().bytes("wakaba/daicho/register.pdf").starts_with(b"%PDF"));
}

#[test]
fn the_register_is_made_when_it_alone_is_asked_for() {
    let town = town_copy();
    let wanted =
        Wanted { municipality: Some("wakaba".into()), case: Some("daicho".into()), document: Some("register".into()) };
    let folder = town.path().join("out");
    let order = Order { wanted, ..Order::default() };
    let outcome = hyoka::press::build(&town.path().join("town"), &folder, &order, &Quiet).expect("it can be written");
    assert!(
        outcome.diagnostics.is_empty(),
        "{}",
        render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain)
    );
    assert_eq!(outcome.made, 1, "nothing but the register");
    let own = fs::read(folder.join("wakaba/daicho/register.xlsx")).expect("it was made");
    assert!(own == self::town().bytes("wakaba/daicho/register.xlsx"), "it is the same as among all documents");
}

#[test]
fn a_mistake_in_a_case_keeps_back_the_register_too() {
    let town = town_copy();
    let root = town.path().join("town");
    let path = root.join("content/assessments/kodomo-iryo/basic.md");
    let text = fs::read_to_string(&path).expect("it is there");
    fs::write(&path, text.replace("linkage-presence = \"実施しない\"\n", "")).expect("it can be written");
    let outcome = hyoka::press::build(&root, &root.join("build"), &Order::default(), &Quiet).expect("it can be read");
    let blocked: Vec<String> = outcome.blocked.iter().map(ToString::to_string).collect();
    assert_eq!(blocked, ["wakaba/daicho", "wakaba/kodomo-iryo"]);
    assert!(root.join("build/wakaba/juki/assessment.pdf").is_file(), "the others are made");
}

#[test]
fn papers_fall_due_in_their_order() {
    let papers = register(&town().checked, &Wanted::default()).expect("there are some");
    let lines: Vec<String> = papers
        .iter()
        .map(|paper| {
            let days = [paper.published, paper.look_over, paper.again].map(|day| day.map(|day| day.to_string()));
            let days = days.map(Option::unwrap_or_default).join(" ");
            format!("{} {} {} 義務:{} {days}", paper.number, paper.name, paper.assessment, paper.due)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_changes_are_listed_for_every_form() {
    let mut lines = String::new();
    for change in changes(&town().checked, &Wanted::default(), Audience::Submission).expect("they can be listed") {
        for place in &change.places {
            writeln!(lines, "{}: {} {} P.{:?}", change.case, change.id, place.item, place.pages).expect("it fits");
        }
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn every_paper_comes_back_by_its_own_workbook() {
    for case in CASES {
        let folder = empty();
        comes_back(town(), folder.path(), "wakaba", case);
    }
}

#[test]
fn an_edition_is_frozen_marked_and_accepted_for_every_form() {
    for case in CASES {
        let town = town_copy();
        let root = town.path().join("town");
        let frozen = freeze(&root, &named(&format!("wakaba/{case}/r7")), "公表した評価書").expect("it can be frozen");
        let said = render(&frozen.diagnostics, &frozen.sources, Lang::Ja, Tone::Plain);
        assert!(!frozen.diagnostics.has_errors(), "{case}:\n{said}");
        let checked = read(&root).expect("it can be read");
        let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
        assert!(!checked.diagnostics.has_errors(), "{case}:\n{said}");
        // What is changed by hand becomes a mark.
        let basic = root.join(format!("content/assessments/{case}/basic.md"));
        let text = fs::read_to_string(&basic).expect("it is there");
        let changed = text.replacen("番号法第9条第", "番号利用法第9条第", 1);
        assert_ne!(text, changed, "{case}");
        fs::write(&basic, changed).expect("it can be written");
        let wanted = Wanted { municipality: Some("wakaba".into()), case: Some(case.into()), document: None };
        let order = MarkOrder { wanted, since: None, change: None, notation: Notation::Leave, only: Vec::new() };
        let marked = write_marks(&root, &order).expect("it can be marked");
        assert!(!marked.marked.is_empty() && marked.by_hand.is_empty(), "{case}: {marked:?}");
        fs::write(&basic, &text).expect("it can be written");
        let order = AcceptOrder {
            municipality: "wakaba".into(),
            case: case.into(),
            edition: "r8".into(),
            title: "改めて公表した評価書".into(),
            changes: Vec::new(),
        };
        let changes = root.join(format!("content/assessments/{case}/changes.toml"));
        if !changes.is_file() {
            continue;
        }
        let accepted = accept(&root, &order).expect("it can be accepted");
        let said = render(&accepted.diagnostics, &accepted.sources, Lang::Ja, Tone::Plain);
        assert!(!accepted.diagnostics.has_errors(), "{case}:\n{said}");
        let checked = read(&root).expect("it can be read");
        let case = checked.model.municipalities[0].cases.get(case).expect("it is there");
        assert!(case.changes.list.is_empty(), "the changes are part of the text now");
    }
}

#[test]
fn the_list_of_changes_of_a_foreign_workbook_comes_in_as_history() {
    let book = book_of(&town().path("wakaba/jidoteate/assessment.xlsx"));
    let folder = empty();
    let mut workbook = without_identity(&book, |_, row, column, text| Some((row, column, text.to_owned())));
    let path = saved(&mut workbook, folder.path());
    run(folder.path(), &foreign(&path, ImportMode::Write));
    let changes = folder.path().join("content/municipalities/midori/kokuho/changes.toml");
    let text = fs::read_to_string(&changes).expect("the history was written");
    for words in ["[[history]]", "changed-on = \"令和7年10月1日\"", "（わかば市役所1階）", "timing = \"事後\""]
    {
        assert!(text.contains(words), "{words}:\n{text}");
    }
    let checked = read(folder.path()).expect("it can be read");
    let case = &checked.model.municipalities[0].cases["kokuho"];
    assert_eq!(case.changes.history.len(), 1, "the row is printed before those of the changes that follow");
}
