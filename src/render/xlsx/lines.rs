//! What a cell shows as lines of runs, and those lines as pieces that each fit into one row of a sheet.
//!
//! The lines are made so that they can be read back: a list's items begin with `・` or their number, what belongs to an item goes on
//! one full-width space further in, a table's cells stand between bars.

use rust_xlsxwriter::Format;

use super::{style, wrap};
use crate::document::tree::{Part, RichBlock, Row, Run, Tick};

/// Between the cells of a table that is written as a line.
pub const CELL_BAR: &str = " ｜ ";
/// One step inwards.
pub const STEP: char = '　';
/// Before an item of a list without numbers.
pub const BULLET: char = '・';
/// Stands before the options of a choice.
pub const OPTIONS: &str = "＜選択肢＞";

/// Lines of runs; no run holds a line break.
pub(super) type Lines = Vec<Vec<Run>>;

/// How a piece goes on from the one before（続き方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// It is the first.
    First,
    /// With a new line.
    Line,
    /// In the middle of a line.
    Word,
}

/// What one row of a sheet holds of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// With `\n` between the lines.
    pub runs: Vec<Run>,
    /// How it goes on.
    pub join: Join,
    /// Height that it needs, in pt.
    pub height: f64,
}

/// A plain run.
pub(super) fn plain(text: impl Into<String>) -> Run {
    Run { text: text.into(), ..Run::default() }
}

/// The characters of runs.
pub(super) fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The lines of several parts.
pub(super) fn parts(parts: &[Part]) -> Lines {
    let mut lines = Vec::new();
    parts.iter().for_each(|part| part_lines(part, &mut lines));
    lines
}

fn part_lines(part: &Part, lines: &mut Lines) {
    match part {
        Part::Rich { blocks } => block_lines(blocks, 0, lines),
        Part::Line { runs } => lines.extend(broken(runs)),
        Part::Band { label } => {
            let mut runs = vec![plain("■ ")];
            runs.extend(label.iter().cloned());
            lines.push(runs);
        }
        Part::Rows { rows } => rows.iter().for_each(|row| row_lines(row, lines)),
        Part::Choice { value, options, columns, count } => {
            lines.push(chosen(value, count));
            lines.extend(option_lines(options, *columns, 60.0).into_iter().map(|line| vec![plain(line)]));
        }
        Part::Checks { options, columns } => lines.extend(check_lines(options, *columns, 60.0)),
        Part::Flow(flow) => {
            lines.push(flow.title.clone());
            lines.push(vec![plain(format!("（図：{}）", flow.alt))]);
        }
    }
}

/// `[ 選んだ文言 ]` and the number in the same cell.
pub(super) fn chosen(value: &[Run], count: &[Run]) -> Vec<Run> {
    let mut runs = vec![plain("[ ")];
    runs.extend(value.iter().cloned());
    runs.push(plain(" ]"));
    runs.extend(count.iter().cloned());
    runs
}

/// The options of a choice in columns, under their heading.
pub(super) fn option_lines(options: &[String], columns: u8, width: f64) -> Vec<String> {
    let numbered: Vec<String> = options.iter().zip(1..).map(|(option, number)| format!("{number}) {option}")).collect();
    let widest = numbered.iter().map(|text| columns_of(text)).max().unwrap_or(0) + 2;
    // As many columns as the form prints, if they fit.
    let fitting = (style::room(width) / widest.max(1)).max(1);
    let columns = usize::from(columns.max(1)).min(fitting);
    let mut lines = vec![OPTIONS.to_owned()];
    for row in numbered.chunks(columns) {
        let cells: Vec<String> = row.iter().map(|text| padded(text, widest)).collect();
        lines.push(cells.concat().trim_end().to_owned());
    }
    lines
}

