//! What: every change of `changes.toml` is named by a mark of some municipality.
//! Why: a change that nothing shows is either forgotten in the text or left over.
//! Example: `[[change]] id = "cloud"` with no `{>>cloud<<}` anywhere.

use std::collections::BTreeMap;

use super::{cases, each_text, forms};
use crate::change::used_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::Model;

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    // A shared change may be used by one municipality only, so all are looked at before any is called unused.
    let mut used: BTreeMap<Span, (bool, String)> = BTreeMap::new();
    for case in cases(model) {
        let mut named: Vec<String> = Vec::new();
        for filled in forms(case) {
            named.extend(used_changes(filled).into_iter().map(|place| place.mark.change));
            each_text(filled, &mut |text| named.extend(text.marks.iter().map(|mark| mark.change.clone())));
        }
        for text in case.checklist.iter().flat_map(|checklist| checklist.texts.values()) {
            named.extend(text.marks.iter().map(|mark| mark.change.clone()));
        }
        for change in &case.changes.list {
            let id = &change.settings.id.value;
            let entry = used.entry(change.span).or_insert_with(|| (false, id.clone()));
            entry.0 |= named.contains(id);
        }
    }
    for (span, (is_used, id)) in used {
        if !is_used {
            diagnostics.push(Diagnostic::new(Code::ChangeUnused, span).with("id", id));
        }
    }
}
