//! The one table of renderers: a format, what it is made from, and the function that makes it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::html::{HtmlTemplates, html};
use super::pdf::{PdfMeta, pdf};
use super::picture::Picture;
use super::xlsx::{BookParts, Stamp, document_workbook};
use crate::document::tree::Document;
use crate::model::ItemPath;
use crate::model::manifest::Format;
use crate::page::Paged;

/// A renderer（書き出しの方法）.
#[derive(Debug)]
pub struct Renderer {
    /// What it makes.
    pub format: Format,
    /// What it makes that from.
    pub wants: Wants,
    /// Makes it; else says why it cannot be made.
    pub render: fn(&Given<'_>) -> Result<Vec<u8>, String>,
}

/// What a renderer makes a document from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// What it shows.
    Tree,
    /// What it shows, and its figures as pictures.
    Pictures,
    /// Its pages.
    Pages,
}

/// A document about to be rendered（書き出す文書）.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What it shows.
    pub document: &'a Document,
    /// Its pages, where they were asked for.
    pub paged: Option<&'a Paged>,
    /// Its figures by path, where they were asked for.
    pub pictures: &'a BTreeMap<ItemPath, Picture>,
    /// What a workbook says of its origin; none in the public's.
    pub stamp: Option<&'a Stamp>,
    /// Templates of HTML.
    pub templates: &'a HtmlTemplates,
    /// What tells it from all others in the world: `municipality/case/document`.
    pub ident: &'a str,
    /// Its date.
    pub date: Date,
}

/// Every renderer, in the order in which files are made.
pub const RENDERERS: [Renderer; 3] = [
    Renderer { format: Format::Pdf, wants: Wants::Pages, render: of_pages },
    Renderer { format: Format::Html, wants: Wants::Tree, render: of_tree },
    Renderer { format: Format::Xlsx, wants: Wants::Pictures, render: workbook },
];

fn of_pages(given: &Given<'_>) -> Result<Vec<u8>, String> {
    let paged = given.paged.expect("who wants pages gets them");
    pdf(paged, &PdfMeta { ident: given.ident.to_owned(), date: given.date }).map_err(|error| error.0)
}

fn of_tree(given: &Given<'_>) -> Result<Vec<u8>, String> {
    html(given.document, given.templates).map(String::into_bytes).map_err(|error| error.to_string())
}

fn workbook(given: &Given<'_>) -> Result<Vec<u8>, String> {
    let parts = BookParts { pictures: given.pictures, stamp: given.stamp };
    document_workbook(given.document, &parts, given.date).map_err(|error| error.to_string())
}
