//! Versions of a form that are written as their differences from another（派生した版）, made whole.

use std::sync::Arc;

use super::ItemPath;
use super::library::{Library, Read};
use super::manifest::{AddDef, DerivedForm, FormDef, FormRules, ItemDef, ReplaceDef, SectionDef};
use super::memory::Whole;
use super::resolve::maybe;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, nearest};
use crate::name::{FormName, OptionsId};
use crate::source::Located;

/// Makes every derived form of a library whole.
///
/// Pushes [`Code::FormUnknown`] for a base that is not there, [`Code::FormBaseCycle`], [`Code::FormItemUnknown`] for a path that the base
/// does not have, [`Code::FormAddition`] and [`Code::KeyIdle`].
pub(super) fn made(library: &Library, diagnostics: &mut Diagnostics) -> Whole {
    let mut made = Whole::new();
    for name in library.derived.keys() {
        let mut open = Vec::new();
        make(library, name, &mut open, &mut made, diagnostics);
    }
    made
}

fn make(
    library: &Library,
    name: &FormName,
    open: &mut Vec<FormName>,
    made: &mut Whole,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Read<Arc<FormDef>>>> {
    if let Some(known) = library.forms.get(name).or_else(|| made.get(name)) {
        return Some(known.clone());
    }
    let read = library.derived.get(name)?;
    let wanted = &read.value.based_on;
    let at = Span::new(read.file, wanted.range.clone());
    if open.contains(name) {
        diagnostics.push(Diagnostic::new(Code::FormBaseCycle, at).with("id", &read.value.id.value));
        return None;
    }
    open.push(name.clone());
    // A municipality's own version goes before the shared one.
    let is_there = |name: &FormName| library.forms.contains_key(name) || library.derived.contains_key(name);
    let base = FormName::for_one(name.municipality.as_ref(), &wanted.value).find(is_there);
    let Some(base) = base else {
        let all = library.forms.keys().chain(library.derived.keys()).filter(|known| *known != name);
        let known = all.filter(|known| known.is_for(name.municipality.as_ref()));
        let known: Vec<&str> = known.map(|known| known.form.as_str()).collect();
        diagnostics.push(
            Diagnostic::new(Code::FormUnknown, at)
                .with("id", &wanted.value)
                .with("valid", known.join("、"))
                .with("near", maybe(nearest(&wanted.value, known.iter().copied()))),
        );
        open.pop();
        return None;
    };
    let base = make(library, &base, open, made, diagnostics);
    open.pop();
    let whole = Maker { file: read.file, diagnostics }.derive(&base?.value, &read.value);
    let whole = Arc::new(Read { file: read.file, value: Arc::new(whole) });
    made.insert(name.clone(), whole.clone());
    Some(whole)
}

struct Maker<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
}

/// Something of a form: a section by its index, or an item of it by its id.
struct Place<'p> {
    section: usize,
    item: Option<&'p str>,
}

