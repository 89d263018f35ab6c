//! Where an item stands in its form.

use std::borrow::{Borrow, Cow};
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Stands for any file or any record in a path that names many items at once.
pub(super) const ANY: &str = "*";

/// Where an item stands in its form（項目の位置）: `file-overview/zeimu/consignment/cloud/contents`.
///
/// **Shape**: ids: of the section, of the 特定個人情報ファイル where the section is repeated, of a group and
/// its record, of the item; of a part of a figure or a list, what that is called. Which of them is what, the form knows. A band and a row
/// add nothing to the paths of what stands below them. Every text is a path; one that an author mistyped is that of nothing.
///
/// Its ids are held joined: a path is compared, put in order and hashed as often as a form has items, and is taken apart seldom. The order
/// is that of the joined text, so that what is printed in the order of paths stays in the order of the files that hold them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemPath(Arc<str>);

/// It is put in order and hashed as its text is.
impl Borrow<str> for ItemPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl ItemPath {
    /// The path of a section, or of a list that stands in no form.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self(id.into())
    }

    /// The path of what stands nowhere in a form.
    #[must_use]
    pub fn nowhere() -> Self {
        Self::of("")
    }

    /// Whether it is the path of what stands nowhere in a form.
    #[must_use]
    pub fn is_nowhere(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of something in what is at this path.
    #[must_use]
    pub fn join(&self, id: &str) -> Self {
        Self([&*self.0, "/", id].concat().into())
    }

    /// The path of what stands at a path below this one.
    #[must_use]
    pub fn join_path(&self, below: &Self) -> Self {
        self.join(&below.0)
    }

    /// The path of something in the same place.
    #[must_use]
    pub fn beside(&self, id: &str) -> Self {
        self.above().map_or_else(|| Self::of(id), |above| above.join(id))
    }

    /// The path of a part that is no item of its own: a box in a bar by its label, the words of a box in a figure.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self([&*self.0, "#", name].concat().into())
    }

    /// The path of what it is the named part of; `None` where it is not such a part.
    #[must_use]
    pub fn without_part(&self, name: &str) -> Option<Self> {
        self.0.strip_suffix(name)?.strip_suffix('#').map(Self::from)
    }

    /// Its ids from the section down.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// Id of the section.
    #[must_use]
    pub fn first(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(first, _)| first)
    }

    /// Id of what is at the path.
    #[must_use]
    pub fn last(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, last)| last)
    }

    /// The path of what it stands in; `None` of a section.
    #[must_use]
    pub fn above(&self) -> Option<Self> {
        self.all_above().next().map(Self::of)
    }

    /// The paths of all that it stands in, as they are written, the nearest first.
    pub fn all_above(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(&*self.0), |path| path.rsplit_once('/').map(|(above, _)| above)).skip(1)
    }

    /// Whether it is a path or something in what is there.
    #[must_use]
    pub fn is_in(&self, above: &Self) -> bool {
        self.0.strip_prefix(&*above.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether it is a path, something in what is there, or a box of it.
    #[must_use]
    pub fn is_part_of(&self, above: &Self) -> bool {
        self.0.strip_prefix(&*above.0).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#']))
    }

    /// The path below another; `None` where it is not in what is there.
    #[must_use]
    pub fn below(&self, above: &Self) -> Option<Self> {
        self.0.strip_prefix(&*above.0)?.strip_prefix('/').map(|rest| Self(rest.into()))
    }

    /// Whether it names many items at once: `basic/system/*/system-name`.
    #[must_use]
    pub fn names_many(&self) -> bool {
        self.ids().any(|id| id == ANY)
    }

    /// Whether it is what a path names that may name many.
    #[must_use]
    pub fn fits(&self, pattern: &Self) -> bool {
        let (mut own, mut wanted) = (self.ids(), pattern.ids());
        loop {
            match (own.next(), wanted.next()) {
                (None, None) => return true,
                (Some(id), Some(wanted)) if wanted == ANY || id == wanted => {}
                _ => return false,
            }
        }
    }

    /// The same with each id put in other words.
    #[must_use]
    pub fn map(&self, mut word: impl FnMut(&str) -> String) -> Self {
        Self(self.ids().map(&mut word).collect::<Vec<_>>().join("/").into())
    }

    /// What is nearest to it among others, for a message.
    #[must_use]
    pub fn nearest<'p>(&self, others: impl IntoIterator<Item = &'p Self>) -> Option<&'p str> {
        crate::diagnostic::nearest(&self.0, others.into_iter().map(|path| &*path.0))
    }
}

impl fmt::Display for ItemPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for ItemPath {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl From<&str> for ItemPath {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&ItemPath> for String {
    fn from(path: &ItemPath) -> Self {
        path.0.as_ref().to_owned()
    }
}

impl PartialEq<str> for ItemPath {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for ItemPath {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl Serialize for ItemPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ItemPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

impl JsonSchema for ItemPath {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> ItemPath {
        text.into()
    }

    #[test]
    fn a_path_is_taken_apart_as_it_was_put_together() {
        let record = ItemPath::of("file-overview").join("zeimu").join("consignment").join("cloud");
        let item = record.join("contents");
        assert_eq!(item.to_string(), "file-overview/zeimu/consignment/cloud/contents");
        assert_eq!((item.first(), item.last()), ("file-overview", "contents"));
        assert_eq!(item.above(), Some(record.clone()));
        assert_eq!(item.beside("place"), record.join("place"));
        assert_eq!(item.below(&path("file-overview/zeimu")), Some(path("consignment/cloud/contents")));
        assert_eq!(path("basic").above(), None);
    }

    #[test]
    fn what_begins_with_the_same_letters_is_in_no_other() {
        assert!(path("basic/system").is_in(&path("basic/system")));
        assert!(path("basic/system/one").is_in(&path("basic/system")));
        assert!(!path("basic/system-name").is_in(&path("basic/system")));
        assert!(path("basic").join("works").part("提供").is_part_of(&path("basic/works")));
        assert!(!path("basic").join("works").part("提供").is_in(&path("basic/works")));
        assert_eq!(path("basic/works").part("提供").without_part("提供"), Some(path("basic/works")));
        assert_eq!(path("basic/works").without_part("works"), None);
    }

    #[test]
    fn a_path_of_many_fits_as_many_ids() {
        let many = path("basic/system/*/system-name");
        assert!(many.names_many());
        assert!(path("basic/system/core/system-name").fits(&many));
        assert!(!path("basic/system/core/part/system-name").fits(&many));
        assert!(!path("basic/system/core/other").fits(&many));
        assert!(!path("basic/system").fits(&many));
    }

    proptest! {
        #[test]
        fn a_path_is_read_as_it_is_printed(ids in prop::collection::vec("[a-z0-9-]{1,6}", 1..6)) {
            let whole = ids[1..].iter().fold(ItemPath::of(&ids[0]), |path, id| path.join(id));
            prop_assert_eq!(whole.to_string().parse::<ItemPath>(), Ok(whole.clone()));
            prop_assert_eq!(whole.ids().collect::<Vec<_>>(), ids);
        }
    }
}
