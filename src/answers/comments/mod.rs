//! Opinions as a workbook（意見のブック）: out to those who write the answers down, and back.
//!
//! Two tables: the opinions by their number, the groups that answer them by their id. Both may be filled in and grow. A hidden stamp in
//! each row says what went out, so that the way back is a merge of three, as for checklists: a cell that nobody touched changes nothing.
//! Columns of other workbooks are found by their headers; one that tells who sent an opinion in is named and never taken over.

mod decide;
mod fields;
mod returned;
mod sheet;
mod write;

pub use decide::{CommentChange, CommentsReport, NewRow, decide_comments};
pub use fields::{CommentTable, Field as CommentCell};
pub use returned::ReturnedComments;
pub use sheet::{BOOK_KIND, CommentRow, CommentSheet, comment_sheet};
pub use write::{edited, key_of, with_comments};
