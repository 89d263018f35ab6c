//! A mistake whose cure is mechanical, mended from the desk（直し）: the stretch that the diagnostic names, as any other write.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::Live;
use super::saving::{Marking, concerned, key_of, marked, may_write};
use crate::diagnostic::Fix;
use crate::name::{CaseId, ChangeId, Slug};
use crate::session::Checked;

/// A cure, as the browser was told it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FixAsked {
    /// Slug of the municipality.
    town: Slug,
    /// Code of the mistake.
    code: String,
    /// The file.
    path: String,
    /// First byte of the stretch.
    start: usize,
    /// One past its last byte.
    end: usize,
    /// What comes there.
    text: String,
    /// The item that it stands in: case, prefix of the form, path.
    #[serde(default)]
    item: Option<(CaseId, String, String)>,
    /// The change that the new words belong to; none: no mark is written.
    #[serde(default)]
    change: Option<ChangeId>,
}

/// Mends a mistake. It must still be there, as it was shown, and be gone afterwards.
pub(super) fn mend(live: &Live, asked: &FixAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.town)?;
    let sources = &checked.workspace.sources;
    let found = checked.diagnostics.by_path(sources).into_iter().find_map(|found| {
        let fix = found.fix(sources)?;
        let is_it = found.code.id() == asked.code
            && sources.shown(fix.span.file) == asked.path
            && (fix.span.start, fix.span.end, &fix.text) == (asked.start, asked.end, &asked.text);
        is_it.then_some((found, fix))
    });
    let (found, fix) = found.ok_or(Fault::Moved)?;
    let old = &sources.get(fix.span.file).text;
    let new = [&old[..fix.span.start], &fix.text, &old[fix.span.end..]].concat();
    let mut files = BTreeMap::from([(asked.path.clone(), Some(new))]);
    let after = checked.fork(&files);
    let is_left = after.diagnostics.sorted().into_iter().any(|left| {
        let again = left.fix(&after.workspace.sources);
        let is_there = |again: Fix| (again.span.start, again.text) == (fix.span.start, fix.text.clone());
        left.code == found.code && left.args == found.args && again.is_some_and(is_there)
    });
    // What the mistake hid may come to light now; a file that could be read before still can be.
    let is_read = |checked: &Checked| checked.library.entries.contains_key(asked.path.trim_end_matches(".md"));
    if is_left || is_read(&checked) != is_read(&after) {
        return Err(Fault::Unfit("fix-fails"));
    }
    let (mut before, mut by_hand) = (checked.clone(), 0);
    if let (Some(change), Some((case, form, path))) = (&asked.change, &asked.item) {
        before = concerned(live, &asked.town, &files)?;
        let place = Marking { town: &asked.town, case, keys: vec![key_of(form, path)] };
        let marked = marked(&before, &files, (&place, change))?;
        files.extend(marked.files);
        by_hand = marked.by_hand.len();
    }
    let what = format!("直し（{} {}）", asked.code, asked.text.trim());
    journal.write(&before.workspace.sources, (&what, &files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state(), "by_hand": by_hand }))
}
