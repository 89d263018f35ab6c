//! The items of a form as a clerk finds them（項目の並び）: chapters in print order, each with its headings, items and figures.
//!
//! Input: a filled form of a case. Output: [`Chapter`]s. A value printed in the cell of another item（inline）, a box in a bar and the
//! title of a record are items of their own here, since each is written by itself.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{ReviewState, review_report};
use crate::change::reviewables;
use crate::diagnostic::Span;
use crate::markup::{Mark, State, Text};
use crate::model::manifest::{ItemDef, ItemKind, SectionDef};
use crate::model::{
    Band, Case, CaseForm, Check, Content, Element, Filled, FilledSection, FlowPage, Inline, ItemKey, ItemPath, Row,
    Whole,
};
use crate::name::{ChangeId, ItemId, Slug};
use crate::session::{Checked, Wanted};

/// A chapter（章）: a section of the form.
#[derive(Debug)]
pub struct Chapter<'m> {
    /// Path of the section.
    pub path: &'m ItemPath,
    /// Number and title, with the file's name.
    pub heading: String,
    /// In print order.
    pub nodes: Vec<Node<'m>>,
}

/// Something in a chapter.
#[derive(Debug)]
pub enum Node<'m> {
    /// A heading bar.
    Heading {
        /// 2 to 4.
        level: u8,
        /// Its label.
        label: String,
    },
    /// An item that is written.
    Item(Box<Item<'m>>),
    /// The records of a repeat group: listed, added, removed, put in another order.
    Group {
        /// Id of the group; its list stands in the files of the section.
        id: &'m ItemId,
        /// What one of them is called.
        label: &'m str,
        /// How many there are.
        count: usize,
    },
    /// A figure with its remarks: written as a whole of boxes, arrows and remarks.
    Figure {
        /// As it is drawn.
        page: &'m FlowPage,
        /// Its title.
        title: String,
        /// What it prints.
        shown: Shown<'m>,
    },
}

/// An item（項目）.
#[derive(Debug)]
pub struct Item<'m> {
    /// Path in the form.
    pub path: ItemPath,
    /// Path of the row in whose cell it is printed.
    pub row: &'m ItemPath,
    /// Section or record, whose files hold its entry.
    pub home: ItemPath,
    /// Id, as an entry file names it.
    pub id: ItemId,
    /// What the form says of it; none: an entry of a list whose headings are the author's own.
    pub def: Option<&'m ItemDef>,
    /// What it is called.
    pub label: String,
    /// Labels above it.
    pub trail: &'m [String],
    /// 0 item, 1 sub-row, 2 sub-row of that.
    pub depth: u8,
    /// Whether a change to it is a 重要な変更.
    pub important: bool,
    /// What is printed.
    pub shown: Shown<'m>,
}

/// What an item prints.
#[derive(Debug, Default)]
pub struct Shown<'m> {
    texts: Vec<&'m Text>,
    /// Words of ticked boxes.
    ticked: Vec<&'m str>,
    /// Marks that are in no text, of a box or of the whole, each with the words of the box.
    marks: Vec<(&'m Mark, &'m str)>,
    /// Where something besides the texts is withheld.
    withheld: Option<Span>,
    /// Where a box is ticked.
    boxes: Option<Span>,
}

impl<'m> Shown<'m> {
    fn text(text: &'m Text) -> Self {
        Self { texts: vec![text], ..Self::default() }
    }

    fn content(content: &'m Content, whole: Option<&'m Whole>) -> Self {
        let mut shown = Self::default();
        match content {
            Content::Text(text) | Content::Line(text) | Content::Choice { value: text, .. } => shown.texts.push(text),
            Content::Checks { checks, .. } => {
                checks.iter().for_each(|check| shown.check(check));
            }
        }
        shown.marks.extend(whole.map(|whole| (&whole.mark, "")));
        shown
    }

