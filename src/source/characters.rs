//! Characters that a text may not hold, because nobody would see what they do.

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
}
