//! Differences that are only notation（表記のみ）: width, variants of punctuation, white space.

use unicode_normalization::UnicodeNormalization;

/// Whether two texts say the same in another notation.
#[must_use]
pub fn is_notation_only(one: &str, other: &str) -> bool {
    one != other && bare(one) == bare(other)
}

/// A text without what is notation only: NFKC, one sign for each kind of comma, stop, dot and dash, no white space.
fn bare(text: &str) -> String {
    text.nfkc()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            '，' | ',' => '、',
            '．' | '.' | '｡' => '。',
            '･' => '・',
            '〜' => '~',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_punctuation_and_line_breaks_are_notation() {
        for (one, other) in
            [("ＡＢＣ", "ABC"), ("一，二．", "一、二。"), ("（注）", "(注)"), ("一\n二", "一二"), ("～", "〜")]
        {
            assert!(is_notation_only(one, other), "{one} {other}");
        }
    }

    #[test]
    fn words_are_not() {
        for (one, other) in [("ア", "あ"), ("1", "一"), ("長音ー", "長音-"), ("同じ", "同じ")] {
            assert!(!is_notation_only(one, other), "{one} {other}");
        }
    }
}
