//! Pages measured beside the typing（ページの計測）: on a thread of its own, one measurement at a time, asked for by who hovers.
//!
//! A document of 140 pages takes seconds to set. So a hint shows what was measured last and starts the next measurement; nobody waits for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::document::PageIndex;
use crate::model::{ItemPath, Role};
use crate::name::{CaseName, Slug};
use crate::press::page_indexes;
use crate::session::{Checked, Wanted};

/// Bytes of stack of the thread: the typesetter recurses deeply.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Case and form.
pub(super) type Key = (CaseName, Role);

/// Pages that were measured（計測済みのページ）.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    indexes: BTreeMap<Key, PageIndex>,
    /// Of each municipality the number of the texts that were measured, or are being measured now.
    states: BTreeMap<Slug, u64>,
    is_busy: bool,
}

impl Measured {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().expect("nobody panics while he holds the pages")
    }

    /// The first and last printed number of an item's pages, as they were measured last; none: not yet.
    pub(super) fn pages(&self, key: &Key, row: &ItemPath) -> Option<(usize, usize)> {
        let known = self.known();
        let range = known.indexes.get(key)?.rows.get(row)?;
        Some((range.first, range.last))
    }

    /// Measures a municipality's pages, unless these very texts were measured, or somebody measures already.
    pub(super) fn measure(&self, slug: &Slug, checked: &Checked, state: u64) {
        {
            let mut known = self.known();
            if known.is_busy || known.states.get(slug) == Some(&state) {
                return;
            }
            known.is_busy = true;
            known.states.insert(slug.to_owned(), state);
        }
        let (measured, checked) = (self.clone(), checked.clone());
        let wanted = Wanted { municipality: Some(slug.to_owned()), ..Wanted::default() };
        let measure = move || {
            let free = Free(&measured);
            let indexes = page_indexes(&checked, &wanted);
            measured.known().indexes.extend(indexes);
            drop(free);
        };
        let thread = std::thread::Builder::new().name("pages".to_owned()).stack_size(STACK_BYTES).spawn(measure);
        if thread.is_err() {
            // Without a thread there are no pages.
            self.known().is_busy = false;
        }
    }
}

/// Says that the next may measure, however the measurement ends.
struct Free<'m>(&'m Measured);

impl Drop for Free<'_> {
    fn drop(&mut self) {
        self.0.known().is_busy = false;
    }
}
