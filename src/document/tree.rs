//! The document tree: what a page, an HTML file or a sheet shows, in print order, with every text already projected to
//! one view.
//!
//! Input of the typesetter and of the HTML templates, serialised as JSON. It knows kinds of blocks, never a form, a
//! municipality or Markdown. Every string is text: nothing in it is ever evaluated.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::sheet::Margins;
use crate::change::MarkKey;
use crate::model::ItemPath;
use crate::name::NodeId;

pub use super::run::{Run, reads_on};

pub use super::phrases::Phrases;
pub use crate::model::manifest::{
    ArrowKind as FlowArrowKind, Brackets, CellLook, FlowZone as PlannedZone, Frame, MarkLook, MarkStyle, Paper,
    SectionLayout, Typeface, Underline, Weight,
};

/// A whole document（成果物の中身）, ready to be laid out.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    /// Title, language, footer and how marks look.
    pub meta: Meta,
    /// The sections in print order; never empty once valid. A section that an edit leaves as it was is the very same one.
    #[serde(serialize_with = "each")]
    pub sections: Vec<Arc<Section>>,
}

/// The very same sections are not looked into: of a document that somebody is writing all but one are.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        let pairs = || self.sections.iter().zip(&other.sections);
        self.sections.len() == other.sections.len()
            && pairs().all(|(one, other)| Arc::ptr_eq(one, other) || one == other)
            && self.meta == other.meta
    }
}

fn each<T: Serialize, S: Serializer>(all: &[Arc<T>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(all.iter().map(AsRef::as_ref))
}

/// What holds for the whole document（文書の属性）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct Meta {
    /// Title for the PDF metadata and the window.
    pub title: String,
    /// Title as printed at the head of the first page, one entry per line; empty where the document has a cover.
    pub title_lines: Vec<String>,
    /// Who issues it（評価実施機関）.
    pub author: String,
    /// Short description for the PDF metadata.
    pub description: String,
    /// BCP 47 language of the text.
    pub lang: String,
    /// Typeface of the body.
    pub body: Typeface,
    /// Page orientation and size.
    pub paper: Paper,
    /// Footer pattern; `{n}` the page, `{N}` the number of pages. Empty: no footer.
    pub footer: String,
    /// Text at the left of the footer（事務名・課名）; may be empty.
    pub footer_left: String,
    /// Text at the right of the header; may be empty.
    pub header_right: String,
    /// How marks look.
    pub marks: MarkStyle,
    /// Which version it is, at the right of the footer: `見え消し版（素案）`; may be empty.
    pub version: String,
    /// Body size in pt.
    pub size_pt: f64,
    /// Margins of a page.
    pub margins: Margins,
    /// What is written after a row's label where the row continues on a new page, e.g. `（続き）`.
    pub continued: String,
}

/// One section（節）: a chapter of a form, or the whole of a list.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct Section {
    /// Its path, with the file's id where it is repeated: `file-overview/jumin-kazei`.
    pub id: ItemPath,
    /// Heading as printed, number included: `Ⅱ 特定個人情報ファイルの概要`. Empty: none is printed.
    pub heading: String,
    /// Note after the heading: `※(7. リスク1⑨を除く。)`.
    pub note: String,
    /// How it is set.
    pub layout: SectionLayout,
    /// Whether it begins on a new page.
    pub new_page: bool,
    /// Its pages; on its side where it is a table of more columns than an upright page holds readably.
    pub paper: Paper,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

impl Section {
    /// What is the whole of a document, on upright pages: its title is the heading.
    pub(super) fn whole(id: &str, layout: SectionLayout, blocks: Vec<Block>) -> Self {
        let (heading, note, new_page, paper) = (String::new(), String::new(), false, Paper::A4);
        Self { id: ItemPath::of(id), heading, note, layout, new_page, paper, blocks }
    }
}

