//! Nothing visible is silent: random edits, of every kind, one at a time. Each is told by `check` or listed by
//! `changes`; or every document that is handed to the typesetter is the same as before, to the last field; or the files that are built
//! are, byte for byte, so that text and pixels are too.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyoka::diagnostic::Diagnostics;
use hyoka::document::Printing;
use hyoka::name::{CaseName, DocumentName};
use hyoka::press::{Order, Quiet, build, unlisted};
use hyoka::session::{Checked, Wanted, check_workspace};
use hyoka::source::Workspace;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use crate::subject::{SILENT, built, root};
use crate::support::{copy, files, named};

type Texts = BTreeMap<String, String>;

/// What is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A letter of running text or of a value.
    Letter,
    /// A letter inside of a mark, or a fact.
    Marked,
    /// Two members of a list, two tables, two headings, two items.
    Order,
    /// A sub-item, a number in place of a dot, strong, one paragraph of two.
    Structure,
    /// Column, row, zone, host, periods, steps of a figure.
    Figure,
    /// A letter of a title, a head, a label, a setting in words.
    Head,
    /// A number, a switch or a word of the settings.
    Setting,
}

const KINDS: [Kind; 7] =
    [Kind::Letter, Kind::Marked, Kind::Order, Kind::Structure, Kind::Figure, Kind::Head, Kind::Setting];

/// One random number after another.
struct Dice(TestRunner);

impl Dice {
    fn new(number: usize) -> Self {
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&u64::try_from(number).expect("few").to_le_bytes());
        Self(TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed)))
    }

    /// A number below a bound.
    fn roll(&mut self, below: usize) -> usize {
        (0..below).new_tree(&mut self.0).expect("a range has values").current()
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        (!of.is_empty()).then(|| &of[self.roll(of.len())])
    }
}

/// A line of a file and where it stands.
#[derive(Debug, Clone)]
struct Line {
    range: Range<usize>,
    in_front: bool,
    in_mark: bool,
}

fn lines(path: &str, text: &str) -> Vec<Line> {
    let is_toml = path.ends_with(".toml");
    let (mut at, mut in_front, mut depth) = (0, is_toml, 0_usize);
    let mut found = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let range = at..at + line.trim_end().len();
        at += line.len();
        if line.trim_end() == "+++" {
            in_front = number == 0;
            continue;
        }
        let opens = ["{++", "{--", "{~~"].iter().map(|sign| line.matches(sign).count()).sum::<usize>();
        let closes = ["++}", "--}", "~~}"].iter().map(|sign| line.matches(sign).count()).sum::<usize>();
        found.push(Line { range, in_front, in_mark: depth > 0 || opens > 0 });
        depth = (depth + opens).saturating_sub(closes);
    }
    found
}

/// A text with one letter of a range replaced; only Japanese letters, so that it stays what it is.
fn letter(text: &str, range: Range<usize>, dice: &mut Dice) -> Option<String> {
    let letters: Vec<(usize, char)> =
        text[range.clone()].char_indices().filter(|(_, letter)| ('ぁ'..='鿿').contains(letter)).collect();
    let (at, old) = *dice.one(&letters)?;
    let new = *dice.one(&['あ', '新', '旧', 'カ', '第', '一'])?;
    let at = range.start + at;
    (new != old).then(|| format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..]))
}

/// Two parts of a text exchanged; the first stands first.
fn swapped(text: &str, one: Range<usize>, other: Range<usize>) -> String {
    [&text[..one.start], &text[other.clone()], &text[one.end..other.start], &text[one], &text[other.end..]].concat()
}

/// Two neighbours among the parts that begin with a line.
fn neighbours(text: &str, begins: &str, dice: &mut Dice) -> Option<String> {
    let starts: Vec<usize> = text.match_indices(&format!("\n{begins}")).map(|(at, _)| at + 1).collect();
    let end = |start: usize| {
        let ends = ["\n[", "\n## ", "\n+++"].iter().filter_map(|next| text[start + 1..].find(next)).min();
        ends.map_or(text.len(), |end| start + 1 + end + 1)
    };
    let pairs: Vec<usize> = (1..starts.len()).filter(|index| end(starts[index - 1]) <= starts[*index]).collect();
    let index = *dice.one(&pairs)?;
    let (one, other) = (starts[index - 1], starts[index]);
    // A part that ends the file has no empty line behind it.
    let whole = |start: usize| start..start + text[start..end(start)].trim_end().len();
    Some(swapped(text, whole(one), whole(other)))
}

