//! The same content as different editors save it: with a byte order mark, with CR LF, with both kinds of line ends in one file, under
//! decomposed names. It reads the same, and every command that writes leaves it as its editor saved it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hyoka::desk::checklist::Mode;
use hyoka::desk::{AcceptOrder, MarkOrder, Notation, SignOrder, accept, freeze, sign, write_marks};
use hyoka::diagnostic::{Lang, short};
use hyoka::session::read;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use crate::returned::{CHECKLIST, Desk, exported};
use crate::support::{files, named, town_copy};

const CORE: &str = "content/assessments/zei/system/core.md";
/// A record whose name has characters that some disks decompose.
const PORTAL: &str = "content/assessments/zei/system/ポータル.md";

/// How an editor saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editor {
    /// Without a mark, with LF.
    Plain,
    /// A mark and CR LF, as in Windows.
    Windows,
    /// A mark alone.
    Mark,
    /// CR LF at every other line.
    Mixed,
    /// Names decomposed, as on the disks of some systems.
    Decomposed,
}

impl Editor {
    fn save(self, text: &str) -> String {
        match self {
            Self::Plain | Self::Decomposed => text.to_owned(),
            Self::Windows => format!("\u{feff}{}", text.replace('\n', "\r\n")),
            Self::Mark => format!("\u{feff}{text}"),
            Self::Mixed => {
                let lines = text.split_inclusive('\n').enumerate();
                let end = |number: usize| if number.is_multiple_of(2) { "\r\n" } else { "\n" };
                lines.map(|(number, line)| line.replace('\n', end(number))).collect()
            }
        }
    }

    fn name(self, path: &str) -> String {
        if self == Self::Decomposed { path.nfd().collect() } else { path.to_owned() }
    }

    /// Saves every file of a workspace.
    fn save_all(self, root: &Path) {
        for (path, bytes) in files(&root.join("content")) {
            let text = String::from_utf8(bytes).expect("the fixture is text");
            let name = self.name(&path);
            let place = root.join("content").join(&path);
            fs::remove_file(&place).expect("it is there");
            fs::write(root.join("content").join(name), self.save(&text)).expect("it can be written");
        }
    }

    /// Whether a file that was saved so and rewritten to this text is still saved so.
    fn has_kept(self, before: &str, after: &str) -> bool {
        match self {
            Self::Plain | Self::Decomposed => !after.contains(['\r', '\u{feff}']),
            Self::Windows => {
                after.starts_with('\u{feff}') && after.matches('\n').count() == after.matches("\r\n").count()
            }
            Self::Mark => after.starts_with('\u{feff}') && !after.contains('\r'),
            Self::Mixed => {
                // A line that stands once in both has its own end.
                let ends = |text: &str| {
                    let mut ends: BTreeMap<String, Vec<bool>> = BTreeMap::new();
                    for line in text.split_inclusive('\n') {
                        ends.entry(line.trim_end().to_owned()).or_default().push(line.ends_with("\r\n"));
                    }
                    ends
                };
                let (before, after) = (ends(before), ends(after));
                before
                    .iter()
                    .filter(|(_, ends)| ends.len() == 1)
                    .all(|(line, own)| after.get(line).is_none_or(|now| now.len() != 1 || now == own))
            }
        }
    }
}

/// The town as an editor saves it.
struct Town {
    _folder: TempDir,
    root: PathBuf,
    editor: Editor,
}

impl Town {
    fn new(editor: Editor) -> Self {
        let folder = town_copy();
        let root = folder.path().join("town");
        fs::rename(root.join("content/assessments/zei/system/portal.md"), root.join(PORTAL)).expect("it is there");
        let town = Self { _folder: folder, root, editor };
        town.edit("content/assessments/zei/basic.md", "{++portal++}", "{++ポータル++}");
        editor.save_all(&town.root);
        town
    }

    /// Edits words inside of a line, as the editor does.
    fn edit(&self, path: &str, old: &str, new: &str) {
        let place = self.root.join(self.editor.name(path));
        let text = fs::read_to_string(&place).expect("the town has the file");
        assert!(text.contains(old), "{old} is not in {path}");
        fs::write(place, text.replace(old, new)).expect("it can be written");
    }

    fn said(&self) -> String {
        let checked = read(&self.root).expect("it can be read");
        short(&checked.diagnostics, &checked.workspace.sources, Lang::Ja)
    }

    /// Every command that writes, one after the other; after each the content.
    fn worked(&self) -> Vec<(&'static str, BTreeMap<String, Vec<u8>>)> {
        let content = || files(&self.root.join("content"));
        let mut steps = vec![("saved", content())];
        let (municipality, case) = ("hikari".into(), "zei".into());
        let frozen = freeze(&self.root, &named("hikari/zei/first"), "公表した評価書").expect("it can be frozen");
        assert!(!frozen.diagnostics.has_errors());
        steps.push(("freeze", content()));
        self.edit(CORE, "賦課と収納を管理する。", "賦課と収納と督促を管理する。");
        let order = MarkOrder {
            since: Some("first".into()),
            change: Some("cloud".into()),
            notation: Notation::Leave,
            ..MarkOrder::default()
        };
        let marked = write_marks(&self.root, &order).expect("the edition is there");
        assert_eq!(marked.by_hand, []);
        steps.push(("mark", content()));
        let items = vec!["basic".into()];
        let order = SignOrder { municipality, case, items, by: "税務課長".into(), on: "令和8年4月1日".into() };
        assert!(sign(&self.root, &order).expect("the items are there").items > 0);
        steps.push(("sign", content()));
        for change in ["new-system", "cloud"] {
            let order = AcceptOrder {
                municipality: "hikari".into(),
                case: "zei".into(),
                edition: format!("after-{change}").into(),
                title: "次の版".into(),
                changes: vec![change.into()],
            };
            let accepted = accept(&self.root, &order).expect("the change is there");
            assert!(!accepted.diagnostics.has_errors());
            steps.push(("accept", content()));
        }
        steps
    }
}

