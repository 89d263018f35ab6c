//! Cases held against their editions, each once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use super::compare::{ItemDifference, compare};
use crate::diagnostic::SourceMap;
use crate::model::{Case, Edition};
use crate::name::CaseName;

/// How the cases of one state differ from their editions（版との照合）: whoever asks first compares, whoever asks at the same time waits for
/// him. The rules ask, and so does who holds what is printed.
#[derive(Debug)]
pub struct HeldAgainst<'s> {
    sources: &'s SourceMap,
    found: Mutex<BTreeMap<CaseName, Slot>>,
}

/// The place for what one case yields.
type Slot = Arc<OnceLock<Arc<[ItemDifference]>>>;

impl<'s> HeldAgainst<'s> {
    /// With nothing compared yet; the files are those that the cases were made of.
    #[must_use]
    pub fn new(sources: &'s SourceMap) -> Self {
        Self { sources, found: Mutex::default() }
    }

    /// The files that the cases were made of.
    #[must_use]
    pub fn sources(&self) -> &'s SourceMap {
        self.sources
    }

    /// How a case differs from the edition that it names.
    ///
    /// # Panics
    /// If a thread panicked while it looked for the case, which would be our bug.
    #[must_use]
    pub fn differences(&self, name: &CaseName, case: &Case, edition: &Edition) -> Arc<[ItemDifference]> {
        let slot = {
            let mut found = self.found.lock().expect("nobody panics while he looks for a case");
            found.entry(name.clone()).or_default().clone()
        };
        slot.get_or_init(|| compare(case, edition, self.sources).into()).clone()
    }
}
