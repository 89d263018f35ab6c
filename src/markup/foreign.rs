//! Markup of other dialects that CommonMark leaves as text, so that its signs would be printed.
//!
//! Input: one paragraph's glyphs. Output: diagnostics that show the author's own words without the foreign signs. What is escaped or
//! stands in a code span is text. It knows neither the format's own tokens beyond their braces nor what stands in other paragraphs.

mod signs;

use std::ops::Range;

use super::excerpted::excerpted;
use super::heading::{HeadingLine, heading_line};
use super::listing::{Above, Around, Fault, Sign};
use super::scan::{Glyph, Ink, written};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};

pub(super) use signs::{begins_ruby, inline};

/// Looks for signs at the beginnings of lines, in a paragraph of a body. Pushes [`Code::HeadingMistyped`], [`Code::TaskWritten`],
/// [`Code::TableBroken`], [`Code::DefinitionWritten`], [`Code::BulletMistyped`], [`Code::LineJoined`], [`Code::QuoteWritten`] and
/// [`Code::LinkWritten`].
pub(super) fn lines(glyphs: &[Glyph], within: Within, file: FileId, diagnostics: &mut Diagnostics) {
    let lines = Line::all(glyphs);
    let mut looking = Looking { glyphs, file, diagnostics };
    let mut before = Before::Nothing;
    let mut in_table = false;
    for (number, line) in lines.iter().enumerate() {
        if is_table_line(&glyphs[line.places.clone()]) {
            if !in_table {
                let typed = written(&glyphs[line.places.clone()]);
                looking.report(Code::TableBroken, line.places.clone(), &typed, "");
            }
            in_table = true;
            before = Before::Text;
            continue;
        }
        before = looking.line(line, before, within).unwrap_or_else(|| {
            let around = Around {
                above: line.above,
                previous: number.checked_sub(1).and_then(|before| lines[before].sign),
                next: lines.get(number + 1).and_then(|next| next.sign),
            };
            looking.sign(line, around);
            Before::Text
        });
    }
}

/// What a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// An item of a list.
    Item,
    /// None.
    Page,
}

/// A line of a paragraph that has text.
struct Line {
    places: Range<usize>,
    /// Where its text begins, after the openings of marks and of strong.
    text: usize,
    sign: Option<Sign>,
    above: Above,
    /// Whether a `＜` above it is not closed yet.
    in_brackets: bool,
}

impl Line {
    /// The lines of a paragraph. A line of nothing but openings is none.
    fn all(glyphs: &[Glyph]) -> Vec<Self> {
        let mut lines = Vec::new();
        let (mut start, mut above, mut open) = (0, Above::Nothing, 0_usize);
        for end in (0..=glyphs.len()).filter(|at| glyphs.get(*at).is_none_or(|glyph| is_line_end(&glyph.ink))) {
            let text = start + openings(&glyphs[start..end]);
            if text < end {
                let characters: Vec<Option<char>> = glyphs[text..end].iter().map(live).collect();
                lines.push(Self {
                    places: start..end,
                    text,
                    sign: Sign::of(&characters),
                    above,
                    in_brackets: open > 0,
                });
            }
            for glyph in &glyphs[start..end] {
                match glyph.ink {
                    Ink::Live('＜') | Ink::Dead('＜') => open += 1,
                    Ink::Live('＞') | Ink::Dead('＞') => open = open.saturating_sub(1),
                    _ => {}
                }
            }
            if text < end || above != Above::Nothing {
                let is_hard = glyphs.get(end).is_some_and(|glyph| glyph.ink == Ink::Hard);
                above = if is_hard { Above::Broken } else { Above::Line };
            }
            start = end + 1;
        }
        lines
    }
}

