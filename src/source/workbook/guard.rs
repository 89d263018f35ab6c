//! What a workbook's bytes are, and whether they may be parsed: nothing is unpacked into memory here.
//!
//! The sizes that an archive states are its author's claim, so that each part is unpacked into nothing and counted. The formats
//! that the reader fills as whole rectangles (`.ods`, `.xls`) are asked for the size of those first.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Area, open_document};

/// Largest file.
pub(super) const MOST_FILE_BYTES: u64 = 32 << 20;
/// Largest sum of all parts, unpacked.
const MOST_UNPACKED: u64 = 64 << 20;
/// Largest list of formats, unpacked; each entry of it becomes a large value.
const MOST_STYLES: u64 = 8 << 20;
/// Most parts.
const MOST_PARTS: usize = 4_096;
/// Most cells of the rectangles that hold all cells of a sheet, of all sheets together.
pub(super) const MOST_DENSE_CELLS: u64 = 4_000_000;

/// First bytes of an archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// First bytes of a compound file: an `.xls`, or what a password makes of an `.xlsx`.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No workbook of a known kind.
    NotOne,
    /// Damaged, with what the reader said.
    Broken(String),
    /// Protected by a password.
    Locked,
    /// Larger than a limit, with what is.
    TooLarge(&'static str),
}

/// A format that can be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument, with the merged ranges of its sheets.
    Ods(Vec<Vec<Area>>),
    /// The binary format before 2007.
    Xls,
}

/// The kind of a file that may be parsed.
pub(super) fn admit(bytes: &[u8]) -> Result<Kind, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_FILE_BYTES {
        return Err(Refusal::TooLarge("ファイルの大きさ"));
    }
    if bytes.starts_with(COMPOUND) {
        compound(bytes)
    } else if bytes.starts_with(ZIP) {
        archive(bytes)
    } else {
        Err(Refusal::NotOne)
    }
}

fn archive(bytes: &[u8]) -> Result<Kind, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refusal::Broken(error.to_string()))?;
    if archive.len() > MOST_PARTS {
        return Err(Refusal::TooLarge("部品の数"));
    }
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Locked,
            error => Refusal::Broken(error.to_string()),
        })?;
        let styles = part.name().is_ok_and(|name| name.to_lowercase().ends_with("styles.xml"));
        let most = if styles { MOST_STYLES.min(left) } else { left };
        let size = copy(&mut part.take(most + 1), &mut sink()).map_err(|error| Refusal::Broken(error.to_string()))?;
        if size > most {
            return Err(Refusal::TooLarge("展開後の大きさ"));
        }
        left -= size;
    }
    if archive.index_for_name("xl/workbook.xml").is_some() {
        return Ok(Kind::Xlsx);
    }
    if archive.index_for_name("content.xml").is_none() || archive.index_for_name("META-INF/manifest.xml").is_none() {
        return Err(Refusal::NotOne);
    }
    if unpacked(&mut archive, "META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(Refusal::Locked);
    }
    let content = unpacked(&mut archive, "content.xml")?;
    if !content.contains("<office:spreadsheet") {
        return Err(Refusal::NotOne);
    }
    open_document::merged(&content).map(Kind::Ods)
}

/// A part as text; its size has been counted.
fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Refusal> {
    let broken = |error: &dyn std::fmt::Display| Refusal::Broken(error.to_string());
    let mut text = String::new();
    let mut part = archive.by_name(name).map_err(|error| broken(&error))?;
    part.read_to_string(&mut text).map_err(|error| broken(&error))?;
    Ok(text)
}

fn compound(bytes: &[u8]) -> Result<Kind, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| Refusal::Broken(error.to_string()))?;
    if file.exists("/EncryptedPackage") {
        return Err(Refusal::Locked);
    }
    let Some(name) = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)) else {
        return Err(Refusal::NotOne);
    };
    let mut stream = Vec::new();
    file.open_stream(name)
        .and_then(|part| part.take(MOST_FILE_BYTES).read_to_end(&mut stream))
        .map_err(|error| Refusal::Broken(error.to_string()))?;
    if records(&stream)? > MOST_DENSE_CELLS {
        return Err(Refusal::TooLarge("セルの範囲"));
    }
    Ok(Kind::Xls)
}

/// Kinds of records in the binary format (MS-XLS 2.3).
mod record {
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const BEGIN: u16 = 0x0809;
    /// Cells: all begin with row and column.
    pub(super) const CELLS: [u16; 8] = [0x0006, 0x00BD, 0x00BE, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
}

/// The cells of the largest rectangle that a sheet's cells lie in, times the number of sheets: two entries of the list of sheets may
/// name the same sheet.
fn records(stream: &[u8]) -> Result<u64, Refusal> {
    let (mut sheets, mut largest) = (1, 0);
    let mut corner = (0, 0);
    let mut rest = stream;
    while let [kind_low, kind_high, length_low, length_high, after @ ..] = rest {
        let kind = u16::from_le_bytes([*kind_low, *kind_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let Some((data, after)) = after.split_at_checked(length) else { break };
        match (kind, data) {
            (record::FILE_PASS, _) => return Err(Refusal::Locked),
            (record::SHEET, _) => sheets += 1,
            (record::BEGIN, _) => corner = (0, 0),
            (kind, [row_low, row_high, column_low, column_high, ..]) if record::CELLS.contains(&kind) => {
                let row = u64::from(u16::from_le_bytes([*row_low, *row_high]));
                // A record of several cells may reach the last column.
                let column = u64::from(u16::from_le_bytes([*column_low, *column_high]))
                    + u64::try_from(length / 6).unwrap_or(u64::MAX);
                corner = (corner.0.max(row + 1), corner.1.max(column + 1));
                largest = largest.max(corner.0 * corner.1);
            }
            _ => {}
        }
        rest = after;
    }
    Ok(largest * sheets)
}
