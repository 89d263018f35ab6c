//! The word ledger（語の控え）: what stands in a shown cell is placed, named, or printed by the form itself; the rest is named here.
//!
//! Only letters and digits count. A cell that was given to an item may say whatever stands in the files; a cell that was given to none is
//! a label or a part of the form, and whatever else it says is told.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::script::Script;
use super::walk::{Shown, Unplaced, Walked};
use super::{EntryFile, Imported};
use crate::diagnostic::Lang;
use crate::model::manifest::ItemDef;
use crate::render::OPTIONS;

/// Letters and digits of a text in one notation of width, and for each of them the bytes of the text that it comes from.
struct Letters {
    letters: Vec<char>,
    origin: Vec<(usize, usize)>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut found = Self { letters: Vec::new(), origin: Vec::new() };
        for (at, source) in text.char_indices() {
            for letter in std::iter::once(source).nfkc().filter(|letter| letter.is_alphanumeric()) {
                found.letters.push(letter);
                found.origin.push((at, at + source.len_utf8()));
            }
        }
        found
    }

    fn text(&self) -> String {
        self.letters.iter().collect()
    }
}

fn letters(text: &str) -> String {
    Letters::of(text).text()
}

/// Words of shown cells that are in no file and in no message, each with its cell and the label of the item that the cell was given to.
pub(super) fn lost(script: &Script<'_>, walked: &Walked, imported: &Imported) -> Vec<Unplaced> {
    let printed = printed(script);
    let named = named(imported);
    let written = written(imported);
    let mut lost = Vec::new();
    for cell in &walked.shown {
        let owner = owner(script, walked, cell);
        let has = |run: &str| named.contains(run) || (owner.is_some() || cell.is_drawn) && written.contains(run);
        // A record or a figure is printed with its number before its title.
        let known = |run: &str| {
            let title = run.trim_start_matches(|letter: char| letter.is_ascii_digit());
            has(run) || !title.is_empty() && has(title)
        };
        let left: Vec<&str> = cell.text.lines().flat_map(|line| left(line, &printed, &known)).collect();
        if !left.is_empty() {
            lost.push(Unplaced {
                sheet: cell.sheet.clone(),
                cell: cell.place.label(),
                text: left.join("　"),
                label: owner.unwrap_or_default(),
            });
        }
    }
    lost
}

/// The parts of a line that the form does not print and that are not known.
fn left<'l>(line: &'l str, printed: &BTreeSet<String>, known: &impl Fn(&str) -> bool) -> Vec<&'l str> {
    /// Most digits of a page number.
    const PAGE_DIGITS: usize = 3;
    let line_letters = Letters::of(line);
    let text = line_letters.text();
    if text.is_empty() || printed.contains(&text) || known(&text) {
        return Vec::new();
    }
    let mut covered = vec![false; line_letters.letters.len()];
    for words in printed {
        for (at, hit) in text.match_indices(words.as_str()) {
            let start = text[..at].chars().count();
            covered[start..start + hit.chars().count()].fill(true);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < covered.len() {
        let end = (at..covered.len()).find(|end| covered[*end]).unwrap_or(covered.len());
        let run = &line_letters.letters[at..end];
        let is_number = run.len() <= PAGE_DIGITS && run.iter().all(char::is_ascii_digit);
        if !run.is_empty() && !is_number && !known(&run.iter().collect::<String>()) {
            found.push(&line[line_letters.origin[at].0..line_letters.origin[end - 1].1]);
        }
        at = end + 1;
    }
    found
}

/// The label of the item to which a cell was given.
fn owner(script: &Script<'_>, walked: &Walked, cell: &Shown) -> Option<String> {
    let is_it = |bit: &super::walk::Bit| bit.sheet == cell.sheet && bit.place == (cell.place.row, cell.place.column);
    let path = walked.placed.iter().find(|(_, bits)| bits.iter().any(is_it)).map(|(path, _)| path);
    let Some(path) = path else { return walked.listed.iter().any(is_it).then(String::new) };
    let id = path.last();
    let id = id.strip_suffix("#ticks").unwrap_or(id);
    let labels = script.sections.iter().flat_map(|section| &section.labels);
    let label = labels.into_iter().find(|label| label.item.id.value == id).map(|label| label.item.label.clone());
    Some(label.unwrap_or_default())
}

/// What the form prints by itself.
fn printed(script: &Script<'_>) -> BTreeSet<String> {
    let form = script.form;
    let mut all = vec![form.title.clone(), form.tag.clone(), script.remarks.to_owned(), OPTIONS.to_owned()];
    // The commonest mark in a box that is a letter by itself; 続き of a row that goes on.
    all.extend(["レ", "続き"].map(str::to_owned));
    for section in &script.sections {
        let def = section.def;
        all.push(def.heading());
        all.extend([def.number.clone(), def.title.clone(), def.note.clone()]);
        all.extend(def.lead.iter().cloned());
        all.extend(def.columns.iter().map(|column| column.label.clone()));
        def.all_items().into_iter().for_each(|item| of_item(item, &mut all));
        // A label may stand without its number.
        all.extend(section.labels.iter().flat_map(|label| [label.bare.clone(), label.tail.clone()]));
    }
    for list in &form.options {
        let numbered = list.labels.iter().zip(1..).map(|(label, number)| format!("{number}{label}"));
        all.extend(numbered.chain(list.labels.iter().cloned()));
    }
    all.iter().flat_map(|text| text.lines()).map(letters).filter(|words| !words.is_empty()).collect()
}

fn of_item(item: &ItemDef, all: &mut Vec<String>) {
    all.push(item.label.clone());
    all.extend(item.text.clone());
    all.extend(item.ticks.iter().map(|tick| tick.label.clone()));
    let halves = item.pattern.as_deref().and_then(|pattern| pattern.split_once("{}"));
    all.extend(halves.into_iter().flat_map(|(before, after)| [before.to_owned(), after.to_owned()]));
}

/// What a person is told.
fn named(imported: &Imported) -> String {
    let mut all: Vec<String> = imported.unplaced.iter().map(|cell| letters(&cell.text)).collect();
    all.extend(imported.near.iter().map(|near| letters(&near.written)));
    // A heading may call a file otherwise than it is called in the end.
    all.extend(imported.files.iter().map(|(_, name)| letters(name)));
    let said = imported.said.sorted();
    let args = said.iter().flat_map(|diagnostic| &diagnostic.args);
    all.extend(args.map(|(_, words)| letters(words.words(Lang::Ja))));
    all.join("\n")
}

/// What is written into the files.
fn written(imported: &Imported) -> String {
    let mut all: Vec<String> = Vec::new();
    let entries = imported.entries.values();
    for EntryFile { values, texts, groups } in entries {
        let pairs = values.iter().chain(texts).chain(groups);
        all.extend(pairs.flat_map(|(_, text)| text.lines()).map(letters));
        // A paragraph may stand in one cell and on several lines of the source.
        all.extend(texts.iter().map(|(_, text)| letters(text)));
    }
    all.extend(imported.flows.iter().map(|(_, text)| letters(text)));
    all.extend(imported.history.iter().flat_map(|row| {
        let cells = [&row.changed_on, &row.item, &row.before, &row.after, &row.timing, &row.timing_note];
        cells.map(|cell| letters(cell))
    }));
    all.join("\n")
}
