//! A 評価書 beside the main one of its 事務: filled from the same source, listed, marked and accepted by itself.

use std::fs;
use std::path::{Path, PathBuf};

use hyoka::desk::{AcceptOrder, MarkOrder, Notation, accept, freeze, write_marks};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::markup::State;
use hyoka::model::Role;
use hyoka::model::manifest::Audience;
use hyoka::press::{Order, Quiet, build, changes};
use hyoka::session::{Wanted, read};
use tempfile::TempDir;

use crate::support::{named, town_copy};

const FORM: &str = r#"
id = "kiso"
title = "基礎項目の見本"
body = "gothic"

[[section]]
id = "outline"
number = "Ⅰ"
title = "関連情報"
layout = "table"
items = [
  { id = "name", kind = "line", label = "①事務の名称", from = "basic/work-name" },
  { id = "place", kind = "text", label = "②保管場所", from = "basic/storage" },
  { id = "contact", kind = "text", label = "③請求先" },
]
"#;

pub(crate) const DOCUMENTS: &str = r#"
[[document]]
case = "zei"
id = "kiso"
kind = "assessment"
form = "kiso"
title = "住民税に関する事務 基礎項目評価書"
formats = ["pdf", "xlsx"]

[[document]]
case = "zei"
id = "kiso-list"
kind = "change-list"
title = "基礎項目評価書の変更箇所"
title-lines = ["変更箇所"]
formats = ["pdf"]
pages-of = "kiso"
"#;

const CONTACT: &str = "content/assessments/zei/kiso/outline.md";

/// The fixture town with a second 評価書.
pub(crate) struct Town(TempDir);

impl Town {
    pub(crate) fn new() -> Self {
        let town = Self(town_copy());
        town.write("content/municipalities/hikari/forms/kiso.toml", FORM);
        town.append("content/assessments/zei/assessment.toml", "\n[[beside]]\nid = \"kiso\"\nform = \"kiso\"\n");
        town.write(CONTACT, "## contact\n\n総務課の窓口で受け付ける。\n");
        town.append("content/municipalities/hikari/municipality.toml", DOCUMENTS);
        town
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.0.path().join("town")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect("the town has the file")
    }

    pub(crate) fn append(&self, path: &str, more: &str) {
        self.write(path, &(self.text(path) + more));
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        self.write(path, &text.replace(old, new));
    }

    /// What `check` says, one line a mistake.
    pub(crate) fn said(&self) -> String {
        let checked = read(&self.root()).expect("it can be read");
        render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain)
    }
}

fn text_of(folder: &Path, file: &str) -> String {
    let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    crate::pdf_text::pages(&bytes).concat()
}

#[test]
fn both_forms_are_filled_from_one_source() {
    let town = Town::new();
    assert_eq!(town.said(), "");
    let checked = read(&town.root()).expect("it can be read");
    let case = &checked.model.municipalities[0].cases["zei"];
    let beside = case.form(&Role::Beside("kiso".into())).expect("it is filled");
    let row =
        |path: &str| beside.row(&path.into()).expect("the form has it").content.texts()[0].characters(State::After);
    assert_eq!(row("outline/name"), "住民税に関する事務", "the main form says it once");
    assert_eq!(row("outline/contact"), "総務課の窓口で受け付ける。");
    let folder = town.root().join("build");
    let outcome = build(&town.root(), &folder, &Order::default(), &Quiet).expect("it can be written");
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert!(folder.join("hikari/zei/kiso.xlsx").is_file());
    // The list of one form tells of the changes that this form shows, with its own pages.
    let list = text_of(&folder, "hikari/zei/kiso-list.pdf");
    assert!(list.contains("保管場所") && !list.contains("電子申告"), "{list}");
    let main = text_of(&folder, "hikari/zei/change-list.pdf");
    assert!(main.contains("電子申告"), "{main}");
}