    /// The words of a figure: title, boxes, remarks.
    fn figure(page: &'m FlowPage) -> Self {
        let labels = page.nodes.iter().map(|node| &node.label);
        let remarks = page.remarks.iter().map(|(_, remark)| remark);
        let texts = std::iter::once(&page.title).chain(labels).chain(remarks).collect();
        let parts = page.nodes.iter().map(|node| (node.whole.as_ref(), node.withheld));
        let parts = parts.chain(page.arrows.iter().map(|arrow| (arrow.whole.as_ref(), arrow.withheld)));
        let parts: Vec<_> = parts.chain([(page.whole.as_ref(), page.withheld)]).collect();
        let marks = parts.iter().filter_map(|(whole, _)| Some((&(*whole)?.mark, ""))).collect();
        let withheld = parts.iter().find_map(|(_, withheld)| *withheld);
        Self { texts, marks, withheld, ..Self::default() }
    }

    /// One box, of a row or of a bar.
    fn check(&mut self, check: &'m Check) {
        self.marks.extend(check.mark.iter().map(|mark| (mark, check.label.as_str())));
        self.withheld = self.withheld.or(check.withheld);
        self.texts.extend(&check.text);
        if check.on {
            self.boxes = self.boxes.or(check.span);
            self.ticked.push(&check.label);
        }
    }

    /// A value that is printed in the cell of another item.
    fn inline(content: &'m Content, id: &ItemId) -> Self {
        let counts = |check: &'m Check| check.count.as_ref();
        let values: Vec<&Inline> = match content {
            Content::Choice { inline, .. } => inline.iter().collect(),
            Content::Checks { checks, .. } => checks.iter().filter_map(counts).collect(),
            Content::Text(_) | Content::Line(_) => Vec::new(),
        };
        values.into_iter().find(|one| one.item == *id).map(|one| Self::text(&one.value)).unwrap_or_default()
    }

    fn or_withheld(mut self, place: Option<Span>) -> Self {
        self.withheld = self.withheld.or(place);
        self
    }

    /// What a reader sees after the changes.
    #[must_use]
    pub fn characters(&self) -> String {
        let ticked = self.ticked.iter().map(|word| (*word).to_owned());
        let texts = self.texts.iter().map(|text| text.characters(State::After)).filter(|text| !text.is_empty());
        ticked.chain(texts).collect::<Vec<_>>().join("\n")
    }

    /// Where it is written; none where nothing is.
    #[must_use]
    pub fn place(&self) -> Option<Span> {
        self.texts.iter().find_map(|text| text.span).or(self.boxes)
    }

    /// Whether the public does not read all of it（公表しない部分）.
    #[must_use]
    pub fn has_withheld(&self) -> bool {
        self.withheld.is_some() || self.texts.iter().flat_map(|text| text.runs()).any(|run| run.withheld.is_some())
    }

    /// Whether nothing is to be seen.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.characters().trim().is_empty()
    }

    /// Its marks, in texts and beside them.
    #[must_use]
    pub fn marks(&self) -> (&[&'m Text], &[(&'m Mark, &'m str)]) {
        (&self.texts, &self.marks)
    }

    /// The changes that it carries, each once; an empty word where a mark names none.
    #[must_use]
    pub fn changes(&self) -> Vec<&'m ChangeId> {
        let texts = self.texts.iter().flat_map(|text| &text.marks).map(|mark| &mark.change);
        let mut changes: Vec<&ChangeId> = self.marks.iter().map(|(mark, _)| &mark.change).chain(texts).collect();
        changes.sort_unstable();
        changes.dedup();
        changes
    }
}

/// Whether an item is signed, by its path among all forms of the case.
pub type Reviews = std::collections::BTreeMap<ItemKey, ReviewState>;

/// The sign-offs of a case.
#[must_use]
pub fn reviews(checked: &Checked, town: &Slug, case: &Case) -> Reviews {
    if case.reviews.is_empty() {
        return reviewables(case).into_iter().map(|item| (item.key, ReviewState::Open)).collect();
    }
    let wanted = Wanted { municipality: Some(town.clone()), case: Some(case.id.clone()), document: None };
    let report = review_report(checked, &wanted).map(|report| report.cases).unwrap_or_default();
    let items = report.into_iter().flat_map(|case| case.sections).flat_map(|section| section.items);
    items.map(|item| (item.path, item.state)).collect()
}

/// The chapters of a form.
#[must_use]
pub fn chapters(form: &CaseForm) -> Vec<Chapter<'_>> {
    chapters_of(form, |_| true).collect()
}

