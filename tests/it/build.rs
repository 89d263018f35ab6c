//! The output folder: what lies in it, that the same source gives the same bytes anywhere, that only what changed is made again,
//! and that nothing that goes wrong harms the last build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

use crate::support::{build_all, files, manifest, town, town_copy};

/// Documents that the fixture issues, with the endings of their files.
const DOCUMENTS: &[(&str, &[&str])] = &[
    ("assessment", &["pdf", "xlsx"]),
    ("assessment-marked", &["pdf", "xlsx"]),
    ("change-list", &["pdf", "xlsx"]),
    ("change-summary", &["html", "pdf"]),
];

/// Files of the output that say what is in it.
/// What says what was made: the stamp of the folder, the memory of each municipality, the manifest.
const OWN: &[&str] = &[".stamp.json", "manifest.json"];

fn expected() -> BTreeSet<String> {
    let endings = DOCUMENTS.iter().flat_map(|(id, endings)| endings.iter().map(move |ending| (id, ending)));
    endings.map(|(id, ending)| format!("hikari/zei/{id}.{ending}")).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs the program as a person does.
fn hyoka(root: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hyoka"))
        .arg("--root")
        .arg(root)
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .expect("the program starts")
}

/// The documents of a folder, without what says what is in it.
fn documents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().filter(|(path, _)| !OWN.contains(&path.rsplit('/').next().unwrap_or(path))).collect()
}

/// Names of the documents of which a file differs.
fn changed(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let stem = |path: &String| path.rsplit_once('.').map_or(path.clone(), |(stem, _)| stem.to_owned());
    after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| stem(path)).collect()
}

/// Replaces words in a file of a workspace; they must stand there.
fn rewrite(root: &Path, path: &str, old: &str, new: &str) {
    let path = root.join(path);
    let text = fs::read_to_string(&path).expect("the fixture has the file");
    assert!(text.contains(old), "{} does not hold {old}", path.display());
    fs::write(&path, text.replace(old, new)).expect("a file can be written");
}

#[test]
fn every_file_that_is_issued_is_there_and_no_other() {
    let found: BTreeSet<String> = documents(&town().folder).into_keys().collect();
    assert_eq!(found, expected());
}

#[test]
fn the_manifest_tells_each_file() {
    let entries = town().manifest();
    let listed: Vec<&str> = entries.iter().filter_map(|entry| entry["path"].as_str()).collect();
    assert!(listed.is_sorted(), "in the order of the paths: {listed:?}");
    assert_eq!(listed.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(), expected());
    for entry in &entries {
        let path = entry["path"].as_str().expect("an entry has a path");
        let bytes = town().bytes(path);
        assert_eq!(entry["sha256"].as_str(), Some(sha256(&bytes).as_str()), "{path}");
        assert_eq!(entry["municipality"], "hikari", "{path}");
        assert_eq!(entry["case"], "zei", "{path}");
        assert_eq!(entry["format"].as_str(), path.rsplit('.').next(), "{path}");
        let marked = path.contains("assessment-marked") || path.contains("change-list");
        assert_eq!(entry["view"], if marked { "marked" } else { "clean" }, "{path}");
        let public = path.contains("change-summary");
        assert_eq!(entry["audience"], if public { "public" } else { "submission" }, "{path}");
        assert!(!entry["title"].as_str().unwrap_or_default().is_empty(), "{path} has a title");
        let pages = if path.ends_with(".pdf") {
            let pdf = lopdf::Document::load_mem(&bytes).expect("the file is a PDF");
            serde_json::Value::from(pdf.get_pages().len())
        } else {
            serde_json::Value::Null
        };
        assert_eq!(entry["pages"], pages, "{path}");
    }
}

