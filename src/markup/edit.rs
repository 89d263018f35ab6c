//! Texts put together: one after another, with their marks in one numbering.

use super::tree::{Block, Paragraph, Text};
use crate::diagnostic::Span;

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
        each_fragment(&mut blocks, &mut |mark, _| *mark = mark.map(|mark| mark + offset));
        self.blocks.extend(blocks);
    }
}

impl Text {
    /// Withholds the whole of it; parts in it become parts of the whole.
    pub fn withhold(&mut self, place: Span) {
        withhold(&mut self.blocks, place);
    }
}

impl Text {
    /// Lets everybody read all of it.
    pub fn open(&mut self) {
        for_each_paragraph(&mut self.blocks, &mut |paragraph| {
            paragraph.runs.iter_mut().for_each(|run| run.withheld = None);
        });
        each_fragment(&mut self.blocks, &mut |_, withheld| *withheld = None);
    }
}

/// Withholds blocks and what they use.
pub fn withhold(blocks: &mut [Block], place: Span) {
    for_each_paragraph(blocks, &mut |paragraph| {
        for run in &mut paragraph.runs {
            run.withheld = Some(place);
        }
    });
    each_fragment(blocks, &mut |_, withheld| *withheld = Some(place));
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

/// Calls a function with the mark and the withheld part of every use of a fragment.
fn each_fragment(blocks: &mut [Block], visit: &mut impl FnMut(&mut Option<usize>, &mut Option<Span>)) {
    for block in blocks {
        match block {
            Block::Fragment { mark, withheld, .. } => visit(mark, withheld),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_fragment(item, visit)),
            Block::Paragraph(_) | Block::Table { .. } => {}
        }
    }
}
