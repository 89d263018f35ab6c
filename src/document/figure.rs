//! Geometry of a flow figure（別添1 事務の流れの図）: boxes on a grid of columns and rows in, lengths in mm out.
//!
//! Input: [`FigureSpec`], what the author wrote, projected to one view. Output: [`Flow`], ready to be drawn without another
//! decision. A pure function: the same figure on every machine. It knows neither fonts nor colours; text is measured by
//! counting full-width characters.
//!
//! An arrow takes the cheapest of some thousand right-angled paths (`route`); its label the freest place beside or on
//! its path (`label`). A general layout library was not taken: the author sets the boxes on the grid, as on the
//! official form, and only the lines are left to find.

mod label;
mod route;
mod space;
#[cfg(test)]
mod tests;
mod turns;
mod zone;

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::space::Rect;
use super::phrases::broken;
use super::tree::{Flow, FlowArrow, FlowArrowKind, FlowLegend, FlowNode, FlowPlan, FlowZone, MarkRef, Run};
use crate::model::ItemPath;
use crate::name::NodeId;

/// Width of a figure in mm, where the specification gives none that can be drawn.
pub(super) const DEFAULT_WIDTH_MM: f64 = 180.0;
/// The greatest height of a figure that has a page almost for itself, in mm.
pub(super) const TALLEST_MM: f64 = 165.0;
/// Size of the text in boxes, in pt.
pub(super) const NODE_SIZE_PT: f64 = 8.0;
/// Size of the step numbers and of the labels of zones, in pt.
pub(super) const LABEL_SIZE_PT: f64 = 8.0;
/// Size of the labels of host frames, in pt.
pub(super) const HOST_LABEL_SIZE_PT: f64 = 8.0;
/// Height of the strip at the top of a zone in whose left corner its label stands, in mm.
pub(super) const ZONE_LABEL_MM: f64 = 5.0;
/// Height of the label that interrupts the top edge of a host frame, in mm, and of each further line of it.
pub(super) const HOST_LABEL_MM: f64 = 3.6;
pub(super) const HOST_LINE_MM: f64 = 3.25;
/// Distance of that label from the left edge of the frame, in mm.
pub(super) const HOST_LABEL_INSET_MM: f64 = 1.5;

const MM_PER_PT: f64 = 25.4 / 72.0;
const MIN_WIDTH_MM: f64 = 60.0;
const ROW_PITCH_MM: f64 = 30.0;
/// What rounding may take from a height.
const ROUNDED_MM: f64 = 0.02;
/// Least distance between boxes that stand one below the other.
const ROW_GAP_MM: f64 = 4.0;
const NODE_WIDTH_MM: f64 = 31.0;
const NODE_HEIGHT_MM: f64 = 11.0;
/// The gap between columns that a step number on an arrow needs.
const COLUMN_GAP_MM: f64 = 13.0;
const LANE_MM: f64 = 3.2;
const MAX_STEPS_PER_ARROW: usize = 3;
const MAX_COLUMN: u8 = 5;
const MAX_ROW: u8 = 6;

/// What a flow figure shows（図の内容）, in one view.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FigureSpec {
    /// Path of the figure as an item, for page measurement.
    pub path: ItemPath,
    /// Heading of the figure.
    pub title: Vec<Run>,
    /// Boxes; at most one in a cell of the grid once valid.
    pub nodes: Vec<NodeSpec>,
    /// Arrows in the order of their steps.
    pub arrows: Vec<ArrowSpec>,
    /// Label of the internal zone（実施機関内のシステム）.
    pub internal_label: String,
    /// Label of the external zone（外部のシステム）.
    pub external_label: String,
    /// The legend, passed on as it is; drawn below the figure, outside its height.
    pub legend: Vec<FlowLegend>,
    /// Alternative text, passed on as it is.
    pub alt: String,
    /// Set where the whole figure is new.
    pub mark: Option<MarkRef>,
    /// Width in mm; [`DEFAULT_WIDTH_MM`] where it is less than 60 or not a number.
    pub width_mm: f64,
    /// Greatest height in mm: what the page has left for it.
    pub height_mm: f64,
    /// Greatest height where the page has left less than that, in mm.
    pub least_mm: f64,
}

impl Hash for FigureSpec {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Every field by name, so that a new one is not forgotten.
        let Self {
            path,
            title,
            nodes,
            arrows,
            internal_label,
            external_label,
            legend,
            alt,
            mark,
            width_mm,
            height_mm,
            least_mm,
        } = self;
        (path, title, nodes, arrows, internal_label).hash(state);
        (external_label, legend, alt, mark, width_mm.to_bits(), height_mm.to_bits(), least_mm.to_bits()).hash(state);
    }
}

