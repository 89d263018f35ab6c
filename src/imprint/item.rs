//! Items of an imprint and their lines, written as text and read again.

use std::borrow::Borrow;

use typst::utils::LazyHash;

use crate::document::tree::{MarkRef, MarkShow, Run};
use crate::model::ItemPath;

/// An item with all that is printed of it（刷り上がりの項目）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Path of the row, record, figure or list; of what has none the section's. May stand more than once in a document.
    pub path: ItemPath,
    /// From top to bottom; never empty.
    /// Under their hash: items are held against each other at every edit, and most stand as they stood.
    pub lines: LazyHash<Vec<Line>>,
    /// Byte of its heading in the file that it was read from; 0 where it was made.
    pub at: usize,
}

/// One thing that a reader sees（刷り上がりの行）.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// What it is, in Japanese; a number or a depth may follow after a space.
    pub name: String,
    /// What is printed; looks and marks in it are written as in the source.
    pub text: String,
}

/// What kind of thing a line shows（行の種類）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    /// Words that an author wrote for an item, or a box that is ticked.
    Words,
    /// Titles, heads, labels of the form, how something is set.
    Look,
    /// Where a box of a figure stands, and what is drawn round it.
    Place,
    /// What was answered to a checklist.
    Answer,
}

/// Names of lines that are not of the look.
const WORDS: &[&str] = &["本文", "行", "選択", "記入", "記録", "図", "枠", "矢印", "対策", "表の行"];
const PLACE: &[&str] = &["場所", "囲み"];
const ANSWER: &[&str] = &["回答", "内容", "備考", "理由"];

impl Item {
    /// Whether both say the same of the same thing, wherever they were read.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        self.path == other.path && self.lines == other.lines
    }
}

impl Line {
    /// A line.
    pub(super) fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// What kind of thing it shows.
    #[must_use]
    pub fn kind(&self) -> LineKind {
        let first = self.name.split(' ').next().unwrap_or_default();
        let is = |names: &[&str]| names.contains(&first);
        if is(WORDS) {
            LineKind::Words
        } else if is(PLACE) {
            LineKind::Place
        } else if is(ANSWER) {
            LineKind::Answer
        } else {
            LineKind::Look
        }
    }

    /// What is printed, without looks and marks.
    #[must_use]
    pub fn plain(&self) -> String {
        plain(&self.text)
    }

    /// Whether something in it is shown as changed.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.text.contains("{++") || self.text.contains("{--")
    }
}

/// Plain text as it stands in a line.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// Writes plain text as it stands in a line.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    // A whole form is read off at every edit, and few letters of it are signs.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'\n' | b'\\' | b'*' | b'`' | b'{' | b'}' | b'|'))
    {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'\n' => out.push_str("\\n"),
            sign => out.extend(['\\', char::from(sign)]),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Runs as they stand in a line: what looks alike is one piece.
pub(super) fn inline(runs: &[Run]) -> String {
    let mut out = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
    let mut rest: &[Run] = runs;
    while let Some((first, _)) = rest.split_first() {
        let mark = shown(first);
        let alike = |run: &&Run| {
            run.text.is_empty() || (run.strong == first.strong && run.code == first.code && shown(run) == mark)
        };
        let count = 1 + rest[1..].iter().take_while(alike).count();
        let (piece, behind) = rest.split_at(count);
        rest = behind;
        if piece.iter().all(|run| run.text.is_empty()) {
            continue;
        }
        let strong = if first.strong { "**" } else { "" };
        let code = if first.code { "`" } else { "" };
        let (open, close) = match mark.map(|mark| mark.show) {
            Some(MarkShow::Ins) => ("{++", "++}"),
            Some(MarkShow::Del) => ("{--", "--}"),
            Some(MarkShow::None) | None => ("", ""),
        };
        out.extend([open, strong, code]);
        piece.iter().for_each(|run| escape(&run.text, &mut out));
        out.extend([code, strong, close]);
    }
    out
}

/// The mark of a run, where it is shown.
fn shown(run: &Run) -> Option<&MarkRef> {
    run.mark.as_ref().filter(|mark| mark.show != MarkShow::None)
}

/// A line's text without looks and marks.
fn plain(text: &str) -> String {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            '*' | '`' | '|' => {}
            // The sign of a mark stands inside its braces.
            '{' => {
                letters.nth(1);
            }
            '}' => out.truncate(out.len().saturating_sub(2)),
            other => out.push(other),
        }
    }
    out.into_iter().collect()
}

/// The path of a row of a list: what the row tells of may stand in more than one.
pub(super) fn listed_path(list: &ItemPath, row: &str) -> ItemPath {
    format!("{list}:{row}").as_str().into()
}

/// What a row of a list tells of.
pub(super) fn told_by(path: &ItemPath) -> Option<ItemPath> {
    path.to_string().split_once(':').map(|(_, row)| row.into())
}

/// Items as the text of a file.
pub(super) fn write(items: &[impl Borrow<Item>]) -> String {
    let mut out = String::new();
    for item in items.iter().map(Borrow::borrow) {
        if !out.is_empty() {
            out.push('\n');
        }
        out += &format!("## {}\n\n", item.path);
        for line in item.lines.iter() {
            out += &format!("{}: {}\n", line.name, line.text);
        }
    }
    out
}

/// Items of a file; what is no line of an item is passed over, since seals see to it that nobody wrote there.
pub(super) fn read(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        if let Some(path) = written.strip_prefix("## ") {
            items.push(Item { path: path.into(), lines: Vec::new().into(), at });
        } else if let (Some(item), Some((name, text))) = (items.last_mut(), written.split_once(": ")) {
            item.lines.push(Line::new(name, text));
        }
        at += line.len();
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        Run { text: text.to_owned(), ..Run::default() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let item = |path: &str, lines: &[(&str, &str)]| Item {
            path: path.into(),
            lines: lines.iter().map(|(name, text)| Line::new(*name, *text)).collect::<Vec<_>>().into(),
            at: 0,
        };
        let items = [item("a/b", &[("本文", "x: y"), ("節", "")]), item("a/b", &[("項目 1", " 空 ")])];
        let mut read = read(&write(&items));
        assert_eq!(read[1].at, write(&items[..1]).len() + 1);
        read.iter_mut().for_each(|item| item.at = 0);
        assert_eq!(read, items);
    }

    #[test]
    fn looks_are_seen_and_can_be_taken_off() {
        let mark = |show| Some(MarkRef { key: "k".into(), show });
        let runs = [
            run("一*"),
            Run { mark: mark(MarkShow::None), ..run("二\n") },
            Run { strong: true, ..run("三") },
            Run { mark: mark(MarkShow::Ins), ..run("四{") },
            Run { mark: mark(MarkShow::Ins), ..run("五++") },
            Run { mark: mark(MarkShow::Del), code: true, ..run("六") },
        ];
        let text = inline(&runs);
        assert_eq!(text, "一\\*二\\n**三**{++四\\{五++++}{--`六`--}");
        assert_eq!(plain(&text), "一*二\n三四{五++六");
    }
}
