//! Paths of the arrows: right-angled, from the edge of a box to the edge of another, round the boxes between.
//!
//! Every arrow takes the cheapest candidate: straight, one bend, two bends through a gap, and, where those run across a box,
//! three or four bends. After all have a path, each is looked for again with the others in place, so that the order in the
//! source matters little. Shortest-path search on a fine raster was not taken: it knows no parallel lanes, and a candidate
//! can be priced as a whole.

use super::super::tree::{FlowZone, FlowZoneKind};
use super::space::{Piece, Point, Rect, em, pieces};
use super::turns::Turns;
use super::zone::host_label_mm;
use super::{Grid, HOST_LABEL_INSET_MM, HOST_LABEL_SIZE_PT, LABEL_SIZE_PT, LANE_MM, Leg, MM_PER_PT, ZONE_LABEL_MM};

/// Straight run that an arrow needs when it leaves a box, and when its head reaches one, in mm.
const TAIL_MM: f64 = 2.0;
const HEAD_MM: f64 = 3.4;
/// Ports keep this distance from the corners of a box.
const CORNER_MM: f64 = 1.8;
/// Lines keep this distance from the boxes that they pass, and channels from the edge of the paper.
const CLEAR_MM: f64 = 1.2;
/// Distance between the lines that may run through one gap.
const CHANNEL_MM: f64 = 1.6;
/// A step aside shorter than this looks like a slip.
const JOG_MM: f64 = 3.0;
/// A line nearer to the edge of a zone than this is taken for the edge.
const FRAME_MM: f64 = 1.5;
/// Ends nearer to each other than this have heads that touch.
const PORT_MM: f64 = 2.6;
/// How often each path is looked for again with the others in place.
const ROUNDS: usize = 3;

/// Prices; only their order of size matters: boxes, then shared lines, then crossings, then bends and length.
const PRICE_BOX: f64 = 1000.0;
const PRICE_TEXT: f64 = 60.0;
const PRICE_SAME_LINE: f64 = 8.0;
const PRICE_NEAR_LINE: f64 = 0.8;
const PRICE_CROSSING: f64 = 7.0;
const PRICE_FRAME: f64 = 0.6;
const PRICE_BEND: f64 = 4.0;
const PRICE_JOG: f64 = 12.0;
const PRICE_SAME_PORT: f64 = 10.0;
const PRICE_LENGTH: f64 = 0.12;
const PRICE_OFF_LANE: f64 = 0.7;

/// What stands on the paper before the arrows come（下地）.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// The boxes, by index of the node.
    pub(super) boxes: Vec<Rect>,
    /// Text of zones and hosts, which lines and labels should leave free.
    pub(super) texts: Vec<Rect>,
    /// The paper.
    pub(super) paper: Rect,
    /// Edges of zones and host frames, along which no line should run.
    pub(super) frames: Vec<Piece>,
    /// Where lines may run up and down: `x` in the gaps between columns and beside them.
    upright: Vec<f64>,
    /// Where lines may run across: `y` in the gaps between rows, above and below them.
    level: Vec<f64>,
}

impl Ground {
    pub(super) fn new(grid: &Grid, boxes: &[Rect], zones: &[FlowZone]) -> Self {
        let columns: Vec<f64> = (0..grid.columns.len()).map(|i| (i as f64 + 0.5) * grid.column_pitch).collect();
        let rows: Vec<f64> = (0..grid.rows.len()).map(|i| grid.top + (i as f64 + 0.5) * grid.row_pitch).collect();
        let tallest = boxes.iter().map(|rect| rect.h).fold(0.0, f64::max);
        Self {
            boxes: boxes.to_vec(),
            texts: zones.iter().filter(|zone| !zone.label.is_empty()).map(text_of).collect(),
            paper: Rect { x: 0.0, y: 0.0, w: grid.width, h: grid.height },
            frames: zones.iter().flat_map(|zone| rect_of(zone).edges()).collect(),
            upright: channels(&columns, grid.node_width, grid.width),
            level: channels(&rows, tallest, grid.height),
        }
    }
}

