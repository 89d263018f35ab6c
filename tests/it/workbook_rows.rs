//! The rows of the form's workbooks to what they hold, and how a workbook is read here.

use std::collections::BTreeMap;
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

/// The value of an attribute of an element.
fn attribute(line: &str, name: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// A workbook, read.
pub(crate) fn book(path: &Path) -> Workbook {
    let read = Workbook::read(path, &mut Diagnostics::new()).expect("the build made it");
    read.expect("it is a workbook")
}

/// Heights of the rows of a sheet's part, by row from 0.
fn heights(part: &str) -> Vec<(u32, f64)> {
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

/// Column and row, from 0, of an address.
fn place(address: &str) -> (u32, u32) {
    let (letters, digits): (Vec<char>, Vec<char>) = address.chars().partition(char::is_ascii_alphabetic);
    let column = letters.iter().fold(0, |sum, letter| sum * 26 + u32::from(*letter) - u32::from('A') + 1) - 1;
    (column, digits.iter().collect::<String>().parse::<u32>().expect("an address ends with a row") - 1)
}

/// Whether each format of a workbook draws a line above and below its cell.
fn edges(styles: &str) -> Vec<(bool, bool)> {
    let borders: Vec<(bool, bool)> = styles
        .split("<border>")
        .skip(1)
        .map(|border| (border.contains("<top style"), border.contains("<bottom style")))
        .collect();
    let formats = styles.split_once("<cellXfs").and_then(|(_, rest)| rest.split_once("</cellXfs>"));
    let formats = formats.expect("a workbook has formats").0.lines().filter(|line| line.starts_with("<xf "));
    formats
        .map(|line| borders[attribute(line, "borderId").and_then(|id| id.parse::<usize>().ok()).unwrap_or(0)])
        .collect()
}

/// A sheet's part as its pages need it.
struct Printed {
    /// Formats by row and column.
    cells: BTreeMap<(u32, u32), usize>,
    /// Rows and columns of merged cells, from the first to the last.
    merged: Vec<((u32, u32), (u32, u32))>,
    /// Rows that begin a page, but the first one.
    begins: Vec<u32>,
    heights: Vec<(u32, f64)>,
    /// Last row and column that are printed.
    last: (u32, u32),
}

impl Printed {
    fn of(part: &str, last: (u32, u32)) -> Self {
        let (mut cells, mut merged, mut begins) = (BTreeMap::new(), Vec::new(), Vec::new());
        for line in part.lines() {
            if line.starts_with("<c ") {
                let (column, row) = place(&attribute(line, "r").expect("a cell has an address"));
                let format = attribute(line, "s").and_then(|format| format.parse().ok()).unwrap_or(0);
                cells.insert((row, column), format);
            } else if line.starts_with("<mergeCell ") {
                let range = attribute(line, "ref").expect("merged cells have a range");
                let (first, last) = range.split_once(':').expect("a range has two ends");
                let ((left, top), (right, bottom)) = (place(first), place(last));
                merged.push(((top, left), (bottom, right)));
            } else if line.starts_with("<brk ") {
                begins.push(attribute(line, "id").and_then(|id| id.parse().ok()).expect("a break has a row"));
            }
        }
        Self { cells, merged, begins, heights: heights(part), last }
    }

    fn high(&self, rows: std::ops::Range<u32>) -> f64 {
        self.heights.iter().filter(|(row, _)| rows.contains(row)).map(|(_, height)| height).sum()
    }

    /// Lines are drawn below the last row of a page and above the row that begins the next one.
    fn assert_closed(&self, begin: u32, edges: &[(bool, bool)], name: &str) {
        let open = |row: u32, below: bool| -> Vec<u32> {
            let cells = self.cells.range((row, 0)..=(row, self.last.1));
            let open = cells.filter(|(_, format)| {
                let (top, bottom) = edges[**format];
                !(if below { bottom } else { top })
            });
            open.map(|((_, column), _)| *column).collect()
        };
        let above = open(begin - 1, true);
        assert!(above.is_empty(), "{name}: row {begin} is open below, columns {above:?}");
        let below = open(begin, false);
        assert!(below.is_empty(), "{name}: row {} is open above, columns {below:?}", begin + 1);
    }
}

/// The first sheet of a workbook is closed at the ends of its pages, in the columns up to one; returns how many pages end.
pub(crate) fn closed_pages(path: &Path, last_column: u32) -> usize {
    let parts = parts(path);
    let part = |name: &str| &parts.iter().find(|(part, _)| part == name).expect("a workbook has it").1;
    let edges = edges(part("xl/styles.xml"));
    let printed = Printed::of(part("xl/worksheets/sheet1.xml"), (u32::MAX, last_column));
    for begin in &printed.begins {
        printed.assert_closed(*begin, &edges, "the first sheet");
    }
    printed.begins.len()
}

#[test]
fn every_page_of_a_form_is_closed_at_its_ends_and_holds_its_rows() {
    /// What an A4 page holds between its margins, in pt, and the least percentage at which the form's columns are printed.
    const PAGE_PT: f64 = 841.89 - 86.4;
    const SCALE: f64 = 0.87;
    let (documents, _) = WORKBOOKS;
    let mut ends = 0;
    for document in documents {
        let path = built().path(&format!("{document}.xlsx"));
        let parts = parts(&path);
        let part = |name: &str| &parts.iter().find(|(part, _)| part == name).expect("a workbook has it").1;
        let edges = edges(part("xl/styles.xml"));
        for (number, sheet) in (1..).zip(&book(&path).sheets) {
            let text = part(&format!("xl/worksheets/sheet{number}.xml"));
            let areas = part("xl/workbook.xml").lines().filter(|line| line.contains("Print_Area"));
            let area = areas.clone().find(|line| line.contains(&format!("localSheetId=\"{}\"", number - 1)));
            // A table on its side has columns and a scale of its own.
            let Some(area) = area.filter(|_| !sheet.hidden && !text.contains("landscape")) else { continue };
            let last = area.split_once('>').and_then(|(_, rest)| rest.split('<').next()).expect("an area");
            let (column, row) = place(&last.rsplit(':').next().expect("it has an end").replace('$', ""));
            let printed = Printed::of(text, (row, column));
            let mut first = 0;
            for begin in printed.begins.iter().copied().chain([printed.last.0 + 1]) {
                let head = if first == 0 { 0.0 } else { printed.high(0..1) };
                let high = printed.high(first..begin) + head;
                assert!(high * SCALE <= PAGE_PT, "{document} {}: rows {first} to {begin} are {high} pt", sheet.name);
                first = begin;
            }
            for begin in &printed.begins {
                let crossing = printed.merged.iter().find(|((top, _), (bottom, _))| top < begin && begin <= bottom);
                assert_eq!(crossing, None, "{document} {}: cells go on over the end of a page", sheet.name);
                printed.assert_closed(*begin, &edges, &format!("{document} {}", sheet.name));
                ends += 1;
            }
        }
    }
    assert!(ends > 0, "some text goes on over a page");
}