#[test]
fn the_manifest_names_sources_that_exist() {
    for entry in town().manifest() {
        let sources = entry["source"].as_array().expect("an entry names its sources").clone();
        assert!(!sources.is_empty(), "{}", entry["path"]);
        for source in sources {
            let source = source.as_str().expect("a source is a path").to_owned();
            assert!(source.starts_with("content/"), "{source} is inside of the workspace");
            assert!(town().checked.workspace.root.join(&source).exists(), "{}: no {source}", entry["path"]);
        }
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let folder = town_copy();
    let out = folder.path().join("out");
    build_all(&folder.path().join("town"), &out);
    // The stamps hold a mark of the program and of the folder's path; documents and manifest hold neither.
    let mut here = files(&out);
    let mut there = files(&town().folder);
    here.retain(|path, _| !path.ends_with(".stamp.json"));
    there.retain(|path, _| !path.ends_with(".stamp.json"));
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (path, bytes) in &here {
        assert!(*bytes == there[path], "{path} differs between two builds");
    }
}

#[test]
fn time_zone_and_language_of_the_machine_change_nothing() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let environment =
        [("TZ", "Pacific/Kiritimati"), ("LANG", "de_DE.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("SOURCE_DATE_EPOCH", "1")];
    let run = hyoka(&root, &["build"], &environment);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let here = documents(&root.join("build"));
    for (path, bytes) in &documents(&town().folder) {
        assert!(here.get(path) == Some(bytes), "{path} differs under another time zone and language");
    }
}

#[test]
fn a_second_run_keeps_everything() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("out"));
    let first = build_all(&root, &out);
    assert_eq!((first.made, first.kept), (DOCUMENTS.len(), 0));
    let before = files(&out);
    let second = build_all(&root, &out);
    assert_eq!((second.made, second.kept), (0, DOCUMENTS.len()));
    assert!(files(&out) == before, "a run with nothing to do changed a file");
}

#[test]
fn a_changed_word_remakes_only_the_documents_that_show_it() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("out"));
    build_all(&root, &out);
    let before = documents(&out);

    rewrite(
        &root,
        "content/assessments/zei/change-summary.md",
        "国内のデータセンターに",
        "国内の二つのデータセンターに",
    );
    let outcome = build_all(&root, &out);
    let after = documents(&out);
    assert_eq!(changed(&before, &after), BTreeSet::from(["hikari/zei/change-summary".to_owned()]));
    assert_eq!((outcome.made, outcome.kept), (1, 3), "only the summary holds this text");

    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    let outcome = build_all(&root, &out);
    let last = documents(&out);
    let wanted = ["hikari/zei/assessment", "hikari/zei/assessment-marked"].map(str::to_owned);
    assert_eq!(changed(&after, &last), BTreeSet::from(wanted), "unchanged text stands in no list");
    assert!(outcome.kept >= 1, "the documents that do not show it are kept");
    assert_eq!(outcome.made + outcome.kept, DOCUMENTS.len());
}

#[test]
fn what_is_made_after_a_change_is_what_a_fresh_build_makes() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("out"));
    build_all(&root, &out);
    rewrite(
        &root,
        "content/assessments/zei/system/core.md",
        "賦課と収納を管理する。",
        &"賦課と収納を管理する。\n\n".repeat(60),
    );
    build_all(&root, &out);
    let fresh = folder.path().join("fresh");
    build_all(&root, &fresh);
    assert!(documents(&out) == documents(&fresh), "a page moved, but a list that cites it was kept");
}

#[test]
fn a_damaged_file_is_made_again() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("out"));
    build_all(&root, &out);
    let before = documents(&out);
    fs::write(out.join("hikari/zei/change-list.xlsx"), "damaged").expect("a file can be written");
    fs::remove_file(out.join("hikari/zei/change-summary.html")).expect("a file can be removed");
    let outcome = build_all(&root, &out);
    let mut after = documents(&out);
    // Whether a person or the disk changed it, nobody can tell.
    let kept = after.remove("hikari/zei/change-list.kept.xlsx");
    assert_eq!(kept.as_deref(), Some(&b"damaged"[..]), "what somebody may have written is kept");
    assert!(after == before, "the build did not mend its folder");
    let aside = ("hikari/zei/change-list.xlsx".to_owned(), "hikari/zei/change-list.kept.xlsx".to_owned());
    assert_eq!(outcome.notes.aside, [aside]);
}

