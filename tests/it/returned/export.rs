//! The exported workbook, looked at with a second reader and part by part.

use std::fmt::Write;
use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xlsx};

use super::book::Book;
use super::{exported, workspace};
use hyoka::press::Quiet;
use hyoka::press::checklist::export;
use hyoka::session::Wanted;

fn opened(book: &Book) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(book.bytes())).expect("a second reader opens it")
}

#[test]
fn the_cells_are_those_of_the_source() {
    let mut book = opened(&exported());
    let mut out = String::new();
    for sheet in book.sheets_metadata().to_vec() {
        writeln!(out, "== {} {:?}", sheet.name, sheet.visible).expect("a string takes it");
        let range = book.worksheet_range(&sheet.name).expect("the sheet can be read");
        for (row, column, cell) in range.used_cells() {
            let text = cell.to_string().replace('\n', "⏎");
            writeln!(out, "{},{column}: {text}", row + 1).expect("a string takes it");
        }
    }
    insta::assert_snapshot!(out.replace(env!("CARGO_PKG_VERSION"), "[version]"));
}

#[test]
fn a_text_that_looks_like_a_formula_is_a_text() {
    let mut book = opened(&exported());
    let name = book.sheet_names()[0].clone();
    assert!(
        book.worksheet_formula(&name).expect("it can be read").is_empty(),
        "no formula stands on a sheet of measures"
    );
    let range = book.worksheet_range(&name).expect("it can be read");
    let texts: Vec<&str> = range
        .used_cells()
        .filter_map(|(_, _, cell)| match cell {
            Data::String(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    for text in ["=SUM(A1:A3)", "@担当", "+ 端末の更新に合わせて実施する。"] {
        assert!(texts.contains(&text), "{text}");
    }
}

#[test]
fn the_counts_are_formulas_with_their_values() {
    let mut book = opened(&exported());
    let formulas = book.worksheet_formula("集計").expect("it can be read");
    let values = book.worksheet_range("集計").expect("it can be read");
    let mut seen = 0;
    for (row, column, formula) in formulas.used_cells() {
        let place = formulas
            .start()
            .map(|(r, c)| (r + u32::try_from(row).expect("small"), c + u32::try_from(column).expect("small")));
        let place = place.expect("the range is not empty");
        let value = values.get_value(place).unwrap_or_else(|| panic!("{formula} has no value"));
        assert!(matches!(value, Data::Float(_) | Data::Int(_)), "{formula} is {value:?}");
        seen += 1;
    }
    assert_eq!(seen, 8 * (2 + 1 + 4 + 1), "every count and every sum");
    let names = book.defined_names().to_vec();
    for name in ["answers_1", "categories_1", "states_1", "answers_2"] {
        assert!(names.iter().any(|(known, _)| known == name), "{name} in {names:?}");
    }
}

#[test]
fn the_stamp_is_hidden_and_the_ids_too() {
    let exported = exported();
    let book = opened(&exported);
    let visible: Vec<_> = book.sheets_metadata().iter().map(|sheet| (sheet.name.as_str(), sheet.visible)).collect();
    assert_eq!(
        visible,
        [
            ("委託（町が行う）", SheetVisible::Visible),
            ("委託（受託者に行わせる）", SheetVisible::Visible),
            ("集計", SheetVisible::Visible),
            ("hyoka", SheetVisible::VeryHidden)
        ]
    );
    let sheet = exported.text("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<col min=\"10\" max=\"11\"") && sheet.contains("hidden=\"1\""), "id and stamp are hidden");
    assert!(sheet.contains("<sheetProtection"), "only answers can be filled in");
}

#[test]
fn changed_words_are_bold_and_underlined_in_their_cell() {
    let strings = exported().text("xl/sharedStrings.xml");
    let entry = strings.split("<si>").find(|entry| entry.contains("し、毎月点検す")).expect("the text is there");
    let runs: Vec<&str> = entry.split("<r>").skip(1).collect();
    assert_eq!(runs.len(), 3, "{entry}");
    for (run, marked) in runs.iter().zip([false, true, false]) {
        assert_eq!(run.contains("<b/>") && run.contains("<u/>"), marked, "{run}");
    }
}

#[test]
fn the_bytes_repeat() {
    let folder = workspace();
    let root = folder.path().join("town");
    let again = export(&root, &root.join("elsewhere"), (&Wanted::default(), None), &Quiet).expect("it can be built");
    let bytes = std::fs::read(&again.files[0]).expect("it was built");
    let mut other = Book::read(&bytes);
    let first = exported();
    assert_eq!(first.parts.len(), other.parts.len());
    for ((name, one), (_, two)) in first.parts.iter().zip(other.parts.drain(..)) {
        assert!(*one == two, "{name} differs");
    }
}

/// Each XML part against its golden file, one element on a line. Named noise: the program's version on the stamp's sheet.
#[test]
fn each_part_is_as_it_was_looked_at() {
    let book = exported();
    for (name, bytes) in &book.parts {
        let text = String::from_utf8(bytes.clone()).expect("the parts are XML");
        let text = text.replace("><", ">\n<").replace(&format!(">{}<", env!("CARGO_PKG_VERSION")), ">[version]<");
        insta::assert_snapshot!(format!("part-{}", name.replace('/', "-")), text);
    }
}