/// The chapters of the sections that are wanted, by their paths; whatever is at a path stands in the section whose path that begins with.
pub fn chapters_of<'m>(
    form: &'m CaseForm,
    wanted: impl Fn(&FilledSection) -> bool,
) -> impl Iterator<Item = Chapter<'m>> {
    let sections = form.filled.sections.iter().filter(move |section| wanted(section));
    sections.map(|section| chapter(&form.filled, section))
}

/// The item at a path of a form.
#[must_use]
pub fn find<'m>(form: &'m CaseForm, path: &ItemPath) -> Option<Item<'m>> {
    let nodes = chapters_of(form, |section| path.is_in(&section.path)).flat_map(|chapter| chapter.nodes);
    let mut items = nodes.filter_map(|node| if let Node::Item(item) = node { Some(*item) } else { None });
    items.find(|item| item.path == *path)
}

fn chapter<'m>(filled: &'m Filled, section: &'m FilledSection) -> Chapter<'m> {
    let def = filled.form.section(&section.def_id);
    let all = def.map(SectionDef::all_items).unwrap_or_default();
    let groups = all.iter().copied().filter(|item| item.kind == ItemKind::Group).collect();
    let mut by_id = FxHashMap::default();
    for def in all {
        by_id.entry(def.id.value.as_str()).or_insert(def);
    }
    let (nodes, known) = (Vec::new(), FxHashSet::default());
    let mut walk = Walk { section, def, by_id, groups, records: records(section), nodes, known };
    if let (Some(subject), Some(item)) = (&section.subject, def.and_then(|def| def.subject_item.as_ref())) {
        walk.by_id(item, &section.path, Shown::text(subject));
    }
    walk.groups(def.map(|def| def.items.as_slice()).unwrap_or_default(), Listed::Blank);
    section.elements.iter().for_each(|element| walk.element(element));
    let nodes = walk.nodes;
    let heading = [section.heading.as_str(), section.file_name.as_deref().unwrap_or_default()].concat();
    Chapter { path: &section.path, heading, nodes }
}

/// Which groups are meant.
#[derive(Clone, Copy)]
enum Listed<'a> {
    /// Those without a record.
    Blank,
    /// The one that a record belongs to, by its path.
    Of(&'a ItemPath),
}

/// How many records each group of a section has, by the path of the group.
fn records(section: &FilledSection) -> FxHashMap<ItemPath, usize> {
    let mut records = FxHashMap::default();
    for element in &section.elements {
        if let Element::Band(Band { record: Some(record), .. }) = element {
            let group = record.above().expect("a record stands in its group");
            *records.entry(group).or_default() += 1;
        }
    }
    records
}

struct Walk<'m> {
    section: &'m FilledSection,
    def: Option<&'m SectionDef>,
    /// All items of the section by their ids.
    by_id: FxHashMap<&'m str, &'m ItemDef>,
    /// The groups among them.
    groups: Vec<&'m ItemDef>,
    /// How many records each group has, by its path.
    records: FxHashMap<ItemPath, usize>,
    nodes: Vec<Node<'m>>,
    /// Paths of the items among the nodes.
    known: FxHashSet<ItemPath>,
}

