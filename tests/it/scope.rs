//! What is asked for is read and judged, and nothing else: a mistake of one municipality is that one's alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::press::{Order, Quiet, build};
use hyoka::session::{Findings, Session, Wanted};

use crate::support::{files, named, town_copy};

/// A workspace of two towns that share an assessment: ひかり町 and its copy あさひ町.
struct Two(tempfile::TempDir);

impl Two {
    fn new() -> Self {
        let two = Self(town_copy());
        let own = "content/municipalities";
        crate::support::copy(&two.root().join(own).join("hikari"), &two.root().join(own).join("asahi"));
        two.rewrite("content/municipalities/asahi/municipality.toml", "ひかり町", "あさひ町");
        two.rewrite("content/municipalities/asahi/municipality.toml", "999997", "999989");
        two
    }

    fn root(&self) -> std::path::PathBuf {
        self.0.path().join("town")
    }

    fn rewrite(&self, path: &str, old: &str, new: &str) {
        let path = self.root().join(path);
        let text = fs::read_to_string(&path).expect("the fixture has the file");
        assert!(text.contains(old), "{} does not hold {old}", path.display());
        fs::write(&path, text.replace(old, new)).expect("a file can be written");
    }

    fn append(&self, path: &str, more: &str) {
        let path = self.root().join(path);
        let text = fs::read_to_string(&path).expect("the fixture has the file");
        fs::write(&path, text + more).expect("a file can be written");
    }

    fn check(&self, municipality: Option<&str>, case: Option<&str>) -> Findings {
        let wanted =
            Wanted { municipality: municipality.map(Into::into), case: case.map(Into::into), ..Wanted::default() };
        Session::open(&self.root()).expect("there is a workspace").check(&wanted).expect("it can be read")
    }

    fn build(&self) -> hyoka::press::Outcome {
        let order = Order::default();
        build(&self.root(), &self.root().join("build"), &order, &Quiet).expect("the folder can be written")
    }

    fn hyoka(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
        command.arg("--root").arg(self.root()).args(arguments).output().expect("the program starts")
    }
}

fn codes(diagnostics: &Diagnostics) -> BTreeSet<&'static str> {
    diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
}

fn said(findings: &Findings) -> String {
    render(&findings.diagnostics, &findings.sources, Lang::Ja, Tone::Plain)
}

/// The documents of a municipality as they lie in the output folder.
fn documents(root: &Path, slug: &str) -> BTreeMap<String, Vec<u8>> {
    let all = files(&root.join("build")).into_iter();
    all.filter(|(path, _)| path.starts_with(&format!("{slug}/"))).collect()
}

#[test]
fn two_towns_without_mistakes_have_none() {
    let two = Two::new();
    let findings = two.check(None, None);
    assert!(!findings.diagnostics.has_errors(), "{}", said(&findings));
}

#[test]
fn a_mistake_of_one_town_is_not_the_others() {
    let two = Two::new();
    two.append("content/municipalities/asahi/municipality.toml", "\nunknown-key = 1\n");
    assert_eq!(codes(&two.check(Some("asahi"), None).diagnostics), BTreeSet::from(["H0106"]));
    let other = two.check(Some("hikari"), None);
    assert!(!other.diagnostics.has_errors(), "{}", said(&other));
    let all = two.check(None, None);
    assert!(codes(&all.diagnostics).contains("H0106"), "{}", said(&all));
}

#[test]
fn a_file_of_another_town_is_not_even_read() {
    let two = Two::new();
    fs::write(two.root().join("content/municipalities/asahi/zei/basic.md"), [0xff, 0xfe, 0x00]).expect("written");
    assert!(codes(&two.check(Some("asahi"), None).diagnostics).contains("H0101"));
    let other = two.check(Some("hikari"), None);
    assert!(!codes(&other.diagnostics).contains("H0101"), "{}", said(&other));
}

