//! What: a measure that is answered × says why.
//! Why: the committee asks for the reason of each measure that is not taken.
//! Example: `state = "×"` with `reason = "現行の端末では止められない。"`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::Model;
use crate::model::manifest::AnswerState;

use super::cases;

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    for checklist in cases(model).filter_map(|case| case.checklist.as_ref()) {
        for measure in checklist.measures() {
            if measure.answer.state == AnswerState::NotDone && measure.answer.reason.trim().is_empty() {
                let span = Span::new(checklist.file, measure.id.range.clone());
                diagnostics.push(Diagnostic::new(Code::ReasonMissing, span).with("id", &measure.id.value));
            }
        }
    }
}