impl Maker<'_> {
    fn derive(&mut self, base: &FormDef, own: &DerivedForm) -> FormDef {
        let mut form = base.clone();
        // What it has from the other version has its place where that is named.
        form.each_place(&mut |place| place.clone_from(&own.based_on.range));
        form.id = own.id.clone();
        form.tag.clone_from(&own.tag);
        form.title = own.title.clone().unwrap_or(form.title);
        form.source = own.source.clone().unwrap_or(form.source);
        form.renamed.clone_from(&own.renamed);
        form.in_force_from.clone_from(&own.in_force_from);
        form.last_filing.clone_from(&own.last_filing);
        let before = paths(&form);
        for path in &own.drop {
            self.drop(&mut form, path);
        }
        for replace in &own.replace {
            self.replace(&mut form, replace);
        }
        for add in &own.add {
            self.add(&mut form, add);
        }
        self.options(&mut form, own);
        let after = paths(&form);
        let gone =
            |path: &ItemPath| before.iter().any(|known| known == path) && after.iter().all(|known| known != path);
        form.rules = rules(form.rules, &own.rules, &gone);
        form
    }

    fn drop(&mut self, form: &mut FormDef, path: &Located<ItemPath>) {
        let Some(place) = self.find(form, path) else { return };
        match place.item {
            None => drop(form.section.remove(place.section)),
            Some(id) => edit(&mut form.section[place.section].items, id, &mut |items, at| drop(items.remove(at))),
        }
    }

    fn replace(&mut self, form: &mut FormDef, own: &ReplaceDef) {
        let Some(place) = self.find(form, &own.item) else { return };
        let section = &mut form.section[place.section];
        let of_section =
            [("number", own.number.is_some()), ("title", own.title.is_some()), ("note", own.note.is_some())];
        let of_item = [
            ("with", own.with.is_some()),
            ("label", own.label.is_some()),
            ("options", own.options.is_some()),
            ("text", own.text.is_some()),
            ("required", own.required.is_some()),
            ("important", own.important.is_some()),
            ("guidance", own.guidance.is_some()),
        ];
        let (kind, idle, valid) = match place.item {
            None => {
                put(&mut section.number, &own.number);
                put(&mut section.title, &own.title);
                put(&mut section.note, &own.note);
                put(&mut section.released_by, &own.released_by);
                ("section", &of_item[..], &of_section[..])
            }
            Some(id) => {
                edit(&mut section.items, id, &mut |items, at| replace_item(&mut items[at], own));
                ("item", &of_section[..], &of_item[..])
            }
        };
        let valid: Vec<&str> = valid.iter().map(|(key, _)| *key).chain(["released-by"]).collect();
        for (key, _) in idle.iter().filter(|(_, written)| *written) {
            self.diagnostics.push(
                Diagnostic::new(Code::KeyIdle, Span::new(self.file, own.item.range.clone()))
                    .with("key", *key)
                    .with("kind", kind)
                    .with("id", &own.item.value)
                    .with("valid", valid.join("、")),
            );
        }
    }

    fn add(&mut self, form: &mut FormDef, own: &AddDef) {
        let anchors: Vec<&Located<ItemPath>> = [&own.after, &own.before, &own.into].into_iter().flatten().collect();
        let [anchor] = anchors[..] else {
            let added = own.items.first().map(|item| &item.id.range);
            let added = added.or(own.section.as_ref().map(|section| &section.id.range));
            let first = anchors.first().map(|anchor| &anchor.range).or(added);
            let diagnostic = first.map_or_else(
                || Diagnostic::nowhere(Code::FormAddition),
                |at| Diagnostic::new(Code::FormAddition, Span::new(self.file, at.clone())),
            );
            self.diagnostics.push(diagnostic);
            return;
        };
        let Some(place) = self.find(form, anchor) else { return };
        let behind = usize::from(own.after.is_some());
        let section = place.section;
        match (&own.section, &own.items[..], place.item) {
            (Some(added), [], None) if own.into.is_none() => form.section.insert(section + behind, added.clone()),
            (None, items @ [_, ..], None) if own.into.is_some() => form.section[section].items.extend_from_slice(items),
            (None, items @ [_, ..], Some(id)) => edit(&mut form.section[section].items, id, &mut |list, at| {
                if own.into.is_some() {
                    list[at].items.extend_from_slice(items);
                } else {
                    list.splice(at + behind..at + behind, items.iter().cloned());
                }
            }),
            _ => {
                let at = Span::new(self.file, anchor.range.clone());
                self.diagnostics.push(Diagnostic::new(Code::FormAddition, at));
            }
        }
    }

    fn options(&mut self, form: &mut FormDef, own: &DerivedForm) {
        for list in &own.options {
            match form.options.iter_mut().find(|known| known.id.value == list.id.value) {
                Some(known) => *known = list.clone(),
                None => form.options.push(list.clone()),
            }
        }
        let used: Vec<&OptionsId> = form
            .section
            .iter()
            .flat_map(SectionDef::all_items)
            .filter_map(|item| item.options.as_ref())
            .map(|options| &options.value)
            .collect();
        let is_own = |id: &OptionsId| own.options.iter().any(|list| list.id.value == *id);
        let kept: Vec<bool> =
            form.options.iter().map(|list| used.contains(&&list.id.value) || is_own(&list.id.value)).collect();
        let mut kept = kept.into_iter();
        form.options.retain(|_| kept.next().unwrap_or(true));
    }

    /// What a path names, so that [`edit`] finds it.
    fn find<'p>(&mut self, form: &FormDef, path: &'p Located<ItemPath>) -> Option<Place<'p>> {
        let found = find(form, &path.value);
        if found.is_none() {
            let known = paths(form);
            let near = maybe(path.value.nearest(&known));
            self.diagnostics.push(
                Diagnostic::new(Code::FormItemUnknown, Span::new(self.file, path.range.clone()))
                    .with("path", &path.value)
                    .with("near", near),
            );
        }
        found
    }
}

