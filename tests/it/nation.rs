//! Many municipalities: the cities that loads are made of, and runs that several machines share.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hyoka::Error;
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::press::{Look, Order, Quiet, build, join_manifests};
use hyoka::session::{Session, Shard, Wanted};
use hyoka::write::Notes;

use crate::support::{build_all, files, manifest};

#[path = "../../examples/towns/nation.rs"]
mod towns;

use towns::{City, MOST};

/// All that is wrong with a workspace, as a person reads it.
fn said(session: &Session) -> String {
    let findings = session.check(&Wanted::default()).expect("the workspace can be read");
    render(&findings.diagnostics, &findings.sources, Lang::Ja, Tone::Plain)
}

#[test]
fn ten_cities_are_without_mistakes_and_the_same_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    towns::write(&one, 0..10);
    towns::write(&other, 0..10);
    assert_eq!(said(&Session::open(&one).unwrap()), "");
    assert_eq!(files(&one), files(&other));
}

#[test]
fn no_two_cities_share_a_name_a_folder_or_a_code() {
    let cities: Vec<City> = (0..MOST).map(City::of).collect();
    const { assert!(MOST >= 1_788, "there are names for all municipalities of Japan") };
    let count = |of: fn(&City) -> String| cities.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!([count(|city| city.name.clone()), count(|city| city.slug.clone()), count(City::code)], [MOST; 3]);
}

#[test]
fn the_parts_of_a_nation_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    towns::write(folder.path(), 0..10);
    // What cannot be read has no code, but a place in one of the parts.
    let broken = format!("content/municipalities/{}/municipality.toml", City::of(3).slug);
    std::fs::write(folder.path().join(broken), "name = ").unwrap();
    let session = Session::open(folder.path()).unwrap();
    let all = session.wanted(&Wanted::default()).unwrap();
    let mut joined = Vec::new();
    for number in 1..=4 {
        let shard: Shard = format!("{number}/4").parse().unwrap();
        let part = session.sharded(all.clone(), shard).unwrap();
        for reach in &part {
            let city = (0..10).map(City::of).find(|city| city.slug == reach.municipality).unwrap();
            let key = if city == City::of(3) { city.slug.clone() } else { city.code() };
            assert!(shard.has(&key), "{} is in part {shard}", city.slug);
        }
        assert!(part.len() < all.len());
        joined.extend(part.into_iter().map(|reach| reach.municipality));
    }
    joined.sort();
    assert_eq!(joined, all.into_iter().map(|reach| reach.municipality).collect::<Vec<_>>());
}

/// Builds one part of so many into a folder of its own.
fn build_part(root: &Path, (number, of): (u32, u32), folder: &Path) {
    let shard = Some(format!("{number}/{of}").parse().expect("a part that there is"));
    let outcome = build(root, folder, &Order { shard, ..Order::default() }, &Quiet);
    let outcome = outcome.expect("a temporary folder can be written");
    assert!(outcome.diagnostics.is_empty());
}

