//! Where an author wrote what an item of an imprint shows.

use std::collections::BTreeMap;

use super::departure::{Departure, Sort};
use super::document::HEAD;
use crate::diagnostic::Span;
use crate::model::manifest::ItemDef;
use crate::model::{Case, Element, Filled, ItemKey, ItemPath, Municipality, Role};

/// Places of a case's items by their keys（記載の所在）.
pub(super) struct Places<'m> {
    municipality: &'m Municipality,
    case: &'m Case,
    written: BTreeMap<ItemKey, Span>,
    /// Labels of the form, by the key of the row that shows them.
    labels: BTreeMap<ItemKey, Span>,
}

impl<'m> Places<'m> {
    pub(super) fn of(municipality: &'m Municipality, case: &'m Case) -> Self {
        let mut places = Self { municipality, case, written: BTreeMap::new(), labels: BTreeMap::new() };
        for form in &case.forms {
            places.form(&form.filled, &form.role);
        }
        if let Some(checklist) = &case.checklist {
            for sheet in &checklist.settings.sheet {
                let span = |range: &std::ops::Range<usize>| Span::new(checklist.file, range.clone());
                let list = ItemKey::checklist();
                places.written.insert(list.part(&sheet.id.value), span(&sheet.id.range));
                let measures = sheet.measure.iter();
                places.written.extend(measures.map(|measure| (list.join(&measure.id.value), span(&measure.id.range))));
            }
        }
        places
    }

    /// Where to look: the author's text, the form for what the form says, the settings for the rest.
    pub(super) fn find(&self, role: &Role, departure: &Departure) -> Option<Span> {
        let key = role.key(&departure.path);
        if departure.path.first() == HEAD {
            let document = departure.path.last();
            let of = self
                .municipality
                .documents
                .iter()
                .find(|definition| definition.case.value == self.case.id && definition.id.value == document);
            return of.map(|definition| Span::new(self.municipality.file, definition.id.range.clone()));
        }
        let label = || self.labels.get(&key).copied();
        let written = || self.written.get(&key).copied();
        match departure.sort {
            Sort::Display if is_label(&departure.name) => label().or_else(written),
            _ => written().or_else(label),
        }
    }

    fn form(&mut self, filled: &Filled, role: &Role) {
        let mut labels: BTreeMap<&str, Span> = BTreeMap::new();
        for section in &filled.form.section {
            labels.insert(&section.id.value, Span::new(filled.form_file, section.id.range.clone()));
            items(&section.items, &mut |item| {
                let span = Span::new(filled.form_file, item.id.range.clone());
                labels.entry(&item.id.value).or_insert(span);
            });
        }
        let key = |path: &ItemPath| role.key(path);
        for section in &filled.sections {
            if let Some(label) = labels.get(section.def_id.as_str()) {
                self.labels.insert(key(&section.path), *label);
            }
            for element in &section.elements {
                match element {
                    Element::Band(band) => {
                        if let (Some(record), Some(span)) = (&band.record, band.span) {
                            self.written.insert(key(record), span);
                        }
                    }
                    Element::Row(row) => {
                        self.written.extend(row.span.map(|span| (key(&row.path), span)));
                        self.labels.extend(labels.get(row.item.as_str()).map(|span| (key(&row.path), *span)));
                    }
                    Element::Flow(page) => {
                        let figure = page.title.span.or(page.nodes.first().map(|node| node.span));
                        self.written.extend(figure.map(|span| (key(&page.figure_path()), span)));
                        let remark = page.remarks.iter().find_map(|(_, text)| text.span);
                        self.written.extend(remark.map(|span| (key(&page.remarks_path()), span)));
                    }
                    Element::Records(list) => {
                        self.written.extend(list.text.span.map(|span| (key(&list.path), span)));
                    }
                }
            }
        }
    }
}

/// Whether a line of this name is words of the form.
fn is_label(name: &str) -> bool {
    ["項目", "欄", "選択肢", "見出し", "節", "注記"].iter().any(|label| name.contains(label))
}

fn items<'f>(all: &'f [ItemDef], visit: &mut impl FnMut(&'f ItemDef)) {
    for item in all {
        visit(item);
        items(&item.ticks, visit);
        items(&item.items, visit);
    }
}
