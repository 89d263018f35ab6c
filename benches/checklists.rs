//! Times a checklist out and back, for 1,000 and 10,000 measures: `make bench`.
//!
//! The smallest of several runs counts, since everything else on the machine only adds to it.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark works in folders of its own")]

#[path = "../tests/tools/copied.rs"]
mod copied;

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use copied::copy;
use hyoka::answers::{Returned, decide};
use hyoka::diagnostic::Diagnostics;
use hyoka::document::{Composed, Printing};
use hyoka::model::manifest::{DocumentDef, DocumentKind};
use hyoka::render::checklist_workbook;
use hyoka::session::Checked;
use hyoka::source::Workbook;

const RUNS: usize = 7;

fn main() {
    for measures in [1_000, 10_000] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let checked = workspace(folder.path(), measures);
        let municipality = &checked.model.municipalities[0];
        let case = &municipality.cases["denshi"];
        let is_it =
            |document: &&DocumentDef| document.kind == DocumentKind::Checklist && document.case.value == case.id;
        let definition = municipality.documents.iter().find(is_it).expect("the case has a checklist");
        let printing = Printing { municipality, case, definition, draws: true };
        let composed = || match printing.compose(None) {
            Ok(Composed::Checklist(book)) => book,
            other => panic!("no checklist: {other:?}"),
        };
        let compose = least(composed);
        let book = composed();
        let date = jiff::civil::date(2026, 1, 15);
        let write = least(|| checklist_workbook(&book, date).expect("it can be written"));
        let bytes = checklist_workbook(&book, date).expect("it can be written");
        let path = folder.path().join("returned.xlsx");
        std::fs::write(&path, &bytes).expect("a file can be written");
        let parse = || {
            let read = Workbook::read(&path, &mut Diagnostics::new()).expect("it can be read");
            read.expect("it is a workbook")
        };
        let parsed = least(parse);
        let read = least(|| {
            let mut diagnostics = Diagnostics::new();
            let workbook = parse();
            let returned = Returned::read("returned.xlsx", &workbook, &mut diagnostics);
            let report = decide(&checked.model, &[returned], &mut diagnostics);
            assert_eq!(report.checklists[0].unchanged, measures);
            assert!(diagnostics.is_empty(), "what was not touched says nothing");
        });
        println!(
            "{measures:>6} measures: composed {:>7.1} ms, written {:>7.1} ms ({} KB), read {:>7.1} ms, read and decided {:>7.1} ms",
            ms(compose),
            ms(write),
            bytes.len() / 1024,
            ms(parsed),
            ms(read)
        );
    }
}

/// The tests' town with a checklist of so many measures.
fn workspace(root: &Path, measures: usize) -> Checked {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    copy(&fixtures.join("town"), root);
    copy(&fixtures.join("returned/content"), &root.join("content"));
    let municipality = root.join("content/municipalities/hikari");
    let mut text = String::from("title = \"別紙チェックリスト\"\n");
    for number in 0..measures {
        if number % 250 == 0 {
            let sheet = number / 250;
            write!(
                text,
                "\n[[sheet]]\nid = \"s{sheet}\"\ntable = \"委託{sheet}\"\nside = \"町が行う\"\ntitle = \"対策\"\n"
            )
            .expect("a string takes it");
        }
        write!(
            text,
            "\n[[sheet.measure]]\nid = \"m-{number:05}\"\ncategory = \"運用上\"\nstate = \"継続\"\n\
             text = \"操作の記録を残し、{number}日ごとに不正な操作がないかを点検して、その結果を所属長に報告する。\"\n\
             answer = {{ state = \"○\", detail = \"点検の結果を{number}番の様式に記録し、課長の確認を受ける。\" }}\n"
        )
        .expect("a string takes it");
    }
    std::fs::write(municipality.join("checklists/denshi.toml"), text).expect("a file can be written");
    let settings = municipality.join("municipality.toml");
    let old = std::fs::read_to_string(&settings).expect("the town has its settings");
    let document = "\n[[document]]\ncase = \"denshi\"\nid = \"checklist\"\nkind = \"checklist\"\ntitle = \"別紙\"\nformats = [\"xlsx\"]\n";
    std::fs::write(&settings, old + document).expect("a file can be written");
    let checked = hyoka::session::read(root).expect("the workspace can be read");
    assert!(!checked.diagnostics.has_errors(), "the fixture has no mistakes");
    checked
}

fn least<T>(mut job: impl FnMut() -> T) -> Duration {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let made = job();
            let time = start.elapsed();
            drop(made);
            time
        })
        .min()
        .expect("at least one run")
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