/// How many glyphs at a line's beginning open something that prints nothing itself.
fn openings(glyphs: &[Glyph]) -> usize {
    let mut at = 0;
    loop {
        let rest = &glyphs[at..];
        let is = |pattern: &str| {
            rest.len() >= pattern.len() && pattern.chars().zip(rest).all(|(sign, glyph)| live(glyph) == Some(sign))
        };
        at += if rest.first().is_some_and(|glyph| glyph.ink == Ink::Strong) {
            1
        } else if is("{!") {
            2
        } else if ["{++", "{--", "{~~"].into_iter().any(is) {
            3
        } else if is("{?")
            && let Some(colon) = rest.iter().position(|glyph| matches!(live(glyph), Some(':' | '：') | None))
            && live(&rest[colon]).is_some()
        {
            colon + 1
        } else {
            return at;
        }
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
        self.glyphs.get(at).and_then(live)
    }

    fn report(&mut self, code: Code, places: Range<usize>, typed: &str, right: &str) {
        let range = self.glyphs[places.start].range.start..self.glyphs[places.end - 1].range.end;
        let diagnostic = Diagnostic::new(code, Span::new(self.file, range));
        self.diagnostics.push(diagnostic.with("typed", excerpted(typed)).with("right", excerpted(right)));
    }

    /// Looks at one line for all but list signs of other kinds; what it is for the next, `None` where nothing was found.
    fn line(&mut self, line: &Line, before: Before, within: Within) -> Option<Before> {
        let (places, in_brackets) = (line.places.clone(), line.in_brackets);
        let glyphs = &self.glyphs[places.clone()];
        let line = written(glyphs);
        let is_first = places.start == 0;
        if let Some(heading) = live_text(glyphs).and_then(|text| heading_line(&text, is_first)) {
            let HeadingLine { right, escaped } = heading;
            self.report_escaped(Code::HeadingMistyped, places, &line, &right, &escaped);
            return Some(Before::Text);
        }
        let first = self.live(places.start);
        let second = self.live(places.start + 1);
        if is_first && let Some((sign, end)) = self.task(places.clone(), within) {
            let right = format!("{sign} {}", written(&self.glyphs[end..places.end]).trim_start());
            let escaped = match first {
                Some('[') => format!("\\{line}"),
                _ => format!("`{}`{}", written(&glyphs[..1]), written(&glyphs[1..])),
            };
            self.report_escaped(Code::TaskWritten, places, &line, right.trim_end(), &escaped);
        } else if before == Before::Text && first == Some(':') && second == Some(' ') {
            let right = format!("- {}", line.trim_start_matches(':').trim());
            self.report(Code::DefinitionWritten, places, &line, &right);
        } else if before != Before::Text && first == Some('-') && second.is_some_and(is_word) {
            let right = format!("- {}", line.trim_start_matches('-'));
            self.report_escaped(Code::BulletMistyped, places, &line, &right, &format!("\\{line}"));
            return Some(Before::Bullet);
        } else if !is_first && let Some(number) = self.number(places.clone()) {
            let words = written(&self.glyphs[places.start + number + 1..places.end]);
            let escaped = format!("{}\\{}{words}", &line[..number], &line[number..=number]);
            self.report_escaped(Code::BulletMistyped, places, &line, &format!("{}.{words}", &line[..number]), &escaped);
        } else if first == Some('[')
            && let Some((label, address)) = definition(&line)
        {
            let right = format!("{label}（{address}）");
            self.report_escaped(Code::LinkWritten, places, &line, &right, &format!("\\{line}"));
        } else if first == Some('＞') && !in_brackets {
            let right = line.trim_start_matches(['＞', ' ', '　']);
            let escaped = format!("`＞`{}", written(&glyphs[1..]));
            self.report_escaped(Code::QuoteWritten, places, &line, right, &escaped);
        } else {
            return None;
        }
        Some(Before::Text)
    }

    /// Looks at the sign that a line begins with.
    fn sign(&mut self, line: &Line, around: Around) {
        let Some(sign) = line.sign else { return };
        let Line { places, text, .. } = line;
        let words = text + sign.end;
        let after = self.glyphs.get(words).filter(|_| words < places.end);
        let Some(fault) = sign.fault(after.and_then(live), around) else { return };
        let typed = written(&self.glyphs[places.clone()]);
        let opening = written(&self.glyphs[places.start..*text]);
        let right = format!("{}{opening}{}", sign.right(), written(&self.glyphs[words..places.end]));
        match fault {
            Fault::Mistyped => {
                let signs = written(&self.glyphs[*text..text + sign.length]);
                let rest = written(&self.glyphs[text + sign.length..places.end]);
                let escaped = format!("{opening}`{signs}`{rest}");
                self.report_escaped(Code::BulletMistyped, places.clone(), &typed, &right, &escaped);
            }
            Fault::Joined => self.report(Code::LineJoined, places.clone(), &typed, &right),
        }
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

    /// The box of `[ ] …` or `[x] …`, and in an item of `□ …` or `■ …`, as a character, and where the words begin.
    fn task(&self, places: Range<usize>, within: Within) -> Option<(char, usize)> {
        let at = places.start;
        let (sign, end) = match (self.live(at)?, self.live(at + 1), self.live(at + 2)) {
            ('[', Some(' ' | '　'), Some(']')) => ('☐', at + 3),
            ('[', Some('x' | 'X'), Some(']')) => ('☑', at + 3),
            ('□' | '▢' | '◻', ..) if within == Within::Item => ('☐', at + 1),
            ('■' | '▣' | '◼', ..) if within == Within::Item => ('☑', at + 1),
            _ => return None,
        };
        let is_box = end == places.end || self.live(end).is_some_and(char::is_whitespace);
        is_box.then_some((sign, end))
    }
}

/// The character of a glyph that may be markup.
fn live(glyph: &Glyph) -> Option<char> {
    match glyph.ink {
        Ink::Live(character) => Some(character),
        _ => None,
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

/// Whether a line is a row of a table that Markdown did not take for one. A bar before a ruby（｜漢字《かんじ》） is none.
fn is_table_line(glyphs: &[Glyph]) -> bool {
    let is_bar = |glyph: &Glyph| matches!(glyph.ink, Ink::Live('|' | '｜'));
    let has_ruby = glyphs.iter().any(|glyph| glyph.ink == Ink::Live('《'));
    glyphs.first().is_some_and(is_bar) && glyphs[1..].iter().any(is_bar) && !has_ruby
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
    use super::super::parse_body;
    use super::super::sketch::{self, cures, file, parsed};
    use crate::diagnostic::Diagnostics;

    fn under_heading(source: &str) -> Vec<(&'static str, String)> {
        cures(&format!("## a\n\n{source}\n"))
    }

    fn shows(source: &str, code: &str, right: &str) {
        assert_eq!(under_heading(source), [(code, right.to_owned())], "{source}");
    }

    #[test]
    fn signs_at_the_beginnings_of_lines_are_errors() {
        shows("- [ ] 未了", "H0224", "☐ 未了");
        shows("- 済\n- [x] 済", "H0224", "☑ 済");
        shows("用語\n: 意味", "H0235", "- 意味");
        assert_eq!(under_heading("-項目一\n-項目二").len(), 2);
        shows("-項目", "H0236", "- 項目");
        shows("- □ 未了", "H0224", "☐ 未了");
        shows("- ■ 済", "H0224", "☑ 済");
        shows("- 一\n- □", "H0224", "☐");
        shows("次のとおり\n2. 二", "H0236", "2. 二");
        shows("| 甲 | 乙 |\n| 丙 | 丁 |", "H0232", "");
        shows("｜ 甲 ｜ 乙 ｜\n｜ 丙 ｜ 丁 ｜", "H0232", "");
        shows("＞ 引用", "H0228", "引用");
        shows("文\n＞＞引用", "H0228", "引用");
        shows("[市]: https://www.city.example.lg.jp/", "H0218", "市（https://www.city.example.lg.jp/）");
    }

    #[test]
    fn signs_of_a_list_in_another_width_are_errors() {
        for (typed, right) in [
            ("・受付", "- 受付"),
            ("･受付", "- 受付"),
            ("•　受付", "- 受付"),
            ("－　受付", "- 受付"),
            ("－受付", "- 受付"),
            ("– 受付", "- 受付"),
            ("＋ 受付", "- 受付"),
            ("１．受付", "1. 受付"),
            ("１． 受付", "1. 受付"),
            ("１）受付", "1. 受付"),
            ("1）受付", "1. 受付"),
            ("１.受付", "1. 受付"),
            ("**・受付**", "- **受付**"),
            ("{++・受付++}", "- {++受付++}"),
            ("- ・受付", "- 受付"),
            ("文\n・受付", "- 受付"),
            ("文\\\n・受付", "- 受付"),
            ("文\n２． 受付", "2. 受付"),
        ] {
            shows(typed, "H0236", right);
        }
        assert_eq!(under_heading("・一\n・二\n・三").len(), 3);
        assert_eq!(under_heading("１．一\n２．二").len(), 2);
    }

    #[test]
    fn other_signs_are_errors_where_a_line_would_be_joined() {
        for (typed, right) in [
            ("①　受付\n②　審査", "2. 審査"),
            ("①受付\n②審査", "2. 審査"),
            ("(1) 受付\n(2) 審査", "2. 審査"),
            ("（１）受付\n（２）審査", "2. 審査"),
            ("(1)受付\n（2）審査", "2. 審査"),
            ("次のとおり\n①　受付", "1. 受付"),
            ("ア　受付\nイ　審査", "2. 審査"),
            ("１、受付\n２、審査", "2. 審査"),
            ("1.受付\n2.審査", "2. 審査"),
            ("⑳　受付\n㉑　審査", "21. 審査"),
            ("● 受付\n● 審査", "- 審査"),
            ("■受付\n■審査", "- 審査"),
            ("※ 注一\n※ 注二", "- 注二"),
            ("{++①　受付\n②　審査++}", "2. 審査++}"),
        ] {
            let found = said(typed);
            assert_eq!(found, [("H0238", right.to_owned())], "{typed}");
        }
        assert_eq!(said("次のとおり\n①受付\n②審査").len(), 2);
    }

    /// The codes and the right forms; what a message shows may need the lines around it.
    fn said(source: &str) -> Vec<(&'static str, String)> {
        let mut diagnostics = Diagnostics::new();
        let source = format!("## a\n\n{source}\n");
        parse_body(file(&source), &source, 0..source.len(), Some(&"c".into()), &mut diagnostics);
        let shown = diagnostics.sorted().into_iter();
        shown.map(|found| (found.code.id(), sketch::said(found, "right").to_owned())).collect()
    }

    #[test]
    fn signs_that_are_printed_as_typed_are_text() {
        for text in [
            "①　受付\n\n②　審査",
            "(1)　受付\\\n(2)　審査",
            "(1) 受付\n\n- 一\n- 二",
            "次の①から\n⑦までとする。",
            "取扱いは、\n①及び②とする。",
            "範囲は(1)から\n(3)までとする。",
            "その\n１．５倍、２．５倍",
            "１．５倍",
            "Ⅱ\n３．特定個人情報の入手",
            "－5度、－５度",
            "・・・",
            "ーー",
            "サーバ\nー",
            "東京\n－大阪間",
            "※ 注",
            "■ 見出し",
            "- ☐ 未了\n- ☑ 済",
            "`・`受付",
            "`１．`受付",
            "`＞`引用",
            "＜選択肢＞",
            "＜長い\n＞",
            "10＞5",
            "`｜`甲｜乙｜",
            "{++\n①　受付\n++}",
            "|甲|\n|---|\n|・受付|",
        ] {
            assert_eq!(parsed(text).1, [""; 0], "{text}");
        }
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
