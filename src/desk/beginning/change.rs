//! A change declared（変更の登録）: one more `[[change]]` in `changes.toml`, all else in the file as it was.

use std::path::Path;

use super::tables::{table, with_table};
use super::{Begun, Files, Made, text_of};
use crate::check::is_day;
use crate::desk::checklist::Mode;
use crate::model::Case;
use crate::model::manifest::Timing;
use crate::name::{CaseId, CaseName, ChangeId, Slug};
use crate::session::{Checked, Session, find};
use crate::source::{id_fault, parted};
use crate::{Error, Said};

/// A change to be declared（変更を登録する依頼）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Whose change it is.
    pub owner: ChangeOwner,
    /// Id.
    pub id: ChangeId,
    /// 事由.
    pub reason: String,
    /// 変更日; may be empty.
    pub on: String,
    /// 提出時期.
    pub timing: Option<Timing>,
    /// 提出時期に係る説明; may be empty.
    pub note: String,
}

/// Whose change it is（どこに登録するか）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChangeOwner {
    /// This municipality's own.
    #[default]
    Own,
    /// That of all who share the assessment.
    Shared,
}

/// Why a change cannot be declared（登録できない理由）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeFault {
    /// The id cannot be one.
    Id,
    /// The id is another change's.
    IdTaken,
    /// Without a reason.
    NoReason,
    /// The day is none.
    NoDay,
    /// The file cannot be read as TOML.
    Unreadable,
}

/// Declares a change of a case.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case, [`Error::Change`] where it cannot be declared, and what reading and writing refuse.
pub fn begin_change(root: &Path, order: &ChangeOrder) -> Result<Begun, Error> {
    let checked = Session::open(root)?.municipality(&order.municipality)?;
    let name = CaseName::new(&order.municipality, &order.case);
    let case = find(&checked, &name)?;
    let (path, text) = declare(&checked, case, order).map_err(|fault| Error::Change { reason: fault.words(order) })?;
    let what = format!("変更の登録（{}）：{name}", order.id.trim());
    let files = Files::from([(path, Some(text))]);
    Made { checked, what, files, terms: Vec::new() }.carried(root, Mode::Write)
}

/// The file in which a change is declared, and its new text.
///
/// # Errors
/// What is wrong with the change.
pub fn declare(checked: &Checked, case: &Case, order: &ChangeOrder) -> Result<(String, String), ChangeFault> {
    let (id, reason, on) = (order.id.trim(), order.reason.trim(), order.on.trim());
    let home = checked.workspace.sources.shown(case.file);
    let (own, _) = parted(&home);
    let shared = order.case.shared_folder();
    let path = match order.owner {
        ChangeOwner::Own => format!("{own}/changes.toml"),
        ChangeOwner::Shared => format!("{shared}/changes.toml"),
    };
    // What the case has accepted is gone from its list, and its id is taken all the same.
    let folders = [shared.as_str(), own];
    let declared = folders.iter().filter_map(|folder| checked.library.changes.get(*folder));
    if declared.flat_map(|read| &read.value.change).any(|change| change.id.value == id) {
        return Err(ChangeFault::IdTaken);
    }
    if id_fault(id).is_some() {
        return Err(ChangeFault::Id);
    }
    if reason.is_empty() {
        return Err(ChangeFault::NoReason);
    }
    if !on.is_empty() && !is_day(on) {
        return Err(ChangeFault::NoDay);
    }
    let before = text_of(checked, &path).unwrap_or_default();
    let timing = order.timing.map(Timing::label).unwrap_or_default();
    let note = order.note.trim();
    let keys = [("id", id), ("reason", reason), ("changed-on", on), ("timing", timing), ("timing-note", note)];
    let text = with_table(&before, "change", table(&keys)).ok_or(ChangeFault::Unreadable)?;
    Ok((path, text))
}

impl ChangeFault {
    fn words(self, order: &ChangeOrder) -> Said {
        let (id, on) = (&order.id, &order.on);
        match self {
            Self::Id => Said::new(
                format!("ID「{id}」は使えません。半角の英小文字、数字、ハイフンで書いてください"),
                format!("{id} cannot be an id; write it in small letters, digits and hyphens"),
            ),
            Self::IdTaken => Said::new(
                format!("ID「{id}」の変更は、すでにあります。別の ID を付けてください"),
                format!("there is a change {id} already; give another id"),
            ),
            Self::NoReason => Said::new("事由（--reason）が空です", "--reason is empty"),
            Self::NoDay => Said::new(
                format!("「{on}」という日付はありません。--on に「令和8年4月1日」のように書いてください"),
                format!("no such date: {on}; write --on like 令和8年4月1日"),
            ),
            Self::Unreadable => Said::new(
                "changes.toml を読めません。hyoka check で誤りを確かめてください",
                "changes.toml cannot be read; hyoka check says why",
            ),
        }
    }
}
