//! Front matter of a flow（別添1 の図）: `flows/<procedure>.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds;
use super::look::ArrowKind;
use crate::name::{ChangeId, NodeId, PeriodId};
use crate::source::Located;

/// A figure's boxes and arrows（事務の流れ）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlowFront {
    /// Number printed before the title; `0`: none.
    #[serde(default)]
    #[schemars(range(min = 0, max = bounds::FLOW_NUMBER_MOST))]
    pub number: u32,
    /// Title of the procedure.
    #[schemars(extend("x-withheld" = "text"))]
    pub title: Located<String>,
    /// Change id of marks that name none.
    #[serde(default)]
    pub change: Option<Located<ChangeId>>,
    /// Whether the public does not read the whole figure and its remarks.
    #[serde(default)]
    pub withheld: bool,
    /// Boxes.
    #[serde(default)]
    pub node: Vec<NodeToml>,
    /// Arrows.
    #[serde(default)]
    pub arrow: Vec<ArrowToml>,
}

/// A box（枠）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NodeToml {
    /// Id that arrows refer to.
    pub id: Located<NodeId>,
    /// Text of the box.
    #[schemars(extend("x-withheld" = "text"))]
    pub label: Located<String>,
    /// Where it belongs.
    pub zone: FlowZone,
    /// Column from the left, 1 to 5.
    #[schemars(range(min = 1, max = bounds::FLOW_COLUMNS_MOST))]
    pub column: u8,
    /// Row from the top, 1 to 6.
    #[schemars(range(min = 1, max = bounds::FLOW_ROWS_MOST))]
    pub row: u8,
    /// Periods in which it is drawn; empty: all.
    #[serde(default)]
    pub periods: Vec<Located<PeriodId>>,
    /// The change that inserted it.
    #[serde(default)]
    pub inserted: Option<Located<ChangeId>>,
    /// Whether the public does not read what the box is.
    #[serde(default)]
    pub withheld: bool,
    /// The change that takes it away; it is drawn before the change only.
    #[serde(default)]
    pub deleted: Option<Located<ChangeId>>,
    /// Label of a dashed frame round it: what hosts the system.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub host_label: Option<String>,
    /// Periods in which that frame is drawn; empty: all.
    #[serde(default)]
    pub host_periods: Vec<Located<PeriodId>>,
}

/// Where a box belongs（区分）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum FlowZone {
    /// 実施機関内のシステム.
    Internal,
    /// 外部のシステム.
    External,
    /// People concerned.
    Person,
}

impl FlowZone {
    /// As written in a flow file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::External => "external",
            Self::Person => "person",
        }
    }
}

/// An arrow（矢印）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ArrowToml {
    /// Step number that a remark carries.
    pub step: Located<String>,
    /// Box it leaves.
    pub from: Located<NodeId>,
    /// Box it reaches.
    pub to: Located<NodeId>,
    /// Box it passes through.
    #[serde(default)]
    pub via: Option<Located<NodeId>>,
    /// What flows.
    pub kind: ArrowKind,
    /// Periods in which it is drawn; empty: all.
    #[serde(default)]
    pub periods: Vec<Located<PeriodId>>,
    /// The change that inserted it.
    #[serde(default)]
    pub inserted: Option<Located<ChangeId>>,
    /// Whether the public reads neither the arrow nor its remark.
    #[serde(default)]
    pub withheld: bool,
    /// The change that takes it away; it is drawn before the change only.
    #[serde(default)]
    pub deleted: Option<Located<ChangeId>>,
    /// A label without a remark.
    #[serde(default)]
    pub note: bool,
}
