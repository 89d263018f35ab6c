//! A published assessment is made again in time.

use jiff::ToSpan;
use jiff::civil::Date;

use super::items::first;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

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
            ja: "公表日が令和元年6月1日の評価書を、date = \"2024-08-01\" のまま直して使っている。",
            en: "A form published on 令和元年6月1日 is still edited with `date = \"2024-08-01\"`.",
        },
        source: "特定個人情報保護評価に関する規則第14条から第16条まで",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let filled = assessment.filled;
        let Some(publication) = &filled.form.rules.publication else { continue };
        let ended = first(filled, &publication.name.value).filter(|name| name.text.contains("終了】"));
        let has_ended = ended.is_some();
        let (found, years) = match ended {
            Some(name) => (Some(name), publication.ended_years),
            None => (first(filled, &publication.published.value), publication.years),
        };
        let Some(found) = found else { continue };
        let last_day = dates(&found.text).last().and_then(super::wareki::WrittenDate::days).map(|(_, last)| last);
        let (Some(since), Some(span)) = (last_day, found.span) else { continue };
        let today = assessment.case.date;
        let is_due =
            |since: Date, years: i16| since.checked_add(i32::from(years).years()).is_ok_and(|due| due <= today);
        let looked_over = assessment.case.looked_over_on.map_or(since, |day| day.max(since));
        let (code, years) = if is_due(since, years) {
            (Code::ReviewDue, years)
        } else if !has_ended && is_due(looked_over, publication.look_over_years) {
            (Code::LookOverDue, publication.look_over_years)
        } else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(code, span)
                .with("label", found.label)
                .with("years", years.to_string())
                .with("date", today.to_string()),
        );
    }
}
