//! The register of all 評価書: what each says of itself, and what falls due up to a day that is given.

use std::fs;
use std::process::Command;

use hyoka::desk::register;
use hyoka::session::{Wanted, read};

use crate::support::{copy, repository};

/// The city of the fixtures, its 評価書 published and looked over.
fn city() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("tests/fixtures/city"), folder.path());
    let cover = folder.path().join("content/assessments/zei/cover.md");
    let text = fs::read_to_string(&cover).expect("the city has it");
    let published = "[values]\npublished-on = \"令和5年6月1日\"\n";
    fs::write(&cover, text.replacen("[values]\n", published, 1)).expect("a file can be written");
    let case = folder.path().join("content/municipalities/aozora/zei/case.toml");
    let text = fs::read_to_string(&case).expect("the city has it");
    let looked_over = format!("looked-over-on = \"2024-05-20\"\n{text}");
    fs::write(&case, looked_over).expect("a file can be written");
    folder
}

#[test]
fn a_paper_is_listed_with_its_answers_and_its_days() {
    let city = city();
    let checked = read(city.path()).expect("it can be read");
    let papers = register(&checked, &Wanted::default()).expect("there is one");
    let [paper] = &papers[..] else { panic!("a submission is no 評価書: {papers:?}") };
    assert_eq!((paper.case.as_str(), paper.form.as_str()), ("zei", "zenkomoku-h30-05"));
    assert!(!paper.number.is_empty() && !paper.name.is_empty() && !paper.department.is_empty(), "{paper:?}");
    assert!(paper.persons.ends_with("万人未満") && !paper.result.is_empty(), "{paper:?}");
    let days = [paper.published, paper.look_over, paper.again].map(|day| day.map(|day| day.to_string()));
    assert_eq!(days, ["2023-06-01", "2025-05-20", "2028-06-01"].map(|day| Some(day.to_owned())));
}

#[test]
fn what_falls_due_is_asked_by_a_day_in_any_writing() {
    let city = city();
    let register = |arguments: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_hyoka"))
            .arg("--root")
            .arg(city.path())
            .arg("register")
            .args(arguments)
            .output()
            .expect("the program starts");
        (ran.status.code(), String::from_utf8([ran.stdout, ran.stderr].concat()).expect("it prints text"))
    };
    let (code, all) = register(&[]);
    assert_eq!(code, Some(0), "{all}");
    assert!(all.contains("| aozora |") && all.contains("| 2023-06-01 | 2025-05-20 | 2028-06-01 |"), "{all}");
    for due in ["令和7年5月20日", "2025-05-20", "R7.5.20"] {
        assert!(register(&["aozora", "--due", due]).1.contains("| aozora |"), "{due}");
    }
    assert!(register(&["--due", "令和7年5月19日"]).1.contains("ありません"));
    assert!(register(&["--json"]).1.contains("\"look-over\": \"2025-05-20\""));
    let (code, said) = register(&["--due", "来年の春"]);
    assert_eq!(code, Some(2), "{said}");
    assert_eq!(register(&["nowhere"]).0, Some(2));
}
