//! What a form was filled with last, so that of the next state only those sections are filled again that read something else.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::utils::{LazyHash, hash128};

use super::{Filling, Kept};
use crate::diagnostic::Diagnostics;
use crate::model::filled::{Filled, FilledSection};
use crate::model::library::{EntryFile, FlowFile, Library, Settled};

/// A form as it was filled last（前の記載）.
#[derive(Debug)]
pub(in crate::model) struct FilledBefore {
    basis: Basis,
    /// In print order, which follows from the basis.
    sections: Vec<Arc<SectionBefore>>,
}

/// What every section of a form may be filled from（様式全体の元）.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Basis {
    settled: Settled,
    /// What the form that it quotes says.
    quoted: Option<u128>,
}

/// A section, and all that it was filled from beside what the whole form was.
#[derive(Debug)]
pub(super) struct SectionBefore {
    pub(super) seen: Seen,
    pub(super) section: Arc<LazyHash<FilledSection>>,
    pub(super) kept: Kept,
    pub(super) found: Diagnostics,
}

/// The entry and figure files that a section was filled from（読んだ記載）, by path; none: it is not there.
///
/// Entries and figures are what is typed. Whatever else a form is filled from, settings and shared texts, seldom changes: with another of
/// those the whole form is filled again（[`Settled`]）.
#[derive(Debug, Default)]
pub(in crate::model) struct Seen {
    entries: BTreeMap<String, Option<Arc<EntryFile>>>,
    flows: BTreeMap<String, Option<Arc<FlowFile>>>,
    /// Whether it looked through the names of all, for one near a name that is none.
    names: bool,
}

impl Seen {
    /// The entries at a path.
    pub(in crate::model) fn entry<'l>(&mut self, library: &'l Library, path: &str) -> Option<&'l Arc<EntryFile>> {
        let found = library.entries.get(path);
        self.entries.entry(path.to_owned()).or_insert_with(|| found.cloned());
        found
    }

    /// The figure at a path.
    pub(in crate::model) fn flow<'l>(&mut self, library: &'l Library, path: &str) -> Option<&'l Arc<FlowFile>> {
        let found = library.flows.get(path);
        self.flows.entry(path.to_owned()).or_insert_with(|| found.cloned());
        found
    }

    /// The names of everything.
    pub(in crate::model) fn names<'l>(&mut self, library: &'l Library) -> &'l Library {
        self.names = true;
        library
    }

    /// Whether a library says the very same: a file that was not parsed again is the same.
    fn is_of(&self, library: &Library) -> bool {
        !self.names && same(&self.entries, &library.entries) && same(&self.flows, &library.flows)
    }
}

fn same<T>(seen: &BTreeMap<String, Option<Arc<T>>>, all: &BTreeMap<String, Arc<T>>) -> bool {
    seen.iter().all(|(path, seen)| match (seen, all.get(path)) {
        (Some(seen), Some(now)) => Arc::ptr_eq(seen, now),
        (None, None) => true,
        _ => false,
    })
}

impl FilledBefore {
    /// What a form was filled with.
    pub(super) fn new(basis: Basis, sections: Vec<Arc<SectionBefore>>) -> Self {
        Self { basis, sections }
    }

    /// Whether what holds for all sections is the same.
    pub(super) fn is_of(&self, basis: &Basis) -> bool {
        self.basis == *basis
    }

    /// A section by its place, where all that it was filled from is still the same.
    pub(super) fn section(&self, at: usize, library: &Library) -> Option<Arc<SectionBefore>> {
        self.sections.get(at).filter(|section| section.seen.is_of(library)).cloned()
    }
}

impl Basis {
    /// Of a form that is going to be filled.
    pub(super) fn of(filling: &Filling<'_>, library: &Library) -> Self {
        let quoted = |from: &Filled| hash128(&(&from.sections, &from.registers, &from.groups));
        Self { settled: library.settled.clone(), quoted: filling.assessment.map(quoted) }
    }
}
