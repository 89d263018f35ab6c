//! Workbooks. Text is always written as text: a cell that begins with `=` stays what its author wrote.

mod checklist;
mod comments;
mod cover;
mod form;
mod form_rows;
mod items;
mod lines;
mod list;
mod page;
mod plan;
mod rows;
mod stamp;
mod style;
mod wrap;

pub use checklist::checklist_workbook;
pub use comments::comment_workbook;
pub use form::{CONTENT_COLUMNS, TITLE_PART};
pub use items::items_workbook;
pub use lines::{BULLET, CELL_BAR, OPTIONS, STEP};
pub use plan::{PLAN_HEADER, PLAN_SHEET, kind_word, zone_word};
pub use rows::{JOIN_LINE, JOIN_WORD};
pub use stamp::{STAMP_SHEET, Stamp, StampedAnnex};

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::lines::Lines;
use super::picture::Picture;
use crate::document::tree::{Block, Document, Grid, MarkShow, MarkStyle, SectionLayout};
use crate::model::ItemPath;

/// What a document's workbook shows besides the document itself（表計算ファイルの材料）.
#[derive(Debug)]
pub struct BookParts<'a> {
    /// Pictures of the figures by their path.
    pub pictures: &'a BTreeMap<ItemPath, Picture>,
    /// What the workbook was made from; `None` for one that is published: it carries no hidden sheet and no hidden columns.
    pub stamp: Option<&'a Stamp>,
}

/// The bytes of a document's workbook: a list as one sheet a table, a form as one sheet a section.
///
/// # Errors
/// [`XlsxError`] where a limit of the format is broken.
pub fn document_workbook(document: &Document, parts: &BookParts<'_>, date: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(&document.meta.title, &document.meta.author, date)?;
    let grids = lists(document);
    if grids.is_empty() {
        form::fill(&mut workbook, document, parts)?;
        if let Some(stamp) = parts.stamp {
            plan::fill(&mut workbook, document)?;
            stamp::fill(&mut workbook, stamp)?;
        }
    }
    for (number, (heading, grid)) in (1..).zip(grids) {
        let sheet = workbook.add_worksheet();
        let name = heading.clone().or_else(|| document.meta.title_lines.last().cloned());
        sheet.set_name(form::sheet_name(&name.unwrap_or_else(|| "一覧".to_owned()), number))?;
        list::fill(sheet, document, parts.pictures, (heading.as_deref(), grid))?;
    }
    workbook.save_to_buffer()
}

/// The tables of a document that is nothing but lists, each with the heading above it; none for a form.
fn lists(document: &Document) -> Vec<(Option<String>, &Grid)> {
    let [section] = document.sections.as_slice() else { return Vec::new() };
    if section.layout != SectionLayout::Changes || !section.heading.is_empty() {
        return Vec::new();
    }
    let mut heading = None;
    let mut found = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Heading { runs, .. } => heading = Some(lines::text_of(runs)),
            Block::Grid(grid) => found.push((heading.take(), grid)),
            Block::Band { .. }
            | Block::Rows { .. }
            | Block::Rich { .. }
            | Block::Line { .. }
            | Block::Flow(_)
            | Block::Records { .. } => {}
        }
    }
    found
}

/// Lines as the document's style of marks shows them: without what it hides.
fn shown(mut lines: Lines, marks: &MarkStyle) -> Lines {
    if marks.deleted.hidden {
        for line in &mut lines {
            line.retain(|run| run.mark.as_ref().is_none_or(|mark| mark.show != MarkShow::Del));
        }
        lines.retain(|line| !line.is_empty());
    }
    lines
}

/// A workbook whose bytes repeat: its creation date is the content's, never the clock's.
fn workbook(title: &str, author: &str, date: Date) -> Result<Workbook, XlsxError> {
    let month = u8::try_from(date.month()).expect("months are positive");
    let day = u8::try_from(date.day()).expect("days are positive");
    let created = ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1900), month, day)?;
    let mut workbook = Workbook::new();
    // Columns are as wide as so many digits of the standard font: it is ours, so that a line holds as much in every program.
    workbook.set_default_format(&style::base(), 18, 64)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_author(author).set_creation_datetime(&created));
    Ok(workbook)
}
