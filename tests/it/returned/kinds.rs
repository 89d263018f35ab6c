//! One reader for every kind of workbook: what a person sees on the sheet is what it gives, and what it does not see it says.

use std::io::Cursor;
use std::path::Path;

use hyoka::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render};
use hyoka::source::{CellValue, Fault, NoteKind, Place, Unseen, Workbook};

use super::{bad, exported};

fn read(bytes: Vec<u8>) -> Workbook {
    let mut diagnostics = Diagnostics::new();
    let book = Workbook::of_bytes(Path::new("表.ods"), bytes, &mut diagnostics);
    book.unwrap_or_else(|| panic!("{}", render(&diagnostics, &SourceMap::default(), Lang::Ja, Tone::Plain)))
}

/// Each cell by its name.
fn cells(book: &Workbook, sheet: usize) -> Vec<(String, String)> {
    let cells = book.sheets[sheet].cells.iter();
    let words = |value: &CellValue| match value {
        CellValue::Text(text) => text.clone(),
        CellValue::Fault(Fault::Struck { struck, kept }) => format!("～～{struck}～～{kept}"),
        CellValue::Fault(Fault::Error(name)) => format!("エラー {name}"),
        CellValue::Fault(Fault::Format { code, value }) => format!("？{code}？{value}"),
        CellValue::Fault(Fault::Formula) => "＝".to_owned(),
    };
    cells.map(|cell| (cell.place.label(), words(&cell.value))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(place, words)| ((*place).to_owned(), (*words).to_owned())).collect()
}

