//! The measures of a checklist: in the tree, written as items are, added, put in another order, removed.

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::Clerk;
use crate::returned::{CHECKLIST, workspace};

const FORM: &str = "checklist/";

fn measure(clerk: &Clerk, id: &str) -> Json {
    let said = clerk.get(&format!("/api/item?town=hikari&case=denshi&form=checklist/&path={id}"));
    assert_eq!(said.status, 200, "{id}");
    said.json()
}

fn edit(clerk: &Clerk, id: &str, written: &str) -> Json {
    let layer = &measure(clerk, id)["layers"][0];
    json!({
        "town": "hikari", "case": "denshi", "form": FORM, "path": id, "layer": layer["path"], "hash": layer["hash"],
        "written": written,
    })
}

fn listed(clerk: &Clerk) -> Json {
    clerk.get("/api/group?town=hikari&case=denshi&form=checklist/&section=town&group=@measures").json()
}

fn ids(clerk: &Clerk) -> Vec<String> {
    let records = listed(clerk)["layers"][0]["records"].as_array().expect("a list").clone();
    records.iter().map(|record| record["id"].as_str().expect("an id").to_owned()).collect()
}

fn ask(clerk: &Clerk, then: &Json) -> super::Said {
    let mut asked = json!({
        "town": "hikari", "case": "denshi", "section": "town", "hash": listed(clerk)["layers"][0]["hash"],
    });
    asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
    clerk.post("/api/measure", &asked)
}

#[test]
fn a_measure_is_found_read_written_and_taken_back_as_an_item() {
    let clerk = Clerk::on(workspace(), Mode::ReadWrite);
    let tree = clerk.get("/api/town?town=hikari").json();
    let case =
        tree["cases"].as_array().expect("a list").iter().find(|case| case["id"] == "denshi").expect("it is there");
    let form = case["forms"].as_array().expect("a list").iter().find(|form| form["prefix"] == FORM).expect("a form");
    let nodes = form["chapters"][0]["nodes"].as_array().expect("a list");
    assert_eq!((&nodes[0]["group"], &nodes[0]["count"]), (&json!("@measures"), &json!(4)), "{form}");
    assert_eq!((&nodes[2]["path"], &nodes[2]["changes"]), (&json!("ds-02"), &json!(["portal"])), "{form}");
    let one = measure(&clerk, "ds-02");
    assert_eq!(one["layers"][0]["written"], "操作の記録を残{++し、毎月点検す++}{>>portal<<}る。");
    assert_eq!(
        (&one["shown"], &one["marks"][0]["change"]),
        (&json!("操作の記録を残し、毎月点検する。"), &json!("portal"))
    );
    // What is typed is judged at its measure, and nothing is written.
    let before = clerk.text(CHECKLIST);
    let draft = json!({
        "town": "hikari", "case": "denshi", "form": FORM, "view": "clean", "edits": [edit(&clerk, "ds-01", "{{nobody}}を限る。")],
    });
    let found = clerk.post("/api/check", &draft).json();
    let at =
        found["list"].as_array().expect("a list").iter().find(|one| one["item"] == json!(["denshi", FORM, "ds-01"]));
    assert_eq!(at.map(|one| &one["within"][0]), Some(&json!(0)), "{found}");
    assert_eq!(clerk.text(CHECKLIST), before);
    // One stretch of the file is another.
    let said = clerk.post("/api/save", &edit(&clerk, "ds-01", "{{own}}の職員に限る。"));
    assert_eq!(said.status, 200, "{}", said.json());
    assert_eq!(
        clerk.text(CHECKLIST),
        before.replace("{{own}}の職員のうち、閲覧できる者を限る。", "{{own}}の職員に限る。")
    );
    assert_eq!(said.json()["hash"], measure(&clerk, "ds-01")["layers"][0]["hash"]);
    // Who has seen it before that is told.
    let mut late = edit(&clerk, "ds-01", "限る。");
    late["hash"] = one["layers"][0]["hash"].clone();
    assert_eq!(clerk.post("/api/save", &late).json()["theirs"]["written"], "{{own}}の職員に限る。");
    assert_eq!(clerk.post("/api/save", &edit(&clerk, "ds-01", " ")).json()["words"], "no-measure");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert_eq!(clerk.text(CHECKLIST), before);
    // A mark is taken back.
    let mark = &one["marks"][0];
    let place = json!({ "path": mark["path"], "at": mark["at"], "seen": mark["seen"] });
    let asked = json!({ "town": "hikari", "case": "denshi", "marks": [place], "change": null, "name": "ds-02" });
    assert_eq!(clerk.post("/api/unmark", &asked).status, 200);
    assert_eq!(clerk.text(CHECKLIST), before.replace("残{++し、毎月点検す++}{>>portal<<}る", "残る"));
}

