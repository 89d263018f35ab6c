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

/// A straight piece of a path, level or upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub(super) from: Point,
    pub(super) to: Point,
}

impl Piece {
    pub(super) fn new(from: Point, to: Point) -> Self {
        Self { from, to }
    }

    /// Whether it runs from left to right or back.
    pub(super) fn level(&self) -> bool {
        (self.from.0 - self.to.0).abs() >= (self.from.1 - self.to.1).abs()
    }

    pub(super) fn length(&self) -> f64 {
        (self.from.0 - self.to.0).abs() + (self.from.1 - self.to.1).abs()
    }

    /// The point at a share of its length.
    pub(super) fn at(&self, share: f64) -> Point {
        (self.from.0 + (self.to.0 - self.from.0) * share, self.from.1 + (self.to.1 - self.from.1) * share)
    }

    /// The thin rectangle that it covers.
    pub(super) fn extent(&self) -> Rect {
        let (x, y) = (self.from.0.min(self.to.0), self.from.1.min(self.to.1));
        Rect { x, y, w: (self.from.0 - self.to.0).abs(), h: (self.from.1 - self.to.1).abs() }
    }

    /// Length inside a rectangle; 0 where it only touches the edge.
    pub(super) fn inside(&self, rect: &Rect) -> f64 {
        let own = self.extent();
        let w = own.right().min(rect.right()) - own.x.max(rect.x);
        let h = own.bottom().min(rect.bottom()) - own.y.max(rect.y);
        let (along, across) = if self.level() { (w, h) } else { (h, w) };
        let apart = if self.level() {
            own.y <= rect.y || own.y >= rect.bottom()
        } else {
            own.x <= rect.x || own.x >= rect.right()
        };
        if apart || across < 0.0 { 0.0 } else { along.max(0.0) }
    }

    /// Distance and shared length of two pieces that run the same way; `None` where they do not run side by side.
    pub(super) fn beside(&self, other: &Self) -> Option<(f64, f64)> {
        if self.level() != other.level() {
            return None;
        }
        let (a, b) = (self.extent(), other.extent());
        let (apart, shared) = if self.level() {
            ((a.y - b.y).abs(), a.right().min(b.right()) - a.x.max(b.x))
        } else {
            ((a.x - b.x).abs(), a.bottom().min(b.bottom()) - a.y.max(b.y))
        };
        (shared > 0.0).then_some((apart, shared))
    }

    /// Whether two pieces cross at a right angle, ends included.
    pub(super) fn crosses(&self, other: &Self) -> bool {
        if self.level() == other.level() {
            return false;
        }
        let (a, b) = (self.extent(), other.extent());
        a.x <= b.right() && b.x <= a.right() && a.y <= b.bottom() && b.y <= a.bottom()
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
