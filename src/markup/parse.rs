//! A body, one value: the texts in them.
//!
//! Input: source and where it stands in its file. Output: texts. It knows the way through the stage and no step's inside.

use std::ops::Range;

use super::heading::Headings;
use super::mask::Masked;
use super::pair::Place;
use super::read::{Allowed, read};
use super::scan::{Glyph, Ink, scan};
use super::tree::{Headed, Text};
use super::weave::{RawBlock, RawParagraph, weave};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::name::ChangeId;

/// Whether a value stands in its file as it reads（値と原文の一致）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// The value equals the source at its range, so each run has its own place.
    Verbatim,
    /// It does not (TOML escapes); each run's place is the whole range.
    Escaped,
}

/// The texts of an entry file's body, in its order（記載ファイルの本文）.
///
/// `range` is the body in `text`, without the front matter; spans are offsets in `text`. Marks that name no change belong to
/// `default_change`.
///
/// Pushes every diagnostic of marks, terms, periods, strong and HTML, and [`Code::HeadingLevel`], [`Code::HeadingTwice`],
/// [`Code::HeadingSuffix`], [`Code::TextBeforeHeading`].
pub fn parse_body(
    file: FileId,
    text: &str,
    range: Range<usize>,
    default_change: Option<&ChangeId>,
    diagnostics: &mut Diagnostics,
) -> Vec<Headed> {
    let (base, body) = part(text, range);
    let masked = Masked::new(body);
    let sections = read(file, base, &masked, Allowed::Headings, diagnostics);
    let mut headings = Headings::default();
    let mut headed = Vec::new();
    for section in sections {
        let span = section.span(file, base, &masked);
        let Some(heading) = section.heading else {
            if !section.blocks.is_empty() {
                diagnostics.push(Diagnostic::new(Code::TextBeforeHeading, first_line(span, text)));
            }
            continue;
        };
        let source = masked.source(heading.clone());
        let Some(heading) = headings.read(file, base + heading.start, source, diagnostics) else { continue };
        let text = weave(section.blocks, span, default_change, diagnostics);
        headed.push(Headed {
            id: heading.id,
            register: heading.register,
            merge: heading.merge,
            text,
            span: heading.span,
        });
    }
    headed
}

/// A body that is one text without headings, such as a fragment's（見出しのない本文）.
///
/// As [`parse_body`]; a heading is [`Code::HeadingLevel`] and stays as a paragraph.
pub fn parse_text(
    file: FileId,
    text: &str,
    range: Range<usize>,
    default_change: Option<&ChangeId>,
    diagnostics: &mut Diagnostics,
) -> Text {
    let (base, body) = part(text, range);
    let masked = Masked::new(body);
    let sections = read(file, base, &masked, Allowed::NoHeadings, diagnostics);
    let mut texts = sections.into_iter().map(|section| {
        let span = section.span(file, base, &masked);
        weave(section.blocks, span, default_change, diagnostics)
    });
    texts.next().unwrap_or_default()
}

/// One string of the front matter as one paragraph（先頭の値）.
///
/// Marks, terms, fragments and periods are read and a backslash escapes as in a body; all other Markdown is text. A line end in
/// the value is a hard break. `source` is where the value stands in the file, without its quotation marks.
pub fn parse_value(
    file: FileId,
    value: &str,
    source: Range<usize>,
    exact: Exactness,
    default_change: Option<&ChangeId>,
    diagnostics: &mut Diagnostics,
) -> Text {
    // A caller's slip about exactness must not give places outside the value.
    let exact = if source.len() == value.len() { exact } else { Exactness::Escaped };
    let place_of = |at: usize, character: char| match exact {
        Exactness::Verbatim => source.start + at..source.start + at + character.len_utf8(),
        Exactness::Escaped => source.clone(),
    };
    let lines = value.trim_end_matches(['\n', '\r']);
    let mut glyphs = Vec::new();
    let mut characters = lines.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let ink = match character {
            '\r' => continue,
            '\n' => Ink::Hard,
            '\\' if characters.peek().is_some_and(|(_, next)| next.is_ascii_punctuation()) => {
                let escaped = characters.next().map(|(next_at, next)| {
                    // Its backslash is a part of how it is written.
                    let range = place_of(at, '\\').start..place_of(next_at, next).end;
                    Glyph { ink: Ink::Dead(next), range }
                });
                glyphs.extend(escaped);
                continue;
            }
            _ => Ink::Live(character),
        };
        glyphs.push(Glyph { ink, range: place_of(at, character) });
    }
    let tokens = scan(&mut glyphs, file, diagnostics);
    let paragraph = RawParagraph { tokens, place: Place { sequence: 0, list: None } };
    let blocks = if value.is_empty() { Vec::new() } else { vec![RawBlock::Paragraph(paragraph)] };
    weave(blocks, Span::new(file, source), default_change, diagnostics)
}

