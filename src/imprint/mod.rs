//! What a reader sees of a document as readable text by item（刷り上がり）, and how it differs from what an edition froze.
//!
//! Input: the model, its editions. Output: [`Leaf`]s to freeze, [`Departure`]s between two of them, diagnostics. Whatever a page shows
//! follows from its imprint: order and place, titles and forms, not only the words of items. Page numbers cited from another document are
//! measured and are not part of it.
//!
//! It stands behind `document`, since what is printed is made there, and beside the rules of `check`, which see no document.

mod book;
mod departure;
mod document;
mod hold;
mod item;
mod leaf;
mod listed;
mod place;
mod public;

pub use book::book_items;
pub use departure::{Departure, Sort, departures};
pub use document::document_items;
pub use hold::{Held, held, hold};
pub use item::{Item, Line, LineKind};
pub use leaf::{Leaf, Readers, before, issued, texts};
pub use listed::{CaseDepartures, ListedDeparture, ListedMeasure, between, listed};
