//! Where a program breaks the lines of a cell.

use unicode_width::UnicodeWidthChar;

/// Signs that begin no line.
const NO_BEGINNING: &str =
    "、。，．・：；？！）」』】〕＞≫》］｝ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ),.:;?!]}";
/// Signs that end no line.
const NO_END: &str = "（「『【〔＜≪《［｛([{";

/// Half-width characters that a character takes in the fonts of offices: signs such as ① and ※ are as wide as kanji there.
pub(super) fn width(character: char) -> usize {
    character.width_cjk().unwrap_or(0)
}

/// Lines that a text without line breaks takes where a line holds so many half-width characters; at least 1.
pub(super) fn lines(text: &str, room: usize) -> usize {
    let room = room.max(2);
    let mut count = 1;
    // Widths of what stands on the line, and of its end that goes to the next one with what follows.
    let (mut used, mut tied) = (0, 0);
    let mut rest = text;
    while let Some(token) = token(rest) {
        rest = &rest[token.len()..];
        let own: usize = token.chars().map(width).sum();
        let first = token.chars().next().expect("a token has a character");
        let is_tied = NO_BEGINNING.contains(first);
        // Blanks at the end of a line take no room.
        if used + own <= room || token == " " {
            used = (used + own).min(room);
        } else if own > room {
            // A word that no line holds is broken anywhere.
            let all = used + own;
            count += all.div_ceil(room) - 1;
            used = all % room;
        } else {
            count += 1;
            used = if is_tied { tied } else { 0 } + own;
        }
        let last = token.chars().next_back().expect("a token has a character");
        tied = if is_tied || tied > 0 && NO_END.contains(last) { tied + own } else { own };
    }
    count
}

/// What a line is not broken in: a word of half-width characters with the brackets before it, or a character.
fn token(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    if NO_END.contains(first) {
        let own = first.len_utf8();
        let next = text[own..].chars().next().filter(|next| !NO_END.contains(*next));
        return match next {
            Some(_) => Some(&text[..own + token(&text[own..]).map_or(0, str::len)]),
            None => Some(&text[..own]),
        };
    }
    let is_word = |character: char| character.is_ascii_graphic() && !NO_BEGINNING.contains(character);
    if !is_word(first) {
        return Some(&text[..first.len_utf8()]);
    }
    let end = text.find(|character: char| !is_word(character)).unwrap_or(text.len());
    Some(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_break_as_offices_break_them() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("あいうえお", 10), 1);
        assert_eq!(lines("あいうえおか", 10), 2);
        // A full stop takes the character before it along, and an opening bracket what follows it.
        assert_eq!(lines("あいうえお。いうえ", 10), 2);
        assert_eq!(lines("あいうえお。いうえお", 10), 3);
        assert_eq!(lines("あいうえ（おかきくけこ", 10), 3);
        // A word is not parted, unless no line holds it.
        assert_eq!(lines("あいう GovCloud", 10), 2);
        assert_eq!(lines("abcdefghijklmnopqrstu", 10), 3);
        // Signs that are narrow elsewhere are wide here.
        assert_eq!(lines("①②③④⑤⑥", 10), 2);
    }
}
