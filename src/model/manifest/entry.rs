//! Front matter of entry files and fragments, and `facts.toml`.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::policy::{StatedDef, WordDef};
use crate::name::{ChangeId, FragmentId, ItemId};
use crate::source::Located;

/// Front matter of an entry file（記載ファイルの先頭の値）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EntryFront {
    /// Change id of marks that name none.
    #[serde(default)]
    pub change: Option<Located<ChangeId>>,
    /// Items of the base that this municipality does not have.
    #[serde(default)]
    pub omit: Vec<Located<ItemId>>,
    /// Items that the public does not read（公表しない項目）.
    #[serde(default)]
    pub withhold: Vec<Located<ItemId>>,
    /// Values by item id.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "text"))]
    pub values: IndexMap<ItemId, Located<ValueToml>>,
    /// Headings of the lists in a record file, by the id of their `## ` heading.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub groups: IndexMap<ItemId, String>,
}

/// A value in front matter（値）.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum ValueToml {
    /// A line, a choice, a date; may carry marks.
    Text(String),
    /// A number.
    Number(i64),
    /// A box.
    Flag(bool),
    /// Ticked boxes, or the ids of records.
    List(Vec<Located<String>>),
}

// Written by hand: serde's untagged enums buffer the value and lose the places of a list's members.
impl<'de> Deserialize<'de> for ValueToml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = ValueToml;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("文字列、整数、true/false、文字列の一覧")
            }
            fn visit_str<E>(self, value: &str) -> Result<ValueToml, E> {
                Ok(ValueToml::Text(value.to_owned()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<ValueToml, E> {
                Ok(ValueToml::Number(value))
            }
            fn visit_bool<E>(self, value: bool) -> Result<ValueToml, E> {
                Ok(ValueToml::Flag(value))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<ValueToml, A::Error> {
                let mut list = Vec::new();
                while let Some(member) = members.next_element()? {
                    list.push(member);
                }
                Ok(ValueToml::List(list))
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}

/// Front matter of a fragment（共通文の先頭の値）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FragmentFront {
    /// Permanent id, the same as the file's name.
    pub id: Located<FragmentId>,
    /// What it is about.
    pub title: String,
    /// Where the text comes from（国のひな形など）.
    #[serde(default)]
    pub upstream: Option<String>,
    /// Version of that.
    #[serde(default)]
    pub upstream_version: Option<String>,
}

/// `facts.toml`: numbers, names and dates that several texts state（共通の事実）.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FactsToml {
    /// Text by name.
    #[serde(default)]
    #[schemars(extend("x-withheld" = "line"))]
    pub facts: BTreeMap<String, String>,
    /// Words that every municipality writes in one way, unless its own `[[word]]` has the same `right`.
    #[serde(default)]
    pub word: Vec<WordDef>,
    /// Facts that sentences restate in words of their own.
    #[serde(default)]
    pub stated: Vec<StatedDef>,
}
