//! What each file said when it was read last, the forms that were made of them, and what those were filled with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::fill::FilledBefore;
use super::library::{Library, Read};
use super::manifest::{DerivedForm, FormDef, ThresholdToml};
use super::one_file::{Parsed, Reader, Shapes};
use super::{derive, form_check};
use crate::diagnostic::{Diagnostics, FileId, SourceFile};
use crate::name::FormName;

/// A file as it was parsed last.
#[derive(Debug)]
pub(super) struct Remembered {
    file: FileId,
    text: Arc<str>,
    pub(super) parsed: Parsed,
    pub(super) found: Diagnostics,
}

impl Remembered {
    fn is_of(&self, file: FileId, source: &SourceFile) -> bool {
        // Most are the very texts that were read, which need not be gone through.
        self.file == file && (Arc::ptr_eq(&self.text, &source.text) || self.text == source.text)
    }
}

/// Where what a file said is kept; held while the file is parsed.
type Place = Mutex<Option<Arc<Remembered>>>;

/// The forms of a library, made whole and held against themselves.
#[derive(Debug)]
pub(super) struct Forms {
    /// Those that were written whole, and those written as differences, as the library had them.
    written: Written,
    threshold: Arc<ThresholdToml>,
    /// The latter, made whole.
    pub(super) made: Whole,
    pub(super) found: Diagnostics,
}

/// Forms that are written whole, by name.
pub(super) type Whole = BTreeMap<FormName, Arc<Read<Arc<FormDef>>>>;
type Written = (Whole, BTreeMap<FormName, Arc<Read<DerivedForm>>>);

/// How many sets of forms are remembered: the shared ones, and those of a few municipalities that have forms of their own.
const SETS_OF_FORMS: usize = 8;

impl Forms {
    fn of(library: &Library) -> Self {
        let mut found = Diagnostics::new();
        let made = derive::made(library, &mut found);
        let all = library.forms.iter().chain(&made).map(|(key, form)| (key.clone(), form.clone())).collect();
        form_check::check(&all, &library.threshold, &mut found);
        let written = (library.forms.clone(), library.derived.clone());
        Self { written, threshold: library.threshold.clone(), made, found }
    }

    /// Whether the library has these very forms: a file that was not parsed again is the same.
    fn are_of(&self, library: &Library) -> bool {
        let same_table = Arc::ptr_eq(&self.threshold, &library.threshold);
        same_table && same(&self.written.0, &library.forms) && same(&self.written.1, &library.derived)
    }
}

fn same<T>(one: &BTreeMap<FormName, Arc<T>>, other: &BTreeMap<FormName, Arc<T>>) -> bool {
    one.keys().eq(other.keys()) && one.values().zip(other.values()).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// Parses files and remembers what each one said（読み取りの記憶）: a file is parsed again only when its text is another. So it is with the sections of
/// forms: one is filled again only when a file that it was filled from is another.
///
/// Whether a text is the same is asked of the text itself, so nothing can be remembered wrongly; the workspaces of several
/// municipalities share what they have in common, if they number its files alike.
#[derive(Debug, Default)]
pub struct Memory {
    shapes: Shapes,
    /// By number, which is quicker to compare than a path; the path is held against it.
    files: Mutex<BTreeMap<FileId, (PathBuf, Arc<Place>)>>,
    /// The newest last.
    forms: Mutex<Vec<Arc<Forms>>>,
    /// By the folder of a form's own entries.
    filled: Mutex<BTreeMap<PathBuf, Arc<FilledBefore>>>,
}

impl Memory {
    /// Forgets all files below a folder, given by its path from the root.
    pub fn forget(&self, folder: &str) {
        held(&self.files).retain(|_, (path, _)| !path.starts_with(folder));
        held(&self.filled).retain(|path, _| !path.starts_with(folder));
    }

    /// What a file says. A second one who asks for it meanwhile waits for the first.
    pub(super) fn parsed(&self, file: FileId, source: &SourceFile) -> Arc<Remembered> {
        let place = self.place(file, source);
        let mut known = held(&place);
        if let Some(known) = known.as_ref().filter(|known| known.is_of(file, source)) {
            return known.clone();
        }
        let mut found = Diagnostics::new();
        let path = source.path.to_str().expect("the workspace holds paths as UTF-8");
        let parsed = Reader { file, text: &source.text, shapes: &self.shapes, diagnostics: &mut found }.parse(path);
        let now = Arc::new(Remembered { file, text: source.text.clone(), parsed, found });
        *known = Some(now.clone());
        now
    }

    /// Whether a file says what it said when it was read last.
    pub(super) fn knows(&self, file: FileId, source: &SourceFile) -> bool {
        let place = self.place(file, source);
        let known = held(&place);
        known.as_ref().is_some_and(|known| known.is_of(file, source))
    }

    /// Where a file is remembered. In the workspace of another session its number may be that of another file.
    fn place(&self, file: FileId, source: &SourceFile) -> Arc<Place> {
        let mut files = held(&self.files);
        match files.get(&file) {
            Some((path, place)) if path.as_os_str() == source.path.as_os_str() => place.clone(),
            _ => {
                let place = Arc::<Place>::default();
                files.insert(file, (source.path.clone(), place.clone()));
                place
            }
        }
    }

    /// What the form whose own entries stand in a folder was filled with last.
    pub(super) fn filled(&self, folder: &str) -> Option<Arc<FilledBefore>> {
        held(&self.filled).get(Path::new(folder)).cloned()
    }

    /// Notes what a form was filled with.
    pub(super) fn has_filled(&self, folder: &str, filled: FilledBefore) {
        let last = held(&self.filled).insert(folder.into(), Arc::new(filled));
        // Taken apart while others may look.
        drop(last);
    }

    /// The forms of a library, made whole. A second one who asks for them meanwhile waits for the first.
    pub(super) fn forms(&self, library: &Library) -> Arc<Forms> {
        let mut all = held(&self.forms);
        if let Some(known) = all.iter().find(|known| known.are_of(library)) {
            return known.clone();
        }
        let now = Arc::new(Forms::of(library));
        if all.len() == SETS_OF_FORMS {
            all.remove(0);
        }
        all.push(now.clone());
        now
    }
}

/// A lock that nobody breaks.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().expect("no reader panics while it holds the memory")
}
