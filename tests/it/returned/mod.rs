//! Checklists out and back: what a clerk may do to the workbook is understood or named, never guessed and never dropped.

mod bad;
pub(crate) mod book;
mod export;
mod kinds;
mod office;
mod shown;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use hyoka::answers::{ChecklistReport, Field};
use hyoka::desk::checklist::{Imported, Mode, import};
use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::press::Quiet;
use hyoka::press::checklist::export;
use hyoka::session::Wanted;
use tempfile::TempDir;

use crate::support::{copy, repository, town_copy};
use book::{Book, column};

pub(crate) const CHECKLIST: &str = "content/municipalities/hikari/checklists/denshi.toml";

/// A workspace with a checklist of its own.
pub(crate) fn workspace() -> TempDir {
    let folder = town_copy();
    let root = folder.path().join("town");
    copy(&repository().join("tests/fixtures/returned/content"), &root.join("content"));
    let path = root.join("content/municipalities/hikari/municipality.toml");
    let text = fs::read_to_string(&path).expect("the fixture has a municipality");
    let document = "\n[[document]]\ncase = \"denshi\"\nid = \"checklist\"\nkind = \"checklist\"\ntitle = \"別紙チェックリスト\"\nformats = [\"xlsx\"]\n";
    fs::write(&path, text + document).expect("a file can be written");
    folder
}

/// The workbook as it is exported.
pub(crate) fn exported() -> Book {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let folder = workspace();
        let root = folder.path().join("town");
        let exported = export(&root, &root.join("build"), (&Wanted::default(), None), &Quiet).expect("it can be built");
        let outcome = &exported.outcomes[0];
        assert!(
            outcome.diagnostics.is_empty(),
            "{}",
            render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain)
        );
        fs::read(&exported.files[0]).expect("the workbook was built")
    });
    Book::read(&BYTES)
}

/// A workspace and what came back to it.
pub(crate) struct Desk {
    folder: TempDir,
    files: Vec<PathBuf>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: workspace(), files: Vec::new() }
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("town")
    }

    /// Puts a returned file on the desk.
    pub(crate) fn with(mut self, name: &str, bytes: &[u8]) -> Self {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("a file can be written");
        self.files.push(path);
        self
    }

    fn edit(self, old: &str, new: &str) -> Self {
        let path = self.root().join(CHECKLIST);
        let text = fs::read_to_string(&path).expect("the checklist is there");
        assert!(text.contains(old), "the checklist does not hold {old}");
        fs::write(&path, text.replace(old, new)).expect("a file can be written");
        self
    }

    pub(crate) fn source(&self) -> String {
        fs::read_to_string(self.root().join(CHECKLIST)).expect("the checklist is there")
    }

    pub(crate) fn import(&self, mode: Mode) -> Imported {
        import(&self.root(), &self.files, mode).expect("the system lets files be read")
    }

    /// Codes and messages, and the one report.
    pub(crate) fn look(&self) -> (Vec<&'static str>, String, Option<ChecklistReport>) {
        let before = self.source();
        let imported = self.import(Mode::Report);
        assert_eq!(self.source(), before, "a report writes nothing");
        let codes = imported.diagnostics.sorted().iter().map(|found| found.code.id()).collect();
        let said = render(&imported.diagnostics, &imported.sources, Lang::Ja, Tone::Plain);
        let said = said.replace(&self.folder.path().display().to_string(), "").replace('\\', "/");
        (codes, said, imported.report.checklists.first().cloned())
    }

    /// Nothing is said but the changes.
    fn changes(&self) -> Vec<(String, Field, String)> {
        let (codes, said, report) = self.look();
        assert!(codes.is_empty(), "{said}");
        changed(&report.expect("something came back"))
    }
}

fn changed(report: &ChecklistReport) -> Vec<(String, Field, String)> {
    report.changes.iter().map(|change| (change.id.to_string(), change.field, change.after.clone())).collect()
}

fn one(id: &str, field: Field, after: &str) -> Vec<(String, Field, String)> {
    vec![(id.to_owned(), field, after.to_owned())]
}

