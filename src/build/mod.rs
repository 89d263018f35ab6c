//! Everything together: a workspace read, checked, composed, set and written in whole.
//!
//! Input: a folder. Output: `build/`, and author's files that a command changes. The only stage that writes files. Nothing is
//! written unless everything was made.

mod accepting;
mod audiences;
mod author;
mod changes;
pub mod checklist;
mod compose;
mod editions;
mod emit;
mod exchange;
mod importing;
mod jobs;
mod marking;
mod output;
mod proof;
mod review;
mod schemas;
mod stamp;

use std::path::{Path, PathBuf};

pub use accepting::{AcceptOrder, Accepted, accept, accepting};
pub use author::replace;
pub use changes::{ChangePlace, ListedChange, changes};
pub use editions::{Frozen, freeze};
pub use emit::{documents, emit_typst};
pub use importing::{Compared, ImportMode, ImportOrder, ImportOutcome, import};
pub use jobs::{Progress, Quiet};
pub use marking::{MarkOrder, Marked, MarkedPlace, Notation, marks, write_marks};
pub use output::{Artifact, Manifest, ManifestEntry};
pub use proof::{Proof, ProofFile, ProofPart, ProofPiece};
pub use review::{
    CaseReview, ItemReview, ReviewReport, ReviewState, SectionReview, SignOrder, Signed, review_report, sign,
};
pub use schemas::schemas;

use crate::Error;
use crate::check::{Subject, check};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::manifest::Audience;
use crate::model::{Library, Model};
use crate::source::Workspace;
use audiences::Audiences;

/// What to build（出力の指定）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Slug of the municipality; none: all.
    pub municipality: Option<String>,
    /// Case; none: all.
    pub case: Option<String>,
    /// Document id; none: all.
    pub document: Option<String>,
}

impl Wanted {
    /// Whether a document is asked for.
    #[must_use]
    pub fn has(&self, municipality: &str, case: &str, document: &str) -> bool {
        let fits = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
        fits(&self.municipality, municipality) && fits(&self.case, case) && fits(&self.document, document)
    }
}

/// What forbids to write（どこまで許すか）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Errors.
    #[default]
    Errors,
    /// Warnings too.
    Warnings,
}

impl Strictness {
    /// Whether these diagnostics forbid to write.
    #[must_use]
    pub fn forbids(self, diagnostics: &Diagnostics) -> bool {
        match self {
            Self::Errors => diagnostics.has_errors(),
            Self::Warnings => diagnostics.has_warnings(),
        }
    }
}

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

/// A workspace that was read and checked（検査済みの原稿）.
#[derive(Debug)]
pub struct Checked {
    /// The workspace.
    pub workspace: Workspace,
    /// Its meaning; complete only if `diagnostics` has no errors.
    pub model: Model,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

/// Reads and checks a workspace.
///
/// # Errors
/// [`Error::NoWorkspace`] and [`Error::Read`].
pub fn read(root: &Path) -> Result<Checked, Error> {
    let mut diagnostics = Diagnostics::new();
    let workspace = Workspace::read(root, &mut diagnostics)?;
    Ok(check_workspace(workspace, diagnostics))
}

/// Checks a workspace; `diagnostics` are what was found while it was read.
#[must_use]
pub fn check_workspace(mut workspace: Workspace, mut diagnostics: Diagnostics) -> Checked {
    let library = Library::read(&mut workspace, &mut diagnostics);
    let model = Model::assemble(&library, &workspace.sources, &mut diagnostics);
    // Rules look at the meaning; what could not be read has none.
    check(&Subject::new(&model, &library, &workspace.sources), &mut diagnostics);
    Checked { workspace, model, diagnostics: diagnostics.settled() }
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
    let _held = exchange::hold(folder)?;
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
    let Checked { workspace, model, mut diagnostics } = read(root)?;
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
    let diagnostics = diagnostics.settled();
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