impl Ground {
    /// The same with more places that lines should leave free.
    pub(super) fn with(&self, kept_free: &[Rect]) -> Self {
        let mut ground = self.clone();
        ground.texts.extend_from_slice(kept_free);
        ground
    }

    /// How many of the lines run across the name of a zone or a host.
    pub(super) fn crossed(&self, paths: &[Vec<Point>]) -> usize {
        let across = |text: &Rect| paths.iter().filter(|path| pieces(path).any(|piece| piece.is_through(text))).count();
        self.texts.iter().map(across).sum()
    }
}

fn rect_of(zone: &FlowZone) -> Rect {
    Rect { x: zone.x, y: zone.y, w: zone.w, h: zone.h }
}

/// Where the label of a zone stands: in its top left corner; that of a host interrupts the frame.
fn text_of(zone: &FlowZone) -> Rect {
    let longest = zone.label.lines().map(em).fold(0.0, f64::max);
    let width = |size_pt: f64| longest * size_pt * MM_PER_PT + 1.5;
    let (x, y) = (zone.x, zone.y);
    match zone.kind {
        FlowZoneKind::Internal | FlowZoneKind::External => {
            Rect { x, y, w: width(LABEL_SIZE_PT), h: ZONE_LABEL_MM - 1.2 }
        }
        FlowZoneKind::Host => {
            let h = host_label_mm(&zone.label);
            Rect { x: x + HOST_LABEL_INSET_MM, y: y - h / 2.0, w: width(HOST_LABEL_SIZE_PT), h }
        }
    }
}

/// Positions at which lines may run through the gaps between things of one size, and outside the first and the last.
fn channels(centres: &[f64], size: f64, paper: f64) -> Vec<f64> {
    let mut edges = vec![(0.0, centres.first().map_or(paper, |centre| centre - size / 2.0))];
    edges.extend(centres.windows(2).map(|pair| (pair[0] + size / 2.0, pair[1] - size / 2.0)));
    edges.extend(centres.last().map(|centre| (centre + size / 2.0, paper)));
    let mut channels = Vec::new();
    for (from, to) in edges {
        let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0 - CLEAR_MM);
        if half < 0.0 {
            continue;
        }
        channels.push(middle);
        for step in (1..=4).map(|n| f64::from(n) * CHANNEL_MM).take_while(|step| *step <= half) {
            channels.extend([middle - step, middle + step]);
        }
    }
    channels
}

/// A side of a box（辺）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    const ALL: [Self; 4] = [Self::Right, Self::Left, Self::Bottom, Self::Top];

    /// Whether a line that leaves here runs level.
    fn level(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// How far a point lies outside this side of a box.
    fn outside(self, rect: &Rect, (x, y): Point) -> f64 {
        match self {
            Self::Left => rect.x - x,
            Self::Right => x - rect.right(),
            Self::Top => rect.y - y,
            Self::Bottom => y - rect.bottom(),
        }
    }

    fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Top => Self::Bottom,
            Self::Bottom => Self::Top,
        }
    }

    /// The point of this side at a position on the paper: `y` on an upright side, `x` on a level one.
    fn on(self, rect: &Rect, along: f64) -> Point {
        match self {
            Self::Left => (rect.x, along),
            Self::Right => (rect.right(), along),
            Self::Top => (along, rect.y),
            Self::Bottom => (along, rect.bottom()),
        }
    }

    /// Position of the middle of this side.
    fn middle(self, rect: &Rect) -> f64 {
        if self.level() { rect.centre().1 } else { rect.centre().0 }
    }

    /// Whether a line may touch this side at a position.
    fn holds(self, rect: &Rect, along: f64) -> bool {
        (along - self.middle(rect)).abs() <= self.reach(rect) + 0.01
    }

    /// How far from its middle a port may lie.
    fn reach(self, rect: &Rect) -> f64 {
        let length = if self.level() { rect.h } else { rect.w };
        (length / 2.0 - CORNER_MM).max(0.0)
    }
}

