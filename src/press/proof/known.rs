//! What everybody may read: the source without its withheld parts.

use std::ops::Range;

use super::unpack::bare;
use crate::change::WithheldPart;
use crate::diagnostic::{FileId, SourceMap, Span};
use crate::markup::{Block, Paragraph, State, Text};
use crate::model::{Case, Filled, Model};
use crate::source::{Templates, toml_comments};

/// Where public text holds some words.
#[derive(Debug, Clone)]
pub(super) struct Occurrence {
    /// In words.
    pub(super) place: String,
    /// In the source, where it can be pointed at.
    pub(super) span: Option<Span>,
}

/// A line of public text.
struct Line {
    text: String,
    place: String,
    span: Option<Span>,
}

/// All public text（公表する部分の文字）.
pub(super) struct Known {
    lines: Vec<Line>,
}

impl Known {
    /// The lines of the source outside the withheld parts, and the paragraphs that come of them when terms and fragments are in place.
    pub(super) fn of(model: &Model, (sources, templates): (&SourceMap, &Templates), parts: &[WithheldPart]) -> Self {
        let hidden = Hidden::of(sources, parts);
        let mut lines = Vec::new();
        // An edition holds what was submitted, and is itself not published.
        for (id, file) in sources.iter().filter(|(_, file)| !file.path.starts_with("content/editions")) {
            let mut start = 0;
            for line in file.text.split_inclusive('\n') {
                let at = Span::new(id, start..start + line.trim_end().len());
                start += line.len();
                let text = bare(&hidden.outside(at, &file.text));
                if !text.is_empty() {
                    // A form's words are nobody's secret: that an option is printed does not tell that it is chosen.
                    let is_form = file.path.parent().is_some_and(|folder| folder.ends_with("forms"));
                    lines.push(Line { text, place: line_of(sources, at), span: (!is_form).then_some(at) });
                }
            }
        }
        for case in model.municipalities.iter().flat_map(|municipality| municipality.cases.values()) {
            for text in texts(case) {
                paragraphs(text, &hidden, sources, &mut lines);
            }
        }
        for (path, text) in templates.below("") {
            lines.push(Line { text: bare(text), place: format!("templates/{path}"), span: None });
        }
        Self { lines }
    }

    /// Where words are public.
    pub(super) fn find(&self, needle: &str) -> Option<Occurrence> {
        let line = self.lines.iter().find(|line| line.text.contains(needle))?;
        Some(Occurrence { place: line.place.clone(), span: line.span })
    }
}

/// The bytes of each file that are withheld.
struct Hidden {
    ranges: Vec<(FileId, Range<usize>)>,
}

impl Hidden {
    fn of(sources: &SourceMap, parts: &[WithheldPart]) -> Self {
        let mut ranges: Vec<(FileId, Range<usize>)> = Vec::new();
        let spans = parts.iter().flat_map(|part| part.place.iter().chain(&part.stands));
        ranges.extend(spans.map(|span| (span.file, span.start..span.end)));
        for (id, file) in sources.iter() {
            ranges.extend(braced(&file.text).into_iter().map(|range| (id, range)));
            // What a comment says is printed nowhere: the reason of an acceptance may quote what is withheld.
            ranges.extend(comments(&file.text, &file.path).into_iter().map(|range| (id, range)));
        }
        // Of a field of a setting only its words are known: each part hides one string that says just that.
        for part in parts.iter().filter(|part| part.stands.is_empty() && !part.text.is_empty()) {
            let Some(place) = part.place else { continue };
            let text = &sources.get(place.file).text;
            let found = text.match_indices(&part.text).map(|(at, found)| at..at + found.len());
            let free = found.filter(|range| !ranges.contains(&(place.file, range.clone())));
            let next = free.min_by_key(|range| range.start.abs_diff(place.start));
            ranges.extend(next.map(|range| (place.file, range)));
        }
        Self { ranges }
    }

    /// The characters at a place that are not withheld, a break in place of those that are.
    fn outside(&self, at: Span, text: &str) -> String {
        let mut cuts: Vec<&Range<usize>> = self
            .ranges
            .iter()
            .filter(|(file, range)| *file == at.file && range.start < at.end && at.start < range.end)
            .map(|(_, range)| range)
            .collect();
        cuts.sort_by_key(|range| range.start);
        let mut out = String::new();
        let mut from = at.start;
        for cut in cuts {
            if from < cut.start {
                out.push_str(&text[from..cut.start]);
            }
            out.push('\u{fffd}');
            from = from.max(cut.end);
        }
        if from < at.end {
            out.push_str(&text[from..at.end]);
        }
        out
    }

    fn holds(&self, span: Span) -> bool {
        self.ranges.iter().any(|(file, range)| *file == span.file && range.start <= span.start && span.end <= range.end)
    }
}

/// The ranges of `{!…!}` in a file.
pub(super) fn braced(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{!").map(|at| from + at) {
        let end = text[start..].find("!}").map_or(text.len(), |at| start + at + 2);
        found.push(start..end);
        from = end;
    }
    found
}

/// The ranges of the comments of a file, those of its front matter included.
fn comments(text: &str, path: &std::path::Path) -> Vec<Range<usize>> {
    if path.extension().is_some_and(|ending| ending == "toml") {
        return toml_comments(text);
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
        let end = text[start..].find("-->").map_or(text.len(), |at| start + at + 3);
        found.push(start..end);
        from = end;
    }
    let front = text.strip_prefix("+++").and_then(|rest| rest.split_once("\n+++")).map_or("", |(front, _)| front);
    found.extend(toml_comments(front).into_iter().map(|range| range.start + 3..range.end + 3));
    found
}

fn texts(case: &Case) -> Vec<&Text> {
    let mut all: Vec<&Text> = case.all_filled().flat_map(Filled::texts).collect();
    all.extend(case.changes.summary.iter().map(|summary| &summary.text));
    all.extend(case.checklist.iter().flat_map(|checklist| checklist.texts.values()));
    all
}

fn paragraphs(text: &Text, hidden: &Hidden, sources: &SourceMap, lines: &mut Vec<Line>) {
    fn walk(blocks: &[Block], visit: &mut impl FnMut(&Paragraph)) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => visit(paragraph),
                Block::List { items, .. } => items.iter().for_each(|item| walk(item, visit)),
                Block::Table { header, rows } => {
                    header.iter().chain(rows.iter().flatten()).for_each(&mut *visit);
                }
                Block::Fragment { .. } => {}
            }
        }
    }
    walk(&text.blocks, &mut |paragraph| {
        for state in [State::Before, State::After] {
            let mut words = String::new();
            let mut span = None;
            for run in paragraph.runs.iter().filter(|run| state.has(run.mark)) {
                // A run without a flag inside a withheld range has lost it; its words are no public words.
                if run.withheld.is_some() || run.span.is_some_and(|at| hidden.holds(at)) {
                    words.push('\u{fffd}');
                } else {
                    span = span.or(run.span);
                    words.push_str(run.characters());
                }
            }
            let place = span.map_or_else(|| "様式".to_owned(), |span| line_of(sources, span));
            lines.push(Line { text: bare(&words), place, span });
        }
    });
}

/// `file:line:column` of the beginning of a place, the column in characters.
pub(super) fn line_of(sources: &SourceMap, span: Span) -> String {
    let file = sources.get(span.file);
    let before = &file.text[..span.start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{}:{line}:{column}", file.path.display())
}
