//! 情報連携の有無 and what follows from it.

use super::conditions::hold;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostics, Explanation, Words};
use crate::model::manifest::ConditionTopic;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::LinkageDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V12"],
        what: Words {
            ja: "情報連携を「実施しない」なら、入手方法と提供方法で情報提供ネットワークシステムを選ばず、Ⅲの6で「接続しない」を両方とも選ぶ。「実施する」なら法令上の根拠を書く。",
            en: "Without 情報連携 neither Ⅱ3② nor Ⅱ5⑥ names the network and both boxes of Ⅲ6 are ticked; with it, its legal basis is given.",
        },
        why: Words {
            ja: "情報連携は、法令に根拠のある照会と提供に限って認められる。有無の欄とほかの欄が違えば、どちらが本当か分からない。",
            en: "The network may be used only where the law says so; two answers leave open which is true.",
        },
        example: Words {
            ja: "obtain-methods に情報提供ネットワークシステムがある評価書の linkage-presence = \"実施しない\" → linkage-presence = \"実施する\"",
            en: "`linkage-presence = \"実施しない\"` while `obtain-methods` names 情報提供ネットワークシステム → `linkage-presence = \"実施する\"`",
        },
        source: "様式4 Ⅰ6、Ⅱ3②、Ⅱ5⑥、Ⅲ6、番号法第19条第8号",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    hold(subject, ConditionTopic::Linkage, Code::LinkageDiffers, diagnostics);
}
