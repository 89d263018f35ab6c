//! The output folder: written beside the last one, then put in its place in one step.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::jobs::Done;
use super::stamp::{DocumentStamp, STAMP_FILE, SourceStamp, Stamps, hash_of};
use crate::Error;
use crate::model::manifest::{Audience, DocumentKind, Format, View};
use crate::write::{exchange, link, write_error};

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

/// One file of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ManifestEntry {
    /// Path below the output folder.
    pub path: String,
    /// Slug of the municipality.
    pub municipality: String,
    /// Case.
    pub case: String,
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

/// A finished document: its files, its entries and its stamp.
#[derive(Debug)]
pub(super) struct Finished {
    /// `municipality/case/document`.
    pub(super) name: String,
    /// Files.
    pub(super) artifacts: Vec<Artifact>,
    /// Entries of the manifest, one per file.
    pub(super) entries: Vec<ManifestEntry>,
    /// What is remembered.
    pub(super) stamp: DocumentStamp,
    /// Whether it was asked for; others are kept as they are.
    pub(super) wanted: bool,
}

const MANIFEST_FILE: &str = "manifest.json";
/// Files of the folder that belong to the repository and go over to the new one.
const KEPT: &[&str] = &[".gitkeep", ".gitignore"];

/// Writes all documents to a new folder beside the old and puts it in the old one's place.
///
/// `inspect` sees the new folder when it is whole; where it refuses, nothing is put in place. A run that is killed leaves the old
/// folder as it was: the exchange is the last step.
pub(super) fn write<T>(
    folder: &Path,
    done: &Done,
    (before, source): (&Stamps, &SourceStamp),
    inspect: impl FnOnce(&Path) -> Result<T, Error>,
) -> Result<T, Error> {
    let documents = &done.documents;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| write_error(parent, error))?;
    let staging =
        tempfile::Builder::new().prefix(".hyoka-").tempdir_in(parent).map_err(|error| write_error(parent, error))?;
    let new = staging.path().join("new");
    fs::create_dir_all(&new).map_err(|error| write_error(&new, error))?;
    for name in KEPT {
        carry(folder, &new, name)?;
    }
    let mut entries: BTreeMap<String, &ManifestEntry> = BTreeMap::new();
    let mut stamps = Stamps {
        audience: before.audience,
        source: source.clone(),
        defined: done.defined.clone(),
        documents: BTreeMap::new(),
    };
    for document in documents {
        if !document.wanted && !before.documents.get(&document.name).is_some_and(|stamp| stamp.is_whole(folder)) {
            continue;
        }
        for artifact in &document.artifacts {
            put(folder, &new, artifact)?;
        }
        entries.extend(document.entries.iter().map(|entry| (entry.path.clone(), entry)));
        stamps.documents.insert(document.name.clone(), document.stamp.clone());
    }
    let manifest = Manifest { documents: entries.into_values().cloned().collect() };
    put_json(&new, MANIFEST_FILE, &manifest)?;
    put_json(&new, STAMP_FILE, &stamps)?;
    let seen = inspect(&new)?;
    exchange(folder, &new, staging.path())?;
    Ok(seen)
}

/// All files below a folder, hidden ones too, by their path with `/`, in order.
pub(super) fn files_below(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry
            .map_err(|error| Error::Read { path: error.path().unwrap_or(folder).to_owned(), source: error.into() })?;
        if entry.file_type().is_file() {
            let path = entry.path();
            let inside = path.strip_prefix(folder).expect("walked from the folder");
            let name: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let bytes = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
            found.insert(name.join("/"), bytes);
        }
    }
    Ok(found)
}

/// Hash and path of a file as an artifact.
pub(super) fn artifact(path: String, bytes: Vec<u8>) -> Artifact {
    let sha256 = hash_of(&bytes);
    Artifact { path, bytes: Some(bytes), sha256 }
}

fn put(old: &Path, new: &Path, artifact: &Artifact) -> Result<(), Error> {
    let to = new.join(&artifact.path);
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(|error| write_error(parent, error))?;
    }
    match &artifact.bytes {
        Some(bytes) => fs::write(&to, bytes).map_err(|error| write_error(&to, error)),
        None => link(&old.join(&artifact.path), &to),
    }
}

fn put_json(folder: &Path, name: &str, value: &impl Serialize) -> Result<(), Error> {
    let mut text = serde_json::to_string_pretty(value).expect("plain data without maps of other keys than strings");
    text.push('\n');
    let path = folder.join(name);
    fs::write(&path, text).map_err(|error| write_error(&path, error))
}

fn carry(old: &Path, new: &Path, name: &str) -> Result<(), Error> {
    let from = old.join(name);
    if from.is_file() { link(&from, &new.join(name)) } else { Ok(()) }
}
