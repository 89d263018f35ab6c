//! The table of thresholds, row by row, and what each official form says for each of its rows.

use std::collections::BTreeSet;
use std::fs;

use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::model::manifest::{Answers, AssessmentKind, ThresholdToml};
use hyoka::model::{Library, Memory};
use hyoka::source::Workspace;

/// 対象人数, 取扱者数, 重大事故, and what is due; `*` stands for either answer.
///
/// Source: 特定個人情報保護評価に関する規則第4条から第7条まで.
const TABLE: &[(&str, &str, &str, AssessmentKind)] = &[
    ("30万人以上", "*", "*", AssessmentKind::Full),
    ("10万人以上30万人未満", "500人以上", "*", AssessmentKind::Full),
    ("10万人以上30万人未満", "500人未満", "発生あり", AssessmentKind::Full),
    ("10万人以上30万人未満", "500人未満", "発生なし", AssessmentKind::Key),
    ("1万人以上10万人未満", "500人以上", "*", AssessmentKind::Key),
    ("1万人以上10万人未満", "500人未満", "発生あり", AssessmentKind::Key),
    ("1万人以上10万人未満", "500人未満", "発生なし", AssessmentKind::Basic),
    ("1,000人以上1万人未満", "*", "*", AssessmentKind::Basic),
    ("1,000人未満", "*", "*", AssessmentKind::None),
];
const STAFF: [&str; 2] = ["500人以上", "500人未満"];
const INCIDENT: [&str; 2] = ["発生あり", "発生なし"];

/// The built-in forms and tables.
fn library() -> Library {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    fs::create_dir(folder.path().join("content")).expect("a folder can be made");
    let mut diagnostics = Diagnostics::new();
    let mut workspace = Workspace::open(folder.path(), &mut diagnostics).expect("it has a content folder");
    let library = Library::read(&mut workspace, &Memory::default(), &mut diagnostics);
    let said = render(&diagnostics, &workspace.sources, Lang::Ja, Tone::Plain);
    assert!(diagnostics.is_empty(), "what is built in has mistakes:\n{said}");
    library
}

fn table(library: &Library) -> &ThresholdToml {
    &library.threshold
}

/// Both answers, or the one that is asked for.
fn either<'a>(asked: &'a str, all: [&'a str; 2]) -> Vec<&'a str> {
    if asked == "*" { all.to_vec() } else { vec![asked] }
}

#[test]
fn every_row_of_the_table_is_held() {
    let library = library();
    let mut seen = BTreeSet::new();
    for (persons, staff, incident, due) in TABLE {
        for staff in either(staff, STAFF) {
            for incident in either(incident, INCIDENT) {
                let answers = Answers { persons: Some(persons), staff: Some(staff), incident: Some(incident) };
                let found: Vec<AssessmentKind> = table(&library).due(answers).into_iter().collect();
                assert_eq!(found, [*due], "{persons}, {staff}, {incident}");
                assert!(seen.insert((*persons, staff, incident)), "{persons}, {staff}, {incident} stands twice");
            }
        }
    }
    assert_eq!(seen.len(), 5 * 2 * 2, "every set of answers is one of the table's");
}

#[test]
fn every_set_of_answers_fits_one_row() {
    let library = library();
    let rows = &table(&library).row;
    let persons: BTreeSet<&str> = rows.iter().map(|row| row.persons.as_str()).collect();
    for persons in persons {
        for (staff, incident) in STAFF.iter().flat_map(|staff| INCIDENT.iter().map(move |incident| (staff, incident))) {
            let fits = |asked: &Option<String>, given: &str| asked.as_deref().is_none_or(|asked| asked == given);
            let fitting = rows.iter().filter(|row| row.persons == persons);
            let fitting = fitting.filter(|row| fits(&row.staff, staff) && fits(&row.incident, incident));
            assert_eq!(fitting.count(), 1, "{persons}, {staff}, {incident}");
        }
    }
}

#[test]
fn what_is_not_known_leaves_every_kind_that_is_possible() {
    let library = library();
    let due = |staff, incident| {
        let answers = Answers { persons: Some("10万人以上30万人未満"), staff, incident };
        table(&library).due(answers).into_iter().collect::<Vec<_>>()
    };
    assert_eq!(due(None, None), [AssessmentKind::Key, AssessmentKind::Full]);
    assert_eq!(due(Some("500人未満"), None), [AssessmentKind::Key, AssessmentKind::Full]);
    assert_eq!(due(None, Some("発生あり")), [AssessmentKind::Full]);
    assert!(table(&library).due(Answers::default()).is_empty());
}

#[test]
fn every_official_form_says_a_result_for_what_it_may_be_made_for() {
    let library = library();
    let mut forms = 0;
    for read in library.forms.values() {
        let Some(threshold) = &read.value.rules.threshold else { continue };
        forms += 1;
        // A fuller assessment than the form's is not made on it; the 基礎項目評価書 stands beside every other.
        let most = if threshold.kind == AssessmentKind::Basic { AssessmentKind::Full } else { threshold.kind };
        for due in TABLE.iter().map(|(_, _, _, due)| *due).filter(|due| *due <= most) {
            let result = threshold.result_of(due);
            assert!(result.is_some(), "{} has no result for {due:?}", read.value.id.value);
        }
    }
    assert!(forms >= 9, "{forms} forms judge the threshold");
}
