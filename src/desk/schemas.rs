//! The JSON Schemas of everything that is written or printed by rule.

use std::collections::BTreeMap;
use std::path::Path;

use super::ReviewReport;
use crate::Error;
use crate::diagnostic::Report;
use crate::model::FormListing;
use crate::model::manifest::{self, schema_text};
use crate::write::{Notes, put_known};

/// Every TOML kind that an author writes, and every report that the program prints as JSON, by name with its JSON Schema（書式）.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    let mut all = manifest::schemas();
    all.push(("items", schema_text(&schemars::schema_for!(FormListing))));
    all.push(("diagnostics", schema_text(&schemars::schema_for!(Report))));
    all.push(("review", schema_text(&schemars::schema_for!(ReviewReport))));
    all
}

/// Writes `<kind>.schema.json` for every kind into a folder; returns how many, and what in the folder is not ours.
///
/// # Errors
/// [`Error`] where the system refuses, where the folder is somebody's, or where a file of such a name is no schema of ours.
pub fn write_schemas(root: &Path, folder: &Path) -> Result<(usize, Notes), Error> {
    let files: BTreeMap<String, Vec<u8>> =
        schemas().into_iter().map(|(name, text)| (format!("{name}.schema.json"), text.into_bytes())).collect();
    Ok((files.len(), put_known(root, folder, &files, is_older)?))
}

/// Whether a file is an earlier one of a schema: a schema of the same title.
fn is_older(there: &[u8], new: &[u8]) -> bool {
    let head = |bytes: &[u8]| {
        let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        Some((value.get("$schema")?.clone(), value.get("title")?.clone()))
    };
    head(there).is_some_and(|there| head(new) == Some(there))
}
