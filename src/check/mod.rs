//! Rules that hold a model against itself: declared changes, counts, references, characters.
//!
//! Input: the model. Output: diagnostics. One rule, one file, one row of [`RULES`]; a rule neither prints nor repairs.

mod change_known;
mod change_used;
mod checklist_items;
mod checklist_reasons;
mod counts;
mod edition;
mod glyphs;
mod important_before;
mod periods;
mod reviews;
mod summary_covers;

use crate::diagnostic::{Code, Diagnostics, Explanation, SourceMap};
use crate::markup::Text;
use crate::model::{Case, Filled, Model};

/// A rule（検査規則）.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The code that it pushes.
    pub code: Code,
    /// Looks at the whole model.
    pub look: fn(&Model, &mut Diagnostics),
}

/// All rules, in the order in which they look（検査規則の一覧）.
pub const RULES: &[Rule] = &[
    Rule { code: Code::ChangeUnknown, look: change_known::look },
    Rule { code: Code::ChangeUnused, look: change_used::look },
    Rule { code: Code::SummaryNoChange, look: summary_covers::look },
    Rule { code: Code::CountWrong, look: counts::look },
    Rule { code: Code::MeasureItemUnknown, look: checklist_items::look },
    Rule { code: Code::ReasonMissing, look: checklist_reasons::look },
    Rule { code: Code::ImportantAfter, look: important_before::look },
    Rule { code: Code::PeriodOutsideFlow, look: periods::look },
    Rule { code: Code::GlyphMissing, look: glyphs::look },
    Rule { code: Code::ReviewLifted, look: reviews::look },
];

/// Holds a model against all rules, and each case against its edition. `sources` are the files that it was made from.
pub fn check(model: &Model, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for rule in RULES {
        (rule.look)(model, diagnostics);
    }
    for municipality in &model.municipalities {
        for case in municipality.cases.values() {
            edition::look(municipality, case, sources, diagnostics);
        }
    }
}

/// What is known of a code, for `--explain`.
#[must_use]
pub fn explanation(code: Code) -> Option<Explanation> {
    code.explanation()
}

/// All cases of all municipalities.
fn cases(model: &Model) -> impl Iterator<Item = &Case> {
    model.municipalities.iter().flat_map(|municipality| municipality.cases.values())
}

/// All filled forms of a case.
fn forms(case: &Case) -> impl Iterator<Item = &Filled> {
    case.assessment
        .iter()
        .chain(case.overviews.values())
        .chain(case.submission.iter().map(|submission| &submission.filled))
}

/// Calls a function with every text of a form.
fn each_text(filled: &Filled, visit: &mut impl FnMut(&Text)) {
    filled.texts().into_iter().for_each(visit);
}
