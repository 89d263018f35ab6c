//! `register.toml`: the register of all 評価書 of a municipality（特定個人情報保護評価計画管理書, 様式1）.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds;
use crate::source::Located;

/// The register of a municipality（計画管理書）: `content/municipalities/<slug>/<case>/register.toml`.
///
/// It says nothing of its own: what it lists stands in the papers of the municipality's cases.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegisterToml {
    /// Name, as printed.
    #[schemars(extend("x-withheld" = "line"))]
    pub title: String,
    /// The day on which it is drawn up（基準日）, as `2026-03-31`.
    pub date: Located<String>,
    /// Months after that day within which something must fall due to be listed again（期限の近いもの）.
    #[serde(default = "default_months")]
    #[schemars(range(min = 1, max = bounds::MONTHS_MOST))]
    pub within_months: u32,
    /// Columns of the list; none: those of `templates/words/document.toml`.
    #[serde(default)]
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub columns: Vec<RegisterColumn>,
    /// Columns of the list of what falls due; none: those of `templates/words/document.toml`.
    #[serde(default)]
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub due_columns: Vec<RegisterColumn>,
}

/// The next year.
fn default_months() -> u32 {
    12
}

/// A column of the register（台帳の列）.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RegisterColumn {
    /// Header.
    pub label: String,
    /// What it shows.
    pub field: RegisterField,
    /// Share of the width.
    #[schemars(range(min = bounds::WIDTH_LEAST, max = bounds::WIDTH_MOST))]
    pub width: f64,
}

/// What a column of the register shows（台帳の項目）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegisterField {
    /// 評価書番号.
    Number,
    /// 評価書名.
    Name,
    /// 評価の種類.
    Kind,
    /// Version of the form（様式の版）.
    Form,
    /// 担当部署.
    Department,
    /// 対象人数.
    Persons,
    /// 取扱者数.
    Staff,
    /// 重大事故.
    Incident,
    /// しきい値判断の結果.
    Result,
    /// What the answers make due（義務付けられる評価）.
    Due,
    /// 公表日.
    Published,
    /// Day by which it is looked over（見直し）.
    LookOver,
    /// Day by which it is made again（再実施）.
    Again,
    /// In the list of what falls due: the day.
    Term,
    /// In the list of what falls due: what is to be done.
    Task,
}

/// Words of a register, where its own settings have none（計画管理書の語）.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RegisterWords {
    /// Above the list; `{date}` is the day on which it is drawn up.
    pub all: String,
    /// Above the list of what falls due; `{date}` is the day up to which.
    pub due: String,
    /// Where nothing does.
    pub nothing: String,
    /// What is to be done by the day of 見直し.
    pub look_over: String,
    /// What is to be done by the day of 再実施.
    pub again: String,
    /// What ends on the day up to which ended work stays published.
    pub ended: String,
    /// Columns of the list.
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub columns: Vec<RegisterColumn>,
    /// Columns of the list of what falls due.
    #[schemars(length(max = bounds::COLUMNS_MOST))]
    pub due_columns: Vec<RegisterColumn>,
}