/// Boxes in columns; one with text that would not fit takes the rest of its line.
pub(super) fn check_lines(options: &[Tick], columns: u8, width: f64) -> Lines {
    let room = style::room(width);
    let share = room / usize::from(columns.max(1));
    let mut lines: Lines = Vec::new();
    let mut used = 0;
    for tick in options {
        let runs = tick_runs(tick);
        let own = columns_of(&text_of(&runs));
        let slots = (own + 2).div_ceil(share.max(1)) * share;
        if lines.is_empty() || (used > 0 && used + slots > room) {
            lines.push(Vec::new());
            used = 0;
        }
        let line = lines.last_mut().expect("a line was begun");
        line.extend(runs);
        line.push(plain(pad(slots.saturating_sub(own))));
        used += slots;
    }
    for line in &mut lines {
        line.pop_if(|run| run.text.chars().all(char::is_whitespace));
    }
    lines
}

/// `[○] 項目（中身）`.
pub(super) fn tick_runs(tick: &Tick) -> Vec<Run> {
    let box_text = if tick.on { "[○]" } else { "[　]" };
    let mut runs = vec![Run { text: format!("{box_text} {}", tick.label), mark: tick.mark.clone(), ..Run::default() }];
    if let Some(text) = tick.text.as_ref().filter(|text| !text.is_empty()) {
        runs.push(plain("（"));
        runs.extend(text.iter().cloned());
        runs.push(plain("）"));
    }
    runs.extend(tick.count.iter().cloned());
    runs
}

fn row_lines(row: &Row, lines: &mut Lines) {
    // A row without a label is the text of the bar above it.
    if row.label.iter().any(|run| !run.text.is_empty()) {
        let mut runs = vec![plain("【")];
        runs.extend(row.label.iter().cloned());
        runs.push(plain(if row.important { " ※】" } else { "】" }));
        lines.push(runs);
    }
    row.cell.iter().for_each(|part| part_lines(part, lines));
}

/// Running text as lines.
pub(super) fn block_lines(blocks: &[RichBlock], depth: usize, lines: &mut Lines) {
    let inwards = |mut line: Vec<Run>, depth: usize| {
        if depth > 0 {
            line.insert(0, plain(STEP.to_string().repeat(depth)));
        }
        line
    };
    for block in blocks {
        match block {
            RichBlock::Paragraph { runs } => lines.extend(broken(runs).into_iter().map(|line| inwards(line, depth))),
            RichBlock::List { ordered, start, items } => {
                for (item, number) in items.iter().zip(*start..) {
                    let mut own = Vec::new();
                    block_lines(item, 0, &mut own);
                    let sign = if *ordered { format!("{number}. ") } else { BULLET.to_string() };
                    let mut own = own.into_iter();
                    let mut first = own.next().unwrap_or_default();
                    first.insert(0, plain(sign));
                    lines.push(inwards(first, depth));
                    lines.extend(own.map(|line| inwards(line, depth + 1)));
                }
            }
            RichBlock::Table { header, rows } => {
                for row in std::iter::once(header).chain(rows) {
                    let mut line = Vec::new();
                    for (index, cell) in row.iter().enumerate() {
                        if index > 0 {
                            line.push(plain(CELL_BAR));
                        }
                        // A cell of a table is one line.
                        line.extend(cell.iter().map(|run| Run { text: run.text.replace('\n', " "), ..run.clone() }));
                    }
                    lines.push(inwards(line, depth));
                }
            }
            RichBlock::Framed { blocks, .. } => block_lines(blocks, depth, lines),
        }
    }
}

/// Runs cut where a line breaks.
fn broken(runs: &[Run]) -> Lines {
    let mut lines: Lines = vec![Vec::new()];
    for run in runs {
        for (index, text) in run.text.split('\n').enumerate() {
            if index > 0 {
                lines.push(Vec::new());
            }
            let line = lines.last_mut().expect("there is a first line");
            line.push(Run { text: text.to_owned(), ..run.clone() });
        }
    }
    lines
}

/// Longest text of a form that stays in one row of a sheet, in lines.
const SHORT: usize = 8;
/// Most lines of a row: a page holds several rows, so that a page break leaves little room empty.
const MOST: usize = 12;

