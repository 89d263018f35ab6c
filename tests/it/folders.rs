//! Folders that are not ours are never touched, and in ours only what is: by every command that writes an output folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hyoka::model::manifest::Audience;
use hyoka::press::{Order, Quiet, build};
use hyoka::session::Wanted;
use hyoka::write::{Means, Origin};
use tempfile::TempDir;

use crate::returned::workspace;
use crate::support::{build_all, files, manifest, town_copy};

/// Every way to say where output goes.
const WAYS: [&[&str]; 5] = [
    &["build", "--out"],
    &["build", "--audience", "public", "--out"],
    &["build", "--emit-typst"],
    &["checklist", "export", "-o"],
    &["schema", "--out"],
];

/// Runs the program in a folder.
fn hyoka(here: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.current_dir(here).args(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn succeeds(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn rewrite(root: &Path, path: &str, old: &str, new: &str) {
    let path = root.join(path);
    let text = fs::read_to_string(&path).expect("the fixture has the file");
    assert!(text.contains(old), "{} does not hold {old}", path.display());
    fs::write(&path, text.replace(old, new)).expect("a file can be written");
}

/// Changes one word that only 主な変更内容 shows.
fn edit(root: &Path) {
    let path = "content/assessments/zei/change-summary.md";
    rewrite(root, path, "国内のデータセンターに", "国内の二つのデータセンターに");
}

/// A quick part of the documents.
fn summary() -> Wanted {
    Wanted { document: Some("change-summary".into()), ..Wanted::default() }
}

/// The documents of a folder, without what says what is in it.
fn documents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let own = [".stamp.json", "manifest.json"];
    files(folder).into_iter().filter(|(path, _)| !own.contains(&path.rsplit('/').next().unwrap_or(path))).collect()
}

#[test]
fn no_command_writes_into_a_folder_of_somebody_else() {
    let folder = workspace();
    let root = folder.path().join("town");
    put(&root.join("書類/大事.docx"), "大事");
    put(&root.join("文書.txt"), "大事");
    put(&root.join("templates/html/own.css"), "");
    put(&root.join(".git/HEAD"), "ref");
    put(&root.join("docs/a/b.md"), "文書");
    let before = files(folder.path());
    for way in WAYS {
        for place in [
            "書類",
            "文書.txt",
            "文書.txt/下",
            "content",
            "content/new",
            "templates",
            ".git/new",
            ".",
            "..",
            "docs",
            "docs/a/..",
        ] {
            for absolute in [false, true] {
                let path = if absolute { root.join(place).display().to_string() } else { place.to_owned() };
                let output = hyoka(&root, &[way, &[path.as_str()]].concat());
                assert_eq!(output.status.code(), Some(2), "{way:?} {path}: {}", said(&output));
                assert!(said(&output).contains(&path), "{way:?}: the folder is named: {}", said(&output));
                assert!(files(folder.path()) == before, "{way:?} {path} changed something");
            }
        }
    }
    let folders: BTreeSet<_> =
        fs::read_dir(&root).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
    assert!(!folders.iter().any(|name| name == "build" || name.to_string_lossy().starts_with(".hyoka")), "{folders:?}");
}

#[test]
fn every_command_writes_into_a_new_or_empty_folder_and_again() {
    let folder = workspace();
    let root = folder.path().join("town");
    for (number, way) in WAYS.into_iter().enumerate() {
        let out = format!("出力 {number}");
        if number % 2 == 0 {
            put(&root.join(&out).join(".gitkeep"), "");
        }
        for _ in 0..2 {
            succeeds(&hyoka(&root, &[way, &[out.as_str()]].concat()));
        }
        let there = files(&root.join(&out));
        assert!(there.len() > 1, "{way:?} wrote into {out}");
        assert_eq!(there.contains_key(".gitkeep"), number % 2 == 0, "a repository's own file stays");
        // The folder of one way is not that of another.
        let other = WAYS[(number + 2) % WAYS.len()];
        let refused = hyoka(&root, &[other, &[out.as_str()]].concat());
        assert_eq!(refused.status.code(), Some(2), "{other:?} into {out} of {way:?}");
        // A folder of schemas bears no stamp: it belongs to the author's repository.
        let reason = if number == 4 {
            "hyoka が作ったフォルダーではなく"
        } else {
            "ほかのものと混ぜられません"
        };
        assert!(said(&refused).contains(reason) && said(&refused).contains(&out), "{}", said(&refused));
        assert!(files(&root.join(&out)) == there);
    }
}

#[test]
fn a_relative_path_starts_at_the_current_folder_and_a_folder_not_named_at_the_workspace() {
    let folder = workspace();
    let (root, here) = (folder.path().join("town"), folder.path().join("今"));
    fs::create_dir(&here).expect("a folder can be made");
    for (number, way) in WAYS.into_iter().enumerate() {
        let out = format!("out-{number}");
        succeeds(&hyoka(&here, &[&["--root", "../town"], way, &[out.as_str()]].concat()));
        assert!(here.join(&out).is_dir() && !root.join(&out).exists(), "{way:?}");
    }
    succeeds(&hyoka(&here, &["--root", "../town", "build", "hikari", "zei", "change-summary"]));
    succeeds(&hyoka(&here, &["--root", "../town", "schema"]));
    assert!(root.join("build/manifest.json").exists() && root.join("schemas/case.schema.json").exists());
    assert!(!here.join("build").exists() && !here.join("schemas").exists());
    for command in [&["build", "--help"][..], &["checklist", "export", "--help"], &["schema", "--help"]] {
        let help = hyoka(&here, command).stdout;
        assert!(String::from_utf8_lossy(&help).contains("今いるフォルダー"), "{command:?} says it");
    }
}

#[test]
fn what_somebody_put_into_an_output_folder_stays_and_is_named() {
    for means in [Means::Any, Means::OneByOne] {
        let folder = town_copy();
        let (root, out) = (folder.path().join("town"), folder.path().join("build"));
        build_all(&root, &out);
        let mine = ["メモ.docx", "hikari/zei/手書き/注 1.txt", "hikari/zei/assessment.txt", ".hidden"];
        mine.iter().for_each(|path| put(&out.join(path), path));
        fs::create_dir(out.join("空")).expect("a folder can be made");
        put(&out.join(".gitignore"), "*");
        edit(&root);
        let outcome = build(&root, &out, &Order { means, ..Order::default() }, &Quiet).expect("the folder is ours");
        let mut named = outcome.notes.foreign.clone();
        named.sort();
        assert_eq!(named.iter().map(String::as_str).collect::<BTreeSet<_>>(), mine.into(), "{means:?}");
        for path in mine {
            assert_eq!(fs::read_to_string(out.join(path)).ok().as_deref(), Some(path), "{means:?}");
        }
        assert!(out.join("空").is_dir() && out.join(".gitignore").exists(), "{means:?}");
        let fresh = folder.path().join("fresh");
        build_all(&root, &fresh);
        let ours: BTreeMap<_, _> =
            documents(&out).into_iter().filter(|(path, _)| documents(&fresh).contains_key(path)).collect();
        assert!(ours == documents(&fresh), "{means:?}");
        assert_eq!(manifest(&out), manifest(&fresh), "only documents are in the list");
        let again = build_all(&root, &out);
        assert_eq!((again.made, again.notes.foreign.len()), (0, mine.len()), "they are named by every run");
    }
}

#[test]
fn the_command_line_names_them() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let run = || hyoka(&root, &["build", "hikari", "zei", "change-summary"]);
    succeeds(&run());
    put(&root.join("build/メモ.txt"), "人");
    put(&root.join("build/hikari/zei/change-summary.html"), "人が直した");
    let output = run();
    succeeds(&output);
    let said = said(&output);
    for words in ["メモ.txt", "そのまま", "change-summary.html → hikari/zei/change-summary.kept.html"] {
        assert!(said.contains(words), "{said}");
    }
    let english = hyoka(&root, &["--lang", "en", "build", "hikari", "zei", "change-summary"]);
    assert!(self::said(&english).contains("2 file(s) not made by hyoka"), "{}", self::said(&english));
}

#[test]
fn what_somebody_changed_is_kept_under_another_name() {
    for means in [Means::Any, Means::OneByOne] {
        let folder = town_copy();
        let (root, out) = (folder.path().join("town"), folder.path().join("build"));
        let order = Order { wanted: summary(), means, ..Order::default() };
        build(&root, &out, &order, &Quiet).expect("it can be built");
        let page = out.join("hikari/zei/change-summary.html");
        let made = fs::read(&page).expect("it was made");
        for (turn, kept) in ["change-summary.kept.html", "change-summary.kept-2.html"].into_iter().enumerate() {
            let words = format!("人が直した {turn}");
            put(&page, &words);
            let outcome = build(&root, &out, &order, &Quiet).expect("it can be built");
            let names = [("hikari/zei/change-summary.html".to_owned(), format!("hikari/zei/{kept}"))];
            assert_eq!(outcome.notes.aside, names, "{means:?}");
            assert_eq!(fs::read_to_string(out.join("hikari/zei").join(kept)).ok(), Some(words), "{means:?}");
            assert!(fs::read(&page).expect("it is made again") == made, "{means:?}");
        }
    }
}

#[test]
fn a_folder_of_an_earlier_version_is_ours() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    build_all(&root, &out);
    let before = documents(&out);
    // An earlier stamp listed the files with their documents only, and was one for all municipalities.
    let memory = out.join("hikari/.stamp.json");
    let stamp: serde_json::Value =
        serde_json::from_slice(&fs::read(&memory).expect("it is there")).expect("it is JSON");
    fs::remove_file(memory).expect("it is there");
    let documents_of = stamp["documents"].as_object().expect("documents").iter();
    let old: serde_json::Map<String, serde_json::Value> = documents_of
        .map(|(name, of)| {
            (name.clone(), serde_json::json!({"input": of["input"], "index": null, "files": of["files"]}))
        })
        .collect();
    let old = serde_json::json!({"audience": null, "source": "", "defined": [], "documents": old});
    put(&out.join(".stamp.json"), &old.to_string());
    let outcome = build_all(&root, &out);
    assert_eq!(outcome.notes, hyoka::write::Notes::default(), "nothing in it is somebody's");
    assert!(documents(&out) == before);
    let public = Order { audience: Some(Audience::Public), ..Order::default() };
    build(&root, &out, &public, &Quiet).expect_err("and it is no public one");
}

