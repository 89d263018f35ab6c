//! The files that the editor holds（開いているファイル）: their newest texts, saved or not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{TextDocumentContentChangeEvent as Change, Uri};

use super::positions::{Encoding, Lines, Mark};
use crate::diagnostic::OnDisk;
use crate::source::composed;

/// A file as the editor holds it（開いているファイル）.
#[derive(Debug)]
pub(super) struct Held {
    /// As the editor names it.
    pub(super) uri: Uri,
    /// The editor's number of this text.
    pub(super) version: i32,
    /// Its path from the root, `/` between folders, in composed characters; none: it lies elsewhere.
    pub(super) path: Option<String>,
    /// To the letter, with its own ends of lines.
    raw: String,
    /// Whether the disk had it when it was opened or saved: if it is gone since, somebody took it away.
    was_there: bool,
}

impl Held {
    /// The text that all stages work with.
    pub(super) fn text(&self) -> String {
        OnDisk::take_in(&self.raw).1
    }

    /// Whether the editor counts a byte order mark before it.
    pub(super) fn mark(&self) -> Mark {
        if self.raw.starts_with('\u{feff}') { Mark::First } else { Mark::None }
    }
}

/// All of them, by the editor's name.
#[derive(Debug, Default)]
pub(super) struct Open {
    files: BTreeMap<String, Held>,
}

impl Open {
    pub(super) fn open(&mut self, uri: Uri, (version, text): (i32, String), root: Option<&Path>) {
        let path = root.and_then(|root| path_in(root, &uri));
        let was_there = file_of(&uri).is_some_and(|file| file.is_file());
        self.files.insert(uri.0.clone(), Held { uri, version, path, raw: text, was_there });
    }

    /// Puts changes into a text, one after the other; `false` where nobody has opened it.
    pub(super) fn change(&mut self, uri: &Uri, version: i32, changes: Vec<Change>, encoding: Encoding) -> bool {
        let Some(held) = self.files.get_mut(&uri.0) else { return false };
        held.version = version;
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => held.raw = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    // The editor's own text is counted, a byte order mark with it.
                    let range = Lines::new(&held.raw, encoding, Mark::None).bytes(part.range);
                    held.raw.replace_range(range, &part.text);
                }
            }
        }
        true
    }

    /// The disk has it now.
    pub(super) fn saved(&mut self, uri: &Uri) {
        if let Some(held) = self.files.get_mut(&uri.0) {
            held.was_there = true;
        }
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        self.files.remove(&uri.0);
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Held> {
        self.files.get(&uri.0)
    }

    /// The file at a path from the root.
    pub(super) fn at(&self, path: &str) -> Option<&Held> {
        self.files.values().find(|held| held.path.as_deref() == Some(path))
    }

    /// Looks again which paths they have: the workspace became known.
    pub(super) fn settle_in(&mut self, root: &Path) {
        self.files.values_mut().for_each(|held| held.path = path_in(root, &held.uri));
    }

    /// The paths of the source files among them that are there, or are new, in order.
    pub(super) fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.sources().filter_map(|held| held.path.clone()).collect();
        paths.sort();
        paths
    }

    /// Their texts by path.
    pub(super) fn texts(&self) -> BTreeMap<String, String> {
        self.sources().filter_map(|held| Some((held.path.clone()?, held.raw.clone()))).collect()
    }

    fn sources(&self) -> impl Iterator<Item = &Held> {
        self.files.values().filter(|held| {
            let is_source = |path: &String| path.starts_with("content/") && has_ending(path);
            let is_gone = || held.was_there && file_of(&held.uri).is_none_or(|file| !file.is_file());
            held.path.as_ref().is_some_and(is_source) && !is_gone()
        })
    }
}

fn has_ending(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "md" || ending == "toml")
}

/// The file that a name of the editor means; none where it means no file, such as a text without a name.
pub(super) fn file_of(uri: &Uri) -> Option<PathBuf> {
    let url = url::Url::parse(&uri.0).ok()?;
    if url.scheme() == "file" { url.to_file_path().ok() } else { None }
}

/// The name by which an editor knows a file.
pub(super) fn uri_of(file: &Path) -> Option<Uri> {
    url::Url::from_file_path(file).ok().map(|url| Uri(url.into()))
}

/// The path of a file from the root, as the session has it.
fn path_in(root: &Path, uri: &Uri) -> Option<String> {
    let file = file_of(uri)?;
    let inside = file.strip_prefix(root).ok()?;
    let names: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
    names.map(|names| composed(&names.join("/")))
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{Position, Range, TextDocumentContentChangePartial as Part};

    use super::*;

    fn typed(text: &str, (line, from, to): (u32, u32, u32), new: &str, encoding: Encoding) -> String {
        let mut open = Open::default();
        let uri = Uri::from("file:///w/content/a.md");
        open.open(uri.clone(), (1, text.to_owned()), Some(Path::new("/w")));
        let at = |character| Position { line, character };
        let range = Range { start: at(from), end: at(to) };
        #[expect(deprecated, reason = "the field is there")]
        let part = Part { range, range_length: None, text: new.to_owned() };
        assert!(open.change(&uri, 2, vec![Change::TextDocumentContentChangePartial(part)], encoding));
        open.get(&uri).expect("it is open").raw.clone()
    }

    #[test]
    fn what_is_typed_goes_where_the_editor_says() {
        assert_eq!(typed("一\r\n𠮷野\r\n", (1, 2, 3), "田", Encoding::Utf16), "一\r\n𠮷田\r\n");
        assert_eq!(typed("一\r\n𠮷野\r\n", (1, 4, 7), "田", Encoding::Utf8), "一\r\n𠮷田\r\n");
        assert_eq!(typed("\u{feff}一\n", (0, 1, 2), "二", Encoding::Utf16), "\u{feff}二\n");
        assert_eq!(typed("一", (9, 9, 9), "二", Encoding::Utf16), "一二");
    }

    #[cfg(unix)]
    #[test]
    fn a_name_of_the_editor_is_a_path_of_the_session() {
        let path = |uri: &str| path_in(Path::new("/w s"), &Uri::from(uri));
        assert_eq!(path("file:///w%20s/content/%E4%B8%80.md").as_deref(), Some("content/一.md"));
        assert_eq!(path("file:///w%20s/content/%E3%81%8B%E3%82%99.md").as_deref(), Some("content/が.md"));
        for elsewhere in ["file:///w/content/a.md", "untitled:Untitled-1", "http://w/a.md", "content/a.md", "", "file:"]
        {
            assert_eq!(path(elsewhere), None, "{elsewhere}");
        }
    }
}
