//! Where an author writes an item, and how old text is put back there.

use super::difference::{ByHand, Patch};
use super::line::{Line, LinePlace};
use super::place::{Placed, placed};
use super::text::{Target, as_markdown, is_row};
use crate::diagnostic::{FileId, SourceMap, Span};
use crate::markup::{Origin, Place, Run, RunKind, Text, print, print_runs};

/// Where an author writes an item（記載場所）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Running text of a Markdown body.
    Body(Span),
    /// A value in TOML, quotes included.
    Value(Span),
    /// Nowhere: it was put together by the program.
    Nowhere,
}

impl Spot {
    /// The spot of a text.
    pub(super) fn of(text: &Text) -> Self {
        match (&text.origin, text.span) {
            (Origin::Body, Some(span)) => Self::Body(span),
            (Origin::Value(_), _) => Self::in_value(text.literal()),
            (Origin::Body | Origin::Nowhere, _) => Self::Nowhere,
        }
    }

    /// The spot of what stands in a value.
    pub(super) fn in_value(literal: Option<Span>) -> Self {
        literal.map_or(Self::Nowhere, Self::Value)
    }

    /// The place as a whole.
    pub(super) fn span(self) -> Option<Span> {
        match self {
            Self::Body(span) | Self::Value(span) => Some(span),
            Self::Nowhere => None,
        }
    }

    /// Whether marks can be set among the characters of a line, or only on the value as a whole.
    pub(super) fn is_letter_by_letter(self, line: &[Placed]) -> bool {
        let Self::Value(literal) = self else { return true };
        let covers = |span: Span| span.start <= literal.start + 1 && span.end + 1 >= literal.end;
        !line.is_empty()
            && line.iter().any(|placed| placed.span.is_some())
            && !line
                .iter()
                .any(|placed| placed.whole && placed.span.is_some_and(|span| span == literal || covers(span)))
    }

    /// A mark on the value as a whole.
    pub(super) fn whole_value(self, old: &[Run], shown: &Text, sources: &SourceMap) -> Patch {
        let Self::Value(literal) = self else { return Patch::ByHand(ByHand::NoPlace) };
        let source = sources.slice(literal);
        if !shown.marks.is_empty() {
            return Patch::ByHand(ByHand::InsideMark);
        }
        let new = decoded(source).unwrap_or_else(|| source.to_owned());
        Patch::Literal { file: literal.file, range: literal.start..literal.end, old: escaped_value(old), new }
    }

    /// Old text for a mark at a place of this spot; in a string, with the escapes of its quotes.
    pub(super) fn escaped(self, old: &[Run], place: Place, sources: &SourceMap) -> String {
        let Self::Value(literal) = self else { return print_runs(old, place) };
        let text = escaped_value(old);
        if sources.slice(literal).starts_with('"') { text.replace('\\', "\\\\").replace('"', "\\\"") } else { text }
    }
}

/// What a TOML string says; `None` where it is none.
fn decoded(literal: &str) -> Option<String> {
    literal.parse::<toml_edit::Value>().ok()?.as_str().map(str::to_owned)
}

/// Runs as the text of a value: there only marks, terms and strong mean something.
pub(super) fn escaped_value(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let (open, close) = if run.withheld.is_some() { ("{!", "!}") } else { ("", "") };
        let strong = if run.strong { "**" } else { "" };
        out.push_str(open);
        out.push_str(strong);
        match &run.kind {
            RunKind::Break => out.push('\n'),
            RunKind::Text(text) | RunKind::Code(text) | RunKind::Term(text) => {
                for character in text.chars() {
                    if matches!(character, '\\' | '{' | '}' | '~' | '*') {
                        out.push('\\');
                    }
                    out.push(character);
                }
            }
        }
        out.push_str(strong);
        out.push_str(close);
    }
    out
}

/// A place in a file at which lines are put in.
struct Gap {
    file: FileId,
    at: usize,
    indent: String,
    side: Edge,
    /// Whether a fragment is used there.
    at_use: bool,
}

/// On which side of the neighbour a gap is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Before,
    After,
}

