//! The typesetter: a document as pages, its rows and marks measured.
//!
//! The data goes in as a JSON file, never as markup, so that no text can become code. Style and fonts are built in or come from the
//! workspace; nothing is read from the system.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};

use typst::diag::{SourceResult, Warned};
use typst::foundations::{Label, Selector, Str, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, Source};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::standing::Standing;
use super::world::{Desk, data, file_id};
use crate::change::MarkKey;
use crate::document::tree::Document;
use crate::document::{PageIndex, PageRange};
use crate::model::ItemPath;
use crate::source::Templates;

/// Held by everybody who sets a document: what the typesetter remembers is not emptied under him.
static SETTING: RwLock<()> = RwLock::new(());

/// Whether what was not asked for is to be let go.
static IS_DUE: AtomicBool = AtomicBool::new(false);

/// What so many edits did not ask for is let go.
const EDITS_KEPT: usize = 6;

/// How many documents stay set.
static STANDING: AtomicUsize = AtomicUsize::new(0);

/// Sets documents（組版）. Cheap to clone; the templates are parsed once for all clones.
#[derive(Debug, Clone)]
pub struct Typesetter {
    sources: Arc<HashMap<FileId, Source>>,
}

/// A document on its pages（組版結果）.
#[derive(Debug)]
pub struct Paged {
    /// What the PDF export takes.
    pub document: PagedDocument,
    /// Where its rows and marks stand.
    pub index: PageIndex,
}

/// Why a document could not be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypesetterError {
    /// The layout did not settle.
    Unstable,
    /// The template failed, in the typesetter's words.
    Template(String),
}

impl Typesetter {
    /// A typesetter with these templates.
    #[must_use]
    pub fn new(templates: &Templates) -> Self {
        let source = |(path, text): (&str, &Arc<str>)| {
            let id = file_id(&path["typst/".len()..]);
            (id, Source::new(id, text.to_string()))
        };
        Self { sources: Arc::new(templates.below("typst/").map(source).collect()) }
    }

    /// Sets a document.
    ///
    /// # Errors
    /// [`TypesetterError::Template`] if a template fails or the typesetter warns of anything (a font that is not there would move
    /// every page number), [`TypesetterError::Unstable`] if page numbers do not settle.
    pub fn typeset(&self, document: &Document) -> Result<Paged, TypesetterError> {
        let desk = Desk::new(&self.sources, document);
        let compiled = while_setting(|| typst::compile::<PagedDocument>(&desk));
        finished(&desk, compiled)
    }

    /// A document that is going to be set more than once, while somebody works on it.
    #[must_use]
    pub fn standing(&self, document: Document) -> Standing {
        Standing::new(&self.sources, document)
    }

    /// The files of a document as a project that the stock typesetter compiles: path and text.
    #[must_use]
    pub fn project(&self, document: &Document) -> BTreeMap<String, String> {
        let name = |source: &Source| source.id().vpath().get_without_slash().to_owned();
        let templates = self.sources.values().map(|source| (name(source), source.text().to_owned()));
        templates.chain(data(document)).collect()
    }
}

/// What was set, measured, or what is wrong with it.
pub(super) fn finished(desk: &Desk, compiled: Warned<SourceResult<PagedDocument>>) -> Result<Paged, TypesetterError> {
    if compiled.warnings.iter().any(|warning| warning.message.contains("converge")) {
        return Err(TypesetterError::Unstable);
    }
    match compiled.output {
        Ok(document) if compiled.warnings.is_empty() => {
            let index = measure(&document);
            Ok(Paged { document, index })
        }
        Ok(_) => Err(TypesetterError::Template(desk.explain_all(&compiled.warnings))),
        Err(errors) => Err(TypesetterError::Template(desk.explain_all(&errors))),
    }
}

/// Does what the typesetter's memory must not be emptied under.
pub(super) fn while_setting<T>(set: impl FnOnce() -> T) -> T {
    // Nobody panics while he holds it for himself alone: there is nothing to be poisoned.
    let done = {
        let _held = SETTING.read();
        set()
    };
    let_go();
    done
}

