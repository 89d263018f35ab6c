//! Fills a form: walks its items in print order and takes each one's entry.

mod before;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use typst::utils::{LazyHash, hash128};

use super::accept::fold;
use super::entries::Entries;
use super::filled::{Band, Content, Element, Filled, FilledSection, Row, Whole};
use super::library::{Library, Value, ValueKind};
use super::manifest::{FileToml, FormDef, ItemDef, ItemKind, Repeat, SectionDef, SectionLayout};
use super::released::{Around, Released};
use super::resolve::{Resolver, maybe};
use super::{ItemPath, Memory, flow_pages, form_check, quoted, values, withheld};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Phrase, Span};
use crate::markup::{Origin, Register, State, Text};
use crate::name::{ChangeId, ItemId, PersonalFileId, SectionId};
use crate::source::Located;
use before::{Basis, SectionBefore};
pub(super) use before::{FilledBefore, Seen};

/// What to fill a form with（記載の出どころ）.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    /// The form.
    pub form: &'a Arc<FormDef>,
    /// The form's file.
    pub form_file: FileId,
    /// Folders of entry files; a later one goes over an earlier one.
    pub layers: Vec<String>,
    /// 特定個人情報ファイル, for repeated sections.
    pub files: &'a [FileToml],
    /// Sections that take their entries from a file of another name: attachment id and path.
    pub attachments: BTreeMap<SectionId, Attachment>,
    /// Flows of the sections that draw them.
    pub flows: Vec<flow_pages::Wanted>,
    /// Periods in print order.
    pub periods: Vec<flow_pages::Period>,
    /// What `{name}` in the form's fixed texts stands for.
    pub placeholders: BTreeMap<&'static str, String>,
    /// The assessment that `from` refers to.
    pub assessment: Option<&'a Filled>,
    /// Whether it is still being written.
    pub writing: Writing,
    /// Changes whose marks are to be taken as accepted.
    pub accepted: Vec<ChangeId>,
}

/// Whether a form is still being written（作成中か）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// What must be filled in is.
    Done,
    /// What is empty is still to come.
    Unfinished,
}

/// An attachment of a submission（資料）.
#[derive(Debug, Clone)]
pub(super) struct Attachment {
    /// Number and title as printed.
    pub heading: String,
    /// Path of its file without the ending.
    pub path: String,
}

/// Fills a form; sections that are as they were filled last are taken from the memory.
///
/// Pushes a diagnostic for every entry that is missing, unknown or not allowed.
#[must_use]
pub(super) fn fill(
    filling: &Filling<'_>,
    resolver: Resolver<'_>,
    memory: &Memory,
    diagnostics: &mut Diagnostics,
) -> Filled {
    let library = resolver.library;
    // No other form has its own entries there.
    let folder = filling.layers.last().map_or("", String::as_str);
    let basis = Basis::of(filling, library);
    let before = memory.filled(folder).filter(|before| before.is_of(&basis));
    let files = |def: &SectionDef| match def.repeat {
        None => vec![None],
        Some(Repeat::File) => (0..filling.files.len()).map(Some).collect(),
    };
    let wanted: Vec<(&SectionDef, Option<usize>)> =
        filling.form.section.iter().flat_map(|def| files(def).into_iter().map(move |file| (def, file))).collect();
    // What one section says never follows from another one's.
    let of = |(def, file): (&SectionDef, Option<usize>)| {
        let mut found = Diagnostics::new();
        let (kept, seen) = (Kept::default(), Seen::default());
        let mut filler = Filler { filling, resolver, diagnostics: &mut found, kept, seen, empty: 0 };
        let mut section = filler.section(def, file);
        let Filler { mut kept, seen, .. } = filler;
        if !filling.accepted.is_empty() {
            section.accept(&filling.accepted);
            kept.registers.values_mut().for_each(|text| fold(text, &filling.accepted));
        }
        let section = LazyHash::new(section);
        // Whoever asks for it asks for its hash.
        let _ = hash128(&section);
        Arc::new(SectionBefore { seen, section: Arc::new(section), kept, found })
    };
    let known = |at| before.as_ref().and_then(|before| before.section(at, library));
    let known: Vec<Option<Arc<SectionBefore>>> = (0..wanted.len()).map(known).collect();
    // After an edit one section is another, and to wake the other cores would take longer.
    let is_edit = known.iter().filter(|known| known.is_none()).nth(1).is_none();
    let all = wanted.into_iter().zip(known);
    let take = |(wanted, known): (_, Option<Arc<SectionBefore>>)| known.unwrap_or_else(|| of(wanted));
    let filled: Vec<Arc<SectionBefore>> =
        if is_edit { all.map(take).collect() } else { all.collect::<Vec<_>>().into_par_iter().map(take).collect() };
    let (mut sections, mut kept) = (Vec::new(), Kept::default());
    for of_section in &filled {
        sections.push(of_section.section.clone());
        kept.extend(&of_section.kept);
        diagnostics.extend(of_section.found.clone());
    }
    memory.has_filled(folder, FilledBefore::new(basis, filled));
    let Kept { registers, sources, places, groups, homes } = kept;
    let form = filling.form;
    Filled {
        form: form.clone(),
        form_file: filling.form_file,
        title: form.title.clone(),
        tag: form.tag.clone(),
        body: form.body,
        withheld_notice: form.withheld_notice.clone(),
        sections,
        registers,
        sources,
        places,
        groups,
        homes,
    }
}

