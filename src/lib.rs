//! hyoka keeps a 特定個人情報保護評価 as TOML and Markdown and renders every document it needs from that one source.
//!
//! # The way of the data
//!
//! | module | input → output | may use |
//! |---|---|---|
//! | [`name`] | words → names of what there is | – |
//! | [`diagnostic`] | mistakes → messages | name |
//! | [`system`] | paths → what not every system knows of them | name, diagnostic |
//! | [`source`] | files → texts, TOML → located values | … system |
//! | [`markup`] | Markdown with marks → positioned trees | … source |
//! | [`model`] | trees → filled forms, municipalities, cases | … markup |
//! | [`change`] | model → views, change units | … model |
//! | [`check`] | model and changes → diagnostics | … change |
//! | [`answers`] | checklists and returned workbooks → what was answered | … check |
//! | [`document`] | model and changes → what documents show | … answers |
//! | [`imprint`] | documents → what a reader sees, held against editions | … document |
//! | [`page`] | documents → pages, and what stands on them | … imprint |
//! | [`render`] | documents and pages → PDF, HTML, workbooks | … page |
//! | [`import`] | a form's workbook → entry files | … render |
//! | [`session`] | a folder → a model and what is wrong with it | … import |
//! | [`write`] | bytes and texts by path → files | … session |
//! | [`press`] | a checked workspace → the files of an output folder | … write |
//! | [`desk`] | orders → changed files of the author | … press |
//! | [`serve`] | questions of a browser → answers, and what it writes | … desk |
//! | [`lsp`] | what an editor says → mistakes, hints, edits for it to make | … serve |
//! | [`cli`] | arguments → exit code | … lsp |
//!
//! `change` stands before `check`, because what the rules hold to account are the changes: a rule looks at marks and views, and a
//! view never asks for a rule.
//!
//! One direction; `tests/it/layers.rs` holds the code to this table. Only [`source`] reads files (and
//! [`write`] what it replaces), only [`write`] writes them: `clippy.toml`.
//!
//! [`write`]: mod@write

pub mod answers;
pub mod change;
pub mod check;
pub mod cli;
pub mod desk;
pub mod diagnostic;
pub mod document;
mod error;
pub mod import;
pub mod imprint;
pub mod lsp;
pub mod markup;
pub mod model;
pub mod name;
pub mod page;
pub mod press;
pub mod render;
pub mod serve;
pub mod session;
pub mod source;
pub mod system;
pub mod write;

pub use error::{Error, Said};
