//! A checklist as a workbook: one sheet per table and side, the counts, and a hidden stamp; answers from drop-downs, only answer
//! cells unlocked.

mod answers;
mod stamp;
mod summary;

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet, XlsxError};

use super::lines::{self, Edge, Join, Piece, open_format, text_of};
use super::page::Room;
use super::rows::Rows as Sheet;
use super::{style, workbook};
use crate::answers::{Column, Field, STAMP_SHEET, SUMMARY_SHEET, Seam, more_stamp};
use crate::document::tree::Paper;
use crate::document::{ChecklistBook, ChecklistSheet, MeasureRow};

/// What the person who answers must know.
const GUIDE: &str = "記入する欄は「実施」「具体的な内容」「備考」「未実施（×）の理由」です（薄い色の欄）。ほかの欄、隠れている列とシートは、回答の取込みに使いますので変えないでください。";
/// Lowest row of a measure, in pt.
const ROW_MIN_PT: f64 = 32.0;

/// Number of a column, from 0.
fn at(column: Column) -> u16 {
    let index = Column::ALL.iter().position(|known| *known == column).expect("ALL holds every column");
    u16::try_from(index).expect("there are few columns")
}

/// Whether any measure of a checklist names what it rests on. Where none does, the column stays hidden, and its room goes to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grounds {
    Shown,
    Hidden,
}

impl Grounds {
    fn of(book: &ChecklistBook) -> Self {
        let mut rows = book.sheets.iter().flat_map(|sheet| &sheet.rows);
        if rows.any(|row| !row.rests_on.is_empty()) { Self::Shown } else { Self::Hidden }
    }

    /// Width of a column in half-width characters.
    fn width(self, column: Column) -> f64 {
        let more = |width: f64, more: f64| if self == Self::Hidden { width + more } else { width };
        match column {
            Column::Number => 5.0,
            Column::Category => 10.0,
            Column::Text => 46.0,
            Column::Answer | Column::State => 7.0,
            Column::Detail => more(34.0, 14.0),
            Column::RestsOn => 26.0,
            Column::Note => more(18.0, 6.0),
            Column::Reason => more(20.0, 6.0),
            Column::Id | Column::Stamp => 12.0,
        }
    }

    /// The columns that are printed.
    fn printed(self) -> impl Iterator<Item = Column> {
        let shown = move |column: &Column| *column != Column::RestsOn || self == Self::Shown;
        Column::ALL.into_iter().filter(|column| at(*column) <= at(Column::Reason)).filter(shown)
    }

    /// Width of them all.
    fn all(self) -> f64 {
        self.printed().map(|column| self.width(column)).sum()
    }
}

/// What is printed above a column: its words before a bracket on a line of their own where one line does not hold them all.
fn header_words(column: Column, width: f64) -> String {
    let words = column.header();
    match words.split_once('（') {
        Some((before, rest)) if words.ends_with('）') && style::line_count(words, width) > 1 => {
            format!("{before}\n（{rest}")
        }
        Some(_) | None => words.to_owned(),
    }
}

/// The formats of a workbook, made once: a checklist may have thousands of rows.
struct Formats {
    grounds: Grounds,
    body: Format,
    centred: Format,
    open: Format,
    open_centred: Format,
    header: Format,
    title: Format,
}

impl Formats {
    fn new(grounds: Grounds) -> Self {
        Self {
            grounds,
            body: style::body(),
            centred: style::centred(),
            open: style::answer(style::body()),
            open_centred: style::answer(style::centred()),
            header: style::header(),
            title: style::title().set_text_wrap(),
        }
    }
}

/// Where the measures of a sheet stand.
#[derive(Debug, Clone, Copy)]
struct Rows {
    header: u32,
    /// First row after the last measure.
    end: u32,
}

impl Rows {
    /// First and last row of the measures, if there are any.
    fn span(self) -> Option<(u32, u32)> {
        (self.end > self.header + 1).then(|| (self.header + 1, self.end - 1))
    }
}