/// A place on a sheet: the column of a field in the row of a measure.
pub(crate) fn place(book: &Book, sheet: usize, letter: &str, id: &str) -> String {
    format!("{letter}{}", book.row_of(sheet, id))
}

/// One file with one sheet changed, on a desk.
fn returned(change: impl FnOnce(&Book, &mut book::Rows)) -> Desk {
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(1, |rows| change(&as_sent, rows));
    Desk::new().with("回答.xlsx", &book.bytes())
}

#[test]
fn what_was_not_touched_changes_nothing() {
    let desk = Desk::new().with("回答.xlsx", &exported().bytes());
    assert_eq!(desk.changes(), []);
    let (_, _, report) = desk.look();
    let report = report.expect("something came back");
    assert_eq!((report.unchanged, report.unsettled), (7, 0));
    let before = desk.source();
    assert!(desk.import(Mode::Write).written.is_empty());
    assert_eq!(desk.source(), before, "not a byte of the source moves");
}

#[test]
fn only_the_touched_entries_are_rewritten() {
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(1, |rows| {
        rows.set(&place(&as_sent, 1, "D", "ds-02"), "◯").set(&place(&as_sent, 1, "E", "ds-02"), "毎月\n点検する。");
        rows.set(&place(&as_sent, 1, "D", "ds-01"), "×").set(&place(&as_sent, 1, "I", "ds-01"), "後で\"限る\"。");
        rows.set(&place(&as_sent, 1, "E", "ds-04"), "＝そのまま");
    });
    book.sheet(2, |rows| {
        rows.set(&place(&as_sent, 2, "D", "dv-01"), "済").set(&place(&as_sent, 2, "H", "dv-03"), "令和8年度");
    });
    let desk = Desk::new().with("回答.xlsx", &book.bytes());
    let before = desk.source();
    let imported = desk.import(Mode::Write);
    assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
    assert_eq!(imported.written, [CHECKLIST]);
    let after = desk.source();
    insta::assert_snapshot!(lines_changed(&before, &after));
    // What was taken over is what a new import finds there.
    assert_eq!(desk.changes(), []);
    assert!(desk.import(Mode::Write).written.is_empty());
    assert_eq!(desk.source(), after);
}

#[test]
fn a_mistake_of_another_case_or_town_forbids_no_answer() {
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(1, |rows| {
        rows.set(&place(&as_sent, 1, "D", "ds-02"), "◯");
    });
    let desk = Desk::new().with("回答.xlsx", &book.bytes());
    for broken in ["hikari/kosodate/case.toml", "nagisa/municipality.toml"] {
        let path = desk.root().join("content/municipalities").join(broken);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(&path, "title = \n").expect("a file can be written");
    }
    let (codes, said, _) = desk.look();
    assert!(codes.is_empty(), "{said}");
    assert_eq!(desk.import(Mode::Write).written, [CHECKLIST]);
    // Its own mistake does.
    let desk = desk.edit("id = \"ds-01\"", "id = ");
    let refused = desk.import(Mode::Write);
    assert!(refused.diagnostics.has_errors() && refused.written.is_empty());
    assert!(refused.diagnostics.files().iter().all(|file| refused.sources.shown(*file) == CHECKLIST));
}

/// Lines that went and came, in order.
fn lines_changed(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut out = Vec::new();
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            (at, to) = (at + 1, to + 1);
        } else if let Some(next) = (to..new.len()).find(|next| at < old.len() && new[*next] == old[at] && next - to < 5)
        {
            out.extend(new[to..next].iter().map(|line| format!("+ {line}")));
            to = next;
        } else if at < old.len() {
            out.push(format!("- {}", old[at]));
            at += 1;
        } else {
            out.push(format!("+ {}", new[to]));
            to += 1;
        }
    }
    out.join("\n")
}

#[test]
fn windows_line_breaks_stay() {
    let book = exported();
    let mut answered = book.clone();
    answered.sheet(1, |rows| {
        rows.set(&place(&book, 1, "D", "ds-02"), "○");
    });
    let desk = Desk::new().with("回答.xlsx", &answered.bytes());
    fs::write(desk.root().join(CHECKLIST), desk.source().replace('\n', "\r\n")).expect("a file can be written");
    desk.import(Mode::Write);
    let after = desk.source();
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_eq!(after.matches("state = \"○\"").count(), 3);
}

