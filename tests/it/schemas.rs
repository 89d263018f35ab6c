//! The JSON Schemas in the repository are those of the types, no more and no fewer.

use std::collections::BTreeSet;
use std::fs;

use hyoka::desk::schemas;

use crate::support::repository;

#[test]
fn the_schemas_in_the_repository_are_current() {
    for (name, text) in schemas() {
        let path = repository().join(format!("schemas/{name}.schema.json"));
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(written, text, "schemas/{name}.schema.json is not current: run `make schemas`");
    }
}

#[test]
fn every_schema_in_the_repository_is_of_a_type() {
    let written: BTreeSet<String> = fs::read_dir(repository().join("schemas"))
        .expect("the schemas are there")
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect();
    let known: BTreeSet<String> = schemas().iter().map(|(name, _)| format!("{name}.schema.json")).collect();
    assert_eq!(written, known);
}

#[test]
fn editors_find_the_schema_of_every_kind_of_file() {
    let settings = fs::read_to_string(repository().join(".taplo.toml")).expect("the settings are there");
    let settings: toml::Table = settings.parse().expect("they are TOML");
    let rules = settings["rule"].as_array().expect("rules").iter();
    let named: BTreeSet<&str> = rules.map(|rule| rule["schema"]["path"].as_str().expect("a path")).collect();
    for path in &named {
        assert!(repository().join(path).is_file(), "{path} is not there");
    }
    // The heads of Markdown files, forms in TOML 1.1, and what the program prints.
    let without = ["derived-form", "diagnostics", "entry", "flow", "form", "fragment", "items", "review"];
    for (name, _) in schemas().into_iter().filter(|(name, _)| !without.contains(name)) {
        assert!(named.contains(format!("schemas/{name}.schema.json").as_str()), "{name} is in no rule of .taplo.toml");
    }
}
