//! What may stand at a place, what a place means, where a name is made and used, and buttons that mend.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::{BASIC, CHANGES, CLOUD, Editor, FACTS, TOWN, able, edited, position, words};
use crate::returned;
use crate::support::{copy, repository, town_copy};

impl Editor {
    /// What is offered after a text was typed in place of words, at `|`: labels, and what each would make of the text.
    fn offered(
        &mut self,
        path: &str,
        (version, text): (i32, &str),
        (old, typed): (&str, &str),
    ) -> Vec<(String, String)> {
        assert!(text.contains(old), "{old} in {path}");
        let with = text.replacen(old, typed, 1);
        let offset = with.find('|').expect("the test marks a place");
        let now = with.replacen('|', "", 1);
        self.write(path, version, &now);
        let said =
            self.ask_where("textDocument/completion", path, position(&now, offset), json!({})).expect("an answer");
        let items = said["items"].as_array().cloned().unwrap_or_default();
        let made = |item: &Json| edited(&now, &json!([item["textEdit"]]));
        items.iter().map(|item| (item["label"].as_str().expect("a label").to_owned(), made(item))).collect()
    }
}

fn labels(offered: &[(String, String)]) -> Vec<&str> {
    offered.iter().map(|(label, _)| label.as_str()).collect()
}

#[test]
fn what_may_stand_at_a_place_is_offered_and_fits() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let own = "{{own}}は、";
    let terms = editor.offered(BASIC, (2, &text), (own, "𠮷{{o|は、"));
    assert_eq!(labels(&terms), ["own", "start", "cloud"]);
    assert!(terms[0].1.contains("𠮷{{own}}は、") && terms[2].1.contains("𠮷{{> cloud}}は、"), "{}", terms[2].1);
    // An editor that closes braces by itself has them already.
    let terms = editor.offered(BASIC, (3, &text), (own, "𠮷{{|}}は、"));
    assert!(terms[0].1.contains("𠮷{{own}}は、"), "{}", terms[0].1);
    let shared = editor.offered(BASIC, (4, &text), ("{{> cloud}}", "{{> c|"));
    assert_eq!(labels(&shared), ["cloud"]);
    assert_eq!(shared[0].1, text);
    let changes = editor.offered(BASIC, (5, &text), ("++}{>>new-system<<}\n", "++}{>>|\n"));
    assert_eq!(labels(&changes), ["new-system", "cloud"]);
    assert_eq!(changes[0].1, text);
    // A heading names an item that has none yet.
    let headings = editor.offered(BASIC, (6, &text), ("## storage", "## |"));
    assert!(labels(&headings).contains(&"storage") && !labels(&headings).contains(&"work-content"), "{headings:?}");
    assert!(headings.iter().any(|(_, made)| *made == text));
    let options = editor.offered(BASIC, (7, &text), ("\"1万人以上10万人未満\"", "\"|\""));
    assert!(options.len() == 3 && options.iter().any(|(_, made)| *made == text), "{options:?}");
    let options = editor.offered(BASIC, (8, &text), ("\"1万人以上10万人未満\"", "|"));
    assert!(options.iter().any(|(_, made)| *made == text), "{options:?}");
    let keys = editor.offered(BASIC, (9, &text), ("work-persons =", "work-p| ="));
    assert!(labels(&keys).contains(&"work-persons"), "{keys:?}");
    assert_eq!(editor.offered(BASIC, (10, &text), ("住民税を賦課し", "住民税|を賦課し")), []);
    // In settings.
    let changes = editor.open(CHANGES);
    let all = editor.offered(CHANGES, (2, &changes), ("changes = [\"cloud\"]", "changes = [\"|\"]"));
    assert_eq!(labels(&all), ["new-system", "cloud"]);
    assert_eq!(all[1].1, changes);
}

#[test]
fn a_checklist_is_offered_shared_texts_and_items() {
    let mut editor = Editor::on(returned::workspace(), able());
    let path = "content/municipalities/hikari/checklists/denshi.toml";
    let all: Vec<String> =
        crate::support::files(&editor.root()).into_keys().filter(|path| path.contains("/checklists/")).collect();
    let path = all.first().cloned().unwrap_or_else(|| path.to_owned());
    let text = editor.open(&path);
    let measure = "[[sheet.measure]]\n";
    let shared = editor.offered(&path, (2, &text), (measure, "[[sheet.measure]]\nfragment = \"|\"\n"));
    assert!(!shared.is_empty(), "{all:?}");
    let items = editor.offered(&path, (3, &text), (measure, "[[sheet.measure]]\nitem = |\n"));
    assert!(items.iter().any(|(label, made)| made.contains(&format!("item = \"{label}\"\n"))), "{items:?}");
}

