//! The chapters on forms: their forms are forms, and they tell of every key.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::markup::State;
use hyoka::model::manifest::{FormDef, schemas};
use hyoka::model::{Content, ItemPath};

use crate::support::{repository, town_copy};

const CHAPTERS: &[&str] = &["docs/ja/11-yoshiki.md", "docs/en/forms.md"];

fn chapter(path: &str) -> String {
    fs::read_to_string(repository().join(path)).expect("the chapter is there")
}

#[test]
fn every_form_of_the_chapters_is_one() {
    for path in CHAPTERS {
        let folder = town_copy();
        let root = folder.path().join("town");
        let text = chapter(path);
        let mut forms = 0;
        for block in text.split("```toml form\n").skip(1) {
            let block = block.split("```").next().expect("a split has a first part");
            let name = block.lines().next().and_then(|line| line.strip_prefix("# ")).expect("a block names its file");
            let file = root.join(name);
            fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder can be made");
            fs::write(&file, block).expect("a file can be written");
            let checked = hyoka::session::read(&root).expect("the workspace can be read");
            let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
            assert!(checked.diagnostics.is_empty(), "{path}: {name}\n{block}\n{said}");
            forms += 1;
        }
        assert!(forms >= 4, "{path} builds a form in steps");
    }
}

/// The names of all properties of a schema, those of its definitions too.
fn keys(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(members) => {
            if let Some(serde_json::Value::Object(properties)) = members.get("properties") {
                found.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| keys(member, found));
        }
        serde_json::Value::Array(members) => members.iter().for_each(|member| keys(member, found)),
        _ => {}
    }
}

#[test]
fn the_chapters_tell_of_every_key() {
    let mut all = BTreeSet::new();
    for (name, text) in schemas().into_iter().filter(|(name, _)| ["form", "derived-form"].contains(name)) {
        let schema: serde_json::Value = serde_json::from_str(&text).expect("a schema is JSON");
        keys(&schema, &mut all);
        assert!(all.len() > 10, "{name} has keys");
    }
    for path in CHAPTERS {
        let text = chapter(path);
        let lacking: Vec<&String> = all.iter().filter(|key| !text.contains(&format!("`{key}`"))).collect();
        // Keys that stand in an example or in a table row of several.
        let lacking: Vec<&&String> = lacking.iter().filter(|key| !text.contains(&format!("{key} = "))).collect();
        assert!(lacking.is_empty(), "{path} does not tell of {lacking:?}");
    }
}

#[test]
fn every_place_of_an_inherited_form_is_where_the_other_version_is_named() {
    for name in ["zenkomoku-h30-05", "kisokomoku-h31-01", "jutenkomoku-h30-05"] {
        let text = fs::read_to_string(repository().join(format!("templates/forms/{name}.toml"))).expect("it is there");
        let mut form: FormDef = toml::from_str(&text).expect("the form is one");
        form.each_place(&mut |place: &mut Range<usize>| *place = 7..9);
        let shown = format!("{form:?}");
        let ranges = shown.matches("range: ").count();
        assert!(ranges > 100, "{name} has places");
        assert_eq!(shown.matches("range: 7..9").count(), ranges, "{name}: a place was passed over");
    }
}

/// A form of the town's own that quotes its assessment.
const QUOTING: &str = r#"
id = "gaiyou"
title = "概要"
body = "gothic"

[[section]]
id = "outline"
title = "概要"
layout = "table"
items = [
  { id = "names", kind = "text", label = "システム名", from = "basic/system/*/system-name" },
  { id = "functions", kind = "text", label = "機能", from = "basic/system/*/functions" },
  { id = "work", kind = "text", label = "事務", from = "basic/work" },
  { id = "systems", kind = "text", label = "システム", from = "basic/system" },
  { id = "all", kind = "text", label = "全体", from = "basic" },
  { id = "persons", kind = "choice", label = "人数", options = "persons", from = "basic/work-persons" },
  { id = "own", kind = "line", label = "名称", from = "basic/work-name" },
]

[[options]]
id = "persons"
labels = ["1,000人未満", "1,000人以上1万人未満", "1万人以上10万人未満"]
"#;

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

#[test]
fn a_form_quotes_an_item_a_list_a_bar_a_group_and_a_section() {
    let folder = town_copy();
    let root = folder.path().join("town");
    let own = root.join("content/municipalities/hikari");
    put(&own.join("forms/gaiyou.toml"), QUOTING);
    put(&own.join("zei/overview/outline.md"), "+++\n[values]\nown = \"町の住民税\"\n+++\n");
    let settings = fs::read_to_string(own.join("municipality.toml")).expect("the town has settings");
    let document = "[[document]]\ncase = \"zei\"\nid = \"overview\"\nkind = \"overview\"\ntitle = \"概要\"\nform = \"gaiyou\"\nformats = [\"pdf\"]\n\n[terms]";
    put(&own.join("municipality.toml"), &settings.replace("[terms]", document));
    let checked = hyoka::session::read(&root).expect("the workspace can be read");
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    // An entry of its own goes before what is quoted; that it says something else is told.
    let codes: Vec<&str> = checked.diagnostics.sorted().iter().map(|found| found.code.id()).collect();
    assert_eq!(codes, ["H0661"], "{said}");
    let town = &checked.model.municipalities[0];
    let overview = &town.cases["zei"].form(&hyoka::model::Role::Overview("overview".into())).expect("it is filled");
    let shown = |item: &str, state: State| {
        let row = overview.row(&ItemPath::of("outline").join(item)).expect("the form has the row");
        let texts: Vec<String> = row.content.texts().iter().map(|text| text.characters(state)).collect();
        texts.join("|")
    };
    assert_eq!(shown("names", State::After), "税務システム\n申告受付システム");
    // A record that is new is new in what quotes it.
    assert_eq!(shown("names", State::Before), "税務システム");
    assert!(shown("functions", State::After).starts_with("賦課と収納を管理する。\n"));
    assert!(
        shown("work", State::After)
            .starts_with("①事務の名称　住民税に関する事務\n②事務の内容　本町は、地方税法に基づき")
    );
    assert!(!shown("work", State::After).contains("①機能"), "a bar ends where the next begins");
    assert!(shown("systems", State::After).starts_with("システム1　税務システム\n①機能　賦課と収納を管理する。"));
    assert!(shown("all", State::After).contains("①保管場所　次のとおり保管する。"));
    assert_eq!(shown("own", State::After), "町の住民税");
    let row = overview.row(&"outline/persons".into()).expect("the form has the row");
    let Content::Choice { value, options, .. } = &row.content else { panic!("a choice stays one: {:?}", row.content) };
    assert_eq!((value.characters(State::After).as_str(), options.len()), ("1万人以上10万人未満", 3));
}
