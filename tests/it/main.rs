//! The integration tests, one binary: fonts, caches and the real documents are made once and shared.
//!
//! | module | what it holds |
//! |---|---|
//! | [`accessibility`] | each PDF and HTML page to checkers that are not ours |
//! | [`hostile`] | whatever a file holds: text or a diagnostic, never code, within bounds |
//! | [`layers`] | `src/` to the table of its own documentation; no municipality and no form in code or templates |
//! | [`cases`] | every mistake that an author can make to its message (`tests/cases/*.txt`) |
//! | [`corpus`] | every input that a fuzz target ever kept, to no panic |
//! | [`folders`] | output folders: what is not ours stays, what stands in the way is refused |
//! | [`formats`] | what `check` prints for programs: short, JSON, SARIF |
//! | [`build`] | the output folder: what lies in it, that it repeats, that it survives |
//! | [`kills`] | runs killed at random moments: old or new, whole, and the next run clears what was left |
//! | [`marks`] | marks that the program writes and folds, place by place |
//! | [`nation`] | many municipalities: loads, parts of a run, what joins them |
//! | [`edits`] | thousands of random edits of the real content: marked, proved, folded back byte for byte |
//! | [`encodings`] | content as any editor saves it: read the same, written back as it was saved |
//! | [`pdf`] | each PDF to PDF/A-2a, PDF/UA-1 and to its fonts |
//! | [`pages`] | each page that a list cites to the text of the finished PDF |
//! | [`returned`] | checklists out to a clerk and back: what is understood, what is named, what is refused |
//! | [`review`] | sign-offs: what they are bound to, how they are lifted |
//! | [`scope`] | what is asked for is read and judged, a mistake of one town is that town's |
//! | [`seeds`] | each document to the facts of the document that a municipality issued (`seeds/*.toml`) |
//! | [`rules`] | the manual's list of rules to the rules |
//! | [`views`] | the three views of a text to each other |
//! | [`withheld`] | what is withheld: in the submission, in no byte of the public copy |
//!
//! [`support`] makes the builds that they share, [`pdf_text`] reads the text of a finished page.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

mod accessibility;
mod build;
mod cases;
mod corpus;
mod edits;
mod encodings;
mod folders;
mod foreign_form;
mod formats;
mod hostile;
mod importing;
mod kills;
mod layers;
mod looks;
mod marks;
mod nation;
mod pages;
mod pdf;
mod pdf_text;
mod printed;
mod returned;
mod review;
mod rules;
mod schemas;
mod scope;
mod seeds;
mod silent;
mod support;
mod tokens;
mod views;
mod withheld;
mod workbooks;
