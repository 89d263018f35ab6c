//! An answer that admits a shortcoming is pointed out.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::State;
use crate::model::{Case, Content, Filled};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ShortcomingChosen],
    look,
    explanation: Some(Explanation {
        numbers: &["V13"],
        what: Words {
            ja: "「課題が残されている」「十分に行っていない」などの選択肢を選んだ項目を知らせる。",
            en: "Items that admit a shortcoming, such as 課題が残されている, are pointed out.",
        },
        why: Words {
            ja: "課題を残したまま公表すると、点検で必ず理由を問われる。選び間違いのこともある。",
            en: "A shortcoming is asked about in every review; it may also be a slip.",
        },
        example: Words {
            ja: "use-1-sufficiency = \"課題が残されている\" → 対策を講じ、use-1-sufficiency = \"十分である\"",
            en: "`use-1-sufficiency = \"課題が残されている\"` → a measure, and `use-1-sufficiency = \"十分である\"`",
        },
        source: "特定個人情報保護評価指針 第10の1(2)（審査の観点）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    subject.cases().flat_map(Case::all_filled).for_each(|filled| one(filled, diagnostics));
}

fn one(filled: &Filled, diagnostics: &mut Diagnostics) {
    for row in filled.rows() {
        let Content::Choice { value, options, .. } = &row.content else { continue };
        let list = filled.form.options.iter().find(|list| list.labels == *options && !list.shortcoming.is_empty());
        let chosen = value.characters(State::After);
        if let (Some(list), Some(span)) = (list, value.span.or(row.span))
            && list.shortcoming.contains(&chosen)
        {
            diagnostics
                .push(Diagnostic::new(Code::ShortcomingChosen, span).with("label", &row.label).with("value", chosen));
        }
    }
}
