//! Rows of a sheet, kept until it is known on which page each of them is printed.
//!
//! A sheet knows no text that goes on over a page: between two rows of one text no line is drawn, also where a page ends there, and what is
//! merged over several rows is printed once. So the rows are counted into pages first and written then. At the end of a page everything is
//! closed, and at the head of the next one the label of what goes on stands again. The ends of the pages are written into the sheet, so
//! that every program prints the same ones.

use std::collections::BTreeSet;

use rust_xlsxwriter::{Image, Worksheet, XlsxError};

use super::lines::{Edge, Join, open_format, plain, text_of};
use super::page::Room;
use super::style::{self, Look, Words};
use crate::document::tree::{MarkStyle, Run};
use crate::model::ItemPath;

/// In the hidden column: the row goes on with a new line.
pub const JOIN_LINE: &str = "line";
/// In the hidden column: the row goes on in the middle of a line.
pub const JOIN_WORD: &str = "word";

/// Columns of a sheet that say which item a row belongs to, and how it goes on from the one above.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hidden {
    pub path: u16,
    pub join: u16,
}

/// One row.
#[derive(Debug, Clone, Default)]
struct Row {
    /// In pt; none: the sheet's own.
    height: Option<f64>,
    /// Path of its item, and how it goes on.
    item: Option<(ItemPath, Join)>,
    /// Whether it stays on the page of the next one.
    stays: bool,
    /// Whether it begins a page.
    begins: bool,
}

/// What an area says at the head of each page on which it goes on.
#[derive(Debug, Clone, Default)]
pub(super) enum Again {
    /// Nothing.
    #[default]
    Nothing,
    /// The same words.
    Bare,
    /// The same words and that they go on; that alone where there is no room for them.
    Continued(f64),
}

/// Cells that are one.
#[derive(Debug, Clone)]
pub(super) struct Area {
    /// First and last row.
    pub rows: (u32, u32),
    /// First and last column.
    pub columns: (u16, u16),
    pub runs: Vec<Run>,
    pub look: Look,
    /// Whether its upper and its lower edge are drawn; none: as the look has them.
    pub edges: Option<(Edge, Edge)>,
    pub again: Again,
}

impl Area {
    /// Cells of one row.
    pub(super) fn of_row(row: u32, columns: (u16, u16), runs: &[Run], look: Look) -> Self {
        Self { rows: (row, row), columns, runs: runs.to_vec(), look, edges: None, again: Again::Nothing }
    }
}

/// The rows of a sheet, from the first one on.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    areas: Vec<Area>,
    pictures: Vec<((u32, u16), Image)>,
}

impl Rows {
    fn row(&mut self, row: u32) -> &mut Row {
        let index = row as usize;
        if self.rows.len() <= index {
            self.rows.resize(index + 1, Row::default());
        }
        &mut self.rows[index]
    }

    /// Sets the height of a row, in whole pixels of a screen: so that rows are as high as they are counted.
    pub(super) fn height(&mut self, row: u32, pt: f64) {
        self.row(row).height = Some(style::whole_px(pt));
    }

    /// Notes whose item a row is.
    pub(super) fn item(&mut self, row: u32, path: &ItemPath, join: Join) {
        self.row(row).item = Some((path.clone(), join));
    }

    /// Adds cells.
    pub(super) fn area(&mut self, area: Area) {
        self.row(area.rows.1);
        self.areas.push(area);
    }

    /// Adds a picture.
    pub(super) fn picture(&mut self, at: (u32, u16), image: Image) {
        self.pictures.push((at, image));
    }

    /// A page begins with a row.
    pub(super) fn begin_page(&mut self, row: u32) {
        self.row(row).begins = true;
    }

    /// A row stays on the page of the next one.
    pub(super) fn stay(&mut self, row: u32) {
        self.row(row).stays = true;
    }

