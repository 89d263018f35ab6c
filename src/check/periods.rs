//! Period variants stand only in flows.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::Text;
use crate::model::{Case, Element};

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