#[test]
fn an_ods_shows_what_its_cells_show() {
    let content = r#"<office:document-content>
      <office:automatic-styles>
        <style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1"/>
        <style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>
        <style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="none"/></style:style>
        <style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
      </office:automatic-styles>
      <office:body><office:spreadsheet>
      <table:table table:name="表">
        <table:shapes><draw:frame><draw:text-box><text:p>枠の中</text:p></draw:text-box></draw:frame></table:shapes>
        <table:table-column table:number-columns-repeated="5"/><table:table-column table:visibility="collapse"/>
        <table:table-row>
          <table:table-cell office:value-type="percentage" office:value="1"><text:p>100%</text:p></table:table-cell>
          <table:table-cell office:value-type="string"><text:p>前<text:span text:style-name="T1">旧</text:span>新</text:p></table:table-cell>
          <table:table-cell table:style-name="ce2" office:value-type="string"><text:p>全<text:span text:style-name="T2">残</text:span></text:p></table:table-cell>
          <table:table-cell office:value-type="string"><office:annotation><dc:creator>係</dc:creator><dc:date>2026-04-01</dc:date><text:p>要確認</text:p></office:annotation><text:p>一
             行<text:s text:c="2"/>目</text:p><text:p>二行目<text:line-break/>三&amp;</text:p></table:table-cell>
          <table:table-cell table:formula="of:=1/0" calcext:value-type="error" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="0.5"/>
        </table:table-row>
        <table:table-row table:number-rows-repeated="2" table:visibility="filter">
          <table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>同</text:p></table:table-cell>
          <table:table-cell table:formula="of:=A1"/>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
      </table:table>
      <table:table table:name="旧" table:style-name="ta2"/>
      </office:spreadsheet></office:body></office:document-content>"#;
    let manifest = b"<manifest:manifest/>".as_slice();
    let book = read(bad::archive(&[("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())]));
    let expected = [
        ("A1", "100%"),
        ("B1", "～～旧～～前新"),
        ("C1", "～～全～～残"),
        ("D1", "一 行  目\n二行目\n三&"),
        ("E1", "エラー #DIV/0!"),
        ("F1", "？？0.5"),
        ("A2", "同"),
        ("B2", "同"),
        ("C2", "＝"),
        ("A3", "同"),
        ("B3", "同"),
        ("C3", "＝"),
    ];
    assert_eq!(cells(&book, 0), pairs(&expected));
    let sheet = &book.sheets[0];
    let hides = |row, column| sheet.hides(Place { row, column });
    assert!(!hides(0, 4) && hides(0, 5) && hides(1, 0) && hides(2, 0) && !hides(3, 0));
    let notes: Vec<(NoteKind, Option<String>, &str)> =
        sheet.notes.iter().map(|note| (note.kind, note.place.map(Place::label), note.text.as_str())).collect();
    assert_eq!(notes, [(NoteKind::TextBox, None, "枠の中"), (NoteKind::Comment, Some("D1".to_owned()), "要確認")]);
    assert_eq!(book.sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [false, true]);
    assert_eq!(book.unseen, []);
}

/// The stream of an `.xls`: its globals, then one sheet.
fn stream(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| {
        let mut data = [0; 16];
        data[..2].copy_from_slice(&0x0600_u16.to_le_bytes());
        data[2..4].copy_from_slice(&kind.to_le_bytes());
        bad::record(0x0809, &data)
    };
    let name = "S".as_bytes();
    let listed = |start: u32| {
        let head = [&start.to_le_bytes()[..], &[0, 0, 1, 0]].concat();
        bad::record(0x0085, &[&head[..], name].concat())
    };
    let before = [begin(0x0005), globals.concat()].concat();
    let start = before.len() + listed(0).len() + 4;
    let start = u32::try_from(start).expect("it is short");
    [before, listed(start), bad::record(0x000A, &[]), begin(0x0010), sheet.concat(), bad::record(0x000A, &[])].concat()
}

#[test]
fn an_xls_is_read_with_the_formats_of_its_cells() {
    let font = |strike: u16| bad::record(0x0031, &[&[200, 0][..], &strike.to_le_bytes(), &[0; 12]].concat());
    let look = |font: u16, format: u16| {
        bad::record(0x00E0, &[&font.to_le_bytes()[..], &format.to_le_bytes(), &[0; 16]].concat())
    };
    let code: Vec<u8> = "0\"か月\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let format = bad::record(0x041E, &[&164_u16.to_le_bytes()[..], &5_u16.to_le_bytes(), &[1], &code].concat());
    let number = |row: u16, look: u16, value: f64| {
        let head = [row.to_le_bytes(), 0_u16.to_le_bytes(), look.to_le_bytes()].concat();
        bad::record(0x0203, &[&head[..], &value.to_le_bytes()].concat())
    };
    let row = |row: u16, flags: u16| {
        bad::record(0x0208, &[&row.to_le_bytes()[..], &[0; 10], &flags.to_le_bytes(), &[0; 2]].concat())
    };
    let globals = [font(0), font(8), format, look(0, 0), look(0, 164), look(0, 9), look(1, 0), look(0, 12)];
    let dimensions =
        [&0_u32.to_le_bytes()[..], &6_u32.to_le_bytes(), &0_u16.to_le_bytes(), &1_u16.to_le_bytes(), &[0; 2]].concat();
    let sheet = [
        bad::record(0x0200, &dimensions),
        row(0, 0),
        row(4, 0x20),
        number(0, 0, 12.0),
        number(1, 1, 3.0),
        number(2, 2, 1.0),
        number(3, 3, 7.0),
        number(4, 4, 0.5),
        bad::record(0x001C, &[1, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
    ];
    let book = read(bad::compound(&[("/Workbook", &stream(&globals, &sheet))]));
    let expected = [("A1", "12"), ("A2", "3か月"), ("A3", "100%"), ("A4", "～～7～～"), ("A5", "？# ?/?？0.5")];
    assert_eq!(cells(&book, 0), pairs(&expected));
    let sheet = &book.sheets[0];
    assert!(sheet.hides(Place { row: 4, column: 0 }) && !sheet.hides(Place { row: 0, column: 0 }));
    assert_eq!(
        sheet.notes.iter().map(|note| note.place.map(Place::label)).collect::<Vec<_>>(),
        [Some("A2".to_owned())]
    );
    assert_eq!(book.unseen, [Unseen::OldFormat]);
}

#[test]
fn an_xls_cell_whose_text_is_lost_is_not_an_empty_one() {
    let dimensions = [&0_u32.to_le_bytes()[..], &1_u32.to_le_bytes(), &[0, 0, 1, 0, 0, 0]].concat();
    let lost = bad::record(0x00FD, &[0, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
    let bytes = bad::compound(&[("/Workbook", &stream(&[], &[bad::record(0x0200, &dimensions), lost]))]);
    let mut diagnostics = Diagnostics::new();
    assert_eq!(Workbook::of_bytes(Path::new("表.xls"), bytes, &mut diagnostics), None);
    let said = render(&diagnostics, &SourceMap::default(), Lang::Ja, Tone::Plain);
    assert!(said.contains("H0502"), "{said}");
}

#[test]
fn an_xlsx_gives_the_texts_that_its_parser_of_values_gives() {
    use calamine::Reader;
    let bytes = exported().bytes();
    let book = read(bytes.clone());
    let mut values: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).expect("it is a workbook");
    for sheet in &book.sheets {
        let range = values.worksheet_range(&sheet.name).expect("the sheet is there");
        let start = range.start().unwrap_or_default();
        let of_parser: Vec<(String, String)> = range
            .used_cells()
            .map(|(row, column, data)| {
                let small = |value: usize| u32::try_from(value).expect("a sheet is small");
                (Place { row: start.0 + small(row), column: start.1 + small(column) }.label(), data.to_string())
            })
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let index = book.sheets.iter().position(|other| other.name == sheet.name).expect("it is there");
        assert_eq!(cells(&book, index), of_parser, "{}", sheet.name);
    }
}

#[test]
fn what_swells_beside_the_cells_is_refused() {
    let refused = |part: &str, text: String| {
        let mut book = exported();
        book.beside(1, "comments", "comments1.xml", "<comments/>");
        book.put(part, text);
        let mut diagnostics = Diagnostics::new();
        let read = Workbook::of_bytes(Path::new("表.xlsx"), book.bytes(), &mut diagnostics);
        let codes: Vec<&str> = diagnostics.sorted().iter().map(|found| found.code.id()).collect();
        assert!(read.is_none() && codes == ["H0504"], "{part}: {codes:?}");
    };
    refused("xl/sharedStrings.xml", format!("<sst><si>{}</si></sst>", "<r/>".repeat(40_000)));
    refused("xl/sharedStrings.xml", format!("<sst>{}</sst>", "<si/>".repeat(2_100_000)));
    refused("xl/comments1.xml", format!("<comments>{}</comments>", "<comment/>".repeat(2_100_000)));
    let sheets = "<sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/>".repeat(1_001);
    refused("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>"));
}
