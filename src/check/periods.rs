//! What: period variants stand only in flows（別添1）.
//! Why: only a flow is printed once per period; elsewhere all variants would stand side by side.
//! Example: `{?until-r6-12:旧環境?}{?from-r7-01:新環境?}` under an item of Ⅲ.

use super::{cases, forms};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markup::Text;
use crate::model::{Element, Model};

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    for filled in cases(model).flat_map(forms) {
        for element in filled.sections.iter().flat_map(|section| &section.elements) {
            match element {
                Element::Row(row) => row.content.texts().into_iter().for_each(|text| one(text, diagnostics)),
                Element::Records(list) => one(&list.text, diagnostics),
                Element::Band(_) | Element::Flow(_) => {}
            }
        }
        filled.registers.values().for_each(|text| one(text, diagnostics));
    }
}

fn one(text: &Text, diagnostics: &mut Diagnostics) {
    for run in text.runs() {
        if let (false, Some(span)) = (run.periods.is_empty(), run.span) {
            diagnostics.push(Diagnostic::new(Code::PeriodOutsideFlow, span));
        }
    }
}
