//! The tests of the real content, for release（`make acceptance`）: each property of the program that `tests/it` holds on fictitious
//! towns, on two real municipalities; and the documents themselves, held to what was published.
//!
//! | module | what it holds |
//! |---|---|
//! | [`accessibility`] | each PDF and HTML page to checkers that are not ours |
//! | [`edits`] | hundreds of random edits: marked, proved, folded back byte for byte |
//! | [`silent`] | hundreds of random edits, of every kind: none that can be seen is silent |
//! | [`printed`] | each kind of change that once slipped through |
//! | [`editions`] | what an edition says and what is listed make the clean text |
//! | [`manual`] | the exercises of the manual, done as they are written |
//! | [`beside`] | each 評価書 beside a main one to its own workbook |
//! | [`coming_back`] | each assessment out as a workbook and in again |
//! | [`workbook_rows`] | rows of the form's workbooks to what they hold |
//! | [`measured`] | pages to the rules of typesetting |
//! | [`pages`] | each page that a list cites to the text of the finished PDF |
//! | [`pdf`] | each PDF to PDF/A-2a, PDF/UA-1 and to its fonts |
//! | [`stretches`] | each page on the screen to that of the PDF |
//! | [`seeds`] | each document to the facts of the document that a municipality issued (`seeds/*.toml`) |
//!
//! [`subject`] says on what they run. What stands in `tests/it` is shared with the tests there, which have a `subject` of their own.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

#[path = "../it/accessibility.rs"]
mod accessibility;
mod beside;
#[path = "../it/coming_back.rs"]
mod coming_back;
#[path = "../it/edited.rs"]
mod edited;
#[path = "../it/editions.rs"]
mod editions;
#[path = "../it/edits.rs"]
mod edits;
mod manual;
#[path = "../it/measured.rs"]
mod measured;
#[path = "../it/pages.rs"]
mod pages;
#[path = "../it/pdf.rs"]
mod pdf;
#[path = "../it/pdf_text.rs"]
mod pdf_text;
mod printed;
mod seeds;
#[path = "../it/silent.rs"]
mod silent;
#[path = "../it/stretches.rs"]
mod stretches;
mod subject;
#[expect(dead_code, reason = "the tests on fixtures need more")]
#[path = "../it/support.rs"]
mod support;
#[expect(dead_code, reason = "the tests on fixtures look at a checklist's pages too")]
#[path = "../it/workbook_rows.rs"]
mod workbook_rows;
