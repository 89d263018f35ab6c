//! Returned checklists and opinions dropped on the desk（回答と意見の取込み）: told first, taken over when that is asked for.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::Live;
use super::saving::{Then, may_write};
use crate::answers::{AnswerChange, ChecklistReport, CommentChange, CommentsReport, NewRow};
use crate::desk::checklist::{Mode, import_bytes};
use crate::desk::comments::import_comment_bytes;
use crate::diagnostic::{Code, report};
use crate::name::{CaseId, CaseName, Slug};

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
    let ChecklistReport { case: CaseName { municipality, case }, unchanged, unsettled, changes } = report;
    let change = |AnswerChange { id, field, before, after, place }: &AnswerChange| json!({ "id": id, "field": field.column().header(), "before": before, "after": after, "place": place });
    let changes: Vec<Json> = changes.iter().map(change).collect();
    json!({ "town": municipality, "case": case, "unchanged": unchanged, "unsettled": unsettled, "changes": changes })
}

/// A workbook of opinions, and the case of one that no export wrote.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OpinionsAsked {
    name: String,
    then: Then,
    town: Option<Slug>,
    case: Option<CaseId>,
}

/// What a workbook of opinions says, and with [`Then::Write`] its opinions in the source.
pub(super) fn opinions(live: &Live, asked: &OpinionsAsked, bytes: Vec<u8>, by: &str) -> Result<Json, Fault> {
    let mode = match asked.then {
        Then::Show => Mode::Report,
        Then::Write => Mode::Write,
    };
    if mode == Mode::Write {
        may_write(live)?;
    }
    let of = asked.town.as_ref().zip(asked.case.as_ref()).map(|(town, case)| CaseName::new(town, case));
    let journal = live.writing();
    let imported = import_comment_bytes(&live.root, (&asked.name, bytes), of.as_ref(), mode)?;
    if !imported.written.is_empty() {
        live.refresh(by)?;
    }
    let has = |code: Code| imported.diagnostics.sorted().iter().any(|found| found.code == code);
    let said = report(&imported.diagnostics, &imported.sources, live.lang);
    let hearings: Vec<Json> = imported.reports.iter().map(hearing).collect();
    Ok(json!({
        "hearings": hearings, "said": said.diagnostics, "refused": imported.diagnostics.has_errors(),
        // It is something else; and it is one, and nobody knows whose.
        "foreign": has(Code::CommentsForeign), "asks": of.is_none() && has(Code::CommentsOther),
        "written": imported.written, "step": journal.standing(),
    }))
}

fn hearing(report: &CommentsReport) -> Json {
    let CommentsReport { case: CaseName { municipality, case }, unchanged, unsettled, changes, added } = report;
    let change = |change: &CommentChange| {
        let CommentChange { table, key, field, before, after, place } = change;
        json!({ "sheet": table.sheet(), "key": key, "field": field.header(), "before": before, "after": after, "place": place })
    };
    let row = |row: &NewRow| {
        let NewRow { table, key, values, place } = row;
        let said = table.fields().iter().zip(values).filter(|(_, value)| !value.is_empty());
        let values: Vec<(&str, &String)> = said.map(|(field, value)| (field.header(), value)).collect();
        json!({ "sheet": table.sheet(), "key": key, "values": values, "place": place })
    };
    json!({
        "town": municipality, "case": case, "unchanged": unchanged, "unsettled": unsettled,
        "changes": changes.iter().map(change).collect::<Vec<_>>(), "added": added.iter().map(row).collect::<Vec<_>>(),
    })
}