/// A box of the figure（枠）.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(super) struct NodeSpec {
    /// Id that arrows refer to; of two with the same id, arrows reach the first.
    pub id: NodeId,
    /// Text of the box.
    pub label: Vec<Run>,
    /// Where it belongs.
    pub zone: ZoneKind,
    /// Column from the left, 1 to 5; others are drawn at the nearest. Columns that no box uses take no room.
    pub column: u8,
    /// Row from the top, 1 to 6; others are drawn at the nearest. Rows that no box uses take no room.
    pub row: u8,
    /// Set where the box is marked.
    pub mark: Option<MarkRef>,
    /// Label of a dashed frame round it: what hosts the system.
    pub host_label: Option<String>,
}

/// Where a box belongs（区分）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ZoneKind {
    /// 実施機関内のシステム.
    Internal,
    /// 外部のシステム.
    External,
    /// People concerned; they stand in no zone.
    Person,
}

/// An arrow of the figure（矢印）.
#[derive(Debug, Clone, PartialEq, Hash)]
pub(super) struct ArrowSpec {
    /// Step number printed at the arrow: `(2)-①`.
    pub step: String,
    /// Id of the box it leaves. An arrow whose box is not there is not drawn: the check has reported it.
    pub from: NodeId,
    /// Id of the box it reaches.
    pub to: NodeId,
    /// Id of a box it passes through: drawn as an arrow to that box and one from it, both with the step number.
    pub via: Option<NodeId>,
    /// What flows.
    pub kind: FlowArrowKind,
    /// Set where the arrow is marked.
    pub mark: Option<MarkRef>,
}

/// The figure of a specification, remembered: of a form that somebody is writing, most figures stay as they are.
#[comemo::memoize]
pub(super) fn remembered(spec: &FigureSpec) -> Arc<Flow> {
    Arc::new(figure(spec))
}

/// The figure of a specification.
///
/// Arrows of one kind and mark between the same two boxes in the same direction are drawn as one, up to three step numbers
/// each, so [`Flow::arrows`] need not be as many as the specification's. They stand in the order of their first step.
#[must_use]
pub(super) fn figure(spec: &FigureSpec) -> Flow {
    let grid = Grid::new(spec);
    let boxes: Vec<Rect> = spec.nodes.iter().map(|node| grid.node(node)).collect();
    let legs = legs(spec);
    let set = |names: HostNames| Set::new(spec, (&grid, &boxes), (&legs, names));
    // On two lines a name leaves more of its edge to the arrows.
    let has_hosts = spec.nodes.iter().any(|node| node.host_label.is_some());
    let (long, short) = rayon::join(|| set(HostNames::Long), || has_hosts.then(|| set(HostNames::Short)));
    let set = short.filter(|short| short.tangle < long.tangle).unwrap_or(long);
    let Set { zones, paths, labels, .. } = set;
    let arrows = legs.into_iter().zip(paths).zip(labels).map(|((leg, points), placed)| FlowArrow {
        points: points.into_iter().map(rounded).collect(),
        kind: leg.kind,
        label_at: rounded(placed.rect.centre()),
        label: placed.words,
        mark: leg.mark,
    });
    Flow {
        path: spec.path.clone(),
        title: spec.title.clone(),
        width: grid.width,
        height: round(grid.height),
        zones,
        nodes: spec.nodes.iter().zip(&boxes).map(|(node, rect)| drawn(node, grid.label(node), rect)).collect(),
        arrows: arrows.collect(),
        alt: spec.alt.clone(),
        mark: spec.mark.clone(),
        legend: spec.legend.clone(),
        plan: FlowPlan::default(),
    }
}

/// How the names of host frames are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HostNames {
    /// On one line.
    Long,
    /// On two lines.
    Short,
}

/// Everything of a figure that has a choice.
struct Set {
    zones: Vec<FlowZone>,
    paths: Vec<Vec<space::Point>>,
    labels: Vec<label::Placed>,
    /// How many lines run across the name of a zone or host, and how often lines cross each other and bend.
    tangle: (usize, usize),
}

impl Set {
    fn new(spec: &FigureSpec, (grid, boxes): (&Grid, &[Rect]), (legs, names): (&[Leg], HostNames)) -> Self {
        let zones = zone::zones(spec, grid, (boxes, names));
        let ground = route::Ground::new(grid, boxes, &zones);
        let (paths, labels) = laid(&ground, legs);
        let tangle = (ground.crossed(&paths), route::crossings(&paths) + route::bends(&paths));
        Self { zones, paths, labels, tangle }
    }
}

