//! 要綱の根拠 names the matters that are put.

use super::{Rule, Subject};
use crate::diagnostic::Span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::BasisDiffers],
    look,
    explanation: Some(Explanation {
        numbers: &["V24"],
        what: Words {
            ja: "付議事項の要綱の根拠に挙げた事項（外部結合、業務委託など）は、添付した別紙の表と一致する。",
            en: "The matters that 要綱の根拠 names are those of the tables.",
        },
        why: Words {
            ja: "根拠にない表は付議できず、表のない根拠は審議できない。",
            en: "A table without a basis cannot be put, a basis without a table cannot be discussed.",
        },
        example: Words {
            ja: "外部結合の表がある付議の basis = \"…（業務委託）\" → basis = \"…（外部結合・業務委託）\"",
            en: "`basis = \"…（業務委託）\"` beside a table of 外部結合 → `basis = \"…（外部結合・業務委託）\"`",
        },
        source: "各自治体の個人情報の管理運営に関する要綱",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        let Some(submission) = &document.case.submission else { continue };
        let Some(filled) = document.filled else { continue };
        let name = document.municipality.name(document.case);
        let Some(file) = subject.library.submissions.get(&name).map(|read| read.file) else { continue };
        let basis = &submission.basis;
        let put: Vec<&str> = filled
            .form
            .section
            .iter()
            .map(|section| section.matter.as_str())
            .filter(|matter| !matter.is_empty())
            .collect();
        if put.is_empty() {
            continue;
        }
        let named: Vec<&str> = basis
            .value
            .rsplit_once('（')
            .map(|(_, rest)| rest.trim_end_matches('）').split('、').map(str::trim).collect())
            .unwrap_or_default();
        let lacking = put.iter().filter(|matter| !named.contains(matter));
        let spare = named.iter().filter(|matter| !put.contains(matter));
        for matter in lacking.chain(spare) {
            diagnostics.push(
                Diagnostic::new(Code::BasisDiffers, Span::new(file, basis.range.clone()))
                    .with("basis", &basis.value)
                    .with("matter", *matter)
                    .with("tables", put.join("、")),
            );
        }
    }
}
