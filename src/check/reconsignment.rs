//! 再委託の有無 and what follows from it.

use super::conditions::hold;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostics, Explanation, Words};
use crate::model::manifest::ConditionTopic;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ReconsignmentDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V10"],
        what: Words {
            ja: "「再委託する」なら許諾方法と再委託事項を書き、「再委託しない」なら書かない。Ⅲの4の「再委託していない」は、どの委託事項でも再委託しないときに限る。",
            en: "再委託する needs ⑧ and ⑨, 再委託しない has neither; 再委託していない in Ⅲ4 is chosen only if nothing is subcontracted.",
        },
        why: Words {
            ja: "再委託には委託元の許諾が要る。許諾の方法が書かれていなければ、許諾を得ていることを示せない。",
            en: "Subcontracting needs the permission of the body that consigned; the form must say how it is given.",
        },
        example: Words {
            ja: "reconsignment-presence = \"再委託する\" だけ → ## reconsignment-permission の本文を書く",
            en: "`reconsignment-presence = \"再委託する\"` alone → with a text under `## reconsignment-permission`",
        },
        source: "様式4 Ⅱ4⑦～⑨、Ⅲ4、番号法第10条",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    hold(subject, ConditionTopic::Reconsignment, Code::ReconsignmentDiffers, diagnostics);
}
