//! Zones round the systems of the institution and of others, and the frames round hosted systems.

use super::super::phrases::broken;
use super::super::tree::{FlowZone, FlowZoneKind, Run};
use super::space::{Rect, em};
use super::{FigureSpec, Grid, HOST_LABEL_MM, HOST_LINE_MM, HostNames, ZONE_LABEL_MM, ZoneKind, round};

/// Distance of the edge of the external zone from its boxes, in mm.
const EDGE_MM: f64 = 1.2;

/// A block of cells: columns and rows, both ends included.
type Cells = ((usize, usize), (usize, usize));

/// The zones of a figure: internal, external, then hosts in the order of their boxes.
pub(super) fn zones(spec: &FigureSpec, grid: &Grid, (boxes, names): (&[Rect], HostNames)) -> Vec<FlowZone> {
    let mut areas: Vec<(&String, Rect, FlowZoneKind)> = Vec::new();
    for (zone, kind, label) in [
        (ZoneKind::Internal, FlowZoneKind::Internal, &spec.internal_label),
        (ZoneKind::External, FlowZoneKind::External, &spec.external_label),
    ] {
        for (columns, rows) in blocks(spec, grid, zone) {
            // The label stands in a strip above the cells; neighbouring zones stay 2 mm apart.
            let cells = grid.cells(columns, rows);
            let rect =
                Rect { x: cells.x + 1.0, y: cells.y - ZONE_LABEL_MM, w: cells.w - 2.0, h: cells.h + ZONE_LABEL_MM };
            areas.push((label, rect, kind));
        }
    }
    make_room(&mut areas, (grid.column_pitch - grid.node_width) / 2.0);
    let mut zones: Vec<FlowZone> = areas.iter().map(|(label, rect, kind)| drawn(label, *rect, *kind)).collect();
    for (node, rect) in spec.nodes.iter().zip(boxes) {
        if let Some(label) = &node.host_label {
            let label = match names {
                HostNames::Long => label.clone(),
                HostNames::Short => in_two(label),
            };
            let frame = rect.grown(1.3);
            // The lower half of the label that interrupts the edge stands inside the frame.
            let head = host_label_mm(&label) / 2.0;
            let frame = Rect { y: frame.y - head, h: frame.h + head, ..frame };
            zones.push(drawn(&label, frame, FlowZoneKind::Host));
        }
    }
    zones
}

/// Height of the label of a host frame, in mm.
pub(super) fn host_label_mm(label: &str) -> f64 {
    HOST_LABEL_MM + HOST_LINE_MM * label.matches('\n').count() as f64
}

/// A name on two lines, parted where its words part.
fn in_two(name: &str) -> String {
    let run = Run { text: name.to_owned(), ..Run::default() };
    let half = (em(name) / 2.0).ceil();
    broken(&[run], half).into_iter().map(|run| run.text).collect()
}

/// Moves the edges between the zones close to the boxes of the external one, so that a step number has room beside them. `gap` is what
/// lies between a box and the edge of its cell.
fn make_room(areas: &mut [(&String, Rect, FlowZoneKind)], gap: f64) {
    let shift = gap - EDGE_MM - 1.0;
    if shift <= 0.0 {
        return;
    }
    let of = |areas: &[(&String, Rect, FlowZoneKind)], kind: FlowZoneKind| -> Vec<usize> {
        (0..areas.len()).filter(|index| areas[*index].2 == kind).collect()
    };
    for inner in of(areas, FlowZoneKind::Internal) {
        for outer in of(areas, FlowZoneKind::External) {
            let (a, b) = (areas[inner].1, areas[outer].1);
            if a.y >= b.bottom() || b.y >= a.bottom() {
                continue;
            }
            if (b.x - a.right()).abs() < 3.0 && b.w > shift {
                areas[inner].1.w += shift;
                areas[outer].1.x += shift;
                areas[outer].1.w -= shift;
            } else if (a.x - b.right()).abs() < 3.0 && b.w > shift {
                areas[inner].1.x -= shift;
                areas[inner].1.w += shift;
                areas[outer].1.w -= shift;
            }
        }
    }
}

