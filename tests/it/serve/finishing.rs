//! Changes, sign-offs, returned checklists, documents.

use std::fs;

use hyoka::serve::Mode;
use serde_json::json;

use super::{BASIC, Clerk, answered, frozen};
use crate::comments::at_the_desk;
use crate::returned::{CHECKLIST, workspace};

#[test]
fn an_item_is_signed_and_loses_it_when_it_is_written() {
    let clerk = Clerk::new();
    let asked = json!({ "town": "hikari", "case": "zei", "path": "basic/work-content", "by": "税務課長", "on": "令和8年4月1日" });
    assert_eq!(clerk.post("/api/sign", &asked).status, 200);
    assert_eq!(clerk.item("basic/work-content")["review"], "reviewed");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert_eq!(clerk.item("basic/work-content")["review"], "open");
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert_eq!(clerk.item("basic/work-content")["review"], "reviewed");
    clerk.save("basic/work-content", BASIC, "書き換えた。");
    assert_eq!(clerk.item("basic/work-content")["review"], "lifted");
    let mut no_day = asked.clone();
    no_day["on"] = json!("いつか");
    assert_eq!(clerk.post("/api/sign", &no_day).status, 409);
    assert_eq!(clerk.item("basic/work-content")["review"], "lifted");
}

#[test]
fn words_that_are_written_as_a_change_get_its_marks() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let tree = clerk.get("/api/town?town=hikari").json();
    assert_eq!(tree["cases"][0]["edition"], "first");
    let core = "content/assessments/zei/system/core.md";
    let path = "basic/system/core/functions";
    let mut edit = clerk.edit(path, core, &json!("賦課と収納と還付を管理する。"));
    edit["change"] = json!("cloud");
    let said = clerk.post("/api/save", &edit);
    assert_eq!((said.status, &said.json()["by_hand"]), (200, &json!([])), "{}", said.json());
    assert!(clerk.text(core).contains("賦課と収納{++と還付++}{>>cloud<<}を管理する。"), "{}", clerk.text(core));
    assert_eq!(said.json()["hash"], clerk.item(path)["layers"][0]["hash"]);
    // One step: words and marks are taken back together.
    let before = clerk.text(BASIC);
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.text(core).contains("賦課と収納を管理する。"));
    // Written without a change it is found, shown, and marked when that is asked for.
    clerk.save(path, core, "賦課だけを管理する。");
    clerk.save("basic/work-name", BASIC, "住民税の賦課に関する事務");
    let asked = |then: &str| json!({ "town": "hikari", "case": "zei", "change": "new-system", "then": then });
    let shown = clerk.post("/api/mark", &asked("show")).json();
    assert_eq!(shown["marked"].as_array().map(Vec::len), Some(2), "{shown}");
    assert!(!clerk.text(core).contains("new-system"));
    // Of one item only its own differences are marked.
    let mut edit = clerk.edit("basic/work-name", BASIC, &json!("住民税の徴収に関する事務"));
    edit["change"] = json!("cloud");
    assert_eq!(clerk.post("/api/save", &edit).status, 200);
    assert!(
        clerk.text(BASIC).contains("{>>cloud<<}に関する事務") || clerk.text(BASIC).contains("cloud<<}"),
        "{}",
        clerk.text(BASIC)
    );
    assert!(!clerk.text(core).contains("{>>"), "{}", clerk.text(core));
    assert_eq!(clerk.post("/api/mark", &asked("write")).status, 200);
    assert!(clerk.text(core).contains("{>>new-system<<}"), "{}", clerk.text(core));
    let mut unknown = clerk.edit("basic/note", BASIC, &json!("備考。"));
    unknown["change"] = json!("no-such-change");
    assert_eq!(clerk.post("/api/save", &unknown).status, 404);
    assert!(!clerk.text(BASIC).contains("備考。") && before != clerk.text(BASIC));
}

