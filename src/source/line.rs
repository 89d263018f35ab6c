//! Lines of settings in which parts are withheld: `受託者は{!株式会社…!}である。`
//!
//! Settings are no Markdown; of all that a body may hold they know `{!…!}` alone.

/// Begins a withheld part.
const OPEN: &str = "{!";
/// Ends it.
const CLOSE: &str = "!}";

/// A piece of a line（1行の一部）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinePart<'a> {
    /// Its characters, without the braces of the withheld part; never empty.
    pub text: &'a str,
    /// Whether it is withheld（公表しない部分）.
    pub withheld: bool,
}

/// The pieces of a line in order; what has no end is withheld to the end of the line.
pub fn line_parts(line: &str) -> impl Iterator<Item = LinePart<'_>> {
    let mut rest = line;
    let mut withheld = false;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if withheld { CLOSE } else { OPEN };
        let (text, after) = rest.split_once(end).unwrap_or((rest, ""));
        let part = LinePart { text, withheld };
        withheld = !withheld;
        rest = after;
        Some(part)
    })
    .filter(|part| !part.text.is_empty())
}

/// What is wrong with the withheld parts of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineMistake {
    /// A part does not end.
    Unclosed,
    /// An end has no beginning.
    Unopened,
    /// A part begins inside a part.
    Nested,
}

/// Whether a line speaks of withheld parts at all.
pub(super) fn is_withholding(line: &str) -> bool {
    line.contains(OPEN) || line.contains(CLOSE)
}

/// The first mistake in the withheld parts of a line.
pub(super) fn line_mistake(line: &str) -> Option<LineMistake> {
    let mut is_open = false;
    let mut rest = line;
    while let Some(at) = rest.find([OPEN.chars().next()?, CLOSE.chars().next()?]) {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(OPEN) {
            if is_open {
                return Some(LineMistake::Nested);
            }
            (is_open, rest) = (true, after);
        } else if let Some(after) = rest.strip_prefix(CLOSE) {
            if !is_open {
                return Some(LineMistake::Unopened);
            }
            (is_open, rest) = (false, after);
        } else {
            rest = &rest[1..];
        }
    }
    is_open.then_some(LineMistake::Unclosed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<(&str, bool)> {
        line_parts(line).map(|part| (part.text, part.withheld)).collect()
    }

    #[test]
    fn a_line_is_cut_at_its_withheld_parts() {
        assert_eq!(parts("甲{!乙!}丙{!丁!}"), [("甲", false), ("乙", true), ("丙", false), ("丁", true)]);
        assert_eq!(parts("甲"), [("甲", false)]);
        assert_eq!(parts(""), []);
        assert_eq!(parts("甲{!乙"), [("甲", false), ("乙", true)]);
    }

    #[test]
    fn a_part_begins_and_ends_once() {
        assert_eq!(line_mistake("甲{!乙!}丙！{}"), None);
        assert_eq!(line_mistake("甲{!乙"), Some(LineMistake::Unclosed));
        assert_eq!(line_mistake("甲!}乙"), Some(LineMistake::Unopened));
        assert_eq!(line_mistake("{!甲{!乙!}"), Some(LineMistake::Nested));
    }
}
