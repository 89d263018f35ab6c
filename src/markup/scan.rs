//! One paragraph's characters into tokens: marks, terms, fragments, periods, strong.
//!
//! Input: [`Glyph`]s, characters that know where they stand and whether they may be markup. Output: [`Token`]s, with strong and
//! periods already balanced and soft line breaks already resolved. It knows neither other paragraphs nor what marks mean.

use std::ops::Range;

use super::foreign;
use super::letters::Spelled;
use super::mistyped::mend;
use super::tree::MarkKind;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, composed};
use crate::name::{ChangeId, FragmentId, PeriodId};

/// A character of a paragraph, or something that stands for one（字）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glyph {
    /// What it is.
    pub(super) ink: Ink,
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
}

/// What a glyph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ink {
    /// A character that may be part of a token.
    Live(char),
    /// A character that is only itself: escaped, or an HTML entity.
    Dead(char),
    /// An unescaped `**`.
    Strong,
    /// A code span.
    Code(String),
    /// A line end in the source.
    Soft,
    /// A hard line break.
    Hard,
}

/// A token and where it stands（字句）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
    /// Where the characters of a text stand.
    pub(super) letters: Spelled,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Characters.
    Text(String),
    /// A code span.
    Code(String),
    /// A hard line break.
    Break,
    /// A soft line break; none is left after [`scan`].
    Soft,
    /// `{{name}}`.
    Term(String),
    /// `{{> id}}`.
    Fragment(FragmentId),
    /// `**`: strong begins or ends.
    Strong,
    /// `{?p1 p2:`.
    PeriodOpen(Vec<PeriodId>),
    /// `?}`.
    PeriodClose,
    /// `{!`.
    WithheldOpen,
    /// `!}`.
    WithheldClose,
    /// `{++`, `{--`, `{~~`.
    Open(MarkKind),
    /// `~>`.
    Arrow,
    /// `++}`, `--}`, `~~}` and the change id that follows it.
    Close(MarkKind, Option<ChangeId>),
}

impl TokenKind {
    /// Whether it is one of the three parts of a mark.
    pub(super) fn is_mark(&self) -> bool {
        matches!(self, Self::Open(_) | Self::Arrow | Self::Close(..))
    }
}

/// Glyphs as an author types them, in one line.
pub(super) fn written(glyphs: &[Glyph]) -> String {
    let mut out = String::new();
    for glyph in glyphs {
        match &glyph.ink {
            Ink::Live(character) => out.push(*character),
            Ink::Dead(character) if character.is_ascii_punctuation() => out.extend(['\\', *character]),
            Ink::Dead(character) => out.push(*character),
            Ink::Strong => out.push_str("**"),
            Ink::Code(code) => out.extend(["`", code, "`"]),
            Ink::Soft => {}
            Ink::Hard => out.push('\\'),
        }
    }
    out
}

/// How a mark opens.
pub(super) fn opening(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Inserted => "{++",
        MarkKind::Deleted => "{--",
        MarkKind::Replaced => "{~~",
    }
}

/// How a mark closes.
pub(super) fn closing(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Inserted => "++}",
        MarkKind::Deleted => "--}",
        MarkKind::Replaced => "~~}",
    }
}

/// Cuts a paragraph into tokens.
///
/// Pushes what [`mend`] and [`foreign::inline`] do, [`Code::TermUnclosed`], [`Code::PeriodUnclosed`], [`Code::PeriodUnopened`], [`Code::StrongUnclosed`], and
/// [`Code::MarkUnopened`] or [`Code::MarkUnclosed`] for a `{>>id<<}` that follows no mark or does not end.
pub(super) fn scan(glyphs: &mut Vec<Glyph>, file: FileId, diagnostics: &mut Diagnostics) -> Vec<Token> {
    mend(glyphs, file, diagnostics);
    foreign::inline(glyphs, file, diagnostics);
    let mut scanner = Scanner { glyphs, at: 0, tokens: Vec::new(), file, diagnostics };
    while scanner.at < glyphs.len() {
        scanner.step();
    }
    scanner.balance_strong();
    scanner.balance_periods();
    let mut tokens = scanner.tokens;
    join_lines(&mut tokens);
    tokens
}

