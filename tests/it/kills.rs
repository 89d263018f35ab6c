//! Runs killed at random moments: content and output are old or new, whole; the next run works and clears what was left.
//!
//! A few at a desk; fifty of each where `HYOKA_KILLS` is 50, as continuous integration has it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hyoka::desk::{MarkOrder, freeze, write_marks};
use hyoka::diagnostic::{Diagnostics, SourceMap};
use hyoka::press::{Order, Quiet, build};
use hyoka::session::Wanted;
use hyoka::source::Workspace;
use hyoka::write::{Means, replace_by, tidy};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use crate::returned::{exported, place, workspace};
use crate::support::{copy, files, named, town, town_copy};

/// Kills of each command, where the variable `HYOKA_KILLS` says no other number.
const KILLS: usize = 4;
/// Files of somebody's, which no run may touch.
const FOREIGN: [&str; 3] = ["content/メモ.txt", "build/控え.docx", "build/hikari/zei/手書き.txt"];

pub(crate) fn kills() -> usize {
    std::env::var("HYOKA_KILLS").map_or(KILLS, |kills| kills.parse().expect("a number of kills"))
}

/// The list of steps and what keeps it out of a repository; whatever else lies in its folder was left there.
const STEPS: [&str; 2] = [".hyoka/.gitignore", ".hyoka/desk-steps.json"];

/// What a folder holds, without what only says what was done.
type State = BTreeMap<String, Vec<u8>>;

fn state(root: &Path) -> State {
    // The list of steps follows the content: a run that is killed in between has written, and cannot take that step back.
    let only_says = |path: &str| path.ends_with(".stamp.json") || STEPS.contains(&path);
    files(root).into_iter().filter(|(path, _)| !only_says(path)).collect()
}

/// A workspace before a command.
fn prepared(from: &Path) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let root = folder.path().join("town");
    copy(from, &root);
    (folder, root)
}

/// Kills a run at a moment: anywhere, while it makes ready, or while it puts in place.
fn kill(mut command: Command, whole: Duration, watched: &[PathBuf], dice: &mut TestRunner) {
    let mut roll = |below: u64| (0..below.max(1)).new_tree(dice).expect("a range has values").current();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let sign = ["", "lock", "record.json"][usize::try_from(roll(3)).expect("it is small")];
    let begun = || {
        let entries = watched.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut staging = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".hyoka-"));
        staging.any(|entry| entry.path().join(sign).exists())
    };
    let most = match sign {
        "" => whole,
        "lock" => Duration::from_millis(20),
        _ => Duration::from_millis(2),
    };
    while !sign.is_empty() && !begun() && child.try_wait().expect("it can be asked").is_none() {
        std::thread::yield_now();
    }
    let moment = Instant::now() + Duration::from_micros(roll(u64::try_from(most.as_micros()).expect("a run is short")));
    while Instant::now() < moment {
        std::hint::spin_loop();
    }
    child.kill().expect("a process that was started can be killed");
    child.wait().expect("a killed process ends");
}

/// Runs a command to its end in one copy of a workspace, and kills it in others.
fn survives(name: &str, from: &Path, command: impl Fn(&Path) -> Command) {
    let before = state(from);
    let (_folder, root) = prepared(from);
    let start = Instant::now();
    let output = command(&root).output().expect("the program starts");
    let whole = start.elapsed();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let after = state(&root);
    assert!(after != before, "{name} changes something");
    let mut dice =
        TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[name.len() as u8; 32]));
    for number in 0..kills() {
        let (_folder, root) = prepared(from);
        let watched = [root.clone(), root.join("content"), root.join("build")];
        kill(command(&root), whole, &watched, &mut dice);
        // Whatever runs next, here one that writes nothing itself, settles it.
        tidy(&root).unwrap_or_else(|error| panic!("{name} {number}: {error}"));
        let _ = hyoka::write::Output::open(&root, &root.join("build"), hyoka::write::Kind::Documents);
        let found = state(&root);
        for path in FOREIGN.iter().filter(|path| before.contains_key(**path)) {
            assert!(found.get(*path) == before.get(*path), "{name} {number}: {path} was touched");
        }
        if found == before {
            let output = command(&root).output().expect("the program starts");
            assert!(output.status.success(), "{name} {number}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(state(&root) == after, "{name} {number}: the next run does what this one did not");
        } else {
            let differing: Vec<_> = found.keys().filter(|path| found.get(*path) != after.get(*path)).collect();
            assert!(found == after, "{name} {number}: neither old nor new: {differing:?}");
        }
        let checked = hyoka(&root, &["check"]).output().expect("the program starts");
        assert_eq!(checked.status.code(), Some(0), "{name} {number}");
    }
}