/// A block（ブロック）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(tag = "k", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Block {
    /// A heading bar over the full width of the form（見出し行）.
    Band {
        /// 2 under the section's heading, 3 below that, 4 below that.
        level: u8,
        /// The label.
        label: Vec<Run>,
        /// Whether ※ is printed after the label.
        important: bool,
        /// Boxes in the bar: `[○] 委託しない`.
        ticks: Vec<Tick>,
        /// Path of the record that it heads（委託事項1）; empty: none.
        path: ItemPath,
    },
    /// Rows of the form, bordered; one table.
    Rows {
        /// In print order; never empty.
        rows: Vec<Row>,
    },
    /// Running text.
    Rich {
        /// Paragraphs, lists, tables.
        blocks: Vec<RichBlock>,
    },
    /// A heading in running text.
    Heading {
        /// 2 to 4.
        level: u8,
        /// Text of the heading.
        runs: Vec<Run>,
    },
    /// A line of its own, set by its role.
    Line {
        /// What it is.
        role: LineRole,
        /// The text.
        runs: Vec<Run>,
    },
    /// A figure of 別添1.
    Flow(Flow),
    /// An item list of 別添2 in columns.
    Records {
        /// Heading above the list; may be empty.
        title: Vec<Run>,
        /// Number of columns.
        columns: u8,
        /// The items, read down the first column and on.
        items: Vec<Vec<Run>>,
        /// Path of the list that they belong to.
        path: ItemPath,
        /// Whether the heading is the list's own, not a line of its text.
        titled: bool,
    },
    /// A table with a header that is repeated on each page.
    Grid(Grid),
}

/// What a line of its own is（行の役割）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineRole {
    /// Large, centred.
    Title,
    /// Form tag at the right: `[平成30年5月 様式4]`.
    Tag,
    /// Which version it is, below the title of a cover: `見え消し版（素案）`.
    Version,
    /// 件名 above a table.
    Subject,
    /// Explains how changes are shown（凡例）.
    Legend,
    /// Centred.
    Centre,
    /// At the right.
    Right,
    /// Plain.
    Plain,
}

/// One form row（様式の行）: label and content.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Path of the item, unique in the document: `file-overview/jumin-kazei/storage-place`.
    pub path: ItemPath,
    /// Label as printed, without ※.
    pub label: Vec<Run>,
    /// The label's phrases, between which its words part.
    pub phrases: Phrases,
    /// Whether ※ is printed after the label.
    pub important: bool,
    /// 0 an item, 1 a sub-row of the item above, 2 a sub-row of that.
    pub depth: u8,
    /// The vertical group head（再委託、主な記録項目※） that this row stands under; empty: none.
    pub cluster: String,
    /// What the content cell shows, from top to bottom.
    pub cell: Vec<Part>,
}

/// A part of a content cell（記載欄の部品）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(tag = "k", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Part {
    /// Running text.
    Rich {
        /// Paragraphs, lists, tables.
        blocks: Vec<RichBlock>,
    },
    /// One line.
    Line {
        /// The text.
        runs: Vec<Run>,
    },
    /// `[ 選んだ文言 ]` and the options beside it.
    Choice {
        /// The chosen option.
        value: Vec<Run>,
        /// All options in order, numbered from 1.
        options: Vec<String>,
        /// Columns in which the options are printed.
        columns: u8,
        /// A number in the same cell: `（ 7 ）件`; empty: none.
        count: Vec<Run>,
    },
    /// `[○] 項目` boxes.
    Checks {
        /// In the order of the form.
        options: Vec<Tick>,
        /// Boxes per line.
        columns: u8,
    },
    /// Form rows inside a cell（変更箇所一覧の1列目）.
    Rows {
        /// In print order.
        rows: Vec<Row>,
    },
    /// A heading bar inside a cell.
    Band {
        /// The label.
        label: Vec<Run>,
    },
    /// A figure inside a cell.
    Flow(Flow),
}

/// One box（チェック欄）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct Tick {
    /// Text of the option.
    pub label: String,
    /// Ticked in this view.
    pub on: bool,
    /// Mark of the tick itself.
    pub mark: Option<MarkRef>,
    /// The text in （　）, where the option takes one.
    pub text: Option<Vec<Run>>,
    /// Printed after the label as it is: `（ 7 ）件`; empty: nothing.
    pub count: Vec<Run>,
}

