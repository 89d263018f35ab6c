//! What: a stated number of records is the number of records（委託事項の件数など）.
//! Why: the form asks for both, and a new record changes both.
//! Example: `consignment-count = "6"` beside seven ids in `consignment`.
//! Source: 様式4 Ⅱ4「委託の有無」, Ⅱ5「提供・移転の有無」.

use std::collections::BTreeMap;

use super::{cases, forms};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::markup::{Side, State, Text};
use crate::model::{Content, Element, Filled, FilledSection, Inline, Model, Row};

/// An item of this name counts the records of the group named before it.
const SUFFIX: &str = "-count";

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    for filled in cases(model).flat_map(forms) {
        section_counts(filled, diagnostics);
    }
}

fn section_counts(filled: &Filled, diagnostics: &mut Diagnostics) {
    for section in &filled.sections {
        for element in &section.elements {
            if let Element::Row(row) = element {
                for (counter, inline) in counters(row) {
                    for state in [State::Before, State::After] {
                        let actual = records(section, &counter, state);
                        hold(&inline.value, state, actual, &counter, row.span, diagnostics);
                    }
                }
            }
        }
    }
}

/// Numbers in a row's cell with the group that each counts.
fn counters(row: &Row) -> Vec<(String, &Inline)> {
    match &row.content {
        Content::Choice { inline, .. } => inline.iter().filter_map(named).collect(),
        Content::Checks { checks, .. } => {
            checks.iter().filter_map(|check| check.count.as_ref()).filter_map(named).collect()
        }
        Content::Text(_) | Content::Line(_) => Vec::new(),
    }
}

fn named(inline: &Inline) -> Option<(String, &Inline)> {
    Some((inline.item.strip_suffix(SUFFIX)?.to_owned(), inline))
}

fn records(section: &FilledSection, group: &str, state: State) -> usize {
    let prefix = format!("{}/{group}/", section.id);
    let mut found: BTreeMap<&str, ()> = BTreeMap::new();
    for element in &section.elements {
        if let Element::Band(band) = element
            && let Some(record) = &band.record
            && record.starts_with(&prefix)
        {
            let side = band.whole.as_ref().map(|whole| whole.side);
            let stands = !matches!((state, side), (State::Before, Some(Side::New)) | (State::After, Some(Side::Old)));
            if stands {
                found.insert(record, ());
            }
        }
    }
    found.len()
}

fn hold(value: &Text, state: State, actual: usize, group: &str, place: Option<Span>, diagnostics: &mut Diagnostics) {
    let written = value.characters(state);
    let written = written.trim_matches(['　', ' ']);
    if written.is_empty() && actual == 0 {
        return;
    }
    if written.parse::<usize>() != Ok(actual)
        && let Some(span) = value.span.or(place)
    {
        diagnostics.push(
            Diagnostic::new(Code::CountWrong, span)
                .with("written", if written.is_empty() { "0" } else { written })
                .with("actual", actual.to_string())
                .with("group", group),
        );
    }
}
