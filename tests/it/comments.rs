//! A hearing and its opinions: the notice, the report, what the assessment says of them, and the workbook out and back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use hyoka::answers::{CommentTable, CommentsReport};
use hyoka::desk::checklist::Mode;
use hyoka::desk::comments::{ImportedComments, import_comments};
use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::model::manifest::Audience;
use hyoka::name::CaseName;
use hyoka::press::checklist::export_comments;
use hyoka::press::{Order, Quiet};
use hyoka::session::Wanted;
use hyoka::source::{CellValue, Workbook};
use hyoka::write::{Steps, Way};
use tempfile::TempDir;

use crate::support::{Built, bare, copy, named, repository, sheet};

const COMMENTS: &str = "content/municipalities/aozora/zei/comments.toml";
const PROCEDURE: &str = "content/assessments/zei/procedure.md";

const DOCUMENTS: &str = r#"
[[document]]
case = "zei"
id = "comment-notice"
kind = "comment-notice"
title = "意見募集のお知らせ"
title-lines = ["住民税に関する事務 全項目評価書（案）", "意見募集のお知らせ"]
formats = ["pdf", "html"]
audience = "public"
size-pt = 10.5

[[document]]
case = "zei"
id = "comment-report"
kind = "comment-report"
title = "意見の概要と市の考え方"
title-lines = ["住民税に関する事務 全項目評価書（案）", "意見の概要と市の考え方"]
formats = ["pdf", "html", "xlsx"]
audience = "both"
paper = "a4-landscape"

[[document]]
case = "zei"
id = "iken"
kind = "comment-sheet"
title = "意見のブック"
formats = ["xlsx"]
"#;

/// A workspace with a hearing whose assessment tells of its opinions.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    let root = folder.path().join("city");
    copy(&repository().join("tests/fixtures/city"), &root);
    copy(&repository().join("tests/fixtures/hearing"), &root);
    let path = root.join("content/municipalities/aozora/municipality.toml");
    let text = fs::read_to_string(&path).expect("the fixture has a municipality");
    fs::write(&path, text + DOCUMENTS).expect("a file can be written");
    edit(
        &root.join(PROCEDURE),
        "## review-method",
        "## hearing-opinions\n\n意見は{{comments-count}}件であった。\n\n{{> comments-main}}\n\n## hearing-reflection\n\n{{> comments-reflection}}\n\n## review-method",
    );
    folder
}

fn edit(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).expect("the file is there");
    assert!(text.contains(old), "{} does not hold {old}", path.display());
    fs::write(path, text.replacen(old, new, 1)).expect("a file can be written");
}

fn built() -> &'static Built {
    static BUILT: LazyLock<Built> = LazyLock::new(|| {
        let folder = workspace();
        Built::of(&folder.path().join("city"), "comments")
    });
    &BUILT
}

/// The words of an HTML file.
fn words(file: &str) -> String {
    let html = String::from_utf8(built().bytes(file)).expect("a page is UTF-8");
    let body = html.split_once("<body").expect("a page has a body").1;
    let mut words = String::new();
    let mut inside = false;
    for character in body.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => words.push(other),
            _ => {}
        }
    }
    bare(&words)
}

#[test]
fn the_notice_says_ground_period_places_and_ways_and_cites_measured_pages() {
    let said = words("aozora/zei/comment-notice.html");
    let index = built().index("aozora/zei/assessment");
    let page = index.rows["file-overview/zeimu/storage-place"].first;
    for wanted in [
        "1根拠行政手続における特定の個人を識別するための番号の利用等に関する法律第28条第1項",
        &format!("2変更の概要クラウドの利用に伴う保管場所について追記（評価書（案）{page}ページ）"),
        "3案の公表と意見募集の期間令和5年5月1日から令和5年6月15日まで（46日間）",
        "4閲覧場所市役所本庁舎2階税務課行政資料コーナー",
        "5提出方法提出方法提出先直接持参市役所本庁舎2階",
        "6問合せ先あおぞら市総務部税務課",
    ] {
        assert!(said.contains(&bare(wanted)), "{wanted}\n{said}");
    }
    assert!(built().bytes("aozora/zei/comment-notice.pdf").starts_with(b"%PDF"), "the notice is a PDF too");
}

