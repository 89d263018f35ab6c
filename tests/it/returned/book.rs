//! A workbook as a clerk may leave it: its XML changed part by part, so that each test says what it does and nothing else moves.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a workbook.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    pub(crate) parts: Vec<(String, Vec<u8>)>,
}

/// A sheet's rows: number, attributes after it, cells by column.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    before: String,
    pub(crate) rows: BTreeMap<u32, (String, BTreeMap<u32, Cell>)>,
    after: String,
}

/// A cell: attributes after its reference, and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    style: String,
    inner: String,
}

impl Book {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a workbook is an archive");
        let parts = (0..archive.len())
            .map(|index| {
                let mut part = archive.by_index(index).expect("the archive is whole");
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes).expect("the archive is whole");
                (part.name().expect("a part has a name").into_owned(), bytes)
            })
            .collect();
        Self { parts }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            writer.start_file(name, SimpleFileOptions::default()).expect("a part can be added");
            writer.write_all(bytes).expect("memory takes it");
        }
        writer.finish().expect("memory takes it").into_inner()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        let part = self.parts.iter().find(|(part, _)| part == name).unwrap_or_else(|| panic!("no part {name}"));
        String::from_utf8(part.1.clone()).expect("the parts are XML")
    }

    pub(crate) fn put(&mut self, name: &str, text: String) {
        match self.parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => self.parts.push((name.to_owned(), text.into_bytes())),
        }
    }

    pub(crate) fn replace(&mut self, name: &str, old: &str, new: &str) {
        let text = self.text(name);
        assert!(text.contains(old), "{name} does not hold {old}");
        self.put(name, text.replace(old, new));
    }

    /// Changes the rows of a sheet, by its number from 1.
    pub(crate) fn sheet(&mut self, number: usize, change: impl FnOnce(&mut Rows)) -> &mut Self {
        let name = format!("xl/worksheets/sheet{number}.xml");
        let mut rows = Rows::read(&self.text(&name));
        change(&mut rows);
        self.put(&name, rows.text());
        self
    }

    /// A look with a number format, struck through or not; its number.
    pub(crate) fn look(&mut self, code: &str, struck: bool) -> usize {
        let name = "xl/styles.xml";
        let mut styles = self.text(name);
        let id = 300 + styles.matches("<numFmt ").count();
        let code = code.replace('"', "&quot;");
        let format = format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        styles = match styles.contains("</numFmts>") {
            true => styles.replace("</numFmts>", &format!("{format}</numFmts>")),
            false => styles.replacen("<fonts", &format!("<numFmts count=\"1\">{format}</numFmts><fonts"), 1),
        };
        let fonts = styles.split("<fonts").nth(1).expect("there are fonts").split("</fonts>").next().expect("they end");
        let font = fonts.matches("<font>").count();
        let strike = if struck { "<strike/>" } else { "" };
        styles = styles.replacen("</fonts>", &format!("<font>{strike}<sz val=\"10\"/></font></fonts>"), 1);
        let (before, rest) = styles.split_once("<cellXfs").expect("there are looks");
        let (looks, after) = rest.split_once("</cellXfs>").expect("they end");
        let look = looks.matches("<xf ").count();
        let own = format!("<xf numFmtId=\"{id}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\"/>");
        let styles = format!("{before}<cellXfs{looks}{own}</cellXfs>{after}");
        self.put(name, styles);
        look
    }

    /// Puts a part beside a sheet, by the kind of its reference.
    pub(crate) fn beside(&mut self, sheet: usize, kind: &str, name: &str, text: &str) {
        let references = format!("xl/worksheets/_rels/sheet{sheet}.xml.rels");
        let own = format!(
            "<Relationship Id=\"x{kind}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"../{name}\"/>"
        );
        let known = self.parts.iter().any(|(part, _)| *part == references);
        let before = if known { self.text(&references) } else { "<Relationships></Relationships>".to_owned() };
        self.put(&references, before.replace("</Relationships>", &format!("{own}</Relationships>")));
        self.put(&format!("xl/{name}"), text.to_owned());
    }

    /// What a text has for a number among the shared strings.
    pub(crate) fn shared(&self, text: &str) -> Option<usize> {
        let strings = self.text("xl/sharedStrings.xml");
        strings.split("<si>").skip(1).position(|entry| entry.contains(&format!(">{text}</t>")))
    }

    /// The rows of a column with their heights in pt and their texts, as a reader has them.
    pub(crate) fn texts(&self, number: usize, letter: &str, rows: std::ops::Range<u32>) -> Vec<(u32, f64, String)> {
        let all = Rows::read(&self.text(&format!("xl/worksheets/sheet{number}.xml")));
        let strings = self.text("xl/sharedStrings.xml");
        let strings: Vec<&str> = strings.split("<si>").skip(1).collect();
        let text = |cell: &Cell| {
            let index = cell.inner.strip_prefix("<v>")?.strip_suffix("</v>")?.parse::<usize>().ok()?;
            let (_, text) = strings.get(index)?.split_once("<t")?;
            Some(text.split_once('>')?.1.split("</t>").next()?.to_owned())
        };
        let height = |head: &str| head.split("ht=\"").nth(1)?.split('"').next()?.parse().ok();
        rows.map(|row| {
            let (head, cells) = &all.rows[&row];
            let text = cells.get(&column(letter)).and_then(text).unwrap_or_default();
            (row, height(head).expect("the row has a height"), text)
        })
        .collect()
    }

    /// The row in which a measure's id stands on a sheet.
    pub(crate) fn row_of(&self, number: usize, id: &str) -> u32 {
        let shared = self.shared(id).expect("the id is in the workbook");
        let rows = Rows::read(&self.text(&format!("xl/worksheets/sheet{number}.xml")));
        let holds = |cell: &Cell| cell.inner == format!("<v>{shared}</v>") && cell.style.contains("t=\"s\"");
        let found = rows.rows.iter().find(|(_, (_, cells))| cells.values().any(holds));
        *found.expect("the id is on this sheet").0
    }
}