/// How often paths are looked for anew where a step number has no free place.
const TRIES: usize = 6;

/// Paths and labels. Where a step number stands on a line, its place is kept free and all paths are looked for again; the best try is taken.
fn laid(ground: &route::Ground, legs: &[Leg]) -> (Vec<Vec<space::Point>>, Vec<label::Placed>) {
    let mut kept_free = Vec::new();
    let mut best: Option<(usize, Vec<Vec<space::Point>>, Vec<label::Placed>)> = None;
    for _ in 0..TRIES {
        let paths = route::route(&ground.with(&kept_free), legs);
        let labels = label::place(ground, legs, &paths);
        let hidden = label::hidden(ground, &paths, &labels);
        let count = hidden.len();
        kept_free.extend(hidden);
        if best.as_ref().is_none_or(|(least, ..)| count < *least) {
            best = Some((count, paths, labels));
        }
        if count == 0 {
            break;
        }
    }
    let (_, paths, labels) = best.expect("there is a first try");
    (paths, labels)
}

fn drawn(node: &NodeSpec, label: Vec<Run>, rect: &Rect) -> FlowNode {
    FlowNode {
        label,
        x: round(rect.x),
        y: round(rect.y),
        w: round(rect.w),
        h: round(rect.h),
        person: node.zone == ZoneKind::Person,
        mark: node.mark.clone(),
    }
}

/// Hundredths of a mm: finer than any printer here, and short in the JSON.
fn round(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}

fn rounded((x, y): space::Point) -> space::Point {
    (round(x), round(y))
}

/// The grid of used columns and rows on the paper.
#[derive(Debug)]
struct Grid {
    columns: Vec<u8>,
    rows: Vec<u8>,
    width: f64,
    height: f64,
    /// Top of the first row of cells: below the strip of the zone's labels.
    top: f64,
    column_pitch: f64,
    row_pitch: f64,
    node_width: f64,
}

impl Grid {
    fn new(spec: &FigureSpec) -> Self {
        let columns: BTreeSet<u8> = spec.nodes.iter().map(column_of).collect();
        let rows: BTreeSet<u8> = spec.nodes.iter().map(row_of).collect();
        let width =
            if spec.width_mm.is_finite() && spec.width_mm >= MIN_WIDTH_MM { spec.width_mm } else { DEFAULT_WIDTH_MM };
        let zoned = spec.nodes.iter().any(|node| node.zone != ZoneKind::Person);
        let top = if zoned { ZONE_LABEL_MM + 1.0 } else { 1.0 };
        let used = columns.len().max(1) as f64;
        let column_pitch = width / used;
        let most = spec.height_mm.max(spec.least_mm).min(TALLEST_MM);
        let room = most - top - 1.0;
        let mut grid = Self {
            width,
            height: 0.0,
            top,
            column_pitch,
            row_pitch: 0.0,
            node_width: (column_pitch - COLUMN_GAP_MM).max(column_pitch / 2.0).min(NODE_WIDTH_MM),
            columns: columns.into_iter().collect(),
            rows: rows.into_iter().collect(),
        };
        let count = grid.rows.len().max(1) as f64;
        // However little is left, every box holds its words.
        let needed = spec.nodes.iter().map(|node| grid.needed(node) + ROW_GAP_MM).fold(0.0, f64::max);
        grid.row_pitch = ROW_PITCH_MM.min(room / count).max(needed.min((TALLEST_MM - top - 1.0) / count));
        grid.height = top + 1.0 + grid.row_pitch * count;
        grid
    }

    /// Height that the words of a box need to keep their size, in mm: as `fitting` of `templates/typst/flow.typ` counts.
    fn needed(&self, node: &NodeSpec) -> f64 {
        // A marked box has a double frame.
        let (beside_pt, above_pt) = if node.mark.is_some() { (7.0, 6.0) } else { (3.0, 2.0) };
        let letters = ((self.node_width / MM_PER_PT - beside_pt) / NODE_SIZE_PT).floor();
        let lines = space::lines(&self.label(node), letters);
        (lines * NODE_SIZE_PT * 1.2 + above_pt) * MM_PER_PT + ROUNDED_MM
    }

    /// Index of a node's column among the used ones.
    fn column(&self, node: &NodeSpec) -> usize {
        self.columns.iter().position(|column| *column == column_of(node)).unwrap_or(0)
    }

    /// Index of a node's row among the used ones.
    fn row(&self, node: &NodeSpec) -> usize {
        self.rows.iter().position(|row| *row == row_of(node)).unwrap_or(0)
    }

