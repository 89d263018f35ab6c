//! `templates/words/placeholders.toml`: what a text holds that is not finished（書きかけの印）.

use schemars::JsonSchema;
use serde::Deserialize;

/// Signs and words that stand for what is not decided yet.
#[derive(Debug, Clone, Default, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlaceholdersToml {
    /// Characters that stand for others: two of the same in a row are a placeholder.
    pub signs: String,
    /// Brackets, each as two characters, with nothing but spaces in them are a placeholder.
    #[serde(default)]
    pub brackets: Vec<String>,
    /// What stands before a single one.
    pub before: Vec<String>,
    /// What stands after it.
    pub after: Vec<String>,
    /// Words as they are.
    pub words: Vec<String>,
}
