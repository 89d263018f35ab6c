//! README, CHANGELOG and the manual held against the program: commands and their options, rules, files, links, settings of editors and targets
//! of `make`.
//!
//! What a page says in sentences no test can read; what it says to type, to open or to look up, this one tries. Its blocks are held by
//! `tests/acceptance/manual.rs`, which hands those of commands that are not run, of settings and of stages to this one.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use clap::error::ErrorKind;
use hyoka::diagnostic::Code;

use crate::support::repository;

/// A page of the repository that people read.
struct Page {
    path: PathBuf,
    text: String,
}

fn pages() -> Vec<Page> {
    let mut paths = vec![repository().join("README.md"), repository().join("CHANGELOG.md")];
    for folder in ["docs/ja", "docs/en"] {
        let inside = fs::read_dir(repository().join(folder)).expect("the manual is there");
        paths.extend(inside.map(|entry| entry.expect("it can be read").path()));
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    let read = |path: PathBuf| Page { text: fs::read_to_string(&path).expect("a page is UTF-8"), path };
    paths.into_iter().map(read).collect()
}

impl Page {
    /// What stands between single backticks outside of fenced blocks, and the lines of fenced blocks, with the kind of the block.
    fn codes(&self) -> Vec<(usize, Option<String>, String)> {
        let mut found = Vec::new();
        let mut block: Option<String> = None;
        for (at, line) in self.text.lines().enumerate() {
            if let Some(kind) = line.trim_start().strip_prefix("```") {
                block = if block.is_some() { None } else { Some(kind.to_owned()) };
            } else if block.is_some() {
                found.push((at + 1, block.clone(), line.to_owned()));
            } else {
                let parts = line.split('`').enumerate().filter(|(at, _)| at % 2 == 1);
                found.extend(parts.map(|(_, code)| (at + 1, None, code.to_owned())));
            }
        }
        found
    }

    /// The fenced blocks of a kind, each with the line of its fence.
    fn blocks(&self, kind: &str) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        let mut open = None;
        for (at, line) in self.text.lines().enumerate() {
            match (line.trim_start().strip_prefix("```"), open) {
                (Some(_), Some(_)) => open = None,
                (Some(of), None) => {
                    open = Some(of == kind);
                    if of == kind {
                        found.push((at + 1, String::new()));
                    }
                }
                (None, Some(true)) => {
                    let (_, text) = found.last_mut().expect("a block was opened");
                    text.push_str(line);
                    text.push('\n');
                }
                (None, _) => {}
            }
        }
        found
    }

    /// The page without its code: what stands there is an example.
    fn said(&self) -> String {
        let mut is_block = false;
        let mut said = String::new();
        for line in self.text.lines() {
            let is_fence = line.trim_start().starts_with("```");
            is_block ^= is_fence;
            if !is_block && !is_fence {
                said.extend(line.split('`').step_by(2));
                said.push('\n');
            }
        }
        said
    }

    fn name(&self) -> String {
        self.path.strip_prefix(repository()).expect("a page of the repository").display().to_string()
    }
}

/// What is wrong with a command as a page has it; `is_whole`: it is to be typed as it stands.
fn fault(written: &str, is_whole: bool) -> Option<String> {
    let written = written.split("  #").next().unwrap_or(written);
    let words: Vec<&str> = written.split_whitespace().collect();
    let mut command = &mut hyoka::cli::command();
    command.build();
    let mut rest = &words[1..];
    while let Some(first) = rest.first()
        && command.find_subcommand(first).is_some()
    {
        command = command.find_subcommand_mut(first).expect("it was found");
        rest = &rest[1..];
    }
    let is_name = |word: &str| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-');
    if command.has_subcommands()
        && let Some(first) = rest.first().filter(|word| is_name(word) && !word.starts_with('-'))
    {
        return Some(format!("no command `{first}`"));
    }
    let known: BTreeSet<String> = command
        .get_arguments()
        .flat_map(|argument| {
            let long = argument.get_long().map(|long| format!("--{long}"));
            long.into_iter().chain(argument.get_short().map(|short| format!("-{short}")))
        })
        .collect();
    for word in rest.iter().flat_map(|word| word.split('|')) {
        let word = word.trim_matches(['[', ']', '`']);
        let option = word.split('=').next().unwrap_or(word);
        if option.starts_with('-') && option.len() > 1 && !known.contains(option) {
            return Some(format!("no option `{option}`"));
        }
    }
    let is_pattern = written.contains(['[', '|', '…', '<', '*', '(']);
    if !is_whole || is_pattern {
        return None;
    }
    let error = hyoka::cli::command().try_get_matches_from(&words).err()?;
    // Words such as DATE stand for a value.
    let is_fine = matches!(
        error.kind(),
        ErrorKind::ValueValidation | ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::InvalidValue
    );
    (!is_fine).then(|| error.to_string().lines().next().unwrap_or_default().to_owned())
}

