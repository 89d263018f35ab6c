//! Bytes: a laid out document as PDF, one page of it for a screen, a document as HTML or as a workbook.
//!
//! Input: [`crate::document`]'s trees and [`crate::page`]'s pages. Output: bytes, the same on every machine. It writes no file.

mod html;
mod page;
mod pdf;
mod picture;
mod renderers;
mod said;
mod xlsx;

pub use html::{HtmlTemplates, html, withheld_report};
pub use page::{PageForm, drawn, page};
pub use pdf::{PdfError, PdfMeta, pdf};
pub use picture::{Picture, picture};
pub use renderers::{Given, RENDERERS, Renderer, Wants};
pub use xlsx::{
    BULLET, BookParts, CELL_BAR, CONTENT_COLUMNS, JOIN_LINE, JOIN_WORD, OPTIONS, PLAN_HEADER, PLAN_SHEET, STAMP_SHEET,
    STEP, Stamp, StampedAnnex, TITLE_PART, checklist_workbook, comment_workbook, document_workbook, items_workbook,
    kind_word, zone_word,
};
