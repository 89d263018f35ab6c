//! Pages by the rules of typesetting, measured on what the typesetter drew: lines, rows, cells, figures, and how full a page is.

use std::collections::{BTreeMap, BTreeSet};

use hyoka::document::tree::{Block, Document, Flow, FlowZoneKind, Part};
use hyoka::model::manifest::DocumentKind;
use hyoka::name::{CaseName, DocumentName};
use hyoka::page::{Paged, Typesetter};
use hyoka::press::documents_of;
use hyoka::session::read;
use typst::foundations::{Label, Selector, Str, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::utils::PicoStr;
use typst::visualize::Geometry;

use crate::subject::{BORNE, roots};

/// Signs that begin no line; ・ begins items. ］ closes the box of a choice, at the right of its cell.
const NO_BEGINNING: &str = "、。，．）」』】〕＞》ーゝゞ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)";
/// Two pieces of text nearer than this stand on one line.
const JOINED_PT: f64 = 7.0;
/// Text at the head and at the foot of a page that belongs to none of its lines, in pt.
const MARGIN_PT: f64 = 44.0;
/// A page that is less full than this is empty to a reader.
const LEAST_FULL: f64 = 0.15;
/// A row lower than this share of a page is not parted.
const WHOLE_ROW: f64 = 0.42;

/// Least size of the letters in a figure, wherever it stands, and that of the remarks below it, in pt.
const FIGURE_PT: f64 = 8.0;
const REMARKS_PT: f64 = 7.6;

/// A piece of text on a page.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    x: f64,
    y: f64,
    width: f64,
    size: f64,
}

/// What is drawn on a page: its text, and upright lines as x, top and bottom.
#[derive(Debug, Default)]
struct Drawn {
    pieces: Vec<Piece>,
    upright: Vec<(f64, f64, f64)>,
}

impl Drawn {
    fn of(frame: &Frame) -> Self {
        let mut drawn = Self::default();
        drawn.walk(frame, Point::zero());
        drawn
    }

