//! The documents of a workspace made: composed, set, and put into an output folder in whole.
//!
//! Input: a checked workspace. Output: files of an output folder. Nothing is written unless everything was made.

mod audiences;
mod changes;
pub mod checklist;
mod compose;
mod emit;
mod jobs;
mod output;
mod proof;
mod stamp;

use std::path::{Path, PathBuf};

pub use changes::{ChangePlace, ListedChange, between, changes, unlisted};
pub use emit::{documents, emit_typst};
pub use jobs::{Progress, Quiet};
pub use output::{Artifact, Manifest, ManifestEntry};
pub use proof::{Proof, ProofFile, ProofPart, ProofPiece};

use crate::Error;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::manifest::Audience;
use crate::session::{Checked, Strictness, Wanted, read};
use audiences::Audiences;

/// An order to build（出力の依頼）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Which documents.
    pub wanted: Wanted,
    /// Whose audiences; none: each document's usual one.
    pub audience: Option<Audience>,
    /// What forbids to write them.
    pub strictness: Strictness,
}

/// What a build did（出力の結果）.
#[derive(Debug)]
pub struct Outcome {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// Documents made anew.
    pub made: usize,
    /// Documents that were still true and kept.
    pub kept: usize,
    /// Where they lie.
    pub folder: PathBuf,
    /// For a public folder: the report on withheld parts and what it says.
    pub proof: Option<(PathBuf, Proof)>,
}

/// Builds documents into a folder.
///
/// # Errors
/// [`Error`] where the system refuses, or where no document is as asked for.
pub fn build(root: &Path, folder: &Path, order: &Order, progress: &dyn Progress) -> Result<Outcome, Error> {
    let wanted = &order.wanted;
    let _held = crate::write::hold(folder)?;
    let before = stamp::Stamps::read(folder, order.audience);
    let source_stamp = stamp::of_sources(root)?;
    if let Some(kept) = before.all_current(&source_stamp, folder, wanted) {
        return Ok(Outcome {
            diagnostics: Diagnostics::new(),
            sources: SourceMap::default(),
            made: 0,
            kept,
            folder: folder.to_owned(),
            proof: None,
        });
    }
    let Checked { workspace, model, mut diagnostics, .. } = read(root)?;
    let is_public = order.audience == Some(Audience::Public);
    let search = is_public.then(|| proof::Search::of(&model, &workspace));
    // What a public run says may be handed on with what it makes.
    let sources = search.as_ref().map_or_else(|| workspace.sources.clone(), |search| search.veiled(&workspace.sources));
    if order.strictness.forbids(&diagnostics) {
        return Ok(Outcome { diagnostics, sources, made: 0, kept: 0, folder: folder.to_owned(), proof: None });
    }
    let audiences = Audiences::of(&model);
    search.iter().for_each(|search| search.warn(&mut diagnostics));
    let audience = order.audience;
    let order_of_jobs =
        jobs::Order { audiences: &audiences, audience, workspace: &workspace, wanted, before: &before, folder };
    let mut done = jobs::run(&order_of_jobs, progress)?;
    diagnostics.extend(std::mem::take(&mut done.diagnostics));
    let diagnostics = diagnostics.settled(&workspace.sources);
    let (made, kept) = (done.made, done.kept);
    let mut proof = None;
    if !order.strictness.forbids(&diagnostics) {
        // A hash of the whole source beside public files would let a guess at withheld words be tried out.
        let stamp = source_stamp.unless(is_public || !diagnostics.is_empty());
        proof = output::write(folder, &done, (&before, &stamp), |new| {
            search.map(|search| search.prove(new, folder, &workspace.templates)).transpose()
        })?;
    }
    Ok(Outcome { diagnostics, sources, made, kept, folder: folder.to_owned(), proof })
}
