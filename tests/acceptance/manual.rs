//! The exercises of the manual, done as they are written: the edits made, the commands run, what they print compared.
//!
//! - ` ```diff `: the first line names a file; lines with `-` stand there once and become those with `+`; without `-` they go to its end.
//! - ` ```cells `: the first line names a workbook and the copy of it that comes back; the others are cells with what was typed there.
//! - ` ```console `: `$ hyoka …` is run, the lines below it are what it prints. `…` alone stands for any lines, in a line for any
//!   characters.
//!
//! A page is one story: its blocks are done in their order, in one copy of the workspace. Pages without a ` ```console ` tell none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hyoka::source::{CellValue, Place};

use crate::coming_back::{book_of, raw};
use crate::support::{copy, repository};

/// A block of a page that is done.
#[derive(Debug)]
enum Step {
    Edit { path: String, old: String, new: String },
    Type { book: String, copy: String, cells: Vec<String> },
    Run { line: usize, command: String, printed: Vec<String> },
}

/// The fenced blocks of a page that are done, in their order.
fn steps(page: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        match kind {
            "diff" => {
                let (path, changes) = block.split_first().expect("a diff names its file");
                let side = |sign: char| {
                    let of = changes.iter().filter_map(|line| line.strip_prefix(sign));
                    of.map(|line| format!("{line}\n")).collect::<String>()
                };
                steps.push(Step::Edit { path: (*path).to_owned(), old: side('-'), new: side('+') });
            }
            "cells" => {
                let (books, cells) = block.split_first().expect("cells name their workbook");
                let (book, copy) = books.split_once(" → ").expect("a workbook and its copy");
                let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
                steps.push(Step::Type { book: book.to_owned(), copy: copy.to_owned(), cells });
            }
            "console" => {
                for said in block {
                    match (said.strip_prefix("$ hyoka "), steps.last_mut()) {
                        (Some(command), _) => {
                            steps.push(Step::Run { line: at + 1, command: command.to_owned(), printed: Vec::new() });
                        }
                        (None, Some(Step::Run { printed, .. })) => printed.push(said.to_owned()),
                        (None, _) => panic!("line {}: no command before {said}", at + 1),
                    }
                }
            }
            _ => {}
        }
    }
    steps
}

/// Whether what was printed is as the page says.
fn fits(printed: &[&str], said: &[String]) -> bool {
    match said.split_first() {
        None => printed.is_empty(),
        Some((any, rest)) if any == "…" => (0..=printed.len()).any(|skip| fits(&printed[skip..], rest)),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(own, others)| is_like(own, line) && fits(others, rest))
        }
    }
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

/// Does a page from its beginning to its end; returns how many commands it ran.
fn follow(page: &Path) -> usize {
    let text = fs::read_to_string(page).expect("the page can be read");
    let page = page.file_name().unwrap_or_default().to_string_lossy();
    let folder = tempfile::tempdir().expect("the system has room for a temporary folder");
    copy(&repository().join("content"), &folder.path().join("content"));
    let mut runs = 0;
    for step in steps(&text) {
        match step {
            Step::Edit { path, old, new } => edit(&folder.path().join(&path), &old, &new),
            Step::Type { book, copy, cells } => typed(folder.path(), &book, &copy, &cells),
            Step::Run { line, command, printed } => {
                runs += 1;
                let ran = Command::new(env!("CARGO_BIN_EXE_hyoka"))
                    .current_dir(folder.path())
                    .args(command.split(' '))
                    .output()
                    .expect("the program starts");
                let all = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).expect("it prints text"));
                let all = all.concat();
                let own: Vec<&str> = all.lines().collect();
                assert!(
                    fits(&own, &printed),
                    "{page}:{line}: hyoka {command}\n{all}\n--- the page says\n{}",
                    printed.join("\n")
                );
            }
        }
    }
    runs
}

/// A workbook as another program saves it after somebody typed into cells: `[外部結合] D15 ○`.
fn typed(root: &Path, book: &str, copy: &str, cells: &[String]) {
    let cell = |line: &String| {
        let (sheet, rest) = line.strip_prefix('[').and_then(|line| line.split_once("] ")).expect("a sheet");
        let (place, text) = rest.split_once(' ').expect("a cell and what is typed");
        ((sheet.to_owned(), place.to_owned()), text.to_owned())
    };
    let mut typed: BTreeMap<(String, String), String> = cells.iter().map(cell).collect();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for sheet in &book_of(&root.join(book)).sheets {
        let target = workbook.add_worksheet();
        target.set_name(&sheet.name).expect("it was a name");
        target.set_hidden(sheet.hidden);
        let own = sheet.cells.iter().filter(|cell| matches!(cell.value, CellValue::Text(_)));
        let mut all: BTreeMap<Place, String> = own.map(|cell| (cell.place, raw(&cell.value))).collect();
        for (row, column) in (0..200).flat_map(|row| (0..12).map(move |column| (row, column))) {
            let place = Place { row, column };
            all.extend(typed.remove(&(sheet.name.clone(), place.label())).map(|text| (place, text)));
        }
        for (place, text) in all {
            let column = u16::try_from(place.column).expect("columns are few");
            target.write_string(place.row, column, text).expect("it fits");
        }
    }
    assert!(typed.is_empty(), "{book} has no {typed:?}");
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
    let runs: usize = pages.iter().map(|page| follow(page)).sum();
    assert!(runs >= 18, "{runs} commands are run");
}

#[test]
fn a_page_that_is_wrong_is_found() {
    let said: Vec<String> = ["…", "文書 1 件を作成、… 件は変更なし：build"].map(str::to_owned).to_vec();
    assert!(fits(&["注意", "文書 1 件を作成、0 件は変更なし：build"], &said));
    assert!(!fits(&["注意", "文書 2 件を作成、0 件は変更なし：build"], &said));
    assert!(!fits(&["文書 1 件を作成、0 件は変更なし：build", "さらに"], &said));
}