#[test]
fn a_returned_checklist_is_shown_first_and_then_taken_over() {
    let book = answered();
    let clerk = Clerk::on(workspace(), Mode::ReadWrite);
    let before = clerk.content();
    let origin = format!("http://127.0.0.1:{}", clerk.port);
    let headers = [("Origin", origin.as_str()), ("X-Hyoka-Desk", "clerk")];
    let send = |then: &str, bytes: &[u8]| {
        clerk.ask("POST", &format!("/api/answers?name=%E5%9B%9E%E7%AD%94.xlsx&then={then}"), &headers, bytes)
    };
    let shown = send("show", &book.bytes());
    assert_eq!(shown.status, 200, "{}", String::from_utf8_lossy(&shown.body));
    let shown = shown.json();
    assert_eq!((&shown["refused"], &shown["written"]), (&json!(false), &json!([])));
    let changes = shown["checklists"][0]["changes"].as_array().expect("a list");
    assert_eq!(changes.iter().map(|one| one["id"].as_str()).collect::<Vec<_>>(), [Some("ds-02"); 2]);
    assert_eq!(changes[1]["after"], "毎月点検する。");
    assert!(clerk.content() == before, "nothing is written by showing");
    let taken = send("write", &book.bytes()).json();
    assert_eq!(taken["written"], json!([CHECKLIST]));
    assert!(clerk.text(CHECKLIST).contains("毎月点検する。"));
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before, "it is one step");
    // What is no workbook is named, and what is too large refused.
    let foreign = send("write", b"<html>").json();
    assert_eq!((&foreign["refused"], &foreign["checklists"]), (&json!(true), &json!([])));
    assert_eq!(send("show", &vec![0; 33 * 1024 * 1024]).status, 413);
    assert_eq!(clerk.ask("POST", "/api/answers?name=x&then=write", &[], b"x").status, 403);
    assert!(clerk.content() == before);
}

#[test]
fn a_change_is_declared_and_used() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let shared = "content/assessments/zei/changes.toml";
    let before = clerk.text(shared);
    let asked = |id: &str, owner: &str| {
        json!({
            "town": "hikari", "case": "zei", "owner": owner, "id": id, "reason": "組織の改正に伴う修正",
            "on": "令和8年10月1日", "timing": "事後", "note": "",
        })
    };
    let with = |key: &str, word: &str| {
        let mut asked = asked("soshiki", "shared");
        asked[key] = json!(word);
        clerk.post("/api/change", &asked).json()["words"].clone()
    };
    assert_eq!(with("id", "組織"), "id");
    assert_eq!(with("id", "cloud"), "id-taken");
    assert_eq!(with("reason", " "), "no-reason");
    assert_eq!(with("on", "令和8年13月1日"), "no-day");
    assert_eq!(clerk.text(shared), before);
    assert_eq!(clerk.post("/api/change", &asked("soshiki", "shared")).status, 200);
    let block = "[[change]]\nid = \"soshiki\"\nreason = \"組織の改正に伴う修正\"\nchanged-on = \"令和8年10月1日\"\ntiming = \"事後\"\n";
    assert_eq!(clerk.text(shared), before.replace("\n[[summary]]", &format!("\n{block}\n[[summary]]")));
    let tree = clerk.get("/api/town?town=hikari").json();
    assert_eq!(tree["cases"][0]["changes"][2]["id"], "soshiki");
    let mut edit = clerk.edit("basic/work-name", BASIC, &json!("住民税及び森林環境税に関する事務"));
    edit["change"] = json!("soshiki");
    assert_eq!(clerk.post("/api/save", &edit).json()["by_hand"], json!([]));
    assert!(clerk.text(BASIC).contains("{>>soshiki<<}"));
    // A municipality has changes of its own.
    assert_eq!(clerk.post("/api/change", &asked("machi", "own")).status, 200);
    assert!(clerk.text("content/municipalities/hikari/zei/changes.toml").starts_with("[[change]]\nid = \"machi\""));
}

