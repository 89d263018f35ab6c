//! A document that stays set while somebody works on it（組置き）.
//!
//! # Why it is quick
//!
//! The stock typesetter begins every document without knowing where anything stands, and lays it out again until what the templates ask
//! of the pages（the rows that run on, the number of pages）no longer changes: three times for a form. Here the pages of the last state
//! are what is known at first. After most edits they still are, and once is enough. Where they are not, it goes on as the stock
//! typesetter does. The end is the same: pages that agree with what was asked of them. Where such pages are not found, the stock typesetter
//! is asked.
//!
//! # Why it is small
//!
//! The stock typesetter keeps the pages of every round until the last, and what was remembered for each. Here, where nothing stood before, a
//! round that did not hold is forgotten before the next but one.
//!
//! # Why an edit costs its stretch
//!
//! A section with a heading that begins on a new page is set as if nothing stood before it; where its pages stand in the whole is told as
//! numbers. So a document is set in stretches, each by itself（[`Sheaf`]）: of an edit one is set again, and of a term that stands in all of them
//! all are, on every core. A build sets documents whole: a PDF has links from one stretch to another. A test holds the pages of both ways
//! against each other, letter by letter.
//!
//! Where several stretches are to be set, who looks at some pages may have those of their stretch first: the others stand there as they were
//! until he asks for all（[`Standing::glance`]）. Who is going to write may have its stretch made ready, so that the first letter costs what the
//! second does（[`Standing::readying`]）.
//!
//! Rejected: setting only the page that is looked at. Where it begins follows from all that stands before it in its stretch.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use rayon::prelude::*;
use typst::syntax::{FileId, Source};

use super::setting::{Job, set, set_all};
use super::sheaf::{Sheaf, Stretch};
use super::typeset::{Stays, TypesetterError};
use super::world::Desk;
use crate::document::tree::{Document, Meta, Section};

/// A document that stays set（組置き）: of the next state only what is another is set again.
#[derive(Debug)]
pub struct Standing {
    sources: Arc<HashMap<FileId, Source>>,
    document: Document,
    stretches: Vec<Known>,
    sheaf: Option<Arc<Sheaf>>,
    _stays: Stays,
}

/// A stretch of the last state.
#[derive(Debug, Clone)]
struct Known {
    meta: Arc<Meta>,
    sections: Vec<Arc<Section>>,
    stretch: Stretch,
}