    fn walk(&mut self, frame: &Frame, origin: Point) {
        for (at, item) in frame.items() {
            let at = Point::new(origin.x + at.x, origin.y + at.y);
            match item {
                FrameItem::Group(group) => self.walk(&group.frame, at),
                // What is only said aloud is smaller than what is seen.
                FrameItem::Text(text) if text.size > Abs::pt(1.0) => self.pieces.push(Piece {
                    text: text.text.to_string(),
                    x: at.x.to_pt(),
                    y: at.y.to_pt(),
                    width: text.width().to_pt(),
                    size: text.size.to_pt(),
                }),
                FrameItem::Shape(shape, _) => {
                    if let Geometry::Line(to) = &shape.geometry
                        && to.x.to_pt().abs() < 0.01
                        && to.y.to_pt().abs() > 1.0
                    {
                        let (a, b) = (at.y.to_pt(), (at.y + to.y).to_pt());
                        self.upright.push((at.x.to_pt(), a.min(b), a.max(b)));
                    }
                }
                FrameItem::Text(_) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// The lines of the page, each as its pieces from left to right.
    fn lines(&self) -> Vec<Vec<&Piece>> {
        let mut rows: BTreeMap<i64, Vec<&Piece>> = BTreeMap::new();
        for piece in self.pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
            rows.entry((piece.y * 2.0).round() as i64).or_default().push(piece);
        }
        let mut lines: Vec<Vec<&Piece>> = Vec::new();
        for mut row in rows.into_values() {
            row.sort_by(|a, b| a.x.total_cmp(&b.x));
            for piece in row {
                match lines.last_mut() {
                    Some(line)
                        if line.last().is_some_and(|last| {
                            (last.y - piece.y).abs() < 0.5 && piece.x - (last.x + last.width) < JOINED_PT
                        }) =>
                    {
                        line.push(piece);
                    }
                    Some(_) | None => lines.push(vec![piece]),
                }
            }
        }
        lines
    }
}

/// What breaks a rule, by the rule.
type Findings = BTreeMap<&'static str, Vec<String>>;

fn find(findings: &mut Findings, rule: &'static str, what: String) {
    findings.entry(rule).or_default().push(what);
}

/// Everything on the pages of a document that breaks a rule.
fn measure(name: &str, document: &Document, paged: &Paged, findings: &mut Findings) {
    let pages = paged.document.pages();
    let starts = chapters(paged);
    let words = words_of_figures(document);
    let zones: BTreeSet<&str> =
        flows(document).iter().flat_map(|flow| &flow.zones).map(|zone| zone.label.as_str()).collect();
    // Remarks, which begin with the numbers of the figure, have a size of their own.
    let is_small = |piece: &Piece| piece.size < FIGURE_PT - 0.01 && (piece.size - REMARKS_PT).abs() > 0.01;
    for (number, one) in (1..).zip(pages) {
        let drawn = Drawn::of(&one.frame);
        let height = one.frame.height().to_pt();
        let body = |piece: &Piece| piece.y > MARGIN_PT && piece.y < height - MARGIN_PT;
        for line in drawn.lines() {
            let first = line[0].text.chars().next().unwrap_or(' ');
            if body(line[0]) && NO_BEGINNING.contains(first) {
                let words: String = line.iter().map(|piece| piece.text.as_str()).collect();
                find(findings, "行頭の禁則", format!("{name} p{number} 「{words}」"));
            }
        }
        for piece in drawn.pieces.iter().filter(|piece| body(piece)) {
            let (left, right) = (piece.x + 0.8, piece.x + piece.width - 0.8);
            let middle = piece.y - piece.size * 0.35;
            if drawn.upright.iter().any(|(x, top, bottom)| left < *x && *x < right && *top < middle && middle < *bottom)
            {
                find(findings, "欄からのはみ出し", format!("{name} p{number} 「{}」", piece.text));
            }
        }
        // A figure is on the page where its zones are named.
        let has_figure = drawn.pieces.iter().any(|piece| zones.contains(piece.text.as_str()));
        let small = drawn.pieces.iter().filter(|piece| is_small(piece) && words.contains(piece.text.trim()));
        for piece in small.filter(|_| has_figure) {
            find(findings, "図の小さい字", format!("{name} p{number} 「{}」 {} pt", piece.text, piece.size));
        }
        let last = drawn.pieces.iter().filter(|piece| body(piece)).map(|piece| piece.y).fold(0.0, f64::max);
        let full = (last - MARGIN_PT) / (height - 2.0 * MARGIN_PT);
        if full < LEAST_FULL && number < pages.len() && !starts.contains(&(number + 1)) {
            find(findings, "ほとんど空のページ", format!("{name} p{number} {:.0} %", full * 100.0));
        }
    }
    for (path, page, rest) in remainders(paged) {
        find(findings, "一行だけの残り", format!("{name} p{page} {path} {rest:.1} pt"));
    }
    for (path, share) in parted(paged) {
        if share < WHOLE_ROW {
            find(findings, "短い行の分割", format!("{name} {path} {:.0} %", share * 100.0));
        }
    }
    for flow in flows(document) {
        for what in over_lines(flow) {
            find(findings, "図の線に重なる番号", format!("{name} {} {what}", flow.path));
        }
        for what in over_names(flow) {
            find(findings, "図の名に重なる線", format!("{name} {} {what}", flow.path));
        }
    }
}

/// The metadata under a label with their places: page, and how far down in pt.
fn labelled(paged: &Paged, label: &str) -> Vec<(Value, usize, f64)> {
    let label = Label::new(PicoStr::intern(label)).expect("the label is not empty");
    let introspector = paged.document.introspector();
    let found = introspector.query(&Selector::Label(label)).into_iter().filter_map(|content| {
        let position = introspector.position(content.location()?)?;
        let value = content.to_packed::<MetadataElem>()?.value.clone();
        Some((value, position.page.get(), position.point.y.to_pt()))
    });
    found.collect()
}

fn word(value: &Value, key: &str) -> String {
    match value {
        Value::Dict(fields) => match fields.get(&Str::from(key)) {
            Ok(Value::Str(text)) => text.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Pages on which a chapter begins.
pub(crate) fn chapters(paged: &Paged) -> Vec<usize> {
    let is_chapter = |value: &Value| match value {
        Value::Dict(fields) => fields.get(&Str::from("rank")).is_ok_and(|rank| *rank == Value::Int(1)),
        _ => false,
    };
    labelled(paged, "heads").into_iter().filter(|(value, ..)| is_chapter(value)).map(|(_, page, _)| page).collect()
}

/// Rows that go on on the next page, with their height as a share of a page's.
fn parted(paged: &Paged) -> Vec<(String, f64)> {
    let mut begun: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    let mut found = Vec::new();
    for (value, at, y) in labelled(paged, "row") {
        let path = word(&value, "path");
        if word(&value, "edge") == "start" {
            begun.insert(path, (at, y));
        } else if let Some((first, top)) = begun.remove(&path)
            && at == first + 1
        {
            let height = paged.document.pages()[first - 1].frame.height().to_pt() - 2.0 * MARGIN_PT;
            let share = ((height + MARGIN_PT - top) + (y - MARGIN_PT)) / height;
            found.push((path, share));
        }
    }
    found
}

/// Rows of which a page has nothing but the last line, with the page and how far down they end.
fn remainders(paged: &Paged) -> Vec<(String, usize, f64)> {
    /// How far down a single line ends: at the margin of 17 mm, the border of the cell and the line itself.
    const ONE_LINE_PT: f64 = 48.2 + 3.2 + 11.0;
    let mut begun: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (value, page, y) in labelled(paged, "row") {
        let path = word(&value, "path");
        if word(&value, "edge") == "start" {
            begun.insert(path, page);
        } else if begun.remove(&path).is_some_and(|first| first < page) && y < ONE_LINE_PT {
            found.push((path, page, y));
        }
    }
    found
}

fn flows(document: &Document) -> Vec<&Flow> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Flow(flow) => found.push(flow),
            Block::Grid(grid) => {
                let parts = grid.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts);
                found.extend(parts.filter_map(|part| if let Part::Flow(flow) = part { Some(flow) } else { None }));
            }
            _ => {}
        }
    }
    found
}

/// Lines of the step numbers and of the names of boxes and zones in a document's figures.
fn words_of_figures(document: &Document) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for flow in flows(document) {
        let boxes = flow.nodes.iter().map(|node| node.label.iter().map(|run| run.text.as_str()).collect::<String>());
        let numbers = flow.arrows.iter().map(|arrow| arrow.label.clone());
        for label in boxes.chain(numbers).chain(flow.zones.iter().map(|zone| zone.label.clone())) {
            words.extend(label.lines().filter(|line| !line.is_empty()).map(str::to_owned));
        }
    }
    words
}