#[test]
fn documents_are_made_and_handed_out_as_files() {
    let clerk = Clerk::new();
    assert_eq!(clerk.get("/api/made?path=hikari%2Fzei%2Fassessment.pdf").status, 404, "nothing is made yet");
    let done = clerk.post("/api/make", &json!({ "town": "hikari", "case": "zei" }));
    assert_eq!(done.status, 200, "{}", String::from_utf8_lossy(&done.body));
    let done = done.json();
    assert_eq!((&done["blocked"], &done["errors"]), (&json!([]), &json!(0)));
    let files = done["files"].as_array().expect("a list");
    assert!(files.len() >= 4, "{done}");
    for file in files {
        let path = file["path"].as_str().expect("a path");
        let said = clerk.get(&format!("/api/made?path={}", path.replace('/', "%2F")));
        assert_eq!(said.status, 200, "{path}");
        assert!(said.body == fs::read(clerk.root().join("build").join(path)).expect("it lies in the folder"));
        assert_eq!(said.header("content-type"), Some("application/octet-stream"));
        assert!(
            said.header("content-disposition").is_some_and(|kept| kept.starts_with("attachment; filename*=UTF-8''"))
        );
    }
    for path in ["manifest.json", ".stamp.json", "..%2Fcontent%2Ffacts.toml", "%2Fetc%2Fpasswd", ""] {
        assert_eq!(clerk.get(&format!("/api/made?path={path}")).status, 404, "{path}");
    }
    // A case with a mistake is named and kept back.
    clerk.save("basic/work-persons", BASIC, "5人");
    let done = clerk.post("/api/make", &json!({ "town": "hikari" })).json();
    assert!(done["blocked"].as_array().is_some_and(|all| !all.is_empty()) && done["errors"] != 0, "{done}");
}

fn finish(then: &str, what: serde_json::Value) -> serde_json::Value {
    let mut asked = json!({ "town": "hikari", "case": "zei", "then": then });
    asked.as_object_mut().expect("an object").extend(what.as_object().expect("an object").clone());
    asked
}

#[test]
fn changes_are_accepted_after_they_were_shown_and_come_again() {
    let clerk = Clerk::on(frozen(), Mode::ReadWrite);
    let before = clerk.content();
    let accept =
        |id: &str| json!({ "finish": "accept", "id": id, "title": "令和8年の公表", "changes": ["new-system"] });
    for id in ["", "../x", "版"] {
        assert_eq!(clerk.post("/api/finish", &finish("write", accept(id))).json()["words"], "id", "{id}");
    }
    assert_eq!(clerk.post("/api/finish", &finish("show", accept("first"))).status, 409, "the edition is there");
    let shown = clerk.post("/api/finish", &finish("show", accept("second"))).json();
    assert_eq!((&shown["refused"], &shown["told"]["changes"]), (&json!(false), &json!(["new-system"])), "{shown}");
    assert!(
        shown["files"].as_array().is_some_and(|all| all.contains(&json!({ "path": BASIC, "how": "changed" }))),
        "{shown}"
    );
    assert!(clerk.content() == before, "nothing is written by showing");
    let done = clerk.post("/api/finish", &finish("write", accept("second")));
    assert_eq!(done.status, 200, "{}", done.json());
    assert!(!clerk.text(BASIC).contains("new-system") && clerk.text(BASIC).contains("cloud"));
    let tree = clerk.get("/api/town?town=hikari").json();
    assert_eq!(
        (&tree["cases"][0]["edition"], tree["cases"][0]["changes"].as_array().map(Vec::len)),
        (&json!("second"), Some(1))
    );
    assert_eq!(clerk.get("/api/findings?town=hikari").json()["errors"], 0);
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before, "it is one step");
    // With an error nothing is accepted, and the error is told.
    clerk.save("basic/work-persons", BASIC, "5人");
    let refused = clerk.post("/api/finish", &finish("write", accept("second"))).json();
    assert!(refused["refused"] == true && refused["said"].as_array().is_some_and(|said| !said.is_empty()), "{refused}");
    assert_eq!(clerk.get("/api/town?town=hikari").json()["cases"][0]["edition"], "first");
}