#[test]
fn the_report_groups_opinions_with_answer_effect_and_pages() {
    let said = words("aozora/zei/comment-report.html");
    let page = built().index("aozora/zei/assessment").rows["file-overview/zeimu/storage-place"].first;
    for wanted in [
        "2意見の件数3件",
        "郵送1電子メール1",
        "合計3",
        "修正する12修正しない00参考11その他00合計23",
        "本市の考え方",
        "写しを置く場所が国内にあることを、評価書に書き加えます。修正する",
        &format!("クラウドの利用に伴う追記（評価書（案）{page}ページ）"),
    ] {
        assert!(said.contains(&bare(wanted)), "{wanted}\n{said}");
    }
    // The opinions' own words are the office's; the report has them in short.
    assert!(!said.contains("国の外に出るのは心配です"), "{said}");
    let rows = sheet(&built().path("aozora/zei/comment-report.xlsx"));
    assert!(rows.iter().any(|row| row.iter().any(|cell| cell == "合計")), "{rows:?}");
}

#[test]
fn the_assessment_tells_of_the_opinions_that_were_counted() {
    let filled = built().case("aozora", "zei").main().expect("the case has an assessment");
    let printed = |path: &str| {
        let row = filled.row(&path.into()).expect("the form has the row");
        let texts = row.content.texts().into_iter().map(|text| text.characters(hyoka::markup::State::After));
        texts.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        printed("procedure/hearing-opinions"),
        "意見は3件であった。\n写しの保管場所：写しを置くデータセンターが国内にあることを、評価書に書いてほしい。（2件）"
    );
    assert_eq!(
        printed("procedure/hearing-reflection"),
        "写しの保管場所：写しを置く場所が国内にあることを、評価書に書き加えます。"
    );
}

/// The report of a workspace for an audience, as a page.
fn report_page(root: &Path, audience: Audience) -> String {
    let folder = root.join(format!("build-{audience:?}"));
    let order = Order { audience: Some(audience), ..Order::default() };
    let outcome = hyoka::press::build(root, &folder, &order, &Quiet).expect("a folder can be written");
    let said = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    assert!(!outcome.diagnostics.has_errors(), "{said}");
    fs::read_to_string(folder.join("aozora/zei/comment-report.html")).expect("the report is issued to both")
}

#[test]
fn what_is_withheld_of_an_answer_is_not_in_the_public_copy() {
    let folder = workspace();
    let root = folder.path().join("city");
    edit(&root.join(COMMENTS), "税務課長が指定しています", "{!点検の手順書!}により税務課長が指定しています");
    assert!(report_page(&root, Audience::Submission).contains("点検の手順書により税務課長が指定しています"));
    let public = report_page(&root, Audience::Public);
    assert!(!public.contains("手順書") && public.contains("により税務課長が指定しています"), "{public}");
}

