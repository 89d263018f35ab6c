//! Which keys of a `[[document]]` mean something for which kind of document（文書の種類と使えるキー）.

use super::municipality::DocumentKind;

/// A key, and the kinds of document that heed it（キーが使える文書）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentKey {
    /// The key; one inside `list` with `list.` before it.
    pub key: &'static str,
    /// The kinds.
    pub kinds: &'static [DocumentKind],
}

const FORMS: &[DocumentKind] = &[DocumentKind::Assessment, DocumentKind::Overview, DocumentKind::Submission];
const CITING: &[DocumentKind] = &[
    DocumentKind::ChangeList,
    DocumentKind::ChangeSummary,
    DocumentKind::Checklist,
    DocumentKind::CommentNotice,
    DocumentKind::CommentReport,
];
/// What cites pages in a format of its own.
const WITH_PAGES: &[DocumentKind] =
    &[DocumentKind::ChangeSummary, DocumentKind::CommentNotice, DocumentKind::CommentReport];
const LISTS: &[DocumentKind] = &[DocumentKind::ChangeList];
const WITH_LISTS: &[DocumentKind] =
    &[DocumentKind::Assessment, DocumentKind::Overview, DocumentKind::Submission, DocumentKind::ChangeList];
/// Everything that is laid out on pages; a checklist is a sheet to be filled in.
const PAGED: &[DocumentKind] = &[
    DocumentKind::Assessment,
    DocumentKind::Overview,
    DocumentKind::Submission,
    DocumentKind::ChangeList,
    DocumentKind::ChangeSummary,
    DocumentKind::Register,
    DocumentKind::CommentNotice,
    DocumentKind::CommentReport,
];
/// What a register lists has no marks, so it has one view.
const VIEWED: &[DocumentKind] = &[
    DocumentKind::Assessment,
    DocumentKind::Overview,
    DocumentKind::Submission,
    DocumentKind::ChangeList,
    DocumentKind::ChangeSummary,
];
/// A submission says its legend in its own settings.
const LEGENDS: &[DocumentKind] = &[DocumentKind::Assessment, DocumentKind::Overview, DocumentKind::ChangeList];

const fn key(key: &'static str, kinds: &'static [DocumentKind]) -> DocumentKey {
    DocumentKey { key, kinds }
}

/// The keys that not every kind of document heeds, in the order of the manual.
const KEYS: &[DocumentKey] = &[
    key("title-lines", PAGED),
    key("form", &[DocumentKind::Assessment, DocumentKind::Overview]),
    key("sections", FORMS),
    key("view", VIEWED),
    key("body", PAGED),
    key("size-pt", PAGED),
    key("paper", PAGED),
    key("footer", PAGED),
    key("footer-left", PAGED),
    key("header-right", PAGED),
    key("marks", VIEWED),
    key("legend", LEGENDS),
    key("pages-of", CITING),
    key("pages", WITH_PAGES),
    key("list", WITH_LISTS),
    key("list.columns", LISTS),
    key("list.context-sections", LISTS),
    key("list.context-reason", LISTS),
    key("list.heading-reason", LISTS),
];

/// The keys that not every kind of document heeds; every other key is for all.
#[must_use]
pub fn document_keys() -> &'static [DocumentKey] {
    KEYS
}
