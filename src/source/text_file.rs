//! One file of the workspace as text: inside the workspace, of a bounded size, UTF-8, without characters that cannot be seen.
//!
//! What cannot be text is a diagnostic with its place and left out; nothing that a file holds makes the program read another one.

use std::io::Read;
use std::path::Path;

use super::characters::refused;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, OnDisk, SourceMap, Span};

/// Most bytes of one file（1ファイルの上限）. The longest section of an assessment has some hundred kilobytes, a checklist of ten
/// thousand measures four megabytes.
pub const FILE_MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Most bytes of all files together（原稿全体の上限）.
pub const WORKSPACE_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Most refused characters of one file that are shown, so that a file of nothing else does not bury the other mistakes.
const SHOWN_MAX: usize = 20;

/// Reads files and keeps to the bounds of a workspace.
pub(super) struct Reader<'a> {
    /// The workspace's folder, without links.
    pub(super) real_root: &'a Path,
    /// Bytes that were read so far.
    pub(super) total: u64,
}

impl Reader<'_> {
    /// The text of a file and how it was saved; `shown` is its path from the root.
    ///
    /// Pushes [`Code::OutsideWorkspace`], [`Code::FileTooLarge`], [`Code::NotUtf8`] and returns `None`.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub(super) fn read(
        &mut self,
        path: &Path,
        shown: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<(OnDisk, String)>, Error> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        // A link that leads nowhere has no file behind it that could be outside.
        let real = std::fs::canonicalize(path).map_err(failed)?;
        if !real.starts_with(self.real_root) {
            diagnostics.push(Diagnostic::nowhere(Code::OutsideWorkspace).with("path", shown));
            return Ok(None);
        }
        let file = std::fs::File::open(&real).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        let limit = FILE_MAX_BYTES.min(WORKSPACE_MAX_BYTES.saturating_sub(self.total));
        if size > limit {
            let limit = if limit < FILE_MAX_BYTES { WORKSPACE_MAX_BYTES } else { FILE_MAX_BYTES };
            diagnostics.push(too_large(shown, size, limit));
            return Ok(None);
        }
        // It may have grown since: never more than the limit is read.
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
        self.total += bytes.len() as u64;
        match String::from_utf8(bytes) {
            Ok(saved) => Ok(Some(OnDisk::take_in(&saved))),
            Err(error) => {
                diagnostics.push(not_utf8(shown, error.as_bytes(), error.utf8_error().valid_up_to()));
                Ok(None)
            }
        }
    }
}

fn too_large(shown: &str, size: u64, limit: u64) -> Diagnostic {
    let megabytes = |bytes: u64| format!("{} MB", bytes.div_ceil(1024 * 1024));
    Diagnostic::nowhere(Code::FileTooLarge)
        .with("path", shown)
        .with("size", megabytes(size))
        .with("limit", megabytes(limit))
}

/// Names the file, the line and the encoding that it seems to have.
fn not_utf8(shown: &str, bytes: &[u8], valid_up_to: usize) -> Diagnostic {
    let line = bytes[..valid_up_to].split(|byte| *byte == b'\n').count();
    let rest = &bytes[valid_up_to..];
    let guess = if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.name()
    } else if matches!(rest, [0xed, 0xa0..=0xbf, ..]) {
        // UTF-8 has no surrogates; programs that hold text as UTF-16 write half a character so.
        "CESU-8"
    } else {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny).name()
    };
    // A western guess says only that it is nothing Japanese.
    let guess = if guess.starts_with("windows-") || guess.starts_with("ISO-8859") { "" } else { guess };
    Diagnostic::nowhere(Code::NotUtf8).with("path", shown).with("line", line.to_string()).with("guess", guess)
}

/// Reports the characters of a file that cannot be seen or that turn the text round.
pub(super) fn check_characters(file: FileId, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let text = &sources.get(file).text;
    let mut shown = 0;
    for (at, character) in text.char_indices() {
        let Some(kind) = refused(character) else { continue };
        diagnostics.push(kind.at(character, Span::new(file, at..at + character.len_utf8())));
        shown += 1;
        if shown == SHOWN_MAX {
            return;
        }
    }
}
