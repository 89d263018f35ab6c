//! A run of text, and what the templates need to know of it.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::tree::{MarkRef, Place};

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
    /// How long its longest token is, where there is nothing to it but words: no look, no line break, no number with what it counts, no
    /// bracket that keeps its neighbour, no sign that something goes on. Most runs are such, and the templates（`rich.typ`） take them as
    /// they are where no token is too long for their column.
    #[must_use]
    pub fn words(&self) -> Option<usize> {
        let text = self.text.as_str();
        let has_look = self.strong || self.code || self.mark.is_some() || self.to.is_some();
        let keeps = |character: char| matches!(character, '＜' | '≪' | '＞' | '≫' | '続' | '\n');
        if text.is_empty() || has_look || text.contains(keeps) || counts(text) {
            return None;
        }
        let is_of_token = |character: char| character.is_ascii_graphic();
        text.split(|character| !is_of_token(character)).map(str::len).max()
    }
}

/// Whether a number stands before what may be the unit that it counts.
fn counts(text: &str) -> bool {
    const UNITS: &str = "年かヶ月日件人円条項号歳回時分ペ割%％万億名社台箇桁文世";
    let is_digit = |character: char| matches!(character, '0'..='9' | '０'..='９');
    let is_of_number = |character: char| is_digit(character) || matches!(character, '，' | ',' | '．' | '.');
    let before = |at: usize| text[..at].chars().next_back().is_some_and(is_of_number);
    text.contains(is_digit) && text.char_indices().any(|(at, character)| UNITS.contains(character) && before(at))
}

/// In the letters that the templates know it by; what it does not have is left out.
impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("t", &self.text)?;
        if let Some(longest) = self.words() {
            map.serialize_entry("words", &longest)?;
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

    fn run(text: &str) -> Run {
        Run { text: text.to_owned(), ..Run::default() }
    }

    /// What `rich.typ` keeps together, each in one text.
    #[test]
    fn what_the_templates_look_into_is_more_than_words() {
        for words in [
            "住民基本台帳に関する事務",
            "IDと氏名、PDF（電子）",
            "別紙のとおり。",
            "リスク1：不正",
            "１．収集",
            "第1",
            "1,000",
        ] {
            assert!(run(words).words().is_some(), "{words}");
        }
        let more = [
            "",
            "令和元年5月",
            "３件",
            "1,000人",
            "第2項",
            "50%",
            "約３か月",
            "10万人",
            "＜選択肢＞",
            "≪重要≫",
            "保管場所（続き）",
            "一行\n二行",
        ];
        for text in more {
            assert_eq!(run(text).words(), None, "{text}");
        }
        assert_eq!(Run { strong: true, ..run("氏名") }.words(), None);
        assert_eq!(Run { code: true, ..run("氏名") }.words(), None);
    }

    /// What `rich.typ` parts where its column is too narrow.
    #[test]
    fn a_run_says_how_long_its_tokens_are() {
        for (text, longest) in [("氏名", 0), ("IDと氏名", 2), ("https://a.jp と C:\\data", 12), ("e-mail", 6)] {
            assert_eq!(run(text).words(), Some(longest), "{text}");
        }
    }
}
