//! Widths of a list's columns: 変更前 and 変更後 by their texts, pages and dates so that they stand on one line.

use std::sync::Arc;

use super::tree::{GridRow, Part, RichBlock, Run};
use crate::model::manifest::{ColumnDef, ColumnField};

/// Least share of what 変更前 and 変更後 have together that one of them keeps.
const SIDE_LEAST: f64 = 0.2;

/// Longest pages or date that stand on one line, and the room at both sides of them, in em.
const WHOLE_EM: f64 = 9.0;
const BESIDE_EM: f64 = 0.8;

/// Widths of columns; 変更前 and 変更後 share what the form gives to both by the length of their texts. A few pages and a date stand on one
/// line, of so many em.
pub(super) fn drawn(columns: &[ColumnDef], rows: &[Arc<GridRow>], line_em: f64) -> Vec<f64> {
    let of = |field: ColumnField| columns.iter().position(|column| column.field == field);
    let mut widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
    if let (Some(before), Some(after)) = (of(ColumnField::Before), of(ColumnField::After)) {
        let length = |column: usize| -> f64 {
            let cells = rows.iter().filter_map(|row| row.cells.get(column));
            cells.flat_map(|cell| &cell.parts).map(characters).sum::<usize>() as f64
        };
        let (old, new) = (length(before), length(after));
        let share = if old + new > 0.0 { (old / (old + new)).clamp(SIDE_LEAST, 1.0 - SIDE_LEAST) } else { 0.5 };
        let both = widths[before] + widths[after];
        widths[before] = both * share;
        widths[after] = both - widths[before];
    }
    for column in [ColumnField::Pages, ColumnField::ChangedOn].into_iter().filter_map(of) {
        let cells = rows.iter().filter_map(|row| row.cells.get(column));
        let words = cells.flat_map(|cell| &cell.parts).map(em).filter(|em| *em <= WHOLE_EM);
        let total: f64 = widths.iter().sum();
        let missing = (words.fold(0.0, f64::max) + BESIDE_EM) * total / line_em - widths[column];
        let widest = (0..widths.len()).max_by(|a, b| widths[*a].total_cmp(&widths[*b])).unwrap_or(column);
        if missing > 0.0 && widest != column {
            widths[column] += missing;
            widths[widest] -= missing;
        }
    }
    widths
}

/// Length of the longest line in em, with what stands between figures and words; 0 for what is none.
fn em(part: &Part) -> f64 {
    let of_line = |line: &str| {
        let letters: Vec<char> = line.chars().collect();
        let own: f64 = letters.iter().map(|letter| if letter.is_ascii() { 0.5 } else { 1.0 }).sum();
        let is_border = |pair: &&[char]| {
            pair[0].is_ascii() != pair[1].is_ascii() && pair.iter().all(|letter| letter.is_alphanumeric())
        };
        own + letters.windows(2).filter(is_border).count() as f64 * 0.25
    };
    match part {
        Part::Line { runs } => {
            let words: String = runs.iter().map(|run| run.text.as_str()).collect();
            words.lines().map(of_line).fold(0.0, f64::max)
        }
        Part::Rich { .. }
        | Part::Choice { .. }
        | Part::Checks { .. }
        | Part::Rows { .. }
        | Part::Band { .. }
        | Part::Flow(_) => 0.0,
    }
}

/// Characters of a part of a list's cell, roughly.
fn characters(part: &Part) -> usize {
    fn of_runs(runs: &[Run]) -> usize {
        runs.iter().map(|run| run.text.chars().count()).sum()
    }
    fn of_blocks(blocks: &[RichBlock]) -> usize {
        let of = |block: &RichBlock| match block {
            RichBlock::Paragraph { runs } => of_runs(runs),
            RichBlock::List { items, .. } => items.iter().map(|item| of_blocks(item)).sum(),
            RichBlock::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).map(|cell| of_runs(cell)).sum()
            }
            RichBlock::Framed { blocks, .. } => of_blocks(blocks),
        };
        blocks.iter().map(of).sum()
    }
    match part {
        Part::Rich { blocks } => of_blocks(blocks),
        Part::Line { runs } => of_runs(runs),
        Part::Choice { .. } | Part::Checks { .. } | Part::Rows { .. } | Part::Band { .. } | Part::Flow(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::em;
    use crate::document::tree::{Part, Run};

    #[test]
    fn a_date_is_as_long_as_it_is_set() {
        let line = |text: &str| em(&Part::Line { runs: vec![Run { text: text.to_owned(), ..Run::default() }] });
        assert!((line("令和7年4月1日") - 8.0).abs() < 0.01, "{}", line("令和7年4月1日"));
        assert!((line("66・67・68\n－") - 5.0).abs() < 0.01, "{}", line("66・67・68"));
    }
}
