//! A text without what is withheld: a notice stands in the place of each part.

use crate::diagnostic::Span;
use crate::markup::{Block, Paragraph, Run, Side, Text};

/// The text as the public reads it（公表用の本文）.
///
/// **Shape**: each withheld part leaves one notice, in the paragraph in which it began, however many paragraphs, items or tables it
/// took in. A notice keeps the mark of what it stands for, so that a change to withheld text remains a change; nothing else of
/// the part remains, neither its characters nor its places.
#[must_use]
pub fn without_withheld(text: &Text, notice: &str) -> Text {
    if text.withheld().is_none() {
        return text.clone();
    }
    let mut blocks = gather(&text.blocks);
    crate::markup::for_each_paragraph(&mut blocks, &mut |paragraph| {
        paragraph.runs = noticed(std::mem::take(&mut paragraph.runs), notice);
    });
    Text { blocks, marks: text.marks.clone(), ..Text::default() }
}

/// The blocks with each withheld part in one paragraph.
fn gather(blocks: &[Block]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for block in blocks {
        if let Some(part) = whole_part(block) {
            let runs = runs_of(block);
            match ends_in(&mut out, part) {
                Some(paragraph) => paragraph.runs.extend(runs),
                None => out.push(Block::Paragraph(Paragraph { runs, break_mark: break_mark(block), used_at: None })),
            }
            continue;
        }
        match block {
            Block::Paragraph(paragraph) => {
                let mut paragraph = paragraph.clone();
                take_in(&mut out, &mut paragraph);
                out.push(Block::Paragraph(paragraph));
            }
            Block::List { start, items } => out.push(Block::List { start: *start, items: gather_items(items) }),
            Block::Table { .. } | Block::Fragment { .. } => out.push(block.clone()),
        }
    }
    out
}

/// The items of a list; those that a part takes in whole go into the item in which it began.
fn gather_items(items: &[Vec<Block>]) -> Vec<Vec<Block>> {
    let mut out: Vec<Vec<Block>> = Vec::new();
    for item in items {
        let mut item = gather(item);
        if let Some(before) = out.last_mut()
            && let Some(Block::Paragraph(first)) = item.first_mut()
        {
            take_in(before, first);
            if first.runs.is_empty() {
                item.remove(0);
            }
        }
        if !item.is_empty() {
            out.push(item);
        }
    }
    out
}

/// Moves the beginning of a paragraph into the blocks before it, where both belong to one part.
fn take_in(before: &mut [Block], paragraph: &mut Paragraph) {
    let Some(part) = paragraph.runs.first().and_then(|run| run.withheld) else { return };
    if let Some(last) = ends_in(before, part) {
        let rest = paragraph.runs.iter().position(|run| run.withheld != Some(part)).unwrap_or(paragraph.runs.len());
        last.runs.extend(paragraph.runs.drain(..rest));
    }
}

/// The last paragraph, where it ends in a part.
fn ends_in(blocks: &mut [Block], part: Span) -> Option<&mut Paragraph> {
    match blocks.last_mut()? {
        Block::Paragraph(paragraph) => {
            (paragraph.runs.last().and_then(|run| run.withheld) == Some(part)).then_some(paragraph)
        }
        Block::List { items, .. } => ends_in(items.last_mut()?, part),
        Block::Table { .. } | Block::Fragment { .. } => None,
    }
}

/// The part that takes in the whole of a block.
fn whole_part(block: &Block) -> Option<Span> {
    let runs = runs_of(block);
    let part = runs.first()?.withheld?;
    runs.iter().all(|run| run.withheld == Some(part)).then_some(part)
}

fn break_mark(block: &Block) -> Option<usize> {
    if let Block::Paragraph(paragraph) = block { paragraph.break_mark } else { None }
}

fn runs_of(block: &Block) -> Vec<Run> {
    let text = Text { blocks: vec![block.clone()], ..Text::default() };
    text.runs().into_iter().cloned().collect()
}

/// The runs with a notice in place of each part.
fn noticed(runs: Vec<Run>, notice: &str) -> Vec<Run> {
    let mut out = Vec::with_capacity(runs.len());
    for part in runs.chunk_by(|one, next| one.withheld == next.withheld) {
        match part {
            [Run { withheld: None, .. }, ..] => out.extend(part.iter().cloned()),
            _ => out.extend(notices(part, notice)),
        }
    }
    out
}

