//! An assessment is written on a version of the form that is in force.

use jiff::civil::Date;

use super::paper_day::PaperDay;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Phrase, Span, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::FormOutOfForce],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "公表日（なければ case.toml の date）は、様式の版の使い始めの日から使い終わりの日までにある。",
            en: "The date of publication, or else the `date` of case.toml, lies within the time in which the version of the form may be filed.",
        },
        why: Words {
            ja: "様式は告示で改められる。古い版で出すと、新しい版が求める項目が欠ける。",
            en: "Forms are changed by notice; an old version lacks what the new one asks for.",
        },
        example: Words {
            ja: "令和6年10月1日からの様式で published-on = \"令和6年9月1日\" → published-on = \"令和6年10月1日\"、又は前の版の様式",
            en: "`published-on = \"令和6年9月1日\"` in a form of 令和6年10月1日 → a later day, or the form before it",
        },
        source: "特定個人情報保護評価指針（平成26年特定個人情報保護委員会告示第4号）とその改正の附則",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let form = &assessment.filled.form;
        let day = |day: &Option<crate::source::Located<String>>| day.as_ref()?.value.parse::<Date>().ok();
        let (from, until) = (day(&form.in_force_from), day(&form.last_filing));
        let paper = PaperDay::of(assessment.filled, assessment.case);
        let date = paper.day;
        let (label, at) = match paper.said {
            Some(found) => (Phrase::Same(found.label), found.span),
            None => (Phrase::said("case.toml の date", "`date` of case.toml"), None),
        };
        let term = match (from, until) {
            (Some(from), _) if date < from => Phrase::said(format!("{from} から"), format!("from {from}")),
            (_, Some(until)) if date > until => Phrase::said(format!("{until} まで"), format!("until {until}")),
            _ => continue,
        };
        let at = at.unwrap_or_else(|| Span::new(assessment.file, 0..0));
        diagnostics.push(
            Diagnostic::new(Code::FormOutOfForce, at)
                .with("form", &form.id.value)
                .with("date", date.to_string())
                .said("label", label)
                .said("term", term),
        );
    }
}
