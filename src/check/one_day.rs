//! A paper is published on one day.

use super::items::{Found, first};
use super::subject::Assessment;
use super::wareki::another_day;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DaySecond],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "公表日の欄には、日付を一つだけ書く。", en: "The date of publication is one day."
        },
        why: Words {
            ja: "公表日から、使える様式と次の見直しの期限が決まる。日付が二つあると、どちらから数えるか分からない。",
            en: "The form in force and the next terms are reckoned from it; with two days nobody knows from which.",
        },
        example: Words {
            ja: "published-on = \"令和7年9月1日、令和9年3月31日\" → published-on = \"令和7年9月1日\"",
            en: "`published-on = \"令和7年9月1日、令和9年3月31日\"` → `published-on = \"令和7年9月1日\"`",
        },
        source: "様式の表紙「公表日」",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for Assessment { filled, .. } in subject.assessments() {
        let published = filled.form.rules.publication.as_ref();
        let published = published.and_then(|publication| first(filled, &publication.published.value));
        let Some(Found { label, text, span: Some(span), .. }) = published else { continue };
        if let Some(second) = another_day(&text) {
            let second = Diagnostic::new(Code::DaySecond, span).with("second", &text[second]);
            diagnostics.push(second.with("label", label));
        }
    }
}
