//! The JSON Schemas of all TOML kinds, for editors.

use super::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, CommentsToml, DerivedForm, DocumentWords, EditionToml,
    EntryFront, FactsToml, FlowFront, FormDef, FragmentFront, IssueToml, LawWordsToml, LooksToml, MunicipalityToml,
    PlaceholdersToml, RegisterToml, ReviewedToml, SealToml, SubmissionToml, ThresholdToml,
};

/// Every TOML kind by name, with the text of its JSON Schema（TOMLの書式）.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    [
        ("assessment", schemars::schema_for!(AssessmentToml)),
        ("case", schemars::schema_for!(CaseToml)),
        ("changes", schemars::schema_for!(ChangesToml)),
        ("checklist", schemars::schema_for!(ChecklistToml)),
        ("comments", schemars::schema_for!(CommentsToml)),
        ("derived-form", schemars::schema_for!(DerivedForm)),
        ("document-words", schemars::schema_for!(DocumentWords)),
        ("edition", schemars::schema_for!(EditionToml)),
        ("entry", schemars::schema_for!(EntryFront)),
        ("facts", schemars::schema_for!(FactsToml)),
        ("flow", schemars::schema_for!(FlowFront)),
        ("form", schemars::schema_for!(FormDef)),
        ("fragment", schemars::schema_for!(FragmentFront)),
        ("issue", schemars::schema_for!(IssueToml)),
        ("law-words", schemars::schema_for!(LawWordsToml)),
        ("looks", schemars::schema_for!(LooksToml)),
        ("municipality", schemars::schema_for!(MunicipalityToml)),
        ("placeholders", schemars::schema_for!(PlaceholdersToml)),
        ("register", schemars::schema_for!(RegisterToml)),
        ("reviewed", schemars::schema_for!(ReviewedToml)),
        ("seal", schemars::schema_for!(SealToml)),
        ("submission", schemars::schema_for!(SubmissionToml)),
        ("threshold", schemars::schema_for!(ThresholdToml)),
    ]
    .into_iter()
    .map(|(name, schema)| (name, schema_text(&schema)))
    .collect()
}

/// A JSON Schema as the text of its file.
#[must_use]
pub fn schema_text(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