impl<'m> Walk<'m> {
    fn def_of(&self, id: &str) -> Option<&'m ItemDef> {
        self.by_id.get(id).copied()
    }

    /// The groups among items: those with records stand before the first of them, those without where their bar is.
    fn groups(&mut self, items: impl IntoIterator<Item = &'m ItemDef>, wanted: Listed<'_>) {
        for item in items.into_iter().filter(|item| item.kind == ItemKind::Group) {
            let path = self.section.path.join(&item.id.value);
            let count = self.records.get(&path).copied().unwrap_or_default();
            let is_wanted = match wanted {
                Listed::Blank => count == 0,
                Listed::Of(record) => record.below(&path).is_some(),
            };
            let is_there = |node: &Node<'_>| matches!(node, Node::Group { id, .. } if **id == item.id.value);
            if is_wanted && !self.nodes.iter().any(is_there) {
                self.nodes.push(Node::Group { id: &item.id.value, label: &item.label, count });
            }
        }
    }

    fn element(&mut self, element: &'m Element) {
        match element {
            Element::Band(band) => {
                let label = band.label.characters(State::After);
                if let Some(record) = &band.record {
                    self.groups(self.groups.clone(), Listed::Of(record));
                }
                self.nodes.push(Node::Heading { level: band.level, label });
                if let (None, Some(bar)) = (&band.record, self.def_of(band.path.last())) {
                    self.groups(&bar.items, Listed::Blank);
                }
                let home = band.record.as_ref().unwrap_or(&self.section.path);
                if let (Some(_), Some((path, text))) = (&band.record, &band.title) {
                    let id = path.last();
                    let def = self.def_of(id);
                    self.push(Item {
                        path: path.clone(),
                        row: &band.path,
                        home: home.clone(),
                        id: id.into(),
                        def,
                        label: def.map(|def| def.label.clone()).unwrap_or_default(),
                        trail: &[],
                        depth: 0,
                        important: false,
                        shown: Shown::text(text),
                    });
                }
                let bar = self.def_of(band.path.last());
                for (check, def) in band.ticks.iter().zip(bar.map(|bar| bar.ticks.as_slice()).unwrap_or_default()) {
                    // A box stands in the files of what its bar stands in.
                    let home = band.path.above().unwrap_or_else(|| home.clone());
                    let mut shown = Shown::default();
                    shown.check(check);
                    self.push(Item {
                        path: home.join(&def.id.value),
                        row: &band.path,
                        home,
                        id: def.id.value.clone(),
                        def: Some(def),
                        label: check.label.clone(),
                        trail: &[],
                        depth: 0,
                        important: def.important.unwrap_or(band.important),
                        shown,
                    });
                }
            }
            Element::Row(row) => self.row(row),
            Element::Flow(page) => {
                let title = page.title.characters(State::After);
                self.nodes.push(Node::Figure { page, title, shown: Shown::figure(page) });
            }
            Element::Records(list) => {
                let id = list.path.last();
                let def = self.def_of(id);
                let label = [&list.title, &self.section.heading].into_iter().find(|words| !words.is_empty());
                self.push(Item {
                    path: list.path.clone(),
                    row: &list.path,
                    home: self.section.path.clone(),
                    id: id.into(),
                    def,
                    label: label.cloned().unwrap_or_default(),
                    trail: &[],
                    depth: 0,
                    important: self.def.is_some_and(|def| def.important),
                    shown: Shown::text(&list.text),
                });
            }
        }
    }

    fn row(&mut self, row: &'m Row) {
        let Some(def) = self.def_of(&row.item) else { return };
        if def.kind == ItemKind::Fixed {
            return;
        }
        let home = row.record.as_ref().unwrap_or(&self.section.path);
        let label =
            if row.label.is_empty() { row.trail.last().cloned().unwrap_or_default() } else { row.label.clone() };
        self.push(Item {
            path: row.path.clone(),
            row: &row.path,
            home: home.clone(),
            id: row.item.clone(),
            def: Some(def),
            label,
            trail: &row.trail,
            depth: row.depth,
            important: row.important,
            shown: Shown::content(&row.content, row.whole.as_ref()).or_withheld(row.withheld),
        });
        for inner in def.items.iter().filter(|inner| inner.inline) {
            let shown = Shown::inline(&row.content, &inner.id.value);
            self.push(Item {
                path: home.join(&inner.id.value),
                row: &row.path,
                home: home.clone(),
                id: inner.id.value.clone(),
                def: Some(inner),
                label: inner.label.clone(),
                trail: &row.trail,
                depth: (row.depth + 1).min(2),
                important: inner.important.unwrap_or(row.important),
                shown,
            });
        }
    }

    fn by_id(&mut self, id: &ItemId, home: &'m ItemPath, shown: Shown<'m>) {
        let def = self.def_of(id);
        self.push(Item {
            path: home.join(id),
            row: home,
            home: home.clone(),
            id: id.clone(),
            def,
            label: def.map(|def| def.label.clone()).unwrap_or_default(),
            trail: &[],
            depth: 0,
            important: false,
            shown,
        });
    }

    fn push(&mut self, item: Item<'m>) {
        // A subject may be a row too.
        if self.known.insert(item.path.clone()) {
            self.nodes.push(Node::Item(Box::new(item)));
        }
    }
}
