//! Answers of a checklist（回答）: what goes out with each measure, so that it is known again, and what a returned workbook says.
//!
//! Input: the model's checklists and returned workbooks as values. Output: what changed, what cannot be taken over and why, and the
//! text of the author's file with only the touched entries rewritten. It knows no file and decides by no position: columns are found
//! by their headers, measures by their ids.

mod columns;
mod decide;
mod returned;
mod stamp;
mod words;
mod write;

pub use columns::{Column, Field};
pub use decide::{AnswerChange, ChecklistReport, Report, decide};
pub use returned::Returned;
pub use stamp::{BookStamp, RowStamp, STAMP_SHEET, SUMMARY_SHEET, Seam, SheetStamp, book_stamp, more_stamp, row_stamp};
pub use write::with_answers;
