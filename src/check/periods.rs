//! Period variants stand only in flows.

use std::sync::Arc;

use typst::utils::LazyHash;

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::markup::Text;
use crate::model::{Case, Element, FilledSection};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PeriodOutsideFlow],
    look,
    explanation: Some(Explanation {
        numbers: &["V21"],
        what: Words {
            ja: "期間の書き分けは、別添1の図と備考の中だけで使う。",
            en: "Period variants stand only in flows（別添1）.",
        },
        why: Words {
            ja: "期間ごとに印刷するのは別添1だけで、ほかの項目ではすべての期間の文が並んでしまう。",
            en: "Only a flow is printed once per period; elsewhere all variants would stand side by side.",
        },
        example: Words {
            ja: "{?until-r6-12:旧環境?}{?from-r7-01:新環境?} → 旧環境（令和6年12月まで）、新環境（令和7年1月以降）",
            en: "`{?until-r6-12:旧環境?}` → 旧環境（令和6年12月まで） as words",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for filled in subject.cases().flat_map(Case::all_filled) {
        let mut places: Vec<Span> = filled.sections.iter().flat_map(|section| outside(section).to_vec()).collect();
        filled.registers.values().for_each(|text| of_text(text, &mut places));
        places.into_iter().for_each(|place| diagnostics.push(Diagnostic::new(Code::PeriodOutsideFlow, place)));
    }
}

/// The periods of a section outside of its figures. They are remembered: an edit leaves most sections as they were.
#[comemo::memoize]
fn outside(section: &LazyHash<FilledSection>) -> Arc<[Span]> {
    let mut places = Vec::new();
    for element in &section.elements {
        match element {
            Element::Row(row) => row.content.texts().into_iter().for_each(|text| of_text(text, &mut places)),
            Element::Records(list) => of_text(&list.text, &mut places),
            Element::Band(_) | Element::Flow(_) => {}
        }
    }
    places.into()
}

fn of_text(text: &Text, places: &mut Vec<Span>) {
    let runs = text.runs();
    places.extend(runs.into_iter().filter(|run| !run.periods.is_empty()).filter_map(|run| run.span));
}
