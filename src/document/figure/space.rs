//! Rectangles, straight pieces of a path and the width of text: what the router and the labels measure with.

use super::super::tree::Run;

/// A point in mm from the top left corner of the figure.
pub(super) type Point = (f64, f64);

/// An upright rectangle in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Rect {
    /// A rectangle round a centre.
    pub(super) fn centred((x, y): Point, w: f64, h: f64) -> Self {
        Self { x: x - w / 2.0, y: y - h / 2.0, w, h }
    }

    pub(super) fn right(&self) -> f64 {
        self.x + self.w
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.h
    }

    pub(super) fn centre(&self) -> Point {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Grown by a margin on all sides; shrunk where it is negative.
    pub(super) fn grown(&self, by: f64) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// Area shared with another rectangle in mm².
    pub(super) fn shared(&self, other: &Self) -> f64 {
        let w = self.right().min(other.right()) - self.x.max(other.x);
        let h = self.bottom().min(other.bottom()) - self.y.max(other.y);
        if w > 0.0 && h > 0.0 { w * h } else { 0.0 }
    }

    /// Whether another rectangle lies wholly inside.
    pub(super) fn holds(&self, other: &Self) -> bool {
        other.x >= self.x && other.y >= self.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }

    /// The four edges.
    pub(super) fn edges(&self) -> [Piece; 4] {
        let (left, top, right, bottom) = (self.x, self.y, self.right(), self.bottom());
        [
            Piece::new((left, top), (right, top)),
            Piece::new((left, bottom), (right, bottom)),
            Piece::new((left, top), (left, bottom)),
            Piece::new((right, top), (right, bottom)),
        ]
    }
}

/// A straight piece of a path, level or upright. What it covers is asked for thousands of times and made once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    from: Point,
    to: Point,
    /// Whether it runs from left to right or back.
    level: bool,
    /// The thin rectangle that it covers, by its edges.
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Piece {
    pub(super) fn new(from: Point, to: Point) -> Self {
        let level = (from.0 - to.0).abs() >= (from.1 - to.1).abs();
        let (left, right) = if from.0 <= to.0 { (from.0, to.0) } else { (to.0, from.0) };
        let (top, bottom) = if from.1 <= to.1 { (from.1, to.1) } else { (to.1, from.1) };
        Self { from, to, level, left, right, top, bottom }
    }

    /// Whether it runs from left to right or back.
    pub(super) fn level(&self) -> bool {
        self.level
    }

    pub(super) fn length(&self) -> f64 {
        (self.right - self.left) + (self.bottom - self.top)
    }

    /// The point at a share of its length.
    pub(super) fn at(&self, share: f64) -> Point {
        (self.from.0 + (self.to.0 - self.from.0) * share, self.from.1 + (self.to.1 - self.from.1) * share)
    }

    /// Whether it lies wholly inside a rectangle.
    pub(super) fn is_in(&self, rect: &Rect) -> bool {
        self.left >= rect.x && self.top >= rect.y && self.right <= rect.right() && self.bottom <= rect.bottom()
    }

    /// Whether it runs through a rectangle; not where it only touches the edge.
    pub(super) fn is_through(&self, rect: &Rect) -> bool {
        self.inside(rect) > 0.0
    }

    /// Length inside a rectangle; 0 where it only touches the edge.
    pub(super) fn inside(&self, rect: &Rect) -> f64 {
        let apart = if self.level {
            self.top <= rect.y || self.top >= rect.bottom() || self.bottom < rect.y
        } else {
            self.left <= rect.x || self.left >= rect.right() || self.right < rect.x
        };
        if apart {
            return 0.0;
        }
        let along = if self.level {
            self.right.min(rect.right()) - self.left.max(rect.x)
        } else {
            self.bottom.min(rect.bottom()) - self.top.max(rect.y)
        };
        along.max(0.0)
    }

    /// Distance and shared length of two pieces that run the same way; `None` where they do not run side by side.
    pub(super) fn beside(&self, other: &Self) -> Option<(f64, f64)> {
        if self.level != other.level {
            return None;
        }
        let (apart, shared) = if self.level {
            ((self.top - other.top).abs(), self.right.min(other.right) - self.left.max(other.left))
        } else {
            ((self.left - other.left).abs(), self.bottom.min(other.bottom) - self.top.max(other.top))
        };
        (shared > 0.0).then_some((apart, shared))
    }

    /// Whether two pieces cross at a right angle, ends included.
    pub(super) fn crosses(&self, other: &Self) -> bool {
        self.level != other.level
            && self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }
}

/// The pieces of a path.
pub(super) fn pieces(points: &[Point]) -> impl Iterator<Item = Piece> + '_ {
    points.windows(2).map(|pair| Piece::new(pair[0], pair[1]))
}

/// Width of text in em: 1 for a full-width character, half for ASCII and half-width katakana.
pub(super) fn em(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() || ('\u{ff61}'..='\u{ff9f}').contains(&c) { 0.5 } else { 1.0 }).sum()
}

/// Number of lines that runs take where a line holds so many em; at least 1.
pub(super) fn lines(runs: &[Run], em_per_line: f64) -> f64 {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    text.split('\n').map(|line| (em(line) / em_per_line.max(1.0)).ceil().max(1.0)).sum()
}
