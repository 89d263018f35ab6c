//! Everything that a reader could see to have changed: each kind that once slipped through, on the city with its issued papers.

use std::fs;

use hyoka::Error;
use hyoka::desk::{IssueOrder, freeze, freeze_anew, issue, seal_editions};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::press::{between, unlisted};
use hyoka::session::{Wanted, read};

use crate::edited::Edited;
use crate::support::{named, town_copy};

const SETTINGS: &str = "content/municipalities/mihon/municipality.toml";
const ZEI: &str = "content/municipalities/mihon/zei";
const FLOW: &str = "content/municipalities/mihon/zei/flows/fuka.md";
const RISK: &str = "content/municipalities/mihon/zei/risk.md";
const CHECKLIST: &str = "content/municipalities/mihon/checklists/kessai.toml";
const SUBMISSION: &str = "content/municipalities/mihon/submissions/kessai";
const EDITION: &str = "content/editions/mihon/zei/r4-published";

fn zei(path: &str) -> String {
    format!("{ZEI}/{path}")
}

fn submission(path: &str) -> String {
    format!("{SUBMISSION}/{path}")
}

fn edit(path: &str, old: &str, new: &str) -> Edited {
    Edited::new().edit(path, old, new)
}

#[test]
fn untouched_the_city_prints_what_its_editions_say() {
    let checked = Edited::new().checked();
    assert!(checked.diagnostics.is_empty());
    let cases = unlisted(&checked, &Wanted::default());
    assert_eq!(cases.len(), 2, "an assessment and a submission");
    for case in cases {
        assert!(case.undeclared.is_empty() && case.since_issue.is_empty(), "{}/{}", case.municipality, case.case);
        assert!(!case.issue.is_empty(), "{}/{} was issued", case.municipality, case.case);
    }
}

#[test]
fn another_order_is_told() {
    let edited = Edited::new;
    for (what, edited) in [
        ("two systems", edited().swap(&zei("basic.md"), "\"core\"", "\"portal\"")),
        ("two 委託事項", edited().swap(&zei("file-overview/zeimu.md"), "\"operation\"", "\"printing\"")),
        ("two flows", edited().swap(&zei("case.toml"), "\"fuka\"", "\"kanpu\"")),
        ("two remarks", edited().swap_parts(FLOW, "## (", 0, 1)),
        ("two arrows", edited().swap_parts(FLOW, "[[arrow]]", 1, 2)),
        ("two boxes", edited().swap_parts(FLOW, "[[node]]", 0, 1)),
        ("two measures", edited().swap_parts(CHECKLIST, "[[sheet.measure]]", 0, 1)),
        ("two records", edited().swap_parts(&submission("records-5-1.md"), "## ", 0, 1)),
    ] {
        edited.tells(what, "H0359", "順序のみ");
    }
}

#[test]
fn a_box_elsewhere_is_told() {
    let at = "label = \"税務システム\"\nzone = \"internal\"\ncolumn = 3\nrow = 2\n";
    let moved = |old: &str, new: &str| edit(FLOW, at, &at.replace(old, new));
    for (what, edited) in [
        ("another column", moved("column = 3", "column = 4")),
        ("another row", moved("row = 2", "row = 4")),
        ("a host", moved("row = 2\n", "row = 2\nhost-label = \"共同の基盤\"\n")),
        (
            "a host in one period",
            moved("row = 2\n", "row = 2\nhost-label = \"共同の基盤\"\nhost-periods = [\"from-r5-10\"]\n"),
        ),
        ("another zone", edit(FLOW, "zone = \"external\"\ncolumn = 5", "zone = \"internal\"\ncolumn = 4")),
    ] {
        edited.tells(what, "H0360", "図の配置のみ");
    }
}

#[test]
fn another_shape_is_told() {
    let line = "- 引き落としの結果を";
    for (what, new) in [("a sub-item", "  - 引き落としの結果を"), ("strong", "- **引き落とし**の結果を")]
    {
        edit(FLOW, line, new).tells(what, "H0357", "表示のみ");
    }
    let text = Edited::new().text(FLOW);
    let numbered = text.replace("\n- 口座", "\n1. 口座").replace(&format!("\n{line}"), "\n2. 引き落としの結果を");
    let numbered = numbered.replace("\n- 納められ", "\n3. 納められ");
    Edited::new().put(FLOW, numbered).tells("a numbered list", "H0357", "表示のみ");
}