/// The workbook's bytes.
///
/// # Errors
/// [`XlsxError`] where a limit of the format is broken: more than 1,048,576 rows, a text of more than 32,767 characters.
pub fn checklist_workbook(book: &ChecklistBook, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(&book.title, &book.author, date)?;
    let formats = Formats::new(Grounds::of(book));
    let mut places = Vec::new();
    for sheet in &book.sheets {
        let target = workbook.add_worksheet();
        target.set_name(&sheet.name)?;
        places.push(fill(target, book, sheet, &formats)?);
    }
    for ((number, sheet), rows) in (1_usize..).zip(&book.sheets).zip(&places) {
        name_ranges(&mut workbook, number, sheet, *rows)?;
    }
    let target = workbook.add_worksheet();
    target.set_name(SUMMARY_SHEET)?;
    summary::fill(target, book)?;
    let target = workbook.add_worksheet();
    target.set_name(STAMP_SHEET)?;
    stamp::fill(target, &book.stamp)?;
    workbook.save_to_buffer()
}

/// Names for the columns that the summary counts: `answers_1`, `categories_1`, `states_1`.
fn name_ranges(workbook: &mut Workbook, number: usize, sheet: &ChecklistSheet, rows: Rows) -> Result<(), XlsxError> {
    let Some((first, last)) = rows.span() else { return Ok(()) };
    for (name, column) in [("answers", Column::Answer), ("categories", Column::Category), ("states", Column::State)] {
        let letter = char::from(b'A' + u8::try_from(at(column)).expect("there are few columns"));
        let range = format!("='{}'!${letter}${}:${letter}${}", sheet.name, first + 1, last + 1);
        workbook.define_name(format!("{name}_{number}"), &range)?;
    }
    Ok(())
}

fn fill(
    target: &mut Worksheet,
    book: &ChecklistBook,
    sheet: &ChecklistSheet,
    formats: &Formats,
) -> Result<Rows, XlsxError> {
    let grounds = formats.grounds;
    for column in Column::ALL {
        target.set_column_width(at(column), grounds.width(column))?;
    }
    target.set_column_hidden(at(Column::Id))?;
    target.set_column_hidden(at(Column::Stamp))?;
    if grounds == Grounds::Hidden {
        target.set_column_hidden(at(Column::RestsOn))?;
    }
    let mut pages = Sheet::default();
    let header = head(target, book, sheet, (formats, &mut pages))?;
    let measures: Vec<Measured<'_>> = sheet.rows.iter().map(|row| Measured::of(row, grounds)).collect();
    let mut end = header + 1;
    for measure in &measures {
        end = measure.count_rows(end, &mut pages);
    }
    let rows = Rows { header, end };
    let breaks = paged(target, (&pages, rows), grounds)?;
    let mut row = header + 1;
    for (measure, number) in measures.iter().zip(1_u32..) {
        row = measure.write(target, (row, number), (formats, &breaks))?;
    }
    if let Some((first, last)) = rows.span() {
        answers::set(target, first, last)?;
    }
    page(target, book, &sheet.name, rows)?;
    Ok(rows)
}

