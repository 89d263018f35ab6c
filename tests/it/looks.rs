//! Looks of changes made of data alone: a town that shades and brackets what is new, in every format; and the words that documents
//! print, which no code holds.

use std::fs;
use std::io::Read;
use std::path::Path;

use hyoka::model::manifest::document_keys;
use lopdf::Document;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::pdf_text;
use crate::support::{bare, build_all, repository, town_copy};

const SETTINGS: &str = "town/content/municipalities/hikari/municipality.toml";
const BASIC: &str = "town/content/assessments/zei/basic.md";

/// The town with a look of its own for the marked assessment, built; the folder of the outputs is `out`.
fn built(look: &str) -> TempDir {
    let folder = town_copy();
    let path = folder.path().join(SETTINGS);
    let settings = fs::read_to_string(&path).expect("the town has settings");
    let (old, new) = (
        "formats = [\"pdf\", \"xlsx\"]\nview = \"marked\"",
        "formats = [\"pdf\", \"html\", \"xlsx\"]\nview = \"marked\"",
    );
    assert!(settings.contains(&format!("{old}\nfooter")), "the marked assessment is there");
    let settings = settings.replacen(
        &format!("{old}\nfooter"),
        &format!("{new}\nmarks = {{ inserted = \"amikake\" }}\nfooter"),
        1,
    );
    fs::write(&path, format!("{settings}\n[look.amikake]\n{look}\n")).expect("they can be written");
    let outcome = build_all(&folder.path().join("town"), &folder.path().join("out"));
    assert!(outcome.diagnostics.is_empty(), "{look}: {:?}", outcome.diagnostics);
    folder
}

fn output(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("out/hikari/zei").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What all pages draw, as operators.
fn drawn(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).expect("the file is a PDF");
    let pages = document.get_pages();
    pages.values().map(|page| String::from_utf8_lossy(&document.get_page_content(*page)).into_owned()).collect()
}

fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).expect("a workbook is a ZIP file");
    let mut text = String::new();
    archive.by_name(name).expect("the workbook has the part").read_to_string(&mut text).expect("it is text");
    text
}

/// A piece of new text of the town, as its source has it.
fn new_text() -> String {
    let folder = town_copy();
    let text = fs::read_to_string(folder.path().join(BASIC)).expect("the town has a text");
    let (_, body) = text.rsplit_once("\n+++\n").expect("its values stand at its head");
    let (_, after) = body.split_once("{++").expect("it has new words");
    after.split_once("++}").expect("which end").0.to_owned()
}

#[test]
fn shaded_and_bracketed_by_data_alone() {
    let folder = built("shade = 25\nbrackets = { open = \"【\", close = \"】\" }");
    let words = format!("【{}】", new_text());
    let pdf = output(folder.path(), "assessment-marked.pdf");
    assert!(pdf_text::pages(&pdf).concat().contains(&bare(&words)), "{words} is not in the PDF");
    // A quarter of black, as a grey of 255 steps.
    let grey = "0.7490196 scn";
    assert!(drawn(&pdf).contains(grey), "nothing is shaded");
    assert!(!drawn(&output(folder.path(), "assessment.pdf")).contains(grey), "a document without marks is");
    let html = String::from_utf8(output(folder.path(), "assessment-marked.html")).expect("HTML is UTF-8");
    assert!(html.contains("\nins { background: hsl(0 0% 75%);"), "the style has the shade");
    assert!(
        html.contains(&format!("<ins><span class=\"hidden\">追記ここから</span>{words}<")),
        "{words} is not in the HTML"
    );
    let book = output(folder.path(), "assessment-marked.xlsx");
    assert!(part(&book, "xl/sharedStrings.xml").contains(&words), "{words} is not in the workbook");
    assert!(part(&book, "xl/styles.xml").contains("FFBFBFBF"), "no cell that is new as a whole is shaded");
}

#[test]
fn a_shade_alone_is_an_underline_in_a_cell() {
    let folder = built("shade = 40");
    let book = output(folder.path(), "assessment-marked.xlsx");
    let strings = part(&book, "xl/sharedStrings.xml");
    let run = strings.split("<r>").find(|run| run.contains(&new_text())).expect("the words are a run");
    assert!(run.contains("<u/>"), "{run}");
}

/// Every primitive draws something that the plain text has not.
#[test]
fn every_primitive_is_drawn_on_paper() {
    let all = [
        "weight = \"bold\"",
        "underline = \"single\"",
        "underline = \"double\"",
        "frame = \"single\"",
        "frame = \"thick-single\"",
        "frame = \"double\"",
        "frame = \"thick-double\"",
        "shade = 20",
        "brackets = { open = \"［\", close = \"］\" }",
        "strike = true\nbrackets = { open = \"（\", close = \"）\" }",
        "face = \"mincho\"\nshade = 20",
    ];
    let mut seen: Vec<(String, String)> = Vec::new();
    for look in all {
        let drawn = drawn(&output(built(look).path(), "assessment-marked.pdf"));
        let like = seen.iter().find(|(_, other)| *other == drawn).map(|(look, _)| look);
        assert!(like.is_none(), "{look} is drawn like {like:?}");
        seen.push((look.to_owned(), drawn));
    }
}

#[test]
fn the_manual_shows_the_keys_of_each_kind() {
    let manual = fs::read_to_string(repository().join("docs/ja/04-jichitai.md")).expect("the manual is there");
    for key in document_keys() {
        let kinds: Vec<String> = key.kinds.iter().map(|kind| format!("`{}`", kind.id())).collect();
        let row = format!("| `{}` | {} |", key.key, kinds.join("、"));
        assert!(manual.contains(&row), "docs/ja/04-jichitai.md lacks the row\n{row}");
    }
}

#[test]
fn every_shared_look_is_in_the_manual() {
    let manual = fs::read_to_string(repository().join("docs/ja/04-jichitai.md")).expect("the manual is there");
    let looks = fs::read_to_string(repository().join("templates/looks/marks.toml")).expect("the looks are there");
    let looks: toml::Table = looks.parse().expect("they are TOML");
    for name in looks["look"].as_table().expect("looks by name").keys() {
        assert!(manual.contains(&format!("| `{name}` |")), "docs/ja/04-jichitai.md lacks {name}");
    }
}

/// What `templates/words/document.toml` says is said by no code: examples in comments and tests apart, the columns of a checklist,
/// which are read back by their names, and the names of lines in a frozen leaf, which nobody prints.
#[test]
fn no_code_prints_a_word_of_documents() {
    let words =
        ["（続き）", "\"件名", "\"備考", "（略）", "（新設）", "（記載なし）", "変更または追記した箇所", "事由等"];
    let mut wrong = Vec::new();
    for entry in WalkDir::new(repository().join("src")).sort_by_file_name() {
        let path = entry.expect("src can be read").into_path();
        let inside = path.strip_prefix(repository()).expect("walked from there").to_string_lossy().replace('\\', "/");
        // What is said to a person at a terminal is no word of a document.
        let spoken = [
            "src/cli/",
            "src/diagnostic/",
            "src/imprint/",
            "src/answers/columns.rs",
            "src/render/xlsx/checklist/",
            "src/render/html/fixture.rs",
        ];
        if path.extension().is_none_or(|ending| ending != "rs") || spoken.iter().any(|part| inside.starts_with(part)) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file is UTF-8");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            wrong.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{inside}:{}: {word}", number + 1)),
            );
        }
    }
    assert!(wrong.is_empty(), "these are data:\n{}", wrong.join("\n"));
}
