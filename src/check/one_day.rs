//! An item that asks for a day names one day, or one period.

use super::wareki::another_day;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::State;
use crate::model::manifest::ItemKind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DaySecond],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "日付の欄には、一つの日付又は一つの期間だけを書く。",
            en: "An item that asks for a date names one day or one period.",
        },
        why: Words {
            ja: "日付が二つあると、公表日や実施日がどちらか分からず、期限の計算もできない。",
            en: "With two days nobody knows which of them counts, and no term can be computed.",
        },
        example: Words {
            ja: "published-on = \"令和7年9月1日、令和9年3月31日\" と書いてある。",
            en: "`published-on = \"令和7年9月1日、令和9年3月31日\"` names two days.",
        },
        source: "様式の表紙「公表日」、Ⅵ 評価実施手続",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let forms = subject.cases().flat_map(|case| case.all_filled());
    for row in forms.flat_map(|filled| filled.rows()).filter(|row| row.kind == ItemKind::Date) {
        for text in row.content.texts() {
            let written = text.characters(State::After);
            let (Some(second), Some(span)) = (another_day(&written), text.span.or(row.span)) else { continue };
            let second = Diagnostic::new(Code::DaySecond, span).with("second", &written[second]);
            diagnostics.push(second.with("label", &row.label));
        }
    }
}
