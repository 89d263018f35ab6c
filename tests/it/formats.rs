//! What `hyoka check` prints for programs, held against the mistakes of one changed fixture.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::town_copy;

/// The fixture with an error after full-width text and a character of two UTF-16 units, an error with a second place, a warning
/// that is accepted, and one that is not.
fn wrong_town() -> TempDir {
    let folder = town_copy();
    let town = folder.path().join("town");
    let append = |path: &str, text: &str| {
        let path = town.join(path);
        let before = fs::read_to_string(&path).expect("the fixture has the file");
        fs::write(path, before + text).expect("a file can be written");
    };
    append("content/assessments/zei/system/core.md", "\n𠮷野の{{owm}}。\n");
    append("content/assessments/zei/system/portal.md", "\n## functions\n\n二度目。\n");
    append(
        "content/assessments/zei/changes.toml",
        "\n[[change]]\n# hyoka: accept H0316 来年度に使う\nid = \"later\"\nreason = \"改正\"\n\n[[change]]\nid = \"never\"\nreason = \"改正\"\n",
    );
    folder
}

fn hyoka(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hyoka"))
        .current_dir(folder.path().join("town"))
        .args(arguments)
        .output()
        .expect("the program can be run")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("the output is UTF-8")
}

#[test]
fn short_is_a_line_each() {
    let output = hyoka(&wrong_town(), &["--lang", "en", "check", "--format", "short"]);
    assert_eq!(
        stdout(&output),
        "content/assessments/zei/changes.toml:27:6: warning[H0316]: change `never` is used nowhere\n\
         content/assessments/zei/system/core.md:11:4: error[H0303]: no term `owm`\n\
         content/assessments/zei/system/portal.md:11:4: error[H0203]: heading `functions` stands twice\n"
    );
    assert_eq!(output.stderr, b"2 error(s), 1 warning(s), 1 accepted\n");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn json_is_one_object_of_its_schema() {
    let folder = wrong_town();
    let output = hyoka(&folder, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(stdout(&output)).expect("the output is JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["counts"].to_string(), r#"{"errors":2,"warnings":1,"notes":0,"accepted":1}"#);
    let term = &report["diagnostics"][1];
    assert_eq!((term["code"].as_str(), term["level"].as_str()), (Some("H0303"), Some("error")));
    assert_eq!(term["message"], "用語「owm」がありません");
    assert!(term["help"].as_str().is_some_and(|help| help.contains("もしかして「own」")));
    assert!(term["example"].as_str().is_some_and(|example| example.contains("[terms]")));
    let path = folder.path().join("town").join(term["path"].as_str().expect("a path"));
    let text = fs::read_to_string(path).expect("the file is there");
    let offset = usize::try_from(term["start"]["offset"].as_u64().expect("an offset")).expect("it is small");
    assert!(text[offset..].starts_with("{{owm}}"), "the offset is in bytes");
    let start = ["line", "column", "column-utf16"].map(|key| term["start"][key].as_u64());
    assert_eq!(start, [Some(11), Some(4), Some(5)]);
    let twice = &report["diagnostics"][2];
    assert_eq!(twice["related"][0]["label"], "最初はここ");
    assert_eq!(twice["related"][0]["start"]["line"], 7);
    assert_eq!(report["accepted"][0]["reason"], "来年度に使う");
    assert_eq!(report["accepted"][0]["code"], "H0316");
    every_key_is_in_the_schema(&report, "diagnostics");
}

/// Every key of an output stands in its schema, and every required key in the output.
pub(crate) fn every_key_is_in_the_schema(output: &Value, name: &str) {
    let path = crate::support::repository().join(format!("schemas/{name}.schema.json"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).expect("the schema is there")).expect("JSON");
    fits(output, &schema, &schema);
}

fn fits(value: &Value, schema: &Value, root: &Value) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return fits(value, root.pointer(reference.trim_start_matches('#')).expect("a definition"), root);
    }
    if let Some(variants) = schema.get("anyOf").and_then(Value::as_array) {
        if !value.is_null() {
            fits(value, &variants[0], root);
        }
        return;
    }
    match value {
        Value::Object(members) => {
            let known = schema["properties"].as_object().unwrap_or_else(|| panic!("no object is expected: {value}"));
            for (key, member) in members {
                fits(member, known.get(key).unwrap_or_else(|| panic!("`{key}` is not in the schema")), root);
            }
            for key in schema["required"].as_array().into_iter().flatten() {
                assert!(members.contains_key(key.as_str().expect("a name")), "{key} is missing in {value}");
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fits(item, &schema["items"], root)),
        _ => {}
    }
}

#[test]
fn sarif_has_rules_regions_and_suppressions() {
    let output = hyoka(&wrong_town(), &["--lang", "en", "check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(stdout(&output)).expect("the output is JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!((rules.len(), results.len()), (3, 4));
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("it is small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a path");
        assert!(uri.starts_with("content/") && uri.is_ascii(), "{uri}");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][key].as_u64().is_some_and(|number| number > 0), "{key} counts from 1");
        }
    }
    for rule in rules {
        assert!(rule["shortDescription"]["text"].is_string() && rule["fullDescription"]["text"].is_string());
        assert!(rule.get("helpUri").is_none(), "there is no page on the network");
    }
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["region"]["startColumn"], 5);
    assert_eq!(results[2]["relatedLocations"][0]["message"]["text"], "first here");
    let suppression = &results[3]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&"inSource".into(), &"来年度に使う".into()));
}

#[test]
fn a_workspace_without_mistakes_is_said_to_have_none() {
    let folder = town_copy();
    let output = hyoka(&folder, &["check", "--format", "short"]);
    assert_eq!((stdout(&output), output.status.code()), ("", Some(0)));
    let output = hyoka(&folder, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(stdout(&output)).expect("the output is JSON");
    assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
    let output = hyoka(&folder, &["check"]);
    assert_eq!(output.stderr, "誤りはありません。\n".as_bytes());
}

#[test]
fn a_code_is_explained_in_both_languages_without_a_workspace() {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    fs::create_dir(folder.path().join("town")).expect("a folder can be made");
    let japanese = hyoka(&folder, &["check", "--explain", "h0338"]);
    assert!(stdout(&japanese).starts_with("誤り[H0338]"), "{}", stdout(&japanese));
    assert!(stdout(&japanese).contains("番号法第28条"));
    let english = hyoka(&folder, &["--lang", "en", "check", "--explain", "H0338"]);
    assert!(stdout(&english).contains("the assessment has to be made again first"));
    let unknown = hyoka(&folder, &["check", "--explain", "H9999"]);
    assert_eq!(unknown.status.code(), Some(2));
    let nowhere = hyoka(&folder, &["check", "--format", "json"]);
    assert_eq!((stdout(&nowhere), nowhere.status.code()), ("", Some(2)));
}

#[test]
fn nothing_but_a_terminal_gets_colours() {
    for form in ["human", "short", "json", "sarif"] {
        let output = hyoka(&wrong_town(), &["check", "--format", form]);
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{form}");
    }
    assert!(Path::new(env!("CARGO_BIN_EXE_hyoka")).is_file());
}
