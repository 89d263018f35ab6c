//! Files as they come in: whole ones of each format, and such as would cost too much.

use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::write::SimpleFileOptions;

use super::guard::Refusal;
use super::*;

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("the test's workbook keeps to the format")
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part can be begun");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

fn compound(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes it");
    file.create_stream(name).expect("a stream can be made").write_all(bytes).expect("memory takes it");
    file.into_inner().into_inner()
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"表\">{table}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", mimetype), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<manifest/>")])
}

#[test]
fn every_kind_of_value_is_read_as_it_is_shown() {
    let bytes = book(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.set_name("様式").expect("the name is allowed");
        sheet.write_string(0, 0, "　宛名番号 \r\n").expect("it fits");
        sheet.write_number(1, 0, 7).expect("it fits");
        sheet.write_boolean(2, 0, true).expect("it fits");
        let date = ExcelDateTime::from_ymd(2023, 8, 15).expect("a day");
        sheet.write_datetime_with_format(3, 0, date, &Format::new().set_num_format("yyyy/mm/dd")).expect("it fits");
        sheet.merge_range(5, 1, 7, 3, "結合", &Format::new()).expect("it fits");
        sheet.write_formula(8, 0, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).expect("it fits");
        workbook.add_worksheet().set_hidden(true);
    });
    let book = parse(bytes).expect("it is a workbook");
    let sheet = &book.sheets[0];
    let texts: Vec<String> = [0, 1, 2, 3, 8].map(|row| sheet.text(row, 0)).into();
    assert_eq!(texts, ["宛名番号", "7", "TRUE", "2023-08-15", "2"]);
    assert_eq!(sheet.text(5, 1), "結合");
    assert_eq!(sheet.merged, [Area { top: 5, left: 1, bottom: 7, right: 3 }]);
    assert_eq!((sheet.name.as_str(), sheet.hidden, book.sheets[1].hidden), ("様式", false, true));
}

#[test]
fn far_cells_cost_nothing() {
    let bytes = book(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "近").expect("it fits");
        sheet.write_string(1_048_575, 16_383, "遠").expect("it fits");
    });
    assert_eq!(parse(bytes).expect("it is a workbook").sheets[0].cells.len(), 2);
}

#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [&b""[..], b"PK", b"<html></html>", "氏名,住所".as_bytes()] {
        assert_eq!(parse(bytes.to_vec()), Err(Refusal::NotOne));
    }
    assert_eq!(parse(archive(&[("word/document.xml", b"<w/>")])), Err(Refusal::NotOne));
    assert_eq!(parse(compound("WordDocument", b"text")), Err(Refusal::NotOne));
}

#[test]
fn a_damaged_file_is_refused_wherever_it_is_cut() {
    let whole = book(|workbook| {
        workbook.add_worksheet().write_string(0, 0, "評価書").expect("it fits");
    });
    for end in (4..whole.len()).step_by(97) {
        assert!(matches!(parse(whole[..end].to_vec()), Err(Refusal::Broken(_))), "cut at {end}");
    }
    for place in (0..whole.len()).step_by(13) {
        let mut bent = whole.clone();
        bent[place] ^= 0x55;
        // Read or refused, both are fair; a panic is not.
        let _ = parse(bent);
    }
}

#[test]
fn a_password_is_named_as_such() {
    assert_eq!(parse(compound("EncryptedPackage", b"x")), Err(Refusal::Locked));
    let file_pass = [0x2F, 0x00, 0x02, 0x00, 0x01, 0x00];
    assert_eq!(parse(compound("Workbook", &file_pass)), Err(Refusal::Locked));
    let manifest = b"<manifest:encryption-data/>";
    let locked = archive(&[("content.xml", b"\x00\xFF"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(parse(locked), Err(Refusal::Locked));
}

#[test]
fn a_part_that_swells_is_not_unpacked() {
    let nothing = vec![b' '; 80 << 20];
    let bomb = archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &nothing)]);
    assert!(bomb.len() < 1 << 20, "the test's file is small");
    assert_eq!(parse(bomb), Err(Refusal::TooLarge("展開後の大きさ")));
}

#[test]
fn repeated_cells_are_counted_before_they_are_made() {
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"string\" \
               table:number-columns-repeated=\"16000\"><text:p>多</text:p></table:table-cell></table:table-row>";
    assert_eq!(parse(ods(row)), Err(Refusal::TooLarge("セルの範囲")));
    let far = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/></table:table-row>\
               <table:table-row><table:table-cell table:number-columns-repeated=\"16000\"/>\
               <table:table-cell office:value-type=\"string\"><text:p>遠</text:p></table:table-cell></table:table-row>";
    assert_eq!(parse(ods(far)), Err(Refusal::TooLarge("セルの範囲")));
}

#[test]
fn an_open_document_file_is_read_with_its_merged_cells() {
    let rows = "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
                <table:table-row><table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\">\
                <text:p>一行目</text:p><text:p>二行目</text:p></table:table-cell><table:covered-table-cell/></table:table-row>\
                <table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell \
                table:number-columns-repeated=\"16384\"/></table:table-row>";
    let book = parse(ods(rows)).expect("it is a workbook");
    assert_eq!(book.sheets[0].text(2, 0), "一行目\n二行目");
    assert_eq!(book.sheets[0].merged, [Area { top: 2, left: 0, bottom: 2, right: 1 }]);
}

#[test]
fn an_old_file_with_two_far_cells_is_refused() {
    let cell = |row: u16, column: u16| {
        let mut record = vec![0x03, 0x02, 14, 0];
        record.extend(row.to_le_bytes().into_iter().chain(column.to_le_bytes()).chain([0; 10]));
        record
    };
    let stream = [cell(0, 0), cell(65_535, 255)].concat();
    assert_eq!(parse(compound("Workbook", &stream)), Err(Refusal::TooLarge("セルの範囲")));
}

#[test]
fn addresses_are_those_of_the_spreadsheet_program() {
    let shown: Vec<String> =
        [(0, 0), (9, 25), (0, 26), (0, 701), (0, 702)].map(|(row, column)| address(row, column)).into();
    assert_eq!(shown, ["A1", "Z10", "AA1", "ZZ1", "AAA1"]);
}
