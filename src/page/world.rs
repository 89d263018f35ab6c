//! What the typesetter sees of a document: the templates and the data, nothing else.
//!
//! The data goes in as JSON files, never as markup, so that no text can become code.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use crate::document::tree::Document;
use crate::source::{self, font_infos};

/// The book of the built-in fonts; one for all documents, so that caches are shared.
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_infos(font_infos())));

/// The typesetter's own library; one for all documents, so that its caches are shared.
///
/// `a11y-extras` lets a template say which cell is the label of its row. Later versions have it without asking.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features(Features::from_iter([Feature::A11yExtras])).build())
});

const MAIN: &str = "main.typ";
const DATA: &str = "data.json";
const PART: &str = "part.json";

/// The data of a document as files: [`DATA`] names one file for each section, so that of an edited document the typesetter reads
/// again only the section that is another; [`PART`] says which of its pages these are.
pub(super) fn data(document: &Document) -> impl Iterator<Item = (String, String)> {
    let sections =
        document.sections.iter().enumerate().map(|(number, section)| (section_file(number), json(&**section)));
    let whole = (PART.to_owned(), json(&Part::WHOLE));
    [(DATA.to_owned(), head(document)), whole].into_iter().chain(sections)
}

fn section_file(number: usize) -> String {
    format!("data/{number}.json")
}

/// What holds for the whole document, and the names of its sections' files.
fn head(document: &Document) -> String {
    let names: Vec<String> = (0..document.sections.len()).map(section_file).collect();
    json(&serde_json::json!({ "meta": document.meta, "sections": names }))
}

/// Which of the pages of a document are set, and what of them（組むページ）.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
struct Part {
    /// Whether the document begins with them.
    begins: bool,
    /// How many stand before them.
    before: usize,
    /// How many there are in all; `None`: as many as are set.
    pages: Option<usize>,
    shows: Shows,
    /// Where their numbers alone are set: of each whether it lies on its side.
    turned: Vec<bool>,
}

/// What of pages is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Shows {
    /// All that stands on them.
    All,
    /// All but their numbers, which are not known yet; in their place stands what is labelled `numbers`.
    Body,
    /// Their numbers alone.
    Numbers,
}

/// The numbers of pages（ページの番号）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// How many pages stand before them.
    pub(super) before: usize,
    /// How many there are in all.
    pub(super) pages: usize,
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("a document holds only strings, numbers and lists")
}

pub(super) fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("template paths are plain relative paths");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Part {
    /// Those of a whole document.
    const WHOLE: Self = Self { begins: true, before: 0, pages: None, shows: Shows::All, turned: Vec::new() };
}

/// Templates and data of one document, or of a stretch of one.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    main: FileId,
    sources: Arc<HashMap<FileId, Source>>,
    data: HashMap<FileId, Bytes>,
    part: Part,
}

impl Desk {
    /// A document with nothing before it.
    pub(super) fn new(sources: &Arc<HashMap<FileId, Source>>, document: &Document) -> Self {
        let data = data(document).map(|(path, text)| (file_id(&path), Bytes::from_string(text))).collect();
        Self { main: file_id(MAIN), sources: sources.clone(), data, part: Part::WHOLE }
    }

    /// The same without the numbers of its pages. Whether the document begins with them is said.
    pub(super) fn body(&self, begins: bool) -> Self {
        self.of(Part { begins, shows: Shows::Body, ..Part::WHOLE })
    }

    /// The numbers of its pages alone; of each page is said whether it lies on its side.
    pub(super) fn numbers(&self, Numbers { before, pages }: Numbers, turned: Vec<bool>) -> Self {
        let Part { begins, .. } = self.part;
        self.of(Part { begins, before, pages: Some(pages), shows: Shows::Numbers, turned })
    }

    /// All that stands on its pages, their numbers too.
    pub(super) fn whole(&self, Numbers { before, pages }: Numbers) -> Self {
        let Part { begins, .. } = self.part;
        self.of(Part { begins, before, pages: Some(pages), ..Part::WHOLE })
    }

    /// Other pages of the same. What is the same stays the very same bytes, of which the typesetter need not be told again.
    fn of(&self, part: Part) -> Self {
        let mut desk = Self { part, ..self.clone() };
        desk.data.insert(file_id(PART), Bytes::from_string(json(&desk.part)));
        desk
    }

    /// Whether its document begins with its pages.
    pub(super) fn begins(&self) -> bool {
        self.part.begins
    }

    /// What the typesetter says, each with the template's line.
    pub(super) fn explain_all(&self, all: &[SourceDiagnostic]) -> String {
        all.iter().map(|one| self.explain(one)).collect::<Vec<_>>().join(" / ")
    }

    fn explain(&self, error: &SourceDiagnostic) -> String {
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

impl World for Desk {
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
        source::font(index)
    }

    /// Never the clock: templates that ask for the date get none.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
