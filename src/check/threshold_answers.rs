//! The answers of the threshold judgement are the same wherever they are given.

use super::{Judgement, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::AnswersDisagreeOfCase],
    look,
    explanation: Some(Explanation {
        numbers: &["V3"],
        what: Words {
            ja: "対象人数、取扱者数、重大事故の答えは、同じ事務のどの評価書でも、case.toml の [basic-assessment] でも同じにする。",
            en: "対象人数, 取扱者数 and 重大事故 have one answer in all papers of a case and in `[basic-assessment]` of its case.toml.",
        },
        why: Words {
            ja: "答えが評価書ごとに違えば、どの評価が義務付けられるのかが決まらない。",
            en: "Where the answers differ, nobody can say which assessment is due.",
        },
        example: Words {
            ja: "基礎項目評価書「1万人以上10万人未満」と全項目評価書「10万人以上30万人未満」→ 同じ選択肢",
            en: "1万人以上10万人未満 in one paper, 10万人以上30万人未満 in the other → the same option",
        },
        source: "特定個人情報保護評価に関する規則第4条から第7条まで、様式2 Ⅱ、様式4 Ⅰ1③",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for case in subject.cases() {
        let judgement = Judgement::of(case);
        for answers in judgement.all() {
            let Some((first, others)) = answers.split_first() else { continue };
            for other in others.iter().filter(|other| other.class != first.class) {
                // What is taken from another paper stands where it is written there.
                let (Some(at), Some(related)) = (other.span, first.span) else { continue };
                diagnostics.push(
                    Diagnostic::new(Code::AnswersDisagreeOfCase, at)
                        .with("label", &other.label)
                        .with("value", &other.text)
                        .with("first", &first.label)
                        .with("other", &first.text)
                        .related(related),
                );
            }
        }
    }
}
