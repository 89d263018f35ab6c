//! Texts as labels are compared: in one notation of width and numbers, without white space and ※.

use unicode_normalization::UnicodeNormalization;

/// A text as it is compared: NFKC, without white space and ※, one kind of dash and of brackets.
pub(super) fn normal(text: &str) -> String {
    Normal::new(text).text
}

/// A text as it is compared, and where each of its characters comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct Normal {
    /// The text.
    pub text: String,
    /// For each byte of `text` the byte of the source that it comes from; one more for the end.
    origin: Vec<usize>,
}

impl Normal {
    /// The normal form of a text.
    pub(super) fn new(source: &str) -> Self {
        let mut normal = Self::default();
        for (at, character) in source.char_indices() {
            for folded in std::iter::once(character).nfkc().filter_map(folded) {
                normal.text.push(folded);
                normal.origin.extend(std::iter::repeat_n(at, folded.len_utf8()));
            }
        }
        normal.origin.push(source.len());
        normal
    }

    /// Whether white space stands in the source before a place of the normal form.
    pub(super) fn is_apart(&self, source: &str, at: usize) -> bool {
        let (Some(here), Some(before)) = (self.origin.get(at), at.checked_sub(1).and_then(|at| self.origin.get(at)))
        else {
            return false;
        };
        source.get(*before..*here).is_some_and(|between| between.contains(char::is_whitespace))
    }

    /// The part of the source that a range of the normal form comes from.
    pub(super) fn source<'s>(&self, source: &'s str, start: usize, end: usize) -> &'s str {
        let of = |at: usize| self.origin.get(at).copied().unwrap_or(source.len());
        source.get(of(start)..of(end).max(of(start))).unwrap_or_default()
    }
}

fn folded(character: char) -> Option<char> {
    match character {
        '※' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        character if character.is_whitespace() => None,
        '〔' | '［' => Some('['),
        '〕' | '］' => Some(']'),
        '〈' | '《' => Some('<'),
        '〉' | '》' => Some('>'),
        '〜' => Some('~'),
        '‐' | '‑' | '–' | '—' | '―' | '−' => Some('-'),
        other => Some(other),
    }
}

/// A normal label without the number in front of it: `①`, `(1)`, `1.`, `1)`, `・`.
pub(super) fn bare(normal: &str) -> &str {
    let rest = normal.trim_start_matches(['・', '●', '■', '□', '○', '◎', '◆', '◇']);
    let (open, rest) = rest.strip_prefix('(').map_or((false, rest), |rest| (true, rest));
    let digits = rest.trim_start_matches(|character: char| character.is_ascii_digit());
    if digits.len() == rest.len() {
        return if open { normal } else { rest };
    }
    let cut = if open { digits.strip_prefix(')').unwrap_or(digits) } else { digits };
    cut.trim_start_matches(['.', '、', ')', ',', '．', '-'])
}

/// A heading without the points that stand between its number and its title.
pub(super) fn pointless(normal: &str) -> String {
    normal.chars().filter(|character| !".、,:・".contains(*character)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_label_in_many_notations_is_one() {
        let written =
            ["①事務の名称", "１．事務の名称", "(1) 事務の名称　※", "1)事務の\n名称", "・事務の名称", "事務の 名称"];
        for label in written {
            assert_eq!(bare(&normal(label)), "事務の名称", "{label}");
        }
    }

    #[test]
    fn a_part_is_found_in_the_source() {
        let source = "［ ○ ］ その他（ 画面の 参照 ）";
        let normal = Normal::new(source);
        assert_eq!(normal.text, "[○]その他(画面の参照)");
        let start = normal.text.find('画').expect("it stands there");
        let end = normal.text.find(')').expect("it stands there");
        assert_eq!(normal.source(source, start, end).trim(), "画面の 参照");
    }
}
