//! Every form of `templates/forms`, filled with random data: it is read, filled and rendered, as PDF and as a workbook.
//!
//! The rules of the forms are left out here: random answers break them, and they have their cases.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use hyoka::desk::ImportMode;
use hyoka::desk::items::{Node, chapters, find};
use hyoka::diagnostic::{Diagnostics, Lang, Tone, render};
use hyoka::model::manifest::{FormDef, ItemDef, ItemKind, Repeat, SectionLayout};
use hyoka::model::{Library, Memory};
use hyoka::source::{Templates, Workspace};
use tempfile::TempDir;

use crate::coming_back::{empty, order, run, said, texts};
use crate::support::build_all;

/// How each form is filled, one case for each.
const FILLINGS: [Filling; 3] = [Filling::Random, Filling::Random, Filling::Full];
/// Letters of the longest text of a section that is filled in full.
const LETTERS: usize = 5_000;
/// Records of a group that is filled in full.
const RECORDS: usize = 9;
/// The files of each case.
const FILES: [&str; 2] = ["ichi", "ni"];
/// Pieces of texts: what a form's cell must bear.
const PIECES: &[&str] = &[
    "住民の申請による。",
    "番号法第9条第1項",
    "（別紙のとおり）",
    "システム",
    "ABC 123",
    "とても長い名称の業務統合基盤連携管理サーバー",
    "「引用」と※印",
    "\n- 一つ目\n- 二つ目\n",
    "\n\n＜小見出し＞\n\n",
];

/// What a case holds（記載の量）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// By chance: none, one or some of everything.
    Random,
    /// Every item, every box, many records; one text of a section of thousands of letters, the others of one.
    Full,
}

/// One random number after another.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).expect("small")).expect("small")
    }

    fn text(&mut self) -> String {
        (0..=self.below(12)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn line(&mut self) -> String {
        (0..=self.below(3)).map(|_| PIECES[self.below(PIECES.len() - 2)]).collect()
    }
}

/// Writes the entries of one form.
struct Writer<'a> {
    form: &'a FormDef,
    filling: Filling,
    random: Random,
    /// Path below the case's folder, without the ending, and text.
    files: BTreeMap<String, String>,
    /// Records that a count of the section has promised, by group.
    counted: BTreeMap<String, usize>,
}

