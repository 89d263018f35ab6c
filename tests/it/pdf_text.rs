//! The text of a finished PDF, page by page.

use lopdf::Document;

use crate::support::bare;

/// What is said aloud and not seen.
const SAID: [&str; 4] = ["追記ここから", "追記ここまで", "削除ここから", "削除ここまで"];

/// The text that is seen on each page, the first at index 0, compared as [`bare`] compares.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let seen = |text: String| SAID.iter().fold(text, |text, said| text.replace(said, ""));
    heard(bytes).into_iter().map(seen).collect()
}

/// The text of each page with what is only said aloud.
pub(crate) fn heard(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).expect("the file is a PDF");
    let numbers = document.get_pages();
    numbers.keys().map(|number| bare(&document.extract_text(&[*number]).expect("the page has text"))).collect()
}