#[test]
fn a_mistake_of_another_town_forbids_no_opinion() {
    let desk = Desk::new().returned(|cells| {
        let (_, text) =
            cells.iter_mut().find(|(_, text)| text.contains("税務課長が指定しています")).expect("it is sent");
        *text = text.replace("税務課長", "市民部長");
    });
    let of_another = desk.root().join("content/municipalities/nagisa/municipality.toml");
    fs::create_dir_all(of_another.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(&of_another, "name = \n").expect("a file can be written");
    let (codes, said, _) = desk.look(None);
    assert!(codes.is_empty(), "{said}");
    assert_eq!(desk.import(None, Mode::Write).written, [COMMENTS]);
    assert!(desk.source().contains("市民部長が指定しています"));
}

#[test]
fn a_change_that_was_accepted_keeps_its_reason() {
    let folder = workspace();
    let root = folder.path().join("city");
    let frozen = hyoka::desk::freeze(&root, &named("aozora/zei/first"), "公表した評価書").expect("it can be frozen");
    assert!(!frozen.diagnostics.has_errors());
    let order = hyoka::desk::AcceptOrder {
        municipality: "aozora".into(),
        case: "zei".into(),
        changes: Vec::new(),
        edition: "second".into(),
        title: "直した評価書".to_owned(),
    };
    hyoka::desk::accept(&root, &order).expect("it can be accepted");
    assert!(
        !fs::read_to_string(root.join("content/assessments/zei/changes.toml")).expect("it is there").contains("cloud")
    );
    assert!(report_page(&root, Audience::Submission).contains("クラウドの利用に伴う追記"));
}

#[test]
fn before_the_first_opinion_there_is_a_notice() {
    let folder = workspace();
    let root = folder.path().join("city");
    let path = root.join(COMMENTS);
    let text = fs::read_to_string(&path).expect("the fixture has comments");
    let hearing = text.split_once("[[group]]").expect("groups follow the hearing").0;
    fs::write(&path, hearing).expect("a file can be written");
    edit(&root.join(PROCEDURE), "意見は{{comments-count}}件であった。\n\n", "");
    let page = report_page(&root, Audience::Submission);
    assert!(page.contains("0件") && !page.contains("写しの保管場所"), "{page}");
    let checked = hyoka::session::read(&root).expect("it can be read");
    let case = &checked.model.municipalities[0].cases["zei"];
    let filled = case.main().expect("the case has an assessment");
    let row = filled.row(&"procedure/hearing-opinions".into()).expect("the form has the row");
    let said: Vec<String> =
        row.content.texts().into_iter().map(|text| text.characters(hyoka::markup::State::After)).collect();
    assert_eq!(said, ["意見の提出はなかった。"]);
}

/// A workspace and the workbooks that came to it.
struct Desk {
    folder: TempDir,
    files: Vec<PathBuf>,
}

/// What stands in a cell: sheet, row and column from 0, text.
type Cells = BTreeMap<(usize, u32, u32), String>;

impl Desk {
    fn new() -> Self {
        Self { folder: workspace(), files: Vec::new() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("city")
    }

    fn source(&self) -> String {
        fs::read_to_string(self.root().join(COMMENTS)).expect("the fixture has comments")
    }

    /// Puts a workbook of these cells on the desk.
    fn with(mut self, name: &str, sheets: &[&str], cells: &Cells) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (number, title) in sheets.iter().enumerate() {
            let target = book.add_worksheet();
            target.set_name(*title).expect("it is a name");
            for ((_, row, column), text) in cells.iter().filter(|((sheet, ..), _)| *sheet == number) {
                target.write_string(*row, u16::try_from(*column).expect("few columns"), text).expect("it fits");
            }
        }
        let path = self.folder.path().join(name);
        book.save(&path).expect("a file can be written");
        self.files.push(path);
        self
    }

    /// Puts the exported workbook on the desk, with changed cells.
    fn returned(self, change: impl FnOnce(&mut Cells)) -> Self {
        let mut cells = exported();
        change(&mut cells);
        self.with("iken.xlsx", &["意見", "考え方", "hyoka"], &cells)
    }

    fn import(&self, of: Option<&CaseName>, mode: Mode) -> ImportedComments {
        import_comments(&self.root(), &self.files, of, mode).expect("the system lets files be read")
    }

    /// Codes and messages, and the one report; nothing is written.
    fn look(&self, of: Option<&CaseName>) -> (Vec<&'static str>, String, Option<CommentsReport>) {
        let before = self.source();
        let imported = self.import(of, Mode::Report);
        assert_eq!(self.source(), before, "a report writes nothing");
        let codes = imported.diagnostics.sorted().iter().map(|found| found.code.id()).collect();
        let said = render(&imported.diagnostics, &imported.sources, Lang::Ja, Tone::Plain);
        let said = said.replace(&self.folder.path().display().to_string(), "").replace('\\', "/");
        (codes, said, imported.reports.first().cloned())
    }
}

/// The cells of the workbook as it is exported.
fn exported() -> Cells {
    static CELLS: LazyLock<Cells> = LazyLock::new(|| {
        let folder = workspace();
        let root = folder.path().join("city");
        let to = folder.path().join("out");
        let out = export_comments(&root, &root.join("build"), (&Wanted::default(), Some(&to)), &Quiet);
        let out = out.expect("it can be built");
        let outcome = out.outcomes.last().expect("there is one workbook");
        assert!(
            outcome.diagnostics.is_empty(),
            "{}",
            render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain)
        );
        assert_eq!(out.files, [to.join("aozora-zei-iken.xlsx")]);
        let book = Workbook::read(&out.files[0], &mut Diagnostics::new()).expect("it is there").expect("it is one");
        let mut cells = Cells::new();
        for (number, sheet) in book.sheets.iter().enumerate() {
            for cell in &sheet.cells {
                let CellValue::Text(text) = &cell.value else { panic!("a cell of an export is text: {cell:?}") };
                cells.insert((number, cell.place.row, cell.place.column), text.clone());
            }
        }
        cells
    });
    CELLS.clone()
}