impl Writer<'_> {
    fn all(&mut self) {
        for section in &self.form.section {
            let id = &section.id.value;
            let names: Vec<String> = match section.repeat {
                Some(Repeat::File) => FILES.iter().map(|file| format!("{id}/{file}")).collect(),
                None => vec![id.to_string()],
            };
            for name in names {
                match section.layout {
                    SectionLayout::Records => {
                        let items = section.items.iter().map(|item| &item.id.value);
                        let text = items.map(|item| format!("## {item}\n\n- 個人番号\n- 氏名\n\n"));
                        self.files.insert(name, format!("+++\n+++\n\n{}", text.collect::<String>()));
                    }
                    SectionLayout::Contents | SectionLayout::Changes | SectionLayout::Flows => {}
                    _ => self.entries(name, &section.items),
                }
            }
        }
    }

    /// Whether something is filled in that need not be.
    fn takes(&mut self) -> bool {
        self.filling == Filling::Full || self.random.below(2) == 0
    }

    /// How many records a group has.
    fn count(&mut self) -> usize {
        if self.filling == Filling::Full { RECORDS } else { self.random.below(4) }
    }

    fn entries(&mut self, path: String, items: &[ItemDef]) {
        let (mut values, mut texts) = (String::new(), String::new());
        self.items(items, &mut values, &mut texts);
        self.files.insert(path, format!("+++\n[values]\n{values}+++\n\n{texts}"));
    }

    fn items(&mut self, items: &[ItemDef], values: &mut String, texts: &mut String) {
        for item in items {
            self.item(item, values, texts);
            if item.kind != ItemKind::Group {
                self.items(&item.ticks, values, texts);
                self.items(&item.items, values, texts);
            }
        }
    }

    fn item(&mut self, item: &ItemDef, values: &mut String, texts: &mut String) {
        let id = &item.id.value;
        // Repeated answers follow from others.
        if item.repeats.is_some() {
            return;
        }
        if let (ItemKind::Number, Some(group)) = (item.kind, id.strip_suffix("-count")) {
            let count = self.count();
            self.counted.insert(group.to_owned(), count);
            return writeln!(values, "{id} = {count}").expect("a string takes all");
        }
        if !item.is_required() && item.kind != ItemKind::Group && !self.takes() {
            return;
        }
        let list = item.options.as_ref().map(|list| self.form.option_list(&list.value).expect("the form has the list"));
        let written = match item.kind {
            ItemKind::Text => {
                let text = match self.filling {
                    Filling::Random => format!("記載{}", self.random.text()),
                    Filling::Full if texts.is_empty() => "記載する。".repeat(LETTERS / 5),
                    Filling::Full => "記".to_owned(),
                };
                return writeln!(texts, "## {id}\n\n{text}\n").expect("a string takes all");
            }
            ItemKind::Line => format!("'{}'", self.random.line()),
            ItemKind::Number => self.random.below(100).to_string(),
            ItemKind::Date => "'令和8年4月1日'".to_owned(),
            ItemKind::Tick => self.takes().to_string(),
            ItemKind::Choice => {
                let labels = &list.expect("a choice has options").labels;
                format!("'{}'", labels[self.random.below(labels.len())])
            }
            ItemKind::Checks => {
                let list = list.expect("checks have options");
                let mut chosen = Vec::new();
                for label in &list.labels {
                    if chosen.is_empty() || self.takes() {
                        let text = list.with_text.contains(label).then(|| self.random.line());
                        let text = text.map(|text| format!("（{text}）")).unwrap_or_default();
                        chosen.push(format!("'{label}{text}'"));
                    }
                }
                format!("[{}]", chosen.join(", "))
            }
            ItemKind::Group => {
                let records: Vec<String> = {
                    let count = self.counted.remove(id.as_str()).unwrap_or_else(|| self.count());
                    (0..count).map(|at| format!("r{at}")).collect()
                };
                for record in &records {
                    self.entries(format!("{id}/{record}"), &item.items);
                }
                let records: Vec<String> = records.iter().map(|record| format!("'{record}'")).collect();
                format!("[{}]", records.join(", "))
            }
            ItemKind::Band | ItemKind::Fixed | ItemKind::Cluster => return,
        };
        writeln!(values, "{id} = {written}").expect("a string takes all");
    }
}

/// All built-in forms by id, whole.
fn forms() -> Vec<FormDef> {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    fs::create_dir(folder.path().join("content")).expect("a folder can be made");
    let mut diagnostics = Diagnostics::new();
    let mut workspace = Workspace::open(folder.path(), &mut diagnostics).expect("it has a content folder");
    let library = Library::read(&mut workspace, &Memory::default(), &mut diagnostics);
    let said = render(&diagnostics, &workspace.sources, Lang::Ja, Tone::Plain);
    assert!(diagnostics.is_empty(), "the built-in forms have mistakes:\n{said}");
    library.forms.values().map(|read| FormDef::clone(&read.value)).collect()
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// The forms of the workspace without their rules, which stand last in each file.
fn put_forms(root: &Path) {
    for (path, text) in Templates::default().below("forms/") {
        let lines = text.lines().take_while(|line| !line.starts_with("[rules") && !line.starts_with("[[rules"));
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        put(&root.join("templates").join(path), &text);
    }
}

/// A town with a case of every form, filled at random.
pub(crate) struct EveryForm {
    folder: TempDir,
    /// Form and case.
    pub(crate) cases: Vec<(FormDef, String)>,
    /// What was told while its documents were made.
    told: String,
    failed: bool,
}

impl EveryForm {
    /// A file of the workspace.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("town").join(path)
    }
}

/// The town with its documents, made once.
pub(crate) fn every_form() -> &'static EveryForm {
    static MADE: LazyLock<EveryForm> = LazyLock::new(made);
    &MADE
}

