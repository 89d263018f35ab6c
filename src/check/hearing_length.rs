//! 意見の聴取 lasts long enough.

use jiff::Unit;

use super::items::first;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::HearingShort],
    look,
    explanation: Some(Explanation {
        numbers: &["V4"],
        what: Words {
            ja: "意見聴取の期間は、初日と末日を含めて30日以上とする。短くするときは、特段の理由を書く。",
            en: "The public hearing lasts 30 days, the first and the last included, or the form says why it is shorter.",
        },
        why: Words {
            ja: "住民が評価書の案を読み、意見をまとめるために、指針は30日以上の期間を求めている。",
            en: "The guideline gives the public 30 days to read the draft and answer.",
        },
        example: Words {
            ja: "hearing-period = \"令和5年8月15日～令和5年9月1日\"（18日間）で、短縮の理由がない。",
            en: "`hearing-period = \"令和5年8月15日～令和5年9月1日\"`, 18 days without a reason.",
        },
        source: "番号法第28条第1項、特定個人情報保護評価に関する規則第7条第4項、特定個人情報保護評価指針第5の3",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let filled = assessment.filled;
        let Some(hearing) = &filled.form.rules.hearing else { continue };
        let Some(period) = first(filled, &hearing.period.value) else { continue };
        let days: Vec<_> = dates(&period.text).into_iter().filter(super::wareki::WrittenDate::is_day).collect();
        let [from, to] = &days[..] else { continue };
        let (Some((from, _)), Some((to, _)), Some(span)) = (from.days(), to.days(), period.span) else { continue };
        let Ok(length) = from.until((Unit::Day, to)) else { continue };
        // A period that ends before it begins is another rule's.
        let length = length.get_days() + 1;
        if length < 1 || u32::try_from(length).is_ok_and(|length| length >= hearing.days) {
            continue;
        }
        let reason = first(filled, &hearing.shortening.value).map(|reason| reason.text).unwrap_or_default();
        if reason.trim().is_empty() || hearing.not_shortened.iter().any(|words| reason.contains(words.as_str())) {
            diagnostics.push(
                Diagnostic::new(Code::HearingShort, span)
                    .with("length", length.to_string())
                    .with("days", hearing.days.to_string()),
            );
        }
    }
}
