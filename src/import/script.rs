//! A form as the labels that a reader meets, in print order.

use super::normal::{bare, normal, pointless};
use crate::model::manifest::{FormDef, ItemDef, ItemKind, Repeat, SectionDef};

/// A form laid out（様式の読み順）.
#[derive(Debug)]
pub(super) struct Script<'f> {
    /// The form.
    pub form: &'f FormDef,
    /// Label of the remarks below a figure.
    pub remarks: &'f str,
    /// Its sections, in print order.
    pub sections: Vec<ScriptSection<'f>>,
}

/// A section's labels.
#[derive(Debug)]
pub(super) struct ScriptSection<'f> {
    /// The section.
    pub def: &'f SectionDef,
    /// Its heading as it is compared; empty: none is printed.
    pub heading: String,
    /// Its labels, in print order, those of records too.
    pub labels: Vec<Label<'f>>,
}

/// A label（項目名・見出し）.
#[derive(Debug)]
pub(super) struct Label<'f> {
    /// The item that it is the label of.
    pub item: &'f ItemDef,
    /// The label as it is compared.
    pub full: String,
    /// Without its number.
    pub bare: String,
    /// What stands after the colon of a label such as `リスク1：　目的外の入手…`; empty: no colon.
    pub tail: String,
    /// The label above it, by index.
    pub parent: Option<usize>,
    /// The repeat group that it stands in, by index.
    pub group: Option<usize>,
}

impl<'f> Script<'f> {
    /// The script of a form.
    pub(super) fn new(form: &'f FormDef, remarks: &'f str) -> Self {
        let sections = form.section.iter().map(|def| {
            let mut labels = Vec::new();
            collect(&def.items, None, None, &mut labels);
            ScriptSection { def, heading: pointless(&normal(&def.heading())), labels }
        });
        Self { form, remarks, sections: sections.collect() }
    }

    /// A section by its id.
    pub(super) fn section(&self, id: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.def.id.value == id)
    }
}

impl ScriptSection<'_> {
    /// Whether it is printed once per file.
    pub(super) fn repeats(&self) -> bool {
        self.def.repeat == Some(Repeat::File)
    }

    /// A label by its item's id; `group` where the item stands in records.
    pub(super) fn label(&self, id: &str, group: Option<usize>) -> Option<usize> {
        self.labels.iter().position(|label| label.item.id.value == id && label.group == group)
    }
}

impl Label<'_> {
    /// Whether it takes a content of its own.
    pub(super) fn is_item(&self) -> bool {
        !matches!(self.item.kind, ItemKind::Band | ItemKind::Group | ItemKind::Cluster)
    }
}

fn collect<'f>(items: &'f [ItemDef], parent: Option<usize>, group: Option<usize>, labels: &mut Vec<Label<'f>>) {
    // What is printed in another item's cell is read with it.
    for item in items.iter().filter(|item| !item.inline) {
        let full = normal(&item.label);
        let tail = full.split_once(':').map_or_else(String::new, |(_, tail)| tail.to_owned());
        let index = labels.len();
        labels.push(Label { item, bare: bare(&full).to_owned(), full, tail, parent, group });
        let group = if item.kind == ItemKind::Group { Some(index) } else { group };
        collect(&item.items, Some(index), group, labels);
    }
}
