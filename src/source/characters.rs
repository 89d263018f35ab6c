//! Characters that a text may not hold, because nobody would see what they do.

use unicode_normalization::char::{compose, is_combining_mark};

use crate::diagnostic::{Code, Diagnostic, Span};

/// Why a character is refused（使えない文字の種類）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A control character（制御文字）.
    Control,
    /// It turns the direction of the text（文字の並ぶ向きを変える文字）.
    Direction,
    /// It has no width and no ink（見えない文字）.
    Invisible,
}

impl Refused {
    /// What an author is told.
    #[must_use]
    pub fn code(self) -> Code {
        match self {
            Self::Control => Code::ControlCharacter,
            Self::Direction => Code::DirectionCharacter,
            Self::Invisible => Code::InvisibleCharacter,
        }
    }

    /// The mistake at a place.
    #[must_use]
    pub fn at(self, character: char, place: Span) -> Diagnostic {
        Diagnostic::new(self.code(), place).with("code", format!("U+{:04X}", u32::from(character)))
    }
}

/// Whether and why a character is refused. Line ends, tabs and variation selectors are not.
///
/// **Source**: Unicode Standard Annex #9 (3.3.2, explicit formatting), Technical Report #36 (2.5 and 2.9).
#[must_use]
pub fn refused(character: char) -> Option<Refused> {
    match character {
        '\t' | '\n' => None,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            Some(Refused::Direction)
        }
        '\u{00ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(Refused::Invisible),
        '\u{2028}' | '\u{2029}' => Some(Refused::Control),
        _ if character.is_control() => Some(Refused::Control),
        _ => None,
    }
}

/// Why a character of a text that came from elsewhere would be a mistake in the source（原稿に書けない文字）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It may stand in no text.
    Refused(Refused),
    /// A character of one office's own（外字）: elsewhere it is another one or none.
    PrivateUse,
    /// It changes the character before it: a combining mark, a variation selector.
    Added,
}

/// Whether and why a character that came from elsewhere would be a mistake in the source: the same that a check says of an author's.
#[must_use]
pub fn foreign(character: char) -> Option<Foreign> {
    match character {
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => Some(Foreign::PrivateUse),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Some(Foreign::Added),
        _ if is_combining_mark(character) => Some(Foreign::Added),
        _ => refused(character).map(Foreign::Refused),
    }
}

/// A text whose line ends are `\n` and whose combining marks are one with the character before them where there is such a character.
///
/// What looks alike and is another character, as the ideographs of older standards, stays: a normal form would change a name's shape.
#[must_use]
pub fn composed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' {
            characters.next_if_eq(&'\n');
            out.push('\n');
            continue;
        }
        let whole = if is_combining_mark(character) {
            out.chars().next_back().and_then(|before| compose(before, character))
        } else {
            None
        };
        if whole.is_some() {
            out.pop();
        }
        out.push(whole.unwrap_or(character));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for (character, why) in [
            ('\0', Refused::Control),
            ('\u{7}', Refused::Control),
            ('\r', Refused::Control),
            ('\u{7f}', Refused::Control),
            ('\u{85}', Refused::Control),
            ('\u{2028}', Refused::Control),
            ('\u{202e}', Refused::Direction),
            ('\u{2067}', Refused::Direction),
            ('\u{200b}', Refused::Invisible),
            ('\u{e0041}', Refused::Invisible),
        ] {
            assert_eq!(refused(character), Some(why), "{character:?}");
        }
    }

    #[test]
    fn japanese_text_is_not() {
        for character in "令和８年、髙﨑　\t\nｱ①〜～\u{fe00}\u{e0100}𠮷".chars() {
            assert_eq!(refused(character), None, "{character:?}");
        }
    }

    #[test]
    fn what_came_from_elsewhere_is_held_to_the_same_rules() {
        assert_eq!(foreign('\u{e000}'), Some(Foreign::PrivateUse));
        assert_eq!(foreign('\u{e0100}'), Some(Foreign::Added));
        assert_eq!(foreign('\u{3099}'), Some(Foreign::Added));
        assert_eq!(foreign('\u{b}'), Some(Foreign::Refused(Refused::Control)));
        for character in "令和８年、髙﨑神　\n𠮷".chars() {
            assert_eq!(foreign(character), None, "{character:?}");
        }
    }

    #[test]
    fn marks_are_one_with_their_character_and_shapes_stay() {
        assert_eq!(composed("か\u{3099}き\r\nく\r"), "がき\nく\n");
        assert_eq!(composed("\u{fa19}社"), "\u{fa19}社");
        assert_eq!(composed("あ\u{3099}"), "あ\u{3099}");
    }
}
