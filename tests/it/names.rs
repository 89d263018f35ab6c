//! What is called by several words is joined and parted where its name is defined, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use walkdir::WalkDir;

use crate::support::repository;

/// Ways to part a text at its slashes.
const WAYS: [&str; 10] = [
    "split('/')",
    "split(\"/\")",
    "split_once('/')",
    "split_once(\"/\")",
    "rsplit('/')",
    "rsplit_once('/')",
    "splitn(2, '/')",
    "splitn(3, '/')",
    "split_terminator('/')",
    "split_inclusive('/')",
];

/// Files that read something of several parts, and are the only ones that read one of its kind.
const OWN_A_NAME: [&str; 7] = [
    // Municipalities, cases, documents, editions, forms; and whose a file is by its path.
    "name/parts.rs",
    "name/owner.rs",
    // Items of a form.
    "model/item_path.rs",
    // A part of a run: `3/40`.
    "session/shard.rs",
    // What a row of a workbook carries on its way out and back.
    "answers/stamp.rs",
    "answers/comments/sheet.rs",
    // The number of a page at the foot of a form: `3/40`.
    "import/walk/find.rs",
];

/// Files that part the paths of files.
const PART_PATHS_OF_FILES: [&str; 10] = [
    "source/parted.rs",
    "source/workbook/files.rs",
    "source/workbook/xlsx/mod.rs",
    "write/author.rs",
    "write/fresh.rs",
    "write/steps.rs",
    // What kind of file a path holds, and which folders lack their settings.
    "model/one_file.rs",
    "model/folders.rs",
    "model/case_forms.rs",
    "desk/moving.rs",
];

/// The lines of code of `src/`, by file and number.
fn code() -> BTreeMap<(String, usize), String> {
    let root = repository().join("src");
    let mut lines = BTreeMap::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let path = entry.expect("src can be read").into_path();
        if path.extension().is_none_or(|ending| ending != "rs") {
            continue;
        }
        let inside = path.strip_prefix(&root).expect("walked from there").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("a source file is UTF-8");
        let code = text.lines().zip(1..).filter(|(line, _)| !line.trim_start().starts_with("//"));
        lines.extend(code.map(|(line, number)| ((inside.clone(), number), line.to_owned())));
    }
    assert!(lines.len() > 10_000, "src has been found");
    lines
}

#[test]
fn names_are_parted_where_they_are_defined() {
    let may: BTreeSet<&str> = OWN_A_NAME.into_iter().chain(PART_PATHS_OF_FILES).collect();
    let (mut wrong, mut part) = (Vec::new(), BTreeSet::new());
    for ((file, number), line) in code() {
        if WAYS.iter().any(|way| line.contains(way)) {
            if !may.contains(file.as_str()) {
                wrong.push(format!("src/{file}:{number}: {}", line.trim()));
            }
            part.insert(file);
        }
    }
    assert!(
        wrong.is_empty(),
        "these part a text at its slashes: a name is read by its FromStr（src/name）, an item by ItemPath, the path of a file by source::parted:\n{}",
        wrong.join("\n")
    );
    let idle: Vec<&str> = may.into_iter().filter(|file| !part.contains(*file)).collect();
    assert!(idle.is_empty(), "these part nothing any more, take them off the list of this test:\n{}", idle.join("\n"));
}

#[test]
fn folders_of_municipalities_and_cases_are_told_by_their_names() {
    let joins = ["municipalities", "editions", "assessments"].map(|kind| format!("content/{kind}/{{"));
    // The words of messages hold places of their own.
    let may = |file: &str| file.starts_with("name/") || file.starts_with("diagnostic/");
    let all = code().into_iter().filter(|((file, _), line)| !may(file) && joins.iter().any(|join| line.contains(join)));
    let wrong: Vec<String> =
        all.map(|((file, number), line)| format!("src/{file}:{number}: {}", line.trim())).collect();
    assert!(wrong.is_empty(), "a name tells its folder（src/name）:\n{}", wrong.join("\n"));
}
