//! `hyoka new`: what was begun checks without an error, what is left to be written is listed, and nothing is written over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use hyoka::Error;
use hyoka::desk::{
    AssessmentOrder, Begin, Begun, ChangeOrder, ChangeOwner, ChecklistOrder, MunicipalityOrder, SubmissionOrder,
    begin_assessment, begin_change, begin_checklist, begin_municipality, begin_submission, begin_workspace,
};
use hyoka::diagnostic::{Code, Lang, Tone, render};
use hyoka::model::manifest::Timing;
use hyoka::session::{Checked, read};
use hyoka::source::Templates;
use hyoka::write::{Steps, Way};
use tempfile::TempDir;

use crate::support::{build_all, copy, files, repository, town_copy};

const DATE: &str = "2026-04-01";

/// A workspace of nothing but a town.
fn begun() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    let root = folder.path().join("評価書");
    begin_workspace(&root).expect("there is nothing yet");
    town(&root);
    (folder, root)
}

fn town(root: &Path) {
    let order = MunicipalityOrder { slug: "midori".into(), name: "みどり市".into(), code: "999997".into() };
    // The town of the fixtures has that code.
    let code = if root.join("content/municipalities/hikari").is_dir() { "999989" } else { "999997" };
    let made = begin_municipality(root, &MunicipalityOrder { code: code.into(), ..order }).expect("it is new");
    holds(&made);
}

fn holds(begun: &Begun) {
    let said = render(&begun.diagnostics, &begun.sources, Lang::Ja, Tone::Plain);
    assert!(!begun.diagnostics.has_errors(), "{said}");
}

fn checked(root: &Path) -> Checked {
    let checked = read(root).expect("it can be read");
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    assert!(!checked.diagnostics.has_errors(), "{said}");
    checked
}

fn count(checked: &Checked, code: Code) -> usize {
    checked.diagnostics.sorted().iter().filter(|found| found.code == code).count()
}

fn assessment(case: &str, begin: Begin) -> AssessmentOrder {
    AssessmentOrder {
        municipality: "midori".into(),
        case: case.into(),
        begin,
        title: "住民税に関する事務".into(),
        date: DATE.into(),
        files: vec!["税務ファイル".into(), "収納ファイル".into()],
    }
}

/// The forms that are built in.
fn forms() -> Vec<String> {
    let templates = Templates::default();
    let names = templates.below("forms").filter_map(|(name, _)| {
        let name = name.strip_prefix("forms/").unwrap_or(name);
        Some(name.strip_suffix(".toml")?.to_owned())
    });
    names.collect()
}

#[test]
fn every_form_is_begun_without_a_mistake_and_what_is_empty_is_listed() {
    let (_folder, root) = begun();
    let forms = forms();
    assert!(forms.len() >= 10, "{forms:?}");
    for form in &forms {
        let made = begin_assessment(&root, &assessment(form, Begin::Form(form.into()))).expect("the form is there");
        holds(&made);
        assert!(made.empty > 0, "{form}");
    }
    let checked = checked(&root);
    let codes: BTreeSet<&str> = checked.diagnostics.sorted().iter().map(|found| found.code.id()).collect();
    assert_eq!(codes, BTreeSet::from(["H0740", "H0741"]), "nothing but what is left to be written");
    // Each section says how many of its items are left, and all of them together are all.
    let noted = checked.diagnostics.sorted().into_iter().filter(|found| found.code == Code::SectionEmpty);
    let counted = noted.map(|found| {
        let (_, count) = found.args.iter().find(|(key, _)| *key == "count").expect("it says how many");
        count.words(Lang::En).parse::<usize>().expect("a number")
    });
    assert_eq!(counted.sum::<usize>(), count(&checked, Code::ItemEmpty));
    let outcome = build_all(&root, &root.join("build"));
    assert!(!outcome.diagnostics.has_errors());
    assert_eq!(outcome.made, forms.len());
}