/// The patch that puts a deleted line back between its neighbours.
pub(super) fn put_in(
    line: &Line<'_>,
    previous: Option<&Line<'_>>,
    next: Option<&Line<'_>>,
    target: Target<'_>,
) -> Patch {
    let Spot::Body(own) = target.spot else { return Patch::ByHand(ByHand::NoPlace) };
    // Between two lines of one fragment the line belonged to the fragment.
    let own = match (file_of(previous), file_of(next)) {
        (Some(one), Some(other)) if one == other && one != own.file => {
            Span::new(one, 0..target.sources.get(one).text.len())
        }
        _ => own,
    };
    let gaps = [next.map(|line| (line, Edge::Before)), previous.map(|line| (line, Edge::After))];
    let gaps: Vec<(LinePlace, Gap)> = gaps
        .into_iter()
        .flatten()
        .filter_map(|(line, edge)| gap(line, edge, own, target.sources).map(|gap| (line.place, gap)))
        .collect();
    let texts: Vec<String> = line.cells.iter().map(|cell| as_markdown(&cell.runs)).collect();
    let like = |place: LinePlace| {
        gaps.iter().find(|(other, gap)| !gap.at_use && is_sibling(*other, place)).map(|(_, gap)| gap)
    };
    let (gap, block, lead, tail) = if is_row(line) {
        let Some(gap) = like(LinePlace::Row { header: false }) else { return Patch::ByHand(ByHand::Gone) };
        (gap, false, "| ".to_owned(), " |".to_owned())
    } else if let (LinePlace::Item { ordered, .. }, Some(gap)) = (line.place, like(line.place)) {
        (gap, false, marker(ordered).to_owned(), String::new())
    } else if let Some((_, gap)) = gaps.first() {
        let lead = match line.place {
            LinePlace::Item { ordered, .. } => marker(ordered).to_owned(),
            LinePlace::Paragraph { .. } | LinePlace::Row { .. } => String::new(),
        };
        (gap, true, lead, String::new())
    } else {
        return under_heading(own, line, texts, target.sources);
    };
    let ends = if block { "\n\n" } else { "\n" };
    let (lead, tail) = match gap.side {
        Edge::Before => (format!("{}{lead}", gap.indent), format!("{tail}{ends}")),
        Edge::After => (format!("{ends}{}{lead}", gap.indent), tail),
    };
    Patch::Lines { file: gap.file, at: gap.at, lead, old: texts, tail }
}

/// The patch that puts text below a heading that has none; `own` is empty and stands after the heading.
pub(super) fn below_heading(own: Span, old: &Text, sources: &SourceMap) -> Patch {
    let old = print(old);
    let old = if old.contains("\n\n") { format!("\n\n{old}\n\n") } else { old };
    at_heading(own, String::new(), vec![old], sources)
}

fn under_heading(own: Span, line: &Line<'_>, texts: Vec<String>, sources: &SourceMap) -> Patch {
    let lead = match line.place {
        LinePlace::Item { ordered, .. } => marker(ordered).to_owned(),
        LinePlace::Paragraph { .. } | LinePlace::Row { .. } => String::new(),
    };
    at_heading(own, lead, texts, sources)
}

fn at_heading(own: Span, lead: String, old: Vec<String>, sources: &SourceMap) -> Patch {
    let text = &sources.get(own.file).text;
    let begins_line = text[..own.start].ends_with('\n');
    let lead = format!("{}{lead}", if begins_line { "\n" } else { "\n\n" });
    let tail = if begins_line { "\n" } else { "" };
    Patch::Lines { file: own.file, at: own.start, lead, old, tail: tail.to_owned() }
}

/// The file of a line's first letter.
fn file_of(line: Option<&Line<'_>>) -> Option<FileId> {
    let letters = line?.cells.iter().flat_map(|cell| placed(cell));
    letters.filter_map(|placed| placed.span).next().map(|span| span.file)
}

fn marker(ordered: bool) -> &'static str {
    if ordered { "1. " } else { "- " }
}

fn is_sibling(one: LinePlace, other: LinePlace) -> bool {
    match (one, other) {
        (LinePlace::Row { header }, LinePlace::Row { .. }) => !header,
        (one, other) => one == other,
    }
}

/// The gap before or after a line. A line that comes from a fragment leaves its gap where the fragment is used.
fn gap(line: &Line<'_>, side: Edge, own: Span, sources: &SourceMap) -> Option<Gap> {
    let letters: Vec<Placed> = line.cells.iter().flat_map(|cell| placed(cell)).collect();
    let mut spans = letters.iter().filter_map(|placed| placed.span);
    let first = spans.next()?;
    let span = spans.fold(first, |all, span| if span.file == all.file { all.to(span) } else { all });
    // A line of another file comes from a fragment, or from a municipality's own text after the shared one.
    let used = line.cells.iter().find_map(|cell| cell.used_at);
    let used = used.filter(|used| used.file == own.file && span.file != own.file);
    let at_use = used.is_some();
    let Span { file, start, end } = used.unwrap_or(span);
    let range = start..end;
    let text = &sources.get(file).text;
    // A line's first letter stands where its marker does; the last may stand on a line further down.
    let start = line_start(text, range.start);
    let indent: String = text[start..].chars().take_while(|character| matches!(character, ' ' | '\t')).collect();
    let at = if side == Edge::Before { start } else { line_end(text, range.end) };
    Some(Gap { file, at, indent, side, at_use })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line| line + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |line| at + line)
}
