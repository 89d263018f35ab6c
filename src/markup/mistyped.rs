//! Braces of hyoka typed in full width, with spaces in them, or one where two belong.
//!
//! Input: one paragraph's glyphs. Output: the same with each such token as it should be, and a diagnostic that shows the right form;
//! what reads them afterwards meets only right tokens, so that one slip is one diagnostic. It knows neither Markdown nor what the
//! tokens mean.

use std::ops::Range;

use super::excerpted::excerpted;
use super::scan::{Glyph, Ink, written};
use super::spaced::Typed;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};

/// A pair of braces of the format（組になる括弧）.
struct Braces {
    open: &'static str,
    /// What may have to stand between them: the arrow of a replacement, the colon after a period's ids, the sign of a fragment.
    inner: Option<&'static str>,
    close: &'static str,
    /// How far the close may stand from the opening.
    reach: Reach,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Up to the next brace: a name.
    Name,
    /// Anywhere in the paragraph.
    Text,
}

const BRACES: &[Braces] = &[
    Braces { open: "{++", inner: None, close: "++}", reach: Reach::Text },
    Braces { open: "{--", inner: None, close: "--}", reach: Reach::Text },
    Braces { open: "{~~", inner: Some("~>"), close: "~~}", reach: Reach::Text },
    Braces { open: "{>>", inner: None, close: "<<}", reach: Reach::Name },
    Braces { open: "{{>", inner: None, close: "}}", reach: Reach::Name },
    Braces { open: "{{", inner: None, close: "}}", reach: Reach::Name },
    Braces { open: "{?", inner: Some(":"), close: "?}", reach: Reach::Text },
    Braces { open: "{!", inner: None, close: "!}", reach: Reach::Text },
];

/// A character as hyoka's tokens have it, where a full-width keyboard gives another.
pub(super) fn narrow(character: char) -> char {
    match character {
        '｛' => '{',
        '｝' => '}',
        '＋' => '+',
        '－' | '−' | '‐' | '–' | '—' | '―' | 'ー' => '-',
        '～' | '〜' => '~',
        '＞' => '>',
        '＜' => '<',
        '？' => '?',
        '！' => '!',
        '：' => ':',
        other => other,
    }
}

/// Whether a full-width brace of a text would be taken for one of the format's, by the character before or after it.
pub(super) fn is_taken(brace: char, before: Option<char>, after: Option<char>) -> bool {
    let beside = match brace {
        '｛' => after,
        '｝' => before,
        _ => return false,
    };
    beside.is_none_or(|beside| {
        let beside = narrow(beside);
        matches!(beside, '{' | '}' | '+' | '-' | '~' | '>' | '<' | '?' | '!' | ' ') || beside.is_ascii_alphanumeric()
    })
}

/// How glyphs spell a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelt {
    Exactly,
    Widely,
}

/// Puts the tokens of a paragraph right. Pushes [`Code::BraceMistyped`].
pub(super) fn mend(glyphs: &mut Vec<Glyph>, file: FileId, diagnostics: &mut Diagnostics) {
    if !glyphs.iter().any(|glyph| matches!(glyph.ink, Ink::Live('{' | '}' | '｛' | '｝'))) {
        return;
    }
    let typed = Typed::close_up(glyphs);
    let text = Tight { glyphs, typed: typed.as_ref() };
    let begins = |at: &usize| matches!(glyphs[*at].ink, Ink::Live(character) if is_of_a_token(narrow(character)));
    let begins: Vec<usize> = (0..glyphs.len()).filter(begins).collect();
    let places = |token: fn(&Braces) -> &'static str| {
        BRACES.iter().map(|braces| Places::of(&text, token(braces), &begins)).collect()
    };
    let opens = places(|braces| braces.open);
    let inners = places(|braces| braces.inner.unwrap_or_default());
    let closes = places(|braces| braces.close);
    Mender { glyphs, typed, opens, inners, closes, mended: 0, file, diagnostics }.run();
}

/// Whether a token may begin with it; most characters of a text are none.
pub(super) fn is_of_a_token(character: char) -> bool {
    matches!(character, '{' | '}' | '+' | '-' | '~' | '<' | '>' | '?' | '!' | ':')
}

