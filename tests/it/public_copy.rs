//! What the public reads is printed matter too: what is withheld or shown, and who reads a document, is held against the edition.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hyoka::desk::{IssueOrder, freeze, issue, seal_editions};
use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::press::unlisted;
use hyoka::session::{Checked, Wanted, check_workspace, read};
use hyoka::source::Workspace;
use tempfile::TempDir;

use crate::support::{copy, named, repository, town_copy};

/// A town and editions of its cases.
struct Town(TempDir);

impl Town {
    /// The town of the fixture, its case frozen.
    fn frozen() -> Self {
        let town = Self(town_copy());
        town.rewrite(
            SETTINGS,
            "formats = [\"pdf\", \"xlsx\"]\nfooter",
            "audience = \"both\"\nformats = [\"pdf\"]\nfooter",
        );
        town.freeze("zei");
        town
    }

    /// A town that withholds something in every kind of place, its cases frozen and their papers issued.
    fn planted() -> Self {
        let town = Self(town_copy());
        copy(&repository().join("tests/fixtures/withheld"), &town.root());
        for case in ["zei", "shinsa"] {
            town.freeze(case);
            let order = IssueOrder {
                municipality: "hikari".into(),
                case: case.into(),
                id: "soan".into(),
                title: "意見の募集に付した素案".into(),
                date: "2026-04-01".into(),
            };
            let issued = issue(&town.root(), &order).expect("there is a baseline");
            assert!(!issued.diagnostics.has_errors());
        }
        town
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("town")
    }

    fn freeze(&self, case: &str) {
        let frozen =
            freeze(&self.root(), &named(&format!("hikari/{case}/first")), "公表した評価書").expect("it is the first");
        assert!(!frozen.diagnostics.has_errors());
    }

    fn rewrite(&self, path: &str, old: &str, new: &str) {
        let path = self.root().join(path);
        let text = fs::read_to_string(&path).expect("the fixture has the file");
        assert!(text.contains(old), "{} does not hold {old}", path.display());
        fs::write(&path, text.replacen(old, new, 1)).expect("a file can be written");
    }

    fn checked(&self) -> Checked {
        read(&self.root()).expect("it can be read")
    }
}

const SETTINGS: &str = "content/municipalities/hikari/municipality.toml";
const BASIC: &str = "content/assessments/zei/basic.md";
/// Names of the codes that tell of what the public reads.
const TOLD: [&str; 2] = ["H0369", "H0363"];

fn said(checked: &Checked) -> String {
    render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain)
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
}

/// What stands under the heading of the public copy.
fn listed(checked: &Checked) -> Vec<(String, String, String)> {
    let cases = unlisted(checked, &Wanted::default()).into_iter();
    let all = cases.flat_map(|case| case.undeclared).filter(|one| one.heading == "公表用のみ");
    all.map(|one| (one.path, one.old, one.new)).collect()
}

#[test]
fn words_that_are_withheld_or_shown_again_are_told() {
    let town = Town::frozen();
    assert_eq!(codes(&town.checked()), [""; 0], "{}", said(&town.checked()));
    town.rewrite(BASIC, "住民税を賦課し", "{!住民税を賦課!}し");
    let checked = town.checked();
    assert_eq!(codes(&checked), ["H0369"], "{}", said(&checked));
    let listed = listed(&checked);
    assert!(listed[0].1.contains("住民税を賦課し") && listed[0].2.contains("（非公表）し"), "{listed:?}");
    assert!(said(&checked).contains(BASIC), "it has a place: {}", said(&checked));
}

#[test]
fn what_nobody_publishes_may_be_withheld_in_silence() {
    let town = Town(town_copy());
    town.freeze("zei");
    town.rewrite(BASIC, "住民税を賦課し", "{!住民税を賦課!}し");
    let checked = town.checked();
    assert_eq!(codes(&checked), [""; 0], "{}", said(&checked));
}

#[test]
fn other_readers_of_a_document_are_told() {
    let town = Town::frozen();
    for other in ["submission", "public"] {
        town.rewrite(SETTINGS, "audience = \"both\"", &format!("audience = \"{other}\""));
        let checked = town.checked();
        assert_eq!(codes(&checked), ["H0369"], "{other}: {}", said(&checked));
        let words = if other == "public" { "公表用" } else { "提出用" };
        assert_eq!(listed(&checked), [("文書/assessment".into(), "提出用、公表用".into(), words.into())]);
        assert!(said(&checked).contains(SETTINGS), "{}", said(&checked));
        town.rewrite(SETTINGS, &format!("audience = \"{other}\""), "audience = \"both\"");
    }
    assert_eq!(codes(&town.checked()), [""; 0]);
}

#[test]
fn another_notice_in_place_of_withheld_words_is_told() {
    let town = Town::planted();
    assert!(!codes(&town.checked()).iter().any(|code| TOLD.contains(code)), "{}", said(&town.checked()));
    town.rewrite(SETTINGS, "code = \"999997\"", "code = \"999997\"\nwithheld-notice = \"■■■\"");
    assert!(codes(&town.checked()).contains(&"H0369"), "{}", said(&town.checked()));
}

/// Everything that a file withholds, shown: one text for each.
fn opened(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("{!") {
        let end = at + text[at..].find("!}").expect("what is opened is closed");
        all.push([&text[..at], &text[at + 2..end], &text[end + 2..]].concat());
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("withheld = ") || line.starts_with("withhold = ") {
            all.push([&text[..at], &text[at + line.len()..]].concat());
        }
        at += line.len();
    }
    all
}

