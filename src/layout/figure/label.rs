//! Places of the step numbers: beside their line, away from boxes, from the edges of zones, from other numbers and from other lines.

use super::Leg;
use super::route::Ground;
use super::space::{Piece, Point, Rect, pieces};

/// How often each label is placed again with the others in place.
const ROUNDS: usize = 2;
/// Free room between a line and a number beside it, in mm.
const BESIDE_MM: f64 = 0.6;
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
const PRICE_OFF_MIDDLE: f64 = 3.0;
const PRICE_SHORT_PIECE: f64 = 0.1;

/// Centres of the labels of all arrows, by index.
pub(super) fn place(ground: &Ground, legs: &[Leg], paths: &[Vec<Point>]) -> Vec<Point> {
    let mut places: Vec<Option<Rect>> = vec![None; legs.len()];
    for _ in 0..=ROUNDS {
        for (index, leg) in legs.iter().enumerate() {
            places[index] = None;
            let place = Placing { ground, paths, places: &places, own: index, size: leg.label_size() }.best();
            places[index] = Some(place);
        }
    }
    places.into_iter().flatten().map(|rect| rect.centre()).collect()
}

/// The search for one label's place.
struct Placing<'a> {
    ground: &'a Ground,
    paths: &'a [Vec<Point>],
    places: &'a [Option<Rect>],
    own: usize,
    size: (f64, f64),
}

impl Placing<'_> {
    fn best(&self) -> Rect {
        let path = &self.paths[self.own];
        let mut best = (f64::INFINITY, self.inside(Rect::centred(path[0], self.size.0, self.size.1)));
        let longest = pieces(path).map(|piece| piece.length()).fold(0.0, f64::max);
        for piece in pieces(path) {
            for share in (0..=18).map(|step| 0.05 + 0.05 * f64::from(step)) {
                let off_middle = (share - 0.5_f64).abs() * PRICE_OFF_MIDDLE;
                let short = (longest - piece.length()) * PRICE_SHORT_PIECE;
                for (rect, beside) in self.round(&piece, share) {
                    let rect = self.inside(rect);
                    let price = off_middle + short + beside + self.price(&rect);
                    if price < best.0 {
                        best = (price, rect);
                    }
                }
            }
        }
        best.1
    }

    /// The places at a point of a line: on its two sides, and on it.
    fn round(&self, piece: &Piece, share: f64) -> [(Rect, f64); 3] {
        let (x, y) = piece.at(share);
        let (w, h) = self.size;
        let (dx, dy) = if piece.level() { (0.0, h / 2.0 + BESIDE_MM) } else { (w / 2.0 + BESIDE_MM, 0.0) };
        [
            (Rect::centred((x - dx, y - dy), w, h), 0.0),
            (Rect::centred((x + dx, y + dy), w, h), 0.0),
            (Rect::centred((x, y), w, h), PRICE_ON_LINE),
        ]
    }

    /// Pushed back onto the paper.
    fn inside(&self, rect: Rect) -> Rect {
        let paper = &self.ground.paper;
        let within = |at: f64, size: f64, room: f64| at.min(room - size).max(0.0);
        Rect { x: within(rect.x, rect.w, paper.w), y: within(rect.y, rect.h, paper.h), ..rect }
    }

    fn price(&self, rect: &Rect) -> f64 {
        let mut price = if self.ground.paper.holds(rect) { 0.0 } else { PRICE_OUTSIDE };
        price += self.ground.boxes.iter().map(|node| rect.shared(node)).sum::<f64>() * PRICE_BOX;
        price += self.ground.texts.iter().map(|text| rect.shared(text)).sum::<f64>() * PRICE_TEXT;
        price += self.places.iter().flatten().map(|label| rect.shared(label)).sum::<f64>() * PRICE_LABEL;
        price += self.ground.frames.iter().map(|frame| frame.inside(rect)).sum::<f64>() * PRICE_FRAME;
        for (index, path) in self.paths.iter().enumerate() {
            for piece in pieces(path) {
                if index == self.own {
                    price += piece.inside(rect) * PRICE_LINE;
                } else {
                    price += piece.inside(rect) * PRICE_LINE;
                    price += piece.inside(&rect.grown(NEAR_MM)) * PRICE_NEAR_LINE;
                }
            }
        }
        price
    }
}
