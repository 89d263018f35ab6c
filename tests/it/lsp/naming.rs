//! A name changed everywhere: no byte but its own, and no mistake afterwards; else refused, with the reason.

use std::fs;
use std::path::Path;

use hyoka::session;
use serde_json::{Value as Json, json};

use super::{BASIC, CHANGES, CLOUD, Editor, FACTS, TOWN, able, edited, position};
use crate::support::{files, town_copy};

impl Editor {
    fn renamed(&mut self, (path, text): (&str, &str), from: &str, to: &str) -> Result<Json, String> {
        let offset = text.find(from).unwrap_or_else(|| panic!("{from} in {path}"));
        let said = self.ask_where("textDocument/rename", path, position(text, offset), json!({ "newName": to }));
        said.map_err(|error| error["message"].as_str().expect("words").to_owned())
    }

    /// Does on the disk what the editor would do.
    fn carry_out(&self, edit: &Json) {
        let prefix = self.uri("");
        let path =
            |uri: &Json| uri.as_str().expect("a name").strip_prefix(&prefix).expect("of the workspace").to_owned();
        for change in edit["documentChanges"].as_array().expect("changes") {
            if change["kind"] == "rename" {
                let (old, new) = (path(&change["oldUri"]), path(&change["newUri"]));
                fs::rename(self.root().join(old), self.root().join(new)).expect("it can be renamed");
            } else {
                let path = path(&change["textDocument"]["uri"]);
                let text = edited(&self.saved(&path), &change["edits"]);
                fs::write(self.root().join(path), text).expect("it can be written");
            }
        }
    }
}

fn mistakes(root: &Path) -> usize {
    let checked = session::read(root).expect("it can be read");
    checked.diagnostics.sorted().len()
}

#[test]
fn a_name_is_another_everywhere_and_nothing_else_is() {
    for (from, to, changed) in [
        ("own}}は", "本庁", vec![BASIC, TOWN]),
        ("{>>new-system<<}\n", "e-filing", vec![BASIC, CHANGES]),
        ("{{> cloud}}", "data-centre", vec![BASIC, CLOUD]),
        ("{>>cloud<<}", "data-centre", vec![BASIC, CHANGES]),
    ] {
        let mut editor = Editor::new();
        // As Windows saves it.
        for path in [BASIC, TOWN] {
            let text = editor.saved(path).replace('\n', "\r\n");
            fs::write(editor.root().join(path), text).expect("it can be written");
        }
        let before = editor.content();
        let text = editor.open(BASIC);
        // The editor's text has CR LF; a place is the same.
        let plain = text.replace("\r\n", "\n");
        let edit = editor.renamed((BASIC, &plain), from, to).unwrap_or_else(|refusal| panic!("{from}: {refusal}"));
        assert!(editor.content() == before, "the server writes nothing");
        editor.carry_out(&edit);
        assert_eq!(mistakes(&editor.root()), 0, "{from} → {to}");
        let old = from.trim_matches(['{', '}', '>', '<', '\n', ' ', 'は']);
        let after = editor.content();
        for path in changed {
            let (old_text, new_path) = (
                String::from_utf8(before[path].clone()).expect("UTF-8"),
                if path == CLOUD { format!("content/fragments/{to}.md") } else { path.to_owned() },
            );
            let new_text = String::from_utf8(after[&new_path].clone()).expect("UTF-8");
            assert_ne!(old_text, new_text, "{path}");
            let quoted = format!("\"{to}\"");
            let back = if to.is_ascii() { new_text } else { new_text.replace(&quoted, to) };
            assert_eq!(back.replace(to, old), old_text, "{path}: nothing else is another");
        }
        let files = |all: &std::collections::BTreeMap<String, Vec<u8>>| all.len();
        assert_eq!(files(&before), files(&after));
    }
}

