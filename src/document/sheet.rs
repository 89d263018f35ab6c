//! The page of a document in mm: its margins, and what it holds of a figure of 別添1 with its remarks.

use schemars::JsonSchema;
use serde::Serialize;

use super::tree::Paper;
use crate::model::manifest::{ColumnDef, ColumnField};

/// Margins of a page in mm（余白）.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Margins {
    /// At the left.
    pub left: f64,
    /// At the right.
    pub right: f64,
    /// Above the text; the head stands in it.
    pub top: f64,
    /// Below it; the foot stands in it.
    pub bottom: f64,
}

/// Least size of the letters of a document whose pages have wide margins, in pt.
const WIDE_PT: f64 = 10.0;

const MM_PER_PT: f64 = 25.4 / 72.0;

impl Margins {
    /// Narrow round a form, whose figures need the room; wide round running text. At the left of a form are the holes of a binder: 6 mm
    /// wide, their centres 12 mm from the edge.
    #[must_use]
    pub fn of(size_pt: f64) -> Self {
        let (left, right) = if size_pt < WIDE_PT { (17.0, 9.0) } else { (20.0, 20.0) };
        Self { left, right, top: 17.0, bottom: 16.0 }
    }

    /// Width of a line in mm.
    #[must_use]
    pub(super) fn line(self, paper: Paper) -> f64 {
        width(paper) - self.left - self.right
    }

    /// Height of what a page holds, in mm.
    #[must_use]
    pub(super) fn page(self, paper: Paper) -> f64 {
        height(paper) - self.top - self.bottom
    }
}

fn width(paper: Paper) -> f64 {
    match paper {
        Paper::A4 => 210.0,
        Paper::A4Landscape => 297.0,
    }
}

fn height(paper: Paper) -> f64 {
    match paper {
        Paper::A4 => 297.0,
        Paper::A4Landscape => 210.0,
    }
}

/// Size of the letters of a list, in pt: a little smaller than those of a form.
fn list_pt(size_pt: f64) -> f64 {
    size_pt - 0.5
}

/// Letters of a line of a list, in em.
pub(super) fn list_em(size_pt: f64, paper: Paper) -> f64 {
    Margins::of(size_pt).line(paper) / (list_pt(size_pt) * MM_PER_PT)
}

/// Room for a figure and its remarks on one page（図と備考の紙面）, in tenths of a mm: a page is told by it in what is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sheet {
    /// Width of the figure: its letters are never made smaller.
    width: u32,
    /// Height of both.
    height: u32,
    /// The least height of the figure.
    least: u32,
    /// Letters of a line of remarks, fewer than fit.
    letters: u32,
    /// Height of such a line.
    line: u32,
}

/// What a line is wider than a figure on it, in mm.
const BESIDE_FIGURE_MM: f64 = 4.0;
/// The least height of a figure of many rows in mm, on a page of a form and in a list.
const LEAST_MM: f64 = 118.0;
const LEAST_LISTED_MM: f64 = 100.0;
/// Height of the bars, the legend and the label of the remarks on a page of a form, in mm.
const ROUND_FIGURE_MM: f64 = 38.0;
/// Height of the heads of a list, the names of the figure and of its remarks, their insets and the legend, in mm.
const ROUND_LISTED_MM: f64 = 50.0;

impl Sheet {
    /// A page of a form.
    #[must_use]
    pub fn of_form(size_pt: f64) -> Self {
        let margins = Margins::of(size_pt);
        Self {
            width: tenths(margins.line(Paper::A4) - BESIDE_FIGURE_MM),
            height: tenths(margins.page(Paper::A4) - ROUND_FIGURE_MM),
            least: tenths(LEAST_MM),
            letters: 60,
            line: tenths(4.0),
        }
    }

    /// A page of a list, whose remarks stand in the column of the form's rows.
    #[must_use]
    pub fn of_list(size_pt: f64, columns: &[ColumnDef]) -> Self {
        let margins = Margins::of(size_pt);
        let all: f64 = columns.iter().map(|column| column.width).sum();
        let own = columns.iter().find(|column| column.field == ColumnField::Row).map_or(all, |column| column.width);
        let share = if all > 0.0 { own / all } else { 1.0 };
        // The hanging number of a remark takes from its line.
        let letters = list_em(size_pt, Paper::A4) * share - 4.0;
        Self {
            width: tenths(margins.line(Paper::A4) - BESIDE_FIGURE_MM),
            height: tenths(margins.page(Paper::A4) - ROUND_LISTED_MM),
            least: tenths(LEAST_LISTED_MM),
            letters: letters.max(1.0) as u32,
            line: tenths(list_pt(size_pt) * 1.5 * MM_PER_PT),
        }
    }

    /// The least height of a figure, in mm: where remarks leave less they stand on the next page.
    pub(super) fn least_mm(self) -> f64 {
        f64::from(self.least) / 10.0
    }

    /// Width of the figure in mm.
    pub(super) fn width_mm(self) -> f64 {
        f64::from(self.width) / 10.0
    }

    /// What remarks leave for their figure, in mm.
    pub(super) fn beside(self, remarks: &str) -> f64 {
        let letters = self.letters as usize;
        let lines: usize = remarks.lines().map(|line| line.chars().count().div_ceil(letters).max(1)).sum();
        (f64::from(self.height) - lines as f64 * f64::from(self.line)) / 10.0
    }
}

fn tenths(mm: f64) -> u32 {
    (mm * 10.0).round().max(0.0) as u32
}
