//! A published assessment is made again in time.

use jiff::ToSpan;
use jiff::civil::Date;

use super::items::first;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::model::{Case, Filled};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ReviewDue, Code::LookOverDue],
    look,
    explanation: Some(Explanation {
        numbers: &["V18"],
        what: Words {
            ja: "公表した評価書は、1年ごとに見直し、公表日から5年を過ぎる前に再実施する。事務を終えたときは評価書名に終了の日を書き、3年間公表を続ける。",
            en: "An assessment is looked over every year and made again within five; that of ended work says when it ended and stays published for three years.",
        },
        why: Words {
            ja: "5年のうちに、システムも人の体制も変わっている。",
            en: "Within five years systems and staff have changed.",
        },
        example: Words {
            ja: "公表日が令和元年6月1日の評価書の date = \"2024-08-01\" → 再実施し、新しい公表日を書く",
            en: "a form published on 令和元年6月1日 with `date = \"2024-08-01\"` → an assessment made anew",
        },
        source: "特定個人情報保護評価に関する規則第14条から第16条まで",
    }),
};

/// When a published 評価書 falls due（見直し、再実施の期限）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Label of the item that says since when.
    pub label: String,
    /// Where it says so.
    pub span: Span,
    /// 公表日; of ended work the day of its end.
    pub since: Date,
    /// Day by which it is looked over again; none for ended work.
    pub look_over: Option<Date>,
    /// Day by which it is made again; of ended work the day up to which it stays published.
    pub again: Date,
    /// Years up to that day.
    pub years: i16,
}

/// The terms of a 評価書 of a case; `None` where it is not published, or its form knows of none.
#[must_use]
pub fn terms(filled: &Filled, case: &Case) -> Option<Terms> {
    let publication = filled.form.rules.publication.as_ref()?;
    let ended = first(filled, &publication.name.value).filter(|name| name.text.contains("終了】"));
    let has_ended = ended.is_some();
    let (found, years) = match ended {
        Some(name) => (name, publication.ended_years),
        None => (first(filled, &publication.published.value)?, publication.years),
    };
    let (_, since) = dates(&found.text).last().and_then(super::wareki::WrittenDate::days)?;
    let after = |since: Date, years: i16| since.checked_add(i32::from(years).years()).ok();
    let looked_over = case.looked_over_on.map_or(since, |day| day.max(since));
    let look_over = if has_ended { None } else { after(looked_over, publication.look_over_years) };
    Some(Terms { label: found.label, span: found.span?, since, look_over, again: after(since, years)?, years })
}

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let Some(terms) = terms(assessment.filled, assessment.case) else { continue };
        let today = assessment.case.date;
        let (code, years) = if terms.again <= today {
            (Code::ReviewDue, terms.years)
        } else if terms.look_over.is_some_and(|day| day <= today) {
            let rule = assessment.filled.form.rules.publication.as_ref();
            (Code::LookOverDue, rule.expect("its terms come from it").look_over_years)
        } else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(code, terms.span)
                .with("label", terms.label)
                .with("years", years.to_string())
                .with("date", today.to_string()),
        );
    }
}
