//! The proof for people and for programs: beside the public folder, never inside.

use std::path::{Path, PathBuf};

use super::Proof;
use crate::Error;
use crate::render;
use crate::source::Templates;
use crate::write::{bytes_of, put_file};

/// Writes `<folder>-withheld.html` and `<folder>-withheld.json`; returns the path of the first.
///
/// # Errors
/// [`Error::Write`] where the system refuses, [`Error::Template`] where a workspace's own template is wrong.
pub(in crate::press) fn write(folder: &Path, proof: &Proof, templates: &Templates) -> Result<PathBuf, Error> {
    let page = render::withheld_report(proof, &render::HtmlTemplates::of(templates))
        .map_err(|error| Error::Template { name: "html/withheld.html".to_owned(), detail: error.to_string() })?;
    let mut data = serde_json::to_string_pretty(proof).expect("plain data");
    data.push('\n');
    let (path, list) = (beside(folder, "html"), beside(folder, "json"));
    // Both are written together: where the one for programs is ours, so is the other.
    for somebodys in [&path, &list] {
        if somebodys.exists() && !is_ours(&list) {
            return Err(Error::Exists { path: somebodys.clone() });
        }
    }
    put_file(&list, data.as_bytes())?;
    put_file(&path, page.as_bytes())?;
    Ok(path)
}

/// Whether a file is the report of an earlier build.
fn is_ours(path: &Path) -> bool {
    let Ok(Some(bytes)) = bytes_of(path) else { return false };
    let report: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    ["clean", "parts", "files"].iter().all(|key| report.get(key).is_some())
}

/// `build-public` → `build-public-withheld.html`.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "public".into(), |name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!("{name}-withheld.{ending}"))
}
