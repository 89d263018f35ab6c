//! JSON Schemas of all TOML kinds, for editors, and of the reports, for programs.

use std::fs;
use std::path::Path;

use crate::Error;
use crate::desk;

/// Writes `<kind>.schema.json` for every kind; returns how many.
pub(super) fn write(folder: &Path) -> Result<usize, Error> {
    let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let all = desk::schemas();
    for (name, schema) in &all {
        let path = folder.join(format!("{name}.schema.json"));
        fs::write(&path, schema).map_err(|source| failed(&path, source))?;
    }
    Ok(all.len())
}
