//! The 特定個人情報ファイル of a case: added, put in another order, removed, as `[[file]]` of `case.toml` keeps them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::entry::hash;
use super::fault::{Fault, Theirs};
use super::live::Live;
use super::records::{OfGroup, RecordAsked, RecordThen, losing};
use super::saving::{concerned, may_write, text_of, without_unused};
use crate::model::Case;
use crate::model::manifest::Repeat;
use crate::name::{CaseName, PersonalFileId, Slug};
use crate::session::{Checked, find};
use crate::source::id_fault;

/// The name that stands in place of a group's for the files of a case.
pub(super) const FILES: &str = "@file";

/// The files of a case by id and name, where its form has something for each.
pub(super) fn files_of(checked: &Checked, town: &Slug, case: &Case) -> Option<Vec<(PersonalFileId, String)>> {
    let mut sections = case.main()?.form.section.iter();
    sections.find(|section| section.repeat == Some(Repeat::File))?;
    let settings = checked.library.cases.get(&CaseName::new(town, &case.id))?;
    Some(settings.value.file.iter().map(|file| (file.id.value.clone(), file.name.clone())).collect())
}

/// Where they are listed, and what that is known by.
fn place(checked: &Checked, case: &Case, all: &[(PersonalFileId, String)]) -> (String, String) {
    (checked.workspace.sources.shown(case.file), hash(&format!("{all:?}")))
}

/// The files of a case as the records of a group.
pub(super) fn file_records(checked: &Checked, asked: &OfGroup) -> Result<Json, Fault> {
    let case = find(checked, &CaseName::new(&asked.town, &asked.case))?;
    let all = files_of(checked, &asked.town, case).ok_or(Fault::Unknown)?;
    let (path, hash) = place(checked, case, &all);
    let records: Vec<Json> = all.iter().map(|(id, name)| json!({ "id": id, "title": name, "state": null })).collect();
    Ok(json!({
        "case": case.id, "form": asked.form, "section": "", "group": FILES, "label": "特定個人情報ファイル",
        "heading": case.title, "guidance": null, "files": [], "titled": true,
        "layers": [{ "path": path, "owner": "own", "hash": hash, "written": true, "records": records }],
    }))
}

/// Adds, moves or removes a file.
pub(super) fn change_files(live: &Live, asked: &RecordAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.of.town)?;
    let case = find(&checked, &CaseName::new(&asked.of.town, &asked.of.case))?;
    let all = files_of(&checked, &asked.of.town, case).ok_or(Fault::Unknown)?;
    let (path, now) = place(&checked, case, &all);
    if (&asked.layer, &asked.hash) != (&path, &now) {
        return Err(Fault::Conflict(Box::new(Theirs { written: None, hash: now })));
    }
    let text = text_of(&checked, &path).ok_or(Fault::Unknown)?;
    let new = rewritten(&text, &all, &asked.then)?;
    let mut files = BTreeMap::from([(path, Some(new))]);
    let mut before = concerned(live, &asked.of.town, &files)?;
    if matches!(asked.then, RecordThen::Remove { .. }) {
        if losing(&before, &files).is_some() {
            return Err(Fault::Unfit("file-published"));
        }
        before = without_unused(live, &asked.of.town, &before, &mut files)?;
    }
    let what = match &asked.then {
        RecordThen::Add { id, .. } => format!("特定個人情報ファイルの追加（{id}）"),
        RecordThen::Remove { id } => format!("特定個人情報ファイルの削除（{id}）"),
        RecordThen::Move { id, .. } => format!("特定個人情報ファイルの並べ替え（{id}）"),
    };
    journal.write(&before.workspace.sources, (&what, &files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state() }))
}

/// The settings of a case with another list of files; all else stays.
fn rewritten(text: &str, all: &[(PersonalFileId, String)], then: &RecordThen) -> Result<String, Fault> {
    let mut settings: DocumentMut = text.parse().map_err(|_| Fault::Unfit("unreadable"))?;
    let list = settings.entry("file").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list = list.as_array_of_tables_mut().ok_or(Fault::Unfit("unreadable"))?;
    // The browser names a file of a case as it names a record.
    let id = &PersonalFileId::from(then.id().as_str());
    let at = || all.iter().position(|(known, _)| known == id).ok_or(Fault::Unknown);
    match then {
        RecordThen::Add { title, .. } => {
            if id_fault(id).is_some() {
                return Err(Fault::Unfit("id"));
            }
            if at().is_ok() {
                return Err(Fault::Unfit("id-listed"));
            }
            let name = title.as_deref().map(str::trim).filter(|name| !name.is_empty());
            let mut table = Table::new();
            table.insert("id", value(id.as_str()));
            table.insert("name", value(name.ok_or(Fault::Unfit("no-title"))?));
            table.decor_mut().set_prefix("\n");
            list.push(table);
        }
        RecordThen::Remove { .. } => drop(list.remove(at()?)),
        RecordThen::Move { to, .. } => {
            let at = at()?;
            // Where a table is written follows from its place in the file, which it takes from the one that stood there.
            let places: Vec<Option<isize>> = list.iter().map(Table::position).collect();
            let mut tables: Vec<Table> = list.iter().cloned().collect();
            let table = tables.remove(at);
            tables.insert((*to).min(tables.len()), table);
            for (known, (mut table, place)) in list.iter_mut().zip(tables.into_iter().zip(places)) {
                table.set_position(place);
                *known = table;
            }
        }
    }
    if list.is_empty() {
        settings.remove("file");
    }
    Ok(settings.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "title = \"事務\" # 名\n\n# 一つ目\n[[file]]\nid = \"a\"\nname = \"甲\"\n\n[[file]]\nid = \"b\" # 乙\nname = \"乙\"\n\n[[period]]\nid = \"p\"\n";

    fn with(then: &RecordThen) -> String {
        let all = [("a".into(), "甲".to_owned()), ("b".into(), "乙".to_owned())];
        rewritten(TEXT, &all, then).unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    #[test]
    fn the_list_is_another_and_all_else_stays() {
        let added = with(&RecordThen::Add { id: "c".into(), title: Some("丙".to_owned()), owner: None });
        assert_eq!(added, TEXT.replace("name = \"乙\"\n", "name = \"乙\"\n\n[[file]]\nid = \"c\"\nname = \"丙\"\n"));
        let removed = with(&RecordThen::Remove { id: "b".into() });
        assert_eq!(removed, TEXT.replace("\n[[file]]\nid = \"b\" # 乙\nname = \"乙\"\n", ""));
        let moved = with(&RecordThen::Move { id: "b".into(), to: 0 });
        let (b, a) =
            (moved.find("id = \"b\" # 乙").expect("it is there"), moved.find("# 一つ目").expect("it is there"));
        assert!(b < a && a < moved.find("[[period]]").expect("it is there"), "{moved}");
        assert_eq!(with(&RecordThen::Move { id: "a".into(), to: 0 }), TEXT);
    }
}
