//! Figures of 別添1: one page per flow and period, its boxes, arrows and remarks those of that period.

use std::ops::Range;

use super::ItemPath;
use super::fill::Filler;
use super::filled::{FlowArrow, FlowNode, FlowPage, Whole};
use super::library::FlowFile;
use super::resolve::maybe;
use super::values;
use super::withheld::whole_page;
use crate::diagnostic::{Code, Diagnostic, FileId, Span, nearest};
use crate::markup::{Block, Mark, MarkKind, Paragraph, Run, Side, Text};
use crate::name::{ChangeId, FlowId, NodeId, PeriodId, SectionId};
use crate::source::{Located, parted};

/// A flow that a section draws（描く図）.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The section.
    pub section: SectionId,
    /// Id of the flow, the last part of its path.
    pub id: FlowId,
    /// Paths where it may lie, the first that exists counts.
    pub paths: Vec<String>,
    /// Where it is asked for.
    pub span: Span,
}

/// A period（期間）, its label parsed.
#[derive(Debug, Clone)]
pub(super) struct Period {
    /// Id.
    pub id: PeriodId,
    /// Printed after the title.
    pub label: Text,
    /// The change under which its pages are new, and where that is said.
    pub inserted: Option<(ChangeId, Span)>,
}

/// The pages of a section's figures, in print order.
pub(super) fn pages(filler: &mut Filler<'_, '_>, section: &SectionId) -> Vec<FlowPage> {
    let mut pages = Vec::new();
    let filling = filler.filling;
    for wanted in filling.flows.iter().filter(|wanted| wanted.section == *section) {
        let library = filler.resolver.library;
        let mut paths = wanted.paths.iter();
        let Some((path, flow)) = paths.find_map(|path| Some((path, filler.seen.flow(library, path)?))) else {
            let known = filler.seen.names(library).flows.keys().map(|path| parted(path).1);
            let near = maybe(nearest(&wanted.id, known));
            filler
                .diagnostics
                .push(Diagnostic::new(Code::FlowUnknown, wanted.span).with("id", &wanted.id).with("near", near));
            continue;
        };
        filler.kept.sources.insert(path.clone());
        check_periods(filler, flow);
        if filling.periods.is_empty() {
            pages.push(page(filler, wanted, flow, None));
        }
        for period in &filling.periods {
            pages.push(page(filler, wanted, flow, Some(period)));
        }
    }
    pages
}