#[test]
fn a_change_of_one_form_is_marked_listed_and_accepted() {
    let town = Town::new();
    freeze(&town.root(), &named("hikari/zei/first"), "公表した評価書").expect("it can be frozen");
    assert_eq!(town.said(), "");
    town.edit(CONTACT, "総務課の窓口", "税務課の窓口");
    assert!(town.said().contains("kiso/outline.md:3"), "{}", town.said());
    let order = MarkOrder {
        since: Some("first".into()),
        change: Some("cloud".into()),
        notation: Notation::Leave,
        ..MarkOrder::default()
    };
    let marked = write_marks(&town.root(), &order).expect("the edition is there");
    assert_eq!(marked.by_hand, [], "{}", town.text(CONTACT));
    assert!(town.text(CONTACT).contains("{~~総務課~>税務課~~}"), "{}", town.text(CONTACT));
    assert_eq!(town.said(), "");
    let checked = read(&town.root()).expect("it can be read");
    let listed = changes(&checked, &Wanted::default(), Audience::Submission).expect("there are changes");
    let cloud = listed.iter().find(|change| change.id == "cloud").expect("it is declared");
    let at = cloud.places.iter().find(|place| place.path == "beside/kiso/outline/contact").expect("it is listed");
    assert_eq!((at.pages.as_slice(), at.marked.as_slice()), ([1].as_slice(), [format!("{CONTACT}:3")].as_slice()));
    let order = AcceptOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        changes: vec!["cloud".into(), "new-system".into()],
        edition: "second".into(),
        title: "次の版".into(),
    };
    accept(&town.root(), &order).expect("it can be accepted");
    assert_eq!(town.text(CONTACT), "## contact\n\n税務課の窓口で受け付ける。\n");
}

#[test]
fn a_change_of_what_both_forms_say_is_told_once() {
    let town = Town::new();
    freeze(&town.root(), &named("hikari/zei/first"), "公表した評価書").expect("it can be frozen");
    town.edit("content/assessments/zei/basic.md", "住民税に関する事務", "住民税の事務");
    let said = town.said();
    assert_eq!(said.matches("[H0353]").count(), 1, "{said}");
}

#[test]
fn a_policy_holds_for_the_main_form_or_for_those_that_it_names() {
    let town = Town::new();
    let path = "content/municipalities/hikari/municipality.toml";
    let policy = |forms: &str| {
        format!("\n[[policy]]\nitem = \"outline/contact\"\nsays = [\"電話\"]\nbasis = \"要綱\"\nforms = [{forms}]\n")
    };
    let before = town.text(path);
    town.append(path, &policy("\"kiso\""));
    assert_eq!(town.said().matches("[H0602]").count(), 1, "{}", town.said());
    town.write(path, &(before + &policy("")));
    assert!(town.said().contains("[H0314]"), "the main form has no such item: {}", town.said());
}

#[test]
fn a_town_that_names_the_one_beside_alone_fills_no_other() {
    let town = Town::new();
    let path = "content/municipalities/hikari/municipality.toml";
    let text = town.text(path);
    let (head, _) = text.split_once("[[document]]").expect("it has documents");
    let own = DOCUMENTS.split("[[document]]").nth(1).expect("the first is the assessment");
    town.write(path, &format!("{head}[[document]]{own}"));
    town.write(
        CONTACT,
        "+++\n[values]\nname = \"住民税に関する事務\"\n+++\n\n## place\n\n庁舎に保管する。\n\n## contact\n\n総務課の窓口で受け付ける。\n",
    );
    let checked = read(&town.root()).expect("it can be read");
    let case = &checked.model.municipalities[0].cases["zei"];
    assert!(case.main().is_none() && case.assessments().count() == 1);
    assert!(!checked.diagnostics.has_errors(), "{}", town.said());
}

#[test]
fn other_words_than_those_of_the_main_form_are_told() {
    let town = Town::new();
    let entries = |name: &str| {
        format!(
            "+++\n[values]\nname = \"{name}\"\n+++\n\n## place\n\n庁舎。\n\n## contact\n\n総務課の窓口で受け付ける。\n"
        )
    };
    town.write(CONTACT, &entries("住民税の事務"));
    let said = town.said();
    assert_eq!(said.matches("[H0661]").count(), 1, "the place may be told in fewer words: {said}");
    assert!(
        said.contains("「住民税の事務」が、主な評価書の「住民税に関する事務」") && said.contains("outline.md:3"),
        "{said}"
    );
    town.write(CONTACT, &entries("住民税に関する事務"));
    assert_eq!(town.said(), "");
}

#[test]
fn a_form_that_is_not_there_is_named_with_those_that_are() {
    let town = Town::new();
    town.edit("content/assessments/zei/assessment.toml", "id = \"kiso\"", "id = \"kisoo\"");
    let said = town.said();
    assert!(said.contains("H0371") && said.contains("（あるもの：kisoo）"), "{said}");
    // The folder is that of a form: a name of the main form's own parts would be read twice.
    town.edit("content/assessments/zei/assessment.toml", "id = \"kisoo\"", "id = \"system\"");
    assert!(town.said().contains("「system」"), "{}", town.said());
}