/// What is kept of sections beside their texts.
#[derive(Debug, Default, Clone)]
pub(super) struct Kept {
    registers: BTreeMap<(ItemPath, Register), Text>,
    pub(super) sources: BTreeSet<String>,
    places: BTreeSet<String>,
    groups: BTreeMap<ItemPath, Span>,
    homes: BTreeMap<ItemPath, Vec<String>>,
}

impl Kept {
    fn extend(&mut self, of: &Self) {
        let Self { registers, sources, places, groups, homes } = of.clone();
        self.registers.extend(registers);
        self.sources.extend(sources);
        self.places.extend(places);
        self.groups.extend(groups);
        self.homes.extend(homes);
    }
}

pub(super) struct Filler<'a, 'd> {
    pub(super) filling: &'a Filling<'a>,
    pub(super) resolver: Resolver<'a>,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) kept: Kept,
    pub(super) seen: Seen,
    /// Items of the section that had to be filled in and are not.
    empty: usize,
}

/// Where in the form the walk is.
#[derive(Debug, Clone)]
struct Scope<'e, 'a> {
    entries: &'e Entries,
    /// Where what releases is looked up.
    around: Around<'e, 'a>,
    /// Why everything here stays blank.
    released: Option<Released>,
    /// Path of the section or record.
    path: ItemPath,
    /// Labels above.
    trail: Vec<String>,
    depth: u8,
    level: u8,
    cluster: String,
    cluster_important: bool,
    important: bool,
    record: Option<ItemPath>,
    whole: Option<Whole>,
}

