//! Pages: documents composed from filled forms and changes, set by the typesetter, their page numbers measured.
//!
//! Input: model and change units. Output: [`document::Document`] (what is shown) and [`Paged`] (where it stands). It knows no file
//! on disk; templates and fonts come in as values.

mod brackets;
mod checklists;
mod comments;
mod compose;
pub mod document;
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
mod phrases;
mod places;
mod register;
mod run;
mod sheet;
mod sides;
mod standing;
mod typeset;
mod widths;
mod world;

pub use checklists::{ChecklistBook, ChecklistSheet, MeasureRow};
pub use compose::{Composer, Figures, Look};
pub use forms::Printing;
pub use kinds::{Cites, Composed, Kind, Lack, Shows};
pub use lists::{Cited, change_list, change_summary, changes_section};
pub use pages::{PageIndex, PageRange, cite, cite_cell};
pub use places::{Edge, RowPlace, row_places};
pub use register::{RegisteredPaper, registered};
pub use sheet::Margins;
pub use standing::Standing;
pub use typeset::{Paged, Typesetter, TypesetterError};
pub(crate) use typeset::{age, forget, forget_all};
