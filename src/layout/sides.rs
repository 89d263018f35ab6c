//! The two sides of a change: the changed part of a row before and after it（変更前・変更後の記載）.

use super::brackets::bracketed;
use super::compose::{Composer, Figures, Look, plain};
use super::document::{GridCell, MarkRef, MarkShow, MarkStyle, Part, Repeats, RichBlock, Run, Tick};
use crate::change::{Unit, UnitKind, excerpt};
use crate::model::manifest::{ListWords, View};
use crate::model::{Content, ItemPath, Row as FormRow};

/// How the two sides show what differs between them（違いの見せ方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sides {
    /// Not at all（別添3）.
    Plain,
    /// In the look of what was changed, in both（新旧対照表）.
    Shown,
}

/// The changed part of a unit before or after its changes.
pub(super) fn side_cell(
    unit: &Unit<'_>,
    view: View,
    (marks, sides): (&MarkStyle, Sides),
    words: &ListWords,
) -> GridCell {
    let composer = Composer { look: Look { view, marks }, legend: &[], figures: Figures::Planned };
    // What is changed in a list is measured in the form.
    let nowhere = ItemPath::nowhere();
    let parts = match &unit.kind {
        UnitKind::Row(row) => row_side(row, &composer, words),
        UnitKind::Record(rows) => {
            let mut parts = Vec::new();
            for row in rows {
                let side = row_side(row, &composer, words);
                if stands(&side, words) == Stands::Text {
                    parts.push(Part::Line { runs: vec![plain(&row.label)] });
                    parts.extend(side);
                }
            }
            parts
        }
        UnitKind::Title(band) => vec![Part::Line { runs: composer.runs(&band.label, &nowhere, 0, None) }],
        UnitKind::Ticks(band) => vec![Part::Checks { options: composer.ticks(band), columns: 1 }],
        UnitKind::Figure(page) => {
            let gone = page.whole.as_ref().is_some_and(|_| view == View::Before);
            let mut title =
                if gone { Vec::new() } else { composer.runs(&page.title, &nowhere, 0, page.whole.as_ref()) };
            if !title.is_empty() {
                title.push(plain(&words.figure));
            }
            vec![Part::Line { runs: title }]
        }
        UnitKind::Remarks(page) => {
            if page.whole.is_some() && view == View::Before {
                Vec::new()
            } else {
                let text = excerpt(&page.remarks_text(), &words.left_out);
                let blocks = composer.rich(&text, &nowhere, 0, page.whole.as_ref());
                vec![Part::Rich { blocks }]
            }
        }
        UnitKind::Records(list) => {
            vec![Part::Rich { blocks: composer.rich(&excerpt(&list.text, &words.left_out), &nowhere, 0, None) }]
        }
    };
    let instead = |text: &str| vec![Part::Line { runs: vec![plain(text)] }];
    let parts = match stands(&parts, words) {
        Stands::Text => parts.into_iter().map(|part| shown(part, view, (marks, sides), words)).collect(),
        // The row had a text, of which this side shows nothing: it was not empty.
        Stands::LeftOut => instead(&words.left_out),
        Stands::Nothing => instead(nothing(unit, view, words)),
    };
    GridCell { parts, rowspan: 1, centre: false, header: false, repeats: Repeats::No }
}

/// What stands where one side has no text: a row that only gained text was there before, a whole that is new was not.
fn nothing<'w>(unit: &Unit<'_>, view: View, words: &'w ListWords) -> &'w str {
    let whole = unit.marks.iter().any(|place| place.whole_of.is_some());
    match (view, whole) {
        (View::Before, true) => &words.new,
        (View::Before, false) => &words.none,
        (View::Clean | View::Marked, _) => &words.gone,
    }
}

fn row_side(row: &FormRow, composer: &Composer<'_>, words: &ListWords) -> Vec<Part> {
    let Some(shown) = composer.row(row) else { return Vec::new() };
    match &row.content {
        Content::Text(text) => {
            let blocks = composer.rich(&excerpt(text, &words.left_out), &row.path, 0, row.whole.as_ref());
            if blocks.is_empty() { Vec::new() } else { vec![Part::Rich { blocks }] }
        }
        Content::Line(_) => shown.cell,
        Content::Choice { .. } => shown
            .cell
            .into_iter()
            .map(|part| match part {
                Part::Choice { mut value, count, .. } => {
                    value.extend(count);
                    Part::Line { runs: value }
                }
                other => other,
            })
            .collect(),
        Content::Checks { .. } => shown
            .cell
            .into_iter()
            .map(|part| match part {
                Part::Checks { options, .. } => Part::Line { runs: ticked(options) },
                other => other,
            })
            .collect(),
    }
}

