//! A measure that is answered × says why.

use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::AnswerState;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ReasonMissing],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "× とした対策には、実施しない理由がある。", en: "A measure answered × gives its reason."
        },
        why: Words {
            ja: "会議は、実施しない対策ごとに理由を確かめる。",
            en: "The committee looks at the reason of every measure that is not taken.",
        },
        example: Words {
            ja: "state = \"×\" だけ → reason = \"現行の端末では止められない。\" を添える",
            en: "`state = \"×\"` alone → with `reason = \"現行の端末では止められない。\"`",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for checklist in subject.cases().filter_map(|case| case.checklist.as_ref()) {
        for measure in checklist.measures() {
            if measure.answer.state == AnswerState::NotDone && measure.answer.reason.trim().is_empty() {
                let span = Span::new(checklist.file, measure.id.range.clone());
                diagnostics.push(Diagnostic::new(Code::ReasonMissing, span).with("id", &measure.id.value));
            }
        }
    }
}
