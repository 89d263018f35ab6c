//! Rows of a list of changes, section by section: headings, cells, what is shown of a unit.
//!
//! Rows that cite no page show nothing but their section and the settings of the list. They are remembered under both: an edit leaves most
//! sections as they were.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use typst::utils::{LazyHash, hash128};

use super::compose::{Composer, Figures, Look, plain};
use super::pages::{PageIndex, cite_cell};
use super::sides::{Sides, side_cell};
use super::tree::{Bookmark, GridCell, GridRow, Part, Place, Repeats, Row, Run};
use crate::change::{Unit, UnitKind, section_units};
use crate::markup::State;
use crate::model::manifest::{ChangeToml, ColumnDef, ColumnField, ListDef, Timing, View};
use crate::model::{Band, Changes, Content, Element, FilledSection, ItemPath, Row as FormRow};

/// What the rows of a list are made with.
#[derive(Debug)]
pub(super) struct Making<'a> {
    /// What is known of each change.
    pub(super) changes: &'a Changes,
    /// Pages of rows and marks; `None` where no page is cited.
    pub(super) index: Option<&'a PageIndex>,
    pub(super) list: &'a ListDef,
    pub(super) columns: &'a [ColumnDef],
    pub(super) look: Look<'a>,
    pub(super) figures: Figures,
    /// How 変更前 and 変更後 show what differs.
    pub(super) sides: Sides,
    /// Whether headings stand before the rows of each section and file.
    pub(super) headings: bool,
}

/// The same under its hash, computed once for all sections.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    making: Making<'a>,
    key: u128,
}

impl<'a> Asked<'a> {
    pub(super) fn of(making: Making<'a>) -> Self {
        // Every field by name, so that a new one is not forgotten. Rows that cite pages are not remembered.
        let Making { changes, index: _, list, columns, look, figures, sides, headings } = &making;
        let key = hash128(&(&changes.list, list, columns, look.view, look.marks, figures, sides, headings));
        Self { making, key }
    }

    /// The rows of a section, with its headings.
    pub(super) fn rows(&self, section: &LazyHash<FilledSection>) -> Arc<[Arc<GridRow>]> {
        if self.making.index.is_some() { self.making.rows(section) } else { remembered(section, self) }
    }
}

impl Hash for Asked<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

#[comemo::memoize]
fn remembered(section: &LazyHash<FilledSection>, asked: &Asked<'_>) -> Arc<[Arc<GridRow>]> {
    asked.making.rows(section)
}

/// What the rows so far have shown, so that a heading stands once.
#[derive(Default)]
struct Shown {
    trail: Vec<String>,
    record: String,
    reasons: Vec<String>,
}

impl Making<'_> {
    fn rows(&self, section: &LazyHash<FilledSection>) -> Arc<[Arc<GridRow>]> {
        let units = section_units(section, self.list.context_sections.contains(&section.def_id));
        let mut shown = Shown::default();
        let mut rows = Vec::new();
        for (number, unit) in units.iter().enumerate() {
            // The heading stands before the rows of each file, and over each figure: a reader need not turn back for it.
            if self.headings && (number == 0 || matches!(unit.kind, UnitKind::Figure(_))) {
                rows.push(heading_row(section));
            }
            if let (true, 0, Some(file)) = (self.headings, number, &section.file_name) {
                rows.push(file_row(section, file, self.columns, self.list));
            }
            let cells = self.columns.iter().map(|column| cell(column.field, unit, self, &mut shown)).collect();
            let bookmarks = if self.headings { bookmarks(unit, self, &mut shown) } else { Vec::new() };
            let with_next = units.get(number + 1).is_some_and(|next| self.share_page(unit, next));
            let path = unit.path.clone();
            rows.push(GridRow { heading: None, level: 0, bookmarks, cells, sticky: false, with_next, path });
        }
        rows.into_iter().map(Arc::new).collect()
    }

    fn composer(&self) -> Composer<'_> {
        Composer { look: self.look, legend: &[], figures: self.figures }
    }

    /// Whether a figure and the remarks below it fit on one page, as in the form.
    fn share_page(&self, unit: &Unit<'_>, next: &Unit<'_>) -> bool {
        match (&unit.kind, &next.kind, self.figures) {
            (UnitKind::Figure(page), UnitKind::Remarks(own), Figures::Drawn(sheet)) if page.path == own.path => {
                let composer = self.composer();
                composer.flow(page).height <= sheet.beside(&composer.remarks_now(page))
            }
            _ => false,
        }
    }

    fn pages(&self, unit: &Unit<'_>) -> Vec<usize> {
        self.index.map(|index| index.of_unit(unit, None)).unwrap_or_default()
    }

    /// 事由 of a unit, each once.
    fn reasons(&self, unit: &Unit<'_>) -> Vec<String> {
        let mut reasons: Vec<String> = Vec::new();
        for change in unit.changes().into_iter().filter_map(|id| self.changes.get(id)) {
            if !reasons.contains(&change.reason) {
                reasons.push(change.reason.clone());
            }
        }
        reasons
    }
}

