//! Every order that writes the author's files, taken back: the bytes are those of before; and never over what somebody wrote since.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hyoka::Error;
use hyoka::desk::checklist::Mode;
use hyoka::desk::{
    AcceptOrder, ImportMode, IssueOrder, MarkOrder, MoveOrder, SignOrder, accept, freeze, freeze_anew, issue,
    move_form, seal_editions, sign, write_marks,
};
use hyoka::write::{Steps, Way};
use tempfile::TempDir;

use crate::coming_back::{empty, order, run};
use crate::returned::{Desk, exported, place};
use crate::support::{copy, files, named, repository, town, town_copy, town_source};

const BASIC: &str = "content/assessments/zei/basic.md";

struct Town {
    _folder: TempDir,
    root: PathBuf,
}

impl Town {
    fn new() -> Self {
        let folder = town_copy();
        let root = folder.path().join("town");
        Self { _folder: folder, root }
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let path = self.root.join(path);
        let text = fs::read_to_string(&path).expect("the town has the file");
        assert!(text.contains(old), "{old}");
        fs::write(path, text.replace(old, new)).expect("it can be written");
    }

    fn frozen(self) -> Self {
        let frozen = freeze(&self.root, &named("hikari/zei/first"), "公表した評価書").expect("the town can be frozen");
        assert!(!frozen.diagnostics.has_errors());
        self
    }
}

/// Files, and the folders that hold none.
fn content(root: &Path) -> (BTreeMap<String, Vec<u8>>, Vec<PathBuf>) {
    let folders = walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter();
    let folders = folders.map(|entry| entry.expect("it can be read").into_path()).filter(|path| path.is_dir());
    (files(&root.join("content")), folders.collect())
}

/// Runs an order, takes it back, does it again and takes it back once more.
fn comes_back(root: &Path, name: &str, order: impl FnOnce(&Path)) {
    let before = content(root);
    order(root);
    let after = content(root);
    assert!(before != after, "{name} writes something");
    let steps = Steps::of(root);
    let known = steps.lines().expect("it is a workspace").len();
    assert_eq!(steps.standing().undo.as_deref(), Some(name));
    let taken = steps.take(Way::Undo).expect("nobody wrote since");
    assert_eq!(taken.what, name);
    assert!(content(root) == before, "{name} is taken back to the byte");
    assert_eq!(steps.standing().redo.as_deref(), Some(name));
    steps.take(Way::Redo).expect("nobody wrote since");
    assert!(content(root) == after, "{name} is done again to the byte");
    steps.take(Way::Undo).expect("nobody wrote since");
    assert!(content(root) == before);
    assert_eq!(steps.lines().expect("it is a workspace").len(), known, "a step stays one step");
}

#[test]
fn marks_and_what_is_accepted_are_taken_back() {
    let town = Town::new().frozen();
    town.edit("content/assessments/zei/system/core.md", "賦課と収納を管理する。", "賦課と滞納を管理する。");
    comes_back(&town.root, "印（cloud）：hikari/zei", |root| {
        let mut order = MarkOrder { change: Some("cloud".into()), ..MarkOrder::default() };
        (order.wanted.municipality, order.wanted.case) = (Some("hikari".into()), Some("zei".into()));
        write_marks(root, &order).expect("the edition is there");
    });
    Steps::of(&town.root).take(Way::Redo).expect("nobody wrote since");
    comes_back(&town.root, "溶け込み（版 next）：hikari/zei", |root| {
        let (municipality, case, edition) = ("hikari".into(), "zei".into(), "next".into());
        let order = AcceptOrder { municipality, case, edition, ..AcceptOrder::default() };
        let accepted = accept(root, &order).expect("the change is there");
        assert!(!accepted.diagnostics.has_errors());
    });
}

