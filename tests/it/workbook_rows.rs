//! The rows of the form's workbooks to what they hold, and how a workbook is read here.

use std::fs;
use std::io::Read;
use std::path::Path;

use hyoka::diagnostic::Diagnostics;
use hyoka::source::{CellValue, Workbook};
use unicode_width::UnicodeWidthStr;

use crate::subject::{WORKBOOKS, built};

/// Every XML part of a workbook by its name, a line for each element. No noise has to be taken out: dates come from the content.
pub(crate) fn parts(path: &Path) -> Vec<(String, String)> {
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

/// A workbook, read.
pub(crate) fn book(path: &Path) -> Workbook {
    let read = Workbook::read(path, &mut Diagnostics::new()).expect("the build made it");
    read.expect("it is a workbook")
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

/// The last row, from 0, of a cell of the column of contents that begins in a row.
fn merged_to(part: &str, row: u32) -> u32 {
    let begins = format!("<mergeCell ref=\"D{}:", row + 1);
    let end = part.split_once(&begins).and_then(|(_, rest)| rest.split_once('"')).map(|(end, _)| end);
    let last = end.and_then(|end| end.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok());
    last.map_or(row, |last: u32| last - 1)
}

#[test]
fn no_row_is_higher_than_the_program_allows_or_lower_than_its_words() {
    const MOST_PT: f64 = 409.0;
    /// What a line of 10 pt takes at least, and half-width characters of all content columns.
    const LINE_PT: f64 = 12.0;
    const WIDTH: usize = 83;
    let (documents, least) = WORKBOOKS;
    for document in documents {
        let path = built().path(&format!("{document}.xlsx"));
        let parts = parts(&path);
        let book = book(&path);
        let mut seen = 0;
        for (number, sheet) in (1..).zip(&book.sheets) {
            let name = format!("xl/worksheets/sheet{number}.xml");
            let part = &parts.iter().find(|(part, _)| *part == name).expect("each sheet is a part").1;
            let heights = heights(part);
            for (row, height) in &heights {
                assert!(*height <= MOST_PT, "{document} {} row {row}", sheet.name);
                // A cell that stands beside longer ones has their rows too.
                let row = *row;
                let last = merged_to(part, row);
                let its = heights.iter().filter(|(at, _)| (row..=last).contains(at));
                let height: f64 = its.map(|(_, height)| height).sum();
                if let Some(CellValue::Text(text)) = sheet.value(row, 3) {
                    let lines: usize = text.lines().map(|line| line.width().div_ceil(WIDTH).max(1)).sum();
                    let needed = f64::from(u32::try_from(lines).expect("few")) * LINE_PT;
                    // A choice stands beside its options, in half of the width.
                    assert!(height >= needed || text.starts_with('['), "{document} {} row {row}: {text}", sheet.name);
                    seen += 1;
                }
            }
        }
        assert!(seen >= least, "{document} has contents");
    }
}
