//! The files of an output folder: what was made, and what stays of earlier builds.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::jobs::Done;
use super::stamp::{DocumentStamp, SourceStamp, Stamps, hash_of};
use crate::Error;
use crate::model::manifest::{Audience, DocumentKind, Format, View};
use crate::name::{CaseId, DocumentName, Reach, Slug};
use crate::session::Wanted;
use crate::write::{MANIFEST_FILE, Means, Meeting, New, Notes, Output, Seen};

/// A finished file（成果物）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, `/` between folders.
    pub path: String,
    /// Its bytes; none: it is the same as in the folder already.
    pub bytes: Option<Vec<u8>>,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// What the build says of all its files（成果物一覧）: `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// In the order of their paths.
    pub documents: Vec<ManifestEntry>,
}

impl Manifest {
    /// As it is written: the same bytes wherever it is.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain data without maps of other keys than strings");
        text.push(b'\n');
        text
    }
}

/// One file of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ManifestEntry {
    /// Path below the output folder.
    pub path: String,
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Title.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Kind of file.
    pub format: Format,
    /// Which view.
    pub view: View,
    /// For whom.
    pub audience: Audience,
    /// Folders and files of the source that it is made from, from the workspace's root.
    pub source: Vec<String>,
    /// Number of pages of the laid out document; none for other files.
    pub pages: Option<usize>,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// A finished document: its files and its stamp.
#[derive(Debug)]
pub(super) struct Finished {
    /// What it is called.
    pub(super) name: DocumentName,
    /// Files.
    pub(super) artifacts: Vec<Artifact>,
    /// What is remembered.
    pub(super) stamp: DocumentStamp,
    /// Whether it was asked for; others are kept as they are.
    pub(super) wanted: bool,
}

/// Where documents are written, and by whose order.
pub(super) struct Target<'a> {
    pub(super) output: &'a Output,
    pub(super) before: &'a Stamps,
    pub(super) audience: Option<Audience>,
    pub(super) wanted: &'a Wanted,
    /// What each municipality was made from.
    pub(super) sources: BTreeMap<Slug, SourceStamp>,
    /// What was not looked at: what is there of it stays.
    pub(super) spared: &'a BTreeSet<Reach>,
    pub(super) means: Means,
}

/// Puts all documents that were asked for in place of the last ones; what was not asked for stays.
///
/// `inspect` sees every file as it will be; where it refuses, nothing is put in place.
pub(super) fn write<T>(
    target: &Target<'_>,
    done: Done,
    inspect: impl FnOnce(&[Seen<'_>]) -> Result<T, Error>,
) -> Result<(T, Notes), Error> {
    let Target { output, before, audience, wanted, ref sources, spared, means } = *target;
    let mut stamps = before.clone();
    let mut new = New::default();
    let asked: BTreeSet<DocumentName> = done.documents.iter().map(|document| document.name.clone()).collect();
    let is_spared = |name: &DocumentName| {
        let of = Reach::whole(&name.case.municipality);
        spared.contains(&of) || spared.contains(&Reach::from(name.case.clone()))
    };
    let stays = |name: &DocumentName| {
        !asked.contains(name) && (!wanted.has(name) || done.issued.contains(name) || is_spared(name))
    };
    stamps.documents.retain(|name, stamp| stays(name) && stamp.is_whole(output));
    let is_kept = |path: &&str| DocumentName::of_file(path).is_none_or(|name| stays(&name));
    new.kept.extend(output.made().filter(is_kept).map(str::to_owned));
    for document in done.documents {
        for artifact in document.artifacts {
            match artifact.bytes {
                Some(bytes) => _ = new.files.insert(artifact.path, bytes),
                None => _ = new.kept.insert(artifact.path),
            }
        }
        let source = sources.get(&document.name.case.municipality).cloned().unwrap_or_default();
        stamps.documents.insert(document.name, DocumentStamp { source, ..document.stamp });
    }
    for (municipality, source) in sources {
        let own = done.defined.iter().filter(|(name, _)| name.case.municipality == *municipality);
        let own = own.map(|(name, audience)| (name.clone(), *audience)).collect();
        stamps.define((audience, municipality), source, own);
    }
    let entries = stamps.documents.values().flat_map(|stamp| &stamp.entries);
    let entries: BTreeMap<&str, &ManifestEntry> = entries.map(|entry| (entry.path.as_str(), entry)).collect();
    let manifest = Manifest { documents: entries.into_values().cloned().collect() };
    new.files.insert(MANIFEST_FILE.to_owned(), manifest.text());
    output.write(&new, &stamps.memory(audience), (Meeting::KeptAside, means), inspect)
}

/// Hash and path of a file as an artifact.
pub(super) fn artifact(path: String, bytes: Vec<u8>) -> Artifact {
    let sha256 = hash_of(&bytes);
    Artifact { path, bytes: Some(bytes), sha256 }
}
