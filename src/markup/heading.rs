//! Headings: `## id`, `## id +`, `## id @short`.
//!
//! Input: the source of one heading of the second level. Output: what it says. It knows nothing of the text below.

use super::excerpted::excerpted;
use super::tree::{Merge, Register};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Phrase, Span, composed};

/// What a heading says（見出し）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// The id, as it is written: any characters but white space.
    pub(super) id: String,
    /// The register after it.
    pub(super) register: Register,
    /// Whether `+` stands after it.
    pub(super) merge: Merge,
    /// Where the id stands.
    pub(super) span: Span,
}

/// The headings read so far in one file（既出の見出し）.
#[derive(Debug, Default)]
pub(super) struct Headings {
    read: Vec<Heading>,
}

impl Headings {
    /// Reads a heading whose source begins at byte `start` of the file; `None` where it names no id.
    ///
    /// Pushes [`Code::HeadingLevel`] where no id stands, [`Code::HeadingSuffix`] and [`Code::HeadingTwice`]. A heading that stands
    /// twice is read twice.
    pub(super) fn read(
        &mut self,
        file: FileId,
        start: usize,
        source: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Heading> {
        let words = words(source);
        let Some(((at, id), suffixes)) = words.split_first() else {
            let end = start + source.trim_end().len();
            diagnostics.push(wrong_level(source, Span::new(file, start..end)));
            return None;
        };
        let span_of = |at: usize, word: &str| Span::new(file, start + at..start + at + word.len());
        let mut register = None;
        let mut merge = None;
        for (at, suffix) in suffixes {
            match *suffix {
                "+" if merge.is_none() => merge = Some(Merge::Append),
                "@short" if register.is_none() => register = Some(Register::Short),
                "@public" if register.is_none() => register = Some(Register::Public),
                _ => {
                    diagnostics.push(Diagnostic::new(Code::HeadingSuffix, span_of(*at, suffix)).with("suffix", *suffix))
                }
            }
        }
        let heading = Heading {
            id: composed(id),
            register: register.unwrap_or_default(),
            merge: merge.unwrap_or(Merge::Replace),
            span: span_of(*at, id),
        };
        let is_same = |earlier: &&Heading| {
            (&earlier.id, earlier.register, earlier.merge) == (&heading.id, heading.register, heading.merge)
        };
        if let Some(earlier) = self.read.iter().find(is_same) {
            let twice = Diagnostic::new(Code::HeadingTwice, heading.span)
                .with("id", *id)
                .related_as(earlier.span, Label::First);
            diagnostics.push(twice);
        }
        self.read.push(heading.clone());
        Some(heading)
    }
}

/// Whether a heading's source is `## …`, not a line underlined with `---`.
pub(super) fn is_level_two(source: &str) -> bool {
    source.strip_prefix("##").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// The mistake of a heading that may not stand where it does, with what it may have meant.
pub(super) fn wrong_level(source: &str, place: Span) -> Diagnostic {
    let words = source.trim().trim_matches('#').trim();
    let diagnostic = Diagnostic::new(Code::HeadingLevel, place);
    if words.is_empty() {
        let (ja, en) = ("項目ID", "item-id");
        let right = Phrase::said(format!("## {ja}"), format!("## {en}"));
        return diagnostic.said("right", right).with("inside", "＜…＞");
    }
    let words = excerpted(words);
    diagnostic.with("right", format!("## {words}")).with("inside", format!("＜{words}＞"))
}

/// A line that was to be a heading（見出しのつもりの行）.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeadingLine {
    /// As it should be.
    pub(super) right: String,
    /// As it should be where it is text.
    pub(super) escaped: String,
}

/// Whether a line that Markdown took for text was to be a heading: signs in full width, or no space after them.
///
/// Text may begin with the sign too: with one sign, only a line of nothing but an id and its suffixes is meant, and inside of a
/// paragraph the id must be ASCII.
pub(super) fn heading_line(line: &str, is_first: bool) -> Option<HeadingLine> {
    let body = line.trim_start();
    let rest = body.trim_start_matches(['#', '＃']);
    let signs = body[..body.len() - rest.len()].chars().count();
    if !(1..=6).contains(&signs) || rest.contains(['。', '、']) {
        return None;
    }
    let words: Vec<String> = rest.split_whitespace().map(|word| word.replace('＋', "+").replace('＠', "@")).collect();
    let (id, suffixes) = words.split_first()?;
    let is_heading = suffixes.iter().all(|suffix| matches!(suffix.as_str(), "+" | "@short" | "@public"));
    if signs == 1 && !(is_heading && (is_first || id.is_ascii())) {
        return None;
    }
    Some(HeadingLine { right: format!("## {}", words.join(" ")), escaped: format!("\\{}{rest}", "#".repeat(signs)) })
}

/// The words after `##`, each with its place in the source. Full-width spaces part words too.
fn words(source: &str) -> Vec<(usize, &str)> {
    let body = source.trim_start_matches('#');
    let offset = source.len() - body.len();
    body.split_whitespace().map(|word| (offset + word.as_ptr().addr() - body.as_ptr().addr(), word)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{codes, cures, file};
    use super::*;

    type Said = Option<(String, Register, Merge)>;

    fn read(sources: &[&str]) -> (Vec<Said>, Vec<&'static str>) {
        let mut headings = Headings::default();
        let mut diagnostics = Diagnostics::new();
        let read = sources.iter().enumerate().map(|(number, source)| {
            let heading = headings.read(file(source), number * 100, source, &mut diagnostics);
            heading.map(|heading| (heading.id, heading.register, heading.merge))
        });
        (read.collect(), codes(&diagnostics))
    }

    #[test]
    fn an_id_is_any_word() {
        let (read, codes) = read(&["## (2)-①\n", "##\ta +", "## a @short", "## a　@public +"]);
        let expected = [
            ("(2)-①", Register::Form, Merge::Replace),
            ("a", Register::Form, Merge::Append),
            ("a", Register::Short, Merge::Replace),
            ("a", Register::Public, Merge::Append),
        ];
        assert_eq!(read, expected.map(|(id, register, merge)| Some((id.to_owned(), register, merge))));
        assert!(codes.is_empty());
    }

    #[test]
    fn says_what_is_wrong_with_a_heading() {
        assert_eq!(read(&["##"]), (vec![None], vec!["H0201"]));
        assert_eq!(read(&["## a @long", "## b + +"]).1, ["H0204", "H0204"]);
        assert_eq!(read(&["## a", "## a +", "## a"]).1, ["H0203"]);
    }

    #[test]
    fn a_line_that_was_to_be_a_heading_shows_the_heading() {
        for (typed, right) in [
            ("##　work-content", "## work-content"),
            ("##work-content", "## work-content"),
            ("#work-content", "## work-content"),
            ("# work-content", "## work-content"),
            ("### 小見出し", "## 小見出し"),
            ("＃＃ work-content", "## work-content"),
            ("＃＃　work-content　＋", "## work-content +"),
            ("＃work-content @short", "## work-content @short"),
            ("　## (2)-①", "## (2)-①"),
            ("文。\n##work-content", "## work-content"),
            ("文。\n#work-content", "## work-content"),
        ] {
            let found = cures(&format!("## a\n\n{typed}\n"));
            assert_eq!(found.iter().map(|(_, right)| right.as_str()).collect::<Vec<_>>(), [right], "{typed}");
            assert!(["H0201", "H0220"].contains(&found[0].0), "{found:?}");
        }
        for text in ["#1の手順を行う。", "番号は\n#重要\nとする。", "#の付いた 語", r"\##work", "＃", "C#", "甲#1"]
        {
            assert_eq!(cures(&format!("## a\n\n{text}\n")), [], "{text}");
        }
    }

    #[test]
    fn the_place_is_that_of_the_id() {
        let source = "## (2)-① @short";
        let heading = Headings::default().read(file(source), 0, source, &mut Diagnostics::new());
        let span = heading.map(|heading| heading.span).expect("it names an id");
        assert_eq!(&source[span.start..span.end], "(2)-①");
        assert!(is_level_two(source) && !is_level_two("### a") && !is_level_two("a\n---"));
    }
}
