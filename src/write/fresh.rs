//! Files into a folder that may be new（新しいフォルダー）: all of them or none, never over anything.

use std::collections::BTreeMap;
use std::path::Path;

use super::hold::hold;
use super::means::{Means, apply};
use super::place::real;
use super::plan::Plan;
use crate::Error;

/// Puts files into a folder that is made where there is none; whatever else lies there stays.
///
/// **Shape**: `files` by path below the folder, `/` between folders.
///
/// # Errors
/// [`Error::AlreadyThere`] where one of them, or one of the folders that they bring along, is there already; [`Error::NotAFolder`],
/// [`Error::Locked`] and [`Error::Write`]. Nothing is written then.
pub fn put_fresh(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Error> {
    let real = real(folder)?;
    if real.exists() && !real.is_dir() {
        return Err(Error::NotAFolder { path: folder.to_owned() });
    }
    let tops = files.keys().map(|path| path.split('/').next().expect("a path has a part"));
    if let Some(there) = tops.map(|top| folder.join(top)).find(|path| path.symlink_metadata().is_ok()) {
        return Err(Error::AlreadyThere { path: there });
    }
    let _held = hold(&real)?;
    let put = files.iter().map(|(path, bytes)| (path.clone(), bytes.clone().into())).collect();
    let plan = Plan { put, ..Plan::default() };
    // Somebody may stand in the folder: it is not exchanged.
    apply(&real, &plan, Means::OneByOne)
}
