//! The word ledger of an import: what stands in a form's workbook is placed or named, word by word, whatever the workbook went through.
//!
//! Each cell in turn gets a word of its own. All of them must be found in the files that are written, or in what a person is told.

use std::collections::BTreeMap;
use std::path::Path;

use hyoka::desk::{ImportMode, ImportOrder};
use hyoka::source::{Place, Sheet, Workbook as Book};
use rust_xlsxwriter::{Format, Workbook};
use tempfile::TempDir;

use crate::coming_back::{book_of, empty, foreign, order, raw, run, said, saved, without_identity};
use crate::every_form::every_form;

/// Every so many cells get a word at once: those between them stay as they were.
const STEP: usize = 6;

/// What became of a workbook.
struct Ledger {
    /// Cells by the word that each got: sheet, row, column and what stood there.
    words: BTreeMap<String, String>,
    /// Words that are in no file and in no message.
    lost: Vec<String>,
}

/// Gives words to the cells of one round, moves the rows, and imports the workbook into a new workspace.
fn ledger(file: &Path, round: usize, form: Option<&str>) -> Ledger {
    let mut words = BTreeMap::new();
    let mut at = round;
    let mut workbook = without_identity(&book_of(file), |sheet, row, column, text| {
        let mut text = text.to_owned();
        // What our own workbooks keep in hidden columns does not go along.
        let is_hidden = matches!(column, 5 | 6) && text.is_ascii();
        at += usize::from(!is_hidden);
        if !is_hidden && at.is_multiple_of(STEP) {
            let word = format!("印{:05}終", words.len());
            words.insert(word.clone(), format!("「{}」{row}:{column} {text:?}", sheet.name));
            text.push_str(&word);
        }
        // An empty row every ten, and a column put in at the left.
        Some((row + row / 10, column + 1, text))
    });
    let folder: TempDir = empty();
    let order =
        ImportOrder { form: form.map(Into::into), ..foreign(&saved(&mut workbook, folder.path()), ImportMode::Report) };
    let outcome = run(folder.path(), &order);
    let placed: String = outcome.files.values().map(String::as_str).collect();
    let told = said(&outcome.diagnostics);
    let missing = words.iter().filter(|(word, _)| !placed.contains(*word) && !told.contains(*word));
    let lost = missing.map(|(word, cell)| format!("{word} of {cell}")).collect();
    Ledger { words, lost }
}

/// Holds a workbook of each of these cases, in so many rounds, to a form.
fn hold<'a>(cases: impl Iterator<Item = (&'a str, &'a str)>, rounds: usize, least: usize) {
    let (mut tried, mut lost) = (0, Vec::new());
    for (at, (case, form)) in cases.enumerate() {
        let file = every_form().path(&format!("build/hikari/{case}/assessment.xlsx"));
        for round in at..at + rounds {
            let found = ledger(&file, round % STEP, Some(form));
            tried += found.words.len();
            lost.extend(found.lost.into_iter().map(|one| format!("{case} as {form}: {one}")));
        }
    }
    assert!(tried >= least, "{tried} words");
    assert!(lost.is_empty(), "{} of {tried} words are lost:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn no_word_of_a_form_is_lost() {
    let cases = every_form().cases.iter().filter(|(_, case)| case.ends_with("-0"));
    hold(cases.map(|(form, case)| (case.as_str(), form.id.value.as_str())), STEP / 2, 1_500);
}

#[test]
fn no_word_of_another_version_of_a_form_is_lost() {
    let versions = [
        ("zenkomoku-h26-04-0", "zenkomoku-h30-05"),
        ("kisokomoku-h26-04-0", "kisokomoku-r6-10"),
        ("zenkomoku-h30-05-0", "zenkomoku-h26-04"),
    ];
    hold(versions.into_iter(), 1, 150);
}

