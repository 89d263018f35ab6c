//! The integration tests, one binary: fonts, caches and the real documents are made once and shared.
//!
//! | module | what it holds |
//! |---|---|
//! | [`layers`] | `src/` to the table of its own documentation; no municipality and no form in code or templates |
//! | [`cases`] | every mistake that an author can make to its message (`tests/cases/*.txt`) |
//! | [`build`] | the output folder: what lies in it, that it repeats, that it survives |
//! | [`pdf`] | each PDF to PDF/A-2a, PDF/UA-1 and to its fonts |
//! | [`pages`] | each page that a list cites to the text of the finished PDF |
//! | [`seeds`] | each document to the facts of the document that a municipality issued (`seeds/*.toml`) |
//! | [`rules`] | the manual's list of rules to the rules |
//! | [`views`] | the three views of a text to each other |
//!
//! [`support`] makes the builds that they share, [`pdf_text`] reads the text of a finished page.

mod build;
mod cases;
mod layers;
mod pages;
mod pdf;
mod pdf_text;
mod rules;
mod schemas;
mod seeds;
mod support;
mod views;
