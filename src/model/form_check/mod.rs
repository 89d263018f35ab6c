//! A form held against itself: ids that stand twice, choices without options, keys without effect, rules about items that it does not have.

mod keys;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::ItemPath;
use super::library::Library;
use super::manifest::{ColumnDef, FormDef, ItemDef, ItemKind, SectionDef, SectionLayout, ThresholdToml};
use super::memory::Whole;
use super::quoted;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Phrase, Span, nearest};
use crate::name::Id;
use crate::source::Located;

/// How far the widths of a list's columns may be from 1, for shares that are no finite fractions.
const WIDTHS_TOLERANCE: f64 = 0.005;

/// Checks every form; what it asks of a threshold is held against the table of all.
pub(super) fn check(forms: &Whole, threshold: &ThresholdToml, diagnostics: &mut Diagnostics) {
    for (name, read) in forms {
        let form = &read.value;
        if form.id.value != name.form {
            let differs = Diagnostic::new(Code::FormIdDiffers, Span::new(read.file, form.id.range.clone()));
            diagnostics.push(differs.with("id", &form.id.value).with("name", &name.form));
        }
        Checker { form, file: read.file, forms, threshold }.check(diagnostics);
    }
}

/// Checks the columns of every list of changes.
pub(super) fn check_columns(library: &Library, diagnostics: &mut Diagnostics) {
    for (file, value) in library.municipalities.values().map(|read| (&read.file, &read.value)) {
        for document in &value.document {
            widths(&document.list.columns, Span::new(*file, document.id.range.clone()), diagnostics);
        }
    }
}

/// Whether some form has an item that a path of `from` may mean.
pub(super) fn has_item(forms: &Whole, path: &ItemPath) -> bool {
    let sections = forms.values().flat_map(|read| &read.value.section);
    let mut named = sections.filter(|section| section.id.value == path.first()).flat_map(quoted::names);
    named.any(|known| path.fits(&known))
}

struct Checker<'a> {
    form: &'a FormDef,
    file: FileId,
    forms: &'a Whole,
    threshold: &'a ThresholdToml,
}

