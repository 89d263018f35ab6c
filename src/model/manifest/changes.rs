//! `changes.toml`: the changes and what the public is told of them（変更の一覧）.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::name::{BesideId, ChangeId, SummaryId};
use crate::source::Located;

/// The changes of an assessment or a submission.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChangesToml {
    /// Changes in the order of the list.
    #[serde(default)]
    pub change: Vec<ChangeToml>,
    /// Items of 主な変更内容, in order.
    #[serde(default)]
    pub summary: Vec<SummaryToml>,
    /// Rows of earlier changes, printed in 別添3 before those of the changes above（変更箇所の履歴）.
    #[serde(default)]
    pub history: Vec<HistoryToml>,
}

/// A row of an earlier change（変更箇所の履歴）: it stands in the list of changes and nowhere else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct HistoryToml {
    /// 変更日.
    #[schemars(extend("x-withheld" = "line"))]
    pub changed_on: String,
    /// 項目.
    #[schemars(extend("x-withheld" = "line"))]
    pub item: String,
    /// 変更前の記載.
    #[schemars(extend("x-withheld" = "line"))]
    pub before: String,
    /// 変更後の記載.
    #[schemars(extend("x-withheld" = "line"))]
    pub after: String,
    /// 提出時期, as printed.
    pub timing: String,
    /// 提出時期に係る説明.
    #[schemars(extend("x-withheld" = "line"))]
    pub timing_note: String,
    /// Id of the 評価書 beside the main one in whose list it stands; none: the main one.
    pub form: Option<BesideId>,
}

/// One change（変更）.
#[derive(Debug, Clone, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChangeToml {
    /// Id that marks refer to.
    pub id: Located<ChangeId>,
    /// 事由, as printed.
    #[schemars(extend("x-withheld" = "line"))]
    pub reason: String,
    /// 変更日.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub changed_on: String,
    /// 提出時期.
    #[serde(default)]
    pub timing: Option<Timing>,
    /// 提出時期に係る説明.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub timing_note: String,
    /// Why a change to a ※ item need not be assessed beforehand（形式的な変更、リスクを軽減させる変更など）; empty: it must.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub exemption: String,
    /// Why 主な変更内容 does not tell of it; empty: it does.
    #[serde(default)]
    pub outside_summary: String,
    /// What the list of changes says of it in words, where no mark shows it（印のない変更の行）.
    #[serde(default)]
    pub row: Option<RowToml>,
}

/// A row of the list of changes that is told in words（印のない変更の行）: another version of the form, say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RowToml {
    /// 項目.
    #[schemars(extend("x-withheld" = "line"))]
    pub item: String,
    /// 変更前の記載.
    #[schemars(extend("x-withheld" = "line"))]
    pub before: String,
    /// 変更後の記載.
    #[schemars(extend("x-withheld" = "line"))]
    pub after: String,
    /// Id of the 評価書 beside the main one in whose list it stands; none: the main one.
    #[serde(default)]
    pub form: Option<BesideId>,
}

/// 提出時期.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
pub enum Timing {
    /// Before the change.
    #[serde(rename = "事前")]
    Before,
    /// After the change.
    #[serde(rename = "事後")]
    After,
}

impl Timing {
    /// As printed.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Before => "事前",
            Self::After => "事後",
        }
    }
}

/// One item of 主な変更内容（主な変更内容の項）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SummaryToml {
    /// Id of its text in `change-summary.md`.
    pub id: Located<SummaryId>,
    /// Heading, without number and pages.
    #[schemars(extend("x-withheld" = "line"))]
    pub heading: String,
    /// Changes whose pages it cites.
    pub changes: Vec<Located<ChangeId>>,
    /// Whether the pages stand on a line of their own.
    #[serde(default)]
    pub pages_on_own_line: bool,
}
