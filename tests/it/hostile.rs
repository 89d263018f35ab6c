//! Hostile content: text stays text, or is a diagnostic with its place; it is never code, never leads out of the workspace, never ends
//! the program, and what it costs has bounds.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hyoka::diagnostic::{Lang, Tone, render};
use hyoka::markup::MAX_LIST_DEPTH;
use hyoka::source::{FILE_MAX_BYTES, WORKSPACE_MAX_BYTES};
use tempfile::TempDir;

use crate::support::{bare, build_all, files, town_copy};

const CORE: &str = "content/assessments/zei/system/core.md";
/// Longest that one hostile file may take on a slow machine under load; without bounds it would be hours.
const PATIENCE: Duration = Duration::from_secs(300);

fn town() -> (TempDir, PathBuf) {
    let folder = town_copy();
    let root = folder.path().join("town");
    (folder, root)
}

fn put(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

/// An entry file with this text.
fn entry(text: &str) -> String {
    format!(
        "+++\n[values]\nsystem-name = \"税務システム\"\nconnections = [\"庁内連携システム\"]\n+++\n\n## functions\n\n{text}\n"
    )
}

/// The codes of a workspace and what it says.
fn said(root: &Path) -> (BTreeSet<&'static str>, String) {
    let start = Instant::now();
    let checked = hyoka::session::read(root).expect("the workspace can be read");
    let codes = checked.diagnostics.sorted().into_iter().map(|found| found.code.id()).collect();
    let words = render(&checked.diagnostics, &checked.workspace.sources, Lang::Ja, Tone::Plain);
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    (codes, words)
}

fn codes_of(path: &str, bytes: impl AsRef<[u8]>) -> (BTreeSet<&'static str>, String) {
    let (_folder, root) = town();
    put(&root, path, bytes);
    said(&root)
}

/// A socket stands for every file that is none; one that is opened for reading may wait for ever.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_and_not_read() {
    let (_folder, root) = town();
    let path = root.join("content/fragments/memo.md");
    let _socket = std::os::unix::net::UnixListener::bind(path).expect("a socket can be made in a temporary folder");
    let (codes, words) = said(&root);
    assert_eq!(codes, BTreeSet::from(["H0127"]), "{words}");
    assert!(words.contains("ソケット") && words.contains("content/fragments/memo.md"), "{words}");
}

/// Elsewhere the two are one file.
#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_large_and_small_letters_only_are_refused() {
    let (_folder, root) = town();
    put(&root, "content/assessments/zei/system/Core.md", entry("本文。"));
    let (codes, words) = said(&root);
    assert!(codes.contains("H0123"), "{words}");
    assert!(words.contains("大文字・小文字だけが違い"), "{words}");
}

#[test]
fn a_list_has_as_many_columns_as_a_page_has_room_for() {
    let columns = "  { label = \"項目\", field = \"item\", width = 0.01 },\n".repeat(500);
    let (_folder, root) = town();
    let path = "content/municipalities/hikari/municipality.toml";
    let toml = fs::read_to_string(root.join(path)).expect("it is there");
    put(&root, path, toml.replace("[document.list]\n", &format!("[document.list]\ncolumns = [\n{columns}]\n")));
    let (codes, words) = said(&root);
    assert_eq!(codes, BTreeSet::from(["H0716"]), "{words}");
    assert!(words.contains("500 件、上限 12 件"), "{words}");
}

#[test]
fn code_of_any_kind_is_text() {
    const TYPST: &str = "#read(\"/etc/passwd\") #panic() #import \"x.typ\" $x^2$ @cite #[強] *太* = 題";
    let typst = TYPST.replace('$', "\\$").replace('*', "\\*");
    const HTML: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;";
    const TERA: &str = "{% include \"/etc/passwd\" %}{% raw %}{# 注 #}";
    const FORMULA: &str = "=HYPERLINK(\"http://example.invalid\",\"開く\")";
    let (folder, root) = town();
    let all = format!("{typst}\n\n{}\n\n{TERA}\n\n{FORMULA}", HTML.replace('<', "\\<").replace('&', "\\&"));
    put(&root, CORE, entry(&format!("{{++{all}++}}{{>>cloud<<}}")));
    let changes = fs::read_to_string(root.join("content/assessments/zei/changes.toml")).expect("the fixture has it");
    let changes =
        changes.replace("クラウドの利用に伴う追記", &format!("=1+1 {HTML} {} #panic()", TERA.replace('"', "'")));
    put(&root, "content/assessments/zei/changes.toml", changes);
    let toml = fs::read_to_string(root.join("content/municipalities/hikari/municipality.toml")).expect("it is there");
    put(&root, "content/municipalities/hikari/municipality.toml", toml.replace("[\"pdf\"", "[\"html\", \"pdf\""));
    let out = folder.path().join("out");
    let outcome = build_all(&root, &out);
    let words = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    assert!(!outcome.diagnostics.has_errors(), "{words}");
    let bytes = |name: &str| fs::read(out.join(format!("hikari/zei/{name}"))).expect("it was made");

    let pages = crate::pdf_text::pages(&bytes("assessment.pdf")).concat();
    for code in [TYPST, HTML, TERA, FORMULA] {
        assert!(pages.contains(&bare(code)), "{code} is not in the PDF as it was written");
    }
    let page = String::from_utf8(bytes("assessment.html")).expect("HTML is UTF-8");
    assert!(!page.contains("<script") && !page.contains("<img"), "a tag came through");
    assert!(page.contains("&lt;script&gt;") && page.contains("include"), "and its words are gone");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes("change-list.xlsx"))).expect("a workbook is a zip");
    for index in 0..archive.len() {
        let mut text = String::new();
        let mut part = archive.by_index(index).expect("the part can be read");
        part.read_to_string(&mut text).expect("every part is text");
        assert!(!text.contains("<f>") && !text.contains("<f ") && !text.contains("<script"), "part {index}");
    }
    assert!(!files(&out).values().any(|bytes| String::from_utf8_lossy(bytes).contains("root:x:")));
}

