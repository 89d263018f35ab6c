//! A measure rests on an item of the assessment.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Phrase, Span, Words};
use crate::model::{Case, Filled, ItemPath};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MeasureItemUnknown],
    look,
    explanation: Some(Explanation {
        numbers: &["V24"],
        what: Words {
            ja: "チェックリストの対策の根拠は、評価書にある項目を指す。",
            en: "The item that a measure rests on is an item of the assessment.",
        },
        why: Words {
            ja: "チェックリストは、根拠とした項目のページを引用する。", en: "The checklist cites its page."
        },
        example: Words {
            ja: "item = \"risk\" → item = \"risk/consign-access-detail\"",
            en: "`item = \"risk\"` → `item = \"risk/consign-access-detail\"`",
        },
        source: "",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for municipality in &subject.model.municipalities {
        for case in municipality.cases.values() {
            let Some(checklist) = &case.checklist else { continue };
            let assessment = municipality.rests_on(case).and_then(Case::main);
            for measure in checklist.settings.sheet.iter().flat_map(|sheet| &sheet.measure) {
                let Some(item) = &measure.item else { continue };
                if assessment.is_some_and(|assessment| has(assessment, &item.value)) {
                    continue;
                }
                let known = assessment.into_iter().flat_map(Filled::rows).map(|row| &row.path);
                let near = item.value.nearest(known).unwrap_or_default().to_owned();
                diagnostics.push(
                    Diagnostic::new(Code::MeasureItemUnknown, Span::new(checklist.file, item.range.clone()))
                        .with("id", &measure.id.value)
                        .with("path", &item.value)
                        .said("cure", cure(assessment))
                        .with("near", near),
                );
            }
        }
    }
}

/// What to write: the path of an item, or first of all the assessment that has it.
fn cure(assessment: Option<&Filled>) -> Phrase {
    match assessment {
        Some(_) => Phrase::said("評価書の項目のパスを書いてください。", "write the path of an item"),
        None => Phrase::said(
            "submission.toml に、根拠にする評価書の事務を assessment = \"事務\" と書いてください。今は、どの評価書に拠るかが分かりません。",
            "name the case of the assessment in submission.toml（assessment = \"…\"）; as it is, it rests on none",
        ),
    }
}

fn has(assessment: &Filled, path: &ItemPath) -> bool {
    assessment.row(path).is_some()
}
