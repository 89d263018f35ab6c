//! The mechanical cure of a mistake（直し）: a stretch of a file and what to write there instead.
//!
//! A rule says what is written and what is right in the arguments of its message. Where that is all that the cure needs, and what is written
//! stands once in the place of the mistake, a program can write it. Whether it is what the author meant he decides.

use super::{Code, Diagnostic, Phrase, SourceMap, Span};

/// What to write in place of a stretch（直し）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The stretch.
    pub span: Span,
    /// What comes there.
    pub text: String,
}

impl Diagnostic {
    /// What mends it, where that is certain; none: a person has to see to it.
    #[must_use]
    pub fn fix(&self, sources: &SourceMap) -> Option<Fix> {
        let span = self.span?;
        let (written, right) = self.written_and_right()?;
        let text = &sources.get(span.file).text;
        // The place of a text may be that of its line.
        let stretch = text.get(span.start..span.end)?;
        let mut places = stretch.match_indices(written);
        let (at, _) = places.next().filter(|_| !written.is_empty() && !right.is_empty())?;
        if places.next().is_some() {
            return None;
        }
        let start = span.start + at;
        let right = if self.stands_below_an_empty_line() {
            let above = &text[..start];
            match () {
                () if above.is_empty() || above.ends_with("\n\n") => right,
                () if above.ends_with('\n') => format!("\n{right}"),
                // It stands inside of a line.
                () => return None,
            }
        } else {
            right
        };
        (written != right).then(|| Fix { span: Span::new(span.file, start..start + written.len()), text: right })
    }

    /// What is written and what is right.
    fn written_and_right(&self) -> Option<(&str, String)> {
        match self.code {
            Code::TermUnknown => self.both("name", "near"),
            Code::FragmentUnknown | Code::RecordUnknown | Code::ItemUnknown => self.both("id", "near"),
            Code::OptionUnknown => self.both("word", "near"),
            Code::WordWrong => self.both("wrong", "right"),
            Code::CountWrong => self.both("written", "actual"),
            Code::AnnexCount => {
                let (written, actual) = self.both("written", "actual")?;
                let rest = written.trim_start_matches(|character: char| character.is_ascii_digit());
                (rest.len() < written.len()).then(|| (written, format!("{actual}{rest}")))
            }
            Code::WeekdayWrong => {
                let (date, right) = self.both("date", "right")?;
                let (day, wrong) = date.rsplit_once(['（', '('])?;
                let bracket = &date[day.len()..date.len() - wrong.len()];
                let after: String = wrong.chars().skip(1).collect();
                Some((date, format!("{day}{bracket}{right}{after}")))
            }
            Code::LinkWritten
            | Code::HeadingMistyped
            | Code::BraceMistyped
            | Code::ListNumber
            | Code::TaskWritten
            | Code::HighlightWritten
            | Code::EmphasisWritten
            | Code::QuoteWritten
            | Code::BulletMistyped
            | Code::TableAligned
            | Code::LineJoined
            | Code::RubyWritten => {
                let (typed, right) = self.both("typed", "right")?;
                // A long text is shown at both ends: what is between them is not known here.
                let is_whole = right.matches('…').count() <= typed.matches('…').count();
                is_whole.then_some((typed, right))
            }
            _ => None,
        }
    }

    fn stands_below_an_empty_line(&self) -> bool {
        matches!(self.code, Code::BulletMistyped | Code::LineJoined)
    }

    fn both(&self, written: &str, right: &str) -> Option<(&str, String)> {
        let arg = |name: &str| {
            self.args.iter().find_map(|(known, phrase)| match phrase {
                Phrase::Same(words) if *known == name => Some(words.as_str()),
                Phrase::Same(_) | Phrase::Said { .. } => None,
            })
        };
        Some((arg(written)?, arg(right)?.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str, diagnostic: impl FnOnce(Span) -> Diagnostic) -> Option<String> {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", text);
        let fix = diagnostic(Span::new(file, 0..text.len())).fix(&sources)?;
        Some([&text[..fix.span.start], &fix.text, &text[fix.span.end..]].concat())
    }

    fn typed(code: Code, typed: &'static str, right: &'static str) -> impl FnOnce(Span) -> Diagnostic {
        move |span| Diagnostic::new(code, span).with("typed", typed).with("right", right)
    }

    #[test]
    fn what_is_certain_is_mended() {
        let near = |span| Diagnostic::new(Code::TermUnknown, span).with("name", "onw").with("near", "own");
        assert_eq!(fixed("{{onw}}は", near).as_deref(), Some("{{own}}は"));
        let none = |span| Diagnostic::new(Code::TermUnknown, span).with("name", "x").with("near", "");
        assert_eq!(fixed("{{x}}は", none), None);
        let count = |span| Diagnostic::new(Code::CountWrong, span).with("written", "3").with("actual", "2");
        assert_eq!(fixed("\"3\"", count).as_deref(), Some("\"2\""));
        let twice = |span| Diagnostic::new(Code::CountWrong, span).with("written", "3").with("actual", "2");
        assert_eq!(fixed("'{~~3~>3~~}'", twice), None, "which of both is not known");
        let annex = |span| {
            Diagnostic::new(Code::AnnexCount, span).with("written", "57件（別紙1のとおり）").with("actual", "58")
        };
        assert_eq!(fixed("57件（別紙1のとおり）", annex).as_deref(), Some("58件（別紙1のとおり）"));
        let day =
            |span| Diagnostic::new(Code::WeekdayWrong, span).with("date", "令和8年4月1日（火）").with("right", "水");
        assert_eq!(fixed("令和8年4月1日（火）から", day).as_deref(), Some("令和8年4月1日（水）から"));
    }

    #[test]
    fn a_sign_that_was_mistyped_is_typed_right() {
        assert_eq!(
            fixed("漢字《かんじ》の文", typed(Code::RubyWritten, "漢字《かんじ》", "漢字（かんじ）")).as_deref(),
            Some("漢字（かんじ）の文")
        );
        assert_eq!(fixed("前\n・後", typed(Code::LineJoined, "・後", "- 後")).as_deref(), Some("前\n\n- 後"));
        assert_eq!(fixed("前・後", typed(Code::LineJoined, "・後", "- 後")), None, "it stands inside of a line");
        assert_eq!(fixed("長い", typed(Code::RubyWritten, "長い", "始…終")), None, "it is not shown whole");
        assert_eq!(fixed("~~一~~", typed(Code::StruckWritten, "~~一~~", "一")), None, "that is the author's to say");
    }
}