/// Size of the letters of a figure, in mm.
const EM_MM: f64 = FIGURE_PT * 25.4 / 72.0;

/// Width of a line of a figure, in mm.
fn wide(line: &str) -> f64 {
    line.chars().map(|letter| if letter.is_ascii() { 0.5 } else { 1.0 }).sum::<f64>() * EM_MM
}

/// Lines of a figure that run across the name of a zone or of what hosts a system. A host's name stands on the edge of its frame.
fn over_names(flow: &Flow) -> Vec<String> {
    /// Where a host's name begins beside its frame's corner, in mm.
    const INSET_MM: f64 = 1.5;
    let mut found = Vec::new();
    for zone in &flow.zones {
        let (w, h) = (zone.label.lines().map(wide).fold(0.0, f64::max), zone.label.lines().count() as f64 * EM_MM);
        let (left, top) = match zone.kind {
            FlowZoneKind::Host => (zone.x + INSET_MM, zone.y - h / 2.0),
            FlowZoneKind::Internal | FlowZoneKind::External => (zone.x, zone.y),
        };
        for arrow in &flow.arrows {
            let is_over = |pair: &[(f64, f64)]| {
                let (from, to) = (pair[0], pair[1]);
                from.0.max(to.0) > left
                    && from.0.min(to.0) < left + w
                    && from.1.max(to.1) > top
                    && from.1.min(to.1) < top + h
            };
            if arrow.points.windows(2).any(is_over) {
                found.push(format!("{} across {}", arrow.label.replace('\n', "、"), zone.label));
            }
        }
    }
    found
}

