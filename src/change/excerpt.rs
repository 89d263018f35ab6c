//! The changed parts of a long text, with （略） for the rest.

use crate::markup::{Block, Paragraph, Run, Text};

/// The blocks that a mark touches; `left_out`（（略）など） stands for each stretch of others.
#[must_use]
pub fn excerpt(text: &Text, left_out: &str) -> Text {
    if !text.is_marked() {
        return text.clone();
    }
    Text { blocks: blocks(&text.blocks, left_out), marks: text.marks.clone(), span: text.span }
}

fn blocks(all: &[Block], words: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut skipping = false;
    for block in all {
        if !block.is_marked() {
            if !skipping {
                out.push(left_out(words));
            }
            skipping = true;
            continue;
        }
        skipping = false;
        match block {
            Block::List { start, items } => {
                let mut kept: Vec<Vec<Block>> = Vec::new();
                let mut skipped = false;
                for item in items {
                    if item.iter().any(Block::is_marked) {
                        kept.push(item.clone());
                        skipped = false;
                    } else if !skipped {
                        kept.push(vec![left_out(words)]);
                        skipped = true;
                    }
                }
                out.push(Block::List { start: *start, items: kept });
            }
            Block::Paragraph(_) | Block::Table { .. } | Block::Fragment { .. } => out.push(block.clone()),
        }
    }
    out
}

fn left_out(words: &str) -> Block {
    Block::Paragraph(Paragraph { runs: vec![Run::plain(words)], break_mark: None })
}
