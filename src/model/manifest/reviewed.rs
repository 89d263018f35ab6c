//! `reviewed.toml`: which items were reviewed, and which text was read.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Located;

/// `content/municipalities/<slug>/<case>/reviewed.toml`（点検の記録）; `hyoka review sign` writes it.
///
/// A file of its own, not a key beside the text: what is printed differs by municipality where the text is shared, and a sign-off
/// that stood in the text would change the file that it signs.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReviewedToml {
    /// Sign-offs by the path of the item, such as `basic/work-content`.
    #[serde(default)]
    pub reviewed: IndexMap<String, Located<ReviewToml>>,
}

/// One sign-off（点検済）.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReviewToml {
    /// Office of the reviewer（課名・役職）; no personal name.
    pub by: String,
    /// Date of the review as people write it: 令和8年4月1日.
    pub on: String,
    /// Hash of the text that was read.
    pub hash: String,
}