#[test]
fn the_items_of_a_new_form_stand_in_its_files_and_count_once_they_are_written() {
    let (_folder, root) = begun();
    let made = begin_assessment(&root, &assessment("zei", Begin::Form("zenkomoku-h30-05".into())));
    holds(&made.expect("the form is there"));
    let before = count(&checked(&root), Code::ItemEmpty);
    let path = root.join("content/municipalities/midori/zei/basic.md");
    let text = fs::read_to_string(&path).expect("it was made");
    assert!(text.contains("\n## file-names\n\n税務ファイル\n\n収納ファイル\n"), "{text}");
    let written = text.replace("\n## work-content\n", "\n## work-content\n\n住民税を賦課し、徴収する。\n");
    assert_ne!(written, text);
    fs::write(&path, written).expect("it can be written");
    assert_eq!(count(&checked(&root), Code::ItemEmpty), before - 1);
    // At another stage what is empty is a mistake.
    let path = root.join("content/municipalities/midori/zei/case.toml");
    let text = fs::read_to_string(&path).expect("it was made");
    fs::write(&path, text.replace("stage = \"作成中\"", "stage = \"素案\"")).expect("it can be written");
    let strict = read(&root).expect("it can be read");
    assert_eq!(count(&strict, Code::ItemMissing), before - 1);
    assert_eq!(count(&strict, Code::ItemEmpty), 0);
}

#[test]
fn a_paper_that_is_not_finished_says_that_it_is_a_draft() {
    let (_folder, root) = begun();
    let mut order = assessment("zei", Begin::Form("kisokomoku-r6-10".into()));
    order.files.clear();
    holds(&begin_assessment(&root, &order).expect("the form asks for no files"));
    let path = root.join("content/municipalities/midori/municipality.toml");
    let text = fs::read_to_string(&path).expect("it was made");
    let public =
        text.replace("formats = [\"pdf\", \"xlsx\"]", "formats = [\"pdf\", \"html\", \"xlsx\"]\naudience = \"public\"");
    fs::write(&path, public).expect("it can be written");
    build_all(&root, &root.join("build"));
    let html = fs::read_to_string(root.join("build/midori/zei/assessment.html")).expect("it was made");
    assert!(html.contains("（下書き・作成中）"), "{html}");
}

#[test]
fn nothing_is_written_over_and_every_step_is_taken_back() {
    let (_folder, root) = begun();
    let before = files(&root.join("content"));
    let order = assessment("zei", Begin::Form("zenkomoku-h30-05".into()));
    holds(&begin_assessment(&root, &order).expect("the form is there"));
    let after = files(&root.join("content"));
    let again = begin_assessment(&root, &order);
    assert!(
        matches!(&again, Err(Error::AlreadyThere { path }) if path.ends_with("content/municipalities/midori/zei")),
        "{again:?}"
    );
    let town = MunicipalityOrder { slug: "midori".into(), name: "ほかの市".into(), code: "999989".into() };
    assert!(matches!(begin_municipality(&root, &town), Err(Error::AlreadyThere { .. })));
    assert!(matches!(begin_workspace(&root), Err(Error::AlreadyThere { .. })));
    assert!(files(&root.join("content")) == after);
    let steps = Steps::of(&root);
    assert_eq!(steps.take(Way::Undo).expect("nobody wrote since").what, "評価書の作成：midori/zei");
    assert!(files(&root.join("content")) == before);
    assert_eq!(steps.take(Way::Undo).expect("nobody wrote since").what, "自治体の追加：midori");
    assert_eq!(files(&root.join("content")).keys().collect::<Vec<_>>(), ["facts.toml"]);
}