/// The part of a text at a range, and where it begins; nothing at the beginning where the range is no part of it.
fn part(text: &str, range: Range<usize>) -> (usize, &str) {
    let start = range.start;
    text.get(range).map_or((0, ""), |part| (start, part))
}

/// The first line of a place, for a caret that points and does not flood.
fn first_line(span: Span, text: &str) -> Span {
    let line = text.get(span.start..span.end).and_then(|text| text.lines().next()).unwrap_or_default();
    Span { end: span.start + line.len(), ..span }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read::MAX_LIST_DEPTH;
    use super::super::sketch::{codes, file, parsed, sketch, spans};
    use super::*;

    fn body(source: &str) -> (Vec<(String, String)>, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::new();
        let headed = parse_body(file(source), source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
        (headed.into_iter().map(|headed| (headed.id, sketch(&headed.text))).collect(), codes(&diagnostics))
    }

    fn value(value: &str, exact: Exactness) -> (Text, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::new();
        let text = parse_value(file(value), value, 10..10 + value.len(), exact, Some(&"c".into()), &mut diagnostics);
        (text, codes(&diagnostics))
    }

    #[test]
    fn a_body_is_texts_under_headings() {
        let (headed, codes) = body("\n## a\n\n一。\n\n## (1)-① +\n\n- 二\n  1. 三\n\n## empty\n");
        let expected = [("a", "一。"), ("(1)-①", "[二 / 1.[三]]"), ("empty", "")];
        assert_eq!(headed, expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
        assert!(codes.is_empty());
    }

    #[test]
    fn what_is_no_heading_is_an_error() {
        assert_eq!(body("前\n\n後\n\n## a\n").1, ["H0202"]);
        assert_eq!(body("## a\n\n### b\n\n文\n---\n"), (vec![("a".into(), "b / 文".into())], vec!["H0201", "H0230"]));
        assert_eq!(parsed("## a").1, ["H0201"]);
        assert_eq!(body("## a\n\n{++x\n\n## b\n\n++}").1, ["H0205", "H0206"]);
    }

    #[test]
    fn other_markdown_is_flattened_to_its_text() {
        let (text, codes) =
            parsed("> 引用\n\n[語](http://x) ![図](y)\n\n    字下げ{++x++}\n\n```\n{++\n b\n```\n\n***");
        assert_eq!(
            (sketch(&text).as_str(), codes),
            ("引用 / 語 図 / 字下げ+0(x) / `{++`⏎` b`", vec!["H0228", "H0218", "H0219", "H0229", "H0229", "H0230"])
        );
        assert_eq!(sketch(&parsed("[注]: 文\n\n[注]").0), "[注]: 文 / [注]");
        assert_eq!(parsed("a<b>c").1, ["H0215"]);
        assert_eq!(sketch(&parsed("<div>\n**a**{{t}}\n</div>").0), "<div> **(a){{t}}</div>");
    }

    #[test]
    fn empty_items_and_lists_are_none() {
        assert_eq!(sketch(&parsed("-\n- a\n-\n\n文\n\n*").0), "[a] / 文");
    }

    #[test]
    fn values_know_only_marks_terms_and_periods() {
        let (text, codes) = value("- **{~~6~>7~~}**_{{own}}_\n\\{++", Exactness::Verbatim);
        assert_eq!((sketch(&text).as_str(), codes.len()), ("- **-0(6)+0(7)**_{{own}}_⏎{++", 0));
        assert_eq!(text.marks[0].span.start, 14);
        let (text, _) = value("a{++b++}", Exactness::Escaped);
        assert!(spans(&text).iter().all(|span| (span.start, span.end) == (10, 18)));
        assert!(value("", Exactness::Verbatim).0.is_empty());
    }

    #[test]
    fn deep_lists_are_flattened() {
        let deep = format!("{}a", "- ".repeat(10_000));
        let (text, codes) = parsed(&deep);
        assert_eq!(codes, ["H0231"]);
        let lists = sketch(&text);
        assert_eq!(lists, format!("{}a{}", "[".repeat(MAX_LIST_DEPTH), "]".repeat(MAX_LIST_DEPTH)));
        parsed(&format!("{}a", "> ".repeat(10_000)));
        parsed(&"{++".repeat(10_000));
        parsed(&"{~~{{{?".repeat(10_000));
    }

    /// Pieces that mean something somewhere, so that random texts meet in their odd combinations.
    fn pieces() -> impl Strategy<Value = String> {
        let words = [
            "{++",
            "++}",
            "{--",
            "--}",
            "{~~",
            "~>",
            "~~}",
            "{>>c<<}",
            "{?p:",
            "?}",
            "{{t}}",
            "{{> f}}",
            "{{",
            "}}",
            "**",
            "*",
            "_",
            "__",
            "`",
            "```",
            "\\",
            "\n",
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "\n> ",
            "\n## a",
            "\n|a|b|\n|-|-|\n|",
            "|",
            "<b>",
            "<!--",
            "&amp;",
            "[",
            "](",
            "]:",
            ")",
            "    ",
            " ",
            "文",
            "字。",
            "a",
            "\u{91}",
            "\u{1}",
            "\0",
            "\r\n",
            "\t",
            "　",
            "｛｛",
            "｝｝",
            "｛++",
            "＋＋}",
            "{own}",
            "[^1]",
            "[ ] ",
            "~~",
            "==",
            "$x$",
            "\n＃",
            "\n-",
            "\n2) ",
            "  \n",
            "![",
        ];
        proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..40).prop_map(|words| words.concat())
    }

    fn holds(source: &str, from: usize) -> Result<(), TestCaseError> {
        let (file, mut diagnostics) = (file(source), Diagnostics::new());
        let mut found = Vec::new();
        for headed in parse_body(file, source, from..source.len(), None, &mut diagnostics) {
            found.push(headed.span);
            found.extend(spans(&headed.text));
        }
        found.extend(spans(&parse_text(file, source, from..source.len(), Some(&"c".into()), &mut diagnostics)));
        let exact = Exactness::Verbatim;
        let value = &source[from..];
        found.extend(spans(&parse_value(file, value, from..source.len(), exact, None, &mut diagnostics)));
        found.extend(diagnostics.sorted().into_iter().filter_map(|diagnostic| diagnostic.span));
        for span in found {
            prop_assert!(from <= span.start, "{span:?}");
            prop_assert!(source.get(span.start..span.end).is_some(), "{span:?} of {}", source.len());
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_places_are_in_it(source in pieces()) {
            holds(&source, 0)?;
            holds(&format!("前文{source}"), "前文".len())?;
        }

        #[test]
        fn any_characters_are_read(source in any::<String>()) {
            holds(&source, 0)?;
        }

        #[test]
        fn plain_text_stays_and_has_its_place(source in "[ぁ-ん亜-熙、。（）「」＜ａ-ｚa-z][ぁ-ん亜-熙、。（）「」＜＞・ａ-ｚ0-9a-z]{0,39}") {
            let (text, codes) = parsed(&source);
            prop_assert!(codes.is_empty());
            prop_assert_eq!(sketch(&text), source.as_str());
            prop_assert!(spans(&text).iter().all(|span| (span.start, span.end) == (0, source.len())));
        }
    }
}