#[test]
fn a_name_that_cannot_be_is_refused_with_the_reason() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    for (from, to, reason) in [
        ("own}}は", "start", "すでに使われています"),
        ("own}}は", "", "名前にできません"),
        ("own}}は", "ow n", "名前にできません"),
        ("own}}は", "o}}n", "名前にできません"),
        ("{>>cloud<<}", "new-system", "すでに使われています"),
        ("{>>cloud<<}", "クラウド", "名前にできません"),
        ("{{> cloud}}", "con", "名前にできません"),
        ("{{> cloud}}", "../x", "名前にできません"),
        ("次のとおり", "x", "改名できるのは"),
    ] {
        let refusal = editor.renamed((BASIC, &text), from, to).expect_err(from);
        assert!(refusal.contains(reason), "{from} → {to}: {refusal}");
    }
    // What is nowhere made has no name to change.
    let unknown = text.replace("{{own}}は", "{{nobody}}は");
    editor.write(BASIC, 2, &unknown);
    let refusal = editor.renamed((BASIC, &unknown), "nobody}}", "somebody").expect_err("it is not there");
    assert!(refusal.contains("定義がありません"), "{refusal}");
    // Of a file that cannot be read nobody knows what it says.
    editor.write(BASIC, 3, &text);
    let facts = editor.open(FACTS);
    editor.write(FACTS, 2, &format!("{facts}own = \n"));
    let refusal = editor.renamed((BASIC, &text), "own}}は", "town").expect_err("a file is unread");
    assert!(refusal.contains(FACTS), "{refusal}");
}

#[test]
fn a_shared_text_is_not_renamed_where_the_editor_cannot_rename_its_file() {
    let mut editor = Editor::on(town_copy(), json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    let text = editor.open(BASIC);
    let refusal = editor.renamed((BASIC, &text), "{{> cloud}}", "data").expect_err("it cannot");
    assert!(refusal.contains("ファイルの名前を変えられません"), "{refusal}");
    // A term needs no file.
    assert!(editor.renamed((BASIC, &text), "own}}は", "town").is_ok());
    let mut editor = Editor::on(town_copy(), json!({}));
    let text = editor.open(BASIC);
    let edit = editor.renamed((BASIC, &text), "own}}は", "town").expect("it can");
    assert!(edit["changes"][editor.uri(TOWN)].is_array(), "{edit}");
}

#[test]
fn the_name_under_the_cursor_is_shown_before_it_is_changed() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let said = editor.ask_at("textDocument/prepareRename", (BASIC, &text), "> cloud}}").expect("an answer");
    assert_eq!((&said["placeholder"], super::words(&text, &said["range"])), (&json!("cloud"), "cloud"));
    assert_eq!(editor.ask_at("textDocument/prepareRename", (BASIC, &text), "次のとおり"), Ok(Json::Null));
}

/// A change of one case is not that of another, unless a shared text bears its mark.
#[test]
fn a_change_is_renamed_in_its_own_case() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let other = "content/assessments/fukushi/changes.toml";
    fs::create_dir_all(root.join("content/assessments/fukushi")).expect("a folder can be made");
    fs::copy(root.join(CHANGES), root.join(other)).expect("a file can be copied");
    let mut editor = Editor::on(folder, able());
    let text = editor.open(BASIC);
    let edit = editor.renamed((BASIC, &text), "{>>cloud<<}", "data").expect("it can").to_string();
    assert!(edit.contains(CHANGES) && !edit.contains(other), "{edit}");
    let shared = editor.saved(CLOUD).replace("国内の", "{++国内の++}{>>cloud<<}");
    editor.open_as(CLOUD, &shared);
    let edit = editor.renamed((BASIC, &text), "{>>cloud<<}", "data").expect("it can").to_string();
    assert!(edit.contains(CHANGES) && edit.contains(other) && edit.contains(CLOUD), "{edit}");
    assert!(files(&editor.root()).keys().all(|path| !path.contains("data")), "the server writes nothing");
}