#[test]
fn titles_heads_and_answers_are_told() {
    let (case, form) = (zei("case.toml"), "content/municipalities/mihon/forms/fugi.toml");
    let settings = submission("submission.toml");
    for (what, edited) in [
        ("the title of a case", edit(&case, "title = \"住民税に関する事務\"", "title = \"住民税の事務\"")),
        ("its date", edit(&case, "date = \"2023-05-01\"", "date = \"2023-05-02\"")),
        ("the municipality", edit(SETTINGS, "name = \"みほん市\"", "name = \"みほん市役所\"")),
        ("the title of a document", edit(SETTINGS, "\"個人情報保護会議 付議事項\"", "\"保護会議 付議事項\"")),
        ("the labels of records", edit(&submission("records-5-1.md"), "（1）口座情報", "（1）口座の情報")),
        ("the title of an attachment", edit(&settings, "title = \"口座情報の項目\"", "title = \"口座の項目\"")),
        ("the basis of a submission", edit(&settings, "◇第3条第1項（業務委託）", "◇第3条第1項")),
        ("its baseline", edit(&settings, "令和4年度第2回", "令和4年度第3回")),
        ("a label of a form", edit(form, "label = \"委託先\"", "label = \"委託する先\"")),
        ("a fixed text of a form", edit(form, "text = \"別紙チェックリストのとおり\"", "text = \"別紙のとおり\"")),
        ("the title of a sheet", edit(CHECKLIST, "業務委託に当たり市が行う", "委託に当たり市が行う")),
        (
            "the category of a measure",
            edit(CHECKLIST, "id = \"roster\"\ncategory = \"運用上\"", "id = \"roster\"\ncategory = \"システム上\""),
        ),
    ] {
        edited.tells(what, "H0361", "表示のみ");
    }
    let answer = edit(CHECKLIST, "契約の日に名簿を", "契約の前の日に名簿を");
    answer.tells("an answer", "H0362", "回答のみ");
}

#[test]
fn what_changes_after_the_papers_were_issued_is_told() {
    let new = "[[sheet.measure]]\nid = \"visit\"\ncategory = \"運用上\"\ntext = \"委託先を年1回訪ねる。\"\nstate = \"新規\"\n\n[[sheet.measure]]\nid = \"return\"";
    for (what, edited) in [
        ("the title of a list", edit(SETTINGS, "title = \"変更箇所一覧\"", "title = \"変更の一覧\"")),
        ("a new measure", edit(CHECKLIST, "[[sheet.measure]]\nid = \"return\"", new)),
        ("a reason", edit(&zei("changes.toml"), "還付の事務を明らかにする追記", "還付を明らかにする追記")),
        ("a summary", edit(&zei("change-summary.md"), "国内のデータセンターに", "県内のデータセンターに")),
    ] {
        let codes = edited.codes();
        assert!(codes.contains("H0363"), "{what}: {codes:?}");
    }
}

/// A leaf may say that it is as another one, which stays as it was.
#[test]
fn of_one_document_that_differs_only_the_difference_is_told() {
    let checked = edit(SETTINGS, "（見え消し版）", "（朱書き版）").checked();
    let of_printed = |code: &str| ["H0361", "H0363"].contains(&code);
    let told = checked.diagnostics.sorted().into_iter().filter(|found| of_printed(found.code.id())).count();
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    assert_eq!(told, 1, "{said}");
}

#[test]
fn a_declared_change_that_is_taken_back_is_told() {
    let codes = edit(&submission("consignment.md"), "{++（項目の追加）++}{>>items<<}", "").codes();
    assert!(codes.contains("H0364"), "{codes:?}");
}

#[test]
fn a_hand_edit_of_an_edition_names_its_line() {
    let edition = format!("{EDITION}/risk.md");
    let text = Edited::new().text(&edition);
    let line = text.lines().position(|line| line.chars().count() > 20).expect("it has a long line");
    let old = text.lines().nth(line).expect("it is there").to_owned();
    let checked = Edited::new().put(&edition, text.replacen(&old, &format!("{old}ほか"), 1)).checked();
    let found = checked.diagnostics.sorted();
    let altered = found.iter().find(|found| found.code.id() == "H0366").expect("it is told");
    let span = altered.span.expect("it has a place");
    assert_eq!(checked.workspace.sources.get(span.file).text[..span.start].matches('\n').count(), line);
}

#[test]
fn a_copy_of_an_edition_is_told() {
    let mut edited = Edited::new();
    let copies: Vec<(String, String)> = edited
        .workspace
        .sources
        .iter()
        .map(|(_, file)| (file.path.to_string_lossy().into_owned(), file.text.to_string()))
        .filter_map(|(path, text)| Some((path.strip_prefix(EDITION)?.to_owned(), text)))
        .collect();
    assert!(copies.len() > 5, "the edition has files");
    edited.files.extend(copies.into_iter().map(|(path, text)| (format!("{EDITION}-copy{path}"), Some(text))));
    let codes = edited.edit(&zei("case.toml"), "edition = \"r4-published\"", "edition = \"r4-published-copy\"").codes();
    assert!(codes.contains("H0367"), "{codes:?}");
}

