//! Whatever an editor says and whatever the disk holds: no crash, nothing written, and the exit code of the protocol.

use std::fs;

use serde_json::{Value as Json, json};

use super::{BASIC, CLOUD, Editor, able, at, uri};
use crate::support::town_copy;

#[test]
fn a_message_that_is_none_is_passed_over() {
    let mut editor = Editor::new();
    let before = editor.content();
    let text = editor.open(BASIC);
    editor.raw(b"Content-Length: 7\r\n\r\n{\"a\": \xff");
    editor.raw(b"hello\r\n");
    editor.raw(b"Content-Length: 99999999999999\r\n");
    editor.raw(b"Content-Length: 2\r\n\r\n[]");
    for (method, params) in [
        ("textDocument/didChange", json!({})),
        ("textDocument/didChange", json!([1, 2])),
        ("textDocument/didOpen", json!({ "textDocument": { "uri": 7 } })),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "file:///nowhere", "version": 1 }, "contentChanges": [] }),
        ),
        ("$/setTrace", json!({ "value": "off" })),
        ("nobody/knows", Json::Null),
    ] {
        editor.tell(method, params);
    }
    editor.say(&json!({ "jsonrpc": "2.0", "id": 77, "result": null }));
    let code = |said: Result<Json, Json>| said.expect_err("it is no request")["code"].clone();
    let (unknown, hover) = (editor.ask("nobody/knows", json!({})), editor.ask("textDocument/hover", json!({ "a": 1 })));
    assert_eq!((code(unknown), code(hover)), (json!(-32601), json!(-32602)));
    let twice = editor.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(code(twice), json!(-32600));
    // And still it answers.
    editor.write(BASIC, 2, &text.replace("{{own}}", "{{onw}}"));
    editor.until_code(BASIC, "H0303");
    assert!(editor.content() == before, "no byte is another");
    let (status, said) = editor.leave();
    assert!(status.success(), "{status}");
    assert!(said.lines().all(|line| line.starts_with("hyoka lsp: ")) && said.lines().count() >= 5, "{said}");
}

#[test]
fn a_place_that_is_none_has_an_answer() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    editor.open_as("content/assessments/zei/empty.md", "");
    let methods =
        ["textDocument/completion", "textDocument/hover", "textDocument/definition", "textDocument/prepareRename"];
    for method in methods {
        for position in [at(0, 0), at(9_999, 9_999), at(u32::MAX, u32::MAX), at(3, u32::MAX)] {
            for path in [BASIC, CLOUD, "content/assessments/zei/empty.md", "content/nowhere.md", "README.md"] {
                let said = editor.ask_where(method, path, position.clone(), json!({}));
                assert!(said.is_ok(), "{method} {path} {position}: {said:?}");
            }
        }
    }
    // At every letter of a text with every kind of brace.
    let odd = "+++\n[values\nx = \"\n+++\n## \n{{ {{> {>> {++ ++}{>> {~~ ~> ~~} {! !} {? ?}\n";
    editor.write(BASIC, 2, odd);
    for (line, words) in odd.lines().enumerate() {
        for column in 0..=u32::try_from(words.len()).expect("it is small") {
            let place = at(u32::try_from(line).expect("it is small"), column);
            let said = editor.ask_where("textDocument/completion", BASIC, place, json!({}));
            assert!(said.is_ok(), "{line}:{column}: {said:?}");
        }
    }
    editor.write(BASIC, 3, &text);
    let (status, said) = editor.leave();
    assert!(status.success() && said.is_empty(), "{said}");
}

#[test]
fn a_file_of_another_folder_is_nobodys() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let elsewhere = editor.folder.path().join("memo.md");
    for name in [uri(&elsewhere), "untitled:Untitled-1".to_owned(), "vscode-notebook:/a#b".to_owned(), String::new()] {
        let document = json!({ "uri": name, "languageId": "markdown", "version": 1, "text": "## a\n\n{{onw}}\n" });
        editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
        let params = json!({ "textDocument": { "uri": name }, "position": at(2, 3) });
        assert_eq!(editor.ask("textDocument/hover", params), Ok(Json::Null), "{name}");
        let params = json!({ "textDocument": { "uri": name } });
        assert_eq!(editor.ask("textDocument/documentSymbol", params), Ok(json!([])), "{name}");
    }
    editor.write(BASIC, 2, &text.replace("{{own}}", "{{onw}}"));
    editor.until_code(BASIC, "H0303");
    assert!(editor.found.keys().all(|name| name.starts_with(&editor.uri("content/"))), "{:?}", editor.found.keys());
}

