//! The only room that writes files: a folder exchanged in one step, an author's files all or none.
//!
//! Input: bytes and texts by path. Output: nothing but the files. It knows no document.

mod author;
mod exchange;

pub use author::replace;
pub use exchange::{Held, exchange, hold, link, write_error};
