//! Editions written: a case frozen as it stands before its changes.

use std::collections::BTreeMap;
use std::path::Path;

use toml_edit::{DocumentMut, value};

use crate::Error;
use crate::change::freeze as freeze_case;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::Case;
use crate::session::{Checked, check_workspace, find, read};
use crate::write::replace;

/// What was frozen（確定した版）.
#[derive(Debug)]
pub struct Frozen {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// How many items the edition holds.
    pub items: usize,
}

/// Freezes a case as it stands before its changes, and names the edition in its settings（最初の版の確定）.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case, [`Error::EditionExists`] where the case has an edition of this id.
pub fn freeze(root: &Path, (slug, id): (&str, &str), edition: &str, title: &str) -> Result<Frozen, Error> {
    let checked = read(root)?;
    let case = find(&checked, slug, id)?;
    if case.editions.contains_key(edition) {
        return Err(Error::EditionExists { id: format!("{slug}/{id}/{edition}") });
    }
    let mut files = edition_files(case, slug, edition, &about(title, case.edition.as_ref().map_or("", |(id, _)| id)));
    name_edition(&checked, case, edition, &mut files);
    let after = check_workspace(checked.workspace.with(&files), Diagnostics::new());
    let items = find(&after, slug, id)?.editions.get(edition).map_or(0, |edition| edition.items.len());
    if !after.diagnostics.has_errors() {
        replace(root, &checked.workspace.sources, &files)?;
    }
    Ok(Frozen { diagnostics: after.diagnostics, sources: after.workspace.sources, items })
}

/// The files of an edition by path from the root.
pub(super) fn edition_files(
    case: &Case,
    slug: &str,
    edition: &str,
    about: &DocumentMut,
) -> BTreeMap<String, Option<String>> {
    let folder = format!("content/editions/{slug}/{}/{edition}", case.id);
    let mut files: BTreeMap<String, Option<String>> =
        freeze_case(case).into_iter().map(|(path, text)| (format!("{folder}/{path}"), Some(text))).collect();
    files.insert(format!("{folder}/edition.toml"), Some(about.to_string()));
    files
}

/// `edition.toml` with a title.
pub(super) fn about(title: &str, follows: &str) -> DocumentMut {
    let mut about = DocumentMut::new();
    about.insert("title", value(title));
    if !follows.is_empty() {
        about.insert("follows", value(follows));
    }
    about
}

/// Writes `edition = "…"` into the case's settings, before its first table.
pub(super) fn name_edition(
    checked: &Checked,
    case: &Case,
    edition: &str,
    files: &mut BTreeMap<String, Option<String>>,
) {
    edit(checked, case, files, |settings| {
        settings.insert("edition", value(edition));
    });
}

/// Changes the case's settings; comments and the order of keys stay.
pub(super) fn edit(
    checked: &Checked,
    case: &Case,
    files: &mut BTreeMap<String, Option<String>>,
    change: impl FnOnce(&mut DocumentMut),
) {
    let file = checked.workspace.sources.get(case.file);
    let path = file.path.to_string_lossy().into_owned();
    let text = files.get(&path).cloned().flatten().unwrap_or_else(|| file.text.to_string());
    let mut settings: DocumentMut = text.parse().expect("the settings were read as TOML before");
    change(&mut settings);
    files.insert(path, Some(settings.to_string()));
}
