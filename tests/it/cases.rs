//! Mistakes of an author: one file of `tests/cases/` each, its message kept as a snapshot in both languages.
//!
//! # A case file
//! The head says in words what is wrong, and then, a line each:
//!
//! - `codes: H0106`: all codes that must be reported, and no other.
//! - `says: 語句`: words or a place that the Japanese message must hold, where the snapshot alone would not tell right from wrong.
//! - `says not: 語句`: words that it must not hold.
//! - `passes: H0601`: rules that the case keeps, although it is near to breaking them.
//! - `fixture: city`: changes that fixture; otherwise `town`.
//! - `edition: id`: the fixture is first frozen as an edition of this id, and held against it; of `city` its submission.
//! - `issued: id`: what it prints is recorded as issued on that edition.
//! - `run: build`: builds, where the check alone cannot see the mistake.
//! - `bug: …`: the program does not do so yet, and why. Such a case has no snapshot, and fails once the program does so.
//!
//! Then come sections over the fixture: `tests/fixtures/town` is a small form of its own, `tests/fixtures/city` the official form
//! with one entry each, a submission and a checklist; `hearing` is the city with a hearing of the public.
//!
//! | section | what it does |
//! |---|---|
//! | `=== path` | the file has the lines below; it is added or replaced |
//! | `=== edit path` | each `- line` of the file becomes the `+ lines` after it; the line must stand there once |
//! | `=== replace path` | as `edit`, but for pieces of lines; a built-in template is copied into the workspace first |
//! | `=== delete path` | the file is gone |
//! | `=== bytes path` | the file has the bytes below, in hexadecimal |
//! | `=== link path target` | the file is a link |

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use hyoka::diagnostic::{Code, Diagnostics, Lang, SourceMap, Tone, render, summary};
use hyoka::press::{Order, Quiet};
use unicode_width::UnicodeWidthStr;

use crate::support::{copy, named, repository};

/// Codes that the content of a workspace cannot cause, each with its reason.
const NO_CASE: &[(&str, &str)] = &[
    ("H0110", "TomlOther: what the types refuse, their schema refuses first"),
    ("H0707", "WithheldElsewhere: said where a public copy is made (module `withheld`)"),
    ("H0711", "FileTooLarge: the file is made by its test (module `hostile`)"),
    ("H0554", "FormNone: a workbook is no source (module `importing`)"),
    ("H0555", "FormMarked: as H0554"),
    ("H0556", "FormCellUnplaced: as H0554"),
    ("H0557", "FormValueUnknown: as H0554"),
    ("H0558", "FormLabelNear: as H0554"),
    ("H0559", "FormExists: as H0554"),
    ("H0560", "FormDocument: as H0554"),
    ("H0661", "QuoteDiffers: a 評価書 beside the main one causes it (tests/it/beside.rs)"),
    ("H0561", "QuoteOther: an imported workbook causes it (tests/it/beside_import.rs)"),
    ("H0562", "QuoteBlank: as H0561"),
    ("H0765", "FormLabelReplaced: an imported workbook causes it (tests/it/word_ledger.rs)"),
    ("H0764", "FormDaySecond: an imported workbook causes it (tests/it/importing.rs)"),
    ("H0358", "PrintedWords: the rule of the edition tells of an item's words first; this holds it to that"),
    ("H0402", "LayoutUnstable: the built-in templates settle for every content that is known"),
    ("H0404", "PageUnknown: a mark whose page cannot be measured is our bug (cases `deleted-…`)"),
    ("H0501", "WorkbookNot: a returned workbook causes it (tests/it/returned)"),
    ("H0502", "WorkbookDamaged: a returned workbook causes it (tests/it/returned)"),
    ("H0503", "WorkbookLocked: a returned workbook causes it (tests/it/returned)"),
    ("H0504", "WorkbookTooLarge: a returned workbook causes it (tests/it/returned)"),
    ("H0505", "ReturnedForeign: a returned workbook causes it (tests/it/returned)"),
    ("H0506", "ReturnedOther: a returned workbook causes it (tests/it/returned)"),
    ("H0507", "KeyColumnMissing: a returned workbook causes it (tests/it/returned)"),
    ("H0508", "SheetUnknown: a returned workbook causes it (tests/it/returned)"),
    ("H0509", "ColumnMissing: a returned workbook causes it (tests/it/returned)"),
    ("H0510", "ColumnTwice: a returned workbook causes it (tests/it/returned)"),
    ("H0511", "ColumnUnknown: a returned workbook causes it (tests/it/returned)"),
    ("H0512", "RowWithoutId: a returned workbook causes it (tests/it/returned)"),
    ("H0513", "CellMerged: a returned workbook causes it (tests/it/returned)"),
    ("H0514", "CellFault: a returned workbook causes it (tests/it/returned)"),
    ("H0515", "AnswerInvalid: a returned workbook causes it (tests/it/returned)"),
    ("H0516", "MeasureUnknown: a returned workbook causes it (tests/it/returned)"),
    ("H0517", "StampMissing: a returned workbook causes it (tests/it/returned)"),
    ("H0518", "MeasureTwice: a returned workbook causes it (tests/it/returned)"),
    ("H0519", "MeasureMissing: a returned workbook causes it (tests/it/returned)"),
    ("H0520", "SheetMissing: a returned workbook causes it (tests/it/returned)"),
    ("H0521", "QuestionAltered: a returned workbook causes it (tests/it/returned)"),
    ("H0522", "QuestionChanged: a returned workbook causes it (tests/it/returned)"),
    ("H0523", "AnswerMoved: a returned workbook causes it (tests/it/returned)"),
    ("H0524", "AnswersDisagree: a returned workbook causes it (tests/it/returned)"),
    ("H0527", "FilePassedOver: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0528", "NoteBeside: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0529", "HiddenWords: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0530", "HiddenAnswer: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0531", "BookUnseen: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0532", "AnswerCharacter: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0533", "FormCharacter: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0534", "FormCellFault: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0535", "FormLabelUnknown: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0536", "FormTagOther: a returned workbook causes it (tests/it/returned, tests/it/importing.rs)"),
    ("H0754", "CommentsForeign: a workbook of opinions causes it (tests/it/comments.rs)"),
    ("H0755", "CommentsOther: as H0754"),
    ("H0756", "PersonalColumn: as H0754"),
    ("H0757", "CommentsRow: as H0754"),
    ("H0758", "CommentsCell: as H0754"),
    ("H0759", "CommentsTwice: as H0754"),
    ("H0760", "CommentsMoved: as H0754"),
    ("H0761", "CommentsGone: as H0754"),
    ("H0762", "CommentsLost: as H0754"),
];

