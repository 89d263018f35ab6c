//! `templates/words/document.toml`: the words that every document prints and that no author writes（文書の決まった語）.

use schemars::JsonSchema;
use serde::Deserialize;

use super::municipality::ListDef;
use super::register::RegisterWords;

/// Words that documents print（文書の決まった語）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DocumentWords {
    /// After a row's label where the row goes on: `（続き）`; empty: no label is repeated.
    pub continued: String,
    /// Before the 件名 above a table, where the form has no word of its own.
    pub subject: String,
    /// Label of the remarks below a figure.
    pub remarks: String,
    /// What a list has that the document does not say.
    pub list: ListDef,
    /// Labels of the head of a checklist.
    pub checklist: ChecklistWords,
    /// Words and columns of a register.
    #[serde(default)]
    pub register: RegisterWords,
}

/// Labels of the head of a checklist（チェックリストの頭書）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChecklistWords {
    /// Of the matter.
    pub subject: String,
    /// Of the business.
    pub business: String,
    /// Of the division.
    pub division: String,
    /// Of the committee.
    pub meeting: String,
    /// Of the state that is the baseline.
    pub baseline: String,
}
