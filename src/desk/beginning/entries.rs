//! The entry files of a form with nothing written in them（空の記載ファイル）: every item stands there with what it asks for.

use std::collections::BTreeMap;

use super::tables::quoted;
use crate::model::ItemPath;
use crate::model::manifest::{FormDef, ItemDef, ItemKind, Repeat, SectionDef, SectionLayout};
use crate::name::{ItemId, PersonalFileId, SectionId};

/// The files by their path below the case's folder, with `.md`.
///
/// `files` are its 特定個人情報ファイル, id and name; where the form asks for their names these stand already. `apart` are sections that are
/// written elsewhere.
pub(super) fn entries(
    form: &FormDef,
    files: &[(PersonalFileId, String)],
    apart: &[&SectionId],
) -> BTreeMap<String, String> {
    let sections = form.section.iter().filter(|section| !apart.contains(&&section.id.value));
    let mut made = BTreeMap::new();
    for section in sections {
        let id = &section.id.value;
        match section.repeat {
            None => made.extend(text(form, section, files).map(|text| (format!("{id}.md"), text))),
            Some(Repeat::File) => {
                let of = files.iter().filter_map(|file| Some((file, text(form, section, std::slice::from_ref(file))?)));
                made.extend(of.map(|((file, _), text)| (format!("{id}/{file}.md"), text)));
            }
        }
    }
    made
}

/// Whether a form has sections that stand once for each 特定個人情報ファイル.
pub(super) fn asks_for_files(form: &FormDef) -> bool {
    form.section.iter().any(|section| section.repeat == Some(Repeat::File))
}

/// The text of a section's file; none where nothing is written in it.
fn text(form: &FormDef, section: &SectionDef, files: &[(PersonalFileId, String)]) -> Option<String> {
    let mut sheet = Sheet {
        form,
        section: &section.id.value,
        files,
        values: String::new(),
        headings: Vec::new(),
        bodies: String::new(),
    };
    match section.layout {
        SectionLayout::Flows | SectionLayout::Changes | SectionLayout::Contents => return None,
        SectionLayout::Cover
        | SectionLayout::SubmissionCover
        | SectionLayout::Table
        | SectionLayout::Prose
        | SectionLayout::Records => sheet.items(&section.items),
    }
    let Sheet { values, headings, bodies, .. } = sheet;
    if values.is_empty() && bodies.is_empty() && section.layout != SectionLayout::Records {
        return None;
    }
    let mut text = format!("+++\n# {}\n", one_line(&section.heading()));
    if !headings.is_empty() {
        text.push_str("# 本文は、下の見出しの次の行から書きます。\n");
        text.extend(headings.iter().map(|heading| format!("#   {heading}\n")));
    }
    if !values.is_empty() {
        text.push_str(&format!("\n[values]\n{values}"));
    }
    text.push_str(&format!("+++\n{bodies}"));
    Some(text)
}

struct Sheet<'f> {
    form: &'f FormDef,
    section: &'f SectionId,
    /// The files that its sheet tells of.
    files: &'f [(PersonalFileId, String)],
    /// Lines below `[values]`.
    values: String,
    /// What the headings of the body stand for.
    headings: Vec<String>,
    /// The headings, with nothing below them.
    bodies: String,
}

impl<'f> Sheet<'f> {
    fn items(&mut self, items: &[ItemDef]) {
        for item in items {
            self.item(item);
            // The items of a record stand in its own file.
            if item.kind != ItemKind::Group {
                self.items(&item.ticks);
                self.items(&item.items);
            }
        }
    }

    fn item(&mut self, item: &ItemDef) {
        // What another item says is not written again.
        if item.repeats.is_some() {
            return;
        }
        let id = &item.id.value;
        let names = self.names(id);
        let empty = match item.kind {
            ItemKind::Band | ItemKind::Cluster | ItemKind::Fixed => return,
            ItemKind::Text => {
                self.headings.push(format!("{id}：{}", self.told(item)));
                let names: String = names.iter().map(|name| format!("\n{name}\n")).collect();
                self.bodies.push_str(&format!("\n## {id}\n{names}"));
                return;
            }
            ItemKind::Line => quoted(&names.join("、")),
            ItemKind::Choice | ItemKind::Number | ItemKind::Date => "\"\"".to_owned(),
            ItemKind::Checks | ItemKind::Group => "[]".to_owned(),
            ItemKind::Tick => "false".to_owned(),
        };
        self.values.push_str(&format!("# {}\n{id} = {empty}\n", self.told(item)));
    }

    /// The names of files that stand in an item: one in a line of its own, more in a text.
    fn names(&self, id: &ItemId) -> Vec<&'f str> {
        let path = ItemPath::of(self.section).join(id);
        let set = self.form.rules.files.as_ref();
        let names = set.is_some_and(|set| set.name.value == path || set.lists.iter().any(|list| list.value == path));
        let files = self.files.iter().filter(|_| names);
        files.map(|(_, name)| name.as_str()).collect()
    }

    /// Label, whether it must be filled in, and what can be chosen.
    fn told(&self, item: &ItemDef) -> String {
        let label = if item.label.is_empty() { item.id.value.as_str() } else { &item.label };
        let list = item.options.as_ref().and_then(|list| self.form.option_list(&list.value));
        let labels = || list.map(|list| list.labels.iter().map(|label| quoted(label)).collect::<Vec<_>>().join("、"));
        let how = match item.kind {
            ItemKind::Choice => labels().map(|labels| format!("一つ選ぶ：{labels}")),
            ItemKind::Checks => labels().map(|labels| format!("当てはまるものを並べる：{labels}")),
            ItemKind::Group => Some(format!("一件ごとに {}/ にファイルを作り、その名前を並べる", item.id.value)),
            ItemKind::Tick => Some("当てはまれば true".to_owned()),
            ItemKind::Text
            | ItemKind::Line
            | ItemKind::Number
            | ItemKind::Date
            | ItemKind::Fixed
            | ItemKind::Band
            | ItemKind::Cluster => None,
        };
        let must = item.is_required().then(|| "必ず書く".to_owned());
        let notes: Vec<String> = must.into_iter().chain(how).collect();
        let notes = if notes.is_empty() { String::new() } else { format!("（{}）", notes.join("。")) };
        one_line(&format!("{label}{notes}"))
    }
}

/// A comment has one line.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
