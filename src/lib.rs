//! hyoka keeps a 特定個人情報保護評価 as TOML and Markdown and renders every document it needs from that one source.
//!
//! # The way of the data
//!
//! | module | input → output | may use |
//! |---|---|---|
//! | [`diagnostic`] | mistakes → messages | – |
//! | [`source`] | files → texts, TOML → located values | diagnostic |
//! | [`markup`] | Markdown with marks → positioned trees | diagnostic, source |
//! | [`model`] | trees → filled forms, municipalities, cases | diagnostic, source, markup |
//! | [`change`] | model → views, change units | … model |
//! | [`check`] | model and changes → diagnostics | … change |
//! | [`answers`] | checklists and returned workbooks → what was answered | … check |
//! | [`layout`] | model and changes → documents, pages | … answers |
//! | [`render`] | documents → PDF, HTML, workbooks | … layout |
//! | [`build`] | all of it → `build/` | … render |
//! | [`cli`] | arguments → exit code | … build |
//!
//! `change` stands before `check`, because what the rules hold to account are the changes: a rule looks at marks and views, and a
//! view never asks for a rule.
//!
//! One direction; `tests/it/layers.rs` holds the code to this table. Only [`source`] reads files, only [`build`] writes them.

pub mod answers;
pub mod build;
pub mod change;
pub mod check;
pub mod cli;
pub mod diagnostic;
mod error;
pub mod layout;
pub mod markup;
pub mod model;
pub mod render;
pub mod source;

pub use error::Error;
