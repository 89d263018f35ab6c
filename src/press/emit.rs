//! Documents as projects that the stock typesetter compiles（ひな形とデータの書出し）.

use std::collections::BTreeSet;
use std::path::Path;

use super::audiences::{Audiences, no_document};
use crate::Error;
use crate::document::Composed;
use crate::document::tree::Document;
use crate::model::manifest::Audience;
use crate::name::DocumentName;
use crate::page::Typesetter;
use crate::session::{Checked, Wanted};
use crate::source::font_files;
use crate::write::{Kind, Means, Meeting, New, Notes, Output};

/// Writes each wanted document to `folder/<municipality>/<case>/<document>/` with its templates and data, and the fonts to
/// `folder/fonts/`: those of one audience, or each for its usual readers. Returns how many were written, and what in the folder is not
/// ours.
///
/// # Errors
/// [`Error`] where the system refuses or the folder is not ours, [`Error::NothingMatches`] where no document is as asked for.
pub fn emit_typst(
    checked: &Checked,
    folder: &Path,
    wanted: &Wanted,
    audience: Option<Audience>,
) -> Result<(usize, Notes), Error> {
    let mut output = Output::open(&checked.workspace.root, folder, Kind::Projects)?;
    let audiences = Audiences::of(&checked.model);
    let jobs = audiences.jobs(audience);
    let templates = &checked.workspace.templates;
    let mut new = New::default();
    let mut projects: BTreeSet<DocumentName> = BTreeSet::new();
    for job in &jobs {
        if !wanted.has(&job.name()) {
            continue;
        }
        let index = job.cites().and_then(|cited| audiences.job(&cited)?.measure(templates));
        if let Ok(Composed::Document(document)) = job.compose(index.as_ref()) {
            let name = job.name();
            for (path, text) in Typesetter::new(templates).project(&document) {
                new.files.insert(format!("{name}/{path}"), text.into_bytes().into());
            }
            projects.insert(name);
        }
    }
    if projects.is_empty() {
        return Err(no_document(wanted, &jobs));
    }
    new.files.extend(font_files().map(|(name, bytes)| (format!("fonts/{name}"), bytes.into_owned().into())));
    let folders: Vec<String> = projects.iter().map(|name| format!("{name}/")).collect();
    let is_remade = |path: &str| folders.iter().any(|folder| path.starts_with(folder));
    new.kept.extend(output.made().filter(|path| !is_remade(path)).map(str::to_owned));
    output.write(new, &(), (Meeting::KeptAside, Means::Any))?;
    Ok((projects.len(), output.notes()?))
}

/// Every document of a workspace as it would be set, workbooks left out.
#[must_use]
pub fn documents(checked: &Checked) -> Vec<(DocumentName, Document)> {
    composed(checked, &|_| true)
}

/// Those of the documents that have one of the names.
#[must_use]
pub fn documents_of(checked: &Checked, names: &[DocumentName]) -> Vec<(DocumentName, Document)> {
    composed(checked, &|name| names.contains(name))
}

fn composed(checked: &Checked, is_wanted: &dyn Fn(&DocumentName) -> bool) -> Vec<(DocumentName, Document)> {
    let templates = &checked.workspace.templates;
    let mut found = Vec::new();
    let audiences = Audiences::of(&checked.model);
    for job in audiences.jobs(None).into_iter().filter(|job| is_wanted(&job.name())) {
        let index = job.cites().and_then(|cited| audiences.job(&cited)?.measure(templates));
        if let Ok(Composed::Document(document)) = job.compose(index.as_ref()) {
            found.push((job.name(), *document));
        }
    }
    found
}