/// A paragraph without spaces in its braces, and how it was typed.
#[derive(Clone, Copy)]
struct Tight<'a> {
    glyphs: &'a [Glyph],
    typed: Option<&'a Typed>,
}

/// Where a token stands in a paragraph, in order.
#[derive(Default)]
struct Places {
    /// However it is spelt.
    all: Vec<usize>,
    /// Spelt as it should be.
    exact: Vec<usize>,
}

impl Places {
    /// `begins` are the places where any token may begin.
    fn of(text: &Tight<'_>, token: &str, begins: &[usize]) -> Self {
        let mut places = Self::default();
        if token.is_empty() {
            return places;
        }
        for &at in begins {
            let Some(spelt) = text.spelt(at, token) else { continue };
            places.all.push(at);
            if spelt == Spelt::Exactly {
                places.exact.push(at);
            }
        }
        places
    }
}

/// The first place at or after another.
fn after(places: &[usize], at: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < at)).copied()
}

impl Tight<'_> {
    fn spelt(&self, at: usize, token: &str) -> Option<Spelt> {
        let mut found = Spelt::Exactly;
        let last = at + token.len() - 1;
        for (at, wanted) in (at..).zip(token.chars()) {
            let Ink::Live(character) = self.glyphs.get(at)?.ink else { return None };
            if narrow(character) != wanted {
                return None;
            }
            if character != wanted || at < last && self.typed.is_some_and(|typed| typed.is_spaced(at)) {
                found = Spelt::Widely;
            }
        }
        Some(found)
    }
}

struct Mender<'a> {
    glyphs: &'a mut [Glyph],
    /// As it was typed, where spaces were taken out.
    typed: Option<Typed>,
    /// Of each of [`BRACES`], in its order.
    opens: Vec<Places>,
    inners: Vec<Places>,
    closes: Vec<Places>,
    /// Closes before this place belong to an opening.
    mended: usize,
    file: FileId,
    diagnostics: &'a mut Diagnostics,
}

