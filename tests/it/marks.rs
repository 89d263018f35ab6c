//! Marks written by the program, and folded again: on values, boxes, records, flows and fragments of a fictitious town.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hyoka::Error;
use hyoka::change::units;
use hyoka::desk::{AcceptOrder, MarkOrder, Marked, Notation, accept, freeze, write_marks};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::model::manifest::Audience;
use hyoka::press::changes;
use hyoka::session::{Wanted, read};
use tempfile::TempDir;

use crate::support::{files, named, town_copy};

const BASIC: &str = "content/assessments/zei/basic.md";
const CORE: &str = "content/assessments/zei/system/core.md";
const FLOW: &str = "content/assessments/zei/flows/fuka.md";

/// The town, frozen as its first edition.
struct Town {
    _folder: TempDir,
    root: PathBuf,
}

impl Town {
    fn frozen() -> Self {
        let folder = town_copy();
        let root = folder.path().join("town");
        let frozen = freeze(&root, &named("hikari/zei/first"), "公表した評価書").expect("the town can be frozen");
        assert!(!frozen.diagnostics.has_errors());
        Self { _folder: folder, root }
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("the town has the file")
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        fs::write(self.root.join(path), text.replace(old, new)).expect("it can be written");
    }

    fn mark(&self, notation: Notation) -> Marked {
        let order =
            MarkOrder { since: Some("first".into()), change: Some("cloud".into()), notation, ..MarkOrder::default() };
        write_marks(&self.root, &order).expect("the edition is there")
    }

    /// Marks, asserts that nothing is left undeclared, and that accepting gives back the file as it was edited.
    fn marked_and_back(&self, path: &str, expected: &[&str]) {
        let edited = self.text(path);
        let marked = self.mark(Notation::Leave);
        assert_eq!(marked.by_hand, [], "{}", self.text(path));
        let text = self.text(path);
        for expected in expected {
            assert!(text.contains(expected), "`{expected}` is not in\n{text}");
        }
        self.holds();
        self.accept(&["cloud"]);
        // The fixture's own marks of the same change are folded too.
        if path != BASIC {
            assert_eq!(self.text(path), edited);
        }
    }

    fn accept(&self, changes: &[&str]) {
        let edition = format!("after-{}", changes.join("-"));
        let order = AcceptOrder {
            municipality: "hikari".into(),
            case: "zei".into(),
            edition: edition.into(),
            title: "次の版".into(),
            changes: changes.iter().copied().map(Into::into).collect(),
        };
        let accepted = accept(&self.root, &order).expect("the change is there");
        let said = render(&accepted.diagnostics, &accepted.sources, Lang::Ja, Tone::Plain);
        assert!(!accepted.diagnostics.has_errors(), "{said}");
    }

    fn holds(&self) {
        let checked = read(&self.root).expect("it can be read");
        let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
        assert!(!checked.diagnostics.has_errors(), "{said}");
    }
}

fn names(marked: &Marked) -> Vec<(String, String)> {
    marked.marked.iter().map(|place| (place.old.clone(), place.new.clone())).collect()
}

#[test]
fn words_numbers_and_choices_are_marked() {
    let town = Town::frozen();
    town.edit(CORE, "賦課と収納を管理する。", "賦課と滞納を管理する。");
    town.marked_and_back(CORE, &["賦課と{~~収納~>滞納~~}{>>cloud<<}を管理する。"]);
    let town = Town::frozen();
    town.edit(BASIC, "\"1万人以上10万人未満\"", "\"1,000人以上1万人未満\" # 令和7年度");
    town.marked_and_back(
        BASIC,
        &["work-persons = \"{~~1万人以上10万人未満~>1,000人以上1万人未満~~}{>>cloud<<}\" # 令和7年度"],
    );
}

#[test]
fn boxes_are_marked_one_by_one() {
    let town = Town::frozen();
    town.edit(
        CORE,
        "[\"庁内連携システム\", \"その他（住民記録）\"]",
        "[\"税務システム\", \"その他（住民記録と戸籍）\"]",
    );
    town.marked_and_back(
        CORE,
        &["[\"{++税務システム++}{>>cloud<<}\", \"その他（住民記録{++と戸籍++}{>>cloud<<}）\", \"{--庁内連携システム--}{>>cloud<<}\"]"],
    );
}

#[test]
fn a_value_that_was_taken_out_comes_back_as_a_deletion() {
    let town = Town::frozen();
    town.edit(CORE, "connections = [\"庁内連携システム\", \"その他（住民記録）\"]\n", "connections = []\n");
    town.marked_and_back(CORE, &["\"{--庁内連携システム--}{>>cloud<<}\", \"{--その他（住民記録）--}{>>cloud<<}\""]);
}