impl Checker<'_> {
    fn check(&self, diagnostics: &mut Diagnostics) {
        self.days(diagnostics);
        self.twice(self.form.options.iter().map(|list| &list.id), diagnostics);
        self.twice(self.form.section.iter().map(|section| &section.id), diagnostics);
        for list in &self.form.options {
            if list.labels.is_empty() {
                self.say(Code::OptionsMissing, &list.id, diagnostics);
            }
            let mut labels: Vec<&String> = Vec::new();
            for label in &list.labels {
                if labels.contains(&label) {
                    diagnostics.push(Diagnostic::new(Code::IdTwice, self.span(&list.id)).with("id", label));
                }
                labels.push(label);
            }
            let words = list.with_text.iter().chain(&list.shortcoming);
            words.for_each(|word| self.word(list, word, &list.id, diagnostics));
        }
        for section in &self.form.section {
            self.section(section, diagnostics);
        }
        self.rules(diagnostics);
    }

    /// The days between which it may be filed are days, in their order.
    fn days(&self, diagnostics: &mut Diagnostics) {
        let mut day = |written: &Option<Located<String>>| {
            let written = written.as_ref()?;
            let day = written.value.parse::<Date>().ok();
            if day.is_none() {
                diagnostics.push(
                    Diagnostic::new(Code::WrongType, self.span(written))
                        .with("found", &written.value)
                        .said("expected", Phrase::said("「2024-10-01」の形の日付", "a date such as 2024-10-01")),
                );
            }
            day
        };
        let (from, until) = (day(&self.form.in_force_from), day(&self.form.last_filing));
        if let (Some(from), Some(until), Some(at)) = (from, until, &self.form.last_filing)
            && until < from
        {
            let later = Phrase::said(format!("{from} より後の日付"), format!("a day after {from}"));
            let wrong = Diagnostic::new(Code::WrongType, self.span(at)).with("found", &at.value);
            diagnostics.push(wrong.said("expected", later));
        }
    }

    fn section(&self, section: &SectionDef, diagnostics: &mut Diagnostics) {
        let items = section.all_items();
        self.twice(items.iter().map(|item| &item.id), diagnostics);
        let around = Around { section, group: None, id: &section.id.value };
        self.releases(&section.released_by, around, diagnostics);
        self.items(&section.items, section, &Above::default(), diagnostics);
        let subject = section.subject_item.as_ref();
        if let Some(subject) = subject.filter(|subject| items.iter().all(|item| item.id.value != **subject)) {
            self.unknown(subject, &section.id, &items, diagnostics);
        }
        let layout = section.layout;
        let is_list = layout == SectionLayout::Changes;
        let has_items = matches!(
            layout,
            SectionLayout::Cover
                | SectionLayout::SubmissionCover
                | SectionLayout::Table
                | SectionLayout::Prose
                | SectionLayout::Records
                | SectionLayout::Flows
        );
        let idle = [
            (!section.columns.is_empty() && !is_list, "columns", "layout = \"changes\""),
            (!section.items.is_empty() && !has_items, "items", "layout = \"table\" …"),
            (
                section.repeat.is_some() && (!has_items || layout == SectionLayout::Flows),
                "repeat",
                "layout = \"table\"、layout = \"records\"",
            ),
            (section.subject_label.is_some() && subject.is_none(), "subject-label", "subject-item"),
        ];
        for (_, key, valid) in idle.into_iter().filter(|(is_idle, ..)| *is_idle) {
            let kind = if key == "subject-label" { "section" } else { layout_name(layout) };
            self.idle(&section.id.value, (key, kind, valid), &section.id, diagnostics);
        }
        if is_list && section.columns.is_empty() {
            let lacks = Diagnostic::new(Code::MissingKey, self.span(&section.id));
            diagnostics.push(lacks.with("key", "columns"));
        }
        widths(&section.columns, self.span(&section.id), diagnostics);
    }

    fn items(&self, items: &[ItemDef], section: &SectionDef, above: &Above<'_>, diagnostics: &mut Diagnostics) {
        for item in items {
            self.item(item, section, above, diagnostics);
            let group = if item.kind == ItemKind::Group { Some(item) } else { above.group };
            let inside = Above { item: Some(item), group };
            self.items(&item.ticks, section, &inside, diagnostics);
            self.items(&item.items, section, &inside, diagnostics);
        }
    }

    fn item(&self, item: &ItemDef, section: &SectionDef, above: &Above<'_>, diagnostics: &mut Diagnostics) {
        let kind = format!("kind = \"{}\"", item.kind.name());
        for (key, valid) in keys::idle(item) {
            self.idle(&item.id.value, (key, &kind, &valid), &item.id, diagnostics);
        }
        // What is taken from another form is chosen there.
        let chooses = matches!(item.kind, ItemKind::Choice | ItemKind::Checks) && item.from.is_none();
        if chooses && item.options.is_none() {
            self.say(Code::OptionsMissing, &item.id, diagnostics);
        }
        if let Some(options) = item.options.as_ref().filter(|list| self.form.option_list(&list.value).is_none()) {
            let near = nearest(&options.value, self.form.options.iter().map(|list| list.id.value.as_str()));
            let unknown = Diagnostic::new(Code::OptionsUnknown, self.span(options));
            diagnostics.push(unknown.with("id", &options.value).with("near", near.unwrap_or_default()));
        }
        if let Some(title) = &item.title_item {
            let mut inside = Vec::new();
            item.items.iter().for_each(|inner| all(inner, &mut inside));
            if inside.iter().all(|inner| inner.id.value != *title) {
                self.unknown(title, &item.id, &inside, diagnostics);
            }
        }
        let around = Around { section, group: above.group, id: &item.id.value };
        self.releases(&item.released_by, around, diagnostics);
        if let Some(repeats) = &item.repeats {
            self.repeats(repeats, around, diagnostics);
        }
        self.inside(item, above, diagnostics);
        if let Some(from) = item.from.as_ref().filter(|from| !has_item(self.forms, &from.value)) {
            let sections = self.forms.values().flat_map(|read| &read.value.section);
            let known: Vec<ItemPath> = sections.flat_map(quoted::names).collect();
            let near = from.value.nearest(&known).unwrap_or_default();
            let unknown = Diagnostic::new(Code::FromUnknown, self.span(from));
            diagnostics.push(unknown.with("path", &from.value).with("near", near));
        }
    }

    /// An item is of the kind that its place asks for.
    fn inside(&self, item: &ItemDef, above: &Above<'_>, diagnostics: &mut Diagnostics) {
        let kind = format!("kind = \"{}\"", item.kind.name());
        let is_box = above.item.is_some_and(|band| band.ticks.iter().any(|tick| std::ptr::eq(tick, item)));
        if is_box && item.kind != ItemKind::Tick {
            self.idle(&item.id.value, ("ticks", &kind, "kind = \"tick\""), &item.id, diagnostics);
        }
        if item.register.is_some() && item.from.is_none() {
            self.idle(&item.id.value, ("register", &kind, "from"), &item.id, diagnostics);
        }
        if item.pattern.is_some() && !item.inline {
            self.idle(&item.id.value, ("pattern", &kind, "inline = true"), &item.id, diagnostics);
        }
        if let Some(pattern) = item.pattern.as_ref().filter(|pattern| !pattern.contains("{}")) {
            let wanted = Phrase::said("値の場所を示す {} のある文字列", "a string with {} where the value goes");
            let wrong = Diagnostic::new(Code::WrongType, self.span(&item.id)).with("found", pattern);
            diagnostics.push(wrong.said("expected", wanted));
        }
        if !item.inline {
            return;
        }
        match above.item.filter(|cell| matches!(cell.kind, ItemKind::Choice | ItemKind::Checks)) {
            None => {
                let valid = "kind = \"choice\"、kind = \"checks\"";
                let place = above.item.map_or("section".to_owned(), |cell| format!("kind = \"{}\"", cell.kind.name()));
                self.idle(&item.id.value, ("inline", &place, valid), &item.id, diagnostics);
            }
            // The value stands beside the box of its label.
            Some(cell) if cell.kind == ItemKind::Checks => {
                let list = cell.options.as_ref().and_then(|list| self.form.option_list(&list.value));
                if let Some(list) = list {
                    self.word(list, &item.label, &item.id, diagnostics);
                }
            }
            Some(_) => {}
        }
    }

    fn span<T>(&self, at: &Located<T>) -> Span {
        Span::new(self.file, at.range.clone())
    }

    fn say<K>(&self, code: Code, id: &Located<Id<K>>, diagnostics: &mut Diagnostics) {
        diagnostics.push(Diagnostic::new(code, self.span(id)).with("id", &id.value));
    }

    /// Reports the second of two equal ids.
    fn twice<'i, K: 'i>(&self, ids: impl Iterator<Item = &'i Located<Id<K>>>, diagnostics: &mut Diagnostics) {
        let mut first: BTreeMap<&Id<K>, &Located<Id<K>>> = BTreeMap::new();
        for id in ids {
            match first.get(&id.value) {
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

    fn unknown<T>(&self, path: &str, at: &Located<T>, known: &[&ItemDef], diagnostics: &mut Diagnostics) {
        let near = nearest(path, known.iter().map(|item| item.id.value.as_str())).unwrap_or_default();
        diagnostics.push(Diagnostic::new(Code::FormItemUnknown, self.span(at)).with("path", path).with("near", near));
    }
}

/// What an item stands in.
#[derive(Debug, Default)]
struct Above<'i> {
    /// The item directly above it.
    item: Option<&'i ItemDef>,
    /// The repeat group.
    group: Option<&'i ItemDef>,
}

/// What releases something.
#[derive(Debug, Clone, Copy)]
struct Around<'i> {
    section: &'i SectionDef,
    group: Option<&'i ItemDef>,
    /// Id of what is released.
    id: &'i str,
}

fn layout_name(layout: SectionLayout) -> &'static str {
    match layout {
        SectionLayout::Cover => "layout = \"cover\"",
        SectionLayout::SubmissionCover => "layout = \"submission-cover\"",
        SectionLayout::Contents => "layout = \"contents\"",
        SectionLayout::Table => "layout = \"table\"",
        SectionLayout::Prose => "layout = \"prose\"",
        SectionLayout::Records => "layout = \"records\"",
        SectionLayout::Flows => "layout = \"flows\"",
        SectionLayout::Changes => "layout = \"changes\"",
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