fn drawn(label: &str, rect: Rect, kind: FlowZoneKind) -> FlowZone {
    FlowZone { label: label.to_owned(), x: round(rect.x), y: round(rect.y), w: round(rect.w), h: round(rect.h), kind }
}

/// The blocks of cells that hold a zone's boxes and no other's: one for each run of neighbouring columns, stretched up and
/// down as far as no other box stands there; one for each column where a run would enclose another's box.
fn blocks(spec: &FigureSpec, grid: &Grid, zone: ZoneKind) -> Vec<Cells> {
    let mut blocks = Vec::new();
    let mut column = 0;
    while column < grid.columns.len() {
        let mut last = column;
        while last + 1 < grid.columns.len() && taken(spec, grid, zone, last) && taken(spec, grid, zone, last + 1) {
            last += 1;
        }
        match block(spec, grid, zone, (column, last)) {
            Some(found) => blocks.push(found),
            None => (column..=last).for_each(|one| blocks.extend(runs(spec, grid, zone, one))),
        }
        column = last + 1;
    }
    blocks
}

/// Whether a zone has a box in a column.
fn taken(spec: &FigureSpec, grid: &Grid, zone: ZoneKind, column: usize) -> bool {
    spec.nodes.iter().any(|node| node.zone == zone && grid.column(node) == column)
}

/// Rows of a zone's boxes, or of the others', within some columns; sorted.
fn rows(spec: &FigureSpec, grid: &Grid, columns: (usize, usize), own: impl Fn(ZoneKind) -> bool) -> Vec<usize> {
    let within = |column| (columns.0..=columns.1).contains(&column);
    let nodes = spec.nodes.iter().filter(|node| own(node.zone) && within(grid.column(node)));
    let mut rows: Vec<usize> = nodes.map(|node| grid.row(node)).collect();
    rows.sort_unstable();
    rows
}

/// One block for a run of columns; `None` where it would enclose another's box, or has none of its own.
fn block(spec: &FigureSpec, grid: &Grid, zone: ZoneKind, columns: (usize, usize)) -> Option<Cells> {
    let own = rows(spec, grid, columns, |other| other == zone);
    let foreign = rows(spec, grid, columns, |other| other != zone);
    let (first, last) = (*own.first()?, *own.last()?);
    if foreign.iter().any(|row| (first..=last).contains(row)) {
        return None;
    }
    let passed = passed(spec, grid, zone, columns);
    let others = || foreign.iter().chain(&passed);
    let above = others().filter(|row| **row < first).max().map_or(0, |row| row + 1);
    let below = others().filter(|row| **row > last).min().map_or(grid.rows.len() - 1, |row| row - 1);
    Some((columns, (above, below)))
}

/// Rows in which arrows pass some columns that belong to boxes outside of a zone at both sides of it: it makes way for them, or they would
/// seem to run through it.
fn passed(spec: &FigureSpec, grid: &Grid, zone: ZoneKind, columns: (usize, usize)) -> Vec<usize> {
    let mut rows = Vec::new();
    for arrow in &spec.arrows {
        for (from, to) in super::ends(spec, arrow) {
            let ends = [&spec.nodes[from], &spec.nodes[to]];
            if ends.iter().any(|node| node.zone == zone) {
                continue;
            }
            let at = ends.map(|node| grid.column(node));
            if at.iter().any(|column| *column < columns.0) && at.iter().any(|column| *column > columns.1) {
                rows.extend(ends.map(|node| grid.row(node)));
            }
        }
    }
    rows
}

/// The runs of a zone's rows in one column, without those of others between.
fn runs(spec: &FigureSpec, grid: &Grid, zone: ZoneKind, column: usize) -> Vec<Cells> {
    let own = rows(spec, grid, (column, column), |other| other == zone);
    let foreign = rows(spec, grid, (column, column), |other| other != zone);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for row in own {
        match runs.last_mut() {
            Some(run) if !foreign.iter().any(|other| (run.1..=row).contains(other)) => run.1 = row,
            Some(_) | None => runs.push((row, row)),
        }
    }
    runs.into_iter().map(|run| ((column, column), run)).collect()
}