/// What stands for a part: one notice, or one on each side of a change that takes in all of it; and the places of its other marks.
fn notices(part: &[Run], notice: &str) -> Vec<Run> {
    let mut marks: Vec<Option<(usize, Side)>> = Vec::new();
    for run in part {
        if !marks.contains(&run.mark) {
            marks.push(run.mark);
        }
    }
    let has_unmarked = marks.contains(&None);
    let mut seen: Vec<Side> = Vec::new();
    let mut out = Vec::new();
    if has_unmarked {
        out.push(Run::plain(notice));
    }
    for (mark, side) in marks.into_iter().flatten() {
        let is_first = !has_unmarked && !seen.contains(&side);
        seen.push(side);
        let text = if is_first { notice } else { "" };
        out.push(Run { mark: Some((mark, side)), ..Run::plain(text) });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::change::project;
    use crate::diagnostic::{Diagnostics, SourceMap};
    use crate::markup::{State, parse_text};
    use crate::model::manifest::View;

    fn parsed(source: &str) -> Text {
        let mut diagnostics = Diagnostics::new();
        let file = SourceMap::default().add("a.md", source);
        let text = parse_text(file, source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{source}: {diagnostics:?}");
        text
    }

    fn public(source: &str, view: View) -> String {
        let state = if view == View::Before { State::Before } else { State::After };
        project(&without_withheld(&parsed(source), "■"), view).characters(state)
    }

    fn clean(source: &str) -> String {
        public(source, View::Clean)
    }

    #[test]
    fn a_part_leaves_one_notice() {
        assert_eq!(clean("一{!二**三**{{t}}!}四"), "一■四");
        assert_eq!(clean("一{!二!}{!三!}四"), "一■■四");
        assert_eq!(clean("一{!二\n\n三\n\n四!}五"), "一■\n五");
        assert_eq!(clean("{!一\n\n- 二\n\n|a|b|\n|-|-|\n|c|d|\n\n三!}\n\n四"), "■\n四");
        assert_eq!(clean("- 一\n- 二{!三\n- 四\n- 五!}六\n- 七"), "一\n二■\n六\n七");
        assert_eq!(clean("- {!一\n- 二!}\n- 三"), "■\n三");
        assert_eq!(clean("|a|b|\n|-|-|\n|{!c!}|d|"), "a\tb\n■\td");
    }

    #[test]
    fn a_change_to_withheld_text_remains_a_change() {
        for (source, before, after) in [
            ("一{++二{!三!}++}", "一", "一二■"),
            ("一{!{++二++}!}", "一", "一■"),
            ("一{!{~~二~>三~~}!}", "一■", "一■"),
            ("一{!二{++三++}!}", "一■", "一■"),
            ("一{~~{!二!}~>三~~}", "一■", "一三"),
            ("一{!{--二--}!}", "一■", "一"),
        ] {
            assert_eq!(
                (public(source, View::Before), public(source, View::Clean)),
                (before.into(), after.into()),
                "{source}"
            );
            assert!(without_withheld(&parsed(source), "■").is_marked(), "{source}");
        }
    }

    #[test]
    fn a_text_without_withheld_parts_stays() {
        let text = parsed("一{++二++}\n\n- 三");
        assert_eq!(without_withheld(&text, "■"), text);
    }

    proptest! {
        #[test]
        fn nothing_withheld_remains(pieces in proptest::collection::vec(("[あ-お]{0,2}(\n\n)?", "秘[か-こ]{0,2}(\n\n)?秘", 0..4_usize), 1..6)) {
            let mut source = String::new();
            for (open, secret, form) in &pieces {
                source += open;
                source += &match form {
                    0 => format!("{{!{secret}!}}"),
                    1 => format!("{{++新{{!{secret}!}}++}}"),
                    2 => format!("{{!{{--{secret}--}}{{++{secret}++}}!}}"),
                    _ => format!("{{!\n\n- {secret}秘\n\n!}}\n\n"),
                };
            }
            let text = without_withheld(&parsed(&source), "■");
            for view in [View::Before, View::Clean, View::Marked] {
                let shown = format!("{:?}", project(&text, view));
                prop_assert!(!shown.contains('秘'), "{}: {}", source, shown);
            }
            prop_assert!(text.characters(State::After).contains('■') || text.characters(State::Before).contains('■'));
            prop_assert!(text.withheld().is_none());
        }
    }
}
