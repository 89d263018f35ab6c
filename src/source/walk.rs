//! What stands below a folder of the workspace: source files in order, and what is passed over, each with the reason.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::names::{NameFault, NameKind, file_name_fault, is_copy, name_kind};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase};
use crate::system::{self, Special};

/// A link that leads out of the workspace（作業フォルダーの外を指すリンク）.
#[derive(Debug)]
pub(super) struct OutsideLink {
    /// Its path from the root.
    pub(super) path: String,
    /// Where it leads, as it says itself.
    pub(super) target: String,
}

/// What was found below a folder.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files to read, in the order of their paths.
    pub(super) files: Vec<PathBuf>,
    /// Links that are not followed.
    pub(super) outside: Vec<OutsideLink>,
}

/// What else may stand beside the files that are read（原稿でないファイルの扱い）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// Nothing: whatever is not read is named.
    Named,
    /// Anything, such as fonts and their licences.
    Kept,
}

/// A folder of the workspace, and what is read of it.
pub(super) struct Walk<'a> {
    /// The workspace's folder.
    pub(super) root: &'a Path,
    /// The same without links.
    pub(super) real_root: &'a Path,
    /// The endings that are read, without the dot.
    pub(super) endings: &'a [&'a str],
    /// What else may stand there.
    pub(super) others: Others,
}

impl Walk<'_> {
    /// Looks through a folder below the root; hidden files are left out.
    ///
    /// Pushes what a file is that is not read: [`Code::FileEnding`], [`Code::FileForeign`], [`Code::FileCopy`], [`Code::NameUnfit`],
    /// [`Code::NotAFile`]. Links to folders are not followed: their files would be read twice or come from elsewhere.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub(super) fn below(&self, folder: &Path, diagnostics: &mut Diagnostics) -> Result<Found, Error> {
        let mut found = Found::default();
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
        // A part of the workspace may be one file.
        let depth = usize::from(folder.is_dir());
        let mut walk = WalkDir::new(folder).min_depth(depth).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry.map_err(|error| Error::Read {
                path: error.path().unwrap_or(folder).to_owned(),
                source: error.into(),
            })?;
            if !visible(&entry) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            let shown = self.shown(entry.path());
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().is_dir() {
                if self.others == Others::Named && is_copy(&name) {
                    diagnostics.push(Diagnostic::nowhere(Code::FileCopy).with("path", format!("{shown}/")));
                    walk.skip_current_dir();
                } else {
                    check_name(&name, &shown, &mut names, diagnostics);
                }
                continue;
            }
            if entry.path_is_symlink() && self.is_link_outside(entry.path(), &shown, &mut found, diagnostics)? {
                continue;
            }
            if !entry.path().is_file() {
                diagnostics.push(special(entry.path(), &shown));
                continue;
            }
            match name_kind(&name, self.endings) {
                NameKind::Source => {
                    check_name(&name, &shown, &mut names, diagnostics);
                    found.files.push(entry.into_path());
                }
                NameKind::Ending(right) => {
                    let wrong = Diagnostic::nowhere(Code::FileEnding).with("path", shown);
                    diagnostics.push(wrong.with("name", name).with("right", right));
                }
                NameKind::Copy | NameKind::Foreign if self.others == Others::Kept => {}
                NameKind::Copy => diagnostics.push(Diagnostic::nowhere(Code::FileCopy).with("path", shown)),
                NameKind::Foreign => diagnostics.push(Diagnostic::nowhere(Code::FileForeign).with("path", shown)),
                NameKind::System => {}
            }
        }
        Ok(found)
    }

    /// Whether a link leads out of the workspace, to a folder or to nothing, so that it is not followed.
    fn is_link_outside(
        &self,
        path: &Path,
        shown: &str,
        found: &mut Found,
        diagnostics: &mut Diagnostics,
    ) -> Result<bool, Error> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let target = std::fs::read_link(path).map_err(failed)?;
        let target = target.to_string_lossy().into_owned();
        // A ring of links leads nowhere too.
        let Ok(real) = std::fs::canonicalize(path) else {
            let nothing =
                Phrase::said(format!("行き先のないリンク → {target}"), format!("a link to nothing: {target}"));
            diagnostics.push(Diagnostic::nowhere(Code::NotAFile).with("path", shown).said("kind", nothing));
            return Ok(true);
        };
        let leaves = real.is_dir() || !real.starts_with(self.real_root) && real.is_file();
        if leaves {
            found.outside.push(OutsideLink { path: shown.to_owned(), target });
        }
        Ok(leaves)
    }

    /// A path from the root, with `/` on every system.
    fn shown(&self, path: &Path) -> String {
        shown(path.strip_prefix(self.root).expect("walked from the root"))
    }
}

/// A path with `/` on every system.
pub(super) fn shown(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Reports a name that not every system can have; `names` are those seen so far, by their path in small letters.
fn check_name(name: &str, shown: &str, names: &mut BTreeMap<String, String>, diagnostics: &mut Diagnostics) {
    let twin = names.insert(shown.to_lowercase(), name.to_owned()).map(NameFault::OnlyCase);
    if let Some(fault) = file_name_fault(name).or(twin) {
        let unfit = Diagnostic::nowhere(Code::NameUnfit).with("name", name).with("path", shown);
        diagnostics.push(unfit.said("reason", fault.reason()));
    }
}

/// What is neither a file nor a folder: reading it could wait for ever or never end.
fn special(path: &Path, shown: &str) -> Diagnostic {
    Diagnostic::nowhere(Code::NotAFile).with("path", shown).said("kind", kind(path))
}

fn kind(path: &Path) -> Phrase {
    match system::special(path) {
        Special::Pipe => Phrase::said("名前付きパイプ（FIFO）", "a named pipe (FIFO)"),
        Special::Socket => Phrase::said("ソケット", "a socket"),
        Special::Device => Phrase::said("機器（デバイス）", "a device"),
        Special::Unknown => Phrase::said("ファイルでもフォルダーでもないもの", "neither a file nor a folder"),
    }
}
