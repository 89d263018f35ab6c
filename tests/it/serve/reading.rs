//! What a browser reads: tree, items, search, pages, mistakes, news.

use std::fs;
use std::io::{BufRead, BufReader};

use serde_json::{Value as Json, json};

use hyoka::serve::Mode;

use super::{BASIC, CLOUD, Clerk};
use crate::support::{files, town_copy};

#[test]
fn the_tree_shows_each_item_with_its_state() {
    let clerk = Clerk::new();
    let desk = clerk.get("/api/desk").json();
    assert_eq!(desk["towns"], json!([{ "slug": "hikari", "name": "ひかり町" }]));
    let tree = clerk.get("/api/town?town=hikari").json();
    let form = &tree["cases"][0]["forms"][0];
    let nodes: Vec<&Json> = form["chapters"]
        .as_array()
        .expect("chapters")
        .iter()
        .flat_map(|chapter| chapter["nodes"].as_array().expect("nodes"))
        .collect();
    let node =
        |path: &str| *nodes.iter().find(|node| node["path"] == path).unwrap_or_else(|| panic!("{path}: {nodes:?}"));
    assert_eq!(node("basic/work-content")["changes"], json!(["new-system"]));
    assert_eq!(node("basic/work-name")["changes"], json!([]));
    assert_eq!(node("basic/work-name")["blank"], false);
    assert_eq!(node("basic/note")["blank"], true);
    assert_eq!(node("basic/work-content")["review"], "open");
    // A number in the cell of a choice and the title of a record are items too.
    assert_eq!(node("basic/system-count")["row"], "basic/work-persons");
    assert_eq!(node("basic/system/core/system-name")["row"], "basic/system/core");
    assert_eq!((&node("work/fuka")["figure"], &node("work/fuka")["row"]), (&json!(true), &json!("work/fuka/figure")));
    assert_eq!(tree["cases"][0]["changes"][0]["id"], "new-system");
}

#[test]
fn an_item_comes_with_its_options_its_layers_and_the_shared_texts_it_uses() {
    let clerk = Clerk::new();
    let choice = clerk.item("basic/work-persons");
    assert_eq!((&choice["kind"], &choice["half"]), (&json!("choice"), &json!("value")));
    assert_eq!(choice["options"][2], "1万人以上10万人未満");
    assert_eq!(choice["layers"][0]["written"], "1万人以上10万人未満");
    assert_eq!((&choice["layers"][0]["owner"], &choice["layers"][1]["owner"]), (&json!("shared"), &json!("own")));
    assert_eq!(choice["layers"][1]["written"], Json::Null);
    let text = clerk.item("basic/work-content");
    assert_eq!(text["terms"], json!({ "own": "本町" }));
    assert!(text["layers"][0]["written"].as_str().expect("a text").starts_with("{{own}}は、"));
    assert!(text["shown"].as_str().expect("a text").starts_with("本町は、"));
    let storage = clerk.item("basic/storage");
    let cloud = &storage["fragments"][0];
    assert_eq!((&cloud["id"], &cloud["layer"]["path"]), (&json!("cloud"), &json!(CLOUD)));
    assert_eq!(cloud["uses"][0]["path"], "basic/storage");
}

#[test]
fn words_ids_and_labels_are_found() {
    let clerk = Clerk::new();
    let find = |words: &str| clerk.get(&format!("/api/search?town=hikari&words={words}")).json()["found"].clone();
    let paths = |found: &Json| -> Vec<String> {
        let all = found.as_array().expect("a list").iter();
        all.map(|one| one["path"].as_str().expect("a path").to_owned()).collect()
    };
    // 賦課
    let found = find("%E8%B3%A6%E8%AA%B2");
    assert_eq!(paths(&found), ["basic/work-content", "basic/system/core/functions", "work/fuka"]);
    let excerpt: String =
        found[0]["excerpt"].as_array().expect("three parts").iter().filter_map(Json::as_str).collect();
    assert!(excerpt.contains("住民税を賦課し"), "{excerpt}");
    assert_eq!(found[0]["excerpt"][1], "賦課");
    assert!(paths(&find("work-persons")).contains(&"basic/work-persons".to_owned()));
    assert!(paths(&find("%E4%BF%9D%E7%AE%A1%E5%A0%B4%E6%89%80")).contains(&"basic/storage".to_owned()), "a label");
    assert_eq!(find("%EF%BC%91%E4%B8%87"), find("1%E4%B8%87"), "full width and half width are one");
    assert_eq!(find(""), json!([]));
}