#[test]
fn what_several_machines_build_is_what_one_builds() {
    let folder = tempfile::tempdir().unwrap();
    let here = |name: &str| folder.path().join(name);
    let root = here("work");
    towns::write(&root, 0..3);
    build_all(&root, &here("whole"));
    let whole = fs::read(here("whole/manifest.json")).unwrap();

    // More parts than cities: some hold nothing, and say so.
    let parts: Vec<PathBuf> = (1..=5).map(|number| here(&format!("part-{number}"))).collect();
    for (part, number) in parts.iter().zip(1..) {
        build_part(&root, (number, 5), part);
        assert!(part.join("manifest.json").is_file(), "part {number} has run");
    }
    let is_document = |path: &str| path.contains('/') && !path.ends_with(".stamp.json");
    let documents = |part: &Path| files(part).into_iter().filter(|(path, _)| is_document(path)).collect::<Vec<_>>();
    assert!(parts.iter().any(|part| documents(part).is_empty()), "some part holds nothing");
    let mut made: Vec<_> = parts.iter().flat_map(|part| documents(part)).collect();
    made.sort();
    assert_eq!(made, documents(&here("whole")));

    let joined = here("joined.json");
    let count = join_manifests(&joined, &parts, Look::Files).unwrap();
    assert_eq!((count, fs::read(&joined).unwrap()), (made.len(), whole.clone()));
    // In another order, twice the same, over an earlier one: no difference.
    let again: Vec<PathBuf> = parts.iter().rev().chain(&parts).map(|part| part.join("manifest.json")).collect();
    fs::write(&joined, fs::read(parts[0].join("manifest.json")).unwrap()).unwrap();
    join_manifests(&joined, &again, Look::Files).unwrap();
    assert_eq!(fs::read(&joined).unwrap(), whole);
    // A second run of a part makes nothing anew, and takes nothing away.
    let before = files(&parts[0]);
    build_part(&root, (1, 5), &parts[0]);
    assert_eq!(files(&parts[0]), before);
}