#[test]
fn what_stands_in_the_way_of_a_document_stops_the_build() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    let order = Order { wanted: summary(), ..Order::default() };
    build(&root, &out, &order, &Quiet).expect("it can be built");
    fs::remove_file(out.join("hikari/zei/change-summary.html")).expect("it can be removed");
    put(&out.join("hikari/zei/change-summary.html/人.txt"), "人");
    let before = files(&out);
    let refused = build(&root, &out, &order, &Quiet).expect_err("a folder is in the way").to_string();
    assert!(refused.contains("change-summary.html"), "{refused}");
    assert!(files(&out) == before, "something was written");
}

#[cfg(unix)]
#[test]
fn a_link_in_an_output_folder_is_never_followed() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    let order = Order { wanted: summary(), ..Order::default() };
    build(&root, &out, &order, &Quiet).expect("it can be built");
    // Somebody keeps the documents elsewhere: what lies there is not ours to write.
    let elsewhere = folder.path().join("elsewhere");
    fs::rename(out.join("hikari"), &elsewhere).expect("it can be moved");
    std::os::unix::fs::symlink(&elsewhere, out.join("hikari")).expect("a link can be made");
    edit(&root);
    let before = files(&elsewhere);
    let refused = build(&root, &out, &order, &Quiet).expect_err("a link is in the way").to_string();
    assert!(refused.contains("hikari"), "{refused}");
    assert!(files(&elsewhere) == before && out.join("hikari").is_symlink());
    // A whole folder that is a link is the folder that it leads to.
    let linked = folder.path().join("linked");
    std::os::unix::fs::symlink(folder.path().join("real"), &linked).expect("a link can be made");
    fs::create_dir(folder.path().join("real")).expect("a folder can be made");
    build(&root, &linked, &order, &Quiet).expect("it can be built");
    assert!(linked.is_symlink() && folder.path().join("real/manifest.json").exists());
}

