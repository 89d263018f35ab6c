//! Assessments out as workbooks and in again: item by item by what the workbook knows of itself, or by its labels alone.

use std::fs;
use std::path::Path;

use hyoka::change::frozen;
use hyoka::desk::{ImportMode, ImportOrder, ImportOutcome, import};
use hyoka::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render};
use hyoka::markup::State;
use hyoka::model::{Case, Role};
use hyoka::source::{CellValue, Sheet, Workbook as Book};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

use crate::subject::{ASSESSMENTS, built};
use crate::support::Built;

/// A workspace with nothing in it.
pub(crate) fn empty() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    fs::create_dir(folder.path().join("content")).expect("a folder can be made");
    folder
}

pub(crate) fn order(file: &Path, mode: ImportMode) -> ImportOrder {
    ImportOrder { file: file.to_owned(), mode, ..ImportOrder::default() }
}

/// An order for a workbook that somebody else made.
pub(crate) fn foreign(file: &Path, mode: ImportMode) -> ImportOrder {
    let text = |text: &str| Some(text.to_owned());
    ImportOrder {
        municipality: Some("midori".into()),
        case: Some("kokuho".into()),
        name: text("みどり市"),
        code: text("999998"),
        date: text("2026-04-01"),
        ..order(file, mode)
    }
}

pub(crate) fn run(root: &Path, order: &ImportOrder) -> ImportOutcome {
    import(root, order).expect("the system lets a temporary folder be written")
}

pub(crate) fn said(diagnostics: &Diagnostics) -> String {
    render(diagnostics, &SourceMap::default(), Lang::Ja, Tone::Plain)
}

/// In order of their numbers.
pub(crate) fn codes(diagnostics: &Diagnostics) -> Vec<&'static str> {
    let mut codes: Vec<&str> = diagnostics.sorted().iter().map(|found| found.code.id()).collect();
    codes.sort_unstable();
    codes
}

/// The texts of a case as it stands, in print order; a page of 別添1 is called by its own words, since it comes back as a flow.
pub(crate) fn texts(case: &Case) -> Vec<(String, String)> {
    // The workbook is that of the main form.
    let of_other = |role: &Role| matches!(role, Role::Beside(_) | Role::Overview(_));
    let all = frozen(case, State::After).into_iter().filter(|item| !item.role.is_some_and(of_other));
    let own = all.map(|item| {
        let key = item.key.to_string();
        let page =
            key.strip_prefix("work/").and_then(|rest| rest.split_once("/figure/").or(rest.split_once("/remarks/")));
        let key = page.map_or(key.clone(), |(_, rest)| format!("work/{rest}"));
        (key, item.text.characters(State::After))
    });
    own.filter(|(_, text)| !text.is_empty()).collect()
}

/// Imports a municipality's own workbook into a workspace without content and holds each text to the original.
pub(crate) fn comes_back(built: &Built, root: &Path, slug: &str, case: &str) {
    let file = built.path(&format!("{slug}/{case}/assessment.xlsx"));
    let outcome = run(root, &order(&file, ImportMode::Write));
    assert!(outcome.diagnostics.is_empty(), "{}", said(&outcome.diagnostics));
    assert_eq!((outcome.mistakes, &outcome.missing), (0, &Vec::new()), "{slug}");
    let checked = hyoka::session::read(root).expect("what was written can be read");
    let said = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    assert!(!checked.diagnostics.has_errors(), "{slug}:\n{said}");
    let imported = checked.model.municipalities.iter().find(|found| found.slug == slug).expect("it was written");
    assert_eq!(texts(&imported.cases[case]), texts(built.case(slug, case)), "{slug}");
}

/// A workbook of our own as another program would save it: values and merged cells only, hidden columns and sheets gone.
pub(crate) fn without_identity(
    book: &Book,
    mut change: impl FnMut(&Sheet, u32, u32, &str) -> Option<(u32, u32, String)>,
) -> Workbook {
    let mut workbook = Workbook::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden) {
        let target = workbook.add_worksheet();
        target.set_name(&sheet.name).expect("it was a name");
        for cell in &sheet.cells {
            let (row, column, text) = (cell.place.row, cell.place.column, raw(&cell.value));
            let is_hidden = sheet.name != hyoka::render::PLAN_SHEET && matches!(column, 5 | 6) && text.is_ascii();
            let moved = change(sheet, row, column, &text);
            if let (false, Some((row, column, text))) = (is_hidden, moved) {
                target.write_string(row, u16::try_from(column).expect("columns are few"), text).expect("it fits");
            }
        }
    }
    workbook
}

pub(crate) fn raw(value: &CellValue) -> String {
    if let CellValue::Text(text) = value { text.clone() } else { panic!("our own workbooks hold words: {value:?}") }
}

pub(crate) fn book_of(path: &Path) -> Book {
    let mut diagnostics = Diagnostics::new();
    let book = Book::read(path, &mut diagnostics).expect("the file can be read");
    book.unwrap_or_else(|| panic!("{}", said(&diagnostics)))
}

pub(crate) fn saved(workbook: &mut Workbook, folder: &Path) -> std::path::PathBuf {
    let path = folder.join("form.xlsx");
    workbook.save(&path).expect("a file can be written");
    path
}

#[test]
fn every_assessment_comes_back_whole() {
    for (slug, case) in ASSESSMENTS {
        comes_back(built(), empty().path(), slug, case);
    }
}

#[test]
fn labels_alone_bring_an_assessment_back() {
    let (slug, case) = ASSESSMENTS[0];
    let folder = empty();
    let book = book_of(&built().path(&format!("{slug}/{case}/assessment.xlsx")));
    // Two columns are put in at the left, and an empty row every ten.
    let mut workbook =
        without_identity(&book, |_, row, column, text| Some((row + row / 10, column + 2, text.to_owned())));
    let file = saved(&mut workbook, folder.path());
    let mut order = foreign(&file, ImportMode::Write);
    order.case = Some("kokuho".into());
    let outcome = run(folder.path(), &order);
    let placed: Vec<&str> = codes(&outcome.diagnostics).into_iter().filter(|code| *code != "H0556").collect();
    assert_eq!(placed, Vec::<&str>::new(), "{}", said(&outcome.diagnostics));
    let checked = hyoka::session::read(folder.path()).expect("what was written can be read");
    let imported = checked.model.municipalities.iter().find(|found| found.slug == "midori").expect("it was written");
    // Figures are drawings to a reader of labels, and a file or a record has no id to come back with.
    let words = |case: &Case| -> Vec<String> {
        texts(case).into_iter().filter(|(key, _)| !key.starts_with("work/")).map(|(_, text)| text).collect()
    };
    let (imported, original) = (words(&imported.cases["kokuho"]), words(built().case(slug, case)));
    for (imported, original) in imported.iter().zip(&original) {
        assert_eq!(imported, original);
    }
    assert_eq!(imported.len(), original.len());
}
