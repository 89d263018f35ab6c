//! The manual's list of keys（docs/ja/16-kii.md） against the schemas of the files: each key with its kind and whether it is required, none
//! more and none less. What a key means is the manual's own.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value as Json;

/// The files of the list, as the headings name them, and their schemas.
const FILES: [(&str, &str); 8] = [
    ("municipality.toml", "municipality"),
    ("case.toml", "case"),
    ("submission.toml", "submission"),
    ("checklists/", "checklist"),
    ("changes.toml", "changes"),
    ("assessment.toml", "assessment"),
    ("facts.toml", "facts"),
    ("register.toml", "register"),
];

/// Rows by the heading of their table: key, kind, sign of a required one.
type Tables = BTreeMap<String, Vec<[String; 3]>>;

#[test]
fn the_list_of_keys_is_that_of_the_schemas() {
    let page = fs::read_to_string("docs/ja/16-kii.md").expect("the manual has the page");
    let listed = listed(&page);
    assert_eq!(listed.len(), FILES.len(), "a file that no schema of this test is of: {:?}", listed.keys());
    for (file, schema) in FILES {
        let schema = fs::read_to_string(format!("schemas/{schema}.schema.json")).expect("the schema is there");
        let schema: Json = serde_json::from_str(&schema).expect("a schema is JSON");
        assert_eq!(listed[file], Schema::tables(&schema), "{file}");
    }
}

/// What the page lists, by file.
fn listed(page: &str) -> BTreeMap<String, Tables> {
    let mut files: BTreeMap<String, Tables> = BTreeMap::new();
    let (mut file, mut table) = (String::new(), String::new());
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            file = heading.split_once(' ').map_or("", |(_, name)| name).to_owned();
            table = String::new();
        } else if let Some(heading) = line.strip_prefix("### ") {
            table = heading.to_owned();
        } else if line.starts_with("| `") {
            let cells: Vec<&str> =
                line.trim_matches('|').split(" |").map(|cell| cell.trim_start_matches('|').trim()).collect();
            let [key, kind, required, words] = cells[..] else { panic!("not four cells: {line}") };
            assert!(!words.is_empty(), "{file}: {key} is not explained");
            let row = [key, kind, required].map(str::to_owned);
            files.entry(file.clone()).or_default().entry(table.clone()).or_default().push(row);
        }
    }
    files
}

/// A schema while its tables are gathered: one that stands in several places is listed once.
struct Schema<'s> {
    definitions: &'s Json,
    /// Headings and rows by the name of the definition.
    found: BTreeMap<String, (Vec<String>, Vec<[String; 3]>)>,
}

/// A value's definition: its name, if it has one, and what it is.
type Definition<'s> = (Option<&'s str>, Kind<'s>);

enum Kind<'s> {
    Words(Vec<&'s str>),
    OneOf(Vec<Definition<'s>>),
    Node(&'s Json),
}

impl<'s> Schema<'s> {
    fn tables(schema: &'s Json) -> Tables {
        let mut all = Self { definitions: &schema["$defs"], found: BTreeMap::new() };
        all.table(None, schema, "", false);
        all.found.into_values().map(|(headings, rows)| (headings.join("、"), rows)).collect()
    }

    fn table(&mut self, name: Option<&str>, node: &'s Json, path: &str, is_list: bool) {
        let heading = match (path, is_list) {
            ("", _) => String::new(),
            (path, true) => format!("`[[{path}]]`"),
            (path, false) => format!("`[{path}]`"),
        };
        let required: Vec<&str> = node["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let keys = node["properties"].as_object().expect("a table has keys");
        let row = |(key, value): (&String, &'s Json)| {
            let sign = if required.contains(&key.as_str()) { "○" } else { "" };
            [format!("`{key}`"), self.kind(&self.resolved(value)), sign.to_owned()]
        };
        let rows = keys.iter().map(row).collect();
        let known = self.found.entry(name.unwrap_or_default().to_owned()).or_insert((Vec::new(), rows));
        known.0.push(heading);
        for (key, value) in keys {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.below(self.resolved(value), &path, false);
        }
    }

    fn below(&mut self, (name, kind): Definition<'s>, path: &str, is_list: bool) {
        match kind {
            Kind::Words(_) => {}
            Kind::OneOf(all) => all.into_iter().for_each(|one| self.below(one, path, is_list)),
            Kind::Node(node) if node["properties"].is_object() => self.table(name, node, path, is_list),
            Kind::Node(node) if node["items"].is_object() => self.below(self.resolved(&node["items"]), path, true),
            Kind::Node(node) if node["additionalProperties"].is_object() => {
                self.below(self.resolved(&node["additionalProperties"]), &format!("{path}.〇〇"), false);
            }
            Kind::Node(_) => {}
        }
    }

    /// What a value is, without references and `null`.
    fn resolved(&self, node: &'s Json) -> Definition<'s> {
        let (mut name, mut node) = (None, node);
        loop {
            if let Some(reference) = node["$ref"].as_str() {
                name = reference.rsplit('/').next();
                node = &self.definitions[name.expect("a reference names a definition")];
                continue;
            }
            if let Some(words) = node["enum"].as_array() {
                return (name, Kind::Words(words.iter().filter_map(Json::as_str).collect()));
            }
            let all = ["anyOf", "oneOf"].iter().filter_map(|key| node[*key].as_array()).flatten();
            let all: Vec<&Json> = all.filter(|one| one["type"] != "null").collect();
            let words = |one: &&'s Json| -> Option<Vec<&'s str>> {
                let many = one["enum"].as_array().map(|all| all.iter().filter_map(Json::as_str).collect());
                many.or_else(|| one["const"].as_str().map(|word| vec![word]))
            };
            match all[..] {
                [] => return (name, Kind::Node(node)),
                [one] => node = one,
                _ => match all.iter().map(words).collect::<Option<Vec<_>>>() {
                    Some(words) => return (name, Kind::Words(words.concat())),
                    None => return (name, Kind::OneOf(all.into_iter().map(|one| self.resolved(one)).collect())),
                },
            }
        }
    }

    fn kind(&self, (_, kind): &Definition<'s>) -> String {
        let node = match kind {
            Kind::Words(words) => {
                let shown =
                    words.iter().map(|word| if word.is_empty() { "\"\"".to_owned() } else { format!("`{word}`") });
                return shown.collect::<Vec<_>>().join("、");
            }
            Kind::OneOf(all) => return all.iter().map(|one| self.kind(one)).collect::<Vec<_>>().join("又は"),
            Kind::Node(node) => *node,
        };
        let kinds = node["type"].as_array().map_or_else(|| vec![&node["type"]], |all| all.iter().collect());
        let kind = kinds.into_iter().filter_map(Json::as_str).find(|kind| *kind != "null");
        let is_table = |of: &'s Json| matches!(self.resolved(of).1, Kind::Node(node) if node["properties"].is_object());
        match kind {
            Some("string") => "文字".to_owned(),
            Some("integer") => "整数".to_owned(),
            Some("number") => "数".to_owned(),
            Some("boolean") => "`true`、`false`".to_owned(),
            Some("array") if is_table(&node["items"]) => "表の並び".to_owned(),
            Some("array") => format!("{}の並び", self.kind(&self.resolved(&node["items"]))),
            Some("object") if node["properties"].is_object() => "表".to_owned(),
            Some("object") if is_table(&node["additionalProperties"]) => "名前の付いた表".to_owned(),
            Some("object") => format!("名前の付いた{}", self.kind(&self.resolved(&node["additionalProperties"]))),
            other => panic!("a value of no kind: {other:?} in {node}"),
        }
    }
}
