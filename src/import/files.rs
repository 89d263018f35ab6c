//! What was read as the files of a workspace: text by path.

use std::collections::BTreeMap;

use super::history::HistoryRow;
use super::{EntryFile, Imported};
use crate::name::{BesideId, CaseId, CaseName, FormId, ItemId, Slug};
use crate::render::StampedAnnex;

/// Names of the case that is written（取込先）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseNames {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Its name; where it is new.
    pub name: String,
    /// Its code; where it is new.
    pub code: String,
    /// Case.
    pub case: CaseId,
    /// Name of the assessment.
    pub title: String,
    /// Date of the case.
    pub date: String,
    /// Id of the form.
    pub form: FormId,
    /// Id of the 評価書 beside the main one of the case; none: the main one.
    pub beside: Option<BesideId>,
    /// 別紙 that the workbook names.
    pub annexes: Vec<StampedAnnex>,
}

impl CaseNames {
    /// The case.
    #[must_use]
    pub fn of_case(&self) -> CaseName {
        CaseName::new(&self.municipality, &self.case)
    }

    /// Folder of the entries, from the root.
    #[must_use]
    pub fn folder(&self) -> String {
        let case = self.of_case().folder();
        self.beside.as_ref().map_or_else(|| case.clone(), |beside| format!("{case}/{beside}"))
    }
}

/// The files of a case, by path from the root.
///
/// `base` are the items of a shared assessment by the path of their file below its folder: what the workbook does not have of them is
/// omitted in the municipality's file, so that it does not shine through. Of a 評価書 beside the main one they are its entries alone: the
/// figures and the settings are those of its case.
#[must_use]
pub fn files(imported: &Imported, names: &CaseNames, base: &BTreeMap<String, Vec<ItemId>>) -> BTreeMap<String, String> {
    let folder = names.folder();
    let mut files = BTreeMap::new();
    for (path, entry) in &imported.entries {
        let below = base.get(path).map_or(&[][..], Vec::as_slice);
        let omitted: Vec<&ItemId> = below.iter().filter(|item| !entry.has(item)).collect();
        if names.beside.is_none() || *entry != EntryFile::default() || !omitted.is_empty() {
            files.insert(format!("{folder}/{path}.md"), entry_text(entry, &omitted));
        }
    }
    if names.beside.is_some() {
        return files;
    }
    for (id, text) in &imported.flows {
        files.insert(format!("{folder}/flows/{id}.md"), text.clone());
    }
    if !imported.history.is_empty() {
        files.insert(format!("{folder}/changes.toml"), history_text(&imported.history, None));
    }
    files.insert(format!("{folder}/case.toml"), case_text(imported, names));
    files.insert(
        format!("{}/assessment.toml", names.case.shared_folder()),
        format!("form = {}\ntitle = {}\n", quoted(&names.form), quoted(&names.title)),
    );
    files.insert(names.municipality.settings(), municipality_text(names));
    files
}

impl EntryFile {
    fn has(&self, item: &ItemId) -> bool {
        self.values.iter().chain(&self.texts).any(|(id, _)| id == item)
    }
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

fn entry_text(entry: &EntryFile, omitted: &[&ItemId]) -> String {
    let mut text = String::from("+++\n");
    if !omitted.is_empty() {
        let ids: Vec<String> = omitted.iter().map(|id| quoted(id)).collect();
        text.push_str(&format!("omit = [{}]\n\n", ids.join(", ")));
    }
    text.push_str("[values]\n");
    for (id, value) in &entry.values {
        text.push_str(&format!("{id} = {value}\n"));
    }
    if !entry.groups.is_empty() {
        text.push_str("\n[groups]\n");
        for (id, heading) in &entry.groups {
            text.push_str(&format!("{id} = {}\n", quoted(heading)));
        }
    }
    text.push_str("+++\n");
    for (id, markdown) in &entry.texts {
        text.push_str(&format!("\n## {id}\n\n{markdown}\n"));
    }
    text
}

fn case_text(imported: &Imported, names: &CaseNames) -> String {
    let mut text = format!("title = {}\ndate = {}\n", quoted(&names.title), quoted(&names.date));
    if !imported.flows.is_empty() {
        let ids: Vec<String> = imported.flows.iter().map(|(id, _)| quoted(id)).collect();
        text.push_str(&format!("flows = [{}]\n", ids.join(", ")));
    }
    if imported.files.is_empty() {
        text.push_str("file = []\n");
    }
    for (id, name) in &imported.files {
        text.push_str(&format!("\n[[file]]\nid = {}\nname = {}\n", quoted(id), quoted(name)));
    }
    for annex in &names.annexes {
        let of: [(&str, &str); 4] =
            [("id", &annex.id), ("number", &annex.number), ("title", &annex.title), ("after", &annex.after)];
        let keys: String = of.iter().map(|(key, value)| format!("{key} = {}\n", quoted(value))).collect();
        text.push_str(&format!("\n[[annex]]\n{keys}"));
    }
    text
}

/// The list of changes as the history of the case, or of the 評価書 beside its main one.
#[must_use]
pub fn history_text(rows: &[HistoryRow], beside: Option<&BesideId>) -> String {
    let form = beside.map(String::from).unwrap_or_default();
    let row = |row: &HistoryRow| {
        let cells = [
            ("form", &form),
            ("changed-on", &row.changed_on),
            ("item", &row.item),
            ("before", &row.before),
            ("after", &row.after),
            ("timing", &row.timing),
            ("timing-note", &row.timing_note),
        ];
        let written = cells.into_iter().filter(|(_, text)| !text.is_empty());
        let keys: String = written.map(|(key, text)| format!("{key} = {}\n", quoted(text))).collect();
        format!("[[history]]\n{keys}")
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// A municipality that issues the assessment and nothing else yet.
fn municipality_text(names: &CaseNames) -> String {
    format!(
        "name = {}\ncode = {}\n\n[[document]]\ncase = {}\nid = \"assessment\"\nkind = \"assessment\"\ntitle = {}\n\
         formats = [\"pdf\", \"xlsx\"]\nfooter = \"{{n}} / {{N}}\"\n",
        quoted(&names.name),
        quoted(&names.code),
        quoted(&names.case),
        quoted(&names.title),
    )
}