#[test]
fn a_measure_says_a_shared_text_or_words_of_its_own() {
    let clerk = Clerk::on(workspace(), Mode::ReadWrite);
    let before = clerk.text(CHECKLIST);
    let shared = measure(&clerk, "dv-01");
    assert_eq!(shared["layers"][0]["written"], Json::Null);
    let fragment = &shared["fragments"][0];
    let uses = fragment["uses"].as_array().expect("a list");
    assert!(uses.iter().any(|used| used["form"] == FORM && used["path"] == "dv-01"), "{fragment}");
    assert_eq!(clerk.post("/api/save", &edit(&clerk, "dv-01", "受託者も点検する。")).status, 200);
    assert_eq!(measure(&clerk, "dv-01")["shown"], "受託者も点検する。");
    assert_eq!(clerk.post("/api/save", &edit(&clerk, "dv-01", "")).status, 200);
    assert_eq!(clerk.text(CHECKLIST), before, "back to the shared text");
}

#[test]
fn a_measure_is_added_moved_said_of_what_kind_it_is_and_removed() {
    let clerk = Clerk::on(workspace(), Mode::ReadWrite);
    let before = clerk.text(CHECKLIST);
    let add = |id: &str, text: &str| json!({ "then": "add", "id": id, "text": text, "category": "運用上", "standing": "新規" });
    let word = |then: &Json| ask(&clerk, then).json()["words"].clone();
    assert_eq!(word(&add("対策", "記録する。")), "id");
    assert_eq!(word(&add("dv-01", "記録する。")), "measure-taken");
    assert_eq!(word(&add("ds-05", " ")), "no-measure");
    assert_eq!(ask(&clerk, &json!({ "then": "remove", "id": "ds-09" })).status, 404);
    assert_eq!(clerk.text(CHECKLIST), before);
    assert_eq!(ask(&clerk, &add("ds-05", "閲覧を記録する。")).status, 200);
    assert_eq!(ids(&clerk), ["ds-01", "ds-02", "ds-03", "ds-04", "ds-05"]);
    let new =
        "[[sheet.measure]]\nid = \"ds-05\"\ncategory = \"運用上\"\ntext = \"閲覧を記録する。\"\nstate = \"新規\"\n";
    assert!(clerk.text(CHECKLIST).contains(new));
    let set =
        json!({ "then": "set", "id": "ds-05", "category": "システム上", "standing": "新規", "item": "basic/storage" });
    assert_eq!(ask(&clerk, &set).status, 200);
    assert_eq!(listed(&clerk)["layers"][0]["records"][4]["item"], "basic/storage");
    assert_eq!(ask(&clerk, &json!({ "then": "move", "id": "ds-05", "to": 0 })).status, 200);
    assert_eq!(ids(&clerk), ["ds-05", "ds-01", "ds-02", "ds-03", "ds-04"]);
    assert_eq!(clerk.get("/api/findings?town=hikari").json()["errors"], 0);
    assert_eq!(ask(&clerk, &json!({ "then": "remove", "id": "ds-05" })).status, 200);
    assert_eq!(ids(&clerk), ["ds-01", "ds-02", "ds-03", "ds-04"]);
    // What somebody else saw before is told, and every step is taken back.
    let late =
        json!({ "town": "hikari", "case": "denshi", "section": "town", "hash": "x", "then": "remove", "id": "ds-01" });
    assert_eq!(clerk.post("/api/measure", &late).status, 409);
    for _ in 0..4 {
        assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    }
    assert_eq!(clerk.text(CHECKLIST), before);
    // With an edition, what it holds is not removed in silence.
    let freeze = json!({ "town": "hikari", "case": "denshi", "finish": "freeze", "id": "first", "title": "付議した内容", "then": "write" });
    assert_eq!(clerk.post("/api/finish", &freeze).json()["refused"], false);
    assert_eq!(word(&json!({ "then": "remove", "id": "ds-01" })), "measure-published");
    let mut asked = edit(&clerk, "ds-01", "{{own}}の職員のうち、閲覧できる者を毎年見直す。");
    asked["change"] = json!("portal");
    let said = clerk.post("/api/save", &asked);
    assert_eq!((said.status, &said.json()["by_hand"]), (200, &json!([])), "{}", said.json());
    assert!(
        clerk.text(CHECKLIST).contains("{>>portal<<}") && measure(&clerk, "ds-01")["marks"][0]["change"] == "portal"
    );
    let read_only = Clerk::on(workspace(), Mode::ReadOnly);
    assert_eq!(ask(&read_only, &json!({ "then": "remove", "id": "ds-01" })).status, 403);
}
