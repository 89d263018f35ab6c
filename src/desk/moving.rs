//! A case moved to another version of its form（様式の移行）: what has the same id stays, what was renamed follows, what has no place any
//! more is kept in an archive beside the case.

mod entry;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::Error;
use crate::model::manifest::{FormDef, ItemDef, ItemKind, SectionDef};
use crate::model::{ItemPath, Library};
use crate::name::{BesideId, CaseId, CaseName, ChangeId, FormId, FormName};
use crate::session::{Checked, Session, Wanted, nothing_matches};
use crate::write::Steps;
use entry::{Fate, Moved as MovedEntry, moved};

/// An order to move a case（様式を移す依頼）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoveOrder {
    /// Case: the name of its assessment.
    pub case: CaseId,
    /// Id of the 評価書 beside the main one; none: the main one.
    pub beside: Option<BesideId>,
    /// Id of the form that it is moved to.
    pub to: FormId,
    /// Day of the change, as it is printed（変更日）.
    pub on: String,
}

/// What was, or would be, moved（移した結果）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormMoved {
    /// Id of the form that it was written in.
    pub from: FormId,
    /// Items that kept their place.
    pub kept: usize,
    /// Items that have another id now: file, old id, new id.
    pub renamed: Vec<(String, String, String)>,
    /// Items that the new form has and the old one had not, as `節 項目名`: nothing is written there yet（記載なし）.
    pub new: Vec<String>,
    /// Items without a place in the new form: file in the archive, id.
    pub archived: Vec<(String, String)>,
    /// Id of the change that 別添3 tells of it by.
    pub change: ChangeId,
    /// The files as they are now, by path from the root.
    pub files: BTreeMap<String, Option<String>>,
}

/// Moves a case to another version of its form, all or nothing.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case, [`Error::NoForm`] without such a form, and what reading and writing refuse.
pub fn move_form(root: &Path, order: &MoveOrder) -> Result<FormMoved, Error> {
    let (checked, moved) = moving(root, order)?;
    let beside = order.beside.as_deref().map(|id| format!("/{id}")).unwrap_or_default();
    let what = format!("様式の移行（{}）：{}{beside}", order.to, order.case);
    Steps::of(root).write(&checked.workspace.sources, (&what, &moved.files))?;
    Ok(moved)
}

/// What [`move_form`] would write.
///
/// # Errors
/// As [`move_form`], without those of writing.
pub fn move_form_dry(root: &Path, order: &MoveOrder) -> Result<FormMoved, Error> {
    moving(root, order).map(|(_, moved)| moved)
}

fn moving(root: &Path, order: &MoveOrder) -> Result<(Checked, FormMoved), Error> {
    let session = Session::open(root)?;
    let checked = session.gather(&session.wanted(&Wanted::default())?)?;
    let library = &checked.library;
    let Some(base) = library.assessments.get(&order.case) else {
        let wanted = Wanted { case: Some(order.case.clone()), ..Wanted::default() };
        return Err(nothing_matches(&wanted, &checked.case_names()));
    };
    let from = match &order.beside {
        None => Some(&base.value.form),
        Some(id) => base.value.beside.iter().find(|beside| beside.id.value == *id).map(|beside| &beside.form),
    };
    let form = |id: &FormId| library.form(None, id).map(|read| &*read.value);
    let (Some(from), Some(new)) = (from, form(&order.to)) else { return Err(no_form(library, &order.to)) };
    let Some(old) = form(&from.value) else { return Err(no_form(library, &from.value)) };
    let mut result =
        FormMoved { from: from.value.clone(), change: free_id(library, &order.to), ..FormMoved::default() };
    for folder in folders(library, order) {
        move_folder(&checked, (old, new), &folder, &mut result);
    }
    result.new = news(old, new);
    let sources = &checked.workspace.sources;
    let text = |path: &str| sources.find(Path::new(path)).map(|file| sources.get(file).text.to_string());
    let path = format!("{}/assessment.toml", order.case.shared_folder());
    let settings = text(&path).expect("the assessment was read from it");
    result.files.insert(path, Some(with_form(&settings, order)));
    let path = format!("{}/changes.toml", order.case.shared_folder());
    let changes = text(&path).unwrap_or_default();
    result.files.insert(path, Some(with_change(&changes, order, (old, new), &result.change)));
    Ok((checked, result))
}

/// An id for the change that no other has: a case may come back to a version.
fn free_id(library: &Library, to: &FormId) -> ChangeId {
    let all = library.changes.values().flat_map(|read| &read.value.change);
    let known: BTreeSet<&ChangeId> = all.map(|change| &change.id.value).collect();
    let words = std::iter::once(format!("form-{to}")).chain((2_usize..).map(|time| format!("form-{to}-{time}")));
    let mut free = words.map(ChangeId::from).filter(|id| !known.contains(id));
    free.next().expect("numbers do not end")
}

fn no_form(library: &Library, wanted: &FormId) -> Error {
    Error::NoForm {
        wanted: wanted.to_string(),
        forms: library.forms.keys().map(FormName::to_string).collect(),
        cases: library.assessments.keys().map(CaseId::to_string).collect(),
    }
}

/// The folders in which entries of the form stand, the shared one first.
fn folders(library: &Library, order: &MoveOrder) -> Vec<String> {
    let own = library.cases.keys().filter(|name| name.case == order.case).map(CaseName::folder);
    let all = std::iter::once(order.case.shared_folder()).chain(own);
    let below = |folder: String| match &order.beside {
        Some(id) => format!("{folder}/{id}"),
        None => folder,
    };
    all.map(below).collect()
}