/// Number of a column from its letters: A is 0.
pub(crate) fn column(letters: &str) -> u32 {
    letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1
}

fn letters(column: u32) -> String {
    assert!(column < 26, "the tests stay on the first columns");
    char::from(b'A' + u8::try_from(column).expect("it is small")).to_string()
}

impl Rows {
    fn read(xml: &str) -> Self {
        let (before, rest) = xml.split_once("<sheetData>").expect("a sheet has data");
        let (data, after) = rest.split_once("</sheetData>").expect("the data end");
        let mut rows = BTreeMap::new();
        for row in data.split("<row r=\"").skip(1) {
            let (number, rest) = row.split_once('"').expect("a number ends");
            let (head, body) = rest.split_once('>').expect("a tag ends");
            let mut cells = BTreeMap::new();
            for cell in body.split("<c r=\"").skip(1) {
                let (reference, rest) = cell.split_once('"').expect("a reference ends");
                let (style, inner) = rest.split_once('>').expect("a tag ends");
                let inner = inner.split("</c>").next().expect("split gives one").to_owned();
                let closed = style.ends_with('/');
                let cell = Cell {
                    style: style.trim_end_matches('/').to_owned(),
                    inner: if closed { String::new() } else { inner },
                };
                let letters: String = reference.chars().take_while(char::is_ascii_uppercase).collect();
                cells.insert(column(&letters), cell);
            }
            rows.insert(number.parse().expect("a number"), (head.trim_end_matches('/').to_owned(), cells));
        }
        Self { before: before.to_owned(), rows, after: after.to_owned() }
    }

    fn text(&self) -> String {
        let mut out = format!("{}<sheetData>", self.before);
        for (number, (head, cells)) in &self.rows {
            out.push_str(&format!("<row r=\"{number}\"{head}>"));
            for (column, Cell { style, inner }) in cells {
                out.push_str(&format!("<c r=\"{}{number}\"{style}>{inner}</c>", letters(*column)));
            }
            out.push_str("</row>");
        }
        out + "</sheetData>" + &self.after
    }

    fn put(&mut self, place: &str, inner: String, kind: &str) {
        let split = place.find(|c: char| c.is_ascii_digit()).expect("a place has a row");
        let (at, row) = (column(&place[..split]), place[split..].parse().expect("a place has a row"));
        let cells = &mut self.rows.entry(row).or_default().1;
        let cell = cells.entry(at).or_insert(Cell { style: String::new(), inner: String::new() });
        let style: Vec<&str> = cell.style.split(' ').filter(|part| part.starts_with("s=")).collect();
        cell.style = format!(" {} {kind}", style.join(" "));
        cell.inner = inner;
    }

