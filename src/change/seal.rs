//! Seals: by what it is known that a frozen file was altered, and in which line.
//!
//! Input: texts by path. Output: the text of a seal, or the places that do not fit one. Line ends are of no account, so that a checkout
//! on another system breaks no seal.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::manifest::SealToml;
use crate::source::{ByPlace, sha256};

/// The file that holds a seal.
pub const SEAL: &str = "seal.toml";

/// What does not fit a seal（封印と合わない箇所）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breach {
    /// A file has another text; the first line that differs, from 1, where one is known.
    Altered {
        /// Its path.
        path: String,
        /// The line.
        line: Option<usize>,
    },
    /// A file is gone.
    Gone {
        /// Its path.
        path: String,
    },
    /// A file was not sealed.
    Added {
        /// Its path.
        path: String,
    },
    /// The seal itself was altered.
    Seal,
}

/// The text of a seal of files, by their paths below its folder.
#[must_use]
pub fn seal(of: &str, follows: &str, files: &BTreeMap<String, &str>) -> String {
    let digests: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), digest(text))).collect();
    let whole = whole(of, follows, digests.iter().map(|(path, digest)| (*path, digest.as_str())));
    let mut text = format!(
        "# hyoka が書いた封印です。版のファイルは手で直さず、変更は原稿に書いてください。\nof = \"{of}\"\nfollows = \"{follows}\"\ndigest = \"{whole}\"\n"
    );
    for ((path, digest), source) in digests.iter().zip(files.values()) {
        let lines: String = lines(source).map(short).collect();
        text += &format!("\n[[file]]\npath = \"{path}\"\ndigest = \"{digest}\"\nlines = \"{lines}\"\n");
    }
    text
}

/// The digest that the text of a seal gives.
///
/// # Panics
/// With a text that [`seal`] did not write.
#[must_use]
pub fn seal_digest(text: &str) -> String {
    let seal: SealToml = toml::from_str(text).expect("a seal was written as TOML");
    seal.digest.value
}

/// What does not fit: in the order of the paths, the seal itself last.
#[must_use]
pub fn breaches(seal: &SealToml, files: &BTreeMap<String, ByPlace<str>>) -> Vec<Breach> {
    let mut found = Vec::new();
    for sealed in &seal.file {
        let path = sealed.path.value.clone();
        match files.get(&path) {
            None => found.push(Breach::Gone { path }),
            Some(text) if *remembered(text).1 != *sealed.digest => {
                let line = first_other(&sealed.lines, &text.0);
                found.push(Breach::Altered { path, line });
            }
            Some(_) => {}
        }
    }
    let known = |path: &String| seal.file.iter().any(|sealed| sealed.path.value == *path);
    found.extend(files.keys().filter(|path| !known(path)).map(|path| Breach::Added { path: path.clone() }));
    let digests = seal.file.iter().map(|sealed| (sealed.path.value.as_str(), sealed.digest.as_str()));
    if whole(&seal.of.value, &seal.follows.value, digests) != seal.digest.value {
        found.push(Breach::Seal);
    }
    found
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
}

/// The digest of a text. It is remembered: what is sealed is the same in every state of the workspace.
#[comemo::memoize]
fn remembered(text: &ByPlace<str>) -> (ByPlace<str>, Arc<str>) {
    (text.clone(), digest(&text.0).into())
}

/// SHA-256 of a text's lines.
fn digest(text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    sha256(plain.trim_end_matches('\n').as_bytes())
}

fn whole<'f>(of: &str, follows: &str, files: impl Iterator<Item = (&'f str, &'f str)>) -> String {
    let mut text = format!("{of}\n{follows}\n");
    for (path, digest) in files {
        text += &format!("{path} {digest}\n");
    }
    sha256(text.as_bytes())
}

/// Two characters that stand for a line.
fn short(line: &str) -> String {
    sha256(line.as_bytes())[..2].to_owned()
}

/// The first line that differs, from 1; where the file only lost its end, the line after the last.
fn first_other(sealed: &str, text: &str) -> Option<usize> {
    let now: Vec<String> = lines(text).map(short).collect();
    let then: Vec<&str> = (0..sealed.len() / 2).filter_map(|at| sealed.get(at * 2..at * 2 + 2)).collect();
    let same = then.iter().zip(&now).take_while(|(then, now)| *then == now).count();
    (same < then.len().max(now.len())).then_some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> SealToml {
        toml::from_str(text).expect("a seal is TOML")
    }

    fn files<'t>(pairs: &[(&str, &'t str)]) -> BTreeMap<String, &'t str> {
        pairs.iter().map(|(path, text)| ((*path).to_owned(), *text)).collect()
    }

    fn held(pairs: &[(&str, &str)]) -> BTreeMap<String, ByPlace<str>> {
        pairs.iter().map(|(path, text)| ((*path).to_owned(), ByPlace((*text).into()))).collect()
    }

    #[test]
    fn a_hand_edit_is_found_with_its_line() {
        let before = [("a.md", "一\n二\n三\n"), ("b.md", "四\n")];
        let sealed = read(&seal("town/zei/first", "", &files(&before)));
        assert_eq!(breaches(&sealed, &held(&before)), []);
        assert_eq!(breaches(&sealed, &held(&[("a.md", "一\r\n二\r\n三\r\n"), ("b.md", "四")])), []);
        let altered = |line| Breach::Altered { path: "a.md".to_owned(), line: Some(line) };
        for (text, line) in [("一\n弐\n三\n", 2), ("一\n二\n", 3), ("零\n一\n二\n三\n", 1), ("一\n二\n三\n四\n", 4)]
        {
            assert_eq!(breaches(&sealed, &held(&[("a.md", text), ("b.md", "四\n")])), [altered(line)], "{text}");
        }
    }

    #[test]
    fn files_that_come_and_go_and_another_seal_are_found() {
        let sealed = seal("town/zei/first", "", &files(&[("a.md", "一\n")]));
        let path = |path: &str| path.to_owned();
        let found = breaches(&read(&sealed), &held(&[("b.md", "一\n")]));
        assert_eq!(found, [Breach::Gone { path: path("a.md") }, Breach::Added { path: path("b.md") }]);
        let renamed = sealed.replace("town/zei/first", "town/zei/second");
        assert_eq!(breaches(&read(&renamed), &held(&[("a.md", "一\n")])), [Breach::Seal]);
    }
}
