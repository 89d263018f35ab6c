//! Markup of other dialects that CommonMark leaves as text, so that its signs would be printed.
//!
//! Input: one paragraph's glyphs. Output: diagnostics that show the author's own words without the foreign signs. What is escaped or
//! stands in a code span is text. It knows neither the format's own tokens beyond their braces nor what stands in other paragraphs.

use std::ops::Range;

use super::excerpted::excerpted;
use super::heading::{HeadingLine, heading_line};
use super::scan::{Glyph, Ink, written};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};

/// Looks for signs inside of lines. Pushes [`Code::FootnoteWritten`], [`Code::StruckWritten`], [`Code::HighlightWritten`],
/// [`Code::FormulaWritten`], and [`Code::EmphasisWritten`] for stars in full width.
pub(super) fn inline(glyphs: &[Glyph], file: FileId, diagnostics: &mut Diagnostics) {
    let mut looking = Looking { glyphs, file, diagnostics };
    looking.footnotes();
    looking.pairs('~', Code::StruckWritten);
    looking.pairs('=', Code::HighlightWritten);
    looking.pairs('＊', Code::EmphasisWritten);
    looking.formulas();
}

/// Looks for signs at the beginnings of lines, in a paragraph of a body. Pushes [`Code::HeadingMistyped`], [`Code::TaskWritten`],
/// [`Code::TableBroken`], [`Code::DefinitionWritten`], [`Code::BulletMistyped`] and [`Code::LinkWritten`].
pub(super) fn lines(glyphs: &[Glyph], file: FileId, diagnostics: &mut Diagnostics) {
    let mut looking = Looking { glyphs, file, diagnostics };
    let mut start = 0;
    let mut before = Before::Nothing;
    let mut in_table = false;
    for end in (0..=glyphs.len()).filter(|at| glyphs.get(*at).is_none_or(|glyph| is_line_end(&glyph.ink))) {
        if start < end {
            if is_table_line(&glyphs[start..end]) {
                if !in_table {
                    let line = written(&glyphs[start..end]);
                    looking.report(Code::TableBroken, start..end, &line, "");
                }
                in_table = true;
            }
            before = looking.line(start..end, before);
        }
        start = end + 1;
    }
}

/// What stands before a line in its paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    /// A line that was to be an item of a list.
    Bullet,
    Text,
}

struct Looking<'a> {
    glyphs: &'a [Glyph],
    file: FileId,
    diagnostics: &'a mut Diagnostics,
}