impl Mender<'_> {
    fn run(mut self) {
        let mut at = 0;
        while at < self.glyphs.len() {
            at = self.step(at);
        }
    }

    fn spelt(&self, at: usize, token: &str) -> Option<Spelt> {
        Tight { glyphs: self.glyphs, typed: self.typed.as_ref() }.spelt(at, token)
    }

    /// What an author typed at these places.
    fn typed(&self, places: Range<usize>) -> String {
        match &self.typed {
            Some(typed) => written(typed.of(places)),
            None => written(&self.glyphs[places]),
        }
    }

    /// Looks at one place; the next one to look at.
    fn step(&mut self, at: usize) -> usize {
        if !matches!(self.glyphs[at].ink, Ink::Live(character) if is_of_a_token(narrow(character))) {
            return at + 1;
        }
        for (number, braces) in BRACES.iter().enumerate() {
            if let Some(open) = self.spelt(at, braces.open) {
                return self.braces(at, open, number);
            }
        }
        for braces in BRACES.iter().filter(|braces| braces.open.len() == 3 && braces.close != "}}") {
            if at >= self.mended && self.spelt(at, braces.close) == Some(Spelt::Widely) {
                let end = at + braces.close.len();
                let typed = self.typed(at..end);
                self.report(at..end, &typed, braces.close);
                self.put(at, braces.close);
                return end;
            }
        }
        self.single(at).unwrap_or(at + 1)
    }

    /// Looks at an opening and what belongs to it.
    fn braces(&mut self, at: usize, open: Spelt, number: usize) -> usize {
        let braces = &BRACES[number];
        let inside = at + braces.open.len();
        // A right close goes before a wide one, which may be plain text.
        let next = after(&self.opens[number].all, inside).unwrap_or(self.glyphs.len());
        let exact = after(&self.closes[number].exact, inside).filter(|close| *close < next);
        let close = exact.or_else(|| after(&self.closes[number].all, inside)).filter(|close| match braces.reach {
            Reach::Text => true,
            Reach::Name => !self.glyphs[inside..*close].iter().any(|glyph| is_no_name(&glyph.ink)),
        });
        let inner = after(&self.inners[number].all, inside).filter(|inner| close.is_some_and(|close| *inner < close));
        let spelt_at = |place: Option<usize>, token: &str| place.and_then(|place| self.spelt(place, token));
        let parts = [Some(open), spelt_at(inner, braces.inner.unwrap_or_default()), spelt_at(close, braces.close)];
        // 「｛！」 and 「｛？」 may be plain text; with their close they are not.
        let is_text = close.is_none()
            && braces.reach == Reach::Text
            && braces.open.len() == 2
            && self.glyphs[at].ink == Ink::Live('｛');
        if !parts.contains(&Some(Spelt::Widely)) || is_text {
            return inside;
        }
        let end = close.map_or(inside, |close| close + braces.close.len());
        let typed = self.typed(at..end);
        self.put(at, braces.open);
        if let (Some(inner), Some(token)) = (inner, braces.inner) {
            self.put(inner, token);
        }
        if let Some(close) = close {
            self.put(close, braces.close);
            self.mended = self.mended.max(end);
        }
        let right = written(&self.glyphs[at..end]);
        self.report(at..end, &typed, &right);
        inside
    }

    /// One brace around a name, where two belong; the place after it.
    fn single(&mut self, at: usize) -> Option<usize> {
        if !matches!(self.glyphs[at].ink, Ink::Live('{' | '｛')) {
            return None;
        }
        let character = |at: usize| match self.glyphs.get(at).map(|glyph| &glyph.ink) {
            Some(Ink::Live(character)) => Some(*character),
            _ => None,
        };
        let mut name = String::new();
        let mut end = at + 1;
        while let Some(next) = character(end).filter(|next| next.is_ascii_alphanumeric() || matches!(next, '-' | ' ')) {
            name.push(next);
            end += 1;
        }
        character(end).filter(|close| narrow(*close) == '}')?;
        let name = name.trim();
        let is_id = name.len() > 1 && !name.contains(' ') && name.starts_with(|first: char| first.is_ascii_lowercase());
        if !is_id || name.contains(|character: char| character.is_ascii_uppercase()) {
            return None;
        }
        end += if character(end + 1).is_some_and(|close| narrow(close) == '}') { 2 } else { 1 };
        let right = format!("{{{{{name}}}}}");
        let typed = self.typed(at..end);
        self.report(at..end, &typed, &right);
        Some(end)
    }

    /// Makes the glyphs at a place spell a token.
    fn put(&mut self, at: usize, token: &str) {
        for (glyph, character) in self.glyphs[at..].iter_mut().zip(token.chars()) {
            glyph.ink = Ink::Live(character);
        }
    }

    /// Says what an author typed at these places, and what is right.
    fn report(&mut self, places: Range<usize>, typed: &str, right: &str) {
        let range = self.glyphs[places.start].range.start..self.glyphs[places.end - 1].range.end;
        let diagnostic = Diagnostic::new(Code::BraceMistyped, Span::new(self.file, range));
        self.diagnostics.push(diagnostic.with("typed", excerpted(typed)).with("right", excerpted(right)));
    }
}

