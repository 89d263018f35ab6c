//! The form's workbook: its parts to a golden copy, its rows to what they hold, hostile words to plain text.

use std::fs;
use std::io::Read;
use std::path::Path;

use hyoka::desk::{ImportMode, ImportOrder, import};
use hyoka::diagnostic::Diagnostics;
use hyoka::source::{CellValue, Workbook};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::support::{build_all, copy, real, town, town_copy, town_source};

/// Every XML part of a workbook by its name, a line for each element. No noise has to be taken out: dates come from the content.
fn parts(path: &Path) -> Vec<(String, String)> {
    let file = fs::File::open(path).expect("the build made it");
    let mut archive = zip::ZipArchive::new(file).expect("a workbook is an archive");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("the archive is whole");
        let name = part.name().expect("its names are UTF-8").into_owned();
        if name.ends_with(".xml") && !name.contains("theme") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("XML is UTF-8");
            parts.push((name, text.replace("><", ">\n<")));
        }
    }
    parts
}

fn book(path: &Path) -> Workbook {
    let read = Workbook::read(path, &mut Diagnostics::new()).expect("the build made it");
    read.expect("it is a workbook")
}

#[test]
fn the_parts_of_the_towns_form_are_as_they_were() {
    let all = parts(&town().path("hikari/zei/assessment-marked.xlsx"));
    let text: String = all.iter().map(|(name, text)| format!("=== {name}\n{text}\n")).collect();
    insta::assert_snapshot!(text);
}

/// Heights of the rows of a sheet's part, by row from 0.
fn heights(part: &str) -> Vec<(u32, f64)> {
    let attribute = |line: &str, name: &str| {
        let (_, rest) = line.split_once(&format!(" {name}=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let rows = part.lines().filter(|line| line.starts_with("<row "));
    rows.filter_map(|line| Some((attribute(line, "r")?.parse::<u32>().ok()? - 1, attribute(line, "ht")?.parse().ok()?)))
        .collect()
}

#[test]
fn no_row_is_higher_than_the_program_allows_or_lower_than_its_words() {
    const MOST_PT: f64 = 409.0;
    /// What a line of 10 pt takes at least, and half-width characters of all content columns.
    const LINE_PT: f64 = 12.0;
    const WIDTH: usize = 83;
    for document in ["shinjuku/kokuho/assessment", "shinjuku/kokuho/assessment-marked", "sagamihara/kokuho/assessment"]
    {
        let path = real().path(&format!("{document}.xlsx"));
        let parts = parts(&path);
        let book = book(&path);
        let mut seen = 0;
        for (number, sheet) in (1..).zip(&book.sheets) {
            let name = format!("xl/worksheets/sheet{number}.xml");
            let part = &parts.iter().find(|(part, _)| *part == name).expect("each sheet is a part").1;
            for (row, height) in heights(part) {
                assert!(height <= MOST_PT, "{document} {} row {row}", sheet.name);
                if let Some(CellValue::Text(text)) = sheet.value(row, 3) {
                    let lines: usize = text.lines().map(|line| line.width().div_ceil(WIDTH).max(1)).sum();
                    let needed = f64::from(u32::try_from(lines).expect("few")) * LINE_PT;
                    // A choice stands beside its options, in half of the width.
                    assert!(height >= needed || text.starts_with('['), "{document} {} row {row}: {text}", sheet.name);
                    seen += 1;
                }
            }
        }
        assert!(seen > 500, "{document} has contents");
    }
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