#[test]
fn a_mistake_in_a_shared_file_is_said_once() {
    let two = Two::new();
    let path = two.root().join("content/assessments/zei");
    let entry = files(&path).into_keys().find(|name| name.ends_with(".md") && !name.contains('/')).expect("an entry");
    two.append(&format!("content/assessments/zei/{entry}"), "\n\n{{no-such-term}}を用いる。\n");
    let all = two.check(None, None);
    let terms = all.diagnostics.sorted().into_iter().filter(|found| found.code.id() == "H0303").count();
    assert_eq!(terms, 1, "{}", said(&all));
}

#[test]
fn a_mistake_that_shows_in_one_town_only_names_it() {
    let two = Two::new();
    let path = two.root().join("content/assessments/zei");
    let entry = files(&path).into_keys().find(|name| name.ends_with(".md") && !name.contains('/')).expect("an entry");
    two.append(&format!("content/assessments/zei/{entry}"), "\n\n{{only-here}}を用いる。\n");
    two.rewrite("content/municipalities/hikari/municipality.toml", "[terms]\n", "[terms]\nonly-here = \"ここ\"\n");
    let all = two.check(None, None);
    assert!(said(&all).contains("あさひ町の文書"), "{}", said(&all));
    assert!(!said(&all).contains("ひかり町の文書"), "{}", said(&all));
}

#[test]
fn the_documents_of_the_others_are_made_and_those_of_the_town_stay() {
    let two = Two::new();
    two.build();
    let before = (documents(&two.root(), "asahi"), documents(&two.root(), "hikari"));
    assert!(!before.0.is_empty() && !before.1.is_empty());
    two.append("content/municipalities/asahi/municipality.toml", "\nunknown-key = 1\n");
    two.rewrite("content/municipalities/hikari/municipality.toml", "ひかり町", "ひかりの町");
    let outcome = two.build();
    assert!(outcome.diagnostics.has_errors() && outcome.made > 0, "{} made", outcome.made);
    assert_eq!(outcome.blocked, BTreeSet::from([named("asahi/zei")]));
    let after = (documents(&two.root(), "asahi"), documents(&two.root(), "hikari"));
    assert_eq!(after.0, before.0, "the last output of the town with the mistake stays");
    assert_ne!(after.1, before.1, "the other town's is new");
    let run = two.hyoka(&["build"]);
    let words = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{words}");
    assert!(words.contains("asahi/zei") && !words.contains("何も書き出していません"), "{words}");
}

#[test]
fn a_town_whose_settings_cannot_be_read_is_named() {
    let two = Two::new();
    two.build();
    let before = documents(&two.root(), "asahi");
    two.append("content/municipalities/asahi/municipality.toml", "\nname = \n");
    two.rewrite("content/municipalities/hikari/municipality.toml", "ひかり町", "ひかりの町");
    let run = two.hyoka(&["build"]);
    let words = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{words}");
    assert!(
        words.contains("誤りがあるため書き出していない事務（前回の出力はそのままです）：asahi のすべて\n"),
        "{words}"
    );
    assert_eq!(documents(&two.root(), "asahi"), before, "the last output of the town with the mistake stays");
}

#[test]
fn a_change_of_one_town_makes_only_its_documents_again() {
    let two = Two::new();
    let all = two.build().made;
    two.rewrite("content/municipalities/hikari/municipality.toml", "ひかり町", "ひかりの町");
    let outcome = two.build();
    assert!(outcome.made > 0 && outcome.made <= all / 2, "{} of {all} made", outcome.made);
    assert_eq!(outcome.made + outcome.kept, all);
    let again = two.build();
    assert_eq!((again.made, again.kept), (0, all));
}

#[test]
fn who_is_not_there_is_said_so() {
    let two = Two::new();
    let run = two.hyoka(&["check", "kawabe"]);
    let words = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{words}");
    assert!(words.contains("kawabe") && words.contains("asahi、hikari"), "{words}");
}

