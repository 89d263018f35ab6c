//! A text as Markdown: what [`parse_text`](super::parse_text) reads as the same tree.
//!
//! Input: a text without marks, fragments and periods, as [`Text::in_state`] makes it. Output: Markdown, one line a paragraph, so
//! that a comparison by lines shows the paragraphs that differ.

use super::foreign::begins_ruby;
use super::listing::is_taken_at_start;
use super::mistyped::is_taken;
use super::plain::State;
use super::tree::{Block, Paragraph, Run, RunKind, Text};

/// The text as Markdown, without a last line end; whatever Markdown or hyoka would read as markup is escaped.
#[must_use]
pub fn print(text: &Text) -> String {
    blocks(&text.blocks, "")
}

/// As [`print()`], with what is withheld as if everybody might read it: two texts that differ in that alone are one text.
#[must_use]
pub fn print_open(text: &Text) -> String {
    let mut text = text.clone();
    text.open();
    print(&text)
}

/// Whether two texts are printed the same by [`print_open`], told without printing them. Where `false`, they may be all the same: then
/// the printed texts decide.
#[must_use]
pub fn print_alike(one: &Text, other: &Text) -> bool {
    alike(&one.blocks, &other.blocks)
}

fn alike(one: &[Block], other: &[Block]) -> bool {
    let cells = |one: &[Paragraph], other: &[Paragraph]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| paragraph_alike(one, other))
    };
    let same = |(one, other): (&Block, &Block)| match (one, other) {
        (Block::Paragraph(one), Block::Paragraph(other)) => paragraph_alike(one, other),
        (Block::List { start: first, items: one }, Block::List { start: second, items: other }) => {
            first == second && one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Block::Table { header, rows }, Block::Table { header: other_header, rows: other_rows }) => {
            cells(header, other_header)
                && rows.len() == other_rows.len()
                && rows.iter().zip(other_rows).all(|(one, other)| cells(one, other))
        }
        _ => false,
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

fn paragraph_alike(one: &Paragraph, other: &Paragraph) -> bool {
    // Most stand in the same runs; a word that was marked and is not any more stands in others.
    runs(one).eq(runs(other)) || pieces(one).eq(pieces(other))
}

/// The runs of a paragraph before its changes.
fn runs(paragraph: &Paragraph) -> impl Iterator<Item = (bool, &RunKind)> {
    paragraph.runs.iter().filter(|run| State::Before.has(run.mark)).map(|run| (run.strong, &run.kind))
}

/// The bytes of a paragraph, each with its look; what is not plain text begins with a sign of its own, as does a run without a byte.
fn pieces(paragraph: &Paragraph) -> impl Iterator<Item = (bool, u8, Option<u8>)> + '_ {
    let shown = paragraph.runs.iter().filter(|run| State::Before.has(run.mark));
    shown.flat_map(|run| {
        let (kind, text) = match &run.kind {
            RunKind::Text(text) => (0, text.as_str()),
            RunKind::Code(code) => (1, code.as_str()),
            RunKind::Break => (2, ""),
            RunKind::Term(name) => (3, name.as_str()),
        };
        let sign = (kind != 0 || text.is_empty()).then_some((run.strong, kind, None));
        sign.into_iter().chain(text.bytes().map(move |byte| (run.strong, kind, Some(byte))))
    })
}

/// Runs as one line of Markdown, as a paragraph's beginning or inside one.
#[must_use]
pub fn print_runs(runs: &[Run], place: Place) -> String {
    let mut out = String::new();
    let mut strong = false;
    let mut withheld = None;
    let mut at_start = place == Place::Start;
    for run in &joined(runs) {
        if withheld.is_some() && run.withheld != withheld {
            out.push_str("!}");
        }
        if run.strong != strong {
            out.push_str("**");
            strong = run.strong;
        }
        if run.withheld.is_some() && run.withheld != withheld {
            out.push_str("{!");
        }
        withheld = run.withheld;
        match &run.kind {
            RunKind::Text(text) => escape(text, at_start, &mut out),
            RunKind::Code(code) => out.push_str(&code_span(code)),
            RunKind::Break => out.push_str("\\\n"),
            RunKind::Term(name) => out.push_str(&format!("{{{{{name}}}}}")),
        }
        at_start = run.kind == RunKind::Break || at_start && run.characters().is_empty();
    }
    if withheld.is_some() {
        out.push_str("!}");
    }
    if strong {
        out.push_str("**");
    }
    out
}

/// Runs that look the same as one, as the parser gives them: only so `1` and `.` are seen to be a list's beginning.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.iter().filter(|run| State::Before.has(run.mark)) {
        let before = out.last_mut().map(|before| ((before.strong, before.withheld), &mut before.kind));
        match (before, &run.kind) {
            (Some((look, RunKind::Text(before))), RunKind::Text(more)) if look == (run.strong, run.withheld) => {
                before.push_str(more)
            }
            _ => out.push(run.clone()),
        }
    }
    out
}

