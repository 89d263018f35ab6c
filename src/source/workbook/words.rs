//! The words of a cell, of which some may be struck through.

use super::{CellValue, Fault};

/// Words that are being put together（セルの文字）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// All of them.
    pub(super) text: String,
    /// Those that are struck through.
    pub(super) struck: String,
    /// Those that are not.
    pub(super) kept: String,
}

/// Whether words are struck through（取消線）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Strike {
    /// They stand.
    #[default]
    None,
    /// They are struck through.
    Through,
}

impl Words {
    /// Words that all stand or are all struck.
    pub(super) fn plain(text: String, strike: Strike) -> Self {
        let mut words = Self::default();
        words.push(&text, strike);
        words
    }

    pub(super) fn push(&mut self, text: &str, strike: Strike) {
        self.text.push_str(text);
        match strike {
            Strike::None => self.kept.push_str(text),
            Strike::Through => self.struck.push_str(text),
        }
    }

    /// The value of a cell; `None` for one that shows nothing.
    pub(super) fn value(self) -> Option<CellValue> {
        if self.text.is_empty() {
            None
        } else if self.struck.trim().is_empty() {
            Some(CellValue::Text(self.text))
        } else {
            Some(CellValue::Fault(Fault::Struck { struck: self.struck, kept: self.kept }))
        }
    }
}

/// A text with the characters that an `.xlsx` writes as `_x000B_`.
///
/// **Source**: ISO/IEC 29500-1, 22.9.2.19 (ST_Xstring).
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(character) => {
                out.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_come_back() {
        assert_eq!(unescaped("一_x000D_\n二_x000B_三"), "一\r\n二\u{b}三");
        assert_eq!(unescaped("_x005F_x000B_"), "_x000B_");
        assert_eq!(unescaped("file_xlsx_x12_xあいうえ_x"), "file_xlsx_x12_xあいうえ_x");
        assert_eq!(unescaped("_xD83D_"), "_xD83D_");
    }

    #[test]
    fn struck_words_are_no_text() {
        let mut words = Words::plain("旧".to_owned(), Strike::Through);
        words.push("新", Strike::None);
        let fault = Fault::Struck { struck: "旧".to_owned(), kept: "新".to_owned() };
        assert_eq!(words.value(), Some(CellValue::Fault(fault)));
        assert_eq!(Words::plain(" ".to_owned(), Strike::Through).value(), Some(CellValue::Text(" ".to_owned())));
    }
}