/// A block of running text（本文のブロック）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(tag = "k", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum RichBlock {
    /// A paragraph.
    Paragraph {
        /// The text; in a page's data with what follows from it for its setting.
        #[serde(flatten, serialize_with = "super::paragraph::with_setting")]
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// `true`: 1. 2. …; otherwise ・.
        ordered: bool,
        /// Number of the first item.
        start: u64,
        /// Each item's blocks.
        items: Vec<Vec<RichBlock>>,
    },
    /// A table.
    Table {
        /// Header cells; may be empty.
        header: Vec<Vec<Run>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// Blocks that one change inserted as a whole; drawn in one frame where the document frames its changes.
    Framed {
        /// The change.
        mark: MarkRef,
        /// What stands in the frame.
        blocks: Vec<RichBlock>,
    },
}

/// A place in a document（リンク先）, as the typesetter names it.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(transparent)]
pub struct Place(String);

impl Place {
    /// Where a section's heading stands.
    #[must_use]
    pub fn of_section(path: &ItemPath) -> Self {
        Self(format!("section:{path}"))
    }

    /// Where a row, a record or a figure stands.
    #[must_use]
    pub fn of_row(path: &ItemPath) -> Self {
        Self(format!("row:{path}"))
    }
}

/// A run's or block's mark（変更の印）.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub struct MarkRef {
    /// Key of the mark in this document; the typesetter reports pages by it.
    pub key: MarkKey,
    /// How it is shown in this view: `ins`, `del`, or `none` (only its place is kept).
    pub show: MarkShow,
}

/// How a mark is shown in a view（印の見え方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum MarkShow {
    /// As inserted text.
    Ins,
    /// As deleted text.
    Del,
    /// Not at all: only its page is measured.
    None,
}

/// A table with a repeated header（一覧表）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct Grid {
    /// Header labels, one per column.
    pub header: Vec<String>,
    /// Column widths as shares of the width, as the data has them.
    pub widths: Vec<f64>,
    /// The same as they are drawn: 変更前 and 変更後 by the length of their texts.
    pub drawn: Vec<f64>,
    /// Rows in order.
    #[serde(serialize_with = "each")]
    pub rows: Vec<Arc<GridRow>>,
}

/// A row of a [`Grid`].
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct GridRow {
    /// Set when the row is a heading over the full width.
    pub heading: Option<Vec<Run>>,
    /// Rank of the heading, from 1; 0 where the row is none.
    pub level: u8,
    /// What a reader of the bookmarks finds here, in order.
    pub bookmarks: Vec<Bookmark>,
    /// Cells from left to right, without those that a cell above covers; empty for a heading row.
    pub cells: Vec<GridCell>,
    /// Whether it stays on the page of the row below it.
    pub sticky: bool,
    /// Whether what stands below it over the full width, a figure, stays on the page of the row below.
    pub with_next: bool,
    /// Path of the row, record or figure that it tells of; empty: none.
    #[serde(skip)]
    pub path: ItemPath,
}

impl GridRow {
    /// A row of cells that tells of nothing else.
    #[must_use]
    pub fn of(cells: Vec<GridCell>) -> Self {
        Self {
            heading: None,
            level: 0,
            bookmarks: Vec::new(),
            cells,
            sticky: false,
            with_next: false,
            path: ItemPath::nowhere(),
        }
    }
}

/// A cell of a [`Grid`].
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct GridCell {
    /// What it shows.
    pub parts: Vec<Part>,
    /// Rows it covers, at least 1.
    pub rowspan: u32,
    /// Centred; otherwise at the left.
    pub centre: bool,
    /// Whether it says what the other cells of its row are about.
    pub header: bool,
    /// Whether it is said again where its row goes on on a new page.
    pub repeats: Repeats,
}

/// How a cell is said again on the next page（続きの表示）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// Not at all.
    No,
    /// As it is.
    Bare,
    /// With （続き）.
    Continued,
}

/// A bookmark of a place that has no heading of its own there（しおり）.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub struct Bookmark {
    /// Rank, from 1, as that of the headings of the list.
    pub level: u8,
    /// What it says; one line.
    pub words: String,
}

