//! The pages of a document that stays set（組んだページの束）, stretch by stretch.
//!
//! A stretch（[`Document::stretches`]） is set by itself. What an edit of another stretch can change of its pages are their numbers: they are
//! drawn anew when somebody looks.
//!
//! [`Document::stretches`]: crate::document::tree::Document::stretches

use std::sync::{Arc, OnceLock};

use super::places::{Edge, RowPlace, row_places};
use super::standing::{STACK_BYTES, set};
use super::typeset::Paged;
use super::world::{Desk, Numbers};
use crate::document::PageIndex;

/// The pages of a document in one state. They stay as they are whatever is edited later.
#[derive(Debug)]
pub struct Sheaf {
    stretches: Vec<Stretch>,
    /// Where its rows and marks stand, by the numbers of its pages.
    pub index: PageIndex,
}

/// A stretch, set.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) desk: Arc<Desk>,
    /// How many pages stand before its own, and how many there are in all.
    numbers: Numbers,
    /// Its pages as they were set, perhaps with other numbers on them.
    pub(super) measured: Arc<Paged>,
    drawn: OnceLock<Arc<Paged>>,
}

impl Stretch {
    /// A stretch whose pages were set with the numbers of its desk.
    pub(super) fn new(desk: Arc<Desk>, measured: Arc<Paged>) -> Self {
        let numbers = desk.numbers();
        Self { desk, numbers, drawn: OnceLock::from(measured.clone()), measured }
    }

    /// The same for the next state.
    pub(super) fn kept(&self) -> Self {
        self.numbered(self.numbers)
    }

    /// Whether it was set as the beginning of its document.
    pub(super) fn is_first(&self) -> bool {
        self.desk.numbers().begins
    }

    /// How many pages it has, whatever their numbers are.
    pub(super) fn count(&self) -> usize {
        self.measured.document.pages().len()
    }

    /// The same pages with such numbers.
    pub(super) fn numbered(&self, numbers: Numbers) -> Self {
        let drawn = if numbers == self.numbers { self.drawn.clone() } else { OnceLock::new() };
        // They may have been set with just these.
        if numbers == self.desk.numbers() {
            let _ = drawn.set(self.measured.clone());
        }
        Self { desk: self.desk.clone(), numbers, measured: self.measured.clone(), drawn }
    }

    /// Its pages as they are seen.
    fn drawn(&self) -> &Arc<Paged> {
        self.drawn.get_or_init(|| {
            let desk = self.desk.numbered(self.numbers);
            // The typesetter recurses deeply: whoever looks may have a small stack.
            let again = std::thread::scope(|scope| {
                let again = || set(&desk, Some(&self.measured.document));
                let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, again);
                let worker = worker.expect("the system gives one thread more");
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            again.map_or_else(|_| self.measured.clone(), Arc::new)
        })
    }
}

impl Sheaf {
    /// The pages of stretches that follow each other, numbered throughout.
    pub(super) fn of<'s>(stretches: impl Iterator<Item = &'s Stretch> + Clone) -> Self {
        let pages = stretches.clone().map(Stretch::count).sum();
        let mut index = PageIndex { pages, ..PageIndex::default() };
        let mut before = 0;
        let mut numbered = Vec::new();
        for stretch in stretches {
            let begins = numbered.is_empty();
            numbered.push(stretch.numbered(Numbers { begins, before, pages: Some(pages) }));
            index.add(&stretch.measured.index, before);
            before += stretch.count();
        }
        Self { stretches: numbered, index }
    }

    /// How many pages there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.index.pages
    }

    /// A page, counted from 1: those that it was set with, and its place among them, counted from 1. `None` where there is no such page.
    #[must_use]
    pub fn page(&self, number: usize) -> Option<(&Paged, usize)> {
        let stretch = self.stretches.iter().rfind(|stretch| stretch.numbers.before < number)?;
        let number = number - stretch.numbers.before;
        (number <= stretch.count()).then(|| (&**stretch.drawn(), number))
    }

    /// Where the rows stand, a row inside another before it.
    #[must_use]
    pub fn places(&self) -> Vec<RowPlace> {
        let of = |stretch: &Stretch| {
            let before = stretch.numbers.before;
            let edge = move |edge: Edge| Edge { page: edge.page + before, ..edge };
            let places = row_places(&stretch.measured).into_iter();
            places.map(move |row| RowPlace { first: edge(row.first), last: edge(row.last), ..row })
        };
        self.stretches.iter().flat_map(of).collect()
    }

    /// Width and height of each page in pt.
    #[must_use]
    pub fn sizes(&self) -> Vec<(f64, f64)> {
        let pages = self.stretches.iter().flat_map(|stretch| stretch.measured.document.pages());
        pages.map(|page| (page.frame.width().to_pt(), page.frame.height().to_pt())).collect()
    }
}
