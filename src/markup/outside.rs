//! What CommonMark reads and the format has not: the words that are wrong, and what to write instead.
//!
//! Input: the source of a construct. Output: a [`Cure`]. It knows neither places nor the tree.

use super::excerpted::{excerpted, first_line};
use crate::diagnostic::Diagnostic;

/// An author's words and what they should be（直し方）.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cure {
    /// What stands there.
    pub(super) typed: String,
    /// What should.
    pub(super) right: String,
    /// How to print the signs as they are.
    pub(super) escaped: String,
}

impl Cure {
    pub(super) fn new(typed: &str, right: impl Into<String>, escaped: impl Into<String>) -> Self {
        Self { typed: typed.to_owned(), right: right.into(), escaped: escaped.into() }
    }

    /// Fills the wording of a diagnostic.
    pub(super) fn of(&self, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic
            .with("typed", excerpted(&self.typed))
            .with("right", excerpted(&self.right))
            .with("escaped", excerpted(&self.escaped))
    }
}

/// `[label](address)` and `<address>`: the address in full-width parentheses behind the words.
pub(super) fn link(source: &str, address: &str) -> Cure {
    let label = source.strip_prefix('[').and_then(|rest| rest.rsplit_once("](")).map(|(label, _)| label);
    let right = match label {
        Some(label) if address.is_empty() => label.to_owned(),
        Some(label) => format!("{label}（{address}）"),
        None => address.to_owned(),
    };
    Cure::new(source, right, format!("\\{source}"))
}

/// `*…*`, `_…_` and `__…__`; `None` where the stars are those of notes（甲*1と乙*2）, by what follows the second.
pub(super) fn emphasis(source: &str, after: &str) -> Option<Cure> {
    let sign = source.chars().next()?;
    let width = if source.starts_with("__") { 2 } else { 1 };
    let inner = source.get(width..source.len().checked_sub(width)?)?;
    let is_number = |text: &str| text.starts_with(|first: char| first.is_numeric());
    if sign == '*' && is_number(inner) && is_number(after) {
        return None;
    }
    let signs = format!("\\{sign}").repeat(width);
    Some(Cure::new(source, format!("**{inner}**"), format!("{signs}{inner}{signs}")))
}

/// A line that begins with `>`.
pub(super) fn quote(source: &str) -> Cure {
    let line = first_line(source);
    Cure::new(line, line.trim_start_matches(['>', ' ']), format!("\\{line}"))
}

/// Lines between fences, or lines that begin with four spaces.
pub(super) fn code_block(source: &str, fenced: bool) -> Cure {
    let first = first_line(source);
    let words = if fenced { source.lines().nth(1).unwrap_or_default() } else { first };
    Cure::new(first.trim(), words.trim(), format!("`{}`", words.trim()))
}

/// An item of an ordered list whose number is not the one that is printed; `None` where it is.
pub(super) fn number(source: &str, printed: u64) -> Option<Cure> {
    let line = first_line(source);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at(digits);
    let mark = rest.chars().next()?;
    if mark == '.' && number == printed.to_string() {
        return None;
    }
    let words = rest[mark.len_utf8()..].trim_start();
    Some(Cure::new(&format!("{number}{mark}"), format!("{printed}. {words}"), format!("{number}\\{mark} {words}")))
}

/// A row with more cells than the table has columns: how many cells it has.
pub(super) fn cells(source: &str) -> usize {
    let row = first_line(source).trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut is_escaped = false;
    let mut ends_open = true;
    for character in row.chars() {
        ends_open = character == '|' && !is_escaped;
        cells += usize::from(ends_open);
        is_escaped = character == '\\' && !is_escaped;
    }
    if ends_open { cells - 1 } else { cells }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{cures, parsed, sketch};
    use super::*;

    fn shows(source: &str, code: &str, right: &str) {
        assert_eq!(cures(&format!("## a\n\n{source}\n")), [(code, right.to_owned())], "{source}");
    }

    #[test]
    fn an_address_is_not_swallowed() {
        shows("[別紙](資料1)のとおり。", "H0218", "別紙（資料1）");
        shows("[市](https://www.city.example.lg.jp/)。", "H0218", "市（https://www.city.example.lg.jp/）");
        shows("<https://www.city.example.lg.jp/>", "H0218", "https://www.city.example.lg.jp/");
        shows("![図](zu.png)", "H0219", "図（zu.png）");
        assert_eq!(sketch(&parsed(r"\[別紙](資料1)").0), "[別紙](資料1)");
    }

    #[test]
    fn emphasis_of_one_sign_is_an_error() {
        shows("*重要*である。", "H0227", "**重要**");
        shows("***重要***である。", "H0227", "**重要**");
        shows("_重要_ である。", "H0227", "**重要**");
        shows("__重要__ である。", "H0227", "**重要**");
        for text in ["甲*1と乙*2", "a_b_c", r"\*重要\*", "2*3", "氏名____"] {
            assert_eq!(parsed(text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn quotes_code_and_rules_are_errors() {
        shows("> 引用", "H0228", "引用");
        shows("    字下げ", "H0229", "字下げ");
        shows("```\n字\n```", "H0229", "字");
        shows("文\n\n***", "H0230", "");
        shows("文\n---", "H0230", "");
        shows("文\n===", "H0230", "");
        shows("文  \n次", "H0233", "文\\");
    }

    #[test]
    fn numbers_are_printed_as_they_are_typed() {
        assert_eq!(sketch(&parsed("3. 三\n4. 四").0), "3.[三; 四]");
        assert_eq!(parsed("3. 三\n4. 四").1, [""; 0]);
        shows("3. 三\n5. 五", "H0222", "4. 五");
        shows("1. 一\n1. 二", "H0222", "2. 二");
        shows("1) 受付", "H0222", "1. 受付");
        shows("01. 受付", "H0222", "1. 受付");
        assert_eq!(parsed(r"3\. 三").1, [""; 0]);
    }

    #[test]
    fn no_cell_is_dropped() {
        shows("|甲|乙|\n|---|---|\n|一|二|三|", "H0232", "");
        shows("|甲|乙|\n|---|\n|一|二|", "H0232", "");
        shows("|甲|\n|:-:|\n|一|", "H0237", "|---|");
        assert_eq!(cells(r"| 甲 | 乙\|丙 |"), 2);
        assert_eq!(cells("甲 | 乙"), 2);
        assert_eq!(parsed("|甲|乙|\n|---|---|\n|一|").1, [""; 0]);
    }

    #[test]
    fn bullets_of_every_sign_are_one_list() {
        assert_eq!(sketch(&parsed("- 一\n* 二\n+ 三").0), "[一; 二; 三]");
    }
}
