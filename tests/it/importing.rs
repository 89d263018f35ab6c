//! `hyoka import`: workbooks in, entry files out, held to the texts that they were made from or that a clerk wrote into a form.

use std::fs;

use hyoka::desk::{ImportMode, ImportOutcome, import};
use hyoka::diagnostic::Code;
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

use crate::coming_back::{book_of, codes, comes_back, empty, foreign, order, raw, run, said, saved};
use crate::subject::built;
use crate::support::{copy, files, town, town_source};

/// A workspace without content that knows the town's own form.
fn empty_town() -> TempDir {
    let folder = empty();
    let forms = folder.path().join("templates/forms");
    copy(&town_source().join("content/municipalities/hikari/forms"), &forms);
    folder
}

#[test]
fn the_towns_own_workbook_comes_back_whole() {
    comes_back(town(), empty_town().path(), "hikari", "zei");
}

#[test]
fn a_case_that_is_there_is_compared_and_left() {
    let file = town().path("hikari/zei/assessment.xlsx");
    let before = files(&town_source());
    let outcome = run(&town_source(), &order(&file, ImportMode::Write));
    assert!(outcome.diagnostics.is_empty(), "{}", said(&outcome.diagnostics));
    let compared = outcome.compared.expect("the case is there");
    assert!(compared.is_same() && compared.same > 10, "{compared:?}");
    assert_eq!(files(&town_source()), before);
}

#[test]
fn a_report_writes_nothing() {
    let folder = empty_town();
    let before = files(folder.path());
    let outcome = run(folder.path(), &order(&town().path("hikari/zei/assessment.xlsx"), ImportMode::Report));
    assert!(outcome.files.contains_key("content/municipalities/hikari/zei/basic.md"));
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_mistake_of_another_town_is_none_of_what_is_imported() {
    let folder = empty_town();
    let path = folder.path().join("content/municipalities/nagisa/municipality.toml");
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(&path, "name = \n").expect("a file can be written");
    let outcome = run(folder.path(), &order(&town().path("hikari/zei/assessment.xlsx"), ImportMode::Write));
    assert_eq!((outcome.mistakes, outcome.diagnostics.has_errors()), (0, false));
    assert!(folder.path().join("content/municipalities/hikari/zei/basic.md").exists());
}

#[test]
fn an_edition_that_shows_its_changes_is_refused() {
    let outcome =
        run(empty_town().path(), &order(&town().path("hikari/zei/assessment-marked.xlsx"), ImportMode::Write));
    assert_eq!(codes(&outcome.diagnostics), [Code::FormMarked.id()]);
}

/// What stands in an imported section, by item.
fn section(outcome: &ImportOutcome, path: &str) -> String {
    let path = format!("content/municipalities/midori/kokuho/{path}.md");
    outcome.files.get(&path).unwrap_or_else(|| panic!("{path} in {:?}", outcome.files.keys())).clone()
}

#[test]
fn a_form_that_an_office_keeps_is_read_by_its_labels() {
    let folder = empty();
    let file = crate::foreign_form::write(folder.path());
    let outcome = run(folder.path(), &foreign(&file, ImportMode::Write));
    let text: String =
        ["cover", "basic", "system/system-1", "system/system-2", "file-overview/file-1", "file-overview/file-2"]
            .into_iter()
            .chain([
                "consignment/consignment-1",
                "consignment/consignment-2",
                "records/file-1",
                "records/file-2",
                "risk",
            ])
            .map(|path| format!("=== {path}\n{}\n", section(&outcome, path)))
            .collect();
    let case = &outcome.files["content/municipalities/midori/kokuho/case.toml"];
    let said = said(&outcome.diagnostics).replace(folder.path().to_str().expect("UTF-8"), "FOLDER");
    insta::assert_snapshot!(format!("{text}=== case.toml\n{case}\n=== 報告\n{said}"));
}

#[test]
fn a_file_that_is_no_form_changes_nothing() {
    let folder = empty();
    let cases = [
        ("no.xlsx", b"PK\x03\x04 cut".to_vec(), Code::WorkbookDamaged),
        ("text.xlsx", "氏名,住所".as_bytes().to_vec(), Code::WorkbookNot),
        ("list.xlsx", fs::read(built().path("mihon/kessai/checklist.xlsx")).expect("it was built"), Code::FormNone),
    ];
    for (name, bytes, code) in cases {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("a file can be written");
        let outcome = run(folder.path(), &foreign(&file, ImportMode::Write));
        assert_eq!(codes(&outcome.diagnostics), [code.id()], "{name}");
    }
    assert!(files(&folder.path().join("content")).is_empty());
}

#[test]
fn a_path_in_a_workbook_leads_nowhere_else() {
    let folder = empty();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, text) in
        (0_u32..).zip(["Ⅰ　基本情報", "①事務の名称", "②事務の内容", "③対象人数", "①部署", "②所属長の役職名"])
    {
        sheet.write_string(row, 0, text).expect("it fits");
    }
    for (row, path) in
        [(1, "basic/system/../../../evil/system-name"), (2, "file-overview/../x/file-name"), (3, "basic/work-name")]
    {
        sheet.write_string(row, 3, "値").expect("it fits");
        sheet.write_string(row, 5, path).expect("it fits");
    }
    let file = saved(&mut workbook, folder.path());
    let outcome = run(folder.path(), &foreign(&file, ImportMode::Report));
    let inside = |path: &String| !path.contains("..") && path.starts_with("content/");
    assert!(outcome.files.keys().all(inside), "{:?}", outcome.files.keys());
    // What is no path is text like any other.
    assert!(section(&outcome, "basic").contains("evil/system-name"));
    for bad in ["../x", "a b", ""] {
        let mut order = foreign(&file, ImportMode::Write);
        order.municipality = Some(bad.into());
        assert!(import(folder.path(), &order).is_err(), "{bad}");
    }
}

