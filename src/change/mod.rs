//! Views and change units: what was changed, where, and how a text reads before and after.
//!
//! Input: filled forms with marks. Output: texts of one view ([`project()`]), the list of changed rows ([`units()`]), every text
//! before the changes ([`frozen()`]) and how it differs from an edition ([`compare()`]). It knows no page and no document.

mod audience;
mod compare;
mod edit;
mod excerpt;
mod fold;
mod freeze;
mod frozen;
mod mark;
mod project;
mod reviewable;
mod seal;
mod units;
mod withhold;

pub use audience::{WithheldPart, as_read_by, read_by, withheld_lines, withheld_parts};
pub use compare::{ByHand, Difference, DifferenceKind, ItemDifference, Patch, compare, is_notation_only};
pub use edit::{TextEdit, apply};
pub use excerpt::excerpt;
pub use fold::{Fold, fold_body, fold_value, rename_body, rename_value};
pub use freeze::freeze;
pub use frozen::{FrozenItem, FrozenKind, frozen, frozen_keys};
pub use mark::mark;
pub use project::project;
pub use reviewable::{Reviewable, reviewables};
pub use seal::{Breach, SEAL, breaches, seal, seal_digest};
pub use units::{MarkPlace, Unit, UnitKind, check_key, is_marked, key, section_units, units, used_changes, whole_key};
pub use withhold::without_withheld;
