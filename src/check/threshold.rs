//! しきい値判断 follows from the number of persons.

use super::items::first;
use super::subject::Assessment;
use super::{Judgement, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::{Answers, ThresholdDef};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ThresholdWrong],
    look,
    explanation: Some(Explanation {
        numbers: &["V1"],
        what: Words {
            ja: "しきい値判断の結果は、対象人数、取扱者数、重大事故の有無から決まるものと一致する。",
            en: "The result of the threshold judgement is the one that the number of persons, the staff and incidents lead to.",
        },
        why: Words {
            ja: "結果を誤ると、義務のある評価（全項目評価など）を行わないまま番号の利用を始めることになる。",
            en: "A wrong result means that an assessment that the law asks for is not made.",
        },
        example: Words {
            ja: "対象人数が「30万人以上」で threshold-result が重点項目評価 → 全項目評価（表は templates/rules/threshold.toml、取扱者数と事故の有無は基礎項目評価書か case.toml の [basic-assessment]）",
            en: "30万人以上 with 重点項目評価 → 全項目評価; the table is templates/rules/threshold.toml, staff and incidents come from the 基礎項目評価書 or `[basic-assessment]` of case.toml",
        },
        source: "特定個人情報保護評価に関する規則（平成26年特定個人情報保護委員会規則第1号）第4条から第7条まで",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        if let Some(threshold) = &assessment.filled.form.rules.threshold {
            one(&assessment, threshold, diagnostics);
        }
    }
}

fn one(assessment: &Assessment<'_>, threshold: &ThresholdDef, diagnostics: &mut Diagnostics) {
    let filled = assessment.filled;
    let (Some(persons), Some(result)) =
        (first(filled, &threshold.persons.value), first(filled, &threshold.result.value))
    else {
        return;
    };
    let judgement = Judgement::of(assessment.case);
    let due = assessment
        .municipality
        .threshold
        .due(Answers { persons: Some(threshold.class(&persons.text)), ..judgement.answers() });
    let allowed: Vec<&str> = due.iter().rev().filter_map(|due| threshold.result_of(*due)).collect();
    let Some(span) = result.span.filter(|_| !result.text.is_empty()) else { return };
    if !allowed.is_empty() && !allowed.contains(&result.text.as_str()) {
        let mut diagnostic = Diagnostic::new(Code::ThresholdWrong, span)
            .with("result", result.text)
            .with("persons", persons.text)
            .with("valid", allowed.join("」「"));
        if let Some(related) = persons.span {
            diagnostic = diagnostic.related(related);
        }
        diagnostics.push(diagnostic);
    }
}
