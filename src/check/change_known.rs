//! What: every mark names a change of `changes.toml`.
//! Why: a change without a reason cannot be listed.
//! Example: `{++追記++}{>>cloud<<}` needs a `[[change]]` with `id = "cloud"`.

use super::{cases, each_text, forms};
use crate::change::used_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markup::Mark;
use crate::model::{Case, Model};

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    for case in cases(model) {
        for filled in forms(case) {
            for place in used_changes(filled) {
                one(case, &place.mark, diagnostics);
            }
            // Marks in labels and other registers are in no list, but must name a change all the same.
            each_text(filled, &mut |text| text.marks.iter().for_each(|mark| one(case, mark, diagnostics)));
        }
        for text in case.checklist.iter().flat_map(|checklist| checklist.texts.values()) {
            text.marks.iter().for_each(|mark| one(case, mark, diagnostics));
        }
    }
}

fn one(case: &Case, mark: &Mark, diagnostics: &mut Diagnostics) {
    if mark.change.is_empty() || case.changes.get(&mark.change).is_some() {
        return;
    }
    let known = case.changes.list.iter().map(|change| change.settings.id.value.as_str());
    let near = nearest(&mark.change, known).unwrap_or_default().to_owned();
    diagnostics.push(Diagnostic::new(Code::ChangeUnknown, mark.span).with("id", &mark.change).with("near", near));
}
