//! Filters for the templates: what a template language would say clumsily. They take and give data, never markup.

use serde::Serialize;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::document::tree::reads_on;

/// Makes the filters known: `groups`, `figures`, `css`, `wrapped`, `em`, `mm`, `trimmed`, `shares`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("groups", groups);
    tera.register_filter("figures", figures);
    tera.register_filter("css", css);
    tera.register_filter("wrapped", wrapped);
    tera.register_filter("em", |text: &str, _: Kwargs, _: &State| text.chars().map(em).sum::<f64>());
    tera.register_filter("mm", |length: f64, _: Kwargs, _: &State| hundredths(length));
    tera.register_filter("trimmed", trimmed);
    tera.register_filter("shares", shares);
}

/// Neighbouring runs under one mark.
#[derive(Serialize)]
struct Group {
    /// `ins`, `del`, or empty.
    show: String,
    /// Whether a gap stands before it: it and the group before would be read as one number, and one of them is struck.
    gap: bool,
    runs: Vec<Value>,
}

/// `runs | groups`: one `ins` or `del` element per mark, not per run, so that a frame is closed and a screen reader says
/// once where a mark begins. Empty runs, which only keep a mark's place, are left out.
fn groups(runs: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    for run in array(&runs)?.iter().filter(|run| !text(run, "t").is_empty()) {
        let show = shown(run);
        let key = if show.is_empty() { String::new() } else { format!("{show} {}", text(run, "m.key")) };
        match groups.last_mut() {
            Some((last, group)) if *last == key => group.runs.push(run.clone()),
            before => {
                let last = before.and_then(|(_, group)| Some((group.show == "del", group.runs.last()?)));
                let gap = last.is_some_and(|(is_struck, last)| {
                    is_struck != (show == "del") && reads_on(text(last, "t"), text(run, "t"))
                });
                groups.push((key, Group { show, gap, runs: vec![run.clone()] }));
            }
        }
    }
    let groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    Value::try_from_serializable(&groups)
}

/// `cells | figures`: the figures in the cells of a row of a list, which are drawn below it over the whole width.
fn figures(cells: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let mut found = Vec::new();
    for cell in array(&cells)? {
        let parts = cell.get_from_path("parts").map(array).transpose()?.unwrap_or_default();
        found.extend(parts.iter().filter(|part| text(part, "k") == "flow").cloned());
    }
    Value::try_from_serializable(&found)
}

/// `text | css`: the text for a string of a style sheet; no sign of it can end the string or the style.
fn css(text: &str, _: Kwargs, _: &State) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_alphanumeric() {
            out.push(character);
        } else {
            out.push_str(&format!("\\{:x} ", u32::from(character)));
        }
    }
    out
}

/// A piece of a line of a box's text.
#[derive(Serialize)]
struct Piece {
    t: String,
    show: String,
    b: bool,
}

/// `label | wrapped(em = 10)`: the lines of a text of runs, each a list of pieces; SVG does not break lines itself.
///
/// The lines are about equally long. A line begins with no closing bracket, no small kana and no mark of length.
fn wrapped(runs: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let limit = kwargs.must_get::<f64>("em")?.max(1.0);
    let mut characters = Vec::new();
    for run in array(&runs)? {
        let bold = run.get_from_path("b").is_some_and(Value::is_truthy);
        characters.extend(text(run, "t").chars().map(|c| (c, shown(run), bold)));
    }
    let lines: Vec<Vec<Piece>> = characters
        .split(|(c, _, _)| *c == '\n')
        .flat_map(|line| broken(line, limit))
        .map(|line| {
            let mut pieces: Vec<Piece> = Vec::new();
            for (c, show, b) in line {
                match pieces.last_mut() {
                    Some(last) if last.show == *show && last.b == *b => last.t.push(*c),
                    Some(_) | None => pieces.push(Piece { t: c.to_string(), show: show.clone(), b: *b }),
                }
            }
            pieces
        })
        .collect();
    Value::try_from_serializable(&lines)
}

