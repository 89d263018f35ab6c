//! Changes that a municipality has accepted while their marks still stand in a file that others share.
//!
//! To it these texts are as if the marks were gone; to the others they are still marked.

use super::filled::{Content, Element, FilledSection, Row, Whole};
use crate::markup::{Side, State, Text, settle};
use crate::name::ChangeId;

impl FilledSection {
    /// The section with the marks of these changes accepted, and gone.
    pub(super) fn accept(&mut self, changes: &[ChangeId]) {
        self.subject.iter_mut().for_each(|text| fold(text, changes));
        self.elements.retain_mut(|element| keep(element, changes));
    }
}

/// The text with the marks of these changes accepted.
#[must_use]
pub(super) fn accepted(text: &Text, changes: &[ChangeId]) -> Text {
    settle(text, &|mark| changes.contains(&mark.change).then_some(State::After))
}

pub(super) fn fold(text: &mut Text, changes: &[ChangeId]) {
    if text.marks.iter().any(|mark| changes.contains(&mark.change)) {
        *text = accepted(text, changes);
    }
}

/// Accepts in an element; `false` where it is gone.
fn keep(element: &mut Element, changes: &[ChangeId]) -> bool {
    match element {
        Element::Band(band) => {
            fold(&mut band.label, changes);
            band.title.iter_mut().for_each(|(_, title)| fold(title, changes));
            for tick in &mut band.ticks {
                if tick.mark.as_ref().is_some_and(|mark| changes.contains(&mark.change)) {
                    tick.mark = None;
                    tick.was_on = tick.on;
                }
            }
            stays(&mut band.whole, changes)
        }
        Element::Row(row) => {
            content(row, changes);
            stays(&mut row.whole, changes)
        }
        Element::Flow(page) => {
            fold(&mut page.title, changes);
            page.nodes.retain_mut(|node| {
                fold(&mut node.label, changes);
                stays(&mut node.whole, changes)
            });
            page.arrows.retain_mut(|arrow| stays(&mut arrow.whole, changes));
            page.remarks.iter_mut().for_each(|(_, text)| fold(text, changes));
            stays(&mut page.whole, changes)
        }
        Element::Records(list) => {
            fold(&mut list.text, changes);
            true
        }
    }
}

fn content(row: &mut Row, changes: &[ChangeId]) {
    match &mut row.content {
        Content::Text(text) | Content::Line(text) => fold(text, changes),
        Content::Choice { value, inline, .. } => {
            fold(value, changes);
            inline.iter_mut().for_each(|inline| fold(&mut inline.value, changes));
        }
        Content::Checks { checks, .. } => {
            for check in checks {
                check.text.iter_mut().for_each(|text| fold(text, changes));
                check.count.iter_mut().for_each(|count| fold(&mut count.value, changes));
                if check.mark.as_ref().is_some_and(|mark| changes.contains(&mark.change)) {
                    check.mark = None;
                    check.was_on = check.on;
                }
            }
        }
    }
}

/// Whether something is still there; what was new is from now on as if it had always been.
fn stays(whole: &mut Option<Whole>, changes: &[ChangeId]) -> bool {
    match whole {
        Some(known) if changes.contains(&known.mark.change) => {
            let old = known.side == Side::Old;
            *whole = None;
            !old
        }
        _ => true,
    }
}