#[test]
fn each_municipality_is_remembered_beside_its_documents() {
    let folder = tempfile::tempdir().unwrap();
    let (root, out) = (folder.path().join("work"), folder.path().join("out"));
    towns::write(&root, 0..3);
    let [one, other, gone] = [0, 1, 2].map(|number| City::of(number).slug);
    let checklists = Wanted { document: Some("checklist".into()), ..Wanted::default() };
    let order = |wanted: &Wanted| {
        let made = build(&root, &out, &Order { wanted: wanted.clone(), ..Order::default() }, &Quiet);
        let made = made.expect("a temporary folder can be written");
        assert!(made.notes == Notes::default(), "nothing in it is somebody's: {:?}", made.notes);
        (made.made, made.kept)
    };
    assert_eq!(order(&checklists), (3, 0));
    let before = files(&out);
    assert!([&one, &other, &gone].iter().all(|slug| before.contains_key(&format!("{slug}/.stamp.json"))));
    assert_eq!(order(&checklists), (0, 3));

    // Another document of one: nothing of the others is written, and the manifest has all.
    let summary = Wanted {
        municipality: Some(one.as_str().into()),
        document: Some("change-summary".into()),
        ..Wanted::default()
    };
    assert_eq!(order(&summary), (1, 0));
    let after = files(&out);
    let stays = |path: &str| !path.starts_with(&one) && path.contains('/');
    let of = |files: &BTreeMap<String, Vec<u8>>| -> Vec<(String, Vec<u8>)> {
        files.iter().filter(|(path, _)| stays(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert!(of(&before) == of(&after), "the others are as they were");
    let listed = |out: &Path| manifest(out).iter().map(|entry| entry["municipality"].clone()).collect::<Vec<_>>();
    assert_eq!(listed(&out).len(), 5, "three checklists, and two files of a summary");
    assert_eq!(order(&checklists), (0, 3), "and they are still known");

    // One that is no more goes with all that was remembered of it; but not where something else was asked for.
    fs::remove_dir_all(root.join("content/municipalities").join(&gone)).unwrap();
    let is_there = |what: &str| out.join(&gone).join(what).exists();
    fs::remove_file(out.join(&one).join("zei/change-summary.html")).unwrap();
    assert_eq!(order(&summary), (1, 0));
    assert!(is_there(".stamp.json") && listed(&out).contains(&gone.as_str().into()));
    fs::remove_file(out.join(&one).join("kessai/checklist.xlsx")).unwrap();
    assert_eq!(order(&checklists), (1, 1));
    assert!(!out.join(&gone).exists() && !listed(&out).contains(&gone.as_str().into()));

    // What lies in a folder of documents is a part of it, and no folder to build into.
    let inside = out.join(&one);
    let refused = build(&root, &inside, &Order::default(), &Quiet).expect_err("it holds documents of another build");
    assert!(matches!(&refused, Error::NotOurs { .. }), "{refused}");
}

#[test]
fn parts_that_do_not_fit_together_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = |name: &str| folder.path().join(name);
    let put = |name: &str, text: &str| {
        fs::create_dir_all(here(name).parent().unwrap()).unwrap();
        fs::write(here(name), text).unwrap();
    };
    let entry = |path: &str, sha256: &str| {
        format!(
            r#"{{"path": "{path}", "municipality": "a", "case": "b", "title": "c", "kind": "assessment", "format": "html",
               "view": "clean", "audience": "public", "source": [], "pages": null, "sha256": "{sha256}"}}"#
        )
    };
    let one = |entry: &str| format!(r#"{{"documents": [{entry}]}}"#);
    let (a, b) = (hyoka::source::sha256(b"a"), hyoka::source::sha256(b"b"));
    put("one/x.html", "a");
    put("one/manifest.json", &one(&entry("x.html", &a)));
    let out = here("out.json");
    let join = |parts: &[&str], look: Look| {
        let parts: Vec<PathBuf> = parts.iter().map(|part| here(part)).collect();
        join_manifests(&out, &parts, look)
    };
    assert_eq!(join(&["one"], Look::Files).unwrap(), 1);

    put("two/manifest.json", &one(&entry("x.html", &b)));
    let refused = join(&["one", "two"], Look::ManifestsOnly).unwrap_err();
    assert!(matches!(&refused, Error::ManifestsDiffer { file, .. } if file == "x.html"), "{refused}");
    let refused = join(&["two"], Look::Files).unwrap_err();
    assert!(matches!(&refused, Error::Read { path, .. } if *path == here("two/x.html")), "{refused}");
    put("two/x.html", "a");
    let refused = join(&["two"], Look::Files).unwrap_err();
    assert!(matches!(&refused, Error::FileDiffers { path } if *path == here("two/x.html")), "{refused}");
    let refused = join(&["one", "three"], Look::ManifestsOnly).unwrap_err();
    assert!(matches!(&refused, Error::Read { path, .. } if *path == here("three")), "{refused}");
    for text in ["", "{}", "[1]", &one("{}"), r#"{"documents": [], "more": 1}"#, &one(&entry("../x.html", &a))] {
        put("four/manifest.json", text);
        let refused = join(&["four"], Look::Files).unwrap_err();
        assert!(matches!(&refused, Error::NoManifest { .. }), "{text}: {refused}");
    }
    let unknown = entry("x.html", &a).replace("\"pages\": null", "\"pages\": null, \"colour\": \"red\"");
    put("four/manifest.json", &one(&unknown));
    assert!(
        matches!(join(&["four"], Look::ManifestsOnly), Err(Error::NoManifest { .. })),
        "nothing is lost in silence"
    );

    // Nobody's file is overwritten, and no manifest of a folder that a build made.
    put("out.json", "memo");
    assert!(matches!(join(&["one"], Look::Files), Err(Error::Exists { .. })));
    assert_eq!(fs::read_to_string(&out).unwrap(), "memo");
    put("one/.stamp.json", "{}");
    let built = here("one/manifest.json");
    assert!(matches!(join_manifests(&built, &[here("two")], Look::ManifestsOnly), Err(Error::Exists { .. })));
}

#[test]
fn the_command_line_joins_and_says_what_a_part_is() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
        command.current_dir(folder.path()).args(arguments).output().expect("the program starts")
    };
    fs::create_dir(folder.path().join("part")).unwrap();
    fs::write(folder.path().join("part/manifest.json"), r#"{"documents": []}"#).unwrap();
    let output = run(&["manifest", "join", "all.json", "part"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_to_string(folder.path().join("all.json")).unwrap(), "{\n  \"documents\": []\n}\n");
    for wrong in ["0/3", "4/3", "3"] {
        let output = run(&["build", "--shard", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(wrong), "{wrong}");
    }
}
