//! A form filled with entries: the rows in print order, with their texts whole and their marks kept.
//!
//! What every document is made from. It knows neither Markdown files nor pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use typst::utils::LazyHash;

use super::ItemPath;
use super::manifest::{Align, ArrowKind, ColumnDef, FlowZone, FormDef, ItemKind, SectionLayout, Typeface};
use crate::diagnostic::{FileId, Span};
use crate::markup::{Block, Mark, Origin, Register, Run, Side, State, Text};
use crate::name::{ItemId, NodeId, PeriodId, SectionId};

/// A filled form（記載済みの様式）.
#[derive(Debug, Clone)]
pub struct Filled {
    /// The form that it fills.
    pub form: Arc<FormDef>,
    /// The form's file.
    pub form_file: FileId,
    /// Title of the form.
    pub title: String,
    /// Version tag; may be empty.
    pub tag: String,
    /// Typeface of the body.
    pub body: Typeface,
    /// Stands where something is withheld; none: the program's own words.
    pub withheld_notice: Option<String>,
    /// Sections in print order, repeated ones once per file.
    ///
    /// **Shape**: each under its hash, computed once: what is made of a section is remembered under it. A section that was filled before and
    /// is the same is the very same.
    pub sections: Vec<Arc<LazyHash<FilledSection>>>,
    /// The other texts of items（公表用・概要用）, by path and register.
    pub registers: BTreeMap<(ItemPath, Register), Text>,
    /// Paths of the entry and flow files that it was filled from.
    pub sources: BTreeSet<String>,
    /// Paths of all entry files that it would read, whether they are there or not.
    pub places: BTreeSet<String>,
    /// Where the list of each repeat group's records stands, by the group's path.
    pub groups: BTreeMap<ItemPath, Span>,
    /// Paths of the entry files of each section and record, whether they are there or not, by its path: a later one goes over an earlier
    /// one.
    pub homes: BTreeMap<ItemPath, Vec<String>>,
}

/// A section（節）, filled.
#[derive(Debug, Clone, Hash)]
pub struct FilledSection {
    /// Path of the section, with the file's id where it is repeated.
    pub path: ItemPath,
    /// The form's section id.
    pub def_id: SectionId,
    /// Number and title.
    pub heading: String,
    /// Number alone: `Ⅱ`.
    pub number: String,
    /// Note after the heading.
    pub note: String,
    /// Name of the 特定個人情報ファイル it is about, with its number: `（1）国保賦課ファイル`.
    pub file_name: Option<String>,
    /// How it is set.
    pub layout: SectionLayout,
    /// Whether it begins on a new page.
    pub new_page: bool,
    /// Lines above the table.
    pub lead: Vec<String>,
    /// 件名 above the table.
    pub subject: Option<Text>,
    /// The word before it.
    pub subject_label: String,
    /// Whether the legend is printed.
    pub legend: bool,
    /// What stands in it.
    pub elements: Vec<Element>,
    /// Columns of a section that lists the changes（別添3）.
    pub columns: Vec<ColumnDef>,
}

/// Something that is printed in a section（要素）.
#[derive(Debug, Clone, Hash)]
pub enum Element {
    /// A heading bar.
    Band(Band),
    /// A form row.
    Row(Row),
    /// A figure with its remarks.
    Flow(FlowPage),
    /// A list of record items.
    Records(RecordList),
}

/// A mark that takes in a whole row, record, page, box or arrow（全体の印）.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Whole {
    /// The mark.
    pub mark: Mark,
    /// `New`: it is there only after the change; `Old`: only before it.
    pub side: Side,
}

/// A heading bar（見出し行）.
#[derive(Debug, Clone, Hash)]
pub struct Band {
    /// 2 to 4.
    pub level: u8,
    /// The label; the title of a record stands after its number.
    pub label: Text,
    /// Whether ※ is printed.
    pub important: bool,
    /// Boxes in the bar.
    pub ticks: Vec<Check>,
    /// The group record that it heads, by path.
    pub record: Option<ItemPath>,
    /// The mark of the whole record.
    pub whole: Option<Whole>,
    /// Where the whole record is withheld.
    pub withheld: Option<Span>,
    /// Path of the bar itself, unique in the form.
    pub path: ItemPath,
    /// Of a record: path and text of the item that is its title.
    pub title: Option<(ItemPath, Text)>,
    /// Of a record: where it stands in the list of its group.
    pub span: Option<Span>,
    /// The same with its quotation marks.
    pub literal: Option<Span>,
}

