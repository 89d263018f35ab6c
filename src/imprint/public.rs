//! What the public reads of a case, beside what it submits（公表用）.

use super::departure::{Departure, Sort};
use super::leaf::Leaf;

/// Folder of the leaves that are the public's.
const FOLDER: &str = "public/";
/// Leaf that says who reads each document; without it a record knows nothing of the public.
pub(super) const PUBLISHED: &str = "public/documents";

/// Leaves as the public's.
pub(super) fn public(leaves: impl IntoIterator<Item = Leaf>) -> impl Iterator<Item = Leaf> {
    leaves.into_iter().map(|leaf| Leaf { name: format!("{FOLDER}{}", leaf.name), ..leaf })
}

/// The leaf of the submission beside one of the public; `None` for one of the submission.
pub(super) fn beside(name: &str) -> Option<&str> {
    name.strip_prefix(FOLDER)
}

/// What differs for the public alone: without what the submission shows to have changed too.
pub(super) fn for_the_public(found: Vec<Departure>, of_submission: &[Departure]) -> impl Iterator<Item = Departure> {
    let comes_or_goes = |one: &Departure| (one.old.is_empty(), one.new.is_empty());
    let is_known = move |one: &Departure| {
        of_submission.iter().filter(|other| other.path == one.path).any(|other| {
            let whole = comes_or_goes(one);
            (one.sort, &one.old, &one.new) == (other.sort, &other.old, &other.new)
                || (whole != (false, false) && whole == comes_or_goes(other))
        })
    };
    found.into_iter().filter(move |one| !is_known(one)).map(|one| Departure { sort: Sort::Public, ..one })
}
