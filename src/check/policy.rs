//! The steps that a municipality's own rules ask for are told of.

use super::items::first;
use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::PolicyDef;
use crate::name::Id;
use crate::source::Located;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PolicyNotTold],
    look,
    explanation: Some(Explanation {
        numbers: &["V2"],
        what: Words {
            ja: "municipality.toml の [[policy]] に書いた手続が、評価書の決まった項目に書かれている。",
            en: "The item that a municipality's `[[policy]]` names tells of the step that its rules ask for.",
        },
        why: Words {
            ja: "要綱で上乗せの評価や第三者への委託を定めた自治体では、評価書にそのとおりの手続を書かなければならない。",
            en: "A municipality whose rules ask for more than the law must show that it does so.",
        },
        example: Words {
            ja: "## hearing-method の「ホームページで意見を募る。」→「パブリック・コメントを実施する。」",
            en: "`## hearing-method` without a パブリック・コメント → with it",
        },
        source: "番号法第28条第1項、各自治体の特定個人情報保護評価に関する要綱",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let is_main = assessment.case.assessments().next().is_some_and(|main| std::ptr::eq(main, assessment.filled));
        let form = &assessment.filled.form.id.value;
        let all = subject.settings(assessment.municipality).policy.iter();
        let is_for = |policy: &&PolicyDef| {
            let of_form = if policy.forms.is_empty() { is_main } else { named(&policy.forms, form) };
            of_form && (policy.cases.is_empty() || named(&policy.cases, &assessment.case.id))
        };
        for policy in all.filter(is_for) {
            let at = Span::new(assessment.municipality.file, policy.item.range.clone());
            let Some(found) = first(assessment.filled, &policy.item.value) else {
                let known = assessment.filled.rows().map(|row| &row.path);
                let near = policy.item.value.nearest(known).unwrap_or_default();
                let unknown = Diagnostic::new(Code::FromUnknown, at);
                diagnostics.push(unknown.with("path", &policy.item.value).with("near", near));
                continue;
            };
            if !policy.says.iter().any(|words| found.text.contains(words.as_str())) {
                diagnostics.push(
                    Diagnostic::new(Code::PolicyNotTold, found.span.unwrap_or(at))
                        .with("label", found.label)
                        .with("words", policy.says.join("」「"))
                        .with("basis", &policy.basis)
                        .related(at),
                );
            }
        }
    }
}

/// Whether an id is one of those that a scope names.
pub(super) fn named<K>(ids: &[Located<Id<K>>], id: &Id<K>) -> bool {
    ids.iter().any(|named| named.value == *id)
}
