//! The cells of a sheet as they are shown, its merged ranges, its hidden rows and columns.

use std::sync::{Arc, LazyLock};

use quick_xml::events::BytesStart;

use super::Parts;
use super::strings::{Rich, RichReader};
use super::styles::Look;
use crate::source::workbook::format::{Epoch, Format};
use crate::source::workbook::words::{Strike, Words, unescaped};
use crate::source::workbook::xml::{Step, attribute, is_true, number};
use crate::source::workbook::{Budget, Cell, CellValue, Fault, Place, Refusal, Sheet, numbered};

/// What the cells of all sheets refer to.
pub(super) struct Book {
    pub(super) strings: Vec<Rich>,
    pub(super) looks: Vec<Look>,
    pub(super) epoch: Epoch,
}

/// The general format of a cell without a look.
static PLAIN: LazyLock<Look> =
    LazyLock::new(|| Look { format: Arc::new(Format::new("General")), strike: Strike::None });

/// The cell that is being read.
#[derive(Default)]
struct Open {
    kind: String,
    look: Option<usize>,
    /// `None`: none was saved.
    value: Option<String>,
    /// Whether a formula stands in it.
    computed: bool,
    rich: RichReader,
}

struct Reader<'b> {
    book: &'b Book,
    budget: &'b mut Budget,
    sheet: Sheet,
    at: Place,
    row_begun: bool,
    open: Option<Open>,
    in_value: bool,
    in_rich: bool,
}

/// Reads the part of a sheet.
pub(super) fn read(parts: &mut Parts<'_>, part: &str, book: &Book, budget: &mut Budget) -> Result<Sheet, Refusal> {
    let mut reader = Reader {
        book,
        budget,
        sheet: Sheet::default(),
        at: Place { row: 0, column: 0 },
        row_begun: false,
        open: None,
        in_value: false,
        in_rich: false,
    };
    parts.walk(part, |step| reader.step(&step))?;
    let mut sheet = reader.sheet;
    sheet.cells.sort_by_key(|cell| cell.place);
    Ok(sheet)
}

impl Reader<'_> {
    fn step(&mut self, step: &Step<'_>) -> Result<(), Refusal> {
        if let (true, Some(open)) = (self.in_rich, &mut self.open) {
            open.rich.step(step)?;
        }
        match step {
            Step::Open(start) => self.start(start)?,
            Step::Text(text) if self.in_value => {
                if let Some(open) = &mut self.open {
                    open.value.get_or_insert_default().push_str(text);
                }
            }
            Step::Text(_) => {}
            Step::Close("v") => self.in_value = false,
            Step::Close("is") => self.in_rich = false,
            Step::Close("c") => self.end_of_cell()?,
            Step::Close("row") => {
                self.at = Place { row: self.at.row.saturating_add(1), column: 0 };
                self.row_begun = false;
            }
            Step::Close(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        match start.local_name().as_ref() {
            "col" if is_true(start, "hidden") => {
                let (first, last) = (number::<u32>(start, "min"), number::<u32>(start, "max"));
                if let (Some(first), Some(last)) = (first, last) {
                    self.sheet.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
                }
            }
            "row" => {
                if let Some(row) = number::<u32>(start, "r").and_then(|row| row.checked_sub(1)) {
                    self.at.row = row;
                }
                self.at.column = 0;
                if is_true(start, "hidden") {
                    self.sheet.hidden_rows.push((self.at.row, self.at.row));
                }
            }
            "c" => {
                if let Some(place) = attribute(start, "r").and_then(|name| Place::of_label(&name)) {
                    self.at = place;
                }
                self.open = Some(Open {
                    kind: attribute(start, "t").unwrap_or_default(),
                    look: number(start, "s"),
                    ..Open::default()
                });
            }
            "v" => {
                self.in_value = true;
                if let Some(open) = &mut self.open {
                    open.value.get_or_insert_default();
                }
            }
            "f" => {
                if let Some(open) = &mut self.open {
                    open.computed = true;
                }
            }
            "is" => self.in_rich = true,
            "mergeCell" => {
                if let Some((first, last)) = attribute(start, "ref").and_then(|range| corners(&range)) {
                    self.sheet.merged.push((first, last));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_of_cell(&mut self) -> Result<(), Refusal> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let place = self.at;
        self.at.column = self.at.column.saturating_add(1);
        if let Some(value) = self.value(open)? {
            self.budget.take(&value)?;
            self.sheet.cells.push(Cell { place, value });
        }
        Ok(())
    }

    fn value(&self, mut open: Open) -> Result<Option<CellValue>, Refusal> {
        let look = open.look.and_then(|look| self.book.looks.get(look)).unwrap_or(&PLAIN);
        let computed = open.computed;
        if computed && open.value.is_none() {
            return Ok(Some(CellValue::Fault(Fault::Formula)));
        }
        let written = open.value.take().unwrap_or_default();
        let words = match open.kind.as_str() {
            "s" => {
                let number: Option<usize> = written.trim().parse().ok();
                let text = number.and_then(|number| self.book.strings.get(number));
                let text = text.ok_or_else(|| Refusal::Damaged("no such shared text".to_owned()))?;
                text.words(look.strike)
            }
            "inlineStr" => open.rich.take().words(look.strike),
            "str" => Words::plain(unescaped(&written), look.strike),
            _ if written.trim().is_empty() => {
                return Ok(computed.then_some(CellValue::Fault(Fault::Formula)));
            }
            "b" => Words::plain(if written.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(), look.strike),
            "e" => return Ok(Some(CellValue::Fault(Fault::Error(written)))),
            "d" => match serial(written.trim()) {
                Some(value) => return Ok(numbered(&look.format, value, self.book.epoch, look.strike)),
                None => return Ok(Some(unknown(&look.format, written))),
            },
            _ => match written.trim().parse::<f64>() {
                Ok(value) => return Ok(numbered(&look.format, value, self.book.epoch, look.strike)),
                Err(_) => return Err(Refusal::Damaged("a number that is none".to_owned())),
            },
        };
        if words.text.is_empty() {
            return Ok(None);
        }
        match look.format.text(&words.text) {
            Some(shown) if shown == words.text => Ok(words.value()),
            Some(shown) if words.struck.is_empty() => Ok(Some(CellValue::Text(shown))),
            Some(_) => Ok(words.value()),
            None => Ok(Some(unknown(&look.format, words.text))),
        }
    }
}

fn unknown(format: &Format, value: String) -> CellValue {
    CellValue::Fault(Fault::Format { code: format.code().to_owned(), value })
}

/// A day in the notation of ISO 8601 as a serial number from 1900.
fn serial(text: &str) -> Option<f64> {
    let moment: jiff::civil::DateTime =
        text.trim_end_matches('Z').parse().or_else(|_| text.parse::<jiff::civil::Date>().map(Into::into)).ok()?;
    let days = moment.date().since(jiff::civil::date(1899, 12, 30)).ok()?.get_days();
    let time = moment.time();
    let seconds = i32::from(time.hour()) * 3_600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    Some(f64::from(days) + f64::from(seconds) / 86_400.0)
}

/// The corners of `D11:D13`.
fn corners(range: &str) -> Option<(Place, Place)> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some((Place::of_label(first)?, Place::of_label(last)?))
}
