//! A mark names a change of the list.

use super::{Rule, Subject, each_mark};
use crate::change::used_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words, nearest};
use crate::markup::Mark;
use crate::model::Case;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ChangeUnknown],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "変更の印は、changes.toml にある変更のIDを指す。",
            en: "Every mark names a change of changes.toml.",
        },
        why: Words {
            ja: "事由のない変更は、変更箇所一覧にも別添3にも書けない。",
            en: "A change without a reason cannot be listed.",
        },
        example: Words {
            ja: "{++追記++}{>>cloud<<} だけ → changes.toml に id = \"cloud\" の [[change]] を加える",
            en: "`{++…++}{>>cloud<<}` alone → a `[[change]]` with `id = \"cloud\"` in changes.toml",
        },
        source: "様式4 別添3",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for case in subject.cases() {
        for filled in case.all_filled() {
            for place in used_changes(filled) {
                one(case, &place.mark, diagnostics);
            }
            // Marks in labels and other registers are in no list, but must name a change all the same.
            each_mark(filled, &mut |mark| one(case, mark, diagnostics));
        }
        for text in case.checklist.iter().flat_map(|checklist| checklist.texts.values()) {
            text.marks.iter().for_each(|mark| one(case, mark, diagnostics));
        }
    }
}

fn one(case: &Case, mark: &Mark, diagnostics: &mut Diagnostics) {
    if mark.change.is_empty() || case.changes.get(&mark.change).is_some() {
        return;
    }
    let known = case.changes.list.iter().map(|change| change.settings.id.value.as_str());
    let near = nearest(&mark.change, known).unwrap_or_default().to_owned();
    diagnostics.push(Diagnostic::new(Code::ChangeUnknown, mark.span).with("id", &mark.change).with("near", near));
}
