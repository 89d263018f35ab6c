//! Which figures of 別添1 are printed and in which order: listed, added, begun, moved, taken out; what is published stays.

use std::fs;

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{Clerk, Said, frozen, two_towns};

const CASE: &str = "content/municipalities/hikari/zei/case.toml";
const OWN: &str = "content/municipalities/hikari/zei/flows";
const SHARED: &str = "content/assessments/zei/flows";

fn group(clerk: &Clerk) -> Json {
    clerk.get("/api/group?town=hikari&case=zei&form=&section=work&group=%40flow").json()
}

fn order(clerk: &Clerk, change: Option<&str>, then: Json) -> Said {
    let layer = &group(clerk)["layers"][0];
    let mut asked = json!({
        "town": "hikari", "case": "zei", "form": "", "section": "work", "group": "@flow", "layer": layer["path"],
        "hash": layer["hash"], "change": change,
    });
    asked.as_object_mut().expect("an object").extend(then.as_object().expect("an object").clone());
    clerk.post("/api/record", &asked)
}

fn add(id: &str, title: Option<&str>) -> Json {
    json!({ "then": "add", "id": id, "title": title })
}

fn done(clerk: &Clerk, change: Option<&str>, then: Json) -> Json {
    let said = order(clerk, change, then);
    assert_eq!(said.status, 200, "{}", said.json());
    said.json()
}

fn ids(clerk: &Clerk) -> Vec<String> {
    let told = group(clerk);
    let records = told["layers"][0]["records"].as_array().expect("a list").iter();
    records.map(|record| record["id"].as_str().expect("an id").to_owned()).collect()
}

/// What is wrong, in words.
fn errors(clerk: &Clerk) -> Vec<String> {
    let found = clerk.get("/api/findings?town=hikari").json();
    let list = found["list"].as_array().expect("a list").iter().filter(|one| one["level"] == "error");
    list.map(|one| format!("{} {}", one["code"], one["message"])).collect()
}

#[test]
fn figures_are_listed_begun_moved_and_taken_out() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    // The list says why it stands in this order.
    let commented = clerk.text(CASE).replace("flows = [\"fuka\"]", "flows = [\n  # 初めに\n  \"fuka\", # 賦課\n]");
    fs::write(clerk.root().join(CASE), &commented).expect("a file can be written");
    let before = clerk.content();
    let tree = clerk.get("/api/town?town=hikari").json();
    let chapters = tree["cases"][0]["forms"][0]["chapters"].as_array().expect("a list").iter();
    let work = chapters.into_iter().find(|chapter| chapter["id"] == "work").expect("a form prints figures");
    assert_eq!((&work["nodes"][0]["group"], &work["nodes"][0]["count"]), (&json!("@flow"), &json!(1)));
    let told = group(&clerk);
    assert_eq!(
        told["layers"][0]["records"],
        json!([{ "id": "fuka", "title": "賦課に関する事務", "state": null }]),
        "{told}"
    );
    let wrong = errors(&clerk);
    done(&clerk, None, add("shuno", Some(" 収納に関する事務 ")));
    assert_eq!(clerk.text(&format!("{OWN}/shuno.md")), "+++\ntitle = \"収納に関する事務\"\n+++\n");
    let listed = commented.replace("# 賦課\n", "# 賦課\n  \"shuno\",\n");
    assert_eq!(clerk.text(CASE), listed);
    let tree = clerk.get("/api/town?town=hikari").json().to_string();
    assert!(tree.contains("\"path\":\"work/shuno\""), "it can be drawn");
    // Nothing is written over, and ids lead nowhere else.
    for (then, status, words) in [
        (add("shuno", Some("二つ目")), 400, "id-listed"),
        (add("../x", Some("外")), 400, "id"),
        (add("図", Some("図")), 400, "id"),
        (add("x", Some(" ")), 400, "no-title"),
        (add("nobody", None), 404, ""),
        (json!({ "then": "remove", "id": "nobody" }), 404, ""),
    ] {
        let said = order(&clerk, None, then.clone());
        assert_eq!((said.status, &said.json()["words"]), (status, &json!(words)), "{then}");
    }
    done(&clerk, None, json!({ "then": "move", "id": "shuno", "to": 0 }));
    assert_eq!(ids(&clerk), ["shuno", "fuka"]);
    assert_eq!(
        clerk.text(CASE),
        commented.replace("[\n  # 初めに", "[\n  \"shuno\",\n  # 初めに"),
        "comments go with what they tell of"
    );
    let gone = done(&clerk, None, json!({ "then": "remove", "id": "shuno" }));
    assert_eq!(gone["gone"], json!([format!("{OWN}/shuno.md")]), "what nothing uses goes, and that is said");
    assert!(clerk.content() == before);
    assert_eq!(errors(&clerk), wrong);
    for step in ["図を一覧から外す（shuno）", "図の並べ替え（shuno）", "図の追加（shuno）"] {
        assert_eq!(clerk.post("/api/undo", &json!({})).json()["what"], step);
    }
    assert!(clerk.content() == before);
}