fn edited(kind: Kind, path: &str, text: &str, dice: &mut Dice) -> Option<String> {
    let all = lines(path, text);
    let is_body = |line: &&Line| !line.in_front && !text[line.range.clone()].starts_with('#');
    let written = |line: &&Line| !text[line.range.clone()].trim_start().starts_with('#');
    let pick = |dice: &mut Dice, fits: &dyn Fn(&&Line) -> bool| -> Option<Line> {
        let fitting: Vec<&Line> = all.iter().filter(fits).collect();
        dice.one(&fitting).map(|line| (*line).clone())
    };
    match kind {
        Kind::Letter => {
            let line =
                pick(dice, &|line| (is_body(line) || path.contains("/flows/")) && !line.in_mark && written(line))?;
            letter(text, line.range, dice)
        }
        Kind::Marked if path.ends_with("facts.toml") => {
            let line = pick(dice, &|line| text[line.range.clone()].contains(" = \""))?;
            letter(text, line.range.clone(), dice).or_else(|| digit(text, line.range, dice))
        }
        Kind::Marked => {
            let line = pick(dice, &|line| line.in_mark)?;
            letter(text, line.range, dice)
        }
        Kind::Order => match dice.roll(4) {
            0 => members(text, &all, dice),
            1 => {
                let tables: BTreeSet<&str> = text.lines().filter(|line| line.starts_with("[[")).collect();
                let tables: Vec<&str> = tables.into_iter().collect();
                neighbours(text, dice.one(&tables)?, dice)
            }
            2 => neighbours(text, "## ", dice),
            _ => {
                let is_item = |line: &Line| text[line.range.clone()].starts_with("- ");
                let pairs: Vec<usize> =
                    (1..all.len()).filter(|at| is_item(&all[at - 1]) && is_item(&all[*at])).collect();
                let at = *dice.one(&pairs)?;
                Some(swapped(text, all[at - 1].range.clone(), all[at].range.clone()))
            }
        },
        Kind::Structure => {
            let line = pick(dice, &|line| is_body(line) && !line.in_mark && !line.range.is_empty())?;
            let written = &text[line.range.clone()];
            let put = |new: String| format!("{}{new}{}", &text[..line.range.start], &text[line.range.end..]);
            match dice.roll(3) {
                0 => written.strip_prefix("- ").map(|rest| put(format!("  - {rest}"))),
                1 => written.strip_prefix("- ").map(|rest| put(format!("1. {rest}"))),
                _ => {
                    let at = written.char_indices().filter(|(_, letter)| ('一'..='鿿').contains(letter)).nth(2)?.0;
                    let end = at + written[at..].chars().next()?.len_utf8();
                    Some(put(format!("{}**{}**{}", &written[..at], &written[at..end], &written[end..])))
                }
            }
        }
        Kind::Figure => {
            if !text.contains("[[node]]") {
                return None;
            }
            let keys = [
                "column = ",
                "row = ",
                "zone = ",
                "host-label = ",
                "host-periods = ",
                "kind = ",
                "via = ",
                "step = ",
                "label = ",
            ];
            let line = pick(dice, &|line| keys.iter().any(|key| text[line.range.clone()].starts_with(key)))?;
            let written = &text[line.range.clone()];
            let put = |new: String| Some(format!("{}{new}{}", &text[..line.range.start], &text[line.range.end..]));
            let (key, _) = written.split_once(" = ")?;
            match key {
                "column" | "row" => put(format!("{key} = {}", 1 + dice.roll(6))),
                "zone" => put(format!("zone = \"{}\"", dice.one(&["internal", "external", "person"])?)),
                "kind" => put(format!("kind = \"{}\"", dice.one(&["link", "collect", "other"])?)),
                "host-periods" | "via" => put(String::new()),
                "label" if dice.roll(2) == 0 => put(format!("{written}\nhost-label = \"共同の基盤\"")),
                _ => letter(text, line.range.clone(), dice),
            }
        }
        Kind::Head => {
            let line = pick(dice, &|line| line.in_front && written(line) && text[line.range.clone()].contains('"'))?;
            letter(text, line.range, dice)
        }
        Kind::Setting => {
            let line = pick(dice, &|line| line.in_front && written(line) && text[line.range.clone()].contains(" = "))?;
            setting(text, line.range, dice)
        }
    }
}

