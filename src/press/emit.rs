//! Documents as projects that the stock typesetter compiles（ひな形とデータの書出し）.

use std::fs;
use std::path::Path;

use super::audiences::{Audiences, no_document};
use super::compose::Composed;
use crate::Error;
use crate::layout::Typesetter;
use crate::layout::document::Document;
use crate::model::manifest::Audience;
use crate::session::{Checked, Wanted};
use crate::source::{Templates, font_files};

/// Writes each wanted document to `folder/<municipality>/<case>/<document>/` with its templates and data, and the fonts to
/// `folder/fonts/`: those of one audience, or each for its usual readers. Returns how many were written.
///
/// # Errors
/// [`Error::Write`] where the system refuses, [`Error::NothingMatches`] where no document is as asked for.
pub fn emit_typst(
    checked: &Checked,
    folder: &Path,
    wanted: &Wanted,
    audience: Option<Audience>,
) -> Result<usize, Error> {
    let audiences = Audiences::of(&checked.model);
    let jobs = audiences.jobs(audience);
    let templates = &checked.workspace.templates;
    let mut count = 0;
    for job in &jobs {
        if !wanted.has(&job.municipality.slug, &job.case.id, &job.definition.id.value) {
            continue;
        }
        let index = job.cites().and_then(|cited| audiences.job(&cited)?.measure(templates));
        if let Ok(Composed::Document(document)) = job.compose(index.as_ref()) {
            write(templates, &document, &folder.join(job.name()))?;
            count += 1;
        }
    }
    if count == 0 {
        return Err(no_document(wanted, &jobs));
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
    let audiences = Audiences::of(&checked.model);
    for job in audiences.jobs(None) {
        let index = job.cites().and_then(|cited| audiences.job(&cited)?.measure(templates));
        if let Ok(Composed::Document(document)) = job.compose(index.as_ref()) {
            found.push((job.name(), *document));
        }
    }
    found
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
