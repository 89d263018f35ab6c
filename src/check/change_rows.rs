//! A row of 別添3 is complete.

use super::subject::Assessment;
use super::wareki::dates;
use super::{Rule, Subject};
use crate::change::used_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};
use crate::markup::{MarkKind, Side, Text};
use crate::model::Change;
use crate::model::manifest::{ColumnField, Timing};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ChangeRowIncomplete, Code::ChangeNothing],
    look,
    explanation: Some(Explanation {
        numbers: &["V8"],
        what: Words {
            ja: "別添3に載る変更には、変更日、提出時期、提出時期に係る説明がそろい、事後の変更の変更日は作成日より後にならない。変更の前と後の文は違う。",
            en: "A change that 別添3 lists has its date, its timing and the note on it; one submitted afterwards has happened already; its two texts differ.",
        },
        why: Words {
            ja: "別添3は評価書と一緒に提出する。欠けた行は、提出してから直せない。",
            en: "別添3 is submitted with the form; a gap cannot be mended afterwards.",
        },
        example: Words {
            ja: "timing = \"事後\" だけ → timing-note = \"その他の項目の変更\" を加える",
            en: "`timing = \"事後\"` alone → with `timing-note = \"…\"` beside it",
        },
        source: "様式4 別添3、特定個人情報保護評価に関する規則第11条・第12条",
    }),
};

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let marks = used_changes(assessment.filled);
        for change in &assessment.case.changes.list {
            if marks.iter().any(|place| place.mark.change == change.settings.id.value) {
                row(&assessment, change, diagnostics);
            }
        }
        super::each_text(assessment.filled, &mut |text| replacements(text, diagnostics));
    }
}

/// Whatever the form's list of changes has a column for is written.
fn row(assessment: &Assessment<'_>, change: &Change, diagnostics: &mut Diagnostics) {
    let columns = assessment.filled.form.section.iter().flat_map(|section| &section.columns);
    let settings = &change.settings;
    let mut lacking: Vec<(&str, &str)> = Vec::new();
    for column in columns {
        match column.field {
            ColumnField::ChangedOn if settings.changed_on.is_empty() => lacking.push((&column.label, "changed-on")),
            ColumnField::Timing if settings.timing.is_none() => lacking.push((&column.label, "timing")),
            ColumnField::TimingNote if settings.timing_note.is_empty() => {
                lacking.push((&column.label, "timing-note"));
            }
            ColumnField::ChangedOn => {
                let last = dates(&settings.changed_on).last().and_then(super::wareki::WrittenDate::days);
                let ahead = last.is_some_and(|(first, _)| first > assessment.case.date);
                if last.is_none() || (ahead && settings.timing == Some(Timing::After)) {
                    lacking.push((&column.label, "changed-on"));
                }
            }
            _ => {}
        }
    }
    for (label, key) in lacking {
        diagnostics.push(
            Diagnostic::new(Code::ChangeRowIncomplete, change.span)
                .with("id", &settings.id.value)
                .with("label", label)
                .with("key", key),
        );
    }
}

/// A replacement of a text by itself.
fn replacements(text: &Text, diagnostics: &mut Diagnostics) {
    for (index, mark) in text.marks.iter().enumerate() {
        if mark.kind != MarkKind::Replaced {
            continue;
        }
        let side = |side: Side| -> String {
            let runs = text.runs().into_iter().filter(|run| run.mark == Some((index, side)));
            runs.map(crate::markup::Run::characters).collect()
        };
        let old = side(Side::Old);
        if !old.is_empty() && old == side(Side::New) {
            diagnostics.push(Diagnostic::new(Code::ChangeNothing, mark.span).with("text", old));
        }
    }
}
