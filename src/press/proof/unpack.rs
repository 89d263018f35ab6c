//! A finished file taken apart into everything in it that is text.

use std::io::{Cursor, Read};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};
use unicode_normalization::UnicodeNormalization;

/// Most bytes that a packed piece may unpack to.
const PIECE_MAX_BYTES: u64 = 256 * 1024 * 1024;

/// How a PDF begins.
const PDF: &[u8] = b"%PDF-";
/// How a package begins: a workbook, and any other document of an office program.
const ZIP: &[u8] = b"PK\x03\x04";

/// What a piece consists of（文字の種類）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stuff {
    /// Words for a reader: whatever is found in them was written.
    Words,
    /// Bytes, numbers and names of a format: three letters or a number may stand in them by chance.
    Bytes,
}

/// A piece of a file（ファイルの一部）.
pub(super) struct Piece {
    /// What it is.
    pub(super) name: String,
    /// What it consists of.
    pub(super) stuff: Stuff,
    /// Its characters, as [`bare`] compares them.
    pub(super) text: String,
}

impl Piece {
    pub(super) fn words(name: impl Into<String>, text: &str) -> Self {
        Self { name: name.into(), stuff: Stuff::Words, text: bare(text) }
    }

    fn bytes(name: impl Into<String>, text: &str) -> Self {
        Self { name: name.into(), stuff: Stuff::Bytes, text: bare(text) }
    }
}

/// The pieces of a file: what a reader sees and what lies behind it.
///
/// A piece that cannot be unpacked is given as its bytes, so that nothing goes unsearched.
pub(super) fn unpack(path: &str, bytes: &[u8]) -> Vec<Piece> {
    match path.rsplit('.').next() {
        _ if bytes.starts_with(PDF) => pdf(bytes),
        _ if bytes.starts_with(ZIP) => workbook(bytes),
        Some("json") => {
            let value = serde_json::from_slice(bytes).unwrap_or_default();
            let mut strings = String::new();
            json(&value, &mut strings);
            vec![whole(bytes), Piece::words("JSON の文字列", &strings)]
        }
        _ => markup("全体", bytes),
    }
}

/// Whether a file, whatever made it, can be taken apart to its text: a PDF, a package of XML such as a workbook, or plain text.
pub(super) fn is_understood(bytes: &[u8]) -> bool {
    let plain = || std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
    (bytes.starts_with(PDF) && Document::load_mem(bytes).is_ok())
        || (bytes.starts_with(ZIP) && zip::ZipArchive::new(Cursor::new(bytes)).is_ok())
        || plain()
}

/// A text as texts are compared: NFKC, without white space and characters of no width.
pub(super) fn bare(text: &str) -> String {
    let is_nothing = |character: &char| character.is_whitespace() || ('\u{200b}'..='\u{200f}').contains(character);
    text.nfkc().filter(|character| !is_nothing(character)).collect()
}

fn whole(bytes: &[u8]) -> Piece {
    Piece::bytes("全体", &String::from_utf8_lossy(bytes))
}

/// XML or HTML: with its tags, and as the words that stand between them.
fn markup(name: &str, bytes: &[u8]) -> Vec<Piece> {
    let text = String::from_utf8_lossy(bytes);
    let mut words = String::with_capacity(text.len());
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => words.push(character),
            _ => {}
        }
    }
    vec![Piece::bytes(name, &unescape(&text)), Piece::words(format!("{name}（タグを除く）"), &unescape(&words))]
}

