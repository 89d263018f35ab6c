//! 意見募集のお知らせ and 意見の概要と考え方: the hearing of a case as the public reads it, and what was answered.
//!
//! Headings, order, columns and words are data（`templates/words/document.toml`, `comments.toml`）; pages are measured.

use std::sync::Arc;

use super::checklists::item_words;
use super::compose::{line, plain};
use super::pages::{PageIndex, cite};
use super::tree::{Block, Grid, GridCell, GridRow, LineRole, Part, Repeats, RichBlock, Run, Section, SectionLayout};
use crate::change::Unit;
use crate::check::wareki;
use crate::model::manifest::{
    CommentColumn, CommentField, CommentLabel, CommentPart, CommentShows, DocumentDef, GroupToml, PageFormat,
};
use crate::model::{Case, Comments, Filled, ItemPath, Municipality, put};
use crate::name::ChangeId;
use crate::source::Located;

/// A hearing with what its documents cite（意見の募集の材料）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) municipality: &'a Municipality,
    pub(super) case: &'a Case,
    pub(super) comments: &'a Comments,
    pub(super) definition: &'a DocumentDef,
    /// The assessment whose pages are cited.
    pub(super) filled: &'a Filled,
    /// Its changed rows.
    pub(super) units: &'a [Unit<'a>],
    /// Its measured pages; `None` where no page is cited.
    pub(super) index: Option<&'a PageIndex>,
}