#[test]
fn paragraphs_and_items_are_marked_as_wholes() {
    let town = Town::frozen();
    town.edit(
        CORE,
        "賦課と収納を管理する。",
        "賦課と収納を管理する。\n\n次の機能を持つ。\n\n- 宛名の管理\n- 口座の管理",
    );
    town.marked_and_back(CORE, &["\n\n{++次の機能を持つ。++}{>>cloud<<}\n\n- {++宛名の管理++}{>>cloud<<}\n- {++口座"]);
}

#[test]
fn a_record_is_marked_in_its_list() {
    let town = Town::frozen();
    fs::write(
        town.root.join("content/assessments/zei/system/archive.md"),
        "+++\n[values]\nsystem-name = \"保存システム\"\nconnections = [\"庁内連携システム\"]\n+++\n\n## functions\n\n保存する。\n",
    )
    .expect("it can be written");
    town.edit(BASIC, "system = [\"core\", ", "system = [\"archive\", \"core\", ");
    town.edit(BASIC, "{~~1~>2~~}", "{~~1~>3~~}");
    let marked = town.mark(Notation::Leave);
    assert_eq!(marked.by_hand, []);
    assert!(town.text(BASIC).contains("[\"{++archive++}{>>cloud<<}\", \"core\", "), "{}", town.text(BASIC));
    town.holds();
}

#[test]
fn a_record_that_was_taken_out_comes_back_as_a_deletion() {
    let town = Town::frozen();
    town.edit(BASIC, "system = [\"core\", ", "system = [");
    town.edit(BASIC, "\"{~~1~>2~~}{>>new-system<<}\"", "1");
    let marked = town.mark(Notation::Leave);
    assert_eq!(marked.by_hand, []);
    assert!(town.text(BASIC).contains("\"{--core--}{>>cloud<<}\"]"), "{}", town.text(BASIC));
    town.holds();
    town.accept(&["new-system", "cloud"]);
    assert!(!town.root.join(CORE).exists(), "the record's file goes with its change");
    town.holds();
}

#[test]
fn boxes_and_arrows_of_a_flow_are_marked() {
    let town = Town::frozen();
    let edited = town.text(FLOW).replace(
        "[[arrow]]\nstep = \"(1)\"",
        "[[node]]\nid = \"bank\"\nlabel = \"金融機関\"\nzone = \"external\"\ncolumn = 3\nrow = 1\n\n[[arrow]]\nstep = \"(2)\"\nfrom = \"core\"\nto = \"bank\"\nkind = \"other\"\n\n[[arrow]]\nstep = \"(1)\"",
    ) + "\n## (2)\n\n口座振替を依頼する。\n";
    fs::write(town.root.join(FLOW), &edited).expect("it can be written");
    let marked = town.mark(Notation::Leave);
    assert_eq!(marked.by_hand, []);
    let text = town.text(FLOW);
    assert!(text.contains("id = \"bank\"\ninserted = \"cloud\"\n"), "{text}");
    assert!(text.contains("step = \"(2)\"\ninserted = \"cloud\"\n"), "{text}");
    assert!(text.contains("{++口座振替を依頼する。++}{>>cloud<<}"), "{text}");
    town.holds();
    town.accept(&["cloud"]);
    assert_eq!(town.text(FLOW), edited);
}

#[test]
fn notation_is_shown_apart_and_marked_only_on_request() {
    let town = Town::frozen();
    town.edit(CORE, "賦課と収納を管理する。", "賦課と収納を管理する．");
    let before = town.text(CORE);
    let marked = town.mark(Notation::Leave);
    assert_eq!((marked.marked.len(), marked.notation.len()), (0, 1));
    assert_eq!(town.text(CORE), before);
    let marked = town.mark(Notation::Mark);
    assert_eq!(names(&marked), [("。".to_owned(), "．".to_owned())]);
    town.holds();
}

#[test]
fn a_line_break_in_the_source_is_no_change() {
    let folder = town_copy();
    let town = Town { root: folder.path().join("town"), _folder: folder };
    let line = "令和8年4月からAWSのcloud serviceを、①区分（2種）で**利用**し、{{own}}が99件を管理する。";
    town.edit(CORE, "賦課と収納を管理する。", line);
    freeze(&town.root, &named("hikari/zei/first"), "公表した評価書").expect("the town can be frozen");
    town.holds();
    let wrapped = "令和\n8\n年4月から\n  AWS\nのcloud\nservice\nを、①\n区分（\n2種）で**利用\n**し、{{own}}\nが\n99件\nを管理\nする。";
    town.edit(CORE, line, wrapped);
    town.holds();
    assert_eq!(town.mark(Notation::Mark).files, BTreeMap::new());
    assert!(town.text(CORE).contains(wrapped));
}

#[test]
fn marking_twice_changes_nothing_more() {
    let town = Town::frozen();
    town.edit(CORE, "賦課と収納", "賦課と滞納");
    town.mark(Notation::Leave);
    let before = files(&town.root);
    assert_eq!(town.mark(Notation::Leave).marked, []);
    assert!(files(&town.root) == before);
}