/// Where a line of Markdown begins（行頭か途中か）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the beginning of a paragraph, where `-`, `#` and `1.` mean something.
    Start,
    /// After other text.
    Inside,
}

fn blocks(list: &[Block], indent: &str) -> String {
    let mut out = String::new();
    for (number, block) in list.iter().enumerate() {
        if number > 0 {
            out.push_str("\n\n");
            out.push_str(indent);
        }
        match block {
            Block::Paragraph(paragraph) => out.push_str(&line(paragraph, indent)),
            Block::List { start, items } => out.push_str(&list_lines(*start, items, indent)),
            Block::Table { header, rows } => out.push_str(&table(header, rows, indent)),
            Block::Fragment { id, .. } => out.push_str(&format!("{{{{> {id}}}}}")),
        }
    }
    out
}

fn line(paragraph: &Paragraph, indent: &str) -> String {
    let text = print_runs(&paragraph.runs, Place::Start);
    // A paragraph's last spaces would be lost, and its lines stand below its first.
    let kept = text.trim_end_matches([' ', '\t']);
    let spaces: String = text[kept.len()..].chars().map(|space| format!("&#{};", u32::from(space))).collect();
    format!("{}{spaces}", kept.replace('\n', &format!("\n{indent}")))
}

fn list_lines(start: Option<u64>, items: &[Vec<Block>], indent: &str) -> String {
    let lines: Vec<String> = items
        .iter()
        .zip(start.unwrap_or(0)..)
        .map(|(item, number)| {
            let marker = if start.is_some() { format!("{number}. ") } else { "- ".to_owned() };
            let inner = format!("{indent}{}", " ".repeat(marker.len()));
            format!("{marker}{}", blocks(item, &inner))
        })
        .collect();
    lines.join(&format!("\n{indent}"))
}

fn table(header: &[Paragraph], rows: &[Vec<Paragraph>], indent: &str) -> String {
    let mut lines = vec![print_row(header), format!("|{}", "---|".repeat(header.len()))];
    lines.extend(rows.iter().map(|row| print_row(row)));
    lines.join(&format!("\n{indent}"))
}

/// A table's row as a line.
#[must_use]
pub fn print_row(cells: &[Paragraph]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!(" {} |", print_runs(&cell.runs, Place::Inside))).collect();
    format!("|{}", cells.concat())
}

/// Characters with a backslash before each that would be markup, here or in another dialect.
fn escape(text: &str, at_start: bool, out: &mut String) {
    let start = if at_start { first_lines(text) } else { None };
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let after = text[at + character.len_utf8()..].chars().next();
        let begins_line = at_start && text[..at].chars().all(|before| before == ' ' || before == '\t');
        let as_number = match character {
            ' ' | '\t' => begins_line,
            // No character of its own may end a line: a paragraph is one line of the source.
            '\n' | '\r' | '\0' => true,
            // A backslash before these would be printed.
            '＃' | '＞' | '｜' => at_start && text[..at].trim_start().is_empty(),
            '《' => begins_ruby(&text[..at], &text[at + character.len_utf8()..]),
            _ if begins_line && is_taken_at_start(&text[at..]) => true,
            '｛' | '｝' => is_taken(character, before, after),
            '＊' => [before, after].iter().any(|beside| beside.is_none_or(|beside| beside == '＊')),
            _ => false,
        };
        let is_sign = match character {
            '\\' | '`' | '*' | '{' | '}' | '<' | '>' | '&' | '[' | ']' | '|' | '~' | '^' | '$' => true,
            // Between ASCII letters it is part of a name.
            '_' => [before, after].iter().any(|beside| beside.is_none_or(|beside| !beside.is_ascii_alphanumeric())),
            '=' => [before, after].iter().any(|beside| beside.is_none_or(|beside| beside == '=')),
            '#' => at_start && text[..at].trim_start().is_empty(),
            _ => start == Some(at),
        };
        if as_number {
            out.push_str(&format!("&#{};", u32::from(character)));
        } else {
            out.extend(is_sign.then_some('\\'));
            out.push(character);
        }
        before = Some(character);
    }
}

/// The character that would make a line's beginning a list, a heading or a rule.
fn first_lines(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let next = text[digits..].chars().next()?;
    match next {
        '.' | ')' if digits > 0 => Some(digits),
        '-' | '+' | '#' | '=' | '_' | ':' if digits == 0 => Some(0),
        _ => None,
    }
}

