//! The files that a path stands for: itself, those of a folder and its folders, those of an archive.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;
use zip::ZipArchive;

use super::super::names::STAMP_FILE;
use super::FILE_MAX;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Phrase};

/// Most folders inside each other; an office keeps its files in three or four.
const DEPTH_MAX: usize = 12;
/// Most files that are looked at below one path, those inside archives among them.
const FILES_MAX: usize = 2_000;
/// Most bytes that the files of all archives below one path may unpack to together.
const UNPACKED_MAX: u64 = 256 * 1024 * 1024;

/// A file that may be a workbook（返送されたファイル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// What messages call it: its path, inside an archive behind the archive's.
    pub path: PathBuf,
    /// Where its bytes are.
    pub found: Found,
}

/// Where a file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// In the file system.
    File,
    /// Unpacked from an archive.
    Unpacked(Vec<u8>),
}

impl FoundFile {
    /// The files that a path stands for, in the order of their names: a file is itself, a folder the workbooks in it and in its
    /// folders, an archive the workbooks in it.
    ///
    /// Pushes [`Code::FilePassedOver`] for each file that is left out, and [`Code::WorkbookTooLarge`] for an archive that holds too much.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn below(path: &Path, diagnostics: &mut Diagnostics) -> Result<Vec<Self>, Error> {
        let mut search = Search { found: Vec::new(), looked: 0, left: UNPACKED_MAX, diagnostics };
        if !path.is_dir() {
            search.file(path.to_owned(), Asked::ByName)?;
            return Ok(search.found);
        }
        let walk = WalkDir::new(path).max_depth(DEPTH_MAX).sort_by_file_name();
        for entry in walk {
            let entry = entry
                .map_err(|error| Error::Read { path: error.path().unwrap_or(path).to_owned(), source: error.into() })?;
            let kind = entry.file_type();
            if kind.is_dir() && entry.depth() < DEPTH_MAX {
                continue;
            }
            search.looked += 1;
            if search.looked > FILES_MAX {
                search.passed_over(
                    entry.path(),
                    Phrase::said(
                        format!("ファイルが {FILES_MAX} 件を超えます。ここから後は読みません"),
                        format!("there are more than {FILES_MAX} files; none is read from here on"),
                    ),
                );
                break;
            }
            if kind.is_dir() {
                search.passed_over(
                    entry.path(),
                    Phrase::said(
                        format!("フォルダーが {DEPTH_MAX} 段より深くなります"),
                        format!("folders lie more than {DEPTH_MAX} deep"),
                    ),
                );
            } else if kind.is_file() {
                search.file(entry.into_path(), Asked::ByFolder)?;
            } else {
                search.passed_over(
                    entry.path(),
                    Phrase::said("リンクなど、ふつうのファイルではないもの", "no ordinary file"),
                );
            }
        }
        Ok(search.found)
    }
}

/// How a file came to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// It was named: what it is not, the reader says.
    ByName,
    /// It lies in a folder that was named.
    ByFolder,
}

struct Search<'d> {
    found: Vec<FoundFile>,
    looked: usize,
    /// Bytes that archives may still unpack to.
    left: u64,
    diagnostics: &'d mut Diagnostics,
}