impl Looking<'_> {
    fn live(&self, at: usize) -> Option<char> {
        match self.glyphs.get(at).map(|glyph| &glyph.ink) {
            Some(Ink::Live(character)) => Some(*character),
            _ => None,
        }
    }

    fn report(&mut self, code: Code, places: Range<usize>, typed: &str, right: &str) {
        let range = self.glyphs[places.start].range.start..self.glyphs[places.end - 1].range.end;
        let diagnostic = Diagnostic::new(code, Span::new(self.file, range));
        self.diagnostics.push(diagnostic.with("typed", excerpted(typed)).with("right", excerpted(right)));
    }

    /// `[^1]` and `[^1]: …`.
    fn footnotes(&mut self) {
        for at in 0..self.glyphs.len() {
            if (self.live(at), self.live(at + 1)) != (Some('['), Some('^')) {
                continue;
            }
            let label = (at + 2..self.glyphs.len()).find(|end| {
                self.live(*end).is_none_or(|character| character.is_whitespace() || matches!(character, '[' | ']'))
            });
            let Some(end) = label.filter(|end| self.live(*end) == Some(']') && *end > at + 2) else { continue };
            let typed = written(&self.glyphs[at..=end]);
            let right = format!("（注{}）", written(&self.glyphs[at + 2..end]));
            self.report(Code::FootnoteWritten, at..end + 1, &typed, &right);
        }
    }

    /// `~~…~~`, `＊＊…＊＊` and `==…==`, with the braces of `{==…==}`; the braces of a replacement are the format's own.
    fn pairs(&mut self, sign: char, code: Code) {
        let mut open: Option<usize> = None;
        let mut at = 0;
        while at < self.glyphs.len() {
            let length = (at..self.glyphs.len()).take_while(|place| self.live(*place) == Some(sign)).count();
            let place = at;
            at += length.max(1);
            let before = place.checked_sub(1).and_then(|before| self.live(before));
            let after = self.live(place + 2);
            let is_own = sign == '~' && (before == Some('{') || after == Some('}'));
            if length != 2 || is_own {
                continue;
            }
            match open {
                Some(start) if !before.is_some_and(char::is_whitespace) => {
                    let braced = start > 0 && self.live(start - 1) == Some('{') && after == Some('}');
                    let whole = if braced { start - 1..place + 3 } else { start..place + 2 };
                    let typed = written(&self.glyphs[whole.clone()]);
                    let inside = written(&self.glyphs[start + 2..place]);
                    if code == Code::EmphasisWritten {
                        self.report_escaped(
                            code,
                            whole,
                            &typed,
                            &format!("**{inside}**"),
                            &format!(r"\*\*{inside}\*\*"),
                        );
                    } else {
                        self.report(code, whole, &typed, &inside);
                    }
                    open = None;
                }
                _ if after.is_some_and(|after| !after.is_whitespace()) => open = Some(place),
                _ => {}
            }
        }
    }

    /// `$…$` and `$$…$$` around ASCII characters: prices in a sentence have Japanese between them.
    fn formulas(&mut self) {
        let mut open: Option<usize> = None;
        for at in 0..self.glyphs.len() {
            match self.live(at) {
                Some('$') => {}
                Some(character) if character.is_ascii() => continue,
                _ => {
                    open = None;
                    continue;
                }
            }
            let before = at.checked_sub(1).and_then(|before| self.live(before));
            let after = self.live(at + 1);
            match open {
                Some(start) if at > start + 1 => {
                    let closes =
                        !before.is_some_and(char::is_whitespace) && !after.is_some_and(|after| after.is_ascii_digit());
                    if closes {
                        let end = if after == Some('$') { at + 2 } else { at + 1 };
                        let typed = written(&self.glyphs[start..end]);
                        let right = typed.trim_matches('$').to_owned();
                        self.report(Code::FormulaWritten, start..end, &typed, &right);
                    }
                    open = None;
                }
                // The second of `$$`.
                Some(_) => {}
                None if after.is_some_and(|after| !after.is_whitespace()) => open = Some(at),
                None => {}
            }
        }
    }

    /// Looks at one line; what it is for the next.
    fn line(&mut self, places: Range<usize>, before: Before) -> Before {
        let glyphs = &self.glyphs[places.clone()];
        let line = written(glyphs);
        let is_first = before == Before::Nothing;
        if let Some(heading) = live_text(glyphs).and_then(|text| heading_line(&text, is_first)) {
            let HeadingLine { right, escaped } = heading;
            self.report_escaped(Code::HeadingMistyped, places, &line, &right, &escaped);
            return Before::Text;
        }
        let first = self.live(places.start);
        let second = self.live(places.start + 1);
        if is_first && let Some((sign, end)) = self.task(places.clone()) {
            let right = format!("{sign}{}", written(&self.glyphs[end..places.end]));
            self.report(Code::TaskWritten, places, &line, &right);
        } else if before == Before::Text && first == Some(':') && second == Some(' ') {
            let right = format!("- {}", line.trim_start_matches(':').trim());
            self.report(Code::DefinitionWritten, places, &line, &right);
        } else if before != Before::Text && first == Some('-') && second.is_some_and(is_word) {
            let right = format!("- {}", line.trim_start_matches('-'));
            self.report_escaped(Code::BulletMistyped, places, &line, &right, &format!("\\{line}"));
            return Before::Bullet;
        } else if !is_first && let Some(number) = self.number(places.clone()) {
            let words = written(&self.glyphs[places.start + number + 1..places.end]);
            let escaped = format!("{}\\{}{words}", &line[..number], &line[number..=number]);
            self.report_escaped(Code::BulletMistyped, places, &line, &format!("{}.{words}", &line[..number]), &escaped);
        } else if first == Some('[')
            && let Some((label, address)) = definition(&line)
        {
            let right = format!("{label}（{address}）");
            self.report_escaped(Code::LinkWritten, places, &line, &right, &format!("\\{line}"));
        }
        Before::Text
    }

    /// How many digits begin a line that would be an item of a numbered list if an empty line stood before it.
    fn number(&self, places: Range<usize>) -> Option<usize> {
        let digits =
            places.clone().take_while(|at| self.live(*at).is_some_and(|character| character.is_ascii_digit())).count();
        let after = places.start + digits;
        let is_item = matches!(self.live(after)?, '.' | ')') && self.live(after + 1)? == ' ' && after + 2 < places.end;
        (is_item && (1..=9).contains(&digits)).then_some(digits)
    }

    fn report_escaped(&mut self, code: Code, places: Range<usize>, typed: &str, right: &str, escaped: &str) {
        let range = self.glyphs[places.start].range.start..self.glyphs[places.end - 1].range.end;
        let diagnostic = Diagnostic::new(code, Span::new(self.file, range))
            .with("typed", excerpted(typed))
            .with("right", excerpted(right))
            .with("escaped", excerpted(escaped));
        self.diagnostics.push(diagnostic);
    }

    /// The box of `[ ] …` or `[x] …` as a character, and where the words begin.
    fn task(&self, places: Range<usize>) -> Option<(char, usize)> {
        let at = places.start;
        let sign = match (self.live(at)?, self.live(at + 1)?, self.live(at + 2)?) {
            ('[', ' ' | '　', ']') => '☐',
            ('[', 'x' | 'X', ']') => '☑',
            _ => return None,
        };
        let is_box = at + 3 == places.end || self.live(at + 3).is_some_and(char::is_whitespace);
        is_box.then_some((sign, at + 3))
    }
}

