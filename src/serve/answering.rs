//! Returned checklists dropped on the desk（回答の取込み）: told first, taken over when that is asked for.

use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::Live;
use super::saving::{Then, may_write};
use crate::answers::{AnswerChange, ChecklistReport};
use crate::desk::checklist::{Mode, import_bytes};
use crate::diagnostic::report;

/// What a returned workbook says, and with [`Then::Write`] its answers in the source.
pub(super) fn answers(live: &Live, (name, bytes): (&str, Vec<u8>), then: Then, by: &str) -> Result<Json, Fault> {
    let mode = match then {
        Then::Show => Mode::Report,
        Then::Write => Mode::Write,
    };
    if mode == Mode::Write {
        may_write(live)?;
    }
    let journal = live.writing();
    let imported = import_bytes(&live.root, (name, bytes), mode)?;
    if !imported.written.is_empty() {
        live.refresh(by)?;
    }
    let said = report(&imported.diagnostics, &imported.sources, live.lang);
    let checklists: Vec<Json> = imported.report.checklists.iter().map(checklist).collect();
    Ok(json!({
        "checklists": checklists, "said": said.diagnostics, "refused": imported.diagnostics.has_errors(),
        "written": imported.written, "step": journal.standing(),
    }))
}

fn checklist(report: &ChecklistReport) -> Json {
    let ChecklistReport { municipality, case, unchanged, unsettled, changes } = report;
    let change = |AnswerChange { id, field, before, after, place }: &AnswerChange| json!({ "id": id, "field": field.column().header(), "before": before, "after": after, "place": place });
    let changes: Vec<Json> = changes.iter().map(change).collect();
    json!({ "town": municipality, "case": case, "unchanged": unchanged, "unsettled": unsettled, "changes": changes })
}
