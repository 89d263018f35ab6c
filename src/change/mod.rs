//! Views and change units: what was changed, where, and how a text reads before and after.
//!
//! Input: filled forms with marks. Output: texts of one view ([`project()`]), the list of changed rows ([`units()`]), every text
//! before the changes ([`frozen()`]) and how it differs from an edition ([`compare()`]). It knows no page and no document.
//!
//! # Nothing changes in silence
//! A list of changes is made of marks, so it is true only if every change has one. Four functions hold that, and each undoes or proves
//! another:
//!
//! | function | from | to |
//! |---|---|---|
//! | [`freeze()`] | a case before its changes | the files of an edition |
//! | [`compare()`] | an edition and a case before its changes | what differs, and the mark that would declare it |
//! | [`mark()`] | one such difference | the edits that write its mark |
//! | [`fold_body()`], [`fold_value()`] | the marks of a file | the edits that take them in, or back |
//!
//! What an edition holds is the text *before* all marks, item by item, in the author's own notation. So the question of a check is always
//! the same: is the text before the changes the edition, letter by letter? A difference is no change of the case, it is a change that was
//! forgotten. Fixed words of the form are left out: no author wrote them, and the version of the form answers for them.
//!
//! Items are known by their keys, not by their order. An item that moves is the same item; what the reader sees of the order is held by
//! [`crate::imprint`], which freezes what was printed.
//!
//! Lines are compared first, then phrases of a line: a mark takes in a phrase, since half a word that is struck out is not to be read.
//! A letter knows where it stands ([`crate::markup::Letters`]). Where it does not stand in its file by itself, as in a term or an escaped
//! value, the mark takes in the whole value, and where there is no such place a person has to write it ([`ByHand`]). Better no mark than
//! one in the wrong place.
//!
//! Differences of width, of punctuation and of white space are told apart (表記のみ), so that a new notation in a whole paper does not hide
//! the one word that is new. Differences of shape alone (lists, tables, strong) are told and never marked: a mark has no way to say them.
//!
//! `mark` and `fold` are inverse: what `mark` wrote and `fold` took back leaves the file as it was, byte for byte. Still nobody trusts one
//! edit. Who writes marks ([`crate::desk`]) judges the files as they would be, compares again, and takes back the marks of every item
//! that does not come out even; who accepts changes holds every text after them against what it was.

mod audience;
mod compare;
mod edit;
mod excerpt;
mod fold;
mod freeze;
mod frozen;
mod held;
mod mark;
mod mark_key;
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
pub use held::HeldAgainst;
pub use mark::mark;
pub use mark_key::MarkKey;
pub use project::project;
pub use reviewable::{Reviewable, reviewables};
pub use seal::{Breach, SEAL, breaches, seal, seal_digest};
pub use units::{MarkPlace, Unit, UnitKind, important_marks, is_marked, section_units, units, used_changes};
pub use withhold::without_withheld;