/// Ranks of the headings and bookmarks of a list.
const CHAPTER: u8 = 1;
const FILE: u8 = 2;
const RECORD: u8 = 3;
const REASON: u8 = 4;

/// Where a record（委託事項、提供先） or another 事由 begins.
fn bookmarks(unit: &Unit<'_>, making: &Making<'_>, shown: &mut Shown) -> Vec<Bookmark> {
    let mut found = Vec::new();
    let record = unit.section.elements.iter().find_map(|element| match element {
        Element::Band(band) => {
            unit.path.is_in(band.record.as_ref()?).then(|| band.label.characters(State::After).replace('\n', " "))
        }
        Element::Row(_) | Element::Flow(_) | Element::Records(_) => None,
    });
    let record = record.unwrap_or_default();
    if record != shown.record {
        shown.record.clone_from(&record);
        shown.reasons.clear();
        if !record.is_empty() {
            found.push(Bookmark { level: RECORD, words: record });
        }
    }
    let reasons = making.reasons(unit);
    if !reasons.is_empty() && reasons != shown.reasons {
        let words = reasons.join("、").replace('\n', " ");
        found.push(Bookmark { level: REASON, words });
        shown.reasons = reasons;
    }
    found
}

fn heading_row(section: &FilledSection) -> GridRow {
    GridRow {
        heading: Some(vec![plain(format!("{}{}", section.heading, note(section)))]),
        level: CHAPTER,
        bookmarks: Vec::new(),
        cells: Vec::new(),
        sticky: true,
        with_next: false,
        path: ItemPath::nowhere(),
    }
}

fn note(section: &FilledSection) -> String {
    if section.note.is_empty() { String::new() } else { format!("　{}", section.note) }
}

/// The row that names the file a repeated section is about, under the section's first bar.
fn file_row(section: &FilledSection, file: &str, columns: &[ColumnDef], list: &ListDef) -> GridRow {
    let bar = section.elements.iter().find_map(|element| match element {
        Element::Band(band) => Some(band.label.characters(State::After)),
        Element::Row(_) | Element::Flow(_) | Element::Records(_) => None,
    });
    if !columns.iter().any(|column| column.field == ColumnField::Row) {
        let words = bar.map_or_else(|| file.to_owned(), |bar| format!("{bar}　{file}"));
        return GridRow {
            heading: Some(vec![plain(words)]),
            level: FILE,
            bookmarks: Vec::new(),
            cells: Vec::new(),
            sticky: true,
            with_next: false,
            path: ItemPath::nowhere(),
        };
    }
    let words = bar.map_or_else(|| file.to_owned(), |bar| format!("{bar}\n{file}"));
    let cells = columns
        .iter()
        .map(|column| match column.field {
            ColumnField::Row => GridCell { header: true, ..text_cell(words.clone(), Centre::No) },
            _ => text_cell(list.heading_reason.clone(), Centre::Yes),
        })
        .collect();
    let bookmarks = vec![Bookmark { level: FILE, words: file.to_owned() }];
    GridRow { heading: None, level: 0, bookmarks, cells, sticky: true, with_next: false, path: ItemPath::nowhere() }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Centre {
    Yes,
    No,
}

pub(super) fn text_cell(text: String, centre: Centre) -> GridCell {
    runs_cell(vec![plain(text)], centre)
}

fn runs_cell(runs: Vec<Run>, centre: Centre) -> GridCell {
    GridCell {
        parts: vec![Part::Line { runs }],
        rowspan: 1,
        centre: centre == Centre::Yes,
        header: false,
        repeats: Repeats::No,
    }
}

fn cell(field: ColumnField, unit: &Unit<'_>, making: &Making<'_>, shown: &mut Shown) -> GridCell {
    let Making { list, sides, look, changes, .. } = making;
    let per_change = |value: &dyn Fn(&ChangeToml) -> String| {
        let mut values: Vec<String> = unit.changes().into_iter().filter_map(|id| changes.get(id)).map(value).collect();
        values.dedup();
        values.join("\n")
    };
    match field {
        ColumnField::Row => GridCell {
            parts: row_parts(unit, &making.composer(), shown),
            rowspan: 1,
            centre: false,
            header: false,
            repeats: Repeats::No,
        },
        ColumnField::Item => {
            let words = Run { to: Some(Place::of_row(&unit.path)), ..plain(unit.item_words()) };
            GridCell { header: true, repeats: Repeats::Continued, ..runs_cell(vec![words], Centre::No) }
        }
        ColumnField::Pages => {
            let pages = cite_cell(&making.pages(unit), &list.page_separator);
            GridCell { repeats: Repeats::Bare, ..text_cell(pages, Centre::Yes) }
        }
        ColumnField::Reason if unit.marks.is_empty() => text_cell(list.context_reason.clone(), Centre::Yes),
        ColumnField::Reason => {
            let reasons = making.reasons(unit).join("\n");
            GridCell { repeats: Repeats::Continued, ..text_cell(reasons, Centre::No) }
        }
        ColumnField::ChangedOn => {
            let days = per_change(&|change| change.changed_on.clone());
            GridCell { repeats: Repeats::Continued, ..text_cell(days, Centre::No) }
        }
        ColumnField::Timing => {
            text_cell(per_change(&|change| change.timing.map_or("", Timing::label).to_owned()), Centre::Yes)
        }
        ColumnField::TimingNote => text_cell(per_change(&|change| change.timing_note.clone()), Centre::No),
        ColumnField::Before => side_cell(unit, View::Before, (look.marks, *sides), &list.words),
        ColumnField::After => side_cell(unit, View::Clean, (look.marks, *sides), &list.words),
    }
}

/// Bands above the row, the rows it belongs to, and the row itself, as the form prints them.
fn row_parts(unit: &Unit<'_>, composer: &Composer<'_>, shown: &mut Shown) -> Vec<Part> {
    match &unit.kind {
        UnitKind::Row(row) => {
            let before = shown.trail.clone();
            let mut parts = bands(unit.section, row, shown);
            let printed = if shown.trail == before { None } else { fixed_below(unit.section, &shown.trail) };
            parts.extend(printed.and_then(|row| composer.row(row)).map(|row| Part::Rows { rows: vec![row] }));
            let mut rows: Vec<Row> =
                ancestors(unit.section, row).into_iter().filter_map(|row| composer.row(row)).collect();
            rows.extend(composer.row(row));
            parts.push(Part::Rows { rows });
            parts
        }
        UnitKind::Record(all) => {
            let mut parts = all.first().map(|row| bands(unit.section, row, shown)).unwrap_or_default();
            if let Some(band) = record_band(unit) {
                parts.push(Part::Band { label: composer.runs(&band.label, &unit.path, 0, band.whole.as_ref()) });
            }
            parts.push(Part::Rows { rows: all.iter().filter_map(|row| composer.row(row)).collect() });
            parts
        }
        UnitKind::Title(band) => {
            vec![Part::Band { label: composer.runs(&band.label, &unit.path, 0, None) }]
        }
        UnitKind::Ticks(band) => vec![
            Part::Band { label: composer.runs(&band.label, &unit.path, 0, None) },
            Part::Checks { options: composer.ticks(band), columns: 1 },
        ],
        UnitKind::Figure(page) => vec![Part::Flow(composer.flow(page))],
        UnitKind::Remarks(page) => {
            let row = composer.remarks(page);
            let mut parts = vec![Part::Line { runs: vec![plain(format!("（{}）", page.remarks_label))] }];
            parts.extend(row.cell);
            parts
        }
        UnitKind::Records(list) => vec![Part::Rich { blocks: composer.rich(&list.text, &list.path, 0, None) }],
    }
}

fn record_band<'a>(unit: &Unit<'a>) -> Option<&'a Band> {
    unit.section.elements.iter().find_map(|element| match element {
        Element::Band(band) if band.record.as_ref() == Some(&unit.path) => Some(band),
        _ => None,
    })
}