#[test]
fn a_part_can_be_built_and_the_rest_stays() {
    let folder = town_copy();
    let root = folder.path().join("town");
    assert_eq!(hyoka(&root, &["build"], &[]).status.code(), Some(0));
    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    let before = documents(&root.join("build"));
    let run = hyoka(&root, &["build", "hikari", "zei", "assessment-marked"], &[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let after = documents(&root.join("build"));
    assert_eq!(changed(&before, &after), BTreeSet::from(["hikari/zei/assessment-marked".to_owned()]));
    assert_eq!(manifest(&root.join("build")).len(), expected().len());
    let unknown = hyoka(&root, &["build", "hikari", "zei", "no-such-document"], &[]);
    assert_eq!(unknown.status.code(), Some(2), "what is not there is a mistake of use");
    assert!(documents(&root.join("build")) == after);
}

#[test]
fn a_part_can_be_built_first() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let run = hyoka(&root, &["build", "hikari", "zei", "change-list"], &[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let part: Vec<String> = documents(&root.join("build")).into_keys().collect();
    assert_eq!(part, ["hikari/zei/change-list.pdf", "hikari/zei/change-list.xlsx"]);
}

#[test]
fn the_whole_can_be_built_after_a_part() {
    let folder = town_copy();
    let root = folder.path().join("town");
    hyoka(&root, &["build", "hikari", "zei", "change-list"], &[]);
    hyoka(&root, &["build"], &[]);
    assert_eq!(documents(&root.join("build")).into_keys().collect::<BTreeSet<_>>(), expected());
}

#[test]
fn a_broken_source_leaves_the_last_build_untouched() {
    let folder = town_copy();
    let root = folder.path().join("town");
    assert_eq!(hyoka(&root, &["build"], &[]).status.code(), Some(0));
    let before = files(&root.join("build"));
    rewrite(&root, "content/assessments/zei/basic.md", "{{own}}", "{{owm}}");
    let run = hyoka(&root, &["build"], &[]);
    assert_eq!(run.status.code(), Some(1), "a mistake of the author");
    assert!(String::from_utf8_lossy(&run.stderr).contains("H0303"));
    assert!(files(&root.join("build")) == before, "a build with mistakes wrote something");
    assert_eq!(hyoka(&root, &["check"], &[]).status.code(), Some(1));
}

#[test]
fn a_warning_is_shown_on_every_run_and_can_be_denied() {
    let folder = town_copy();
    let root = folder.path().join("town");
    rewrite(
        &root,
        "content/assessments/zei/changes.toml",
        "[[summary]]",
        "[[change]]\nid = \"left-over\"\nreason = \"使われない変更\"\n\n[[summary]]",
    );
    for run in 0..2 {
        let output = hyoka(&root, &["build"], &[]);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stderr).contains("H0316"), "run {run} is silent");
    }
    assert_eq!(hyoka(&root, &["build", "--deny-warnings"], &[]).status.code(), Some(1));
}

#[test]
fn what_a_killed_run_leaves_behind_does_not_stand_in_the_way() {
    let folder = town_copy();
    let root = folder.path().join("town");
    assert_eq!(hyoka(&root, &["build"], &[]).status.code(), Some(0));
    let before = files(&root.join("build"));
    let stale = root.join(".hyoka-stale");
    fs::create_dir_all(stale.join("new/hikari/zei")).expect("a folder can be made");
    fs::write(stale.join("new/hikari/zei/assessment.pdf"), "half of a file").expect("a file can be written");
    fs::write(stale.join("lock"), "").expect("a file can be written");
    // One that a run holds, and one that somebody named so.
    let (held, foreign) = (root.join(".hyoka-held"), root.join(".hyoka-mine"));
    for folder in [&held, &foreign] {
        fs::create_dir(folder).expect("a folder can be made");
        fs::write(folder.join("file"), "x").expect("a file can be written");
    }
    let lock = fs::File::create(held.join("lock")).expect("a file can be written");
    lock.try_lock().expect("nobody else holds it");
    assert!(files(&root.join("build")) == before, "the last build is whole");
    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    assert_eq!(hyoka(&root, &["build"], &[]).status.code(), Some(0));
    let fresh = folder.path().join("fresh");
    build_all(&root, &fresh);
    assert!(documents(&root.join("build")) == documents(&fresh), "something of the killed run came through");
    assert!(!stale.exists(), "what a killed run left is cleared");
    assert!(held.join("file").exists() && foreign.join("file").exists(), "what is held or not ours is not");
}

#[test]
fn a_killed_run_leaves_the_last_build() {
    let folder = town_copy();
    let root = folder.path().join("town");
    assert_eq!(hyoka(&root, &["build"], &[]).status.code(), Some(0));
    let before = files(&root.join("build"));
    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    let mut child = Command::new(env!("CARGO_BIN_EXE_hyoka"))
        .arg("--root")
        .arg(&root)
        .arg("build")
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    child.kill().expect("a process that was started can be killed");
    child.wait().expect("a killed process ends");
    let after = files(&root.join("build"));
    // Whichever came first, the folder is that of one whole run.
    if after != before {
        let fresh = folder.path().join("fresh");
        build_all(&root, &fresh);
        assert!(documents(&root.join("build")) == documents(&fresh), "the folder is neither the old nor the new one");
    }
    assert_eq!(hyoka(&root, &["build"], &[]).status.code(), Some(0), "the next run works");
}

#[test]
fn two_runs_at_once_leave_one_whole_build() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_hyoka"))
            .arg("--root")
            .arg(&root)
            .arg("build")
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program starts")
    };
    let codes: Vec<Option<i32>> =
        [start(), start()].into_iter().map(|mut child| child.wait().expect("it ends").code()).collect();
    assert!(codes.contains(&Some(0)), "one of them succeeds: {codes:?}");
    assert!(documents(&root.join("build")) == documents(&town().folder), "the folder is mixed");
}