impl<'a> Filler<'a, '_> {
    fn library(&self) -> &'a Library {
        self.resolver.library
    }

    fn section(&mut self, def: &'a SectionDef, file: Option<usize>) -> FilledSection {
        let file = file.map(|index| (index, &self.filling.files[index]));
        let own = ItemPath::of(&def.id.value);
        let path = match file {
            Some((_, file)) => own.join(&file.id.value),
            None => own,
        };
        let attachment = self.filling.attachments.get(&def.id.value).cloned();
        let paths = self.entry_paths(def, file.map(|(_, file)| &file.id.value), attachment.as_ref());
        let entries = self.merge(&path, &paths);
        let around =
            Around { section: def, entries: &entries, file: file.map(|(_, file)| &file.id.value), record: None };
        let released = self.released(&def.released_by, around);
        let mut elements = Vec::new();
        match def.layout {
            SectionLayout::Flows => {
                elements.extend(flow_pages::pages(self, &def.id.value).into_iter().map(Element::Flow));
            }
            SectionLayout::Records => {
                self.records(&path, &entries, &mut elements);
                if !def.items.is_empty() {
                    entries.check_against(&def.all_items(), &def.heading(), self.diagnostics);
                }
                for item in &def.items {
                    let written = entries.texts.get(&(item.id.value.clone(), Register::Form));
                    let written = written.is_some_and(|text| !text.is_empty());
                    if item.is_required() && !written && released.is_none() {
                        self.missing(item, &entries, &def.title);
                    }
                }
            }
            SectionLayout::Changes | SectionLayout::Contents => {}
            SectionLayout::Cover | SectionLayout::SubmissionCover | SectionLayout::Table | SectionLayout::Prose => {
                entries.check_against(&def.all_items(), &def.heading(), self.diagnostics);
                let scope = Scope {
                    entries: &entries,
                    around,
                    released,
                    path: path.clone(),
                    trail: Vec::new(),
                    depth: 0,
                    level: 2,
                    cluster: String::new(),
                    cluster_important: false,
                    important: def.important,
                    record: None,
                    whole: None,
                };
                self.items(&def.items, &scope, &mut elements);
            }
        }
        self.report_empty(def, self.empty, &entries);
        let subject = def.subject_item.as_ref().and_then(|item| self.text(&entries, item));
        FilledSection {
            path,
            def_id: def.id.value.clone(),
            heading: attachment.map_or_else(|| def.heading(), |attachment| attachment.heading),
            number: def.number.clone(),
            note: def.note.clone(),
            file_name: file.map(|(index, file)| format!("（{}）{}", index + 1, file.name)),
            layout: def.layout,
            new_page: !def.same_page,
            lead: def.lead.clone(),
            subject,
            subject_label: def.subject_label.as_ref().unwrap_or(&self.library().words.subject).clone(),
            legend: def.legend,
            elements,
            columns: def.columns.clone(),
        }
    }

    /// The entries of a section or record out of the files at the paths; which of them exist is remembered.
    fn merge(&mut self, of: &ItemPath, paths: &[String]) -> Entries {
        let library = self.library();
        self.kept.homes.insert(of.clone(), paths.to_vec());
        self.kept.places.extend(paths.iter().cloned());
        let is_there = |path: &&String| self.seen.entry(library, path).is_some();
        self.kept.sources.extend(paths.iter().filter(is_there).cloned());
        Entries::merge((library, &mut self.seen), paths, self.diagnostics)
    }

    pub(super) fn entry_paths(
        &self,
        def: &SectionDef,
        file: Option<&PersonalFileId>,
        attachment: Option<&Attachment>,
    ) -> Vec<String> {
        let section = &def.id.value;
        let layers = &self.filling.layers;
        match (file, attachment) {
            (_, Some(attachment)) => vec![attachment.path.clone()],
            (None, None) => layers.iter().map(|layer| format!("{layer}/{section}")).collect(),
            (Some(file), None) => layers
                .iter()
                .map(|layer| format!("{layer}/{section}/common"))
                .chain(layers.iter().map(|layer| format!("{layer}/{section}/{file}")))
                .collect(),
        }
    }

    fn items(&mut self, items: &'a [ItemDef], scope: &Scope<'_, 'a>, out: &mut Vec<Element>) {
        for item in items {
            let own;
            let scope = match self.released(&item.released_by, scope.around) {
                // What must be blank above must be blank here.
                Some(released) if !matches!(scope.released, Some(Released::Blank(..))) => {
                    own = Scope { released: Some(released), ..scope.clone() };
                    &own
                }
                _ => scope,
            };
            match item.kind {
                ItemKind::Band => self.band(item, scope, out),
                ItemKind::Group => self.group(item, scope, out),
                ItemKind::Cluster => {
                    let mut inner = scope.clone();
                    inner.cluster.clone_from(&item.label);
                    inner.cluster_important = item.important == Some(true);
                    inner.trail.push(item.label.clone());
                    inner.important = important(item, scope);
                    self.items(&item.items, &inner, out);
                }
                ItemKind::Text
                | ItemKind::Line
                | ItemKind::Choice
                | ItemKind::Checks
                | ItemKind::Number
                | ItemKind::Date
                | ItemKind::Tick
                | ItemKind::Fixed => self.row(item, scope, out),
            }
        }
    }

    fn band(&mut self, item: &'a ItemDef, scope: &Scope<'_, 'a>, out: &mut Vec<Element>) {
        let ticks = item.ticks.iter().map(|tick| values::tick(tick, scope.entries)).collect();
        out.push(Element::Band(Band {
            level: scope.level,
            label: Text::plain(&item.label),
            important: item.important == Some(true),
            ticks,
            record: None,
            whole: scope.whole.clone(),
            withheld: None,
            path: scope.path.join(&item.id.value),
            title: None,
            span: None,
            literal: None,
        }));
        let mut inner = scope.clone();
        inner.level = (scope.level + 1).min(4);
        inner.trail.push(item.label.clone());
        inner.important = important(item, scope);
        self.items(&item.items, &inner, out);
    }

    fn row(&mut self, item: &'a ItemDef, scope: &Scope<'_, 'a>, out: &mut Vec<Element>) {
        let path = scope.path.join(&item.id.value);
        self.keep_registers(item, scope.entries, &path);
        if item.inline {
            return;
        }
        let first = out.len();
        self.filled_row(item, scope, path, out);
        if let Some(place) = scope.entries.withheld.get(&item.id.value) {
            withheld::rows(&mut out[first..], *place);
        }
    }

    fn filled_row(&mut self, item: &'a ItemDef, scope: &Scope<'_, 'a>, path: ItemPath, out: &mut Vec<Element>) {
        let content = if let Some(from) = &item.from {
            self.quoted(item, from, scope.entries)
        } else if let Some(repeats) = &item.repeats {
            quoted::repeated(self, item, repeats, scope.entries)
        } else {
            values::content(self, item, scope.entries)
        };
        let Some(content) = content else {
            if item.hidden {
                return;
            }
            // A value of a wrong kind was reported as that.
            let written = scope.entries.values.get(&item.id.value).is_some_and(|value| match &value.kind {
                ValueKind::Text(text) => !text.is_empty(),
                ValueKind::Flag(_) | ValueKind::List(_) => true,
            });
            let content = if item.is_required() && !written && scope.released.is_none() {
                self.missing(item, scope.entries, scope.trail.last().map_or("", String::as_str));
                Content::Line(Text::default())
            } else {
                values::empty(self, item, scope.entries)
            };
            self.push_row(item, scope, path, content, out);
            return;
        };
        if let Some(released) = scope.released.as_ref().filter(|_| item.kind != ItemKind::Fixed && item.from.is_none())
        {
            let label = if item.label.is_empty() { scope.trail.last() } else { Some(&item.label) };
            let label = label.map_or("", String::as_str).to_owned();
            self.left(released, &label, &content, scope.whole.as_ref(), written(item, scope.entries).0);
        }
        if !item.hidden {
            self.push_row(item, scope, path, content, out);
        }
    }

    fn push_row(
        &mut self,
        item: &'a ItemDef,
        scope: &Scope<'_, 'a>,
        path: ItemPath,
        content: Content,
        out: &mut Vec<Element>,
    ) {
        let (span, origin) = written(item, scope.entries);
        out.push(Element::Row(Row {
            path,
            item: item.id.value.clone(),
            kind: item.kind,
            label: item.label.clone(),
            trail: scope.trail.clone(),
            depth: scope.depth,
            cluster: scope.cluster.clone(),
            cluster_important: scope.cluster_important,
            important: important(item, scope),
            shows_important: item.important == Some(true),
            align: item.align,
            content,
            record: scope.record.clone(),
            whole: scope.whole.clone(),
            withheld: None,
            span,
            origin,
        }));
        if !item.items.is_empty() {
            let mut inner = scope.clone();
            inner.depth = (scope.depth + 1).min(2);
            inner.trail.push(item.label.clone());
            self.items(&item.items, &inner, out);
        }
    }

    fn keep_registers(&mut self, item: &ItemDef, entries: &Entries, path: &ItemPath) {
        for register in [Register::Public, Register::Short] {
            if let Some(text) = entries.texts.get(&(item.id.value.clone(), register)) {
                let text = self.resolver.resolve(text, self.diagnostics);
                let text = entries.withheld_or_not(&item.id.value, text);
                self.kept.registers.insert((path.clone(), register), text);
            }
        }
    }

    /// What another form says at a path: its other register where there is one, else what the form itself prints. An own entry goes
    /// before it.
    fn quoted(&mut self, item: &ItemDef, from: &Located<ItemPath>, entries: &Entries) -> Option<Content> {
        let path = &from.value;
        let own = match item.options {
            Some(_) => values::content(self, item, entries),
            None => self.text(entries, &item.id.value).map(Content::Text),
        };
        let Some(assessment) = self.filling.assessment else { return own };
        let register = item.register.unwrap_or_default();
        let other = assessment.registers.get(&(path.to_owned(), register)).cloned();
        let found = other.map(Content::Text).or_else(|| quoted::quote(assessment, path));
        if found.is_none() && form_check::has_item(&self.library().forms, path) {
            let near = maybe(path.nearest(assessment.rows().map(|row| &row.path)));
            let span = Span::new(self.filling.form_file, from.range.clone());
            self.diagnostics.push(Diagnostic::new(Code::FromUnknown, span).with("path", path).with("near", near));
        }
        if let Some(own) = own {
            if let (Some(found), false) = (&found, item.kind == ItemKind::Text) {
                self.hold_to(item, &own, found, entries);
            }
            return Some(own);
        }
        match found {
            Some(content) => Some(values::as_own(self, item, content, entries)),
            None => Some(Content::Line(Text::default())),
        }
    }

    /// A name, a base or an answer that the main form gives, and that is written here in other words. A text may well be shorter here.
    fn hold_to(&mut self, item: &ItemDef, own: &Content, found: &Content, entries: &Entries) {
        let said = |content: &Content| {
            values::as_text(content).texts().first().map(|text| text.characters(State::After)).unwrap_or_default()
        };
        let (written, other) = (said(own), said(found));
        if written == other || other.is_empty() {
            return;
        }
        let Some(span) = entries.values.get(&item.id.value).map(|value| value.span) else { return };
        let differs = Diagnostic::new(Code::QuoteDiffers, span).with("label", &item.label).with("written", written);
        let differs = differs.with("other", other);
        self.diagnostics.push(match found.texts().first().and_then(|text| text.span) {
            Some(place) => differs.related(place),
            None => differs,
        });
    }

    /// The resolved text of an item, whichever half of the file it is written in.
    pub(super) fn text(&mut self, entries: &Entries, id: &ItemId) -> Option<Text> {
        if let Some(text) = entries.texts.get(&(id.clone(), Register::Form)) {
            let text = self.resolver.resolve(text, self.diagnostics);
            return Some(entries.withheld_or_not(id, text));
        }
        let value = entries.values.get(id)?;
        let found = match &value.kind {
            ValueKind::Text(text) => {
                let text = self.resolver.resolve(text, self.diagnostics);
                return Some(entries.withheld_or_not(id, text));
            }
            ValueKind::Flag(_) => Phrase::Same("true/false".to_owned()),
            ValueKind::List(_) => Phrase::said("一覧", "a list"),
        };
        let wrong = Diagnostic::new(Code::WrongType, value.span);
        let string = Phrase::said("文字列（\"…\"）", "a string (\"…\")");
        self.diagnostics.push(wrong.said("expected", string).said("found", found));
        None
    }

    /// How many items of a section are still to be filled in, while it is being written.
    fn report_empty(&mut self, def: &SectionDef, count: usize, entries: &Entries) {
        if count == 0 || self.filling.writing == Writing::Done {
            return;
        }
        let counted = Diagnostic::nowhere(Code::SectionEmpty).with("section", def.heading());
        let counted = counted.with("count", count.to_string()).with("where", format!("{}.md", entries.home_path));
        self.diagnostics.push(counted);
    }

    fn missing(&mut self, item: &ItemDef, entries: &Entries, above: &str) {
        let example = match item.kind {
            ItemKind::Text => {
                let id = &item.id.value;
                Phrase::said(format!("「## {id}」の見出しと本文"), format!("`## {id}` and its text"))
            }
            ItemKind::Checks => value_example(&item.id.value, "[\"…\"]"),
            _ => value_example(&item.id.value, "\"…\""),
        };
        self.empty += 1;
        let code = match self.filling.writing {
            Writing::Done => Code::ItemMissing,
            Writing::Unfinished => Code::ItemEmpty,
        };
        let diagnostic = match entries.home {
            Some(span) => Diagnostic::new(code, span),
            None => Diagnostic::nowhere(code),
        };
        self.diagnostics.push(
            diagnostic
                // A row without a label is the text of the bar above it.
                .with("label", if item.label.is_empty() { above } else { &item.label })
                .with("guidance", item.guidance.clone().unwrap_or_default())
                .with("id", &item.id.value)
                .with("where", format!("{}.md", entries.home_path))
                .said("example", example),
        );
    }
}

/// Where and in what an item is written, or would be.
fn written(item: &ItemDef, entries: &Entries) -> (Option<Span>, Origin) {
    let text = entries.texts.get(&(item.id.value.clone(), Register::Form));
    if let Some((span, text)) = text.and_then(|text| Some((text.span?, text))) {
        return (Some(span), text.origin.clone());
    }
    match entries.values.get(&item.id.value) {
        Some(Value { span, .. }) => (Some(*span), Origin::Value(span.start..span.end)),
        None => (entries.home, Origin::Nowhere),
    }
}

/// How a value is written.
fn value_example(id: &ItemId, value: &str) -> Phrase {
    Phrase::said(format!("[values] の {id} = {value}"), format!("under [values] {id} = {value}"))
}

fn important(item: &ItemDef, scope: &Scope<'_, '_>) -> bool {
    item.important.unwrap_or(scope.important)
}
