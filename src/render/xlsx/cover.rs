//! The cover of a form: its title in a box, then each label as a bar over its content.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::form::{Writer, width};
use super::form_rows::LAST;
use super::lines::{Edge, Join, Piece, parts, pieces, text_of};
use super::style::Look;
use super::{shown, style};
use crate::document::tree::{Block, LineRole, Row, Section};

/// The two boxes that stand side by side: first and last column.
const PAIR: [(u16, u16); 2] = [(0, 2), (3, LAST)];
/// Longest text, in half-width characters, that stands in the middle of its box.
const SHORT: usize = 80;

/// Writes a cover.
pub(super) fn fill(writer: &mut Writer<'_>, section: &Section) {
    for block in &section.blocks {
        match block {
            Block::Line { role: LineRole::Title, runs } => {
                gap(writer);
                let look = style::line(LineRole::Title);
                let look = Look { format: look.format.set_border(FormatBorder::Medium), ..look };
                writer.area((0, LAST), runs, &look);
                writer.next(60.0);
                gap(writer);
            }
            Block::Line { role, runs } => writer.merged(runs, &style::line(*role)),
            Block::Rows { rows } => boxes(writer, rows),
            _ => {}
        }
    }
}

/// The first two rows side by side, the others one under the other.
fn boxes(writer: &mut Writer<'_>, rows: &[Row]) {
    let mut rest = rows;
    if let [first, second, others @ ..] = rows
        && !others.is_empty()
    {
        side_by_side(writer, [first, second]);
        rest = others;
    }
    for row in rest {
        head(writer, row, (0, LAST));
        writer.next(20.0);
        let pieces = content(writer, row, (0, LAST));
        let count = pieces.len();
        for (index, piece) in pieces.iter().enumerate() {
            let edge = |outer| if outer { Edge::Outer } else { Edge::Inner };
            let edges = (edge(index == 0), edge(index + 1 == count));
            writer.item(&row.path, if index == 0 { Join::First } else { piece.join });
            writer.open_area((0, LAST), &piece.runs, (Look::body(look(&pieces)), edges));
            writer.next((piece.height + 8.0).max(30.0));
        }
        gap(writer);
    }
}

fn side_by_side(writer: &mut Writer<'_>, pair: [&Row; 2]) {
    for (row, columns) in pair.into_iter().zip(PAIR) {
        head(writer, row, columns);
    }
    writer.next(20.0);
    let columns = pair.map(|row| row).into_iter().zip(PAIR);
    let contents: Vec<(Vec<Piece>, (u16, u16))> =
        columns.map(|(row, columns)| (content(writer, row, columns), columns)).collect();
    let rows = contents.iter().map(|(pieces, _)| pieces.len()).max().unwrap_or(1);
    for index in 0..rows {
        let mut height = 30.0_f64;
        for (pieces, columns) in &contents {
            let edge = |outer: bool| if outer { Edge::Outer } else { Edge::Inner };
            let edges = (edge(index == 0), edge(index + 1 == rows));
            let runs = pieces.get(index).map_or(&[][..], |piece| piece.runs.as_slice());
            writer.open_area(*columns, runs, (Look::body(look(pieces)), edges));
            height = height.max(pieces.get(index).map_or(0.0, |piece| piece.height + 8.0));
        }
        writer.next(height);
    }
    gap(writer);
}

fn head(writer: &mut Writer<'_>, row: &Row, columns: (u16, u16)) {
    writer.area(columns, &row.label, &Look::body(style::header()));
}

fn content(writer: &Writer<'_>, row: &Row, (first, last): (u16, u16)) -> Vec<Piece> {
    pieces(shown(parts(&row.cell), &writer.document.meta.marks), width(first, last))
}

/// Short texts stand in the middle.
fn look(pieces: &[Piece]) -> Format {
    let short = pieces.len() == 1 && text_of(&pieces[0].runs).chars().count() * 2 <= SHORT;
    let format = style::body().set_align(FormatAlign::VerticalCenter);
    if short { format.set_align(FormatAlign::Center) } else { format.set_indent(1) }
}

fn gap(writer: &mut Writer<'_>) {
    writer.next(14.25);
}