fn page(filler: &mut Filler<'_, '_>, wanted: &Wanted, flow: &FlowFile, period: Option<&Period>) -> FlowPage {
    let mut title = filler.resolver.resolve(&flow.title, filler.diagnostics);
    // A figure without a title is none: where all of the title is new, all of the figure is.
    let begun = values::whole(&title).filter(|whole| whole.side == Side::New);
    if begun.is_some() {
        bare(&mut title);
    }
    let of_period = period.and_then(|period| period.inserted.as_ref());
    let whole = of_period.map(|(change, span)| inserted(change, *span)).or(begun);
    if flow.front.number > 0
        && let Some(Block::Paragraph(paragraph)) = title.blocks.first_mut()
    {
        paragraph.runs.insert(0, Run::plain(format!("{}. ", flow.front.number)));
    }
    if let Some(period) = period {
        append_label(&mut title, &period.label);
    }
    let here = |periods: &[Located<PeriodId>]| {
        periods.is_empty() || period.is_none_or(|period| periods.iter().any(|id| id.value == period.id))
    };
    let withheld = |withheld: bool, at: &Range<usize>| withheld.then(|| Span::new(flow.file, at.clone()));
    let mut nodes = Vec::new();
    for (node, label) in flow.front.node.iter().zip(&flow.labels) {
        if !here(&node.periods) {
            continue;
        }
        let mut label = in_period(&filler.resolver.resolve(label, filler.diagnostics), period);
        if let Some(place) = withheld(node.withheld, &node.id.range) {
            label.withhold(place);
        }
        taken(filler, flow.file, &nodes, node);
        nodes.push(FlowNode {
            id: node.id.value.clone(),
            label,
            zone: node.zone,
            column: node.column,
            row: node.row,
            host: node.host_label.clone().filter(|_| here(&node.host_periods)),
            whole: mark_of(flow.file, node.inserted.as_ref(), node.deleted.as_ref()),
            span: Span::new(flow.file, node.id.range.clone()),
            withheld: withheld(node.withheld, &node.id.range),
        });
    }
    let mut arrows = Vec::new();
    for arrow in flow.front.arrow.iter().filter(|arrow| here(&arrow.periods)) {
        for end in [Some(&arrow.from), Some(&arrow.to), arrow.via.as_ref()].into_iter().flatten() {
            known_node(filler, flow.file, &nodes, end);
        }
        arrows.push(FlowArrow {
            step: arrow.step.value.clone(),
            from: arrow.from.value.clone(),
            to: arrow.to.value.clone(),
            via: arrow.via.as_ref().map(|via| via.value.clone()),
            kind: arrow.kind,
            whole: mark_of(flow.file, arrow.inserted.as_ref(), arrow.deleted.as_ref()),
            span: Span::new(flow.file, arrow.step.range.clone()),
            withheld: withheld(arrow.withheld, &arrow.step.range),
        });
    }
    let (mut remarks, mut silent) = (Vec::new(), Vec::new());
    for headed in &flow.remarks {
        let mut text = in_period(&filler.resolver.resolve(&headed.text, filler.diagnostics), period);
        // A remark tells what its arrow does.
        if let Some(place) = arrows.iter().filter(|arrow| arrow.step == headed.id).find_map(|arrow| arrow.withheld) {
            text.withhold(place);
        }
        let list = if text.is_empty() { &mut silent } else { &mut remarks };
        list.push((headed.id.clone(), text));
    }
    check_steps(filler, flow, &remarks, &arrows);
    let path = ItemPath::of(&wanted.section).join(&wanted.id);
    let mut page = FlowPage {
        path: period.map_or_else(|| path.clone(), |period| path.join(&period.id)),
        title,
        period: period.map(|period| period.id.clone()),
        files: wanted.paths.iter().rev().cloned().collect(),
        nodes,
        arrows,
        remarks_label: filler.resolver.library.words.remarks.clone(),
        remarks,
        silent,
        whole,
        withheld: None,
    };
    if let Some(place) = withheld(flow.front.withheld, &flow.front.title.range) {
        whole_page(&mut page, place);
    }
    page
}

/// A title whose mark is that of the whole figure.
fn bare(title: &mut Text) {
    for block in &mut title.blocks {
        if let Block::Paragraph(paragraph) = block {
            paragraph.runs.iter_mut().for_each(|run| run.mark = None);
        }
    }
    title.marks.clear();
}

fn inserted(change: &ChangeId, span: Span) -> Whole {
    Whole { mark: Mark { kind: MarkKind::Inserted, change: change.to_owned(), span, tokens: None }, side: Side::New }
}

/// The mark of a box or an arrow: the change that brought it, or the one that takes it away.
fn mark_of(file: FileId, new: Option<&Located<ChangeId>>, old: Option<&Located<ChangeId>>) -> Option<Whole> {
    let span = |change: &Located<ChangeId>| Span::new(file, change.range.clone());
    let deleted = |change: &Located<ChangeId>| Whole {
        mark: Mark { kind: MarkKind::Deleted, change: change.value.clone(), span: span(change), tokens: None },
        side: Side::Old,
    };
    new.map(|change| inserted(&change.value, span(change))).or_else(|| old.map(deleted))
}

fn append_label(title: &mut Text, label: &Text) {
    let offset = title.marks.len();
    title.marks.extend(label.marks.iter().cloned());
    if let (Some(Block::Paragraph(into)), Some(Block::Paragraph(from))) =
        (title.blocks.first_mut(), label.blocks.first())
    {
        into.runs.extend(from.runs.iter().cloned().map(|mut run| {
            run.mark = run.mark.map(|(mark, side)| (mark + offset, side));
            run
        }));
    }
}

/// The text as it stands in a period; paragraphs that are empty in it vanish.
fn in_period(text: &Text, period: Option<&Period>) -> Text {
    let Some(period) = period else { return text.clone() };
    Text { blocks: blocks_in(&text.blocks, &period.id), marks: text.marks.clone(), ..text.clone() }
}