#[test]
fn editions_seals_and_issued_papers_are_taken_back() {
    let town = Town::new();
    comes_back(&town.root, "版の確定（first）：hikari/zei", |root| {
        freeze(root, &named("hikari/zei/first"), "公表した評価書").expect("it can be frozen");
    });
    let town = town.frozen();
    comes_back(&town.root, "発出の記録（soan）：hikari/zei", |root| {
        let (municipality, case, id) = ("hikari".into(), "zei".into(), "soan".into());
        let (title, date) = ("素案".into(), "2026-04-01".into());
        issue(root, &IssueOrder { municipality, case, id, title, date }).expect("there is a baseline");
    });
    town.edit(BASIC, "住民税を賦課し", "住民税を決定し");
    comes_back(&town.root, "版の取り直し（second）：hikari/zei", |root| {
        freeze_anew(root, &named("hikari/zei/second"), "", "文を誤っていたため").expect("there is a reason");
    });
    let town = Town::new().frozen();
    fs::remove_file(town.root.join("content/editions/hikari/zei/first/seal.toml")).expect("it is there");
    comes_back(&town.root, "版の封印：hikari/zei", |root| {
        seal_editions(root, &named("hikari/zei")).expect("it can be sealed");
    });
}

#[test]
fn a_sign_off_is_taken_back() {
    let town = Town::new();
    comes_back(&town.root, "点検済（basic/work-content）：hikari/zei", |root| {
        let (municipality, case) = ("hikari".into(), "zei".into());
        let (items, by, on) = (vec!["basic/work-content".into()], "税務課長".into(), "令和8年4月1日".into());
        sign(root, &SignOrder { municipality, case, items, by, on }).expect("the item is there");
    });
}

#[test]
fn a_moved_form_is_taken_back_with_its_archive() {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("tests/fixtures/third"), folder.path());
    comes_back(folder.path(), "様式の移行（kisokomoku-h31-01）：jidoteate", |root| {
        let (case, to, on) = ("jidoteate".into(), "kisokomoku-h31-01".into(), "令和7年10月1日".into());
        let moved = move_form(root, &MoveOrder { case, to, on, beside: None }).expect("it can be moved");
        assert!(!moved.archived.is_empty());
    });
}

#[test]
fn an_imported_case_is_taken_back_and_leaves_no_folder() {
    let folder = empty();
    copy(&town_source().join("content/municipalities/hikari/forms"), &folder.path().join("templates/forms"));
    let file = town().path("hikari/zei/assessment.xlsx");
    comes_back(folder.path(), "評価書の取込み（assessment.xlsx）：hikari/zei", |root| {
        run(root, &order(&file, ImportMode::Write));
    });
}

#[test]
fn answers_that_came_back_are_taken_back() {
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(1, |rows| {
        rows.set(&place(&as_sent, 1, "D", "ds-02"), "◯");
    });
    let desk = Desk::new().with("回答.xlsx", &book.bytes());
    comes_back(&desk.root(), "回答の取込み：hikari/denshi", |_| {
        assert!(!desk.import(Mode::Write).written.is_empty());
    });
}

#[test]
fn what_somebody_wrote_since_is_named_and_stays() {
    let town = Town::new().frozen();
    town.edit("content/assessments/zei/system/core.md", "賦課と収納を管理する。", "賦課と滞納を管理する。");
    town.edit(BASIC, "住民税を賦課し", "住民税を決定し");
    let order = MarkOrder { change: Some("cloud".into()), ..MarkOrder::default() };
    let marked = write_marks(&town.root, &order).expect("the edition is there");
    assert_eq!(marked.files.len(), 2);
    town.edit(BASIC, "住民税を", "町民税を");
    let before = content(&town.root);
    let said = undo(&town.root, &[]);
    assert_eq!(said.status.code(), Some(2));
    let words = text(&said.stderr);
    assert!(words.contains(&format!("その後に書き換えられたファイル：{BASIC}。")), "{words}");
    assert!(words.contains("印（cloud）：すべての自治体") && !words.contains("core.md"), "{words}");
    assert!(content(&town.root) == before, "not one of its files is written");
    // A file that is gone, and one that is no text.
    let path = town.root.join(BASIC);
    for bytes in [None, Some(b"\xff\xfe")] {
        match bytes {
            None => fs::remove_file(&path),
            Some(bytes) => fs::write(&path, bytes),
        }
        .expect("it can be changed");
        let refused = Steps::of(&town.root).take(Way::Undo);
        assert!(matches!(&refused, Err(Error::StepChanged { paths, .. }) if *paths == [BASIC]), "{refused:?}");
    }
}

