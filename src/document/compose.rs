//! A filled form as a document of one view.

use std::sync::Arc;

use rayon::prelude::*;
use typst::utils::LazyHash;

use super::brackets::{bracketed, bracketed_label};
use super::frames::framed;
use super::phrases::Phrases;
use super::sheet::Sheet;
use super::tree::{
    Block, Document, LineRole, MarkRef, MarkShow, Meta, Paper, Part, Place, RichBlock, Row, Run, Section, Tick,
};
use crate::change::{MarkKey, project};
use crate::markup::{Block as TextBlock, Paragraph, RunKind, Side, Text};
use crate::model::manifest::{Align, MarkStyle, SectionLayout, View};
use crate::model::{
    Band, Check, Content, Element, Filled, FilledSection, Inline, ItemPath, RecordList, Row as FormRow, Whole,
};
use crate::name::SectionId;

/// How a document shows its texts（見せ方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look<'a> {
    /// Which view.
    pub view: View,
    /// How marks look.
    pub marks: &'a MarkStyle,
}

/// Whether figures are drawn（図を描くか）: finding the paths of arrows takes some milliseconds a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Figures {
    /// With the place of every box and line, for such pages.
    Drawn(Sheet),
    /// Only in words; all that is drawn follows from them.
    Planned,
}

/// Makes documents of filled forms（組立て）.
#[derive(Debug)]
pub struct Composer<'a> {
    /// How texts are shown.
    pub look: Look<'a>,
    /// Legend; printed in sections that ask for it.
    pub legend: &'a [Run],
    /// Whether figures are drawn.
    pub figures: Figures,
}