#[test]
fn pages_show_what_is_typed_and_nothing_is_written() {
    let clerk = Clerk::new();
    let before = files(&clerk.root());
    let asked =
        |view: &str, edits: Json| json!({ "town": "hikari", "case": "zei", "form": "", "view": view, "edits": edits });
    let pages = |view: &str, edits: Json| {
        let said = clerk.post("/api/pages", &asked(view, edits));
        assert_eq!(said.status, 200, "{}", String::from_utf8_lossy(&said.body));
        said.json()
    };
    let clean = pages("clean", json!([]));
    let page = |told: &Json, number: usize| clerk.get(&format!("/api/page/{}/{number}", told["key"]));
    let svg = page(&clean, 1);
    assert_eq!((svg.status, svg.header("content-type")), (200, Some("image/svg+xml")));
    assert!(svg.body.starts_with(b"<svg"));
    let count = clean["sheets"].as_array().expect("pages").len();
    assert_eq!(page(&clean, count + 1).status, 404);
    // Each view is another, and what has not changed need not be sent again.
    let marked = pages("marked", json!([]));
    assert_eq!(pages("clean", json!([]))["key"], clean["key"]);
    let earlier = pages("before", json!([]));
    assert!(clean["key"] != marked["key"] && marked["key"] != earlier["key"]);
    // Two views are kept; the third is set again.
    assert_eq!((page(&clean, 1).status, page(&earlier, 1).status, page(&marked, 1).status), (200, 200, 404));
    assert_eq!(pages("clean", json!([]))["key"], clean["key"]);
    // Every row stands on a page, inside of it, the later not above the earlier.
    let places = clean["places"].as_array().expect("rows");
    let place = |path: &str| places.iter().find(|place| place[0] == path).unwrap_or_else(|| panic!("{path}"));
    let (name, content) = (place("basic/work-name"), place("basic/work-content"));
    let height = clean["sheets"][0][1].as_f64().expect("a height");
    let edge =
        |place: &Json, at: usize| (place[at].as_u64().expect("a page"), place[at + 1].as_f64().expect("a height"));
    assert!(edge(name, 1) < edge(name, 3) && edge(name, 3) <= edge(content, 1), "{name} {content}");
    assert!(places.iter().all(|place| (0.0..=height).contains(&edge(place, 1).1)));
    // What is typed moves what stands below it.
    let longer = "書き足した文である。\n\n".repeat(30);
    let edit = clerk.edit("basic/work-content", BASIC, &json!(longer));
    let draft = pages("clean", json!([edit]));
    let moved = draft["places"].as_array().expect("rows").iter().find(|place| place[0] == "basic/storage").cloned();
    assert!(edge(&moved.expect("it is there"), 1) > edge(place("basic/storage"), 1));
    // A half typed sentence takes no page away, and says what is wrong where it stands.
    let wrong = clerk.edit("basic/work-content", BASIC, &json!("{{no-such-term}}は、賦課する。"));
    assert!(pages("clean", json!([wrong]))["sheets"].as_array().is_some_and(|pages| !pages.is_empty()));
    let found = clerk.post("/api/check", &asked("clean", json!([wrong]))).json();
    let told = found["list"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["item"] == json!(["zei", "", "basic/work-content"]));
    let told = told.unwrap_or_else(|| panic!("{found}"));
    assert_eq!((&told["level"], &told["within"]), (&json!("error"), &json!([0, 16])));
    assert!(told["help"].as_str().is_some_and(|help| !help.is_empty()));
    assert!(files(&clerk.root()) == before, "nothing is written by looking");
}

#[test]
fn what_the_public_reads_is_another_page_and_is_told() {
    let clerk = Clerk::new();
    clerk.save("basic/work-content", BASIC, "台帳は、{!秘密の場所!}に置く。");
    let tree = clerk.get("/api/town?town=hikari").json();
    let nodes = tree["cases"][0]["forms"][0]["chapters"][0]["nodes"].as_array().expect("nodes").clone();
    let withheld: Vec<&str> =
        nodes.iter().filter(|node| node["withheld"] == true).filter_map(|node| node["path"].as_str()).collect();
    assert_eq!(withheld, ["basic/work-content"]);
    assert_eq!(clerk.item("basic/work-content")["withheld"], true);
    let key = |readers: &str| {
        let asked = json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean", "readers": readers });
        let said = clerk.post("/api/pages", &asked);
        assert_eq!(said.status, 200, "{}", String::from_utf8_lossy(&said.body));
        said.json()["key"].clone()
    };
    let page = |key: &Json| clerk.get(&format!("/api/page/{key}/1")).body;
    let (submission, public) = (key("submission"), key("public"));
    assert!(page(&submission) != page(&public));
    clerk.save("basic/work-content", BASIC, "台帳は、{!別の場所!}に置く。");
    assert!(page(&key("public")) == page(&public), "what is withheld moves nothing that the public sees");
    assert!(page(&key("submission")) != page(&submission));
}

#[test]
fn what_is_wrong_is_told_at_its_item() {
    let clerk = Clerk::new();
    assert_eq!(clerk.get("/api/findings?town=hikari").json()["errors"], 0);
    clerk.save("basic/work-name", BASIC, Json::Null);
    clerk.save("basic/work-persons", BASIC, "5人");
    let found = clerk.get("/api/findings?town=hikari").json();
    let at = |path: &str| {
        let all = found["list"].as_array().expect("a list").iter();
        all.filter(|one| one["item"] == json!(["zei", "", path])).count()
    };
    assert!(at("basic/work-name") >= 1, "a blank that must be filled: {found}");
    assert!(at("basic/work-persons") >= 1, "an option that is none: {found}");
}