#[test]
fn answers_are_understood_as_people_type_them() {
    for (typed, meant) in
        [("〇", "○"), ("ｏ", "○"), ("　済　", "○"), ("○\n", "○"), ("✕", "×"), ("ｘ", "×"), ("－", "―"), ("ー", "―")]
    {
        let desk = returned(|book, rows| {
            rows.set(&place(book, 1, "D", "ds-02"), typed).set(&place(book, 1, "I", "ds-02"), "　理由\n\n");
        });
        let mut expected = one("ds-02", Field::State, meant);
        expected.extend(one("ds-02", Field::Reason, "理由"));
        assert_eq!(desk.changes(), expected, "{typed:?}");
    }
}

#[test]
fn an_answer_that_is_none_is_named() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "D", "ds-02"), "△").set(&place(book, 1, "E", "ds-02"), "一部だけ行う。");
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0515"]);
    let report = report.expect("something came back");
    assert_eq!((report.changes.len(), report.unsettled, report.unchanged), (0, 1, 6), "nothing of it is taken over");
    insta::assert_snapshot!(said);
}

#[test]
fn an_emptied_cell_is_a_change() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "E", "ds-01"), "");
    });
    assert_eq!(desk.changes(), one("ds-01", Field::Detail, ""));
}

#[test]
fn the_value_of_a_formula_counts() {
    let desk = returned(|book, rows| {
        rows.formula(&place(book, 1, "E", "ds-02"), "E9", Some("同上"));
    });
    assert_eq!(desk.changes(), one("ds-02", Field::Detail, "同上"));
}

#[test]
fn a_value_that_cannot_be_told_is_named() {
    for (fill, words) in [("formula", "値のない数式"), ("error", "エラー値 #REF!"), ("huge", "表示形式「@」の値 1e300")]
    {
        let desk = returned(|book, rows| {
            let place = place(book, 1, "E", "ds-02");
            match fill {
                "formula" => rows.formula(&place, "E9", None),
                "error" => rows.value(&place, "e", "#REF!"),
                _ => rows.value(&place, "n", "1e300"),
            };
        });
        let (codes, said, report) = desk.look();
        assert_eq!(codes, ["H0514"], "{fill}: {said}");
        assert!(said.contains(words), "{said}");
        assert!(report.expect("something came back").changes.is_empty());
    }
}

#[test]
fn a_whole_number_is_its_digits() {
    let desk = returned(|book, rows| {
        rows.value(&place(book, 1, "H", "ds-02"), "n", "12");
    });
    assert_eq!(desk.changes(), one("ds-02", Field::Note, "12"));
}

#[test]
fn rows_may_be_sorted_moved_and_hidden() {
    let desk = returned(|book, rows| {
        let (first, second) = (book.row_of(1, "ds-01"), book.row_of(1, "ds-02"));
        rows.set(&place(book, 1, "D", "ds-02"), "○").swap(first, second, 0..=10).hide_row(second);
    });
    assert_eq!(desk.changes(), one("ds-02", Field::State, "○"), "a hidden row that nobody touched says nothing");
}

#[test]
fn a_row_on_another_sheet_is_still_its_measure() {
    let book = exported();
    let mut moved = book.clone();
    let row = book.row_of(1, "ds-04");
    let mut taken = None;
    moved.sheet(1, |rows| {
        rows.set(&place(&book, 1, "D", "ds-04"), "○");
        taken = rows.rows.remove(&row);
    });
    moved.sheet(2, |rows| {
        rows.rows.insert(40, taken.expect("the row was there"));
    });
    let desk = Desk::new().with("回答.xlsx", &moved.bytes());
    assert_eq!(desk.changes(), one("ds-04", Field::State, "○"));
}