fn is_line_end(ink: &Ink) -> bool {
    matches!(ink, Ink::Soft | Ink::Hard)
}

/// The characters of a line, where none of them is escaped.
fn live_text(glyphs: &[Glyph]) -> Option<String> {
    let character = |glyph: &Glyph| if let Ink::Live(character) = glyph.ink { Some(character) } else { None };
    glyphs.iter().map(character).collect()
}

/// Whether a line is a row of a table that Markdown did not take for one.
fn is_table_line(glyphs: &[Glyph]) -> bool {
    let Some(Glyph { ink: Ink::Live('|'), .. }) = glyphs.first() else { return false };
    glyphs[1..].iter().any(|glyph| glyph.ink == Ink::Live('|'))
}

/// A character that begins a word, not a number.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() && !character.is_ascii_digit() || matches!(character, '「' | '『' | '【' | '＜' | '（')
}

/// `[label]: address` with an address of the web or a file behind it.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.strip_prefix('[')?.split_once("]:")?;
    let address = rest.split_whitespace().next()?.trim_matches(['<', '>']);
    let is_path = address.is_ascii() && address.starts_with(['/', '.', '#']);
    let is_address = is_path || address.contains("://") || address.starts_with("mailto:");
    (is_address && !label.is_empty()).then_some((label, address))
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{cures, parsed};

    fn under_heading(source: &str) -> Vec<(&'static str, String)> {
        cures(&format!("## a\n\n{source}\n"))
    }

    fn shows(source: &str, code: &str, right: &str) {
        assert_eq!(under_heading(source), [(code, right.to_owned())], "{source}");
    }

    #[test]
    fn signs_inside_of_lines_are_errors() {
        shows("参照[^1]。", "H0223", "（注1）");
        shows("[^注]: 脚注の文。", "H0223", "（注注）");
        shows("~~旧い語~~。", "H0225", "旧い語");
        shows("{==要確認==}の文。", "H0226", "要確認");
        shows("文の==要\n確認==。", "H0226", "要確認");
        shows("式$x^2$である。", "H0234", "x^2");
        shows("$$x = 1$$", "H0234", "x = 1");
        assert_eq!(under_heading("~~一~~と~~二~~").len(), 2);
    }

    #[test]
    fn signs_at_the_beginnings_of_lines_are_errors() {
        shows("- [ ] 未了", "H0224", "☐ 未了");
        shows("- 済\n- [x] 済", "H0224", "☑ 済");
        shows("用語\n: 意味", "H0235", "- 意味");
        assert_eq!(under_heading("-項目一\n-項目二").len(), 2);
        shows("-項目", "H0236", "- 項目");
        shows("次のとおり\n2. 二", "H0236", "2. 二");
        shows("＊＊重要＊＊である。", "H0227", "**重要**");
        shows("| 甲 | 乙 |\n| 丙 | 丁 |", "H0232", "");
        shows("[市]: https://www.city.example.lg.jp/", "H0218", "市（https://www.city.example.lg.jp/）");
    }

    #[test]
    fn text_that_only_looks_like_it_stays() {
        for text in [
            r"参照\[^1\]。\~~旧~~ \==新==",
            "`~~旧~~`と`[^1]`",
            "10時~~12時",
            "A==B",
            "甲~~~~乙",
            "[ ]内",
            "$100から$200まで",
            "$100～$200",
            "-5度",
            r"\-項目",
            "[注]: 文",
            "甲|乙",
            "文\\\n:",
            "{~~旧~>新~~}と{~~一~>二~~}",
        ] {
            assert_eq!(parsed(text).1, [""; 0], "{text}");
        }
    }
}