impl Heard<'_> {
    /// The notice（意見募集のお知らせ）: running text.
    pub(super) fn notice(&self) -> Section {
        self.section(&self.comments.words.notice, SectionLayout::Prose)
    }

    /// The report（意見の概要と考え方）: tables.
    pub(super) fn report(&self) -> Section {
        self.section(&self.comments.words.report, SectionLayout::Changes)
    }

    fn section(&self, parts: &[CommentPart], layout: SectionLayout) -> Section {
        Section::whole(&self.definition.id.value, layout, self.blocks(parts))
    }

    /// All parts; `{n}` in a heading is its number among those that are printed.
    fn blocks(&self, parts: &[CommentPart]) -> Vec<Block> {
        let mut number = 0;
        let mut all = Vec::new();
        for part in parts {
            let blocks = self.part(part, number + 1);
            number += usize::from(!blocks.is_empty() && !part.heading.is_empty());
            all.extend(blocks);
        }
        all
    }

    /// A part with its heading and its text; nothing where the list that it shows is empty.
    fn part(&self, part: &CommentPart, number: usize) -> Vec<Block> {
        let shown = self.shown(part.shows);
        let text = self.said(&part.text);
        let is_text = part.shows == CommentShows::Nothing;
        if (is_text && text.trim().is_empty()) || (!is_text && shown.is_none()) {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        if !part.heading.is_empty() {
            let heading = put(&part.heading, [("n", number.to_string().as_str())]);
            blocks.push(Block::Heading { level: 2, runs: vec![plain(self.said(&heading))] });
        }
        let lines = text.lines().filter(|words| !words.trim().is_empty());
        blocks.extend(lines.map(|words| line(LineRole::Plain, words.to_owned())));
        blocks.extend(shown);
        blocks
    }

    /// A pattern with what the hearing says in place.
    fn said(&self, pattern: &str) -> String {
        let hearing = &self.comments.settings.hearing;
        let day = |of: fn((jiff::civil::Date, jiff::civil::Date)) -> jiff::civil::Date| {
            self.comments.period.map(|period| wareki(of(period))).unwrap_or_default()
        };
        let days = self.comments.days().map(|days| days.to_string()).unwrap_or_default();
        let (from, to, stage) = (day(|period| period.0), day(|period| period.1), self.stage());
        let (count, groups) = (self.comments.settings.opinion.len(), self.comments.settings.group.len());
        let (count, groups) = (count.to_string(), groups.to_string());
        put(
            pattern,
            [
                ("title", hearing.title.value.as_str()),
                ("ground", &hearing.ground),
                ("contact", &hearing.contact),
                ("from", &from),
                ("to", &to),
                ("days", &days),
                ("count", &count),
                ("groups", &groups),
                ("stage", &stage),
            ],
        )
    }

    fn stage(&self) -> String {
        self.municipality.words.stage_sign(&self.case.stage)
    }

    fn shown(&self, shows: CommentShows) -> Option<Block> {
        let settings = &self.comments.settings;
        match shows {
            CommentShows::Nothing => None,
            CommentShows::Outline => list(self.outline()),
            CommentShows::Places => list(settings.hearing.places.clone()),
            CommentShows::Ways => {
                let rows = settings.hearing.way.iter().map(|way| vec![way.way.value.clone(), way.to.clone()]);
                grid(&self.comments.words.way_columns, rows.map(|texts| text_row(texts, Numbers::None)).collect())
            }
            CommentShows::WayCounts => self.way_counts(),
            CommentShows::EffectCounts => self.effect_counts(),
            CommentShows::Answers => {
                let columns = &self.comments.words.columns;
                let labels: Vec<CommentLabel> = columns
                    .iter()
                    .map(|CommentColumn { label, width, .. }| CommentLabel { label: label.clone(), width: *width })
                    .collect();
                let groups = (1..).zip(&settings.group);
                grid(&labels, groups.map(|(number, group)| self.answer(columns, number, group)).collect())
            }
        }
    }

    /// What changes, point by point, each with its pages.
    fn outline(&self) -> Vec<String> {
        let own = &self.comments.settings.hearing.outline;
        if own.is_empty() {
            let summary = self.case.changes.summary.iter().map(|item| &item.settings);
            return summary.map(|item| format!("{}{}", item.heading, self.pages(&item.changes, &[]))).collect();
        }
        own.iter().map(|point| format!("{}{}", point.text, self.pages(&point.changes, &point.items))).collect()
    }

    fn way_counts(&self) -> Option<Block> {
        let settings = &self.comments.settings;
        let mut ways: Vec<&str> = settings.hearing.way.iter().map(|way| way.way.value.as_str()).collect();
        for opinion in &settings.opinion {
            if !ways.contains(&opinion.way.value.as_str()) {
                ways.push(&opinion.way.value);
            }
        }
        let count = |way: &str| settings.opinion.iter().filter(|opinion| opinion.way.value == way).count();
        let rows = ways.iter().map(|way| (*way, vec![count(way)]));
        let total = (self.comments.words.total.as_str(), vec![settings.opinion.len()]);
        grid(&self.comments.words.way_count_columns, rows.chain([total]).map(count_row).collect())
    }

    fn effect_counts(&self) -> Option<Block> {
        let comments = self.comments;
        let (settings, words) = (&comments.settings, &comments.words);
        let of = |effect: Option<&str>| {
            let groups = settings.group.iter().filter(move |group| group.effect() == effect);
            let opinions = groups.clone().map(|group| comments.opinions_of(&group.id.value).count()).sum();
            vec![groups.count(), opinions]
        };
        let mut effects: Vec<&str> = words.effects.iter().map(|effect| effect.word.as_str()).collect();
        for effect in settings.group.iter().filter_map(GroupToml::effect) {
            if !effects.contains(&effect) {
                effects.push(effect);
            }
        }
        let decided = effects.iter().map(|effect| (*effect, of(Some(effect))));
        let mut open = of(None);
        // An opinion that no group answers is open too.
        open[1] += settings.opinion.iter().filter(|opinion| opinion.group().is_none()).count();
        let open = Some((words.open.as_str(), open)).filter(|(_, counts)| counts.iter().any(|count| *count > 0));
        let total = (words.total.as_str(), vec![settings.group.len(), settings.opinion.len()]);
        grid(&words.effect_count_columns, decided.chain(open).chain([total]).map(count_row).collect())
    }

    /// A group as a row of the table of opinions.
    fn answer(&self, columns: &[CommentColumn], number: usize, group: &GroupToml) -> GridRow {
        let cells = columns.iter().map(|column| {
            let text = match column.field {
                CommentField::Number => number.to_string(),
                CommentField::Heading => group.heading.clone(),
                CommentField::Summary => {
                    let both = [group.heading.as_str(), group.summary.as_str()];
                    let heads = columns.iter().any(|column| column.field == CommentField::Heading);
                    let said = both.into_iter().skip(usize::from(heads)).filter(|words| !words.is_empty());
                    said.collect::<Vec<_>>().join("\n")
                }
                CommentField::Opinions => {
                    let opinions = self.comments.opinions_of(&group.id.value).map(|opinion| {
                        let number = opinion.number.value.to_string();
                        let parts = [("number", number.as_str()), ("text", opinion.text.value.trim_end())];
                        put(&self.comments.words.opinion, parts)
                    });
                    opinions.collect::<Vec<_>>().join("\n")
                }
                CommentField::Count => self.comments.opinions_of(&group.id.value).count().to_string(),
                CommentField::Answer => group.answer.trim_end().to_owned(),
                CommentField::Effect => group.effect().unwrap_or(&self.comments.words.open).to_owned(),
                CommentField::Places => self.places(group),
            };
            let centre = matches!(column.field, CommentField::Number | CommentField::Count | CommentField::Effect);
            GridCell { header: column.field == CommentField::Number, ..cell(text, centre) }
        });
        GridRow::of(cells.collect())
    }

    /// The changes that a group led to and the items that it is about, each with its pages.
    fn places(&self, group: &GroupToml) -> String {
        let words = &self.comments.words;
        let changes = group.changes.iter().filter_map(|change| {
            let reason = self.comments.reasons.get(&change.value)?;
            let pages = self.pages(std::slice::from_ref(change), &[]);
            Some(put(&words.change, [("reason", reason.as_str()), ("pages", &pages)]))
        });
        let items = group.items.iter().filter_map(|item| {
            let said = item_words(self.filled, &item.value)?;
            let pages = self.pages(&[], std::slice::from_ref(item));
            Some(put(&words.item, [("item", said.as_str()), ("pages", &pages)]))
        });
        changes.chain(items).collect::<Vec<_>>().join("\n")
    }

    /// The pages of changes and items as the document cites them; empty where none was measured.
    fn pages(&self, changes: &[Located<ChangeId>], items: &[Located<ItemPath>]) -> String {
        let Some(index) = self.index else { return String::new() };
        let of_change = |change: &Located<ChangeId>| -> Vec<usize> {
            let of = |unit: &Unit<'_>| {
                if unit.changes().contains(&&change.value) {
                    index.of_unit(unit, Some(&change.value))
                } else {
                    Vec::new()
                }
            };
            self.units.iter().flat_map(of).collect()
        };
        let of_item = |item: &Located<ItemPath>| index.rows.get(&item.value).map(|range| range.first..=range.last);
        let mut pages: Vec<usize> = changes.iter().flat_map(of_change).collect();
        pages.extend(items.iter().filter_map(of_item).flatten());
        pages.sort_unstable();
        pages.dedup();
        if pages.is_empty() {
            return String::new();
        }
        let (format, stage) = (&self.definition.pages, self.stage());
        let with_stage = |words: &str| put(words, [("stage", stage.as_str())]);
        let format = PageFormat { open: with_stage(&format.open), close: with_stage(&format.close), ..format.clone() };
        cite(&pages, &format)
    }
}

