//! What a browser writes: one stretch of one file, never over somebody else, each as a step.

use std::fs;

use hyoka::desk::{SignOrder, sign};
use hyoka::serve::Mode;
use hyoka::write::{Steps, Way};
use serde_json::{Value as Json, json};

use super::{BASIC, CLOUD, Clerk, OWN};
use crate::support::town_copy;

#[test]
fn only_the_stretch_of_the_item_is_another() {
    let clerk = Clerk::new();
    let before = clerk.content();
    let text = clerk.text(BASIC);
    let new = "{{own}}は、住民税を賦課する。\n\n- 一つ\n- 二つ";
    let said = clerk.save("basic/work-content", BASIC, new);
    assert_eq!(said.status, 200);
    assert_eq!(
        said.json()["hash"],
        clerk.item("basic/work-content")["layers"][0]["hash"],
        "who types on knows its words"
    );
    let start = text.find("{{own}}は").expect("the text is there");
    let end = text.find("\n\n## storage").expect("the next item is there");
    assert_eq!(clerk.text(BASIC), [&text[..start], new, &text[end..]].concat());
    let after = clerk.content();
    assert!(
        before.iter().filter(|(path, _)| !path.ends_with("zei/basic.md")).all(|(path, bytes)| after[path] == *bytes)
    );
    assert_eq!(after.len(), before.len());
    // Values: a choice, a number with a mark, boxes.
    assert_eq!(clerk.save("basic/work-persons", BASIC, "1,000人未満").status, 200);
    assert_eq!(clerk.save("basic/system-count", BASIC, "3").status, 200);
    let written = clerk.text(BASIC);
    assert!(written.contains("work-persons = \"1,000人未満\"\nsystem-count = \"3\"\nsystem = ["), "{written}");
    let core = "content/assessments/zei/system/core.md";
    let boxes = json!(["庁内連携システム", "税務システム", "その他（住民記録）"]);
    assert_eq!(clerk.save("basic/system/core/connections", core, boxes).status, 200);
    let line = "connections = [\"庁内連携システム\", \"税務システム\", \"その他（住民記録）\"]";
    assert!(clerk.text(core).contains(line), "{}", clerk.text(core));
    assert_eq!(clerk.save("basic/system/core/connections", core, Json::Null).status, 200);
    assert!(!clerk.text(core).contains("connections"));
}

#[test]
fn a_file_is_saved_as_its_author_saves_it() {
    let folder = town_copy();
    let path = folder.path().join("town").join(BASIC);
    let text = fs::read_to_string(&path).expect("it is there");
    let as_saved = format!("\u{feff}{}", text.replace("system-count", "# 数\nsystem-count").replace('\n', "\r\n"));
    fs::write(&path, &as_saved).expect("it can be written");
    let clerk = Clerk::on(folder, Mode::ReadWrite);
    assert_eq!(clerk.save("basic/work-name", BASIC, "住民税の事務").status, 200);
    assert_eq!(clerk.text(BASIC), as_saved.replace("住民税に関する事務", "住民税の事務"));
}

#[test]
fn a_municipality_writes_its_own_words_in_a_file_of_its_own() {
    let clerk = Clerk::new();
    let shared = clerk.text(BASIC);
    assert_eq!(clerk.save("basic/work-content", OWN, "本町だけの文である。").status, 200);
    assert_eq!(clerk.text(OWN), "## work-content\n\n本町だけの文である。\n");
    assert_eq!(clerk.save("basic/work-name", OWN, "本町の事務").status, 200);
    assert_eq!(
        clerk.text(OWN),
        "+++\n[values]\nwork-name = \"本町の事務\"\n+++\n\n## work-content\n\n本町だけの文である。\n"
    );
    assert_eq!(clerk.item("basic/work-content")["shown"], "本町だけの文である。");
    // Taken away, the shared words are printed again.
    assert_eq!(clerk.save("basic/work-content", OWN, "").status, 200);
    assert_eq!(clerk.text(OWN), "+++\n[values]\nwork-name = \"本町の事務\"\n+++\n\n");
    assert!(clerk.item("basic/work-content")["shown"].as_str().expect("a text").starts_with("本町は、"));
    assert_eq!(clerk.text(BASIC), shared);
}

#[test]
fn a_shared_text_is_changed_in_its_own_file() {
    let clerk = Clerk::new();
    let (basic, cloud) = (clerk.text(BASIC), clerk.text(CLOUD));
    assert_eq!(clerk.save("basic/storage", CLOUD, "別の保管場所に置く。").status, 200);
    assert_eq!(clerk.text(BASIC), basic);
    let front = cloud.rfind("+++").map_or(0, |at| at + 3);
    assert_eq!(clerk.text(CLOUD).split_once("別の保管場所に置く。").expect("it is written").0[..front], cloud[..front]);
    assert!(clerk.item("basic/storage")["shown"].as_str().expect("a text").contains("別の保管場所に置く。"));
}

