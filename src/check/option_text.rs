//! A ticked その他 says what it means.

use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::State;
use crate::model::{Case, Content, Row};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::OptionTextMissing],
    look,
    explanation: Some(Explanation {
        numbers: &["V14"],
        what: Words {
            ja: "「その他」のように（　）を持つ選択肢を選んだら、中身を書く。",
            en: "A ticked option with （　）, such as その他, has text in it.",
        },
        why: Words {
            ja: "（　）が空の「その他」は、何を指すのかが分からない。", en: "An empty その他 says nothing."
        },
        example: Words {
            ja: "connections = [\"その他\"] → connections = [\"その他（口座振替システム）\"]",
            en: "`connections = [\"その他\"]` → `connections = [\"その他（口座振替システム）\"]`",
        },
        source: "様式4 Ⅰ2③、Ⅱ3①②、Ⅱ4④、Ⅱ5⑥",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for row in subject.cases().flat_map(Case::all_filled).flat_map(crate::model::Filled::rows) {
        one(row, diagnostics);
    }
}

fn one(row: &Row, diagnostics: &mut Diagnostics) {
    let Content::Checks { checks, .. } = &row.content else { return };
    for check in checks.iter().filter(|check| check.on) {
        let Some(text) = &check.text else { continue };
        let empty = text.characters(State::After).trim().is_empty();
        if let (true, Some(span)) = (empty, text.span.or(row.span)) {
            diagnostics.push(
                Diagnostic::new(Code::OptionTextMissing, span).with("word", &check.label).with("label", &row.label),
            );
        }
    }
}
