//! `src/` held to the table in the documentation of `src/lib.rs`: one direction, no reach-around; and nothing in code or
//! templates that names a municipality or a form; and `tests/it` to its fixtures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::support::repository;

/// A file of the library and the top module that it belongs to.
struct Source {
    module: String,
    path: PathBuf,
    text: String,
}

/// All Rust files of `src/` below a top module; `lib.rs`, `main.rs` and `error.rs` stand outside of all.
fn sources() -> Vec<Source> {
    let root = repository().join("src");
    WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("src can be read").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter_map(|path| {
            let inside = path.strip_prefix(&root).expect("walked from there").to_owned();
            let first = inside.components().next().expect("a file has a name");
            let module = first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            let outside = ["lib", "main", "error"].contains(&module.as_str());
            let text = fs::read_to_string(&path).expect("a source file is UTF-8");
            (!outside).then_some(Source { module, path: inside, text })
        })
        .collect()
}

/// The rows of the table: module and what it may use, in order.
fn table() -> Vec<(String, String)> {
    let text = fs::read_to_string(repository().join("src/lib.rs")).expect("the library has a root");
    text.lines()
        .filter_map(|line| line.strip_prefix("//! | [`"))
        .map(|row| {
            let (module, rest) = row.split_once("`]").expect("a row names its module in brackets");
            let may_use = rest.trim().trim_end_matches('|').rsplit('|').next().expect("a row has cells");
            (module.to_owned(), may_use.trim().to_owned())
        })
        .collect()
}

/// The modules that the library declares.
fn declared() -> BTreeSet<String> {
    let text = fs::read_to_string(repository().join("src/lib.rs")).expect("the library has a root");
    text.lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect()
}

/// Code lines without comments, numbered from 1.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter_map(|(index, line)| {
        let code = if line.trim_start().starts_with("//") { "" } else { line };
        (!code.is_empty()).then_some((index + 1, code))
    })
}

/// The names that follow `crate::`, those in a group too.
fn used(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let group = rest.strip_prefix('{').map(|inside| inside.split('}').next().unwrap_or(inside));
        let parts: Vec<&str> = group.map_or_else(|| vec![rest], |inside| inside.split(',').collect());
        for part in parts {
            let name: String = part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                names.push(name);
            }
        }
    }
    names
}

#[test]
fn the_table_lists_every_module_in_an_order_without_cycles() {
    let rows: Vec<String> = table().into_iter().map(|(module, _)| module).collect();
    let listed: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(listed.len(), rows.len(), "a module stands twice in the table of src/lib.rs");
    assert_eq!(rows.last().map(String::as_str), Some("cli"), "the command line comes last");
    assert_eq!(listed, declared(), "the table of src/lib.rs and its `pub mod` lines differ");
    let found: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    assert_eq!(listed, found, "the table of src/lib.rs and the folders of src/ differ");
}

#[test]
fn each_row_of_the_table_says_what_its_place_allows() {
    let rows = table();
    for (index, (module, may_use)) in rows.iter().enumerate() {
        let before: Vec<&str> = rows[..index].iter().map(|(module, _)| module.as_str()).collect();
        let expected = match before.last() {
            None => "–".to_owned(),
            Some(last) if may_use.starts_with('…') => format!("… {last}"),
            Some(_) => before.join(", "),
        };
        assert_eq!(*may_use, expected, "the row of `{module}`");
    }
}

