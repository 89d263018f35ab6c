//! Two texts compared, line by line and then phrase by phrase.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::difference::{ByHand, Difference, DifferenceKind, Patch};
use super::line::{Line, LinePlace, lines};
use super::notation::is_notation_only;
use super::phrase::phrases;
use super::place::{Placed, outside, placed};
use super::spot::{Spot, put_in};
use crate::change::project;
use crate::diagnostic::SourceMap;
use crate::markup::{Paragraph, Place, Run, RunKind, Text, print_open, print_runs};
use crate::model::manifest::View;

/// Two lines are versions of one another from this likeness on (Sørensen–Dice over pairs of characters).
const ALIKE: f64 = 0.4;
/// Pairs of lines that are looked at one by one; a larger block of changed lines is deleted and inserted as it is.
const MOST_PAIRS: usize = 4_000;

/// Where a text's marks are written（印を書く先）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// All files.
    pub sources: &'a SourceMap,
    /// Where an author writes the item.
    pub spot: Spot,
}

/// The differences between a frozen text and the text as marked, in order.
pub(super) fn compare_texts(old: &Text, marked: &Text, target: Target<'_>) -> Vec<Difference> {
    let shown = project(marked, View::Before);
    let (old_lines, new_lines) = (lines(old), lines(&shown));
    let (old_texts, new_texts): (Vec<String>, Vec<String>) =
        (old_lines.iter().map(Line::characters).collect(), new_lines.iter().map(Line::characters).collect());
    let mut differ = Differ { shown: &shown, target, old: &old_lines, new: &new_lines, found: Vec::new() };
    // A value has one line: whatever stands there now stands in place of what did.
    if let (Spot::Value(_), [_], [_]) = (target.spot, &old_texts[..], &new_texts[..]) {
        differ.changed(0, 0);
        return differ.found;
    }
    for (old, new) in blocks(capture_diff_slices(Algorithm::Patience, &old_texts, &new_texts)) {
        differ.replaced(pair(&old_texts, &new_texts, old, new));
    }
    let mut found = differ.found;
    if found.is_empty() && print_open(old) != print_open(&marked.in_state(crate::markup::State::Before)) {
        found.push(Difference {
            old: String::new(),
            new: String::new(),
            span: shown.span,
            kind: DifferenceKind::Shape,
            patch: Patch::ByHand(ByHand::NoPlace),
        });
    }
    found
}

