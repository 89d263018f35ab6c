//! A new checklist of a submission（チェックリストを始める）: a sheet for each of its tables.

use std::path::Path;

use super::tables::{quoted, with_document};
use super::{Begun, Files, Made, form_of, none_there, of, said, settings_of, unreadable};
use crate::Error;
use crate::desk::checklist::Mode;
use crate::model::manifest::SectionLayout;
use crate::name::{CaseId, CaseName, Slug};

/// An order for a checklist（チェックリストを始める依頼）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case: the submission that it belongs to.
    pub case: CaseId,
    /// Title of the workbook.
    pub title: String,
}

/// Begins a checklist.
///
/// # Errors
/// [`Error::NoSuch`] without the submission, and as [`begin_assessment`](super::begin_assessment).
pub fn begin_checklist(root: &Path, order: &ChecklistOrder) -> Result<Begun, Error> {
    made(root, order)?.carried(root, Mode::Write)
}

pub(super) fn made(root: &Path, order: &ChecklistOrder) -> Result<Made, Error> {
    said("--title", &order.title)?;
    let checked = of(root, &order.municipality)?;
    let (path, settings) = settings_of(&checked, &order.municipality)?;
    let name = CaseName::new(&order.municipality, &order.case);
    let Some(submission) = checked.library.submissions.get(&name) else {
        let own = checked.library.submissions.keys().filter(|known| known.municipality == order.municipality);
        let known: Vec<&str> = own.map(|known| &*known.case).collect();
        return Err(Error::no_such(("付議事項", "submission"), &order.case, &known));
    };
    let file = name.checklist();
    none_there(root, [&file])?;
    let form = form_of(&checked.library, &order.municipality, &submission.value.form.value)?;
    let mut text = format!(
        "# 別紙チェックリスト。表ごとに1枚。対策は [[sheet.measure]] に書きます（手引「8 チェックリストの往復」）。\ntitle = {}\n",
        quoted(order.title.trim())
    );
    for section in form.section.iter().filter(|section| section.layout == SectionLayout::Table) {
        let (id, title) = (&section.id.value, section.heading());
        let keys = [("id", id.as_str()), ("table", id), ("side", &title), ("title", &title)];
        let keys: String = keys.iter().map(|(key, words)| format!("{key} = {}\n", quoted(words))).collect();
        text.push_str(&format!("\n[[sheet]]\n{keys}"));
    }
    let keys =
        [("case", order.case.as_str()), ("id", "checklist"), ("kind", "checklist"), ("title", order.title.trim())];
    let settings = with_document(&settings, &keys, &["xlsx"]).ok_or_else(|| unreadable(&path))?;
    let files = Files::from([(file, Some(text)), (path, Some(settings))]);
    Ok(Made { checked, what: format!("チェックリストの作成：{name}"), files, terms: Vec::new() })
}