/// Whether a case is only checked or built too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Check,
    Build,
}

/// A case file, read.
struct Case<'a> {
    /// What is wrong, in words.
    words: Vec<&'a str>,
    codes: BTreeSet<&'a str>,
    passes: BTreeSet<&'a str>,
    fixture: &'a str,
    says: Vec<&'a str>,
    says_not: Vec<&'a str>,
    edition: Option<&'a str>,
    issued: Option<&'a str>,
    run: Run,
    /// Why the program does not say so yet.
    bug: Option<&'a str>,
    sections: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> Case<'a> {
    fn read(text: &'a str) -> Self {
        let mut case = Self {
            words: Vec::new(),
            codes: BTreeSet::new(),
            passes: BTreeSet::new(),
            fixture: "town",
            says: Vec::new(),
            says_not: Vec::new(),
            edition: None,
            issued: None,
            run: Run::Check,
            bug: None,
            sections: Vec::new(),
        };
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("=== ") {
                case.sections.push((head, Vec::new()));
            } else if let Some((_, lines)) = case.sections.last_mut() {
                lines.push(line);
            } else if let Some(codes) = line.strip_prefix("codes:") {
                case.codes.extend(codes.split_whitespace());
            } else if let Some(codes) = line.strip_prefix("passes:") {
                case.passes.extend(codes.split_whitespace());
            } else if let Some(fixture) = line.strip_prefix("fixture: ") {
                case.fixture = fixture;
            } else if let Some(words) = line.strip_prefix("says: ") {
                case.says.push(words);
            } else if let Some(words) = line.strip_prefix("says not: ") {
                case.says_not.push(words);
            } else if let Some(edition) = line.strip_prefix("edition: ") {
                case.edition = Some(edition);
            } else if let Some(issued) = line.strip_prefix("issued: ") {
                case.issued = Some(issued);
            } else if let Some(bug) = line.strip_prefix("bug: ") {
                case.bug = Some(bug);
            } else if line == "run: build" {
                case.run = Run::Build;
            } else if !line.is_empty() {
                case.words.push(line);
            }
        }
        assert!(!case.words.is_empty(), "a case says in words what is wrong");
        assert!(!case.sections.is_empty(), "a case changes the fixture");
        case
    }

    /// Changes a copy of the fixture.
    fn apply(&self, root: &Path) {
        let (slug, case) = if self.fixture == "city" { ("aozora", "kessai") } else { ("hikari", "zei") };
        if let Some(edition) = self.edition {
            let frozen = hyoka::desk::freeze(root, &named(&format!("{slug}/{case}/{edition}")), "公表した評価書")
                .expect("it can be frozen");
            assert!(!frozen.diagnostics.has_errors(), "the fixture has no mistakes");
        }
        if let Some(id) = self.issued {
            let order = hyoka::desk::IssueOrder {
                municipality: slug.into(),
                case: case.into(),
                id: id.into(),
                title: "意見の募集に付した素案".to_owned(),
                date: "2026-04-01".to_owned(),
            };
            hyoka::desk::issue(root, &order).expect("it has an edition");
        }
        for (head, lines) in &self.sections {
            let words: Vec<&str> = head.split_whitespace().collect();
            match words[..] {
                ["edit", path] => edit(&root.join(path), lines),
                ["replace", path] => replace(root, path, lines),
                ["delete", path] => fs::remove_file(root.join(path)).expect("the fixture has the file"),
                ["bytes", path] => put(&root.join(path), &from_hexadecimal(lines)),
                ["link", path, target] => link(&root.join(path), target),
                [path] => put(&root.join(path), format!("{}\n", lines.join("\n").trim_end()).as_bytes()),
                _ => panic!("no such section: {head}"),
            }
        }
    }
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

