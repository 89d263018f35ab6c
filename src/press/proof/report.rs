//! The proof for people and for programs: beside the public folder, never inside.

use std::path::{Path, PathBuf};

use super::Proof;
use crate::Error;
use crate::render;
use crate::source::Templates;
use crate::write::put_file;

/// Writes `<folder>-withheld.html` and `<folder>-withheld.json`; returns the path of the first.
///
/// # Errors
/// [`Error::Write`] where the system refuses, [`Error::Template`] where a workspace's own template is wrong.
pub(in crate::press) fn write(folder: &Path, proof: &Proof, templates: &Templates) -> Result<PathBuf, Error> {
    let page = render::withheld_report(proof, &render::HtmlTemplates::of(templates))
        .map_err(|error| Error::Template { name: "html/withheld.html".to_owned(), detail: error.to_string() })?;
    let mut data = serde_json::to_string_pretty(proof).expect("plain data");
    data.push('\n');
    put_file(&beside(folder, "json"), data.as_bytes())?;
    let path = beside(folder, "html");
    put_file(&path, page.as_bytes())?;
    Ok(path)
}

/// `build-public` → `build-public-withheld.html`.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "public".into(), |name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!("{name}-withheld.{ending}"))
}
