//! The changed parts of a long text, with （略） for the rest.

use crate::markup::{Block, Paragraph, Run, Text};

/// What stands for text that is left out.
const LEFT_OUT: &str = "（略）";

/// The blocks that a mark touches; each stretch of others becomes one （略）.
#[must_use]
pub fn excerpt(text: &Text) -> Text {
    if !text.is_marked() {
        return text.clone();
    }
    Text { blocks: blocks(&text.blocks), marks: text.marks.clone(), span: text.span }
}

fn blocks(all: &[Block]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut skipping = false;
    for block in all {
        if !touched(block) {
            if !skipping {
                out.push(left_out());
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
                    if item.iter().any(touched) {
                        kept.push(item.clone());
                        skipped = false;
                    } else if !skipped {
                        kept.push(vec![left_out()]);
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

fn left_out() -> Block {
    Block::Paragraph(Paragraph { runs: vec![Run::plain(LEFT_OUT)], break_mark: None })
}

fn touched(block: &Block) -> bool {
    let marked =
        |paragraph: &Paragraph| paragraph.break_mark.is_some() || paragraph.runs.iter().any(|run| run.mark.is_some());
    match block {
        Block::Paragraph(paragraph) => marked(paragraph),
        Block::List { items, .. } => items.iter().flatten().any(touched),
        Block::Table { header, rows } => header.iter().chain(rows.iter().flatten()).any(marked),
        Block::Fragment { mark, .. } => mark.is_some(),
    }
}
