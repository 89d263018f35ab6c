//! An `.ods` by its parts: its cells carry the words that they show.
//!
//! One element may stand for a million repeated cells or for a billion spaces: what is repeated is counted before it is made.
//!
//! **Source**: OpenDocument 1.3, part 3: 6.1 (text), 9 (tables), 16 (styles).

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::words::{Strike, Words};
use super::xml::{Step, attribute, number, walk};
use super::{Budget, Cell, CellValue, Fault, Note, NoteKind, Place, Refusal, SHEETS_MAX, Sheet, Unseen, Workbook};

/// Most spaces that one element may stand for: no cell holds more characters.
const SPACES_MAX: usize = 32_767;

/// Reads a workbook whose size was looked at.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    let locked = is_locked(&mut archive)?;
    let mut looks = Looks::default();
    // An encrypted part is no XML.
    let kept = |error: Refusal| if locked { Refusal::Locked } else { error };
    if let Ok(part) = archive.by_name("styles.xml") {
        walk(BufReader::new(part), |step| {
            looks.step(&step);
            Ok(())
        })
        .map_err(kept)?;
    }
    let mut reader = Reader { looks, ..Reader::default() };
    let part = archive.by_name("content.xml").map_err(Refusal::damaged)?;
    walk(BufReader::new(part), |step| reader.step(&step)).map_err(kept)?;
    if locked {
        return Err(Refusal::Locked);
    }
    Ok(reader.workbook)
}

/// Whether the list of parts says that some are encrypted.
fn is_locked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<bool, Refusal> {
    let mut manifest = Vec::new();
    let mut part = archive.by_name("META-INF/manifest.xml").map_err(Refusal::damaged)?;
    part.read_to_end(&mut manifest).map_err(Refusal::damaged)?;
    Ok(String::from_utf8_lossy(&manifest).contains("encryption-data"))
}

/// Styles by what matters here.
#[derive(Default)]
struct Looks {
    open: String,
    struck: BTreeSet<String>,
    hidden: BTreeSet<String>,
}

impl Looks {
    fn step(&mut self, step: &Step<'_>) {
        let Step::Open(start) = step else { return };
        match start.name().as_ref() {
            "style:style" => {
                self.open = attribute(start, "name").unwrap_or_default();
                // A style has what the one above it has; those above come first.
                if attribute(start, "parent-style-name").is_some_and(|parent| self.struck.contains(&parent)) {
                    self.struck.insert(self.open.clone());
                }
            }
            "style:text-properties" => {
                let said = ["text-line-through-style", "text-line-through-type"].map(|name| attribute(start, name));
                if said.iter().flatten().any(|value| value == "none") {
                    self.struck.remove(&self.open);
                } else if said.iter().flatten().next().is_some() {
                    self.struck.insert(self.open.clone());
                }
            }
            "style:table-properties" if attribute(start, "display").as_deref() == Some("false") => {
                self.hidden.insert(self.open.clone());
            }
            _ => {}
        }
    }

    fn strike(&self, style: Option<&String>) -> Option<Strike> {
        style.map(|style| if self.struck.contains(style) { Strike::Through } else { Strike::None })
    }
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    columns: usize,
    strike: Strike,
    /// What it holds beside its words: kind, stored value, whether a formula stands in it.
    kind: Option<String>,
    stored: Option<String>,
    computed: bool,
    words: Words,
    paragraphs: usize,
}

/// Where the reader is.
#[derive(Default)]
struct Reader {
    workbook: Workbook,
    looks: Looks,
    budget: Budget,
    /// How many tables are open: one inside another is part of a drawing.
    tables: usize,
    row: usize,
    row_repeats: usize,
    column: usize,
    hidden_column: usize,
    cells: Vec<(usize, usize, CellValue)>,
    open: Option<Open>,
    /// Open paragraphs and the strike of each open run.
    paragraphs: usize,
    strikes: Vec<Option<Strike>>,
    /// Notes that are open: comments and shapes, one may stand in another.
    notes: Vec<Note>,
    /// For each of them whether it holds an object of its own, as a chart, of which a picture is only the copy.
    objects: Vec<bool>,
    /// Whether the last character was white space, of which more counts as one.
    after_space: bool,
    /// Elements whose words are no text of the cell.
    silent: usize,
}

fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A count that is 1 where it is left out.
fn count(start: &BytesStart<'_>, name: &str) -> usize {
    number(start, name).unwrap_or(1).max(1)
}

