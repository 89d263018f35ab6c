//! Places of the step numbers: beside their line, away from boxes, from the edges of zones, from other numbers and from other lines.

use super::route::Ground;
use super::space::{Piece, Point, Rect, pieces};
use super::turns::Turns;
use super::{Leg, label_size};

/// How often each label is placed again with the others in place.
const ROUNDS: usize = 2;
/// Free room between a line and a number beside it, in mm.
const BESIDE_MM: f64 = 0.6;
/// How much farther off the next places lie, in mm, and how many there are.
const OFF_MM: f64 = 0.5;
const FARTHEST: u8 = 4;
/// Points of a line at which its number is tried.
const SHARES: u8 = 40;
/// Another line nearer than this would be taken for the number's own.
const NEAR_MM: f64 = 1.2;

/// Prices per mm², per mm or each; a hidden box text is the worst, a number away from the middle of its line the least.
const PRICE_OUTSIDE: f64 = 1000.0;
const PRICE_BOX: f64 = 30.0;
const PRICE_LABEL: f64 = 40.0;
const PRICE_TEXT: f64 = 10.0;
const PRICE_LINE: f64 = 6.0;
const PRICE_NEAR_LINE: f64 = 1.0;
/// A number that hides a part of its own line: the kinds of lines are told by how they are drawn.
const PRICE_ON_LINE: f64 = 24.0;
const PRICE_FRAME: f64 = 15.0;
/// A number that stands a step farther from its line.
const PRICE_FAR: f64 = 0.8;
const PRICE_OFF_MIDDLE: f64 = 3.0;
const PRICE_SHORT_PIECE: f64 = 0.1;

/// A label with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// The label, as it is broken into lines.
    pub(super) words: String,
    /// Where it stands.
    pub(super) rect: Rect,
}

/// The labels of all arrows, by index.
pub(super) fn place(ground: &Ground, legs: &[Leg], paths: &[Vec<Point>]) -> Vec<Placed> {
    let mut places: Vec<Option<Placed>> = vec![None; legs.len()];
    let lines: Vec<Vec<Piece>> = paths.iter().map(|path| pieces(path).collect()).collect();
    let mut turns = Turns::of(legs.len());
    for _ in 0..=ROUNDS {
        for (index, leg) in legs.iter().enumerate() {
            if !turns.is_due(index) {
                continue;
            }
            let last = places[index].take();
            let mut best: Option<(f64, Placed)> = None;
            for words in leg.shapes() {
                let placing = Placing { ground, lines: &lines, places: &places, own: index, size: label_size(&words) };
                let (price, rect) = placing.best();
                if best.as_ref().is_none_or(|(least, _)| price < *least) {
                    best = Some((price, Placed { words, rect }));
                }
            }
            places[index] = best.map(|(_, placed)| placed);
            turns.took(index, places[index] != last);
        }
    }
    places.into_iter().flatten().collect()
}

/// Places of labels that stand on a line, a box or the edge of a zone, which lines should leave free; where it is not another line, with the
/// line that the label belongs to.
pub(super) fn hidden(ground: &Ground, paths: &[Vec<Point>], labels: &[Placed]) -> Vec<Rect> {
    /// More than the line beside a label and its distance, in mm.
    const WITH_LINE_MM: f64 = BESIDE_MM + 0.6;
    let mut found = Vec::new();
    for (own, label) in labels.iter().enumerate().filter(|(_, label)| !label.words.is_empty()) {
        let rect = label.rect.grown(-0.2);
        let on = |index: &usize| pieces(&paths[*index]).any(|piece| piece.is_through(&rect));
        let on_edge = ground.frames.iter().any(|frame| frame.is_through(&rect));
        let on_label = labels.iter().enumerate().any(|(other, label)| other != own && rect.shared(&label.rect) > 0.0);
        let on_box = ground.boxes.iter().any(|node| rect.shared(node) > 0.0);
        if on(&own) || on_edge || on_label || on_box {
            found.push(label.rect.grown(WITH_LINE_MM));
        } else if (0..paths.len()).any(|index| on(&index)) {
            found.push(label.rect);
        }
    }
    found
}

