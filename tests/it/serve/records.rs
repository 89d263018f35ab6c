//! The records of a repeat group: added, removed, put in another order; what is published goes only as a change.

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{BASIC, Clerk, OWN, Said, frozen, two_towns};

const FOLDER: &str = "content/assessments/zei/system";

fn group(clerk: &Clerk) -> Json {
    clerk.get("/api/group?town=hikari&case=zei&form=&section=basic&group=system").json()
}

fn order(clerk: &Clerk, layer: &str, change: Option<&str>, then: Json) -> Said {
    let told = group(clerk);
    let seen = told["layers"].as_array().expect("a list").iter().find(|known| known["path"] == layer);
    let mut asked = json!({
        "town": "hikari", "case": "zei", "form": "", "section": "basic", "group": "system", "layer": layer,
        "hash": seen.expect("the layer is there")["hash"], "change": change,
    });
    asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
    clerk.post("/api/record", &asked)
}

#[test]
fn a_record_is_added_moved_and_removed_again() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.content();
    let tree = clerk.get("/api/town?town=hikari").json();
    let nodes = tree["cases"][0]["forms"][0]["chapters"][0]["nodes"].as_array().expect("a list").clone();
    let at = nodes.iter().position(|node| node["group"] == "system").expect("the list is in the tree");
    assert_eq!((&nodes[at]["count"], &nodes[at + 1]["level"]), (&json!(2), &json!(3)), "before its first record");
    let told = group(&clerk);
    assert_eq!(
        told["layers"][0]["records"],
        json!([
            { "id": "core", "title": "税務システム", "state": null }, { "id": "portal", "title": "申告受付システム", "state": "new" },
        ])
    );
    let add = json!({ "then": "add", "id": "archive", "title": "文書保存システム" });
    assert_eq!(order(&clerk, BASIC, Some("cloud"), add.clone()).status, 200);
    let list = |members: &str| format!("system = [\"core\", \"{{++portal++}}{{>>new-system<<}}\"{members}]");
    assert!(clerk.text(BASIC).contains(&list(", \"{++archive++}{>>cloud<<}\"")), "{}", clerk.text(BASIC));
    assert_eq!(clerk.text(&format!("{FOLDER}/archive.md")), "+++\n[values]\nsystem-name = \"文書保存システム\"\n+++\n");
    assert_eq!(order(&clerk, BASIC, None, add).json()["words"], "id-listed");
    assert_eq!(order(&clerk, BASIC, None, json!({ "then": "move", "id": "archive", "to": 0 })).status, 200);
    assert!(clerk.text(BASIC).contains("system = [\"{++archive++}{>>cloud<<}\", \"core\","), "{}", clerk.text(BASIC));
    // Who only added it takes it away with its file, and each step can be taken back.
    assert_eq!(order(&clerk, BASIC, None, json!({ "then": "remove", "id": "archive" })).status, 200);
    assert!(clerk.content() == before);
    for _ in 0..3 {
        assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    }
    assert!(clerk.content() == before);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert!(clerk.root().join(format!("{FOLDER}/archive.md")).exists());
}

#[test]
fn what_is_published_goes_only_as_a_change() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.content();
    let remove = json!({ "then": "remove", "id": "core" });
    let said = order(&clerk, BASIC, None, remove.clone());
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("published")), "{}", said.json());
    assert!(clerk.content() == before);
    assert_eq!(order(&clerk, BASIC, Some("cloud"), remove.clone()).status, 200);
    assert!(clerk.text(BASIC).contains("system = [\"{--core--}{>>cloud<<}\", "), "{}", clerk.text(BASIC));
    assert!(clerk.root().join(format!("{FOLDER}/core.md")).exists(), "it is still printed as deleted");
    assert_eq!(
        clerk.get("/api/findings?town=hikari").json()["list"]
            .as_array()
            .map(|all| { all.iter().filter(|one| one["code"] == "H0365" || one["code"] == "H0366").count() }),
        Some(0),
        "nothing is undeclared"
    );
    assert_eq!(order(&clerk, BASIC, Some("cloud"), remove).json()["words"], "record-gone");
}

