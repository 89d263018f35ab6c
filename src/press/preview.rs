//! Pages for somebody who is still writing（下見）.
//!
//! # How to use it
//!
//! One [`Preview`] lives as long as its [`crate::session::Session`]. After each edit it is asked with the model of the new state, judged or
//! not:
//!
//! ```no_run
//! # use std::{collections::BTreeMap, path::Path};
//! # use hyoka::{press::Preview, render::PageForm, session::{Reach, Session}};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let session = Session::open(Path::new("."))?;
//! let checked = session.look(&Reach { municipality: "aoba".into(), case: Some("zei".into()) })?;
//! let preview = Preview::new(session.templates());
//! let edit = BTreeMap::from([("content/assessments/zei/basic.md".to_owned(), Some("…".to_owned()))]);
//! let draft = checked.draft(&edit);
//! if let Ok(pages) = preview.pages(&draft.model, &"aoba/zei/assessment".parse()?) {
//!     for number in pages.showing(&"basic/work".parse()?) {
//!         let _svg = pages.page(number, PageForm::Svg);
//!     }
//! }
//! let _findings = draft.judged().diagnostics;
//! # Ok(())
//! # }
//! ```
//!
//! What was set stays set（[`Standing`]）, so that an edit costs what it changes. A mistake stops no preview, except where nothing can be
//! set at all. Nothing is written, and what is made for others does not come from here: a build sets each document afresh.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard};

use super::audiences::Audiences;
use super::compose::{Job, Key};
use super::jobs::fault;
use crate::change::Unit;
use crate::diagnostic::Diagnostic;
use crate::document::tree::Document;
use crate::document::{Composed, PageIndex};
use crate::model::{ItemPath, Model};
use crate::name::{DocumentName, Slug};
use crate::page::{RowPlace, Sheaf, Standing, Typesetter, forget, forget_all, on_deep_stack};
use crate::render::{self, PageForm};
use crate::source::Templates;

/// Documents that stay set while somebody works on them（下見）. It may be asked from several threads; one document is set by one at a time.
#[derive(Debug)]
pub struct Preview {
    typesetter: Typesetter,
    standing: Mutex<BTreeMap<Key, Arc<Mutex<Option<Standing>>>>>,
    recent: Mutex<Recent>,
}

/// Which documents were asked for.
#[derive(Debug, Default)]
struct Recent {
    /// The one that was set last: what the typesetter remembers is that one's alone.
    set: Option<Key>,
    /// Those that stand, the one that was asked for last at the end.
    asked: Vec<Key>,
}

/// Documents that stay set: the one that is worked on, and the one that it is looked at beside or that it cites. Of 140 pages each takes
/// 100 MB.
const STANDING_MOST: usize = 2;

/// Why there are no pages（下見ができない理由）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewFault {
    /// No document has that name.
    Unknown,
    /// It is a workbook, which has no pages.
    Unpaged,
    /// It cannot be composed or set.
    Impossible(Box<Diagnostic>),
}

/// The pages of a document in one state（下見のページ）. Cheap to clone; they stay as they are whatever is edited later.
#[derive(Debug, Clone)]
pub struct Pages {
    sheaf: Arc<Sheaf>,
}

impl Preview {
    /// With nothing set yet.
    #[must_use]
    pub fn new(templates: &Templates) -> Self {
        Self { typesetter: Typesetter::new(templates), standing: Mutex::default(), recent: Mutex::default() }
    }

    /// The pages of a document as its usual readers have it.
    ///
    /// # Errors
    /// [`PreviewFault`].
    ///
    /// # Panics
    /// If the system gives no thread.
    pub fn pages(&self, model: &Model, document: &DocumentName) -> Result<Pages, PreviewFault> {
        self.seen(model, document, None)
    }

    /// The same for somebody who looks at some of the pages, counted from 1 in the state before: where much is to be set, those that he sees
    /// are set first and the others stand there as they were. [`Pages::are_whole`] says whether all are set; [`Self::pages`] sets the others.
    ///
    /// # Errors
    /// [`PreviewFault`].
    ///
    /// # Panics
    /// If the system gives no thread.
    pub fn glance(
        &self,
        model: &Model,
        document: &DocumentName,
        sight: RangeInclusive<usize>,
    ) -> Result<Pages, PreviewFault> {
        self.seen(model, document, Some(sight))
    }

    fn seen(
        &self,
        model: &Model,
        document: &DocumentName,
        sight: Option<RangeInclusive<usize>>,
    ) -> Result<Pages, PreviewFault> {
        let audiences = Audiences::of(model);
        let job = audiences.jobs(None).into_iter().find(|job| job.name() == *document).ok_or(PreviewFault::Unknown)?;
        let sheaf = self.set(&audiences, &job, sight)?;
        Ok(Pages { sheaf })
    }

    /// Makes ready for the next edit of what stands on a page of a document, counted from 1, so that it costs no more than those after it.
    /// Does nothing where the document does not stand, or is being set.
    ///
    /// # Panics
    /// If the system gives no thread.
    pub fn ready(&self, model: &Model, document: &DocumentName, page: usize) {
        let audiences = Audiences::of(model);
        let Some(job) = audiences.jobs(None).into_iter().find(|job| job.name() == *document) else { return };
        let slot = self.slot(job.key());
        // Somebody who sets it makes it ready himself.
        let readying = slot.try_lock().ok().and_then(|slot| slot.as_ref()?.readying(page));
        let Some(readying) = readying else { return };
        self.begin(job.key());
        on_deep_stack(readying);
        forget();
    }