impl Composer<'_> {
    /// The whole form as a document. `changes` is what the section of changes（別添3） shows.
    #[must_use]
    pub fn form(
        &self,
        filled: &Filled,
        meta: Meta,
        changes: &(dyn Fn(&FilledSection) -> Vec<Block> + Sync),
    ) -> Document {
        let of = |section: &LazyHash<FilledSection>| match section.layout {
            SectionLayout::Cover | SectionLayout::Contents | SectionLayout::Changes => {
                Arc::new(self.section(section, |blocks| self.whole(filled, section, changes, blocks)))
            }
            // Drawn figures are remembered one by one: with the section they would be forgotten while it stays, and all be drawn again
            // when one remark is another.
            SectionLayout::Flows if self.figures != Figures::Planned => {
                Arc::new(self.section(section, |blocks| self.own(section, blocks)))
            }
            SectionLayout::SubmissionCover
            | SectionLayout::Prose
            | SectionLayout::Table
            | SectionLayout::Flows
            | SectionLayout::Records => composed(section, self.look.view, self.look.marks, self.legend, self.figures),
        };
        // Side by side: the figures of one take longer than all the rest.
        Document { meta, sections: filled.sections.par_iter().map(AsRef::as_ref).map(of).collect() }
    }

    /// What shows more than its own section.
    fn whole(
        &self,
        filled: &Filled,
        section: &FilledSection,
        changes: &dyn Fn(&FilledSection) -> Vec<Block>,
        blocks: &mut Vec<Block>,
    ) {
        match section.layout {
            SectionLayout::Cover => {
                blocks.push(line(LineRole::Title, filled.title.clone()));
                self.elements(section, blocks);
                // As on the covers of the form: after the date of publication.
                if !filled.tag.is_empty() {
                    blocks.push(line(LineRole::Tag, format!("[{}]", filled.tag)));
                }
            }
            SectionLayout::Contents => contents(filled, blocks),
            // Before its changes a form has none to list.
            SectionLayout::Changes if self.look.view == View::Before => {}
            SectionLayout::Changes => blocks.extend(changes(section)),
            SectionLayout::SubmissionCover
            | SectionLayout::Prose
            | SectionLayout::Table
            | SectionLayout::Flows
            | SectionLayout::Records => {}
        }
    }

    /// What shows nothing but its own section.
    fn own(&self, section: &FilledSection, blocks: &mut Vec<Block>) {
        match section.layout {
            SectionLayout::SubmissionCover => self.submission_cover(section, blocks),
            SectionLayout::Prose => {
                self.prose(section, blocks);
                if section.legend {
                    blocks.extend(self.legend_line());
                }
            }
            SectionLayout::Table | SectionLayout::Flows | SectionLayout::Records => {
                blocks.extend(section.lead.iter().map(|lead| line(LineRole::Plain, lead.clone())));
                if let Some(subject) = &section.subject {
                    let mut runs = vec![plain(format!("{}　", section.subject_label))];
                    runs.extend(self.runs(subject, &section.path.join("subject"), 0, None));
                    blocks.push(Block::Line { role: LineRole::Subject, runs });
                }
                if section.legend {
                    blocks.extend(self.legend_line());
                }
                self.elements(section, blocks);
            }
            SectionLayout::Cover | SectionLayout::Contents | SectionLayout::Changes => {}
        }
    }

    fn section(&self, section: &FilledSection, fill: impl FnOnce(&mut Vec<Block>)) -> Section {
        let mut blocks = Vec::new();
        fill(&mut blocks);
        let covers = matches!(section.layout, SectionLayout::Cover | SectionLayout::SubmissionCover);
        let file = section.file_name.as_ref().filter(|_| section.layout != SectionLayout::Cover);
        let heading = match file {
            _ if covers => String::new(),
            Some(file) => format!("{} {file}", section.heading),
            None => section.heading.clone(),
        };
        // Where the heading is not printed the 件名 line is the heading.
        let heading = if section.subject.is_some() && section.number.is_empty() { String::new() } else { heading };
        Section {
            id: section.path.clone(),
            heading,
            note: section.note.clone(),
            layout: section.layout,
            new_page: section.new_page,
            paper: paper(section),
            blocks,
        }
    }

    /// The legend as a line of its own, where there is one.
    pub(super) fn legend_line(&self) -> Option<Block> {
        let runs = self.legend.to_vec();
        (!runs.is_empty()).then_some(Block::Line { role: LineRole::Legend, runs })
    }

    fn submission_cover(&self, section: &FilledSection, blocks: &mut Vec<Block>) {
        blocks.push(line(LineRole::Title, section.heading.clone()));
        for element in &section.elements {
            let Element::Row(row) = element else { continue };
            if matches!(&row.content, Content::Text(text) if text.span.is_some()) {
                blocks.push(Block::Rows { rows: self.row(row).into_iter().collect() });
            } else {
                if !row.label.is_empty() {
                    blocks.push(line(LineRole::Plain, row.label.clone()));
                }
                for text in row.content.texts() {
                    let runs = self.runs(text, &row.path, 0, row.whole.as_ref());
                    let role = match row.align {
                        Align::Left => LineRole::Plain,
                        Align::Centre => LineRole::Centre,
                        Align::Right => LineRole::Right,
                    };
                    blocks.push(Block::Line { role, runs });
                }
            }
        }
    }

    /// Bands, rows, figures and lists in order; rows that follow each other make one table.
    fn elements(&self, section: &FilledSection, blocks: &mut Vec<Block>) {
        let mut flows = self.flows(section).into_iter();
        for element in &section.elements {
            match element {
                Element::Band(band) => {
                    if self.shows(band.whole.as_ref()) {
                        blocks.push(self.band(band));
                    }
                }
                Element::Row(row) => {
                    let Some(row) = self.row(row) else { continue };
                    match blocks.last_mut() {
                        Some(Block::Rows { rows }) => rows.push(row),
                        _ => blocks.push(Block::Rows { rows: vec![row] }),
                    }
                }
                Element::Flow(page) => {
                    if self.shows(page.whole.as_ref()) {
                        blocks.extend(flows.next().map(Block::Flow));
                        blocks.push(Block::Rows { rows: vec![self.remarks(page)] });
                    }
                }
                Element::Records(list) => self.records(list, blocks),
            }
        }
    }

    /// Labels as headings, contents as running text.
    fn prose(&self, section: &FilledSection, blocks: &mut Vec<Block>) {
        for element in &section.elements {
            match element {
                Element::Band(band) => blocks.push(Block::Heading {
                    level: band.level,
                    runs: self.runs(&band.label, &section.path, 0, band.whole.as_ref()),
                }),
                Element::Row(row) => {
                    if !row.label.is_empty() {
                        blocks.push(Block::Heading { level: 2, runs: vec![plain(&row.label)] });
                    }
                    for (index, text) in row.content.texts().into_iter().enumerate() {
                        blocks.push(Block::Rich { blocks: self.rich(text, &row.path, index, row.whole.as_ref()) });
                    }
                }
                Element::Flow(_) | Element::Records(_) => {}
            }
        }
    }

    fn band(&self, band: &Band) -> Block {
        Block::Band {
            level: band.level,
            label: self.runs(&band.label, &band.path, 0, band.whole.as_ref()),
            important: band.important,
            ticks: self.ticks(band),
            path: band.record.clone().unwrap_or_else(ItemPath::nowhere),
        }
    }

    /// The boxes of a bar.
    #[must_use]
    pub(super) fn ticks(&self, band: &Band) -> Vec<Tick> {
        band.ticks.iter().enumerate().map(|(index, tick)| self.tick(tick, &band.path, 0, Some(index))).collect()
    }

    /// A form row, `None` where the view does not have it.
    #[must_use]
    pub fn row(&self, row: &FormRow) -> Option<Row> {
        if !self.shows(row.whole.as_ref()) {
            return None;
        }
        Some(Row {
            path: row.path.clone(),
            label: vec![plain(&row.label)],
            phrases: Phrases::of(&row.label),
            important: row.shows_important,
            depth: row.depth,
            cluster: if row.cluster_important { format!("{}※", row.cluster) } else { row.cluster.clone() },
            cell: self.cell(row),
        })
    }

    fn cell(&self, row: &FormRow) -> Vec<Part> {
        let whole = row.whole.as_ref();
        match &row.content {
            Content::Text(text) => vec![Part::Rich { blocks: self.rich(text, &row.path, 0, whole) }],
            Content::Line(text) => vec![Part::Line { runs: self.runs(text, &row.path, 0, whole) }],
            Content::Choice { value, options, columns, inline } => vec![Part::Choice {
                value: self.runs(value, &row.path, 0, whole),
                options: options.clone(),
                columns: *columns,
                count: inline
                    .iter()
                    .enumerate()
                    .flat_map(|(index, inline)| self.inline(inline, &row.path, index + 1, whole))
                    .collect(),
            }],
            Content::Checks { checks, columns } => {
                let mut text_index = 0;
                let options = checks
                    .iter()
                    .enumerate()
                    .map(|(index, check)| {
                        let mut tick = self.tick(check, &row.path, text_index, Some(index));
                        if let (true, None, Some(whole)) = (check.on, &tick.mark, whole) {
                            let mark = MarkRef { key: MarkKey::of_whole(&row.path), show: self.show(whole.side) };
                            tick.label = bracketed_label(&tick.label, &mark, self.look.marks);
                            tick.mark = Some(mark);
                        }
                        text_index += usize::from(check.text.is_some()) + usize::from(check.count.is_some());
                        tick
                    })
                    .collect();
                vec![Part::Checks { options, columns: *columns }]
            }
        }
    }

    fn inline(&self, inline: &Inline, path: &ItemPath, index: usize, whole: Option<&Whole>) -> Vec<Run> {
        let mut runs = vec![plain(&inline.before)];
        runs.extend(self.runs(&inline.value, path, index, whole));
        runs.push(plain(&inline.after));
        runs
    }

    /// A box; its texts are those of the row from `text_index` on.
    fn tick(&self, check: &Check, path: &ItemPath, text_index: usize, box_index: Option<usize>) -> Tick {
        let on = if self.look.view == View::Before { check.was_on } else { check.on };
        let mark = check.mark.as_ref().map(|_| MarkRef {
            key: MarkKey::of_check(path, box_index.unwrap_or(0)),
            show: match (self.look.view, check.on) {
                (View::Marked, true) => MarkShow::Ins,
                (View::Marked, false) => MarkShow::Del,
                (View::Clean | View::Before, _) => MarkShow::None,
            },
        });
        let text = check.text.as_ref().map(|text| self.runs(text, path, text_index, None));
        let count_index = text_index + usize::from(check.text.is_some());
        let count = check.count.as_ref().map(|count| self.inline(count, path, count_index, None)).unwrap_or_default();
        let label = match &mark {
            Some(mark) => bracketed_label(&check.label, mark, self.look.marks),
            None => check.label.clone(),
        };
        Tick { label, on, mark, text, count }
    }

    /// An item list: paragraphs are sub-headings, list items are items.
    fn records(&self, list: &RecordList, blocks: &mut Vec<Block>) {
        let mut title = if list.title.is_empty() { Vec::new() } else { vec![plain(&list.title)] };
        let mut items: Vec<Vec<Run>> = Vec::new();
        let shown = project(&list.text, self.look.view);
        let mut titled = !title.is_empty();
        let mut flush = |title: &mut Vec<Run>, items: &mut Vec<Vec<Run>>, blocks: &mut Vec<Block>| {
            if !title.is_empty() || !items.is_empty() {
                let (title, items) = (std::mem::take(title), std::mem::take(items));
                let titled = std::mem::take(&mut titled);
                blocks.push(Block::Records { title, columns: 3, items, path: list.path.clone(), titled });
            }
        };
        for block in &shown.blocks {
            match block {
                TextBlock::Paragraph(paragraph) => {
                    if !items.is_empty() {
                        flush(&mut title, &mut items, blocks);
                    }
                    title.extend(self.paragraph(&shown, paragraph, &list.path, 0, None));
                }
                TextBlock::List { items: members, .. } => {
                    for member in members.iter().flatten() {
                        if let TextBlock::Paragraph(paragraph) = member {
                            items.push(self.paragraph(&shown, paragraph, &list.path, 0, None));
                        }
                    }
                }
                TextBlock::Table { .. } | TextBlock::Fragment { .. } => {}
            }
        }
        flush(&mut title, &mut items, blocks);
    }

    /// Running text of a row, as this view shows it.
    #[must_use]
    pub fn rich(&self, text: &Text, path: &ItemPath, index: usize, whole: Option<&Whole>) -> Vec<RichBlock> {
        let shown = project(text, self.look.view);
        let blocks = self.rich_blocks(&shown, &shown.blocks, path, index, whole);
        if self.look.view == View::Marked && self.look.marks.inserted.frame.is_some() {
            return framed(blocks);
        }
        blocks
    }

    fn rich_blocks(
        &self,
        text: &Text,
        blocks: &[TextBlock],
        path: &ItemPath,
        index: usize,
        whole: Option<&Whole>,
    ) -> Vec<RichBlock> {
        let runs = |paragraph: &Paragraph| self.paragraph(text, paragraph, path, index, whole);
        blocks
            .iter()
            .map(|block| match block {
                TextBlock::Paragraph(paragraph) => RichBlock::Paragraph { runs: runs(paragraph) },
                TextBlock::List { start, items } => RichBlock::List {
                    ordered: start.is_some(),
                    start: start.unwrap_or(1),
                    items: items.iter().map(|item| self.rich_blocks(text, item, path, index, whole)).collect(),
                },
                TextBlock::Table { header, rows } => RichBlock::Table {
                    header: header.iter().map(runs).collect(),
                    rows: rows.iter().map(|row| row.iter().map(runs).collect()).collect(),
                },
                TextBlock::Fragment { id, .. } => unreachable!("the model replaced fragment {id}"),
            })
            .collect()
    }

    /// A text as one line: its paragraphs one after the other.
    #[must_use]
    pub fn runs(&self, text: &Text, path: &ItemPath, index: usize, whole: Option<&Whole>) -> Vec<Run> {
        let shown = project(text, self.look.view);
        let mut out = Vec::new();
        for block in &shown.blocks {
            if let TextBlock::Paragraph(paragraph) = block {
                if !out.is_empty() {
                    out.push(plain("\n"));
                }
                out.extend(self.paragraph(&shown, paragraph, path, index, whole));
            }
        }
        out
    }

    fn paragraph(
        &self,
        _text: &Text,
        paragraph: &Paragraph,
        path: &ItemPath,
        index: usize,
        whole: Option<&Whole>,
    ) -> Vec<Run> {
        let runs = paragraph.runs.iter().map(|run| Run {
            text: run.characters().to_owned(),
            strong: run.strong,
            code: matches!(run.kind, RunKind::Code(_)),
            mark: match (run.mark, whole) {
                (Some((mark, side)), _) => {
                    Some(MarkRef { key: MarkKey::of_text(path, index, mark), show: self.show(side) })
                }
                (None, Some(whole)) => Some(MarkRef { key: MarkKey::of_whole(path), show: self.show(whole.side) }),
                (None, None) => None,
            },
            to: None,
        });
        bracketed(runs.collect(), self.look.marks)
    }

    pub(super) fn show(&self, side: Side) -> MarkShow {
        match (self.look.view, side) {
            (View::Marked, Side::New) => MarkShow::Ins,
            (View::Marked, Side::Old) => MarkShow::Del,
            (View::Clean | View::Before, _) => MarkShow::None,
        }
    }

    /// Whether the view has a row, record or page that is marked as a whole.
    pub(super) fn shows(&self, whole: Option<&Whole>) -> bool {
        match (self.look.view, whole.map(|whole| whole.side)) {
            (_, None) | (View::Marked, _) | (View::Clean, Some(Side::New)) | (View::Before, Some(Side::Old)) => true,
            (View::Clean, Some(Side::Old)) | (View::Before, Some(Side::New)) => false,
        }
    }
}

