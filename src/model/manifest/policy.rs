//! What a workspace and a municipality ask of their own texts（用字・用語・手続の方針）.

use schemars::JsonSchema;
use serde::Deserialize;

use super::bounds;
use crate::model::ItemPath;
use crate::name::{CaseId, FormId};
use crate::source::Located;

/// A word and the spellings that must not stand for it（用語の統一）.
#[derive(Debug, Clone, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WordDef {
    /// How it is written.
    pub right: String,
    /// How it is not; a place where `right` stands is never meant.
    pub wrong: Vec<String>,
    /// First day of a paper for which it holds（この日からの語）, as `2024-05-27`; none: there is none.
    #[serde(default)]
    pub from: Option<Located<String>>,
    /// Last day of a paper for which it holds（この日までの語）; none: there is none.
    #[serde(default)]
    pub until: Option<Located<String>>,
    /// Ids of the forms whose papers it holds for; none: every text.
    #[serde(default)]
    pub forms: Vec<Located<FormId>>,
    /// Cases that it holds for; none: all.
    #[serde(default)]
    pub cases: Vec<Located<CaseId>>,
    /// Names after which, in the same sentence, something else is meant: the 別表 of another law.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Names after which it is meant again.
    #[serde(default)]
    pub after: Vec<String>,
    /// What changed the word: `番号法の改正（令和6年5月27日施行）`.
    #[serde(default)]
    pub basis: String,
    /// 提出時期に係る説明 of the change that puts the one in the place of the other.
    #[serde(default)]
    pub timing_note: String,
    /// What else is to be looked at.
    #[serde(default)]
    pub advice: String,
}

/// `templates/words/law.toml`: words that a change of the law has changed（法令の改正で変わった語）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LawWordsToml {
    /// The words.
    #[serde(default)]
    pub word: Vec<WordDef>,
}

/// A fact that sentences restate（文中の事実の一致）.
#[derive(Debug, Clone, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatedDef {
    /// Name of the fact or term, a date.
    pub fact: Located<String>,
    /// Words that a sentence about it holds, all of them.
    pub words: Vec<String>,
}

/// Width of letters and digits（字幅の方針）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Width {
    /// Either.
    #[default]
    Any,
    /// 半角.
    Half,
    /// 全角.
    Full,
}

/// How a municipality writes（用字の方針）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct StyleDef {
    /// 数字.
    pub digits: Width,
    /// ラテン文字.
    pub latin: Width,
    /// 片仮名.
    pub katakana: Width,
}

impl Default for StyleDef {
    fn default() -> Self {
        // Half-width katakana is written by mistake only.
        Self { digits: Width::Any, latin: Width::Any, katakana: Width::Full }
    }
}

/// A step that a municipality's own rules ask for（要綱が求める手続）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PolicyDef {
    /// Item of the assessment that must tell of it: `procedure/hearing-method`.
    pub item: Located<ItemPath>,
    /// Words of which the item must hold one.
    pub says: Vec<String>,
    /// What asks for it: `要綱第6条`.
    pub basis: String,
    /// Ids of the forms that must tell of it; none: the main 評価書 of each 事務.
    #[serde(default)]
    pub forms: Vec<Located<FormId>>,
    /// Cases that must tell of it; none: all.
    #[serde(default)]
    pub cases: Vec<Located<CaseId>>,
}

/// What the 基礎項目評価書 of the same work says（基礎項目評価書の記載）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct BasicAssessmentDef {
    /// 対象人数.
    pub persons: Option<Located<String>>,
    /// 取扱者数.
    pub staff: Option<Located<String>>,
    /// 重大事故（過去1年以内）.
    pub incident: Option<Located<String>>,
    /// Counts that other documents state of the same persons as an item.
    pub stated: Vec<StatedCountDef>,
}

/// A count stated elsewhere of the persons of an item（本人の数の根拠）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatedCountDef {
    /// Item whose choice must take it in: `basic/work-persons`.
    pub item: ItemPath,
    /// How many persons.
    #[schemars(range(min = 0, max = bounds::PERSONS_MOST))]
    pub persons: Located<u64>,
}
