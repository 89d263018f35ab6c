//! A page as what is done with it: its fenced blocks, each with who holds it, and the orders that its readers do not see.

/// What is done with a part of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A workspace made of folders of the repository, each over the last.
    Begin { folders: Vec<String> },
    /// A file of the workspace copied to another place there.
    Copy { from: String, to: String },
    /// Lines of a file become others; without old ones they go to its end.
    Edit { path: String, old: String, new: String },
    /// Cells of a workbook typed into, as another program saves it; of no workbook: a new one.
    Type { book: Option<String>, copy: String, cells: Vec<String> },
    /// A command run; what it prints, where that is told.
    Run { command: String, printed: Option<Vec<String>> },
    /// An excerpt held against its file.
    Excerpt { path: String, lines: Vec<String> },
    /// The first line of a file, which names the schema of its kind.
    Schema { path: String, lines: Vec<String> },
    /// An example put into a file; what the program then says beside what it said before.
    Put { path: String, item: Option<String>, lines: Vec<String>, says: Vec<String>, stay: Stay },
    /// A list of files, each of which is there.
    Tree { lines: Vec<String> },
    /// A command of another program: the files that it names are there, and it is not run.
    Paths { lines: Vec<String> },
    /// Held by `tests/it`, which looks at the words alone.
    Elsewhere,
}

/// Whether what is put into a file stays there for the rest of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    Yes,
    No,
}

/// A part of a page and the line at which it begins, from 1.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) line: usize,
    pub(super) act: Act,
}

/// Kinds of blocks, with the word that follows, that `tests/it` holds: commands, forms, settings of editors, the order of the stages.
const ELSEWHERE: &[&str] = &["bash", "toml form", "toml editor", "lua editor", "elisp editor", "text stages"];

/// The parts of a page in their order.
///
/// A sign that no font has is shown as 〓, as printers do; what is done has the sign itself.
pub(super) fn parts(page: &str) -> Result<Vec<Part>, String> {
    let page = page.replace('〓', "\u{e000}");
    let mut parts = Vec::new();
    let mut lines = (1..).zip(page.lines());
    while let Some((line, text)) = lines.next() {
        if let Some(order) = text.strip_prefix("<!-- manual: ").and_then(|rest| rest.strip_suffix(" -->")) {
            parts.push(Part { line, act: hidden(order).ok_or_else(|| format!("{line}: nobody knows `{order}`"))? });
            continue;
        }
        let indent = &text[..text.len() - text.trim_start().len()];
        let Some(info) = text.trim_start().strip_prefix("```") else { continue };
        let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| line.trim() != "```");
        let inside: Vec<&str> = inside.map(|line| line.strip_prefix(indent).unwrap_or(line)).collect();
        let acts = block(info, &inside).ok_or_else(|| format!("{line}: nothing holds the block `{info}`"))?;
        parts.extend(acts.into_iter().map(|act| Part { line, act }));
    }
    Ok(parts)
}

fn hidden(order: &str) -> Option<Act> {
    match order.split_once(' ')? {
        ("workspace", folders) => Some(Act::Begin { folders: folders.split(' ').map(str::to_owned).collect() }),
        ("copy", files) => {
            let (from, to) = files.split_once(" → ")?;
            Some(Act::Copy { from: from.to_owned(), to: to.to_owned() })
        }
        ("edit", rest) => {
            let (path, words) = rest.split_once(": ")?;
            let (old, new) = words.split_once(" → ")?;
            Some(Act::Edit { path: path.to_owned(), old: old.to_owned(), new: new.to_owned() })
        }
        ("run", command) => Some(Act::Run { command: command.strip_prefix("hyoka ")?.to_owned(), printed: None }),
        _ => None,
    }
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// What is done with a block; none: nobody would hold it.
fn block(info: &str, lines: &[&str]) -> Option<Vec<Act>> {
    if ELSEWHERE.contains(&info) {
        return Some(vec![Act::Elsewhere]);
    }
    let words: Vec<&str> = info.split(' ').collect();
    match words[..] {
        ["diff"] => {
            let (path, changes) = lines.split_first()?;
            let side = |sign: char| {
                let of = changes.iter().filter_map(|line| line.strip_prefix(sign));
                of.map(|line| format!("{line}\n")).collect::<String>()
            };
            Some(vec![Act::Edit { path: (*path).to_owned(), old: side('-'), new: side('+') }])
        }
        ["cells"] => {
            let (books, cells) = lines.split_first()?;
            let (book, copy) = books.split_once(" → ").map_or((None, *books), |(book, copy)| (Some(book), copy));
            Some(vec![Act::Type { book: book.map(str::to_owned), copy: copy.to_owned(), cells: owned(cells) }])
        }
        ["console"] => runs(lines),
        ["bash", "typst"] => Some(vec![Act::Paths { lines: owned(lines) }]),
        ["text", "tree"] => Some(vec![Act::Tree { lines: owned(lines) }]),
        ["toml" | "markdown", "from", path] => Some(vec![Act::Excerpt { path: path.to_owned(), lines: owned(lines) }]),
        ["toml", "schema", path] => Some(vec![Act::Schema { path: path.to_owned(), lines: owned(lines) }]),
        ["toml" | "markdown", how @ ("into" | "try"), place, ref rest @ ..] => {
            let (path, item) = place.split_once('#').map_or((place, None), |(path, item)| (path, Some(item)));
            let says = match rest {
                [] => Vec::new(),
                ["says", codes] => codes.split(',').map(str::to_owned).collect(),
                _ => return None,
            };
            let stay = if how == "into" { Stay::Yes } else { Stay::No };
            let (path, item) = (path.to_owned(), item.map(str::to_owned));
            Some(vec![Act::Put { path, item, lines: owned(lines), says, stay }])
        }
        _ => None,
    }
}

/// The commands of a block, each with what it prints.
fn runs(lines: &[&str]) -> Option<Vec<Act>> {
    let mut acts: Vec<Act> = Vec::new();
    for said in lines {
        match (said.strip_prefix("$ hyoka "), acts.last_mut()) {
            (Some(command), _) => acts.push(Act::Run { command: command.to_owned(), printed: Some(Vec::new()) }),
            (None, Some(Act::Run { printed: Some(printed), .. })) => printed.push((*said).to_owned()),
            (None, _) => return None,
        }
    }
    Some(acts)
}

#[test]
fn a_block_that_nothing_holds_is_found() {
    let page = |info: &str| parts(&format!("# Title\n\n```{info}\nid = 1\n```\n"));
    for held in ["toml form", "bash", "toml from a.toml", "markdown try a.md#item says H0101,H0102", "text tree"] {
        assert_eq!(page(held).expect("it is held").len(), 1, "{held}");
    }
    for open in ["", "toml", "markdown", "text", "python", "toml into", "console", "toml try a.toml says"] {
        let said = page(open).expect_err("nothing holds it");
        assert_eq!(said, format!("3: nothing holds the block `{open}`"));
    }
    assert!(parts("<!-- manual: sing a song -->").is_err());
    assert_eq!(parts("<!-- a remark -->\n`code`").expect("no part").len(), 0);
    let listed = parts("- one\n\n  ```text tree\n  src/\n    lib.rs\n  ```\n").expect("it is held");
    assert_eq!(listed[0].act, Act::Tree { lines: vec!["src/".to_owned(), "  lib.rs".to_owned()] });
}
