//! The same files are named everywhere.

use super::items::{Scope, find};
use super::subject::Assessment;
use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::model::manifest::FileSetDef;
use crate::model::{Element, FilledSection};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::FilesDiffer],
    look,
    explanation: Some(Explanation {
        numbers: &["V16"],
        what: Words {
            ja: "Ⅰの3とⅢの1に挙げるファイル、Ⅱと別添2を作るファイルは、case.toml の [[file]] と一致する。",
            en: "The files that Ⅰ3 and Ⅲ1 list and that Ⅱ and 別添2 are written for are those of case.toml.",
        },
        why: Words {
            ja: "Ⅱのないファイルは、評価を受けずに保有することになる。",
            en: "A file without its Ⅱ would be held without being assessed.",
        },
        example: Words {
            ja: "[[file]] にある「国保収滞納ファイル」がない ## file-names → その名称を書き加える",
            en: "`## file-names` without a name of `[[file]]` → with it",
        },
        source: "番号法第2条第9項、様式4 Ⅰ3、Ⅱ1、Ⅲ1、別添2",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        if let Some(files) = &assessment.filled.form.rules.files {
            one(&assessment, files, diagnostics);
        }
    }
}

fn one(assessment: &Assessment<'_>, files: &FileSetDef, diagnostics: &mut Diagnostics) {
    let filled = assessment.filled;
    for file in &assessment.settings.file {
        let at = Span::new(assessment.file, file.id.range.clone());
        for list in files.lists.iter().flat_map(|item| find(filled, &item.value, Scope::default())) {
            if !list.text.contains(&file.name) {
                diagnostics.push(differs(list.span.unwrap_or(at), &file.name, &list.label).related(at));
            }
        }
        let is_about = |section: &FilledSection| section.path.ids().skip(1).any(|id| id == file.id.value);
        for named in find(filled, &files.name.value, Scope::default()) {
            if is_about(named.section) && !named.text.trim_end().ends_with(&file.name) {
                diagnostics.push(differs(named.span.unwrap_or(at), &file.name, &named.section.heading).related(at));
            }
        }
        let records = filled.sections.iter().filter(|section| files.records.value == *section.def_id);
        for section in records.filter(|section| is_about(section)) {
            let listed = section.elements.iter().any(|element| matches!(element, Element::Records(_)));
            if !listed {
                diagnostics.push(differs(at, &file.name, &section.heading));
            }
        }
    }
}

fn differs(at: Span, name: &str, place: &str) -> Diagnostic {
    Diagnostic::new(Code::FilesDiffer, at).with("name", name).with("place", place)
}
