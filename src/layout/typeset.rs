//! The typesetter: a document as pages, its rows and marks measured.
//!
//! The data goes in as a JSON file, never as markup, so that no text can become code. Style and fonts are built in or come from the
//! workspace; nothing is read from the system.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Label, Selector, Str, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Feature, Features, Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::document::Document;
use super::pages::{PageIndex, PageRange};
use crate::source::{Templates, fonts};

/// The book of the built-in fonts; one for all documents, so that caches are shared.
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(fonts())));

/// The typesetter's own library; one for all documents, so that its caches are shared.
///
/// `a11y-extras` lets a template say which cell is the label of its row. Later versions have it without asking.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features(Features::from_iter([Feature::A11yExtras])).build())
});

/// How many documents are being set at this moment.
static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// Sets documents（組版）. Cheap to clone; the templates are parsed once for all clones.
#[derive(Debug, Clone)]
pub struct Typesetter {
    sources: Arc<BTreeMap<String, Source>>,
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
            let path = path["typst/".len()..].to_owned();
            let source = Source::new(file_id(&path), text.to_string());
            (path, source)
        };
        Self { sources: Arc::new(templates.below("typst/").map(source).collect()) }
    }

    /// Sets a document.
    ///
    /// # Errors
    /// [`TypesetterError::Template`] if a template fails or the typesetter warns of anything (a font that is not there would move
    /// every page number), [`TypesetterError::Unstable`] if page numbers do not settle.
    pub fn typeset(&self, document: &Document) -> Result<Paged, TypesetterError> {
        let world = World_::new(&self.sources, document);
        RUNNING.fetch_add(1, Ordering::SeqCst);
        let compiled = typst::compile::<PagedDocument>(&world);
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        if compiled.warnings.iter().any(|warning| warning.message.contains("converge")) {
            return Err(TypesetterError::Unstable);
        }
        match compiled.output {
            Ok(document) if compiled.warnings.is_empty() => {
                let index = measure(&document);
                Ok(Paged { document, index })
            }
            Ok(_) => Err(TypesetterError::Template(world.explain_all(&compiled.warnings))),
            Err(errors) => Err(TypesetterError::Template(world.explain_all(&errors))),
        }
    }

    /// The files of a document as a project that the stock typesetter compiles: path and text.
    #[must_use]
    pub fn project(&self, document: &Document) -> BTreeMap<String, String> {
        let templates = self.sources.iter().map(|(path, source)| (path.clone(), source.text().to_owned()));
        templates.chain(data(document)).collect()
    }
}

/// Forgets what the typesetter remembers of past documents, so that memory stays flat over many documents.
///
/// What another worker is just setting stays: of that only goes what was not asked for since the last two calls.
pub(crate) fn forget() {
    comemo::evict(if RUNNING.load(Ordering::SeqCst) == 0 { 0 } else { 2 });
}

const MAIN: &str = "main.typ";
const DATA: &str = "data.json";

/// The data of a document as files: [`DATA`] names one file for each section, so that of an edited document the typesetter reads
/// again only the section that is another.
fn data(document: &Document) -> impl Iterator<Item = (String, String)> {
    let sections = document.sections.iter().enumerate();
    let sections: Vec<(String, String)> =
        sections.map(|(number, section)| (format!("data/{number}.json"), json(section))).collect();
    let names: Vec<&String> = sections.iter().map(|(name, _)| name).collect();
    let all = serde_json::json!({ "meta": document.meta, "sections": names });
    std::iter::once((DATA.to_owned(), json(&all))).chain(sections)
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("a document holds only strings, numbers and lists")
}

/// What the typesetter sees: the templates and the data, nothing else.
struct World_ {
    main: FileId,
    sources: HashMap<FileId, Source>,
    data: HashMap<FileId, Bytes>,
}

impl World_ {
    fn new(sources: &BTreeMap<String, Source>, document: &Document) -> Self {
        let sources = sources.values().map(|source| (source.id(), source.clone())).collect();
        let data = data(document).map(|(path, text)| (file_id(&path), Bytes::from_string(text))).collect();
        Self { main: file_id(MAIN), sources, data }
    }

    fn explain_all(&self, all: &[typst::diag::SourceDiagnostic]) -> String {
        all.iter().map(|one| self.explain(one)).collect::<Vec<_>>().join(" / ")
    }

    /// An error with the template's line.
    fn explain(&self, error: &typst::diag::SourceDiagnostic) -> String {
        let place = error.span.id().and_then(|id| {
            let source = self.sources.get(&id)?;
            let range = typst::WorldExt::range(self, error.span)?;
            let line = source.text()[..range.start].lines().count();
            Some(format!("{}:{line}: ", id.vpath().get_without_slash()))
        });
        let hints: Vec<&str> = error.hints.iter().map(|hint| hint.v.as_str()).collect();
        format!("{}{} {}", place.unwrap_or_default(), error.message, hints.join(" "))
    }
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("template paths are plain relative paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for World_ {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.data.get(&id).cloned().ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().get(index).cloned()
    }

    /// Never the clock: templates that ask for the date get none.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Reads the pages of all rows and marks.
fn measure(document: &PagedDocument) -> PageIndex {
    let mut index = PageIndex { pages: document.pages().len(), ..PageIndex::default() };
    for (value, page) in labelled(document, "row") {
        if let Value::Dict(fields) = value
            && let Ok(Value::Str(path)) = fields.get(&Str::from("path")).cloned()
        {
            widen(&mut index.rows, path.as_str(), page);
        }
    }
    for (value, page) in labelled(document, "mark") {
        if let Value::Str(key) = value {
            widen(&mut index.marks, key.as_str(), page);
        }
    }
    index
}

fn widen(map: &mut BTreeMap<String, PageRange>, key: &str, page: usize) {
    map.entry(key.to_owned())
        .and_modify(|range| *range = range.with(page))
        .or_insert(PageRange { first: page, last: page });
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
