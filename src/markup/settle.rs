//! A text with some of its marks decided: accepted or rejected, and gone.

use super::plain::State;
use super::tree::{Block, Mark, MarkKind, Paragraph, Run, Side, Text};

/// The text in which each mark that `decide` answers for is accepted or rejected; the others stay marked.
///
/// **Shape**: nothing empty is left, lists that come to stand side by side are one, and [`Text::marks`] holds only what is still
/// referred to.
#[must_use]
pub fn settle(text: &Text, decide: &dyn Fn(&Mark) -> Option<State>) -> Text {
    let states: Vec<Option<State>> = text.marks.iter().map(decide).collect();
    let mut settler = Settler { text, states, numbers: vec![None; text.marks.len()], marks: Vec::new() };
    let blocks = settler.blocks(&text.blocks);
    Text { blocks, marks: settler.marks, span: text.span, origin: text.origin.clone() }
}

impl Text {
    /// The text with all its marks accepted or rejected.
    #[must_use]
    pub fn in_state(&self, state: State) -> Self {
        settle(self, &|_| Some(state))
    }

    /// Whether every state and every view of the text is the text itself, so that nobody need make it: it has no marks, nothing in it is empty or
    /// came out of a shared text, and no lists stand side by side. Where `false`, it may be so all the same.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.marks.is_empty() && are_settled(&self.blocks)
    }
}

fn are_settled(blocks: &[Block]) -> bool {
    let is_shown = |row: &Vec<Paragraph>| row.iter().any(|cell| !is_empty(cell));
    let is_one = |block: &Block| match block {
        Block::Paragraph(paragraph) => !is_empty(paragraph) && paragraph.used_at.is_none(),
        Block::List { items, .. } => {
            !items.is_empty() && items.iter().all(|item| !item.is_empty() && are_settled(item))
        }
        Block::Table { header, rows } => rows.iter().all(is_shown) && (is_shown(header) || !rows.is_empty()),
        Block::Fragment { .. } => false,
    };
    let is_list = |block: &Block| matches!(block, Block::List { .. });
    blocks.iter().all(is_one) && !blocks.windows(2).any(|pair| pair.iter().all(is_list))
}

struct Settler<'t> {
    text: &'t Text,
    states: Vec<Option<State>>,
    /// The new number of each mark that is still referred to.
    numbers: Vec<Option<usize>>,
    marks: Vec<Mark>,
}

impl Settler<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let made = self.paragraph(paragraph);
                    match out.last_mut() {
                        Some(Block::Paragraph(before)) if self.joins(paragraph) => before.runs.extend(made.runs),
                        _ => out.push(Block::Paragraph(made)),
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
                Block::Fragment { id, mark, withheld, span } => {
                    let mark = mark.map(|mark| (mark, self.one_side(mark)));
                    if mark.is_none_or(|mark| self.stands(mark)) {
                        let mark = mark.and_then(|mark| self.renumber(mark.0));
                        out.push(Block::Fragment { id: id.clone(), mark, withheld: *withheld, span: *span });
                    }
                }
            }
        }
        without_empty(out)
    }

    fn table(&mut self, header: &[Paragraph], rows: &[Vec<Paragraph>], out: &mut Vec<Block>) {
        let shown = |row: &Vec<Paragraph>| row.iter().any(|cell| !is_empty(cell));
        let header: Vec<Paragraph> = header.iter().map(|cell| self.paragraph(cell)).collect();
        let rows: Vec<Vec<Paragraph>> =
            rows.iter().map(|row| row.iter().map(|cell| self.paragraph(cell)).collect()).filter(shown).collect();
        if shown(&header) || !rows.is_empty() {
            out.push(Block::Table { header, rows });
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Paragraph {
        let mut runs = Vec::with_capacity(paragraph.runs.len());
        for run in &paragraph.runs {
            if run.mark.is_none_or(|mark| self.stands(mark)) {
                let mark = run.mark.and_then(|(mark, side)| self.renumber(mark).map(|mark| (mark, side)));
                runs.push(Run { mark, ..run.clone() });
            }
        }
        let break_mark = paragraph.break_mark.and_then(|mark| self.renumber(mark));
        Paragraph { runs, break_mark, used_at: paragraph.used_at }
    }

    /// Whether what is on a side of a mark is still there.
    fn stands(&self, mark: (usize, Side)) -> bool {
        self.states[mark.0].is_none_or(|state| state.has(Some(mark)))
    }

    /// Whether the break before a paragraph is gone.
    fn joins(&self, paragraph: &Paragraph) -> bool {
        paragraph.break_mark.and_then(|mark| self.states[mark]).is_some_and(|state| !self.text.breaks(paragraph, state))
    }

    /// The side on which a fragment stands: the parser gives each side of a replacement a mark of its own.
    fn one_side(&self, mark: usize) -> Side {
        if self.text.marks[mark].kind == MarkKind::Deleted { Side::Old } else { Side::New }
    }

    /// The number of a mark that is not decided, among those that stay.
    fn renumber(&mut self, mark: usize) -> Option<usize> {
        if self.states[mark].is_some() {
            return None;
        }
        if self.numbers[mark].is_none() {
            self.numbers[mark] = Some(self.marks.len());
            self.marks.push(self.text.marks[mark].clone());
        }
        self.numbers[mark]
    }
}

/// Without paragraphs of which nothing is left; lists that then touch are one.
fn without_empty(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match (block, kept.last_mut()) {
            (Block::Paragraph(paragraph), _) if is_empty(&paragraph) => {}
            (Block::List { start, items }, Some(Block::List { start: before, items: into }))
                if before.is_some() == start.is_some() =>
            {
                into.extend(items);
            }
            (block, _) => kept.push(block),
        }
    }
    kept
}

fn is_empty(paragraph: &Paragraph) -> bool {
    paragraph.runs.iter().all(|run| run.kind.is_blank())
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{parsed, sketch};
    use super::*;

    fn accepted(source: &str, change: &str) -> String {
        let text = parsed(source).0;
        sketch(&settle(&text, &|mark| (mark.change == change).then_some(State::After)))
    }

    #[test]
    fn only_the_named_change_is_taken_in() {
        let source = "{++a++}{>>x<<}{--b--}{>>y<<}{~~d~>e~~}{>>x<<}";
        assert_eq!(accepted(source, "x"), "a-0(b)e");
        assert_eq!(accepted(source, "y"), "+0(a)-1(d)+1(e)");
    }

    #[test]
    fn what_is_settled_is_itself_in_every_state() {
        let settled = ["一。", "一。\n\n- a\n  - b\n- c\n\n二。", "1. a\n\n| x | y |\n|---|---|\n| 1 |  |", ""];
        for source in settled {
            let text = parsed(source).0;
            assert!(text.is_settled(), "{source}");
            assert_eq!(text.in_state(State::Before), text, "{source}");
        }
        let others = ["{++a++}{>>x<<}", "- a\n- {--b--}{>>x<<}", "- a\n\n1. b", "| x |\n|---|\n|  |"];
        for source in others {
            assert!(!parsed(source).0.is_settled(), "{source}");
        }
    }

    #[test]
    fn breaks_go_with_their_marks() {
        assert_eq!(accepted("一。{--\n\n--}二。", "c"), "一。二。");
        assert_eq!(accepted("一。{++\n\n++}二。", "c"), "一。 / 二。");
        assert_eq!(sketch(&parsed("一。{++\n\n++}二。").0.in_state(State::Before)), "一。二。");
        assert_eq!(accepted("- a\n\n{--x--}\n\n- b", "c"), "[a; b]");
    }
}
