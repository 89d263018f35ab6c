//! What kind of file it is, and how much it unpacks to: looked at before any parser is let in.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Refusal;

/// Most bytes that all parts of a packed workbook may unpack to together.
const UNPACKED_MAX: u64 = 160 * 1024 * 1024;
/// Most bytes that the list of formats may unpack to: the parser makes a large value of each entry.
const FORMATS_MAX: u64 = 8 * 1024 * 1024;
/// Most parts that a packed workbook may have.
const PARTS_MAX: usize = 4_000;

/// A kind of workbook（ブックの形式）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// The binary format of Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

/// Tells the kind by what the file holds, never by its name, and refuses one that unpacks to more than it may.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.starts_with(b"PK") {
        packed(bytes)
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        compound(bytes)
    } else {
        Err(Refusal::Not)
    }
}

fn packed(bytes: &[u8]) -> Result<Kind, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    if archive.len() > PARTS_MAX {
        return Err(Refusal::TooLarge(format!("{} parts", archive.len())));
    }
    // The sizes that an archive declares can lie, so every part is unpacked once and counted.
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Locked,
            other => Refusal::damaged(other),
        })?;
        let formats = part.name().is_ok_and(|name| name.to_lowercase().ends_with("styles.xml"));
        let most = if formats { left.min(FORMATS_MAX) } else { left };
        let size = std::io::copy(&mut part.take(most + 1), &mut std::io::sink()).map_err(Refusal::damaged)?;
        if size > most {
            let limit = if formats { FORMATS_MAX } else { UNPACKED_MAX };
            return Err(Refusal::TooLarge(format!("> {} MB", limit / (1024 * 1024))));
        }
        left -= size;
    }
    packed_kind(&archive).ok_or(Refusal::Not)
}

fn packed_kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<Kind> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("content.xml") && has("META-INF/manifest.xml") {
        Some(Kind::Ods)
    } else if has("[Content_Types].xml") && (0..archive.len()).any(|index| is_sheet(archive, index)) {
        Some(Kind::Xlsx)
    } else {
        None
    }
}

/// Whether an archive is a document of an office program: a workbook of a kind that is not read is no archive of files either.
pub(super) fn is_workbook(archive: &ZipArchive<Cursor<&[u8]>>) -> bool {
    packed_kind(archive).is_some() || archive.index_for_name("[Content_Types].xml").is_some()
}

/// Whether a part is a sheet as XML: the binary variant of the format (`.xlsb`) is not read.
fn is_sheet(archive: &ZipArchive<Cursor<&[u8]>>, index: usize) -> bool {
    let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default();
    name.contains("worksheets/") && name.ends_with(".xml")
}

fn compound(bytes: &[u8]) -> Result<Kind, Refusal> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Refusal::damaged)?;
    if file.exists("/EncryptedPackage") {
        Err(Refusal::Locked)
    } else if file.exists("/Workbook") || file.exists("/Book") {
        Ok(Kind::Xls)
    } else {
        Err(Refusal::Not)
    }
}
