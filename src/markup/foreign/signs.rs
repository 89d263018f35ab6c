//! Signs of other dialects inside of lines.
//!
//! Input: one paragraph's glyphs. Output: diagnostics, and the glyphs with what is surely one of the format's signs put right.

use super::super::scan::{Glyph, Ink, written};
use super::Looking;
use crate::diagnostic::{Code, Diagnostics, FileId};

/// Most characters of a subscript or superscript.
const SCRIPT_MAX: usize = 4;

/// Looks for signs inside of lines. Pushes [`Code::FootnoteWritten`], [`Code::StruckWritten`], [`Code::HighlightWritten`],
/// [`Code::FormulaWritten`], [`Code::LinkWritten`], [`Code::RubyWritten`], and [`Code::EmphasisWritten`] for stars in full width, which
/// become strong.
pub(in super::super) fn inline(glyphs: &mut Vec<Glyph>, file: FileId, diagnostics: &mut Diagnostics) {
    // Most paragraphs have none of the signs that anything here is written with.
    let is_sign = |glyph: &Glyph| matches!(glyph.ink, Ink::Live('[' | '^' | '~' | '=' | '$' | '《' | '＊'));
    if !glyphs.iter().any(is_sign) {
        return;
    }
    let mut looking = Looking { glyphs, file, diagnostics };
    looking.footnotes();
    looking.pairs('~', Code::StruckWritten);
    looking.pairs('=', Code::HighlightWritten);
    looking.formulas();
    looking.scripts('~');
    looking.scripts('^');
    looking.wiki_links();
    looking.rubies();
    let stars = looking.pairs('＊', Code::EmphasisWritten);
    for star in stars.into_iter().rev() {
        let second = glyphs.remove(star + 1);
        glyphs[star].ink = Ink::Strong;
        glyphs[star].range.end = second.range.end;
    }
}

impl Looking<'_> {
    /// `[^1]`, `[^1]: …` and `^[…]`.
    fn footnotes(&mut self) {
        for at in 0..self.glyphs.len() {
            if self.spells(at, "^[") {
                let bracket = |end: &usize| matches!(self.live(*end), Some('[' | ']'));
                let end = (at + 2..self.glyphs.len()).find(bracket).filter(|end| self.live(*end) == Some(']'));
                let Some(end) = end.filter(|end| *end > at + 2) else { continue };
                let typed = written(&self.glyphs[at..=end]);
                let right = format!("（{}）", written(&self.glyphs[at + 2..end]));
                self.report(Code::FootnoteWritten, at..end + 1, &typed, &right);
                continue;
            }
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
    fn pairs(&mut self, sign: char, code: Code) -> Vec<usize> {
        let mut found = Vec::new();
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
                    found.extend([start, place]);
                    open = None;
                }
                _ if after.is_some_and(|after| !after.is_whitespace()) => open = Some(place),
                _ => {}
            }
        }
        found
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
                        let escaped = typed.replace('$', r"\$");
                        self.report_escaped(Code::FormulaWritten, start..end, &typed, &right, &escaped);
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

    /// `H~2~O` and `x^2^`: a Latin letter and a few more between the signs.
    fn scripts(&mut self, sign: char) {
        let is_inside = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '-');
        let mut at = 1;
        while at < self.glyphs.len() {
            let start = at;
            at += 1;
            let is_letter = self.live(start - 1).is_some_and(|before| before.is_ascii_alphabetic() || before == ')');
            if !is_letter || self.live(start) != Some(sign) {
                continue;
            }
            let inside = (start + 1..self.glyphs.len()).take(SCRIPT_MAX + 1);
            let inside = inside.take_while(|at| self.live(*at).is_some_and(is_inside)).count();
            let end = start + 1 + inside;
            if (1..=SCRIPT_MAX).contains(&inside) && self.live(end) == Some(sign) && self.live(end + 1) != Some(sign) {
                let typed = written(&self.glyphs[start - 1..=end]);
                let right = typed.replace(sign, "");
                let escaped = typed.replace(sign, &format!("\\{sign}"));
                self.report_escaped(Code::FormulaWritten, start - 1..end + 1, &typed, &right, &escaped);
                at = end + 1;
            }
        }
    }

    /// `[[page]]` and `[[page|words]]`.
    fn wiki_links(&mut self) {
        let mut at = 0;
        while let Some(start) = (at..self.glyphs.len()).find(|at| self.spells(*at, "[[")) {
            at = start + 2;
            let is_end = |at: &usize| self.live(*at).is_none_or(|sign| matches!(sign, '[' | ']'));
            let Some(end) = (at..self.glyphs.len()).find(is_end).filter(|end| *end > at && self.spells(*end, "]]"))
            else {
                continue;
            };
            let typed = written(&self.glyphs[start..end + 2]);
            let inside = written(&self.glyphs[at..end]);
            let words = inside.rsplit_once('|').map_or(inside.as_str(), |(_, words)| words);
            self.report_escaped(Code::LinkWritten, start..end + 2, &typed, words, &format!("\\{typed}"));
            at = end + 2;
        }
    }

    /// `漢字《かんじ》` and `｜語《ご》`: kana in 《》 behind a kanji, or behind a bar.
    fn rubies(&mut self) {
        for at in 0..self.glyphs.len() {
            if self.live(at) != Some('《') {
                continue;
            }
            let kana = (at + 1..self.glyphs.len()).take_while(|at| self.live(*at).is_some_and(is_kana)).count();
            let end = at + 1 + kana;
            if kana == 0 || self.live(end) != Some('》') {
                continue;
            }
            let bar = (0..at)
                .rev()
                .take_while(|at| self.live(*at).is_some_and(|character| !"《》。、\n".contains(character)))
                .find(|at| matches!(self.live(*at), Some('｜' | '|')));
            let kanji = (0..at).rev().take_while(|at| self.live(*at).is_some_and(is_kanji)).count();
            let Some(base) = bar.map(|bar| bar + 1).or((kanji > 0).then(|| at - kanji)) else { continue };
            let (words, ruby) = (written(&self.glyphs[base..at]), written(&self.glyphs[at + 1..end]));
            let start = bar.unwrap_or(base);
            let typed = written(&self.glyphs[start..=end]);
            let escaped = format!("{}{words}`《`{ruby}》", if bar.is_some() { "`｜`" } else { "" });
            self.report_escaped(Code::RubyWritten, start..end + 1, &typed, &format!("{words}（{ruby}）"), &escaped);
        }
    }

    /// Whether live characters spell this here.
    fn spells(&self, at: usize, signs: &str) -> bool {
        signs.chars().zip(at..).all(|(sign, at)| self.live(at) == Some(sign))
    }
}

