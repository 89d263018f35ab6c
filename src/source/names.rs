//! Names of files, folders and ids: what may stand in a path on every system, and what a name says of its file.
//!
//! A workspace is carried between Windows and Linux, and ids become names of output files: a name that one of the systems cannot
//! write, or that two of them read differently, is refused where it is written.

use crate::diagnostic::Phrase;

/// Names that Windows keeps for devices, whatever ending follows（予約された名前）.
///
/// **Source**: Microsoft, "Naming Files, Paths, and Namespaces" (learn.microsoft.com); `COM0` and the digits in superscript are
/// refused by some of its versions only.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Devices that have a number behind them.
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];
/// Characters that a file's name on Windows cannot have.
const UNFIT: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

/// Pieces of names that the copying of a file, or a program at work on it, leaves behind（写し・控えの名前）.
const COPY_PARTS: &[&str] =
    &[" - コピー", "- コピー", " - copy", " - ショートカット", "のコピー", "コピー ～ ", "コピー ~ ", "copy of "];
/// Endings of such names.
const COPY_ENDINGS: &[&str] = &["~", ".bak", ".orig", ".old", ".tmp", ".swp"];

/// Endings that an editor gives to a source file instead of its own, and the right one（誤った拡張子）.
const ENDINGS: &[(&str, &str)] = &[(".markdown", ".md"), (".mdown", ".md"), (".mkd", ".md"), (".tml", ".toml")];

/// Files that Windows and macOS put into folders by themselves.
const OF_THE_SYSTEM: &[&str] = &["thumbs.db", "desktop.ini", "ehthumbs.db"];

/// Why a name cannot be used（使えない名前の理由）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameFault {
    /// It is empty.
    Empty,
    /// Windows has a device of that name.
    Device,
    /// A character that Windows cannot write.
    Character(char),
    /// A dot or a space at its end, which Windows takes away.
    End,
    /// An id is of small ASCII letters, digits and hyphens.
    NotKebab,
    /// It differs from another in large and small letters only; that other name.
    OnlyCase(String),
}

impl NameFault {
    /// Why, and what to write instead.
    #[must_use]
    pub fn reason(&self) -> Phrase {
        match self {
            Self::Empty | Self::NotKebab => Phrase::said(
                "半角の英小文字、数字、ハイフンで書いてください。",
                "use small ASCII letters, digits and hyphens",
            ),
            Self::Device => Phrase::said(
                "Windows が機器の名前として使うため、この名前のファイルを作れません。別の名前にしてください。",
                "Windows keeps this name for a device; use another one",
            ),
            Self::Character(character) => Phrase::said(
                format!(
                    "「{character}」は Windows のファイル名に使えません。半角の英小文字、数字、ハイフンで書いてください。"
                ),
                format!("Windows cannot write `{character}` in a name; use small ASCII letters, digits and hyphens"),
            ),
            Self::End => Phrase::said(
                "末尾の「.」と空白は Windows で失われます。除いてください。",
                "Windows drops a dot or space at the end; remove it",
            ),
            Self::OnlyCase(other) => Phrase::said(
                format!(
                    "「{other}」と大文字・小文字だけが違い、Windows では同じ名前になります。どちらかを改めてください。"
                ),
                format!("it differs from `{other}` in large and small letters only, which Windows does not tell apart"),
            ),
        }
    }
}

/// What is wrong with an id, which becomes the name of a folder or of an output file.
#[must_use]
pub fn id_fault(id: &str) -> Option<NameFault> {
    if id.is_empty() {
        return Some(NameFault::Empty);
    }
    let is_kebab = id.chars().all(|character| matches!(character, 'a'..='z' | '0'..='9' | '-'));
    file_name_fault(id).or_else(|| (!is_kebab).then_some(NameFault::NotKebab))
}

/// What is wrong with the name of a file or folder that stands in a workspace.
#[must_use]
pub(super) fn file_name_fault(name: &str) -> Option<NameFault> {
    if name.ends_with(['.', ' ']) {
        return Some(NameFault::End);
    }
    if is_device(name) {
        return Some(NameFault::Device);
    }
    let unfit = name.chars().find(|character| UNFIT.contains(character) || character.is_control());
    unfit.map(NameFault::Character)
}

/// Whether Windows takes a name for a device: `aux`, `aux.md`, `COM1`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |device: &&str| {
        let rest = stem.strip_prefix(*device).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(rest.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(numbered)
}

/// The file that makes a folder of documents ours（出力先の印）.
pub const STAMP_FILE: &str = ".stamp.json";

/// What the name of a file below `content/` or `templates/` says of it（名前から見たファイルの種類）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameKind {
    /// It has one of the endings that are read.
    Source,
    /// It looks like one, but its ending is not; the name that it should have.
    Ending(String),
    /// Left behind by a copy or an editor.
    Copy,
    /// The system's own, or hidden.
    System,
    /// Anything else.
    Foreign,
}

