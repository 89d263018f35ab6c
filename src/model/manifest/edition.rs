//! `edition.toml`: what a frozen edition is（版の説明）.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ChangeToml, SummaryToml};
use crate::name::EditionId;

/// An edition（版）: `content/editions/<slug>/<case>/<id>/edition.toml`. Written by the program.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EditionToml {
    /// What it is, in words: 公表している全項目評価書の内容.
    #[serde(default)]
    pub title: String,
    /// The edition before it; empty: the first.
    #[serde(default)]
    pub follows: EditionId,
    /// Why it was begun anew in place of the edition before it, without a list of changes; empty: it was not.
    #[serde(default)]
    pub replaces_because: String,
    /// The changes that went into it, as they stood in `changes.toml`.
    #[serde(default)]
    pub change: Vec<ChangeToml>,
    /// The items of 主な変更内容 that told of nothing but these changes.
    #[serde(default)]
    pub summary: Vec<SummaryToml>,
}
