//! `seal.toml` and `issue.toml`: what an edition was sealed with, and which papers were issued on it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::name::IssueId;
use crate::source::Located;

/// A seal（封印）: `seal.toml` of an edition or of issued papers. Written by the program.
///
/// It keeps what was frozen from accident and from quiet habit. It has no key: who means to can make another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SealToml {
    /// What was sealed: `自治体/事務/版`, and after one more slash the id of issued papers.
    pub of: Located<String>,
    /// Digest of the seal of what was there before it; empty: it is the first.
    pub follows: Located<String>,
    /// Digest of all of this.
    pub digest: Located<String>,
    /// The files, in the order of their paths.
    #[serde(default)]
    pub file: Vec<SealedFileToml>,
}

/// A file of what was sealed（封印したファイル）.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SealedFileToml {
    /// Path below the folder of the seal.
    pub path: Located<String>,
    /// SHA-256 of its lines.
    pub digest: String,
    /// Two characters of each line's own digest: by them an altered line is found.
    pub lines: String,
}

/// Papers that were issued（発出した文書）: `content/editions/<slug>/<case>/<edition>/issued/<id>/issue.toml`. Written by the program.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IssueToml {
    /// To whom and for what, in words: パブリック・コメントに付した素案.
    pub title: String,
    /// Day on which they were issued, as `2023-09-05`.
    pub date: String,
    /// The papers before them on the same edition; empty: the first.
    #[serde(default)]
    pub follows: IssueId,
}