    /// The cells of a range of columns and rows, both ends included.
    fn cells(&self, columns: (usize, usize), rows: (usize, usize)) -> Rect {
        Rect {
            x: columns.0 as f64 * self.column_pitch,
            y: self.top + rows.0 as f64 * self.row_pitch,
            w: (columns.1 - columns.0 + 1) as f64 * self.column_pitch,
            h: (rows.1 - rows.0 + 1) as f64 * self.row_pitch,
        }
    }

    /// Em of a line in a box.
    fn room(&self) -> f64 {
        ((self.node_width - 2.0) / (NODE_SIZE_PT * MM_PER_PT)).floor()
    }

    /// The text of a box, broken where its words part.
    fn label(&self, node: &NodeSpec) -> Vec<Run> {
        broken(&node.label, self.room())
    }

    /// A node's box, in the middle of its cell, as high as its lines need.
    fn node(&self, node: &NodeSpec) -> Rect {
        let (column, row) = (self.column(node), self.row(node));
        let char_mm = NODE_SIZE_PT * MM_PER_PT;
        let lines = space::lines(&self.label(node), self.room());
        let height = (lines * char_mm * 1.3 + 2.2).max(NODE_HEIGHT_MM).min(self.row_pitch - ROW_GAP_MM);
        Rect::centred(self.cells((column, column), (row, row)).centre(), self.node_width, height)
    }
}

fn column_of(node: &NodeSpec) -> u8 {
    node.column.clamp(1, MAX_COLUMN)
}

fn row_of(node: &NodeSpec) -> u8 {
    node.row.clamp(1, MAX_ROW)
}

/// One arrow to be drawn: from box to box, by index, with the steps that share it.
#[derive(Debug, PartialEq)]
struct Leg {
    from: usize,
    to: usize,
    kind: FlowArrowKind,
    mark: Option<MarkRef>,
    /// Its steps, each on a line.
    label: String,
}

impl Leg {
    /// Size of the label in mm.
    fn label_size(&self) -> (f64, f64) {
        label_size(&self.label)
    }

    /// The label as it may be written: one step below the other, or side by side. At the end of a line no comma is needed to tell the
    /// steps apart, and without it they fit into narrower gaps.
    fn shapes(&self) -> Vec<String> {
        let beside = |steps: &str| steps.replace('\n', "、");
        let mut shapes = vec![self.label.clone()];
        let steps = self.label.split('\n').count();
        if steps > 1 {
            shapes.push(beside(&self.label));
        }
        if steps > 2
            && let Some((first, rest)) = self.label.rsplit_once('\n')
        {
            shapes.push(format!("{}\n{rest}", beside(first)));
        }
        shapes
    }
}

/// Size of a label in mm.
fn label_size(label: &str) -> (f64, f64) {
    let char_mm = LABEL_SIZE_PT * MM_PER_PT;
    let lines: Vec<f64> = label.split('\n').map(space::em).collect();
    (lines.iter().copied().fold(0.0, f64::max) * char_mm + 0.6, lines.len() as f64 * char_mm * 1.15 + 0.3)
}

/// The arrows to be drawn, in the order of their first step.
fn legs(spec: &FigureSpec) -> Vec<Leg> {
    let mut found: Vec<(Leg, Vec<&str>)> = Vec::new();
    for arrow in &spec.arrows {
        for (from, to) in ends(spec, arrow) {
            let leg = Leg { from, to, kind: arrow.kind, mark: arrow.mark.clone(), label: String::new() };
            match found.iter_mut().find(|(other, _)| *other == leg) {
                Some((_, steps)) if steps.contains(&arrow.step.as_str()) => {}
                Some((_, steps)) => steps.push(&arrow.step),
                None => found.push((leg, vec![&arrow.step])),
            }
        }
    }
    let mut legs = Vec::new();
    for (leg, steps) in found {
        for some in steps.chunks(MAX_STEPS_PER_ARROW) {
            legs.push(Leg { label: some.join("\n"), mark: leg.mark.clone(), ..leg });
        }
    }
    legs
}

/// The boxes that an arrow joins: one pair, or two where it passes through a third box; none where a box is not there.
fn ends(spec: &FigureSpec, arrow: &ArrowSpec) -> Vec<(usize, usize)> {
    let index = |id: &NodeId| spec.nodes.iter().position(|node| node.id == *id);
    let (Some(from), Some(to)) = (index(&arrow.from), index(&arrow.to)) else { return Vec::new() };
    match arrow.via.as_ref().and_then(index) {
        Some(via) if via != from && via != to => vec![(from, via), (via, to)],
        Some(_) | None => vec![(from, to)],
    }
}