#[test]
fn a_first_edition_is_frozen_and_papers_are_recorded_as_issued() {
    let clerk = Clerk::new();
    let before = clerk.content();
    let freeze = json!({ "finish": "freeze", "id": "first", "title": "公表した評価書" });
    let shown = clerk.post("/api/finish", &finish("show", freeze.clone())).json();
    assert!(shown["told"]["items"].as_u64() > Some(5) && shown["frozen"].as_u64() > Some(5), "{shown}");
    assert!(clerk.content() == before);
    assert_eq!(clerk.post("/api/finish", &finish("write", freeze.clone())).status, 200);
    assert!(clerk.text("content/municipalities/hikari/zei/case.toml").contains("edition = \"first\""));
    assert_eq!(clerk.post("/api/finish", &finish("write", freeze)).status, 409, "only the first");
    let issue = |date: &str| json!({ "finish": "issue", "id": "soan-1", "title": "審議会へ配布", "date": date });
    assert_eq!(clerk.post("/api/finish", &finish("write", issue("いつか"))).status, 409);
    let done = clerk.post("/api/finish", &finish("write", issue("2026-04-01"))).json();
    assert!(done["told"]["documents"].as_array().is_some_and(|all| !all.is_empty()), "{done}");
    assert!(clerk.text("content/editions/hikari/zei/first/issued/soan-1/issue.toml").contains("審議会へ配布"));
    for _ in 0..2 {
        assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    }
    assert!(clerk.content() == before);
    let read_only = Clerk::on(frozen(), Mode::ReadOnly);
    assert_eq!(read_only.post("/api/finish", &finish("write", issue("2026-04-01"))).status, 403);
}

#[test]
fn a_workbook_of_the_form_is_compared_or_taken_over() {
    let book = fs::read(crate::support::town().path("hikari/zei/assessment.xlsx")).expect("it was made");
    let send = |clerk: &Clerk, query: &str, bytes: &[u8]| {
        let origin = format!("http://127.0.0.1:{}", clerk.port);
        let headers = [("Origin", origin.as_str()), ("X-Hyoka-Desk", "clerk")];
        clerk.ask("POST", &format!("/api/form?name=form.xlsx&{query}"), &headers, bytes)
    };
    // The case is there: its items are compared, and nothing can be written.
    let folder = crate::support::town_copy();
    let root = folder.path().join("town");
    crate::support::copy(&root.join("content/municipalities/hikari/forms"), &root.join("templates/forms"));
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    let before = clerk.content();
    let told = send(&clerk, "then=write", &book).json();
    assert!(told["compared"]["same"].as_u64() > Some(5) && told["files"] == json!([]), "{told}");
    assert!(clerk.content() == before);
    assert_eq!(send(&clerk, "then=show", b"no workbook").json()["refused"], true);
    // Another town takes it over.
    let to = "municipality=kaze&case=zei&called=%E3%81%8B%E3%81%9C%E7%94%BA&code=131016&date=2026-04-01";
    let told = send(&clerk, &format!("then=show&{to}"), &book).json();
    assert!(told["files"].as_array().is_some_and(|files| !files.is_empty()), "{told}");
    assert!(clerk.content() == before, "nothing is written by showing");
    let done = send(&clerk, &format!("then=write&{to}"), &book);
    assert_eq!((done.status, &done.json()["refused"]), (200, &json!(false)), "{}", done.json());
    assert!(clerk.root().join("content/municipalities/kaze/municipality.toml").exists());
    let towns = clerk.get("/api/desk").json()["towns"].clone();
    assert!(towns.as_array().is_some_and(|all| all.iter().any(|town| town["slug"] == "kaze")), "{towns}");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before);
}

