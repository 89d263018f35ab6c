//! The way through other programs: files that another office program saved, and the command line.

use std::fs;
use std::path::Path;

use hyoka::answers::Field;
use hyoka::press::Quiet;
use hyoka::press::checklist::export;
use hyoka::session::Wanted;

use super::{Desk, changed, one, place, returned, workspace};
use crate::support::repository;

/// Files that LibreOffice 7.4 saved from an export of this fixture: ds-02 answered 〇 with a second line in 具体的な内容, the rows of
/// the first sheet sorted, a row hidden. To make them anew: export, answer, `soffice --convert-to xls` and `ods`.
#[test]
fn another_office_programs_files_are_read() {
    for name in ["answered.xls", "answered.ods", "answered-resaved.xlsx"] {
        let bytes = fs::read(repository().join("tests/fixtures/returned").join(name)).expect("the fixture is there");
        let desk = Desk::new().with(name, &bytes);
        let mut expected = one("ds-02", Field::State, "○");
        expected.extend(one("ds-02", Field::Detail, "毎月、\n係長が点検する。"));
        let (codes, said, report) = desk.look();
        // What the old format keeps elsewhere is said once.
        let unseen: &[&str] = if name.ends_with(".xls") { &["H0531"] } else { &[] };
        assert_eq!(codes, unseen, "{name}: {said}");
        assert_eq!(changed(&report.expect("something came back")), expected, "{name}");
    }
}

#[test]
fn merged_answers_of_another_office_program_are_named() {
    for name in ["merged.xls", "merged.ods"] {
        let bytes = fs::read(repository().join("tests/fixtures/returned").join(name)).expect("the fixture is there");
        let (codes, said, report) = Desk::new().with(name, &bytes).look();
        let unseen: &[&str] = if name.ends_with(".xls") { &["H0513", "H0531"] } else { &["H0513"] };
        assert_eq!(codes, unseen, "{name}: {said}");
        assert!(report.expect("something came back").changes.is_empty());
    }
}

#[test]
fn the_command_line_reports_and_writes() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "D", "ds-02"), "○");
    });
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_hyoka"))
            .arg("--root")
            .arg(desk.root())
            .args(["checklist", "import"])
            .arg(&desk.files[0])
            .args(arguments)
            .output()
            .expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let before = desk.source();
    let (code, said) = run(&[]);
    assert_eq!(code, Some(0));
    assert!(said.contains("hikari/denshi　変更 1 件、変更なし 6 件、要確認 0 件"), "{said}");
    assert!(said.contains("ds-02　実施：（空） → ○"), "{said}");
    assert_eq!(desk.source(), before);
    assert_eq!(run(&["--write"]).0, Some(0));
    assert_ne!(desk.source(), before);
}

#[test]
fn a_checklist_that_may_be_filled_in_is_not_overwritten() {
    let folder = workspace();
    let root = folder.path().join("town");
    let out = folder.path().join("送付");
    let run = || export(&root, &root.join("build"), (&Wanted::default(), Some(&out)), &Quiet);
    let file = run().expect("it can be exported").files.remove(0);
    assert_eq!(file, out.join("hikari-denshi-checklist.xlsx"));
    run().expect("the same file once more is no loss");
    fs::write(&file, "filled in").expect("a file can be written");
    let refused = run().expect_err("a filled in file is kept").to_string();
    assert!(refused.contains("上書きしません"), "{refused}");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "filled in");
    assert!(Path::new(&file).exists());
}
