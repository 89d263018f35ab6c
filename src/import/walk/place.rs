//! A row without a path: its labels open items, its other cells go to them.

use super::find::Found;
use super::{Bit, BitJoin, Open, Read, Walker};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::normal::{bare, normal};
use crate::model::ItemPath;
use crate::model::manifest::{ItemKind, SectionLayout};
use crate::source::Place;

/// Most empty rows between a text and what goes on with it.
const FARTHEST: u32 = 4;

impl Walker<'_, '_> {
    pub(super) fn labelled_row(&mut self, cells: &[Read]) {
        let mut heads: Vec<Open> = Vec::new();
        // Label of this row that waits for its content.
        let mut beside: Option<usize> = None;
        let mut placed = 0;
        // Where the next content of this row goes, set by a label left of it.
        let mut target: Option<ItemPath> = None;
        // Index of a label that the form has not, from which on the cells of this row are its content.
        let mut strange: Option<usize> = None;
        for (at, cell) in cells.iter().enumerate() {
            let found = self.find(cell, beside);
            if let (Found::Content, true) = (&found, strange.is_some() || self.is_strange(cells, at, target.as_ref())) {
                strange.get_or_insert(at);
                continue;
            }
            if let (Some(first), false) = (strange, found == Found::Furniture) {
                self.strange_label(&cells[first..at]);
                strange = None;
            }
            match found {
                Found::Furniture => _ = self.furniture.insert(cell.column),
                Found::Section(section, rest) => {
                    self.enter(section, &rest);
                    (target, beside) = (None, None);
                }
                Found::Record(group, number, title) => {
                    target = self.open_record(group, number);
                    if let (false, Some(path)) = (title.is_empty(), target.clone()) {
                        self.put(&path, &Read { text: title, ..cell.clone() }, BitJoin::Line);
                        placed += 1;
                    }
                    beside = None;
                }
                Found::Label(index, rest) => {
                    target = self.open_label(index);
                    if let (false, Some(path)) = (rest.is_empty(), target.clone()) {
                        self.put(&path, &Read { text: rest, ..cell.clone() }, BitJoin::Line);
                    }
                    beside = self.is_item(index).then_some(index);
                    self.columns = (Some(cell.column), None);
                    if let (Some(path), true) = (&target, beside.is_some()) {
                        heads.push(Open { left: cell.column, right: cell.right, path: path.clone() });
                    }
                }
                Found::Content => {
                    if target.is_some() && self.columns.1.is_none() {
                        self.columns.1 = Some(cell.column);
                    }
                    let join = if placed > 0 { BitJoin::Beside } else { BitJoin::Line };
                    self.content(cell, target.as_ref(), join);
                    (placed, beside) = (placed + 1, None);
                }
            }
        }
        if let Some(first) = strange {
            self.strange_label(&cells[first..]);
        }
        if !heads.is_empty() {
            // Labels side by side over their contents, or one over its own.
            self.above = if placed == 0 { heads } else { Vec::new() };
        }
    }

    /// Whether a cell that is no label of the form stands where labels stand: in the column of the last one, left of the contents.
    fn is_strange(&self, cells: &[Read], at: usize, target: Option<&ItemPath>) -> bool {
        let (Some(label), Some(content)) = self.columns else { return false };
        let cell = &cells[at];
        let of_labels = matches!(self.layout(), Some(SectionLayout::Table | SectionLayout::Cover));
        of_labels && at == 0 && target.is_none() && cell.column == label && cell.right < content
    }

    /// A label that the form has not, with what stands beside it: it belongs to no item, least of all to the one before it.
    fn strange_label(&mut self, cells: &[Read]) {
        let Some(first) = cells.first() else { return };
        let words: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
        let diagnostic = Diagnostic::nowhere(Code::FormLabelUnknown).with("sheet", &self.sheet);
        let place = Place { row: first.row, column: first.column };
        let diagnostic = diagnostic.with("cell", place.label());
        self.walked.said.push(diagnostic.with("text", words.join("　")));
        self.current = None;
        self.above.clear();
    }