#[test]
fn modules_use_only_those_before_them() {
    let order: BTreeMap<String, usize> = table().into_iter().map(|(module, _)| module).zip(0..).collect();
    let mut wrong = Vec::new();
    for source in sources() {
        for (number, line) in code_lines(&source.text) {
            for name in used(line) {
                // Types at the root, such as the error, are no modules.
                let Some(place) = order.get(&name) else {
                    if name.chars().next().is_some_and(char::is_lowercase) {
                        wrong.push(format!("{}:{number}: unknown module `{name}`", source.path.display()));
                    }
                    continue;
                };
                if *place > order[&source.module] {
                    wrong.push(format!("{}:{number}: `{}` uses `{name}`", source.path.display(), source.module));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "against the table of src/lib.rs:\n{}", wrong.join("\n"));
}

#[test]
fn no_module_reaches_around_the_table_with_super() {
    let mut wrong = Vec::new();
    for source in sources() {
        // `mod.rs` and a file of the module's own name are the module itself, every other file one level deeper.
        let depth = source.path.components().count();
        let depth = if source.path.ends_with("mod.rs") { depth - 1 } else { depth };
        for (number, line) in code_lines(&source.text) {
            let levels = longest_super(line);
            // An indented line may stand in an inline module, one level deeper.
            let here = if line.starts_with(' ') { depth + 1 } else { depth };
            if levels >= here && levels > 0 {
                wrong.push(format!("{}:{number}: {}", source.path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "these leave their top module:\n{}", wrong.join("\n"));
}

/// How many `super::` follow each other at most.
fn longest_super(line: &str) -> usize {
    let mut longest = 0;
    let mut rest = line;
    while let Some(at) = rest.find("super::") {
        let mut levels = 0;
        rest = &rest[at..];
        while let Some(next) = rest.strip_prefix("super::") {
            levels += 1;
            rest = next;
        }
        longest = longest.max(levels);
    }
    longest
}

#[test]
fn only_two_rooms_reach_the_disk_and_one_of_them_only_reads() {
    // That nobody else calls what `clippy.toml` lists is held by the lint; that nobody else lifts it, here.
    let mut wrong = Vec::new();
    for source in sources() {
        let path = source.path.display();
        for (number, line) in code_lines(&source.text) {
            if line.contains("disallowed_methods")
                && !["source/mod.rs", "write/mod.rs"].contains(&path.to_string().replace('\\', "/").as_str())
            {
                wrong.push(format!("{path}:{number}: {}", line.trim()));
            }
            let writes = [
                "fs::write",
                "create_dir",
                "rename(",
                "remove_",
                "fs::copy",
                "hard_link",
                "File::create",
                "set_permissions",
                "tempfile",
            ];
            if source.module == "source" && writes.iter().any(|name| line.contains(name)) {
                wrong.push(format!("{path}:{number}: `source` writes: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "only `source` reads, only `write` writes:\n{}", wrong.join("\n"));
}

/// Words that only data may hold, each with what it is: slugs and names of municipalities, ids of cases and forms.
fn names_of_data() -> BTreeMap<String, &'static str> {
    let content = repository().join("content");
    let mut names = BTreeMap::new();
    for folder in children(&content.join("municipalities")) {
        names.insert(stem(&folder), "a municipality's slug");
        let toml = fs::read_to_string(folder.join("municipality.toml")).expect("a municipality has its settings");
        let toml: toml::Table = toml.parse().expect("the settings are TOML");
        let name = toml["name"].as_str().expect("a municipality has a name");
        // Without its last character（区・市・町・村）, so that both 新宿区 and 新宿 are found.
        let mut short = name.to_owned();
        short.pop();
        names.insert(short, "a municipality's name");
        for form in children(&folder.join("forms")) {
            names.insert(stem(&form), "a form's id");
        }
    }
    for case in children(&content.join("assessments")) {
        names.insert(stem(&case), "a case's id");
    }
    for form in children(&repository().join("templates/forms")) {
        names.insert(stem(&form), "a form's id");
    }
    assert!(names.len() > 5, "the names must come from the content: {names:?}");
    names
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

/// Whether a line may name data after all: an example in the documentation or in the help text of the command line, and the list
/// of the files that are built into the program, which names files and no meaning.
fn may_name(file: &Path, line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("///")
        || line.starts_with("//!")
        || (file.ends_with("cli/examples.rs") && line.starts_with("hyoka "))
        || (file.ends_with("source/templates.rs") && line.starts_with("\"forms/"))
}

#[test]
fn code_and_templates_name_no_municipality_and_no_form() {
    let names = names_of_data();
    let mut wrong = Vec::new();
    for folder in ["src", "templates/typst", "templates/html"] {
        for entry in WalkDir::new(repository().join(folder)).sort_by_file_name() {
            let entry = entry.expect("the folder can be read");
            if !entry.file_type().is_file() {
                continue;
            }
            let text = fs::read_to_string(entry.path()).expect("code and templates are UTF-8");
            for (number, line) in text.lines().enumerate() {
                for (name, what) in names.iter().filter(|(name, _)| line.contains(name.as_str())) {
                    if !may_name(entry.path(), line) {
                        let path = entry.path().strip_prefix(repository()).expect("walked from there");
                        wrong.push(format!("{}:{}: {name} ({what})", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "only data may name these:\n{}", wrong.join("\n"));
}

/// What a line of a test reaches of the repository that is no fixture and no part of the program.
fn reaches_content(line: &str, municipalities: &[String]) -> Option<String> {
    const MAY_READ: [&str; 16] = [
        "src",
        "schemas",
        "templates",
        "tests/",
        "docs/",
        "deploy",
        "examples/towns",
        "fuzz/",
        "target/accessibility",
        "target/desk",
        "target/lsp",
        "Makefile",
        "README.md",
        "CHANGELOG.md",
        ".taplo.toml",
        "Cargo.toml",
    ];
    for (at, call) in line.match_indices("repository()") {
        let (before, after) = (&line[..at], &line[at + call.len()..]);
        if before.ends_with("fn ") || before.ends_with("strip_prefix(") {
            continue;
        }
        let Some(argument) = after.strip_prefix(".join(") else { return Some("the whole repository".to_owned()) };
        let argument = argument.strip_prefix("format!(").unwrap_or(argument);
        if let Some(path) = argument.strip_prefix('"')
            && !MAY_READ.iter().any(|may| path.starts_with(may))
        {
            return Some(path.split('"').next().unwrap_or(path).to_owned());
        }
    }
    municipalities.iter().find(|name| line.contains(name.as_str())).cloned()
}

#[test]
fn the_tests_of_the_code_run_on_fixtures() {
    let municipalities: Vec<String> =
        children(&repository().join("content/municipalities")).iter().map(|folder| stem(folder)).collect();
    assert!(municipalities.len() >= 2, "the content has municipalities: {municipalities:?}");
    let mut wrong = Vec::new();
    for entry in WalkDir::new(repository().join("tests/it")).sort_by_file_name() {
        let path = entry.expect("the tests can be read").into_path();
        let is_code = path.extension().is_some_and(|ending| ending == "rs");
        // This file reads what names the content has; `support` says where the repository is.
        if !is_code || path.ends_with("layers.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file is UTF-8");
        for (number, line) in code_lines(&text) {
            let root = line.contains("CARGO_MANIFEST_DIR") && !path.ends_with("support.rs");
            let reached =
                if root { Some("the whole repository".to_owned()) } else { reaches_content(line, &municipalities) };
            if let Some(reached) = reached {
                wrong.push(format!("{}:{number}: {reached}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "tests of the real content belong to tests/acceptance:\n{}", wrong.join("\n"));
}

#[test]
fn a_test_that_reaches_the_real_content_is_found() {
    let municipalities = ["hoshimi".to_owned()];
    for line in [
        "let root = repository();",
        "Session::open(repository())",
        "let root = repository()",
        "copy(&repository().join(\"content\"), to)",
        "repository().join(format!(\"content/{path}\"))",
        "repository().join(\"seeds\")",
        "built.case(\"hoshimi\", \"zei\")",
    ] {
        assert!(reaches_content(line, &municipalities).is_some(), "{line}");
    }
    for line in [
        "pub(crate) fn repository() -> &'static Path {",
        "path.strip_prefix(repository())",
        "repository().join(\"tests/fixtures/town\")",
        "repository().join(format!(\"schemas/{name}.schema.json\"))",
        "repository().join(path)",
    ] {
        assert_eq!(reaches_content(line, &municipalities), None, "{line}");
    }
}
