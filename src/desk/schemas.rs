//! The JSON Schemas of everything that is written or printed by rule.

use super::ReviewReport;
use crate::diagnostic::Report;
use crate::model::manifest::{self, schema_text};

/// Every TOML kind that an author writes, and every report that the program prints as JSON, by name with its JSON Schema（書式）.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    let mut all = manifest::schemas();
    all.push(("diagnostics", schema_text(&schemars::schema_for!(Report))));
    all.push(("review", schema_text(&schemars::schema_for!(ReviewReport))));
    all
}