#[test]
fn a_figure_of_the_edition_is_not_taken_out_and_a_new_one_belongs_to_a_change() {
    // A figure that nobody lists.
    let folder = frozen();
    let root = folder.path().join("town");
    let drawn = fs::read_to_string(root.join(SHARED).join("fuka.md")).expect("it is there");
    fs::create_dir_all(root.join(OWN)).expect("a folder can be made");
    fs::write(root.join(OWN).join("tokusoku.md"), drawn.replace("賦課", "督促")).expect("it can be written");
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    let before = clerk.content();
    for change in [None, Some("cloud")] {
        let said = order(&clerk, change, json!({ "then": "remove", "id": "fuka" }));
        assert_eq!((said.status, &said.json()["words"]), (400, &json!("figure-published")));
    }
    assert_eq!(order(&clerk, Some("no-such"), add("shuno", Some("収納"))).status, 404);
    assert!(clerk.content() == before);
    let wrong = errors(&clerk);
    done(&clerk, Some("cloud"), json!({ "then": "add", "id": "shuno", "title": "収納", "owner": "shared" }));
    let text = "+++\ntitle = \"{++収納++}{>>cloud<<}\"\n+++\n";
    assert_eq!(clerk.text(&format!("{SHARED}/shuno.md")), text);
    assert_eq!(errors(&clerk), wrong, "the edition does not have it, and its mark says so");
    assert_eq!(group(&clerk)["layers"][0]["records"][1], json!({ "id": "shuno", "title": "収納", "state": "new" }));
    // Its title stands for all of it: what was not there is not printed before the changes, and is one row of their list.
    let rows =
        clerk.post("/api/changes", &json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean" })).json();
    let rows = rows["rows"].as_array().expect("a list").clone();
    let row = rows.iter().find(|row| row["row"] == "work/shuno/figure").expect("the figure is a changed row");
    assert_eq!(row["reasons"], json!(["クラウドの利用に伴う追記"]), "{row}");
    let figure = clerk.get("/api/figure?town=hikari&case=zei&form=&path=work/shuno").json();
    let marks = figure["marks"].as_array().expect("a list");
    assert_eq!((marks.len(), &marks[0]["whole"]), (1, &json!(true)), "{figure}");
    let mark = json!({ "path": marks[0]["path"], "at": marks[0]["at"], "seen": marks[0]["seen"] });
    let taken = json!({ "town": "hikari", "case": "zei", "marks": [mark], "change": "new-system", "name": "図" });
    assert_eq!(clerk.post("/api/unmark", &taken).status, 200);
    assert_eq!(clerk.text(&format!("{SHARED}/shuno.md")), text.replace("cloud", "new-system"));
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    // One that is there is marked where it differs from the edition.
    let told = group(&clerk);
    assert_eq!(told["names"]["tokusoku"], "督促に関する事務", "{told}");
    assert_eq!(order(&clerk, None, add("tokusoku", Some("別"))).json()["words"], "record-there");
    let said = done(&clerk, Some("cloud"), add("tokusoku", None));
    let marked = clerk.text(&format!("{OWN}/tokusoku.md"));
    assert!(marked.contains("title = \"{++督促に関する事務++}{>>cloud<<}\""), "{marked} {said}");
    assert_eq!(errors(&clerk), wrong, "{marked} {said}");
    assert_eq!(clerk.post("/api/undo", &json!({})).json()["what"], "図の追加（tokusoku）");
    assert_eq!(ids(&clerk), ["fuka", "shuno"]);
}

#[test]
fn a_figure_that_came_as_a_change_is_published_with_all_it_shows() {
    let folder = frozen();
    let root = folder.path().join("town");
    let drawn = fs::read_to_string(root.join(SHARED).join("fuka.md")).expect("it is there").replace("賦課", "督促");
    fs::create_dir_all(root.join(OWN)).expect("a folder can be made");
    fs::write(root.join(OWN).join("tokusoku.md"), &drawn).expect("it can be written");
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    done(&clerk, Some("cloud"), add("tokusoku", None));
    // What is drawn under the same change is new with it.
    let node = json!({ "label": "指定金融機関", "zone": "external", "column": "4", "row": "1" });
    let asked = json!({
        "town": "hikari", "case": "zei", "form": "", "path": "work/tokusoku", "layer": format!("{OWN}/tokusoku.md"),
        "hash": "", "change": "cloud", "then": "add", "table": "node", "said": node,
    });
    let said = clerk.post("/api/figure", &asked);
    assert_eq!(said.status, 200, "{}", said.json());
    let none: [&str; 0] = [];
    assert_eq!(errors(&clerk), none);
    let accept = json!({
        "town": "hikari", "case": "zei", "then": "write", "finish": "accept", "id": "second", "title": "公表",
        "changes": ["cloud"],
    });
    let said = clerk.post("/api/finish", &accept);
    assert_eq!((said.status, &said.json()["refused"]), (200, &json!(false)), "{}", said.json());
    let text = clerk.text(&format!("{OWN}/tokusoku.md"));
    assert!(text.contains("title = \"督促に関する事務\"\n") && !text.contains("cloud"), "{text}");
    assert_eq!(errors(&clerk), none);
    let said = order(&clerk, None, json!({ "then": "remove", "id": "tokusoku" }));
    assert_eq!(said.json()["words"], "figure-published", "now the edition has it");
}

#[test]
fn a_list_that_somebody_else_changed_is_told_and_a_desk_that_shows_writes_nothing() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let layer = group(&clerk)["layers"][0].clone();
    done(&clerk, None, add("shuno", Some("収納")));
    let stale = json!({
        "town": "hikari", "case": "zei", "form": "", "section": "work", "group": "@flow", "layer": layer["path"],
        "hash": layer["hash"], "then": "move", "id": "fuka", "to": 1,
    });
    let said = clerk.post("/api/record", &stale);
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("conflict")));
    assert_eq!(ids(&clerk), ["fuka", "shuno"]);
    let clerk = Clerk::on(frozen(), Mode::ReadOnly);
    assert_eq!(order(&clerk, None, add("shuno", Some("収納"))).status, 403);
}

#[test]
fn what_another_town_prints_stays() {
    let clerk = Clerk::on(two_towns(), Mode::ReadWrite);
    done(&clerk, None, json!({ "then": "add", "id": "shuno", "title": "収納", "owner": "shared" }));
    let theirs = "content/municipalities/minami/zei/case.toml";
    let text = clerk.text(theirs).replace("[\"fuka\"]", "[\"fuka\", \"shuno\"]");
    fs::write(clerk.root().join(theirs), text).expect("it can be written");
    let gone = done(&clerk, None, json!({ "then": "remove", "id": "shuno" }));
    assert_eq!(gone["gone"], json!([]), "another town draws it");
    assert!(clerk.root().join(SHARED).join("shuno.md").exists());
    assert_eq!(group(&clerk)["names"]["shuno"], "収納", "and it can be listed again");
    done(&clerk, None, add("shuno", None));
    assert_eq!(ids(&clerk), ["fuka", "shuno"]);
}
