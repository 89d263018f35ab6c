//! Folders that lack the file that says what they are: nothing in them would be used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::library::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, SourceMap, Span, nearest};

/// Folders of a municipality that are none of its cases.
const NOT_CASES: &[&str] = &["forms", "checklists", "submissions"];

/// Reports each folder without its settings, at the first file in it; those folders are returned.
pub(super) fn check(library: &Library, sources: &SourceMap, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let mut wanted: BTreeMap<String, (&'static str, FileId)> = BTreeMap::new();
    let mut there: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, source) in sources.iter() {
        let path = source.path.to_string_lossy();
        let parts: Vec<&str> = path.split('/').collect();
        for (depth, name) in settings(&parts) {
            wanted.entry(parts[..depth].join("/")).or_insert((name, file));
        }
        let folder = parts[..parts.len() - 1].join("/");
        there.entry(folder).or_default().extend(parts.last().map(|name| (*name).to_owned()));
    }
    let mut lacking: BTreeSet<String> = BTreeSet::new();
    for (folder, (name, first)) in wanted {
        let inside = there.get(&folder).map(Vec::as_slice).unwrap_or_default();
        // A folder with a register is a case of its own kind.
        let is_register = name == "case.toml" && inside.iter().any(|found| found == "register.toml");
        if is_register
            || inside.iter().any(|found| found == name)
            || lacking.iter().any(|above| is_below(&folder, above))
        {
            continue;
        }
        // A folder beside it with the same case says more than the name of a file.
        let near = near(&folder, name, inside, library);
        diagnostics.push(
            Diagnostic::new(Code::FolderLacks, Span::new(first, 0..0))
                .with("path", &folder)
                .with("file", name)
                .with("near", near),
        );
        lacking.insert(folder);
    }
    lacking
}

/// How deep the folders of a path are that have settings, and the names of these.
fn settings(parts: &[&str]) -> Vec<(usize, &'static str)> {
    match parts {
        ["content", "assessments", _, _, ..] => vec![(3, "assessment.toml")],
        ["content", "editions", _, _, _, _, ..] => vec![(5, "edition.toml")],
        ["content", "municipalities", _, rest @ ..] => match rest {
            [] => Vec::new(),
            ["submissions", _, _, ..] => vec![(3, "municipality.toml"), (5, "submission.toml")],
            [case, _, ..] if !NOT_CASES.contains(case) => vec![(3, "municipality.toml"), (4, "case.toml")],
            _ => vec![(3, "municipality.toml")],
        },
        _ => Vec::new(),
    }
}

fn near(folder: &str, name: &str, inside: &[String], library: &Library) -> String {
    let file = nearest(name, inside.iter().map(String::as_str));
    let stem = Path::new(folder).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let cases = library.cases.keys().chain(library.submissions.keys()).map(|name| name.case.as_str());
    let case = nearest(&stem, cases.filter(|case| *case != stem));
    file.or(case.filter(|_| name != "municipality.toml")).unwrap_or_default().to_owned()
}

/// Whether a path lies below a folder.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
