//! Withheld as a whole: rows, records and pages, with all the texts in them.
//!
//! A whole that is withheld has its place, and so has every run in it: whoever takes a text out of it takes the place along.

use std::collections::BTreeMap;

use super::ItemPath;
use super::filled::{Content, Element, FlowPage};
use crate::diagnostic::Span;
use crate::markup::{Block, Register, Text, for_each_paragraph};

impl Text {
    /// The first withheld part of it, if any.
    #[must_use]
    pub fn withheld(&self) -> Option<Span> {
        self.runs().into_iter().find_map(|run| run.withheld).or_else(|| self.blocks.iter().find_map(fragment))
    }
}

fn fragment(block: &Block) -> Option<Span> {
    match block {
        Block::Fragment { withheld, .. } => *withheld,
        Block::List { items, .. } => items.iter().flatten().find_map(fragment),
        Block::Paragraph(_) | Block::Table { .. } => None,
    }
}

/// Withholds rows, their sub-rows included.
pub(super) fn rows(elements: &mut [Element], place: Span) {
    for element in elements {
        match element {
            Element::Row(row) => {
                row.withheld.get_or_insert(place);
                content(&mut row.content, place);
            }
            Element::Band(band) => {
                band.withheld.get_or_insert(place);
                written(&mut band.label, place);
                band.title.iter_mut().for_each(|(_, title)| title.withhold(place));
                band.ticks.iter_mut().for_each(|tick| tick.withheld = tick.withheld.or(Some(place)));
            }
            Element::Records(list) => list.text.withhold(place),
            Element::Flow(page) => whole_page(page, place),
        }
    }
}

/// Withholds a record: its bar, its rows and the other registers of its texts.
pub(super) fn record(
    path: &ItemPath,
    elements: &mut [Element],
    registers: &mut BTreeMap<(ItemPath, Register), Text>,
    place: Span,
) {
    rows(elements, place);
    registers.iter_mut().filter(|((of, _), _)| of.below(path).is_some()).for_each(|(_, text)| text.withhold(place));
}

/// Withholds a title, but not the number before it.
fn written(title: &mut Text, place: Span) {
    for_each_paragraph(&mut title.blocks, &mut |line| {
        let written = line.runs.iter_mut().filter(|run| run.span.is_some());
        written.for_each(|run| run.withheld = Some(place));
    });
}

fn content(content: &mut Content, place: Span) {
    content.texts_mut().into_iter().for_each(|text| text.withhold(place));
    if let Content::Checks { checks, .. } = content {
        checks.iter_mut().for_each(|check| check.withheld = check.withheld.or(Some(place)));
    }
}

/// Withholds a page of a figure, its title included.
pub(super) fn whole_page(page: &mut FlowPage, place: Span) {
    page.withheld.get_or_insert(place);
    written(&mut page.title, place);
    page.nodes.iter_mut().for_each(|node| {
        node.withheld.get_or_insert(place);
        node.label.withhold(place);
    });
    page.arrows.iter_mut().for_each(|arrow| arrow.withheld = arrow.withheld.or(Some(place)));
    page.remarks.iter_mut().chain(&mut page.silent).for_each(|(_, text)| text.withhold(place));
}