impl Reader {
    fn sheet(&mut self) -> Option<&mut Sheet> {
        self.workbook.sheets.last_mut()
    }

    fn step(&mut self, step: &Step<'_>) -> Result<(), Refusal> {
        self.looks.step(step);
        match step {
            Step::Open(start) => self.start(start),
            Step::Text(text) if self.paragraphs > 0 && self.silent == 0 => self.raw(text),
            Step::Text(_) => Ok(()),
            Step::Close(name) => self.end(name),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        match start.name().as_ref() {
            "table:table" => {
                self.tables += 1;
                if self.tables == 1 {
                    if self.workbook.sheets.len() >= SHEETS_MAX {
                        return Err(Refusal::more_than(SHEETS_MAX, "sheets"));
                    }
                    self.table(start);
                }
            }
            "table:table-column" if self.tables == 1 => {
                let columns = count(start, "number-columns-repeated");
                if is_hidden(start) {
                    let first = self.hidden_column;
                    let range = (small(first), small(first.saturating_add(columns - 1)));
                    if let Some(sheet) = self.sheet() {
                        sheet.hidden_columns.push(range);
                    }
                }
                self.hidden_column = self.hidden_column.saturating_add(columns);
            }
            "table:table-row" if self.tables == 1 => {
                self.column = 0;
                self.row_repeats = count(start, "number-rows-repeated");
                if is_hidden(start) {
                    let range = (small(self.row), small(self.row.saturating_add(self.row_repeats - 1)));
                    if let Some(sheet) = self.sheet() {
                        sheet.hidden_rows.push(range);
                    }
                }
            }
            "table:table-cell" | "table:covered-table-cell" if self.tables == 1 => self.cell(start),
            "office:annotation" => self.note(NoteKind::Comment),
            "draw:frame" | "draw:custom-shape" | "draw:rect" | "draw:ellipse" | "draw:line" | "draw:connector"
            | "draw:polygon" | "draw:caption" => self.note(NoteKind::TextBox),
            "draw:object" => {
                if let Some(object) = self.objects.last_mut() {
                    *object = true;
                }
            }
            "draw:image"
                if self.tables > 0 && self.workbook.unseen.is_empty() && self.objects.last() != Some(&true) =>
            {
                self.workbook.unseen.push(Unseen::Pictures);
            }
            "dc:creator" | "dc:date" | "meta:date-string" | "text:ruby-text" | "svg:title" | "svg:desc" => {
                self.silent += 1;
            }
            "text:p" | "text:h" => self.paragraph()?,
            "text:span" => {
                let strike = self.looks.strike(attribute(start, "style-name").as_ref());
                self.strikes.push(strike);
            }
            "text:s" => {
                let spaces = count(start, "c");
                if spaces > SPACES_MAX {
                    return Err(Refusal::TooLarge(format!("> {SPACES_MAX} spaces")));
                }
                self.put(&" ".repeat(spaces))?;
            }
            "text:tab" => self.put("\t")?,
            "text:line-break" => self.put("\n")?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table" => self.tables = self.tables.saturating_sub(1),
            "table-row" if self.tables == 1 => self.end_of_row()?,
            "table-cell" | "covered-table-cell" if self.tables == 1 => self.end_of_cell(),
            "annotation" | "frame" | "custom-shape" | "rect" | "ellipse" | "line" | "connector" | "polygon"
            | "caption" => {
                self.objects.pop();
                if let Some(mut note) = self.notes.pop() {
                    note.text.truncate(note.text.trim_end().len());
                    self.budget.note(&note)?;
                    if let (false, Some(sheet)) = (note.text.is_empty(), self.workbook.sheets.last_mut()) {
                        sheet.notes.push(note);
                    }
                }
            }
            "creator" | "date" | "date-string" | "ruby-text" | "title" | "desc" => {
                self.silent = self.silent.saturating_sub(1);
            }
            "p" | "h" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "span" => {
                self.strikes.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn table(&mut self, start: &BytesStart<'_>) {
        let hidden = attribute(start, "style-name").is_some_and(|style| self.looks.hidden.contains(&style));
        let name = attribute(start, "name").unwrap_or_default();
        self.workbook.sheets.push(Sheet { name, hidden, ..Sheet::default() });
        (self.row, self.column, self.hidden_column) = (0, 0, 0);
        self.cells.clear();
    }

    fn cell(&mut self, start: &BytesStart<'_>) {
        let (rows, columns) = (count(start, "number-rows-spanned"), count(start, "number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let first = Place { row: small(self.row), column: small(self.column) };
            let last = Place {
                row: small(self.row.saturating_add(rows - 1)),
                column: small(self.column.saturating_add(columns - 1)),
            };
            if let Some(sheet) = self.sheet() {
                sheet.merged.push((first, last));
            }
        }
        let strike = self.looks.strike(attribute(start, "style-name").as_ref()).unwrap_or_default();
        let stored = ["string-value", "value", "date-value", "time-value", "boolean-value"];
        // Two attributes of one name: the plain one, and the finer one of one office program.
        let is_error = start
            .attributes()
            .filter_map(Result::ok)
            .any(|attribute| attribute.key.as_ref() == "calcext:value-type" && attribute.value.as_ref() == "error");
        let kind = if is_error { Some("error".to_owned()) } else { attribute(start, "value-type") };
        self.open = Some(Open {
            columns: count(start, "number-columns-repeated"),
            strike,
            kind,
            stored: stored.into_iter().find_map(|name| attribute(start, name)),
            computed: attribute(start, "formula").is_some(),
            ..Open::default()
        });
        self.strikes.clear();
    }

    fn end_of_cell(&mut self) {
        let Some(open) = self.open.take() else { return };
        let (first, columns) = (self.column, open.columns);
        self.column = self.column.saturating_add(columns);
        let value = if open.kind.as_deref() == Some("error") {
            Some(CellValue::Fault(Fault::Error(open.words.text)))
        } else if open.words.text.is_empty() {
            match (open.kind.as_deref(), open.stored) {
                (Some("string"), Some(text)) => Words::plain(text, open.strike).value(),
                (_, Some(value)) if !value.is_empty() => {
                    Some(CellValue::Fault(Fault::Format { code: String::new(), value }))
                }
                (None, _) if open.computed => Some(CellValue::Fault(Fault::Formula)),
                _ => None,
            }
        } else {
            open.words.value()
        };
        if let Some(value) = value {
            self.cells.push((first, columns, value));
        }
    }

    fn end_of_row(&mut self) -> Result<(), Refusal> {
        let first = self.row;
        self.row = self.row.saturating_add(self.row_repeats);
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        for row in first..self.row {
            for (column, columns, value) in &cells {
                for column in *column..column.saturating_add(*columns) {
                    self.budget.take(value)?;
                    let place = Place { row: small(row), column: small(column) };
                    if let Some(sheet) = self.workbook.sheets.last_mut() {
                        sheet.cells.push(Cell { place, value: value.clone() });
                    }
                }
            }
        }
        Ok(())
    }

    fn note(&mut self, kind: NoteKind) {
        let place = self.open.is_some().then(|| Place { row: small(self.row), column: small(self.column) });
        self.notes.push(Note { kind, place, text: String::new() });
        self.objects.push(false);
    }

    fn paragraph(&mut self) -> Result<(), Refusal> {
        self.paragraphs += 1;
        self.after_space = true;
        if let Some(note) = self.notes.last_mut() {
            if !note.text.is_empty() {
                note.text.push('\n');
            }
            return Ok(());
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        open.paragraphs += 1;
        if open.paragraphs > 1 {
            open.words.push("\n", open.strike);
        }
        Ok(())
    }

    /// Characters of the file: white space in them counts as one space.
    fn raw(&mut self, text: &str) -> Result<(), Refusal> {
        let mut plain = String::with_capacity(text.len());
        for character in text.chars() {
            let is_space = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !is_space || !self.after_space {
                plain.push(if is_space { ' ' } else { character });
            }
            self.after_space = is_space;
        }
        if plain.is_empty() {
            return Ok(());
        }
        let after_space = self.after_space;
        self.put(&plain)?;
        self.after_space = after_space;
        Ok(())
    }

    /// Characters as they are shown.
    fn put(&mut self, text: &str) -> Result<(), Refusal> {
        self.after_space = false;
        if self.paragraphs == 0 || self.silent > 0 {
            return Ok(());
        }
        self.budget.words(text)?;
        if let Some(note) = self.notes.last_mut() {
            note.text.push_str(text);
        } else if let Some(open) = &mut self.open {
            let strike = self.strikes.iter().rev().find_map(|strike| *strike).unwrap_or(open.strike);
            open.words.push(text, strike);
        }
        Ok(())
    }
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    attribute(start, "visibility").is_some_and(|how| how != "visible")
}
