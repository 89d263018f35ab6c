//! What a person sees on a returned sheet is what is read, and what stands elsewhere is named.

use std::fs;
use std::io::{Cursor, Write};

use hyoka::answers::Field;
use hyoka::desk::checklist::Mode;
use hyoka::press::Quiet;
use hyoka::press::checklist::export;
use hyoka::session::Wanted;
use unicode_width::UnicodeWidthStr;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::book::Book;
use super::{Desk, changed, exported, one, place, returned};
use crate::workbook_rows::closed_pages;

/// One file with one sheet changed after looks were added to it.
fn with_looks(looks: &[(&str, bool)], change: impl FnOnce(&Book, &[usize], &mut super::book::Rows)) -> Desk {
    let mut book = exported();
    let as_sent = book.clone();
    let looks: Vec<usize> = looks.iter().map(|(code, struck)| book.look(code, *struck)).collect();
    book.sheet(1, |rows| change(&as_sent, &looks, rows));
    Desk::new().with("回答.xlsx", &book.bytes())
}

#[test]
fn numbers_and_days_are_read_as_they_are_shown() {
    for (code, value, shown) in [
        ("0%", "1", "100%"),
        ("000", "12", "012"),
        ("0\"か月\"", "3", "3か月"),
        ("#,##0", "12000", "12,000"),
        ("General", "0.5", "0.5"),
        ("[$-411]ggge\"年\"m\"月\"d\"日\"", "46113", "令和8年4月1日"),
        ("yyyy\"年度\"", "46113", "2026年度"),
    ] {
        let desk = with_looks(&[(code, false)], |book, looks, rows| {
            let place = place(book, 1, "E", "ds-02");
            rows.value(&place, "n", value).look(&place, looks[0]);
        });
        assert_eq!(desk.changes(), one("ds-02", Field::Detail, shown), "{code}");
    }
}

#[test]
fn a_format_that_cannot_be_shown_is_named() {
    let desk = with_looks(&[("# ?/?", false)], |book, looks, rows| {
        let place = place(book, 1, "E", "ds-02");
        rows.value(&place, "n", "0.5").look(&place, looks[0]);
    });
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0514"], "{said}");
    assert!(said.contains("表示形式「# ?/?」の値 0.5"), "{said}");
    assert!(report.expect("something came back").changes.is_empty());
}

#[test]
fn struck_words_are_named_and_not_taken_over() {
    let runs = "<is><r><rPr><strike/></rPr><t>年1回点検する。</t></r><r><t>毎月点検する。</t></r></is>";
    let in_part = returned(|book, rows| {
        rows.xml(&place(book, 1, "E", "ds-02"), runs, "t=\"inlineStr\"");
    });
    let whole = with_looks(&[("@", true)], |book, looks, rows| {
        let place = place(book, 1, "E", "ds-02");
        rows.set(&place, "年1回点検する。").look(&place, looks[0]);
    });
    for (desk, words) in [(in_part, "（残りの文字「毎月点検する。」）"), (whole, "取消線のある文字「年1回点検する。」")]
    {
        let (codes, said, report) = desk.look();
        assert_eq!(codes, ["H0514"], "{said}");
        assert!(said.contains(words), "{said}");
        let report = report.expect("something came back");
        assert!(report.changes.is_empty(), "{report:?}");
        assert_eq!(report.unsettled, 1);
    }
}

#[test]
fn readings_above_characters_are_no_text() {
    let runs = "<is><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></is>";
    let desk = returned(|book, rows| {
        rows.xml(&place(book, 1, "E", "ds-02"), runs, "t=\"inlineStr\"");
    });
    assert_eq!(desk.changes(), one("ds-02", Field::Detail, "東京"));
}

