//! The 評価書 beside the main one: its workbook says what the source says.

use hyoka::desk::{ImportMode, import};

use crate::coming_back::{order, said};
use crate::subject::built;
use crate::support::repository;

#[test]
fn the_basic_assessments_of_both_towns_come_back_the_same() {
    for slug in ["shinjuku", "sagamihara"] {
        let file = built().path(&format!("{slug}/kokuho/kiso.xlsx"));
        let outcome = import(repository(), &order(&file, ImportMode::Write)).expect("it can be read");
        let compared = outcome.compared.expect("the paper is there");
        assert!(compared.is_same() && compared.same > 20, "{slug}: {compared:?}\n{}", said(&outcome.diagnostics));
        assert!(outcome.files.is_empty());
    }
}
