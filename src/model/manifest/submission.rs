//! `submission.toml`: a matter put to a committee（付議事項）.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::name::{CaseId, ChangeId, EditionId, FormId, SectionId};
use crate::source::Located;

/// A submission（付議事項）: `content/municipalities/<slug>/submissions/<case>/submission.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SubmissionToml {
    /// The committee's form.
    pub form: Located<FormId>,
    /// Case of the assessment that its checklist rests on.
    #[serde(default)]
    pub assessment: Option<Located<CaseId>>,
    /// 件名.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// 作成中 while it is still being written, else what its papers print of it; empty: nothing.
    #[serde(default)]
    #[schemars(length(max = super::bounds::STAGE_CHARS_MOST))]
    pub stage: String,
    /// 会議体.
    #[schemars(extend("x-withheld" = "line"))]
    pub meeting: String,
    /// 事業名 for the checklist's head; empty: the title.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub business: String,
    /// Date of the meeting, as printed.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub meeting_date: String,
    /// Date for the PDF metadata, as `2023-08-15`.
    pub date: Located<String>,
    /// The approved content that the marks are held against.
    #[schemars(extend("x-withheld" = "line"))]
    pub baseline: String,
    /// Id of the edition with that content（`content/editions/<slug>/<case>/<id>/`）; none yet: nothing is proved.
    #[serde(default)]
    pub edition: Option<Located<EditionId>>,
    /// Changes that were accepted while their marks still stand in a shared file for another case.
    #[serde(default)]
    pub accepted: Vec<Located<ChangeId>>,
    /// Legend; `{baseline}` is replaced.
    #[schemars(extend("x-withheld" = "line"))]
    pub legend: String,
    /// 担当部課.
    #[schemars(extend("x-withheld" = "line"))]
    pub division: String,
    /// 要綱の根拠.
    #[schemars(extend("x-withheld" = "line"))]
    pub basis: Located<String>,
    /// Attachments（資料）.
    #[serde(default)]
    pub attachment: Vec<AttachmentToml>,
}

/// An attachment（資料）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AttachmentToml {
    /// Id, also of the section that prints it.
    pub id: Located<SectionId>,
    /// 資料番号: `資料36-2`.
    #[schemars(extend("x-withheld" = "line"))]
    pub number: String,
    /// Title.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// Entry or flow file beside this one, without `.md`.
    pub file: Located<String>,
}