#[test]
fn what_another_program_saves_is_told_at_once() {
    let clerk = Clerk::new();
    clerk.get("/api/town?town=hikari");
    let mut news = BufReader::new(clerk.open("GET", "/api/news", &[], b""));
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        news.read_line(&mut line).expect("the head comes");
    }
    let text = clerk.text(BASIC).replace("地方税法に基づき", "条例に基づき、");
    fs::write(clerk.root().join(BASIC), text).expect("it can be written");
    let told = loop {
        line.clear();
        assert!(news.read_line(&mut line).expect("news come") > 0, "the desk is open");
        if let Some(told) = line.strip_prefix("data: ") {
            break serde_json::from_str::<Json>(told).expect("news are JSON");
        }
    };
    assert_eq!((&told["paths"], &told["by"]), (&json!([BASIC]), &json!("")));
    assert!(clerk.item("basic/work-content")["shown"].as_str().expect("a text").contains("条例に基づき"));
    // A new shared text can be used at once.
    fs::write(
        clerk.root().join("content/fragments/new.md"),
        "+++\nid = \"new\"\ntitle = \"新しい文\"\n+++\n\n新しい共通文。\n",
    )
    .expect("it can be written");
    clerk.save("basic/note", BASIC, "{{> new}}");
    assert_eq!(clerk.item("basic/note")["shown"], "新しい共通文。");
    let who = loop {
        line.clear();
        assert!(news.read_line(&mut line).expect("news come") > 0);
        if line.contains("\"by\":\"clerk\"") {
            break line.clone();
        }
    };
    let who: Json = serde_json::from_str(who.trim_start_matches("data: ")).expect("news are JSON");
    assert_eq!(who["paths"], json!([BASIC]), "who wrote what is told to the others");
}

#[test]
fn a_search_tells_item_file_line_and_page_as_the_desk_finds_them() {
    let clerk = Clerk::new();
    let of_desk = clerk.get("/api/search?town=hikari&words=%E8%B3%A6%E8%AA%B2").json();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_hyoka"))
        .args(["search", "賦課", "hikari", "--json", "--root"])
        .arg(clerk.root())
        .output()
        .expect("the program can be run");
    let of_command: Json = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let list = |value: &Json| value["found"].as_array().expect("a list").clone();
    let (desk, command) = (list(&of_desk), list(&of_command));
    assert!(!desk.is_empty() && desk.len() == command.len());
    for (one, other) in desk.iter().zip(&command) {
        for key in ["case", "form", "path", "row", "name", "excerpt"] {
            assert_eq!(one[key], other[key], "{key}");
        }
        let excerpt = other["excerpt"].as_array();
        assert!(!other["pages"].as_array().expect("pages").is_empty(), "{other}");
        let Some(place) = other["place"].as_str() else { continue };
        let (file, line) = place.rsplit_once(':').expect("file and line");
        let text = clerk.text(file);
        let line = text.lines().nth(line.parse::<usize>().expect("a number") - 1).expect("the file has the line");
        if excerpt.is_some() && other["path"] == "basic/work-content" {
            assert!(line.contains("賦課"), "{line}");
        }
    }
}

#[test]
fn a_shared_text_says_where_all_municipalities_print_it() {
    let folder = crate::support::town_copy();
    let towns = folder.path().join("town/content/municipalities");
    crate::support::copy(&towns.join("hikari"), &towns.join("kaze"));
    let settings = fs::read_to_string(towns.join("kaze/municipality.toml")).expect("it is there");
    fs::write(towns.join("kaze/municipality.toml"), settings.replace("ひかり町", "かぜ町")).expect("it can be written");
    let clerk = Clerk::on(folder, hyoka::serve::Mode::ReadWrite);
    let told = clerk.get("/api/uses?town=hikari&words=cloud").json();
    assert_eq!(told["towns"][0]["name"], "かぜ町", "{told}");
    assert_eq!(told["towns"][0]["uses"][0]["path"], "basic/storage");
    assert_eq!(clerk.get("/api/uses?town=hikari&words=nothing").json()["towns"], json!([]));
}

/// That nobody uses what towns share is for nobody alone to say; what is a town's own is.
#[test]
fn a_shared_file_that_another_may_use_is_not_told_of() {
    let folder = town_copy();
    let spare = "+++\n+++\n\n## spare\n\n使わない。\n";
    for path in ["assessments/zei/spare.md", "municipalities/hikari/zei/own-spare.md"] {
        fs::write(folder.path().join("town/content").join(path), spare).expect("a file can be written");
    }
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    let findings = clerk.get("/api/findings?town=hikari").json();
    let list = findings["list"].as_array().expect("a list").iter();
    let unused: Vec<&str> = list.filter(|one| one["code"] == "H0336").filter_map(|one| one["path"].as_str()).collect();
    assert_eq!(unused, ["content/municipalities/hikari/zei/own-spare.md"]);
}
