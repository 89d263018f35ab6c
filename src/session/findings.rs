//! What is wrong with several municipalities, said together.

use std::collections::BTreeMap;
use std::path::Path;

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, SourceMap};
use crate::name::Slug;

/// The mistakes of every municipality that was looked at（検査結果）; what they share is said once.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is wrong.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// Of each shared file, how many municipalities read it.
    readers: BTreeMap<FileId, usize>,
    /// What only counts where all readers of a file say it: that nobody uses it.
    unanimous: Vec<(Diagnostic, usize)>,
}

impl Checked {
    /// What is wrong with a municipality that is looked at by itself: that nobody uses what it shares with others is not for it to say.
    #[must_use]
    pub fn said_of(&self, municipality: &Slug) -> Diagnostics {
        self.parted(municipality).0
    }

    /// The same, and what only counts where all readers of a file say it.
    fn parted(&self, municipality: &Slug) -> (Diagnostics, Vec<Diagnostic>) {
        let mut found = self.diagnostics.clone();
        let of_shared = found.take(|diagnostic| {
            let asks_all = matches!(diagnostic.code, Code::FileUnused | Code::AcceptanceUnused);
            asks_all && diagnostic.span.is_some_and(|span| !self.is_own(municipality, span.file))
        });
        (found, of_shared)
    }

    /// Whether a file is a municipality's own.
    fn is_own(&self, municipality: &Slug, file: FileId) -> bool {
        let path = &self.workspace.sources.get(file).path;
        [municipality.folder(), municipality.editions()].iter().any(|own| path.starts_with(Path::new(own)))
    }
}

impl Findings {
    /// Adds what was found of one municipality, and tells whether there was anything to say of it.
    pub fn add(&mut self, checked: &Checked, municipality: &Slug) -> Said {
        let sources = &checked.workspace.sources;
        let is_own = |file: FileId| checked.is_own(municipality, file);
        let (found, of_shared) = checked.parted(municipality);
        for diagnostic in of_shared {
            match self.unanimous.iter_mut().find(|(known, _)| *known == diagnostic) {
                Some((_, count)) => *count += 1,
                None => self.unanimous.push((diagnostic, 1)),
            }
        }
        if self.sources.is_empty() {
            self.sources = sources.sibling();
        }
        for (file, source) in sources.iter().filter(|(file, _)| !is_own(*file)) {
            *self.readers.entry(file).or_default() += 1;
            self.sources.put(source.clone());
        }
        // Of a municipality without mistakes nothing is kept.
        for file in found.files() {
            self.sources.put(sources.get(file).clone());
        }
        let name = checked.model.municipalities.first().map_or(municipality.as_str(), |of| of.name.as_str());
        let said = if found.is_empty() { Said::Nothing } else { Said::Something };
        self.diagnostics.extend_of(found, name, is_own);
        said
    }

    /// Adds what was found while documents were made; `sources` are the files that it points into.
    pub fn say(&mut self, found: Diagnostics, sources: &SourceMap) {
        for file in found.files() {
            self.sources.put(sources.get(file).clone());
        }
        self.diagnostics.extend_settled(found.settled(sources));
    }

    /// Whether a municipality has read the file.
    pub(super) fn has_read(&self, path: &Path) -> bool {
        self.sources.find(path).is_some()
    }

    /// Adds what was found in files that no municipality reads.
    pub fn add_rest(&mut self, checked: &Checked) {
        for (_, source) in checked.workspace.sources.iter() {
            self.sources.put(source.clone());
        }
        self.diagnostics.extend(checked.diagnostics.clone());
    }

    /// Closes the list. What nobody uses is said only if everybody was asked.
    #[must_use]
    pub fn closed(mut self, all: Asked) -> Self {
        for (diagnostic, count) in std::mem::take(&mut self.unanimous) {
            let readers = diagnostic.span.and_then(|span| self.readers.get(&span.file)).copied().unwrap_or_default();
            if all == Asked::All && count == readers {
                self.diagnostics.push(diagnostic);
            }
        }
        self.diagnostics.name_nobody_for_all();
        self
    }
}

/// Whether there was anything to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It has no mistakes; that it does not use a file that others use is none.
    Nothing,
    /// Errors, warnings or notes.
    Something,
}

/// Whether every municipality was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Every one.
    All,
    /// Some.
    Some,
}