/// Where a line may touch a box.
#[derive(Debug, Clone, Copy)]
struct Port {
    side: Side,
    point: Point,
    /// Price of lying off the arrow's own lane.
    price: f64,
}

/// The lane that an arrow prefers among those between the same two boxes: offsets from the middle of a side.
#[derive(Debug, Clone, Copy)]
struct Lane {
    level: f64,
    upright: f64,
}

/// Lanes of all arrows. Those that share two boxes, in either direction, run side by side: 3.2 mm apart where they run
/// level, further where they run up and down, since the step numbers stand level and would cover the neighbours.
fn lanes(ground: &Ground, legs: &[Leg]) -> Vec<Lane> {
    let pair = |leg: &Leg| (leg.from.min(leg.to), leg.from.max(leg.to));
    let mut lanes = Vec::new();
    for (index, leg) in legs.iter().enumerate() {
        let together: Vec<usize> = (0..legs.len()).filter(|other| pair(&legs[*other]) == pair(leg)).collect();
        let place = together.iter().position(|other| *other == index).unwrap_or(0) as f64;
        let spread = place - (together.len() as f64 - 1.0) / 2.0;
        let gaps = (together.len() as f64 - 1.0).max(1.0);
        let (from, to) = (&ground.boxes[leg.from], &ground.boxes[leg.to]);
        let widest = together.iter().map(|other| legs[*other].label_size().0).fold(LANE_MM, f64::max) + 1.0;
        let fit = |reach: f64, wish: f64| wish.min(reach * 2.0 / gaps);
        lanes.push(Lane {
            level: spread * fit(Side::Left.reach(from).min(Side::Left.reach(to)), LANE_MM),
            upright: spread * fit(Side::Top.reach(from).min(Side::Top.reach(to)), widest),
        });
    }
    lanes
}

/// Paths of all arrows, by index; each has at least two points.
pub(super) fn route(ground: &Ground, legs: &[Leg]) -> Vec<Vec<Point>> {
    let lanes = lanes(ground, legs);
    let mut order: Vec<usize> = (0..legs.len()).collect();
    // Boxes in one row or column first, then near ones: they have the fewest good ways to reach each other.
    order.sort_by(|a, b| {
        let ((bent_a, far_a), (bent_b, far_b)) = (reach(ground, &legs[*a]), reach(ground, &legs[*b]));
        bent_a.cmp(&bent_b).then(far_a.total_cmp(&far_b)).then(a.cmp(b))
    });
    let mut paths: Vec<Vec<Point>> = vec![Vec::new(); legs.len()];
    let mut turns = Turns::of(legs.len());
    for _ in 0..=ROUNDS {
        for index in order.iter().copied() {
            if !turns.is_due(index) {
                continue;
            }
            let last = std::mem::take(&mut paths[index]);
            let pieces: Vec<Piece> = paths.iter().flat_map(|path| pieces(path)).collect();
            let ends: Vec<Point> =
                paths.iter().flat_map(|path| path.first().into_iter().chain(path.last())).copied().collect();
            paths[index] = Search::new(ground, &legs[index], lanes[index], (&pieces, &ends)).run();
            turns.took(index, paths[index] != last);
        }
    }
    paths
}

/// How often lines cross each other.
pub(super) fn crossings(paths: &[Vec<Point>]) -> usize {
    let mut count = 0;
    for (index, path) in paths.iter().enumerate() {
        for other in &paths[index + 1..] {
            count += pieces(path).map(|one| pieces(other).filter(|piece| one.crosses(piece)).count()).sum::<usize>();
        }
    }
    count
}

/// How often lines bend.
pub(super) fn bends(paths: &[Vec<Point>]) -> usize {
    paths.iter().map(|path| path.len().saturating_sub(2)).sum()
}

