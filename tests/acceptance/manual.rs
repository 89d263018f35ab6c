//! README and the manual, done as they are written: the edits made, the commands run, what they print compared, each excerpt held against its
//! file, each example put into a file and judged by the program.
//!
//! - ` ```diff `: the first line names a file; lines with `-` stand there once and become those with `+`; without `-` they go to its end.
//! - ` ```cells `: the first line names a workbook and the copy of it that comes back, or a new workbook; the others are cells with what was
//!   typed there.
//! - ` ```console `: `$ hyoka …` is run, the lines below it are what it prints. `…` alone stands for any lines, in a line for any
//!   characters.
//! - ` ```toml from FILE `, ` ```markdown from FILE `: lines of that file, as it is in the repository.
//! - ` ```toml into FILE says H0316,… `, ` ```markdown into FILE#item … `: put into that file; what the program then says beside what it said
//!   before are these codes. With `try` the file is as before afterwards.
//! - ` ```toml schema FILE `: the line by which a file names its schema.
//! - ` ```bash typst `: a command of the stock typesetter, which is not installed here; the files that it names are there.
//! - ` ```text tree `: files that are there; below `build/` those that a build makes.
//! - `<!-- manual: workspace FOLDER… -->` begins another workspace, `<!-- manual: run hyoka … -->`,
//!   `<!-- manual: copy A → B -->` and `<!-- manual: edit FILE: OLD → NEW -->` do what a reader is not shown.
//!
//! A page is one story: all is done in its order, in one copy of the workspace. A block that nothing holds is a failure.
//! `HYOKA_PAGE=14` follows the pages with that in their name alone.

mod page;
mod putting;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use hyoka::source::{CellValue, Place};
use hyoka::write::MANIFEST_FILE;
use tempfile::TempDir;

use self::page::{Act, Part, Stay, parts};
use self::putting::with_example;
use crate::coming_back::{book_of, raw};
use crate::support::{copy, repository};

/// Whether what was printed is as the page says.
fn fits<T: AsRef<str>>(printed: &[T], said: &[String]) -> bool {
    let stretches: Vec<&[String]> = said.split(|line| line == "…").collect();
    let is_at = |at: usize, lines: &[String]| {
        let own = printed.get(at..at + lines.len());
        own.is_some_and(|own| own.iter().zip(lines).all(|(own, line)| is_like(own.as_ref(), line)))
    };
    let (first, rest) = stretches.split_first().expect("a split has a first part");
    if !is_at(0, first) {
        return false;
    }
    let Some((last, middle)) = rest.split_last() else { return printed.len() == first.len() };
    // The first place that fits leaves most room for what follows.
    let mut from = first.len();
    for lines in middle {
        let Some(at) = (from..=printed.len()).find(|at| is_at(*at, lines)) else { return false };
        from = at + lines.len();
    }
    printed.len() >= from + last.len() && is_at(printed.len() - last.len(), last)
}