/// Whether a `《` of a text behind these words would be taken for a ruby's（ルビの始まり）.
pub(in super::super) fn begins_ruby(before: &str, after: &str) -> bool {
    let kana = after.chars().take_while(|character| is_kana(*character)).count();
    kana > 0
        && after.chars().nth(kana) == Some('》')
        && (before.chars().next_back().is_some_and(is_kanji) || before.contains(['｜', '|']))
}

fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・' | '･' | 'ｦ'..='ﾟ')
}

fn is_kanji(character: char) -> bool {
    matches!(character, '々' | '〆' | 'ヶ' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::super::super::sketch::{cures, parsed, sketch};

    fn under_heading(source: &str) -> Vec<(&'static str, String)> {
        cures(&format!("## a\n\n{source}\n"))
    }

    fn shows(source: &str, code: &str, right: &str) {
        let found = under_heading(source);
        assert_eq!(found.first(), Some(&(code, right.to_owned())), "{source}");
        assert!(found.iter().all(|(other, _)| *other == code), "{source}");
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
        shows("国保法^[昭和33年法律第192号]。", "H0223", "（昭和33年法律第192号）");
        shows("化学式H~2~Oの例。", "H0234", "H2");
        shows("値はx^2^である。", "H0234", "x2");
        shows("＊＊重要＊＊である。", "H0227", "**重要**");
        shows("[[資料1]]のとおり。", "H0218", "資料1");
        shows("[[shiryo|資料1]]のとおり。", "H0218", "資料1");
        shows("漢字《かんじ》の文。", "H0239", "漢字（かんじ）");
        shows("｜セキュリティ区画《くかく》の文。", "H0239", "セキュリティ区画（くかく）");
        shows("前の文。｜区画《くかく》と｜書庫《しょこ》", "H0239", "区画（くかく）");
        assert_eq!(under_heading("~~一~~と~~二~~").len(), 2);
    }

    /// What reads on meets the sign as it should be, so that one slip is one diagnostic.
    #[test]
    fn stars_in_full_width_are_strong_beyond_their_message() {
        let (text, codes) = parsed("これは＊＊重要＊＊、＊＊大切＊＊である。");
        assert_eq!((sketch(&text).as_str(), codes), ("これは**(重要)、**(大切)である。", vec!["H0227", "H0227"]));
    }

    #[test]
    fn text_that_only_looks_like_them_stays() {
        for text in [
            r"H\~2\~O、x\^2\^、\[[資料1]]、\^[注]",
            "漢字`《`かんじ》",
            "《別紙》、様式《案》、文字《もじ",
            "a^2、10~12~14時、~/~",
            "[[資料1]、^2",
        ] {
            assert_eq!(parsed(text).1, [""; 0], "{text}");
        }
    }
}
