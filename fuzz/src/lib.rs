//! What the fuzz targets run, and what `tests/it/corpus.rs` replays on a stable toolchain: each reader of other people's bytes, and
//! what must hold whatever they are. A reader never panics, and each place that it names lies in the file, on character boundaries.

use std::cell::LazyCell;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use hyoka::answers::{Returned, decide, with_answers};
use hyoka::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render, report, sarif, short};
use hyoka::import;
use hyoka::markup::{Exactness, State, Text, parse_body, parse_text, parse_value, print};
use hyoka::model::manifest::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, EditionToml, EntryFront, FactsToml, FlowFront, FormDef,
    FragmentFront, MunicipalityToml, ReviewedToml, SubmissionToml,
};
use hyoka::model::{Cases, Library, Memory, Model};
use hyoka::source::{Shape, Workbook, Workspace, read_toml, split};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The values at the head of an entry, and every kind of TOML file; the first byte says which kind.
pub fn toml(bytes: &[u8]) {
    let Some((kind, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut sources = SourceMap::default();
    let file = sources.add("content/fuzz.toml", text);
    let mut found = Diagnostics::new();
    let whole = 0..text.len();
    let parts = split(file, text, &mut found);
    macro_rules! kinds {
        // A macro, because each kind is a type.
        ($($number:literal => $kind:ty),* $(,)?) => {
            match kind % 14 {
                $($number => {
                    thread_local!(static SHAPE: LazyCell<Shape<$kind>> = const { LazyCell::new(Shape::default) });
                    SHAPE.with(|shape| drop(read_toml(shape, file, text, whole, &mut found)));
                })*
                // The TOML between the lines of plus signs.
                _ => {
                    thread_local!(static SHAPE: LazyCell<Shape<EntryFront>> = const { LazyCell::new(Shape::default) });
                    let front = parts.map_or(0..0, |parts| parts.front);
                    SHAPE.with(|shape| drop(read_toml(shape, file, text, front, &mut found)));
                }
            }
        };
    }
    kinds! {
        0 => AssessmentToml, 1 => CaseToml, 2 => ChangesToml, 3 => ChecklistToml, 4 => EditionToml, 5 => EntryFront,
        6 => FactsToml, 7 => FlowFront, 8 => FormDef, 9 => FragmentFront, 10 => MunicipalityToml, 11 => ReviewedToml,
        12 => SubmissionToml,
    }
    holds(found, &sources);
}

/// The body of an entry file and of a fragment, behind a head of its own.
pub fn markdown(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    let head = "+++\n+++\n前文";
    let text = format!("{head}{body}");
    let mut sources = SourceMap::default();
    let file = sources.add("content/fuzz.md", text.as_str());
    let mut found = Diagnostics::new();
    let range = head.len()..text.len();
    for headed in parse_body(file, &text, range.clone(), Some(&"change".into()), &mut found) {
        views(&headed.text);
        inside(&headed.text, &text);
    }
    let fragment = parse_text(file, &text, range, None, &mut found);
    views(&fragment);
    inside(&fragment, &text);
    holds(found, &sources);
}

/// The marks, terms and periods of one value, as it stands and as if it were escaped.
pub fn marks(bytes: &[u8]) {
    let Ok(value) = std::str::from_utf8(bytes) else { return };
    let text = format!("値 = \"{value}\"");
    let start = "値 = \"".len();
    let mut sources = SourceMap::default();
    let file = sources.add("content/fuzz.toml", text.as_str());
    let mut found = Diagnostics::new();
    for exact in [Exactness::Verbatim, Exactness::Escaped] {
        let parsed = parse_value(file, value, start..start + value.len(), exact, Some(&"change".into()), &mut found);
        views(&parsed);
        inside(&parsed, &text);
    }
    holds(found, &sources);
}

/// Parts of an `.xlsx` that stand between NUL bytes in an input, in their order.
const PARTS: [&str; 4] = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
/// What an `.xlsx` needs beside them.
const AROUND: [(&str, &str); 3] = [
    ("[Content_Types].xml", "<Types/>"),
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
];
/// The list of sheets where an input has none.
const ONE_SHEET: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

/// A workspace that returned workbooks are held against.
struct Kept {
    library: Library,
    model: Model,
    sources: SourceMap,
}

static KEPT: LazyLock<Kept> = LazyLock::new(|| {
    let town = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("tests/fixtures/town"));
    let town = town.into_iter().find(|folder| folder.is_dir()).expect("the fixture lies in the repository");
    let mut found = Diagnostics::new();
    let mut workspace = Workspace::read(&town, &mut found).expect("the fixture can be read");
    let memory = Memory::default();
    let library = Library::read(&mut workspace, &memory, &mut found);
    let model = Model::assemble(&library, &workspace.sources, (&Cases::All, &memory), &mut found);
    Kept { library, model, sources: workspace.sources }
});

/// A workbook that came back, the answers in it and the form in it.
///
/// The first byte says how the others become a file: as they are, or packed as one of the three kinds. A packed file carries checksums,
/// which a changed byte would break long before it meets what reads the cells.
pub fn workbook(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let file = match kind % 4 {
        0 => rest.to_vec(),
        1 => opened(rest),
        2 => packed(&[("content.xml", rest), ("META-INF/manifest.xml", b"<manifest/>"), ("mimetype", SHEETS)]),
        _ => compound(rest),
    };
    let Kept { library, model, sources } = &*KEPT;
    let mut found = Diagnostics::new();
    let Some(book) = Workbook::of_bytes(Path::new("fuzz.xlsx"), file, &mut found) else {
        return holds(found, sources);
    };
    for sheet in &book.sheets {
        assert!(sheet.cells.is_sorted_by_key(|cell| cell.place), "cells are found by their place");
        for place in sheet.merged.iter().flat_map(|(first, last)| [first, last]) {
            assert!(!place.label().is_empty(), "{place:?} has a name");
        }
    }
    // One element may stand for a million cells: reading them is slow and shows nothing new.
    if book.sheets.iter().map(|sheet| sheet.cells.len()).sum::<usize>() > 20_000 {
        return holds(found, sources);
    }
    let returned = Returned::read("fuzz.xlsx", &book, &mut found);
    for list in decide(model, &[returned], &mut found).checklists {
        let case = model.case(&list.case).map(|(_, case)| case);
        let checklist = case.and_then(|case| case.checklist.as_ref()).expect("the report is of this model");
        let written = with_answers(&sources.get(checklist.file).text, &list.changes);
        assert!(written.parse::<toml::Table>().is_ok(), "the answers leave TOML: {written}");
    }
    holds(found, sources);
    let _ = import::stamp(&book);
    let forms = library.forms.values().map(|form| &form.value);
    let form = forms.max_by_key(|form| import::likeness(&book, form)).expect("there are forms");
    let imported = import::read(&book, form, &[], &library.words);
    let names = import::CaseNames::default();
    let _ = import::files(&imported, &names, &Default::default());
}

/// What an `.ods` says that it is.
const SHEETS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// An `.xlsx` of parts.
fn opened(bytes: &[u8]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = AROUND.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let given: Vec<(&str, &[u8])> = PARTS.into_iter().zip(bytes.split(|byte| *byte == 0)).collect();
    if given.len() == 1 {
        parts.push((PARTS[1], ONE_SHEET.as_bytes()));
    }
    parts.extend(given);
    packed(&parts)
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).expect("a part can be added");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// An `.xls` of its stream.
fn compound(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes it");
    let written = file.create_stream("/Workbook").and_then(|mut part| part.write_all(stream));
    written.expect("memory takes it");
    file.into_inner().into_inner()
}

/// Each view of a text can be made and printed, and the view of a view is itself.
fn views(text: &Text) {
    for state in [State::Before, State::After] {
        let view = text.in_state(state);
        assert!(!view.is_marked(), "a view has no marks");
        assert_eq!(view.in_state(state), view, "a view is decided");
        let _ = (print(&view), view.characters(state));
    }
}

/// Each run's place lies in its file.
fn inside(text: &Text, source: &str) {
    for span in text.runs().into_iter().filter_map(|run| run.span) {
        assert!(source.get(span.start..span.end).is_some(), "{span:?} of {} bytes", source.len());
    }
}

/// Every message can be shown in every form.
fn holds(found: Diagnostics, sources: &SourceMap) {
    let found = found.settled(sources);
    for diagnostic in found.sorted() {
        for span in diagnostic.span.into_iter().chain(diagnostic.related.iter().map(|related| related.span)) {
            let text = &sources.get(span.file).text;
            assert!(text.get(span.start..span.end).is_some(), "{:?} at {span:?} of {}", diagnostic.code, text.len());
        }
    }
    // The pretty form of a hundred thousand messages is slow and shows nothing new.
    if found.sorted().len() < 50 {
        let _ = render(&found, sources, Lang::Ja, Tone::Plain);
        let _ = (short(&found, sources, Lang::En), sarif(&found, sources, Lang::En), report(&found, sources, Lang::Ja));
    }
}
