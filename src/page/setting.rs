//! How the typesetter is asked: a document, or a stretch of one, with the pages of its last state as what is known at first.
//!
//! # Why it stays small
//!
//! The typesetter remembers what each part asked of the pages and of the templates. For each thing that is asked it keeps a table, by the order in
//! which things are named since it last forgot, and a table never shrinks. What a stretch asks of its pages fills a large one. Named
//! when their stretches happen to be set, those would come to stand in any place, and in a day most places would hold a large table. So
//! they are named first, all of them before the first is set, and stand in the same few places after each edit. An edit of many stretches names
//! as many small things as all its stretches have: it forgets in between, so that no more tables are made than some stretches need.

use std::sync::{Arc, Mutex};

use typst::World;
use typst::comemo::{Constraint, Track, Tracked};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector, MAX_ITERS};
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector, layout_document};

use super::typeset::{Paged, TypesetterError, finished, forget_in_order, forget_rounds, while_setting};
use super::world::Desk;

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

/// So many stretches of an edit are set before the typesetter forgets in order, at least.
const TOGETHER_LEAST: usize = 6;

/// What is to be set.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) desk: Arc<Desk>,
    /// Its pages in the last state; none: nothing is known.
    pub(super) last: Option<Arc<Paged>>,
}

/// What was set, or why it could not be.
type Done = Result<Paged, TypesetterError>;

/// Sets one.
pub(super) fn set(job: Job) -> Done {
    let done = set_all(&[job]).pop();
    done.expect("for each job there is an answer")
}

/// Sets several, on every core: in their order what was set, or why it could not be. Who asks has a stack that is deep enough.
///
/// # Panics
/// If the system gives no thread.
pub(super) fn set_all(jobs: &[Job]) -> Vec<Done> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // Where nothing stood before, each round forgets the last.
    let is_new = jobs.iter().all(|job| job.last.is_none());
    let together = if is_new { usize::MAX } else { TOGETHER_LEAST.max(2 * cores) };
    while_setting(|| {
        let mut done = Vec::with_capacity(jobs.len());
        for some in jobs.chunks(together) {
            if !done.is_empty() {
                forget_in_order();
            }
            done.extend(set_together(some, cores));
        }
        done
    })
}

/// Sets some on so many cores.
fn set_together(jobs: &[Job], cores: usize) -> Vec<Done> {
    let asks: Vec<Asks> = jobs.iter().map(|_| Asks::new()).collect();
    let asked: Vec<Asked<'_>> = asks.iter().zip(jobs).map(|(asks, job)| Asked::of(asks, job)).collect();
    let done = Mutex::new(Vec::new());
    let queue = Mutex::new(asked.iter().enumerate());
    let work = || {
        loop {
            let next = queue.lock().expect("nobody panics while he takes a job").next();
            let Some((at, asked)) = next else { return };
            let set = finished(asked.desk, from(asked));
            done.lock().expect("nobody panics while he puts pages down").push((at, set));
        }
    };
    if cores.min(jobs.len()) < 2 {
        work();
    } else {
        std::thread::scope(|scope| {
            for _ in 0..cores.min(jobs.len()) {
                let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
                worker.expect("the system gives as many threads as it has cores");
            }
        });
    }
    let mut done = done.into_inner().expect("nobody panicked while he put pages down");
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, set)| set).collect()
}

/// What a round of a layout asks of the pages.
type Asks = Constraint<<dyn Introspector as Track>::Call>;

/// The things that a layout asks first, named.
struct Asked<'a> {
    desk: &'a Desk,
    world: Tracked<'a, dyn World + 'a>,
    /// The pages of the last state, and what is asked of them.
    pages: Tracked<'a, dyn Introspector + 'a>,
    asks: &'a Asks,
    /// Whether nothing stood before.
    is_new: bool,
}

impl<'a> Asked<'a> {
    fn of(asks: &'a Asks, job: &'a Job) -> Self {
        let desk = &*job.desk;
        let world: &dyn World = desk;
        let pages: &dyn Introspector = match &job.last {
            Some(last) => last.document.introspector().as_ref(),
            None => &EmptyIntrospector,
        };
        Self { desk, world: world.track(), pages: pages.track_with(asks), asks, is_new: job.last.is_none() }
    }
}

/// Sets a document.
fn from(asked: &Asked<'_>) -> Warned<SourceResult<PagedDocument>> {
    match settle(asked) {
        Ok(Some((document, warnings))) => Warned { output: Ok(document), warnings },
        // What is wrong is said as the stock typesetter says it.
        Ok(None) | Err(_) => typst::compile(asked.desk),
    }
}

type Settled = Option<(PagedDocument, typst::ecow::EcoVec<SourceDiagnostic>)>;

/// Lays a document out until its pages agree with what was asked of them; none where they do not settle.
fn settle(asked: &Asked<'_>) -> SourceResult<Settled> {
    let Asked { world, pages, asks, is_new, .. } = *asked;
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
    let mut known: Option<Arc<PagedIntrospector>> = None;
    for round in 0..MAX_ITERS {
        let own = Asks::new();
        let (introspector, asks) = match &known {
            None => (pages, asks),
            Some(known) => {
                let pages: &dyn Introspector = known.as_ref();
                (pages.track_with(&own), &own)
            }
        };
        let mut pass = Sink::new();
        let mut engine = Engine {
            library,
            world,
            introspector: Protected::new(introspector),
            traced: traced.track(),
            sink: pass.track_mut(),
            route: Route::default(),
        };
        let document = layout_document(&mut engine, &content, styles)?;
        if asks.validate(document.introspector().as_ref() as &dyn Introspector) {
            sink.extend_from_sink(pass);
            if is_new && round > 0 {
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
        if is_new {
            forget_rounds();
        }
    }
    Ok(None)
}
