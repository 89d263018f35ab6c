//! The proof for people and for programs: beside the public folder, never inside.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Proof;
use crate::Error;
use crate::render;
use crate::source::Templates;

/// Writes `<folder>-withheld.html` and `<folder>-withheld.json`; returns the path of the first.
///
/// # Errors
/// [`Error::Write`] where the system refuses, [`Error::Template`] where a workspace's own template is wrong.
pub(in crate::press) fn write(folder: &Path, proof: &Proof, templates: &Templates) -> Result<PathBuf, Error> {
    let page = render::withheld_report(proof, &render::HtmlTemplates::of(templates))
        .map_err(|error| Error::Template { name: "html/withheld.html".to_owned(), detail: error.to_string() })?;
    let mut data = serde_json::to_string_pretty(proof).expect("plain data");
    data.push('\n');
    put(&beside(folder, "json"), &data)?;
    let path = beside(folder, "html");
    put(&path, &page)?;
    Ok(path)
}

/// `build-public` → `build-public-withheld.html`.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "public".into(), |name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!("{name}-withheld.{ending}"))
}

fn put(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".hyoka-").tempfile_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