/// Whether a line is as the page says: `…` stands for any characters.
fn is_like(own: &str, said: &str) -> bool {
    let mut parts = said.split('…');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = own.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// A page that is followed, and the workspace it is followed in.
struct Story {
    name: String,
    folder: TempDir,
    /// Codes of what the program says of the workspace as it is, sorted; none: not asked yet.
    said: Option<Vec<&'static str>>,
    runs: usize,
}

impl Story {
    fn new(name: String, folders: &[String]) -> Self {
        let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
        for from in folders {
            let to = if from == "content" { folder.path().join("content") } else { folder.path().to_owned() };
            copy(&repository().join(from), &to);
        }
        Self { name, folder, said: None, runs: 0 }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// What the program says of the workspace, by code.
    fn codes(&self) -> Vec<&'static str> {
        let checked = hyoka::session::read(self.folder.path()).expect("the workspace can be read");
        let mut codes: Vec<&str> = checked.diagnostics.sorted().iter().map(|found| found.code.id()).collect();
        codes.sort_unstable();
        codes
    }

    /// Does a part; what is not as the page says is told.
    fn follow(&mut self, Part { line, act }: Part) -> Result<(), String> {
        let at = format!("{}:{line}", self.name);
        if !matches!(
            act,
            Act::Put { stay: Stay::No, .. }
                | Act::Excerpt { .. }
                | Act::Schema { .. }
                | Act::Paths { .. }
                | Act::Tree { .. }
                | Act::Elsewhere
        ) {
            self.said = None;
        }
        match act {
            Act::Elsewhere => Ok(()),
            Act::Begin { folders } => {
                *self = Self { runs: self.runs, ..Self::new(self.name.clone(), &folders) };
                Ok(())
            }
            Act::Copy { from, to } => {
                let copied = fs::copy(self.path(&from), self.path(&to));
                copied.map(drop).map_err(|error| format!("{at}: {from}: {error}"))
            }
            Act::Edit { path, old, new } => {
                edit(&self.path(&path), &old, &new);
                Ok(())
            }
            Act::Type { book, copy, cells } => {
                typed(self.folder.path(), book.as_deref(), &copy, &cells);
                Ok(())
            }
            Act::Run { command, printed } => self.run(&at, &command, printed.as_deref()),
            Act::Excerpt { path, lines } => {
                is_excerpt(&lines, &repository().join(&path)).map_err(|says| format!("{at}: {says}"))
            }
            Act::Put { path, item, lines, says, stay } => self.put(&at, (&path, item.as_deref(), &lines), &says, stay),
            Act::Schema { path, lines } => is_schema(&lines, &path).map_err(|says| format!("{at}: {says}")),
            Act::Paths { lines } => {
                let words = lines.iter().flat_map(|line| line.split_whitespace());
                let open = words.filter(|word| word.starts_with("DIR/")).find(|word| !self.path(word).exists());
                open.map_or(Ok(()), |word| Err(format!("{at}: {word} is not there")))
            }
            Act::Tree { lines } => is_tree(&lines).map_err(|says| format!("{at}: {says}")),
        }
    }

    fn run(&mut self, at: &str, command: &str, said: Option<&[String]>) -> Result<(), String> {
        self.runs += 1;
        // What stands after two spaces and a number sign is told to the reader.
        let command = command.split("  #").next().unwrap_or(command).trim_end();
        let ran = Command::new(env!("CARGO_BIN_EXE_hyoka"))
            .current_dir(self.folder.path())
            .args(command.split(' '))
            .output()
            .expect("the program starts");
        let all = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).expect("it prints text"));
        let all = all.concat();
        let own: Vec<&str> = all.lines().collect();
        if ran.status.code() == Some(2) {
            return Err(format!("{at}: hyoka {command}: wrong use, or the system refused\n{all}"));
        }
        match said {
            Some(said) if !fits(&own, said) => {
                Err(format!("{at}: hyoka {command}\n{all}\n--- the page says\n{}", said.join("\n")))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn put(
        &mut self,
        at: &str,
        (path, item, lines): (&str, Option<&str>, &[String]),
        says: &[String],
        stay: Stay,
    ) -> Result<(), String> {
        let before = self.said.take().unwrap_or_else(|| self.codes());
        let file = self.path(path);
        let old = fs::read_to_string(&file).ok();
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder can be made");
        let new = with_example(path, old.as_deref().unwrap_or_default(), item, lines);
        fs::write(&file, &new).expect("a file can be written");
        let after = self.codes();
        let mut more = after.clone();
        for code in &before {
            if let Some(at) = more.iter().position(|known| known == code) {
                more.remove(at);
            }
        }
        more.dedup();
        if stay == Stay::No {
            match old {
                Some(old) => fs::write(&file, old).expect("a file can be written"),
                None => fs::remove_file(&file).expect("it was written"),
            }
        }
        self.said = Some(if stay == Stay::Yes { after } else { before });
        if more == says { Ok(()) } else { Err(format!("{at}: {path} says {more:?}, not {says:?}")) }
    }
}

/// Whether lines stand in a file as they are. Remarks of one side alone are for the reader.
fn is_excerpt(lines: &[String], file: &Path) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let is_toml = file.extension().is_some_and(|ending| ending == "toml");
    let bare = |line: &str| {
        let line = line.split("  #").next().unwrap_or(line).trim();
        if is_toml && line.starts_with('#') { String::new() } else { line.to_owned() }
    };
    let own: Vec<String> = text.lines().map(bare).filter(|line| !line.is_empty()).collect();
    let said: Vec<String> = lines.iter().map(|line| bare(line)).filter(|line| !line.is_empty()).collect();
    // It may begin and end anywhere.
    let any = || std::iter::once("…".to_owned());
    let is_there = !said.is_empty() && fits(&own, &any().chain(said).chain(any()).collect::<Vec<_>>());
    if is_there { Ok(()) } else { Err(format!("not in {}\n{}", file.display(), lines.join("\n"))) }
}

/// Whether a line leads from a file to the schema of its kind.
fn is_schema(lines: &[String], path: &str) -> Result<(), String> {
    let file = repository().join(path);
    let folder = file.parent().expect("a file lies in a folder");
    let named = lines.first().and_then(|line| line.strip_prefix("#:schema ")).ok_or("it names no schema")?;
    let kind = file.file_stem().unwrap_or_default().to_string_lossy();
    let is_it = folder.join(named).is_file() && named.ends_with(&format!("/{kind}.schema.json"));
    if file.is_file() && is_it { Ok(()) } else { Err(format!("{named} is not the schema of {path}")) }
}

/// Where the name of a file in a list begins at most; what stands further in goes on with what a file is.
const DEEPEST: usize = 12;

/// Whether every file of a list is there. A line may name several, then say in words what they are; `<…>` in a name stands for any.
fn is_tree(lines: &[String]) -> Result<(), String> {
    let mut above: Vec<(usize, String)> = Vec::new();
    for line in lines {
        let indent = line.len() - line.trim_start().len();
        above.retain(|(depth, _)| *depth < indent);
        let folder: String = above.iter().map(|(_, name)| name.as_str()).collect();
        // What a file is stands some way behind its name, and may go on below itself.
        if indent > DEEPEST {
            continue;
        }
        let named = line.trim().split("   ").next().unwrap_or_default();
        let names: Vec<&str> = named.split_whitespace().filter(|name| *name != "…").collect();
        let open = names.iter().find(|name| !is_there(&format!("{folder}{name}")));
        if let Some(name) = open {
            return Err(format!("{folder}{name} is not there"));
        }
        match names.last() {
            Some(name) if name.ends_with('/') => above.push((indent, (*name).to_owned())),
            Some(_) => {}
            None if named == "…" => {}
            None => return Err(format!("`{line}` names no file")),
        }
    }
    Ok(())
}

/// Whether a build of the repository makes a file of that name below `build/`.
fn is_made(name: &str) -> bool {
    static MADE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let checked = hyoka::session::read(repository()).expect("the content can be read");
        let towns = checked.model.municipalities.iter();
        let documents = towns.flat_map(|town| town.documents.iter().map(move |document| (&town.slug, document)));
        let files = documents.flat_map(|(slug, document)| {
            let place = format!("{slug}/{}/{}", document.case.value, document.id.value);
            document.formats.iter().map(move |format| format!("{place}.{}", format.extension()))
        });
        files.chain([MANIFEST_FILE.to_owned(), String::new()]).collect()
    });
    MADE.contains(name)
}