fn ticked(options: Vec<Tick>) -> Vec<Run> {
    let mut runs = Vec::new();
    for tick in options.into_iter().filter(|tick| tick.on) {
        if !runs.is_empty() {
            runs.push(plain("、"));
        }
        runs.push(Run { mark: tick.mark, ..plain(tick.label) });
        if let Some(text) = tick.text.filter(|text| !text.is_empty()) {
            runs.push(plain("（"));
            runs.extend(text);
            runs.push(plain("）"));
        }
        runs.extend(tick.count);
    }
    runs
}

/// What a side has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Text.
    Text,
    /// Only what is left out since it did not change.
    LeftOut,
    /// Nothing at all.
    Nothing,
}

fn stands(parts: &[Part], words: &ListWords) -> Stands {
    let mut found = Stands::Nothing;
    for part in parts {
        match part {
            Part::Rich { blocks } => {
                for block in blocks {
                    match block {
                        _ if is_left_out(block, words) => found = Stands::LeftOut,
                        RichBlock::Paragraph { runs } if runs.iter().all(|run| run.text.is_empty()) => {}
                        RichBlock::List { items, .. } if items.iter().all(|item| item_left_out(item, words)) => {
                            found = Stands::LeftOut;
                        }
                        RichBlock::Paragraph { .. }
                        | RichBlock::List { .. }
                        | RichBlock::Table { .. }
                        | RichBlock::Framed { .. } => return Stands::Text,
                    }
                }
            }
            Part::Line { runs } if runs.iter().all(|run| run.text.trim().is_empty()) => {}
            Part::Line { .. }
            | Part::Choice { .. }
            | Part::Checks { .. }
            | Part::Rows { .. }
            | Part::Band { .. }
            | Part::Flow(_) => return Stands::Text,
        }
    }
    found
}

fn is_left_out(block: &RichBlock, words: &ListWords) -> bool {
    matches!(block, RichBlock::Paragraph { runs } if matches!(&runs[..], [run] if run.text == words.left_out))
}

fn item_left_out(item: &[RichBlock], words: &ListWords) -> bool {
    matches!(item, [block] if is_left_out(block, words))
}

/// A part with what differs shown or not, and each stretch that is left out told once.
fn shown(part: Part, view: View, (marks, sides): (&MarkStyle, Sides), words: &ListWords) -> Part {
    let show = match (sides, view) {
        (Sides::Plain, _) => None,
        (Sides::Shown, View::Before) => Some(MarkShow::Del),
        (Sides::Shown, View::Clean | View::Marked) => Some(MarkShow::Ins),
    };
    let dress = Dress { show, marks, words };
    match part {
        Part::Line { runs } => Part::Line { runs: dress.runs(runs) },
        Part::Rich { blocks } => Part::Rich { blocks: dress.blocks(blocks) },
        Part::Checks { options, columns } => {
            let options = options.into_iter().map(|tick| Tick { mark: dress.mark(tick.mark), ..tick });
            Part::Checks { options: options.collect(), columns }
        }
        Part::Choice { .. } | Part::Rows { .. } | Part::Band { .. } | Part::Flow(_) => part,
    }
}

/// How the text of one side is dressed.
#[derive(Clone, Copy)]
struct Dress<'a> {
    /// As what its marks are shown; none: they are taken away, since a list must not be measured as if it were the form.
    show: Option<MarkShow>,
    marks: &'a MarkStyle,
    words: &'a ListWords,
}

impl Dress<'_> {
    fn mark(self, mark: Option<MarkRef>) -> Option<MarkRef> {
        Some(MarkRef { show: self.show?, ..mark? })
    }

    fn runs(self, runs: Vec<Run>) -> Vec<Run> {
        let runs = runs.into_iter().map(|run| Run { mark: self.mark(run.mark), ..run }).collect();
        bracketed(runs, self.marks)
    }

    fn blocks(self, blocks: Vec<RichBlock>) -> Vec<RichBlock> {
        let mut out: Vec<RichBlock> = Vec::with_capacity(blocks.len());
        for block in blocks {
            let again = is_left_out(&block, self.words) && out.last().is_some_and(|last| is_left_out(last, self.words));
            if !again {
                out.push(self.block(block));
            }
        }
        out
    }

    fn block(self, block: RichBlock) -> RichBlock {
        match block {
            RichBlock::Paragraph { runs } => RichBlock::Paragraph { runs: self.runs(runs) },
            RichBlock::List { ordered, start, items } => {
                let mut items: Vec<Vec<RichBlock>> = items.into_iter().map(|item| self.blocks(item)).collect();
                items.dedup_by(|next, last| item_left_out(next, self.words) && item_left_out(last, self.words));
                RichBlock::List { ordered, start, items }
            }
            RichBlock::Table { header, rows } => RichBlock::Table {
                header: header.into_iter().map(|cell| self.runs(cell)).collect(),
                rows: rows.into_iter().map(|row| row.into_iter().map(|cell| self.runs(cell)).collect()).collect(),
            },
            RichBlock::Framed { mark, blocks } => RichBlock::Framed { mark, blocks: self.blocks(blocks) },
        }
    }
}
