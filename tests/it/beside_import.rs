//! `hyoka import` of a 評価書 beside the main one of its 事務: what both say is written once.

use std::fs;
use std::path::PathBuf;

use hyoka::change::frozen;
use hyoka::desk::{ImportMode, ImportOrder, ImportOutcome};
use hyoka::markup::State;
use hyoka::model::Role;
use hyoka::press::{Order, Quiet, build};
use hyoka::session::read;

use crate::beside::{DOCUMENTS, Town};
use crate::coming_back::{book_of, codes, order, run, said, saved};

const SETTINGS: &str = "content/municipalities/hikari/municipality.toml";
const ASSESSMENT: &str = "content/assessments/zei/assessment.toml";

/// The town with its second 評価書, and the workbook of that.
fn with_workbook() -> (Town, PathBuf) {
    let town = Town::new();
    let folder = town.root().join("build");
    build(&town.root(), &folder, &Order::default(), &Quiet).expect("it can be written");
    let file = folder.join("hikari/zei/kiso.xlsx");
    assert!(file.is_file());
    (town, file)
}

/// The same town before anything was known of the second 評価書 but its form.
fn without_paper() -> Town {
    let town = Town::new();
    fs::remove_dir_all(town.root().join("content/assessments/zei/kiso")).expect("it is there");
    town.write(SETTINGS, &town.text(SETTINGS).replace(DOCUMENTS, ""));
    let assessment = town.text(ASSESSMENT);
    let (head, _) = assessment.split_once("\n[[beside]]").expect("it was appended");
    town.write(ASSESSMENT, head);
    town
}

/// The texts of the second 評価書 of a workspace.
fn texts(town: &Town) -> Vec<(String, String)> {
    let checked = read(&town.root()).expect("it can be read");
    let case = &checked.model.municipalities[0].cases["zei"];
    assert!(case.form(&Role::Beside("kiso".into())).is_some(), "{}", town.said());
    let own = frozen(case, State::After).into_iter().filter(|item| matches!(item.role, Some(Role::Beside(_))));
    own.map(|item| (item.key.to_string(), item.text.characters(State::After))).collect()
}

/// The workbook with the words of some cells in others, without what our own workbooks know of themselves.
fn rewritten(town: &Town, file: &std::path::Path, edit: impl Fn(&str) -> String) -> PathBuf {
    let mut workbook = crate::coming_back::without_identity(&book_of(file), |_, row, column, text| {
        Some((row, column, edit(text))).filter(|(_, _, text)| !text.is_empty())
    });
    saved(&mut workbook, town.root().parent().expect("it lies in a folder"))
}

/// Imports a workbook that another program saved.
fn foreign(town: &Town, file: &std::path::Path) -> ImportOutcome {
    let order = ImportOrder {
        municipality: Some("hikari".into()),
        case: Some("zei".into()),
        beside: Some("kiso".into()),
        form: Some("kiso".into()),
        ..order(file, ImportMode::Write)
    };
    run(&town.root(), &order)
}

#[test]
fn its_own_workbook_comes_back_and_what_the_main_one_says_is_written_once() {
    let (original, file) = with_workbook();
    let town = without_paper();
    let outcome = run(&town.root(), &order(&file, ImportMode::Write));
    assert_eq!(said(&outcome.diagnostics), "");
    assert_eq!(outcome.mistakes, 0);
    assert_eq!(town.said(), "");
    assert_eq!(texts(&town), texts(&original));
    let entry = town.text("content/municipalities/hikari/zei/kiso/outline.md");
    assert!(entry.contains("## contact\n\n総務課の窓口で受け付ける。") && !entry.contains("住民税"), "{entry}");
    assert!(town.text(ASSESSMENT).ends_with("[[beside]]\nid = \"kiso\"\nform = \"kiso\"\n"));
    assert!(town.text(SETTINGS).contains("id = \"kiso\"\nkind = \"assessment\"\nform = \"kiso\"\n"));
    // A second time it is compared, and nothing is written.
    let before = town.text(SETTINGS);
    let again = run(&town.root(), &order(&file, ImportMode::Write));
    let compared = again.compared.expect("it is there now");
    assert!(compared.is_same() && compared.same >= 3, "{compared:?}");
    assert_eq!(town.text(SETTINGS), before);
}

#[test]
fn other_words_than_those_of_the_main_one_are_told_and_kept() {
    let (original, file) = with_workbook();
    let town = without_paper();
    let file = rewritten(&original, &file, |text| match text {
        "住民税に関する事務" => "住民税の賦課に関する事務".to_owned(),
        other => other.to_owned(),
    });
    let outcome = foreign(&town, &file);
    assert_eq!(codes(&outcome.diagnostics), ["H0561"], "{}", said(&outcome.diagnostics));
    assert!(said(&outcome.diagnostics).contains("住民税の賦課に関する事務"));
    let entry = town.text("content/municipalities/hikari/zei/kiso/outline.md");
    assert!(entry.contains("name = \"住民税の賦課に関する事務\""), "{entry}");
}

#[test]
fn what_is_empty_in_the_workbook_and_not_in_the_main_one_is_told() {
    let (original, file) = with_workbook();
    let town = without_paper();
    let file = rewritten(&original, &file, |text| text.replace("住民税に関する事務", ""));
    let outcome = foreign(&town, &file);
    assert_eq!(codes(&outcome.diagnostics), ["H0562"], "{}", said(&outcome.diagnostics));
    assert_eq!(texts(&town), texts(&original));
}

#[test]
fn a_paper_whose_main_one_is_not_there_is_refused() {
    let (town, file) = with_workbook();
    let before = crate::support::files(&town.root().join("content"));
    let wanted = ImportOrder { case: Some("jutaku".into()), ..order(&file, ImportMode::Write) };
    let refused = hyoka::desk::import(&town.root(), &wanted).expect_err("there is no main one");
    assert!(refused.to_string().contains("主な評価書"), "{refused}");
    assert_eq!(crate::support::files(&town.root().join("content")), before);
}

#[test]
fn a_workbook_with_other_words_is_compared_with_the_paper_that_is_there() {
    let (town, file) = with_workbook();
    let file = rewritten(&town, &file, |text| text.replace("総務課の窓口", "税務課の窓口"));
    let before = crate::support::files(&town.root().join("content"));
    let outcome = foreign(&town, &file);
    let compared = outcome.compared.expect("it is there");
    assert_eq!(compared.differing, ["beside/kiso/outline/contact"], "{}", said(&outcome.diagnostics));
    assert_eq!(crate::support::files(&town.root().join("content")), before);
}