/// Whether there is a file or folder of that name in the repository, or a build makes it.
fn is_there(name: &str) -> bool {
    if let Some(name) = name.strip_prefix("build/") {
        return is_made(name);
    }
    let mut places = vec![repository().to_owned()];
    for part in name.split('/').filter(|part| !part.is_empty()) {
        places = match part.split_once('<').and_then(|(start, rest)| Some((start, rest.split_once('>')?.1))) {
            None => places.into_iter().map(|place| place.join(part)).filter(|place| place.exists()).collect(),
            Some((start, end)) => {
                let inside = places.iter().flat_map(|place| fs::read_dir(place).into_iter().flatten().flatten());
                let fits = |name: &str| name.starts_with(start) && name.ends_with(end);
                inside.filter(|entry| fits(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect()
            }
        };
    }
    !places.is_empty()
}

/// Does a page from its beginning to its end; returns how many commands it ran, and what is not as it says.
fn follow(page: &Path) -> (usize, Vec<String>) {
    let text = fs::read_to_string(page).expect("the page can be read");
    let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let parts = match parts(&text) {
        Ok(parts) => parts,
        Err(says) => return (0, vec![format!("{name}:{says}")]),
    };
    let mut story = Story::new(name, &["content".to_owned()]);
    let wrong = parts.into_iter().filter_map(|part| story.follow(part).err()).collect();
    (story.runs, wrong)
}

/// A workbook as another program saves it after somebody typed into cells: `[外部結合] D15 ○`.
fn typed(root: &Path, book: Option<&str>, copy: &str, cells: &[String]) {
    let cell = |line: &String| {
        let (sheet, rest) = line.strip_prefix('[').and_then(|line| line.split_once("] ")).expect("a sheet");
        let (place, text) = rest.split_once(' ').expect("a cell and what is typed");
        ((sheet.to_owned(), place.to_owned()), text.to_owned())
    };
    let mut typed: BTreeMap<(String, String), String> = cells.iter().map(cell).collect();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheets = book.map(|book| book_of(&root.join(book)).sheets);
    let sheets = sheets.map(|sheets| sheets.into_iter().map(|sheet| (sheet.name, sheet.hidden, sheet.cells)).collect());
    // A new workbook has the sheets that are typed into.
    let new = || typed.keys().map(|(sheet, _)| sheet.clone()).collect::<BTreeSet<_>>();
    let sheets: Vec<_> = sheets.unwrap_or_else(|| new().into_iter().map(|name| (name, false, Vec::new())).collect());
    for (name, is_hidden, cells) in sheets {
        let target = workbook.add_worksheet();
        target.set_name(&name).expect("it was a name");
        target.set_hidden(is_hidden);
        let own = cells.iter().filter(|cell| matches!(cell.value, CellValue::Text(_)));
        let mut all: BTreeMap<Place, String> = own.map(|cell| (cell.place, raw(&cell.value))).collect();
        for (row, column) in (0..200).flat_map(|row| (0..12).map(move |column| (row, column))) {
            let place = Place { row, column };
            all.extend(typed.remove(&(name.clone(), place.label())).map(|text| (place, text)));
        }
        for (place, text) in all {
            let column = u16::try_from(place.column).expect("columns are few");
            target.write_string(place.row, column, text).expect("it fits");
        }
    }
    assert!(typed.is_empty(), "{copy} has no {typed:?}");
    let copy = root.join(copy);
    fs::create_dir_all(copy.parent().expect("it lies in a folder")).expect("a folder can be made");
    workbook.save(&copy).expect("a file can be written");
}

fn edit(path: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(path).expect("the workspace has the file");
    let edited = if old.is_empty() {
        format!("{text}{new}")
    } else {
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {}", path.display());
        text.replace(old, new)
    };
    fs::write(path, edited).expect("a file can be written");
}

#[test]
fn every_page_does_what_it_says() {
    let manual = fs::read_dir(repository().join("docs/ja")).expect("the manual is there");
    let pages = manual.map(|page| page.expect("the folder can be read").path()).chain([repository().join("README.md")]);
    let mut pages: Vec<PathBuf> = pages.filter(|page| page.extension().is_some_and(|end| end == "md")).collect();
    pages.sort();
    let only = std::env::var("HYOKA_PAGE").ok();
    pages.retain(|page| only.as_ref().is_none_or(|only| page.to_string_lossy().contains(only.as_str())));
    // Each page is a story of its own; most of their time they wait for a command.
    let done: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let all: Vec<_> = pages.iter().map(|page| scope.spawn(|| follow(page))).collect();
        all.into_iter().map(|one| one.join().expect("what is wrong is told, not panicked about")).collect()
    });
    let runs: usize = done.iter().map(|(runs, _)| runs).sum();
    let wrong: Vec<String> = done.into_iter().flat_map(|(_, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(only.is_some() || runs >= 40, "{runs} commands are run");
}

#[test]
fn an_excerpt_that_is_not_in_its_file_is_found() {
    let file = repository().join("content/municipalities/shinjuku/kokuho/changes.toml");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(is_excerpt(&lines("[[change]]\n\nid = \"gc-storage\"  # as it is"), &file), Ok(()));
    assert_eq!(is_excerpt(&lines("id = \"gc-storage\"\nreason = \"…\"\n…\ntiming = …"), &file), Ok(()));
    assert!(is_excerpt(&lines("id = \"gc-storagee\""), &file).is_err());
    assert!(is_excerpt(&lines("id = \"gc-storage\"\ntiming = …"), &file).is_err(), "a line is left out in silence");
    assert!(is_tree(&lines("content/\n  fragments/<id>.md   texts\n  nothing.md")).is_err());
    assert!(is_tree(&lines("build/\n  manifest.json")).is_ok() && is_tree(&lines("build/\n  nothing.pdf")).is_err());
}

#[test]
fn a_page_that_is_wrong_is_found() {
    let said: Vec<String> = ["…", "文書 1 件を作成、… 件は変更なし：build"].map(str::to_owned).to_vec();
    assert!(fits(&["注意", "文書 1 件を作成、0 件は変更なし：build"], &said));
    assert!(!fits(&["注意", "文書 2 件を作成、0 件は変更なし：build"], &said));
    assert!(!fits(&["文書 1 件を作成、0 件は変更なし：build", "さらに"], &said));
}
