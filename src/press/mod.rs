//! The documents of a workspace made: composed, set, and put into an output folder in whole.
//!
//! Input: a checked workspace. Output: files of an output folder. Nothing is written unless everything was made, and what was not asked
//! for stays as it is.

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
use crate::write::{Kind, Means, Notes, Output};
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
    /// How the folder may be changed.
    pub means: Means,
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
    /// What in it is not ours.
    pub notes: Notes,
    /// For a public folder: the report on withheld parts and what it says.
    pub proof: Option<(PathBuf, Proof)>,
}

impl Outcome {
    /// Of a build that wrote nothing.
    fn unwritten(folder: &Path, diagnostics: Diagnostics, sources: SourceMap) -> Self {
        Self { diagnostics, sources, made: 0, kept: 0, folder: folder.to_owned(), notes: Notes::default(), proof: None }
    }
}

/// Builds documents into a folder that is ours; documents that are not asked for stay in it.
///
/// # Errors
/// [`Error`] where the system refuses, where the folder is not ours, or where no document is as asked for.
pub fn build(root: &Path, folder: &Path, order: &Order, progress: &dyn Progress) -> Result<Outcome, Error> {
    let Order { wanted, audience, strictness, means } = order;
    let output = Output::open(root, folder, Kind::Documents)?;
    let before = stamp::Stamps::of(&output, folder, *audience)?;
    let source_stamp = stamp::of_sources(root)?;
    if let Some(kept) = before.all_current(*audience, &source_stamp, &output, wanted) {
        let notes = output.notes()?;
        let nothing = Outcome::unwritten(folder, Diagnostics::new(), SourceMap::default());
        return Ok(Outcome { kept, notes, ..nothing });
    }
    let Checked { workspace, model, mut diagnostics, .. } = read(root)?;
    let is_public = *audience == Some(Audience::Public);
    let search = is_public.then(|| proof::Search::of(&model, &workspace));
    // What a public run says may be handed on with what it makes.
    let sources = search.as_ref().map_or_else(|| workspace.sources.clone(), |search| search.veiled(&workspace.sources));
    if strictness.forbids(&diagnostics) {
        return Ok(Outcome::unwritten(folder, diagnostics, sources));
    }
    let audiences = Audiences::of(&model);
    search.iter().for_each(|search| search.warn(&mut diagnostics));
    let jobs = jobs::Order {
        audiences: &audiences,
        audience: *audience,
        workspace: &workspace,
        wanted,
        before: &before,
        output: &output,
    };
    let mut done = jobs::run(&jobs, progress)?;
    diagnostics.extend(std::mem::take(&mut done.diagnostics));
    let diagnostics = diagnostics.settled(&workspace.sources);
    let (made, kept) = (done.made, done.kept);
    if strictness.forbids(&diagnostics) {
        return Ok(Outcome { made, kept, ..Outcome::unwritten(folder, diagnostics, sources) });
    }
    // A hash of the whole source beside public files would let a guess at withheld words be tried out.
    let source = source_stamp.unless(is_public || !diagnostics.is_empty());
    let (output, before, audience, means) = (&output, &before, *audience, *means);
    let target = output::Target { output, before, audience, wanted, source: &source, means };
    let (proof, notes) = output::write(&target, done, |files| {
        search.map(|search| search.prove(files, folder, &workspace.templates)).transpose()
    })?;
    Ok(Outcome { diagnostics, sources, made, kept, folder: folder.to_owned(), notes, proof })
}