/// The bands over a row that the rows before it have not shown yet.
fn bands(section: &FilledSection, row: &FormRow, shown: &mut Shown) -> Vec<Part> {
    let labels: Vec<String> = section
        .elements
        .iter()
        .filter_map(|element| match element {
            Element::Band(band) if band.record.is_none() => Some(band.label.characters(State::After)),
            _ => None,
        })
        .collect();
    let trail: Vec<String> = row.trail.iter().filter(|label| labels.contains(label)).cloned().collect();
    let same = trail.iter().zip(&shown.trail).take_while(|(now, before)| now == before).count();
    let parts = trail[same..].iter().map(|label| Part::Band { label: vec![plain(label)] }).collect();
    shown.trail = trail;
    parts
}

/// The form's own text directly below the innermost bar, such as the risks that Ⅲ4 names under its heading.
fn fixed_below<'a>(section: &'a FilledSection, trail: &[String]) -> Option<&'a FormRow> {
    let innermost = trail.last()?;
    let mut elements = section.elements.iter();
    elements.find(|element| match element {
        Element::Band(band) => band.label.characters(State::After) == *innermost,
        Element::Row(_) | Element::Flow(_) | Element::Records(_) => false,
    })?;
    match elements.next()? {
        Element::Row(row)
            if row.label.is_empty() && matches!(&row.content, Content::Text(text) if text.span.is_none()) =>
        {
            Some(row)
        }
        _ => None,
    }
}

/// The rows above a sub-row that it belongs to, outermost first.
fn ancestors<'a>(section: &'a FilledSection, row: &FormRow) -> Vec<&'a FormRow> {
    let mut found: Vec<&FormRow> = Vec::new();
    let mut depth = row.depth;
    let before = section.elements.iter().filter_map(|element| match element {
        Element::Row(row) => Some(row),
        _ => None,
    });
    let before: Vec<&FormRow> = before.take_while(|other| other.path != row.path).collect();
    for other in before.into_iter().rev() {
        if depth == 0 {
            break;
        }
        if other.depth < depth {
            depth = other.depth;
            found.push(other);
        }
    }
    found.reverse();
    found
}
