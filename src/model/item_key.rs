//! Where an item stands among all forms of its case.

use std::borrow::{Borrow, Cow};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::ItemPath;

/// Where an item stands among all forms of its case（事務の中の項目の位置）: `basic/work-content`, `overviews/gaiyo/basic/work-content`.
///
/// **Shape**: what its form is known by, where the case has more than one, and the item's path in the form; of a measure of the checklist
/// `checklist` and the measure's id. The texts of an edition, sign-offs and marks are known by it. A path in a form is not one: the same
/// path may be in two forms of a case. [`Role::key`](super::Role::key) makes the one of the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemKey(ItemPath);

impl Borrow<str> for ItemKey {
    fn borrow(&self) -> &str {
        self.0.borrow()
    }
}

impl ItemKey {
    /// The key of what is at a path that has the form's part already.
    #[must_use]
    pub fn of(whole: ItemPath) -> Self {
        Self(whole)
    }

    /// The key of the checklist of a case: its measures are below it.
    #[must_use]
    pub fn checklist() -> Self {
        Self(ItemPath::of("checklist"))
    }

    /// What is nearest to it among others, for a message.
    #[must_use]
    pub fn nearest<'p>(&self, others: impl IntoIterator<Item = &'p Self>) -> Option<&'p str> {
        self.0.nearest(others.into_iter().map(|key| &key.0))
    }

    /// As one path, the form's part before the item's.
    #[must_use]
    pub fn whole(&self) -> &ItemPath {
        &self.0
    }

    /// The key of what it stands in.
    #[must_use]
    pub fn above(&self) -> Option<Self> {
        self.0.above().map(Self)
    }

    /// The keys of all that it stands in, as they are written, the nearest first.
    pub fn all_above(&self) -> impl Iterator<Item = &str> {
        self.0.all_above()
    }

    /// The key of something in what it is the key of.
    #[must_use]
    pub fn join(&self, id: &str) -> Self {
        Self(self.0.join(id))
    }

    /// The key of what stands at a path below what it is the key of.
    #[must_use]
    pub fn join_path(&self, below: &ItemPath) -> Self {
        Self(self.0.join_path(below))
    }

    /// The key of a part of it that is no item of its own.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self(self.0.part(name))
    }

    /// The key of something in the same place.
    #[must_use]
    pub fn beside(&self, id: &str) -> Self {
        Self(self.0.beside(id))
    }

    /// The path below another; `None` where it is not in what that is the key of.
    #[must_use]
    pub fn below(&self, above: &Self) -> Option<ItemPath> {
        self.0.below(&above.0)
    }

    /// Whether it is another, the key of something in that, or of a box of it.
    #[must_use]
    pub fn is_part_of(&self, above: &Self) -> bool {
        self.0.is_part_of(&above.0)
    }

    /// Whether it is another, or the key of something in that.
    #[must_use]
    pub fn is_in(&self, above: &Self) -> bool {
        self.0.is_in(&above.0)
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for ItemKey {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl From<&str> for ItemKey {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&ItemKey> for String {
    fn from(key: &ItemKey) -> Self {
        (&key.0).into()
    }
}

impl PartialEq<str> for ItemKey {
    fn eq(&self, other: &str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<&str> for ItemKey {
    fn eq(&self, other: &&str) -> bool {
        self.0 == **other
    }
}

impl JsonSchema for ItemKey {
    fn schema_name() -> Cow<'static, str> {
        ItemPath::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ItemPath::json_schema(generator)
    }
}
