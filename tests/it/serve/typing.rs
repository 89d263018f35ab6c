//! Somebody types at a desk for a long time: its memory does not grow. The whole of a day is `make typing`.

use std::path::Path;

use super::typist::Typist;
use super::workplace::Workplace;
use crate::support::{copy, files, repository};

/// Edits before the first look: all that is kept while one works is there by then.
const WARM: usize = 80;

/// Edits between the looks.
const MORE: usize = 80;

/// KiB by which a process that loses nothing may be above itself: of the pages of the fixture, which are lost at each edit, more would be left.
const GROWTH_MOST: u64 = 40 * 1024;

#[test]
fn memory_stays_where_it_is_while_somebody_types() {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    let root = folder.path().join("city");
    copy(&repository().join("tests/fixtures/city"), &root);
    let before = files(&root.join("content"));
    let desk = Workplace::start(Path::new(env!("CARGO_BIN_EXE_hyoka")), &root);
    let mut typist = Typist::at(&desk, "aozora", None);
    typist.type_on(WARM);
    let warm = desk.resident();
    typist.type_on(MORE);
    let end = desk.resident();
    assert!(files(&root.join("content")) == before, "what was written is taken back");
    // A system that does not say what a process holds has typed all the same.
    let Some((warm, end)) = warm.zip(end) else { return };
    assert!(end < warm + GROWTH_MOST, "{} MB more after {MORE} edits, of {} MB", (end - warm) / 1024, warm / 1024);
}
