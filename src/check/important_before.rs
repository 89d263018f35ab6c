//! A change to a ※ item is submitted before it takes effect.

use jiff::civil::Date;

use super::items::first;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::change::important_marks;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Label, Words};
use crate::model::manifest::Timing;
use crate::model::{Change, Filled};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ImportantAfter, Code::ImportantEarly],
    look,
    explanation: Some(Explanation {
        numbers: &["V6"],
        what: Words {
            ja: "※の項目の変更は事前に提出し、変更日は意見の聴取を終えた後とする。形式的な変更などは、その理由を exemption に書けば事後でよい。",
            en: "A change to a ※ item is submitted beforehand and takes effect after the public hearing, or says in `exemption` why it need not.",
        },
        why: Words {
            ja: "※の項目の変更は「重要な変更」に当たり、変更の前に、意見の聴取と第三者点検からやり直さなければならない。",
            en: "Such a change is a 重要な変更; the assessment has to be made again first.",
        },
        example: Words {
            ja: "①保管場所 ※に印を付けた変更の timing = \"事後\" → timing = \"事前\"",
            en: "`timing = \"事後\"` on a change that marks ①保管場所 ※ → `timing = \"事前\"`",
        },
        source: "番号法第28条第1項、特定個人情報保護評価に関する規則第11条、特定個人情報保護評価指針 別表（平成26年特定個人情報保護委員会告示第4号）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for case in subject.cases() {
        for assessment in case.assessments() {
            let heard = hearing_ends(assessment);
            let mut told: Vec<&str> = Vec::new();
            for place in important_marks(assessment) {
                let change = case.changes.list.iter().find(|change| change.settings.id.value == place.mark.change);
                let Some(change) = change.filter(|change| change.settings.exemption.is_empty()) else { continue };
                let id = change.settings.id.value.as_str();
                if told.contains(&id) {
                    continue;
                }
                told.push(id);
                let code = match change.settings.timing {
                    Some(Timing::After) => Code::ImportantAfter,
                    Some(Timing::Before) if is_early(change, heard) => Code::ImportantEarly,
                    Some(Timing::Before) | None => continue,
                };
                diagnostics.push(
                    Diagnostic::new(code, change.span)
                        .with("id", id)
                        .with("date", &change.settings.changed_on)
                        .related_as(place.mark.span, Label::Marked),
                );
            }
        }
    }
}

/// The last day of the public hearing.
fn hearing_ends(filled: &Filled) -> Option<Date> {
    let hearing = filled.form.rules.hearing.as_ref()?;
    let period = first(filled, &hearing.period.value)?;
    dates(&period.text).last()?.days().map(|(first, _)| first)
}

/// Whether a change takes effect before the hearing has ended.
fn is_early(change: &Change, heard: Option<Date>) -> bool {
    let effective = dates(&change.settings.changed_on).first().and_then(super::wareki::WrittenDate::days);
    matches!((effective, heard), (Some((_, effective)), Some(heard)) if effective <= heard)
}