/// What stands between the equal parts, deleted and inserted together.
fn blocks(operations: Vec<DiffOp>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for operation in operations {
        if matches!(operation, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (operation.old_range(), operation.new_range());
        match found.last_mut() {
            Some(last) if last.0.end == old.start && last.1.end == new.start => {
                last.0.end = old.end;
                last.1.end = new.end;
            }
            _ => found.push((old, new)),
        }
    }
    found
}

/// How lines of a block that was rewritten belong together, in the order of both.
enum Pair {
    Both(usize, usize),
    /// An old line and the new line before which it stood.
    Old(usize, usize),
    New(usize),
}

/// Pairs the lines that are most alike, keeping the order.
fn pair(old_texts: &[String], new_texts: &[String], old: Range<usize>, new: Range<usize>) -> Vec<Pair> {
    let (rows, columns) = (old.len(), new.len());
    let mut best = vec![vec![0.0_f64; columns + 1]; rows + 1];
    let likeness = |row: usize, column: usize| {
        let (one, other) = (&old_texts[old.start + row], &new_texts[new.start + column]);
        let alike = if is_notation_only(one, other) { 1.0 } else { likeness_of(one, other) };
        if alike >= ALIKE { alike } else { 0.0 }
    };
    let alike: Vec<Vec<f64>> = if rows * columns > MOST_PAIRS {
        vec![vec![0.0; columns]; rows]
    } else {
        (0..rows).map(|row| (0..columns).map(|column| likeness(row, column)).collect()).collect()
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let both = best[row + 1][column + 1] + alike[row][column];
            best[row][column] = both.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows || column < columns {
        let both = row < rows && column < columns && alike[row][column] > 0.0;
        if both && best[row][column] <= best[row + 1][column + 1] + alike[row][column] {
            pairs.push(Pair::Both(old.start + row, new.start + column));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || best[row][column] <= best[row + 1][column]) {
            pairs.push(Pair::Old(old.start + row, new.start + column));
            row += 1;
        } else {
            pairs.push(Pair::New(new.start + column));
            column += 1;
        }
    }
    pairs
}

/// Sørensen–Dice over pairs of characters, from 0 to 1. The crate divides by bytes, of which a Japanese character has three.
fn likeness_of(one: &str, other: &str) -> f64 {
    let sizes = |text: &str| {
        let letters = || text.chars().filter(|letter| !letter.is_whitespace());
        (letters().map(char::len_utf8).sum::<usize>(), letters().count())
    };
    let ((one_bytes, one_letters), (other_bytes, other_letters)) = (sizes(one), sizes(other));
    let letters = (one_letters + other_letters).saturating_sub(2).max(1);
    let bytes = (one_bytes + other_bytes).saturating_sub(2);
    #[expect(clippy::cast_precision_loss, reason = "lines are far shorter than 2^52 bytes")]
    let factor = bytes as f64 / letters as f64;
    (strsim::sorensen_dice(one, other) * factor).min(1.0)
}

struct Differ<'a, 't> {
    shown: &'t Text,
    target: Target<'a>,
    old: &'a [Line<'t>],
    new: &'a [Line<'t>],
    found: Vec<Difference>,
}

impl Differ<'_, '_> {
    fn replaced(&mut self, pairs: Vec<Pair>) {
        for pair in pairs {
            match pair {
                Pair::Both(old, new) => self.changed(old, new),
                Pair::Old(old, before) => self.gone(old, before),
                Pair::New(new) => self.added(new),
            }
        }
    }

    /// A line that is gone; it stood before the new line of this number.
    fn gone(&mut self, old: usize, before: usize) {
        let line = &self.old[old];
        let patch = if let Spot::Value(_) = self.target.spot {
            self.target.spot.whole_value(&line.cells[0].runs, self.shown, self.target.sources)
        } else {
            let previous = before.checked_sub(1).map(|number| &self.new[number]);
            put_in(line, previous, self.new.get(before), self.target)
        };
        let near = before.checked_sub(1).and_then(|number| self.new.get(number)).or(self.new.get(before));
        let span = near.and_then(|near| self.end_of(near)).or(self.target.spot.span());
        self.push(Difference { old: line.characters(), new: String::new(), span, kind: DifferenceKind::Words, patch });
    }

    /// The last character of a line: what is gone stood after it.
    fn end_of(&self, line: &Line<'_>) -> Option<crate::diagnostic::Span> {
        let letters = line.cells.iter().flat_map(|cell| placed(cell));
        letters.filter_map(|placed| placed.span).next_back()
    }

    fn added(&mut self, new: usize) {
        for cell in &self.new[new].cells {
            let placed = placed(cell);
            if !placed.is_empty() {
                self.hunk(&placed, 0..placed.len(), &[]);
            }
        }
    }

    fn changed(&mut self, old: usize, new: usize) {
        let (old_line, new_line) = (&self.old[old], &self.new[new]);
        if old_line.cells.len() != new_line.cells.len() {
            self.gone(old, new);
            return self.added(new);
        }
        for (old_cell, new_cell) in old_line.cells.iter().zip(&new_line.cells) {
            self.cell(old_cell, new_cell);
        }
    }