#[test]
fn a_mistake_elsewhere_hides_no_undeclared_change() {
    let slip = submission("submission.toml");
    let text = Edited::new().text(&slip);
    let edited = Edited::new().put(&slip, format!("{text}\nx = \n"));
    let codes = edited.edit(RISK, "入手の際の本人確認の措置は", "入手の時の本人確認の措置は").codes();
    assert!(codes.contains("H0353") && codes.contains("H0103"), "{codes:?}");
}

#[test]
fn an_edition_is_begun_anew_only_with_a_reason_that_stays() {
    let folder = town_copy();
    let root = folder.path().join("town");
    freeze(&root, &named("hikari/zei/first"), "公表した評価書").expect("it is the first");
    let again = freeze(&root, &named("hikari/zei/second"), "");
    assert!(matches!(again, Err(Error::AlreadyFrozen { .. })), "{again:?}");
    assert!(matches!(freeze_anew(&root, &named("hikari/zei/second"), "", " "), Err(Error::Empty { .. })));
    let core = root.join("content/assessments/zei/system/core.md");
    let text = fs::read_to_string(&core).expect("the town has it");
    fs::write(&core, text.replace("賦課と収納", "賦課と滞納")).expect("it can be written");
    let anew =
        freeze_anew(&root, &named("hikari/zei/second"), "", "公表前の文を確定していたため").expect("there is a reason");
    assert!(!anew.diagnostics.has_errors());
    let about =
        fs::read_to_string(root.join("content/editions/hikari/zei/second/edition.toml")).expect("it was written");
    assert!(about.contains("follows = \"first\"") && about.contains("replaces-because = \"公表前の文"), "{about}");
    let checked = read(&root).expect("it can be read");
    assert_eq!(unlisted(&checked, &Wanted::default())[0].replaces_because, "公表前の文を確定していたため");
    // What went in without a mark is still to be seen.
    let found =
        between(&checked, &Wanted::default(), (&"first".into(), Some(&"second".into()))).expect("both are there");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].old.contains("収納") && found[0].new.contains("滞納"), "{found:?}");
    assert!(matches!(between(&checked, &Wanted::default(), (&"third".into(), None)), Err(Error::NoSuch { .. })));
}

#[test]
fn an_edition_without_a_seal_is_sealed_on_request() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let case = named("hikari/zei");
    assert!(matches!(seal_editions(&root, &case), Err(Error::NoBaseline { .. })));
    freeze(&root, &named("hikari/zei/first"), "").expect("it is the first");
    let edition = root.join("content/editions/hikari/zei/first");
    fs::remove_file(edition.join("seal.toml")).expect("it was sealed");
    fs::remove_dir_all(edition.join("printed")).expect("it froze what is printed");
    let codes = |root: &std::path::Path| -> Vec<&str> {
        let checked = read(root).expect("it can be read");
        checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
    };
    assert_eq!(codes(&root), ["H0365"]);
    seal_editions(&root, &case).expect("it can be sealed");
    assert_eq!(codes(&root), [""; 0]);
    assert!(edition.join("printed/assessment.md").exists());
}

#[test]
fn papers_are_recorded_once_and_follow_each_other() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let order = |id: &str| IssueOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        id: id.into(),
        title: "意見の募集に付した素案".into(),
        date: "2026-04-01".into(),
    };
    assert!(matches!(issue(&root, &order("soan")), Err(Error::NoBaseline { .. })));
    freeze(&root, &named("hikari/zei/first"), "").expect("it is the first");
    let issued = issue(&root, &order("soan")).expect("there is a baseline");
    assert_eq!(issued.documents, ["assessment", "assessment-marked", "change-list", "change-summary"]);
    assert!(matches!(issue(&root, &order("soan")), Err(Error::IssueExists { .. })));
    for wrong in [IssueOrder { date: "明日".into(), ..order("b") }, IssueOrder { id: "案".into(), ..order("b") }] {
        assert!(matches!(issue(&root, &wrong), Err(Error::Shape { .. })));
    }
    let basic = root.join("content/assessments/zei/basic.md");
    let text = fs::read_to_string(&basic).expect("the town has it");
    fs::write(&basic, text.replace("電子申告にも", "電子的な申告にも")).expect("it can be written");
    let codes = || -> Vec<&str> {
        let checked = read(&root).expect("it can be read");
        checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
    };
    assert_eq!(codes(), ["H0363"], "one place, although four documents show it");
    issue(&root, &order("soan-2")).expect("new papers");
    assert_eq!(codes(), [""; 0]);
    let about = root.join("content/editions/hikari/zei/first/issued/soan-2/issue.toml");
    assert!(fs::read_to_string(about).expect("it was written").contains("follows = \"soan\""));
}
