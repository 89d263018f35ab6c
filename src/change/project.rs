//! One view of a text: Before rejects the marks, Clean accepts them, Marked keeps both sides.

use std::borrow::Cow;

use crate::markup::{Block, Paragraph, Run, State, Text};
use crate::model::manifest::View;

/// The text as a view shows it.
///
/// **Shape**: a run that the view does not show leaves an empty run with its mark, so that the place of a deletion can be
/// measured; a paragraph or list item of which nothing is left vanishes and its empty runs move to the neighbour.
#[must_use]
pub fn project(text: &Text, view: View) -> Cow<'_, Text> {
    let state = match view {
        View::Marked => return Cow::Borrowed(text),
        View::Clean | View::Before if text.is_settled() => return Cow::Borrowed(text),
        View::Clean => State::After,
        View::Before => State::Before,
    };
    let mut projector = Projector { text, state, pending: Vec::new() };
    let mut blocks = projector.blocks(&text.blocks);
    let left = std::mem::take(&mut projector.pending);
    if !left.is_empty() {
        match last_paragraph(&mut blocks) {
            Some(paragraph) => paragraph.runs.extend(left),
            // Of a text that is gone altogether its place remains.
            None => blocks.push(Block::Paragraph(Paragraph { runs: left, ..Paragraph::default() })),
        }
    }
    Cow::Owned(Text { blocks, marks: text.marks.clone(), span: text.span, origin: text.origin.clone() })
}

struct Projector<'t> {
    text: &'t Text,
    state: State,
    /// Empty runs of vanished paragraphs, waiting for the next one.
    pending: Vec<Run>,
}

impl Projector<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let runs = self.runs(&paragraph.runs);
                    match out.last_mut() {
                        // An emptied paragraph still takes in what joins it, so it goes only at the end.
                        Some(Block::Paragraph(before)) if !self.text.breaks(paragraph, self.state) => {
                            before.runs.extend(runs);
                        }
                        _ => out.push(Block::Paragraph(Paragraph { runs, ..Paragraph::default() })),
                    }
                }
                Block::List { start, items } => {
                    let items: Vec<Vec<Block>> =
                        items.iter().map(|item| self.blocks(item)).filter(|item| !item.is_empty()).collect();
                    if !items.is_empty() {
                        out.push(Block::List { start: *start, items });
                    }
                }
                Block::Table { header, rows } => self.table(header, rows, &mut out),
                Block::Fragment { .. } => out.push(block.clone()),
            }
        }
        self.drop_empty(out)
    }

    /// Without the paragraphs of which nothing is left; their empty runs go to the next one.
    fn drop_empty(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let mut kept = Vec::with_capacity(blocks.len());
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) if paragraph.runs.iter().all(|run| run.characters().is_empty()) => {
                    self.pending.extend(paragraph.runs);
                }
                Block::Paragraph(mut paragraph) => {
                    let waiting = std::mem::take(&mut self.pending);
                    paragraph.runs.splice(0..0, waiting);
                    kept.push(Block::Paragraph(paragraph));
                }
                other => kept.push(other),
            }
        }
        kept
    }

    fn table(&mut self, header: &[Paragraph], rows: &[Vec<Paragraph>], out: &mut Vec<Block>) {
        let cells = |projector: &Self, row: &[Paragraph]| -> Vec<Paragraph> {
            row.iter().map(|cell| Paragraph { runs: projector.runs(&cell.runs), ..Paragraph::default() }).collect()
        };
        let shown = |row: &[Paragraph]| row.iter().any(|cell| cell.runs.iter().any(|run| !run.characters().is_empty()));
        let header = cells(self, header);
        let mut kept = Vec::new();
        for row in rows {
            let row = cells(self, row);
            if shown(&row) {
                kept.push(row);
            } else {
                self.pending.extend(row.into_iter().flat_map(|cell| cell.runs));
            }
        }
        if shown(&header) || !kept.is_empty() {
            out.push(Block::Table { header, rows: kept });
        }
    }

    fn runs(&self, runs: &[Run]) -> Vec<Run> {
        runs.iter()
            .map(|run| if self.state.has(run.mark) { run.clone() } else { run.with_text(String::new()) })
            .collect()
    }
}

fn last_paragraph(blocks: &mut [Block]) -> Option<&mut Paragraph> {
    match blocks.last_mut()? {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::List { items, .. } => last_paragraph(items.last_mut()?),
        Block::Table { rows, .. } => rows.last_mut()?.last_mut(),
        Block::Fragment { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, SourceMap, Span};
    use crate::markup::parse_text;

    /// A run that a view does not have keeps its place, and none of its letters.
    #[test]
    fn what_a_view_does_not_have_has_no_letters() {
        let source = "文。{++足した\n二行の\\*文。++}{>>c<<}";
        let file = SourceMap::default().add("a.md", source);
        let text = parse_text(file, source, 0..source.len(), None, &mut Diagnostics::new());
        let before = project(&text, View::Before);
        let pieces = |text: &Text| -> Vec<String> {
            let of = |run: &Run| -> Vec<String> {
                run.pieces().map(|piece| run.characters()[piece.range].to_owned()).collect()
            };
            text.runs().into_iter().flat_map(of).collect()
        };
        assert_eq!(pieces(&before).concat(), "文。");
        assert_eq!(pieces(&text), ["文。", "足した", "二行の", "*", "文。"]);
    }

    /// A text without marks is shown as it is.
    #[test]
    fn what_is_settled_is_projected_to_itself() {
        let source = "一。\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 |  |\n";
        let file = SourceMap::default().add("a.md", source);
        let text = parse_text(file, source, 0..source.len(), None, &mut Diagnostics::new());
        for (view, state) in [(View::Clean, State::After), (View::Before, State::Before)] {
            assert!(matches!(project(&text, view), Cow::Borrowed(_)));
            let mut projector = Projector { text: &text, state, pending: Vec::new() };
            assert_eq!((projector.blocks(&text.blocks), projector.pending), (text.blocks.clone(), Vec::new()));
        }
    }

    /// A view does not know which paragraphs came out of a shared text: what differs in one is told at the shared text.
    #[test]
    fn what_came_out_of_a_shared_text_is_projected_without_that() {
        let file = SourceMap::default().add("a.md", "- 文。");
        let of_list = |used_at: Option<Span>| {
            let paragraph = Paragraph { runs: vec![Run::plain("文。")], used_at, ..Paragraph::default() };
            let blocks = vec![Block::List { start: None, items: vec![vec![Block::Paragraph(paragraph)]] }];
            Text { blocks, ..Text::default() }
        };
        let shared = of_list(Some(Span::new(file, 0..1)));
        assert_eq!(*project(&shared, View::Before), of_list(None));
    }
}
