//! Lists that cite pages: 変更箇所一覧, 主な変更内容 and 別添3, each made from change units and a measured document.

use super::compose::{Composer, Figures, Look, paper, plain};
use super::document::{Block, Bookmark, Grid, GridCell, GridRow, Paper, Part, Place, Repeats, Row, Run, Section};
use super::pages::{PageIndex, cite, cite_cell};
use super::sheet::{Sheet, list_em};
use super::sides::{Sides, side_cell};
use super::widths::drawn;
use crate::change::{Unit, UnitKind};
use crate::markup::State;
use crate::model::manifest::{
    ChangeToml, ColumnDef, ColumnField, DocumentDef, HistoryToml, ListDef, MarkStyle, RowToml, SectionLayout, View,
};
use crate::model::{Band, Changes, Content, Element, FilledSection, Row as FormRow};

/// What a list cites（引用元）: the units of a form and the pages at which they were measured.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// The changed rows.
    pub units: &'a [Unit<'a>],
    /// Their pages; `None` where no page is cited.
    pub index: Option<&'a PageIndex>,
    /// What is known of each change.
    pub changes: &'a Changes,
    /// Id of the 評価書 beside the main one that is listed; none: the main one.
    pub beside: Option<&'a str>,
}

impl<'a> Cited<'a> {
    /// The changes that are told in words, as no mark shows them.
    fn told(&self) -> impl Iterator<Item = (&'a ChangeToml, &'a RowToml)> {
        let all = self.changes.list.iter().map(|change| &change.settings);
        let rows = all.filter_map(|settings| Some((settings, settings.row.as_ref()?)));
        let beside = self.beside;
        rows.filter(move |(_, row)| row.form.as_deref() == beside)
    }
}

impl<'a> Cited<'a> {
    /// The rows of earlier changes.
    fn history(&self) -> impl Iterator<Item = &'a HistoryToml> {
        let beside = self.beside;
        self.changes.history.iter().filter(move |row| row.form.as_deref() == beside)
    }
}

