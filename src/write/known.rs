//! A folder that bears no stamp, since its files belong to the author's repository: what is ours is known by its look.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::hold::hold;
use super::means::{Means, apply};
use super::owned::{Notes, for_nothing_yet, foreign, found, somebodys};
use super::plan::Plan;
use super::{place, read_error, staging};
use crate::Error;
use crate::source::sha256;

/// Puts files into a folder that is not there, is empty, or holds one of them, all or none. `is_ours` is asked whether what lies there
/// is an earlier one of the new file; whatever else is in the folder stays and is named.
///
/// # Errors
/// [`Error::Exists`] where a file of the name is not ours, [`Error::NotOurs`] and its kin where the folder is not.
pub fn put_known(
    root: &Path,
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    is_ours: impl Fn(&[u8], &[u8]) -> bool,
) -> Result<Notes, Error> {
    let real = place::output(root, folder)?;
    let _held = hold(&real)?;
    real.parent().into_iter().try_for_each(staging::clear_leftovers)?;
    staging::clear_leftovers(&real)?;
    for_nothing_yet(&real, folder)?;
    let there = found(&real)?;
    if let Some(other) = somebodys(&real)?
        && !files.keys().any(|name| there.contains(name))
    {
        return Err(Error::NotOurs { path: folder.to_owned(), found: other });
    }
    let mut plan = Plan::default();
    for (name, bytes) in files {
        let path = real.join(name);
        if let Ok(data) = path.symlink_metadata() {
            let now =
                if data.is_file() { fs::read(&path).map_err(|error| read_error(&path, error))? } else { Vec::new() };
            if now == *bytes {
                continue;
            }
            if !is_ours(&now, bytes) {
                return Err(Error::Exists { path });
            }
            plan.before.insert(name.clone(), sha256(&now));
        }
        plan.put.insert(name.clone(), bytes.clone().into());
    }
    apply(&real, &plan, Means::Any)?;
    Ok(Notes { foreign: foreign(&there, &files.keys().cloned().collect()), aside: Vec::new() })
}
