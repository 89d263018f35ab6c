//! One build as it goes: municipalities made some at a time, and written when enough of them wait.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::audiences::Audiences;
use super::batch::Batch;
use super::jobs::{self, Progress};
use super::output::{Inspect, Made, Pending, Target};
use super::stamp::{SourceStamp, Stamps};
use super::{Order, Outcome, Then, proof};
use crate::Error;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::manifest::Audience;
use crate::name::{DocumentName, Reach, Slug};
use crate::session::{Findings, Session};

/// How many municipalities are made together: with fewer the cores would wait for the last document of each, with more the documents of
/// all would have to be held at once.
pub(super) const TOGETHER: usize = 16;

/// A build as it goes.
pub(super) struct Run<'r> {
    pub(super) session: &'r Session,
    pub(super) folder: &'r Path,
    pub(super) order: &'r Order,
    pub(super) target: Target<'r>,
    pub(super) outcome: Outcome,
    pub(super) findings: Findings,
    /// Names of all documents that were there to be asked for.
    pub(super) known: Vec<DocumentName>,
    /// For a public run: the sources without what is withheld.
    pub(super) veil: Option<SourceMap>,
    pub(super) is_written: bool,
    pub(super) pending: Pending,
}

impl Run<'_> {
    /// Makes municipalities, and writes what waits where it is time.
    ///
    /// # Errors
    /// [`Error`] where the system refuses; what was made before is written.
    pub(super) fn go(
        &mut self,
        some: Vec<(Reach, SourceStamp)>,
        is_last: bool,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let made = self.make(some, is_last, progress);
        // To write costs as much as there lies in the folder already: what waits grows with it, so that all writing of a nation costs a
        // few times its own size.
        let is_due = self.pending.municipalities() >= TOGETHER.max(self.target.listed.municipalities() / 8);
        if is_due || is_last || made.is_err() {
            self.write(None)?;
        } else {
            self.target.lay_by(&mut self.pending)?;
        }
        made
    }

    /// Writes what waits, if anything does.
    pub(super) fn write(&mut self, inspect: Option<Inspect<'_>>) -> Result<(), Error> {
        let pending = std::mem::take(&mut self.pending);
        if pending.municipalities() > 0 {
            let proof = self.target.write(pending, inspect)?;
            self.outcome.proof = proof.or(self.outcome.proof.take());
            self.is_written = true;
        }
        Ok(())
    }

    fn make(&mut self, some: Vec<(Reach, SourceStamp)>, is_last: bool, progress: &dyn Progress) -> Result<(), Error> {
        let Order { wanted, audience, strictness, then, .. } = self.order;
        let (session, templates) = (self.session, self.session.templates());
        let is_public = *audience == Some(Audience::Public);
        let mut batch = Batch::look(session, some, *strictness, &mut self.findings)?;
        let search = is_public.then(|| proof::Search::of(&batch.model, &batch.sources, templates));
        // What a public run says may be handed on with what it makes.
        self.veil = search.as_ref().map(|search| search.veiled(&batch.sources)).or(self.veil.take());
        let mut found = Diagnostics::new();
        search.iter().for_each(|search| search.warn(&mut found));
        if strictness.forbids(&found) {
            self.findings.say(found, &batch.sources);
            self.outcome.blocked.extend(batch.stamps.keys().map(Reach::whole));
            return Ok(());
        }
        let audiences = Audiences::of(&batch.model);
        let stamps = batch.stamps.keys().map(|slug| (slug.clone(), Stamps::of(&self.target.output, slug)));
        let before: BTreeMap<Slug, Stamps> = stamps.collect();
        let jobs = jobs::Order {
            audiences: &audiences,
            audience: *audience,
            templates,
            wanted,
            before: &before,
            output: &self.target.output,
            is_last: is_last && *then == Then::Ends,
        };
        let mut done = jobs::run(&jobs, progress)?;
        self.known.append(&mut done.names);
        found.extend(std::mem::take(&mut done.diagnostics));
        let is_failed = strictness.forbids(&found);
        self.findings.say(found, &batch.sources);
        if is_failed {
            batch.blocked.extend(std::mem::take(&mut done.failed).into_iter().map(Reach::from));
        }
        self.outcome.blocked.extend(batch.blocked.iter().cloned());
        // What its mistakes keep back stays as it is.
        let slugs = batch.model.municipalities.iter().map(|of| of.slug.clone());
        let looked: BTreeSet<Slug> = slugs.collect();
        let unread = batch.stamps.keys().filter(|slug| !looked.contains(*slug)).map(Reach::whole);
        let spared = unread.chain(batch.blocked.iter().cloned()).collect();
        done.keep_back(&batch.blocked);
        self.outcome.made += done.made;
        self.outcome.kept += done.kept;
        if done.documents.is_empty() && !batch.blocked.is_empty() {
            return Ok(());
        }
        // A hash of the whole source beside public files would let a guess at withheld words be tried out.
        let sources = batch.stamps.into_iter().map(|(slug, stamp)| (slug, stamp.unless(is_public))).collect();
        self.target.take(&mut self.pending, Made { sources, before, spared: &spared, done });
        if let Some(search) = search {
            self.write(Some(Box::new(|files| search.prove(files, self.folder, templates))))?;
        }
        if !is_last || *then == Then::GoesOn {
            looked.iter().for_each(|slug| session.forget(slug));
        }
        Ok(())
    }
}
