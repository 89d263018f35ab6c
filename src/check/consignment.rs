//! 委託の有無 and what follows from it.

use super::conditions::hold;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostics, Explanation, Words};
use crate::model::manifest::ConditionTopic;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ConsignmentDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V9"],
        what: Words {
            ja: "「委託しない」ファイルには委託事項と件数を書かず、「委託する」ファイルには委託事項を書く。すべてのファイルで委託しないときに限り、Ⅲの4で「委託しない」を選ぶ。",
            en: "A file with 委託しない has no 委託事項 and no number; one with 委託する has some. 委託しない in Ⅲ4 is ticked only if no file is consigned.",
        },
        why: Words {
            ja: "有無、件数、委託事項、リスク対策は別々の欄にあり、一つだけ直すと評価書の中で食い違う。",
            en: "The four stand in different places; mending one of them makes the form contradict itself.",
        },
        example: Words {
            ja: "consignment-presence = \"委託しない\" と consignment = [\"denki\"] → consignment-presence = \"委託する\"",
            en: "`consignment-presence = \"委託しない\"` beside `consignment = [\"denki\"]` → `consignment-presence = \"委託する\"`",
        },
        source: "様式4 Ⅱ4、Ⅲ4、番号法第11条",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    hold(subject, ConditionTopic::Consignment, Code::ConsignmentDiffers, diagnostics);
}