#[test]
fn every_command_is_one_that_the_program_has() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for page in pages() {
        for (line, block, code) in page.codes() {
            let code = code.trim_start().trim_start_matches("$ ");
            let Some(rest) = code.strip_prefix("hyoka ") else { continue };
            // In a message a command may go on in words.
            let is_told = rest.starts_with(|sign: char| !sign.is_ascii());
            if block.as_deref().is_some_and(|kind| !["", "console", "bash"].contains(&kind)) || is_told {
                continue;
            }
            tried += 1;
            if let Some(fault) = fault(code, block.is_some()) {
                wrong.push(format!("{}:{line}: {code}: {fault}", page.name()));
            }
        }
    }
    assert!(tried > 200, "{tried} commands");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_command_that_is_not_there_is_found() {
    assert_eq!(fault("hyoka check hikari  # words", true), None);
    assert_eq!(fault("hyoka build --out DIR", true), None);
    assert_eq!(fault("hyoka chicken", true).as_deref(), Some("no command `chicken`"));
    assert_eq!(fault("hyoka build --wrong", false).as_deref(), Some("no option `--wrong`"));
    assert!(fault("hyoka build a b c d e", true).is_some());
}

#[test]
fn every_target_of_make_is_in_the_makefile() {
    let makefile = fs::read_to_string(repository().join("Makefile")).expect("the repository has one");
    let mut wrong = Vec::new();
    for page in pages() {
        for (line, _, code) in page.codes() {
            let words: Vec<&str> = code.split_whitespace().skip_while(|word| word.contains('=')).collect();
            if let ["make", target, ..] = words[..]
                && target.starts_with(|sign: char| sign.is_ascii_lowercase())
                && !makefile.contains(&format!("\n{target}:"))
            {
                wrong.push(format!("{}:{line}: make {target}", page.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_one_of_the_catalogue() {
    let mut wrong = Vec::new();
    for page in pages() {
        for (at, line) in page.text.lines().enumerate() {
            for (found, _) in line.match_indices('H') {
                let code: String = line[found..].chars().take(5).collect();
                let is_code = code.len() == 5 && code[1..].bytes().all(|byte| byte.is_ascii_digit());
                let stands_alone = !line[..found].ends_with(|before: char| before.is_ascii_alphanumeric());
                if is_code && stands_alone && Code::find(&code).is_none() {
                    wrong.push(format!("{}:{}: {code}", page.name(), at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The address that a heading has on a code host.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|sign| sign.is_alphanumeric() || ['-', '_', ' '].contains(sign));
    kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

fn anchors(page: &str) -> BTreeSet<String> {
    let mut is_block = false;
    let mut found = BTreeSet::new();
    for line in page.lines() {
        is_block ^= line.starts_with("```");
        if line.starts_with('#') && !is_block {
            found.insert(anchor(line));
        }
    }
    found
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        let folder = page.path.parent().expect("a page lies in a folder");
        let text = page.said();
        let targets = text.split("](").skip(1).chain(text.split("src=\"").skip(1));
        for target in targets.filter_map(|rest| rest.split([')', '"', '\n']).next()) {
            if target.contains("://") || target.is_empty() {
                continue;
            }
            let (path, place) = target.split_once('#').map_or((target, None), |(path, place)| (path, Some(place)));
            let file = if path.is_empty() { page.path.clone() } else { folder.join(path) };
            if !file.exists() {
                wrong.push(format!("{}: {target}: no such file", page.name()));
                continue;
            }
            if let Some(place) = place
                && !anchors(&fs::read_to_string(&file).expect("a page is UTF-8")).contains(place)
            {
                wrong.push(format!("{}: {target}: no such heading", page.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Folders of the repository whose files a page may name.
const FOLDERS: &[&str] =
    &["content", "templates", "tests", "src", "docs", "benches", "deploy", "schemas", "tools", "seeds"];

#[test]
fn every_file_that_is_named_is_there() {
    let mut wrong = Vec::new();
    for page in pages() {
        for (line, block, code) in page.codes() {
            let is_path = |sign: char| sign.is_ascii_alphanumeric() || "_./-".contains(sign);
            let in_folder = FOLDERS.iter().any(|folder| code.starts_with(&format!("{folder}/")));
            if block.is_none() && in_folder && code.chars().all(is_path) && !repository().join(&code).exists() {
                wrong.push(format!("{}:{line}: {code}", page.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a line of a block of commands that are not run.
fn not_to_be_typed(line: &str) -> Option<String> {
    let command = line.split("  #").next().unwrap_or(line).trim_end();
    if let Some(arguments) = command.strip_prefix("cargo run --release --locked -- ") {
        return fault(&format!("hyoka {arguments}"), true);
    }
    // Targets and commands of ours have tests of their own, wherever they stand.
    let is_ours = ["make ", "hyoka "].iter().any(|program| command.starts_with(program));
    (!is_ours).then(|| "no command".to_owned())
}

#[test]
fn every_line_of_a_block_of_commands_is_one() {
    let mut wrong = Vec::new();
    for page in pages() {
        for (line, block) in page.blocks("bash") {
            let faults = block.lines().filter_map(|line| Some(format!("{line}: {}", not_to_be_typed(line)?)));
            wrong.extend(faults.map(|fault| format!("{}:{line}: {fault}", page.name())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for line in ["cargo run --release --locked -- chicken", "rm -rf build", ""] {
        assert!(not_to_be_typed(line).is_some(), "{line}");
    }
}

#[test]
fn the_commands_of_the_readme_are_all_there_are() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the repository has one");
    let list = readme.split_once("## Commands").expect("it tells the commands").1;
    let lacking: Vec<String> = hyoka::cli::command()
        .get_subcommands()
        .filter(|command| !command.is_hide_set() && command.get_name() != "help")
        .map(|command| format!("\nhyoka {}", command.get_name()))
        .filter(|command| !list.contains(&format!("{command} ")) && !list.contains(&format!("{command}\n")))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn settings_of_editors_start_the_server_that_is_there() {
    let mut tried = 0;
    for page in pages() {
        let blocks = ["lua editor", "toml editor", "elisp editor"].map(|kind| page.blocks(kind));
        for (line, block) in blocks.into_iter().flatten() {
            tried += 1;
            let words =
                block.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !["", "args"].contains(word));
            let words: Vec<&str> = words.collect();
            assert!(words.windows(2).any(|pair| *pair == ["hyoka", "lsp"]), "{}:{line}: {words:?}", page.name());
            assert!(words.contains(&"markdown") && words.contains(&"toml"), "{}:{line}", page.name());
        }
        for (line, block) in page.blocks("toml editor") {
            let settings: toml::Table = block.parse().unwrap_or_else(|error| panic!("{}:{line}: {error}", page.name()));
            let server = &settings["language-server"]["hyoka"];
            assert_eq!((server["command"].as_str(), server["args"][0].as_str()), (Some("hyoka"), Some("lsp")));
        }
    }
    assert_eq!(fault("hyoka lsp", true), None);
    assert_eq!(tried, 3, "a setting for each editor");
}

#[test]
fn the_stages_of_the_readme_are_the_rooms_of_the_library() {
    let library = fs::read_to_string(repository().join("src/lib.rs")).expect("the library has a root");
    let rooms: Vec<&str> = library.split("//! | [`").skip(1).filter_map(|row| row.split('`').next()).collect();
    let (_, block) =
        pages().iter().find_map(|page| page.blocks("text stages").into_iter().next()).expect("they are told");
    let (way, others) = block.split_once('\n').expect("the way of the data, then what uses it");
    let way: Vec<&str> = way.split(" -> ").collect();
    let places: Vec<Option<usize>> = way.iter().map(|stage| rooms.iter().position(|room| room == stage)).collect();
    assert!(way.len() > 5 && places.iter().all(Option::is_some) && places.is_sorted(), "{way:?} in {rooms:?}");
    let others = others.split(['\n', ' ']).filter(|word| rooms.contains(word)).count();
    assert!(others >= 4, "what stands on the way");
}

#[test]
fn a_heading_has_the_address_that_links_use() {
    assert_eq!(anchor("## 3.10 発出した文書を記録する"), "310-発出した文書を記録する");
}