    fn cell(&mut self, old: &Paragraph, new: &Paragraph) {
        let placed = placed(new);
        let old_characters = characters(old);
        let new_characters: Vec<char> = placed.iter().map(|placed| placed.character).collect();
        let names = names(&placed);
        let old_phrases = phrases(&old_characters, &names);
        let new_phrases = unparted(phrases(&new_characters, &names), &placed);
        let of = |line: &[char], phrases: &[Range<usize>]| -> Vec<String> {
            phrases.iter().map(|range| line[range.clone()].iter().collect()).collect()
        };
        let operations = capture_diff_slices(
            Algorithm::Myers,
            &of(&old_characters, &old_phrases),
            &of(&new_characters, &new_phrases),
        );
        let bounds = |phrases: &[Range<usize>], from: usize, length: usize, end: usize| {
            let start = phrases.get(from).map_or(end, |phrase| phrase.start);
            start..phrases.get(from + length).map_or(end, |phrase| phrase.start)
        };
        let mut hunks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for (old, new) in blocks(operations) {
            let old = bounds(&old_phrases, old.start, old.len(), old_characters.len());
            let new = bounds(&new_phrases, new.start, new.len(), new_characters.len());
            match hunks.last_mut() {
                Some((old_before, new_before)) if is_joint(&new_characters[new_before.end..new.start]) => {
                    old_before.end = old.end;
                    new_before.end = new.end;
                }
                _ => hunks.push((old, new)),
            }
        }
        for (old_range, new_range) in hunks {
            let runs = part(old, old_range);
            self.hunk(&placed, new_range, &runs);
        }
    }

    /// One phrase that differs: these characters stand where those runs stood.
    fn hunk(&mut self, placed: &[Placed], new: Range<usize>, old: &[Run]) {
        let fresh: String = placed[new.clone()].iter().map(|placed| placed.character).collect();
        let gone: String = old.iter().map(Run::characters).collect();
        let kind = if is_notation_only(&gone, &fresh) { DifferenceKind::Notation } else { DifferenceKind::Words };
        let spans = placed[new.clone()].iter().filter_map(|placed| placed.span);
        let neighbour = placed.get(new.start).or(placed.get(new.start.wrapping_sub(1)));
        let span = spans.reduce(|all, span| if all.file == span.file { all.to(span) } else { all });
        let span = span.or(neighbour.and_then(|placed| placed.span)).or(self.target.spot.span());
        let patch = self.phrase_patch(placed, new, old);
        self.push(Difference { old: gone, new: fresh, span, kind, patch });
    }

    fn phrase_patch(&self, placed: &[Placed], new: Range<usize>, old: &[Run]) -> Patch {
        let inside = &placed[new.clone()];
        if inside.iter().any(|placed| placed.mark.is_some()) {
            return Patch::ByHand(ByHand::InsideMark);
        }
        if !self.target.spot.is_letter_by_letter(placed) {
            let old_line = self.old.first().map(|line| line.cells[0].runs.clone()).unwrap_or_default();
            return self.target.spot.whole_value(&old_line, self.shown, self.target.sources);
        }
        let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
        for placed in inside {
            let Some(span) = placed.span else { return Patch::ByHand(ByHand::NoPlace) };
            match pieces.last_mut() {
                Some((piece, run)) if *run == placed.run => piece.end = piece.end.max(span.end),
                _ => pieces.push((span.start..span.end, placed.run)),
            }
        }
        let file_of = |placed: &Placed| placed.span.map(|span| span.file);
        let before = new.start.checked_sub(1).map(|at| &placed[at]);
        let after = placed.get(new.end);
        let spot = match (pieces.first(), before, after) {
            (Some((piece, _)), ..) => file_of(&inside[0]).map(|file| (file, piece.start)),
            (None, Some(before), after) => {
                // Where the text before stands in a mark, the one after it is nearer to the place.
                let free =
                    after.filter(|after| before.span.is_none() || (before.mark.is_some() && after.mark.is_none()));
                match free {
                    Some(after) => outside(after, self.shown, false).map(|span| (span.file, span.start)),
                    None => outside(before, self.shown, true).map(|span| (span.file, span.end)),
                }
            }
            (None, None, Some(after)) => outside(after, self.shown, false).map(|span| (span.file, span.start)),
            (None, None, None) => None,
        };
        let Some((file, at)) = spot else { return Patch::ByHand(ByHand::NoPlace) };
        let place = if before.is_none() && pieces.is_empty() { Place::Start } else { Place::Inside };
        // Inside of a withheld part the old text is withheld with it; elsewhere it keeps the braces that it had.
        let beside = inside.first().or(before).or(after).filter(|beside| beside.withheld);
        if beside.is_some_and(|beside| beside.mark.is_some()) {
            return Patch::ByHand(ByHand::InsideMark);
        }
        let open: Vec<Run> = old.iter().map(|run| Run { withheld: None, ..run.clone() }).collect();
        let old = if beside.is_some() { &open } else { old };
        let old = self.target.spot.escaped(old, place, self.target.sources);
        Patch::Phrase { file, pieces: pieces.into_iter().map(|(piece, _)| piece).collect(), at, old }
    }