/// A form row（様式の行）.
#[derive(Debug, Clone, Hash)]
pub struct Row {
    /// Path, unique in the form: `file-overview/jumin-kazei/storage-place`.
    pub path: ItemPath,
    /// Item id.
    pub item: ItemId,
    /// What its entry is written as.
    pub kind: ItemKind,
    /// Label without ※.
    pub label: String,
    /// Labels of the bands and rows above it, outermost first.
    pub trail: Vec<String>,
    /// 0 item, 1 sub-row, 2 sub-row of that.
    pub depth: u8,
    /// The vertical group head; empty: none.
    pub cluster: String,
    /// Whether ※ is printed at that head.
    pub cluster_important: bool,
    /// Whether a change to it is a 重要な変更.
    pub important: bool,
    /// Whether ※ is printed after the label.
    pub shows_important: bool,
    /// Where it stands on a cover.
    pub align: Align,
    /// What it holds.
    pub content: Content,
    /// The group record that it belongs to, by path: `…/consignment/shuyaku-cloud`.
    pub record: Option<ItemPath>,
    /// The mark of the whole row.
    pub whole: Option<Whole>,
    /// Where the whole row is withheld; its texts are too.
    pub withheld: Option<Span>,
    /// Where its author wrote it.
    pub span: Option<Span>,
    /// In what he wrote it there.
    pub origin: Origin,
}

/// What a row holds（記載内容）.
#[derive(Debug, Clone, Hash)]
pub enum Content {
    /// Narrative.
    Text(Text),
    /// One line: a line, a date, a number, fixed text.
    Line(Text),
    /// One of the options.
    Choice {
        /// The chosen option.
        value: Text,
        /// All options.
        options: Vec<String>,
        /// Columns of the printed list.
        columns: u8,
        /// Values printed in the same cell, between the halves of their patterns.
        inline: Vec<Inline>,
    },
    /// Any of the options.
    Checks {
        /// In the form's order.
        checks: Vec<Check>,
        /// Boxes per line.
        columns: u8,
    },
}

/// A value in another item's cell: `（ 7 ）件`.
#[derive(Debug, Clone, Hash)]
pub struct Inline {
    /// Id of its item.
    pub item: ItemId,
    /// Before the value.
    pub before: String,
    /// The value.
    pub value: Text,
    /// After it.
    pub after: String,
}

/// A box（チェック欄）.
#[derive(Debug, Clone, Hash)]
pub struct Check {
    /// Text of the option.
    pub label: String,
    /// Ticked after the changes.
    pub on: bool,
    /// Ticked before them.
    pub was_on: bool,
    /// The mark that ticks or unticks it.
    pub mark: Option<Mark>,
    /// Text in （　） where the option takes one.
    pub text: Option<Text>,
    /// A number after it: `（ 7 ）件`.
    pub count: Option<Inline>,
    /// Where it is withheld whether it is ticked.
    pub withheld: Option<Span>,
    /// Where its author ticked it; `None` where nobody did.
    pub span: Option<Span>,
    /// The member of a list that ticks it, with its quotation marks; `None` for a box of its own.
    pub literal: Option<Span>,
}

/// A list of record items（別添2）.
#[derive(Debug, Clone, Hash)]
pub struct RecordList {
    /// Path of the list.
    pub path: ItemPath,
    /// Heading; may be empty.
    pub title: String,
    /// The list as written: paragraphs are sub-headings, lists are items.
    pub text: Text,
}

/// One figure with its remarks（別添1 の1ページ）.
#[derive(Debug, Clone, Hash)]
pub struct FlowPage {
    /// Path: `work/shikaku/until-r6-12`.
    pub path: ItemPath,
    /// Title with number and period.
    pub title: Text,
    /// The period, where there is one.
    pub period: Option<PeriodId>,
    /// Paths of the files in which it may be drawn, without their ending: the shared one first, the last that is there counts.
    pub files: Vec<String>,
    /// Boxes.
    pub nodes: Vec<FlowNode>,
    /// Arrows.
    pub arrows: Vec<FlowArrow>,
    /// Label of the remarks.
    pub remarks_label: String,
    /// Remarks in order: step number and text.
    pub remarks: Vec<(String, Text)>,
    /// Steps whose remark has no text in this period, and where it would stand.
    pub silent: Vec<(String, Text)>,
    /// The mark of the whole page.
    pub whole: Option<Whole>,
    /// Where the whole page is withheld; its texts are too.
    pub withheld: Option<Span>,
}

/// A box of a figure.
#[derive(Debug, Clone, Hash)]
pub struct FlowNode {
    /// Id.
    pub id: NodeId,
    /// Text.
    pub label: Text,
    /// Where it belongs.
    pub zone: FlowZone,
    /// Column from 1.
    pub column: u8,
    /// Row from 1.
    pub row: u8,
    /// Label of the frame round it.
    pub host: Option<String>,
    /// Its mark.
    pub whole: Option<Whole>,
    /// Where the box is withheld; its label is too.
    pub withheld: Option<Span>,
    /// Where its id stands.
    pub span: Span,
}

/// An arrow of a figure.
#[derive(Debug, Clone, Hash)]
pub struct FlowArrow {
    /// Step number.
    pub step: String,
    /// Box it leaves.
    pub from: NodeId,
    /// Box it reaches.
    pub to: NodeId,
    /// Box it passes through.
    pub via: Option<NodeId>,
    /// What flows.
    pub kind: ArrowKind,
    /// Its mark.
    pub whole: Option<Whole>,
    /// Where the arrow is withheld; its remark is too.
    pub withheld: Option<Span>,
    /// Where its step number stands.
    pub span: Span,
}