    /// Keeps as many rows at both ends of a range together as are `least` pt high, so that no page shows less of it.
    pub(super) fn keep(&mut self, (first, last): (u32, u32), least: f64) {
        let heights: Vec<f64> = (first..=last).map(|row| self.height_of(row)).collect();
        let count = |heights: &mut dyn Iterator<Item = &f64>| -> usize {
            let mut sum = 0.0;
            let enough = heights.take_while(|height| {
                let before = sum;
                sum += **height;
                before < least
            });
            enough.count()
        };
        let (above, below) = (count(&mut heights.iter()), count(&mut heights.iter().rev()));
        let total = heights.len();
        for (index, row) in (first..last).enumerate() {
            if index + 1 < above || index + below >= total {
                self.stay(row);
            }
        }
    }

    /// Height of a row in pt.
    fn height_of(&self, row: u32) -> f64 {
        self.rows.get(row as usize).and_then(|row| row.height).unwrap_or(style::ROW_PT)
    }

    /// Height of rows in pt, from the first to the last.
    pub(super) fn high(&self, (first, last): (u32, u32)) -> f64 {
        (first..=last).map(|row| self.height_of(row)).sum()
    }

    /// The rows that begin a page, but the first one.
    fn breaks(&self, room: Room) -> BTreeSet<u32> {
        let number = |index: usize| u32::try_from(index).expect("a sheet has fewer rows");
        let mut found = BTreeSet::new();
        let mut used = 0.0;
        let mut at = 0;
        while at < self.rows.len() {
            // Rows that stay together, and how high they are.
            let mut end = at + 1;
            while end < self.rows.len() && self.rows[end - 1].stays && !self.rows[end].begins {
                end += 1;
            }
            let together = self.high((number(at), number(end) - 1));
            let begins = self.rows[at].begins && at > 0;
            // What no page holds begins where it stands.
            let is_moved = used > 0.0 && used + together > room.pt(found.is_empty()) && together <= room.pt(false);
            if begins || is_moved {
                found.insert(number(at));
                used = 0.0;
            }
            for index in at..end {
                let own = self.height_of(number(index));
                if used > 0.0 && used + own > room.pt(found.is_empty()) {
                    found.insert(number(index));
                    used = 0.0;
                }
                used += own;
            }
            at = end;
        }
        found
    }

    /// The same on as many pages, filled about alike: a page lower than it could be, as long as none is added.
    pub(super) fn even_breaks(&self, room: Room) -> BTreeSet<u32> {
        /// Shares of a page's height that are tried, in hundredths.
        const STEPS: std::ops::RangeInclusive<u32> = 50..=100;
        let most = self.breaks(room);
        let lower = STEPS.map(|share| self.breaks(room.lower(f64::from(share) / 100.0)));
        lower.into_iter().find(|breaks| breaks.len() == most.len()).unwrap_or(most)
    }

    /// Writes the rows and the ends of the pages.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        (marks, continued): (&MarkStyle, &str),
        (room, hidden): (Room, Option<Hidden>),
    ) -> Result<(), XlsxError> {
        for (row, number) in self.rows.iter().zip(0..) {
            if let Some(height) = row.height {
                sheet.set_row_height(number, height)?;
            }
            if let (Some(hidden), Some((path, join))) = (hidden, &row.item) {
                sheet.write_string(number, hidden.path, path.to_string())?;
                let word = match join {
                    Join::First => None,
                    Join::Line => Some(JOIN_LINE),
                    Join::Word => Some(JOIN_WORD),
                };
                if let Some(word) = word {
                    sheet.write_string(number, hidden.join, word)?;
                }
            }
        }
        let breaks = self.breaks(room);
        for area in &self.areas {
            self.write_area(sheet, (area, &breaks), (marks, continued))?;
        }
        for ((row, column), image) in &self.pictures {
            sheet.insert_image_with_offset(*row, *column, image, 4, 6)?;
        }
        let breaks: Vec<u32> = breaks.into_iter().collect();
        sheet.set_page_breaks(&breaks)?;
        Ok(())
    }

    /// Writes an area page by page.
    fn write_area(
        &self,
        sheet: &mut Worksheet,
        (area, breaks): (&Area, &BTreeSet<u32>),
        (marks, continued): (&MarkStyle, &str),
    ) -> Result<(), XlsxError> {
        let (top, bottom) = area.rows;
        let (left, right) = area.columns;
        let mut first = top;
        while first <= bottom {
            let last = breaks.range(first + 1..bottom + 1).next().map_or(bottom, |next| next - 1);
            let mut look = area.look.clone();
            if let Some((above, below)) = area.edges {
                let above = if breaks.contains(&first) { Edge::Outer } else { above };
                let below = if breaks.contains(&(last + 1)) { Edge::Outer } else { below };
                look.format = open_format(&look.format, above, below);
            }
            let again;
            let runs = if first == top {
                &area.runs
            } else {
                again = said_again(area, continued, self.high((first, last)));
                &again
            };
            if (first, left) != (last, right) {
                sheet.merge_range(first, left, last, right, "", &look.format)?;
            }
            style::write_words(sheet, (first, left), &Words { runs, marks, size_pt: look.size_pt }, &look.format)?;
            first = last + 1;
        }
        Ok(())
    }
}

