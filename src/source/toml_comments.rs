//! Comments in TOML that speak to the program: `# hyoka: accept H0316 理由`.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::diagnostic::{Acceptance, Diagnostics, FileId, Span};

/// Reads the acceptances in a TOML text, whose places are offsets in the file.
///
/// A comment behind a value holds for its line; a comment on a line of its own holds for the lines around it, up to the empty
/// lines before and after: that is one table or one group of keys as people write them.
///
/// The comments are found by the lexer of the same parser, since a `#` may stand in a string.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    if !text.contains("hyoka:") {
        return;
    }
    for range in toml_comments(text) {
        let Some(comment) = text.get(range.clone()).map(|comment| comment.trim_start_matches('#')) else { continue };
        if Acceptance::is_meant(comment) {
            let scope = Span::new(file, scope(text, range.start));
            diagnostics.accept_comment(comment, Span::new(file, range), scope);
        }
    }
}

/// The comments of a TOML text, as byte ranges in order.
#[must_use]
pub fn toml_comments(text: &str) -> Vec<Range<usize>> {
    let tokens = Source::new(text).lex();
    let comments = tokens.filter(|token| token.kind() == TokenKind::Comment);
    comments.map(|token| token.span().start()..token.span().end()).collect()
}

/// The lines for which a comment at a place holds.
fn scope(text: &str, at: usize) -> Range<usize> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if !text[line_start..at].trim().is_empty() {
        return line_start..line_end;
    }
    let is_empty = |line: &str| line.trim().is_empty();
    let mut start = line_start;
    for line in text[..line_start].split_inclusive('\n').rev() {
        if is_empty(line) {
            break;
        }
        start -= line.len();
    }
    let below = text[line_end..].split_inclusive('\n');
    let mut end = line_end;
    for (number, line) in below.enumerate() {
        // The first piece is the end of the comment's own line.
        if number > 0 && is_empty(line) {
            break;
        }
        end += line.len();
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, SourceMap};

    /// Whether a warning at a word is accepted.
    fn accepts(text: &str, word: &str) -> bool {
        let mut sources = SourceMap::default();
        let file = sources.add("a.toml", text);
        let mut diagnostics = Diagnostics::new();
        read(file, text, &mut diagnostics);
        let at = text.find(word).expect("the word stands there");
        diagnostics.push(Diagnostic::new(Code::ChangeUnused, Span::new(file, at..at + word.len())));
        diagnostics.settled(&sources).accepted_count() > 0
    }

    #[test]
    fn a_comment_on_its_own_line_holds_for_its_table() {
        let text =
            "[[a]]\nid = \"one\"\n\n[[a]]\n# hyoka: accept H0316 後で使う\nid = \"two\"\n\n[[a]]\nid = \"three\"\n";
        assert!(accepts(text, "two") && !accepts(text, "one") && !accepts(text, "three"));
    }

    #[test]
    fn a_comment_behind_a_value_holds_for_its_line() {
        let text = "a = \"one\" # hyoka: accept H0316 後で使う\nb = \"two\"\n";
        assert!(accepts(text, "one") && !accepts(text, "two"));
    }

    #[test]
    fn a_string_is_no_comment() {
        assert!(!accepts("a = \"\"\"\n# hyoka: accept H0316 後で使う\none\"\"\"\n", "one"));
    }
}