/// The text as all editors would show it.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).expect("it is text");
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

#[test]
fn every_command_that_writes_keeps_what_the_editor_does() {
    let plain = Town::new(Editor::Plain).worked();
    for editor in [Editor::Windows, Editor::Mark, Editor::Mixed, Editor::Decomposed] {
        let town = Town::new(editor);
        let saved = files(&town.root.join("content"));
        for ((step, files), (_, expected)) in town.worked().iter().zip(&plain) {
            let read: BTreeMap<String, String> =
                files.iter().map(|(path, bytes)| (path.nfc().collect(), shown(bytes))).collect();
            let expected: BTreeMap<String, String> =
                expected.iter().map(|(path, bytes)| (path.clone(), shown(bytes))).collect();
            assert_eq!(read, expected, "{editor:?}, {step}");
            for (path, bytes) in files.iter().filter(|(path, _)| saved.contains_key(*path)) {
                let (before, after) = (String::from_utf8_lossy(&saved[path]), String::from_utf8_lossy(bytes));
                assert!(editor.has_kept(&before, &after), "{editor:?}, {step}, {path}:\n{after:?}");
            }
            // Nothing stands twice, under a composed and under a decomposed name.
            assert_eq!(read.len(), files.len(), "{editor:?}, {step}");
        }
    }
}

#[test]
fn answers_come_back_into_a_checklist_of_any_editor() {
    let mut book = exported();
    let row = book.row_of(1, "ds-02");
    book.sheet(1, |rows| {
        rows.set(&format!("D{row}"), "○");
    });
    let written = |editor: Editor| {
        let desk = Desk::new().with("回答.xlsx", &book.bytes());
        editor.save_all(&desk.root());
        let before = desk.source();
        let imported = desk.import(Mode::Write);
        assert_eq!(imported.written, [CHECKLIST], "{editor:?}");
        assert!(editor.has_kept(&before, &desk.source()), "{editor:?}: {:?}", desk.source());
        assert_ne!(before, desk.source());
        shown(desk.source().as_bytes())
    };
    let plain = written(Editor::Plain);
    for editor in [Editor::Windows, Editor::Mark, Editor::Mixed] {
        assert_eq!(written(editor), plain, "{editor:?}");
    }
}

#[test]
fn mistakes_are_at_the_same_place() {
    let mistake = |editor: Editor| {
        let town = Town::new(editor);
        town.edit(CORE, "収納を", "{{場処}}を");
        town.edit(CORE, "connections", "conections");
        town.edit("content/municipalities/hikari/zei/case.toml", "stage =", "stege =");
        town.edit(PORTAL, "## functions", "##　functions");
        town.said()
    };
    let plain = mistake(Editor::Plain);
    assert!(plain.contains(&format!("{CORE}:9:4: ")) && plain.contains("case.toml:2:1: "), "{plain}");
    assert!(plain.contains(PORTAL), "{plain}");
    for editor in [Editor::Windows, Editor::Mark, Editor::Mixed, Editor::Decomposed] {
        assert_eq!(mistake(editor), plain, "{editor:?}");
    }
}

#[test]
fn decomposed_text_is_named_marked_and_kept() {
    let town = Town::new(Editor::Windows);
    let decomposed: String = "賦課と収納をが管理する。".nfd().collect();
    town.edit(CORE, "賦課と収納を管理する。", &decomposed);
    assert!(town.said().contains("[H0630]"), "{}", town.said());
    freeze(&town.root, &named("hikari/zei/first"), "公表した評価書").expect("it can be frozen");
    town.edit(CORE, "管理する。", "管理し、督促する。");
    let order = MarkOrder {
        since: Some("first".into()),
        change: Some("cloud".into()),
        notation: Notation::Leave,
        ..MarkOrder::default()
    };
    assert_eq!(write_marks(&town.root, &order).expect("the edition is there").by_hand, []);
    let text = fs::read_to_string(town.root.join(CORE)).expect("it is there");
    assert!(text.contains("か\u{3099}") && text.contains("++}{>>cloud<<}"), "{text}");
    assert!(Editor::Windows.has_kept("", &text));
}

/// A clerk on a system that decomposes names may paste one into a value: it finds its file and is named.
#[test]
fn decomposed_ids_and_keys_find_what_they_name() {
    let town = Town::new(Editor::Plain);
    let decomposed = |text: &str| text.nfd().collect::<String>();
    assert_eq!(town.said(), "");
    town.edit("content/assessments/zei/basic.md", "ポータル", &decomposed("ポータル"));
    let facts = fs::read_to_string(town.root.join("content/facts.toml")).expect("the town has facts");
    let facts = facts.replacen("[facts]\n", &decomposed("[facts]\n\"窓口で\" = \"税務課の窓口\"\n"), 1);
    fs::write(town.root.join("content/facts.toml"), facts).expect("it can be written");
    town.edit(CORE, "賦課と", "{{窓口で}}が賦課と");
    let said = town.said();
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("content/")).collect();
    assert!(lines.len() == 2 && lines.iter().all(|line| line.contains("[H0630]")), "{said}");
    assert!(said.contains("content/facts.toml:") && said.contains("content/assessments/zei/basic.md:"), "{said}");
}