/// A stretch of the next state.
enum Next<'k> {
    /// It is as it was, or stands there as it was.
    Same(&'k Known),
    /// It is to be set, with the pages of its last state as what is known at first.
    Other(Wanted, Option<&'k Known>),
}

/// What a stretch is going to be.
struct Wanted {
    meta: Arc<Meta>,
    /// Its sections among those of the document.
    range: Range<usize>,
}

impl Wanted {
    /// With what it is set; of what is put off nobody needs it.
    fn desk(&self, document: &Document, sources: &Arc<HashMap<FileId, Source>>) -> Desk {
        Desk::new(sources, &document.stretch(self.range.clone())).body(self.range.start == 0)
    }
}

impl Standing {
    pub(super) fn new(sources: &Arc<HashMap<FileId, Source>>, document: Document) -> Self {
        let (sources, stretches) = (sources.clone(), Vec::new());
        Self { sources, document, stretches, sheaf: None, _stays: Stays::new() }
    }

    /// Whether it stands in a state already, so that nothing is to be set.
    #[must_use]
    pub fn is(&self, document: &Document) -> bool {
        self.sheaf.is_some() && self.document == *document
    }

    /// The pages of its state.
    ///
    /// # Errors
    /// As [`super::Typesetter::typeset`].
    ///
    /// # Panics
    /// If the system gives no thread.
    pub fn pages(&mut self) -> Result<Arc<Sheaf>, TypesetterError> {
        match &self.sheaf {
            Some(sheaf) => Ok(sheaf.clone()),
            None => self.set(self.document.clone(), None),
        }
    }

    /// The pages of the next state. If that cannot be set, what was set last stays what is known.
    ///
    /// # Errors
    /// As [`super::Typesetter::typeset`].
    ///
    /// # Panics
    /// If the system gives no thread.
    pub fn next(&mut self, document: Document) -> Result<Arc<Sheaf>, TypesetterError> {
        match &self.sheaf {
            Some(sheaf) if self.document == document => Ok(sheaf.clone()),
            _ => self.set(document, None),
        }
    }

    /// The same for somebody who looks at some pages, counted from 1 in the last state: of several stretches that are others only those
    /// that he sees are set, and the pages are not [whole](Sheaf::is_whole). Where he sees none of them, all are set.
    ///
    /// # Errors
    /// As [`super::Typesetter::typeset`].
    ///
    /// # Panics
    /// If the system gives no thread.
    pub fn glance(&mut self, document: Document, sight: RangeInclusive<usize>) -> Result<Arc<Sheaf>, TypesetterError> {
        match &self.sheaf {
            Some(sheaf) if self.document == document => Ok(sheaf.clone()),
            _ => self.set(document, Some(sight)),
        }
    }

    /// What makes the stretch of a page ready for its next edit: called, it sets that stretch as it stands, of which the typesetter then
    /// remembers the parts. None where no such page stands.
    pub fn readying(&self, page: usize) -> Option<impl FnOnce() + Send + use<>> {
        let (desk, last) = self.sheaf.as_ref()?.set_with(page)?;
        // What cannot be set was told when it was.
        Some(move || drop(set(Job { desk, last: Some(last) })))
    }

    fn set(&mut self, document: Document, sight: Option<RangeInclusive<usize>>) -> Result<Arc<Sheaf>, TypesetterError> {
        let meta = match self.stretches.first() {
            Some(known) if *known.meta == document.meta => known.meta.clone(),
            _ => Arc::new(document.meta.clone()),
        };
        let mut before = 0;
        let mut next: Vec<(Next<'_>, bool)> = Vec::new();
        for range in document.stretches() {
            let (sections, begins) = (&document.sections[range.clone()], range.start == 0);
            let known = self.stretches.iter().find(|known| known.sections[0].id == sections[0].id);
            let known = known.filter(|known| known.stretch.is_first() == begins);
            let pages = known.map_or(0, |known| known.stretch.count());
            let is_seen = sight.as_ref().is_none_or(|sight| *sight.start() <= before + pages && before < *sight.end());
            match known.filter(|known| known.meta == meta && is_same(&known.sections, sections)) {
                Some(known) => next.push((Next::Same(known), false)),
                None => {
                    let wanted = Wanted { meta: meta.clone(), range };
                    next.push((Next::Other(wanted, known), is_seen));
                }
            }
            before += pages;
        }
        let is_whole = sight.is_none() || !put_off(&mut next);
        let stretches = all(next.into_iter().map(|(next, _)| next).collect(), (&document, &self.sources))?;
        let sheaf = Arc::new(Sheaf::of(stretches.iter().map(|known| &known.stretch), is_whole));
        self.stretches = stretches;
        // Pages of which some are yet to be set are no state.
        if is_whole {
            (self.document, self.sheaf) = (document, Some(sheaf.clone()));
        }
        Ok(sheaf)
    }
}

/// Of stretches that are to be set, puts those off that nobody sees; whether it did. Each says whether it is seen.
fn put_off(next: &mut [(Next<'_>, bool)]) -> bool {
    let is_other = |next: &Next<'_>| matches!(next, Next::Other(..));
    if !next.iter().any(|(next, is_seen)| is_other(next) && *is_seen) {
        return false;
    }
    let mut is_put_off = false;
    for (next, is_seen) in next {
        if let Next::Other(_, Some(known)) = next
            && !*is_seen
        {
            *next = Next::Same(known);
            is_put_off = true;
        }
    }
    is_put_off
}

/// Whether sections are those of another state; most are the very same.
fn is_same(last: &[Arc<Section>], next: &[Arc<Section>]) -> bool {
    let pairs = last.iter().zip(next);
    last.len() == next.len() && pairs.into_iter().all(|(last, next)| Arc::ptr_eq(last, next) || last == next)
}

/// All stretches of a state, those that are others set on every core.
fn all(
    next: Vec<Next<'_>>,
    (document, sources): (&Document, &Arc<HashMap<FileId, Source>>),
) -> Result<Vec<Known>, TypesetterError> {
    let others: Vec<(&Wanted, Option<&Known>)> = next
        .iter()
        .filter_map(|next| match next {
            Next::Same(_) => None,
            Next::Other(wanted, last) => Some((wanted, *last)),
        })
        .collect();
    let job = |(wanted, last): &(&Wanted, Option<&Known>)| Job {
        desk: Arc::new(wanted.desk(document, sources)),
        last: last.map(|last| last.stretch.measured.clone()),
    };
    let jobs: Vec<Job> = others.par_iter().map(job).collect();
    let mut done = set_all(&jobs).into_iter().zip(jobs);
    let known = |next| match next {
        Next::Same(known) => Ok(known.clone()),
        Next::Other(Wanted { meta, range }, _) => {
            let sections = document.sections[range].to_vec();
            let (paged, Job { desk, .. }) = done.next().expect("each of them was set");
            Ok(Known { meta, sections, stretch: Stretch::new(desk, Arc::new(paged?)) })
        }
    };
    next.into_iter().map(known).collect()
}
