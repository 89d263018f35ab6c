//! How a document looks, as data: typeface, paper, marks, layout of sections.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bounds;
use crate::source::Located;

/// Typeface of running text（書体）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Hash)]
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

/// How a document says that inserted and deleted text looks（変更の見せ方の設定）: a name, or the primitives themselves.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct MarksDef {
    /// Look of inserted text; none: the usual one.
    pub inserted: Option<Located<LookDef>>,
    /// Look of deleted text; none: the usual one.
    pub deleted: Option<Located<LookDef>>,
    /// Look of what differs where both texts stand side by side（新旧対照表）; none: the usual one.
    pub compared: Option<Located<LookDef>>,
}

/// A look by its name or by what it is made of（見せ方）.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum LookDef {
    /// A look of the municipality's `[look]` or of `templates/looks/marks.toml`.
    Named(String),
    /// What it is made of.
    Own(MarkLook),
}

/// `templates/looks/marks.toml`: looks by name, and the usual ones（見せ方の一覧）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LooksToml {
    /// Looks of a document that says nothing of its own.
    pub usual: MarksDef,
    /// Looks by name.
    pub look: BTreeMap<String, MarkLook>,
}

/// How inserted and deleted text looks, its names looked up（変更の見せ方）; never by colour.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Hash)]
#[serde(rename_all = "kebab-case")]
pub struct MarkStyle {
    /// Look of inserted text.
    pub inserted: MarkLook,
    /// Look of deleted text.
    pub deleted: MarkLook,
    /// Look of what differs, in both of two texts side by side（新旧対照表）.
    #[serde(skip)]
    pub compared: MarkLook,
}

/// Where two looks are the same to a reader（見分けられない所）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alike {
    /// On a copied page.
    Copied,
    /// In a cell of a sheet.
    InCell,
}

/// A look made of primitives（見せ方の部品）. A text has all of them that are set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct MarkLook {
    /// 太字.
    pub weight: Weight,
    /// 書体; none: that of the text.
    pub face: Option<Typeface>,
    /// 下線.
    pub underline: Underline,
    /// 取消線.
    pub strike: bool,
    /// 囲み; none: no frame.
    pub frame: Option<Frame>,
    /// 網掛け: percent of black; none: no shade.
    #[schemars(range(min = bounds::SHADE_LEAST, max = bounds::SHADE_MOST))]
    pub shade: Option<u8>,
    /// かっこ: words before and after the text; none: no brackets.
    pub brackets: Option<Brackets>,
    /// Not shown at all; of deleted text only.
    pub hidden: bool,
}

/// Weight of letters（太さ）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// That of the text.
    #[default]
    Regular,
    /// 太字.
    Bold,
}

/// A line below the text（下線）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Underline {
    /// None.
    #[default]
    None,
    /// One line.
    Single,
    /// Two lines.
    Double,
}

/// A line round the text（囲み）; its thickness is a class, so that it stays a line on every copier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// One thin line.
    Single,
    /// One thick line.
    ThickSingle,
    /// Two thin lines.
    Double,
    /// A thick line and a thin one inside it.
    ThickDouble,
}

impl Frame {
    /// Whether it has two lines.
    #[must_use]
    pub fn is_double(self) -> bool {
        matches!(self, Self::Double | Self::ThickDouble)
    }
}

/// Words round a text（かっこ）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Hash)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Brackets {
    /// Before it: `【`.
    #[schemars(length(max = bounds::BRACKET_CHARS_MOST))]
    pub open: String,
    /// After it: `】`.
    #[schemars(length(max = bounds::BRACKET_CHARS_MOST))]
    pub close: String,
}

/// What a cell of a sheet has of a look（表計算の見せ方）: a run in a cell has neither frame nor ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellLook {
    /// 太字.
    pub weight: Weight,
    /// 下線.
    pub underline: Underline,
    /// 取消線.
    pub strike: bool,
}

impl MarkStyle {
    /// The style of a document that sets two texts side by side: neither is struck or hidden, what differs looks the same in both.
    #[must_use]
    pub fn side_by_side(&self) -> Self {
        let look = &self.compared;
        Self { inserted: look.clone(), deleted: look.clone(), compared: look.clone() }
    }
}

impl MarkLook {
    /// Whether a reader sees it on paper that was copied in black and white. A typeface alone is not seen: labels and headings are
    /// gothic already.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.hidden || self.copied() != Self::default()
    }

    /// Where a reader cannot tell it from another one; `None`: nowhere.
    #[must_use]
    pub fn alike(&self, other: &Self) -> Option<Alike> {
        let in_cell = |look: &Self| (look.in_cell(), look.brackets.clone(), look.hidden);
        if self.copied() == other.copied() {
            Some(Alike::Copied)
        } else {
            (in_cell(self) == in_cell(other)).then_some(Alike::InCell)
        }
    }

    /// What a copier leaves of it: no typeface, no degree of a grey, no thickness of a line.
    fn copied(&self) -> Self {
        let frame = self.frame.map(|frame| if frame.is_double() { Frame::Double } else { Frame::Single });
        Self { face: None, shade: self.shade.map(|_| 0), frame, ..self.clone() }
    }

    /// What a cell has of it. A frame becomes bold letters and a line below them, of as many lines as the frame; a shade that nothing
    /// else accompanies becomes a line below.
    #[must_use]
    pub fn in_cell(&self) -> CellLook {
        let framed = self.frame.map(|frame| if frame.is_double() { Underline::Double } else { Underline::Single });
        let weight = if self.frame.is_some() { Weight::Bold } else { self.weight };
        let underline = match (self.underline, framed) {
            (Underline::None, Some(framed)) => framed,
            (underline, _) => underline,
        };
        let bare = weight == Weight::Regular && underline == Underline::None && !self.strike && self.brackets.is_none();
        let underline = if bare && self.shade.is_some() { Underline::Single } else { underline };
        CellLook { weight, underline, strike: self.strike }
    }
}

/// How a section is set（節の組み方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, Hash)]
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