/// The kind of a file by its name; `endings` are those that are read, without the dot.
pub(super) fn name_kind(name: &str, endings: &[&str]) -> NameKind {
    let lower = name.to_lowercase();
    if OF_THE_SYSTEM.contains(&lower.as_str()) || lower.starts_with("~$") {
        return NameKind::System;
    }
    if is_copy(name) {
        return NameKind::Copy;
    }
    let ending = |text: &str| endings.iter().find(|ending| text.ends_with(&format!(".{ending}"))).copied();
    if ending(name).is_some() {
        return NameKind::Source;
    }
    // `procedure.md.txt`, `procedure.MD`, `procedure.markdown`, `procedure．md`.
    let plain = lower.strip_suffix(".txt").unwrap_or(&lower).replace('．', ".");
    if let Some(ending) = ending(&plain) {
        return NameKind::Ending(format!("{}.{ending}", &name[..whole(name, plain.len() - ending.len() - 1)]));
    }
    let wrong = ENDINGS.iter().find(|(wrong, right)| plain.ends_with(wrong) && endings.contains(&&right[1..]));
    match wrong {
        Some((wrong, right)) => NameKind::Ending(format!("{}{right}", &name[..whole(name, plain.len() - wrong.len())])),
        None => NameKind::Foreign,
    }
}

/// The boundary of a character at or before a byte: small letters may be longer or shorter than large ones.
fn whole(name: &str, at: usize) -> usize {
    (0..=at.min(name.len())).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether a name is one that a copy leaves behind: 「basic - コピー.md」, `basic (2).md`, `basic.md~`.
pub(super) fn is_copy(name: &str) -> bool {
    let lower = name.to_lowercase();
    let counted = |open: char, close: char| {
        let inside = lower.rsplit_once(open).and_then(|(_, rest)| rest.split_once(close));
        inside.is_some_and(|(inside, rest)| {
            // 「(2)」 is a copy, 「(2019)」 a year.
            let is_number = matches!(inside.chars().count(), 1 | 2) && inside.chars().all(char::is_numeric);
            is_number && (rest.is_empty() || rest.starts_with('.'))
        })
    };
    COPY_PARTS.iter().any(|part| lower.contains(part))
        || COPY_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || counted('(', ')')
        || counted('（', '）')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_windows_are_no_ids() {
        for id in ["con", "aux", "nul", "prn", "com1", "lpt9", "conin$", "CON", "aux.md", "nul .toml", "com¹"] {
            assert_eq!(id_fault(id), Some(NameFault::Device), "{id}");
        }
        for id in ["console", "com", "com10", "auxiliary", "hikari", "r5-published"] {
            assert_eq!(id_fault(id), None, "{id}");
        }
    }

    #[test]
    fn ids_are_kebab_case() {
        assert_eq!(id_fault(""), Some(NameFault::Empty));
        assert_eq!(id_fault("Hikari"), Some(NameFault::NotKebab));
        assert_eq!(id_fault("ひかり"), Some(NameFault::NotKebab));
        assert_eq!(id_fault("../a"), Some(NameFault::Character('/')));
        assert_eq!(id_fault("a:b"), Some(NameFault::Character(':')));
        assert_eq!(id_fault("a."), Some(NameFault::End));
        assert_eq!(file_name_fault("保管 場所.md"), None);
    }

    #[test]
    fn a_name_says_what_its_file_is() {
        let kind = |name| name_kind(name, &["toml", "md"]);
        assert_eq!(kind("basic.md"), NameKind::Source);
        for (wrong, right) in [
            ("procedure.md.txt", "procedure.md"),
            ("procedure.MD", "procedure.md"),
            ("procedure.Md.TXT", "procedure.md"),
            ("procedure.markdown", "procedure.md"),
            ("municipality.toml.txt", "municipality.toml"),
            ("手続．md", "手続.md"),
            ("case.TOML", "case.toml"),
        ] {
            assert_eq!(kind(wrong), NameKind::Ending(right.to_owned()), "{wrong}");
        }
        for copy in
            ["basic - コピー.md", "basic (2).md", "basic（3）.md", "basic.md~", "basic - Copy.md", "basic.md.bak"]
        {
            assert_eq!(kind(copy), NameKind::Copy, "{copy}");
        }
        assert_eq!(kind("memo.docx"), NameKind::Foreign);
        assert_eq!(kind("Thumbs.db"), NameKind::System);
        assert_eq!(kind("~$memo.docx"), NameKind::System);
        // A name in brackets is no number of a copy.
        assert_eq!(kind("basic(new).md"), NameKind::Source);
        assert_eq!(kind("server(2019).md"), NameKind::Source);
    }
}