/// The rules of a version: those of the other that speak of what is still there, and its own.
fn rules(mut base: FormRules, own: &FormRules, gone: &dyn Fn(&ItemPath) -> bool) -> FormRules {
    for condition in &mut base.condition {
        condition.then.retain(|test| !gone(&test.item.value));
    }
    base.condition.retain(|condition| !gone(&condition.item.value) && !condition.then.is_empty());
    base.population.iter_mut().for_each(|it| it.parts.retain(|part| !gone(&part.value)));
    base.population.retain(|it| !gone(&it.whole.value) && !it.parts.is_empty());
    base.date_order.iter_mut().for_each(|order| order.items.retain(|item| !gone(&item.value)));
    base.date_order.retain(|order| order.items.len() > 1);
    let has = |items: Vec<&Located<ItemPath>>| items.iter().all(|item| !gone(&item.value));
    let threshold = base.threshold.filter(|it| has(it.items()));
    let papers = base.papers.filter(|it| !gone(&it.item.value));
    let mut hearing = base.hearing.filter(|it| has(vec![&it.period, &it.shortening]));
    for item in hearing.iter_mut().flat_map(|it| [&mut it.opinions, &mut it.reflection]) {
        item.take_if(|item| gone(&item.value));
    }
    let publication = base.publication.filter(|it| has(it.items()));
    let files = base.files.filter(|it| has(it.lists.iter().chain([&it.name]).collect()) && !gone(&it.records.value));
    base.condition.extend(own.condition.iter().cloned());
    FormRules {
        condition: base.condition,
        population: if own.population.is_empty() { base.population } else { own.population.clone() },
        date_order: if own.date_order.is_empty() { base.date_order } else { own.date_order.clone() },
        threshold: own.threshold.clone().or(threshold),
        papers: own.papers.clone().or(papers),
        hearing: own.hearing.clone().or(hearing),
        publication: own.publication.clone().or(publication),
        files: own.files.clone().or(files),
        // Digests are of one version only.
        frozen: own.frozen.clone(),
        promise: if own.promise.is_empty() { base.promise } else { own.promise.clone() },
    }
}

fn put<T: Clone>(into: &mut T, own: &Option<T>) {
    if let Some(own) = own {
        into.clone_from(own);
    }
}

fn replace_item(item: &mut ItemDef, own: &ReplaceDef) {
    put(item, &own.with);
    put(&mut item.label, &own.label);
    put(&mut item.released_by, &own.released_by);
    item.options = own.options.clone().or(item.options.take());
    item.text = own.text.clone().or(item.text.take());
    item.required = own.required.or(item.required);
    item.important = own.important.or(item.important);
    item.guidance = own.guidance.clone().or(item.guidance.take());
}

fn find<'p>(form: &FormDef, path: &'p ItemPath) -> Option<Place<'p>> {
    let section = form.section.iter().position(|known| known.id.value == path.first())?;
    // An id stands once in a section, so a group before it is no more than a help to the reader.
    let item = path.ids().skip(1).last();
    let all = form.section[section].all_items();
    item.is_none_or(|id| all.iter().any(|item| item.id.value == id)).then_some(Place { section, item })
}

/// Calls a function with the list in which an item stands, and its index there.
fn edit(items: &mut Vec<ItemDef>, id: &str, change: &mut dyn FnMut(&mut Vec<ItemDef>, usize)) {
    let found = edited(items, id, change);
    debug_assert!(found, "an item is edited where it was found");
}

fn edited(items: &mut Vec<ItemDef>, id: &str, change: &mut dyn FnMut(&mut Vec<ItemDef>, usize)) -> bool {
    if let Some(at) = items.iter().position(|item| item.id.value == id) {
        change(items, at);
        return true;
    }
    items.iter_mut().any(|item| edited(&mut item.items, id, change) || edited(&mut item.ticks, id, change))
}

/// Every section and item by its path.
fn paths(form: &FormDef) -> Vec<ItemPath> {
    let mut found = Vec::new();
    for section in &form.section {
        found.push(ItemPath::of(&section.id.value));
        found.extend(section.paths());
    }
    found
}
