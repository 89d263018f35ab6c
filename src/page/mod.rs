//! Pages: documents set by the typesetter, their page numbers measured.
//!
//! Input: [`crate::document`]'s trees. Output: [`Paged`], where everything stands. It knows no file on disk; templates and fonts come in as
//! values.

mod numbers;
mod places;
mod setting;
mod sheaf;
mod standing;
mod typeset;
mod world;

pub use places::{Edge, RowPlace, row_places};
pub(crate) use setting::on_deep_stack;
pub use sheaf::Sheaf;
pub use standing::Standing;
pub use typeset::{Paged, Typesetter, TypesetterError};
pub(crate) use typeset::{age, forget, forget_all};