#[test]
fn one_document_alone_is_made() {
    let clerk = Clerk::on(workspace(), Mode::ReadWrite);
    let tree = clerk.get("/api/town?town=hikari").json();
    let documents = tree["cases"].as_array().expect("a list").iter().flat_map(|case| {
        let id = case["id"].clone();
        case["documents"]
            .as_array()
            .expect("a list")
            .iter()
            .map(move |document| (id.clone(), document.clone()))
            .collect::<Vec<_>>()
    });
    let documents: Vec<_> = documents.collect();
    assert!(documents.len() > 1, "{tree}");
    let (case, document) = documents.iter().find(|(_, document)| document["id"] == "checklist").expect("there is one");
    let done = clerk.post("/api/make", &json!({ "town": "hikari", "case": case, "document": document["id"] })).json();
    let files = done["files"].as_array().expect("a list");
    assert!(!files.is_empty() && files.iter().all(|file| file["kind"] == "checklist"), "{done}");
}

#[test]
fn opinions_come_back_as_a_workbook_and_who_sent_them_in_does_not() {
    let clerk = Clerk::on(at_the_desk(), Mode::ReadWrite);
    let comments = "content/municipalities/aozora/zei/comments.toml";
    let before = clerk.content();
    let book = |name: &str| fs::read(clerk.folder.path().join(name)).expect("it lies beside the workspace");
    let send = |query: &str, bytes: &[u8]| {
        let origin = format!("http://127.0.0.1:{}", clerk.port);
        let headers = [("Origin", origin.as_str()), ("X-Hyoka-Desk", "clerk")];
        let said = clerk.ask("POST", &format!("/api/opinions?name=iken.xlsx&{query}"), &headers, bytes);
        assert_eq!(said.status, 200, "{}", String::from_utf8_lossy(&said.body));
        said.json()
    };
    let shown = send("then=show", &book("意見.xlsx"));
    let hearing = &shown["hearings"][0];
    assert_eq!((&shown["refused"], &hearing["unchanged"]), (&json!(false), &json!(4)), "{shown}");
    assert_eq!(hearing["changes"][0]["after"], "指定の見直しを、毎年4月にも行います。");
    let row = &hearing["added"][0];
    assert_eq!((&row["sheet"], &row["key"]), (&json!("意見"), &json!("4")), "{shown}");
    assert!(row["values"].as_array().is_some_and(|all| all.contains(&json!(["意見の内容", "説明会を開いてほしい。"]))));
    assert!(clerk.content() == before, "nothing is written by showing");
    assert_eq!(send("then=write", &book("意見.xlsx"))["written"], json!([comments]));
    assert!(clerk.text(comments).contains("説明会を開いてほしい。"));
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == before, "it is one step");
    // A list that no export wrote: whose it is, is asked; names are neither taken over nor said.
    let asked = send("then=show", &book("受付簿.xlsx"));
    assert_eq!((&asked["asks"], &asked["foreign"], &asked["hearings"]), (&json!(true), &json!(false), &json!([])));
    let told = send("then=write&town=aozora&case=zei", &book("受付簿.xlsx"));
    assert_eq!(told["hearings"][0]["added"].as_array().map(Vec::len), Some(2), "{told}");
    assert!(clerk.text(comments).contains("図が見にくい。"));
    assert!(!told.to_string().contains("花子") && !clerk.text(comments).contains("花子"));
    // The other kinds of workbook are none of these.
    assert_eq!(send("then=show", &answered().bytes())["foreign"], true);
    assert_eq!(send("then=show", b"no workbook")["foreign"], false);
    let made = clerk.post("/api/make", &json!({ "town": "aozora", "case": "zei", "document": "iken" })).json();
    assert!(made["files"][0]["kind"] == "comment-sheet" && made["files"][0]["format"] == "xlsx", "{made}");
}
