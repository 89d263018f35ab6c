//! Changes at the desk: one declared（変更の登録）, one more `[[change]]` in `changes.toml`, all else in the file as it was; and the rows
//! that all of them have（変更箇所）, in the order of the pages.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value as Json, json};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::answers::form;
use super::entry::Owner;
use super::fault::Fault;
use super::live::Live;
use super::marks::groups_of;
use super::saving::may_write;
use super::sheets::Asked;
use crate::change::units;
use crate::check::is_day;
use crate::model::manifest::Timing;
use crate::session::find;
use crate::source::id_fault;

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
    let mut journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.town)?;
    let case = find(&checked, &asked.town, &asked.case)?;
    let (id, reason, on) = (asked.id.trim(), asked.reason.trim(), asked.on.trim());
    let home = checked.workspace.sources.shown(case.file);
    let own = home.rsplit_once('/').map_or("", |(folder, _)| folder);
    let shared = format!("content/assessments/{}", asked.case);
    let path = match asked.owner {
        Owner::Own => format!("{own}/changes.toml"),
        Owner::Shared => format!("{shared}/changes.toml"),
    };
    // What the case has accepted is gone from its list, and its id is taken all the same.
    let folders = [shared.as_str(), own];
    let declared = folders.iter().filter_map(|folder| checked.library.changes.get(*folder));
    let is_taken = declared.flat_map(|read| &read.value.change).any(|change| change.id.value == id);
    if id_fault(id).is_some() || is_taken {
        return Err(Fault::Unfit(if is_taken { "id-taken" } else { "id" }));
    }
    if reason.is_empty() {
        return Err(Fault::Unfit("no-reason"));
    }
    if !on.is_empty() && !is_day(on) {
        return Err(Fault::Unfit("no-day"));
    }
    let sources = &checked.workspace.sources;
    let before = sources.find(Path::new(&path)).map(|file| sources.get(file).text.to_string()).unwrap_or_default();
    let mut change = Table::new();
    change.insert("id", value(id));
    change.insert("reason", value(reason));
    let timing = asked.timing.map(Timing::label).unwrap_or_default();
    for (key, words) in [("changed-on", on), ("timing", timing), ("timing-note", asked.note.trim())] {
        if !words.is_empty() {
            change.insert(key, value(words));
        }
    }
    let text = with(&before, change).ok_or(Fault::Unfit("unreadable"))?;
    let what = format!("変更（{reason}）");
    journal.write(&live.root, sources, (&what, &BTreeMap::from([(path, Some(text))])))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state() }))
}

/// The changed rows of a form in print order, as 変更箇所一覧 has them: where, why, on which pages of 溶け込み版, and each mark.
pub(super) fn changed_rows(live: &Live, asked: &Asked) -> Result<Json, Fault> {
    let checked = live.town(&asked.town)?;
    let case = find(&checked, &asked.town, &asked.case)?;
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

/// The file with one change more, after the others.
fn with(before: &str, mut change: Table) -> Option<String> {
    let mut document: DocumentMut = before.parse().ok()?;
    let item = document.entry("change").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list = item.as_array_of_tables_mut()?;
    if !list.is_empty() {
        change.decor_mut().set_prefix("\n");
    }
    list.push(change);
    Some(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change() -> Table {
        let mut change = Table::new();
        change.insert("id", value("new"));
        change
    }

    #[test]
    fn a_change_stands_after_the_others_and_all_else_stays() {
        let before = "# 頭\n[[change]] # 一\nid = \"a\"\n\n[[summary]]\nid = \"s\" # 二\n";
        let after = "# 頭\n[[change]] # 一\nid = \"a\"\n\n[[change]]\nid = \"new\"\n\n[[summary]]\nid = \"s\" # 二\n";
        assert_eq!(with(before, change()).as_deref(), Some(after));
        assert_eq!(with("", change()).as_deref(), Some("[[change]]\nid = \"new\"\n"));
        assert_eq!(with("change = 1\n", change()), None);
        assert_eq!(with("[[change]\n", change()), None);
    }
}
