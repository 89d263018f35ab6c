//! A case moved to another version of its form（様式の移行）: what stays, what is renamed, what is new and what is kept aside; told first.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::Live;
use super::saving::{Then, may_write};
use crate::Error;
use crate::check::is_day;
use crate::desk::{FormMoved, MoveOrder, move_form, move_form_dry};
use crate::name::{BesideId, CaseId, FormId};

/// A move, as the browser asks for it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MoveAsked {
    case: CaseId,
    /// Id of the 評価書 beside the main one; none: the main one.
    #[serde(default)]
    beside: Option<BesideId>,
    /// Id of the form.
    to: FormId,
    /// 変更日.
    on: String,
    then: Then,
}

/// Moves a case, or shows what that would do.
pub(super) fn moved(live: &Live, asked: &MoveAsked, by: &str) -> Result<Json, Fault> {
    if asked.then == Then::Write {
        may_write(live)?;
    }
    let at = |field, wrong| Fault::Field { field, wrong, words: String::new() };
    let on = asked.on.trim();
    if !is_day(on) {
        return Err(at("on", "day"));
    }
    let order = MoveOrder {
        case: asked.case.clone(),
        beside: asked.beside.clone().filter(|id| !id.is_empty()),
        to: asked.to.clone(),
        on: on.to_owned(),
    };
    let journal = live.writing();
    live.refresh("")?;
    let no_form = |error| match error {
        Error::NoForm { .. } => at("to", "choose"),
        other => other.into(),
    };
    let mut done = move_form_dry(&live.root, &order).map_err(no_form)?;
    if done.from == order.to {
        return Err(at("to", "same"));
    }
    if asked.then == Then::Write {
        done = move_form(&live.root, &order)?;
        live.refresh(by)?;
    }
    let FormMoved { from, kept, renamed, new, archived, change, files } = done;
    let renamed: Vec<Json> =
        renamed.iter().map(|(path, was, is)| json!({ "path": path, "was": was, "is": is })).collect();
    let archived: Vec<Json> = archived.iter().map(|(path, id)| json!({ "path": path, "id": id })).collect();
    let files: Vec<Json> = files.iter().map(|(path, text)| json!({ "path": path, "gone": text.is_none() })).collect();
    Ok(json!({
        "from": from, "kept": kept, "renamed": renamed, "new": new, "archived": archived, "change": change,
        "files": files, "step": journal.standing(), "state": live.state(),
    }))
}
