//! A case before its changes as the files of an edition.

use std::collections::BTreeMap;

use super::frozen::frozen;
use crate::markup::{State, print};
use crate::model::Case;

/// The files of an edition that holds a case as it stands before its changes（版の確定）.
///
/// **Shape**: Markdown by path below the edition's folder: one file a section, one heading an item, one line a paragraph, so that
/// two editions can be compared by lines. Items without a text are left out.
#[must_use]
pub fn freeze(case: &Case) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for item in frozen(case, State::Before) {
        if item.text.is_empty() {
            continue;
        }
        let file = files.entry(format!("{}.md", item.file)).or_default();
        if !file.is_empty() {
            file.push('\n');
        }
        file.push_str(&format!("## {}\n\n{}\n", item.id, print(&item.text)));
    }
    files
}
