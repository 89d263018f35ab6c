//! Frozen editions: what was approved or published, item by item.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::manifest::{EditionToml, IssueToml, SealToml};
use indexmap::IndexMap;

use crate::diagnostic::{FileId, Span};
use crate::markup::{Headed, Text};

/// An edition（版）: `content/editions/<slug>/<case>/<id>/`.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// What it is and which changes went into it; `None` where `edition.toml` is missing.
    pub about: Option<(FileId, EditionToml)>,
    /// Each item's text by its key: the file's path below the edition, a slash, the id in the heading.
    pub items: IndexMap<String, FrozenText>,
    /// All its files by their path below the edition, without its seal and what was issued on it.
    pub files: BTreeMap<String, FileId>,
    /// Its seal; `None` where it has none.
    pub seal: Option<(FileId, SealToml)>,
    /// What was issued while it was the baseline, by id.
    pub issues: BTreeMap<String, Issue>,
}

/// Papers as they were handed out（発出した文書）.
#[derive(Debug, Clone, Default)]
pub struct Issue {
    /// What they are; `None` where `issue.toml` is missing.
    pub about: Option<(FileId, IssueToml)>,
    /// All its files by their path below its folder, without its seal.
    pub files: BTreeMap<String, FileId>,
    /// Its seal.
    pub seal: Option<(FileId, SealToml)>,
}

/// The text of one item of an edition（確定した記載）.
#[derive(Debug, Clone)]
pub struct FrozenText {
    /// The text; it has no marks. Shared: an edition never changes, and every state of the workspace holds it.
    pub text: Arc<Text>,
    /// Where its heading stands.
    pub span: Span,
}

impl Edition {
    /// What was issued last: the papers that no others follow; `None` where nothing was.
    #[must_use]
    pub fn last_issue(&self) -> Option<(&str, &Issue)> {
        let follows = |issue: &Issue| issue.about.as_ref().map(|(_, about)| about.follows.clone());
        let is_followed =
            |id: &str| self.issues.values().any(|other| follows(other).is_some_and(|before| before == id));
        self.issues.iter().rev().find(|(id, _)| !is_followed(id)).map(|(id, issue)| (id.as_str(), issue))
    }

    /// Adds the texts of a file.
    pub(super) fn add(&mut self, texts: &[(String, FrozenText)]) {
        self.items.extend(texts.iter().cloned());
    }
}

impl FrozenText {
    /// The texts of a file by their keys; `file` is its path below the edition.
    pub(super) fn all(file: &str, headed: Vec<Headed>) -> Vec<(String, Self)> {
        let keyed = headed.into_iter().map(|headed| {
            let key = format!("{file}/{}", headed.id);
            (key, Self { text: Arc::new(headed.text), span: headed.span })
        });
        keyed.collect()
    }
}