fn edit(path: &Path, lines: &[&str]) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut out: Vec<&str> = text.lines().collect();
    let mut at = None;
    for line in lines {
        if let Some(old) = line.strip_prefix("- ") {
            let places: Vec<usize> = (0..out.len()).filter(|index| out[*index] == old).collect();
            let [place] = places[..] else { panic!("`{old}` stands {} times in {}", places.len(), path.display()) };
            out.remove(place);
            at = Some(place);
        } else if let Some(new) = line.strip_prefix('+') {
            let place = at.expect("a `+` line follows the `-` line that it replaces");
            out.insert(place, new.strip_prefix(' ').unwrap_or(new));
            at = Some(place + 1);
        } else {
            assert!(line.is_empty(), "an edit has lines with `- ` and `+ `: {line}");
        }
    }
    put(path, format!("{}\n", out.join("\n")).as_bytes());
}

/// Replaces pieces of a file, each of which stands there once.
fn replace(root: &Path, path: &str, lines: &[&str]) {
    let file = root.join(path);
    if !file.exists() {
        put(&file, &fs::read(repository().join(path)).expect("a built-in template"));
    }
    let mut text = fs::read_to_string(&file).expect("the file is UTF-8");
    for pair in lines.chunks(2) {
        let [old, new] = pair else { continue };
        let old = old.strip_prefix("- ").expect("first what is replaced");
        let new = new.strip_prefix("+ ").expect("then what stands for it");
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        text = text.replace(old, new);
    }
    put(&file, text.as_bytes());
}

fn from_hexadecimal(lines: &[&str]) -> Vec<u8> {
    let digits = lines.iter().flat_map(|line| line.split_whitespace());
    digits.map(|byte| u8::from_str_radix(byte, 16).expect("two hexadecimal digits")).collect()
}

#[cfg(unix)]
fn link(path: &Path, target: &str) {
    std::os::unix::fs::symlink(target, path).expect("a link can be made");
}

/// Elsewhere a link needs rights that a test has not; a copy of the target does not show the mistake, so there is none.
#[cfg(not(unix))]
fn link(_path: &Path, _target: &str) {}

/// A copy of a fixture in `town/`, which vanishes with the value.
fn fixture_copy(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    if name == "hearing" {
        copy(&repository().join("tests/fixtures/city"), &folder.path().join("town"));
    }
    copy(&repository().join("tests/fixtures").join(name), &folder.path().join("town"));
    folder
}

/// What a workspace says of itself.
fn diagnose(root: &Path, run: Run) -> (Diagnostics, SourceMap) {
    let checked = hyoka::session::read(root).expect("the workspace can be read");
    if run == Run::Check {
        return (checked.diagnostics, checked.workspace.sources);
    }
    assert!(!checked.diagnostics.has_errors(), "the check sees it already: `run: build` is not needed");
    let outcome = hyoka::press::build(root, &root.join("build"), &Order::default(), &Quiet)
        .expect("the system lets a temporary folder be written");
    assert_ne!(root.join("build").exists(), outcome.diagnostics.has_errors(), "all or nothing is written");
    (outcome.diagnostics, outcome.sources)
}

