//! Mistakes while somebody types: told of the newest text, at the right place, of every file that they show in, and gone when they are.

use std::fs;

use serde_json::json;

use super::{BASIC, CHANGES, CLOUD, Editor, FACTS, able, at, position, words};
use crate::support::town_copy;

#[test]
fn a_mistake_is_told_while_it_is_typed_and_gone_when_it_is_mended() {
    let mut editor = Editor::new();
    let before = editor.content();
    let text = editor.open(BASIC);
    // The first judgement says nothing of a file without a mistake; a wrong word says where it stands.
    let wrong = text.replace("{{own}}は、地方税法", "𠮷野と{{onw}}は、地方税法");
    editor.write(BASIC, 2, &wrong);
    let told = editor.until_code(BASIC, "H0303");
    assert_eq!(words(&wrong, &told["range"]), "{{onw}}");
    assert_eq!(told["range"]["start"]["character"], 4, "𠮷 is two units: {told}");
    assert_eq!((&told["severity"], &told["source"]), (&json!(1), &json!("hyoka")));
    let message = told["message"].as_str().expect("words");
    assert!(message.contains("onw") && message.contains("対処："), "{message}");
    assert_eq!(editor.found[&editor.uri(BASIC)]["version"], 2);
    editor.write(BASIC, 3, &text);
    editor.until(BASIC, <[_]>::is_empty);
    assert!(editor.content() == before, "no byte is another");
    let (status, said) = editor.leave();
    assert!(status.success() && said.is_empty(), "{status} {said}");
}

#[test]
fn columns_are_bytes_where_the_editor_offers_them() {
    let mut capabilities = able();
    capabilities["general"] = json!({ "positionEncodings": ["utf-8", "utf-16"] });
    let mut editor = Editor::on(town_copy(), capabilities);
    let text = editor.open(BASIC);
    let line =
        u32::try_from(text[..text.find("{{own}}は").expect("it is there")].matches('\n').count()).expect("it is small");
    // 𠮷 is four bytes, 野 and と three each; behind them stands {{own}}.
    for (version, from, to, words) in [(2, 0, 0, "𠮷野と"), (3, 12, 15, "onw")] {
        let change = json!({ "range": { "start": at(line, from), "end": at(line, to) }, "text": words });
        let document = json!({ "uri": editor.uri(BASIC), "version": version });
        editor.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }
    let told = editor.until_code(BASIC, "H0303");
    assert_eq!(told["range"], json!({ "start": at(line, 10), "end": at(line, 17) }));
}

#[test]
fn the_ends_of_lines_and_a_byte_order_mark_move_nothing() {
    for (mark, end) in [("", "\r\n"), ("\u{feff}", "\n"), ("\u{feff}", "\r\n")] {
        let mut editor = Editor::new();
        let text = editor.saved(BASIC).replace("{{own}}", "𠮷{{onw}}");
        let saved = format!("{mark}{}", text.replace('\n', end));
        fs::write(editor.root().join(BASIC), &saved).expect("it can be written");
        editor.open_as(BASIC, &saved);
        let told = editor.until_code(BASIC, "H0303");
        assert_eq!(told["range"]["start"], position(&text, text.find("{{onw}}").expect("it is there")));
        assert_eq!(words(&saved, &told["range"]), "{{onw}}");
    }
    // On the first line a mark counts where the editor holds it.
    for (mark, shift) in [("", 0), ("\u{feff}", 1)] {
        let mut editor = Editor::new();
        let facts = editor.saved(FACTS);
        editor.open_as(FACTS, &format!("{mark}\"𠮷\" = 1\n{facts}"));
        let told = editor.until_code(FACTS, "H0106");
        assert_eq!(told["range"], json!({ "start": at(0, shift), "end": at(0, shift + 4) }), "{told}");
    }
}

