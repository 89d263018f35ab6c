//! A change of the list is named by a mark.

use std::collections::BTreeMap;

use super::{Rule, Subject, each_mark};
use crate::change::used_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Span, Words};
use crate::name::ChangeId;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ChangeUnused],
    look,
    explanation: Some(Explanation {
        numbers: &[],
        what: Words {
            ja: "changes.toml の変更は、どこかの印に使われている。",
            en: "Every change of changes.toml is named by a mark of some municipality.",
        },
        why: Words {
            ja: "どこにも示されない変更は、本文への書き忘れか消し忘れである。",
            en: "A change that nothing shows is either forgotten in the text or left over.",
        },
        example: Words {
            ja: "使わない [[change]] id = \"cloud\" → 印 {++…++}{>>cloud<<} を付けるか、[[change]] を消す",
            en: "an unused `[[change]] id = \"cloud\"` → a mark `{++…++}{>>cloud<<}`, or no `[[change]]`",
        },
        source: "様式4 別添3",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    // A shared change may be used by one municipality only, so all are looked at before any is called unused.
    let mut used: BTreeMap<Span, (bool, ChangeId)> = BTreeMap::new();
    for case in subject.cases() {
        let mut named: Vec<ChangeId> = Vec::new();
        for filled in case.all_filled() {
            named.extend(used_changes(filled).into_iter().map(|place| place.mark.change));
            each_mark(filled, &mut |mark| named.push(mark.change.clone()));
        }
        for text in case.checklist.iter().flat_map(|checklist| checklist.texts.values()) {
            named.extend(text.marks.iter().map(|mark| mark.change.clone()));
        }
        for change in &case.changes.list {
            let id = &change.settings.id.value;
            let entry = used.entry(change.span).or_insert_with(|| (false, id.clone()));
            entry.0 |= named.contains(id) || change.settings.row.is_some();
        }
    }
    for (span, (is_used, id)) in used {
        if !is_used {
            diagnostics.push(Diagnostic::new(Code::ChangeUnused, span).with("id", id));
        }
    }
}
