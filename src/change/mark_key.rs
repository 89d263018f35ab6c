//! What a mark is known by in a document.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::ItemPath;
use crate::name::NodeId;

/// The key of a mark in a document（印の鍵）: `basic/works#0.2`. The typesetter tells by it on which pages the mark stands.
///
/// It is the path of what is marked with the part that the mark takes in. Ordered as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MarkKey(ItemPath);

impl MarkKey {
    /// Of the `mark`-th mark of the `text`-th text of a row.
    #[must_use]
    pub fn of_text(path: &ItemPath, text: usize, mark: usize) -> Self {
        Self(path.part(&format!("{text}.{mark}")))
    }

    /// Of the mark that takes in the whole of a row or figure.
    #[must_use]
    pub fn of_whole(path: &ItemPath) -> Self {
        Self(path.part("whole"))
    }

    /// Of the mark on the `index`-th box of a row or bar（チェック欄）.
    #[must_use]
    pub fn of_check(path: &ItemPath, index: usize) -> Self {
        Self(path.part(&format!("box-{index}")))
    }

    /// Of the mark that takes in a box of a figure（枠）.
    #[must_use]
    pub fn of_node(figure: &ItemPath, node: &NodeId) -> Self {
        Self(figure.part(&format!("node-{node}")))
    }

    /// Of the mark that takes in the `index`-th arrow of a figure（矢印）.
    #[must_use]
    pub fn of_arrow(figure: &ItemPath, index: usize) -> Self {
        Self(figure.part(&format!("arrow-{index}")))
    }

    /// Of a sample in a legend（凡例）, by the byte at which it begins.
    #[must_use]
    pub fn of_sample(at: usize) -> Self {
        Self(ItemPath::of("legend").part(&at.to_string()))
    }
}

impl fmt::Display for MarkKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// As the typesetter gives it back.
impl From<&str> for MarkKey {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_printed() {
        let path = ItemPath::of("basic").join("works");
        let keys = [
            (MarkKey::of_text(&path, 0, 2), "basic/works#0.2"),
            (MarkKey::of_whole(&path), "basic/works#whole"),
            (MarkKey::of_check(&path, 3), "basic/works#box-3"),
            (MarkKey::of_node(&path, &"core".into()), "basic/works#node-core"),
            (MarkKey::of_arrow(&path, 1), "basic/works#arrow-1"),
            (MarkKey::of_sample(9), "legend#9"),
        ];
        for (key, text) in keys {
            assert_eq!(key.to_string(), text);
            assert_eq!(MarkKey::from(text), key);
            assert_eq!(serde_json::to_value(&key).unwrap(), text);
        }
    }
}
