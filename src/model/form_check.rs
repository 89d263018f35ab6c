//! A form held against itself: ids that stand twice, choices without options, rules about items that it does not have.

use std::collections::{BTreeMap, BTreeSet};

use super::library::Library;
use super::manifest::{ColumnDef, FormDef, ItemDef, ItemKind, SectionDef};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span, nearest};
use crate::source::Located;

/// How far the widths of a list's columns may be from 1, for shares that are no finite fractions.
const WIDTHS_TOLERANCE: f64 = 0.005;

/// Checks every form, and the columns of every list.
pub(super) fn check(library: &Library, diagnostics: &mut Diagnostics) {
    for (key, read) in &library.forms {
        let name = key.rsplit('/').next().expect("a key has a last part");
        let form = &read.value;
        if form.id.value != name {
            let differs = Diagnostic::new(Code::FormIdDiffers, Span::new(read.file, form.id.range.clone()));
            diagnostics.push(differs.with("id", &form.id.value).with("name", name));
        }
        Checker { form, file: read.file }.check(diagnostics);
    }
    for (file, value) in library.municipalities.values().map(|read| (&read.file, &read.value)) {
        for document in &value.document {
            widths(&document.list.columns, Span::new(*file, document.id.range.clone()), diagnostics);
        }
    }
}

struct Checker<'a> {
    form: &'a FormDef,
    file: FileId,
}

impl Checker<'_> {
    fn check(&self, diagnostics: &mut Diagnostics) {
        self.twice(self.form.options.iter().map(|list| &list.id), diagnostics);
        self.twice(self.form.section.iter().map(|section| &section.id), diagnostics);
        for list in self.form.options.iter().filter(|list| list.labels.is_empty()) {
            self.say(Code::OptionsMissing, &list.id, diagnostics);
        }
        for section in &self.form.section {
            let items = section.all_items();
            self.twice(items.iter().map(|item| &item.id), diagnostics);
            for item in &items {
                self.item(item, diagnostics);
            }
            let subject = section.subject_item.as_ref();
            if let Some(subject) = subject.filter(|subject| items.iter().all(|item| item.id.value != **subject)) {
                self.unknown(subject, &section.id, &items, diagnostics);
            }
            widths(&section.columns, self.span(&section.id), diagnostics);
        }
        self.rules(diagnostics);
    }

    fn span<T>(&self, at: &Located<T>) -> Span {
        Span::new(self.file, at.range.clone())
    }

    fn say(&self, code: Code, id: &Located<String>, diagnostics: &mut Diagnostics) {
        diagnostics.push(Diagnostic::new(code, self.span(id)).with("id", &id.value));
    }

    /// Reports the second of two equal ids.
    fn twice<'i>(&self, ids: impl Iterator<Item = &'i Located<String>>, diagnostics: &mut Diagnostics) {
        let mut first: BTreeMap<&str, &Located<String>> = BTreeMap::new();
        for id in ids {
            match first.get(id.value.as_str()) {
                Some(known) => {
                    let twice = Diagnostic::new(Code::IdTwice, self.span(id)).with("id", &id.value);
                    diagnostics.push(twice.related_as(self.span(known), Label::First));
                }
                None => {
                    first.insert(&id.value, id);
                }
            }
        }
    }

    fn item(&self, item: &ItemDef, diagnostics: &mut Diagnostics) {
        // What is taken from another form is chosen there.
        let chooses = matches!(item.kind, ItemKind::Choice | ItemKind::Checks) && item.from.is_none();
        if chooses && item.options.is_none() {
            self.say(Code::OptionsMissing, &item.id, diagnostics);
        }
        if let Some(title) = &item.title_item {
            let mut inside = Vec::new();
            item.items.iter().for_each(|inner| all(inner, &mut inside));
            if inside.iter().all(|inner| inner.id.value != *title) {
                self.unknown(title, &item.id, &inside, diagnostics);
            }
        }
    }

    fn unknown(&self, path: &str, at: &Located<String>, known: &[&ItemDef], diagnostics: &mut Diagnostics) {
        let near = nearest(path, known.iter().map(|item| item.id.value.as_str())).unwrap_or_default();
        diagnostics.push(Diagnostic::new(Code::FormItemUnknown, self.span(at)).with("path", path).with("near", near));
    }

    /// Every item that the rules of the form name is one that it has.
    fn rules(&self, diagnostics: &mut Diagnostics) {
        let named = self.form.rules.items();
        if named.is_empty() {
            return;
        }
        let known = self.paths();
        for item in named {
            if !known.contains(&item.value) {
                let near = nearest(&item.value, known.iter().map(String::as_str)).unwrap_or_default();
                diagnostics.push(
                    Diagnostic::new(Code::FormItemUnknown, self.span(item))
                        .with("path", &item.value)
                        .with("near", near),
                );
            }
        }
    }

    /// All items by the path that rules use: `section/item`, in a group `section/group/item`.
    fn paths(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for section in &self.form.section {
            paths(section, &section.items, None, &mut found);
        }
        found
    }
}

fn paths(section: &SectionDef, items: &[ItemDef], group: Option<&str>, found: &mut BTreeSet<String>) {
    let section_id = &section.id.value;
    for item in items {
        let path = match group {
            Some(group) => format!("{section_id}/{group}/{}", item.id.value),
            None => format!("{section_id}/{}", item.id.value),
        };
        found.insert(path);
        let inner = if item.kind == ItemKind::Group { Some(item.id.value.as_str()) } else { group };
        paths(section, &item.ticks, inner, found);
        paths(section, &item.items, inner, found);
    }
}

fn all<'a>(item: &'a ItemDef, found: &mut Vec<&'a ItemDef>) {
    found.push(item);
    item.items.iter().chain(&item.ticks).for_each(|inner| all(inner, found));
}

/// Reports columns whose widths do not make up the whole.
fn widths(columns: &[ColumnDef], at: Span, diagnostics: &mut Diagnostics) {
    let sum: f64 = columns.iter().map(|column| column.width).sum();
    if !columns.is_empty() && (sum - 1.0).abs() > WIDTHS_TOLERANCE {
        let sum = format!("{sum:.3}");
        let sum = sum.trim_end_matches('0').trim_end_matches('.').to_owned();
        diagnostics.push(Diagnostic::new(Code::WidthsUneven, at).with("sum", sum));
    }
}