/// What an area says on a further page, in rows so high.
fn said_again(area: &Area, continued: &str, high: f64) -> Vec<Run> {
    if text_of(&area.runs).is_empty() {
        return Vec::new();
    }
    match area.again {
        Again::Nothing => Vec::new(),
        Again::Bare => area.runs.clone(),
        Again::Continued(needed) if needed <= high => {
            let mut runs = area.runs.clone();
            runs.push(plain(continued));
            runs
        }
        Again::Continued(_) => vec![plain(continued)],
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Format;

    use super::*;
    use crate::document::tree::Paper;

    /// Rows of 100 pt on pages that hold seven, the first one eight, of them.
    fn rows(count: u32) -> (Rows, Room) {
        let mut rows = Rows::default();
        (0..count).for_each(|row| rows.height(row, 99.75));
        let room = Room::new(Paper::A4, 823, 90.0);
        assert!((850.0..855.0).contains(&room.pt(true)), "{room:?}");
        (rows, room)
    }

    fn begins(rows: &Rows, room: Room) -> Vec<u32> {
        rows.breaks(room).into_iter().collect()
    }

    #[test]
    fn pages_are_filled_and_rows_that_stay_go_along() {
        let (mut all, room) = rows(20);
        assert_eq!(begins(&all, room), [8, 15]);
        all.stay(7);
        assert_eq!(begins(&all, room), [7, 14]);
        all.keep((5, 9), 250.0);
        assert_eq!(begins(&all, room), [5, 12, 19], "three rows at both ends of a text stay together");
        all.begin_page(2);
        assert_eq!(begins(&all, room), [2, 5, 12, 19]);
    }

    #[test]
    fn even_pages_are_filled_alike_and_no_more_of_them() {
        let (all, room) = rows(17);
        assert_eq!(begins(&all, room), [8, 15]);
        let even: Vec<u32> = all.even_breaks(room).into_iter().collect();
        assert_eq!(even, [6, 12], "six, six and five instead of eight, seven and two");
    }

    #[test]
    fn rows_that_no_page_holds_are_parted_all_the_same() {
        let (mut all, room) = rows(20);
        all.keep((1, 19), 5000.0);
        assert_eq!(begins(&all, room), [8, 15]);
    }

    #[test]
    fn a_label_stands_again_where_there_is_room_for_it() {
        let label = Area::of_row(0, (0, 0), &[plain("保管場所")], Look::body(Format::new()));
        let said = |again: Again, high: f64| text_of(&said_again(&Area { again, ..label.clone() }, "（続き）", high));
        assert_eq!(said(Again::Continued(30.0), 30.0), "保管場所（続き）");
        assert_eq!(said(Again::Continued(30.0), 20.0), "（続き）");
        assert_eq!((said(Again::Bare, 20.0), said(Again::Nothing, 20.0)), ("保管場所".to_owned(), String::new()));
    }
}