struct Scanner<'a> {
    glyphs: &'a [Glyph],
    at: usize,
    tokens: Vec<Token>,
    file: FileId,
    diagnostics: &'a mut Diagnostics,
}

impl Scanner<'_> {
    /// Takes the token that begins here, or one glyph of text.
    fn step(&mut self) {
        // Most characters begin nothing.
        if !matches!(self.glyphs[self.at].ink, Ink::Live('{' | '+' | '-' | '~' | '?' | '!')) {
            return self.plain(1);
        }
        for kind in [MarkKind::Inserted, MarkKind::Deleted, MarkKind::Replaced] {
            if self.begins(self.at, opening(kind)) {
                return self.take(3, TokenKind::Open(kind));
            }
            if self.begins(self.at, closing(kind)) {
                return self.close(kind);
            }
        }
        if self.begins(self.at, "~>") {
            self.take(2, TokenKind::Arrow);
        } else if self.begins(self.at, "{{") {
            self.term();
        } else if self.begins(self.at, "{?") {
            self.period();
        } else if self.begins(self.at, "?}") {
            self.take(2, TokenKind::PeriodClose);
        } else if self.begins(self.at, "{!") {
            self.take(2, TokenKind::WithheldOpen);
        } else if self.begins(self.at, "!}") {
            self.take(2, TokenKind::WithheldClose);
        } else if self.begins(self.at, "{>>") {
            self.stray_change();
        } else {
            self.plain(1);
        }
    }

    /// Whether live characters spell this pattern here.
    fn begins(&self, at: usize, pattern: &str) -> bool {
        let mut glyphs = self.glyphs[at..].iter();
        pattern.chars().all(|wanted| glyphs.next().is_some_and(|glyph| glyph.ink == Ink::Live(wanted)))
    }

    fn range(&self, from: usize, to: usize) -> Range<usize> {
        self.glyphs[from].range.start..self.glyphs[to - 1].range.end
    }

    fn report(&mut self, code: Code, range: Range<usize>) {
        self.diagnostics.push(Diagnostic::new(code, Span::new(self.file, range)));
    }

    fn take(&mut self, count: usize, kind: TokenKind) {
        let range = self.range(self.at, self.at + count);
        self.tokens.push(Token { kind, range, letters: Spelled::default() });
        self.at += count;
    }

    /// Takes glyphs as they are, joining characters that touch in the source.
    fn plain(&mut self, count: usize) {
        let glyphs = self.glyphs;
        for glyph in &glyphs[self.at..self.at + count] {
            let kind = match &glyph.ink {
                Ink::Live(character) | Ink::Dead(character) => {
                    if let Some(Token { kind: TokenKind::Text(text), range, letters }) = self.tokens.last_mut()
                        && (range.end == glyph.range.start || *range == glyph.range)
                    {
                        letters.push(text.len(), *character, glyph.range.clone());
                        text.push(*character);
                        range.end = glyph.range.end;
                        continue;
                    }
                    let mut letters = Spelled::default();
                    letters.push(0, *character, glyph.range.clone());
                    let kind = TokenKind::Text(character.to_string());
                    self.tokens.push(Token { kind, range: glyph.range.clone(), letters });
                    continue;
                }
                Ink::Strong => TokenKind::Strong,
                Ink::Code(code) => TokenKind::Code(code.clone()),
                Ink::Soft => TokenKind::Soft,
                Ink::Hard => TokenKind::Break,
            };
            self.tokens.push(Token { kind, range: glyph.range.clone(), letters: Spelled::default() });
        }
        self.at += count;
    }

    /// The characters from `from` up to a pattern, composed, and the place after it. A name holds no braces, so that a forgotten end does
    /// not swallow the next token, and long texts of beginnings without ends take linear time.
    fn name(&self, from: usize, end: &str) -> Option<(String, usize)> {
        let mut name = String::new();
        let mut at = from;
        while at < self.glyphs.len() {
            if self.begins(at, end) {
                return Some((composed(name.trim()), at + end.chars().count()));
            }
            match self.glyphs[at].ink {
                Ink::Live('{' | '}') => return None,
                Ink::Live(character) | Ink::Dead(character) => name.push(character),
                Ink::Strong | Ink::Code(_) | Ink::Soft | Ink::Hard => return None,
            }
            at += 1;
        }
        None
    }

    fn close(&mut self, kind: MarkKind) {
        let named = if self.begins(self.at + 3, "{>>") { self.name(self.at + 6, "<<}") } else { None };
        let (change, end) = named.map_or((None, self.at + 3), |(change, end)| (Some(change), end));
        let change = change.filter(|change| !change.is_empty()).map(ChangeId::from);
        self.take(end - self.at, TokenKind::Close(kind, change));
    }

    fn term(&mut self) {
        let is_fragment = self.begins(self.at, "{{>");
        let from = self.at + if is_fragment { 3 } else { 2 };
        match self.name(from, "}}") {
            Some((id, end)) if is_fragment => self.take(end - self.at, TokenKind::Fragment(id.into())),
            Some((name, end)) => self.take(end - self.at, TokenKind::Term(name)),
            None => {
                self.report(Code::TermUnclosed, self.range(self.at, self.at + 2));
                self.plain(1);
            }
        }
    }

    fn period(&mut self) {
        let header = self.name(self.at + 2, ":").filter(|(ids, _)| ids.is_ascii() && !ids.is_empty());
        if let Some((ids, end)) = header {
            let ids = ids.split_ascii_whitespace().map(PeriodId::from).collect();
            self.take(end - self.at, TokenKind::PeriodOpen(ids));
        } else {
            self.report(Code::PeriodUnclosed, self.range(self.at, self.at + 2));
            self.plain(2);
        }
    }

    /// `{>>` where no mark has just closed: a space before it, or a comment, which hyoka has not.
    fn stray_change(&mut self) {
        if let Some((id, end)) = self.name(self.at + 3, "<<}") {
            let span = Span::new(self.file, self.range(self.at, end));
            self.diagnostics.push(
                Diagnostic::new(Code::MarkUnopened, span).with("mark", format!("{{>>{id}<<}}")).with("open", "++}"),
            );
            self.plain(end - self.at);
        } else {
            let span = Span::new(self.file, self.range(self.at, self.at + 3));
            self.diagnostics.push(Diagnostic::new(Code::MarkUnclosed, span).with("mark", "{>>").with("close", "<<}"));
            self.plain(3);
        }
    }

    /// Takes out a last `**` that has no partner.
    fn balance_strong(&mut self) {
        let places: Vec<usize> =
            (0..self.tokens.len()).filter(|at| self.tokens[*at].kind == TokenKind::Strong).collect();
        if places.len() % 2 == 1
            && let Some(last) = places.last()
        {
            let token = self.tokens.remove(*last);
            self.report(Code::StrongUnclosed, token.range);
        }
    }

    /// Takes out beginnings and ends of periods that have no partner; periods do not nest.
    fn balance_periods(&mut self) {
        let mut dropped: Vec<usize> = Vec::new();
        let mut open: Option<usize> = None;
        for at in 0..self.tokens.len() {
            match self.tokens[at].kind {
                TokenKind::PeriodOpen(_) => dropped.extend(open.replace(at)),
                TokenKind::PeriodClose if open.take().is_none() => dropped.push(at),
                _ => {}
            }
        }
        dropped.extend(open);
        dropped.sort_unstable();
        for at in &dropped {
            let unopened = self.tokens[*at].kind == TokenKind::PeriodClose;
            let code = if unopened { Code::PeriodUnopened } else { Code::PeriodUnclosed };
            self.report(code, self.tokens[*at].range.clone());
        }
        let mut at = 0;
        self.tokens.retain(|_| {
            at += 1;
            dropped.binary_search(&(at - 1)).is_err()
        });
    }
}