impl Cited<'_> {
    fn pages(&self, unit: &Unit<'_>, change: Option<&str>) -> Vec<usize> {
        self.index.map(|index| index.of_unit(unit, change)).unwrap_or_default()
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

/// 変更箇所一覧 as one section: the changed form row itself, its pages, its reasons.
#[must_use]
pub fn change_list(cited: Cited<'_>, composer: &Composer<'_>, definition: &DocumentDef) -> Section {
    let list = &definition.list;
    let columns = &list.columns;
    let making = Making { cited, composer, list, sides: Sides::Shown };
    let mut rows: Vec<GridRow> = cited.told().map(|told| told_row(columns, told)).collect();
    let mut shown = Shown::default();
    for (number, unit) in cited.units.iter().enumerate() {
        // The heading stands before the rows of each file, and over each figure: a reader need not turn back for it.
        if shown.instance != unit.section.id || matches!(unit.kind, UnitKind::Figure(_)) {
            rows.push(heading_row(unit.section));
        }
        if shown.instance != unit.section.id {
            shown.instance.clone_from(&unit.section.id);
            shown.trail.clear();
            shown.record.clear();
            shown.reasons.clear();
            if let Some(file) = &unit.section.file_name {
                rows.push(file_row(unit.section, file, columns, list));
            }
        }
        let cells = columns.iter().map(|column| cell(column.field, unit, &making, &mut shown)).collect();
        let bookmarks = bookmarks(unit, cited, &mut shown);
        // The first stands below the title: kept with its remarks it would leave the first page almost empty.
        let with_next = cited.units.get(number + 1).filter(|_| number > 0);
        let with_next = with_next.is_some_and(|next| share_page(unit, next, composer));
        let path = unit.path.clone();
        rows.push(GridRow { heading: None, level: 0, bookmarks, cells, sticky: false, with_next, path });
    }
    let grid = Grid {
        header: columns.iter().map(|column| column.label.clone()).collect(),
        widths: columns.iter().map(|column| column.width).collect(),
        drawn: drawn(columns, &rows, list_em(definition.size_pt, definition.paper)),
        rows,
    };
    let mut blocks = Vec::new();
    blocks.extend(composer.legend_line());
    blocks.push(Block::Grid(grid));
    Section {
        id: definition.id.value.clone(),
        heading: String::new(),
        note: String::new(),
        layout: SectionLayout::Changes,
        new_page: false,
        paper: Paper::A4,
        blocks,
    }
}

/// Whether a figure and the remarks below it fit on one page, as in the form.
fn share_page(unit: &Unit<'_>, next: &Unit<'_>, composer: &Composer<'_>) -> bool {
    match (&unit.kind, &next.kind, composer.figures) {
        (UnitKind::Figure(page), UnitKind::Remarks(own), Figures::Drawn(sheet)) if page.path == own.path => {
            composer.flow(page).height <= sheet.beside(&composer.remarks_now(page))
        }
        _ => false,
    }
}

/// What the rows so far have shown, so that a heading stands once.
#[derive(Default)]
struct Shown {
    instance: String,
    trail: Vec<String>,
    record: String,
    reasons: Vec<String>,
}

/// Ranks of the headings and bookmarks of a list.
const CHAPTER: u8 = 1;
const FILE: u8 = 2;
const RECORD: u8 = 3;
const REASON: u8 = 4;

/// Where a record（委託事項、提供先） or another 事由 begins.
fn bookmarks(unit: &Unit<'_>, cited: Cited<'_>, shown: &mut Shown) -> Vec<Bookmark> {
    let mut found = Vec::new();
    let record = unit.section.elements.iter().find_map(|element| match element {
        Element::Band(band) => {
            let path = band.record.as_deref()?;
            let is_of = unit.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            is_of.then(|| band.label.characters(State::After).replace('\n', " "))
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
    let reasons = cited.reasons(unit);
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
        path: String::new(),
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
            path: String::new(),
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
    GridRow { heading: None, level: 0, bookmarks, cells, sticky: true, with_next: false, path: String::new() }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Centre {
    Yes,
    No,
}

fn text_cell(text: String, centre: Centre) -> GridCell {
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

/// What the cells of a list are made with.
struct Making<'a> {
    cited: Cited<'a>,
    composer: &'a Composer<'a>,
    list: &'a ListDef,
    /// How 変更前 and 変更後 show what differs.
    sides: Sides,
}

fn cell(field: ColumnField, unit: &Unit<'_>, making: &Making<'_>, shown: &mut Shown) -> GridCell {
    let Making { cited, composer, list, sides } = making;
    let per_change = |value: &dyn Fn(&crate::model::manifest::ChangeToml) -> String| {
        let mut values: Vec<String> =
            unit.changes().into_iter().filter_map(|id| cited.changes.get(id)).map(value).collect();
        values.dedup();
        values.join("\n")
    };
    match field {
        ColumnField::Row => GridCell {
            parts: row_parts(unit, composer, shown),
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
            let pages = cite_cell(&cited.pages(unit, None), &list.page_separator);
            GridCell { repeats: Repeats::Bare, ..text_cell(pages, Centre::Yes) }
        }
        ColumnField::Reason if unit.marks.is_empty() => text_cell(list.context_reason.clone(), Centre::Yes),
        ColumnField::Reason => {
            let reasons = cited.reasons(unit).join("\n");
            GridCell { repeats: Repeats::Continued, ..text_cell(reasons, Centre::No) }
        }
        ColumnField::ChangedOn => {
            let days = per_change(&|change| change.changed_on.clone());
            GridCell { repeats: Repeats::Continued, ..text_cell(days, Centre::No) }
        }
        ColumnField::Timing => text_cell(
            per_change(&|change| change.timing.map_or("", crate::model::manifest::Timing::label).to_owned()),
            Centre::Yes,
        ),
        ColumnField::TimingNote => text_cell(per_change(&|change| change.timing_note.clone()), Centre::No),
        ColumnField::Before => side_cell(unit, View::Before, (composer.look.marks, *sides), &list.words),
        ColumnField::After => side_cell(unit, View::Clean, (composer.look.marks, *sides), &list.words),
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
        Element::Band(band) if band.record.as_deref() == Some(unit.path.as_str()) => Some(band),
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

/// 主な変更内容 as sections' blocks: numbered headings with their pages, each with its public text.
#[must_use]
pub fn change_summary(cited: Cited<'_>, composer: &Composer<'_>, definition: &DocumentDef) -> Section {
    let mut blocks = Vec::new();
    for (index, item) in cited.changes.summary.iter().enumerate() {
        let mut pages: Vec<usize> = Vec::new();
        for change in &item.settings.changes {
            for unit in cited.units {
                pages.extend(cited.pages(unit, Some(&change.value)));
            }
        }
        pages.sort_unstable();
        pages.dedup();
        let cited_pages = cite(&pages, &definition.pages);
        let gap = if item.settings.pages_on_own_line { "\n" } else { "" };
        blocks.push(Block::Heading {
            level: 2,
            runs: vec![plain(format!("{} {}{gap}{cited_pages}", index + 1, item.settings.heading))],
        });
        blocks.push(Block::Rich {
            blocks: composer.rich(&item.text, &format!("summary/{}", item.settings.id.value), 0, None),
        });
    }
    Section {
        id: definition.id.value.clone(),
        heading: String::new(),
        note: String::new(),
        layout: SectionLayout::Prose,
        new_page: false,
        paper: Paper::A4,
        blocks,
    }
}

/// 別添3 of the form itself: six columns, the changed text before and after.
#[must_use]
pub fn changes_section(
    section: &FilledSection,
    cited: Cited<'_>,
    marks: &MarkStyle,
    definition: &DocumentDef,
) -> Vec<Block> {
    let list = &definition.list;
    let columns = &section.columns;
    let figures = Figures::Drawn(Sheet::of_list(definition.size_pt, columns));
    let composer = Composer { look: Look { view: View::Clean, marks }, legend: &[], figures };
    let making = Making { cited, composer: &composer, list, sides: Sides::Plain };
    let mut shown = Shown::default();
    let told = cited.told().map(|told| told_row(columns, told));
    let marked = cited.units.iter().map(|unit| GridRow {
        heading: None,
        level: 0,
        bookmarks: Vec::new(),
        cells: columns.iter().map(|column| cell(column.field, unit, &making, &mut shown)).collect(),
        sticky: false,
        with_next: false,
        path: unit.path.clone(),
    });
    let earlier = cited.history().map(|row| history_row(columns, row));
    let rows: Vec<GridRow> = earlier.chain(told).chain(marked).collect();
    vec![Block::Grid(Grid {
        header: columns.iter().map(|column| column.label.clone()).collect(),
        widths: columns.iter().map(|column| column.width).collect(),
        drawn: drawn(columns, &rows, list_em(definition.size_pt, paper(section))),
        rows,
    })]
}

/// The row of an earlier change.
fn history_row(columns: &[ColumnDef], row: &HistoryToml) -> GridRow {
    let text = |field: ColumnField| match field {
        ColumnField::Row => format!("{}\n{} → {}", row.item, row.before, row.after),
        ColumnField::Item => row.item.clone(),
        ColumnField::Pages | ColumnField::Reason => String::new(),
        ColumnField::ChangedOn => row.changed_on.clone(),
        ColumnField::Before => row.before.clone(),
        ColumnField::After => row.after.clone(),
        ColumnField::Timing => row.timing.clone(),
        ColumnField::TimingNote => row.timing_note.clone(),
    };
    words_row(columns, &text)
}

/// A row of a list that is nothing but words.
fn words_row(columns: &[ColumnDef], text: &dyn Fn(ColumnField) -> String) -> GridRow {
    let cells = columns.iter().map(|column| text_cell(text(column.field), Centre::No)).collect();
    GridRow {
        heading: None,
        level: 0,
        bookmarks: Vec::new(),
        cells,
        sticky: false,
        with_next: false,
        path: String::new(),
    }
}

/// The row of a change that is told in words.
fn told_row(columns: &[ColumnDef], (change, row): (&ChangeToml, &RowToml)) -> GridRow {
    let text = |field: ColumnField| match field {
        ColumnField::Row => format!("{}\n{} → {}", row.item, row.before, row.after),
        ColumnField::Item => row.item.clone(),
        ColumnField::Pages => String::new(),
        ColumnField::Reason => change.reason.clone(),
        ColumnField::ChangedOn => change.changed_on.clone(),
        ColumnField::Before => row.before.clone(),
        ColumnField::After => row.after.clone(),
        ColumnField::Timing => change.timing.map(|timing| timing.label().to_owned()).unwrap_or_default(),
        ColumnField::TimingNote => change.timing_note.clone(),
    };
    words_row(columns, &text)
}