#[test]
fn a_part_takes_nothing_out_of_the_folder() {
    let folder = workspace();
    let root = folder.path().join("town");
    succeeds(&hyoka(&root, &["build"]));
    let before = documents(&root.join("build"));
    let listed = manifest(&root.join("build"));
    for part in [
        &["checklist", "export", "hikari", "denshi", "-o", "送付"][..],
        &["build", "--audience", "submission"],
        &["build", "hikari", "--audience", "submission"],
        &["build", "hikari", "zei", "change-list"],
        &["build"],
    ] {
        succeeds(&hyoka(&root, part));
        assert!(documents(&root.join("build")) == before, "{part:?} changed a document");
        assert_eq!(manifest(&root.join("build")), listed, "{part:?} changed the list");
    }
    assert_eq!(documents(&root.join("送付")).into_keys().collect::<Vec<_>>(), ["hikari-denshi-checklist.xlsx"]);
}

#[test]
fn documents_of_two_audiences_lie_in_one_folder() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    let whole = build_all(&root, &out);
    let listed = manifest(&out);
    let readers: BTreeSet<&str> = listed.iter().filter_map(|entry| entry["audience"].as_str()).collect();
    assert_eq!(readers, BTreeSet::from(["public", "submission"]));
    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    let order = Order { audience: Some(Audience::Submission), ..Order::default() };
    let outcome = build(&root, &out, &order, &Quiet).expect("it can be built");
    assert!(outcome.made > 0 && outcome.made + outcome.kept < whole.made, "the public one was not asked for");
    let paths = |listed: &[serde_json::Value]| -> Vec<String> {
        listed.iter().map(|entry| format!("{} {}", entry["path"], entry["audience"])).collect()
    };
    assert_eq!(paths(&manifest(&out)), paths(&listed));
    let again = build_all(&root, &out);
    assert_eq!((again.made, again.kept), (0, whole.made), "each was remembered with its readers");
}