/// What stands beside a soft line break.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// A character of a script that parts words with spaces: ASCII, Latin, Greek, Cyrillic, Hangul.
    Spaced,
    /// Any other; a term too, whose text is not known here.
    Unspaced,
    /// White space, a hard break or the paragraph's edge: no further space is wanted.
    Nothing,
}

impl Beside {
    fn of(character: Option<char>) -> Self {
        match character {
            None => Self::Nothing,
            Some(character) if character.is_whitespace() => Self::Nothing,
            Some(character) if character.is_ascii() => Self::Spaced,
            Some('\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '\u{ac00}'..='\u{d7a3}') => {
                Self::Spaced
            }
            Some(_) => Self::Unspaced,
        }
    }
}

/// Resolves soft line breaks (see [`super`]): a space between two characters that both part words with spaces, else nothing.
///
/// The neighbours are looked for across tokens that print nothing, so that `{++` alone on a line adds no space.
fn join_lines(tokens: &mut Vec<Token>) {
    let mut before = Beside::Nothing;
    let mut waiting: Option<usize> = None;
    for at in 0..tokens.len() {
        let (first, last) = match &tokens[at].kind {
            TokenKind::Text(text) | TokenKind::Code(text) => {
                (Beside::of(text.chars().next()), Beside::of(text.chars().next_back()))
            }
            TokenKind::Term(_) | TokenKind::Fragment(_) => (Beside::Unspaced, Beside::Unspaced),
            TokenKind::Break => (Beside::Nothing, Beside::Nothing),
            TokenKind::Soft => {
                waiting.get_or_insert(at);
                continue;
            }
            _ => continue,
        };
        if let Some(soft) = waiting.take()
            && (before, first) == (Beside::Spaced, Beside::Spaced)
        {
            let range = tokens[soft].range.clone();
            tokens[soft].letters.push(0, ' ', range);
            tokens[soft].kind = TokenKind::Text(" ".to_owned());
        }
        before = last;
    }
    tokens.retain(|token| token.kind != TokenKind::Soft);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sketch::{parsed, sketch};

    fn read(source: &str) -> String {
        let (text, diagnostics) = parsed(source);
        assert!(diagnostics.is_empty(), "{source}: {diagnostics:?}");
        sketch(&text)
    }

    fn mistakes(source: &str) -> (String, Vec<&'static str>) {
        let (text, diagnostics) = parsed(source);
        (sketch(&text), diagnostics)
    }

    #[test]
    fn strong_next_to_brackets_is_strong() {
        assert_eq!(read("これは**「語」**です。**（注）**。"), "これは**(「語」)です。**(（注）)。");
        assert_eq!(read("a_b_c `**` 2*3"), "a_b_c `**` 2*3");
        assert_eq!(mistakes("**一**二**三"), ("**(一)二三".into(), vec!["H0217"]));
    }

    #[test]
    fn marks_terms_and_periods_are_read() {
        assert_eq!(read("{++追++}{--削--}{~~旧~>新~~}"), "+0(追)-1(削)-2(旧)+2(新)");
        assert_eq!(read("{?a b:旧{{own}}?}{?c:{++新++}?}"), "?a b(旧)?a b({{own}})+0(?c(新))");
        assert_eq!(read("{++a+++}{{ own }}"), "+0(a+){{own}}");
    }

    #[test]
    fn escaped_tokens_and_code_are_text() {
        assert_eq!(read(r"\{++a+\+} \{\{b}} \{?c:d?\} `{++e++}`"), "{++a++} {{b}} {?c:d?} `{++e++}`");
        assert_eq!(read(r"\\{++a++}"), "\\+0(a)");
        assert_eq!(read("&#123;++a+\\+}"), "{++a++}");
    }

    #[test]
    fn lines_join_without_a_space_between_japanese() {
        assert_eq!(read("一\n二\nabc\ndef"), "一二abc def");
        assert_eq!(read("令和\n8\n年1\n月、①\nABC\n（甲）"), "令和8年1月、①ABC（甲）");
        assert_eq!(read("été\nà\nГород\n한국\n국가"), "été à Город 한국 국가");
        assert_eq!(read("一\n{++\n二\n++}\n{{own}}\nの\\\nx"), "一+0(二){{own}}の⏎x");
        assert_eq!(read("a\n{++\nb++}"), "a +0(b)");
    }

    #[test]
    fn what_does_not_end_is_an_error_and_stays() {
        assert_eq!(mistakes("{{own"), ("{{own".into(), vec!["H0212"]));
        assert_eq!(mistakes("{?p 文"), ("{?p 文".into(), vec!["H0213"]));
        assert_eq!(mistakes("{?p:文"), ("文".into(), vec!["H0213"]));
        assert_eq!(mistakes("文?}"), ("文".into(), vec!["H0214"]));
        assert_eq!(mistakes("{?p：文?}"), ("?p(文)".into(), vec!["H0221"]));
        assert_eq!(mistakes("{++a++} {>>c<<}"), ("+0(a) {>>c<<}".into(), vec!["H0206"]));
        assert_eq!(mistakes("{++a++}{>>c"), ("+0(a){>>c".into(), vec!["H0205"]));
    }

    /// Pieces of a text in Japanese with digits, words and terms, none of which begins a block of Markdown.
    fn words() -> impl Strategy<Value = Vec<String>> {
        let words = [
            "令和",
            "８年",
            "8",
            "2026",
            "年",
            "、",
            "（",
            "）",
            "「",
            "」",
            "①",
            "Ⅱ",
            "AWS",
            "cloud",
            "é",
            "ｱ",
            "。",
            "～",
            "{{own}}",
            "**強**",
            "{++追記++}",
            "{--cut--}",
        ];
        proptest::collection::vec(proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1..12)
    }

    proptest! {
        /// A break where no space stood changes nothing, or, between two words of a script that needs one, is the space.
        #[test]
        fn wrapping_a_line_changes_no_text(words in words(), at in 0..12_usize, indent in "[ ]{0,3}") {
            let at = at % words.len();
            let (before, after) = (words[..at].concat(), words[at..].concat());
            let wrapped = read(&format!("文{before}\n{indent}{after}"));
            let plain = read(&format!("文{before}{after}"));
            let spaced = read(&format!("文{before} {after}"));
            let is_spaced = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric() || character == 'é');
            let visible = |text: &str| text.replace("{++", "").replace("++}", "").replace("{--", "").replace("--}", "").replace("**", "");
            let needs_space = is_spaced(visible(&before).chars().next_back()) && is_spaced(visible(&after).chars().next());
            prop_assert_eq!(&wrapped, if needs_space { &spaced } else { &plain });
        }

        /// A text of several lines may be wrapped at each of them at once.
        #[test]
        fn japanese_may_be_wrapped_anywhere(text in "[あ亜字。「」（）①Ⅱ]{1,3}([あ亜字。「」（）①Ⅱ]|[a-z0-9]){0,12}") {
            let japanese_beside = |one: char, other: char| !(one.is_ascii() && other.is_ascii());
            let characters: Vec<char> = text.chars().collect();
            let mut wrapped = String::new();
            for (at, character) in characters.iter().enumerate() {
                if at > 0 && japanese_beside(characters[at - 1], *character) {
                    wrapped.push('\n');
                }
                wrapped.push(*character);
            }
            prop_assert_eq!(read(&wrapped), read(&text));
        }
    }
}