/// A workspace in `town`, and beside it the workbook that came back（`意見.xlsx`: one answer more, one opinion more）and the list that an office
/// kept（`受付簿.xlsx`）.
pub(crate) fn at_the_desk() -> TempDir {
    let desk = Desk::new().with("受付簿.xlsx", &["一覧"], &office_list()).returned(|cells| {
        let answer = at(cells, 1, "staff", "考え方");
        cells.insert(answer, "指定の見直しを、毎年4月にも行います。".to_owned());
        for (column, text) in (0_u32..).zip(["4", "2023-06-01", "郵送", "説明会を開いてほしい。", "staff"])
        {
            cells.insert((0, 6, column), text.to_owned());
        }
    });
    let beside = |name: &str| desk.folder.path().join(name);
    fs::rename(beside("city"), beside("town")).expect("nothing is there");
    fs::rename(beside("iken.xlsx"), beside("意見.xlsx")).expect("nothing is there");
    desk.folder
}

/// Row of a key on a sheet, and column of a header.
fn at(cells: &Cells, sheet: usize, key: &str, header: &str) -> (usize, u32, u32) {
    let row = cells.iter().find(|((of, row, column), text)| (*of, *column) == (sheet, 0) && *row > 2 && *text == key);
    let column = cells.iter().find(|((of, row, _), text)| (*of, *row) == (sheet, 2) && *text == header);
    let ((_, row, _), _) = row.unwrap_or_else(|| panic!("no row {key}"));
    let ((_, _, column), _) = column.unwrap_or_else(|| panic!("no column {header}"));
    (sheet, *row, *column)
}

#[test]
fn what_nobody_touched_changes_nothing() {
    let desk = Desk::new().returned(|_| {});
    let (codes, said, report) = desk.look(None);
    assert!(codes.is_empty(), "{said}");
    let report = report.expect("it belongs to a hearing");
    assert_eq!((report.unchanged, report.unsettled, report.is_change()), (5, 0, false));
    let before = desk.source();
    assert!(desk.import(None, Mode::Write).written.is_empty());
    assert_eq!(desk.source(), before);
}

