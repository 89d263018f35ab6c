//! What all names of several parts have in common: how they are printed, read and ordered.

use std::fmt;

/// A name of several parts.
pub(super) trait Parts: Sized {
    /// How such a name is written.
    const SHAPE: &'static str;

    /// Its parts in their order.
    fn parts(&self) -> impl Iterator<Item = &str>;

    /// The name of these parts; none where they are not as many as it has.
    fn of_parts(parts: &[&str]) -> Option<Self>;
}

/// A text that is no name of its kind（名前でない文字列）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoName {
    /// How such a name is written.
    pub shape: &'static str,
    /// What was written.
    pub found: String,
}

impl fmt::Display for NoName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not written as {}", self.found, self.shape)
    }
}

impl std::error::Error for NoName {}

/// Prints a name.
pub(super) fn print<N: Parts>(name: &N, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, part) in name.parts().enumerate() {
        if at > 0 {
            formatter.write_str("/")?;
        }
        formatter.write_str(part)?;
    }
    Ok(())
}

/// Reads a name.
pub(super) fn read<N: Parts>(text: &str) -> Result<N, NoName> {
    let parts: Vec<&str> = text.split('/').collect();
    let is_whole = parts.iter().all(|part| !part.is_empty());
    let name = if is_whole { N::of_parts(&parts) } else { None };
    name.ok_or_else(|| NoName { shape: N::SHAPE, found: text.to_owned() })
}

/// The bytes of a name as it is printed.
pub(super) fn printed<N: Parts>(name: &N) -> impl Iterator<Item = u8> {
    let parts = name.parts().enumerate();
    parts.flat_map(|(at, part)| (at > 0).then_some(b'/').into_iter().chain(part.bytes()))
}

/// The traits that a name has by its parts. Names are ordered as they are printed, so that a list of them has the order of its lines.
///
/// A macro, since these traits are of other crates: they cannot be given to all types that have parts at once.
macro_rules! by_parts {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::name::parts::print(self, formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::name::NoName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::name::parts::read(text)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.cmp(other).is_eq()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                $crate::name::parts::printed(self).cmp($crate::name::parts::printed(other))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.to_string()
            }
        }

        impl From<&$name> for String {
            fn from(name: &$name) -> Self {
                name.to_string()
            }
        }
    };
}

pub(super) use by_parts;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::name::{CaseName, DocumentName, EditionName, FormName, IssueName, NoName};

    fn read<N: std::str::FromStr<Err = NoName>>(text: &str) -> N {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_is_read_as_it_is_printed() {
        assert_eq!(read::<CaseName>("aoba/zei").to_string(), "aoba/zei");
        assert_eq!(read::<DocumentName>("aoba/zei/assessment").to_string(), "aoba/zei/assessment");
        assert_eq!(read::<EditionName>("aoba/zei/r6").to_string(), "aoba/zei/r6");
        assert_eq!(read::<IssueName>("aoba/zei/r6/soan").to_string(), "aoba/zei/r6/soan");
        assert_eq!(read::<FormName>("aoba/form-1").to_string(), "aoba/form-1");
        assert_eq!(read::<FormName>("form-1").to_string(), "form-1");
    }

    #[test]
    fn a_name_has_all_its_parts_and_no_more() {
        for text in ["", "aoba", "aoba/", "/zei", "aoba/zei/r6", "aoba//zei"] {
            let none = text.parse::<CaseName>().unwrap_err();
            assert_eq!((none.found.as_str(), none.shape), (text, "municipality/case"));
        }
    }

    #[test]
    fn names_are_ordered_as_they_are_printed() {
        // A hyphen goes before the slash, so the parts by themselves would say otherwise.
        let names = ["aoba/zei", "aoba-ku/zei", "aoba/kosodate"].map(read::<CaseName>);
        let sorted: Vec<String> = BTreeSet::from(names).iter().map(CaseName::to_string).collect();
        assert_eq!(sorted, ["aoba-ku/zei", "aoba/kosodate", "aoba/zei"]);
    }

    #[test]
    fn a_file_keeps_a_name_as_its_text() {
        let name: DocumentName = read("aoba/zei/assessment");
        let text = serde_json::to_string(&name).unwrap();
        assert_eq!(text, "\"aoba/zei/assessment\"");
        assert_eq!(serde_json::from_str::<DocumentName>(&text).unwrap(), name);
        assert!(serde_json::from_str::<CaseName>(&text).is_err());
    }
}
