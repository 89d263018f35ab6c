//! What changes the author's files on somebody's order: what is begun, marks written, taken back and accepted, editions frozen, items
//! signed, answers and forms taken over.
//!
//! What an author looks up while writing (reviews, items of a form, the register) is gathered here too.
//!
//! Input: a checked workspace and an order. Output: new texts of files, checked before they are written in one step.

mod accepting;
mod beginning;
pub mod checklist;
pub mod comments;
mod editions;
mod figure;
mod finding;
mod flows;
mod folding;
mod hearing;
mod hearing_parts;
mod importing;
mod issuing;
pub mod items;
mod listing;
mod marking;
mod measures;
mod moving;
mod register;
mod review;
mod schemas;
mod unmarking;

pub use accepting::{AcceptOrder, Accepted, accept, accept_dry, accepting, drop_unused};
pub use beginning::{
    AssessmentOrder, Begin, BeginOrder, Begun, ChangeFault, ChangeOrder, ChangeOwner, ChecklistOrder, FormPattern,
    MunicipalityOrder, Patterns, SubmissionOrder, begin, begin_assessment, begin_change, begin_checklist,
    begin_municipality, begin_submission, begin_workspace, declare, patterns,
};
pub use editions::{FreezeOrder, Frozen, freeze, freeze_anew, freezing, seal_editions};
pub use figure::{
    FigureFault, FigureOrder, FigureRow, FigureSaid, FigureTable, FigureWrong, KINDS, ZONES, said_of_arrow,
    said_of_node, said_of_title, step_typed, with_figure,
};
pub use finding::{Finds, FoundItem, search};
pub use flows::{FlowOrder, with_flows};
pub use hearing::{HearingFault, HearingOrder, HearingWords, HearingWrong, with_hearing};
pub use hearing_parts::{COLUMN_FIELDS, HearingPart, PartOrder, PartSaid, SHOWS, with_part};
pub use importing::{Compared, ImportMode, ImportOrder, ImportOutcome, import, import_bytes};
pub use issuing::{IssueOrder, Issued, issue, issuing};
pub use listing::{form_items, forms};
pub use marking::{MarkOrder, Marked, MarkedPlace, Notation, mark_dry, marks, write_marks};
pub use measures::{MeasureFault, MeasureOrder, with_measure};
pub use moving::{FormMoved, MoveOrder, move_form, move_form_dry};
pub use register::{RegisteredPaper, register};
pub use review::{
    CaseReview, ItemReview, ReviewReport, ReviewState, SectionReview, SignOrder, Signed, review_report, sign,
};
pub use schemas::{schemas, write_schemas};
pub use unmarking::{MarkThen, UnmarkOrder, Unmarked, unmark};
