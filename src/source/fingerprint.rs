//! One hash of everything that a workspace is made of.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::sha256;
use crate::Error;

/// Hash of files and folders of a workspace（原稿の指紋）, given by their paths from the root, and of a word of the caller's. What is not
/// there counts as nothing.
///
/// # Errors
/// [`Error::Read`].
pub fn fingerprint(root: &Path, parts: &[String], word: &str) -> Result<String, Error> {
    let mut hasher = Sha256::new();
    hasher.update(word);
    for part in parts {
        let folder = root.join(part);
        if !folder.exists() {
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
                let mut file = File::open(path).map_err(failed)?;
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
    Ok(sha256(&hasher.finalize()))
}