impl Search<'_> {
    fn passed_over(&mut self, path: &Path, why: Phrase) {
        let diagnostic = Diagnostic::nowhere(Code::FilePassedOver).with("path", path.display().to_string());
        self.diagnostics.push(diagnostic.said("why", why));
    }

    fn file(&mut self, path: PathBuf, asked: Asked) -> Result<(), Error> {
        match kind(&path) {
            Kind::Archive => self.archive(&path, asked),
            Kind::Workbook => {
                self.found.push(FoundFile { path, found: Found::File });
                Ok(())
            }
            Kind::Stamp => Ok(()),
            Kind::Other(_) if asked == Asked::ByName => {
                self.found.push(FoundFile { path, found: Found::File });
                Ok(())
            }
            Kind::Other(why) => {
                self.passed_over(&path, why);
                Ok(())
            }
        }
    }

    /// The workbooks of an archive. Nothing of it is written anywhere: a name in it is only what messages call the file.
    fn archive(&mut self, path: &Path, asked: Asked) -> Result<(), Error> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() > FILE_MAX {
            self.too_large(path, format!("> {} MB", FILE_MAX / (1024 * 1024)));
            return Ok(());
        }
        let mut bytes = Vec::new();
        file.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
        // What is no archive, or a workbook that is called one, is left to the reader of workbooks.
        let whole = |bytes: Vec<u8>| FoundFile { path: path.to_owned(), found: Found::Unpacked(bytes) };
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes.as_slice())) else {
            self.found.push(whole(bytes));
            return Ok(());
        };
        if super::guard::is_workbook(&archive) || archive.is_empty() {
            drop(archive);
            self.found.push(whole(bytes));
            return Ok(());
        }
        if archive.len() > FILES_MAX {
            self.too_large(path, format!("> {FILES_MAX} files"));
            return Ok(());
        }
        let mut inside: Vec<(String, usize)> = Vec::new();
        for index in 0..archive.len() {
            let name = archive.by_index_raw(index).map(|entry| name(entry.name_raw()));
            inside.push((name.unwrap_or_default(), index));
        }
        inside.sort();
        if !inside.iter().any(|(name, _)| matches!(kind(Path::new(name)), Kind::Workbook)) {
            match asked {
                Asked::ByName => {
                    drop(archive);
                    self.found.push(whole(bytes));
                }
                Asked::ByFolder => {
                    let why = Phrase::said("表計算のファイルが一つもない圧縮ファイル", "an archive without a workbook");
                    self.passed_over(path, why);
                }
            }
            return Ok(());
        }
        for (name, index) in inside {
            if name.is_empty() || name.ends_with('/') {
                continue;
            }
            let shown = path.join(&name);
            let why = match kind(Path::new(&name)) {
                Kind::Workbook => None,
                Kind::Stamp => continue,
                Kind::Archive => Some(Phrase::said("圧縮ファイルの中の圧縮ファイル", "an archive inside an archive")),
                Kind::Other(why) => Some(why),
            };
            if let Some(why) = why {
                self.passed_over(&shown, why);
                continue;
            }
            let mut bytes = Vec::new();
            let read = match archive.by_index(index) {
                Ok(entry) => {
                    entry.take(self.left.min(FILE_MAX) + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())
                }
                Err(error) => Err(error.to_string()),
            };
            if let Err(error) = read {
                let why = Phrase::said(
                    format!("取り出せないファイル（{error}）"),
                    format!("it cannot be unpacked ({error})"),
                );
                self.passed_over(&shown, why);
                continue;
            }
            let size = bytes.len() as u64;
            if size > self.left.min(FILE_MAX) {
                self.too_large(&shown, format!("> {} MB", self.left.min(FILE_MAX) / (1024 * 1024)));
                continue;
            }
            self.left -= size;
            self.found.push(FoundFile { path: shown, found: Found::Unpacked(bytes) });
        }
        Ok(())
    }

    fn too_large(&mut self, path: &Path, what: String) {
        let diagnostic = Diagnostic::nowhere(Code::WorkbookTooLarge).with("file", path.display().to_string());
        self.diagnostics.push(diagnostic.with("what", what));
    }
}

/// What a file's name says that it is.
enum Kind {
    Workbook,
    Archive,
    /// What an export of our own leaves in its folder.
    Stamp,
    Other(Phrase),
}

fn kind(path: &Path) -> Kind {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        Kind::Other(Phrase::said(
            "だれかがファイルを開いている間の控え。保存していない記入があるかもしれません",
            "left by a program that has a file open; what is typed there may not be saved",
        ))
    } else if name == STAMP_FILE {
        Kind::Stamp
    } else if name.starts_with('.') {
        Kind::Other(Phrase::said("隠しファイル", "a hidden file"))
    } else if ends(&[".xlsx", ".xlsm", ".xls", ".ods"]) {
        Kind::Workbook
    } else if ends(&[".zip"]) {
        Kind::Archive
    } else {
        Kind::Other(Phrase::said("表計算のファイルではないもの", "no workbook"))
    }
}

/// The name of a file in an archive, going down only. Archives of a Japanese system hold names in its old encoding.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(raw).0.into_owned(),
    };
    let name = name.replace('\\', "/");
    let folder = name.ends_with('/');
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..").collect();
    let parts = parts.join("/");
    let parts: String = parts.chars().filter(|character| !character.is_control()).collect();
    if folder && !parts.is_empty() { format!("{parts}/") } else { parts }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_in_an_archive_goes_down_only() {
        assert_eq!(name("税務課/回答.xlsx".as_bytes()), "税務課/回答.xlsx");
        assert_eq!(name(b"..\\..\\/etc/a.xlsx"), "etc/a.xlsx");
        assert_eq!(name(b"C:\\a.xlsx"), "C:/a.xlsx");
        assert_eq!(name(b"\x90\xc5\x96\xb1\x89\xdb.xlsx"), "税務課.xlsx");
        assert_eq!(name(b"x/"), "x/");
        assert_eq!(name(b"../"), "");
    }
}
