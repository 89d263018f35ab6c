//! Sign-offs of a case, as they were written.

use super::ItemKey;
use super::library::Library;
use super::manifest::ReviewToml;
use crate::diagnostic::Span;

/// A sign-off（点検済）.
#[derive(Debug, Clone)]
pub struct Review {
    /// Key of the item, as it is written.
    pub key: ItemKey,
    /// Who read it, when, and the hash of what was read.
    pub settings: ReviewToml,
    /// Where it stands.
    pub span: Span,
}

/// The sign-offs in the `reviewed.toml` of a case's folder, in its order.
pub(super) fn reviews(library: &Library, folder: &str) -> Vec<Review> {
    let Some(read) = library.reviewed.get(folder) else { return Vec::new() };
    let entries = read.value.reviewed.iter();
    entries
        .map(|(path, review)| Review {
            key: path.as_str().into(),
            settings: review.value.clone(),
            span: Span::new(read.file, review.range.clone()),
        })
        .collect()
}
