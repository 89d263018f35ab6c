//! Lists that cite pages: 変更箇所一覧, 主な変更内容 and 別添3, each made from change units and a measured document.

use std::sync::Arc;

use typst::utils::LazyHash;

use super::compose::{Composer, Figures, Look, paper, plain};
use super::list_rows::{Asked, Centre, Making, text_cell};
use super::pages::{PageIndex, cite};
use super::sheet::{Sheet, list_em};
use super::sides::Sides;
use super::tree::{Block, Grid, GridRow, Section};
use super::widths::drawn;
use crate::change::{is_marked, units};
use crate::model::manifest::{
    ChangeToml, ColumnDef, ColumnField, DocumentDef, HistoryToml, MarkStyle, RowToml, SectionLayout, View,
};
use crate::model::{Changes, Filled, FilledSection, ItemPath};
use crate::name::BesideId;

/// What a list cites（引用元）: a form, and the pages at which its rows were measured.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'a> {
    /// The form.
    pub filled: &'a Filled,
    /// The pages of its rows; `None` where no page is cited.
    pub index: Option<&'a PageIndex>,
    /// What is known of each change.
    pub changes: &'a Changes,
    /// Id of the 評価書 beside the main one that is listed; none: the main one.
    pub beside: Option<&'a BesideId>,
}

impl<'a> Cited<'a> {
    /// The changes that are told in words, as no mark shows them.
    fn told(&self) -> impl Iterator<Item = (&'a ChangeToml, &'a RowToml)> {
        let all = self.changes.list.iter().map(|change| &change.settings);
        let rows = all.filter_map(|settings| Some((settings, settings.row.as_ref()?)));
        let beside = self.beside;
        rows.filter(move |(_, row)| row.form.as_ref() == beside)
    }
}

impl<'a> Cited<'a> {
    /// The sections that have changed rows.
    fn sections(&self) -> impl Iterator<Item = &'a LazyHash<FilledSection>> {
        self.filled.sections.iter().map(AsRef::as_ref).filter(|section| is_marked(section))
    }

    /// The rows of earlier changes.
    fn history(&self) -> impl Iterator<Item = &'a HistoryToml> {
        let beside = self.beside;
        self.changes.history.iter().filter(move |row| row.form.as_ref() == beside)
    }
}

/// 変更箇所一覧 as one section: the changed form row itself, its pages, its reasons.
#[must_use]
pub fn change_list(cited: Cited<'_>, composer: &Composer<'_>, definition: &DocumentDef) -> Section {
    let list = &definition.list;
    let columns = &list.columns;
    let Composer { look, figures, .. } = *composer;
    let Cited { index, changes, .. } = cited;
    let making = Making { changes, index, list, columns, look, figures, sides: Sides::Shown, headings: true };
    let asked = Asked::of(making);
    let told = cited.told().map(|told| Arc::new(told_row(columns, told)));
    let mut rows: Vec<Arc<GridRow>> = told.collect();
    rows.extend(cited.sections().flat_map(|section| asked.rows(section).to_vec()));
    // The first stands below the title: kept with its remarks a figure would leave the first page almost empty.
    if let Some(first) = rows.iter_mut().find(|row| row.heading.is_none()).filter(|row| row.with_next) {
        Arc::make_mut(first).with_next = false;
    }
    let grid = grid(columns, rows, (figures, list_em(definition.size_pt, definition.paper)));
    let mut blocks = Vec::new();
    blocks.extend(composer.legend_line());
    blocks.push(Block::Grid(grid));
    Section::whole(&definition.id.value, SectionLayout::Changes, blocks)
}

/// A list; how wide its columns are drawn follows from its words, so of one that is planned only it is left out.
fn grid(columns: &[ColumnDef], rows: Vec<Arc<GridRow>>, (figures, line_em): (Figures, f64)) -> Grid {
    let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
    let drawn = if figures == Figures::Planned { widths.clone() } else { drawn(columns, &rows, line_em) };
    Grid { header: columns.iter().map(|column| column.label.clone()).collect(), widths, drawn, rows }
}

/// 主な変更内容 as sections' blocks: numbered headings with their pages, each with its public text.
#[must_use]
pub fn change_summary(cited: Cited<'_>, composer: &Composer<'_>, definition: &DocumentDef) -> Section {
    let mut blocks = Vec::new();
    // Without pages to cite nobody asks for the rows.
    let all = cited.index.map(|index| (index, units(cited.filled, &[])));
    for (index, item) in cited.changes.summary.iter().enumerate() {
        let mut pages: Vec<usize> = Vec::new();
        for change in &item.settings.changes {
            if let Some((index, units)) = &all {
                pages.extend(units.iter().flat_map(|unit| index.of_unit(unit, Some(&change.value))));
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
            blocks: composer.rich(&item.text, &ItemPath::of("summary").join(&item.settings.id.value), 0, None),
        });
    }
    Section::whole(&definition.id.value, SectionLayout::Prose, blocks)
}

/// 別添3 of the form itself: six columns, the changed text before and after.
#[must_use]
pub fn changes_section(
    section: &FilledSection,
    cited: Cited<'_>,
    (marks, draws): (&MarkStyle, bool),
    definition: &DocumentDef,
) -> Vec<Block> {
    let columns = &section.columns;
    let figures = if draws { Figures::Drawn(Sheet::of_list(definition.size_pt, columns)) } else { Figures::Planned };
    let (look, list) = (Look { view: View::Clean, marks }, &definition.list);
    let Cited { index, changes, .. } = cited;
    let asked =
        Asked::of(Making { changes, index, list, columns, look, figures, sides: Sides::Plain, headings: false });
    let told = cited.told().map(|told| told_row(columns, told));
    let earlier = cited.history().map(|row| history_row(columns, row));
    let mut rows: Vec<Arc<GridRow>> = earlier.chain(told).map(Arc::new).collect();
    rows.extend(cited.sections().flat_map(|section| asked.rows(section).to_vec()));
    vec![Block::Grid(grid(columns, rows, (figures, list_em(definition.size_pt, paper(section)))))]
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
    GridRow::of(cells)
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
