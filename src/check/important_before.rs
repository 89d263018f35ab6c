//! What: a change to a ※ item is submitted before it takes effect, or says why it need not be.
//! Why: such a change is a 重要な変更; the assessment has to be made again first.
//! Example: `timing = "事後"` on a change that marks ①保管場所 ※, without `exemption = "…"`.
//! Source: 特定個人情報保護評価指針（平成26年特定個人情報保護委員会告示第4号）別表: the ※ items of the forms.

use super::cases;
use crate::change::units;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Label};
use crate::model::Model;
use crate::model::manifest::Timing;

pub(super) fn look(model: &Model, diagnostics: &mut Diagnostics) {
    for case in cases(model) {
        let Some(assessment) = &case.assessment else { continue };
        let mut told: Vec<&str> = Vec::new();
        for unit in units(assessment, &[]).iter().filter(|unit| unit.important) {
            for place in &unit.marks {
                let change = case.changes.list.iter().find(|change| change.settings.id.value == place.mark.change);
                if let Some(change) = change
                    && change.settings.timing == Some(Timing::After)
                    && change.settings.exemption.is_empty()
                    && !told.contains(&change.settings.id.value.as_str())
                {
                    told.push(&change.settings.id.value);
                    diagnostics.push(
                        Diagnostic::new(Code::ImportantAfter, change.span)
                            .with("id", &change.settings.id.value)
                            .related_as(place.mark.span, Label::Marked),
                    );
                }
            }
        }
    }
}
