//! Bytes: a laid out document as PDF, a document as HTML or as a workbook.
//!
//! Input: [`crate::layout`]'s documents and pages. Output: bytes, the same on every machine. It writes no file.

mod html;
mod pdf;
mod xlsx;

pub use html::{HtmlTemplates, html, withheld_report};
pub use pdf::{PdfError, PdfMeta, pdf};
pub use xlsx::{checklist_workbook, document_workbook};
