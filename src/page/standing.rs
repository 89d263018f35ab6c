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
use std::sync::{Arc, Mutex};

use typst::World;
use typst::comemo::{Constraint, Track, Tracked};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector, MAX_ITERS};
use typst::syntax::{FileId, Source};
use typst::utils::Protected;
use typst_layout::{PagedDocument, layout_document};

use super::sheaf::{Sheaf, Stretch};
use super::typeset::{Paged, Stays, TypesetterError, finished, forget_rounds, while_setting};
use super::world::Desk;
use crate::document::tree::{Document, Meta, Section};

/// Stack of whoever sets a document: the typesetter recurses deeply.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Does something on a stack that is deep enough for the typesetter: whoever asks may have a small one.
///
/// # Panics
/// If the system gives no thread.
pub(crate) fn on_deep_stack<T: Send>(set: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, set);
        let worker = worker.expect("the system gives one thread more");
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

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
    /// With what it is set. It is made where it is set: of what is put off nobody needs it, and others make theirs at the same time.
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
        Some(move || drop(set(&desk, Some(&last.document))))
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
    let others: Vec<(usize, &Wanted, Option<&Known>)> = next
        .iter()
        .enumerate()
        .filter_map(|(at, next)| match next {
            Next::Same(_) => None,
            Next::Other(wanted, last) => Some((at, wanted, *last)),
        })
        .collect();
    let done = Mutex::new(HashMap::new());
    let queue = Mutex::new(others.iter());
    let work = || {
        loop {
            let job = queue.lock().expect("nobody panics while he takes a stretch").next();
            let Some((at, wanted, last)) = job else { return };
            let desk = wanted.desk(document, sources);
            let paged = set(&desk, last.map(|last| &last.stretch.measured.document));
            done.lock().expect("nobody panics while he puts pages down").insert(*at, (desk, paged));
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    if others.len() < 2 || cores < 2 {
        // Who asks has a stack that is deep enough.
        work();
    } else {
        std::thread::scope(|scope| {
            for _ in 0..cores.min(others.len()) {
                let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
                worker.expect("the system gives as many threads as it has cores");
            }
        });
    }
    let mut done = done.into_inner().expect("nobody panicked while he put pages down");
    let known = |(at, next)| match next {
        Next::Same(known) => Ok(known.clone()),
        Next::Other(Wanted { meta, range }, _) => {
            let sections = document.sections[range].to_vec();
            let (desk, paged) = done.remove(&at).expect("each of them was set");
            Ok(Known { meta, sections, stretch: Stretch::new(Arc::new(desk), Arc::new(paged?)) })
        }
    };
    next.into_iter().enumerate().map(known).collect()
}

/// Sets a document, or a stretch of one, with the pages of its last state as what is known at first.
pub(super) fn set(desk: &Desk, last: Option<&PagedDocument>) -> Result<Paged, TypesetterError> {
    finished(desk, while_setting(|| from(desk, last)))
}

/// Sets a document, with the pages of its last state as what is known at first; none: nothing is known.
fn from(desk: &Desk, last: Option<&PagedDocument>) -> Warned<SourceResult<PagedDocument>> {
    match settle((desk as &dyn World).track(), last) {
        Ok(Some((document, warnings))) => Warned { output: Ok(document), warnings },
        // What is wrong is said as the stock typesetter says it.
        Ok(None) | Err(_) => typst::compile(desk),
    }
}

type Settled = Option<(PagedDocument, typst::ecow::EcoVec<SourceDiagnostic>)>;

/// Lays a document out until its pages agree with what was asked of them; none where they do not settle.
fn settle(world: Tracked<dyn World + '_>, last: Option<&PagedDocument>) -> SourceResult<Settled> {
    let library = world.library();
    let traced = Traced::default();
    let mut sink = Sink::new();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = base.chain(&target);
    let Ok(main) = world.source(world.main()) else { return Ok(None) };
    let route = Route::default();
    let content = typst_eval::eval(world, library, traced.track(), sink.track_mut(), route.track(), &main)?.content();
    // Of a round that did not hold only what it told of its pages is needed.
    let mut known = last.map(|last| last.introspector().clone());
    for round in 0..MAX_ITERS {
        let constraint = Constraint::new();
        let mut pass = Sink::new();
        let introspector: &dyn Introspector = match &known {
            Some(known) => known.as_ref(),
            None => &EmptyIntrospector,
        };
        let mut engine = Engine {
            library,
            world,
            introspector: Protected::new(introspector.track_with(&constraint)),
            traced: traced.track(),
            sink: pass.track_mut(),
            route: Route::default(),
        };
        let document = layout_document(&mut engine, &content, styles)?;
        if constraint.validate(document.introspector().as_ref() as &dyn Introspector) {
            sink.extend_from_sink(pass);
            if last.is_none() && round > 0 {
                forget_rounds();
            }
            // What is wrong and was put off is said by the stock typesetter.
            let is_sound = sink.delayed().is_empty();
            return Ok(is_sound.then(|| (document, sink.warnings())));
        }
        known = Some(document.introspector().clone());
        drop(document);
        // Of a state that stood before nothing is forgotten: what a part remembers of its own parts is not asked for while it is the same,
        // and would be missed at the next edit.
        if last.is_none() {
            forget_rounds();
        }
    }
    Ok(None)
}
