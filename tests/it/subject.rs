//! What the tests run on that this binary shares with `tests/acceptance`: here a fictitious city and a fictitious town.
//!
//! The city is the sample of `examples/towns`, with what `tests/fixtures/issued` puts over it, with an edition of each case and with
//! the papers recorded as they were handed out; nothing in it is a mistake or a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use hyoka::desk::{IssueOrder, freeze, issue};
use hyoka::diagnostic::{Lang, Tone, render};

use crate::pages::List;
use crate::support::{Built, copy, named, repository, town, town_source};

/// The assessment that is edited at random, by its cases' id.
pub(crate) const CASE: &str = "zei";
/// Where its changes are declared, for all municipalities that issue it.
pub(crate) const CHANGES: &str = "content/municipalities/mihon/zei/changes.toml";
/// How many municipalities issue it.
pub(crate) const MUNICIPALITIES: usize = 1;
/// Rounds of random edits that are marked, where nothing else is asked for.
pub(crate) const ROUNDS: u8 = 2;
/// Places that a round edits at random and marks together.
pub(crate) const EDITS: usize = 20;
/// Edits of a round that are looked at one by one, and those where no number of rounds is asked for.
pub(crate) const SILENT: (usize, usize) = (50, 56);
/// Assessments with a workbook of their own, by slug and case.
pub(crate) const ASSESSMENTS: &[(&str, &str)] = &[("mihon", CASE)];
/// Workbooks in the form's look, and how many contents each has at least.
pub(crate) const WORKBOOKS: (&[&str], usize) = (&["mihon/zei/assessment", "mihon/zei/assessment-marked"], 90);
/// Municipalities whose assessment has no figures.
pub(crate) const WITHOUT_FIGURES: &[&str] = &[];
/// Places of the first assessment that changed against its edition and that did not, at least.
pub(crate) const AGAINST_THE_EDITION: (usize, usize) = (2, 90);
/// Whether every false alarm of the checkers that is known is found in these documents.
pub(crate) const EVERY_ALARM: bool = false;
/// Changes that the PDFs tell aloud, at least.
pub(crate) const TOLD_ALOUD: usize = 4;
/// Findings of each rule of typesetting that are borne with: figures in which no place is free.
pub(crate) const BORNE: &[(&str, usize)] = &[];
/// A submission with a checklist and an edition.
pub(crate) const SUBMISSION: (&str, &str) = ("mihon", "kessai");

/// The workspace.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("issued");
        if root.exists() {
            fs::remove_dir_all(&root).expect("the last test's workspace can be removed");
        }
        copy(&repository().join("examples/towns/sample"), &root);
        copy(&repository().join("tests/fixtures/issued"), &root);
        fs::remove_dir_all(root.join("content/editions")).expect("the sample has editions, of other texts");
        // Lines without braces are those that are edited at random.
        let risk = root.join("content/municipalities/mihon/zei/risk.md");
        let text = fs::read_to_string(&risk).expect("the sample has it");
        fs::write(&risk, text.replace("{{own}}の税務課", "税務課")).expect("a file can be written");
        for case in [CASE, SUBMISSION.1] {
            let frozen =
                freeze(&root, &named(&format!("mihon/{case}/r4-published")), "公表した内容").expect("it is the first");
            let said = render(&frozen.diagnostics, &frozen.sources, Lang::Ja, Tone::Plain);
            assert!(frozen.diagnostics.is_empty(), "{said}");
            let order = IssueOrder {
                municipality: "mihon".into(),
                case: case.into(),
                id: "soan".into(),
                title: "手渡した素案".into(),
                date: "2023-05-01".into(),
            };
            issue(&root, &order).expect("there is an edition");
        }
        root
    });
    &ROOT
}

/// All documents of the workspace, built once per process.
pub(crate) fn built() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| Built::of(root(), "city"));
    &BUILT
}

/// Every workspace whose pages are measured.
pub(crate) fn roots() -> Vec<PathBuf> {
    vec![town_source(), root().to_owned()]
}

/// Every build whose files are looked at.
pub(crate) fn builds() -> Vec<&'static Built> {
    vec![town(), built()]
}

/// Every change list.
pub(crate) fn lists() -> Vec<List> {
    vec![
        List { built: town(), slug: "hikari", case: "zei", least: 3, is_by_row: true },
        List { built: built(), slug: "mihon", case: CASE, least: 2, is_by_row: true },
    ]
}
