//! Dates are in the calendar and in their era.

use super::passage::Said;
use super::reading::Reading;
use super::wareki::{Fault, dates, weekday_name};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DateImpossible, Code::WeekdayWrong, Code::DateDoubtful],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "日付は暦にあり、元号はその日に使われていて、曜日が合っている。2026/2/30、R8.2.30、令和二年二月三十日、（木・祝）のような書き方も読む。",
            en: "A date is in the calendar and in its era, and its day of the week is right; it may be written with signs, era letters or kanji.",
        },
        why: Words {
            ja: "ありえない日付は、写し間違いがそのまま公表された印である。",
            en: "An impossible date is a slip that was published.",
        },
        example: Words {
            ja: "令和7年2月29日 → 令和7年2月28日、令和元年4月 → 平成31年4月、令和5年8月15日（水） → 令和5年8月15日（火）",
            en: "令和7年2月29日 → 令和7年2月28日, 令和元年4月 → 平成31年4月, 令和5年8月15日（水） → 令和5年8月15日（火）",
        },
        source: "元号法（昭和54年法律第43号）、元号を改める政令（平成31年政令第143号）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        document.ask((Code::DateImpossible, 0), diagnostics, one);
    }
}

fn one(reading: &Reading, said: &mut Said) {
    for date in dates(&reading.characters) {
        let (Some(fault), Some(span)) = (date.fault(), reading.span(date.range.clone())) else { continue };
        let written = &reading.characters[date.range.clone()];
        said.push(match fault {
            // With signs between its numbers it may be a number of something else.
            Fault::NoSuchDay | Fault::OutsideEra if date.is_short() => {
                Diagnostic::new(Code::DateDoubtful, span).with("date", written)
            }
            Fault::NoSuchDay | Fault::OutsideEra => Diagnostic::new(Code::DateImpossible, span).with("date", written),
            Fault::Weekday(right) => Diagnostic::new(Code::WeekdayWrong, span)
                .with("date", written)
                .with("right", weekday_name(right).to_string()),
        });
    }
}
