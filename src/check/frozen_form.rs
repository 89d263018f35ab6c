//! A form keeps the items and labels of its version.

use super::digests::changed;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::FormChanged],
    look,
    explanation: Some(Explanation {
        numbers: &["V25"],
        what: Words {
            ja: "様式の項目の順、項目名、選択肢は、版ごとに固定する。様式定義の digest と合わないときに知らせる。",
            en: "The order, the labels and the options of a form's items are those that its version was frozen with.",
        },
        why: Words {
            ja: "様式は告示で定められている。項目名を直したつもりで版の異なる様式になると、過去の評価書と比べられない。",
            en: "Forms are fixed by notice; an edited label makes another form of it.",
        },
        example: Words {
            ja: "様式定義の label だけを書き換える → 新しい版として、別のIDの様式にする",
            en: "an edited `label` → a new version of the form with an id of its own",
        },
        source: "特定個人情報保護評価指針 様式2から様式4まで",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for found in changed(subject, |frozen| &frozen.labels, |now| &now.labels) {
        let diagnostic = Diagnostic::new(Code::FormChanged, found.at);
        diagnostics.push(diagnostic.with("id", &found.form.id.value).with("digest", found.actual));
    }
}