#[test]
fn of_a_burst_the_newest_text_alone_is_judged() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    editor.write(BASIC, 2, &text.replace("{{own}}", "{{onw}}"));
    editor.until_code(BASIC, "H0303");
    let uri = editor.uri(BASIC);
    let before = editor.times[&uri];
    let place = position(&text, text.find("に基づき").expect("it is there"));
    editor.write(BASIC, 3, &text);
    for version in 4..300 {
        // Each letter alone, as somebody types.
        let change = json!({ "range": { "start": place, "end": place }, "text": "あ" });
        let params = json!({
            "textDocument": { "uri": uri, "version": version }, "contentChanges": [change],
        });
        editor.tell("textDocument/didChange", params);
    }
    editor.write(BASIC, 300, &text.replace("{{own}}", "{{owm}}"));
    editor.until(BASIC, |found| found.iter().any(|one| one.to_string().contains("owm")));
    assert_eq!(editor.found[&uri]["version"], 300);
    let times = editor.times[&uri] - before;
    assert!(times <= 10, "said {times} times for 297 letters");
}

#[test]
fn what_is_typed_in_one_file_is_told_in_others_too() {
    let mut editor = Editor::new();
    let text = editor.open(CHANGES);
    let gone = text.replace("id = \"new-system\"", "id = \"nev-system\"");
    editor.write(CHANGES, 2, &gone);
    // The marks of that change stand in a file that is not open.
    let basic = editor.saved(BASIC);
    let found = editor.until(BASIC, |found| !found.is_empty());
    assert!(
        found.iter().any(
            |one| words(&basic, &one["range"]).contains("{++") || one["message"].to_string().contains("new-system")
        ),
        "{found:#?}"
    );
    assert!(editor.found[&editor.uri(BASIC)].get("version").is_none(), "nobody has numbered its text");
    // Closed without being saved: the disk counts again.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri(CHANGES) } }));
    editor.until(BASIC, <[_]>::is_empty);
    editor.until(CHANGES, <[_]>::is_empty);
}

#[test]
fn a_shared_text_that_is_new_or_newly_used_is_there() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let used = text.replace("次のとおり保管する。", "次のとおり保管する。\n\n{{> backup}}");
    editor.write(BASIC, 2, &used);
    editor.until_code(BASIC, "H0301");
    // It is not saved yet, and its file is not there.
    let shared = "+++\nid = \"backup\"\ntitle = \"控えの取り方\"\n+++\n\n毎日1回、{{own}}の庁舎で控えを取る。\n";
    editor.open_as("content/fragments/backup.md", shared);
    editor.until(BASIC, |found| found.iter().all(|one| one["code"] != "H0301"));
    // A mistake in it is told in it.
    editor.write("content/fragments/backup.md", 2, &shared.replace("{{own}}", "{{onw}}"));
    editor.until_code("content/fragments/backup.md", "H0303");
}

#[test]
fn what_somebody_else_saves_is_seen() {
    let mut editor = Editor::new();
    editor.open(BASIC);
    let facts = editor.saved(FACTS);
    // A term goes that the shared text uses.
    fs::write(editor.root().join(FACTS), facts.replace("start =", "begin =")).expect("it can be written");
    editor.until_code(CLOUD, "H0303");
    fs::write(editor.root().join(FACTS), facts).expect("it can be written");
    editor.until(CLOUD, <[_]>::is_empty);
}

#[test]
fn characters_that_cannot_be_seen_are_told_of_every_file() {
    // Only reading sees them: a judgement of what was read before would not.
    let mut editor = Editor::new();
    let facts = editor.saved(FACTS);
    fs::write(editor.root().join(FACTS), facts.replace("令和8年4月", "令和8\u{200b}年4月")).expect("it can be written");
    let text = editor.open(BASIC);
    let found = editor.until(FACTS, |found| !found.is_empty());
    let code = found[0]["code"].as_str().expect("a code").to_owned();
    editor.write(BASIC, 2, &text.replace("保管する。", "保\u{200b}管する。"));
    editor.until_code(BASIC, &code);
    assert!(!editor.found[&editor.uri(FACTS)]["diagnostics"].as_array().expect("a list").is_empty());
}
