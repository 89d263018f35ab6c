//! The integration tests, one binary: fonts, caches and the documents of the fictitious towns are made once and shared. The real
//! content has its own tests（`tests/acceptance`）, which share the modules that [`subject`] is for.
//!
//! | module | what it holds |
//! |---|---|
//! | [`accessibility`] | each PDF and HTML page to checkers that are not ours |
//! | [`hostile`] | whatever a file holds: text or a diagnostic, never code, within bounds |
//! | [`layers`] | `src/` to the table of its own documentation; no municipality and no form in code or templates |
//! | [`cases`] | every mistake that an author can make to its message (`tests/cases/*.txt`) |
//! | [`comments`] | a hearing: its notice and report, what the assessment says of it, its opinions out as a workbook and back |
//! | [`corpus`] | every input that a fuzz target ever kept, to no panic |
//! | [`folders`] | output folders: what is not ours stays, what stands in the way is refused |
//! | [`formats`] | what `check` prints for programs: short, JSON, SARIF |
//! | [`beginning`] | what `hyoka new` begins: no mistake, what is empty listed, nothing written over |
//! | [`beside`] | a 評価書 beside the main one of its 事務 |
//! | [`build`] | the output folder: what lies in it, that it repeats, that it survives |
//! | [`keys`] | the manual's list of keys to the schemas of the files |
//! | [`kills`] | runs killed at random moments: old or new, whole, and the next run clears what was left |
//! | [`manual`] | README, CHANGELOG and the manual to the program: commands, codes, files, links, excerpts |
//! | [`marks`] | marks that the program writes and folds, place by place |
//! | [`names`] | names to the one place that joins and parts them |
//! | [`nation`] | many municipalities: loads, parts of a run, what joins them |
//! | [`edits`] | random edits, many together: marked, proved, folded back byte for byte |
//! | [`silent`] | random edits, of every kind: none that can be seen is silent |
//! | [`printed`] | each kind of change that once slipped through |
//! | [`editions`] | what an edition says and what is listed make the clean text |
//! | [`coming_back`] | assessments out as workbooks and in again |
//! | [`workbook_rows`] | rows of the form's workbooks to what they hold |
//! | [`lsp`] | the workspace in an editor: what is told, offered and changed, and what never breaks it |
//! | [`deploy`] | the files for schedulers: read, run by a shell, their commands accepted |
//! | [`encodings`] | content as any editor saves it: read the same, written back as it was saved |
//! | [`every_form`] | every form of `templates/forms`, filled with random data, to no mistake and no panic |
//! | [`form_language`] | the manual's chapters on forms: their forms are forms, they tell of every key |
//! | [`pdf`] | each PDF to PDF/A-2a, PDF/UA-1 and to its fonts |
//! | [`measured`] | pages to the rules of typesetting |
//! | [`pictures`] | pages to pictures of how they looked |
//! | [`pages`] | each page that a list cites to the text of the finished PDF |
//! | [`preview`] | pages for somebody who is still writing to those that are set afresh |
//! | [`register`] | the register of all 評価書 and its days |
//! | [`returned`] | checklists out to a clerk and back: what is understood, what is named, what is refused |
//! | [`review`] | sign-offs: what they are bound to, how they are lifted |
//! | [`serve`] | the desk in a browser: who may ask, what is written and what never is |
//! | [`serve_story`] | the desk in a real browser, as one story |
//! | [`scope`] | what is asked for is read and judged, a mistake of one town is that town's |
//! | [`rules`] | the manual's list of rules to the rules |
//! | [`undo`] | every order that writes, taken back to the byte, and never over what somebody wrote since |
//! | [`views`] | the three views of a text to each other |
//! | [`withheld`] | what is withheld: in the submission, in no byte of the public copy |
//!
//! [`subject`] says on what the shared tests run, [`support`] makes the builds, [`edited`] is a workspace with edits, [`pdf_text`] reads
//! the text of a finished page.

#![expect(clippy::disallowed_methods, reason = "tests make and look at folders of their own")]

mod accessibility;
mod beginning;
mod beside;
mod beside_import;
mod build;
mod cases;
mod coming_back;
mod comments;
mod corpus;
mod deploy;
mod edited;
mod editions;
mod edits;
mod encodings;
mod every_form;
mod folders;
mod foreign_form;
mod form_language;
mod form_move;
mod formats;
mod hostile;
mod importing;
mod keys;
mod kills;
mod layers;
mod looks;
mod lsp;
mod manual;
mod marks;
mod measured;
mod names;
mod nation;
mod pages;
mod pdf;
mod pdf_text;
mod pictures;
mod preview;
mod printed;
mod public_copy;
mod register;
mod remembered;
mod returned;
mod review;
mod rules;
mod schemas;
mod scope;
mod serve;
mod serve_story;
mod silent;
mod stretches;
mod subject;
mod support;
mod third_town;
mod threshold;
mod tokens;
mod undo;
mod views;
mod withheld;
mod word_ledger;
mod workbook_rows;
mod workbooks;
