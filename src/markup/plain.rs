//! A text as plain characters, before or after its changes.

use super::tree::{Block, MarkKind, Paragraph, Run, RunKind, Side, Text};

/// Which changes are taken in（変更の前後）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// All rejected（改定前）.
    Before,
    /// All accepted（改定後）.
    After,
}

impl State {
    /// Whether a run on this side of a mark stands in this state.
    #[must_use]
    pub fn has(self, mark: Option<(usize, Side)>) -> bool {
        !matches!((self, mark), (Self::Before, Some((_, Side::New))) | (Self::After, Some((_, Side::Old))))
    }
}

impl Text {
    /// The characters in a state; blocks are joined by line breaks, terms stand as `{{name}}` until resolved.
    #[must_use]
    pub fn characters(&self, state: State) -> String {
        let mut lines = Vec::new();
        self.block_lines(&self.blocks, state, &mut lines);
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Whether the break before a paragraph stands in a state; without it the paragraph goes on the line before.
    #[must_use]
    pub fn breaks(&self, paragraph: &Paragraph, state: State) -> bool {
        let kind = paragraph.break_mark.map(|mark| self.marks[mark].kind);
        !matches!((kind, state), (Some(MarkKind::Inserted), State::Before) | (Some(MarkKind::Deleted), State::After))
    }

    /// Every run, cells of tables included, in order.
    #[must_use]
    pub fn runs(&self) -> Vec<&Run> {
        let mut found = Vec::new();
        collect(&self.blocks, &mut found);
        found
    }

    /// Whether a mark touches it: a run, a break or the use of a fragment.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.blocks.iter().any(Block::is_marked)
    }
}

impl Run {
    /// The characters of the run.
    #[must_use]
    pub fn characters(&self) -> &str {
        match &self.kind {
            RunKind::Text(text) | RunKind::Code(text) | RunKind::Term(text) => text,
            RunKind::Break => "\n",
        }
    }
}

impl Text {
    fn block_lines(&self, blocks: &[Block], state: State, lines: &mut Vec<String>) {
        // Where the line before belongs to another container there is nothing to go on from.
        let first = lines.len();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let line = paragraph_line(paragraph, state);
                    match lines[first..].last_mut() {
                        Some(before) if !self.breaks(paragraph, state) => before.push_str(&line),
                        _ => lines.push(line),
                    }
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.block_lines(item, state, lines)),
                Block::Table { header, rows } => {
                    for row in std::iter::once(header).chain(rows) {
                        let cells: Vec<String> = row.iter().map(|cell| paragraph_line(cell, state)).collect();
                        lines.push(cells.join("\t"));
                    }
                }
                Block::Fragment { .. } => {}
            }
        }
    }
}

impl Block {
    /// Whether a mark touches it: a run, a break or the use of a fragment.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        let marked = |paragraph: &Paragraph| {
            paragraph.break_mark.is_some() || paragraph.runs.iter().any(|run| run.mark.is_some())
        };
        match self {
            Self::Paragraph(paragraph) => marked(paragraph),
            Self::List { items, .. } => items.iter().flatten().any(Self::is_marked),
            Self::Table { header, rows } => header.iter().chain(rows.iter().flatten()).any(marked),
            Self::Fragment { mark, .. } => mark.is_some(),
        }
    }
}

fn paragraph_line(paragraph: &Paragraph, state: State) -> String {
    paragraph.runs.iter().filter(|run| state.has(run.mark)).map(Run::characters).collect()
}

fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a Run>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.extend(&paragraph.runs),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, found)),
            Block::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| found.extend(&cell.runs));
            }
            Block::Fragment { .. } => {}
        }
    }
}
