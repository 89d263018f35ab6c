//! Items of a filled form by the paths that form rules use: `section/item`, `section/group/item`.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use typst::utils::LazyHash;

use crate::diagnostic::Span;
use crate::markup::{Side, State};
use crate::model::manifest::{ItemDef, ItemKind};
use crate::model::{Content, Element, Filled, FilledSection, ItemPath, Row, Whole};
use crate::name::ItemId;

/// An item in one place（項目の記載）.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) section: &'a FilledSection,
    /// The record that it belongs to, by path.
    pub(super) record: Option<&'a ItemPath>,
    pub(super) label: String,
    /// Where it is written; `None` where nothing is.
    pub(super) span: Option<Span>,
    /// Whether something is written, chosen or ticked.
    pub(super) filled: bool,
    /// What is chosen or ticked after the changes.
    pub(super) chosen: Vec<String>,
    /// Its characters after the changes.
    pub(super) text: String,
}

/// The part of a form in which an item is looked for; `None`: everywhere.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scope<'a> {
    /// Of a repeated section only this one.
    pub(super) section: Option<&'a FilledSection>,
    /// Of a group only this record.
    pub(super) record: Option<&'a ItemPath>,
}

/// All places of an item, in print order.
pub(super) fn find<'a>(filled: &'a Filled, path: &ItemPath, scope: Scope<'_>) -> Vec<Found<'a>> {
    let mut ids = path.ids();
    let (Some(section), Some(item)) = (ids.next(), ids.next_back()) else { return Vec::new() };
    let wanted = Wanted { filled, group: ids.next(), item, scope };
    let mut found = Vec::new();
    for instance in filled.sections.iter().filter(|instance| instance.def_id == section) {
        if scope.section.is_none_or(|only| only.def_id != section || only.path == instance.path) {
            wanted.collect(instance, &mut found);
        }
    }
    found
}

/// The one place of an item that is not repeated.
pub(super) fn first<'a>(filled: &'a Filled, path: &ItemPath) -> Option<Found<'a>> {
    find(filled, path, Scope::default()).into_iter().next()
}

/// Where in a section the rows of each item stand, and the bands.
#[derive(Debug, Default)]
struct Index {
    rows: FxHashMap<ItemId, Vec<usize>>,
    bands: Vec<usize>,
}

/// It is remembered: rules look for one item after the other.
#[comemo::memoize]
fn indexed(section: &LazyHash<FilledSection>) -> Arc<Index> {
    let mut index = Index::default();
    for (place, element) in section.elements.iter().enumerate() {
        match element {
            Element::Row(row) => index.rows.entry(row.item.clone()).or_default().push(place),
            Element::Band(_) => index.bands.push(place),
            Element::Flow(_) | Element::Records(_) => {}
        }
    }
    Arc::new(index)
}

struct Wanted<'w, 'a> {
    filled: &'a Filled,
    group: Option<&'w str>,
    item: &'w str,
    scope: Scope<'w>,
}

impl<'a> Wanted<'_, 'a> {
    fn collect(&self, section: &'a LazyHash<FilledSection>, found: &mut Vec<Found<'a>>) {
        let Some(of_section) = self.filled.form.section(&section.def_id) else { return };
        let Some(def) = of_section.first_item(&|def| def.id.value == self.item) else { return };
        // A value that is printed in another item's cell has no row of its own, nor any place while it is empty.
        let holds = |item: &ItemDef| item.items.iter().any(|inner| inner.inline && inner.id.value == self.item);
        let cell = of_section.first_item(&holds).map(|item| (&item.id.value, def.label.as_str()));
        if def.kind == ItemKind::Group {
            found.push(self.records(section, &def.label));
            return;
        }
        let index = indexed(section);
        let row = cell.map_or(self.item, |(cell, _)| cell);
        let mut places = index.rows.get(row).cloned().unwrap_or_default();
        if def.kind == ItemKind::Tick {
            places.extend(&index.bands);
            places.sort_unstable();
        }
        for element in places.into_iter().map(|place| &section.elements[place]) {
            match element {
                Element::Row(row) if self.is_here(section, row.record.as_ref(), row.whole.as_ref()) => {
                    found.push(self.row(section, row, cell));
                }
                Element::Band(band) => {
                    let tick = band.ticks.iter().find(|tick| tick.label == def.label);
                    found.extend(tick.map(|tick| place(section, &def.label, tick.on)));
                }
                Element::Row(_) | Element::Flow(_) | Element::Records(_) => {}
            }
        }
    }

    fn is_here(&self, section: &FilledSection, record: Option<&ItemPath>, whole: Option<&Whole>) -> bool {
        let inside = record.and_then(|record| record.below(&section.path));
        let group = inside.as_ref().map(ItemPath::first);
        let only = self.scope.record.filter(|_| group.is_some());
        group == self.group && stands(whole) && only.is_none_or(|only| record == Some(only))
    }

    /// The records of a group, as one place.
    fn records(&self, section: &'a FilledSection, label: &str) -> Found<'a> {
        let group = section.path.join(self.item);
        let any = section.elements.iter().any(|element| match element {
            Element::Band(band) => {
                stands(band.whole.as_ref()) && band.record.as_ref().is_some_and(|record| record.below(&group).is_some())
            }
            Element::Row(_) | Element::Flow(_) | Element::Records(_) => false,
        });
        place(section, label, any)
    }

    /// The item in a row that shows it: the row itself, or a value with a label of its own in the cell of another item.
    fn row(&self, section: &'a FilledSection, row: &'a Row, cell: Option<(&ItemId, &str)>) -> Found<'a> {
        let (text, chosen) = match cell {
            None => said(row),
            Some(_) => (self.inline(row).unwrap_or_default(), Vec::new()),
        };
        // A row over the full width has the label of the bar above it.
        let label = cell.map(|(_, label)| label).or(Some(row.label.as_str()).filter(|label| !label.is_empty()));
        let label = label.or(row.trail.last().map(String::as_str)).unwrap_or_default().to_owned();
        let filled = !text.trim().is_empty() || !chosen.is_empty();
        Found { section, record: row.record.as_ref(), label, span: row.span, filled, chosen, text }
    }

    /// A value printed in the row's cell.
    fn inline(&self, row: &Row) -> Option<String> {
        let inline = match &row.content {
            Content::Choice { inline, .. } => inline.iter().find(|inline| inline.item == self.item),
            Content::Checks { checks, .. } => {
                checks.iter().filter_map(|check| check.count.as_ref()).find(|inline| inline.item == self.item)
            }
            Content::Text(_) | Content::Line(_) => None,
        };
        inline.map(|inline| inline.value.characters(State::After))
    }
}

fn stands(whole: Option<&Whole>) -> bool {
    whole.is_none_or(|whole| whole.side == Side::New)
}

fn said(row: &Row) -> (String, Vec<String>) {
    match &row.content {
        Content::Text(text) | Content::Line(text) => (text.characters(State::After), Vec::new()),
        Content::Choice { value, .. } => {
            let chosen = value.characters(State::After);
            (chosen.clone(), Some(chosen).filter(|chosen| !chosen.is_empty()).into_iter().collect())
        }
        Content::Checks { checks, .. } => {
            let chosen: Vec<String> = checks.iter().filter(|check| check.on).map(|check| check.label.clone()).collect();
            (chosen.join("、"), chosen)
        }
    }
}

fn place<'a>(section: &'a FilledSection, label: &str, filled: bool) -> Found<'a> {
    let text = String::new();
    Found { section, record: None, label: label.to_owned(), span: None, filled, chosen: Vec::new(), text }
}
