//! A 評価書 beside the main one of its 事務, out of a workbook of its own（併せて作る評価書）.
//!
//! Its form takes names, bases and offices from the main one. What a workbook says there in the same words stays that of the main one, so
//! that it is written once; other words become an entry of this 評価書 alone, and a person is told of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::compared::{case, with_files};
use crate::change::frozen;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::import::{self, CaseNames, EntryFile, Imported};
use crate::markup::State;
use crate::model::manifest::{AnnexToml, FormDef, ItemDef, SectionDef};
use crate::model::{ItemPath, Role};
use crate::name::{BesideId, DocumentId, ItemId};
use crate::render::StampedAnnex;
use crate::session::Checked;

/// The 評価書 of a workbook, and where it goes.
pub(super) struct Paper<'a> {
    /// The municipality as it is.
    pub(super) checked: &'a Checked,
    pub(super) names: &'a CaseNames,
    /// Id beside the main one.
    pub(super) id: &'a BesideId,
    pub(super) form: &'a FormDef,
}

/// Items of shared entries by the path of their file.
type Base = BTreeMap<String, Vec<ItemId>>;

impl Paper<'_> {
    /// Its entries, and the settings that name it, by path from the root.
    ///
    /// Pushes [`Code::QuoteOther`] and [`Code::QuoteBlank`].
    pub(super) fn files(
        &self,
        imported: &mut Imported,
        base: &Base,
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<String, String> {
        let settings = self.settings(imported);
        let with = |imported: &Imported| {
            let mut files = import::files(imported, self.names, base);
            files.extend(settings.clone());
            files
        };
        let sections = self.form.section.iter().flat_map(SectionDef::all_items);
        let quoting: BTreeMap<&ItemId, &ItemDef> =
            sections.filter(|item| item.from.is_some()).map(|item| (&item.id.value, item)).collect();
        let written = imported.entries.clone();
        let own = self.texts(&with(imported));
        for entry in imported.entries.values_mut() {
            keep(entry, |item| !quoting.contains_key(item));
        }
        let quoted = self.texts(&with(imported));
        for (path, entry) in written {
            let text =
                |of: &Texts, item: &ItemId| of.get(&(path.clone(), ItemPath::of(item))).cloned().unwrap_or_default();
            let said = ids(&entry);
            let mut kept = entry.clone();
            keep(&mut kept, |item| !quoting.contains_key(item) || text(&own, item) != text(&quoted, item));
            for (id, item) in &quoting {
                let (here, there) = (text(&own, id), text(&quoted, id));
                if there.is_empty() || here == there && said.contains(*id) {
                    continue;
                }
                let code = if said.contains(*id) { Code::QuoteOther } else { Code::QuoteBlank };
                let told = Diagnostic::nowhere(code).with("label", label(item)).with("text", here);
                diagnostics.push(told.with("other", there));
            }
            imported.entries.insert(path, kept);
        }
        with(imported)
    }

    /// The texts of the paper with these files, by the path of their entry and their item.
    fn texts(&self, files: &BTreeMap<String, String>) -> Texts {
        let checked = with_files(self.checked, files, self.names);
        let Some(case) = case(&checked, self.names) else { return Texts::new() };
        let role = Role::Beside(self.id.clone());
        let own = frozen(case, State::After).into_iter().filter_map(|item| {
            let path = role.path(&item.file).filter(|_| item.role == Some(&role))?;
            Some(((path.to_string(), item.id), item.text.characters(State::After)))
        });
        own.collect()
    }

    /// The settings of its case that name it, each with what stands there already.
    fn settings(&self, imported: &Imported) -> BTreeMap<String, String> {
        let names = self.names;
        let mut files = BTreeMap::new();
        let assessment = self.checked.library.assessments.get(&names.case).map(|read| &read.value);
        if assessment.is_some_and(|base| base.beside.iter().all(|beside| beside.id.value != *self.id)) {
            let path = format!("{}/assessment.toml", names.case.shared_folder());
            let more = format!("[[beside]]\nid = {}\nform = {}\n", quoted(self.id), quoted(&names.form));
            files.insert(path.clone(), self.longer(&path, &more));
        }
        let path = names.municipality.settings();
        let formats = "formats = [\"pdf\", \"xlsx\"]\nfooter = \"{n} / {N}\"";
        let document = [
            "[[document]]".to_owned(),
            format!("case = {}", quoted(&names.case)),
            format!("id = {}", quoted(&self.document_id())),
            "kind = \"assessment\"".to_owned(),
            format!("form = {}", quoted(self.id)),
            format!("title = {}", quoted(&self.form.title)),
            formats.to_owned(),
        ];
        files.insert(path.clone(), self.longer(&path, &format!("{}\n", document.join("\n"))));
        let folder = names.of_case().folder();
        if !imported.history.is_empty() {
            let path = format!("{folder}/changes.toml");
            files.insert(path.clone(), self.longer(&path, &import::history_text(&imported.history, Some(self.id))));
        }
        let known = self.checked.library.cases.get(&names.of_case());
        let known: &[AnnexToml] = known.map_or(&[], |read| &read.value.annex);
        let new = names.annexes.iter().filter(|annex| known.iter().all(|known| known.id.value != annex.id));
        let annexes: Vec<String> = new.map(|annex| self.annex(annex)).collect();
        if !annexes.is_empty() {
            let path = format!("{folder}/case.toml");
            files.insert(path.clone(), self.longer(&path, &annexes.join("\n")));
        }
        files
    }

    /// A 別紙 of the paper in the settings of its case.
    fn annex(&self, annex: &StampedAnnex) -> String {
        let keys: [(&str, &str); 4] =
            [("id", &annex.id), ("number", &annex.number), ("title", &annex.title), ("after", &annex.after)];
        let keys: String = keys.iter().map(|(key, value)| format!("{key} = {}\n", quoted(value))).collect();
        format!("[[annex]]\n{keys}form = {}\n", quoted(self.id))
    }

    /// An id that no document of the case has.
    fn document_id(&self) -> DocumentId {
        let municipality = self.checked.library.municipalities.get(&self.names.municipality);
        let of_case = municipality.into_iter().flat_map(|read| &read.value.document);
        let taken: BTreeSet<&DocumentId> = of_case
            .filter(|document| document.case.value == self.names.case)
            .map(|document| &document.id.value)
            .collect();
        let numbered = (2..).map(|number| format!("{}-{number}", self.id));
        let mut ids = std::iter::once(self.id.to_string()).chain(numbered).map(DocumentId::from);
        ids.find(|id| !taken.contains(id)).expect("numbers do not end")
    }

    /// A file with a table more at its end; where there is none, the table alone.
    fn longer(&self, path: &str, more: &str) -> String {
        let sources = &self.checked.workspace.sources;
        match sources.find(Path::new(path)) {
            Some(file) => format!("{}\n\n{more}", sources.get(file).text.trim_end()),
            None => more.to_owned(),
        }
    }
}

/// Texts by the path of their entry and their item.
type Texts = BTreeMap<(String, ItemPath), String>;

fn ids(entry: &EntryFile) -> BTreeSet<ItemId> {
    entry.values.iter().chain(&entry.texts).map(|(id, _)| id.clone()).collect()
}

fn keep(entry: &mut EntryFile, wanted: impl Fn(&ItemId) -> bool) {
    entry.values.retain(|(id, _)| wanted(id));
    entry.texts.retain(|(id, _)| wanted(id));
}

fn label(item: &ItemDef) -> &str {
    if item.label.is_empty() { &item.id.value } else { &item.label }
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