#[test]
fn comments_text_boxes_and_pictures_are_named() {
    let mut book = exported();
    let comment = "<comments><commentList><comment ref=\"D12\"><text><r><t>来年度から</t></r><r><t>実施する。</t></r></text>\
                   </comment></commentList></comments>";
    book.beside(1, "comments", "comments1.xml", comment);
    let drawing = "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:row>11</xdr:row></xdr:from>\
                   <xdr:sp><xdr:txBody><a:p><a:r><a:t>要検討</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>\
                   <xdr:twoCellAnchor><xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>";
    book.beside(1, "drawing", "drawings/drawing9.xml", drawing);
    let (codes, said, _) = Desk::new().with("回答.xlsx", &book.bytes()).look();
    assert_eq!(codes, ["H0528", "H0528", "H0531"], "{said}");
    insta::assert_snapshot!(said);
}

#[test]
fn hidden_sheets_are_named_and_hidden_answers_are_told() {
    let mut book = exported();
    book.replace("xl/workbook.xml", "<sheet name=\"集計\"", "<sheet name=\"旧\" state=\"hidden\"");
    let as_sent = book.clone();
    book.sheet(1, |rows| {
        rows.set(&place(&as_sent, 1, "D", "ds-02"), "○").hide_row(as_sent.row_of(1, "ds-02"));
        rows.set(&place(&as_sent, 1, "H", "ds-04"), "済").hide_columns(8, 8);
    });
    let (codes, said, report) = Desk::new().with("回答.xlsx", &book.bytes()).look();
    assert_eq!(codes, ["H0529", "H0530", "H0530"], "{said}");
    assert!(said.contains("[旧] は隠れています：別紙チェックリスト"), "{said}");
    let mut expected = one("ds-02", Field::State, "○");
    expected.extend(one("ds-04", Field::Note, "済"));
    assert_eq!(changed(&report.expect("something came back")), expected);
}