#[test]
fn a_file_that_goes_is_gone_and_one_that_comes_is_there() {
    let mut editor = Editor::new();
    editor.open(BASIC);
    let shared = editor.open(CLOUD);
    // An answer says that it has seen them there.
    assert!(editor.ask_where("textDocument/hover", CLOUD, at(0, 0), json!({})).is_ok());
    fs::remove_file(editor.root().join(CLOUD)).expect("it can be removed");
    editor.until_code(BASIC, "H0301");
    // Saved again, it is there again.
    fs::write(editor.root().join(CLOUD), &shared).expect("it can be written");
    editor.until(BASIC, |found| found.iter().all(|one| one["code"] != "H0301"));
    fs::remove_dir_all(editor.root().join("content/assessments")).expect("it can be removed");
    editor.until(BASIC, |_| true);
    assert!(editor.ask_where("textDocument/hover", BASIC, at(5, 0), json!({})).is_ok());
    fs::remove_dir_all(editor.root()).expect("it can be removed");
    assert!(editor.ask_where("textDocument/hover", BASIC, at(5, 0), json!({})).is_ok());
    let (status, _) = editor.leave();
    assert!(status.success());
}

#[test]
fn a_file_that_nobody_reads_is_judged_by_itself() {
    let mut editor = Editor::new();
    editor.open_as("content/assessments/nobody/basic.md", "+++\n[values]\na = \n+++\n");
    let told = editor.until_code("content/assessments/nobody/basic.md", "H0103");
    assert_eq!(told["range"]["start"]["line"], 2, "{told}");
}

#[test]
fn the_exit_code_is_that_of_the_protocol() {
    let (status, said) = Editor::new().leave();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
    // It leaves without a word.
    let mut editor = Editor::new();
    editor.tell("exit", Json::Null);
    assert_eq!(editor.ended().0.code(), Some(1));
    let mut editor = Editor::new();
    assert_eq!(editor.ended().0.code(), Some(1), "its pipe ends");
    // Before it has said who it is.
    let mut editor = Editor::started(town_copy(), &["--stdio"]);
    let said = editor.ask("textDocument/hover", json!({})).expect_err("too early");
    assert_eq!(said["code"], -32002);
    editor.tell("exit", Json::Null);
    assert_eq!(editor.ended().0.code(), Some(1));
    // After it said that it leaves.
    let mut editor = Editor::new();
    assert_eq!(editor.ask("shutdown", Json::Null), Ok(Json::Null));
    assert_eq!(editor.ask("textDocument/hover", json!({})).expect_err("too late")["code"], -32600);
    editor.tell("exit", Json::Null);
    assert_eq!(editor.ended().0.code(), Some(0));
}

#[test]
fn what_was_called_off_is_not_answered() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    // Both lie in the pipe before the first is looked at: the judgement of the opened file is asked for first.
    let asked = json!({ "textDocument": { "uri": editor.uri(BASIC) }, "position": at(8, 4) });
    let first = editor.send("textDocument/hover", asked.clone());
    let all: Vec<i64> = (0..20).map(|_| editor.send("textDocument/hover", asked.clone())).collect();
    for id in &all {
        editor.tell("$/cancelRequest", json!({ "id": id }));
    }
    assert!(editor.answer(first).is_ok());
    let answers: Vec<_> = all.into_iter().map(|id| editor.answer(id)).collect();
    let off = answers.iter().filter(|answer| answer.as_ref().is_err_and(|error| error["code"] == -32800)).count();
    assert!(off > 0, "{answers:?}");
    let _ = text;
}

#[test]
fn the_workspace_is_found_without_a_folder() {
    // By the first file that is opened.
    let folder = town_copy();
    let mut editor = Editor::started(folder, &[]);
    editor
        .ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }))
        .expect("it can be asked");
    editor.tell("initialized", json!({}));
    let text = editor.saved(BASIC).replace("{{own}}", "{{onw}}");
    editor.open_as(BASIC, &text);
    editor.until_code(BASIC, "H0303");
    // By the folder that the command line names, in English.
    let folder = town_copy();
    let root = folder.path().join("town");
    let mut editor = Editor::started(folder, &["--root", root.to_str().expect("a path"), "--lang", "en"]);
    let elsewhere = uri(&std::env::temp_dir());
    editor
        .ask("initialize", json!({ "processId": 1, "rootUri": elsewhere, "capabilities": able() }))
        .expect("it can be asked");
    editor.tell("initialized", json!({}));
    editor.open_as(BASIC, &text);
    let told = editor.until_code(BASIC, "H0303");
    assert!(told["message"].as_str().expect("words").contains("help: "), "{told}");
    // There is none: nothing is said, and nothing breaks.
    let empty = tempfile::tempdir().expect("the system has room");
    let mut editor = Editor::started(empty, &[]);
    editor.ask("initialize", json!({ "capabilities": {} })).expect("it can be asked");
    editor.open_as("memo.md", "{{onw}}");
    assert_eq!(editor.ask_where("textDocument/hover", "memo.md", at(0, 3), json!({})), Ok(Json::Null));
    assert!(editor.found.is_empty());
    let (status, _) = editor.leave();
    assert!(status.success());
}
