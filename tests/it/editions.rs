//! What an edition says and what the list of changes says, together; and what accepting leaves in the next one.

use std::fs;

use hyoka::change::{FrozenKind, frozen, units};
use hyoka::desk::{AcceptOrder, accept};
use hyoka::markup::{State, print};
use hyoka::model::{ItemKey, Role};

use crate::subject::{AGAINST_THE_EDITION, ASSESSMENTS, SUBMISSION, built, root};
use crate::support::copy;

#[test]
fn what_the_edition_says_and_the_listed_rows_make_the_clean_text() {
    let (slug, id) = ASSESSMENTS[0];
    let case = built().case(slug, id);
    let filled = case.main().expect("the case has an assessment");
    let edition = &case.editions[&case.edition.as_ref().expect("it names an edition").0];
    let listed: Vec<ItemKey> = units(filled, &[]).into_iter().map(|unit| Role::Main.key(&unit.path)).collect();
    let (mut changed, mut same) = (0, 0);
    for item in frozen(case, State::After) {
        let row = match item.kind {
            FrozenKind::Inline(row, _) => item.key.beside(&row.item),
            _ => item.key.clone(),
        };
        let is_listed = listed.iter().any(|path| row.is_in(path));
        let before = edition.item(&item.key).map(|frozen| print(&frozen.text)).unwrap_or_default();
        let is_changed = before != print(&item.text);
        // What is in no row of the list is in the clean text as the edition has it.
        assert!(is_listed || !is_changed, "{} changed and is in no list", item.key);
        if is_changed { changed += 1 } else { same += 1 }
    }
    let (least_changed, least_same) = AGAINST_THE_EDITION;
    assert!(changed >= least_changed && same >= least_same, "{changed} changed, {same} the same");
}

#[test]
fn an_accepted_submission_has_all_its_measures_in_the_new_edition() {
    let folder = tempfile::tempdir().expect("the system has a temporary folder");
    copy(&root().join("content"), &folder.path().join("content"));
    let (slug, case) = SUBMISSION;
    let order =
        AcceptOrder { municipality: slug.into(), case: case.into(), edition: "next".into(), ..AcceptOrder::default() };
    let accepted = accept(folder.path(), &order).expect("the case is there");
    assert!(!accepted.diagnostics.has_errors());
    // Another submission has a change of the same id, which is another change.
    assert_eq!(accepted.shared, Vec::<String>::new());
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("it was written");
    let checklist = read(&format!("content/municipalities/{slug}/checklists/{case}.toml"));
    assert!(!checklist.contains("state = \"新規\"") && !checklist.contains("state = \"変更\""));
    let measures = checklist.matches("[[sheet.measure]]").count();
    let edition = read(&format!("content/editions/{slug}/{case}/next/checklist.md"));
    assert_eq!(edition.matches("\n## ").count() + 1, measures);
}
