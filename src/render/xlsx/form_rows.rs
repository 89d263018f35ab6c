//! Form rows on a sheet: labels with their indents and upright heads, and contents beside them, on a form's own sheet or in a cell of a list.

use rust_xlsxwriter::{FormatAlign, FormatBorder};

use super::lines::{self, Edge, Join, Piece, pieces, plain, text_of};
use super::rows::{Again, Area, Rows};
use super::style::Look;
use super::{shown, style};
use crate::document::tree::{Document, Part, Row, Run};
use crate::model::ItemPath;

/// First column of the contents.
pub(super) const CONTENT: u16 = 3;
/// Last column.
pub(super) const LAST: u16 = 4;
/// Height of a form row, in pt, below which no page parts it: well under half of what a page holds.
const SHORT_PT: f64 = 200.0;

/// The columns of form rows: two for indents, one for labels, two for contents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    /// The first of them on the sheet.
    pub first: u16,
    /// Their widths in half-width characters.
    pub widths: [f64; 5],
}

impl Columns {
    /// Half-width characters of columns that are merged.
    fn width(&self, first: u16, last: u16) -> f64 {
        self.widths[usize::from(first)..=usize::from(last)].iter().sum()
    }

    /// A column on the sheet.
    fn at(&self, column: u16) -> u16 {
        self.first + column
    }
}

/// Writes form rows, from top to bottom.
pub(super) struct FormRows<'a> {
    pub document: &'a Document,
    pub columns: Columns,
    pub rows: &'a mut Rows,
    /// The next row.
    pub row: u32,
}

impl FormRows<'_> {
    /// Writes rows; those under one upright group head are written together. Returns the row after them.
    pub(super) fn write(mut self, rows: &[Row]) -> u32 {
        for group in rows.chunk_by(|a, b| !a.cluster.is_empty() && a.cluster == b.cluster && a.depth == b.depth) {
            let head = &group[0];
            let top = self.row;
            for row in group {
                self.form_row(row);
            }
            if !head.cluster.is_empty() {
                self.group_head(top, u16::from(head.depth.min(1)), &head.cluster);
            }
        }
        self.row
    }

    /// An upright head beside the rows from `top` to the last one written.
    fn group_head(&mut self, top: u32, column: u16, label: &str) {
        let bottom = self.row - 1;
        let format =
            style::label().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_rotation(270);
        let length = f64::from(u32::try_from(label.chars().count()).unwrap_or(u32::MAX)) * style::SIZE_PT + 8.0;
        let column = self.columns.at(column);
        let area = Area::of_row(top, (column, column), &[plain(label)], Look::body(format));
        self.rows.area(Area { rows: (top, bottom), again: Again::Bare, ..area });
        self.rows.keep((top, bottom), length);
    }

    fn form_row(&mut self, row: &Row) {
        let cluster = u16::from(!row.cluster.is_empty());
        let from = (u16::from(row.depth) + cluster).min(2);
        let label = label_runs(row);
        let content = if label.is_empty() { 0 } else { CONTENT };
        let halves = Halves::of(row, content, (self.document, &self.columns));
        let rows = halves.rows();
        let top = self.row;
        let label_width = self.columns.width(from, 2);
        let high = |label: &str| style::row_height(&[(label, label_width)]);
        let words = text_of(&label);
        let labels = high(&words);
        // A group head stands upright: each of its rows gives it a share of its length.
        let least = if cluster == 1 { 42.0_f64 } else { 20.0 };
        for index in 0..rows {
            let (first, last) = (index == 0, index + 1 == rows);
            let edge = |is_outer| if is_outer { Edge::Outer } else { Edge::Inner };
            let edges = (edge(first), edge(last));
            let mut height = self.content(row, &halves, index, edges);
            if last {
                let missing = labels.max(least) - halves.height();
                height += missing.max(0.0);
            }
            if content > 0 {
                self.indent(from - cluster);
            }
            self.next(height.min(style::ROW_MAX_PT));
        }
        let span = (top, self.row - 1);
        let total = self.rows.high(span);
        // A short row stays whole; of a long one each page shows enough for its label.
        self.rows.keep(span, if total < SHORT_PT { total } else { labels.max(style::height_of(3)) });
        if content > 0 {
            let again = high(&format!("{words}{}", self.document.meta.continued));
            let columns = (self.columns.at(from), self.columns.at(CONTENT - 1));
            let area = Area::of_row(top, columns, &label, Look::body(style::label()));
            self.rows.area(Area { rows: span, again: Again::Continued(again), ..area });
        }
    }

    /// The part of the label column that belongs to the row above: its sides only.
    fn indent(&mut self, columns: u16) {
        for column in 0..columns {
            let format = style::label().set_border(FormatBorder::None).set_border_left(FormatBorder::Thin);
            self.open_area((column, column), &[], (Look::body(format), (Edge::Inner, Edge::Inner)));
        }
    }

    /// One sheet row of a form row's content; returns its height.
    fn content(&mut self, row: &Row, halves: &Halves, index: usize, edges: (Edge, Edge)) -> f64 {
        let empty = Piece { runs: Vec::new(), join: Join::Line, height: style::height_of(1) };
        let left = halves.left.get(index).unwrap_or(&empty);
        self.item(&row.path, if index == 0 { Join::First } else { left.join });
        let Some(right) = &halves.right else {
            self.open_area((halves.content, LAST), &left.runs, (Look::body(style::text()), edges));
            return left.height;
        };
        let right = right.get(index).unwrap_or(&empty);
        let value = style::body().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let value = Look::body(value.set_border_right(FormatBorder::None));
        self.open_area((CONTENT, CONTENT), &left.runs, (value, edges));
        let options = Look::sized(style::body().set_border_left(FormatBorder::None), style::SMALL_PT);
        self.open_area((LAST, LAST), &right.runs, (options, edges));
        left.height.max(right.height)
    }

    /// Notes whose item the next row is.
    fn item(&mut self, path: &ItemPath, join: Join) {
        if !path.is_nowhere() {
            self.rows.item(self.row, path, join);
        }
    }

    /// Columns of the row as one, which belong to the text above or below where an edge is not drawn.
    fn open_area(&mut self, columns: (u16, u16), runs: &[Run], (look, edges): (Look, (Edge, Edge))) {
        let columns = (self.columns.at(columns.0), self.columns.at(columns.1));
        let area = Area::of_row(self.row, columns, runs, look);
        self.rows.area(Area { edges: Some(edges), ..area });
    }

    /// Ends the row.
    fn next(&mut self, height: f64) {
        self.rows.height(self.row, height);
        self.row += 1;
    }
}