#[test]
fn what_a_part_left_old_is_made_new_by_the_whole() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    build_all(&root, &out);
    edit(&root);
    let part = Wanted { document: Some("assessment".into()), ..Wanted::default() };
    build(&root, &out, &Order { wanted: part, ..Order::default() }, &Quiet).expect("it can be built");
    let whole = build_all(&root, &out);
    assert_eq!(whole.made, 1, "the summary shows the changed word");
    let fresh = folder.path().join("fresh");
    build_all(&root, &fresh);
    assert!(documents(&out) == documents(&fresh));
}

#[test]
fn a_document_that_is_issued_no_more_goes_with_the_next_whole_build() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    build_all(&root, &out);
    let settings = "content/municipalities/hikari/municipality.toml";
    rewrite(&root, settings, "id = \"change-summary\"", "id = \"summary-of-changes\"");
    let part = Wanted { document: Some("assessment".into()), ..Wanted::default() };
    build(&root, &out, &Order { wanted: part, ..Order::default() }, &Quiet).expect("it can be built");
    assert!(out.join("hikari/zei/change-summary.pdf").exists(), "it was not asked for");
    put(&out.join("hikari/zei/change-summary.html"), "人が直した");
    build_all(&root, &out);
    assert!(
        out.join("hikari/zei/summary-of-changes.pdf").exists() && !out.join("hikari/zei/change-summary.pdf").exists()
    );
    let kept = fs::read_to_string(out.join("hikari/zei/change-summary.html"));
    assert_eq!(kept.ok().as_deref(), Some("人が直した"), "what somebody changed is no longer ours to take away");
}

/// A town that withholds a word, and its public folder.
fn public() -> (TempDir, std::path::PathBuf, std::path::PathBuf) {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build-public"));
    let core = "content/assessments/zei/system/core.md";
    rewrite(&root, core, "賦課と収納を管理する。", "賦課と収納を管理する。{!秘密の回線番号!}");
    rewrite(
        &root,
        "content/municipalities/hikari/municipality.toml",
        "id = \"assessment\"",
        "audience = \"both\"\nid = \"assessment\"",
    );
    public_build(&root, &out).expect("it can be built");
    (folder, root, out)
}

fn public_build(root: &Path, out: &Path) -> Result<hyoka::press::Outcome, hyoka::Error> {
    build(root, out, &Order { audience: Some(Audience::Public), ..Order::default() }, &Quiet)
}

