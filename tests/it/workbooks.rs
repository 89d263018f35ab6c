//! The form's workbook: its parts to a golden copy, hostile words to plain text.

use std::fs;

use hyoka::desk::{ImportMode, ImportOrder, import};
use hyoka::source::CellValue;
use tempfile::TempDir;

use crate::support::{build_all, copy, town, town_copy, town_source};
use crate::workbook_rows::{book, parts};

#[test]
fn the_parts_of_the_towns_form_are_as_they_were() {
    let all = parts(&town().path("hikari/zei/assessment-marked.xlsx"));
    let text: String = all.iter().map(|(name, text)| format!("=== {name}\n{text}\n")).collect();
    insta::assert_snapshot!(text);
}

/// The fixture with other words under ①保管場所, built.
fn town_with(storage: &str) -> TempDir {
    let folder = town_copy();
    let path = folder.path().join("town/content/assessments/zei/basic.md");
    let text = fs::read_to_string(&path).expect("the fixture has it");
    let (before, after) = text.split_once("次のとおり保管する。").expect("the fixture says so");
    fs::write(&path, format!("{before}{storage}{after}")).expect("a file can be written");
    let outcome = build_all(&folder.path().join("town"), &folder.path().join("out"));
    assert!(!outcome.diagnostics.has_errors());
    folder
}

#[test]
fn words_that_begin_like_a_formula_stay_words() {
    let folder = town_with("=HYPERLINK(\"http://example.jp\")\n\n+81\n\n\\-1\n\n@SUM(A1)");
    let path = folder.path().join("out/hikari/zei/assessment.xlsx");
    assert!(parts(&path).iter().all(|(_, text)| !text.contains("<f>")), "a cell is a formula");
    let book = book(&path);
    let cells = book.sheets.iter().flat_map(|sheet| &sheet.cells);
    let texts: Vec<&str> = cells
        .filter_map(|cell| if let CellValue::Text(text) = &cell.value { Some(text.as_str()) } else { None })
        .collect();
    assert!(
        texts.iter().any(|text| text.starts_with("=HYPERLINK(\"http://example.jp\")\n+81\n-1\n@SUM(A1)")),
        "{texts:?}"
    );
}

#[test]
fn a_text_longer_than_a_cell_goes_on_in_the_next_rows_and_comes_back() {
    // One paragraph of 40,000 characters: more than a cell holds, without a place to break.
    let long: String = "保管場所は電算室である、".chars().cycle().take(40_000).collect();
    let folder = town_with(&long);
    let into = tempfile::tempdir().expect("the system has room for a temporary folder");
    fs::create_dir(into.path().join("content")).expect("a folder can be made");
    copy(&town_source().join("content/municipalities/hikari/forms"), &into.path().join("templates/forms"));
    let file = folder.path().join("out/hikari/zei/assessment.xlsx");
    let order = ImportOrder { file, mode: ImportMode::Report, ..ImportOrder::default() };
    let outcome = import(into.path(), &order).expect("it can be read");
    let basic = &outcome.files["content/municipalities/hikari/zei/basic.md"];
    assert!(basic.contains(&format!("\n{long}\n")), "the paragraph is in one piece");
}

#[test]
fn a_list_of_changes_shows_form_rows_as_the_form_has_them() {
    let book = book(&town().path("hikari/zei/change-list.xlsx"));
    let texts: Vec<(u32, u32, String)> = book.sheets[0]
        .cells
        .iter()
        .filter_map(|cell| match &cell.value {
            CellValue::Text(text) => Some((cell.place.row, cell.place.column, text.clone())),
            CellValue::Fault(_) => None,
        })
        .collect();
    assert!(texts.iter().all(|(.., text)| !text.contains("【")), "no label stands in brackets: {texts:?}");
    let (row, ..) = texts.iter().find(|(_, column, text)| *column < 3 && text.starts_with('①')).expect("a label");
    assert!(texts.iter().any(|(at, column, _)| at == row && (3..5).contains(column)), "its content stands beside it");
}