/// Code between as many backticks as it needs.
fn code_span(code: &str) -> String {
    let longest = code.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sketch::{parsed, sketch};
    use super::*;

    #[test]
    fn markdown_is_printed_as_it_was_read() {
        for source in [
            "一。\n\n二\\\n三。",
            "- a\n- b\n\n  c\n\n  - d\n\n1. e\n2. f",
            "| a | b |\n|---|---|\n| c | d |",
            "**強**と`code`と{{term}}。",
            "一{!二!}**三**{!四!}{!五!}六",
            "- {!一\\\n  二!}\n- 三",
        ] {
            let (text, diagnostics) = parsed(source);
            assert!(diagnostics.is_empty());
            assert_eq!(print(&text), source);
        }
    }

    /// Text with every character that means something somewhere, and pieces that another dialect would read.
    fn characters() -> impl Strategy<Value = String> {
        let pieces = [
            "｛｛",
            "｝｝",
            "｛",
            "｝",
            "＋＋",
            "ーー",
            "～＞",
            "{own}",
            "[^1]",
            "[ ] ",
            "==",
            "~~",
            "$x$",
            "_x_",
            "__",
            "＃＃ a",
            "#a",
            "＊＊一＊＊",
            "://",
            "- ",
            "・",
            "－ ",
            "１．",
            "1）",
            "＞ ",
            "｜一｜",
            "漢《かん》",
            "x^2^",
            "①　",
        ];
        let any = "[ あ漢、。（「a1.)#>|*_`~{}\\[\\]<&:!=+?$\\\\　-]{1,4}";
        let piece =
            prop_oneof![3 => any.boxed(), 1 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)];
        proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
    }

    fn tree() -> impl Strategy<Value = Vec<Block>> {
        let run = (characters(), any::<bool>(), 0..8_u8).prop_map(|(text, strong, kind)| Run {
            kind: if kind == 0 { RunKind::Break } else { RunKind::Text(text) },
            strong: strong && kind != 0,
            ..Run::plain("")
        });
        let paragraph = proptest::collection::vec(run, 1..4)
            .prop_filter("a paragraph has text at both ends", |runs| {
                let solid = |run: Option<&Run>| run.is_some_and(|run| run.kind != RunKind::Break);
                solid(runs.first())
                    && solid(runs.last())
                    && runs.iter().any(|run| run.kind != RunKind::Break && !run.kind.is_blank())
            })
            .prop_map(|runs| Block::Paragraph(Paragraph { runs, ..Paragraph::default() }));
        let leaf = proptest::collection::vec(paragraph, 1..3);
        leaf.prop_recursive(3, 12, 3, |inner| {
            let list = (proptest::option::of(1..30_u64), proptest::collection::vec(inner.clone(), 1..4))
                .prop_map(|(start, items)| Block::List { start, items });
            (inner, list).prop_map(|(mut blocks, list)| {
                // Lists that touch are one.
                if matches!(blocks.last(), Some(Block::List { .. })) {
                    blocks.push(Block::Paragraph(Paragraph { runs: vec![Run::plain("文")], ..Paragraph::default() }));
                }
                blocks.push(list);
                blocks
            })
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_as_the_same_tree(blocks in tree()) {
            let text = Text { blocks, ..Text::default() };
            let printed = print(&text);
            let (read, diagnostics) = parsed(&printed);
            prop_assert!(diagnostics.is_empty(), "{:?} in {}", diagnostics, printed);
            prop_assert_eq!(sketch(&read), sketch(&as_read(&text)), "{}", printed);
            prop_assert_eq!(print(&read), printed);
        }
    }

    proptest! {
        #[test]
        fn what_is_alike_is_printed_alike(one in tree(), other in tree()) {
            let (one, other) = (Text { blocks: one, ..Text::default() }, Text { blocks: other, ..Text::default() });
            prop_assert!(!print_alike(&one, &other) || print_open(&one) == print_open(&other));
            prop_assert!(print_alike(&one, &as_read(&one)) && print_open(&one) == print_open(&as_read(&one)));
        }
    }

    #[test]
    fn what_looks_otherwise_is_not_alike() {
        let all = [
            "一二",
            "**一二**",
            "一**二**",
            "`一二`",
            "`一``二`",
            "一\\\n二",
            "一\n\n二",
            "- 一二",
            "1. 一二",
            "2. 一二",
            "{{一二}}",
        ];
        for one in all {
            for other in all {
                let (first, second) = (parsed(one).0, parsed(other).0);
                assert_eq!(print_alike(&first, &second), one == other, "{one} {other}");
            }
        }
        assert!(print_alike(&parsed("一{!二!}").0, &parsed("一二").0), "what is withheld is read as if it were not");
    }

    /// The text as the parser gives it.
    fn as_read(text: &Text) -> Text {
        let mut text = text.clone();
        super::super::for_each_paragraph(&mut text.blocks, &mut |paragraph| paragraph.runs = joined(&paragraph.runs));
        text
    }
}
