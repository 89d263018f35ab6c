//! `templates/words/document.toml`: the words that every document prints and that no author writes（文書の決まった語）.

use schemars::JsonSchema;
use serde::Deserialize;

use super::comments::CommentWords;
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
    /// Name of a 見え消し版, on its cover and in its footer.
    pub marked: String,
    /// The stage of a case as its papers print it; `{stage}` stands for it.
    pub stage: String,
    /// The stage of a case that is still being written.
    pub unfinished: UnfinishedWords,
    /// Legends of documents that have none of their own.
    pub legend: LegendWords,
    /// What a list has that the document does not say.
    pub list: ListDef,
    /// Labels of the head of a checklist.
    pub checklist: ChecklistWords,
    /// Words, ways, effects and parts of a hearing's documents.
    #[serde(default)]
    pub comments: CommentWords,
    /// Words and columns of a register.
    #[serde(default)]
    pub register: RegisterWords,
}

/// The stage of a case that is still being written（作成中）: what is empty is listed, and every paper says that it is a draft.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UnfinishedWords {
    /// The `stage` of the case.
    pub stage: String,
    /// What its papers print of it.
    pub sign: String,
}

impl DocumentWords {
    /// Whether a case at a stage is still being written（作成中か）.
    #[must_use]
    pub fn is_unfinished(&self, stage: &str) -> bool {
        !stage.is_empty() && self.unfinished.stage == stage
    }

    /// A stage as papers print it; empty where there is none.
    #[must_use]
    pub fn stage_sign(&self, stage: &str) -> String {
        match stage {
            "" => String::new(),
            stage if self.is_unfinished(stage) => self.unfinished.sign.clone(),
            stage => self.stage.replace("{stage}", stage),
        }
    }
}

/// Legends（凡例）, with `{++ ++}` round what is shown as inserted and `{-- --}` round what is shown as deleted.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LegendWords {
    /// Where changes are shown.
    pub inserted: String,
    /// After it where deleted text is not hidden.
    pub deleted: String,
    /// Where both texts stand side by side.
    pub compared: String,
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