#[test]
fn what_nobody_uses_is_said_only_if_everybody_was_asked() {
    let two = Two::new();
    let fragments = two.root().join("content/fragments");
    fs::write(fragments.join("alone.md"), "+++\nid = \"alone\"\ntitle = \"残りの文\"\n+++\n\nだれも使わない文。\n")
        .expect("written");
    assert!(codes(&two.check(None, None).diagnostics).contains("H0336"));
    assert!(!codes(&two.check(Some("hikari"), None).diagnostics).contains("H0336"));
}

#[test]
fn what_others_are_called_is_known_of_them_alone() {
    let two = Two::new();
    two.rewrite("content/municipalities/asahi/municipality.toml", "あさひ町", "ひかり町");
    let one = two.check(Some("asahi"), None);
    assert!(codes(&one.diagnostics).contains("H0125"), "{}", said(&one));
    assert!(said(&one).contains("content/municipalities/hikari/"), "{}", said(&one));
    // Of the other nothing else is said.
    two.append("content/municipalities/hikari/municipality.toml", "\nunknown-key = 1\n");
    assert!(!codes(&two.check(Some("asahi"), None).diagnostics).contains("H0106"));
}

#[test]
fn a_name_of_another_is_found_though_only_one_was_asked_for() {
    let two = Two::new();
    two.append("content/municipalities/asahi/municipality.toml", "\n[[document]]\ncase = \"zei\"\nid = \"again\"\nkind = \"assessment\"\ntitle = \"ひかり町の写し\"\nformats = []\n");
    let found = two.check(Some("asahi"), None);
    assert!(codes(&found.diagnostics).contains("H0642"), "{}", said(&found));
}

#[test]
fn a_shared_file_that_only_another_uses_is_no_reason_to_look_again() {
    let two = Two::new();
    fs::create_dir_all(two.root().join("content/assessments/zei/system")).expect("a folder can be made");
    let entry = "+++\n+++\n\n## system-name\n\n使わないシステム\n";
    fs::write(two.root().join("content/assessments/zei/system/unused.md"), entry).expect("written");
    let first = two.build();
    let again = two.build();
    assert_eq!((again.made, again.kept), (0, first.made));
}

#[test]
fn a_fork_reads_a_shared_text_that_nobody_used_before() {
    let two = Two::new();
    let path = two.root().join("content/fragments/spare.md");
    fs::write(&path, "+++\nid = \"spare\"\ntitle = \"控え\"\n+++\n\n控えの措置を講じる。\n")
        .expect("a file can be written");
    let session = Session::open(&two.root()).expect("there is a workspace");
    let checked = session.municipality(&"hikari".into()).expect("it can be read");
    assert!(checked.workspace.sources.find(Path::new("content/fragments/spare.md")).is_none(), "nobody uses it");
    let basic = "content/assessments/zei/basic.md";
    let text = fs::read_to_string(two.root().join(basic)).expect("the fixture has the file");
    let edit = |old: &str, new: &str| BTreeMap::from([(basic.to_owned(), Some(text.replacen(old, new, 1)))]);
    let forked = checked.fork(&edit("{{> cloud}}", "{{> cloud}}\n\n{{> spare}}"));
    assert!(forked.workspace.sources.find(Path::new("content/fragments/spare.md")).is_some());
    assert!(!codes(&forked.diagnostics).contains("H0301"), "{:?}", codes(&forked.diagnostics));
    let mistyped = checked.fork(&edit("{{> cloud}}", "{{> cloud}}\n\n{{> spear}}"));
    assert!(codes(&mistyped.diagnostics).contains("H0301"), "{:?}", codes(&mistyped.diagnostics));
    // What a fork takes away is not read again.
    let mut without = edit("{{> cloud}}", "{{> cloud}}\n\n{{> spare}}");
    without.insert("content/fragments/spare.md".to_owned(), None);
    assert!(codes(&checked.fork(&without).diagnostics).contains("H0301"));
}