/// Whether two boxes stand in different rows and columns, and their distance.
fn reach(ground: &Ground, leg: &Leg) -> (bool, f64) {
    let (a, b) = (ground.boxes[leg.from].centre(), ground.boxes[leg.to].centre());
    let (across, down) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
    (across > 0.01 && down > 0.01, across + down)
}

/// The search for one arrow's path.
struct Search<'a> {
    ground: &'a Ground,
    placed: &'a [Piece],
    placed_ends: &'a [Point],
    from: Rect,
    to: Rect,
    ends: (usize, usize),
    /// What each box keeps free of lines.
    kept: Vec<Rect>,
    /// The paper on which a line may run.
    paper: Rect,
    tails: Vec<Port>,
    heads: Vec<Port>,
    best: Vec<Point>,
    price: f64,
}

impl<'a> Search<'a> {
    fn new(ground: &'a Ground, leg: &Leg, lane: Lane, (placed, placed_ends): (&'a [Piece], &'a [Point])) -> Self {
        let (from, to) = (ground.boxes[leg.from], ground.boxes[leg.to]);
        // Where no candidate can be drawn (boxes that touch), a plain line from middle to middle.
        let best = vec![from.centre(), to.centre()];
        let (tails, heads) = (ports(&from, lane), ports(&to, lane));
        let kept = |(index, rect): (usize, &Rect)| {
            let own = index == leg.from || index == leg.to;
            rect.grown(if own { -0.1 } else { CLEAR_MM - 0.1 })
        };
        Self {
            kept: ground.boxes.iter().enumerate().map(kept).collect(),
            paper: ground.paper.grown(-0.5),
            ground,
            placed,
            placed_ends,
            from,
            to,
            ends: (leg.from, leg.to),
            tails,
            heads,
            best,
            price: f64::INFINITY,
        }
    }

    fn run(mut self) -> Vec<Point> {
        if self.ends.0 == self.ends.1 {
            self.try_loops();
            return self.best;
        }
        self.try_straight();
        self.try_simple();
        if self.price >= PRICE_SAME_LINE * HEAD_MM {
            self.try_three_bends();
        }
        if self.price >= PRICE_BOX {
            self.try_four_bends();
        }
        self.best
    }

    /// From edge to edge without a bend, on a port of the tail's box or of the head's.
    fn try_straight(&mut self) {
        for side in Side::ALL {
            let facing = side.opposite();
            let tails = self.tails.iter().filter(|port| port.side == side);
            let heads = self.heads.iter().filter(|port| port.side == facing);
            let ports: Vec<Port> = tails.chain(heads).copied().collect();
            for port in ports {
                let along = if side.level() { port.point.1 } else { port.point.0 };
                let (start, end) = (side.on(&self.from, along), facing.on(&self.to, along));
                let holds = side.holds(&self.from, along) && facing.holds(&self.to, along);
                if holds && side.outside(&self.from, end) >= HEAD_MM {
                    // Both ends lie as far off the lane.
                    self.offer(&[start, end], port.price * 2.0);
                }
            }
        }
    }

    /// One bend, or two through a channel.
    fn try_simple(&mut self) {
        let (ground, tails, heads) = (self.ground, self.tails.clone(), self.heads.clone());
        for tail in &tails {
            for head in &heads {
                let (p, q, price) = (tail.point, head.point, tail.price + head.price);
                if self.is_hopeless(price, 1, &[p, q]) {
                    continue;
                }
                match (tail.side.level(), head.side.level()) {
                    (true, false) => self.offer_from(tail, head, &[p, (q.0, p.1), q], price),
                    (false, true) => self.offer_from(tail, head, &[p, (p.0, q.1), q], price),
                    (true, true) => {
                        for x in &ground.upright {
                            self.offer_from(tail, head, &[p, (*x, p.1), (*x, q.1), q], price);
                        }
                    }
                    (false, false) => {
                        for y in &ground.level {
                            self.offer_from(tail, head, &[p, (p.0, *y), (q.0, *y), q], price);
                        }
                    }
                }
            }
        }
    }