#[test]
fn an_edited_workbook_of_our_own_brings_the_edit() {
    let folder = empty_town();
    let book = book_of(&town().path("hikari/zei/assessment.xlsx"));
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        let target = workbook.add_worksheet();
        target.set_name(&sheet.name).expect("it was a name");
        target.set_hidden(sheet.hidden);
        for cell in &sheet.cells {
            let (row, column) = (cell.place.row, cell.place.column);
            let text =
                raw(&cell.value).replace("賦課と収納を管理する。", "賦課、収納及び滞納を管理する。\n・新しい機能");
            target.write_string(row, u16::try_from(column).expect("columns are few"), text).expect("it fits");
        }
    }
    let file = saved(&mut workbook, folder.path());
    let outcome = run(folder.path(), &order(&file, ImportMode::Report));
    let core = &outcome.files["content/municipalities/hikari/zei/system/core.md"];
    assert!(core.ends_with("## functions\n\n賦課、収納及び滞納を管理する。\n\n- 新しい機能\n"), "{core}");
    // Against the town's own text the edit is the one difference, and the text stays.
    let compared = run(&town_source(), &order(&file, ImportMode::Write)).compared.expect("the case is there");
    assert_eq!(
        (compared.differing, compared.new, compared.gone),
        (vec!["basic/system/core/functions".to_owned()], vec![], vec![])
    );
}

