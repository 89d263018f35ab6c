//! Frames round what one change inserted as a whole（太枠二重線の囲み）.

use super::tree::{MarkRef, MarkShow, RichBlock, Run};

/// Blocks that one mark inserted as a whole, put into one frame; inside it the runs need no look of their own.
pub(super) fn framed(blocks: Vec<RichBlock>) -> Vec<RichBlock> {
    let mut out: Vec<RichBlock> = Vec::new();
    for block in blocks {
        if let RichBlock::List { ordered, start, items } = block {
            framed_list(ordered, start, items, &mut out);
            continue;
        }
        match whole_of(std::slice::from_ref(&block)) {
            Some(mark) => put_framed(mark, block, &mut out),
            None => out.push(block),
        }
    }
    out
}

/// A list cut where a frame begins or ends, so that only the new items stand in it.
fn framed_list(ordered: bool, start: u64, items: Vec<Vec<RichBlock>>, out: &mut Vec<RichBlock>) {
    let mut open: Option<(Option<MarkRef>, u64, Vec<Vec<RichBlock>>)> = None;
    let close = |open: Option<(Option<MarkRef>, u64, Vec<Vec<RichBlock>>)>, out: &mut Vec<RichBlock>| {
        if let Some((mark, start, items)) = open {
            let list = RichBlock::List { ordered, start, items };
            match mark {
                Some(mark) => put_framed(mark, list, out),
                None => out.push(list),
            }
        }
    };
    for (number, item) in (start..).zip(items) {
        let mark = whole_of(&item);
        let same = open.as_ref().is_some_and(|(current, _, _)| {
            current.as_ref().map(|mark| &mark.key) == mark.as_ref().map(|mark| &mark.key)
        });
        if same {
            if let Some((_, _, items)) = &mut open {
                items.push(item);
            }
        } else {
            close(open.take(), out);
            open = Some((mark, number, vec![item]));
        }
    }
    close(open, out);
}

fn put_framed(mark: MarkRef, block: RichBlock, out: &mut Vec<RichBlock>) {
    if let Some(RichBlock::Framed { mark: before, blocks }) = out.last_mut()
        && *before == mark
    {
        blocks.push(block);
        return;
    }
    out.push(RichBlock::Framed { mark, blocks: vec![block] });
}

/// The mark that every run of the blocks shows as inserted.
fn whole_of(blocks: &[RichBlock]) -> Option<MarkRef> {
    let mut found: Option<MarkRef> = None;
    let mut fits = true;
    each_run(blocks, &mut |run| {
        if run.text.is_empty() {
            return;
        }
        match (&found, &run.mark) {
            (None, Some(mark)) if mark.show == MarkShow::Ins => found = Some(mark.clone()),
            (Some(before), Some(mark)) if before == mark => {}
            _ => fits = false,
        }
    });
    found.filter(|_| fits)
}

fn each_run(blocks: &[RichBlock], visit: &mut impl FnMut(&Run)) {
    for block in blocks {
        match block {
            RichBlock::Paragraph { runs } => runs.iter().for_each(&mut *visit),
            RichBlock::List { items, .. } => items.iter().for_each(|item| each_run(item, visit)),
            RichBlock::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).flatten().for_each(&mut *visit);
            }
            RichBlock::Framed { blocks, .. } => each_run(blocks, visit),
        }
    }
}
