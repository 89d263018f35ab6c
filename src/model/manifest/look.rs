//! How a document looks, as data: typeface, paper, marks, layout of sections.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Typeface of running text（書体）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Typeface {
    /// 明朝.
    Mincho,
    /// ゴシック.
    Gothic,
}

/// Paper（用紙）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// A4 upright.
    #[default]
    A4,
    /// A4 on its side.
    A4Landscape,
}

/// How inserted and deleted text looks（変更の見せ方）; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MarkStyle {
    /// Look of inserted text.
    pub inserted: InsertedStyle,
    /// Look of deleted text.
    pub deleted: DeletedStyle,
}

/// Look of inserted text（追記の見せ方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InsertedStyle {
    /// Bold gothic with underline（太字ゴシック・下線）.
    BoldGothicUnderline,
    /// Thick double frame（太枠二重線の囲み）.
    DoubleFrame,
    /// Underline only（下線）.
    Underline,
    /// As the rest of the text.
    Plain,
}

/// Look of deleted text（削除の見せ方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeletedStyle {
    /// Struck through（見え消し）.
    Strike,
    /// Not shown.
    Hidden,
}

/// How a section is set（節の組み方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectionLayout {
    /// The cover of the form（表紙）.
    Cover,
    /// 項目一覧.
    Contents,
    /// Bordered rows: label and content.
    Table,
    /// 別添1: one flow and its remarks a page.
    Flows,
    /// 別添2: item lists.
    Records,
    /// 別添3 and other lists with a header row.
    Changes,
    /// Headings and running text.
    Prose,
    /// The cover of a submission（付議事項の表紙）.
    SubmissionCover,
}

/// What flows along an arrow（流れの種類）, drawn in line styles that survive a copier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ArrowKind {
    /// 特定個人情報の流れ（データ連携）: solid.
    Link,
    /// 特定個人情報の流れ（本人収集）: thick double.
    Collect,
    /// その他情報の流れ: dashed.
    Other,
}

impl ArrowKind {
    /// As written in a flow file.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Collect => "collect",
            Self::Other => "other",
        }
    }
}

/// Where a line stands（揃え）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}
