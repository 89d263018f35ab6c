//! The text of a finished PDF, page by page.

use lopdf::Document;

use crate::support::bare;

/// The text of each page, the first at index 0, compared as [`bare`] compares.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).expect("the file is a PDF");
    let numbers = document.get_pages();
    numbers.keys().map(|number| bare(&document.extract_text(&[*number]).expect("the page has text"))).collect()
}
