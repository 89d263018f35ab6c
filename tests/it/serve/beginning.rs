//! What is begun at the desk, and a case moved to another form: shown first, written as one step, refused at its field.

use std::fs;

use hyoka::desk::begin_workspace;
use hyoka::serve::Mode;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::Clerk;
use crate::support::{copy, repository};

/// A workspace in which nothing was begun yet.
pub(crate) fn fresh() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    begin_workspace(&folder.path().join("town")).expect("there is nothing yet");
    folder
}

/// A town that has a form of which there are other versions.
pub(crate) fn third_town() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("tests/fixtures/third"), &folder.path().join("town"));
    folder
}

fn with(what: &Json, then: &str, other: &Json) -> Json {
    let mut asked = what.clone();
    let fields = asked.as_object_mut().expect("an object");
    fields.insert("then".to_owned(), json!(then));
    fields.extend(other.as_object().expect("an object").clone());
    asked
}

fn town() -> Json {
    json!({ "what": "municipality", "slug": "midori", "name": "みどり市", "code": "999997" })
}

fn assessment() -> Json {
    json!({ "what": "assessment", "town": "midori", "case": "zei", "from": "form", "pattern": "zenkomoku-h30-05",
        "title": "住民税に関する事務", "files": "税務ファイル\n収納ファイル\n", "date": "2026-04-01" })
}

/// The field at which an order is refused, and what is wrong there.
fn refused(clerk: &Clerk, asked: &Json) -> (String, String) {
    let said = clerk.post("/api/begin", asked);
    let told = said.json();
    assert_eq!((said.status, &told["fault"]), (400, &json!("field")), "{told}");
    let word = |key: &str| told[key].as_str().expect("a word").to_owned();
    (word("field"), word("wrong"))
}

#[test]
fn a_town_and_its_assessment_are_begun_in_a_folder_that_holds_nothing() {
    let clerk = Clerk::on(fresh(), Mode::ReadWrite);
    assert_eq!(clerk.get("/api/desk").json()["towns"], json!([]));
    let before = clerk.content();
    let shown = clerk.post("/api/begin", &with(&town(), "show", &json!({}))).json();
    let settings = "content/municipalities/midori/municipality.toml";
    assert_eq!(shown["files"], json!([{ "path": settings, "how": "new" }]), "{shown}");
    assert!(clerk.content() == before, "nothing is written by showing");
    assert_eq!(clerk.post("/api/begin", &with(&town(), "write", &json!({}))).status, 200);
    assert_eq!(clerk.get("/api/desk").json()["towns"], json!([{ "slug": "midori", "name": "みどり市" }]));
    // An assessment of it: what is left to write is counted.
    let shown = clerk.post("/api/begin", &with(&assessment(), "show", &json!({}))).json();
    assert!(shown["refused"] == false && shown["empty"].as_u64() > Some(50), "{shown}");
    let files = shown["files"].as_array().expect("a list");
    assert!(files.contains(&json!({ "path": settings, "how": "changed" })), "{shown}");
    assert!(files.contains(&json!({ "path": "content/municipalities/midori/zei/case.toml", "how": "new" })), "{shown}");
    let done = clerk.post("/api/begin", &with(&assessment(), "write", &json!({})));
    assert_eq!(done.status, 200, "{}", done.json());
    let tree = clerk.get("/api/town?town=midori").json();
    let form = &tree["cases"][0]["forms"][0];
    assert_eq!((&tree["cases"][0]["id"], &form["form"]), (&json!("zei"), &json!("zenkomoku-h30-05")), "{tree}");
    assert!(form["chapters"].as_array().is_some_and(|chapters| chapters.len() > 5), "{tree}");
    assert_eq!(clerk.get("/api/findings?town=midori").json()["errors"], 0);
    for _ in 0..2 {
        assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    }
    assert!(clerk.content() == before, "each is one step");
}