fn shown(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang) -> String {
    format!("{}\n\n{}", render(diagnostics, sources, lang, Tone::Plain), summary(diagnostics, lang))
}

#[test]
fn each_mistake_has_its_message() {
    // One wrong case must not hide those after it.
    let mut wrong = Vec::new();
    insta::glob!("../cases", "*.txt", |path| {
        let text = fs::read_to_string(path).expect("a case is UTF-8");
        let case = Case::read(&text);
        if cfg!(not(unix)) && case.sections.iter().any(|(head, _)| head.starts_with("link ")) {
            return;
        }
        let folder = fixture_copy(case.fixture);
        case.apply(&folder.path().join("town"));
        let (diagnostics, sources) = diagnose(&folder.path().join("town"), case.run);
        places_hold(&diagnostics, &sources);
        carets_stand_below(&diagnostics, &sources);
        let japanese = shown(&diagnostics, &sources, Lang::Ja);
        let name = path.file_name().expect("a case has a name").display();
        match (verdict(&case, &diagnostics, &japanese), case.bug) {
            (Err(reason), None) => wrong.push(format!("=== {name}: {reason}\n{japanese}")),
            (Ok(()), Some(bug)) => wrong.push(format!("=== {name}: this is no bug any more, take the line out: {bug}")),
            (Err(_), Some(_)) => {}
            (Ok(()), None) => {
                let english = shown(&diagnostics, &sources, Lang::En);
                let english = if is_english(&english) { english } else { "(not yet English)".to_owned() };
                insta::with_settings!({ description => case.words.join("\n"), omit_expression => true }, {
                    insta::assert_snapshot!(format!("{japanese}\n\n----\n\n{english}"));
                });
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Whether the program said what the case asks for.
fn verdict(case: &Case<'_>, diagnostics: &Diagnostics, japanese: &str) -> Result<(), String> {
    let found: BTreeSet<&str> = diagnostics.sorted().into_iter().map(|found| found.code.id()).collect();
    if found != case.codes {
        return Err(format!("{:?} wanted, {found:?} found", case.codes));
    }
    if let Some(words) = case.says.iter().find(|words| !japanese.contains(**words)) {
        return Err(format!("does not say 「{words}」"));
    }
    case.says_not
        .iter()
        .find(|words| japanese.contains(**words))
        .map_or(Ok(()), |words| Err(format!("says 「{words}」")))
}

/// Whether the English messages are English: Japanese stands only in the author's own lines and words.
fn is_english(messages: &str) -> bool {
    const JAPANESE: &[&str] =
        &["もしかして", "がありません", "書き加え", "文字列", "一覧", "の形の", "の見出し", "空の"];
    let said = messages.lines().filter(|line| !line.contains(" | "));
    !said.into_iter().any(|line| JAPANESE.iter().any(|words| line.contains(words)))
}

#[test]
fn english_messages_are_english() {
    let mut wrong = Vec::new();
    for (name, text) in case_files() {
        let case = Case::read(&text);
        let folder = fixture_copy(case.fixture);
        case.apply(&folder.path().join("town"));
        let (diagnostics, sources) = diagnose(&folder.path().join("town"), case.run);
        let english = shown(&diagnostics, &sources, Lang::En);
        if !is_english(&english) {
            wrong.push(format!("=== {name}\n{english}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// All case files, by name.
fn case_files() -> BTreeMap<String, String> {
    let entries = fs::read_dir(repository().join("tests/cases")).expect("there are cases");
    entries
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| {
            let name = path.file_name().expect("a case has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a case is UTF-8"))
        })
        .collect()
}

/// Every place lies in its file, on character boundaries.
fn places_hold(diagnostics: &Diagnostics, sources: &SourceMap) {
    for diagnostic in diagnostics.sorted() {
        for span in diagnostic.span.into_iter().chain(diagnostic.related.iter().map(|related| related.span)) {
            let text = &sources.get(span.file).text;
            assert!(
                text.get(span.start..span.end).is_some(),
                "{:?} points outside of its file: {span:?}",
                diagnostic.code
            );
        }
    }
}

/// The caret stands below the first character of the place, on a terminal that shows full-width characters two columns wide.
fn carets_stand_below(diagnostics: &Diagnostics, sources: &SourceMap) {
    for diagnostic in diagnostics.sorted() {
        let Some(span) = diagnostic.span else { continue };
        let text = &sources.get(span.file).text;
        if text[span.start..span.end].contains('\n') {
            continue;
        }
        let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let mut one = Diagnostics::new();
        one.push(diagnostic.clone());
        let shown = render(&one, sources, Lang::Ja, Tone::Plain);
        let lines: Vec<&str> = shown.lines().collect();
        // A long line is shown in part; the others are shown as they are.
        // The same words may stand at a further place, underlined with dashes.
        let is_place = |pair: &[&str]| pair[0].ends_with(&format!("| {line}")) && pair[1].contains('^');
        let Some(at) = lines.windows(2).position(is_place) else {
            assert!(!lines.iter().any(|shown| shown.ends_with(&format!("| {line}"))), "no caret below it:\n{shown}");
            continue;
        };
        let gutter = lines[at].len() - line.len();
        let wanted = lines[at][..gutter].width() + text[line_start..span.start].width();
        let carets = lines[at + 1];
        let caret = carets.find('^').unwrap_or_else(|| panic!("no caret below the line:\n{shown}"));
        assert_eq!(carets[..caret].width(), wanted, "the caret stands beside its place:\n{shown}");
    }
}

/// The catalogue's ids by the names of its codes, read from its source: an enum cannot be walked.
fn catalogue() -> BTreeMap<String, String> {
    let text =
        fs::read_to_string(repository().join("src/diagnostic/catalogue/entries.rs")).expect("the catalogue is there");
    let rows = text.lines().filter_map(|line| line.trim().strip_prefix("Self::")?.split_once(" => (\""));
    rows.map(|(name, rest)| (rest.chars().take_while(|c| *c != '"').collect(), name.to_owned())).collect()
}

#[test]
fn each_code_has_a_case_or_a_reason_for_none() {
    let catalogue = catalogue();
    assert_eq!(catalogue.get(Code::NotUtf8.id()).map(String::as_str), Some("NotUtf8"), "the catalogue was read");
    let mut with_case: BTreeSet<String> = BTreeSet::new();
    for text in case_files().values() {
        with_case.extend(Case::read(text).codes.into_iter().map(str::to_owned));
    }
    let without: BTreeSet<String> = NO_CASE.iter().map(|(id, _)| (*id).to_owned()).collect();
    for (id, reason) in NO_CASE {
        let name = catalogue.get(*id).unwrap_or_else(|| panic!("{id} is no code"));
        assert!(reason.starts_with(name.as_str()), "{id} is {name}, but its reason speaks of `{reason}`");
        assert!(!with_case.contains(*id), "{id} has a case, so it can be caused");
    }
    for (id, name) in &catalogue {
        assert!(with_case.contains(id) || without.contains(id), "{id} ({name}) has no case in tests/cases/");
    }
    for id in &with_case {
        assert!(catalogue.contains_key(id), "a case speaks of {id}, which is no code");
    }
}

#[test]
fn each_rule_has_a_case_that_breaks_it_and_one_that_keeps_it() {
    let (mut broken, mut kept): (BTreeSet<String>, BTreeSet<String>) = Default::default();
    for text in case_files().values() {
        let case = Case::read(text);
        broken.extend(case.codes.into_iter().map(str::to_owned));
        kept.extend(case.passes.into_iter().map(str::to_owned));
    }
    let rules = hyoka::check::RULES.iter().flat_map(|rule| rule.codes);
    let elsewhere = hyoka::check::ELSEWHERE.iter().flat_map(|held| held.codes);
    for id in rules.chain(elsewhere).map(|code| code.id()) {
        if NO_CASE.iter().any(|(without, _)| *without == id) {
            continue;
        }
        assert!(broken.contains(id), "no case breaks {id}");
        assert!(kept.contains(id), "no case keeps {id}: add one with `passes: {id}`");
    }
}

#[test]
fn the_fixtures_have_no_mistakes() {
    for name in ["town", "city", "hearing"] {
        let folder = fixture_copy(name);
        let (diagnostics, sources) = diagnose(&folder.path().join("town"), Run::Check);
        assert!(diagnostics.is_empty(), "{name}:\n{}", shown(&diagnostics, &sources, Lang::Ja));
    }
}

#[test]
fn each_code_is_one_id() {
    let text =
        fs::read_to_string(repository().join("src/diagnostic/catalogue/entries.rs")).expect("the catalogue is there");
    let rows = text.lines().filter(|line| line.trim().starts_with("Self::") && line.contains(" => (\"H")).count();
    assert_eq!(catalogue().len(), rows, "two codes share an id");
}