#[test]
fn characters_that_no_text_may_hold_are_refused() {
    for (typed, code) in [
        ("一行目_x000B_二行目", "U+000B"),
        ("記\u{200b}録", "U+200B"),
        ("外字\u{e000}", "U+E000"),
        ("辻\u{e0100}", "U+E0100"),
        ("\u{202e}逆", "U+202E"),
    ] {
        let desk = returned(|book, rows| {
            rows.set(&place(book, 1, "E", "ds-02"), typed);
        });
        let before = desk.source();
        let (codes, said, _) = desk.look();
        assert_eq!(codes, ["H0532"], "{typed:?}: {said}");
        assert!(said.contains(code), "{said}");
        assert!(desk.import(Mode::Write).written.is_empty());
        assert_eq!(desk.source(), before);
    }
    // Line ends of other systems and marks beside their character are no mistakes.
    let desk = returned(|book, rows| {
        rows.set(&place(book, 1, "E", "ds-02"), "一_x000D_\n二か\u{3099}");
    });
    assert_eq!(desk.changes(), one("ds-02", Field::Detail, "一\n二が"));
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a file can be added");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

#[test]
fn a_folder_stands_for_all_the_files_in_it() {
    let answered = |sheet: usize, id: &str| {
        let book = exported();
        let mut answered = book.clone();
        answered.sheet(sheet, |rows| {
            rows.set(&place(&book, sheet, "D", id), "○");
        });
        answered.bytes()
    };
    let mut desk = Desk::new();
    let folder = desk.folder.path().join("返送");
    fs::create_dir_all(folder.join("税務課/二回目")).expect("a folder can be made");
    let zip = zipped(&[("../../回答.xlsx", &answered(2, "dv-03")), ("内/内.zip", b"PK"), ("メモ.txt", b"memo")]);
    for (name, bytes) in [
        ("税務課/二回目/回答.xlsm", answered(1, "ds-02").as_slice()),
        ("情報課.zip", zip.as_slice()),
        ("~$回答.xlsx", b"lock"),
        (".隠し.xlsx", b"hidden"),
        ("添書.pdf", b"%PDF"),
    ] {
        fs::write(folder.join(name), bytes).expect("a file can be written");
    }
    desk.files = vec![folder.clone()];
    let (codes, said, report) = desk.look();
    assert_eq!(codes, ["H0527"; 5], "{said}");
    for name in ["情報課.zip/内/内.zip", "情報課.zip/メモ.txt", "~$回答.xlsx", ".隠し.xlsx", "添書.pdf"]
    {
        assert!(said.contains(name), "{name}: {said}");
    }
    let mut expected = one("ds-02", Field::State, "○");
    expected.extend(one("dv-03", Field::State, "○"));
    assert_eq!(changed(&report.expect("something came back")), expected);
    let inside = |entry: &std::fs::DirEntry| entry.path() != folder;
    let beside = fs::read_dir(desk.folder.path()).expect("it is a folder").filter_map(Result::ok);
    assert!(!beside.filter(inside).any(|entry| entry.path().extension().is_some_and(|ending| ending == "xlsx")));
}

#[test]
fn an_archive_of_much_is_bounded() {
    let large = vec![b' '; 40 * 1024 * 1024];
    let desk = Desk::new().with("大きい.zip", &zipped(&[("a.xlsx", &large), ("b.xlsx", &large)]));
    let (codes, said, _) = desk.look();
    assert_eq!(codes, ["H0504", "H0504"], "{said}");
    let many: Vec<String> = (0..2_001).map(|number| format!("{number}.xlsx")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(Desk::new().with("多い.zip", &zipped(&many)).look().0, ["H0504"]);
}

#[test]
fn a_row_whose_sent_cells_do_not_fit_is_not_taken_over() {
    // The source has moved on, so that what it asks says nothing of what the sheet must show.
    for (column, damaged) in [("B", "運用下"), ("C", "操作の記録を残す。"), ("G", "継続")] {
        let desk = returned(|book, rows| {
            rows.set(&place(book, 1, "D", "ds-02"), "○").set(&place(book, 1, column, "ds-02"), damaged);
        });
        let (codes, said, report) = desk.look();
        assert_eq!(codes, ["H0521"], "{column}: {said}");
        assert!(report.expect("something came back").changes.is_empty());
    }
}

#[test]
fn the_words_that_would_be_lost_are_shown() {
    let desk = returned(|book, rows| {
        let header = book.row_of(1, "ds-01") - 1;
        rows.set(&format!("M{header}"), "所感").set(&place(book, 1, "M", "ds-03"), "良い取組み");
        rows.set(&place(book, 1, "J", "ds-02"), "").set(&place(book, 1, "D", "ds-02"), "○");
        rows.set(&place(book, 1, "E", "ds-02"), "係長が点検する。");
        rows.copy_row(book.row_of(1, "ds-04"), 40).set("E40", "二つ目の答え");
        rows.set(&place(book, 1, "D", "ds-01"), "可");
    });
    let (codes, said, _) = desk.look();
    assert_eq!(codes, ["H0515", "H0512", "H0511", "H0519", "H0518"], "{said}");
    for words in
        ["良い取組み", "係長が点検する。", "二つ目の答え", "対策「ds-01」本町の職員のうち、閲覧できる者を限る。"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_measure_that_goes_on_over_the_end_of_a_page_is_closed_there() {
    let lines: Vec<String> = (1..=120).map(|number| format!("資料{number}に記録した。")).collect();
    let desk = Desk::new().edit("note = \"@担当\"", &format!("note = \"{}\"", lines.join("\\n")));
    let root = desk.root();
    let exported = export(&root, &root.join("build"), (&Wanted::default(), None), &Quiet).expect("it can be built");
    let pages = closed_pages(&exported.files[0], 8);
    assert!(pages >= 2, "the answer takes more than a page: {pages}");
}

#[test]
fn a_long_measure_goes_on_in_rows_of_its_own() {
    let long: String =
        (1..=50).map(|number| format!("（{number}）作業の前に手順書を確認し、後に記録を残す。")).collect();
    let desk = Desk::new().edit("通信を暗号化する。", &long);
    let root = desk.root();
    let exported = export(&root, &root.join("build"), (&Wanted::default(), None), &Quiet).expect("it can be built");
    let sent = Book::read(&fs::read(&exported.files[0]).expect("it was built"));
    let first = sent.row_of(1, "ds-04");
    let mut answered = sent.clone();
    answered.sheet(1, |rows| {
        let below = rows.rows[&(first + 1)].clone();
        assert!(below.0.contains("ht="), "the row has a height: {}", below.0);
        rows.set(&format!("D{first}"), "○").swap(first + 1, first + 2, 0..=10);
    });
    let desk = desk.with("回答.xlsx", &answered.bytes());
    assert_eq!(desk.changes(), one("ds-04", Field::State, "○"), "wherever its rows stand by now");
    answered.sheet(1, |rows| {
        rows.set(&format!("C{}", first + 1), "別の文");
    });
    let mut desk = desk;
    desk.files.clear();
    let (codes, said, _) = desk.with("回答.xlsx", &answered.bytes()).look();
    assert_eq!(codes, ["H0521"], "{said}");
}

/// The note's column is narrow: 300 characters need more lines than a row can be high.
#[test]
fn a_long_answer_is_shown_whole_and_comes_back() {
    let lines: Vec<String> = (1..=30).map(|number| format!("資料{number}に記録した。")).collect();
    let note = format!("{}\n{}", "長い一行を折り返す。".repeat(20), lines.join("\n"));
    let desk = Desk::new().edit("note = \"@担当\"", &format!("note = \"{}\"", note.replace('\n', "\\n")));
    let root = desk.root();
    let exported = export(&root, &root.join("build"), (&Wanted::default(), None), &Quiet).expect("it can be built");
    let sent = Book::read(&fs::read(&exported.files[0]).expect("it was built"));
    let first = sent.row_of(1, "ds-03");
    let next = sent.row_of(1, "ds-04");
    let cells = sent.texts(1, "H", first..next);
    assert!(cells.len() > 1 && cells.iter().all(|(.., text)| !text.is_empty()), "{cells:?}");
    for (row, height, text) in &cells {
        // 18 characters of half width less the margins, 12.75 pt a line.
        let needed: usize = text.split('\n').map(|line| line.width().div_ceil(17).max(1)).sum();
        let needed = f64::from(u32::try_from(needed).expect("there are few")) * 12.75;
        assert!(*height >= needed && *height <= 409.0, "row {row} is {height} pt high and needs {needed}");
    }
    let parts: Vec<String> = cells.iter().map(|(.., text)| text.replace('\n', "")).collect();
    assert_eq!(parts.concat(), note.replace('\n', ""), "all of it stands on the sheet");
    let desk = desk.with("回答.xlsx", &sent.bytes());
    assert_eq!(desk.changes(), [], "and comes back as it went out");

    let (last, _, words) = cells.last().expect("there are some");
    let mut answered = sent.clone();
    answered.sheet(1, |rows| {
        rows.set(&format!("H{last}"), "終わりを直した。");
    });
    let changed = note.strip_suffix(words.as_str()).expect("it ends so").to_owned() + "終わりを直した。";
    let mut desk = desk;
    desk.files.clear();
    let desk = desk.with("回答.xlsx", &answered.bytes());
    assert_eq!(desk.changes(), one("ds-03", Field::Note, &changed), "a change further down is one of the answer");

    answered.sheet(1, |rows| {
        rows.set(&format!("E{last}"), "別の欄");
    });
    let mut desk = desk;
    desk.files.clear();
    let (codes, said, _) = desk.with("回答.xlsx", &answered.bytes()).look();
    assert_eq!(codes, ["H0512"], "what does not go on there is named: {said}");
}