fn hint(said: &Json) -> &str {
    said["contents"]["value"].as_str().unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn a_place_tells_what_it_means() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let hover = |editor: &mut Editor, words: &str| {
        editor.ask_at("textDocument/hover", (BASIC, &text), words).expect("an answer")
    };
    let item = hover(&mut editor, "work-content");
    assert_eq!(words(&text, &item["range"]), "work-content");
    assert!(hint(&item).contains("本町は、地方税法に基づき"), "as it is printed: {}", hint(&item));
    assert!(hint(&item).contains("ひかり町"), "{}", hint(&item));
    let choice = hover(&mut editor, "1万人以上");
    assert!(hint(&choice).contains("選択肢") && hint(&choice).contains("000人未満"), "{}", hint(&choice));
    let term = hover(&mut editor, "{{own}}");
    assert_eq!(words(&text, &term["range"]), "{{own}}");
    assert!(hint(&term).contains("本町"), "{}", hint(&term));
    let fragment = hover(&mut editor, "{{> cloud}}");
    assert!(hint(&fragment).contains("クラウドの措置") && hint(&fragment).contains("国内のデータセンター"));
    let change = hover(&mut editor, "new-system<<}\n");
    assert!(hint(&change).contains("電子申告の開始に伴う追記") && hint(&change).contains("事前"), "{}", hint(&change));
    assert_eq!(hover(&mut editor, "次のとおり"), Json::Null);
    // Pages are measured beside it.
    let start = Instant::now();
    while !hint(&hover(&mut editor, "work-content")).contains("P.") {
        assert!(start.elapsed() < Duration::from_secs(120), "no page was measured");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_hint_says_what_the_form_asks_for() {
    let folder = tempfile::tempdir().expect("the system has room");
    copy(&repository().join("tests/fixtures/third"), &folder.path().join("town"));
    let mut capabilities = able();
    capabilities["textDocument"] = json!({ "hover": { "contentFormat": ["plaintext"] } });
    let mut editor = Editor::on(folder, capabilities);
    let path = "content/assessments/juki/basic.md";
    let text = editor.open(path);
    let heading = text.lines().find(|line| line.starts_with("## ")).expect("it has an item").to_owned();
    let said =
        editor.ask_at("textDocument/hover", (path, &text), heading.trim_start_matches("## ")).expect("an answer");
    assert_eq!(said["contents"]["kind"], "plaintext");
    assert!(!hint(&said).contains("**") && !hint(&said).contains('\\'), "{}", hint(&said));
    assert!(hint(&said).chars().count() > 60, "guidance and text: {}", hint(&said));
}

/// Where a name stands: the path and the words of each place.
fn places(editor: &Editor, said: &Json) -> Vec<(String, String)> {
    let all = said.as_array().unwrap_or_else(|| panic!("{said}"));
    let place = |place: &Json| {
        let prefix = editor.uri("");
        let path = place["uri"].as_str().expect("a name").strip_prefix(&prefix).expect("of the workspace").to_owned();
        let text = editor.saved(&path);
        (path, words(&text, &place["range"]).to_owned())
    };
    all.iter().map(place).collect()
}

fn owned(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(path, words)| ((*path).to_owned(), (*words).to_owned())).collect()
}

#[test]
fn a_name_leads_to_where_it_is_made_and_used() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let both = |editor: &mut Editor, from: &str| {
        let made = editor.ask_at("textDocument/definition", (BASIC, &text), from).expect("an answer");
        let position = position(&text, text.find(from).expect("it is there"));
        let more = json!({ "context": { "includeDeclaration": true } });
        let used = editor.ask_where("textDocument/references", BASIC, position, more).expect("an answer");
        (places(editor, &made), places(editor, &used))
    };
    let (made, used) = both(&mut editor, "> cloud}}");
    assert_eq!(made, owned(&[(CLOUD, "cloud")]));
    assert_eq!(used, owned(&[(BASIC, "cloud"), (CLOUD, "cloud")]));
    let (made, used) = both(&mut editor, "own}}は");
    assert_eq!(made, owned(&[(TOWN, "own")]));
    assert!(
        used.contains(&(TOWN.to_owned(), "own".to_owned())) && used.contains(&(BASIC.to_owned(), "own".to_owned()))
    );
    let (made, used) = both(&mut editor, "{>>cloud<<}");
    assert_eq!(made, owned(&[(CHANGES, "cloud")]), "the change, not the shared text of that name");
    assert!(used.iter().filter(|(path, _)| path == CHANGES).count() == 2, "the list and the summary: {used:?}");
    assert!(used.iter().all(|(_, words)| words == "cloud") && used.iter().any(|(path, _)| path == BASIC), "{used:?}");
    // A fact is used in a shared text.
    let shared = editor.open(CLOUD);
    let made = editor.ask_at("textDocument/definition", (CLOUD, &shared), "start}}").expect("an answer");
    assert_eq!(places(&editor, &made), owned(&[(FACTS, "start")]));
    // Without where it is made.
    let position = position(&shared, shared.find("start}}").expect("it is there"));
    let more = json!({ "context": { "includeDeclaration": false } });
    let used = editor.ask_where("textDocument/references", CLOUD, position, more).expect("an answer");
    assert_eq!(places(&editor, &used), owned(&[(CLOUD, "start")]));
    assert_eq!(editor.ask_at("textDocument/definition", (BASIC, &text), "次のとおり"), Ok(json!([])));
}

