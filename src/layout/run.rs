//! A run of text, and what the templates need to know of it.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::document::{MarkRef, Place};

/// A run of text with one look（文字列）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Run {
    /// The text; may be empty where only a mark's place is kept. `\n` is a line break.
    pub text: String,
    /// Strong.
    pub strong: bool,
    /// Monospaced（コード）.
    pub code: bool,
    /// The mark that this run belongs to.
    pub mark: Option<MarkRef>,
    /// The place that it leads to; always one of the same document.
    pub to: Option<Place>,
}

impl Run {
    /// Whether there is nothing to it but words that may break anywhere: no look, no line break, no number with what it counts, no long
    /// token, no bracket that keeps its neighbour, no sign that something goes on. Most runs are such, and the templates
    /// （`rich.typ`） take them as they are.
    #[must_use]
    pub fn is_words(&self) -> bool {
        const TOKEN_LEAST: usize = 4;
        let is_of_token = |character: char| character.is_ascii_graphic();
        let keeps = |character: char| {
            character.is_ascii_digit() || matches!(character, '０'..='９' | '＜' | '≪' | '＞' | '≫' | '続' | '\n')
        };
        let text = self.text.as_str();
        let longest = text.split(|character| !is_of_token(character)).map(str::len).max();
        let has_look = self.strong || self.code || self.mark.is_some() || self.to.is_some();
        let may_break = !text.contains(keeps) && longest.is_none_or(|longest| longest < TOKEN_LEAST);
        !text.is_empty() && !has_look && may_break
    }
}

/// In the letters that the templates know it by; what it does not have is left out.
impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("t", &self.text)?;
        if self.is_words() {
            map.serialize_entry("words", &true)?;
        }
        if self.strong {
            map.serialize_entry("b", &true)?;
        }
        if self.code {
            map.serialize_entry("code", &true)?;
        }
        if let Some(mark) = &self.mark {
            map.serialize_entry("m", mark)?;
        }
        if let Some(to) = &self.to {
            map.serialize_entry("to", to)?;
        }
        map.end()
    }
}

/// Whether two texts that follow each other must not touch where only one of them is struck: both show digits or letters there, and would
/// be read as one number（見え消しの数字）.
#[must_use]
pub fn reads_on(before: &str, after: &str) -> bool {
    let is_sign = |character: char| match character {
        '.' | ',' => true,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => true,
        other => other.is_ascii_alphanumeric(),
    };
    before.ends_with(is_sign) && after.starts_with(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `rich.typ` parts or keeps together, each in one text.
    #[test]
    fn what_the_templates_look_into_is_more_than_words() {
        let run = |text: &str| Run { text: text.to_owned(), ..Run::default() };
        for words in ["住民基本台帳に関する事務", "IDと氏名、PDF（電子）", "別紙のとおり。"]
        {
            assert!(run(words).is_words(), "{words}");
        }
        let more = [
            "",
            "令和元年5月",
            "３件",
            "＜選択肢＞",
            "≪重要≫",
            "保管場所（続き）",
            "一行\n二行",
            "https",
            "C:\\data",
            "e-mail",
        ];
        for text in more {
            assert!(!run(text).is_words(), "{text}");
        }
        assert!(!Run { strong: true, ..run("氏名") }.is_words());
        assert!(!Run { code: true, ..run("氏名") }.is_words());
    }
}
