//! 重大事故 and the government standard.

use super::conditions::hold;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostics, Explanation, Words};
use crate::model::manifest::ConditionTopic;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::IncidentDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V15"],
        what: Words {
            ja: "重大事故が「発生あり」なら、その内容と再発防止策を書く。NISC政府機関統一基準群は、地方公共団体では「政府機関ではない」を選ぶ。",
            en: "After an incident the form tells what happened and what prevents another; a municipality is 政府機関ではない.",
        },
        why: Words {
            ja: "事故の後に何をしたかは、住民が評価書で最も知りたいことの一つである。",
            en: "What was done after an incident is what the public wants to read.",
        },
        example: Words {
            ja: "keep-1-incident = \"発生あり\" だけ → ## keep-1-incident-detail と ## keep-1-incident-prevention を書く",
            en: "`keep-1-incident = \"発生あり\"` alone → with `## keep-1-incident-detail` and `## keep-1-incident-prevention`",
        },
        source: "様式4 Ⅲ7リスク1①⑨、サイバーセキュリティ基本法第26条",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    hold(subject, ConditionTopic::Incident, Code::IncidentDiffers, diagnostics);
}