#[test]
fn a_file_saved_in_another_way_comes_back_to_the_byte() {
    let town = Town::new().frozen();
    let core = "content/assessments/zei/system/core.md";
    town.edit(core, "賦課と収納を管理する。", "賦課と滞納を管理する。");
    let path = town.root.join(core);
    let text = fs::read_to_string(&path).expect("the town has the file");
    fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("it can be written");
    comes_back(&town.root, "印（cloud）：すべての自治体", |root| {
        let order = MarkOrder { change: Some("cloud".into()), ..MarkOrder::default() };
        write_marks(root, &order).expect("the edition is there");
    });
}

#[test]
fn the_list_tells_what_is_next_and_a_new_step_forgets_what_was_taken_back() {
    let town = Town::new();
    let none = undo(&town.root, &[]);
    assert_eq!((none.status.code(), text(&none.stderr).trim()), (Some(2), "取り消せる操作がありません"));
    let english = undo(&town.root, &["--lang", "en"]);
    assert_eq!(text(&english.stderr).trim(), "there is no step to be undone");
    assert!(!town.root.join(".hyoka").exists(), "asking leaves nothing behind");
    let sign_item = |item: &str| {
        let (municipality, case) = ("hikari".into(), "zei".into());
        let (items, by, on) = (vec![item.into()], "税務課長".into(), "令和8年4月1日".into());
        sign(&town.root, &SignOrder { municipality, case, items, by, on }).expect("the item is there");
    };
    sign_item("basic/work-name");
    sign_item("basic/work-content");
    let taken = undo(&town.root, &[]);
    assert!(text(&taken.stderr).starts_with("取り消しました：点検済（basic/work-content）：hikari/zei"));
    let listed = undo(&town.root, &["--list"]);
    let file = "content/municipalities/hikari/zei/reviewed.toml";
    let expected = format!(
        "取り消し済み  点検済（basic/work-content）：hikari/zei  [{file}]\n次に取り消す  点検済（basic/work-name）：hikari/zei  [{file}]\n"
    );
    assert_eq!(text(&listed.stdout), expected);
    assert_eq!(undo(&town.root, &["--redo"]).status.code(), Some(0));
    undo(&town.root, &[]);
    sign_item("basic/work-persons");
    let again = undo(&town.root, &["--redo"]);
    assert!(text(&again.stderr).starts_with("やり直せる操作がありません"), "{}", text(&again.stderr));
    let nowhere = undo(town.root.parent().expect("it lies in a folder"), &["--list"]);
    assert_eq!(nowhere.status.code(), Some(2), "no workspace has no list");
}

#[test]
fn two_programs_share_one_list() {
    let town = Town::new();
    let (one, other) = (Steps::of(&town.root), Steps::of(&town.root));
    let read = hyoka::session::read(&town.root).expect("it can be read").workspace.sources;
    let file = |name: &str| BTreeMap::from([(format!("content/assessments/zei/{name}.md"), Some("新\n".to_owned()))]);
    one.write(&read, ("一", &file("one"))).expect("it can be written");
    other.write(&read, ("二", &file("two"))).expect("it can be written");
    assert_eq!(one.standing().undo.as_deref(), Some("二"));
    assert_eq!(one.take(Way::Undo).expect("it is there").what, "二");
    assert_eq!(other.take(Way::Undo).expect("it is there").what, "一");
    assert!(other.take(Way::Undo).is_err());
}

fn undo(root: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.arg("undo").args(options).arg("--root").arg(root);
    command.output().expect("the program can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8")
}