/// A section that shows nothing but its own. It is remembered: an edit leaves most sections as they were.
#[comemo::memoize]
fn composed(
    section: &LazyHash<FilledSection>,
    view: View,
    marks: &MarkStyle,
    legend: &[Run],
    figures: Figures,
) -> Arc<Section> {
    let composer = Composer { look: Look { view, marks }, legend, figures };
    Arc::new(composer.section(section, |blocks| composer.own(section, blocks)))
}

/// Most columns of a list that an upright page holds readably.
const UPRIGHT_COLUMNS: usize = 4;

/// The pages of a section: a list of many columns stands on its side.
pub(super) fn paper(section: &FilledSection) -> Paper {
    if section.layout == SectionLayout::Changes && section.columns.len() > UPRIGHT_COLUMNS {
        Paper::A4Landscape
    } else {
        Paper::A4
    }
}

/// The list of sections, each repeated section once.
fn contents(filled: &Filled, blocks: &mut Vec<Block>) {
    let mut seen: Vec<&SectionId> = Vec::new();
    for section in &filled.sections {
        let listed =
            !matches!(section.layout, SectionLayout::Cover | SectionLayout::Contents | SectionLayout::SubmissionCover);
        if listed && !seen.contains(&&section.def_id) {
            seen.push(&section.def_id);
            let to = Some(Place::of_section(&section.path));
            blocks
                .push(Block::Line { role: LineRole::Plain, runs: vec![Run { to, ..plain(section.heading.clone()) }] });
        }
    }
}

/// A run without look or mark.
pub(super) fn plain(text: impl Into<String>) -> Run {
    Run { text: text.into(), ..Run::default() }
}

/// A line of plain text.
pub(super) fn line(role: LineRole, text: String) -> Block {
    Block::Line { role, runs: vec![plain(text)] }
}
