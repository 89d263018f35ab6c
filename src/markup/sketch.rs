//! Trees as short strings and as the views a reader gets, for the tests of this module.

use super::tree::{Block, MarkKind, Paragraph, Run, RunKind, Side, Text};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Lang, SourceMap, Span};

/// Parses a text with the default change `c`; the codes of the diagnostics beside it.
pub(super) fn parsed(source: &str) -> (Text, Vec<&'static str>) {
    let (file, mut diagnostics) = (file(source), Diagnostics::new());
    let text = super::parse_text(file, source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
    (text, codes(&diagnostics))
}

/// A file of this text.
pub(super) fn file(source: &str) -> FileId {
    SourceMap::default().add("a.md", source)
}

/// The codes of diagnostics, by place.
pub(super) fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.sorted().into_iter().map(|diagnostic| diagnostic.code.id()).collect()
}

/// What a diagnostic fills a place of its wording with; empty where it has no such place.
pub(super) fn said<'d>(diagnostic: &'d Diagnostic, name: &str) -> &'d str {
    diagnostic.args.iter().find(|(argument, _)| *argument == name).map_or("", |(_, phrase)| phrase.words(Lang::Ja))
}

/// The codes of a source's diagnostics, each with the right form that it shows. What a message shows must be right.
pub(super) fn cures(source: &str) -> Vec<(&'static str, String)> {
    let mut diagnostics = Diagnostics::new();
    super::parse_body(file(source), source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
    let shown = diagnostics.sorted().into_iter().map(|diagnostic| {
        let right = said(diagnostic, "right");
        for cure in [right, said(diagnostic, "escaped")] {
            let mut left = Diagnostics::new();
            // The second row of a table is none by itself.
            let header = if cure.starts_with('|') { "|甲|\n" } else { "" };
            let again = format!("## cure\n\n{header}{cure}\n");
            super::parse_body(file(&again), &again, 0..again.len(), Some(&"c".into()), &mut left);
            assert!(left.is_empty(), "{source}: `{cure}` is no cure: {left:?}");
        }
        (diagnostic.code.id(), right.to_owned())
    });
    shown.collect()
}

/// A text as one line: ` / ` between blocks with the mark of the break, `+0(…)` and `-0(…)` marks, `**(…)` strong, `?p(…)` a
/// period, `!(…)` withheld, `[…; …]` a list, `|…|` a table.
pub(super) fn sketch(text: &Text) -> String {
    blocks(text, &text.blocks)
}

fn blocks(text: &Text, list: &[Block]) -> String {
    let mut out = String::new();
    for (number, block) in list.iter().enumerate() {
        let break_mark = match block {
            Block::Paragraph(Paragraph { break_mark: Some(mark), .. }) => Some(*mark),
            _ => None,
        };
        match (number, break_mark) {
            (0, None) => {}
            (0, Some(mark)) => out += &format!("/{mark} "),
            (_, None) => out += " / ",
            (_, Some(mark)) => out += &format!(" /{mark} "),
        }
        match block {
            Block::Paragraph(paragraph) => out += &runs(paragraph),
            Block::List { start, items } => {
                let items: Vec<String> = items.iter().map(|item| blocks(text, item)).collect();
                let start = start.map_or(String::new(), |start| format!("{start}."));
                out += &format!("{start}[{}]", items.join("; "));
            }
            Block::Table { header, rows } => {
                out.push('|');
                for cell in header.iter().chain(rows.iter().flatten()) {
                    out += &format!("{}|", runs(cell));
                }
            }
            Block::Fragment { id, mark, withheld, .. } => {
                out += if withheld.is_some() { "!" } else { "" };
                let mark = mark.map(|mark| match text.marks[mark].kind {
                    MarkKind::Inserted => format!("+{mark}"),
                    MarkKind::Deleted => format!("-{mark}"),
                    MarkKind::Replaced => format!("~{mark}"),
                });
                out += &format!("{}<{id}>", mark.unwrap_or_default());
            }
        }
    }
    out
}

fn runs(paragraph: &Paragraph) -> String {
    paragraph.runs.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    let mut out = match &run.kind {
        RunKind::Text(text) => text.clone(),
        RunKind::Code(code) => format!("`{code}`"),
        RunKind::Break => "⏎".to_owned(),
        RunKind::Term(name) => format!("{{{{{name}}}}}"),
    };
    if run.strong {
        out = format!("**({out})");
    }
    if run.withheld.is_some() {
        out = format!("!({out})");
    }
    if !run.periods.is_empty() {
        out = format!("?{}({out})", run.periods.join(" "));
    }
    match run.mark {
        Some((mark, Side::New)) => format!("+{mark}({out})"),
        Some((mark, Side::Old)) => format!("-{mark}({out})"),
        None => out,
    }
}

/// Which view（改定前・溶け込み版）.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Before,
    After,
}

/// The paragraphs of a view, as a consumer of the tree makes them.
pub(super) fn view(text: &Text, view: View) -> Vec<String> {
    let gone = match view {
        View::Before => (Side::New, MarkKind::Inserted),
        View::After => (Side::Old, MarkKind::Deleted),
    };
    let mut lines: Vec<String> = Vec::new();
    for block in &text.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        let line: String = paragraph
            .runs
            .iter()
            .filter(|run| run.mark.is_none_or(|(_, side)| side != gone.0))
            .filter_map(|run| if let RunKind::Text(text) = &run.kind { Some(text.as_str()) } else { None })
            .collect();
        let is_joined = paragraph.break_mark.is_some_and(|mark| text.marks[mark].kind == gone.1);
        match lines.last_mut() {
            Some(last) if is_joined => last.push_str(&line),
            _ => lines.push(line),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// All places in a text.
pub(super) fn spans(text: &Text) -> Vec<Span> {
    let mut found: Vec<Span> = text.span.into_iter().chain(text.marks.iter().map(|mark| mark.span)).collect();
    block_spans(&text.blocks, &mut found);
    found
}

fn block_spans(blocks: &[Block], found: &mut Vec<Span>) {
    let of = |paragraph: &Paragraph| paragraph.runs.iter().filter_map(|run| run.span).collect::<Vec<_>>();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.extend(of(paragraph)),
            Block::List { items, .. } => items.iter().for_each(|item| block_spans(item, found)),
            Block::Table { header, rows } => found.extend(header.iter().chain(rows.iter().flatten()).flat_map(of)),
            Block::Fragment { span, .. } => found.push(*span),
        }
    }
}
