//! Numbers of persons agree with one another.

use super::items::{Found, Scope, find};
use super::subject::Assessment;
use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::PopulationDef;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PopulationDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V3"],
        what: Words {
            ja: "委託や提供の対象となる本人の数は、ファイルの本人の数を超えない。ほかの文書に書いた人数は、選んだ区分に入る。",
            en: "The number of persons is that of the 基礎項目評価書; a part is not larger than the whole; a count stated elsewhere lies within the chosen class.",
        },
        why: Words {
            ja: "人数はしきい値判断の基になる。文書ごとに違えば、判断の根拠が疑われる。",
            en: "The numbers decide which assessment the law asks for.",
        },
        example: Words {
            ja: "本人の数が「1万人以上10万人未満」のファイルで、委託の対象が「10万人以上100万人未満」→「1万人以上10万人未満」",
            en: "a file of 1万人以上10万人未満 of which 10万人以上100万人未満 are consigned → 1万人以上10万人未満",
        },
        source: "特定個人情報保護評価に関する規則第4条から第7条まで、様式4 Ⅰ1③、Ⅱ2②",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        stated(&assessment, diagnostics);
        for population in &assessment.filled.form.rules.population {
            parts(&assessment, population, diagnostics);
        }
    }
}

/// A count that another document states.
fn stated(assessment: &Assessment<'_>, diagnostics: &mut Diagnostics) {
    for stated in &assessment.settings.basic_assessment.stated {
        for found in find(assessment.filled, &stated.item, Scope::default()) {
            if class(&found.text).is_some_and(|(least, most)| !(least..most).contains(&stated.persons.value)) {
                let other = Span::new(assessment.file, stated.persons.range.clone());
                diagnostics.push(differs(&found, &format!("{}人", stated.persons.value), other));
            }
        }
    }
}

/// A part is not larger than the whole.
fn parts(assessment: &Assessment<'_>, population: &PopulationDef, diagnostics: &mut Diagnostics) {
    for whole in find(assessment.filled, &population.whole.value, Scope::default()) {
        let Some((_, most)) = class(&whole.text) else { continue };
        let scope = Scope { section: Some(whole.section), record: None };
        for part in population.parts.iter().flat_map(|part| find(assessment.filled, &part.value, scope)) {
            if let (Some((least, _)), Some(span)) = (class(&part.text), whole.span)
                && least >= most
            {
                diagnostics.push(differs(&part, &whole.text, span));
            }
        }
    }
}

fn differs(found: &Found<'_>, other: &str, related: Span) -> Diagnostic {
    Diagnostic::new(Code::PopulationDiffers, found.span.unwrap_or(related))
        .with("label", &found.label)
        .with("value", &found.text)
        .with("other", other)
        .related(related)
}

/// The least number that a class takes in and the least that it does not: 「1万人以上10万人未満」.
fn class(label: &str) -> Option<(u64, u64)> {
    let (least, rest) = match label.split_once("以上") {
        Some((least, rest)) => (number(least)?, rest),
        None => (0, label),
    };
    let most = rest.strip_suffix("未満").map_or(Some(u64::MAX), number)?;
    (least > 0 || most < u64::MAX).then_some((least, most))
}

/// 「1,000万人」 and the like.
fn number(text: &str) -> Option<u64> {
    let text = text.strip_suffix('人').unwrap_or(text).replace(',', "");
    match text.strip_suffix('万') {
        Some(text) => Some(text.parse::<u64>().ok()? * 10_000),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn reads_the_classes_of_the_form() {
        assert_eq!(class("1,000人未満"), Some((0, 1_000)));
        assert_eq!(class("1万人以上10万人未満"), Some((10_000, 100_000)));
        assert_eq!(class("100万人以上1,000万人未満"), Some((1_000_000, 10_000_000)));
        assert_eq!(class("30万人以上"), Some((300_000, u64::MAX)));
        assert_eq!(class("実施する"), None);
    }
}