/// The label with its ※; empty where the row has none.
pub(super) fn label_runs(row: &Row) -> Vec<Run> {
    let mut label: Vec<Run> = row.label.iter().filter(|run| !run.text.is_empty()).cloned().collect();
    if row.important && !label.is_empty() {
        label.push(plain("　※"));
    }
    label
}

/// What a form row's content cell shows: one text, or a choice's value beside its options.
struct Halves {
    /// First column.
    content: u16,
    left: Vec<Piece>,
    right: Option<Vec<Piece>>,
}

impl Halves {
    fn of(row: &Row, content: u16, (document, columns): (&Document, &Columns)) -> Self {
        let marks = &document.meta.marks;
        if let ([Part::Choice { value, options, columns: side_by_side, count }], true) =
            (row.cell.as_slice(), content > 0)
        {
            let value = vec![lines::chosen(value, count)];
            let small = style::SMALL_PT / style::SIZE_PT;
            let room = columns.width(LAST, LAST) / small;
            let options = lines::option_lines(options, *side_by_side, room);
            let options = options.into_iter().map(|line| vec![plain(line)]).collect();
            let options = pieces(options, room).into_iter();
            return Self {
                content,
                left: pieces(shown(value, marks), columns.width(CONTENT, CONTENT)),
                right: Some(options.map(|piece| Piece { height: piece.height * small, ..piece }).collect()),
            };
        }
        let room = columns.width(content, LAST);
        let all = match row.cell.as_slice() {
            [Part::Checks { options, columns: side_by_side }] => lines::check_lines(options, *side_by_side, room),
            parts => lines::parts(parts),
        };
        Self { content, left: pieces(shown(all, marks), room), right: None }
    }

    fn rows(&self) -> usize {
        self.left.len().max(self.right.as_ref().map_or(0, Vec::len))
    }

    fn height(&self) -> f64 {
        let of = |pieces: &[Piece]| pieces.iter().map(|piece| piece.height).sum::<f64>();
        of(&self.left).max(self.right.as_deref().map_or(0.0, of))
    }
}
