//! One set of entries out of several files: base and municipality, common and per file, merged by item id.

use indexmap::IndexMap;

use super::fill::Seen;
use super::library::{EntryFile, Library, Value};
use super::manifest::{ItemDef, ItemKind};
use super::resolve::maybe;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::markup::{Headed, Merge, Register, Text};
use crate::name::ItemId;
use crate::source::Located;

/// The entries of one section or one record（記載）, merged.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Values by item id.
    pub values: IndexMap<ItemId, Value>,
    /// Texts by item id and register, unresolved.
    pub texts: IndexMap<(ItemId, Register), Text>,
    /// Where the heading of each text stands.
    pub heads: IndexMap<(ItemId, Register), Span>,
    /// Headings of lists by id.
    pub groups: IndexMap<ItemId, String>,
    /// Where each withheld item is said to be so, by item id.
    pub withheld: IndexMap<ItemId, Span>,
    /// The last file that was merged, for mistakes that have no place of their own.
    pub home: Option<Span>,
    /// Path without its ending of the file where something missing should be written: the municipality's own.
    pub home_path: String,
}

impl Entries {
    /// Merges the files at the given paths in order; those that do not exist are skipped. What was looked for is noted.
    ///
    /// Pushes [`Code::AppendNothing`], [`Code::OmitUnknown`] and [`Code::WithholdUnknown`].
    pub(super) fn merge(
        (library, seen): (&Library, &mut Seen),
        paths: &[String],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut entries = Self { home_path: paths.last().cloned().unwrap_or_default(), ..Self::default() };
        for path in paths {
            if let Some(file) = seen.entry(library, path) {
                entries.add(file, diagnostics);
                entries.home = Some(Span::new(file.file, 0..3));
            }
        }
        entries
    }

    fn add(&mut self, file: &EntryFile, diagnostics: &mut Diagnostics) {
        for omitted in &file.omit {
            self.omit(file, omitted, diagnostics);
        }
        for (id, value) in &file.values {
            self.values.insert(id.clone(), value.clone());
        }
        for headed in &file.headed {
            self.text(headed, diagnostics);
        }
        for withheld in &file.withhold {
            let span = Span::new(file.file, withheld.range.clone());
            let known = self.values.keys().chain(self.texts.keys().map(|(item, _)| item));
            if !known.clone().any(|id| *id == withheld.value) {
                let near = maybe(nearest(&withheld.value, known.map(ItemId::as_str)));
                diagnostics
                    .push(Diagnostic::new(Code::WithholdUnknown, span).with("id", &withheld.value).with("near", near));
            }
            self.withheld.insert(withheld.value.clone(), span);
        }
        for (id, heading) in &file.groups {
            self.groups.insert(id.clone(), heading.clone());
        }
    }

    fn omit(&mut self, file: &EntryFile, id: &Located<ItemId>, diagnostics: &mut Diagnostics) {
        let had_value = self.values.shift_remove(&id.value).is_some();
        let before = self.texts.len();
        self.texts.retain(|(item, _), _| *item != id.value);
        if !had_value && self.texts.len() == before {
            let known = self.values.keys().chain(self.texts.keys().map(|(item, _)| item)).map(ItemId::as_str);
            let near = maybe(nearest(&id.value, known));
            let span = Span::new(file.file, id.range.clone());
            diagnostics.push(Diagnostic::new(Code::OmitUnknown, span).with("id", &id.value).with("near", near));
        }
    }

    fn text(&mut self, headed: &Headed, diagnostics: &mut Diagnostics) {
        let key = (ItemId::from(&headed.id), headed.register);
        self.heads.insert(key.clone(), headed.span);
        match (headed.merge, self.texts.get_mut(&key)) {
            (Merge::Append, Some(base)) => base.append(&headed.text),
            (Merge::Append, None) => {
                diagnostics.push(Diagnostic::new(Code::AppendNothing, headed.span).with("id", &headed.id));
                self.texts.insert(key, headed.text.clone());
            }
            (Merge::Replace, _) => {
                self.texts.insert(key, headed.text.clone());
            }
        }
    }

    /// The text of an item, withheld as a whole where its file says so.
    pub(super) fn withheld_or_not(&self, item: &ItemId, mut text: Text) -> Text {
        if let Some(place) = self.withheld.get(item) {
            text.withhold(*place);
        }
        text
    }

    /// Reports entries that the section's form does not know or that are written in the wrong half of the file.
    pub(super) fn check_against(&self, items: &[&ItemDef], title: &str, diagnostics: &mut Diagnostics) {
        let known = || items.iter().map(|item| item.id.value.as_str());
        let find = |id: &ItemId| items.iter().find(|item| item.id.value == *id);
        for (id, value) in &self.values {
            match find(id) {
                None => diagnostics.push(unknown(id, value.span, title, known())),
                Some(item) if item.kind == ItemKind::Text => {
                    diagnostics.push(Diagnostic::new(Code::ItemNotValue, value.span).with("id", id));
                }
                Some(_) => {}
            }
        }
        for key @ (id, _) in self.texts.keys() {
            let Some(&span) = self.heads.get(key) else { continue };
            match find(id) {
                None => diagnostics.push(unknown(id, span, title, known())),
                Some(item) if item.kind != ItemKind::Text && item.from.is_none() => {
                    diagnostics.push(Diagnostic::new(Code::ItemNotText, span).with("id", id));
                }
                Some(_) => {}
            }
        }
    }
}

fn unknown<'a>(id: &ItemId, span: Span, section: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    Diagnostic::new(Code::ItemUnknown, span)
        .with("id", id)
        .with("section", section)
        .with("near", maybe(nearest(id, known)))
}