    /// Three bends: through a gap between columns and one between rows.
    fn try_three_bends(&mut self) {
        let (ground, tails, heads) = (self.ground, self.few(&self.tails), self.few(&self.heads));
        for (tail, head) in pairs(&tails, &heads).filter(|(tail, head)| tail.side.level() != head.side.level()) {
            let (p, q, price) = (tail.point, head.point, tail.price + head.price);
            for x in &ground.upright {
                if self.is_hopeless(price, 3, &[p, (*x, p.1), q]) {
                    continue;
                }
                for y in &ground.level {
                    if tail.side.level() {
                        self.offer_from(&tail, &head, &[p, (*x, p.1), (*x, *y), (q.0, *y), q], price);
                    } else {
                        self.offer_from(&tail, &head, &[p, (p.0, *y), (*x, *y), (*x, q.1), q], price);
                    }
                }
            }
        }
    }

    /// Four bends: round everything, from the middle of a side to the middle of a side.
    fn try_four_bends(&mut self) {
        let (ground, tails, heads) = (self.ground, self.few(&self.tails), self.few(&self.heads));
        for (tail, head) in pairs(&tails, &heads).filter(|(tail, head)| tail.side.level() == head.side.level()) {
            let (p, q, price) = (tail.point, head.point, tail.price + head.price);
            let level = tail.side.level();
            let (outer, across) =
                if level { (&ground.upright, &ground.level) } else { (&ground.level, &ground.upright) };
            for first in outer {
                for last in outer {
                    let (a, b) = if level { ((*first, p.1), (*last, q.1)) } else { ((p.0, *first), (q.0, *last)) };
                    if self.is_hopeless(price, 4, &[p, a, b, q]) {
                        continue;
                    }
                    for middle in across {
                        let (a, b, c, d) = if level {
                            ((*first, p.1), (*first, *middle), (*last, *middle), (*last, q.1))
                        } else {
                            ((p.0, *first), (*middle, *first), (*middle, *last), (q.0, *last))
                        };
                        self.offer_from(&tail, &head, &[p, a, b, c, d, q], price);
                    }
                }
            }
        }
    }

    /// A loop at a corner, for an arrow from a box to itself.
    fn try_loops(&mut self) {
        let rect = self.from;
        let (out, along) = (4.0, rect.w / 2.0 - 6.0);
        for (side, x) in [(Side::Right, rect.right() + out), (Side::Left, rect.x - out)] {
            for (end, y) in [(Side::Top, rect.y - out), (Side::Bottom, rect.bottom() + out)] {
                let inwards = if side == Side::Right { along } else { -along };
                let (p, q) = (side.on(&rect, side.middle(&rect)), end.on(&rect, end.middle(&rect) + inwards));
                self.offer(&[p, (x, p.1), (x, y), (q.0, y), q], 0.0);
            }
        }
    }

    /// The port of each side that lies nearest the arrow's lane: for the paths of which there are many.
    fn few(&self, ports: &[Port]) -> Vec<Port> {
        let nearest =
            |side| ports.iter().filter(move |port| port.side == side).min_by(|a, b| a.price.total_cmp(&b.price));
        Side::ALL.iter().filter_map(|side| nearest(*side).copied()).collect()
    }

    /// Offers a path whose ends run straight out of their boxes.
    fn offer_from(&mut self, tail: &Port, head: &Port, points: &[Point], price: f64) {
        let leaves = tail.side.outside(&self.from, points[1]) >= TAIL_MM;
        if leaves && head.side.outside(&self.to, points[points.len() - 2]) >= HEAD_MM {
            self.offer(points, price);
        }
    }

    /// Whether no path over these points is cheaper than the best so far: none is shorter than the way between them, level and upright.
    fn is_hopeless(&self, port_price: f64, bends: usize, over: &[Point]) -> bool {
        /// Far more than sums of numbers differ by when they are added in another order, and far less than prices do.
        const SLACK: f64 = 1e-6;
        let length: f64 = pieces(over).map(|piece| piece.length()).sum();
        port_price + PRICE_BEND * bends as f64 + PRICE_LENGTH * length - SLACK >= self.price
    }