/// The figure of one procedure（事務の流れの図）; lengths in mm from the top left corner.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct Flow {
    /// Path of the figure as an item, for page measurement.
    pub path: ItemPath,
    /// Heading: `1. 被保険者資格の取得・喪失・変更に関する事務（令和6年12月まで）`.
    pub title: Vec<Run>,
    /// Width in mm.
    pub width: f64,
    /// Height in mm.
    pub height: f64,
    /// Zones, drawn first.
    pub zones: Vec<FlowZone>,
    /// Boxes.
    pub nodes: Vec<FlowNode>,
    /// Arrows.
    pub arrows: Vec<FlowArrow>,
    /// Alternative text, made from the arrows.
    pub alt: String,
    /// Set where the whole figure is new.
    pub mark: Option<MarkRef>,
    /// The legend: label and line kind.
    pub legend: Vec<FlowLegend>,
    /// What was drawn, in words.
    pub plan: FlowPlan,
}

/// A figure in words（図の内容）: for those who read or keep it as a table.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub struct FlowPlan {
    /// The boxes, in the order in which they were written.
    pub boxes: Vec<PlannedBox>,
    /// The arrows, in the order of their steps; none is joined with another.
    pub arrows: Vec<PlannedArrow>,
}

/// A box in words（枠）.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub struct PlannedBox {
    /// Id that arrows refer to.
    pub id: NodeId,
    /// Text of the box.
    pub label: String,
    /// The same with its looks and marks.
    #[serde(skip)]
    pub runs: Vec<Run>,
    /// How the mark of the whole box is shown.
    #[serde(skip)]
    pub show: Option<MarkShow>,
    /// Where it belongs.
    pub zone: PlannedZone,
    /// Column from 1.
    pub column: u8,
    /// Row from 1.
    pub row: u8,
    /// What hosts the system; empty: nothing.
    pub host: String,
}

/// An arrow in words（矢印）.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub struct PlannedArrow {
    /// Step number.
    pub step: String,
    /// Id of the box it leaves.
    pub from: NodeId,
    /// Id of the box it reaches.
    pub to: NodeId,
    /// Id of the box it passes through; empty: none.
    pub via: NodeId,
    /// What flows.
    pub kind: FlowArrowKind,
    /// How the mark of the arrow is shown.
    #[serde(skip)]
    pub show: Option<MarkShow>,
}

/// A zone of a figure（実施機関内／外部）.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct FlowZone {
    /// Label at the top.
    pub label: String,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    /// `internal`, `external` or `host` (dashed frame round one system).
    pub kind: FlowZoneKind,
}

/// Kind of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum FlowZoneKind {
    /// 実施機関内のシステム.
    Internal,
    /// 外部のシステム.
    External,
    /// What hosts a system（ガバメントクラウド）.
    Host,
}

/// A box of a figure.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct FlowNode {
    /// Text of the box.
    pub label: Vec<Run>,
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
    /// Rounded for people, square for systems.
    pub person: bool,
    /// Set where the box is marked.
    pub mark: Option<MarkRef>,
}

/// An arrow of a figure.
#[derive(Debug, Clone, Serialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub struct FlowArrow {
    /// Corner points from tail to head; at least two.
    pub points: Vec<(f64, f64)>,
    /// Line style.
    pub kind: FlowArrowKind,
    /// Step number(s) printed at the arrow.
    pub label: String,
    /// Centre of the label.
    pub label_at: (f64, f64),
    /// Set where the arrow is marked.
    pub mark: Option<MarkRef>,
}

/// One line of a figure's legend.
#[derive(Debug, Clone, Serialize, PartialEq, Hash)]
#[serde(rename_all = "kebab-case")]
pub struct FlowLegend {
    /// What it stands for.
    pub label: String,
    /// Its line style; `None`: a zone, drawn as a box.
    pub kind: Option<FlowArrowKind>,
    /// The zone's kind, where it is one.
    pub zone: Option<FlowZoneKind>,
}
