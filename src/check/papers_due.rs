//! A case makes the assessment that is due, and says which papers it hands in.

use std::collections::BTreeSet;

use super::items::first;
use super::subject::Assessment;
use super::{Judgement, Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Phrase, Words};
use crate::model::manifest::{AssessmentKind, PapersDef};
use crate::model::{Case, Municipality};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PaperMissing, Code::PapersDiffer],
    look,
    explanation: Some(Explanation {
        numbers: &["V1"],
        what: Words {
            ja: "しきい値判断から義務付けられる評価書（municipality.toml の [[voluntary]] で上乗せする自治体では、その評価書）を事務が持つ。基礎項目評価書のⅣ1は、事務が持つ評価書と一致する。",
            en: "A case has the paper that the threshold makes due, or that `[[voluntary]]` of municipality.toml makes instead; Ⅳ1 of its 基礎項目評価書 says which papers it has.",
        },
        why: Words {
            ja: "義務のある評価をしないまま、特定個人情報ファイルを保有することになる。",
            en: "A file is held without the assessment that the law asks for.",
        },
        example: Words {
            ja: "対象人数が「30万人以上」で基礎項目評価書だけ → 全項目評価書（様式4）も作る",
            en: "30万人以上 with a 基礎項目評価書 alone → a 全項目評価書 beside it",
        },
        source: "番号法第28条、特定個人情報保護評価に関する規則第4条から第7条まで、特定個人情報保護評価指針第5の2",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let case = assessment.case;
        let is_first = case.assessments().next().is_some_and(|main| std::ptr::eq(main, assessment.filled));
        let due = Due::of(subject, &assessment);
        if is_first {
            missing(&assessment, &due, diagnostics);
        }
        if let Some(papers) = &assessment.filled.form.rules.papers {
            said(&assessment, papers, &due, diagnostics);
        }
    }
}

/// What a case must have and what it has.
struct Due<'a> {
    judgement: Judgement,
    /// The least that it must have; `None`: not known.
    least: Option<AssessmentKind>,
    /// What the municipality's own rules add to it.
    basis: Option<&'a str>,
    /// The kinds of its papers.
    papers: BTreeSet<AssessmentKind>,
}

impl<'a> Due<'a> {
    fn of(subject: &Subject<'a>, assessment: &Assessment<'a>) -> Self {
        let judgement = Judgement::of(assessment.case);
        let made = judgement
            .due(&assessment.municipality.threshold)
            .into_iter()
            .map(|due| raised(subject, assessment.municipality, due));
        let least = made.min_by_key(|(kind, _)| *kind);
        let (least, basis) = least.map_or((None, None), |(kind, basis)| (Some(kind), basis));
        Self { judgement, least, basis, papers: papers_of(assessment.case) }
    }
}

/// What a municipality makes where something is due, and what asks for it.
fn raised<'a>(
    subject: &Subject<'a>,
    municipality: &Municipality,
    due: AssessmentKind,
) -> (AssessmentKind, Option<&'a str>) {
    let own = subject.settings(municipality).voluntary.iter().find(|own| own.due == due && own.make.value > due);
    own.map_or((due, None), |own| (own.make.value, Some(own.basis.as_str())))
}

fn papers_of(case: &Case) -> BTreeSet<AssessmentKind> {
    case.assessments().filter_map(|filled| Some(filled.form.rules.threshold.as_ref()?.kind)).collect()
}

/// The paper that is due is there.
fn missing(assessment: &Assessment<'_>, due: &Due<'_>, diagnostics: &mut Diagnostics) {
    let (Some(least), Some(most)) = (due.least, due.papers.last()) else { return };
    let Some(persons) = due.judgement.persons.first() else { return };
    if least <= *most {
        return;
    }
    let Some(at) = persons.span else { return };
    let names = &assessment.municipality.threshold.names;
    let basis = due
        .basis
        .map_or(Phrase::Same(String::new()), |basis| Phrase::said(format!("（{basis}）"), format!(" ({basis})")));
    diagnostics.push(
        Diagnostic::new(Code::PaperMissing, at)
            .with("due", names.of(least))
            .with("persons", &persons.text)
            .with("case", &assessment.case.id)
            .with("most", names.of(*most))
            .said("basis", basis),
    );
}

/// The paper that names the papers of its case names those that there are.
fn said(assessment: &Assessment<'_>, papers: &PapersDef, due: &Due<'_>, diagnostics: &mut Diagnostics) {
    let Some(found) = first(assessment.filled, &papers.item.value).filter(|found| !found.text.is_empty()) else {
        return;
    };
    let Some(said) = papers.says.iter().find(|words| words.option == found.text) else { return };
    // A fuller paper that is kept elsewhere may be named, but no less than what is due.
    let most = due.papers.last().copied().unwrap_or(said.kind);
    let has_fuller = due.papers.len() > 1;
    let fits = |kind: AssessmentKind| {
        if has_fuller { kind == most } else { due.least.is_none_or(|least| kind >= least.max(AssessmentKind::Basic)) }
    };
    let (Some(at), false) = (found.span, fits(said.kind)) else { return };
    let valid: Vec<&str> =
        papers.says.iter().filter(|words| fits(words.kind)).map(|words| words.option.as_str()).collect();
    diagnostics.push(
        Diagnostic::new(Code::PapersDiffer, at)
            .with("label", found.label)
            .with("value", found.text)
            .with("valid", valid.join("」「")),
    );
}