impl Filled {
    /// The row at a path; `*` in place of a file's id finds the first file's.
    #[must_use]
    pub fn row(&self, path: &ItemPath) -> Option<&Row> {
        self.rows().find(|row| row.path == *path)
    }

    /// Every text of the form, those of its registers last.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts: Vec<&Text> = self.sections.iter().flat_map(|section| section.texts()).collect();
        texts.extend(self.registers.values());
        texts
    }

    /// All rows in print order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.elements).filter_map(|element| match element {
            Element::Row(row) => Some(row),
            Element::Band(_) | Element::Flow(_) | Element::Records(_) => None,
        })
    }
}

impl FilledSection {
    /// Every text of the section, in print order.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts: Vec<&Text> = self.subject.iter().collect();
        for element in &self.elements {
            match element {
                Element::Band(band) => texts.push(&band.label),
                Element::Row(row) => texts.extend(row.content.texts()),
                Element::Flow(page) => {
                    texts.push(&page.title);
                    texts.extend(page.nodes.iter().map(|node| &node.label));
                    texts.extend(page.remarks.iter().map(|(_, text)| text));
                }
                Element::Records(list) => texts.push(&list.text),
            }
        }
        texts
    }
}

impl Content {
    /// Every text of the content, in print order.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Text(text) | Self::Line(text) => vec![text],
            Self::Choice { value, inline, .. } => {
                std::iter::once(value).chain(inline.iter().map(|inline| &inline.value)).collect()
            }
            Self::Checks { checks, .. } => checks
                .iter()
                .flat_map(|check| check.text.iter().chain(check.count.iter().map(|count| &count.value)))
                .collect(),
        }
    }
}

impl Content {
    /// Every text of the content, to be changed, in print order.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        match self {
            Self::Text(text) | Self::Line(text) => vec![text],
            Self::Choice { value, inline, .. } => {
                std::iter::once(value).chain(inline.iter_mut().map(|inline| &mut inline.value)).collect()
            }
            Self::Checks { checks, .. } => checks
                .iter_mut()
                .flat_map(|check| check.text.iter_mut().chain(check.count.iter_mut().map(|count| &mut count.value)))
                .collect(),
        }
    }
}

impl FlowPage {
    /// Path of the figure as a form row.
    #[must_use]
    pub fn figure_path(&self) -> ItemPath {
        self.path.join("figure")
    }

    /// Path of the remarks as a form row.
    #[must_use]
    pub fn remarks_path(&self) -> ItemPath {
        self.path.join("remarks")
    }

    /// All remarks as one text, each behind its step number.
    #[must_use]
    pub fn remarks_text(&self) -> Text {
        let mut all = Text::default();
        for (step, remark) in &self.remarks {
            all.append(&numbered(step, remark));
        }
        all
    }
}

/// A remark behind its step number: before its changes and after them the number stands before the first paragraph that is there.
fn numbered(step: &str, remark: &Text) -> Text {
    let mut remark = remark.clone();
    let first = |state: State| {
        let shown = |run: &&Run| state.has(run.mark) && !run.characters().trim().is_empty();
        remark.blocks.iter().position(|block| runs(block).iter().any(shown))
    };
    // A mark of the side by which the paragraph is not there in the other state.
    let mark_in = |index: usize, side: Side| {
        let marks = runs(&remark.blocks[index]).into_iter().filter_map(|run| run.mark).collect::<Vec<_>>();
        marks.into_iter().find(|(_, of)| *of == side).map(|(mark, _)| mark)
    };
    let numbers: Vec<(usize, Option<(usize, Side)>)> = match (first(State::Before), first(State::After)) {
        (Some(before), Some(after)) if before == after => vec![(before, None)],
        (Some(before), Some(after)) => {
            let mark = if after < before { mark_in(after, Side::New) } else { mark_in(before, Side::Old) };
            let sided = |side| mark.map(|mark| (mark, side));
            vec![(before, sided(Side::Old)), (after, sided(Side::New))]
        }
        // A remark that is new has a new number.
        (None, Some(after)) => vec![(after, mark_in(after, Side::New).map(|mark| (mark, Side::New)))],
        (Some(before), None) => vec![(before, mark_in(before, Side::Old).map(|mark| (mark, Side::Old)))],
        (None, None) => Vec::new(),
    };
    for (index, mark) in numbers {
        if let Block::Paragraph(paragraph) = &mut remark.blocks[index] {
            paragraph.runs.insert(0, Run { mark, ..Run::plain(format!("{step} ")) });
        }
    }
    remark
}

fn runs(block: &Block) -> Vec<&Run> {
    match block {
        Block::Paragraph(paragraph) => paragraph.runs.iter().collect(),
        Block::List { items, .. } => items.iter().flatten().flat_map(runs).collect(),
        Block::Table { header, rows } => {
            header.iter().chain(rows.iter().flatten()).flat_map(|cell| &cell.runs).collect()
        }
        Block::Fragment { .. } => Vec::new(),
    }
}
