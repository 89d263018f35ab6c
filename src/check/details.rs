//! An answer that needs a description has one.

use super::conditions::hold;
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostics, Explanation, Words};
use crate::model::manifest::ConditionTopic;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DetailMissing],
    look,
    explanation: Some(Explanation {
        numbers: &["V13"],
        what: Words {
            ja: "「行っている」「保管している」「有料」などを選んだら、その具体的な内容の欄も書く。",
            en: "An answer such as 行っている is followed by its description.",
        },
        why: Words {
            ja: "選んだだけでは、どのような対策かが読む人に伝わらない。",
            en: "A choice alone does not say what is done.",
        },
        example: Words {
            ja: "file-register = \"行っている\" だけ → ## file-register-place の本文を書く",
            en: "`file-register = \"行っている\"` alone → with a text under `## file-register-place`",
        },
        source: "様式4 Ⅲ、Ⅴ",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    hold(subject, ConditionTopic::Detail, Code::DetailMissing, diagnostics);
}
