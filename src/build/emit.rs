//! Documents as projects that the stock typesetter compiles（ひな形とデータの書出し）.

use std::fs;
use std::path::Path;

use super::compose::Composed;
use super::jobs::jobs;
use super::{Checked, Wanted};
use crate::Error;
use crate::layout::document::Document;
use crate::layout::{PageIndex, Typesetter};
use crate::source::{Templates, font_files};

/// Writes each wanted document to `folder/<municipality>/<case>/<document>/` with its templates and data, and the fonts to
/// `folder/fonts/`. Returns how many were written.
///
/// # Errors
/// [`Error::Write`] where the system refuses, [`Error::NothingMatches`] where no document is as asked for.
pub fn emit_typst(checked: &Checked, folder: &Path, wanted: &Wanted) -> Result<usize, Error> {
    let templates = &checked.workspace.templates;
    let mut count = 0;
    for job in jobs(&checked.model) {
        if !wanted.has(&job.municipality.slug, &job.case.id, &job.definition.id.value) {
            continue;
        }
        let index = job.cites().and_then(|cited| measured(checked, templates, &cited));
        if let Ok(Composed::Document(document)) = job.compose(index.as_ref()) {
            write(templates, &document, &folder.join(job.name()))?;
            count += 1;
        }
    }
    if count == 0 {
        return Err(super::jobs::nothing_matches(wanted, &jobs(&checked.model)));
    }
    for (name, bytes) in font_files() {
        put(&folder.join("fonts").join(name), bytes)?;
    }
    Ok(count)
}

/// Every document of a workspace as it would be set, by `municipality/case/document`, workbooks left out.
#[must_use]
pub fn documents(checked: &Checked) -> Vec<(String, Document)> {
    let templates = &checked.workspace.templates;
    let mut found = Vec::new();
    for job in jobs(&checked.model) {
        let index = job.cites().and_then(|cited| measured(checked, templates, &cited));
        if let Ok(Composed::Document(document)) = job.compose(index.as_ref()) {
            found.push((job.name(), *document));
        }
    }
    found
}

/// The pages of a cited document.
fn measured(checked: &Checked, templates: &Templates, name: &str) -> Option<PageIndex> {
    let all = jobs(&checked.model);
    let job = all.iter().find(|job| job.name() == name)?;
    job.measure(templates)
}

fn write(templates: &Templates, document: &Document, folder: &Path) -> Result<(), Error> {
    for (path, text) in Typesetter::new(templates).project(document) {
        put(&folder.join(path), text.as_bytes())?;
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}
