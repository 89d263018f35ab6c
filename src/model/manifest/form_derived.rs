//! A version of a form that differs from another in a few places（元の版との違い）: `templates/forms/<id>.toml` with `based-on`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::form::{ItemDef, OptionList, Release, RenamedDef, SectionDef};
use super::form_rules::FormRules;
use crate::model::ItemPath;
use crate::name::{FormId, OptionsId};
use crate::source::Located;

/// A version that is written as its differences from another（派生した様式の版）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DerivedForm {
    /// Id, the same as the file's name.
    pub id: Located<FormId>,
    /// The version that it is made from; that may be derived itself.
    pub based_on: Located<FormId>,
    /// Title as printed; none: that of the other version.
    #[serde(default)]
    pub title: Option<String>,
    /// Version tag as printed in brackets. A version has one of its own.
    pub tag: String,
    /// Legal source; none: that of the other version.
    #[serde(default)]
    pub source: Option<String>,
    /// First day on which a paper may be filed on this version; none: not known.
    #[serde(default)]
    pub in_force_from: Option<Located<String>>,
    /// Last day on which a paper may be filed on it; none: not known, or there is none yet.
    #[serde(default)]
    pub last_filing: Option<Located<String>>,
    /// Option lists: one of a known id goes in place of that, others are added. Lists that no item uses any more are left out.
    #[serde(default)]
    pub options: Vec<OptionList>,
    /// Sections and items that it has not, by path: `risk`, `risk/keep-8`. Rules about them go with them.
    #[serde(default)]
    pub drop: Vec<Located<ItemPath>>,
    /// Sections and items that it has otherwise.
    #[serde(default)]
    pub replace: Vec<ReplaceDef>,
    /// Sections and items that it has besides, in this order.
    #[serde(default)]
    pub add: Vec<AddDef>,
    /// Conditions are added to those of the other version; every other rule that is written goes in place of its.
    #[serde(default)]
    pub rules: FormRules,
    /// Items that an earlier version calls by another id.
    #[serde(default)]
    pub renamed: Vec<RenamedDef>,
}

/// What a section or an item has otherwise（差し替え）: the keys that are written go in place of those of the other version.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReplaceDef {
    /// Path: `section` or `section/item`.
    pub item: Located<ItemPath>,
    /// The whole item, in place of the other.
    #[serde(default)]
    pub with: Option<ItemDef>,
    /// Label of an item.
    #[serde(default)]
    pub label: Option<String>,
    /// Number of a section.
    #[serde(default)]
    pub number: Option<String>,
    /// Title of a section.
    #[serde(default)]
    pub title: Option<String>,
    /// Note after the title of a section.
    #[serde(default)]
    pub note: Option<String>,
    /// Option list of an item.
    #[serde(default)]
    pub options: Option<Located<OptionsId>>,
    /// Text of a fixed item.
    #[serde(default)]
    pub text: Option<String>,
    /// Whether an item must be filled in.
    #[serde(default)]
    pub required: Option<bool>,
    /// ※ of an item.
    #[serde(default)]
    pub important: Option<bool>,
    /// What leaves the item blank.
    #[serde(default)]
    pub released_by: Option<Vec<Release>>,
    /// What the item asks for.
    #[serde(default)]
    pub guidance: Option<String>,
}

/// Where something is added, and what（追加）: one of `after`, `before` and `into`; either `item` or `section`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddDef {
    /// After the section or item of this path.
    #[serde(default)]
    pub after: Option<Located<ItemPath>>,
    /// Before it.
    #[serde(default)]
    pub before: Option<Located<ItemPath>>,
    /// As the last of the section, band, cluster, group or item of this path.
    #[serde(default)]
    pub into: Option<Located<ItemPath>>,
    /// The items, in print order.
    #[serde(default)]
    pub items: Vec<ItemDef>,
    /// The section.
    #[serde(default)]
    pub section: Option<SectionDef>,
}