    /// One page of a document, counted from 1, as bytes to send; none where the document has no such page.
    ///
    /// # Errors
    /// [`PreviewFault`].
    pub fn page(
        &self,
        model: &Model,
        document: &DocumentName,
        (number, form): (usize, PageForm),
    ) -> Result<Option<Vec<u8>>, PreviewFault> {
        Ok(self.pages(model, document)?.page(number, form))
    }

    /// Forgets what stands of a municipality.
    ///
    /// # Panics
    /// If a thread panicked while it held the list, which would be our bug.
    pub fn forget(&self, municipality: &Slug) {
        let mut standing = self.standing.lock().expect("nobody panics while he holds the list of what stands");
        standing.retain(|(name, _), _| name.case.municipality != *municipality);
    }

    fn set(
        &self,
        audiences: &Audiences,
        job: &Job<'_>,
        sight: Option<RangeInclusive<usize>>,
    ) -> Result<Arc<Sheaf>, PreviewFault> {
        let cited = job.cites().and_then(|cited| audiences.job(&cited));
        let cited = cited.map(|cited| self.set(audiences, &cited, None)).transpose()?;
        let composed = job.compose(cited.as_ref().map(|sheaf| &sheaf.index)).map_err(PreviewFault::Impossible)?;
        let Composed::Document(document) = composed else { return Err(PreviewFault::Unpaged) };
        let slot = self.slot(job.key());
        let set = on_deep_stack(|| {
            let mut slot = slot.lock().expect("nobody panics while he sets a document");
            self.asked(job.key());
            if slot.as_ref().is_some_and(|standing| standing.is(&document)) {
                return next(&self.typesetter, &mut slot, *document, None);
            }
            self.begin(job.key());
            let set = next(&self.typesetter, &mut slot, *document, sight);
            forget();
            set
        });
        set.map_err(|error| PreviewFault::Impossible(fault(job, error)))
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().expect("nobody panics while he notes what is asked for")
    }

    /// Notes which document is asked for, and lets those go that nobody has asked for longest.
    fn asked(&self, key: Key) {
        let mut recent = self.recent();
        recent.asked.retain(|known| *known != key);
        recent.asked.push(key);
        let over = recent.asked.len().saturating_sub(STANDING_MOST);
        let mut standing = self.standing.lock().expect("nobody panics while he holds the list of what stands");
        for gone in recent.asked.drain(..over) {
            standing.remove(&gone);
        }
    }

    /// Notes which document is being set: the typesetter remembers what one alone has asked for.
    fn begin(&self, key: Key) {
        let mut recent = self.recent();
        if recent.set.as_ref().is_some_and(|last| *last != key) {
            forget_all();
        }
        recent.set = Some(key);
    }

    fn slot(&self, key: Key) -> Arc<Mutex<Option<Standing>>> {
        let mut standing = self.standing.lock().expect("nobody panics while he holds the list of what stands");
        standing.entry(key).or_default().clone()
    }
}

fn next(
    typesetter: &Typesetter,
    slot: &mut Option<Standing>,
    document: Document,
    sight: Option<RangeInclusive<usize>>,
) -> Result<Arc<Sheaf>, crate::page::TypesetterError> {
    match (slot, sight) {
        (Some(standing), Some(sight)) => standing.glance(document, sight),
        (Some(standing), None) => standing.next(document),
        (slot @ None, _) => slot.insert(typesetter.standing(document)).pages(),
    }
}

impl Pages {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sheaf.count()
    }

    /// Whether all are those of their state; after [`Preview::glance`] some may stand there as they were before.
    #[must_use]
    pub fn are_whole(&self) -> bool {
        self.sheaf.is_whole
    }

    /// One of them, counted from 1, as bytes to send; none where there is no such page.
    #[must_use]
    pub fn page(&self, number: usize, form: PageForm) -> Option<Vec<u8>> {
        Some(render::drawn(self.sheaf.page(number)?, form))
    }

    /// The pages that show an item, by its path, in order and counted as [`Self::page`] does; empty where none does.
    #[must_use]
    pub fn showing(&self, path: &ItemPath) -> Vec<usize> {
        let range = self.sheaf.index.rows.get(path);
        range.into_iter().flat_map(|range| range.first..=range.last).collect()
    }

    /// Where rows and marks stand, by the numbers of the pages.
    #[must_use]
    pub fn index(&self) -> &PageIndex {
        &self.sheaf.index
    }

    /// The pages that an entry of a list of changes cites: their printed numbers, in order.
    #[must_use]
    pub fn of_unit(&self, unit: &Unit<'_>) -> Vec<usize> {
        self.sheaf.index.of_unit(unit, None)
    }

    /// Where the rows stand on them, a row inside another before it.
    #[must_use]
    pub fn places(&self) -> Vec<RowPlace> {
        self.sheaf.places()
    }

    /// Width and height of each page in pt, the number that is printed on it, and what names it as it looks.
    #[must_use]
    pub fn sheets(&self) -> Vec<(f64, f64, u64, String)> {
        let numbered = self.sheaf.sizes().into_iter().zip(1..).zip(self.sheaf.looks());
        numbered.map(|(((width, height), number), look)| (width, height, number, look)).collect()
    }

    /// Whether they are the very pages of an earlier state: nothing that they show has changed.
    #[must_use]
    pub fn are(&self, earlier: &Self) -> bool {
        Arc::ptr_eq(&self.sheaf, &earlier.sheaf)
    }
}
