//! What the tests run on that this binary shares with `tests/it`: here the real content.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::pages::List;
use crate::support::{Built, repository};

/// The assessment that is edited at random, by its cases' id.
pub(crate) const CASE: &str = "kokuho";
/// Where its changes are declared, for all municipalities that issue it.
pub(crate) const CHANGES: &str = "content/assessments/kokuho/changes.toml";
/// How many municipalities issue it.
pub(crate) const MUNICIPALITIES: usize = 2;
/// Rounds of random edits that are marked, where nothing else is asked for.
pub(crate) const ROUNDS: u8 = 1;
/// Places that a round edits at random and marks together.
pub(crate) const EDITS: usize = 250;
/// Edits of a round that are looked at one by one, and those where no number of rounds is asked for.
pub(crate) const SILENT: (usize, usize) = (250, 250);
/// Assessments with a workbook of their own, by slug and case.
pub(crate) const ASSESSMENTS: &[(&str, &str)] = &[("shinjuku", CASE), ("sagamihara", CASE)];
/// Workbooks in the form's look, and how many contents each has at least.
pub(crate) const WORKBOOKS: (&[&str], usize) =
    (&["shinjuku/kokuho/assessment", "shinjuku/kokuho/assessment-marked", "sagamihara/kokuho/assessment"], 500);
/// Municipalities and cases whose assessment has no figures.
pub(crate) const WITHOUT_FIGURES: &[&str] = &["sagamihara", "shinjuku/seikatsuhogo-iryo"];
/// Places of the first assessment that changed against its edition and that did not, at least.
pub(crate) const AGAINST_THE_EDITION: (usize, usize) = (20, 500);
/// Whether every false alarm of the checkers that is known is found in these documents.
pub(crate) const EVERY_ALARM: bool = true;
/// Changes that the PDFs tell aloud, at least.
pub(crate) const TOLD_ALOUD: usize = 100;
/// Findings of each rule of typesetting that are borne with: none.
pub(crate) const BORNE: &[(&str, usize)] = &[];
/// A submission with a checklist and an edition.
pub(crate) const SUBMISSION: (&str, &str) = ("shinjuku", "kokuho-cloud");

/// The workspace.
pub(crate) fn root() -> &'static Path {
    repository()
}

/// All documents of the workspace, built once per process.
pub(crate) fn built() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| Built::of(root(), "real"));
    &BUILT
}

/// Every workspace whose pages are measured.
pub(crate) fn roots() -> Vec<PathBuf> {
    vec![root().to_owned()]
}

/// Every build whose files are looked at.
pub(crate) fn builds() -> Vec<&'static Built> {
    vec![built()]
}

/// Every change list.
pub(crate) fn lists() -> Vec<List> {
    vec![
        List { built: built(), slug: "shinjuku", case: CASE, least: 28, is_by_row: true },
        List { built: built(), slug: "sagamihara", case: CASE, least: 5, is_by_row: false },
    ]
}