#[test]
fn somebodys_file_in_a_public_folder_is_looked_into_and_told_of() {
    let (_folder, root, out) = public();
    put(&out.join("お知らせ.txt"), "意見を募集します。");
    // UTF-16 cannot be told from any other bytes.
    fs::write(out.join("図.bin"), b"\xff\xfe\xd8\x79\xc6\x5b").expect("a file can be written");
    let outcome = public_build(&root, &out).expect("nothing is withheld in them");
    assert_eq!(outcome.notes.foreign, ["お知らせ.txt", "図.bin"]);
    let (report, proof) = outcome.proof.expect("a public copy is proven");
    let of = |path: &str| proof.files.iter().find(|file| file.path == path).expect("it is in the report");
    assert_eq!((of("お知らせ.txt").origin, of("お知らせ.txt").searched), (Origin::Foreign, true));
    assert_eq!((of("図.bin").origin, of("図.bin").searched), (Origin::Foreign, false));
    assert_eq!((of("manifest.json").origin, of("manifest.json").searched), (Origin::Made, true));
    let text = fs::read_to_string(report).expect("the report is there");
    assert_eq!(text.matches("hyoka が作ったものではありません").count(), 2, "{text}");
    assert_eq!(text.matches("開いて調べられません").count(), 1, "{text}");
}

#[test]
fn somebodys_file_in_a_public_folder_that_holds_what_is_withheld_stops_the_build() {
    let (_folder, root, out) = public();
    put(&out.join("控え.txt"), "秘密の回線番号は控えておく。");
    let before = files(&out);
    let refused = public_build(&root, &out).expect_err("it must not be handed out").to_string();
    assert!(refused.contains("公表してはならない文言"), "{refused}");
    assert!(files(&out) == before);
    let report = fs::read_to_string(out.with_file_name("build-public-withheld.json")).expect("the report is there");
    assert!(report.contains("控え.txt") && !report.contains("秘密の回線番号"), "{report}");
}

#[test]
fn a_report_takes_no_place_of_somebodys_file() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build-public"));
    let report = folder.path().join("build-public-withheld.html");
    put(&report, "人のページ");
    let refused = public_build(&root, &out).expect_err("it is somebody's").to_string();
    assert!(refused.contains("build-public-withheld.html") && !out.exists(), "{refused}");
    assert_eq!(fs::read_to_string(&report).ok().as_deref(), Some("人のページ"));
    fs::remove_file(&report).expect("it can be removed");
    for _ in 0..2 {
        public_build(&root, &out).expect("the report is ours");
    }
}

