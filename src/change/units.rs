//! Change units: the rows, records and figures that a list of changes shows, each with its marks.

use std::sync::Arc;

use typst::utils::LazyHash;

use super::mark_key::MarkKey;
use crate::markup::{Mark, Side, Text};
use crate::model::{Band, Check, Content, Element, Filled, FilledSection, FlowPage, ItemPath, RecordList, Row, Whole};
use crate::name::{ChangeId, SectionId};

/// One entry of a list of changes（変更箇所）.
#[derive(Debug)]
pub struct Unit<'a> {
    /// Path of the row, record or figure.
    pub path: ItemPath,
    /// The section it stands in.
    pub section: &'a LazyHash<FilledSection>,
    /// What it is.
    pub kind: UnitKind<'a>,
    /// Its marks in print order; empty: shown beside a changed row, itself unchanged.
    pub marks: Vec<MarkPlace>,
    /// Whether a change to it is a 重要な変更.
    pub important: bool,
}

/// What a unit is.
#[derive(Debug)]
pub enum UnitKind<'a> {
    /// A form row.
    Row(&'a Row),
    /// All rows of a record that is new or removed as a whole.
    Record(Vec<&'a Row>),
    /// The title of a record（委託事項の名称など）.
    Title(&'a Band),
    /// The boxes in a bar（提供・移転しない など）.
    Ticks(&'a Band),
    /// A figure.
    Figure(&'a FlowPage),
    /// A figure's remarks.
    Remarks(&'a FlowPage),
    /// An item list.
    Records(&'a RecordList),
}

/// A mark and the key by which its pages are measured（印の所在）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkPlace {
    /// Key in the laid out document.
    pub key: MarkKey,
    /// The mark.
    pub mark: Mark,
    /// Path of the row or figure that it takes in as a whole; its pages are the row's.
    pub whole_of: Option<ItemPath>,
    /// Path of the row before it that is still there; a row that is gone stood on that one's last page.
    pub after: Option<ItemPath>,
}

impl Unit<'_> {
    /// Ids of its changes, in the order of their first mark.
    #[must_use]
    pub fn changes(&self) -> Vec<&ChangeId> {
        let mut ids: Vec<&ChangeId> = Vec::new();
        for place in &self.marks {
            if !ids.contains(&&place.mark.change) {
                ids.push(&place.mark.change);
            }
        }
        ids
    }

    /// Its place in words: `Ⅱ（1） 6. 特定個人情報の保管・消去 ①保管場所`.
    #[must_use]
    pub fn item_words(&self) -> String {
        let mut words =
            vec![format!("{}{}", self.section.number, self.section.file_name.as_deref().unwrap_or_default())];
        match &self.kind {
            UnitKind::Row(row) => {
                words.extend(row.trail.iter().cloned());
                words.push(row.label.clone());
            }
            UnitKind::Record(rows) => {
                words.extend(rows.first().map(|row| row.trail.clone()).unwrap_or_default());
            }
            UnitKind::Title(band) | UnitKind::Ticks(band) => {
                words.push(band.label.characters(crate::markup::State::After))
            }
            UnitKind::Figure(page) => words.push(page.title.characters(crate::markup::State::After)),
            UnitKind::Remarks(page) => {
                words.push(page.title.characters(crate::markup::State::After));
                words.push(format!("（{}）", page.remarks_label));
            }
            UnitKind::Records(list) => words.push(list.title.clone()),
        }
        words.retain(|word| !word.is_empty());
        words.join("\n")
    }
}

/// The changed rows in print order; in `context_sections` an unchanged row beside a changed one too.
#[must_use]
pub fn units<'a>(filled: &'a Filled, context_sections: &[SectionId]) -> Vec<Unit<'a>> {
    let changed = filled.sections.iter().filter(|section| is_marked(section));
    changed.flat_map(|section| section_units(section, context_sections.contains(&section.def_id))).collect()
}

/// Whether a section has a changed row.
#[must_use]
pub fn is_marked(section: &LazyHash<FilledSection>) -> bool {
    !marked_rows(section).is_empty()
}

/// The marks of each changed row of a section, in print order, and whether a change to the row is a 重要な変更. They are remembered: many
/// rules ask for them, and an edit leaves most sections as they were.
#[comemo::memoize]
fn marked_rows(section: &LazyHash<FilledSection>) -> Arc<[(bool, Vec<MarkPlace>)]> {
    section_units(section, false).into_iter().map(|unit| (unit.important, unit.marks)).collect()
}

/// The changed rows of a section in print order; an unchanged row beside a changed one too, where that is asked for.
#[must_use]
pub fn section_units(section: &LazyHash<FilledSection>, with_context: bool) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    let found = &mut units;
    let mut before: Option<&ItemPath> = None;
    for element in &section.elements {
        match element {
            Element::Row(row) => {
                row_unit(section, row, before, found);
                if row.whole.as_ref().is_none_or(|whole| whole.side == Side::New) {
                    before = Some(&row.path);
                }
            }
            Element::Flow(page) => flow_units(section, page, with_context, found),
            Element::Records(list) => {
                let marks = text_marks(&list.path, 0, &list.text);
                if !marks.is_empty() {
                    let kind = UnitKind::Records(list);
                    found.push(Unit { path: list.path.clone(), section, kind, marks, important: false });
                }
            }
            Element::Band(band) => band_unit(section, band, found),
        }
    }
    units
}

/// All marks of a form, in print order.
#[must_use]
pub fn used_changes(filled: &Filled) -> Vec<MarkPlace> {
    marks_of(filled, |_| true)
}

/// The marks of a form in rows of which a change is a 重要な変更, in print order.
#[must_use]
pub fn important_marks(filled: &Filled) -> Vec<MarkPlace> {
    marks_of(filled, |important| important)
}

fn marks_of(filled: &Filled, wanted: impl Fn(bool) -> bool) -> Vec<MarkPlace> {
    let mut found = Vec::new();
    for section in &filled.sections {
        let rows = marked_rows(section);
        rows.iter().filter(|(important, _)| wanted(*important)).for_each(|(_, marks)| found.extend_from_slice(marks));
    }
    found
}

/// The boxes in a bar, and the title of a record that stays: a change to it is an entry of its own.
fn band_unit<'a>(section: &'a LazyHash<FilledSection>, band: &'a Band, found: &mut Vec<Unit<'a>>) {
    let ticks = if band.whole.is_none() { check_marks(&band.path, &band.ticks) } else { Vec::new() };
    if !ticks.is_empty() {
        let kind = UnitKind::Ticks(band);
        found.push(Unit { path: band.path.clone(), section, kind, marks: ticks, important: band.important });
    }
    let (Some(record), None) = (&band.record, &band.whole) else { return };
    let marks = text_marks(record, 0, &band.label);
    if !marks.is_empty() {
        let kind = UnitKind::Title(band);
        found.push(Unit { path: record.clone(), section, kind, marks, important: false });
    }
}