/// The characters that `&…;` stand for.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest[1..].split_once(';').map(|(name, after)| (name, after, character(name)));
        match entity {
            Some((_, after, Some(character))) => {
                out.push(character);
                rest = after;
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

fn json(value: &serde_json::Value, out: &mut String) {
    match value {
        // A hash is no word.
        serde_json::Value::String(text) if text.len() == 64 && text.chars().all(|digit| digit.is_ascii_hexdigit()) => {}
        serde_json::Value::String(text) => {
            out.push_str(text);
            out.push('\n');
        }
        serde_json::Value::Array(members) => members.iter().for_each(|member| json(member, out)),
        serde_json::Value::Object(members) => members.iter().for_each(|(key, member)| {
            out.push_str(key);
            out.push('\n');
            json(member, out);
        }),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

fn workbook(bytes: &[u8]) -> Vec<Piece> {
    let mut pieces = vec![whole(bytes)];
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return pieces };
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let mut content = Vec::new();
        // What does not unpack whole is searched as far as it does.
        let _ = part.take(PIECE_MAX_BYTES).read_to_end(&mut content);
        pieces.extend(markup(&name, &content));
    }
    pieces
}

fn pdf(bytes: &[u8]) -> Vec<Piece> {
    let mut pieces = vec![whole(bytes)];
    let Ok(document) = Document::load_mem(bytes) else { return pieces };
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    let pages: Vec<String> =
        numbers.iter().map(|number| document.extract_text(&[*number]).unwrap_or_default()).collect();
    pieces.push(Piece::words(format!("{} ページの文字（ToUnicode による）", pages.len()), &pages.concat()));
    let mut found = Strings::default();
    for id in document.get_pages().values() {
        let content = document.get_page_content(*id);
        for operation in Content::decode(&content).map(|content| content.operations).unwrap_or_default() {
            // Those of the page itself are glyph numbers; those in a dictionary are words such as ActualText.
            operation.operands.iter().filter(|operand| operand.as_dict().is_ok()).for_each(|operand| found.of(operand));
        }
    }
    let (mut metadata, mut streams) = (String::new(), String::new());
    for object in document.objects.values() {
        found.of(object);
        if let Object::Stream(stream) = object {
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            let text = String::from_utf8_lossy(&content);
            if stream.dict.has_type(b"Metadata") || stream.dict.has_type(b"EmbeddedFile") {
                metadata.push_str(&text);
            }
            streams.push_str(&text);
            streams.push_str(&wide(&content));
            streams.push('\n');
        }
    }
    found.in_dictionary(&document.trailer);
    pieces.push(Piece::words("文字列（タグ、代替テキスト、しおり、文書情報）", &found.words));
    pieces.push(Piece::bytes("名前と生の文字列", &found.bytes));
    pieces.extend(markup("メタデータ、添付", metadata.as_bytes()));
    pieces.push(Piece::bytes("展開したすべてのストリーム", &streams));
    pieces
}

/// Bytes as UTF-16, big end first, from either beginning.
fn wide(bytes: &[u8]) -> String {
    let from = |bytes: &[u8]| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    format!("{}\n{}", from(bytes), from(bytes.get(1..).unwrap_or_default()))
}

/// Strings and names of objects.
#[derive(Default)]
struct Strings {
    words: String,
    bytes: String,
}

impl Strings {
    fn of(&mut self, object: &Object) {
        match object {
            Object::String(raw, _) => {
                self.words.push_str(&lopdf::decode_text_string(object).unwrap_or_default());
                self.words.push('\n');
                self.raw(raw);
            }
            Object::Name(name) => self.raw(name),
            Object::Array(members) => members.iter().for_each(|member| self.of(member)),
            Object::Dictionary(members) => self.in_dictionary(members),
            Object::Stream(stream) => self.in_dictionary(&stream.dict),
            Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_) => {}
        }
    }

    fn in_dictionary(&mut self, members: &Dictionary) {
        for (key, value) in members.iter() {
            self.raw(key);
            self.of(value);
        }
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.bytes.push_str(&String::from_utf8_lossy(bytes));
        self.bytes.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_tags_do_not_hide_words() {
        let pieces = markup("p", "<t>秘</t><t>&#23494;&amp;</t><i a=\"&#x6240;\"/>".as_bytes());
        assert_eq!(pieces[1].text, "秘密&");
        assert!(pieces[0].text.contains('所'));
        assert_eq!(unescape("a & b &; &unknown; c"), "a & b &; &unknown; c");
    }

    #[test]
    fn words_are_compared_without_what_cannot_be_seen() {
        assert_eq!(bare("Ａ\u{200b}Ｂ \n ｱ"), "ABア");
    }

    #[test]
    fn what_cannot_be_taken_apart_is_known() {
        assert!(is_understood("メモ".as_bytes()));
        // メモ in UTF-16 and in Shift_JIS, and a package that is none.
        for bytes in [&b"\xff\xfe\xe1\x30\xe2\x30"[..], b"\x83\x81\x83\x82", b"PK\x03\x04\xff", b"%PDF-1.7\n\xff"] {
            assert!(!is_understood(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn wide_characters_are_read_from_either_beginning() {
        let bytes: Vec<u8> = std::iter::once(0).chain("秘密".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert!(wide(&bytes).contains("秘密"));
    }
}