/// Points as a list; `None` where there are none.
fn list(points: Vec<String>) -> Option<Block> {
    let item = |point: String| vec![RichBlock::Paragraph { runs: vec![plain(point)] }];
    let items: Vec<Vec<RichBlock>> = points.into_iter().map(item).collect();
    let list = RichBlock::List { ordered: false, start: 1, items };
    (!matches!(&list, RichBlock::List { items, .. } if items.is_empty())).then(|| Block::Rich { blocks: vec![list] })
}

/// A table; `None` where it has no row or no column.
fn grid(columns: &[CommentLabel], rows: Vec<GridRow>) -> Option<Block> {
    if rows.is_empty() || columns.is_empty() {
        return None;
    }
    let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
    let header: Vec<String> = columns.iter().map(|column| column.label.clone()).collect();
    // A table of the data with fewer columns than it has things to say shows the first of them.
    let cut = |mut row: GridRow| {
        row.cells.truncate(header.len());
        row
    };
    let rows = rows.into_iter().map(cut).map(Arc::new).collect();
    Some(Block::Grid(Grid { header: header.clone(), drawn: widths.clone(), widths, rows }))
}

/// Which cells of a row are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    None,
    AfterFirst,
}

fn count_row((label, counts): (&str, Vec<usize>)) -> GridRow {
    let counts = counts.into_iter().map(|count| count.to_string());
    text_row(std::iter::once(label.to_owned()).chain(counts).collect(), Numbers::AfterFirst)
}

/// A row of texts; its first cell says what the others are about.
fn text_row(texts: Vec<String>, numbers: Numbers) -> GridRow {
    let cells = texts.into_iter().enumerate().map(|(at, text)| {
        let centre = at > 0 && numbers == Numbers::AfterFirst;
        GridCell { header: at == 0, ..cell(text, centre) }
    });
    GridRow::of(cells.collect())
}

fn cell(text: String, centre: bool) -> GridCell {
    let runs: Vec<Run> = vec![plain(text)];
    GridCell { parts: vec![Part::Line { runs }], rowspan: 1, centre, header: false, repeats: Repeats::No }
}