#[test]
fn rows_sorted_without_their_hidden_columns_are_named() {
    let desk = returned(|book, rows| {
        let (first, second) = (book.row_of(1, "ds-01"), book.row_of(1, "ds-02"));
        rows.swap(first, second, 0..=8);
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0521", "H0521"], "{said}");
    assert!(report.expect("something came back").changes.is_empty(), "an answer never goes to another question");
}

#[test]
fn columns_are_found_by_their_headers() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "D", "ds-02"), "○").insert_column(0).delete_column(column("G"));
    });
    assert_eq!(desk.changes(), one("ds-02", Field::State, "○"));
}

#[test]
fn a_deleted_column_leaves_its_answers_as_they_are() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "D", "ds-02"), "○").delete_column(column("H"));
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0509"], "{said}");
    assert!(said.contains("「備考」"), "{said}");
    assert_eq!(changed(&report.expect("something came back")), one("ds-02", Field::State, "○"));
}

#[test]
fn a_sheet_without_its_ids_is_named() {
    for (gone, name) in [("J", "「id」"), ("K", "「hyoka」")] {
        let desk = returned(|_, rows| {
            rows.delete_column(column(gone));
        });
        let (codes, said, _) = desk.look();
        assert_eq!(codes, ["H0507", "H0520"], "{said}");
        assert!(said.contains(name), "{said}");
    }
}

#[test]
fn a_column_twice_and_a_column_of_ones_own_are_named() {
    let desk = returned(|book, rows| {
        let header = book.row_of(1, "ds-01") - 1;
        rows.set(&format!("L{header}"), "実施").set(&format!("M{header}"), "所感");
        rows.set(&place(book, 1, "M", "ds-03"), "良い取組み").set(&place(book, 1, "D", "ds-02"), "○");
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0510", "H0511"], "{said}");
    assert!(report.expect("something came back").changes.is_empty(), "which 実施 counts cannot be told");
}

#[test]
fn merged_answers_are_named() {
    let desk = returned(|book, rows| {
        let (first, last) = (book.row_of(1, "ds-01"), book.row_of(1, "ds-02"));
        rows.set(&format!("D{first}"), "○").merge(&format!("D{first}:D{last}"));
        rows.set(&place(book, 1, "D", "ds-04"), "○");
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0513"], "{said}");
    let report = report.expect("something came back");
    assert_eq!(changed(&report), one("ds-04", Field::State, "○"), "the others are taken over");
    assert_eq!(report.unsettled, 2);
}

#[test]
fn a_missing_row_and_a_missing_sheet_are_named() {
    let desk = returned(|book, rows| {
        rows.delete_row(book.row_of(1, "ds-02"));
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0519"], "{said}");
    assert!(said.contains("ds-02"), "{said}");
    assert_eq!(report.expect("something came back").unchanged, 6);

    let mut book = exported();
    let first = book.row_of(2, "dv-01");
    book.sheet(2, |rows| rows.rows.retain(|row, _| *row < first));
    let (codes, said, _) = Desk::new().with("回答.xlsx", &book.bytes()).look();
    assert_eq!(codes, ["H0520"], "{said}");
}

#[test]
fn a_measure_that_was_added_since_is_not_missed() {
    let desk = Desk::new().with("回答.xlsx", &exported().bytes());
    let measure =
        "[[sheet.measure]]\nid = \"ds-05\"\ncategory = \"運用上\"\ntext = \"新しい対策\"\n\n[[sheet]]\nid = \"vendor\"";
    assert_eq!(desk.edit("[[sheet]]\nid = \"vendor\"", measure).changes(), []);
}

#[test]
fn a_second_row_of_a_measure_is_named() {
    let desk = returned(|book, rows| {
        let row = book.row_of(1, "ds-02");
        rows.copy_row(row, 30).set("D30", "○");
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0518"], "{said}");
    assert!(report.expect("something came back").changes.is_empty());
}

#[test]
fn an_unknown_id_and_a_row_without_one_are_named() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "J", "ds-02"), "ds-20").set("C31", "追加の対策").set("D31", "○");
    });
    let (codes, said, _) = desk.look();
    assert_eq!(codes, ["H0512", "H0516", "H0519"], "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn a_row_that_lost_its_stamp_is_named() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "K", "ds-02"), "").set(&place(book, 1, "D", "ds-02"), "○");
    });
    let (codes, said, _) = desk.look();
    assert_eq!(codes, ["H0517"], "{said}");
}

#[test]
fn an_answer_to_a_question_that_has_changed_is_a_conflict() {
    let answered = |desk: Desk| {
        let (codes, said, report) = desk.look();
        assert_eq!(codes, ["H0522"], "{said}");
        assert!(report.expect("something came back").changes.is_empty());
        let before = desk.source();
        assert!(desk.import(Mode::Write).written.is_empty());
        assert_eq!(desk.source(), before);
        said
    };
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "D", "ds-04"), "○");
    });
    insta::assert_snapshot!(answered(desk.edit("通信を暗号化する。", "通信と保存データを暗号化する。")));

    // The words of a shared text are what is asked, too.
    let mut book = exported();
    let as_sent = book.clone();
    book.sheet(2, |rows| {
        rows.set(&place(&as_sent, 2, "D", "dv-01"), "○");
    });
    let desk = Desk::new().with("回答.xlsx", &book.bytes());
    let path = desk.root().join("content/fragments/cloud.md");
    let text = fs::read_to_string(&path).expect("the fragment is there");
    fs::write(&path, text.replace("国内の", "国内の二つの")).expect("a file can be written");
    answered(desk);
}

