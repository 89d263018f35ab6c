//! Frozen editions: what was approved or published, item by item.

use indexmap::IndexMap;

use super::manifest::EditionToml;
use crate::diagnostic::{FileId, Span};
use crate::markup::{Headed, Text};

/// An edition（版）: `content/editions/<slug>/<case>/<id>/`.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// What it is and which changes went into it; `None` where `edition.toml` is missing.
    pub about: Option<(FileId, EditionToml)>,
    /// Each item's text by its key: the file's path below the edition, a slash, the id in the heading.
    pub items: IndexMap<String, FrozenText>,
}

/// The text of one item of an edition（確定した記載）.
#[derive(Debug, Clone)]
pub struct FrozenText {
    /// The text; it has no marks.
    pub text: Text,
    /// Where its heading stands.
    pub span: Span,
}

impl Edition {
    /// Adds a file's texts under its path below the edition.
    pub(super) fn add(&mut self, file: &str, headed: Vec<Headed>) {
        for headed in headed {
            let item = FrozenText { text: headed.text, span: headed.span };
            self.items.insert(format!("{file}/{}", headed.id), item);
        }
    }
}
