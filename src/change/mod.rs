//! Views and change units: what was changed, where, and how a text reads before and after.
//!
//! Input: filled forms with marks. Output: texts of one view ([`project()`]) and the list of changed rows ([`units()`]). It knows
//! no page and no document.

mod audience;
mod excerpt;
mod project;
mod units;
mod withhold;

pub use audience::{WithheldPart, read_by, withheld_lines, withheld_parts};
pub use excerpt::excerpt;
pub use project::project;
pub use units::{MarkPlace, Unit, UnitKind, check_key, key, units, used_changes, whole_key};
pub use withhold::without_withheld;