#[test]
fn answers_and_new_rows_come_back_and_can_be_taken_back() {
    let desk = Desk::new().returned(|cells| {
        let answer = at(cells, 1, "staff", "考え方");
        cells.insert(answer, "指定の見直しを、毎年4月にも行います。\nご意見は今後の参考にします。".to_owned());
        let key = (0, 6, 0);
        for (column, text) in
            ["４", "令和5年6月1日", "郵送", "説明会を開いてほしい。", "meeting"].into_iter().enumerate()
        {
            cells.insert((0, key.1, u32::try_from(column).expect("few")), text.to_owned());
        }
        for (column, text) in ["meeting", "説明会"].into_iter().enumerate() {
            cells.insert((1, 5, u32::try_from(column).expect("few")), text.to_owned());
        }
    });
    let (codes, said, report) = desk.look(None);
    assert!(codes.is_empty(), "{said}");
    let report = report.expect("it belongs to a hearing");
    assert_eq!(report.changes.len(), 1, "{report:?}");
    let added: Vec<_> = report.added.iter().map(|row| (row.table, row.key.as_str())).collect();
    assert_eq!(added, [(CommentTable::Opinions, "4"), (CommentTable::Groups, "meeting")]);
    let before = desk.source();
    assert_eq!(desk.import(None, Mode::Write).written, [COMMENTS]);
    let after = desk.source();
    for wanted in
        ["毎年4月にも行います。", "number = 4", "received = \"2023-06-01\"", "id = \"meeting\"", "# 窓口で受け取った"]
    {
        assert!(after.contains(wanted), "{wanted}\n{after}");
    }
    let checked = hyoka::session::read(&desk.root()).expect("it can be read");
    let codes: Vec<&str> = checked.diagnostics.sorted().iter().map(|found| found.code.id()).collect();
    // The new group waits for its answer; all else is in order.
    assert_eq!(codes, ["H0748"], "{after}");
    // The same workbook once more finds what it brought.
    let (codes, said, report) = desk.look(None);
    assert!(codes.is_empty(), "{said}");
    assert!(!report.expect("it belongs to a hearing").is_change());
    Steps::of(&desk.root()).take(Way::Undo).expect("the step is taken back");
    assert_eq!(desk.source(), before);
}

#[test]
fn what_changed_on_both_sides_is_for_a_person() {
    let desk = Desk::new().returned(|cells| {
        let answer = at(cells, 1, "staff", "考え方");
        cells.insert(answer, "ブックの考え方".to_owned());
    });
    edit(&desk.root().join(COMMENTS), "今後も、異動のつど", "今後は、異動のつど");
    let (codes, said, report) = desk.look(None);
    assert_eq!(codes, ["H0760"], "{said}");
    assert!(said.contains("ブックの考え方") && said.contains("[考え方]"), "{said}");
    let report = report.expect("it belongs to a hearing");
    assert_eq!((report.unsettled, report.is_change()), (1, false));
}

#[test]
fn what_the_source_changed_alone_stays() {
    let desk = Desk::new().returned(|_| {});
    edit(&desk.root().join(COMMENTS), "今後も、異動のつど", "今後は、異動のつど");
    let (codes, said, report) = desk.look(None);
    assert!(codes.is_empty(), "{said}");
    assert!(!report.expect("it belongs to a hearing").is_change());
}

#[test]
fn nothing_of_a_returned_workbook_is_lost_in_silence() {
    let desk = Desk::new().returned(|cells| {
        // A row is gone, a value is none, a row has no number, a remark stands beside the table, a key stands twice.
        cells.retain(|(sheet, row, _), _| (*sheet, *row) != (0, 3));
        let way = at(cells, 0, "2", "提出方法");
        cells.insert(way, "メール".to_owned());
        cells.insert((0, 8, 3), "番号のない意見".to_owned());
        cells.insert((0, 4, 20), "欄外の書込み".to_owned());
        for (column, text) in ["3", "2023-05-20", "郵送", "同じ番号の意見", "staff"].into_iter().enumerate() {
            cells.insert((0, 9, u32::try_from(column).expect("few")), text.to_owned());
        }
        cells.insert((0, 10, 0), "5".to_owned());
        cells.insert((0, 10, 1), "来週の月曜".to_owned());
    });
    let (mut codes, said, report) = desk.look(None);
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, ["H0511", "H0757", "H0758", "H0759", "H0762"], "{said}");
    for wanted in ["番号のない意見", "欄外の書込み", "電子メール", "[意見] U5", "来週の月曜"] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
    assert!(!report.expect("it belongs to a hearing").is_change());
}

