//! A form keeps the ※ items of its version.

use super::digests::changed;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ImportantItemsChanged],
    look,
    explanation: Some(Explanation {
        numbers: &["V7"],
        what: Words {
            ja: "※の付く項目は、様式の版ごとに固定する。様式定義の digest と合わないときに知らせる。",
            en: "The ※ items of a form are those that its version was frozen with.",
        },
        why: Words {
            ja: "※は「重要な変更」の対象を決める。一つ外すと、事前の評価が要る変更を事後の修正として扱ってしまう。",
            en: "※ decides what is an important change; one that is lost lets such a change pass as a correction.",
        },
        example: Words {
            ja: "様式定義の ①保管場所 に important がない → important = true",
            en: "①保管場所 without `important` → `important = true`",
        },
        source: "特定個人情報保護評価指針 別表（重要な変更の対象である記載項目）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for found in changed(subject, |frozen| &frozen.important, |now| &now.important) {
        let diagnostic = Diagnostic::new(Code::ImportantItemsChanged, found.at);
        diagnostics.push(diagnostic.with("id", &found.form.id.value).with("digest", found.actual));
    }
}
