//! The JSON Schemas in the repository are those of the types, no more and no fewer.

use std::collections::BTreeSet;
use std::fs;

use hyoka::build::schemas;

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
