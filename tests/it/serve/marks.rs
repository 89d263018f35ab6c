//! Marks taken back and given to another change; the list of changed rows.

use std::fs;

use hyoka::serve::Mode;
use serde_json::{Value as Json, json};

use super::{BASIC, Clerk, frozen};

const CORE: &str = "content/assessments/zei/system/core.md";

fn marks(clerk: &Clerk, path: &str) -> Vec<Json> {
    clerk.item(path)["marks"].as_array().expect("a list").clone()
}

fn asked(marks: &[Json], change: Option<&str>) -> Json {
    json!({ "town": "hikari", "case": "zei", "marks": marks, "change": change, "name": "項目" })
}

#[test]
fn a_mark_is_taken_back_to_the_byte() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.content();
    let text = clerk.text(BASIC);
    // Words added, a block added with its heading's text left, a value replaced.
    for (path, was, is) in [
        ("basic/work-content", "{++電子申告にも対応する。++}{>>new-system<<}", ""),
        ("basic/storage", "\n\n{++\n\n{{> cloud}}\n\n++}{>>cloud<<}", ""),
        ("basic/system-count", "\"{~~1~>2~~}{>>new-system<<}\"", "\"1\""),
    ] {
        let all = marks(&clerk, path);
        assert_eq!(all.len(), 1, "{path}: {all:?}");
        let said = clerk.post("/api/unmark", &asked(&all, None));
        assert_eq!(said.status, 200, "{path}: {}", said.json());
        assert_eq!(clerk.text(BASIC), text.replace(was, is), "{path}");
        assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
        assert!(clerk.content() == before, "{path}: it is one step");
    }
    // Words deleted and replaced stand again.
    for words in [
        "{--賦課と--}{>>cloud<<}収納を{~~管理する~>行う~~}{>>cloud<<}。",
        "{--\n\n賦課と収納を管理する。\n\n--}{>>cloud<<}",
    ] {
        clerk.save("basic/system/core/functions", CORE, words);
        let all = marks(&clerk, "basic/system/core/functions");
        assert_eq!(clerk.post("/api/unmark", &asked(&all, None)).status, 200, "{words}");
        assert!(
            clerk.text(CORE).ends_with("## functions\n\n賦課と収納を管理する。\n"),
            "{words}: {}",
            clerk.text(CORE)
        );
    }
    assert!(clerk.content() == before);
}

#[test]
fn a_record_that_was_added_goes_with_its_file_and_comes_again() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.content();
    let all = marks(&clerk, "basic/system/portal/functions");
    assert!(all.iter().any(|mark| mark["whole"] == true), "{all:?}");
    assert_eq!(clerk.post("/api/unmark", &asked(&all, None)).status, 200);
    assert!(clerk.text(BASIC).contains("system = [\"core\"]"), "{}", clerk.text(BASIC));
    assert!(!clerk.root().join("content/assessments/zei/system/portal.md").exists());
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before);
}

#[test]
fn a_mark_is_given_to_another_change() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let text = clerk.text(BASIC);
    for path in ["basic/work-content", "basic/system-count", "basic/system/portal/functions"] {
        let all = marks(&clerk, path);
        assert_eq!(clerk.post("/api/unmark", &asked(&all, Some("cloud"))).status, 200, "{path}");
        assert!(marks(&clerk, path).iter().all(|mark| mark["change"] == "cloud"), "{path}");
    }
    assert_eq!(clerk.text(BASIC), text.replace(">>new-system<<", ">>cloud<<"));
    let all = marks(&clerk, "basic/work-content");
    assert_eq!(clerk.post("/api/unmark", &asked(&all, Some("no-such-change"))).status, 404);
}

#[test]
fn marks_that_moved_or_that_another_town_has_accepted_are_left() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let all = marks(&clerk, "basic/work-content");
    fs::write(clerk.root().join(BASIC), clerk.text(BASIC).replace("次のとおり", "以下のとおり"))
        .expect("it can be written");
    let before = clerk.content();
    let said = clerk.post("/api/unmark", &asked(&all, None));
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("moved")));
    // A second town that shares the text has accepted the change.
    let towns = clerk.root().join("content/municipalities");
    crate::support::copy(&towns.join("hikari"), &towns.join("kaze"));
    let case = towns.join("kaze/zei/case.toml");
    let text = fs::read_to_string(&case).expect("it is there").replace("edition = \"first\"\n", "");
    fs::write(&case, text.replace("stage = ", "accepted = [\"new-system\"]\nstage = ")).expect("it can be written");
    let all = marks(&clerk, "basic/work-content");
    let said = clerk.post("/api/unmark", &asked(&all, None));
    assert_eq!((said.status, &said.json()["words"]), (409, &json!("kaze/zei")), "{}", said.json());
    assert!(before.iter().all(|(path, bytes)| clerk.content().get(path) == Some(bytes)));
}

#[test]
fn the_changed_rows_are_told_in_the_order_of_the_list_with_their_pages() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let asked = json!({ "town": "hikari", "case": "zei", "form": "", "view": "clean" });
    let told = clerk.post("/api/changes", &asked).json();
    let rows = told["rows"].as_array().expect("a list");
    let paths: Vec<&str> = rows.iter().filter_map(|row| row["row"].as_str()).collect();
    assert!(paths.contains(&"basic/work-content") && paths.contains(&"basic/storage"), "{paths:?}");
    let content = &rows[paths.iter().position(|path| *path == "basic/work-content").expect("it is there")];
    assert_eq!(content["reasons"], json!(["電子申告の開始に伴う追記"]));
    assert_eq!(content["marks"][0]["new"], "電子申告にも対応する。");
    assert!(rows.iter().all(|row| row["pages"].as_array().is_some_and(|pages| !pages.is_empty())), "{told}");
}

#[test]
fn an_important_change_that_is_late_is_told_at_its_item() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let path = clerk.root().join("content/assessments/zei/changes.toml");
    let text = fs::read_to_string(&path).expect("it is there").replace("timing = \"事前\"", "timing = \"事後\"");
    fs::write(path, text).expect("it can be written");
    let found = clerk.get("/api/findings?town=hikari").json();
    let late: Vec<&Json> =
        found["list"].as_array().expect("a list").iter().filter(|one| one["code"] == "H0338").collect();
    assert!(!late.is_empty() && late.iter().all(|one| one["item"].is_array()), "{found}");
}
