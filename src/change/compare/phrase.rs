//! A line of Japanese into phrases: what a mark takes in as one.
//!
//! A phrase ends at punctuation and where the script changes (漢字、ひらがな、カタカナ、英字、数字). A number, with its commas and
//! points, is one phrase, and so is each name that the caller knows.

use std::ops::Range;

/// Kinds of characters（字種）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Number,
    Latin,
    Katakana,
    Hiragana,
    Kanji,
    Space,
    /// Stands alone.
    Punctuation,
}

impl Script {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' | '０'..='９' => Self::Number,
            'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Self::Latin,
            'ぁ'..='ゟ' => Self::Hiragana,
            'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | 'ｦ'..='ﾟ' => Self::Katakana,
            '々' | '〆' | '〇' => Self::Kanji,
            character if character.is_whitespace() => Self::Space,
            character if character.is_alphabetic() && !character.is_ascii() => Self::Kanji,
            character if character.is_alphabetic() => Self::Latin,
            _ => Self::Punctuation,
        }
    }
}

/// The phrases of a line, as ranges of its characters, in order and without gaps.
///
/// `names` are never cut: of two that begin at one place the longer counts. Time grows with the line times the number of names.
#[must_use]
pub(super) fn phrases(line: &[char], names: &[Vec<char>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let name = names.iter().filter(|name| !name.is_empty() && line[at..].starts_with(name)).map(Vec::len).max();
        let end = name.map_or_else(|| run_end(line, at, names), |length| at + length);
        found.push(at..end);
        at = end;
    }
    found
}

/// Where the phrase that begins here ends.
fn run_end(line: &[char], from: usize, names: &[Vec<char>]) -> usize {
    let script = Script::of(line[from]);
    let mut end = from + 1;
    while end < line.len() {
        let begins_name = names.iter().any(|name| !name.is_empty() && line[end..].starts_with(name));
        let goes_on = match script {
            Script::Punctuation => false,
            Script::Number => is_in_number(line, end),
            _ => Script::of(line[end]) == script,
        };
        if begins_name || !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether a character goes on a number: a digit, or a comma or point between two digits.
fn is_in_number(line: &[char], at: usize) -> bool {
    let digit = |at: usize| line.get(at).is_some_and(|character| Script::of(*character) == Script::Number);
    digit(at) || (matches!(line[at], ',' | '.' | '，' | '．') && digit(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str, names: &[&str]) -> Vec<String> {
        let line: Vec<char> = line.chars().collect();
        let names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
        phrases(&line, &names).into_iter().map(|range| line[range].iter().collect()).collect()
    }

    #[test]
    fn scripts_and_punctuation_end_a_phrase() {
        let phrases = ["国保情報集約", "システム", "の", "クラウド", "移行", "、", "API", "を", "用", "いる", "。"];
        assert_eq!(cut("国保情報集約システムのクラウド移行、APIを用いる。", &[]), phrases);
    }

    #[test]
    fn numbers_are_whole() {
        assert_eq!(cut("約1,234.5万人", &[]), ["約", "1,234.5", "万人"]);
        assert_eq!(cut("１２，３４５件、6.", &[]), ["１２，３４５", "件", "、", "6", "."]);
    }

    #[test]
    fn names_are_whole() {
        assert_eq!(
            cut("国民健康保険団体連合会の", &["国民健康保険団体", "国民健康保険団体連合会"]),
            ["国民健康保険団体連合会", "の"]
        );
        assert_eq!(cut("東京都ひかり町長", &["ひかり町"]), ["東京都", "ひかり町", "長"]);
    }
}