#[test]
fn what_cannot_be_is_refused_and_named() {
    let (_folder, root) = begun();
    let before = files(&root.join("content"));
    let town = |slug: &str, code: &str| {
        begin_municipality(&root, &MunicipalityOrder { slug: slug.into(), name: "別の市".into(), code: code.into() })
    };
    assert!(matches!(town("../x", "999989"), Err(Error::Shape { .. })));
    assert!(matches!(town("con", "999989"), Err(Error::Shape { .. })));
    assert!(matches!(town("aoba", "99998"), Err(Error::CheckDigit { .. })));
    assert!(matches!(town("aoba", "999988"), Err(Error::CheckDigit { whole, .. }) if whole == "999989"));
    assert!(matches!(town("aoba", "市"), Err(Error::Shape { .. })));
    let twin = town("aoba", "999997").expect("it is judged");
    assert!(twin.diagnostics.has_errors(), "another municipality has the code");
    let form = |form: &str| Begin::Form(form.into());
    let order = assessment("zei", form("kisokomoku-r6-10"));
    let refused = |order: AssessmentOrder| begin_assessment(&root, &order).expect_err("it cannot be");
    assert!(matches!(refused(assessment("zei", form("kiso"))), Error::NoForm { .. }));
    assert!(matches!(refused(AssessmentOrder { case: "税".into(), ..order.clone() }), Error::Shape { .. }));
    assert!(matches!(refused(AssessmentOrder { date: "明日".into(), ..order.clone() }), Error::Shape { .. }));
    assert!(matches!(refused(AssessmentOrder { title: " ".into(), ..order.clone() }), Error::Empty { .. }));
    assert!(matches!(refused(AssessmentOrder { municipality: "aoba".into(), ..order }), Error::NoMunicipality { .. }));
    assert!(matches!(refused(assessment("zei", Begin::Base)), Error::NoBase { .. }));
    let files_asked = AssessmentOrder { files: Vec::new(), ..assessment("zei", form("zenkomoku-h30-05")) };
    assert!(matches!(refused(files_asked), Error::NotSaid { option: "--file", .. }));
    assert!(files(&root.join("content")) == before);
}

/// The city of the fixtures with a neighbour that has nothing yet.
fn city() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    let root = folder.path().join("city");
    copy(&repository().join("tests/fixtures/city"), &root);
    let order = MunicipalityOrder { slug: "midori".into(), name: "みどり市".into(), code: "999997".into() };
    holds(&begin_municipality(&root, &order).expect("it is new"));
    (folder, root)
}

#[test]
fn what_is_written_already_is_begun_with_as_it_is_after_its_changes() {
    let (_folder, root) = city();
    for begin in [Begin::Base, Begin::From("aozora".into())] {
        let made = begin_assessment(&root, &assessment("zei", begin.clone())).expect("there is a base");
        holds(&made);
        let checked = checked(&root);
        let towns = &checked.model.municipalities;
        let case = |slug: &str| {
            let town = towns.iter().find(|town| town.slug == slug).expect("it is there");
            town.cases.get("zei").expect("it has the case").clone()
        };
        let (new, old) = (case("midori"), case("aozora"));
        assert!(new.changes.list.is_empty() && new.editions.is_empty() && new.reviews.is_empty(), "{begin:?}");
        assert_eq!(new.stage, "作成中");
        let texts = |case: &hyoka::model::Case, state| {
            let items = hyoka::change::frozen(case, state).into_iter();
            let main = items.filter(|item| !matches!(item.role, Some(hyoka::model::Role::Overview(_))));
            main.map(|item| (item.key.to_string(), hyoka::markup::print(&item.text)))
                .filter(|(_, text)| !text.is_empty())
                .collect::<Vec<_>>()
        };
        use hyoka::markup::State::{After, Before};
        assert_eq!(texts(&new, After), texts(&new, Before), "no mark is left");
        let keys = |texts: Vec<(String, String)>| texts.into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(texts(&new, After)), keys(texts(&old, After)));
        Steps::of(&root).take(Way::Undo).expect("nobody wrote since");
    }
}