/// Title and head lines; returns the row of the column headers.
fn head(
    target: &mut Worksheet,
    book: &ChecklistBook,
    sheet: &ChecklistSheet,
    (formats, pages): (&Formats, &mut Sheet),
) -> Result<u32, XlsxError> {
    let mut raise = |target: &mut Worksheet, row: u32, pt: f64| {
        pages.height(row, pt);
        target.set_row_height(row, pt).map(|_| ())
    };
    let last = at(Column::Reason);
    let total = formats.grounds.all();
    let subtitle = format!("{}　{}", sheet.belongs_to, sheet.title);
    target.merge_range(0, 0, 0, last, &book.title, &formats.title)?;
    // The title is set in 14 pt over columns that are measured in characters of 10 pt.
    raise(target, 0, style::row_height(&[(&book.title, total / 1.4)]) * 1.3)?;
    target.merge_range(1, 0, 1, last, &subtitle, &style::base().set_bold().set_text_wrap())?;
    raise(target, 1, style::row_height(&[(&subtitle, total)]))?;
    let mut row = 2;
    let line = style::base().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
    for (label, text) in &book.head {
        target.merge_range(row, 0, row, 1, label, &formats.header)?;
        target.merge_range(row, 2, row, last, text, &line)?;
        raise(target, row, style::row_height(&[(text, total - 15.0)]).max(18.0))?;
        row += 1;
    }
    for text in [book.legend.as_str(), GUIDE].into_iter().filter(|text| !text.is_empty()) {
        target.merge_range(row, 0, row, last, text, &style::base().set_text_wrap())?;
        raise(target, row, style::row_height(&[(text, total)]))?;
        row += 1;
    }
    for column in Column::ALL {
        let words = header_words(column, formats.grounds.width(column));
        target.write_string_with_format(row, at(column), words, &formats.header)?;
    }
    raise(target, row, ROW_MIN_PT)?;
    Ok(row)
}

/// A measure with its texts in rows. Texts that are longer than a row can be high, answers among them, go on in rows below, which hold
/// nothing else but say in their hidden columns whose texts they are and how the answers go on.
struct Measured<'a> {
    row: &'a MeasureRow,
    texts: [(Column, Vec<Piece>); 5],
}

impl<'a> Measured<'a> {
    fn of(row: &'a MeasureRow, grounds: Grounds) -> Self {
        let pieces = |column: Column, text: &str| lines::in_rows(&[lines::plain(text)], grounds.width(column));
        let texts = [
            (Column::Text, lines::in_rows(&row.text, grounds.width(Column::Text))),
            (Column::RestsOn, pieces(Column::RestsOn, &row.rests_on)),
            (Column::Detail, pieces(Column::Detail, &row.detail)),
            (Column::Note, pieces(Column::Note, &row.note)),
            (Column::Reason, pieces(Column::Reason, &row.reason)),
        ];
        Self { row, texts }
    }

    /// How many rows it takes.
    fn count(&self) -> usize {
        self.texts.iter().map(|(_, pieces)| pieces.len()).max().expect("there are texts")
    }

    /// Height of one of its rows, in pt.
    fn height(&self, index: usize) -> f64 {
        let pieces = self.texts.iter().filter_map(|(_, pieces)| pieces.get(index));
        pieces.map(|piece| piece.height).fold(if index == 0 { ROW_MIN_PT } else { 0.0 }, f64::max)
    }

    /// Counts its rows into pages; returns the row after it.
    fn count_rows(&self, row: u32, pages: &mut Sheet) -> u32 {
        let mut end = row;
        for index in 0..self.count() {
            pages.height(end, self.height(index));
            end += 1;
        }
        end
    }

