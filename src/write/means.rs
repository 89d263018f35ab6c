//! The two ways to change a folder: in one step, or file by file.

use std::path::Path;

use super::plan::Plan;
use super::{exchange, journal};
use crate::Error;

/// How a folder may be changed（書換えの手段）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Means {
    /// In one step where the system can, else file by file.
    #[default]
    Any,
    /// File by file, as where a folder cannot be exchanged while one of its files is open.
    OneByOne,
}

/// Changes a folder as planned, or leaves it as it was.
///
/// # Errors
/// [`Error::Write`] and [`Error::Read`] where the system refuses, [`Error::ChangedMeanwhile`] where somebody changed one of the files;
/// the folder is as it was then. [`Error::Unfinished`] where not even that could be done: the next run does it.
pub(super) fn apply(real: &Path, plan: &Plan, means: Means) -> Result<(), Error> {
    if plan.is_empty() {
        return Ok(());
    }
    if !real.exists() {
        return exchange::make(real, plan);
    }
    match means {
        Means::Any if exchange::exchange(real, plan)? == exchange::Exchanged::Done => Ok(()),
        Means::Any | Means::OneByOne => journal::replace(real, plan),
    }
}
