//! `assessment.toml` of a case, and a municipality's `case.toml` for it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds;
use super::policy::BasicAssessmentDef;
use crate::name::{BesideId, ChangeId, EditionId, FlowId, FormId, PeriodId, PersonalFileId, SectionId};
use crate::source::Located;

/// A canonical assessment（評価書の正本）: `content/assessments/<case>/assessment.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AssessmentToml {
    /// Form version it is written in.
    pub form: Located<FormId>,
    /// Name of the 事務.
    pub title: String,
    /// Ids of the periods that its texts and figures tell apart; a municipality's case says which of them it prints.
    #[serde(default)]
    pub periods: Vec<Located<PeriodId>>,
    /// Further 評価書 of the same 事務, such as the 基礎項目評価書 beside a 全項目評価書（併せて作る評価書）.
    #[serde(default)]
    #[schemars(length(max = bounds::BESIDE_MOST))]
    pub beside: Vec<BesideToml>,
}

/// A 評価書 beside the main one of its 事務（併せて作る評価書）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BesideToml {
    /// Id, the folder of its entries below that of the 事務; a document names it in `form`.
    pub id: Located<BesideId>,
    /// Form version it is written in.
    pub form: Located<FormId>,
}

/// What a municipality says of a case（事務ごとの設定）: `content/municipalities/<slug>/<case>/case.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseToml {
    /// Name of the assessment as this municipality prints it.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// 素案, 再評価案 …, printed on covers and in footers; empty once published. 作成中: it is still being written, so that what is empty
    /// is listed and hinders no draft.
    #[serde(default)]
    #[schemars(length(max = bounds::STAGE_CHARS_MOST))]
    pub stage: String,
    /// Id of the edition that the marks are held against（`content/editions/<slug>/<case>/<id>/`）; none yet: nothing is proved.
    #[serde(default)]
    pub edition: Option<Located<EditionId>>,
    /// Changes that this municipality has accepted while their marks still stand in a shared file for another one.
    #[serde(default)]
    pub accepted: Vec<Located<ChangeId>>,
    /// Date for the PDF metadata, as `2023-08-15`.
    pub date: Located<String>,
    /// Day on which the published assessment was last looked over（見直しを行った日）, as `2023-08-15`; none: not since its publication.
    #[serde(default)]
    pub looked_over_on: Option<Located<String>>,
    /// 特定個人情報ファイル in print order.
    #[schemars(length(max = bounds::FILES_MOST))]
    pub file: Vec<FileToml>,
    /// Periods in print order; none: texts have no variants.
    #[serde(default)]
    #[schemars(length(max = bounds::PERIODS_MOST))]
    pub period: Vec<PeriodToml>,
    /// Flows of 別添1 in print order.
    #[serde(default)]
    pub flows: Vec<Located<FlowId>>,
    /// Parts of its own beside those of the form, in print order（別紙）.
    #[serde(default)]
    #[schemars(length(max = bounds::ANNEXES_MOST))]
    pub annex: Vec<AnnexToml>,
    /// What the 基礎項目評価書 says.
    #[serde(default)]
    pub basic_assessment: BasicAssessmentDef,
}

/// A part that a case adds to its form（別紙）: text, a list or a table, in a file of its own beside those of the sections.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AnnexToml {
    /// Id, the name of its file.
    pub id: Located<SectionId>,
    /// Number as printed before the title: `（別紙1）`.
    #[schemars(extend("x-withheld" = "line"))]
    pub number: String,
    /// Title as printed.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// Section or other 別紙 after which it stands; none: it is the last.
    #[serde(default)]
    pub after: Option<Located<SectionId>>,
    /// Id of the 評価書 beside the main one that it belongs to; none: the main one.
    #[serde(default)]
    pub form: Option<Located<BesideId>>,
}

/// A 特定個人情報ファイル.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FileToml {
    /// Id, the name of its entry files.
    pub id: Located<PersonalFileId>,
    /// Name as printed.
    #[schemars(extend("x-withheld" = "line"))]
    pub name: String,
}

/// A period for which texts may differ（期間）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PeriodToml {
    /// Id that `{?id:…?}` names.
    pub id: Located<PeriodId>,
    /// Printed after a flow's title; may carry marks; may be empty.
    #[schemars(extend("x-withheld" = "text"))]
    pub label: Located<String>,
    /// The change under which every flow of this period is new.
    #[serde(default)]
    pub inserted: Option<Located<ChangeId>>,
}