fn hyoka(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.arg("--root").arg(root).args(arguments);
    command
}

fn rewrite(root: &Path, path: &str, old: &str, new: &str) {
    let path = root.join(path);
    let text = fs::read_to_string(&path).expect("the fixture has the file");
    assert!(text.contains(old), "{} does not hold {old}", path.display());
    fs::write(&path, text.replace(old, new)).expect("a file can be written");
}

/// Puts files of somebody's beside ours.
fn with_foreign(root: &Path) {
    for path in FOREIGN.iter().map(|path| root.join(path)) {
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, "人").expect("a file can be written");
    }
}

/// The town with an edition, a changed word, and a build from before.
fn edited() -> (TempDir, PathBuf) {
    let folder = town_copy();
    let root = folder.path().join("town");
    let frozen = freeze(&root, &named("hikari/zei/first"), "公表した評価書").expect("the town can be frozen");
    assert!(!frozen.diagnostics.has_errors());
    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    (folder, root)
}

fn marked() -> (TempDir, PathBuf) {
    let (folder, root) = edited();
    let order = MarkOrder { since: Some("first".into()), change: Some("cloud".into()), ..MarkOrder::default() };
    write_marks(&root, &order).expect("the edition is there");
    (folder, root)
}

#[test]
fn a_build() {
    let folder = town_copy();
    let root = folder.path().join("town");
    build(&root, &root.join("build"), &Order::default(), &Quiet).expect("it can be built");
    with_foreign(&root);
    let summary = "content/assessments/zei/change-summary.md";
    rewrite(&root, summary, "国内のデータセンターに", "国内の二つのデータセンターに");
    survives("build", &root, |root| hyoka(root, &["build"]));
}

#[test]
fn marks() {
    let (_folder, root) = edited();
    fs::write(root.join(FOREIGN[0]), "人").expect("a file can be written");
    survives("mark", &root, |root| hyoka(root, &["mark", "--since", "first", "--change", "cloud"]));
}

#[test]
fn an_acceptance() {
    let (_folder, root) = marked();
    fs::write(root.join(FOREIGN[0]), "人").expect("a file can be written");
    survives("accept", &root, |root| hyoka(root, &["accept", "hikari", "zei", "--edition", "second"]));
}

#[test]
fn answers() {
    let folder = workspace();
    let root = folder.path().join("town");
    fs::write(root.join(FOREIGN[0]), "人").expect("a file can be written");
    let mut book = exported();
    let cell = place(&book, 1, "D", "ds-02");
    book.sheet(1, |rows| _ = rows.set(&cell, "○"));
    let returned = folder.path().join("回答.xlsx");
    fs::write(&returned, book.bytes()).expect("a file can be written");
    let returned = returned.display().to_string();
    survives("checklist import", &root, |root| hyoka(root, &["checklist", "import", &returned, "--write"]));
}

#[test]
fn a_form() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    let root = folder.path().join("town");
    let forms = crate::support::town_source().join("content/municipalities/hikari/forms");
    copy(&forms, &root.join("templates/forms"));
    fs::create_dir(root.join("content")).expect("a folder can be made");
    fs::write(root.join(FOREIGN[0]), "人").expect("a file can be written");
    let form = town().path("hikari/zei/assessment.xlsx").display().to_string();
    survives("import", &root, |root| hyoka(root, &["import", &form, "--write"]));
}