    fn push(&mut self, difference: Difference) {
        self.found.push(difference);
    }
}

/// Whether what stands between two changes is so short that one mark for all reads better.
fn is_joint(between: &[char]) -> bool {
    between.len() <= 2 && between.iter().all(|character| ('ぁ'..='ゟ').contains(character))
}

/// Terms and other runs that cannot be parted, as names.
fn names(placed: &[Placed]) -> Vec<Vec<char>> {
    let mut names: Vec<Vec<char>> = Vec::new();
    let mut run = None;
    for placed in placed.iter().filter(|placed| placed.whole) {
        if run == Some(placed.run) {
            names.last_mut().expect("a run began").push(placed.character);
        } else {
            names.push(vec![placed.character]);
        }
        run = Some(placed.run);
    }
    names
}

/// Phrases widened so that none ends inside a run that cannot be parted.
fn unparted(phrases: Vec<Range<usize>>, placed: &[Placed]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::with_capacity(phrases.len());
    for phrase in phrases {
        let parted =
            |at: usize| at > 0 && at < placed.len() && placed[at].whole && placed[at].run == placed[at - 1].run;
        match found.last_mut() {
            Some(before) if parted(phrase.start) => before.end = phrase.end,
            _ => found.push(phrase),
        }
    }
    found
}

fn characters(paragraph: &Paragraph) -> Vec<char> {
    paragraph.runs.iter().flat_map(|run| run.characters().chars().collect::<Vec<_>>()).collect()
}

/// The runs of a range of a paragraph's characters.
fn part(paragraph: &Paragraph, range: Range<usize>) -> Vec<Run> {
    let mut at = 0;
    let mut found = Vec::new();
    for run in &paragraph.runs {
        let letters: Vec<char> = run.characters().chars().collect();
        let from = range.start.clamp(at, at + letters.len()) - at;
        let to = range.end.clamp(at, at + letters.len()) - at;
        if from < to {
            let text: String = letters[from..to].iter().collect();
            let bytes = |count: usize| letters[..count].iter().map(|letter| letter.len_utf8()).sum();
            found.push(match &run.kind {
                RunKind::Text(_) => run.part(bytes(from)..bytes(to)),
                RunKind::Term(_) => run.with_text(text),
                RunKind::Code(_) => Run { kind: RunKind::Code(text), ..run.clone() },
                RunKind::Break => run.clone(),
            });
        }
        at += letters.len();
    }
    found
}

/// Runs as Markdown for a mark on a line of its own.
pub(super) fn as_markdown(runs: &[Run]) -> String {
    print_runs(runs, Place::Inside)
}

/// Whether a line is a table's row.
pub(super) fn is_row(line: &Line<'_>) -> bool {
    matches!(line.place, LinePlace::Row { .. })
}
