//! What a document shows: filled forms and changes composed, with the pages that were measured of what it cites.
//!
//! Input: model and change units. Output: [`tree::Document`]. It knows no page and no typesetter: where something stands comes in as a
//! value ([`PageIndex`]), from who measured it.

mod brackets;
mod checklists;
mod comments;
mod compose;
mod figure;
mod flows;
mod forms;
mod frames;
mod kinds;
mod legend;
mod links;
mod list_rows;
mod lists;
mod pages;
mod paragraph;
mod phrases;
mod register;
mod run;
mod sheet;
mod sides;
mod stretches;
pub mod tree;
mod widths;

pub use checklists::{ChecklistBook, ChecklistSheet, MeasureRow};
pub use compose::{Composer, Figures, Look};
pub use forms::Printing;
pub use kinds::{Cites, Composed, Kind, Lack, Shows};
pub use lists::{Cited, change_list, change_summary, changes_section};
pub use pages::{PageIndex, PageRange, cite, cite_cell};
pub use register::{RegisteredPaper, registered};
pub use sheet::Margins;
