//! What the last build was made from, so that only what changed is made again.
//!
//! A stamp file lies hidden in the output folder. It is a memory, never a source: if it is missing or does not fit, everything is
//! made again.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::Error;
use crate::layout::PageIndex;
use crate::model::manifest::Audience;
use crate::session::Wanted;
pub(super) use crate::source::sha256 as hash_of;

/// Name of the stamp file.
pub(super) const STAMP_FILE: &str = ".stamp.json";

/// Hash of everything that a build reads（原稿の指紋）; empty where the build must be looked at again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SourceStamp(String);

impl SourceStamp {
    /// The stamp, or none where the next build must look again.
    pub(super) fn unless(self, look_again: bool) -> Self {
        if look_again { Self::default() } else { self }
    }
}

/// What is remembered of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DocumentStamp {
    /// Hash of its data, the templates and the program.
    pub(super) input: String,
    /// Where its rows and marks stand, if it was laid out.
    pub(super) index: Option<PageIndex>,
    /// Output files, with their hashes.
    pub(super) files: BTreeMap<String, String>,
}

/// The stamps of a folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Stamps {
    /// Whose files lie in the folder; none: each document for its usual readers.
    #[serde(default)]
    pub(super) audience: Option<Audience>,
    /// Of everything that was read; none in a public folder, whose files must not be tied to what is withheld.
    pub(super) source: SourceStamp,
    /// Names of all documents that are defined, made or not.
    #[serde(default)]
    pub(super) defined: Vec<String>,
    /// By `municipality/case/document`.
    pub(super) documents: BTreeMap<String, DocumentStamp>,
}

impl Stamps {
    /// The stamps of the last build for these readers; none if they cannot be read or if other readers' files lie there, so that
    /// nothing of a submission is ever kept in a public folder.
    pub(super) fn read(folder: &Path, audience: Option<Audience>) -> Self {
        let found: Option<Self> =
            std::fs::read(folder.join(STAMP_FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        found.filter(|stamps| stamps.audience == audience).unwrap_or(Self { audience, ..Self::default() })
    }

    /// How many documents are still true, if all that are wanted are.
    pub(super) fn all_current(&self, source: &SourceStamp, folder: &Path, wanted: &Wanted) -> Option<usize> {
        if source.0.is_empty() || self.source != *source {
            return None;
        }
        let mut count = 0;
        for name in &self.defined {
            let mut parts = name.split('/');
            let (municipality, case, document) = (parts.next()?, parts.next()?, parts.next()?);
            if wanted.has(municipality, case, document) {
                if !self.documents.get(name)?.is_whole(folder) {
                    return None;
                }
                count += 1;
            }
        }
        (count > 0).then_some(count)
    }
}

impl DocumentStamp {
    /// Whether its files lie in the folder as they were written.
    pub(super) fn is_whole(&self, folder: &Path) -> bool {
        !self.files.is_empty()
            && self
                .files
                .iter()
                .all(|(path, hash)| std::fs::read(folder.join(path)).is_ok_and(|bytes| hash_of(&bytes) == *hash))
    }
}

/// Hash of all content and templates of a workspace, and of the program.
pub(super) fn of_sources(root: &Path) -> Result<SourceStamp, Error> {
    let mut hasher = Sha256::new();
    hasher.update(program());
    for part in ["content", "templates"] {
        let folder = root.join(part);
        if !folder.is_dir() {
            continue;
        }
        for entry in WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::Read {
                path: error.path().unwrap_or(&folder).to_owned(),
                source: error.into(),
            })?;
            let is_font = entry.path().extension().is_some_and(|ending| ending == "ttf");
            if entry.file_type().is_file() && !is_font {
                let path = entry.path();
                let failed = |source| Error::Read { path: path.to_owned(), source };
                let mut file = std::fs::File::open(path).map_err(failed)?;
                hasher.update(path.to_string_lossy().as_bytes());
                hasher.update(file.metadata().map_err(failed)?.len().to_le_bytes());
                // A file that is no source may be of any size.
                let mut piece = vec![0; 64 * 1024];
                loop {
                    let length = file.read(&mut piece).map_err(failed)?;
                    if length == 0 {
                        break;
                    }
                    hasher.update(&piece[..length]);
                }
            }
        }
    }
    Ok(SourceStamp(hash_of(&hasher.finalize())))
}

/// What tells one build of the program from another: its version, and the size and time of its file. Goes only into the stamp file,
/// never into a document.
pub(super) fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let mark = file.and_then(|file| Ok((file.len(), file.modified()?)));
    let mark = mark.map_or_else(|_| String::new(), |(size, time)| format!("{size} {time:?}"));
    format!("{} {mark}", env!("CARGO_PKG_VERSION"))
}
