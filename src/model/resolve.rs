//! Texts made whole: fragments in place of their uses, terms and facts in place of their names.

use std::collections::BTreeMap;

use super::library::Library;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::markup::{Block, Letters, MarkKind, Paragraph, Run, RunKind, Side, Text, for_each_paragraph, withhold};
use crate::name::FragmentId;
use crate::source::{LinePart, line_parts};

/// Most characters of a text with its terms and fragments in place（1つの本文の上限）. Fragments that use each other would otherwise
/// grow without bound: ten lines of ten uses each, six files deep, are ten million lines.
const TEXT_MAX_CHARS: usize = 200_000;

/// Where in a text the resolver is.
struct Walk {
    /// Fragments that are being put in place.
    open: Vec<FragmentId>,
    /// Characters that may still come.
    left: usize,
}

/// What a text is resolved with（用語と共通文）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver<'a> {
    /// Fragments come from here.
    pub library: &'a Library,
    /// Terms of the municipality over the shared facts.
    pub terms: &'a BTreeMap<String, String>,
    /// Fragments that the case itself makes（寄せられた意見など）; they go before those of the library.
    pub made: &'a BTreeMap<FragmentId, Text>,
}

impl Resolver<'_> {
    /// The text with every fragment and term replaced.
    ///
    /// Pushes [`Code::FragmentUnknown`], [`Code::FragmentCycle`], [`Code::TermUnknown`] or [`Code::TextTooLong`]; what is unknown or
    /// beyond the bound is left out.
    #[must_use]
    pub(super) fn resolve(&self, text: &Text, diagnostics: &mut Diagnostics) -> Text {
        let mut marks = text.marks.clone();
        let mut walk = Walk { open: Vec::new(), left: TEXT_MAX_CHARS };
        let blocks = self.blocks(&text.blocks, &mut marks, &mut walk, diagnostics);
        if walk.left == 0
            && let Some(span) = text.span
        {
            diagnostics.push(Diagnostic::new(Code::TextTooLong, span).with("limit", TEXT_MAX_CHARS.to_string()));
        }
        Text { blocks, marks, span: text.span, origin: text.origin.clone() }
    }

    fn blocks(
        &self,
        blocks: &[Block],
        marks: &mut Vec<crate::markup::Mark>,
        walk: &mut Walk,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            if walk.left == 0 {
                break;
            }
            match block {
                Block::Paragraph(paragraph) => out.push(Block::Paragraph(self.paragraph(paragraph, walk, diagnostics))),
                Block::List { start, items } => {
                    let items = items.iter().map(|item| self.blocks(item, marks, walk, diagnostics)).collect();
                    join_list(&mut out, *start, items);
                }
                Block::Table { header, rows } => out.push(Block::Table {
                    header: header.iter().map(|cell| self.paragraph(cell, walk, diagnostics)).collect(),
                    rows: rows
                        .iter()
                        .map(|row| row.iter().map(|cell| self.paragraph(cell, walk, diagnostics)).collect())
                        .collect(),
                }),
                Block::Fragment { id, mark, withheld, span } => {
                    let shared = || self.library.fragments.get(id).map(|fragment| &fragment.text);
                    let Some(fragment) = self.made.get(id).or_else(shared) else {
                        let near = nearest(id, self.library.fragment_names.iter().map(FragmentId::as_str));
                        diagnostics.push(
                            Diagnostic::new(Code::FragmentUnknown, *span).with("id", id).with("near", maybe(near)),
                        );
                        continue;
                    };
                    if walk.open.contains(id) {
                        diagnostics.push(Diagnostic::new(Code::FragmentCycle, *span).with("id", id));
                        continue;
                    }
                    walk.open.push(id.clone());
                    let mut inner_marks = fragment.marks.clone();
                    let mut inner = self.blocks(&fragment.blocks, &mut inner_marks, walk, diagnostics);
                    walk.open.pop();
                    let offset = marks.len();
                    marks.extend(inner_marks);
                    let outer = mark.map(|mark| {
                        // A fragment stands on one side of a replacement; the parser gave that side a mark of its own.
                        let side = if marks[mark].kind == MarkKind::Deleted { Side::Old } else { Side::New };
                        (mark, side)
                    });
                    for_each_paragraph(&mut inner, &mut |paragraph| {
                        adopt(paragraph, offset, outer);
                        // Of a fragment in a fragment the use that stands in the text itself is told.
                        paragraph.used_at = Some(*span);
                    });
                    if let Some(place) = withheld {
                        withhold(&mut inner, *place);
                    }
                    for block in inner {
                        match block {
                            // A fragment that is a list continues the list it is used in.
                            Block::List { start, items } => join_list(&mut out, start, items),
                            other => out.push(other),
                        }
                    }
                }
            }
        }
        out
    }

    fn paragraph(&self, paragraph: &Paragraph, walk: &mut Walk, diagnostics: &mut Diagnostics) -> Paragraph {
        // A paragraph without a character takes its place too.
        walk.left = walk.left.saturating_sub(1);
        let mut runs = Vec::with_capacity(paragraph.runs.len());
        for run in &paragraph.runs {
            if walk.left == 0 {
                break;
            }
            let own = self.run(run, diagnostics);
            let characters: usize = own.iter().map(|run| run.characters().chars().count()).sum();
            walk.left = walk.left.saturating_sub(characters);
            runs.extend(own);
        }
        Paragraph { runs, break_mark: paragraph.break_mark, used_at: paragraph.used_at }
    }

    /// The run, or what its term stands for: several runs where a part of that is withheld.
    fn run(&self, run: &Run, diagnostics: &mut Diagnostics) -> Vec<Run> {
        let RunKind::Term(name) = &run.kind else { return vec![run.clone()] };
        if let Some(text) = self.terms.get(name) {
            let place = run.span.expect("the parser gives every term its place");
            return line_runs(text, run, place);
        }
        if let Some(span) = run.span {
            let near = nearest(name, self.terms.keys().map(String::as_str));
            diagnostics.push(Diagnostic::new(Code::TermUnknown, span).with("name", name).with("near", maybe(near)));
        }
        Vec::new()
    }
}

/// A line in which parts may be withheld, as runs that otherwise look like `like`; those parts are told by `place`.
pub(super) fn line_runs(line: &str, like: &Run, place: Span) -> Vec<Run> {
    let run = |part: LinePart<'_>| Run {
        kind: RunKind::Text(part.text.to_owned()),
        letters: Letters::Named,
        withheld: like.withheld.or(part.withheld.then_some(place)),
        ..like.clone()
    };
    line_parts(line).map(run).collect()
}

/// Two lists that follow each other are one list.
fn join_list(out: &mut Vec<Block>, start: Option<u64>, items: Vec<Vec<Block>>) {
    match out.last_mut() {
        Some(Block::List { start: before, items: into }) if before.is_some() == start.is_some() => into.extend(items),
        _ => out.push(Block::List { start, items }),
    }
}

/// Marks of a fragment's paragraph in the numbering of the text that uses it; the use's own mark holds where it has none.
fn adopt(paragraph: &mut Paragraph, offset: usize, outer: Option<(usize, Side)>) {
    for run in &mut paragraph.runs {
        run.mark = run.mark.map(|(mark, side)| (mark + offset, side)).or(outer);
    }
    paragraph.break_mark = paragraph.break_mark.map(|mark| mark + offset);
}

/// The valid word that is near, or nothing.
pub(super) fn maybe(near: Option<&str>) -> String {
    near.unwrap_or_default().to_owned()
}