/// Two members of a list in one line.
fn members(text: &str, all: &[Line], dice: &mut Dice) -> Option<String> {
    let lists: Vec<&Line> = all.iter().filter(|line| text[line.range.clone()].matches("\", \"").count() > 0).collect();
    let line = dice.one(&lists)?;
    let start = line.range.start + text[line.range.clone()].find("[\"")? + 1;
    let end = start + text[start..line.range.end].find("\"]")? + 1;
    let mut at = start;
    let mut found = Vec::new();
    for member in text[start..end].split(", ") {
        found.push(at..at + member.len());
        at += member.len() + 2;
    }
    (found.len() > 1).then(|| {
        let index = 1 + dice.roll(found.len() - 1);
        swapped(text, found[index - 1].clone(), found[index].clone())
    })
}

fn digit(text: &str, range: Range<usize>, dice: &mut Dice) -> Option<String> {
    let digits: Vec<usize> =
        text[range.clone()].char_indices().filter(|(_, letter)| letter.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = range.start + *dice.one(&digits)?;
    let old: usize = text[at..=at].parse().expect("it is a digit");
    Some(format!("{}{}{}", &text[..at], (old + 1 + dice.roll(8)) % 10, &text[at + 1..]))
}

/// Words that settings take, each with another.
const WORDS: &[(&str, &str)] = &[
    ("true", "false"),
    ("false", "true"),
    ("\"運用上\"", "\"システム上\""),
    ("\"システム上\"", "\"運用上\""),
    ("\"○\"", "\"―\""),
    ("\"継続\"", "\"新規\""),
    ("\"新規\"", "\"継続\""),
    ("\"mincho\"", "\"gothic\""),
    ("\"gothic\"", "\"mincho\""),
    ("\"a4-landscape\"", "\"a4\""),
    ("\"clean\"", "\"marked\""),
    ("\"strike\"", "\"hidden\""),
    ("\"事前\"", "\"事後\""),
    ("\"left\"", "\"centre\""),
    ("\"pdf\", \"xlsx\"", "\"pdf\""),
];

fn setting(text: &str, range: Range<usize>, dice: &mut Dice) -> Option<String> {
    let fitting: Vec<&(&str, &str)> = WORDS.iter().filter(|(word, _)| text[range.clone()].contains(word)).collect();
    match dice.one(&fitting) {
        Some((old, new)) => {
            let at = range.start + text[range.clone()].find(old).expect("it holds it");
            Some(format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
        }
        None => digit(text, range, dice),
    }
}

/// An edit of one file.
struct Edit {
    kind: Kind,
    path: String,
    text: String,
}

fn edit(number: usize, texts: &Texts) -> Edit {
    let mut dice = Dice::new(number);
    let kind = KINDS[number % KINDS.len()];
    let fits = |path: &str| match kind {
        Kind::Letter | Kind::Structure => path.ends_with(".md"),
        Kind::Marked => path.ends_with(".md") || path.ends_with("facts.toml"),
        Kind::Figure => path.contains("flow"),
        Kind::Head | Kind::Setting | Kind::Order => true,
    };
    // Settings are few beside texts, and more of them slip through.
    let settings = matches!(kind, Kind::Head | Kind::Setting) && number.is_multiple_of(2);
    let paths: Vec<&String> =
        texts.keys().filter(|path| fits(path) && (!settings || path.ends_with(".toml"))).collect();
    loop {
        let path = *dice.one(&paths).expect("some file fits");
        if let Some(text) = edited(kind, path, &texts[path], &mut dice)
            && text != texts[path]
        {
            return Edit { kind, path: path.clone(), text };
        }
    }
}

/// The lines that an edit changes, for a message.
fn changed_lines(old: &str, new: &str) -> String {
    let before: BTreeSet<&str> = old.lines().collect();
    let after: BTreeSet<&str> = new.lines().collect();
    let gone = old.lines().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    gone.chain(new.lines().filter(|line| !before.contains(line)).map(|line| format!("+ {line}")))
        .collect::<Vec<_>>()
        .join("\n")
}

/// All that documents are rendered from, by name: pages, figures and cells follow from it.
///
/// Figures are left undrawn, since how they are drawn follows from their words, which are part of it.
fn rendered(checked: &Checked) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for municipality in &checked.model.municipalities {
        for definition in &municipality.documents {
            let Some(case) = municipality.cases.get(&definition.case.value) else { continue };
            let printing = Printing { municipality, case, definition, draws: false };
            let composed = printing.compose(None).expect("the content has no mistakes");
            let form = printing.filled().map(|(filled, _)| filled.form.id.value.as_str());
            let shown = format!("{composed:?} {form:?}");
            let cited = format!("{:?} {:?}", definition.pages, definition.list);
            let about = format!("{} {} {} {:?}", municipality.code, case.title, case.date, definition.formats);
            let name = format!("{}/{}/{}", municipality.slug, case.id, definition.id.value);
            all.insert(name, [shown, cited, about].join("\n"));
        }
    }
    all
}

/// A copy of the workspace in which an edit is built, and what was built before.
struct Oracle {
    folder: TempDir,
    before: BTreeMap<String, Vec<u8>>,
}

impl Oracle {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        copy(&root().join("content"), &folder.path().join("content"));
        copy(&built().folder, &folder.path().join("build"));
        let mut oracle = Self { folder, before: BTreeMap::new() };
        oracle.before = oracle.built(&Wanted::default());
        oracle
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn built(&self, wanted: &Wanted) -> BTreeMap<String, Vec<u8>> {
        let order = Order { wanted: wanted.clone(), ..Order::default() };
        let outcome = build(self.root(), &self.root().join("build"), &order, &Quiet).expect("it can be built");
        assert!(!outcome.diagnostics.has_errors(), "what has no mistake can be built");
        let all = files(&self.root().join("build")).into_iter();
        all.filter(|(path, _)| !path.starts_with('.') && !path.ends_with("manifest.json")).collect()
    }

    /// The files of these documents that are built otherwise with an edit. Those of the others are as an earlier edit left them.
    fn visible(&self, edit: &Edit, old: &str, documents: &[String]) -> Vec<String> {
        let path = self.root().join(&edit.path);
        fs::write(&path, &edit.text).expect("it can be written");
        let mut seen = Vec::new();
        for document in documents {
            let after = self.built(&wanted(document));
            let is_its =
                |name: &&String| name.strip_prefix(document.as_str()).is_some_and(|rest| rest.starts_with('.'));
            let names: BTreeSet<&String> = self.before.keys().chain(after.keys()).filter(is_its).collect();
            assert!(!names.is_empty(), "{document} has no file");
            seen.extend(names.into_iter().filter(|name| self.before.get(*name) != after.get(*name)).cloned());
        }
        fs::write(&path, old).expect("it can be written");
        seen
    }
}

fn wanted(document: &str) -> Wanted {
    let DocumentName { case: CaseName { municipality, case }, document } = named(document);
    Wanted { municipality: Some(municipality), case: Some(case), document: Some(document) }
}

/// The documents that are composed otherwise, or are new.
fn differing(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    after.iter().filter(|(name, shown)| before.get(*name) != Some(*shown)).map(|(name, _)| name.clone()).collect()
}

/// What became of the edits of a kind.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    tried: usize,
    caught: usize,
    invisible: usize,
    missed: usize,
}