#[test]
fn a_question_that_has_changed_matters_only_to_an_answer() {
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "D", "ds-02"), "○");
    });
    let desk = desk.edit("通信を暗号化する。", "通信と保存データを暗号化する。");
    assert_eq!(desk.changes(), one("ds-02", Field::State, "○"));
}

#[test]
fn what_the_source_says_by_now_is_not_overwritten() {
    let untouched = Desk::new().with("回答.xlsx", &exported().bytes());
    let untouched = untouched.edit("課長が指名する。", "部長が指名する。");
    assert_eq!(untouched.changes(), [], "a cell that nobody touched changes nothing");

    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "E", "ds-01"), "係長が指名する。");
    });
    let desk = desk.edit("課長が指名する。", "部長が指名する。");
    let (codes, said, _) = desk.look();
    assert_eq!(codes, ["H0523"], "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn several_files_are_merged() {
    let book = exported();
    let with = |sheet: usize, letter: &str, id: &str, text: &str| {
        let mut answered = book.clone();
        answered.sheet(sheet, |rows| {
            rows.set(&place(&book, sheet, letter, id), text);
        });
        answered.bytes()
    };
    let desk = Desk::new()
        .with("税務課.xlsx", &with(1, "D", "ds-02", "○"))
        .with("委託先.xlsx", &with(2, "D", "dv-03", "×"))
        .with("控え.xlsx", &with(1, "D", "ds-02", "〇"));
    let mut expected = one("ds-02", Field::State, "○");
    expected.extend(one("dv-03", Field::State, "×"));
    assert_eq!(desk.changes(), expected);

    let desk =
        Desk::new().with("税務課.xlsx", &with(1, "D", "ds-02", "○")).with("情報課.xlsx", &with(1, "D", "ds-02", "×"));
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0524"], "{said}");
    assert!(report.expect("something came back").changes.is_empty());
    insta::assert_snapshot!(said);
}

#[test]
fn a_sheet_of_ones_own_is_named() {
    let mut book = exported();
    book.replace("xl/workbook.xml", "name=\"集計\"", "name=\"メモ\"");
    let (codes, said, _) = Desk::new().with("回答.xlsx", &book.bytes()).look();
    assert_eq!(codes, ["H0508"], "{said}");
    assert!(said.contains("メモ"), "{said}");
}

#[test]
fn renamed_sheets_are_understood() {
    let desk = {
        let mut book = exported();
        let as_sent = book.clone();
        book.sheet(1, |rows| {
            rows.set(&place(&as_sent, 1, "D", "ds-02"), "○");
        });
        book.replace("xl/workbook.xml", "<sheet name=\"委託（町が行う）\"", "<sheet name=\"町\"");
        Desk::new().with("回答.xlsx", &book.bytes())
    };
    assert_eq!(desk.changes(), one("ds-02", Field::State, "○"));
}
