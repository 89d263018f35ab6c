//! 意見の聴取 lasts long enough.

use jiff::Unit;

use super::items::first;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::model::Comments;

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
            ja: "hearing-period = \"令和5年8月15日～令和5年9月1日\"（18日間）→ \"令和5年8月15日～令和5年9月14日\"、又は短縮の理由を書く",
            en: "`hearing-period = \"令和5年8月15日～令和5年9月1日\"` → 30 days, or a reason for fewer",
        },
        source: "番号法第28条第1項、特定個人情報保護評価に関する規則第7条第4項、特定個人情報保護評価指針第5の3",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let filled = assessment.filled;
        let Some(hearing) = &filled.form.rules.hearing else { continue };
        let reason = first(filled, &hearing.shortening.value).map(|reason| reason.text).unwrap_or_default();
        let is_shortened =
            !reason.trim().is_empty() && !hearing.not_shortened.iter().any(|words| reason.contains(words.as_str()));
        if let Some(comments) = &assessment.case.comments {
            heard(comments, (hearing.days, is_shortened), diagnostics);
        }
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
        if !is_shortened {
            diagnostics.push(short(length, hearing.days, span));
        }
    }
}

/// The period of `comments.toml`, from which the notice is made.
fn heard(comments: &Comments, (days, is_shortened): (u32, bool), diagnostics: &mut Diagnostics) {
    let (Some((from, to)), Some(length)) = (comments.period, comments.days()) else { return };
    let span = Span::new(comments.file, comments.settings.hearing.to.range.clone());
    if length < 1 {
        let order = Diagnostic::new(Code::DatesOutOfOrder, span).with("first", from.to_string());
        diagnostics.push(order.with("second", to.to_string()));
    } else if !is_shortened && u32::try_from(length).is_ok_and(|length| length < days) {
        diagnostics.push(short(length, days, span));
    }
}

fn short(length: i32, days: u32, span: Span) -> Diagnostic {
    let short = Diagnostic::new(Code::HearingShort, span).with("length", length.to_string());
    short.with("days", days.to_string())
}