#[test]
fn no_name_of_the_other_is_left_unnamed_and_its_terms_are_asked_for() {
    let (_folder, root) = city();
    // The other says its own name in its own words.
    let own = root.join("content/municipalities/aozora/zei/basic.md");
    fs::create_dir_all(own.parent().expect("it lies in a folder")).expect("it can be made");
    fs::write(&own, "## work-content\n\nあおぞら市は、{{own}}の住民税を賦課し、徴収する。\n")
        .expect("it can be written");
    let made = begin_assessment(&root, &assessment("zei", Begin::From("aozora".into()))).expect("there is a base");
    holds(&made);
    assert!(made.terms.contains(&"own".to_owned()), "{:?}", made.terms);
    let settings =
        fs::read_to_string(root.join("content/municipalities/midori/municipality.toml")).expect("it is there");
    assert!(settings.contains("own = \"〇〇\" # 写した原稿では「"), "{settings}");
    let checked = checked(&root);
    let found = checked.diagnostics.sorted();
    let place = |found: &hyoka::diagnostic::Diagnostic| {
        found.span.map(|span| checked.workspace.sources.shown(span.file)).unwrap_or_default()
    };
    let named: BTreeSet<String> =
        found.iter().filter(|found| found.code == Code::NameOfOther).map(|found| place(found)).collect();
    let copied = files(&root.join("content/municipalities/midori"));
    let left = copied.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("あおぞら市"));
    let left: BTreeSet<String> = left
        .filter(|(path, _)| *path != "municipality.toml")
        .map(|(path, _)| format!("content/municipalities/midori/{path}"))
        .collect();
    assert!(left.contains("content/municipalities/midori/zei/basic.md"), "{left:?}");
    assert!(left.is_subset(&named), "{left:?} are not all in {named:?}");
    // A term without a word is told where it is printed.
    assert!(count(&checked, Code::PlaceholderLeft) > 0);
}

#[test]
fn a_submission_and_its_checklist_are_begun() {
    let (_folder, root) = city();
    let forms = root.join("content/municipalities");
    copy(&forms.join("aozora/forms"), &forms.join("midori/forms"));
    let order = SubmissionOrder {
        municipality: "midori".into(),
        case: "kessai".into(),
        form: "fugi".into(),
        title: "決済の委託について".into(),
        meeting: "個人情報保護会議".into(),
        division: "総務部税務課".into(),
        basis: "第3条第1項（業務委託）".into(),
        baseline: "令和5年度第1回会議承認済の内容".into(),
        assessment: "".into(),
        date: DATE.into(),
    };
    let made = begin_submission(&root, &order).expect("the form is there");
    holds(&made);
    assert!(made.empty > 0);
    let order =
        ChecklistOrder {
            municipality: "midori".into(), case: "kessai".into(), title: "別紙チェックリスト".into()
        };
    holds(&begin_checklist(&root, &order).expect("the submission is there"));
    assert!(matches!(begin_checklist(&root, &order), Err(Error::AlreadyThere { .. })));
    let none = ChecklistOrder { case: "hoka".into(), ..order };
    let error = begin_checklist(&root, &none).expect_err("no submission has that name").to_string();
    assert!(error.contains("付議事項") && error.ends_with("付議事項：kessai"), "{error}");
    checked(&root);
    let outcome = build_all(&root, &root.join("build"));
    assert!(!outcome.diagnostics.has_errors());
    assert!(root.join("build/midori/kessai/submission.pdf").is_file());
    assert!(root.join("build/midori/kessai/checklist.xlsx").is_file());
}

#[test]
fn a_change_is_one_table_more_and_all_else_stays() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let path = root.join("content/assessments/zei/changes.toml");
    let before = fs::read_to_string(&path).expect("the town has changes");
    let order = ChangeOrder {
        municipality: "hikari".into(),
        case: "zei".into(),
        owner: ChangeOwner::Shared,
        id: "center".into(),
        reason: "電算センターの移転に伴う変更".into(),
        on: "令和8年4月1日".into(),
        timing: Some(Timing::After),
        note: "重要な変更に当たらない。".into(),
    };
    holds(&begin_change(&root, &order).expect("the case is there"));
    let after = fs::read_to_string(&path).expect("it is there");
    let table = "\n[[change]]\nid = \"center\"\nreason = \"電算センターの移転に伴う変更\"\nchanged-on = \"令和8年4月1日\"\ntiming = \"事後\"\ntiming-note = \"重要な変更に当たらない。\"\n";
    assert_eq!(after.matches(table).count(), 1, "{after}");
    assert_eq!(after.replace(table, ""), before);
    let refused = |order: ChangeOrder| begin_change(&root, &order).expect_err("it cannot be").to_string();
    assert!(refused(order.clone()).contains("「center」の変更は、すでにあります"));
    assert!(refused(ChangeOrder { id: "移転".into(), ..order.clone() }).contains("使えません"));
    assert!(
        refused(ChangeOrder { id: "b".into(), on: "明日".into(), ..order.clone() }).contains("という日付はありません")
    );
    Steps::of(&root).take(Way::Undo).expect("nobody wrote since");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), before);
    // Its own change begins its own file.
    holds(&begin_change(&root, &ChangeOrder { owner: ChangeOwner::Own, ..order }).expect("the case is there"));
    assert!(root.join("content/municipalities/hikari/zei/changes.toml").is_file());
}