    /// Writes it, closed where a page ends; returns the row after it.
    fn write(
        &self,
        target: &mut Worksheet,
        (row, number): (u32, u32),
        (formats, breaks): (&Formats, &BTreeSet<u32>),
    ) -> Result<u32, XlsxError> {
        let (measure, count) = (self.row, self.count());
        let end = row + u32::try_from(count).expect("a text has few pieces");
        for (index, row) in (0..count).zip(row..) {
            let edge = |is_edge: bool| if is_edge { Edge::Outer } else { Edge::Inner };
            let format = |base: &Format, last: usize| {
                let top = edge(index == 0 || breaks.contains(&row));
                open_format(base, top, edge(index >= last || breaks.contains(&(row + 1))))
            };
            let mut answers = Vec::new();
            for (column, pieces) in &self.texts {
                let field = Field::ALL.into_iter().find(|field| field.column() == *column);
                // Below the end of an answer is no room to go on: only the words of its own row come back.
                let is_open = field.is_some() && index < pieces.len();
                let base = if is_open { &formats.open } else { &formats.body };
                let last = if is_open { pieces.len() - 1 } else { count - 1 };
                let format = format(base, last);
                let Some(piece) = pieces.get(index) else {
                    target.write_blank(row, at(*column), &format)?;
                    continue;
                };
                if *column == Column::Text {
                    style::write_runs(target, row, at(*column), &piece.runs, &format)?;
                } else {
                    write(target, row, at(*column), &text_of(&piece.runs), &format)?;
                }
                let seam = match piece.join {
                    Join::First => None,
                    Join::Line => Some(Seam::Line),
                    Join::Word => Some(Seam::Word),
                };
                answers.extend(field.zip(seam));
            }
            target.write_string(row, at(Column::Id), &measure.id)?;
            target.set_row_height(row, style::whole_px(self.height(index)))?;
            let centred = format(&formats.centred, count - 1);
            if index == 0 {
                target.write_number_with_format(row, at(Column::Number), number, &centred)?;
                target.write_string_with_format(row, at(Column::Category), measure.category, &centred)?;
                write(target, row, at(Column::Answer), measure.answer, &formats.open_centred)?;
                write(target, row, at(Column::State), measure.state, &centred)?;
                target.write_string(row, at(Column::Stamp), &measure.stamp)?;
            } else {
                for column in [Column::Number, Column::Category, Column::Answer, Column::State] {
                    target.write_blank(row, at(column), &format(&formats.body, count - 1))?;
                }
                target.write_string(row, at(Column::Stamp), more_stamp(index, &answers))?;
            }
        }
        Ok(end)
    }
}

fn write(target: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if text.is_empty() {
        target.write_blank(row, column, format)?;
    } else {
        target.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Paper, repeated header, footer, protection.
fn page(target: &mut Worksheet, book: &ChecklistBook, name: &str, rows: Rows) -> Result<(), XlsxError> {
    target.set_freeze_panes(rows.header + 1, at(Column::Answer))?;
    target.set_repeat_rows(rows.header, rows.header)?;
    target.set_print_area(0, 0, rows.end - 1, at(Column::Reason))?;
    paper(target, book, name);
    Ok(())
}

/// Ends the pages of a sheet: all of it on one page where little is left over, else pages of about the same height. Returns the rows that
/// begin a page, but the first one.
fn paged(target: &mut Worksheet, (pages, rows): (&Sheet, Rows), grounds: Grounds) -> Result<BTreeSet<u32>, XlsxError> {
    /// Share of a page that is not worth another one.
    const LITTLE: f64 = 0.15;
    target.set_landscape();
    let width_px = grounds.printed().map(|column| style::column_px(grounds.width(column))).sum();
    let room = Room::new(Paper::A4Landscape, width_px, pages.high((rows.header, rows.header)));
    if pages.high((0, rows.end - 1)) <= room.pt(true) * (1.0 + LITTLE) {
        target.set_print_fit_to_pages(1, 1);
        return Ok(BTreeSet::new());
    }
    let breaks = pages.even_breaks(room);
    target.set_print_fit_to_pages(1, 0);
    let list: Vec<u32> = breaks.iter().copied().collect();
    target.set_page_breaks(&list)?;
    Ok(breaks)
}

/// What all sheets of a checklist share on paper, and their protection: rows may be made higher and filtered, nothing else.
fn paper(target: &mut Worksheet, book: &ChecklistBook, name: &str) {
    target.set_paper_size(9);
    target.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    target.set_header(format!("&L{}&R{}", escape(&book.author), escape(name)));
    target.set_footer("&C&P / &N");
    target.protect_with_options(&ProtectionOptions {
        format_rows: true,
        format_columns: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
}

/// `&` begins a code in headers and footers.
fn escape(text: &str) -> String {
    text.replace('&', "&&")
}
