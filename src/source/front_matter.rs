//! The two halves of an entry file: TOML between `+++` lines, Markdown below.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};

/// Byte ranges of the two halves（先頭の値と本文）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The TOML, without the `+++` lines.
    pub front: Range<usize>,
    /// The Markdown.
    pub body: Range<usize>,
}

/// Finds the halves of an entry file.
///
/// A file that does not begin with a `+++` line has no values and is all Markdown. Pushes [`Code::FrontMatterOpen`] and returns
/// `None` where the first line opens values that nothing closes.
pub fn split(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Parts> {
    let first_line_end = text.find('\n').map_or(text.len(), |at| at + 1);
    if text[..first_line_end].trim_end() != "+++" {
        return Some(Parts { front: 0..0, body: 0..text.len() });
    }
    let mut line_start = first_line_end;
    for line in text[first_line_end..].split_inclusive('\n') {
        let line_end = line_start + line.len();
        if line.trim_end() == "+++" {
            return Some(Parts { front: first_line_end..line_start, body: line_end..text.len() });
        }
        line_start = line_end;
    }
    diagnostics.push(Diagnostic::new(Code::FrontMatterOpen, Span::new(file, 0..3)));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;

    fn halves(text: &str) -> (Option<(String, String)>, Diagnostics) {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", text);
        let mut diagnostics = Diagnostics::new();
        let parts = split(file, text, &mut diagnostics);
        (parts.map(|parts| (text[parts.front].to_owned(), text[parts.body].to_owned())), diagnostics)
    }

    #[test]
    fn splits_at_the_second_line_of_plus_signs() {
        let (parts, diagnostics) = halves("+++\na = 1\n+++\n\n## x\n");
        assert_eq!(parts, Some(("a = 1\n".into(), "\n## x\n".into())));
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn says_what_is_missing() {
        assert!(halves("+++\na = 1\n").1.has_errors());
    }

    #[test]
    fn values_may_be_left_out() {
        assert_eq!(halves("## x\n").0, Some((String::new(), "## x\n".into())));
        assert_eq!(halves("").0, Some((String::new(), String::new())));
    }
}