    fn is_item(&self, index: usize) -> bool {
        self.section.is_some_and(|section| self.script.sections[section].labels[index].is_item())
    }

    /// Gives a cell to an item: that of the label left of it, that of the label above it, or that of the last label.
    fn content(&mut self, cell: &Read, target: Option<&ItemPath>, join: BitJoin) {
        let above = self.above.iter().find(|open| open.left <= cell.right && cell.column <= open.right);
        // Far below everything else stand notes that belong to no item.
        let is_far = target.is_none() && cell.row > self.bottom + FARTHEST;
        let path = target.cloned().or_else(|| above.map(|open| open.path.clone())).or(self.current.clone());
        match (self.layout(), path) {
            (Some(SectionLayout::Changes), _) => {
                let (text, sheet, place) = (cell.text.clone(), self.sheet.clone(), (cell.row, cell.column));
                self.walked.listed.push(Bit { text, join, sheet, place });
            }
            (Some(SectionLayout::Records), _) => self.list_item(cell),
            // The list of sections takes nothing.
            (_, Some(path)) if !is_far && self.layout() != Some(SectionLayout::Contents) => {
                // Two labels side by side: each content begins a line of its own item.
                let join = if target.is_none() && self.above.len() > 1 { BitJoin::Line } else { join };
                self.put(&path, cell, join);
            }
            (_, _) => self.unplaced(cell),
        }
    }

    /// A line of 別添2: the name of a file goes to its list, everything else is an item of the list.
    fn list_item(&mut self, cell: &Read) {
        if let Some(id) = self.file_called(bare(&cell.normal)) {
            self.file = Some(id);
            return;
        }
        let Some(section) = self.section else { return };
        let place = &self.script.sections[section];
        let Some(item) = place.def.items.first() else { return self.unplaced(cell) };
        let path = self.section_path(section).join(&item.id.value);
        self.put(&path, cell, BitJoin::Line);
    }

    /// The file of a name: that of a heading, or the first line of a section that is repeated for each file.
    fn file_called(&self, name: &str) -> Option<String> {
        let is = |written: &str| !name.is_empty() && bare(&normal(written)) == name;
        if let Some((id, _)) = self.walked.file_names.iter().find(|(_, written)| is(written)) {
            return Some(id.clone());
        }
        self.walked.placed.iter().find_map(|(path, bits)| {
            let mut parts = path.ids();
            let (section, id, item) = (self.script.section(parts.next()?)?, parts.next()?, parts.next()?);
            let place = &self.script.sections[section];
            let first = place.labels.iter().find(|label| label.is_item())?;
            let names = place.repeats() && first.item.id.value == item && first.item.kind == ItemKind::Line;
            (names && bits.iter().any(|bit| is(&bit.text))).then(|| id.to_owned())
        })
    }

    /// Begins a section; `rest` is what stands after its heading.
    fn enter(&mut self, section: usize, rest: &str) {
        let place = &self.script.sections[section];
        // The list of sections names each of them once.
        if self.layout() == Some(SectionLayout::Contents)
            && !matches!(place.def.layout, SectionLayout::Contents)
            && self.listed.insert(section)
        {
            return;
        }
        let again = self.section == Some(section);
        self.columns = (None, None);
        self.section = Some(section);
        self.current = None;
        self.above.clear();
        if place.repeats() {
            let name = file_name(rest);
            let same = again && name.is_none() && !self.has_content(section);
            if !same {
                self.next_file(section, name);
            }
        } else if again {
            return;
        } else {
            self.file = None;
        }
        self.cursor = None;
        self.record = None;
    }

    fn has_content(&self, section: usize) -> bool {
        let above = self.section_path(section);
        self.walked.placed.iter().any(|(path, bits)| path.below(&above).is_some() && !bits.is_empty())
    }