    /// Types a text into a cell.
    pub(crate) fn set(&mut self, place: &str, text: &str) -> &mut Self {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.put(place, format!("<is><t xml:space=\"preserve\">{text}</t></is>"), "t=\"inlineStr\"");
        self
    }

    /// Types a formula into a cell, with the value that it was saved with.
    pub(crate) fn formula(&mut self, place: &str, formula: &str, value: Option<&str>) -> &mut Self {
        let value = value.map_or(String::new(), |value| format!("<v>{value}</v>"));
        self.put(place, format!("<f>{formula}</f>{value}"), "t=\"str\"");
        self
    }

    /// Types a value of another kind: `n`, `b`, `e`.
    pub(crate) fn value(&mut self, place: &str, kind: &str, value: &str) -> &mut Self {
        self.put(place, format!("<v>{value}</v>"), &format!("t=\"{kind}\""));
        self
    }

    /// Deletes a row; those below move up.
    pub(crate) fn delete_row(&mut self, row: u32) -> &mut Self {
        self.rows.remove(&row);
        self.rows = std::mem::take(&mut self.rows)
            .into_iter()
            .map(|(number, cells)| (if number > row { number - 1 } else { number }, cells))
            .collect();
        self
    }

    /// Copies a row over another.
    pub(crate) fn copy_row(&mut self, from: u32, to: u32) -> &mut Self {
        self.rows.insert(to, self.rows[&from].clone());
        self
    }

    /// Exchanges the cells of two rows in some columns.
    pub(crate) fn swap(&mut self, one: u32, other: u32, columns: std::ops::RangeInclusive<u32>) -> &mut Self {
        for column in columns {
            let first = self.rows.get_mut(&one).expect("the row is there").1.remove(&column);
            let second = self.rows.get_mut(&other).expect("the row is there").1.remove(&column);
            self.rows.get_mut(&one).expect("the row is there").1.extend(second.map(|cell| (column, cell)));
            self.rows.get_mut(&other).expect("the row is there").1.extend(first.map(|cell| (column, cell)));
        }
        self
    }

    /// Deletes a column; those behind move forward.
    pub(crate) fn delete_column(&mut self, gone: u32) -> &mut Self {
        for (_, cells) in self.rows.values_mut() {
            cells.remove(&gone);
            let moved = std::mem::take(cells).into_iter();
            *cells = moved.map(|(at, cell)| (if at > gone { at - 1 } else { at }, cell)).collect();
        }
        self
    }

    /// Puts an empty column before another.
    pub(crate) fn insert_column(&mut self, before: u32) -> &mut Self {
        for (_, cells) in self.rows.values_mut() {
            let moved = std::mem::take(cells).into_iter();
            *cells = moved.map(|(at, cell)| (if at >= before { at + 1 } else { at }, cell)).collect();
        }
        self
    }

    /// Gives a cell another look, by its number.
    pub(crate) fn look(&mut self, place: &str, look: usize) -> &mut Self {
        let split = place.find(|c: char| c.is_ascii_digit()).expect("a place has a row");
        let (at, row): (u32, u32) = (column(&place[..split]), place[split..].parse().expect("a place has a row"));
        let cell = self.rows.get_mut(&row).and_then(|(_, cells)| cells.get_mut(&at)).expect("the cell is there");
        let kept: Vec<&str> = cell.style.split(' ').filter(|part| part.starts_with("t=")).collect();
        cell.style = format!(" s=\"{look}\" {}", kept.join(" "));
        self
    }

    /// Fills a cell with XML of its own.
    pub(crate) fn xml(&mut self, place: &str, inner: &str, kind: &str) -> &mut Self {
        self.put(place, inner.to_owned(), kind);
        self
    }

    /// Hides columns, by their numbers from 1.
    pub(crate) fn hide_columns(&mut self, first: u32, last: u32) -> &mut Self {
        let hidden = format!("<col min=\"{first}\" max=\"{last}\" width=\"9\" hidden=\"1\"/></cols>");
        self.before = self.before.replace("</cols>", &hidden);
        self
    }

    /// Hides a row.
    pub(crate) fn hide_row(&mut self, row: u32) -> &mut Self {
        self.rows.get_mut(&row).expect("the row is there").0.push_str(" hidden=\"1\"");
        self
    }

    /// Merges cells.
    pub(crate) fn merge(&mut self, range: &str) -> &mut Self {
        self.after = self.after.replace("</mergeCells>", &format!("<mergeCell ref=\"{range}\"/></mergeCells>"));
        self
    }
}
