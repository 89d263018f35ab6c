//! Files that are no answer: each gets a clear message in bounded memory, and nothing is written.

use std::fs;
use std::io::{Cursor, Write};

use hyoka::desk::checklist::Mode;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Desk, exported};
use crate::support::{repository, town};

/// A good answer beside the bad file: the bad one keeps all from being written.
fn refused(name: &str, bytes: &[u8], code: &str) -> String {
    let mut book = exported();
    let row = book.row_of(1, "ds-02");
    book.sheet(1, |rows| {
        rows.set(&format!("D{row}"), "○");
    });
    let desk = Desk::new().with("良い回答.xlsx", &book.bytes()).with(name, bytes);
    let (codes, said, _) = desk.look();
    assert_eq!(codes, [code], "{said}");
    assert!(said.contains(name), "{said}");
    let before = desk.source();
    assert!(desk.import(Mode::Write).written.is_empty());
    assert_eq!(desk.source(), before, "nothing is written");
    said
}

pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part can be added");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

pub(super) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes it");
    for (name, bytes) in streams {
        file.create_stream(name).and_then(|mut stream| stream.write_all(bytes)).expect("memory takes it");
    }
    file.into_inner().into_inner()
}

/// A record of the old binary format.
pub(super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a record is short");
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

#[test]
fn what_is_no_workbook() {
    let said = refused("文書.pdf", b"%PDF-1.7\n", "H0501");
    insta::assert_snapshot!(said);
    refused("空.xlsx", b"", "H0501");
    refused("表.csv", "実施,○\n".as_bytes(), "H0501");
    refused("写真.zip", &archive(&[("photo.jpg", b"\xff\xd8")]), "H0501");
    refused("文書.doc", &compound(&[("/WordDocument", b"text")]), "H0501");
    refused("二進.xlsb", &archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.bin", b"")]), "H0501");
}

#[test]
fn what_is_cut_short() {
    let bytes = exported().bytes();
    for part in [3, 10, 50, 90, 99] {
        refused("途中.xlsx", &bytes[..bytes.len() * part / 100], "H0502");
    }
    let said = refused("途中.xlsx", &bytes[..bytes.len() / 2], "H0502");
    assert!(said.contains("もう一度送ってもらう"), "{said}");
    for name in ["answered.xls", "answered.ods"] {
        let bytes = fs::read(repository().join("tests/fixtures/returned").join(name)).expect("the fixture is there");
        refused(name, &bytes[..bytes.len() / 2], "H0502");
    }
    let mut book = exported();
    book.replace("xl/worksheets/sheet1.xml", "</sheetData>", "</sheetDat>");
    refused("壊れた.xlsx", &book.bytes(), "H0502");
}

#[test]
fn what_unpacks_to_more_than_it_may() {
    let mut book = exported();
    let padding = vec![b' '; 200 * 1024 * 1024];
    book.parts.push(("xl/media/padding.xml".to_owned(), padding));
    let bytes = book.bytes();
    assert!(bytes.len() < 1024 * 1024, "the file itself is small");
    let said = refused("爆弾.xlsx", &bytes, "H0504");
    insta::assert_snapshot!(said);

    let cells =
        "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>";
    let rows = format!("<table:table-row table:number-rows-repeated=\"1048576\">{cells}</table:table-row>");
    let content = format!(
        "<office:document-content><table:table table:name=\"x\">{rows}</table:table></office:document-content>"
    );
    let manifest = b"<manifest:manifest/>".as_slice();
    let parts = [("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())];
    refused("爆弾.ods", &archive(&parts), "H0504");

    let spaces = "<office:document-content><table:table table:name=\"x\"><table:table-row><table:table-cell \
                  office:value-type=\"string\"><text:p>a<text:s text:c=\"2147483647\"/></text:p></table:table-cell>\
                  </table:table-row></table:table></office:document-content>";
    refused("空白.ods", &archive(&[("META-INF/manifest.xml", manifest), ("content.xml", spaces.as_bytes())]), "H0504");

    let long = format!("<text:p>{}</text:p>", "長".repeat(10_000));
    let cells = format!(
        "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\">{long}</table:table-cell>"
    );
    let content = format!(
        "<office:document-content><table:table table:name=\"x\"><table:table-row>{cells}</table:table-row></table:table></office:document-content>"
    );
    refused("文字.ods", &archive(&[("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())]), "H0504");

    let number = |row: u16, column: u16| {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 2], &1.0_f64.to_le_bytes()].concat())
    };
    let stream = [record(0x0809, &[0; 16]), number(0, 0), number(65_535, 255), record(0x000A, &[])].concat();
    refused("爆弾.xls", &compound(&[("/Workbook", &stream)]), "H0504");
}

#[test]
fn a_million_empty_rows_are_no_answer_and_no_mistake() {
    let mut book = exported();
    book.sheet(1, |_| {});
    let rows: String =
        (100..1_000_100).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>")).collect();
    book.replace("xl/worksheets/sheet1.xml", "</sheetData>", &format!("{rows}</sheetData>"));
    assert_eq!(Desk::new().with("長い.xlsx", &book.bytes()).changes(), []);
}

#[test]
fn a_cell_in_the_last_corner_takes_no_room() {
    let mut book = exported();
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>隅</t></is></c></row></sheetData>";
    book.replace("xl/worksheets/sheet1.xml", "</sheetData>", corner);
    let (codes, said, _) = Desk::new().with("隅.xlsx", &book.bytes()).look();
    assert_eq!(codes, ["H0511"]);
    assert!(said.contains("XFD1048576"), "{said}");
}

#[test]
fn what_needs_a_password() {
    let said = refused("秘.xlsx", &compound(&[("/EncryptionInfo", b"\x04"), ("/EncryptedPackage", b"\x00")]), "H0503");
    insta::assert_snapshot!(said);
    let stream = [record(0x0809, &[0; 16]), record(0x002F, &[0; 6])].concat();
    refused("秘.xls", &compound(&[("/Workbook", &stream)]), "H0503");
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/>\
                    </manifest:file-entry></manifest:manifest>";
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet".as_slice();
    let noise = b"\x12\x34<\xff".as_slice();
    let parts = [("mimetype", mimetype), ("META-INF/manifest.xml", manifest.as_bytes()), ("content.xml", noise)];
    refused("秘.ods", &archive(&parts), "H0503");
}

#[test]
fn what_is_another_kind_of_workbook() {
    let said = refused("一覧.xlsx", &town().bytes("hikari/zei/change-list.xlsx"), "H0505");
    insta::assert_snapshot!(said);
}

#[test]
fn what_belongs_to_another_municipality() {
    let mut book = exported();
    book.replace("xl/sharedStrings.xml", ">2/hikari/denshi/", ">2/hoshi/denshi/");
    let said = refused("隣町.xlsx", &book.bytes(), "H0506");
    assert!(said.contains("hoshi/denshi"), "{said}");
    insta::assert_snapshot!(said);
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let fixture = |name: &str| fs::read(repository().join("tests/fixtures/returned").join(name)).expect("it is there");
    vec![("a.xlsx", exported().bytes()), ("a.xls", fixture("answered.xls")), ("a.ods", fixture("answered.ods"))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a line or a disk did to a file, it is read or refused.
    #[test]
    fn damaged_bytes_never_stop_the_program(
        changes in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 1..6),
        kind in 0..3_usize,
    ) {
        let (name, mut bytes) = samples().swap_remove(kind);
        for (at, byte) in changes {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        let desk = Desk::new().with(name, &bytes);
        let before = desk.source();
        desk.import(Mode::Report);
        prop_assert_eq!(desk.source(), before);
    }
}

#[test]
fn what_swells_in_the_parser() {
    let mut book = exported();
    let formats = vec![b' '; 9 * 1024 * 1024];
    book.parts.push(("xl/more/Styles.xml".to_owned(), formats));
    refused("書式.xlsx", &book.bytes(), "H0504");

    // One text that thousands of cells use: it stands in the file once.
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let text = "長".repeat(32_000);
    for row in 0..1_000 {
        sheet.write_string(row, 0, &text).expect("it fits");
    }
    let bytes = workbook.save_to_buffer().expect("the test's workbook keeps to the format");
    assert!(bytes.len() < 1024 * 1024, "the file itself is small");
    refused("共有.xlsx", &bytes, "H0504");
}
