//! Printed lines as a text: what a cell shows, with its lists and tables found again.

use crate::markup::{Block, Paragraph, Run, Text};
use crate::render::{BULLET, CELL_BAR, STEP};

/// The text of lines.
///
/// A line that begins with `・` or `1. ` is an item of a list, one that stands a full-width space further in after it belongs to that
/// item, lines with the same number of bars are a table.
pub(super) fn text(lines: &[&str]) -> Text {
    Text { blocks: blocks(lines), ..Text::default() }
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut rest = lines;
    while let [first, after @ ..] = rest {
        if first.trim().is_empty() {
            rest = after;
            continue;
        }
        if let Some((sign, words)) = item(first) {
            let inner = after.iter().take_while(|line| line.starts_with(STEP)).count();
            let mut own = vec![words];
            own.extend(after[..inner].iter().map(|line| &line[STEP.len_utf8()..]));
            put_item(&mut blocks, sign, self::blocks(&own));
            rest = &after[inner..];
            continue;
        }
        let bars = bars(first);
        let rows = rest.iter().take_while(|line| bars > 0 && self::bars(line) == bars).count();
        if rows > 1 {
            blocks.push(table(&rest[..rows]));
            rest = &rest[rows..];
        } else {
            blocks.push(Block::Paragraph(paragraph(first)));
            rest = after;
        }
    }
    blocks
}

/// The sign of an item and its words: `None` for `・`, its number for `1. `.
fn item(line: &str) -> Option<(Option<u64>, &str)> {
    if let Some(words) = line.strip_prefix(BULLET) {
        return (!words.trim().is_empty()).then_some((None, words));
    }
    let (number, words) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.len() < 10 && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !words.trim().is_empty()).then(|| (number.parse().ok(), words))
}

/// Adds an item to the list before it where it goes on there.
fn put_item(blocks: &mut Vec<Block>, sign: Option<u64>, item: Vec<Block>) {
    if let Some(Block::List { start, items }) = blocks.last_mut() {
        let next = start.map(|start| start + u64::try_from(items.len()).unwrap_or(u64::MAX));
        if next == sign {
            items.push(item);
            return;
        }
    }
    blocks.push(Block::List { start: sign, items: vec![item] });
}

fn bars(line: &str) -> usize {
    line.matches(CELL_BAR).count()
}

fn table(rows: &[&str]) -> Block {
    let cells = |line: &&str| line.split(CELL_BAR).map(paragraph).collect::<Vec<_>>();
    let mut rows = rows.iter().map(cells);
    let header = rows.next().unwrap_or_default();
    Block::Table { header, rows: rows.collect() }
}

fn paragraph(words: &str) -> Paragraph {
    let words = words.trim_matches([' ', '\t']);
    let runs = if words.is_empty() { Vec::new() } else { vec![Run::plain(words)] };
    Paragraph { runs, ..Paragraph::default() }
}