#[test]
fn no_path_leads_out_of_the_workspace() {
    let (folder, root) = town();
    put(folder.path(), "outside.md", entry("外の文。"));
    let toml = fs::read_to_string(root.join("content/municipalities/hikari/municipality.toml")).expect("it is there");
    for id in ["../evil", "/tmp/evil", "a/b", "a\\\\b", ".hidden", "", "C:evil", "評価書"] {
        let toml = toml.replacen("id = \"change-list\"", &format!("id = \"{id}\""), 1);
        put(&root, "content/municipalities/hikari/municipality.toml", toml);
        assert!(said(&root).0.contains("H0717"), "{id}");
    }
    put(&root, "content/municipalities/hikari/municipality.toml", toml);
    for (text, code) in [("{{> ../facts}}", "H0301"), ("{{> /etc/passwd}}", "H0301"), ("{{../../x}}", "H0303")] {
        put(&root, CORE, entry(text));
        assert!(said(&root).0.contains(code), "{text}");
    }
    put(&root, CORE, entry("文。"));
    let basic = fs::read_to_string(root.join("content/assessments/zei/basic.md")).expect("it is there");
    put(&root, "content/assessments/zei/basic.md", basic.replace("\"core\"", "\"../../../../../outside\""));
    let (codes, words) = said(&root);
    assert!(codes.contains("H0311") && !words.contains("外の文"), "{words}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_workspace() {
    use std::os::unix::fs::symlink;
    let (folder, root) = town();
    put(folder.path(), "outside/secret.md", entry("外の文。"));
    put(folder.path(), "outside/main.typ", "外の文。");
    symlink(folder.path().join("outside/secret.md"), root.join("content/fragments/one.md"))
        .expect("a link can be made");
    symlink(folder.path().join("outside"), root.join("content/fragments/folder")).expect("a link can be made");
    fs::create_dir_all(root.join("templates/typst")).expect("a folder can be made");
    symlink(folder.path().join("outside/main.typ"), root.join("templates/typst/main.typ")).expect("a link can be made");
    let checked = hyoka::session::read(&root).expect("the workspace can be read");
    let outside = checked.diagnostics.sorted().into_iter().filter(|found| found.code.id() == "H0102").count();
    assert_eq!(outside, 3);
    assert!(!checked.workspace.sources.iter().any(|(_, file)| file.text.contains("外の文")));
    assert!(!checked.workspace.templates.below("").any(|(_, text)| text.contains("外の文")));
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let (_folder, root) = town();
    let path = root.join("content/fragments/huge.md");
    let file = fs::File::create(&path).expect("a file can be made");
    file.set_len(100 * 1024 * 1024).expect("a file may be sparse");
    let (codes, words) = said(&root);
    assert!(codes.contains("H0711") && words.contains("huge.md（100 MB、上限 8 MB）"), "{words}");
    // Many files that are each small enough have a bound too.
    fs::remove_file(&path).expect("it can be removed");
    for number in 0..=WORKSPACE_MAX_BYTES / FILE_MAX_BYTES {
        let length = usize::try_from(FILE_MAX_BYTES).expect("a file's bound is no more than memory has");
        put(&root, &format!("content/large-{number}.toml"), "\n".repeat(length));
    }
    let (codes, words) = said(&root);
    assert!(codes.contains("H0711") && words.contains("上限 64 MB"), "{words}");
}

#[test]
fn deep_and_long_nesting_ends() {
    let lists = entry(&(0..10_000).map(|depth| format!("{}- 項\n", "  ".repeat(depth % 300))).collect::<String>());
    let long = "あ".repeat(100_000);
    for text in [
        entry(&format!("{}項", "- ".repeat(10_000))),
        entry(&format!("{}引用", "> ".repeat(10_000))),
        entry(&format!("{}強", "*".repeat(10_000))),
        entry(&format!("[{}", "[".repeat(50_000))),
        lists,
        entry(&long),
    ] {
        codes_of(CORE, text);
    }
    for toml in [
        format!("a = {}1{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("a = {}1{}", "{ a = ".repeat(10_000), " }".repeat(10_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
        format!("[{}a]\nb = 1", "a.".repeat(100_000)),
    ] {
        let (codes, words) = codes_of("content/facts.toml", &toml);
        assert!(!codes.is_empty(), "{words}");
    }
}

#[test]
fn nested_lists_are_set_in_every_format() {
    let (folder, root) = town();
    put(&root, CORE, entry(&format!("{}項", "- ".repeat(MAX_LIST_DEPTH))));
    let toml = fs::read_to_string(root.join("content/municipalities/hikari/municipality.toml")).expect("it is there");
    put(&root, "content/municipalities/hikari/municipality.toml", toml.replace("[\"pdf\"", "[\"html\", \"pdf\""));
    let outcome = build_all(&root, &folder.path().join("out"));
    let words = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    assert!(!outcome.diagnostics.has_errors(), "{words}");
}

#[test]
fn a_flood_of_mistakes_is_told_in_time() {
    for piece in [
        "{++",
        "{!",
        "!}",
        "\u{7}",
        "\u{202e}",
        "{{x}}",
        "<b>",
        "{?",
        "\u{e000}",
        "{~~a~>",
        "{ ++",
        "・甲\n",
        "＞ 甲\n",
        "①　甲\n",
        "^[甲]",
        "[[甲]]",
        "漢《か》",
        "＊＊甲＊＊",
        "H~2~",
    ] {
        let (codes, _) = codes_of(CORE, entry(&piece.repeat(200_000 / piece.len())));
        assert!(!codes.is_empty(), "{piece:?}");
    }
    let list: Vec<String> = (0..3000).map(|number| format!("\"r{number}\"")).collect();
    let (codes, words) =
        codes_of("content/assessments/zei/basic.md", format!("+++\n[values]\nsystem = [{}]\n+++\n", list.join(",")));
    assert!(codes.contains("H0716") && words.contains("3000 件"), "{words}");
}

#[test]
fn other_encodings_are_named_with_their_line() {
    let text = entry("賦課と収納を管理する。窓口で申請書を受け付ける。");
    for (bytes, guess) in [
        (encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(), "Shift_JIS と思われます"),
        (encoding_rs::EUC_JP.encode(&text).0.into_owned(), "EUC-JP と思われます"),
        (
            [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat(),
            "UTF-16LE",
        ),
        ([text.as_bytes(), &[0xed, 0xa0, 0x80]].concat(), "CESU-8"),
        ([text.as_bytes(), &[0xff]].concat(), "UTF-8"),
    ] {
        let (codes, words) = codes_of(CORE, bytes);
        assert!(codes.contains("H0101"), "{words}");
        assert!(words.contains(guess) && words.contains("行目") && words.contains("保存し直してください"), "{words}");
    }
    let (_, words) = codes_of(CORE, encoding_rs::SHIFT_JIS.encode(&text).0);
    assert!(words.contains("core.md の 3 行目"), "{words}");
}

#[test]
fn lone_surrogates_are_no_characters() {
    let (codes, words) = codes_of("content/facts.toml", "[facts]\nstart = \"\\uD800\"\n");
    assert!(codes.contains("H0103") && words.contains("facts.toml:2:12"), "{words}");
    let (codes, words) = codes_of(CORE, entry("文&#xD800;字"));
    assert!(codes.is_empty() || codes.contains("H0401"), "{words}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let (folder, root) = town();
    let plain = folder.path().join("plain");
    build_all(&root, &plain);
    for entry in walkdir::WalkDir::new(root.join("content")) {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            let text = fs::read_to_string(entry.path()).expect("the fixture is UTF-8");
            fs::write(entry.path(), format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("it can be written");
        }
    }
    let (codes, words) = said(&root);
    assert!(codes.is_empty(), "{words}");
    let other = folder.path().join("other");
    build_all(&root, &other);
    let documents = |folder: &Path| {
        let mut files = files(folder);
        files.retain(|path, _| !path.ends_with(".stamp.json"));
        files
    };
    assert!(documents(&plain) == documents(&other), "a document differs");
}
