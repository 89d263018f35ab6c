//! Markdown's blocks, by pulldown-cmark, into blocks of tokens and these into texts.
//!
//! Input: a body and where it stands in its file. Output: texts. The only file that knows pulldown-cmark.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::heading::{Headings, is_level_two};
use super::mask::{Masked, Shown};
use super::pair::Place;
use super::scan::{Glyph, Ink, scan};
use super::tree::{Headed, Text};
use super::weave::{RawBlock, RawParagraph, weave};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};

/// How deep lists may nest（箇条書きの深さの上限）. Deeper items become paragraphs of the item at this depth.
pub const MAX_LIST_DEPTH: usize = 32;

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
    default_change: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Vec<Headed> {
    let (base, body) = part(text, range);
    let masked = Masked::new(body);
    let sections = Reader::new(file, base, &masked, Allowed::Headings, diagnostics).read();
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
    default_change: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Text {
    let (base, body) = part(text, range);
    let masked = Masked::new(body);
    let sections = Reader::new(file, base, &masked, Allowed::NoHeadings, diagnostics).read();
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
    default_change: Option<&str>,
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
                glyphs.extend(
                    characters.next().map(|(at, next)| Glyph { ink: Ink::Dead(next), range: place_of(at, next) }),
                );
                continue;
            }
            _ => Ink::Live(character),
        };
        glyphs.push(Glyph { ink, range: place_of(at, character) });
    }
    let tokens = scan(&glyphs, file, diagnostics);
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

/// Whether `## id` may stand in a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowed {
    Headings,
    NoHeadings,
}

/// What stands under one heading.
#[derive(Default)]
struct Section {
    /// The heading in the body; `None` before the first.
    heading: Option<Range<usize>>,
    blocks: Vec<RawBlock>,
    /// From the first block's beginning to the last one's end, in the body.
    extent: Option<Range<usize>>,
}

impl Section {
    /// Where its text stands; empty and after the heading where there is none.
    fn span(&self, file: FileId, base: usize, masked: &Masked<'_>) -> Span {
        let after_heading = self.heading.as_ref().map_or(0, |heading| heading.end);
        let extent = self.extent.clone().unwrap_or(after_heading..after_heading);
        let length = masked.source(extent.clone()).trim_end().len();
        Span::new(file, base + extent.start..base + extent.start + length)
    }
}

/// A block that is open.
enum Frame {
    /// A list and its finished items.
    List { number: usize, start: Option<u64>, items: Vec<Vec<RawBlock>> },
    /// An item of the list below it.
    Item { place: Place, blocks: Vec<RawBlock> },
    /// A table; the first row is the header.
    Table { rows: Vec<Vec<RawParagraph>> },
}

struct Reader<'a> {
    file: FileId,
    base: usize,
    masked: &'a Masked<'a>,
    allowed: Allowed,
    diagnostics: &'a mut Diagnostics,
    done: Vec<Section>,
    section: Section,
    frames: Vec<Frame>,
    /// The paragraph being read.
    glyphs: Vec<Glyph>,
    /// How many lists beyond [`MAX_LIST_DEPTH`] are open.
    too_deep: usize,
    /// How many block quotes are open.
    quotes: usize,
    /// A fenced code block being read.
    fenced: Option<(String, Range<usize>)>,
    /// The number for the next sequence or list.
    next: usize,
}

