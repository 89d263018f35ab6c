//! The source as it may be shown while a public copy is made: withheld words covered, every place where it was.

use super::WARN_FROM_CHARS;
use crate::change::WithheldPart;
use crate::diagnostic::{SourceFile, SourceMap};

/// The files with every withheld word covered, wherever it stands: in its braces, in a comment that quotes it, in public text.
///
/// Each character gives way to a sign of as many bytes, so that places in the files stay true.
pub(super) fn veiled(sources: &SourceMap, parts: &[WithheldPart]) -> SourceMap {
    let mut words: Vec<&str> =
        parts.iter().flat_map(|part| part.text.split(['。', '、', '\n'])).map(str::trim).collect();
    words.retain(|word| word.chars().count() >= WARN_FROM_CHARS);
    words.sort_unstable();
    words.dedup();
    let mut out = sources.sibling();
    for (_, file) in sources.iter() {
        let mut text = file.text.to_string();
        let mut ranges: Vec<std::ops::Range<usize>> = super::known::braced(&text);
        for word in &words {
            ranges.extend(text.match_indices(word).map(|(at, word)| at..at + word.len()));
        }
        for range in ranges {
            let covered: String = text[range.clone()].chars().map(cover).collect();
            text.replace_range(range, &covered);
        }
        out.put(SourceFile { text: text.into(), ..file.clone() });
    }
    out
}

/// A sign of as many bytes; what ends a line stays.
fn cover(character: char) -> &'static str {
    match (character, character.len_utf8()) {
        ('\n', _) => "\n",
        ('\r', _) => "\r",
        (_, 1) => "*",
        (_, 2) => "¤",
        (_, 3) => "■",
        _ => "■*",
    }
}
