//! Markdown's blocks, by pulldown-cmark, into sections of raw blocks.
//!
//! Input: a masked body. Output: sections, each a heading's place and the blocks below it, their paragraphs cut into tokens. The
//! only file that knows pulldown-cmark; it does not know what headings say or which marks belong together.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::excerpted::first_line;
use super::foreign::{self, Within};
use super::heading::{is_level_two, wrong_level};
use super::mask::{Masked, Shown};
use super::outside::{self, Cure};
use super::pair::Place;
use super::scan::{Glyph, Ink, scan};
use super::weave::{RawBlock, RawParagraph};
use crate::diagnostic::{Acceptance, Code, Diagnostic, Diagnostics, FileId, Span};

/// How deep lists may nest（箇条書きの深さの上限）. Deeper items become paragraphs of the item at this depth. The HTML templates can nest
/// no more than ten.
pub const MAX_LIST_DEPTH: usize = 8;

/// Whether `## id` may stand in a body.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowed {
    /// It may.
    Headings,
    /// It may not: a fragment.
    NoHeadings,
}

/// What stands under one heading.
#[derive(Default)]
pub(super) struct Section {
    /// The heading in the body; `None` before the first.
    pub(super) heading: Option<Range<usize>>,
    /// The blocks below it.
    pub(super) blocks: Vec<RawBlock>,
    /// From the first block's beginning to the last one's end, in the body.
    extent: Option<Range<usize>>,
}

impl Section {
    /// Where its text stands; empty and after the heading where there is none.
    pub(super) fn span(&self, file: FileId, base: usize, masked: &Masked<'_>) -> Span {
        let after_heading = self.heading.as_ref().map_or(0, |heading| heading.end);
        let extent = self.extent.clone().unwrap_or(after_heading..after_heading);
        let length = masked.source(extent.clone()).trim_end().len();
        Span::new(file, base + extent.start..base + extent.start + length)
    }
}

/// The sections of a body that begins at byte `base` of its file; the first has no heading.
///
/// Pushes what [`scan`] and [`foreign::lines`] do, [`Code::HeadingLevel`], [`Code::RawHtml`], what comments accept, and a code for
/// each construct of CommonMark that the format has not (see [`super`]).
pub(super) fn read<'a>(
    file: FileId,
    base: usize,
    masked: &'a Masked<'a>,
    allowed: Allowed,
    diagnostics: &'a mut Diagnostics,
) -> Vec<Section> {
    let reader = Reader {
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
        comments: Vec::new(),
        in_comment: false,
        next: 1,
    };
    reader.read()
}

/// A block that is open.
enum Frame {
    /// A list and its finished items.
    List { number: usize, start: Option<u64>, items: Vec<Vec<RawBlock>> },
    /// An item of the list below it.
    Item { place: Place, blocks: Vec<RawBlock> },
    /// A table of so many columns; the first row is the header.
    Table { columns: usize, rows: Vec<Vec<RawParagraph>> },
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
    /// Comments of this section that speak to the program: their text and their place in the body.
    comments: Vec<(String, Range<usize>)>,
    /// Whether such a comment is being read as a block.
    in_comment: bool,
    /// The number for the next sequence or list.
    next: usize,
}

