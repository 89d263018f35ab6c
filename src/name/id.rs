//! Ids: single words, each of one kind.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The kinds of ids. Nothing is of these types: they only tell one id from another.
pub mod kind {
    /// A municipality（自治体）.
    pub enum Municipality {}
    /// A case（事務）.
    pub enum Case {}
    /// A document that a municipality issues（文書）.
    pub enum Document {}
    /// An edition（版）.
    pub enum Edition {}
    /// Papers that were issued between two editions（発出）.
    pub enum Issue {}
    /// A version of a form（様式の版）.
    pub enum Form {}
    /// A section of a form（節）, or a part that a case adds to it（別紙、資料）.
    pub enum Section {}
    /// An item of a form（項目）.
    pub enum Item {}
    /// A list of options（選択肢）.
    pub enum Options {}
    /// A change（変更）.
    pub enum Change {}
    /// An item of 主な変更内容（主な変更内容の項）.
    pub enum Summary {}
    /// Opinions of one purport with their answer（意見のまとまり）.
    pub enum OpinionGroup {}
    /// A shared text（共通文）.
    pub enum Fragment {}
    /// A 評価書 beside the main one of its 事務（併せて作る評価書）.
    pub enum Beside {}
    /// A sheet of a checklist（シート）.
    pub enum Sheet {}
    /// A measure of a checklist（対策）.
    pub enum Measure {}
    /// A 特定個人情報ファイル.
    pub enum PersonalFile {}
    /// A record of a repeat group（一件ごとの記載）.
    pub enum Record {}
    /// A period that texts and figures tell apart（期間）.
    pub enum Period {}
    /// A figure of 別添1（事務の内容の図）.
    pub enum Flow {}
    /// A box of a figure（枠）.
    pub enum Node {}
}

/// Folder name of a municipality（自治体のフォルダ名）.
pub type Slug = Id<kind::Municipality>;
/// Folder name of a case（事務のフォルダ名）.
pub type CaseId = Id<kind::Case>;
/// Id of a document among those of its case（文書のID）.
pub type DocumentId = Id<kind::Document>;
/// Folder name of an edition（版のフォルダ名）.
pub type EditionId = Id<kind::Edition>;
/// Folder name of papers that were issued（発出の記録のフォルダ名）.
pub type IssueId = Id<kind::Issue>;
/// Id of a form with its version（様式のID）.
pub type FormId = Id<kind::Form>;
/// Id of a section, the name of its entry file（節のID）.
pub type SectionId = Id<kind::Section>;
/// Id of an item, by which entry files name it（項目のID）.
pub type ItemId = Id<kind::Item>;
/// Id of a list of options, which items of its form name（選択肢のID）.
pub type OptionsId = Id<kind::Options>;
/// Id of a change, which marks name（変更のID）.
pub type ChangeId = Id<kind::Change>;
/// Id of an item of 主な変更内容, which heads its text（主な変更内容の項のID）.
pub type SummaryId = Id<kind::Summary>;
/// Id of opinions of one purport, which each of them names（意見のまとまりのID）.
pub type OpinionGroupId = Id<kind::OpinionGroup>;
/// Id of a shared text, which is the name of its file（共通文のID）.
pub type FragmentId = Id<kind::Fragment>;
/// Id of a 評価書 beside the main one, the folder of its entries（併せて作る評価書のID）.
pub type BesideId = Id<kind::Beside>;
/// Id of a sheet of a checklist（シートのID）.
pub type SheetId = Id<kind::Sheet>;
/// Id of a measure, which it keeps for good（対策のID）.
pub type MeasureId = Id<kind::Measure>;
/// Id of a 特定個人情報ファイル, the name of its entry files（特定個人情報ファイルのID）.
pub type PersonalFileId = Id<kind::PersonalFile>;
/// Id of a record of a repeat group, the name of its file（一件ごとの記載のID）.
pub type RecordId = Id<kind::Record>;
/// Id of a period, which `{?id:…?}` names（期間のID）.
pub type PeriodId = Id<kind::Period>;
/// Id of a figure, the name of its file（図のID）.
pub type FlowId = Id<kind::Flow>;
/// Id of a box among those of its figure, which arrows name（枠のID）.
pub type NodeId = Id<kind::Node>;

