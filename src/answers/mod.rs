//! Answers of a checklist（回答） and opinions of a hearing（意見）: what goes out with each row, so that it is known again, and what a
//! returned workbook says.
//!
//! Input: the model's checklists and hearings, and returned workbooks as values. Output: what changed, what cannot be taken over and why, and the
//! text of the author's file with only the touched entries rewritten. It knows no file and decides by no position: columns are found
//! by their headers, measures by their ids.

mod columns;
mod comments;
mod decide;
mod returned;
mod stamp;
mod words;
mod write;

pub use columns::{Column, Field};
pub use comments::{
    BOOK_KIND, CommentCell, CommentChange, CommentRow, CommentSheet, CommentTable, CommentsReport, NewRow,
    ReturnedComments, comment_sheet, decide_comments, edited, key_of, with_comments,
};
pub use decide::{AnswerChange, ChecklistReport, Report, decide};
pub use returned::Returned;
pub use stamp::{BookStamp, RowStamp, STAMP_SHEET, SUMMARY_SHEET, Seam, SheetStamp, book_stamp, more_stamp, row_stamp};
pub use write::{tables, with_answers};
