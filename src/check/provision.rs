//! 提供・移転の有無 and what follows from it.

use super::conditions::hold;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostics, Explanation, Words};
use crate::model::manifest::ConditionTopic;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ProvisionDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V11"],
        what: Words {
            ja: "「提供を行っている」なら提供先を、「移転を行っている」なら移転先を書く。「行っていない」は、ほかの二つと一緒に選ばない。",
            en: "提供を行っている needs 提供先, 移転を行っている needs 移転先; 行っていない excludes both.",
        },
        why: Words {
            ja: "件数と提供先の数が合わない評価書は、どの機関に情報を渡すのかを示せない。",
            en: "A form that does not agree with itself does not say who receives the information.",
        },
        example: Words {
            ja: "provision-presence = [\"行っていない\"] と provision = [\"nenkin\"] → provision-presence = [\"提供を行っている\"]",
            en: "`provision-presence = [\"行っていない\"]` beside `provision = [\"nenkin\"]` → `provision-presence = [\"提供を行っている\"]`",
        },
        source: "様式4 Ⅱ5、Ⅲ5、番号法第19条",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    hold(subject, ConditionTopic::Provision, Code::ProvisionDiffers, diagnostics);
}
