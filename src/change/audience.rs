//! A model as an audience reads it: the submission（提出用）shows everything, the public copy（公表用）is made without what is withheld.
//!
//! A function from model to model before anything is laid out: what comes after cannot print what it never had.
//!
//! # Two ways to the same answer
//! To withhold is easy to get wrong in one place out of many: a heading, a bookmark, a description in the file, a name in a list of changes,
//! a path that tells what it stands for. So it is done once, here, and proved elsewhere by other means.
//!
//! Done: the public's copy of the model has notices where the submission has words. A run that is withheld is gone, a row that is withheld
//! has a notice as its content, a record or a figure is one bar and one row whose paths tell nothing. Registers, terms, titles of
//! documents and the answers of a checklist go the same way. A case of which nothing is withheld is shared by both copies. Nobody
//! behind this stage asks who reads: there is no second `if` to forget.
//!
//! Proved: [`crate::press`] takes every file of a public folder apart again, from its bytes, and looks for the words of every withheld
//! part. What to look for it takes from the sources as they were read, before this stage saw them; what may be public is told by the
//! sources without the withheld parts. It looks into the raw text for itself, on purpose: a proof that asks the one whom it checks proves
//! nothing. A folder that fails is not put in place.

mod form;
mod parts;
mod settings;

pub use parts::{WithheldPart, withheld_lines, withheld_parts};

use std::sync::Arc;

use crate::markup::Text;
use crate::model::manifest::Audience;
use crate::model::{Case, Element, ItemPath, Model, Municipality};
use crate::source::line_parts;

use super::without_withheld;

/// Stands for withheld text where neither municipality nor form say otherwise.
const NOTICE: &str = "（非公表）";

/// The model as an audience reads it（提出用・公表用）. A case of which nothing is withheld is shared, not copied.
#[must_use]
pub fn read_by(model: &Model, audience: Audience) -> Model {
    let one = |own: &Arc<Municipality>| as_read_by(own, audience).map_or_else(|| own.clone(), Arc::new);
    Model { municipalities: model.municipalities.iter().map(one).collect() }
}

/// A municipality as an audience reads it; `None` where it withholds nothing, so that all read the same.
#[must_use]
pub fn as_read_by(municipality: &Municipality, audience: Audience) -> Option<Municipality> {
    let hidden = withheld_records(municipality);
    let is_whole = |case: &Case| hidden.is_empty() && withheld_parts(case).is_empty();
    if withheld_lines(municipality).is_empty() && municipality.cases.values().all(|case| is_whole(case)) {
        return None;
    }
    let mut municipality = municipality.clone();
    let own = municipality.withheld_notice.clone();
    let editor = Editor { audience, notice: own.clone().unwrap_or_else(|| NOTICE.to_owned()) };
    editor.municipality(&mut municipality);
    for case in municipality.cases.values_mut().filter(|case| !is_whole(case)) {
        let case = Arc::make_mut(case);
        editor.case(case);
        if audience == Audience::Public {
            forget_paths(case, &hidden);
            // Editions hold what was submitted; what is published was compared with them before.
            case.editions.clear();
        }
        for filled in case.all_filled_mut() {
            let notice = own.clone().or_else(|| filled.withheld_notice.clone());
            let editor = Editor { audience, notice: notice.unwrap_or_else(|| NOTICE.to_owned()) };
            editor.filled(filled);
        }
    }
    Some(municipality)
}

/// Paths of the records that are withheld as a whole: a record's id may tell what it is.
fn withheld_records(municipality: &Municipality) -> Vec<ItemPath> {
    let elements = municipality
        .cases
        .values()
        .flat_map(|case| case.all_filled())
        .flat_map(|filled| &filled.sections)
        .flat_map(|section| &section.elements);
    let bands = elements.filter_map(|element| match element {
        Element::Band(band) => Some(band),
        Element::Row(_) | Element::Flow(_) | Element::Records(_) => None,
    });
    bands.filter(|band| band.withheld.is_some()).filter_map(|band| band.record.clone()).collect()
}

/// Takes out what measures say of these records.
fn forget_paths(case: &mut Case, records: &[ItemPath]) {
    let sheets = case.checklist.iter_mut().flat_map(|checklist| &mut checklist.settings.sheet);
    for measure in sheets.flat_map(|sheet| &mut sheet.measure) {
        measure.item = measure.item.take().filter(|item| !records.iter().any(|record| item.value.is_in(record)));
    }
}

/// Makes a model for an audience.
struct Editor {
    audience: Audience,
    notice: String,
}

impl Editor {
    /// A text: the submission has it whole.
    fn text(&self, text: &mut Text) {
        if self.audience == Audience::Public {
            *text = without_withheld(text, &self.notice);
        }
    }

    /// A line of settings: the submission has it without the braces.
    fn line(&self, line: &mut String) {
        let shown = line_parts(line)
            .map(|part| match (part.withheld, self.audience) {
                (true, Audience::Public) => self.notice.as_str(),
                (true, Audience::Submission) | (false, _) => part.text,
            })
            .collect();
        *line = shown;
    }
}