/// Folders, of sources and of documents, of cases that are held against nothing: a list of all papers, and a paper that was not published
/// before.
fn unheld(checked: &Checked) -> Vec<String> {
    let of = &checked.model.municipalities;
    let all = || of.iter().flat_map(|of| of.cases.values().map(move |case| (&of.slug, case)));
    let is_held_elsewhere = |id: &str| all().any(|(_, case)| case.id == id && case.edition.is_some());
    let mut folders = Vec::new();
    for (slug, case) in all().filter(|(_, case)| case.edition.is_none()) {
        folders.extend([format!("{slug}/{}/", case.id), format!("content/municipalities/{slug}/{}/", case.id)]);
        if !is_held_elsewhere(&case.id) {
            folders.push(format!("content/assessments/{}/", case.id));
        }
    }
    folders
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what a long run is for")]
fn no_visible_edit_is_silent() {
    let workspace = Workspace::read(root(), &mut Diagnostics::new()).expect("the workspace can be read");
    let unedited = check_workspace(workspace.clone(), Diagnostics::new());
    let unheld = unheld(&unedited);
    let is_held = |path: &str| !unheld.iter().any(|folder| path.starts_with(folder));
    let texts: Texts = workspace
        .sources
        .iter()
        .map(|(_, file)| (file.path.to_string_lossy().into_owned(), file.text.to_string()))
        .filter(|(path, _)| path.starts_with("content/") && !path.starts_with("content/editions/") && is_held(path))
        .collect();
    let rounds = std::env::var("HYOKA_ROUNDS").ok().map(|rounds| rounds.parse::<usize>().expect("a number of rounds"));
    let (round, without) = SILENT;
    let all = rounds.map_or(without, |rounds| rounds * round);
    let before = rendered(&unedited);
    let measures = |checked: &Checked| -> Vec<_> {
        unlisted(checked, &Wanted::default()).into_iter().map(|case| case.measures).collect()
    };
    let measures_before = measures(&unedited);
    let oracle = Mutex::new(None::<Oracle>);
    let tally = Mutex::new((BTreeMap::<Kind, Tally>::new(), Vec::new()));
    let next = AtomicUsize::new(0);
    let work = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= all {
            return;
        }
        let edit = edit(number, &texts);
        let changed = BTreeMap::from([(edit.path.clone(), Some(edit.text.clone()))]);
        let checked = unedited.fork(&changed);
        let listed = || unlisted(&checked, &Wanted::default());
        let is_caught = !checked.diagnostics.is_empty()
            || listed().iter().any(|case| !case.undeclared.is_empty() || !case.since_issue.is_empty())
            || measures(&checked) != measures_before;
        // What is not caught and would be set otherwise is set.
        let seen = || {
            let now = rendered(&checked);
            let mut seen: Vec<String> = before.keys().filter(|name| !now.contains_key(*name)).cloned().collect();
            let others = differing(&before, &now);
            if !others.is_empty() {
                let mut oracle = oracle.lock().expect("no other edit panicked");
                seen.extend(oracle.get_or_insert_with(Oracle::new).visible(&edit, &texts[&edit.path], &others));
            }
            seen.retain(|document| is_held(document));
            seen
        };
        let seen = if is_caught { Vec::new() } else { seen() };
        let mut tally = tally.lock().expect("no other edit panicked");
        let of_kind = tally.0.entry(edit.kind).or_default();
        of_kind.tried += 1;
        match (is_caught, seen.is_empty()) {
            (true, _) => of_kind.caught += 1,
            (false, true) => of_kind.invisible += 1,
            (false, false) => {
                of_kind.missed += 1;
                let lines = changed_lines(&texts[&edit.path], &edit.text);
                tally.1.push(format!("{number} {:?} {}\n{lines}\n  seen in {}", edit.kind, edit.path, seen.join("、")));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (tally, missed) = tally.into_inner().expect("no edit panicked");
    let report: String = tally.iter().map(|(kind, tally)| format!("{kind:?}: {tally:?}\n")).collect();
    println!("{report}");
    assert!(missed.is_empty(), "{report}\n{}", missed.join("\n\n"));
    assert!(tally.values().map(|tally| tally.caught).sum::<usize>() * 2 > all, "most edits are seen:\n{report}");
}
