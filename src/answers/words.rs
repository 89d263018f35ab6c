//! Answers in the ways in which people type them.

use unicode_normalization::UnicodeNormalization;

use crate::model::manifest::AnswerState;
use crate::source::composed;

/// What is typed for ○. A zero or a filled circle may mean something else, so they are not taken for one.
const DONE: &[&str] = &["○", "◯", "〇", "⭕", "o", "O", "済", "済み", "実施", "実施済", "実施済み", "実施する"];
/// What is typed for ―.
const NOT_APPLICABLE: &[&str] =
    &["―", "—", "–", "‐", "‑", "−", "-", "ー", "─", "━", "該当なし", "該当しない", "非該当", "対象外"];
/// What is typed for ×.
const NOT_DONE: &[&str] = &["×", "✕", "✖", "✗", "✘", "╳", "⨯", "❌", "x", "X", "未実施", "実施しない"];

/// What a cell of the column 実施 says; `None` where it says nothing that is known.
///
/// Widths and the spaces around do not count: `Ｏ` is `O`, `－` is `-`.
#[must_use]
pub(super) fn state(text: &str) -> Option<AnswerState> {
    // What the drop-down writes needs no more than a look; a checklist may have thousands of answers.
    let offered = [AnswerState::Open, AnswerState::Done, AnswerState::NotApplicable, AnswerState::NotDone];
    if let Some(state) = offered.into_iter().find(|state| state.label() == text) {
        return Some(state);
    }
    let typed: String = text.nfkc().filter(|character| !is_invisible(*character)).collect();
    let typed = typed.trim();
    let known = |words: &[&str]| words.iter().any(|word| word.nfkc().eq(typed.chars()));
    if typed.is_empty() {
        Some(AnswerState::Open)
    } else if known(DONE) {
        Some(AnswerState::Done)
    } else if known(NOT_APPLICABLE) {
        Some(AnswerState::NotApplicable)
    } else if known(NOT_DONE) {
        Some(AnswerState::NotDone)
    } else {
        None
    }
}

/// A text as it is kept: one kind of line break, no spaces at its ends or at the end of a line. What stands between is its author's.
#[must_use]
pub(super) fn tidy(text: &str) -> String {
    let text = composed(text);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches(|character: char| character.is_whitespace() || is_invisible(character)).to_owned()
}

/// Characters without a shape of their own: they come along when text is pasted, and choose the coloured form of a symbol.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_understood() {
        for typed in ["○", "◯", "〇", "o", "O", "ｏ", "Ｏ", "済", "　○　", "○\n", "⭕\u{fe0f}", "実施済み"]
        {
            assert_eq!(state(typed), Some(AnswerState::Done), "{typed:?}");
        }
        for typed in ["×", "✕", "x", "X", "ｘ", "Ｘ", " × ", "✖\u{fe0e}", "❌"] {
            assert_eq!(state(typed), Some(AnswerState::NotDone), "{typed:?}");
        }
        for typed in ["―", "-", "－", "—", "ー", "ｰ", "−", "‐", "─", "該当なし"] {
            assert_eq!(state(typed), Some(AnswerState::NotApplicable), "{typed:?}");
        }
        for typed in ["", " ", "　", "\n", "\u{200b}"] {
            assert_eq!(state(typed), Some(AnswerState::Open), "{typed:?}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_not_guessed() {
        for typed in ["0", "●", "◎", "△", "一", "?", "○×", "ok", "TRUE", "1", "✓", "未", "予定"] {
            assert_eq!(state(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn only_the_ends_of_a_text_are_tidied() {
        assert_eq!(tidy("　二人で行う。\r\n　記録を残す。 \n\n"), "二人で行う。\n　記録を残す。");
        assert_eq!(tidy("媒体\r\n管理簿\rか\u{3099}"), "媒体\n管理簿\nが");
        assert_eq!(tidy("Ａ　Ｂ"), "Ａ　Ｂ");
    }
}
