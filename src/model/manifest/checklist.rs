//! A checklist（別紙チェックリスト）: `content/municipalities/<slug>/checklists/<case>.toml`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ItemPath;
use crate::name::{FragmentId, MeasureId, SectionId, SheetId};
use crate::source::Located;

/// Protection measures, one sheet per table and side.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChecklistToml {
    /// Title of the workbook.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// Sheets in order.
    pub sheet: Vec<SheetToml>,
}

/// One sheet（シート）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SheetToml {
    /// Id.
    pub id: Located<SheetId>,
    /// Section of the submission whose table points to it.
    pub table: Located<SectionId>,
    /// Which side acts: 外部結合, 区が行う, 受託事業者に行わせる.
    pub side: String,
    /// Title printed above the table.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// Measures in order.
    #[serde(default)]
    pub measure: Vec<MeasureToml>,
}

/// A protection measure（対策）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MeasureToml {
    /// Permanent id.
    pub id: Located<MeasureId>,
    /// 区分.
    pub category: Category,
    /// 対策項目; may carry marks. Left out: the words of the fragment, so that both say the same.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "text"))]
    pub text: Option<Located<String>>,
    /// Whether the public reads nothing of the measure.
    #[serde(default)]
    pub withheld: bool,
    /// Path of the assessment's item it rests on.
    #[serde(default)]
    pub item: Option<Located<ItemPath>>,
    /// Fragment it shares its text with.
    #[serde(default)]
    pub fragment: Option<Located<FragmentId>>,
    /// Against the baseline.
    #[serde(default)]
    pub state: Option<MeasureState>,
    /// What was answered.
    #[serde(default)]
    pub answer: AnswerToml,
}

/// 区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Category {
    /// 運用上の対策.
    #[serde(rename = "運用上")]
    Operation,
    /// システム上の対策.
    #[serde(rename = "システム上")]
    System,
}

impl Category {
    /// As printed.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Operation => "運用上",
            Self::System => "システム上",
        }
    }
}

/// Against the baseline（変更）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum MeasureState {
    /// New.
    #[serde(rename = "新規")]
    New,
    /// Changed.
    #[serde(rename = "変更")]
    Changed,
    /// As before.
    #[serde(rename = "継続")]
    Kept,
}

impl MeasureState {
    /// As printed.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "新規",
            Self::Changed => "変更",
            Self::Kept => "継続",
        }
    }
}

/// An answer（回答）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnswerToml {
    /// 実施.
    #[serde(default)]
    pub state: AnswerState,
    /// 具体的な内容.
    #[serde(default)]
    pub detail: String,
    /// 備考.
    #[serde(default)]
    pub note: String,
    /// 未実施（×）の理由.
    #[serde(default)]
    pub reason: String,
    /// What of the answer the public does not read. A list, so that an answer that comes back from a workbook keeps it.
    #[serde(default)]
    pub withheld: Vec<AnswerField>,
}

/// A part of an answer（回答の欄）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerField {
    /// 実施.
    State,
    /// 具体的な内容.
    Detail,
    /// 備考.
    Note,
    /// 未実施の理由.
    Reason,
}

/// 実施の別.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
pub enum AnswerState {
    /// Not answered yet.
    #[default]
    #[serde(rename = "")]
    Open,
    /// 実施している.
    #[serde(rename = "○")]
    Done,
    /// 該当しない.
    #[serde(rename = "―")]
    NotApplicable,
    /// 実施していない.
    #[serde(rename = "×")]
    NotDone,
}

impl AnswerState {
    /// As printed and as chosen from the drop-down.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Done => "○",
            Self::NotApplicable => "―",
            Self::NotDone => "×",
        }
    }
}
