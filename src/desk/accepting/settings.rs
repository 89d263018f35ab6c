//! What accepting changes does to the settings: `changes.toml`, `change-summary.md`, the case's own file, `edition.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, value};

use super::super::editions::{about, edit};
use super::AcceptOrder;
use crate::change::used_changes;
use crate::diagnostic::Span;
use crate::model::Case;
use crate::model::manifest::MeasureState;
use crate::name::{CaseName, ChangeId, SummaryId};
use crate::session::Checked;

type Files = BTreeMap<String, Option<String>>;

/// A mark that a case shows.
struct Shown<'c> {
    case: &'c Case,
    change: ChangeId,
    span: Span,
}

/// Marks of a case's texts, of whatever change.
fn marks(case: &Case) -> Vec<Shown<'_>> {
    let places = case.all_filled().flat_map(used_changes).map(|place| place.mark);
    let texts = case.checklist.iter().flat_map(|checklist| checklist.texts.values());
    let all = places.chain(texts.flat_map(|text| text.marks.iter().cloned()));
    all.map(|mark| Shown { case, change: mark.change, span: mark.span }).collect()
}

/// Marks of all other cases.
fn marks_elsewhere<'c>(checked: &'c Checked, name: &CaseName) -> Vec<Shown<'c>> {
    let others = checked.model.cases().filter(|(of, other)| of.name(other) != *name);
    others.flat_map(|(_, other)| marks(other)).collect()
}

/// Places of marks that another case still shows.
pub(super) fn kept_marks(checked: &Checked, name: &CaseName) -> BTreeSet<Span> {
    marks_elsewhere(checked, name).into_iter().map(|shown| shown.span).collect()
}

/// Those of the changes that another case still has marks of: of the same assessment, or in the same shared text. The same id in
/// a case of its own is another change.
pub(super) fn needed_elsewhere(checked: &Checked, name: &CaseName, case: &Case, changes: &[ChangeId]) -> Vec<ChangeId> {
    let own: BTreeSet<Span> = marks(case).into_iter().map(|shown| shown.span).collect();
    let is_shared =
        |shown: &Shown<'_>| own.contains(&shown.span) || (case.submission.is_none() && shown.case.id == case.id);
    let needed: BTreeSet<ChangeId> =
        marks_elsewhere(checked, name).into_iter().filter(is_shared).map(|shown| shown.change).collect();
    changes.iter().filter(|change| needed.contains(*change)).cloned().collect()
}

/// Brings the settings in line, and returns `edition.toml` with the changes that went into the edition.
pub(super) fn settle(
    checked: &Checked,
    case: &Case,
    order: &AcceptOrder,
    changes: &[ChangeId],
    shared: &[ChangeId],
    files: &mut Files,
) -> DocumentMut {
    let mut edition = about(&order.title, case.edition.as_ref().map(|(id, _)| id));
    accepted_keys(checked, case, changes, shared, files);
    let sources = &checked.workspace.sources;
    let own = sources.get(case.file).path.with_file_name("changes.toml");
    let base = Path::new(&case.id.shared_folder()).join("changes.toml");
    for file in [own, base].iter().filter_map(|path| sources.find(path)) {
        let source = sources.get(file);
        let path = source.path.to_string_lossy().into_owned();
        let mut declared: DocumentMut = source.text.parse().expect("it was read as TOML before");
        // What is the case's own goes now; what others share goes with the last of them.
        let shared = if path.starts_with("content/assessments/") { shared } else { &[] };
        archive(&mut declared, &mut edition, changes, shared);
        let told = summaries(&mut declared, &mut edition, changes, shared);
        let texts = path.replace("changes.toml", "change-summary.md");
        summary_texts(checked, &texts, &told, order, files);
        let text = declared.to_string();
        if text != *source.text {
            files.insert(path, Some(text));
        }
    }
    if changes.len() == case.changes.list.len() {
        keep_measures(checked, case, files);
    }
    edition
}

/// Once all changes are accepted, every measure stands in the new edition: none is new or changed against it.
fn keep_measures(checked: &Checked, case: &Case, files: &mut Files) {
    let Some(checklist) = &case.checklist else { return };
    let file = checked.workspace.sources.get(checklist.file);
    let path = file.path.to_string_lossy().into_owned();
    let text = files.get(&path).cloned().flatten().unwrap_or_else(|| file.text.to_string());
    let mut settings: DocumentMut = text.parse().expect("it was read as TOML before");
    for sheet in tables(settings.get_mut("sheet")) {
        for measure in tables(sheet.get_mut("measure")) {
            if let Some(state) = measure.get_mut("state").and_then(Item::as_value_mut) {
                let decor = state.decor().clone();
                *state = MeasureState::Kept.label().into();
                *state.decor_mut() = decor;
            }
        }
    }
    files.insert(path, Some(settings.to_string()));
}

fn tables(item: Option<&mut Item>) -> impl Iterator<Item = &mut toml_edit::Table> {
    item.and_then(Item::as_array_of_tables_mut).into_iter().flat_map(ArrayOfTables::iter_mut)
}