    /// Takes a path where it is cheaper than the best so far. A price only grows, so most paths are given up before all is looked at.
    fn offer(&mut self, points: &[Point], port_price: f64) {
        let length: f64 = pieces(points).map(|piece| piece.length()).sum();
        let bends = points.len().saturating_sub(2) as f64;
        let mut price = port_price + PRICE_BEND * bends + PRICE_LENGTH * length;
        let jogs = pieces(points).skip(1).take(points.len().saturating_sub(3)).filter(|piece| piece.length() < JOG_MM);
        price += PRICE_JOG * jogs.count() as f64;
        if price >= self.price {
            return;
        }
        price += PRICE_SAME_PORT * self.near_ends(points) as f64;
        for piece in pieces(points) {
            if price >= self.price {
                return;
            }
            price += self.price_of(&piece, price);
        }
        if price < self.price {
            self.price = price;
            self.best = points.to_vec();
        }
    }

    /// How many ends of placed arrows lie so near to the ends of this path that their heads touch.
    fn near_ends(&self, points: &[Point]) -> usize {
        let own = [points[0], points[points.len() - 1]];
        let near = |(x, y): &Point| own.iter().any(|(ox, oy)| (ox - x).abs() + (oy - y).abs() < PORT_MM);
        self.placed_ends.iter().filter(|end| near(end)).count()
    }

    /// The price of a piece of a path that costs so much before it; where that makes it dearer than the best so far, a part of the price.
    fn price_of(&self, piece: &Piece, before: f64) -> f64 {
        let mut price = 0.0;
        if !piece.is_in(&self.paper) {
            price += PRICE_BOX;
        }
        price += self.kept.iter().filter(|kept| piece.is_through(kept)).count() as f64 * PRICE_BOX;
        price += self.ground.texts.iter().filter(|text| piece.is_through(text)).count() as f64 * PRICE_TEXT;
        if before + price >= self.price {
            return price;
        }
        for other in self.placed {
            if let Some((apart, shared)) = piece.beside(other) {
                if apart < 0.8 {
                    price += shared * PRICE_SAME_LINE;
                } else if apart < LANE_MM - 0.1 {
                    price += shared * PRICE_NEAR_LINE * (LANE_MM - apart);
                }
            } else if piece.crosses(other) {
                price += PRICE_CROSSING;
            } else {
                continue;
            }
            if before + price >= self.price {
                return price;
            }
        }
        for frame in &self.ground.frames {
            match piece.beside(frame) {
                Some((apart, shared)) if apart < FRAME_MM => price += shared * PRICE_FRAME,
                Some(_) | None => {}
            }
        }
        price
    }
}

/// The ports of a box: on each side the arrow's own lane, then the others from the middle outwards.
fn ports(rect: &Rect, lane: Lane) -> Vec<Port> {
    let mut ports = Vec::new();
    for side in Side::ALL {
        let (reach, own) = (side.reach(rect), if side.level() { lane.level } else { lane.upright });
        let step = if side.level() { LANE_MM / 2.0 } else { LANE_MM };
        let mut offsets = vec![own.clamp(-reach, reach), 0.0];
        for offset in (1..=4).map(|n| f64::from(n) * step).take_while(|offset| *offset <= reach + 0.01) {
            offsets.extend([offset, -offset]);
        }
        ports.extend(offsets.into_iter().map(|offset| Port {
            side,
            point: side.on(rect, side.middle(rect) + offset),
            price: (offset - own).abs() * PRICE_OFF_LANE,
        }));
    }
    ports
}

fn pairs<'a>(tails: &'a [Port], heads: &'a [Port]) -> impl Iterator<Item = (Port, Port)> + 'a {
    tails.iter().flat_map(|tail| heads.iter().map(|head| (*tail, *head)))
}