/// An id of one kind（ID）: a word as its author wrote it, cheap to clone.
///
/// It reads as the `str` that it is, so that it can be searched and printed; it becomes one of a kind only where somebody says so. One type
/// for all kinds, since they differ in nothing but what they are ids of.
pub struct Id<K> {
    text: Arc<str>,
    kind: PhantomData<K>,
}

impl<K> Id<K> {
    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<K> Deref for Id<K> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl<K> AsRef<str> for Id<K> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<K> Borrow<str> for Id<K> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), kind: PhantomData }
    }
}

impl<K> Default for Id<K> {
    /// An empty one.
    fn default() -> Self {
        Self::from("")
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, formatter)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.text, formatter)
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialEq<str> for Id<K> {
    fn eq(&self, other: &str) -> bool {
        *self.text == *other
    }
}

impl<K> PartialEq<&str> for Id<K> {
    fn eq(&self, other: &&str) -> bool {
        *self.text == **other
    }
}

impl<K> PartialEq<String> for Id<K> {
    fn eq(&self, other: &String) -> bool {
        *self.text == **other
    }
}

impl<K> PartialEq<Id<K>> for str {
    fn eq(&self, other: &Id<K>) -> bool {
        *self == *other.text
    }
}

impl<K> PartialEq<Id<K>> for &str {
    fn eq(&self, other: &Id<K>) -> bool {
        **self == *other.text
    }
}

impl<K> PartialEq<Id<K>> for String {
    fn eq(&self, other: &Id<K>) -> bool {
        **self == *other.text
    }
}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<K> From<&str> for Id<K> {
    fn from(text: &str) -> Self {
        Self { text: text.into(), kind: PhantomData }
    }
}

impl<K> From<String> for Id<K> {
    fn from(text: String) -> Self {
        Self { text: text.into(), kind: PhantomData }
    }
}

impl<K> From<&String> for Id<K> {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl<K> From<&Self> for Id<K> {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl<K> From<Id<K>> for String {
    fn from(id: Id<K>) -> Self {
        id.text.as_ref().to_owned()
    }
}

impl<K> From<&Id<K>> for String {
    fn from(id: &Id<K>) -> Self {
        id.text.as_ref().to_owned()
    }
}

/// Any word may be written; the command line reads its arguments with it.
impl<K> FromStr for Id<K> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Into::into)
    }
}

/// In a schema it is a string.
impl<K> JsonSchema for Id<K> {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn inline_schema() -> bool {
        String::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl Slug {
    /// Folder of what is the municipality's own.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("content/municipalities/{self}")
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> String {
        format!("content/municipalities/{self}/municipality.toml")
    }

    /// Folder of its own forms（独自の様式）.
    #[must_use]
    pub fn forms(&self) -> String {
        format!("content/municipalities/{self}/forms")
    }

    /// Folder of the editions of all its cases.
    #[must_use]
    pub fn editions(&self) -> String {
        format!("content/editions/{self}")
    }
}

impl CaseId {
    /// Folder of what all municipalities share that have such a case.
    #[must_use]
    pub fn shared_folder(&self) -> String {
        format!("content/assessments/{self}")
    }
}

impl FragmentId {
    /// Folder of the shared texts.
    pub const FOLDER: &str = "content/fragments";

    /// The shared text whose file a path is.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let stem = path.strip_prefix(Self::FOLDER)?.strip_prefix('/')?.strip_suffix(".md")?;
        (!stem.contains('/')).then(|| stem.into())
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{self}.md", Self::FOLDER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_text_is_known_by_its_file() {
        let id = FragmentId::from("cloud");
        assert_eq!(FragmentId::of_path(&id.path()), Some(id));
        for other in
            ["content/fragments/cloud.toml", "content/fragments/old/cloud.md", "content/fragments-old/cloud.md"]
        {
            assert_eq!(FragmentId::of_path(other), None, "{other}");
        }
    }
}
