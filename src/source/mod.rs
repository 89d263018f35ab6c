//! Reading: files into text, TOML into located values.
//!
//! Input: a folder. Output: a [`Workspace`] of texts, and [`read_toml`] for any TOML of a known shape; [`Workbook`] for one that came back filled in. The only stage that
//! reads files. It knows neither Markdown nor what the values mean.

#![expect(clippy::disallowed_methods, reason = "the room that reads")]

mod by_place;
mod characters;
mod content_looks;
mod digest;
mod fingerprint;
mod fonts;
mod front_matter;
mod line;
mod located;
mod names;
mod parted;
mod schema_check;
mod templates;
mod text_file;
mod toml_comments;
mod toml_keys;
mod toml_reader;
mod toml_words;
mod type_words;
mod walk;
mod workbook;
mod workspace;

pub use by_place::ByPlace;
pub use characters::{Foreign, Refused, composed, foreign, refused};
pub use content_looks::ContentLooks;
pub use digest::sha256;
pub use fingerprint::fingerprint;
pub use fonts::{font, font_files, font_infos, fonts_have};
pub use front_matter::{Parts, split};
pub use line::{LinePart, line_parts};
pub use located::Located;
pub use names::{NameFault, STAMP_FILE, id_fault};
pub use parted::parted;
pub use templates::Templates;
pub use text_file::{FILE_MAX_BYTES, WORKSPACE_MAX_BYTES};
pub use toml_comments::toml_comments;
pub use toml_keys::toml_keys;
pub use toml_reader::{Shape, read_toml};
pub use workbook::{
    Cell, CellValue, Fault, Found, FoundFile, Note, NoteKind, PARSER_THREAD, Place, Sheet, Unseen, Workbook, excerpt,
};
pub use workspace::Workspace;
