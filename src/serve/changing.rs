//! A change declared from the desk（変更の登録）.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::entry::Owner;
use super::fault::Fault;
use super::live::Live;
use super::saving::may_write;
use crate::desk::{ChangeFault, ChangeOrder, ChangeOwner, declare as declared};
use crate::model::manifest::Timing;
use crate::session::find;

/// A change, as the browser declares it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ChangeAsked {
    town: String,
    case: String,
    /// Whose change it is.
    owner: Owner,
    id: String,
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
    let case = find(&checked, &asked.town, &asked.case)?;
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