/// A list of opinions as an office keeps it, with who sent them in.
fn office_list() -> Cells {
    let rows: [&[&str]; 4] = [
        &["寄せられた意見の受付簿"],
        &["受付番号", "受付日", "氏名", "住所", "電話番号", "方法", "ご意見", "担当者メモ"],
        &[
            "11",
            "令和5年5月20日",
            "青空 花子",
            "あおぞら市1-2-3",
            "00-0000-0000",
            "郵送",
            "保管の年数も知りたい。",
            "要回答",
        ],
        &["12", "2023/6/2", "", "", "", "ファクシミリ", "図が見にくい。", ""],
    ];
    let mut cells = Cells::new();
    for (row, texts) in (0_u32..).zip(rows) {
        for (column, text) in (0_u32..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            cells.insert((0, row, column), (*text).to_owned());
        }
    }
    cells
}

#[test]
fn who_sent_an_opinion_in_is_named_and_never_taken_over() {
    let desk = Desk::new().with("uketsuke.xlsx", &["一覧"], &office_list());
    let (codes, said, _) = desk.look(None);
    assert!(codes.contains(&"H0755"), "whose it is cannot be told: {said}");
    let of = named("aozora/zei");
    let (mut codes, said, report) = desk.look(Some(&of));
    codes.dedup();
    assert_eq!(codes.iter().filter(|code| **code == "H0756").count(), 1, "{said}");
    for header in ["氏名", "住所", "電話番号"] {
        assert!(said.contains(&format!("「{header}」の列")), "{header}\n{said}");
    }
    // The title and the memo are no opinions, and are named as such.
    assert!(said.contains("寄せられた意見の受付簿") && said.contains("要回答"), "{said}");
    for secret in ["青空 花子", "あおぞら市1-2-3", "00-0000-0000"] {
        assert!(!said.contains(secret), "{said}");
    }
    assert_eq!(report.expect("the hearing is named").added.len(), 2);
    assert_eq!(desk.import(Some(&of), Mode::Write).written, [COMMENTS]);
    let after = desk.source();
    assert!(after.contains("number = 11") && after.contains("received = \"2023-06-02\""), "{after}");
    for secret in ["花子", "1-2-3", "0000-0000"] {
        assert!(!after.contains(secret), "{after}");
    }
}

#[test]
fn the_workbook_has_no_column_for_who_sent_an_opinion_in() {
    let headers: Vec<String> =
        exported().into_iter().filter(|((_, row, _), _)| *row == 2).map(|(_, text)| text).collect();
    for personal in ["氏名", "住所", "電話", "メール"] {
        assert!(headers.iter().all(|header| !header.contains(personal)), "{headers:?}");
    }
}

#[test]
fn a_sheet_of_another_hearing_is_refused() {
    let desk = Desk::new().returned(|cells| {
        let stamp = at(cells, 1, "staff", "hyoka");
        let other = cells[&stamp].replace("/aozora/zei/", "/aozora/juki/");
        cells.insert(stamp, other);
    });
    let (codes, said, _) = desk.look(None);
    assert_eq!(codes, ["H0755"], "{said}");
    assert!(said.contains("aozora/juki"), "{said}");
}

#[test]
fn another_workbook_is_refused() {
    let cells = Cells::from([((0, 0, 0), "予算".to_owned()), ((0, 1, 0), "100".to_owned())]);
    let desk = Desk::new().with("yosan.xlsx", &["予算"], &cells);
    let (codes, said, report) = desk.look(Some(&named("aozora/zei")));
    assert_eq!(codes, ["H0754"], "{said}");
    assert!(report.is_none_or(|report| !report.is_change()));
    let desk = Desk::new().with("uketsuke.xlsx", &["一覧"], &office_list());
    let (codes, said, _) = desk.look(Some(&named("aozora/juki")));
    assert!(codes.contains(&"H0755"), "{said}");
    assert!(desk.import(Some(&named("aozora/juki")), Mode::Write).written.is_empty());
}