fn row_unit<'a>(
    section: &'a LazyHash<FilledSection>,
    row: &'a Row,
    before: Option<&ItemPath>,
    found: &mut Vec<Unit<'a>>,
) {
    let mut marks = row_marks(row);
    for place in marks.iter_mut().filter(|place| place.whole_of.is_some()) {
        place.after = before.cloned();
    }
    if marks.is_empty() {
        return;
    }
    // Rows of a record that is marked as a whole make one entry.
    if let (Some(_), Some(record)) = (&row.whole, &row.record) {
        if let Some(Unit { path, kind: UnitKind::Record(rows), marks: all, important, .. }) = found.last_mut()
            && path == record
        {
            rows.push(row);
            all.extend(marks);
            *important |= row.important;
            return;
        }
        let kind = UnitKind::Record(vec![row]);
        found.push(Unit { path: record.clone(), section, kind, marks, important: row.important });
        return;
    }
    found.push(Unit { path: row.path.clone(), section, kind: UnitKind::Row(row), marks, important: row.important });
}

fn flow_units<'a>(
    section: &'a LazyHash<FilledSection>,
    page: &'a FlowPage,
    with_context: bool,
    found: &mut Vec<Unit<'a>>,
) {
    let figure_path = page.figure_path();
    let mut figure = text_marks(&figure_path, 0, &page.title);
    figure.extend(whole_mark(&figure_path, page.whole.as_ref()));
    for node in &page.nodes {
        figure.extend(node.whole.as_ref().map(|whole| MarkPlace {
            key: MarkKey::of_node(&figure_path, &node.id),
            mark: whole.mark.clone(),
            whole_of: Some(figure_path.clone()),
            after: None,
        }));
    }
    for (index, arrow) in page.arrows.iter().enumerate() {
        figure.extend(arrow.whole.as_ref().map(|whole| MarkPlace {
            key: MarkKey::of_arrow(&figure_path, index),
            mark: whole.mark.clone(),
            whole_of: Some(figure_path.clone()),
            after: None,
        }));
    }
    let remarks_path = page.remarks_path();
    let mut remarks = text_marks(&remarks_path, 0, &page.remarks_text());
    remarks.extend(whole_mark(&remarks_path, page.whole.as_ref()));
    let changed = !figure.is_empty() || !remarks.is_empty();
    if !figure.is_empty() || (with_context && changed) {
        let kind = UnitKind::Figure(page);
        found.push(Unit { path: figure_path, section, kind, marks: figure, important: false });
    }
    if !remarks.is_empty() || (with_context && changed) {
        let kind = UnitKind::Remarks(page);
        found.push(Unit { path: remarks_path, section, kind, marks: remarks, important: false });
    }
}

fn row_marks(row: &Row) -> Vec<MarkPlace> {
    let mut marks: Vec<MarkPlace> = whole_mark(&row.path, row.whole.as_ref()).into_iter().collect();
    for (index, text) in row.content.texts().into_iter().enumerate() {
        marks.extend(text_marks(&row.path, index, text));
    }
    if let Content::Checks { checks, .. } = &row.content {
        marks.extend(check_marks(&row.path, checks));
    }
    marks
}

/// The marks on boxes of a row or bar.
fn check_marks(path: &ItemPath, checks: &[Check]) -> Vec<MarkPlace> {
    let marked = checks.iter().enumerate().filter_map(|(index, check)| Some((index, check.mark.as_ref()?)));
    marked
        .map(|(index, mark)| MarkPlace {
            key: MarkKey::of_check(path, index),
            mark: mark.clone(),
            whole_of: None,
            after: None,
        })
        .collect()
}

fn whole_mark(path: &ItemPath, whole: Option<&Whole>) -> Option<MarkPlace> {
    whole.map(|whole| MarkPlace {
        key: MarkKey::of_whole(path),
        mark: whole.mark.clone(),
        whole_of: Some(path.clone()),
        after: None,
    })
}

/// Marks of a text that touch at least one run, in the order of their runs.
fn text_marks(path: &ItemPath, index: usize, text: &Text) -> Vec<MarkPlace> {
    let mut seen: Vec<usize> = Vec::new();
    let sides: Vec<(usize, Side)> = text.runs().into_iter().filter_map(|run| run.mark).collect();
    for (mark, _) in sides {
        if !seen.contains(&mark) {
            seen.push(mark);
        }
    }
    seen.into_iter()
        .map(|mark| MarkPlace {
            key: MarkKey::of_text(path, index, mark),
            mark: text.marks[mark].clone(),
            whole_of: None,
            after: None,
        })
        .collect()
}