    /// Goes on to the next file of a repeated section, or to the one of a name.
    fn next_file(&mut self, section: usize, name: Option<String>) {
        let known = name.as_ref().and_then(|name| {
            let found = self.walked.file_names.iter().find(|(_, known)| *known == name);
            found.map(|(id, _)| id.clone())
        });
        let begun = self.begun.entry(section).or_default();
        *begun += 1;
        let id = known.unwrap_or_else(|| format!("#{begun}"));
        if let Some(name) = name {
            self.walked.file_names.entry(id.clone()).or_insert(name);
        }
        self.file = Some(id);
    }

    /// Opens a record; returns where its title goes.
    fn open_record(&mut self, group: usize, number: usize) -> Option<ItemPath> {
        let section = self.section?;
        let id = format!("#{number}");
        self.record = Some((group, id.clone()));
        self.cursor = Some(group);
        self.current = None;
        self.above.clear();
        let item = self.script.sections[section].labels[group].item;
        let path = self.section_path(section).join(&item.id.value).join(&id);
        // The record is there even if nothing is written in it.
        self.walked.placed.entry(path.join("")).or_default();
        item.title_item.as_ref().map(|title| path.join(title))
    }

    /// Opens a label; returns where what stands right of it goes.
    fn open_label(&mut self, index: usize) -> Option<ItemPath> {
        let section = self.section?;
        let place = &self.script.sections[section];
        let label = &place.labels[index];
        if label.group.is_none() {
            self.record = None;
        }
        if self.begins_again(section, index) && self.has_item(section, index) {
            self.next_file(section, None);
        }
        self.cursor = Some(index);
        self.above.clear();
        if label.is_item() {
            let path = self.path_of(section, index);
            if label.item.kind != ItemKind::Fixed {
                self.walked.placed.entry(path.clone()).or_default();
            }
            self.current = Some(path.clone());
            return Some(path);
        }
        // A bar over a text without a label of its own.
        let below = label.item.items.first().filter(|item| item.label.is_empty() && item.kind != ItemKind::Fixed);
        let below = below.and_then(|item| place.label(&item.id.value, label.group));
        self.current = below.map(|below| self.path_of(section, below));
        if let (Some(below), true) = (below, label.item.ticks.is_empty()) {
            if self.begins_again(section, below) && self.has_item(section, below) {
                self.next_file(section, None);
            }
            self.cursor = Some(below);
            self.current = Some(self.path_of(section, below));
        }
        let boxes = (!label.item.ticks.is_empty()).then(|| self.path_of(section, index).part("ticks"));
        boxes.or_else(|| self.current.clone())
    }

    fn has_item(&self, section: usize, index: usize) -> bool {
        self.walked.placed.get(&self.path_of(section, index)).is_some_and(|bits| !bits.is_empty())
    }

    /// Path of a section, with its file.
    fn section_path(&self, section: usize) -> ItemPath {
        let place = &self.script.sections[section];
        let own = ItemPath::of(&place.def.id.value);
        if place.repeats() { own.join(self.file.as_deref().unwrap_or("#1")) } else { own }
    }

    /// Path of a label's item, in the record that is open.
    pub(super) fn path_of(&self, section: usize, index: usize) -> ItemPath {
        let place = &self.script.sections[section];
        let label = &place.labels[index];
        let above = self.section_path(section);
        let above = match (label.group, &self.record) {
            (Some(group), Some((_, id))) => above.join(&place.labels[group].item.id.value).join(id),
            _ => above,
        };
        above.join(&label.item.id.value)
    }
}

/// The name of a file after a heading: `（1）国保賦課ファイル`.
fn file_name(rest: &str) -> Option<String> {
    let rest = rest.trim();
    let inner = rest.strip_prefix(['（', '('])?;
    let (number, name) = inner.split_once(['）', ')'])?;
    let is_number = !number.is_empty() && number.chars().all(char::is_numeric);
    (is_number && !name.trim().is_empty()).then(|| name.trim().to_owned())
}