#[test]
fn no_staging_folder_is_left() {
    let folder = town_copy();
    let root = folder.path().join("town");
    hyoka(&root, &["build"], &[]);
    hyoka(&root, &["build"], &[]);
    let names =
        fs::read_dir(&root).expect("the workspace is there").map(|entry| entry.expect("it can be read").file_name());
    let names: BTreeSet<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    assert_eq!(names, BTreeSet::from(["build".to_owned(), "content".to_owned()]));
}

#[test]
fn a_project_for_the_stock_typesetter_is_whole() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let project = root.join("project");
    let run = hyoka(&root, &["build", "--emit-typst", project.to_str().expect("the path is UTF-8")], &[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let written = files(&project);
    for (id, _) in DOCUMENTS {
        let main = &written[&format!("hikari/zei/{id}/main.typ")];
        assert!(!main.is_empty());
        let data = &written[&format!("hikari/zei/{id}/data.json")];
        let data: serde_json::Value = serde_json::from_slice(data).expect("the data is JSON");
        let sections = data["sections"].as_array().expect("the data names the sections");
        assert!(!sections.is_empty(), "{id} has sections");
        for section in sections {
            let path = format!("hikari/zei/{id}/{}", section.as_str().expect("a section is named by its file"));
            let section: serde_json::Value = serde_json::from_slice(&written[&path]).expect("a section is JSON");
            assert!(section["blocks"].is_array(), "{path} has blocks");
        }
        // Every file that a template imports lies beside it.
        for (path, bytes) in written.iter().filter(|(path, _)| path.starts_with(&format!("hikari/zei/{id}/"))) {
            let text = String::from_utf8_lossy(bytes);
            for import in text.lines().filter_map(|line| line.trim().strip_prefix("#import \"")) {
                let file = import.split('"').next().expect("an import closes its quotes");
                assert!(written.contains_key(&format!("hikari/zei/{id}/{file}")), "{path} imports {file}");
            }
        }
    }
    let fonts: Vec<&String> = written.keys().filter(|path| path.starts_with("fonts/")).collect();
    assert_eq!(fonts.len(), hyoka::source::font_files().count());
    assert!(!root.join("build").exists(), "nothing is built");
}