/// A small form as an office keeps it: labels in one column, contents in another. `change` may fill and look otherwise.
fn small_form(change: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Workbook {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("基本情報").expect("a name");
    for (row, (label, content)) in (0_u32..).zip([
        ("Ⅰ　基本情報", ""),
        ("１．特定個人情報ファイルを取り扱う事務", ""),
        ("①事務の名称", "軽自動車税に関する事務"),
        ("②事務の内容　※", "地方税法に基づき課税する。"),
        ("③対象人数", "1,000人以上1万人未満"),
        ("２．特定個人情報ファイルを取り扱う事務において使用するシステム", ""),
        ("システム１", ""),
        ("①システムの名称", "軽自動車税システム"),
        ("②システムの機能", "台帳を管理する。"),
        ("③他のシステムとの接続", "[○]庁内連携システム [　]税務システム"),
        ("５．個人番号の利用　※", ""),
        ("法令上の根拠", "番号法第9条第1項"),
        ("７．評価実施機関における担当部署", ""),
        ("①部署", "税務課"),
        ("②所属長の役職名", "税務課長"),
    ]) {
        sheet.write_string(row, 1, label).expect("it fits");
        if !content.is_empty() {
            sheet.write_string(row, 6, content).expect("it fits");
        }
    }
    change(sheet);
    workbook
}

/// What an import of a small form says and brings: codes, messages, the section and the system.
fn small(change: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> (Vec<&'static str>, String, String) {
    let folder = empty();
    let file = saved(&mut small_form(change), folder.path());
    let outcome = run(folder.path(), &foreign(&file, ImportMode::Report));
    let text = section(&outcome, "basic") + &section(&outcome, "system/system-1");
    (codes(&outcome.diagnostics), said(&outcome.diagnostics), text)
}

#[test]
fn a_small_form_is_read_without_a_word() {
    let (codes, said, text) = small(|_| {});
    assert_eq!(codes, Vec::<&str>::new(), "{said}");
    assert!(text.contains("department-head = \"税務課長\""), "{text}");
}

#[test]
fn a_forms_numbers_and_days_are_read_as_they_are_shown() {
    use rust_xlsxwriter::Format;
    let (codes, said, text) = small(|sheet| {
        let format = |code: &str| Format::new().set_num_format(code);
        sheet.write_number_with_format(13, 6, 46113, &format("[$-411]ggge\"年度\"")).expect("it fits");
        sheet.write_number_with_format(11, 6, 12, &format("\"第\"0\"号\"")).expect("it fits");
        sheet.write_number_with_format(3, 6, 46113, &format("yyyy\"年\"m\"月\"")).expect("it fits");
        sheet.write_number_with_format(8, 6, 1, &format("0%")).expect("it fits");
        sheet.write_number_with_format(14, 6, 0.5, &format("# ?/?")).expect("it fits");
    });
    assert_eq!(codes, ["H0534"], "{said}");
    assert!(said.contains("シート「基本情報」G15 は取り込みません：表示形式「# ?/?」の値 0.5"), "{said}");
    for shown in ["\"令和8年度\"", "第12号", "2026年4月", "100%"] {
        assert!(text.contains(shown), "{shown} in {text}");
    }
    assert!(!text.contains("department-head"), "{text}");
}

#[test]
fn struck_and_hidden_words_of_a_form_are_named_and_left_out() {
    use rust_xlsxwriter::{Format, Note};
    let folder = empty();
    let mut workbook = small_form(|sheet| {
        let (struck, plain) = (Format::new().set_font_strikethrough(), Format::new());
        let words = [(&struck, "紙の台帳を管理する。"), (&plain, "電子の台帳を管理する。")];
        sheet.write_rich_string(8, 6, &words).expect("it fits");
        sheet.write_string(15, 1, "③旧部署").and_then(|sheet| sheet.write_string(15, 6, "納税課")).expect("it fits");
        sheet.set_row_hidden(15).expect("it fits");
        sheet.insert_note(2, 6, &Note::new("名称は検討中")).expect("it fits");
    });
    let old = workbook.add_worksheet();
    old.set_name("基本情報 (旧)").expect("a name");
    old.set_hidden(true);
    for (row, text) in (0_u32..).zip(["Ⅰ　基本情報", "５．個人番号の利用　※"]) {
        old.write_string(row, 1, text).expect("it fits");
    }
    old.write_string(2, 1, "法令上の根拠").and_then(|sheet| sheet.write_string(2, 6, "旧法第8条")).expect("it fits");
    let file = saved(&mut workbook, folder.path());
    let outcome = run(folder.path(), &foreign(&file, ImportMode::Report));
    let said = said(&outcome.diagnostics);
    assert_eq!(codes(&outcome.diagnostics), ["H0528", "H0529", "H0529", "H0534"], "{said}");
    for words in ["名称は検討中", "③旧部署、納税課", "旧法第8条", "取消線のある文字「紙の台帳を管理する。」"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let all: String = outcome.files.values().map(String::as_str).collect();
    for words in ["紙の台帳", "旧法", "納税課"] {
        assert!(!all.contains(words), "{words}");
    }
}

#[test]
fn a_label_that_the_form_has_not_is_named() {
    let (codes, said, text) = small(|sheet| {
        sheet.write_string(14, 1, "②課長の氏名").expect("it fits");
        sheet.write_string(14, 6, "税務課長　名前").expect("it fits");
        sheet.write_string(15, 6, "その続き").expect("it fits");
    });
    assert_eq!(codes, ["H0535", "H0556"], "{said}");
    assert!(said.contains("（シート「基本情報」B15）：②課長の氏名　税務課長　名前"), "{said}");
    assert!(text.contains("department-name = \"税務課\""), "{text}");
}

#[test]
fn the_tag_of_a_workbook_names_the_version_of_the_form() {
    for (tag, form) in [("[平成26年4月　様式４]", "zenkomoku-h26-04"), ("", "zenkomoku-h30-05")] {
        let folder = empty();
        let mut workbook = small_form(|sheet| {
            sheet.write_string(20, 12, tag).expect("it fits");
        });
        let file = saved(&mut workbook, folder.path());
        let outcome = run(folder.path(), &foreign(&file, ImportMode::Report));
        let all: String = outcome.files.values().map(String::as_str).collect();
        assert!(all.contains(&format!("form = \"{form}\"")), "{tag}: {}", said(&outcome.diagnostics));
    }
}

#[test]
fn a_ticked_box_that_the_form_has_not_is_named() {
    let (codes, said, text) = small(|sheet| {
        let boxes = "[○]庁内連携システム [○]謎のシステム [　]別の謎 [○]その他（[○]収納システム）";
        sheet.write_string(9, 6, boxes).expect("it fits");
    });
    assert_eq!(codes, ["H0557", "H0557"], "{said}");
    // One that is not ticked is a person's word too.
    assert!(said.contains("G10）：別の謎"), "{said}");
    assert!(
        said.contains("「③他のシステムとの接続」の選択肢にない記載です（シート「基本情報」G10）：謎のシステム"),
        "{said}"
    );
    assert!(text.contains("\"庁内連携システム\""), "{text}");
}

#[test]
fn characters_of_a_form_are_held_to_the_rules() {
    let (codes, said, text) = small(|sheet| {
        sheet.write_string(8, 6, "台\u{200b}帳\u{b}管理か\u{3099}外\u{e000}").expect("it fits");
    });
    assert_eq!(codes, ["H0533"], "{said}");
    assert!(said.contains("U+000B、U+200B、U+E000"), "{said}");
    assert!(text.contains("台帳\n\n管理が外\u{e000}"), "{text:?}");
}

#[test]
fn the_forms_tag_is_no_part_of_the_date() {
    let folder = empty();
    let mut workbook = small_form(|_| {});
    let cover = workbook.add_worksheet();
    cover.set_name("表紙").expect("a name");
    for (row, text) in (0_u32..).zip([
        "特定個人情報保護評価書（全項目評価書）",
        "評価実施機関名",
        "みどり市長",
        "公表日",
        "平成27年3月18日",
        // No form of this version is there.
        "[平成27年10月　様式4]",
    ]) {
        cover.write_string(row, 1, text).expect("it fits");
    }
    let file = saved(&mut workbook, folder.path());
    let outcome = run(folder.path(), &foreign(&file, ImportMode::Report));
    let said = said(&outcome.diagnostics);
    assert_eq!(codes(&outcome.diagnostics), ["H0536"], "{said}");
    assert!(said.contains("「[平成27年10月　様式4]」"), "{said}");
    assert!(
        section(&outcome, "cover").contains("published-on = \"平成27年3月18日\""),
        "{}",
        section(&outcome, "cover")
    );
}

#[test]
fn a_second_date_in_a_cell_is_named_and_kept() {
    let folder = empty();
    let mut workbook = small_form(|_| {});
    let cover = workbook.add_worksheet();
    cover.set_name("表紙").expect("a name");
    let said_twice = "平成27年3月18日、平成28年4月1日";
    let texts = ["特定個人情報保護評価書（全項目評価書）", "評価実施機関名", "みどり市長", "公表日", said_twice];
    for (row, text) in (0_u32..).zip(texts) {
        cover.write_string(row, 1, text).expect("it fits");
    }
    let file = saved(&mut workbook, folder.path());
    let outcome = run(folder.path(), &foreign(&file, ImportMode::Report));
    let said = said(&outcome.diagnostics);
    assert_eq!(codes(&outcome.diagnostics), ["H0764"], "{said}");
    assert!(said.contains("「公表日」") && said.contains("シート「表紙」B5") && said.contains(said_twice), "{said}");
    assert!(section(&outcome, "cover").contains(&format!("published-on = \"{said_twice}\"")), "{said}");
}