fn made() -> EveryForm {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    let root = folder.path().join("town");
    put_forms(&root);
    let mut settings = "name = \"ひかり町\"\ncode = \"999997\"\n".to_owned();
    let mut cases = Vec::new();
    for form in forms() {
        for (time, filling) in FILLINGS.into_iter().enumerate() {
            let case = format!("{}-{time}", form.id.value);
            let seed = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(cases.len() as u64 + 1);
            let mut writer =
                Writer { form: &form, filling, random: Random(seed), files: BTreeMap::new(), counted: BTreeMap::new() };
            writer.all();
            let own = root.join("content/assessments").join(&case);
            put(&own.join("assessment.toml"), &format!("form = \"{}\"\ntitle = \"{}\"\n", form.id.value, form.title));
            for (path, text) in &writer.files {
                put(&own.join(format!("{path}.md")), text);
            }
            let files: String =
                FILES.iter().map(|file| format!("[[file]]\nid = \"{file}\"\nname = \"{file}ファイル\"\n")).collect();
            let toml = format!("title = \"{}\"\ndate = \"2026-04-01\"\n{files}", form.title);
            put(&root.join(format!("content/municipalities/hikari/{case}/case.toml")), &toml);
            write!(
                settings,
                "\n[[document]]\ncase = \"{case}\"\nid = \"assessment\"\nkind = \"assessment\"\ntitle = \"{}\"\nformats = [\"pdf\", \"xlsx\"]\n",
                form.title
            )
            .expect("a string takes all");
            cases.push((form.clone(), case));
        }
    }
    put(&root.join("content/municipalities/hikari/municipality.toml"), &settings);
    let outcome = build_all(&root, &root.join("build"));
    let told = render(&outcome.diagnostics, &outcome.sources, Lang::Ja, Tone::Plain);
    EveryForm { folder, cases, told, failed: outcome.diagnostics.has_errors() }
}

#[test]
fn every_form_comes_back_by_its_own_workbook() {
    let town = every_form();
    let checked = hyoka::session::read(&town.path(".")).expect("it can be read");
    for (_, case) in &town.cases {
        let folder = empty();
        put_forms(folder.path());
        let file = town.path(&format!("build/hikari/{case}/assessment.xlsx"));
        let outcome = run(folder.path(), &order(&file, ImportMode::Write));
        assert_eq!(said(&outcome.diagnostics), "", "{case}");
        let back = hyoka::session::read(folder.path()).expect("what was written can be read");
        let (back, own) =
            (&back.model.municipalities[0].cases[case.as_str()], &checked.model.municipalities[0].cases[case.as_str()]);
        assert_eq!(texts(back), texts(own), "{case}");
    }
}

/// Whoever looks for an item looks into the sections that its path begins with, and into no other.
#[test]
fn every_item_stands_in_the_chapter_that_its_path_begins_with() {
    let town = every_form();
    let checked = hyoka::session::read(&town.path(".")).expect("it can be read");
    let forms = checked.model.cases().flat_map(|(_, case)| &case.forms);
    let mut looked = 0;
    for form in forms {
        for chapter in chapters(form) {
            let nodes = chapter.nodes.iter();
            let items = nodes.filter_map(|node| if let Node::Item(item) = node { Some(&item.path) } else { None });
            let items: Vec<_> = items.collect();
            assert_eq!(items.iter().find(|path| !path.is_in(chapter.path)), None, "{}", chapter.path);
            if let Some(last) = items.last() {
                assert!(find(form, last).is_some_and(|found| found.path == **last), "{last}");
            }
            looked += items.len();
        }
    }
    assert!(looked > 1000, "{looked} items");
}

#[test]
fn every_form_is_filled_and_rendered() {
    let town = every_form();
    let wrong: Vec<&str> = town.told.split("\n\n").filter(|one| one.starts_with("誤り")).collect();
    assert!(!town.failed, "{}", wrong.join("\n\n"));
    assert!(town.cases.len() >= 10, "{} cases", town.cases.len());
    for (_, case) in &town.cases {
        for (ending, head) in [("pdf", &b"%PDF"[..]), ("xlsx", &b"PK"[..])] {
            let path = town.path(&format!("build/hikari/{case}/assessment.{ending}"));
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(bytes.starts_with(head) && bytes.len() > 3000, "{} is no {ending}", path.display());
        }
    }
}
