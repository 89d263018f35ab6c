//! The typesetter: a document as pages, its rows and marks measured.
//!
//! The data goes in as a JSON file, never as markup, so that no text can become code. Style and fonts are built in or come from the
//! workspace; nothing is read from the system.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Label, Selector, Str, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

use super::document::Document;
use super::pages::{PageIndex, PageRange};
use crate::source::{Templates, fonts};

/// The book of the built-in fonts; one for all documents, so that caches are shared.
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(fonts())));

/// The typesetter's own library; one for all documents, so that its caches are shared.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Sets documents（組版）.
#[derive(Debug, Clone, Copy)]
pub struct Typesetter<'a> {
    templates: &'a Templates,
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

impl<'a> Typesetter<'a> {
    /// A typesetter with these templates.
    #[must_use]
    pub fn new(templates: &'a Templates) -> Self {
        Self { templates }
    }

    /// Sets a document.
    ///
    /// # Errors
    /// [`TypesetterError::Template`] if a template fails, [`TypesetterError::Unstable`] if page numbers do not settle.
    pub fn typeset(&self, document: &Document) -> Result<Paged, TypesetterError> {
        let world = World_::new(self.templates, document);
        let compiled = typst::compile::<PagedDocument>(&world);
        if compiled.warnings.iter().any(|warning| warning.message.contains("converge")) {
            return Err(TypesetterError::Unstable);
        }
        match compiled.output {
            Ok(document) => {
                let index = measure(&document);
                Ok(Paged { document, index })
            }
            Err(errors) => {
                let words: Vec<String> = errors.iter().map(|error| world.explain(error)).collect();
                Err(TypesetterError::Template(words.join(" / ")))
            }
        }
    }

    /// The files of a document as a project that the stock typesetter compiles: path and text.
    #[must_use]
    pub fn project(&self, document: &Document) -> BTreeMap<String, String> {
        let mut files: BTreeMap<String, String> = self
            .templates
            .below("typst/")
            .map(|(path, text)| (path["typst/".len()..].to_owned(), text.to_string()))
            .collect();
        files.insert(DATA.to_owned(), data(document));
        files
    }
}

/// Forgets what the typesetter remembers of past documents, so that memory stays flat over many documents.
pub(crate) fn forget() {
    comemo::evict(0);
}

const MAIN: &str = "main.typ";
const DATA: &str = "data.json";

fn data(document: &Document) -> String {
    serde_json::to_string(document).expect("a document holds only strings, numbers and lists")
}

/// What the typesetter sees: the templates and the data, nothing else.
struct World_ {
    main: FileId,
    sources: HashMap<FileId, Source>,
    data_id: FileId,
    data: Bytes,
}

impl World_ {
    fn new(templates: &Templates, document: &Document) -> Self {
        let sources = templates
            .below("typst/")
            .map(|(path, text)| {
                let id = file_id(&path["typst/".len()..]);
                (id, Source::new(id, text.to_string()))
            })
            .collect();
        Self { main: file_id(MAIN), sources, data_id: file_id(DATA), data: Bytes::from_string(data(document)) }
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
        if id == self.data_id {
            return Ok(self.data.clone());
        }
        Err(FileError::NotFound(id.vpath().get_without_slash().into()))
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