impl<'a> Reader<'a> {
    fn new(
        file: FileId,
        base: usize,
        masked: &'a Masked<'a>,
        allowed: Allowed,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            file,
            base,
            masked,
            allowed,
            diagnostics,
            done: Vec::new(),
            section: Section::default(),
            frames: Vec::new(),
            glyphs: Vec::new(),
            too_deep: 0,
            quotes: 0,
            fenced: None,
            next: 1,
        }
    }

    fn read(mut self) -> Vec<Section> {
        let masked = self.masked;
        let mut events = Parser::new_ext(masked.text(), Options::ENABLE_TABLES).into_offset_iter();
        while let Some((event, range)) = events.next() {
            if let Event::Start(Tag::Heading { level, .. }) = &event {
                if self.heading(*level, range.clone()) {
                    // The heading's own text is read from the source.
                    events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))));
                }
                continue;
            }
            self.event(event, range);
        }
        self.flush();
        self.done.push(self.section);
        self.done
    }

    /// Begins a section; `false` where the heading may not stand here and becomes a paragraph.
    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) -> bool {
        self.flush();
        let is_outside = self.frames.is_empty() && self.quotes == 0 && self.allowed == Allowed::Headings;
        if is_outside && level == HeadingLevel::H2 && is_level_two(self.masked.source(range.clone())) {
            let next = Section { heading: Some(range), ..Section::default() };
            self.done.push(std::mem::replace(&mut self.section, next));
            return true;
        }
        let length = self.masked.source(range.clone()).trim_end().len();
        self.report(Code::HeadingLevel, range.start..range.start + length);
        self.touch(range);
        false
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        self.touch(range.clone());
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.fenced {
                Some((code, _)) => code.push_str(&self.masked.unmask(range, &text)),
                None => self.text(&text, range),
            },
            Event::Code(code) => {
                let code = self.masked.unmask(range.clone(), &code);
                self.ink(Ink::Code(code), range);
            }
            Event::InlineHtml(html) => {
                self.report(Code::RawHtml, range.clone());
                self.text(&html, range);
            }
            Event::Html(html) => self.text(&html, range),
            Event::SoftBreak => self.ink(Ink::Soft, range),
            Event::HardBreak => self.ink(Ink::Hard, range),
            // A rule prints nothing here; the others are not switched on.
            Event::Rule
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => self.flush(),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            // Emphasis is no part of the format: its delimiters are text, so that `a_b_c` survives.
            Tag::Emphasis => self.delimiter(range.start..range.start + 1),
            Tag::Strong => self.delimiter(range.start..range.start + 2),
            Tag::Link { .. } | Tag::Image { .. } => {}
            Tag::List(start) => self.start_list(start),
            Tag::Item => self.start_item(),
            Tag::Table(_) => {
                self.flush();
                self.frames.push(Frame::Table { rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Frame::Table { rows }) = self.frames.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.glyphs.clear(),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.flush();
                self.fenced = Some((String::new(), range));
            }
            Tag::HtmlBlock => {
                self.flush();
                let length = self.masked.source(range.clone()).trim_end().len();
                self.report(Code::RawHtml, range.start..range.start + length);
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.delimiter(range.end.saturating_sub(1)..range.end),
            TagEnd::Strong => self.delimiter(range.end.saturating_sub(2)..range.end),
            TagEnd::Link | TagEnd::Image => {}
            TagEnd::List(_) => self.end_list(),
            TagEnd::Item => self.end_item(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead | TagEnd::TableRow => {}
            TagEnd::TableCell => self.end_cell(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                self.end_fenced();
                self.flush();
            }
            _ => self.flush(),
        }
    }

    fn start_list(&mut self, start: Option<u64>) {
        self.flush();
        let depth = self.frames.iter().filter(|frame| matches!(frame, Frame::List { .. })).count();
        if self.too_deep > 0 || depth == MAX_LIST_DEPTH {
            self.too_deep += 1;
            return;
        }
        let number = self.number();
        self.frames.push(Frame::List { number, start, items: Vec::new() });
    }

    fn start_item(&mut self) {
        self.flush();
        if self.too_deep == 0
            && let Some(Frame::List { number, .. }) = self.frames.last()
        {
            let list = Some(*number);
            let place = Place { sequence: self.number(), list };
            self.frames.push(Frame::Item { place, blocks: Vec::new() });
        }
    }

    fn end_item(&mut self) {
        self.flush();
        if self.too_deep == 0
            && let Some(Frame::Item { blocks, .. }) = self.frames.pop_if(|frame| matches!(frame, Frame::Item { .. }))
            && let Some(Frame::List { items, .. }) = self.frames.last_mut()
        {
            items.push(blocks);
        }
    }

    fn end_list(&mut self) {
        self.flush();
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(Frame::List { start, items, .. }) =
            self.frames.pop_if(|frame| matches!(frame, Frame::List { .. }))
        {
            self.block(RawBlock::List { start, items });
        }
    }

    fn end_cell(&mut self) {
        let place = Place { sequence: self.number(), list: None };
        let cell = self.paragraph(place);
        if let Some(Frame::Table { rows }) = self.frames.last_mut()
            && let Some(row) = rows.last_mut()
        {
            row.push(cell);
        }
    }

    fn end_table(&mut self) {
        if let Some(Frame::Table { rows }) = self.frames.pop_if(|frame| matches!(frame, Frame::Table { .. })) {
            let mut rows = rows.into_iter();
            let header = rows.next().unwrap_or_default();
            self.block(RawBlock::Table { header, rows: rows.collect() });
        }
    }

    /// A fenced code block as one paragraph: each line a code span.
    fn end_fenced(&mut self) {
        let Some((code, range)) = self.fenced.take() else { return };
        for (number, line) in code.lines().enumerate() {
            if number > 0 {
                self.ink(Ink::Hard, range.clone());
            }
            self.ink(Ink::Code(line.to_owned()), range.clone());
        }
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn report(&mut self, code: Code, range: Range<usize>) {
        let range = range.start + self.base..range.end + self.base;
        self.diagnostics.push(Diagnostic::new(code, Span::new(self.file, range)));
    }

    fn touch(&mut self, range: Range<usize>) {
        let extent = self.section.extent.get_or_insert_with(|| range.clone());
        *extent = extent.start.min(range.start)..extent.end.max(range.end);
    }

    fn ink(&mut self, ink: Ink, range: Range<usize>) {
        self.glyphs.push(Glyph { ink, range: range.start + self.base..range.end + self.base });
    }

    /// Characters that Markdown took for delimiters.
    fn delimiter(&mut self, range: Range<usize>) {
        let text = self.masked.source(range.clone());
        self.text(text, range);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let masked = self.masked;
        let Some(characters) = masked.characters(range.clone(), text) else {
            for character in masked.unmask(range.clone(), text).chars() {
                self.ink(Ink::Dead(character), range.clone());
            }
            return;
        };
        let mut is_escaped = masked.is_escaped(range.start);
        for (shown, place) in characters {
            let ink = match shown {
                Shown::Stars => Ink::Strong,
                Shown::Character('\n') => Ink::Soft,
                Shown::Character('\r') => continue,
                Shown::Character(character) if is_escaped => Ink::Dead(character),
                Shown::Character(character) => Ink::Live(character),
            };
            is_escaped = false;
            self.ink(ink, place);
        }
    }

    fn paragraph(&mut self, place: Place) -> RawParagraph {
        let tokens = scan(&self.glyphs, self.file, self.diagnostics);
        self.glyphs.clear();
        RawParagraph { tokens, place }
    }

    /// Ends the paragraph being read, if one is.
    fn flush(&mut self) {
        if self.glyphs.is_empty() {
            return;
        }
        let place = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Item { place, .. } => Some(*place),
            Frame::List { .. } | Frame::Table { .. } => None,
        });
        let paragraph = self.paragraph(place.unwrap_or(Place { sequence: 0, list: None }));
        self.block(RawBlock::Paragraph(paragraph));
    }

    /// Adds a finished block to what is open around it.
    fn block(&mut self, block: RawBlock) {
        let blocks = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Item { blocks, .. } => Some(blocks),
            Frame::List { .. } | Frame::Table { .. } => None,
        });
        blocks.unwrap_or(&mut self.section.blocks).push(block);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sketch::{codes, file, parsed, sketch, spans};
    use super::*;

    fn body(source: &str) -> (Vec<(String, String)>, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::new();
        let headed = parse_body(file(source), source, 0..source.len(), Some("c"), &mut diagnostics);
        (headed.into_iter().map(|headed| (headed.id, sketch(&headed.text))).collect(), codes(&diagnostics))
    }

    fn value(value: &str, exact: Exactness) -> (Text, Vec<&'static str>) {
        let mut diagnostics = Diagnostics::new();
        let text = parse_value(file(value), value, 10..10 + value.len(), exact, Some("c"), &mut diagnostics);
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
        assert_eq!(body("## a\n\n### b\n\n文\n---\n"), (vec![("a".into(), "b / 文".into())], vec!["H0201", "H0201"]));
        assert_eq!(parsed("## a").1, ["H0201"]);
        assert_eq!(body("## a\n\n{++x\n\n## b\n\n++}").1, ["H0205", "H0206"]);
    }

    #[test]
    fn other_markdown_is_flattened_to_its_text() {
        let (text, codes) =
            parsed("> 引用\n\n[語](http://x) ![図](y)\n\n    字下げ{++x++}\n\n```\n{++\n b\n```\n\n***");
        assert_eq!((sketch(&text).as_str(), codes), ("引用 / 語 図 / 字下げ+0(x) / `{++`⏎` b` / *", vec!["H0217"]));
        assert_eq!(sketch(&parsed("[注]: 文\n\n[注]").0), "[注]: 文 / [注]");
        assert_eq!(parsed("a<b>c").1, ["H0215"]);
        assert_eq!(sketch(&parsed("<div>\n**a**{{t}}\n</div>").0), "<div> **(a){{t}} </div>");
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
        let lists = sketch(&parsed(&deep).0);
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
        found.extend(spans(&parse_text(file, source, from..source.len(), Some("c"), &mut diagnostics)));
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
        fn plain_text_stays_and_has_its_place(source in "[ぁ-ん亜-熙、。（）「」＜＞・ａ-ｚ0-9a-z]{1,40}") {
            let (text, codes) = parsed(&source);
            prop_assert!(codes.is_empty());
            prop_assert_eq!(sketch(&text), source.as_str());
            prop_assert!(spans(&text).iter().all(|span| (span.start, span.end) == (0, source.len())));
        }
    }
}
