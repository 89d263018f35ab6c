//! A text as lines: paragraphs, list items and table rows, each with its place among the blocks.

use crate::markup::{Block, Paragraph, Text};

/// A paragraph, a list item's paragraph or a table's row（行）.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// Where it stands.
    pub place: LinePlace,
    /// Its paragraph; of a table's row, its cells.
    pub cells: Vec<&'t Paragraph>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinePlace {
    /// A paragraph; in the item of a list `depth` lists deep, after its first.
    Paragraph { depth: usize },
    /// The first paragraph of a list's item; `depth` from 1.
    Item { depth: usize, ordered: bool },
    /// A row of a table.
    Row { header: bool },
}

impl Line<'_> {
    /// Its characters; cells are parted by tabs.
    pub(super) fn characters(&self) -> String {
        let cell = |cell: &&Paragraph| cell.runs.iter().map(crate::markup::Run::characters).collect::<String>();
        self.cells.iter().map(cell).collect::<Vec<_>>().join("\t")
    }
}

/// The lines of a text; what is blank is none.
pub(super) fn lines(text: &Text) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    collect(&text.blocks, None, 0, &mut found);
    found.retain(|line| !line.characters().trim().is_empty());
    found
}

fn collect<'t>(blocks: &'t [Block], list: Option<bool>, depth: usize, found: &mut Vec<Line<'t>>) {
    for (number, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => {
                let place = match list {
                    Some(ordered) if number == 0 => LinePlace::Item { depth, ordered },
                    _ => LinePlace::Paragraph { depth },
                };
                found.push(Line { place, cells: vec![paragraph] });
            }
            Block::List { start, items } => {
                for item in items {
                    collect(item, Some(start.is_some()), depth + 1, found);
                }
            }
            Block::Table { header, rows } => {
                found.push(Line { place: LinePlace::Row { header: true }, cells: header.iter().collect() });
                for row in rows {
                    found.push(Line { place: LinePlace::Row { header: false }, cells: row.iter().collect() });
                }
            }
            Block::Fragment { .. } => {}
        }
    }
}