/// The search for one label's place.
struct Placing<'a> {
    ground: &'a Ground,
    /// The pieces of each path.
    lines: &'a [Vec<Piece>],
    places: &'a [Option<Placed>],
    own: usize,
    size: (f64, f64),
}

impl Placing<'_> {
    /// The best place and its price.
    fn best(&self) -> (f64, Rect) {
        let line = &self.lines[self.own];
        let mut best = (f64::INFINITY, self.inside(Rect::centred(line[0].at(0.0), self.size.0, self.size.1)));
        let longest = line.iter().map(Piece::length).fold(0.0, f64::max);
        for piece in line {
            for share in (0..=SHARES).map(|step| f64::from(step) / f64::from(SHARES)) {
                let off_middle = (share - 0.5_f64).abs() * PRICE_OFF_MIDDLE;
                let short = (longest - piece.length()) * PRICE_SHORT_PIECE;
                for (rect, beside) in self.round(piece, share) {
                    let rect = self.inside(rect);
                    if let Some(price) = self.price(&rect, off_middle + short + beside, best.0) {
                        best = (price, rect);
                    }
                }
            }
        }
        best
    }

    /// The places at a point of a line: on its two sides, near it and farther off, and on it.
    fn round(&self, piece: &Piece, share: f64) -> Vec<(Rect, f64)> {
        let (x, y) = piece.at(share);
        let (w, h) = self.size;
        let mut found = vec![(Rect::centred((x, y), w, h), PRICE_ON_LINE)];
        for off in 0..=FARTHEST {
            let (gap, price) = (BESIDE_MM + f64::from(off) * OFF_MM, f64::from(off) * PRICE_FAR);
            let (dx, dy) = if piece.level() { (0.0, h / 2.0 + gap) } else { (w / 2.0 + gap, 0.0) };
            found.push((Rect::centred((x - dx, y - dy), w, h), price));
            found.push((Rect::centred((x + dx, y + dy), w, h), price));
        }
        found
    }

    /// Pushed back onto the paper.
    fn inside(&self, rect: Rect) -> Rect {
        let paper = &self.ground.paper;
        let within = |at: f64, size: f64, room: f64| at.min(room - size).max(0.0);
        Rect { x: within(rect.x, rect.w, paper.w), y: within(rect.y, rect.h, paper.h), ..rect }
    }

    /// The price of a place that costs so much by itself; none where it is no less than the `least` so far. A price only grows, so most places
    /// are given up before all is looked at.
    fn price(&self, rect: &Rect, by_itself: f64, least: f64) -> Option<f64> {
        let is_less = |price: f64| by_itself + price < least;
        let mut price = if self.ground.paper.holds(rect) { 0.0 } else { PRICE_OUTSIDE };
        if !is_less(price) {
            return None;
        }
        price += self.ground.boxes.iter().map(|node| rect.shared(node)).sum::<f64>() * PRICE_BOX;
        price += self.ground.texts.iter().map(|text| rect.shared(text)).sum::<f64>() * PRICE_TEXT;
        price += self.places.iter().flatten().map(|label| rect.shared(&label.rect)).sum::<f64>() * PRICE_LABEL;
        if !is_less(price) {
            return None;
        }
        price += self.ground.frames.iter().map(|frame| frame.inside(rect)).sum::<f64>() * PRICE_FRAME;
        let near = rect.grown(NEAR_MM);
        for (index, line) in self.lines.iter().enumerate() {
            if !is_less(price) {
                return None;
            }
            for piece in line {
                price += piece.inside(rect) * PRICE_LINE;
                if index != self.own {
                    price += piece.inside(&near) * PRICE_NEAR_LINE;
                }
            }
        }
        is_less(price).then_some(by_itself + price)
    }
}
