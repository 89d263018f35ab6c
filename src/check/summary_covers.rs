//! What: every item of 主な変更内容 cites at least one marked change.
//! Why: its pages would be empty.
//! Example: `changes = ["gc-storage"]` where no row carries a mark of `gc-storage`.

use super::cases;
use crate::change::used_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::Model;

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    for case in cases(model) {
        let Some(assessment) = &case.assessment else { continue };
        let used = used_changes(assessment);
        for item in &case.changes.summary {
            for change in &item.settings.changes {
                if !used.iter().any(|place| place.mark.change == change.value) {
                    let span = Span::new(item.file, change.range.clone());
                    diagnostics.push(Diagnostic::new(Code::SummaryNoChange, span).with("id", &item.settings.id.value));
                }
            }
        }
    }
}