impl Reader<'_> {
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
            if !self.comment(&event, &range) {
                self.event(event, range);
            }
        }
        self.flush();
        self.accept_comments(masked.text().len());
        self.done.push(self.section);
        self.done
    }

    /// Begins a section; `false` where the heading may not stand here and becomes a paragraph.
    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) -> bool {
        self.flush();
        let is_outside = self.frames.is_empty() && self.quotes == 0 && self.allowed == Allowed::Headings;
        if is_outside && level == HeadingLevel::H2 && is_level_two(self.masked.source(range.clone())) {
            self.accept_comments(range.start);
            let next = Section { heading: Some(range), ..Section::default() };
            self.done.push(std::mem::replace(&mut self.section, next));
            return true;
        }
        let source = self.masked.source(range.clone()).trim_end();
        if source.starts_with('#') {
            let place = self.span(range.start..range.start + source.len());
            self.diagnostics.push(wrong_level(source, place));
        } else {
            // A line of signs below text: nobody means a heading by it here.
            let line = source.lines().next_back().unwrap_or_default().trim_start();
            let start = range.start + source.len() - line.len();
            self.refuse(Code::RuleWritten, start..range.start + source.len(), &rule(line));
        }
        self.touch(range);
        false
    }

    /// Takes a comment that speaks to the program; `false` for everything else.
    fn comment(&mut self, event: &Event<'_>, range: &Range<usize>) -> bool {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let source = self.masked.source(range.clone()).trim();
                let inner = source.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
                let Some(text) = inner.filter(|text| !text.contains("-->") && Acceptance::is_meant(text)) else {
                    return false;
                };
                self.comments.push((text.to_owned(), range.start..range.start + source.len()));
                self.in_comment = matches!(event, Event::Start(_));
                if self.in_comment {
                    self.flush();
                }
                true
            }
            Event::Html(_) => self.in_comment,
            Event::End(TagEnd::HtmlBlock) => std::mem::take(&mut self.in_comment),
            _ => false,
        }
    }

    /// Accepts what the comments of the section say, for the whole item; before the first heading for the whole file.
    fn accept_comments(&mut self, end: usize) {
        let scope = match &self.section.heading {
            Some(heading) => Span::new(self.file, self.base + heading.start..self.base + end),
            None => Span::whole(self.file),
        };
        for (text, range) in std::mem::take(&mut self.comments) {
            let span = Span::new(self.file, self.base + range.start..self.base + range.end);
            self.diagnostics.accept_comment(&text, span, scope);
        }
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
            Event::HardBreak if self.masked.source(range.clone()).starts_with('\\') => self.ink(Ink::Hard, range),
            Event::HardBreak => self.spaces_at_end(range),
            Event::Rule => {
                self.flush();
                let line = self.masked.source(range.clone()).trim();
                self.refuse(Code::RuleWritten, range.start..range.start + line.len(), &rule(line));
            }
            // They are not switched on.
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.flush()
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            // Emphasis is no part of the format: its delimiters are text, so that `a_b_c` survives.
            Tag::Emphasis => {
                self.emphasis(range.clone());
                self.delimiter(range.start..range.start + 1);
            }
            Tag::Strong => {
                self.emphasis(range.clone());
                // `**` is none of Markdown's here, so it is `__`: it becomes what it was meant for.
                self.ink(Ink::Strong, range.start..range.start + 2);
            }
            Tag::Link { dest_url, .. } => {
                let cure = outside::link(self.masked.source(range.clone()), &self.address(&dest_url));
                self.refuse(Code::LinkWritten, range, &cure);
            }
            Tag::Image { dest_url, .. } => {
                let source = self.masked.source(range.clone());
                let cure = outside::link(source.trim_start_matches('!'), &self.address(&dest_url));
                self.refuse(Code::ImageWritten, range, &Cure { typed: source.to_owned(), ..cure });
            }
            Tag::List(start) => self.start_list(start, range),
            Tag::Item => self.start_item(range),
            Tag::Table(alignments) => self.start_table(&alignments, range),
            Tag::TableHead | Tag::TableRow => self.start_row(range),
            Tag::TableCell => self.glyphs.clear(),
            Tag::BlockQuote(_) => {
                self.flush();
                if self.quotes == 0 {
                    let cure = outside::quote(self.masked.source(range.clone()));
                    self.refuse(Code::QuoteWritten, range.start..range.start + cure.typed.len(), &cure);
                }
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
                let source = self.masked.source(range.clone());
                let cure = outside::code_block(source, is_fenced);
                let length = first_line(source).len();
                self.refuse(Code::CodeBlockWritten, range.start..range.start + length, &cure);
                if is_fenced {
                    self.fenced = Some((String::new(), range));
                }
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
            TagEnd::Strong => self.ink(Ink::Strong, range.end.saturating_sub(2)..range.end),
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

    fn start_list(&mut self, start: Option<u64>, range: Range<usize>) {
        self.flush();
        let depth = self.frames.iter().filter(|frame| matches!(frame, Frame::List { .. })).count();
        if self.too_deep > 0 || depth == MAX_LIST_DEPTH {
            if self.too_deep == 0 {
                let line = first_line(self.masked.source(range.clone()));
                self.refuse(Code::ListTooDeep, range.start..range.start + line.len(), &Cure::new(line, "", ""));
            }
            self.too_deep += 1;
            return;
        }
        let number = self.number();
        self.frames.push(Frame::List { number, start, items: Vec::new() });
    }

    fn start_item(&mut self, range: Range<usize>) {
        self.flush();
        if self.too_deep == 0
            && let Some(Frame::List { number, start, items }) = self.frames.last()
        {
            let list = Some(*number);
            let printed = start.map(|start| start + items.len() as u64);
            let source = self.masked.source(range.clone());
            if let Some(cure) = printed.and_then(|printed| outside::number(source, printed)) {
                self.refuse(Code::ListNumber, range.start..range.start + cure.typed.len(), &cure);
            }
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

    fn start_table(&mut self, alignments: &[Alignment], range: Range<usize>) {
        self.flush();
        if alignments.iter().any(|alignment| *alignment != Alignment::None) {
            let source = self.masked.source(range.clone());
            let first = source.split_inclusive('\n').next().unwrap_or_default();
            let line = first_line(&source[first.len()..]).trim();
            let start = range.start + first.len() + source[first.len()..].find(line).unwrap_or_default();
            let cure = Cure::new(line, format!("|{}", "---|".repeat(alignments.len())), "");
            self.refuse(Code::TableAligned, start..start + line.len(), &cure);
        }
        self.frames.push(Frame::Table { columns: alignments.len(), rows: Vec::new() });
    }

    fn start_row(&mut self, range: Range<usize>) {
        let source = self.masked.source(range.clone());
        if let Some(Frame::Table { columns, rows }) = self.frames.last_mut() {
            rows.push(Vec::new());
            if outside::cells(source) > *columns {
                let line = first_line(source);
                self.refuse(Code::TableBroken, range.start..range.start + line.len(), &Cure::new(line, "", ""));
            }
        }
    }

    fn end_cell(&mut self) {
        let place = Place { sequence: self.number(), list: None };
        let cell = self.paragraph(place);
        if let Some(Frame::Table { rows, .. }) = self.frames.last_mut()
            && let Some(row) = rows.last_mut()
        {
            row.push(cell);
        }
    }

    fn end_table(&mut self) {
        if let Some(Frame::Table { rows, .. }) = self.frames.pop_if(|frame| matches!(frame, Frame::Table { .. })) {
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

    /// A place in the body as one in the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.base..range.end + self.base)
    }

    fn report(&mut self, code: Code, range: Range<usize>) {
        let span = self.span(range);
        self.diagnostics.push(Diagnostic::new(code, span));
    }

    /// Reports what the format has not, with the words that are right.
    fn refuse(&mut self, code: Code, range: Range<usize>, cure: &Cure) {
        let span = self.span(range);
        self.diagnostics.push(cure.of(Diagnostic::new(code, span)));
    }

    /// A link's address as its author wrote it.
    fn address(&self, masked: &str) -> String {
        masked.replace(['\u{91}', '\u{1}'], "")
    }

    fn emphasis(&mut self, range: Range<usize>) {
        let masked = self.masked;
        let source = masked.source(range.clone());
        // `***` is a strong sign and one of emphasis: all six stars are one slip.
        if source.ends_with("***") && masked.source(0..range.start).ends_with("**") {
            let words = source.trim_matches('*');
            let whole = range.start - 2..range.end;
            let cure = Cure::new(masked.source(whole.clone()), format!("**{words}**"), format!(r"\*\*\*{words}\*\*\*"));
            self.refuse(Code::EmphasisWritten, whole, &cure);
        } else if let Some(cure) = outside::emphasis(source, masked.source(range.end..masked.text().len())) {
            self.refuse(Code::EmphasisWritten, range, &cure);
        }
    }

    /// Two spaces before a line's end, which nobody sees: a break in CommonMark, none here.
    fn spaces_at_end(&mut self, range: Range<usize>) {
        let before = self.masked.source(0..range.start);
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let spaces = range.start..range.start + self.masked.source(range.clone()).trim_end_matches(['\n', '\r']).len();
        self.refuse(Code::SpacesAtEnd, spaces, &Cure::new(line, format!("{line}\\"), line));
        self.ink(Ink::Soft, range);
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
        for (shown, mut place) in characters {
            if is_escaped {
                // Its backslash is a part of how it is written.
                place.start -= 1;
            }
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
        let tokens = scan(&mut self.glyphs, self.file, self.diagnostics);
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
        let within = if place.is_some() { Within::Item } else { Within::Page };
        foreign::lines(&self.glyphs, within, self.file, self.diagnostics);
        let paragraph = self.paragraph(place.unwrap_or(Place { sequence: 0, list: None }));
        self.block(RawBlock::Paragraph(paragraph));
    }

    /// Adds a finished block to what is open around it.
    fn block(&mut self, block: RawBlock) {
        let blocks = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Item { blocks, .. } => Some(blocks),
            Frame::List { .. } | Frame::Table { .. } => None,
        });
        let blocks = blocks.unwrap_or(&mut self.section.blocks);
        match (blocks.last_mut(), block) {
            // `-`, `*` and `+` print the same sign, so lists of them that touch are one.
            (Some(RawBlock::List { start: None, items }), RawBlock::List { start: None, items: more }) => {
                items.extend(more)
            }
            (_, block) => blocks.push(block),
        }
    }
}

/// A line of signs that CommonMark prints as a rule.
fn rule(line: &str) -> Cure {
    // Two stars without backslashes would be strong.
    let escaped = if line.starts_with('*') { line.replace('*', "\\*") } else { format!("\\{line}") };
    Cure::new(line, "", escaped)
}