fn move_folder(checked: &Checked, (old, new): (&FormDef, &FormDef), folder: &str, result: &mut FormMoved) {
    let sources = &checked.workspace.sources;
    let inside = |path: &String| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
    for (path, file) in checked.library.entries.iter().map(|(path, entry)| (path, entry.file)) {
        // Other forms of the case have folders of their own below it.
        let Some(below) = inside(path) else { continue };
        let part = below.split('/').next().unwrap_or_default();
        let Some(prefix) = prefix(old, part) else { continue };
        let fate = |id: &str| fate(new, &prefix, id);
        let MovedEntry { text, archive, kept, renamed, dropped } = moved(&sources.get(file).text, &fate);
        result.kept += kept;
        let name = format!("{path}.md");
        result.renamed.extend(renamed.into_iter().map(|(was, is)| (name.clone(), was, is)));
        if let Some(archive) = archive {
            let kept_in = format!("{folder}/archive/{}/{below}.md", old.id.value);
            result.archived.extend(dropped.into_iter().map(|id| (kept_in.clone(), id)));
            result.files.insert(kept_in, Some(archive));
        }
        if text.as_deref() != Some(&*sources.get(file).text) {
            result.files.insert(name, text);
        }
    }
}

/// The path under which rules name the items of an entry file: of a section, or of a group of records.
fn prefix(form: &FormDef, part: &str) -> Option<ItemPath> {
    if form.section(part).is_some() {
        return Some(ItemPath::of(part));
    }
    let is_group = |item: &&ItemDef| item.kind == ItemKind::Group && item.id.value == part;
    let section = form.section.iter().find(|section| section.all_items().iter().any(is_group))?;
    Some(ItemPath::of(&section.id.value).join(part))
}

/// What becomes of an item in another form.
fn fate(new: &FormDef, prefix: &ItemPath, id: &str) -> Fate {
    let has = |path: &ItemPath| new.section.iter().flat_map(SectionDef::paths).any(|known| known == *path);
    let old = prefix.join(id);
    if has(&old) {
        return Fate::Stays;
    }
    let renamed = new.renamed.iter().find(|renamed| renamed.was == old && has(&renamed.item.value));
    match renamed.and_then(|renamed| renamed.item.value.below(prefix)) {
        Some(id) => Fate::Renamed(id.to_string()),
        None => Fate::Archived,
    }
}

/// The items that only the new form has, those that were renamed left out.
fn news(old: &FormDef, new: &FormDef) -> Vec<String> {
    let known: BTreeSet<ItemPath> = old.section.iter().flat_map(SectionDef::paths).collect();
    let renamed: BTreeSet<&ItemPath> = new.renamed.iter().map(|renamed| &renamed.item.value).collect();
    let mut found = Vec::new();
    for section in &new.section {
        let paths = section.paths();
        for item in section.all_items() {
            let holds = !matches!(item.kind, ItemKind::Band | ItemKind::Cluster | ItemKind::Group | ItemKind::Fixed);
            let is_of = |path: &&ItemPath| path.last() == item.id.value;
            let path = paths.iter().find(is_of).expect("an item of the section has a path");
            if holds && !known.contains(path) && !renamed.contains(path) {
                let label = if item.label.is_empty() { item.id.value.as_str() } else { &item.label };
                found.push(format!("{} {label}", section.heading()));
            }
        }
    }
    found
}

/// `assessment.toml` with the new form.
fn with_form(text: &str, order: &MoveOrder) -> String {
    let mut document: DocumentMut = text.parse().expect("it was read as TOML before");
    match &order.beside {
        None => document["form"] = keeping(&document["form"], &order.to),
        Some(id) => {
            let all = document.get_mut("beside").and_then(Item::as_array_of_tables_mut);
            for beside in all.into_iter().flat_map(ArrayOfTables::iter_mut) {
                if beside.get("id").and_then(Item::as_str) == Some(id) {
                    beside["form"] = keeping(&beside["form"], &order.to);
                }
            }
        }
    }
    document.to_string()
}

/// A value in the place of another, with the comment beside it.
fn keeping(old: &Item, new: &str) -> Item {
    let mut item = value(new);
    if let (Some(own), Some(old)) = (item.as_value_mut(), old.as_value()) {
        *own.decor_mut() = old.decor().clone();
    }
    item
}

/// `changes.toml` with the change that tells of the move.
fn with_change(text: &str, order: &MoveOrder, (old, new): (&FormDef, &FormDef), id: &ChangeId) -> String {
    let mut document: DocumentMut = text.parse().expect("it was read as TOML before");
    let mut change = Table::new();
    change["id"] = value(id.as_str());
    change["reason"] = value("様式の改正に伴う変更");
    change["changed-on"] = value(&order.on);
    change["timing"] = value("事後");
    change["timing-note"] = value("様式の改正に伴う変更であり、重要な変更に当たらない。");
    change["outside-summary"] = value("様式だけの変更であるため");
    let mut row = toml_edit::InlineTable::new();
    row.insert("item", "様式".into());
    row.insert("before", format!("［{}］", old.tag).into());
    row.insert("after", format!("［{}］", new.tag).into());
    if let Some(beside) = &order.beside {
        row.insert("form", beside.as_str().into());
    }
    change["row"] = value(row);
    let all = document.entry("change").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(all) = all.as_array_of_tables_mut() {
        all.push(change);
    }
    document.to_string()
}