#[test]
fn a_town_lists_its_own_and_ids_lead_nowhere_else() {
    let clerk = Clerk::new();
    let shared = clerk.text(BASIC);
    let add = json!({ "then": "add", "id": "local", "title": "町のシステム" });
    assert_eq!(order(&clerk, OWN, None, add).status, 200);
    assert_eq!(
        clerk.text(OWN),
        "+++\n[values]\nsystem = [\"core\", \"{++portal++}{>>new-system<<}\", \"local\"]\n+++\n"
    );
    assert!(clerk.root().join("content/municipalities/hikari/zei/system/local.md").exists());
    assert_eq!(clerk.text(BASIC), shared);
    let before = clerk.content();
    for id in ["../x", "a/b", "", "大", "con", "."] {
        let said = order(&clerk, OWN, None, json!({ "then": "add", "id": id, "title": "x" }));
        assert_eq!((said.status, &said.json()["words"]), (400, &json!("id")), "{id}");
    }
    assert_eq!(
        order(&clerk, OWN, None, json!({ "then": "add", "id": "core", "title": "x" })).json()["words"],
        "id-listed"
    );
    assert_eq!(order(&clerk, OWN, None, json!({ "then": "add", "id": "nobody", "title": null })).status, 404);
    assert_eq!(order(&clerk, OWN, Some("no-such"), json!({ "then": "remove", "id": "local" })).status, 404);
    assert!(clerk.content() == before);
}

#[test]
fn what_another_town_still_lists_is_not_lost() {
    let clerk = Clerk::on(two_towns(), Mode::ReadWrite);
    assert_eq!(order(&clerk, OWN, None, json!({ "then": "add", "id": "local", "title": "町のシステム" })).status, 200);
    let before = clerk.content();
    assert_eq!(order(&clerk, OWN, None, json!({ "then": "remove", "id": "portal" })).status, 200);
    assert!(!clerk.text(OWN).contains("portal"));
    assert!(clerk.root().join(format!("{FOLDER}/portal.md")).exists(), "another town prints it");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before);
}

#[test]
fn files_of_a_case_are_added_moved_and_removed() {
    let folder = tempfile::tempdir().expect("the system has room");
    let root = folder.path().join("town");
    crate::support::copy(&crate::support::repository().join("tests/fixtures/city"), &root);
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    let case = "content/municipalities/aozora/zei/case.toml";
    let before = clerk.content();
    let text = clerk.text(case);
    let group = || clerk.get("/api/group?town=aozora&case=zei&form=&section=&group=%40file").json();
    let order = |then: Json| {
        let told = group();
        let layer = &told["layers"][0];
        let mut asked = json!({
            "town": "aozora", "case": "zei", "form": "", "section": "", "group": "@file", "layer": layer["path"],
            "hash": layer["hash"],
        });
        asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
        clerk.post("/api/record", &asked)
    };
    let ids = || -> Vec<Json> {
        let told = group();
        told["layers"][0]["records"].as_array().expect("a list").iter().map(|record| record["id"].clone()).collect()
    };
    let known = ids();
    let add = json!({ "then": "add", "id": "shuno", "title": "収納ファイル" });
    assert_eq!(order(add.clone()).status, 200);
    assert!(clerk.text(case).contains("[[file]]\nid = \"shuno\"\nname = \"収納ファイル\"\n"), "{}", clerk.text(case));
    assert_eq!(order(add).json()["words"], "id-listed");
    assert_eq!(order(json!({ "then": "add", "id": "x", "title": " " })).json()["words"], "no-title");
    // Its entries can be written, and go with it.
    let tree = clerk.get("/api/town?town=aozora").json();
    let zei = tree["cases"].as_array().expect("a list").iter().find(|case| case["id"] == "zei").expect("it is there");
    assert_eq!(zei["files"], known.len() + 1);
    assert!(tree.to_string().contains("file-overview/shuno/"), "its items are there");
    assert_eq!(order(json!({ "then": "move", "id": "shuno", "to": 0 })).status, 200);
    assert_eq!(ids()[0], "shuno");
    assert_eq!(order(json!({ "then": "remove", "id": "shuno" })).status, 200);
    assert_eq!(clerk.text(case), text);
    assert!(clerk.content() == before);
}