fn blocks_in(blocks: &[Block], period: &PeriodId) -> Vec<Block> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => {
                let paragraph = paragraph_in(paragraph, period);
                (!paragraph.runs.is_empty()).then_some(Block::Paragraph(paragraph))
            }
            Block::List { start, items } => {
                let items: Vec<Vec<Block>> =
                    items.iter().map(|item| blocks_in(item, period)).filter(|item| !item.is_empty()).collect();
                (!items.is_empty()).then_some(Block::List { start: *start, items })
            }
            Block::Table { header, rows } => Some(Block::Table {
                header: header.iter().map(|cell| paragraph_in(cell, period)).collect(),
                rows: rows.iter().map(|row| row.iter().map(|cell| paragraph_in(cell, period)).collect()).collect(),
            }),
            Block::Fragment { .. } => Some(block.clone()),
        })
        .collect()
}

fn paragraph_in(paragraph: &Paragraph, period: &PeriodId) -> Paragraph {
    let runs =
        paragraph.runs.iter().filter(|run| run.periods.is_empty() || run.periods.contains(period)).cloned().collect();
    Paragraph { runs, ..*paragraph }
}

fn taken(filler: &mut Filler<'_, '_>, file: FileId, nodes: &[FlowNode], node: &super::manifest::NodeToml) {
    if nodes.iter().any(|other| (other.column, other.row) == (node.column, node.row)) {
        let span = Span::new(file, node.id.range.clone());
        filler.diagnostics.push(
            Diagnostic::new(Code::FlowCellTaken, span)
                .with("id", &node.id.value)
                .with("column", node.column.to_string())
                .with("row", node.row.to_string()),
        );
    }
}

fn known_node(filler: &mut Filler<'_, '_>, file: FileId, nodes: &[FlowNode], end: &Located<NodeId>) {
    if !nodes.iter().any(|node| node.id == end.value) {
        let near = maybe(nearest(&end.value, nodes.iter().map(|node| node.id.as_str())));
        let span = Span::new(file, end.range.clone());
        filler.diagnostics.push(Diagnostic::new(Code::FlowNodeUnknown, span).with("id", &end.value).with("near", near));
    }
}

/// A step number on one side only is a mistake.
fn check_steps(filler: &mut Filler<'_, '_>, flow: &FlowFile, remarks: &[(String, Text)], arrows: &[FlowArrow]) {
    for arrow in flow.front.arrow.iter().filter(|arrow| !arrow.note) {
        let drawn = arrows.iter().any(|drawn| drawn.step == arrow.step.value);
        if drawn && !remarks.iter().any(|(step, _)| *step == arrow.step.value) {
            let span = Span::new(flow.file, arrow.step.range.clone());
            filler.diagnostics.push(Diagnostic::new(Code::FlowStepNoRemark, span).with("step", &arrow.step.value));
        }
    }
    for (step, _) in remarks {
        if !arrows.iter().any(|arrow| arrow.step == *step) {
            let span = flow.remarks.iter().find(|headed| headed.id == *step).map(|headed| headed.span);
            let span = span.expect("remarks are made from the headings");
            filler.diagnostics.push(Diagnostic::new(Code::FlowRemarkNoStep, span).with("step", step));
        }
    }
}

/// Every period that a flow names is one of the assessment's, or of a case of the municipality.
fn check_periods(filler: &mut Filler<'_, '_>, flow: &FlowFile) {
    let library = filler.resolver.library;
    let of_assessments = library.assessments.values().flat_map(|assessment| &assessment.value.periods);
    let of_cases = library.cases.values().flat_map(|case| &case.value.period).map(|period| &period.id);
    let known: Vec<&PeriodId> = of_assessments.chain(of_cases).map(|id| &id.value).collect();
    let mut unknown = |id: &PeriodId, span: Span| {
        if !known.contains(&id) {
            let near = maybe(nearest(id, known.iter().map(|known| known.as_str())));
            filler.diagnostics.push(Diagnostic::new(Code::PeriodUnknown, span).with("id", id).with("near", near));
        }
    };
    let nodes = flow.front.node.iter().flat_map(|node| node.periods.iter().chain(&node.host_periods));
    for id in nodes.chain(flow.front.arrow.iter().flat_map(|arrow| &arrow.periods)) {
        unknown(&id.value, Span::new(flow.file, id.range.clone()));
    }
    for headed in &flow.remarks {
        for run in headed.text.runs() {
            if let Some(span) = run.span {
                run.periods.iter().for_each(|id| unknown(id, span));
            }
        }
    }
}