#[test]
fn a_new_workspace_has_what_a_clerk_begins_with() {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    // Something of the clerk's stays.
    fs::write(folder.path().join("メモ.txt"), "大事").expect("it can be written");
    begin_workspace(folder.path()).expect("nothing of it is there");
    let made = files(folder.path());
    for path in ["README.md", "desk.cmd", ".gitattributes", "content/facts.toml", "schemas/case.schema.json"] {
        assert!(made.contains_key(path), "{path}: {:?}", made.keys());
    }
    assert_eq!(made["メモ.txt"], "大事".as_bytes());
    let desk = String::from_utf8(made["desk.cmd"].clone()).expect("it is text");
    assert!(desk.lines().count() > 5 && desk.matches("\r\n").count() == desk.matches('\n').count(), "lines of Windows");
    assert_eq!(checked(folder.path()).diagnostics.sorted().len(), 0);
    // The example is a whole town without a mistake, and no part of the clerk's own.
    let example = checked(&folder.path().join("example"));
    assert_eq!(example.diagnostics.sorted().len(), 0);
    assert!(example.model.municipalities.iter().any(|town| town.cases.values().any(|case| !case.editions.is_empty())));
    assert!(checked(folder.path()).model.municipalities.is_empty());
    // What the first page tells to type is accepted.
    let page = String::from_utf8(made["README.md"].clone()).expect("it is text");
    let code: String = page.split("--code ").nth(1).expect("it shows how").chars().take(6).collect();
    let order = MunicipalityOrder { slug: "midori".into(), name: "みどり市".into(), code };
    holds(&begin_municipality(folder.path(), &order).expect("the example is right"));
}

#[test]
fn what_is_not_said_is_named_where_nobody_can_be_asked() {
    let (_folder, root) = begun();
    let said = |arguments: &[&str]| {
        let output = hyoka(&root, arguments);
        (output.status.code(), String::from_utf8(output.stderr).expect("the program writes UTF-8"))
    };
    let (code, words) = said(&["new", "municipality", "aoba"]);
    assert_eq!((code, words.trim()), (Some(2), "自治体の名称を指定してください：--name"));
    let (code, words) = said(&["--lang", "en", "new", "municipality", "aoba"]);
    assert_eq!((code, words.trim()), (Some(2), "say the name: --name"));
    let (code, words) = said(&["--lang", "en", "new", "municipality"]);
    assert_eq!((code, words.trim()), (Some(2), "say the municipality's folder: SLUG"));
    let (code, words) = said(&["new", "assessment", "midori", "zei"]);
    assert!(code == Some(2) && words.contains("--form"), "{words}");
    let (code, words) = said(&[
        "new",
        "assessment",
        "midori",
        "juki",
        "--form",
        "kisokomoku-r6-10",
        "--title",
        "住民基本台帳に関する事務",
        "--date",
        DATE,
    ]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("未記入の項目") && words.contains("次に：hyoka check midori juki"), "{words}");
    assert!(words.lines().count() <= 3, "{words}");
    let (code, _) = said(&["check"]);
    assert_eq!(code, Some(0));
}

fn hyoka(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.args(arguments).arg("--root").arg(root).stdin(Stdio::null());
    command.output().expect("the program can be run")
}