#[test]
fn what_cannot_be_begun_is_told_at_its_field() {
    let clerk = Clerk::on(fresh(), Mode::ReadWrite);
    let of_town = |other: Json| refused(&clerk, &with(&town(), "write", &other));
    let told = |field: &str, wrong: &str| (field.to_owned(), wrong.to_owned());
    for slug in ["", "../x", "みどり", "con"] {
        assert_eq!(of_town(json!({ "slug": slug })), told("slug", "shape"), "{slug}");
    }
    assert_eq!(of_town(json!({ "name": " " })), told("name", "empty"));
    assert_eq!(of_town(json!({ "code": "市" })), told("code", "shape"));
    assert_eq!(of_town(json!({ "code": "999998" })), told("code", "digit"));
    let said = clerk.post("/api/begin", &with(&town(), "show", &json!({ "code": "99999" }))).json();
    assert_eq!(said["words"], "999997", "the code that it would be");
    assert_eq!(clerk.get("/api/desk").json()["towns"], json!([]));
    assert_eq!(clerk.post("/api/begin", &with(&town(), "write", &json!({}))).status, 200);
    let before = clerk.content();
    assert_eq!(of_town(json!({})), told("slug", "there"));
    // Another municipality has the code: a mistake, with its cure.
    let twin = clerk.post("/api/begin", &with(&town(), "write", &json!({ "slug": "aoba" }))).json();
    assert!(
        twin["refused"] == true && twin["said"][0]["message"].as_str().is_some_and(|said| !said.is_empty()),
        "{twin}"
    );
    let of_case = |other: Json| refused(&clerk, &with(&assessment(), "write", &other));
    assert_eq!(of_case(json!({ "case": "税" })), told("case", "shape"));
    assert_eq!(of_case(json!({ "title": "" })), told("title", "empty"));
    assert_eq!(of_case(json!({ "date": "令和8年" })), told("date", "shape"));
    assert_eq!(of_case(json!({ "files": " \n" })), told("files", "empty"));
    assert_eq!(of_case(json!({ "pattern": "none" })), told("pattern", "choose"));
    assert_eq!(of_case(json!({ "town": "aoba" })), told("town", "choose"));
    assert_eq!(of_case(json!({ "from": "base" })), told("pattern", "reason"));
    assert!(clerk.content() == before, "nothing is written");
}

#[test]
fn an_assessment_is_begun_as_another_town_has_it() {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("tests/fixtures/city"), &folder.path().join("town"));
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    let known = clerk.get("/api/begin").json();
    assert!(
        known["cases"].as_array().is_some_and(|all| all.contains(&json!({ "town": "aozora", "case": "zei" }))),
        "{known}"
    );
    assert!(known["bases"].as_array().is_some_and(|all| all.iter().any(|base| base["case"] == "zei")), "{known}");
    let committees = known["committees"].as_array().expect("a list");
    assert!(committees.iter().all(|form| form["of"] == "aozora") && !committees.is_empty(), "{known}");
    assert_eq!(clerk.post("/api/begin", &with(&town(), "write", &json!({}))).status, 200);
    let before = clerk.content();
    let copied = json!({ "what": "assessment", "town": "midori", "case": "zei", "from": "town", "pattern": "aozora", "date": "2026-04-01" });
    let shown = clerk.post("/api/begin", &with(&copied, "show", &json!({}))).json();
    assert_eq!((&shown["refused"], &shown["said"]), (&json!(false), &json!([])), "{shown}");
    assert!(clerk.content() == before);
    assert_eq!(clerk.post("/api/begin", &with(&copied, "write", &json!({}))).status, 200);
    assert_eq!(clerk.get("/api/town?town=midori").json()["cases"][0]["id"], "zei");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before);
    let read_only = Clerk::on(fresh(), Mode::ReadOnly);
    assert_eq!(read_only.post("/api/begin", &with(&town(), "write", &json!({}))).status, 403);
}

#[test]
fn a_case_is_moved_to_another_form_after_it_was_shown() {
    let clerk = Clerk::on(third_town(), Mode::ReadWrite);
    let before = clerk.content();
    let asked =
        |then: &str, to: &str, on: &str| json!({ "case": "jidoteate", "beside": "", "to": to, "on": on, "then": then });
    let day = "令和7年10月1日";
    let fault = |to: &str, on: &str| {
        let told = clerk.post("/api/move", &asked("write", to, on)).json();
        (told["field"].clone(), told["wrong"].clone())
    };
    assert_eq!(fault("kisokomoku-h31-01", "いつか"), (json!("on"), json!("day")));
    assert_eq!(fault("none", day), (json!("to"), json!("choose")));
    assert_eq!(fault("kisokomoku-r6-10", day), (json!("to"), json!("same")));
    let shown = clerk.post("/api/move", &asked("show", "kisokomoku-h31-01", day)).json();
    assert!(clerk.content() == before, "nothing is written by showing");
    assert!(shown["kept"].as_u64() > Some(5), "{shown}");
    assert_eq!(shown["archived"].as_array().map(Vec::len), Some(4), "{shown}");
    assert_eq!((&shown["from"], &shown["change"]), (&json!("kisokomoku-r6-10"), &json!("form-kisokomoku-h31-01")));
    let done = clerk.post("/api/move", &asked("write", "kisokomoku-h31-01", day));
    assert_eq!(done.status, 200, "{}", done.json());
    let tree = clerk.get("/api/town?town=wakaba").json();
    let case = tree["cases"].as_array().expect("a list").iter().find(|case| case["id"] == "jidoteate");
    assert_eq!(case.expect("it is there")["forms"][0]["form"], "kisokomoku-h31-01");
    let archive = clerk.root().join("content/assessments/jidoteate/archive/kisokomoku-r6-10/risk.md");
    assert!(fs::exists(archive).expect("it can be looked for"));
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before, "it is one step");
}