/// One character of a run with its look.
type Character = (char, String, bool);

/// A line broken into about equal lines of at most so many em.
fn broken(line: &[Character], limit: f64) -> Vec<&[Character]> {
    let mut lines = Vec::new();
    let mut rest = line;
    loop {
        let total: f64 = rest.iter().map(|(c, _, _)| em(*c)).sum();
        if total <= limit {
            lines.push(rest);
            return lines;
        }
        let wished = total / (total / limit).ceil();
        let (mut width, mut best) = (0.0, (f64::INFINITY, 1));
        for (index, pair) in rest.windows(2).enumerate() {
            width += em(pair[0].0);
            if width > limit && index > 0 {
                break;
            }
            let price = (width - wished).abs() + torn(pair[0].0, pair[1].0);
            if price < best.0 {
                best = (price, index + 1);
            }
        }
        let (head, tail) = rest.split_at(best.1);
        lines.push(head);
        rest = tail;
    }
}

/// How bad a break between two characters is: within a word of katakana or Latin letters, before a closing mark.
fn torn(before: char, after: char) -> f64 {
    let katakana = |c: char| ('ァ'..='ー').contains(&c);
    if "、。，．）」』】〕・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)".contains(after) || "（「『【〔(".contains(before)
    {
        5.0
    } else if katakana(before) && katakana(after) || before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() {
        2.5
    } else {
        0.0
    }
}

/// Width of a character: `text | em` adds them up.
fn em(c: char) -> f64 {
    if c.is_ascii() || ('\u{ff61}'..='\u{ff9f}').contains(&c) { 0.5 } else { 1.0 }
}

/// `points | trimmed(by = 2.4)`: a path that ends so many mm before its end, to make room for the arrow's head.
fn trimmed(points: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let by = kwargs.must_get::<f64>("by")?;
    let mut path: Vec<(f64, f64)> = Vec::new();
    for point in array(&points)? {
        let at = |index: usize| point.as_array().and_then(|pair| pair.get(index)).and_then(Value::as_f64);
        path.push((at(0).unwrap_or_default(), at(1).unwrap_or_default()));
    }
    if let [.., (fx, fy), (tx, ty)] = path.as_mut_slice() {
        let length = ((*tx - *fx).powi(2) + (*ty - *fy).powi(2)).sqrt();
        // A path shorter than its head keeps a hair's breadth, so that the head still has a direction.
        let share = if length > 0.0 { (by / length).min(0.98) } else { 0.0 };
        *tx = hundredths(*tx - (*tx - *fx) * share);
        *ty = hundredths(*ty - (*ty - *fy) * share);
    }
    Value::try_from_serializable(&path)
}

/// `length | mm`: hundredths of a mm are finer than any printer here, and short.
fn hundredths(mm: f64) -> f64 {
    (mm * 100.0).round() / 100.0
}

/// `widths | shares`: widths as percentages of their sum; empty where there is none.
fn shares(widths: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let widths: Vec<f64> = array(&widths)?.iter().filter_map(Value::as_f64).collect();
    let sum: f64 = widths.iter().sum();
    let sound = sum.is_finite() && sum > 0.0 && widths.iter().all(|width| *width >= 0.0);
    let shares: Vec<f64> =
        if sound { widths.iter().map(|width| hundredths(width / sum * 100.0)).collect() } else { Vec::new() };
    Value::try_from_serializable(&shares)
}

fn array(value: &Value) -> TeraResult<&[Value]> {
    value.as_array().ok_or_else(|| tera::Error::message(format!("this filter takes an array, not {}", value.name())))
}

fn text<'a>(value: &'a Value, path: &'a str) -> &'a str {
    value.get_from_path(path).and_then(Value::as_str).unwrap_or_default()
}

/// How a run's mark is shown: `ins`, `del`, or nothing.
fn shown(run: &Value) -> String {
    match text(run, "m.show") {
        "none" => String::new(),
        show => show.to_owned(),
    }
}