/// Whether a glyph cannot be part of a name.
fn is_no_name(ink: &Ink) -> bool {
    match ink {
        Ink::Live(character) => matches!(narrow(*character), '{' | '}'),
        Ink::Dead(_) => false,
        Ink::Strong | Ink::Code(_) | Ink::Soft | Ink::Hard => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{file, parsed, said, sketch};
    use super::*;
    use crate::diagnostic::{Lang, SourceMap, short};

    /// What a source reads as, and the right forms that the messages show.
    fn mended(source: &str) -> (String, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let text = super::super::parse_text(file(source), source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
        let shown = diagnostics.sorted().into_iter().map(|diagnostic| {
            assert_eq!(diagnostic.code, Code::BraceMistyped, "{source}");
            said(diagnostic, "right").to_owned()
        });
        (sketch(&text), shown.collect())
    }

    #[test]
    fn full_width_braces_show_the_right_form() {
        for (typed, right, read) in [
            ("｛｛own｝｝", "{{own}}", "{{own}}"),
            ("{{当区｝｝", "{{当区}}", "{{当区}}"),
            ("｛{own}}", "{{own}}", "{{own}}"),
            ("｛｛＞ paper｝｝", "{{> paper}}", "<paper>"),
            ("｛++追記++｝", "{++追記++}", "+0(追記)"),
            ("{＋＋追記＋＋}", "{++追記++}", "+0(追記)"),
            ("{++追記++｝", "{++追記++}", "+0(追記)"),
            ("｛--削除--｝", "{--削除--}", "-0(削除)"),
            ("{ーー削除ーー}", "{--削除--}", "-0(削除)"),
            ("｛～～旧～＞新～～｝", "{~~旧~>新~~}", "-0(旧)+0(新)"),
            ("{~~旧〜>新~~}", "{~~旧~>新~~}", "-0(旧)+0(新)"),
            ("{++追記++}｛>>change<<｝", "{>>change<<}", "+0(追記)"),
            ("{?p：文?}", "{?p:文?}", "?p(文)"),
            ("｛？p：文？｝", "{?p:文?}", "?p(文)"),
            ("｛！秘密！｝", "{!秘密!}", "!(秘密)"),
            ("{!秘密！}", "{!秘密!}", "!(秘密)"),
            ("{ ++新++ }", "{++新++}", "+0(新)"),
            ("{ --旧--}", "{--旧--}", "-0(旧)"),
            ("｛　＋＋新＋＋　｝", "{++新++}", "+0(新)"),
            ("{+ +新+ +}", "{++新++}", "+0(新)"),
            ("{ ~~旧~>新~~ }", "{~~旧~>新~~}", "-0(旧)+0(新)"),
            ("{++新++}{ >>change<< }", "{>>change<<}", "+0(新)"),
            ("{ {own} }", "{{own}}", "{{own}}"),
            ("{ { own }}", "{{ own }}", "{{own}}"),
            ("{{own} }", "{{own}}", "{{own}}"),
            ("{ {> paper} }", "{{> paper}}", "<paper>"),
            ("{ ?p:文? }", "{?p:文?}", "?p(文)"),
            ("{ !秘密!}", "{!秘密!}", "!(秘密)"),
        ] {
            assert_eq!(mended(typed), (read.to_owned(), vec![right.to_owned()]), "{typed}");
        }
    }

    #[test]
    fn one_brace_around_a_name_shows_two() {
        for (typed, right) in [
            ("{own}", "{{own}}"),
            ("｛own｝", "{{own}}"),
            ("{ core-system }", "{{core-system}}"),
            ("{own}}", "{{own}}"),
        ] {
            assert_eq!(mended(typed).1, [right], "{typed}");
        }
    }

    #[test]
    fn a_mark_over_paragraphs_is_put_right_at_both_ends() {
        assert_eq!(mended("｛++一。\n\n二。++｝").1, ["{++", "++}"]);
    }

    #[test]
    fn braces_that_are_text_stay_text() {
        for text in [
            r"\{own\}",
            r"\{own}",
            "｛注｝",
            "すごい！｝",
            "集合{1, 2}と{a}",
            "｛！",
            "`｛｛own｝｝`",
            "{N}",
            "++ーー～～",
            "{ ?、C+ +、a } }",
        ] {
            let (text, shown) = mended(text);
            assert!(shown.is_empty(), "{text}: {shown:?}");
        }
    }

    #[test]
    fn the_whole_of_it_is_the_place() {
        let source = "前｛++追記++｝後";
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", source);
        let mut diagnostics = Diagnostics::new();
        super::super::parse_text(file, source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
        let span = diagnostics.sorted()[0].span.expect("it has a place");
        assert_eq!(sources.slice(span), "｛++追記++｝");
        assert!(short(&diagnostics, &sources, Lang::Ja).contains("a.md:1:2"));
        assert_eq!(parsed(source).1.len(), 1);
    }
}