/// A form's text in a column of a width: whole where it is short, else a row for each line that its author broke. How high a program
/// sets a line differs by program and font; what is left over then stands between paragraphs, never in the middle of one.
pub(super) fn pieces(lines: Lines, width: f64) -> Vec<Piece> {
    let together = if is_long(&lines, width) { 1 } else { SHORT };
    put_together(lines, width, together)
}

/// Whether a text does not stay in one row of a sheet.
pub(super) fn is_long(lines: &Lines, width: f64) -> bool {
    lines.iter().map(|line| style::line_count(&text_of(line), width)).sum::<usize>() > SHORT
}

/// A table's text in a column of a width: as many lines a row as fit, since other columns stand beside it.
pub(super) fn grouped(lines: Lines, width: f64) -> Vec<Piece> {
    put_together(lines, width, MOST)
}

/// A text that stands in a row with cells to fill in: whole where a row can be as high as it needs, else as a table's text.
pub(super) fn in_rows(runs: &[Run], width: f64) -> Vec<Piece> {
    let lines = broken(runs);
    let height = lines.iter().map(|line| style::line_count(&text_of(line), width)).sum::<usize>();
    if style::height_of(height) < style::ROW_MAX_PT {
        return vec![Piece { runs: runs.to_vec(), join: Join::First, height: style::height_of(height) }];
    }
    grouped(lines, width)
}

/// Lines put together while a piece has at most `together` of them.
fn put_together(lines: Lines, width: f64, together: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut filled = 0;
    for line in lines {
        for (index, part) in cut(line, style::room(width) * MOST).into_iter().enumerate() {
            let height = style::line_count(&text_of(&part), width);
            let join = match (pieces.is_empty(), index) {
                (true, _) => Join::First,
                (false, 0) => Join::Line,
                (false, _) => Join::Word,
            };
            match pieces.last_mut() {
                Some(piece) if filled + height <= together && join == Join::Line => {
                    piece.runs.push(plain("\n"));
                    piece.runs.extend(part);
                    filled += height;
                }
                _ => {
                    pieces.push(Piece { runs: part, join, height: 0.0 });
                    filled = height;
                }
            }
            if let Some(piece) = pieces.last_mut() {
                piece.height = style::height_of(filled);
            }
        }
    }
    if pieces.is_empty() {
        pieces.push(Piece { runs: Vec::new(), join: Join::First, height: style::height_of(1) });
    }
    pieces
}

/// A line cut into parts of at most so many half-width characters.
fn cut(line: Vec<Run>, most: usize) -> Lines {
    let mut parts: Lines = vec![Vec::new()];
    let mut used = 0;
    for run in line {
        let mut text = String::new();
        for character in run.text.chars() {
            let width = wrap::width(character);
            if used + width > most {
                let last = parts.last_mut().expect("there is a first part");
                last.push(Run { text: std::mem::take(&mut text), ..run.clone() });
                parts.push(Vec::new());
                used = 0;
            }
            text.push(character);
            used += width;
        }
        parts.last_mut().expect("there is a first part").push(Run { text, ..run });
    }
    parts
}

fn columns_of(text: &str) -> usize {
    text.chars().map(wrap::width).sum()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", pad(width.saturating_sub(columns_of(text))))
}

/// Room of so many half-width characters, of full-width spaces as far as they go: a font need not have narrow spaces of half the width.
fn pad(width: usize) -> String {
    format!("{}{}", STEP.to_string().repeat(width / 2), " ".repeat(width % 2))
}

/// A cell's format with borders only where a text begins and ends: the rows of one text look like one cell.
pub(super) fn open_format(base: &Format, is_first: Edge, is_last: Edge) -> Format {
    use rust_xlsxwriter::FormatBorder::{None, Thin};
    let top = if is_first == Edge::Outer { Thin } else { None };
    let bottom = if is_last == Edge::Outer { Thin } else { None };
    base.clone().set_border_top(top).set_border_bottom(bottom)
}

/// Whether an edge of a row is an edge of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// It is.
    Outer,
    /// The text goes on behind it.
    Inner,
}
