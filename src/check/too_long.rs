//! A text fits its printed box.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::State;
use crate::model::{Case, Filled};
use crate::name::ItemId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::TooLong],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "様式が字数を限る欄では、その字数に収める。",
            en: "Where the form limits a box, the text keeps to it.",
        },
        why: Words {
            ja: "欄からあふれた文は、様式の見た目を崩すか、途中で切れる。",
            en: "Text that does not fit breaks the form or is cut off.",
        },
        example: Words {
            ja: "max-chars = 12 の評価書番号に13字 → 12字以内",
            en: "13 characters with `max-chars = 12` → 12 or fewer",
        },
        source: "様式2から様式4まで（字数は様式定義の max-chars）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    subject.cases().flat_map(Case::all_filled).for_each(|filled| one(filled, diagnostics));
}

fn one(filled: &Filled, diagnostics: &mut Diagnostics) {
    for section in &filled.sections {
        let items = filled.form.section(&section.def_id).map(crate::model::manifest::SectionDef::all_items);
        let limits: Vec<(&ItemId, usize)> =
            items.unwrap_or_default().iter().filter_map(|item| Some((&item.id.value, item.max_chars?))).collect();
        for element in section.elements.iter().filter(|_| !limits.is_empty()) {
            let crate::model::Element::Row(row) = element else { continue };
            let Some((_, limit)) = limits.iter().find(|(id, _)| **id == row.item) else { continue };
            for text in row.content.texts() {
                let length = text.characters(State::After).chars().filter(|character| *character != '\n').count();
                if let (true, Some(span)) = (length > *limit, text.span.or(row.span)) {
                    diagnostics.push(
                        Diagnostic::new(Code::TooLong, span)
                            .with("label", &row.label)
                            .with("length", length.to_string())
                            .with("limit", limit.to_string()),
                    );
                }
            }
        }
    }
}
