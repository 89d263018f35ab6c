//! An item of 主な変更内容 cites a marked change.

use std::sync::Arc;

use super::{Rule, Subject};
use crate::change::{MarkPlace, used_changes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::model::Case;
use crate::model::manifest::DocumentKind;
use crate::name::ChangeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::SummaryNoChange, Code::ChangeNotSummarised],
    look,
    explanation: Some(Explanation {
        numbers: &["V20"],
        what: Words {
            ja: "主な変更内容の各項は、印の付いた変更を一つ以上引用する。引用しない変更には、その理由を書く。",
            en: "Every item of 主な変更内容 cites at least one marked change; a change that none cites says why.",
        },
        why: Words {
            ja: "引用する変更がなければ、ページが空欄になる。説明のない変更は、住民の目に触れない。",
            en: "Its pages would be empty; and what no item tells, the public does not see.",
        },
        example: Words {
            ja: "印のない changes = [\"gc-storage\"] → 印のある変更のIDに直す、又は評価書に印を付ける",
            en: "`changes = [\"gc-storage\"]` without a mark of it → an id that marks name",
        },
        source: "番号法第28条第1項（公示）",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    let issued = subject.model.municipalities.iter().flat_map(|municipality| {
        // Where none is issued, none has to cover anything: a shared list of changes serves other towns too.
        let is_issued = |case: &&Arc<Case>| {
            let mut documents = municipality.documents.iter().filter(|document| document.case.value == case.id);
            documents.any(|document| document.kind == DocumentKind::ChangeSummary)
        };
        municipality.cases.values().filter(is_issued)
    });
    for case in issued {
        let used: Vec<MarkPlace> = case.assessments().flat_map(used_changes).collect();
        for item in &case.changes.summary {
            for change in &item.settings.changes {
                if !used.iter().any(|place| place.mark.change == change.value) {
                    let span = Span::new(item.file, change.range.clone());
                    diagnostics.push(Diagnostic::new(Code::SummaryNoChange, span).with("id", &item.settings.id.value));
                }
            }
        }
        if !case.changes.summary.is_empty() {
            untold(case, &used, diagnostics);
        }
    }
}

/// Changes of which 主な変更内容 does not tell.
fn untold(case: &Case, used: &[MarkPlace], diagnostics: &mut Diagnostics) {
    let told: Vec<&ChangeId> =
        case.changes.summary.iter().flat_map(|item| &item.settings.changes).map(|change| &change.value).collect();
    for change in &case.changes.list {
        let id = &change.settings.id.value;
        let marked = used.iter().any(|place| place.mark.change == *id);
        if marked && !told.contains(&id) && change.settings.outside_summary.is_empty() {
            diagnostics.push(Diagnostic::new(Code::ChangeNotSummarised, change.span).with("id", id));
        }
    }
}
