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
//! Rejected: setting only the page that is looked at. Where it begins follows from all that stands before it.

use std::collections::HashMap;
use std::sync::Arc;

use typst::World;
use typst::comemo::{Constraint, Track, Tracked};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector, MAX_ITERS};
use typst::syntax::{FileId, Source};
use typst::utils::Protected;
use typst_layout::{PagedDocument, layout_document};

use super::typeset::{Paged, Stays, TypesetterError, finished, forget_rounds, while_setting};
use super::world::Desk;
use crate::document::tree::Document;

/// A document that stays set（組置き）: of the next state only what is another is set again.
#[derive(Debug)]
pub struct Standing {
    desk: Desk,
    document: Document,
    paged: Option<Arc<Paged>>,
    _stays: Stays,
}

impl Standing {
    pub(super) fn new(sources: &Arc<HashMap<FileId, Source>>, document: Document) -> Self {
        Self { desk: Desk::new(sources, &document), document, paged: None, _stays: Stays::new() }
    }

    /// Whether it stands in a state already, so that nothing is to be set.
    #[must_use]
    pub fn is(&self, document: &Document) -> bool {
        self.paged.is_some() && self.document == *document
    }

    /// The pages of its state.
    ///
    /// # Errors
    /// As [`super::Typesetter::typeset`].
    pub fn paged(&mut self) -> Result<Arc<Paged>, TypesetterError> {
        if let Some(paged) = &self.paged {
            return Ok(paged.clone());
        }
        self.set(None)
    }

    /// The pages of the next state. If that cannot be set, what was set last stays what is known.
    ///
    /// # Errors
    /// As [`super::Typesetter::typeset`].
    pub fn next(&mut self, document: Document) -> Result<Arc<Paged>, TypesetterError> {
        if self.document != document {
            self.desk.change(&self.document, &document);
            self.document = document;
        } else if let Some(paged) = &self.paged {
            return Ok(paged.clone());
        }
        let last = self.paged.take();
        let set = self.set(last.as_ref());
        if set.is_err() {
            self.document.sections.clear();
            self.paged = last;
        }
        set
    }

    fn set(&mut self, last: Option<&Arc<Paged>>) -> Result<Arc<Paged>, TypesetterError> {
        let compiled = while_setting(|| from(&self.desk, last.map(|last| &last.document)));
        let paged = Arc::new(finished(&self.desk, compiled)?);
        self.paged = Some(paged.clone());
        Ok(paged)
    }
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
