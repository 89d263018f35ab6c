//! Periods follow each other without a gap.

use jiff::ToSpan;

use super::wareki::dates;
use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PeriodsApart],
    look,
    explanation: Some(Explanation {
        numbers: &["V21"],
        what: Words {
            ja: "「〇月まで」の次の期間は、翌月から始まる。",
            en: "A period that ends with a month is followed by one that begins with the next.",
        },
        why: Words {
            ja: "間が空くと、その間の取扱いを書いた評価書がないことになる。重なると、どちらが正しいか分からない。",
            en: "A gap leaves a time without an assessment; an overlap leaves two.",
        },
        example: Words {
            ja: "「（令和6年12月まで）」の次の「（令和7年2月以降）」→「（令和7年1月以降）」",
            en: "（令和6年12月まで） followed by （令和7年2月以降） → （令和7年1月以降）",
        },
        source: "様式4 別添1",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        for pair in assessment.settings.period.windows(2) {
            let (before, after) = (&pair[0].label, &pair[1].label);
            let until = dates(&before.value).last().and_then(super::wareki::WrittenDate::days);
            let from = dates(&after.value).first().and_then(super::wareki::WrittenDate::days);
            let (Some((_, until)), Some((from, _))) = (until, from) else { continue };
            if until.checked_add(1.day()).ok() != Some(from) {
                diagnostics.push(
                    Diagnostic::new(Code::PeriodsApart, Span::new(assessment.file, after.range.clone()))
                        .with("first", &before.value)
                        .with("second", &after.value)
                        .related(Span::new(assessment.file, before.range.clone())),
                );
            }
        }
    }
}