#[test]
fn an_item_of_a_municipality_leads_to_the_shared_one() {
    let folder = town_copy();
    let own = "content/municipalities/hikari/zei/basic.md";
    fs::write(folder.path().join("town").join(own), "## storage +\n\n鍵のかかる部屋に置く。\n")
        .expect("it can be written");
    let mut editor = Editor::on(folder, able());
    let text = editor.open(own);
    let made = editor.ask_at("textDocument/definition", (own, &text), "storage").expect("an answer");
    assert_eq!(places(&editor, &made), owned(&[(BASIC, "storage")]));
}

#[test]
fn the_outline_names_items_values_and_changes() {
    let mut editor = Editor::new();
    let text = editor.open(BASIC);
    let said = editor
        .ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": editor.uri(BASIC) } }))
        .expect("an answer");
    let all = said.as_array().expect("a list");
    let ids: Vec<&str> = all.iter().map(|one| one["detail"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["work-name", "work-persons", "system-count", "system", "work-content", "storage"]);
    for one in all {
        assert_eq!(words(&text, &one["selectionRange"]), one["detail"].as_str().expect("an id"));
    }
    let content = &all[4];
    assert_ne!(content["name"], content["detail"], "it has the form's label");
    assert!(words(&text, &content["range"]).ends_with("{>>new-system<<}\n\n"), "it reaches to the next heading");
    editor.open(CHANGES);
    let said = editor
        .ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": editor.uri(CHANGES) } }))
        .expect("an answer");
    let ids: Vec<&str> =
        said.as_array().expect("a list").iter().map(|one| one["detail"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["new-system", "cloud", "cloud-summary"]);
}

#[test]
fn a_button_mends_what_is_certain() {
    for capabilities in [able(), json!({})] {
        let has_versions = capabilities != json!({});
        let mut editor = Editor::on(town_copy(), capabilities);
        let text = editor.open(BASIC);
        let wrong = text.replace("{{own}}は、", "𠮷{{ownn}}は、");
        editor.write(BASIC, 2, &wrong);
        let told = editor.until_code(BASIC, "H0303");
        let params = json!({
            "textDocument": { "uri": editor.uri(BASIC) }, "range": told["range"],
            "context": { "diagnostics": [told] },
        });
        let actions = editor.ask("textDocument/codeAction", params.clone()).expect("an answer");
        let action = &actions[0];
        assert_eq!((&action["kind"], &action["diagnostics"][0]["code"]), (&json!("quickfix"), &json!("H0303")));
        assert_eq!(action["title"], "「ownn」を「own」に直す");
        let edits = if has_versions {
            assert_eq!(action["edit"]["documentChanges"][0]["textDocument"]["version"], 2);
            &action["edit"]["documentChanges"][0]["edits"]
        } else {
            &action["edit"]["changes"][editor.uri(BASIC)]
        };
        let mended = edited(&wrong, edits);
        assert_eq!(mended, text.replace("{{own}}は、", "𠮷{{own}}は、"));
        editor.write(BASIC, 3, &mended);
        assert_eq!(editor.ask("textDocument/codeAction", params), Ok(json!([])), "nothing is left to mend");
    }
}
