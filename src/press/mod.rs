//! The documents of a workspace made: composed, set, and put into an output folder in whole.
//!
//! Input: a checked workspace. Output: files of an output folder. Nothing is written unless everything was made, and what was not asked
//! for stays as it is.

mod audiences;
mod batch;
mod changes;
pub mod checklist;
mod compose;
mod emit;
mod jobs;
mod join;
mod output;
mod preview;
mod proof;
mod run;
mod stamp;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use changes::{ChangePlace, ListedChange, between, changes, page_indexes, unlisted};
pub use emit::{documents, documents_of, emit_typst};
pub use jobs::{Progress, Quiet};
pub use join::{Look, join_manifests};
pub use output::{Artifact, Manifest, ManifestEntry};
pub use preview::{Pages, Preview, PreviewFault};
pub use proof::{Proof, ProofFile, ProofPart, ProofPiece};

use crate::Error;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::manifest::Audience;
use crate::name::{Reach, Slug};
use crate::session::{Asked, Findings, Session, Shard, Strictness, Wanted, nothing_matches};
use crate::write::{Kind, MANIFEST_FILE, Means, Notes, Output};
use stamp::{Fingerprints, Listed, Readers, Stamps};

/// An order to build（出力の依頼）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Which documents.
    pub wanted: Wanted,
    /// Of which part of the municipalities（分担）; none: of all.
    pub shard: Option<Shard>,
    /// Whose audiences; none: each document's usual one.
    pub audience: Option<Audience>,
    /// What forbids to write them.
    pub strictness: Strictness,
    /// How the folder may be changed.
    pub means: Means,
    /// Whether the program goes on.
    pub then: Then,
}

/// What comes after a build（出力の後）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    /// The program goes on, and is to hold no more than before.
    #[default]
    GoesOn,
    /// It ends, and what it remembers need not be forgotten one by one.
    Ends,
}

/// The output folder of a workspace, where nobody names another（既定の出力先）. What the public reads has a folder of its own, so that nothing
/// else is handed out with it.
#[must_use]
pub fn usual_folder(audience: Option<Audience>) -> &'static str {
    match audience {
        Some(Audience::Public) => "build-public",
        Some(Audience::Submission) | None => "build",
    }
}

/// What a build did（出力の結果）.
#[derive(Debug)]
pub struct Outcome {
    /// What is wrong; it keeps back the documents of the cases that have it.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// Documents made anew.
    pub made: usize,
    /// Documents that were still true and kept.
    pub kept: usize,
    /// Cases whose documents their mistakes keep back.
    pub blocked: BTreeSet<Reach>,
    /// Where they lie.
    pub folder: PathBuf,
    /// What in it is not ours.
    pub notes: Notes,
    /// For a public folder: the report on withheld parts and what it says.
    pub proof: Option<(PathBuf, Proof)>,
}

impl Outcome {
    /// Of a build that has written nothing yet.
    fn unwritten(folder: &Path) -> Self {
        Self {
            diagnostics: Diagnostics::new(),
            sources: SourceMap::default(),
            made: 0,
            kept: 0,
            blocked: BTreeSet::new(),
            folder: folder.to_owned(),
            notes: Notes::default(),
            proof: None,
        }
    }
}

/// Builds documents into a folder that is ours; documents that are not asked for stay in it.
///
/// A mistake keeps back the documents of its own case; their last output stays. The municipalities are made some at a time, and written as
/// more of them wait, each of them whole; the copies for the public all at once, since each is searched for what any of them withholds.
///
/// # Errors
/// [`Error`] where the system refuses, where the folder is not ours, or where no document is as asked for.
pub fn build(root: &Path, folder: &Path, order: &Order, progress: &dyn Progress) -> Result<Outcome, Error> {
    let Order { wanted, shard, audience, means, .. } = order;
    let output = Output::open(root, folder, Kind::Documents)?;
    Readers::look(&output, folder, *audience)?;
    let session = Session::open(root)?;
    let fingerprints = Fingerprints::of(root)?;
    let mut stale = Vec::new();
    let mut outcome = Outcome::unwritten(folder);
    let mut reaches = session.wanted(wanted)?;
    if let Some(shard) = shard {
        reaches = session.sharded(reaches, *shard)?;
    }
    for reach in &reaches {
        let (slug, stamp) = (&reach.municipality, fingerprints.stamp(&reach.municipality)?);
        match Stamps::of(&output, slug).all_current(*audience, &stamp, &output, wanted) {
            Some(kept) => outcome.kept += kept,
            None => stale.push((reach.clone(), stamp)),
        }
    }
    let is_public = *audience == Some(Audience::Public);
    if is_public && !stale.is_empty() {
        outcome.kept = 0;
        let every = reaches.iter().map(|reach| Ok((reach.clone(), fingerprints.stamp(&reach.municipality)?)));
        stale = every.collect::<Result<_, Error>>()?;
    }
    let together = if is_public { stale.len() } else { run::TOGETHER };
    let all: BTreeSet<Slug> = session.municipalities()?.into_iter().collect();
    // Of a folder in which nothing is to be done only the memories of what was asked for are read.
    let is_new = shard.is_some() && !output.made().any(|path| path == MANIFEST_FILE);
    let is_idle = stale.is_empty() && !is_new;
    let listed = if is_idle { Listed::default() } else { Listed::of(&output).retain(&all, wanted) };
    let target = output::Target { output, listed, audience: *audience, wanted, means: *means, all: &all };
    let mut run = run::Run {
        session: &session,
        folder,
        order,
        target,
        outcome,
        findings: Findings::default(),
        known: Vec::new(),
        veil: None,
        is_written: false,
        pending: output::Pending::default(),
    };
    while !stale.is_empty() {
        let some = stale.drain(..together.min(stale.len())).collect();
        run.go(some, stale.is_empty(), progress)?;
    }
    let run::Run { mut target, mut outcome, findings, mut known, veil, is_written, pending, .. } = run;
    // A part may hold no municipality that has such a document.
    if outcome.made + outcome.kept == 0 && outcome.blocked.is_empty() && shard.is_none() {
        known.sort();
        return Err(nothing_matches(wanted, &known));
    }
    // An empty part leaves its manifest too: who joins the parts sees that its machine has run.
    if is_new && !is_written && outcome.blocked.is_empty() {
        target.write(pending, None)?;
    }
    outcome.notes = target.output.notes()?;
    // Beside what goes to the public lies nothing that is not for it.
    if !is_written && !is_public {
        target.output.remember_files();
    }
    let findings = findings.closed(Asked::Some);
    Ok(Outcome { diagnostics: findings.diagnostics, sources: veil.unwrap_or(findings.sources), ..outcome })
}
