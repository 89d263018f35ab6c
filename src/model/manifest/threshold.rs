//! `templates/rules/threshold.toml`: which assessment is due（しきい値判断）.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::Located;

/// How much is assessed（評価の種類）; a later one takes in those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AssessmentKind {
    /// No assessment is due（義務なし）.
    None,
    /// 基礎項目評価.
    Basic,
    /// 重点項目評価.
    Key,
    /// 全項目評価.
    Full,
}

/// The table of thresholds（しきい値の表）.
///
/// **Shape**: every set of three answers fits one row.
///
/// Source: 特定個人情報保護評価に関する規則第4条から第7条まで.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ThresholdToml {
    /// What the kinds of assessment are called.
    pub names: KindNames,
    /// What follows from what.
    pub row: Vec<ThresholdRow>,
}

/// What the kinds of assessment are called（評価の種類の名称）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KindNames {
    /// Where none is due.
    pub none: String,
    /// 基礎項目評価.
    pub basic: String,
    /// 重点項目評価.
    pub key: String,
    /// 全項目評価.
    pub full: String,
}

impl KindNames {
    /// The name of a kind.
    #[must_use]
    pub fn of(&self, kind: AssessmentKind) -> &str {
        match kind {
            AssessmentKind::None => &self.none,
            AssessmentKind::Basic => &self.basic,
            AssessmentKind::Key => &self.key,
            AssessmentKind::Full => &self.full,
        }
    }
}

/// One line of the table（しきい値の行）.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ThresholdRow {
    /// 対象人数.
    pub persons: String,
    /// 取扱者数; none: any.
    #[serde(default)]
    pub staff: Option<String>,
    /// 重大事故; none: any.
    #[serde(default)]
    pub incident: Option<String>,
    /// What is due.
    pub due: AssessmentKind,
}

/// The three answers as the table words them（しきい値の答え）; `None`: not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers<'a> {
    /// 対象人数.
    pub persons: Option<&'a str>,
    /// 取扱者数.
    pub staff: Option<&'a str>,
    /// 重大事故.
    pub incident: Option<&'a str>,
}

impl ThresholdToml {
    /// What may be due: one kind where all three answers are known, none at all where the number of persons is not.
    #[must_use]
    pub fn due(&self, answers: Answers<'_>) -> BTreeSet<AssessmentKind> {
        let Some(persons) = answers.persons else { return BTreeSet::new() };
        let fits = |asked: &Option<String>, given: Option<&str>| match (asked, given) {
            (Some(asked), Some(given)) => asked == given,
            (None, _) | (_, None) => true,
        };
        let rows = self.row.iter().filter(|row| row.persons == persons);
        rows.filter(|row| fits(&row.staff, answers.staff) && fits(&row.incident, answers.incident))
            .map(|row| row.due)
            .collect()
    }

    /// Whether the table knows a word as an answer.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.row.iter().any(|row| {
            row.persons == word || row.staff.as_deref() == Some(word) || row.incident.as_deref() == Some(word)
        })
    }

    /// All words of the table that are answers.
    #[must_use]
    pub fn words(&self) -> BTreeSet<&str> {
        let rows = self.row.iter();
        rows.flat_map(|row| [Some(&row.persons), row.staff.as_ref(), row.incident.as_ref()])
            .flatten()
            .map(String::as_str)
            .collect()
    }
}

/// More than what is due（任意に行う評価）: a municipality that always makes the one instead of the other.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct VoluntaryDef {
    /// What is due.
    pub due: AssessmentKind,
    /// What is made instead.
    pub make: Located<AssessmentKind>,
    /// What asks for it: `要綱第4条第2項`.
    pub basis: String,
}
