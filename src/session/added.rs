//! What is wrong with a fork and was not wrong before.

use super::Checked;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::name::{Owner, Slug};

/// What a fork has that the workspace that it is of has not（加わった誤り）.
#[must_use]
pub fn new_in(fork: &Checked, before: &Checked) -> Diagnostics {
    let path =
        |checked: &Checked, found: &Diagnostic| found.span.map(|span| checked.workspace.sources.shown(span.file));
    let sign = |checked: &Checked, found: &Diagnostic| (found.code, path(checked, found), found.args.clone());
    let known: Vec<_> = before.diagnostics.sorted().into_iter().map(|found| sign(before, found)).collect();
    let mut new = fork.diagnostics.clone();
    new.take(|found| known.contains(&sign(fork, found)));
    new
}

/// What is wrong with a municipality, and what a fork has that the workspace that it is of has not: what forbids to write the fork. What was
/// wrong with other municipalities before is theirs.
#[must_use]
pub fn wrong_with(fork: &Checked, before: &Checked, municipality: &Slug) -> Diagnostics {
    let path =
        |checked: &Checked, found: &Diagnostic| found.span.map(|span| checked.workspace.sources.shown(span.file));
    let sign = |checked: &Checked, found: &Diagnostic| (found.code, path(checked, found), found.args.clone());
    let of_another = |path: &str| Owner::of_path(path).municipality().is_some_and(|slug| slug != municipality);
    let known: Vec<_> = before.diagnostics.sorted().into_iter().map(|found| sign(before, found)).collect();
    let mut wrong = fork.diagnostics.clone();
    wrong.take(|found| {
        let of_others = found.cases.iter().all(|case| case.municipality != *municipality);
        let is_theirs =
            path(fork, found).is_some_and(|path| of_another(&path)) || (!found.cases.is_empty() && of_others);
        is_theirs && known.contains(&sign(fork, found))
    });
    wrong
}
