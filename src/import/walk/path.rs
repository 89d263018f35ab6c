//! Paths that our own workbooks carry, read back.

use super::Walker;
use super::find::is_like;
use crate::diagnostic::{Code, Diagnostic};
use crate::import::NearLabel;
use crate::import::normal::{bare, normal};
use crate::import::script::Script;
use crate::model::ItemPath;
use crate::model::manifest::SectionLayout;
use crate::render::{CONTENT_COLUMNS, TITLE_PART};
use crate::source::Place;

/// What a path names（行の所在）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    /// Index of the section.
    pub section: usize,
    /// Id of its file.
    pub file: Option<String>,
    /// Label of the group and id of the record.
    pub record: Option<(usize, String)>,
    /// Index of the item's label.
    pub label: Option<usize>,
    /// Whether it is the bar above a record.
    pub is_record_head: bool,
    /// Whether it is an item of a list, or its heading.
    pub is_list: bool,
}

/// Reads a cell as a path of the form; `None` where it is other text.
pub(super) fn own(script: &Script<'_>, text: &str) -> Option<Own> {
    let text = text.trim();
    if !text.is_ascii() {
        return None;
    }
    let path = ItemPath::from(text);
    let path = path.without_part(TITLE_PART).unwrap_or(path);
    let parts: Vec<&str> = path.ids().collect();
    // A path becomes the name of a file: no part of it may lead elsewhere.
    let is_id = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if parts.len() < 2 || !parts.iter().all(|part| !part.is_empty() && is_id(part)) {
        return None;
    }
    let section = script.section(parts[0])?;
    let place = &script.sections[section];
    let mut own = Own { section, file: None, record: None, label: None, is_record_head: false, is_list: false };
    let mut rest = &parts[1..];
    if place.repeats() {
        own.file = Some((*rest.first()?).to_owned());
        rest = &rest[1..];
    }
    match (place.def.layout, rest) {
        (SectionLayout::Flows, [_, .., "figure" | "remarks"]) => Some(own),
        (SectionLayout::Records, [_]) => Some(Own { is_list: true, ..own }),
        (_, [item]) => Some(Own { label: Some(place.label(item, None)?), ..own }),
        (_, [group, record, inner @ ..]) if inner.len() < 2 => {
            let group = place.label(group, None)?;
            own.record = Some((group, (*record).to_owned()));
            match inner {
                [item] => own.label = Some(place.label(item, Some(group))?),
                _ => own.is_record_head = true,
            }
            Some(own)
        }
        _ => None,
    }
}

impl Walker<'_, '_> {
    /// Goes to the place of a path, so that rows without one are read from there on.
    pub(super) fn enter_own(&mut self, own: &Own) {
        self.section = Some(own.section);
        self.file.clone_from(&own.file);
        self.record.clone_from(&own.record);
        if own.label.is_some() {
            self.cursor = own.label;
        }
    }

    /// The labels that stand in a row beside its content, as they are compared.
    pub(super) fn labels_of(&self, own: &Own) -> Vec<String> {
        let place = &self.script.sections[own.section];
        let mut labels = Vec::new();
        let mut at = own.label;
        while let Some(label) = at.map(|index| &place.labels[index]) {
            labels.push(label.full.clone());
            at = label.parent;
        }
        labels
    }

    /// The cell, by index, in which other words than the item's label stand where our workbooks print that, and tells of it: whether the
    /// row still is of that item only a person knows.
    pub(super) fn replaced_label(
        &mut self,
        own: &Own,
        labels: &[String],
        cells: &[super::Read],
        path: usize,
    ) -> Option<usize> {
        let label = own.label.filter(|_| !own.is_list && !own.is_record_head)?;
        let (wanted, column) = (labels.first().filter(|label| !label.is_empty())?, cells[path].column);
        let row = &cells[..path];
        // Labels end left of the contents, which reach up to the path.
        let is_left = |cell: &super::Read| cell.right + CONTENT_COLUMNS < column;
        let at = row.iter().rposition(|cell| is_left(cell) && !labels[1..].contains(&cell.normal))?;
        if row.iter().any(|cell| cell.normal == *wanted) {
            return None;
        }
        let (cell, item) = (&row[at], self.script.sections[own.section].labels[label].item);
        let place = Place { row: cell.row, column: cell.column }.label();
        let written = cell.text.trim().to_owned();
        if is_like(bare(&cell.normal), bare(wanted)) {
            let (sheet, label) = (self.sheet.clone(), item.label.clone());
            self.walked.near.push(NearLabel { sheet, cell: place, written, label });
        } else {
            let other = Diagnostic::nowhere(Code::FormLabelReplaced).with("sheet", &self.sheet).with("cell", place);
            self.walked.said.push(other.with("text", written).with("label", &item.label));
        }
        Some(at)
    }

    /// The bar of a record: what stands after the group's name and number is its title.
    pub(super) fn record_head(&mut self, path: &ItemPath, cell: &super::Read) {
        let Some((group, _)) = self.record.clone() else { return };
        let label = &self.script.sections[self.section.expect("a record stands in a section")].labels[group];
        let Some(title) = &label.item.title_item else {
            self.walked.placed.entry(path.join("")).or_default();
            return;
        };
        let rest = cell.text.trim_start().strip_prefix(label.item.label.as_str()).unwrap_or(&cell.text);
        let rest = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let words = rest.strip_prefix('　').unwrap_or(rest).to_owned();
        let cell = super::Read { normal: normal(&words), text: words, ..cell.clone() };
        if cell.normal.is_empty() {
            return;
        }
        self.put(&path.join(title), &cell, super::BitJoin::Line);
    }
}