/// Says, as long as it lives, that a document stays set.
#[derive(Debug)]
pub(super) struct Stays(());

impl Stays {
    pub(super) fn new() -> Self {
        STANDING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Stays {
    fn drop(&mut self) {
        STANDING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Forgets what the typesetter remembers of past documents, so that memory stays flat over many documents.
///
/// What was asked for lately stays while a document stands. Under somebody who is setting one, nothing goes then; in a build only what was
/// not asked for since the last two calls.
pub(crate) fn forget() {
    if STANDING.load(Ordering::SeqCst) > 0 {
        return age();
    }
    match SETTING.try_write() {
        Ok(_alone) => typst::comemo::evict(0),
        Err(_) => typst::comemo::evict(2),
    }
}

/// Counts a state of a workspace that was set or judged, and after some of them lets go what was not asked for in them and those before:
/// who only asks for findings sets no document, and what is remembered of sections must not gather for ever. What stayed twice as long took
/// a fifth more memory and saved no time.
///
/// To look through all takes a few milliseconds, which nobody waits for, and it is done after each edit: then the tables of the next begin
/// where those of the last began（[`super::setting`]）.
pub(crate) fn age() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    // An edit is both set and judged.
    const OFTEN: usize = 2;
    if ASKED.fetch_add(1, Ordering::Relaxed) % OFTEN == OFTEN - 1 {
        IS_DUE.store(true, Ordering::SeqCst);
    }
    let_go();
}

/// Lets go what is due, as soon as nobody sets a document: a browser asks for findings while it asks for pages, so that somebody often does.
fn let_go() {
    if !IS_DUE.load(Ordering::SeqCst) {
        return;
    }
    // Nobody waits for it.
    rayon::spawn(|| {
        if let Ok(_alone) = SETTING.try_write()
            && IS_DUE.swap(false, Ordering::SeqCst)
        {
            forget_in_order();
        }
    });
}

/// Lets go what was not asked for by the last edits.
pub(super) fn forget_in_order() {
    typst::comemo::evict(EDITS_KEPT);
}

/// Forgets all that was asked for: another document than before is going to be set.
///
/// What was set stays as it is; only its next edit begins with nothing remembered.
pub(crate) fn forget_all() {
    // Under somebody who is setting a document it stays.
    if let Ok(_alone) = SETTING.try_write() {
        typst::comemo::evict(0);
    }
}

/// Forgets what the last round of a layout that has not settled did not ask for.
pub(super) fn forget_rounds() {
    // Whoever sets another document at the same time loses what he did not ask for since the last round: he asks for it again.
    typst::comemo::evict(1);
}

/// Reads the pages of all rows and marks.
fn measure(document: &PagedDocument) -> PageIndex {
    let mut index = PageIndex { pages: document.pages().len(), ..PageIndex::default() };
    for (value, page) in labelled(document, "row") {
        if let Value::Dict(fields) = value
            && let Ok(Value::Str(path)) = fields.get(&Str::from("path")).cloned()
        {
            widen(&mut index.rows, ItemPath::from(path.as_str()), page);
        }
    }
    for (value, page) in labelled(document, "mark") {
        if let Value::Str(key) = value {
            widen(&mut index.marks, MarkKey::from(key.as_str()), page);
        }
    }
    index
}

fn widen<K: Ord>(map: &mut BTreeMap<K, PageRange>, key: K, page: usize) {
    map.entry(key).and_modify(|range| *range = range.with(page)).or_insert(PageRange { first: page, last: page });
}

/// The values of all metadata under a label, with their printed page numbers.
fn labelled(document: &PagedDocument, label: &str) -> Vec<(Value, usize)> {
    let label = Label::new(PicoStr::intern(label)).expect("the label is not empty");
    let introspector = document.introspector();
    introspector
        .query(&Selector::Label(label))
        .into_iter()
        .filter_map(|content| {
            let position = introspector.position(content.location()?)?;
            let page = document.pages().get(position.page.get() - 1)?.number;
            let value = content.to_packed::<MetadataElem>()?.value.clone();
            Some((value, usize::try_from(page).expect("page numbers fit")))
        })
        .collect()
}
