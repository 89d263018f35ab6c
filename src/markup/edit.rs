//! Texts put together: one after another, with their marks in one numbering.

use super::tree::{Block, Paragraph, Text};

impl Text {
    /// Adds another text's blocks after this one's.
    pub fn append(&mut self, more: &Self) {
        let offset = self.marks.len();
        self.marks.extend(more.marks.iter().cloned());
        let mut blocks = more.blocks.clone();
        for_each_paragraph(&mut blocks, &mut |paragraph| {
            for run in &mut paragraph.runs {
                run.mark = run.mark.map(|(mark, side)| (mark + offset, side));
            }
            paragraph.break_mark = paragraph.break_mark.map(|mark| mark + offset);
        });
        shift_fragments(&mut blocks, offset);
        self.blocks.extend(blocks);
    }
}

/// Calls a function with every paragraph, cells of tables included, in order.
pub fn for_each_paragraph(blocks: &mut [Block], visit: &mut impl FnMut(&mut Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => visit(paragraph),
            Block::List { items, .. } => {
                for item in items {
                    for_each_paragraph(item, visit);
                }
            }
            Block::Table { header, rows } => {
                for cell in header.iter_mut().chain(rows.iter_mut().flatten()) {
                    visit(cell);
                }
            }
            Block::Fragment { .. } => {}
        }
    }
}

fn shift_fragments(blocks: &mut [Block], offset: usize) {
    for block in blocks {
        match block {
            Block::Fragment { mark, .. } => *mark = mark.map(|mark| mark + offset),
            Block::List { items, .. } => items.iter_mut().for_each(|item| shift_fragments(item, offset)),
            Block::Paragraph(_) | Block::Table { .. } => {}
        }
    }
}