#[test]
fn a_heading_in_a_text_would_be_another_item_and_is_refused() {
    let clerk = Clerk::new();
    let before = clerk.content();
    for words in ["一。\n\n## storage\n\n二。", "##x", "# 見出し", "一。\n+++\n二。"] {
        let said = clerk.save("basic/work-content", BASIC, words);
        assert_eq!((said.status, &said.json()["words"]), (400, &json!("heading")), "{words}");
    }
    assert_eq!(clerk.save("basic/work-name", BASIC, json!({ "a": 1 })).status, 400);
    assert_eq!(clerk.save("basic/work-name", BASIC, json!([1])).status, 400);
    assert!(clerk.content() == before);
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_shown_and_never_overwritten() {
    let clerk = Clerk::new();
    let mine = clerk.edit("basic/work-content", BASIC, &json!("私の文である。"));
    let other_item = clerk.edit("basic/work-name", BASIC, &json!("住民税の事務"));
    // Another program saves the file.
    let path = clerk.root().join(BASIC);
    let theirs = clerk.text(BASIC).replace("地方税法に基づき", "条例に基づき");
    fs::write(&path, &theirs).expect("it can be written");
    let said = clerk.post("/api/save", &mine);
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("conflict")));
    let now = said.json()["theirs"].clone();
    assert!(now["written"].as_str().expect("a text").contains("条例に基づき"));
    assert_eq!(clerk.text(BASIC), theirs);
    // Another item of the same file is no conflict.
    assert_eq!(clerk.post("/api/save", &other_item).status, 200);
    assert!(clerk.text(BASIC).contains("条例に基づき") && clerk.text(BASIC).contains("\"住民税の事務\""));
    // Who has seen both may write.
    let mut again = mine.clone();
    again["hash"] = now["hash"].clone();
    assert_eq!(clerk.post("/api/save", &again).status, 200);
    assert!(clerk.text(BASIC).contains("私の文である。"));
    // A second browser that saw the old text is told.
    assert_eq!(clerk.post("/api/save", &mine).status, 409);
}

#[test]
fn each_write_is_taken_back_and_done_again_also_after_the_desk_was_closed() {
    let clerk = Clerk::new();
    let first = clerk.content();
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 409, "there is nothing to take back");
    clerk.save("basic/work-content", BASIC, "一つ目。");
    let second = clerk.content();
    let said = clerk.save("basic/work-content", OWN, "二つ目。").json();
    assert!(said["step"]["undo"].as_str().expect("a step").contains("事務の内容") && said["step"]["redo"].is_null());
    let third = clerk.content();
    let clerk = clerk.again();
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == second, "the file that was new is gone");
    assert_eq!(clerk.post("/api/undo", &json!({})).status, 200);
    assert!(clerk.content() == first);
    let clerk = clerk.again();
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert!(clerk.content() == third);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 409);
    // What somebody wrote since is never taken back with it.
    fs::write(clerk.root().join(OWN), "## work-content\n\n別の人の文。\n").expect("it can be written");
    let said = clerk.post("/api/undo", &json!({}));
    assert_eq!((said.status, &said.json()["fault"]), (409, &json!("step-changed")));
    assert!(clerk.text(OWN).contains("別の人の文。"));
    // The list lies beside the content and is no part of a repository.
    assert_eq!(clerk.text(".hyoka/.gitignore"), "*\n");
}

#[test]
fn a_list_of_steps_that_leads_out_of_the_content_is_none() {
    let mut clerk = Clerk::new();
    clerk.save("basic/work-content", BASIC, "一つ目。");
    let steps = clerk.text(".hyoka/desk-steps.json");
    let before = clerk.content();
    for other in ["content/../outside.md", "/etc/hosts", "templates/forms/x.toml", "content//x.md"] {
        fs::write(clerk.root().join(".hyoka/desk-steps.json"), steps.replace(BASIC, other)).expect("it can be written");
        clerk = clerk.again();
        assert_eq!(clerk.post("/api/undo", &json!({})).json()["fault"], "no-step", "{other}");
    }
    assert!(clerk.content() == before);
}

#[test]
fn the_desk_takes_back_what_a_command_wrote_and_a_command_what_the_desk_wrote() {
    let clerk = Clerk::new();
    let first = clerk.content();
    clerk.save("basic/work-content", BASIC, "一つ目。");
    let second = clerk.content();
    let (municipality, case) = ("hikari".into(), "zei".into());
    let (items, by, on) = (vec!["basic/work-name".into()], "税務課長".into(), "令和8年4月1日".into());
    sign(&clerk.root(), &SignOrder { municipality, case, items, by, on }).expect("the item is there");
    let said = clerk.post("/api/undo", &json!({})).json();
    assert_eq!(said["what"], "点検済（basic/work-name）：hikari/zei");
    assert!(clerk.content() == second);
    Steps::of(&clerk.root()).take(Way::Undo).expect("nobody wrote since");
    assert!(clerk.content() == first);
    assert_eq!(clerk.post("/api/redo", &json!({})).status, 200);
    assert!(clerk.content() == second);
}
