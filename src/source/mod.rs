//! Reading: files into text, TOML into located values.
//!
//! Input: a folder. Output: a [`Workspace`] of texts, and [`read_toml`] for any TOML of a known shape. The only stage that
//! reads files. It knows neither Markdown nor what the values mean.

mod fonts;
mod front_matter;
mod located;
mod schema_check;
mod templates;
mod toml_comments;
mod toml_reader;
mod toml_words;
mod type_words;
mod workspace;

pub use fonts::{font_files, fonts, fonts_have};
pub use front_matter::{Parts, split};
pub use located::Located;
pub use templates::Templates;
pub use toml_reader::{Shape, read_toml};
pub use workspace::Workspace;
