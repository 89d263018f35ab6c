//! The manifests of several machines made one: what each has built, as if one had built all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::output::{Manifest, ManifestEntry};
use crate::source::{STAMP_FILE, sha256};
use crate::write::{MANIFEST_FILE, bytes_of, goes_down, put_file};
use crate::{Error, Said};

/// Whether the files of a manifest are looked at（成果物の確認）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Each must lie beside its manifest, with the hash that is written there.
    Files,
    /// The manifests alone: the files may be elsewhere.
    ManifestsOnly,
}

/// What was read of a manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    documents: Vec<ManifestEntry>,
}

/// Joins manifests into one, in the order of the paths: the same bytes, whichever machine has made which part. The number of its files.
///
/// A part is a manifest or the folder that it lies in. The same file may stand in several parts if they say the same of it.
///
/// # Errors
/// [`Error::Read`] where a manifest or one of its files is not there, [`Error::NoManifest`] for what is none, [`Error::ManifestsDiffer`]
/// where two say other things of a file, [`Error::FileDiffers`] where a file is not as its manifest says, [`Error::Exists`] where
/// something else than a joined manifest would be overwritten, and [`Error::Write`].
pub fn join_manifests(out: &Path, parts: &[PathBuf], look: Look) -> Result<usize, Error> {
    let mut all: BTreeMap<String, (ManifestEntry, PathBuf)> = BTreeMap::new();
    for part in parts {
        let path = if part.is_dir() { part.join(MANIFEST_FILE) } else { part.clone() };
        let bytes = existing(&path)?;
        for entry in entries(&path, &bytes)? {
            if look == Look::Files {
                look_at(&path, &entry)?;
            }
            match all.get(&entry.path) {
                Some((known, one)) if *known != entry => {
                    return Err(Error::ManifestsDiffer { file: entry.path, one: one.clone(), other: path });
                }
                Some(_) => {}
                None => _ = all.insert(entry.path.clone(), (entry, path.clone())),
            }
        }
    }
    let manifest = Manifest { documents: all.values().map(|(entry, _)| entry).collect() };
    let text = manifest.text();
    if let Some(now) = bytes_of(out)? {
        if now == text {
            return Ok(manifest.documents.len());
        }
        // The manifest of a folder that was built belongs to the build.
        let is_built = out.parent().is_some_and(|folder| folder.join(STAMP_FILE).exists());
        if is_built || entries(out, &now).is_err() {
            return Err(Error::Exists { path: out.to_owned() });
        }
    }
    put_file(out, &text)?;
    Ok(manifest.documents.len())
}

/// The files that a manifest lists. One of another version, of which this one would lose something, is refused.
fn entries(path: &Path, bytes: &[u8]) -> Result<Vec<ManifestEntry>, Error> {
    let refused = |ja: String, en: String| Error::NoManifest { path: path.to_owned(), detail: Said { ja, en } };
    let unread = |error: serde_json::Error| refused(error.to_string(), error.to_string());
    let value: Value = serde_json::from_slice(bytes).map_err(unread)?;
    let part = Part::deserialize(&value).map_err(unread)?;
    let manifest = Manifest { documents: part.documents.iter().collect() };
    if serde_json::to_value(&manifest).expect("plain data") != value {
        return Err(refused(
            "この版が知らない項目があります".to_owned(),
            "it has keys that this version does not know".to_owned(),
        ));
    }
    if let Some(outside) = part.documents.iter().find(|entry| !goes_down(&entry.path)) {
        return Err(refused(
            format!("フォルダーの外を指しています：{}", outside.path),
            format!("it points outside of the folder: {}", outside.path),
        ));
    }
    Ok(part.documents)
}

/// Whether a file lies beside its manifest as it was made.
fn look_at(manifest: &Path, entry: &ManifestEntry) -> Result<(), Error> {
    let path = manifest.parent().unwrap_or(Path::new("")).join(&entry.path);
    if sha256(&existing(&path)?) == entry.sha256 { Ok(()) } else { Err(Error::FileDiffers { path }) }
}

fn existing(path: &Path) -> Result<Vec<u8>, Error> {
    let missing = || Error::Read { path: path.to_owned(), source: std::io::ErrorKind::NotFound.into() };
    bytes_of(path)?.ok_or_else(missing)
}