/// A workbook of our own with its hidden columns and sheets, its shown cells in other words.
fn altered(book: &Book, mut change: impl FnMut(&Sheet, Place, Place, &str) -> String) -> Workbook {
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        let target = workbook.add_worksheet();
        target.set_name(&sheet.name).expect("it was a name");
        target.set_hidden(sheet.hidden);
        let spans: BTreeMap<Place, Place> = sheet.merged.iter().copied().collect();
        for cell in &sheet.cells {
            let (text, last) = (raw(&cell.value), spans.get(&cell.place).copied().unwrap_or(cell.place));
            let is_hidden = sheet.hidden || cell.place.column >= PATH && text.is_ascii();
            let text = if is_hidden { text } else { change(sheet, cell.place, last, &text) };
            let column = |place: Place| u16::try_from(place.column).expect("columns are few");
            if last == cell.place {
                target.write_string(cell.place.row, column(cell.place), text).expect("it fits");
            } else {
                let (row, left, right, format) = (cell.place.row, column(cell.place), column(last), Format::new());
                target.merge_range(row, left, last.row, right, &text, &format).expect("it fits");
            }
        }
    }
    workbook
}

/// Column of the path of a row's item; beside it stands how a row goes on.
const PATH: u32 = 5;
/// Last column of the labels.
const LABEL: u32 = 2;

#[test]
fn a_label_that_was_written_over_is_named_and_its_row_kept() {
    let mut tried = 0;
    for (_, case) in every_form().cases.iter().filter(|(_, case)| case.ends_with("-0")) {
        let file = every_form().path(&format!("build/hikari/{case}/assessment.xlsx"));
        let (book, folder) = (book_of(&file), empty());
        let before = run(folder.path(), &order(&file, ImportMode::Report));
        for round in 0..STEP {
            let (mut words, mut at) = (Vec::new(), round);
            let mut workbook = altered(&book, |sheet, place, last, text| {
                let is_own = sheet.text(place.row, PATH).contains('/') && sheet.text(place.row, PATH + 1).is_empty();
                let is_label = last.column == LABEL && is_own && !text.starts_with(hyoka::render::BULLET);
                at += usize::from(is_label);
                if !is_label || !at.is_multiple_of(STEP) {
                    return text.to_owned();
                }
                let word = format!("見慣れない項目{}", words.len());
                words.push(word.clone());
                word
            });
            let outcome = run(folder.path(), &order(&saved(&mut workbook, folder.path()), ImportMode::Report));
            let told = said(&outcome.diagnostics);
            for word in &words {
                assert!(told.contains(&format!("項目名の欄に「{word}」")), "{case}: {word}:\n{told}");
            }
            let differs = |path: &&String| outcome.files.get(*path) != before.files.get(*path);
            let paths: Vec<&String> = before.files.keys().filter(differs).collect();
            assert!(paths.is_empty() && outcome.files.len() == before.files.len(), "{case}: {paths:?}\n{told}");
            tried += words.len();
        }
    }
    assert!(tried >= 300, "{tried} labels");
}

#[test]
fn no_word_of_our_own_workbook_is_lost() {
    let (mut tried, mut lost) = (0, Vec::new());
    for (at, (_, case)) in every_form().cases.iter().filter(|(_, case)| case.ends_with("-0")).enumerate() {
        let book = book_of(&every_form().path(&format!("build/hikari/{case}/assessment.xlsx")));
        for round in at..at + STEP / 2 {
            let (mut words, mut at) = (BTreeMap::new(), round);
            let mut workbook = altered(&book, |sheet, place, _, text| {
                at += 1;
                if !at.is_multiple_of(STEP) {
                    return text.to_owned();
                }
                let word = format!("印{:05}終", words.len());
                words.insert(word.clone(), format!("「{}」{} {text:?}", sheet.name, place.label()));
                format!("{text}{word}")
            });
            let folder = empty();
            let outcome = run(folder.path(), &order(&saved(&mut workbook, folder.path()), ImportMode::Report));
            let placed: String = outcome.files.values().map(String::as_str).collect();
            let told = said(&outcome.diagnostics);
            let missing = words.iter().filter(|(word, _)| !placed.contains(*word) && !told.contains(*word));
            lost.extend(missing.map(|(word, cell)| format!("{case}: {word} of {cell}")));
            tried += words.len();
        }
    }
    assert!(tried >= 1_500, "{tried} words");
    assert!(lost.is_empty(), "{} of {tried} words are lost:\n{}", lost.len(), lost.join("\n"));
}