/// Step numbers of a figure that stand on an arrow, on a box, on the edge of a zone or on another number.
fn over_lines(flow: &Flow) -> Vec<String> {
    type Box = (f64, f64, f64, f64);
    let of = |label: &str, (x, y): (f64, f64)| -> Box {
        let lines: Vec<f64> = label.split('\n').map(wide).collect();
        let (w, h) = (lines.iter().copied().fold(0.0, f64::max), lines.len() as f64 * EM_MM * 0.9);
        (x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0)
    };
    let crosses = |from: (f64, f64), to: (f64, f64), (l, t, r, b): Box| {
        let (x0, x1, y0, y1) = (from.0.min(to.0), from.0.max(to.0), from.1.min(to.1), from.1.max(to.1));
        x0 < r - 0.1 && x1 > l + 0.1 && y0 < b - 0.1 && y1 > t + 0.1
    };
    let mut found = Vec::new();
    for (index, arrow) in flow.arrows.iter().enumerate().filter(|(_, arrow)| !arrow.label.is_empty()) {
        let label = of(&arrow.label, arrow.label_at);
        let words = arrow.label.replace('\n', "、");
        for other in &flow.arrows {
            if other.points.windows(2).any(|pair| crosses(pair[0], pair[1], label)) {
                found.push(format!("{words} on a line of {}", other.label.replace('\n', "、")));
            }
        }
        for zone in &flow.zones {
            let (l, t, r, b) = (zone.x, zone.y, zone.x + zone.w, zone.y + zone.h);
            let edges = [((l, t), (r, t)), ((l, b), (r, b)), ((l, t), (l, b)), ((r, t), (r, b))];
            if edges.iter().any(|(from, to)| crosses(*from, *to, label)) {
                found.push(format!("{words} on the edge of {}", zone.label));
            }
        }
        for node in &flow.nodes {
            if crosses((node.x, node.y), (node.x + node.w, node.y + node.h), label) {
                found.push(format!("{words} on a box"));
            }
        }
        for other in &flow.arrows[index + 1..] {
            let (l, t, r, b) = of(&other.label, other.label_at);
            if !other.label.is_empty() && crosses((l, t), (r, b), label) {
                found.push(format!("{words} on {}", other.label.replace('\n', "、")));
            }
        }
    }
    found
}

#[test]
fn pages_keep_the_rules_of_typesetting() {
    let mut findings = Findings::new();
    for root in roots() {
        let checked = read(&root).expect("the workspace can be read");
        let typesetter = Typesetter::new(&checked.workspace.templates);
        let names: Vec<DocumentName> = checked
            .model
            .municipalities
            .iter()
            .flat_map(|own| own.documents.iter().map(move |document| (own, document)))
            .filter(|(_, document)| document.kind != DocumentKind::Checklist)
            .map(|(own, document)| CaseName::new(&own.slug, &document.case.value).document(&document.id.value))
            .collect();
        for (name, document) in documents_of(&checked, &names) {
            let paged = typesetter.typeset(&document).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            measure(&name.to_string(), &document, &paged, &mut findings);
        }
    }
    let mut wrong = String::new();
    for (rule, found) in &findings {
        let borne = BORNE.iter().find(|(known, _)| known == rule).map_or(0, |(_, count)| *count);
        if found.len() > borne {
            wrong.push_str(&format!("{rule}: {} (borne: {borne})\n  {}\n", found.len(), found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
