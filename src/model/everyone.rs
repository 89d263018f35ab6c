//! What the municipalities of a workspace are called（作業フォルダーの自治体）, read once for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;
use typst::utils::hash128;

use super::library::Read;
use super::manifest::MunicipalityToml;
use crate::name::Slug;

/// The settings of every municipality by slug.
///
/// A name of another one is looked for in all that a municipality says. Whether there is any is told by one list of all names, which is made
/// once: with one for each municipality, a nation took time with the square of its number.
#[derive(Debug, Default)]
pub struct Everyone {
    settings: BTreeMap<Slug, Arc<Read<MunicipalityToml>>>,
    names: OnceLock<Names>,
}

/// All names, ready to be looked for.
#[derive(Debug)]
struct Names {
    automaton: AhoCorasick,
    /// Whose name each pattern is.
    whose: Vec<BTreeSet<Slug>>,
    /// Of all of this.
    sign: u128,
}

impl Everyone {
    /// Those of whom the settings were read.
    #[must_use]
    pub fn new(settings: BTreeMap<Slug, Arc<Read<MunicipalityToml>>>) -> Self {
        Self { settings, names: OnceLock::new() }
    }

    /// The settings of each, by slug.
    #[must_use]
    pub fn settings(&self) -> &BTreeMap<Slug, Arc<Read<MunicipalityToml>>> {
        &self.settings
    }

    /// Whether a text holds the letters of a name of anybody but one.
    #[must_use]
    pub fn is_named(&self, text: &str, but: &Slug) -> bool {
        let Names { automaton, whose, .. } = self.names.get_or_init(|| self.ready());
        let mut found = automaton.find_overlapping_iter(text);
        found.any(|found| whose[found.pattern().as_usize()].iter().any(|slug| slug != but))
    }

    /// What all names together are known by: what was found with the same names is the same.
    #[must_use]
    pub fn sign(&self) -> u128 {
        self.names.get_or_init(|| self.ready()).sign
    }

    fn ready(&self) -> Names {
        let mut names: BTreeMap<&str, BTreeSet<Slug>> = BTreeMap::new();
        for (slug, read) in &self.settings {
            for name in read.value.called().filter(|name| !name.is_empty()) {
                names.entry(name).or_default().insert(slug.clone());
            }
        }
        let automaton = AhoCorasick::new(names.keys());
        let automaton = automaton.expect("a list within the bound of lists is no automaton too large");
        let called = self.settings.values().map(|read| read.value.name.value.as_str()).collect::<Vec<_>>();
        let sign = hash128(&(&names, called));
        Names { automaton, whose: names.into_values().collect(), sign }
    }
}
