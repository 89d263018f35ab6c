//! JSON Schemas of all TOML kinds, for editors.

use std::fs;
use std::path::Path;

use crate::Error;
use crate::model::manifest;

/// Every TOML kind and its schema.
fn all() -> Vec<(&'static str, schemars::Schema)> {
    vec![
        ("assessment", schemars::schema_for!(manifest::AssessmentToml)),
        ("case", schemars::schema_for!(manifest::CaseToml)),
        ("changes", schemars::schema_for!(manifest::ChangesToml)),
        ("checklist", schemars::schema_for!(manifest::ChecklistToml)),
        ("entry", schemars::schema_for!(manifest::EntryFront)),
        ("facts", schemars::schema_for!(manifest::FactsToml)),
        ("flow", schemars::schema_for!(manifest::FlowFront)),
        ("form", schemars::schema_for!(manifest::FormDef)),
        ("fragment", schemars::schema_for!(manifest::FragmentFront)),
        ("municipality", schemars::schema_for!(manifest::MunicipalityToml)),
        ("submission", schemars::schema_for!(manifest::SubmissionToml)),
    ]
}

/// Writes `<kind>.schema.json` for every kind; returns how many.
pub(super) fn write(folder: &Path) -> Result<usize, Error> {
    let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let all = all();
    for (name, schema) in &all {
        let path = folder.join(format!("{name}.schema.json"));
        let mut text = serde_json::to_string_pretty(schema).expect("a schema is plain JSON");
        text.push('\n');
        fs::write(&path, text).map_err(|source| failed(&path, source))?;
    }
    Ok(all.len())
}
