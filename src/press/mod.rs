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
mod stamp;

use std::collections::{BTreeMap, BTreeSet};
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
use audiences::Audiences;
use batch::Batch;
use stamp::Fingerprints;

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

/// How many municipalities are made and written together: with fewer the cores would wait for the last document of each, with more the
/// documents of all would have to be held at once.
const TOGETHER: usize = 16;

/// Builds documents into a folder that is ours; documents that are not asked for stay in it.
///
/// A mistake keeps back the documents of its own case; their last output stays. The municipalities are made and written some at a time, each
/// of them whole; the copies for the public all at once, since each is searched for what any of them withholds.
///
/// # Errors
/// [`Error`] where the system refuses, where the folder is not ours, or where no document is as asked for.
pub fn build(root: &Path, folder: &Path, order: &Order, progress: &dyn Progress) -> Result<Outcome, Error> {
    let Order { wanted, shard, audience, strictness, means, then } = order;
    let mut output = Output::open(root, folder, Kind::Documents)?;
    let mut before = stamp::Stamps::of(&output, folder, *audience)?;
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
        match before.all_current((*audience, slug), &stamp, &output, wanted) {
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
    let together = if is_public { stale.len() } else { TOGETHER };
    let mut findings = Findings::default();
    let (mut known, mut veil, mut is_written) = (Vec::new(), None, false);
    let all: BTreeSet<Slug> = session.municipalities()?.into_iter().collect();
    while !stale.is_empty() {
        let some = stale.drain(..together.min(stale.len())).collect();
        let mut batch = Batch::look(&session, some, *strictness, &mut findings)?;
        let search = is_public.then(|| proof::Search::of(&batch.model, &batch.sources, session.templates()));
        // What a public run says may be handed on with what it makes.
        veil = search.as_ref().map(|search| search.veiled(&batch.sources)).or(veil);
        let mut found = Diagnostics::new();
        search.iter().for_each(|search| search.warn(&mut found));
        if strictness.forbids(&found) {
            findings.say(found, &batch.sources);
            outcome.blocked.extend(batch.stamps.keys().map(Reach::whole));
            continue;
        }
        let audiences = Audiences::of(&batch.model);
        let templates = session.templates();
        let (before_now, output_now) = (&before, &output);
        let jobs = jobs::Order {
            audiences: &audiences,
            audience: *audience,
            templates,
            wanted,
            before: before_now,
            output: output_now,
            is_last: stale.is_empty() && *then == Then::Ends,
        };
        let mut done = jobs::run(&jobs, progress)?;
        known.append(&mut done.names);
        found.extend(std::mem::take(&mut done.diagnostics));
        let is_failed = strictness.forbids(&found);
        findings.say(found, &batch.sources);
        if is_failed {
            batch.blocked.extend(std::mem::take(&mut done.failed).into_iter().map(Reach::from));
        }
        outcome.blocked.extend(batch.blocked.iter().cloned());
        // What was not looked at, and what its mistakes keep back, stays as it is.
        let slugs = batch.model.municipalities.iter().map(|of| of.slug.clone());
        let looked: BTreeSet<Slug> = slugs.collect();
        let spared = all.difference(&looked).map(Reach::whole).chain(batch.blocked.iter().cloned()).collect();
        done.keep_back(&batch.blocked);
        outcome.made += done.made;
        outcome.kept += done.kept;
        if done.documents.is_empty() && !batch.blocked.is_empty() {
            continue;
        }
        let target = output::Target {
            output: &output,
            before: &before,
            audience: *audience,
            wanted,
            // A hash of the whole source beside public files would let a guess at withheld words be tried out.
            sources: batch.stamps.into_iter().map(|(slug, stamp)| (slug, stamp.unless(is_public))).collect(),
            spared: &spared,
            means: *means,
        };
        let (proof, notes) = output::write(&target, done, |files| {
            search.map(|search| search.prove(files, folder, templates)).transpose()
        })?;
        outcome.proof = proof.or(outcome.proof);
        outcome.notes.aside.extend(notes.aside);
        outcome.notes.foreign = notes.foreign;
        is_written = true;
        if !stale.is_empty() || *then == Then::GoesOn {
            looked.iter().for_each(|slug| session.forget(slug));
        }
        output.read_again();
        before = stamp::Stamps::of(&output, folder, *audience)?;
    }
    // A part may hold no municipality that has such a document.
    if outcome.made + outcome.kept == 0 && outcome.blocked.is_empty() && shard.is_none() {
        known.sort();
        return Err(nothing_matches(wanted, &known));
    }
    // An empty part leaves its manifest too: who joins the parts sees that its machine has run.
    let is_new = !output.made().any(|path| path == MANIFEST_FILE);
    if shard.is_some() && is_new && outcome.blocked.is_empty() {
        let target = output::Target {
            output: &output,
            before: &before,
            audience: *audience,
            wanted,
            sources: BTreeMap::new(),
            spared: &all.iter().map(Reach::whole).collect(),
            means: *means,
        };
        output::write(&target, jobs::Done::default(), |_| Ok(()))?;
    }
    if !is_written {
        outcome.notes = output.notes()?;
        // Beside what goes to the public lies nothing that is not for it.
        if !is_public {
            output.remember_files();
        }
    }
    let findings = findings.closed(Asked::Some);
    Ok(Outcome { diagnostics: findings.diagnostics, sources: veil.unwrap_or(findings.sources), ..outcome })
}
