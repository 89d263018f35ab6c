//! Frozen editions: what was approved or published, item by item.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use typst::utils::LazyHash;

use super::ItemKey;
use super::manifest::{EditionToml, IssueToml, SealToml};

use crate::diagnostic::{FileId, Span};
use crate::markup::{Headed, Text};
use crate::name::IssueId;

/// An edition（版）: `content/editions/<slug>/<case>/<id>/`.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// What it is and which changes went into it; `None` where `edition.toml` is missing.
    pub about: Option<(FileId, EditionToml)>,
    /// The texts of each of its files by the key of the section that it holds: the file's path below the edition, without the ending.
    pub texts: BTreeMap<ItemKey, FrozenFile>,
    /// All its files by their path below the edition, without its seal and what was issued on it.
    pub files: BTreeMap<String, FileId>,
    /// Its seal; `None` where it has none.
    pub seal: Option<(FileId, SealToml)>,
    /// What was issued while it was the baseline, by id.
    pub issues: BTreeMap<IssueId, Issue>,
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

/// The texts of a file of an edition by their keys（版のファイル）: the file's path and the id in the heading. Shared: an edition never
/// changes, and every state of the workspace holds it.
pub type FrozenFile = Arc<LazyHash<FrozenTexts>>;

/// The texts of a file by their keys, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct FrozenTexts(pub IndexMap<ItemKey, FrozenText>);

impl std::hash::Hash for FrozenTexts {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.as_slice().hash(state);
    }
}

/// The text of one item of an edition（確定した記載）.
#[derive(Debug, Clone, Hash)]
pub struct FrozenText {
    /// The text; it has no marks.
    pub text: Text,
    /// Where its heading stands.
    pub span: Span,
}

impl Edition {
    /// What was issued last: the papers that no others follow; `None` where nothing was.
    #[must_use]
    pub fn last_issue(&self) -> Option<(&IssueId, &Issue)> {
        let follows = |issue: &Issue, id: &IssueId| issue.about.as_ref().is_some_and(|(_, about)| about.follows == *id);
        let is_followed = |id: &IssueId| self.issues.values().any(|other| follows(other, id));
        self.issues.iter().rev().find(|(id, _)| !is_followed(id))
    }

    /// Each item's text with its key, file by file.
    pub fn items(&self) -> impl Iterator<Item = (&ItemKey, &FrozenText)> {
        self.texts.values().flat_map(|file| &file.0)
    }

    /// The text of the item with a key.
    #[must_use]
    pub fn item(&self, key: &ItemKey) -> Option<&FrozenText> {
        // A file's path and an id may both have many ids.
        key.all_above().filter_map(|file| self.texts.get(file)).find_map(|file| file.0.get(key))
    }
}

impl FrozenTexts {
    /// Those of a file; `file` is its path below the edition.
    pub(super) fn of(file: &ItemKey, headed: Vec<Headed>) -> Self {
        let keyed = headed.into_iter().map(|headed| {
            let key = file.join(&headed.id);
            (key, FrozenText { text: headed.text, span: headed.span })
        });
        Self(keyed.collect())
    }
}