#[test]
fn what_cannot_be_marked_is_said_and_left() {
    let town = Town::frozen();
    // Somebody rewrote the old text of a mark: only a person knows what was meant.
    town.edit(BASIC, "{~~1~>2~~}", "{~~3~>2~~}");
    let before = town.text(BASIC);
    let marked = town.mark(Notation::Leave);
    assert_eq!((marked.marked.len(), marked.by_hand.len()), (0, 1));
    assert_eq!(town.text(BASIC), before);
}

#[test]
fn accepting_moves_the_changes_into_the_edition() {
    let town = Town::frozen();
    town.accept(&["new-system"]);
    town.holds();
    let changes = town.text("content/assessments/zei/changes.toml");
    assert!(!changes.contains("new-system") && changes.contains("\"cloud\""), "{changes}");
    let edition = town.text("content/editions/hikari/zei/after-new-system/edition.toml");
    assert!(edition.contains("follows = \"first\"") && edition.contains("id = \"new-system\""), "{edition}");
    let basic = town.text(BASIC);
    assert!(basic.contains("system-count = \"2\"") && basic.contains("system = [\"core\", \"portal\"]"), "{basic}");
    assert!(basic.contains("++}{>>cloud<<}"), "the other change is still marked: {basic}");
    town.accept(&["cloud"]);
    town.holds();
    let summary = "content/editions/hikari/zei/after-cloud/change-summary.md";
    assert!(town.text(summary).contains("## cloud-summary"));
    assert!(!town.root.join("content/assessments/zei/change-summary.md").exists());
}

#[test]
fn an_edition_is_never_written_over() {
    let town = Town::frozen();
    let before = files(&town.root);
    let again = freeze(&town.root, &named("hikari/zei/first"), "");
    assert!(matches!(again, Err(Error::EditionExists { .. })));
    let order = AcceptOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        edition: "first".into(),
        ..AcceptOrder::default()
    };
    assert!(matches!(accept(&town.root, &order), Err(Error::EditionExists { .. })));
    assert!(files(&town.root) == before);
}

#[test]
fn nothing_is_accepted_while_changes_are_undeclared() {
    let town = Town::frozen();
    town.edit(CORE, "賦課と収納", "賦課と滞納");
    let before = files(&town.root);
    let order = AcceptOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        edition: "second".into(),
        ..AcceptOrder::default()
    };
    let refused = accept(&town.root, &order).expect("it is refused with a diagnostic");
    assert!(refused.diagnostics.has_errors());
    assert!(files(&town.root) == before);
}

#[test]
fn an_edition_reads_as_it_was_written() {
    let town = Town::frozen();
    let folder = town.root.join("content/editions/hikari/zei/first");
    let texts: BTreeMap<String, String> =
        files(&folder).into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).expect("it is text"))).collect();
    insta::assert_snapshot!(texts.iter().map(|(path, text)| format!("=== {path}\n{text}")).collect::<String>());
    assert!(Path::new(&folder).is_dir());
}

#[test]
fn a_box_in_a_bar_is_marked_listed_and_folded_back() {
    let town = Town::frozen();
    let form = "content/municipalities/hikari/forms/mini.toml";
    let bar = "{ id = \"keeping\", kind = \"band\", label = \"3.保管\", ";
    town.edit(
        form,
        bar,
        &format!("{bar}ticks = [{{ id = \"no-keeping\", kind = \"tick\", label = \"保管しない\" }}], "),
    );
    town.edit(BASIC, "work-name = ", "no-keeping = true\nwork-name = ");
    let edited = town.text(BASIC);
    let marked = town.mark(Notation::Leave);
    assert_eq!(marked.by_hand, []);
    assert!(town.text(BASIC).contains("no-keeping = '{~~false~>true~~}{>>cloud<<}'\n"), "{}", town.text(BASIC));
    town.holds();
    let checked = read(&town.root).expect("it can be read");
    let listed = changes(&checked, &Wanted::default(), Audience::Submission).expect("the case has changes");
    let cloud = listed.iter().find(|change| change.id == "cloud").expect("it is declared");
    let place = cloud.places.iter().find(|place| place.path == "basic/keeping").expect("the bar is in the list");
    assert_eq!(place.pages.len(), 1, "its page is measured");
    town.accept(&["cloud"]);
    let kept = |text: &str| text.lines().find(|line| line.starts_with("no-keeping")).map(str::to_owned);
    assert_eq!(kept(&town.text(BASIC)), kept(&edited));
}

#[test]
fn a_changed_title_of_a_record_is_listed() {
    let folder = town_copy();
    let town = Town { root: folder.path().join("town"), _folder: folder };
    town.edit(CORE, "= \"税務システム\"", "= \"税務{++総合++}{>>cloud<<}システム\"");
    town.holds();
    let checked = read(&town.root).expect("it can be read");
    let assessment = checked.model.municipalities[0].cases["zei"].main().expect("the case has one");
    assert!(units(assessment, &[]).iter().any(|unit| unit.path.is_in(&"basic/system/core".into())));
}
