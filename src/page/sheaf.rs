//! The pages of a document that stays set（組んだページの束）, stretch by stretch.
//!
//! A stretch（[`Document::stretches`]） is set by itself, and without the numbers of its pages: they are known when all stretches are set, and an
//! edit of another stretch can change nothing but them. They are set for themselves and put on the pages when somebody looks.
//!
//! [`Document::stretches`]: crate::document::tree::Document::stretches

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use typst::layout::{Frame, FrameItem};
use typst::utils::hash128;
use typst_layout::Page;

use super::numbers::put;
use super::places::{Edge, RowPlace, row_places};
use super::setting::{Job, on_deep_stack, set};
use super::typeset::Paged;
use super::world::{Desk, Numbers};
use crate::document::PageIndex;

/// The pages of a document in one state. They stay as they are whatever is edited later.
#[derive(Debug)]
pub struct Sheaf {
    stretches: Vec<Stretch>,
    /// Whether all pages are those of the state; else some stand there as they were before.
    pub is_whole: bool,
    /// Where its rows and marks stand, by the numbers of its pages.
    pub index: PageIndex,
}

/// A stretch, set.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    pub(super) desk: Arc<Desk>,
    numbers: Numbers,
    /// Its pages as they were set: without their numbers.
    pub(super) measured: Arc<Paged>,
    /// What they look like.
    looks: Arc<OnceLock<Vec<u128>>>,
    /// Its pages as they are seen.
    drawn: Arc<OnceLock<Vec<Page>>>,
}

impl Stretch {
    /// A stretch whose pages were set with its desk.
    pub(super) fn new(desk: Arc<Desk>, measured: Arc<Paged>) -> Self {
        Self { desk, numbers: Numbers::default(), measured, looks: Arc::default(), drawn: Arc::default() }
    }

    /// Whether it was set as the beginning of its document.
    pub(super) fn is_first(&self) -> bool {
        self.desk.begins()
    }

    /// How many pages it has, whatever their numbers are.
    pub(super) fn count(&self) -> usize {
        self.pages().len()
    }

    /// The same pages with such numbers.
    fn numbered(&self, numbers: Numbers) -> Self {
        let drawn = if numbers == self.numbers { self.drawn.clone() } else { Arc::default() };
        Self { numbers, drawn, ..self.clone() }
    }

    fn pages(&self) -> &[Page] {
        self.measured.document.pages()
    }

    /// What its pages look like as they were set.
    fn looks(&self) -> &[u128] {
        self.looks.get_or_init(|| self.pages().iter().map(|page| hash128(&Look(&page.frame))).collect())
    }

    /// Its pages as they are seen, with their numbers.
    fn drawn(&self) -> &[Page] {
        self.drawn.get_or_init(|| {
            let turned = self.pages().iter().map(|page| page.frame.width() > page.frame.height()).collect();
            let numbers = self.again(self.desk.numbers(self.numbers, turned));
            let pages = self.pages().iter().enumerate();
            let put: Option<Vec<Page>> = pages.map(|(at, page)| put(page, numbers.get(at)?)).collect();
            put.unwrap_or_else(|| {
                let whole = self.again(self.desk.whole(self.numbers));
                if whole.is_empty() { self.pages().to_vec() } else { whole }
            })
        })
    }

    /// Pages set with another desk; none where it cannot be done, which was told when they were set first.
    fn again(&self, desk: Desk) -> Vec<Page> {
        let job = Job { desk: Arc::new(desk), last: Some(self.measured.clone()) };
        let pages = on_deep_stack(|| set(job));
        pages.map(|paged| paged.document.pages().to_vec()).unwrap_or_default()
    }
}

/// What is seen of a frame: not what it was made of, nor where its links lead.
struct Look<'f>(&'f Frame);

impl Hash for Look<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.size().hash(state);
        for (place, item) in self.0.items() {
            let is_seen = !matches!(item, FrameItem::Tag(_) | FrameItem::Link(..));
            if is_seen {
                place.hash(state);
            }
            match item {
                FrameItem::Group(group) => (group.transform, &group.clip, Look(&group.frame)).hash(state),
                FrameItem::Tag(_) | FrameItem::Link(..) => {}
                seen => seen.hash(state),
            }
        }
    }
}

impl Sheaf {
    /// The pages of stretches that follow each other, numbered throughout.
    pub(super) fn of<'s>(stretches: impl Iterator<Item = &'s Stretch> + Clone, is_whole: bool) -> Self {
        let pages = stretches.clone().map(Stretch::count).sum();
        let mut index = PageIndex { pages, ..PageIndex::default() };
        let mut before = 0;
        let mut numbered = Vec::new();
        for stretch in stretches {
            numbered.push(stretch.numbered(Numbers { before, pages }));
            index.add(&stretch.measured.index, before);
            before += stretch.count();
        }
        Self { stretches: numbered, is_whole, index }
    }

    /// How many pages there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.index.pages
    }

    /// A page, counted from 1; `None` where there is no such page.
    #[must_use]
    pub fn page(&self, number: usize) -> Option<&Page> {
        let stretch = self.stretches.iter().rfind(|stretch| stretch.numbers.before < number)?;
        stretch.drawn().get(number - stretch.numbers.before - 1)
    }

    /// What names each page as it looks: two of the same name look alike.
    #[must_use]
    pub fn looks(&self) -> Vec<String> {
        let of = |stretch: &Stretch| {
            let Numbers { before, pages } = stretch.numbers;
            stretch.looks().iter().map(move |look| format!("{look:032x}-{before}-{pages}")).collect::<Vec<_>>()
        };
        self.stretches.iter().flat_map(of).collect()
    }

    /// With what the stretch of a page was set, and its pages; none where there is no such page.
    pub(super) fn set_with(&self, number: usize) -> Option<(Arc<Desk>, Arc<Paged>)> {
        let stretch = self.stretches.iter().rfind(|stretch| stretch.numbers.before < number)?;
        Some((stretch.desk.clone(), stretch.measured.clone()))
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
