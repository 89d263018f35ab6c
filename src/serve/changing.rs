//! Changes at the desk: one declared（変更の登録）; and the rows that all of them have（変更箇所）, in the order of the pages.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::answers::form;
use super::entry::Owner;
use super::fault::Fault;
use super::live::Live;
use super::marks::groups_of;
use super::measures::CHECKLIST;
use super::saving::may_write;
use super::sheets::Asked;
use crate::change::units;
use crate::desk::{ChangeFault, ChangeOrder, ChangeOwner, declare as declared};
use crate::model::manifest::Timing;
use crate::name::{CaseId, CaseName, ChangeId, Slug};
use crate::session::find;

/// A change, as the browser declares it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ChangeAsked {
    town: Slug,
    case: CaseId,
    /// Whose change it is.
    owner: Owner,
    id: ChangeId,
    /// 事由.
    reason: String,
    /// 変更日; may be empty.
    on: String,
    /// 提出時期.
    timing: Option<Timing>,
    /// 提出時期に係る説明; may be empty.
    note: String,
}

/// Declares a change of a case.
pub(super) fn declare(live: &Live, asked: &ChangeAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.town)?;
    let case = find(&checked, &CaseName::new(&asked.town, &asked.case))?;
    let order = ChangeOrder {
        municipality: asked.town.clone(),
        case: asked.case.clone(),
        owner: match asked.owner {
            Owner::Own => ChangeOwner::Own,
            Owner::Shared => ChangeOwner::Shared,
        },
        id: asked.id.clone(),
        reason: asked.reason.clone(),
        on: asked.on.clone(),
        timing: asked.timing,
        note: asked.note.clone(),
    };
    let (path, text) = declared(&checked, case, &order).map_err(|fault| Fault::Unfit(word(fault)))?;
    let what = format!("変更（{}）", asked.reason.trim());
    journal.write(&checked.workspace.sources, (&what, &BTreeMap::from([(path, Some(text))])))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state() }))
}

/// What the browser knows a fault by.
fn word(fault: ChangeFault) -> &'static str {
    match fault {
        ChangeFault::Id => "id",
        ChangeFault::IdTaken => "id-taken",
        ChangeFault::NoReason => "no-reason",
        ChangeFault::NoDay => "no-day",
        ChangeFault::Unreadable => "unreadable",
    }
}

/// The changed rows of a form in print order, as 変更箇所一覧 has them: where, why, on which pages of 溶け込み版, and each mark.
pub(super) fn changed_rows(live: &Live, asked: &Asked) -> Result<Json, Fault> {
    let checked = live.town(&asked.town)?;
    let case = find(&checked, &CaseName::new(&asked.town, &asked.case))?;
    if asked.form == CHECKLIST {
        // No list of changes has rows of a checklist.
        return Ok(json!({ "rows": [], "measured": false }));
    }
    let form = form(&checked, (&asked.town, &asked.case, &asked.form))?;
    let sources = &checked.workspace.sources;
    // A form that no document shows has rows and no pages.
    let pages = match live.sheets.clean((&checked.model, sources), asked, live.lang) {
        Ok(pages) => Some(pages),
        Err(Fault::Unknown | Fault::NoPages(_)) => None,
        Err(other) => return Err(other),
    };
    let rows: Vec<Json> = units(&form.filled, &[])
        .iter()
        .map(|unit| {
            let mut reasons: Vec<&str> = Vec::new();
            for change in unit.changes().into_iter().filter_map(|id| case.changes.get(id)) {
                if !reasons.contains(&change.reason.as_str()) {
                    reasons.push(&change.reason);
                }
            }
            json!({
                "row": unit.path, "words": unit.item_words().replace('\n', " "), "reasons": reasons,
                "changes": unit.changes(), "important": unit.important, "marks": groups_of(unit, sources),
                "pages": pages.as_ref().map(|pages| pages.of_unit(unit)).unwrap_or_default(),
            })
        })
        .collect();
    Ok(json!({ "rows": rows, "measured": pages.is_some() }))
}