/// `accepted` of this case and of those that had accepted before: what is folded altogether need not be named.
fn accepted_keys(checked: &Checked, case: &Case, changes: &[ChangeId], shared: &[ChangeId], files: &mut Files) {
    let folded = |id: &ChangeId| changes.contains(id) && !shared.contains(id);
    for (_, other) in checked.model.cases() {
        let is_own = std::ptr::eq(other, case);
        edit(checked, other, files, |settings| {
            let before: Vec<ChangeId> = settings
                .get("accepted")
                .and_then(Item::as_array)
                .into_iter()
                .flatten()
                .filter_map(|id| id.as_str().map(ChangeId::from))
                .collect();
            let mut after: Vec<ChangeId> = before.iter().filter(|id| !folded(id)).cloned().collect();
            if is_own {
                after.extend(shared.iter().filter(|id| !before.contains(id)).cloned());
            }
            if after == before {
                return;
            }
            if after.is_empty() {
                settings.remove("accepted");
            } else {
                settings.insert("accepted", value(after.iter().map(ChangeId::as_str).collect::<Array>()));
            }
        });
    }
    let sources = &checked.workspace.sources;
    files.retain(|path, text| {
        let file = sources.find(Path::new(path)).map(|file| sources.get(file));
        file.is_none_or(|file| text.as_deref() != Some(&*file.text))
    });
}

/// Copies what `changes.toml` says of the changes into the edition, and takes out of it what no case needs any more.
fn archive(declared: &mut DocumentMut, edition: &mut DocumentMut, changes: &[ChangeId], shared: &[ChangeId]) {
    let Some(tables) = declared.get_mut("change").and_then(Item::as_array_of_tables_mut) else { return };
    let id = |table: &toml_edit::Table| ChangeId::from(table.get("id").and_then(Item::as_str).unwrap_or_default());
    for table in tables.iter().filter(|table| changes.contains(&id(table))) {
        push(edition, "change", table.clone());
    }
    tables.retain(|table| !changes.contains(&id(table)) || shared.contains(&id(table)));
    if tables.is_empty() {
        declared.remove("change");
    }
}

/// Takes the changes out of 主な変更内容; items that tell of nothing else go into the edition. Their ids.
fn summaries(
    declared: &mut DocumentMut,
    edition: &mut DocumentMut,
    changes: &[ChangeId],
    shared: &[ChangeId],
) -> Vec<SummaryId> {
    let mut told = Vec::new();
    let Some(tables) = declared.get_mut("summary").and_then(Item::as_array_of_tables_mut) else { return told };
    let ids = |table: &toml_edit::Table| -> Vec<ChangeId> {
        let list = table.get("changes").and_then(Item::as_array).into_iter().flatten();
        list.filter_map(|id| id.as_str().map(ChangeId::from)).collect()
    };
    let gone = |id: &ChangeId| changes.contains(id) && !shared.contains(id);
    let id = |table: &toml_edit::Table| SummaryId::from(table.get("id").and_then(Item::as_str).unwrap_or_default());
    for table in tables.iter_mut() {
        let all = ids(table);
        if !all.is_empty() && all.iter().all(gone) {
            push(edition, "summary", table.clone());
            told.push(id(table));
        } else if let Some(list) = table.get_mut("changes").and_then(Item::as_array_mut)
            && all.iter().any(gone)
        {
            list.retain(|id| id.as_str().is_none_or(|id| !gone(&id.into())));
        }
    }
    tables.retain(|table| !told.contains(&id(table)));
    if tables.is_empty() {
        declared.remove("summary");
    }
    told
}

fn push(document: &mut DocumentMut, key: &str, mut table: toml_edit::Table) {
    // The place of a table in its old file means nothing here, nor does a comment above it.
    table.set_position(None);
    table.decor_mut().set_prefix("\n");
    let tables = document.entry(key).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let tables = tables.as_array_of_tables_mut().expect("it was made as one");
    let id = |table: &toml_edit::Table| table.get("id").and_then(Item::as_str).map(str::to_owned);
    // The case's own words go before those it shares.
    if !tables.iter().any(|known| id(known) == id(&table)) {
        tables.push(table);
    }
}

/// Moves the texts of summary items into the edition.
fn summary_texts(checked: &Checked, path: &str, told: &[SummaryId], order: &AcceptOrder, files: &mut Files) {
    let sources = &checked.workspace.sources;
    let Some(file) = sources.find(Path::new(path)).filter(|_| !told.is_empty()) else { return };
    let text = &sources.get(file).text;
    let (mut kept, mut moved) = (String::new(), String::new());
    let mut is_told = false;
    for line in text.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("## ") {
            let id = heading.split_whitespace().next().unwrap_or_default();
            is_told = told.iter().any(|known| known == id);
        }
        if is_told { moved.push_str(line) } else { kept.push_str(line) }
    }
    let left = kept.lines().any(|line| line.starts_with("## "));
    files.insert(path.to_owned(), left.then_some(kept));
    let edition = CaseName::new(&order.municipality, &order.case).edition(&order.edition);
    let archive = format!("{}/change-summary.md", edition.folder());
    files.insert(archive, Some(moved));
}
