//! The workspace with edits, and what is told of them.

use std::collections::{BTreeMap, BTreeSet};

use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::press::unlisted;
use hyoka::session::{Checked, Wanted, check_workspace};
use hyoka::source::Workspace;

use crate::subject::root;

type Files = BTreeMap<String, Option<String>>;

/// The workspace and edits of it.
pub(crate) struct Edited {
    pub(crate) workspace: Workspace,
    pub(crate) files: Files,
}

impl Edited {
    pub(crate) fn new() -> Self {
        let workspace = Workspace::read(root(), &mut Diagnostics::new()).expect("the workspace can be read");
        Self { workspace, files: Files::new() }
    }

    pub(crate) fn text(&self, path: &str) -> String {
        let file = self.workspace.find(path).unwrap_or_else(|| panic!("{path} is there"));
        self.files.get(path).cloned().flatten().unwrap_or_else(|| self.workspace.sources.get(file).text.to_string())
    }

    pub(crate) fn put(mut self, path: &str, text: String) -> Self {
        assert_ne!(self.text(path), text, "{path} is edited");
        self.files.insert(path.to_owned(), Some(text));
        self
    }

    /// Replaces what stands in a file once.
    pub(crate) fn edit(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        self.put(path, text.replace(old, new))
    }

    /// Exchanges two parts of a file, the first of which comes first.
    pub(crate) fn swap(self, path: &str, one: &str, other: &str) -> Self {
        let text = self.text(path);
        let (first, second) =
            (text.find(one).expect("the first is there"), text.find(other).expect("the second is there"));
        let middle = &text[first + one.len()..second];
        let swapped = [&text[..first], other, middle, one, &text[second + other.len()..]].concat();
        self.put(path, swapped)
    }

    /// Exchanges the parts of a file that begin with a line, by their numbers from 0.
    pub(crate) fn swap_parts(self, path: &str, begins: &str, one: usize, other: usize) -> Self {
        let text = self.text(path);
        let starts: Vec<usize> = text.match_indices(&format!("\n{begins}")).map(|(at, _)| at + 1).collect();
        let part = |number: usize| {
            let rest = &text[starts[number]..];
            let end = ["\n[[", "\n## ", "\n+++"].iter().filter_map(|next| rest[1..].find(next)).min();
            rest[..end.map_or(rest.len(), |end| end + 1)].to_owned()
        };
        let (one, other) = (part(one), part(other));
        self.swap(path, &one, &other)
    }

    pub(crate) fn checked(&self) -> Checked {
        check_workspace(self.workspace.with(&self.files), Diagnostics::new())
    }

    pub(crate) fn codes(&self) -> BTreeSet<&'static str> {
        self.checked().diagnostics.sorted().into_iter().map(|found| found.code.id()).collect()
    }

    /// Asserts that a code is reported, and that a person finds it in `hyoka changes` under a heading.
    pub(crate) fn tells(&self, what: &str, code: &str, heading: &str) {
        let checked = self.checked();
        let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
        let found: BTreeSet<&str> = checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect();
        assert!(found.contains(code), "{what}: {code} is not in {found:?}\n{said}");
        let listed = unlisted(&checked, &Wanted::default());
        let headings: BTreeSet<&str> = listed
            .iter()
            .flat_map(|case| case.undeclared.iter().chain(&case.since_issue))
            .map(|one| one.heading)
            .collect();
        assert!(headings.contains(heading), "{what}: {heading} is not in {headings:?}\n{said}");
    }
}