#[test]
fn checklists_do_not_go_out_where_they_are_built() {
    let folder = workspace();
    let root = folder.path().join("town");
    let output = hyoka(&root, &["checklist", "export", "-o", "build"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(!root.join("build").exists());
}

#[test]
fn a_checklist_is_replaced_only_as_it_went_out() {
    let folder = workspace();
    let root = folder.path().join("town");
    let export = || hyoka(&root, &["checklist", "export", "-o", "送付"]);
    succeeds(&export());
    let file = root.join("送付/hikari-denshi-checklist.xlsx");
    let first = fs::read(&file).expect("it went out");
    put(&root.join("送付/送り状.txt"), "課あて");
    let checklist = "content/municipalities/hikari/checklists/denshi.toml";
    rewrite(&root, checklist, "title = \"", "title = \"新たな");
    let output = export();
    succeeds(&output);
    assert!(said(&output).contains("送り状.txt"), "{}", said(&output));
    let second = fs::read(&file).expect("it went out");
    assert!(second != first, "nobody filled it in");
    put(&file, "記入済み");
    let output = export();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("記入済み"), "{}", said(&output));
    assert_eq!(fs::read_to_string(&file).ok().as_deref(), Some("記入済み"));
}

#[test]
fn schemas_replace_only_schemas() {
    let folder = town_copy();
    let root = folder.path().join("town");
    succeeds(&hyoka(&root, &["schema"]));
    let all = files(&root.join("schemas"));
    put(&root.join("schemas/own.schema.json"), "{}");
    rewrite(&root, "schemas/case.schema.json", "\"type\"", "\"kind\"");
    let output = hyoka(&root, &["schema"]);
    succeeds(&output);
    assert!(said(&output).contains("own.schema.json"), "{}", said(&output));
    let mut after = files(&root.join("schemas"));
    assert_eq!(after.remove("own.schema.json").as_deref(), Some(&b"{}"[..]));
    assert!(after == all, "an older schema was replaced");
    put(&root.join("schemas/case.schema.json"), "人のメモ");
    let before = files(&root.join("schemas"));
    let output = hyoka(&root, &["schema"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(files(&root.join("schemas")) == before);
}

/// Runs the program where no file may grow: what a full disk does to it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let folder = workspace();
    let root = folder.path().join("town");
    succeeds(&hyoka(&root, &["build"]));
    succeeds(&hyoka(&root, &["freeze", "hikari", "zei", "--edition", "first"]));
    rewrite(&root, "content/assessments/zei/system/core.md", "賦課と収納", "賦課と収納と証明");
    let before = files(folder.path());
    let refused = |arguments: &str| {
        let script = format!("trap '' XFSZ; ulimit -f 0; exec \"$0\" {arguments}");
        let output = Command::new("sh").current_dir(&root).args(["-c", &script, env!("CARGO_BIN_EXE_hyoka")]).output();
        let output = output.expect("the shell starts");
        assert_eq!(output.status.code(), Some(2), "{arguments}: {}", said(&output));
        assert!(said(&output).contains("書き込めません"), "{arguments}: {}", said(&output));
        assert!(said(&output).contains("大きさの上限"), "{arguments}: {}", said(&output));
        assert!(!said(&output).contains(".hyoka-"), "the place is named as people know it: {}", said(&output));
    };
    refused("mark --since first --change cloud");
    assert!(files(folder.path()) == before, "marks");
    succeeds(&hyoka(&root, &["mark", "--since", "first", "--change", "cloud"]));
    let before = files(folder.path());
    let commands = [
        "build",
        "build --out new",
        "build --emit-typst typst",
        "checklist export -o 送付",
        "schema",
        "accept hikari zei --edition second",
        "freeze hikari denshi --edition first",
    ];
    for arguments in commands {
        refused(arguments);
        let after = files(folder.path());
        let differing: Vec<_> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
        assert!(after == before, "{arguments}: {differing:?}");
    }
}

/// As somebody who may not write there.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_written_is_said_so() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let folder = town_copy();
    let root = folder.path().join("town");
    let close = |mode: u32| {
        for path in [folder.path(), &root] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("the rights can be changed");
        }
    };
    // A copy of the program where everybody reaches it.
    let reachable = tempfile::tempdir().expect("the system has a temporary folder");
    fs::set_permissions(reachable.path(), fs::Permissions::from_mode(0o755)).expect("the rights can be changed");
    let program = reachable.path().join("hyoka");
    fs::copy(env!("CARGO_BIN_EXE_hyoka"), &program).expect("the program can be copied");
    close(0o555);
    let mut command = Command::new(&program);
    command.current_dir(&root).args(["build", "hikari", "zei", "change-summary"]);
    // Who may write everywhere runs it as somebody who may not.
    if fs::write(root.join("try"), "").is_ok() {
        fs::remove_file(root.join("try")).expect("it was written");
        command.uid(65534).gid(65534);
    }
    let output = command.output();
    close(0o755);
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("許可がない"), "{}", said(&output));
    assert!(!root.join("build").exists());
}

/// A build with nothing to do reads no file that it knows by its times; a file that was changed under the same size and time it finds.
#[cfg(unix)]
#[test]
fn a_changed_file_is_found_whatever_time_it_says() {
    let folder = town_copy();
    let (root, out) = (folder.path().join("town"), folder.path().join("build"));
    build_all(&root, &out);
    std::thread::sleep(std::time::Duration::from_millis(300));
    let idle = build_all(&root, &out);
    assert!(idle.made == 0 && idle.notes.foreign.is_empty(), "{:?}", idle.notes);
    let notes = out.join(".seen.json").exists();
    assert_eq!(notes, !hyoka::system::is_portable(), "what was read is noted where the system has a time of change");
    let idle = build_all(&root, &out);
    assert!(idle.made == 0 && idle.notes.foreign.is_empty(), "{:?}", idle.notes);
    let page = out.join("hikari/zei/change-summary.html");
    let time = page.metadata().and_then(|data| data.modified()).expect("a file has a time");
    let whole = fs::read(&page).expect("it was built");
    let mut other = whole.clone();
    other[9] ^= 1;
    fs::write(&page, &other).expect("a file can be written");
    let file = fs::File::options().write(true).open(&page).expect("it is there");
    file.set_modified(time).expect("it is ours");
    drop(file);
    let mended = build_all(&root, &out);
    assert_eq!(mended.made, 1, "the document is made again");
    assert_eq!(mended.notes.aside.len(), 1, "what somebody wrote is kept aside: {:?}", mended.notes);
    assert_eq!(fs::read(&page).expect("it was built"), whole);
}