/// Variable that makes this program the one that is killed.
const CHILD: &str = "HYOKA_TEST_CHILD";

/// Changes every file of `content/` one by one, or builds one by one; only where a test starts it.
#[test]
fn the_child_that_changes_files_one_by_one() {
    let Some(root) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    if root.join("build").exists() {
        let order = Order { means: Means::OneByOne, wanted: Wanted::default(), ..Order::default() };
        build(&root, &root.join("build"), &order, &Quiet).expect("it can be built");
        return;
    }
    let workspace = Workspace::read(&root, &mut Diagnostics::new()).expect("it can be read");
    let sources: &SourceMap = &workspace.sources;
    let texts = sources.iter().filter(|(_, file)| file.path.starts_with("content"));
    let mut new: BTreeMap<String, Option<String>> = texts
        .map(|(_, file)| {
            let path = file.path.to_string_lossy().into_owned();
            let comment = if path.ends_with(".md") { "" } else { "# 追記" };
            (path, Some(format!("{}\n{comment}\n", file.text)))
        })
        .collect();
    new.insert("content/assessments/zei/change-summary.md".to_owned(), None);
    new.extend((0..300).map(|number| (format!("content/new/{number}.txt"), Some("新".to_owned()))));
    replace_by(&root, sources, &new, Means::OneByOne).expect("it can be written");
}

fn child(root: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("the test is a program"));
    command.args(["kills::the_child_that_changes_files_one_by_one", "--exact"]).env(CHILD, root);
    command
}

#[test]
fn content_file_by_file() {
    let folder = town_copy();
    let root = folder.path().join("town");
    fs::write(root.join(FOREIGN[0]), "人").expect("a file can be written");
    let before = state(&root);
    let mut seen = [0, 0];
    let (_whole, whole_root) = prepared(&root);
    let start = Instant::now();
    assert!(child(&whole_root).output().expect("it starts").status.success());
    let (whole, after) = (start.elapsed(), state(&whole_root));
    let mut dice = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    for number in 0..kills() {
        let (_folder, root) = prepared(&root);
        kill(child(&root), whole, &[root.join("content")], &mut dice);
        tidy(&root).unwrap_or_else(|error| panic!("{number}: {error}"));
        let found = state(&root);
        let differing: Vec<_> = found.keys().filter(|path| found.get(*path) != after.get(*path)).collect();
        assert!(found == before || found == after, "{number}: neither old nor new: {differing:?}");
        seen[usize::from(found == after)] += 1;
    }
    assert_eq!(seen.iter().sum::<usize>(), kills());
}

#[test]
fn a_build_file_by_file() {
    let folder = town_copy();
    let root = folder.path().join("town");
    build(&root, &root.join("build"), &Order::default(), &Quiet).expect("it can be built");
    with_foreign(&root);
    let summary = "content/assessments/zei/change-summary.md";
    rewrite(&root, summary, "国内のデータセンターに", "国内の二つのデータセンターに");
    survives("build file by file", &root, child);
}

#[test]
fn the_next_command_of_any_kind_clears_what_was_left() {
    for command in [&["check"][..], &["changes"], &["review", "report"], &["build"], &["schema"]] {
        let folder = town_copy();
        let root = folder.path().join("town");
        let left = [root.join(".hyoka-left"), root.join("content/.hyoka-left")];
        for left in &left {
            fs::create_dir_all(left.join("new")).expect("a folder can be made");
            fs::write(left.join("new/half"), "half").expect("a file can be written");
            fs::write(left.join("lock"), "").expect("a file can be written");
        }
        let output = hyoka(&root, command).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(left.iter().all(|left| !left.exists()), "{command:?}");
    }
}