#[test]
fn each_thing_that_is_withheld_no_more_is_told() {
    let town = Town::planted();
    let workspace = Workspace::read(&town.root(), &mut Diagnostics::new()).expect("it can be read");
    let before: BTreeSet<String> = said(&town.checked()).split("\n\n").map(str::to_owned).collect();
    let (mut tried, mut silent) = (0, Vec::new());
    for (_, file) in workspace.sources.iter() {
        let path = file.path.to_string_lossy().into_owned();
        if path.starts_with("content/editions") || !path.starts_with("content/") {
            continue;
        }
        for text in opened(&file.text) {
            tried += 1;
            let files = BTreeMap::from([(path.clone(), Some(text.clone()))]);
            let checked = check_workspace(workspace.with(&files), Diagnostics::new());
            let now = said(&checked);
            let is_told =
                now.split("\n\n").any(|one| !before.contains(one) && TOLD.iter().any(|code| one.contains(code)));
            if !is_told {
                let gone: Vec<&str> = file.text.lines().filter(|line| !text.contains(*line)).collect();
                silent.push(format!("{path}: {gone:?}"));
            }
        }
    }
    assert!(tried > 50, "{tried}");
    assert!(silent.is_empty(), "{} of {tried}:\n{}", silent.len(), silent.join("\n"));
}

/// Records of an edition that were made before the public's were kept are read as they are.
#[test]
fn an_edition_without_the_publics_records_takes_nothing_to_have_been_withheld() {
    let town = Town::frozen();
    let edition = town.root().join("content/editions/hikari/zei/first");
    fs::remove_dir_all(edition.join("printed/public")).expect("it is there");
    fs::remove_file(edition.join("seal.toml")).expect("it was sealed");
    seal_editions(&town.root(), &named("hikari/zei")).expect("it can be sealed");
    assert!(!edition.join("printed/public").exists(), "what was sealed is what was there");
    assert_eq!(codes(&town.checked()), [""; 0], "{}", said(&town.checked()));
    town.rewrite(BASIC, "住民税を賦課し", "{!住民税を賦課!}し");
    assert_eq!(codes(&town.checked()), ["H0369"], "{}", said(&town.checked()));
}

/// A town with a checklist, its case frozen; no papers were issued.
fn with_checklist() -> Town {
    let town = Town(crate::returned::workspace());
    town.freeze("denshi");
    town
}

const CHECKLIST: &str = crate::returned::CHECKLIST;

#[test]
fn a_measure_that_is_not_as_before_is_listed() {
    let town = with_checklist();
    let states = |town: &Town| -> Vec<(String, String)> {
        let all = unlisted(&town.checked(), &Wanted::default()).into_iter().flat_map(|case| case.measures);
        all.map(|measure| (measure.path, measure.state.to_owned())).collect()
    };
    let before = states(&town);
    let of = |path: &str, state: &str| (format!("checklist/{path}"), state.to_owned());
    assert!(before.contains(&of("ds-02", "変更")) && before.contains(&of("ds-03", "新規")), "{before:?}");
    assert!(
        before.contains(&of("ds-04", "")) && !before.iter().any(|(path, _)| path == "checklist/ds-01"),
        "{before:?}"
    );
    let new = "[[sheet.measure]]\nid = \"ds-99\"\ncategory = \"運用上\"\ntext = \"委託先を年1回訪ねる。\"\nstate = \"新規\"\n\n[[sheet.measure]]\nid = \"ds-03\"";
    town.rewrite(CHECKLIST, "[[sheet.measure]]\nid = \"ds-03\"", new);
    town.rewrite(CHECKLIST, "state = \"継続\"", "state = \"変更\"");
    let after = states(&town);
    for (path, state) in [("ds-99", "新規"), ("ds-01", "変更")] {
        assert!(after.contains(&of(path, state)), "{path}: {after:?}");
    }
    let run = hyoka(&town.root(), &["changes", "hikari", "denshi"]);
    assert!(
        run.contains("新規・変更の対策") && run.contains("checklist/ds-99  新規  「委託先を年1回訪ねる。」  ["),
        "{run}"
    );
}

fn hyoka(root: &Path, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hyoka"));
    let output = command.arg("--root").arg(root).args(arguments).output().expect("the program starts");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_measure_of_the_edition_that_calls_itself_new_is_told_in_its_own_words() {
    let town = with_checklist();
    town.rewrite(CHECKLIST, "state = \"継続\"", "state = \"新規\"");
    let checked = town.checked();
    assert!(codes(&checked).contains(&"H0370") && !codes(&checked).contains(&"H0353"), "{}", said(&checked));
}

#[test]
fn of_a_figure_that_lost_a_part_the_place_is_named() {
    let town = Town::frozen();
    let flow = "content/assessments/zei/flows/fuka.md";
    let text = fs::read_to_string(town.root().join(flow)).expect("the fixture has it");
    let at = text.find("[[arrow]]").expect("it has an arrow");
    let end = at + text[at..].find("+++").expect("the front matter ends");
    let (_, remarks) = text[end..].split_once("## ").expect("it has a remark");
    let next = remarks.find("\n## ").map_or("", |next| &remarks[next..]);
    fs::write(town.root().join(flow), format!("{}+++\n{next}", &text[..at])).expect("a file can be written");
    for line in hyoka(&town.root(), &["check", "--format", "short"]).lines().filter(|line| line.contains("H0355")) {
        assert!(line.starts_with(flow) && line.contains("hikari/zei"), "{line}");
    }
    // Of a figure that is gone the edition alone knows.
    town.rewrite("content/municipalities/hikari/zei/case.toml", "flows = [\"fuka\"]\n", "");
    let all = hyoka(&town.root(), &["check", "--format", "short"]);
    let gone: Vec<&str> = all.lines().filter(|line| line.contains("H0355")).collect();
    assert!(!gone.is_empty(), "{all}");
    for line in gone {
        assert!(line.starts_with("content/editions/hikari/zei/first/"), "{line}");
    }
}
