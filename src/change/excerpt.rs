//! The changed parts of a long text, with （略） for the rest.

use crate::markup::{Block, Paragraph, Run, Text};

/// The blocks that a mark touches; `left_out`（（略）など） stands for each stretch of others.
#[must_use]
pub fn excerpt(text: &Text, left_out: &str) -> Text {
    if !text.is_marked() {
        return text.clone();
    }
    let (marks, origin) = (text.marks.clone(), text.origin.clone());
    Text { blocks: blocks(&text.blocks, left_out), marks, span: text.span, origin }
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
            Block::List { start: Some(first), items } => out.extend(numbered(*first, items, words)),
            Block::List { start: None, items } => {
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
                out.push(Block::List { start: None, items: kept });
            }
            Block::Paragraph(_) | Block::Table { .. } | Block::Fragment { .. } => out.push(block.clone()),
        }
    }
    out
}

/// The items of a numbered list that a mark touches, each with its own number.
fn numbered(first: u64, items: &[Vec<Block>], words: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut skipped = false;
    for (item, number) in items.iter().zip(first..) {
        if !item.iter().any(Block::is_marked) {
            if !skipped {
                out.push(left_out(words));
            }
            skipped = true;
            continue;
        }
        skipped = false;
        match out.last_mut() {
            Some(Block::List { items, .. }) => items.push(item.clone()),
            _ => out.push(Block::List { start: Some(number), items: vec![item.clone()] }),
        }
    }
    out
}

fn left_out(words: &str) -> Block {
    Block::Paragraph(Paragraph { runs: vec![Run::plain(words)], ..Paragraph::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, SourceMap};
    use crate::markup::{State, parse_text, print};

    #[test]
    fn an_item_keeps_its_number() {
        let source = "3. 三\n4. {++四++}\n5. 五\n6. 六\n7. {--七--}";
        let file = SourceMap::default().add("a.md", source);
        let text = parse_text(file, source, 0..source.len(), Some(&"c".into()), &mut Diagnostics::new());
        let excerpt = excerpt(&text, "（略）");
        assert_eq!(print(&excerpt.in_state(State::After)), "（略）\n\n4. 四\n\n（略）");
        assert_eq!(print(&excerpt.in_state(State::Before)), "（略）\n\n（略）\n\n7. 七");
    }
}
