//! Withheld parts `{!…!}` of one text, in the order of its tokens.
//!
//! Input: the tokens of withheld parts as `weave` comes upon them, each with its place and the mark that is open there. Output: the
//! part that a run belongs to. A part that is wrong is a diagnostic and withheld as far as it can reach, never shown.

use super::pair::Place;
use super::scan::TokenKind;
use super::tree::Side;
use super::weave::{RawBlock, each_paragraph};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// The part that is open（始まっている部分）.
struct Open {
    /// Its `{!`.
    at: Span,
    /// From its beginning to its end.
    extent: Span,
    place: Place,
    mark: Option<(usize, Side)>,
}

/// Follows the withheld parts of a text.
pub(super) struct Withholding {
    /// From beginning to end, of the parts that are still to come.
    extents: std::vec::IntoIter<Span>,
    open: Option<Open>,
}

impl Withholding {
    /// For the text of these blocks, which stands at `span`.
    pub(super) fn of(blocks: &[RawBlock], span: Span) -> Self {
        let mut extents: Vec<Span> = Vec::new();
        let mut is_open = false;
        each_paragraph(blocks, &mut |paragraph| {
            for token in &paragraph.tokens {
                match token.kind {
                    TokenKind::WithheldOpen if !is_open => {
                        // Without an end it reaches to the end of the text.
                        extents.push(Span { start: token.range.start, end: span.end.max(token.range.end), ..span });
                        is_open = true;
                    }
                    TokenKind::WithheldClose if is_open => {
                        if let Some(extent) = extents.last_mut() {
                            extent.end = token.range.end;
                        }
                        is_open = false;
                    }
                    _ => {}
                }
            }
        });
        Self { extents: extents.into_iter(), open: None }
    }

    /// The part that a run here belongs to.
    pub(super) fn current(&self) -> Option<Span> {
        self.open.as_ref().map(|open| open.extent)
    }

    /// Begins a part. Pushes [`Code::WithheldNested`].
    pub(super) fn begin(&mut self, at: Span, place: Place, mark: Option<(usize, Side)>, diagnostics: &mut Diagnostics) {
        if let Some(open) = &self.open {
            diagnostics.push(Diagnostic::new(Code::WithheldNested, at).related(open.at));
            return;
        }
        let extent = self.extents.next().unwrap_or(at);
        self.open = Some(Open { at, extent, place, mark });
    }

    /// Ends a part. Pushes [`Code::WithheldUnopened`] and [`Code::WithheldCrossing`].
    pub(super) fn close(&mut self, at: Span, place: Place, mark: Option<(usize, Side)>, diagnostics: &mut Diagnostics) {
        match self.open.take() {
            None => diagnostics.push(Diagnostic::new(Code::WithheldUnopened, at)),
            // The same mark and side at both ends means that whatever lies between is whole.
            Some(open) if open.mark != mark || !open.place.is_beside(place) => {
                diagnostics.push(Diagnostic::new(Code::WithheldCrossing, at).related(open.at));
            }
            Some(_) => {}
        }
    }

    /// Ends the text. Pushes [`Code::WithheldUnclosed`].
    pub(super) fn end(&mut self, diagnostics: &mut Diagnostics) {
        if let Some(open) = self.open.take() {
            diagnostics.push(Diagnostic::new(Code::WithheldUnclosed, open.at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{parsed, sketch, spans};
    use super::super::tree::Block;

    fn read(source: &str) -> String {
        let (text, diagnostics) = parsed(source);
        assert!(diagnostics.is_empty(), "{source}: {diagnostics:?}");
        sketch(&text)
    }

    fn mistakes(source: &str) -> Vec<&'static str> {
        parsed(source).1
    }

    #[test]
    fn a_part_covers_words_paragraphs_lists_tables_and_fragments() {
        assert_eq!(read("一{!二!}三"), "一!(二)三");
        assert_eq!(read("一{!二\n\n三!}四"), "一!(二) / !(三)四");
        assert_eq!(read("- 一\n- {!二\n- 三!}\n"), "[一; !(二); !(三)]");
        assert_eq!(
            read("{!\n\n- 一\n\n{{> f}}\n\n|a|b|\n|-|-|\n|c|d|\n\n!}"),
            "[!(一)] / !<f> / |!(a)|!(b)|!(c)|!(d)|"
        );
        assert_eq!(read("{!{{> f}}!}"), "!<f>");
        assert_eq!(read("{!{{own}}の**語**{?p:期?}!}"), "!({{own}})!(の)!(**(語))?p(!(期))");
        assert_eq!(read(r"\{!一!\} `{!二!}`"), "{!一!} `{!二!}`");
    }

    #[test]
    fn parts_and_marks_stand_in_each_other() {
        assert_eq!(read("{++一{!二!}++}"), "+0(一)+0(!(二))");
        assert_eq!(read("{!一{++二++}三!}"), "!(一)+0(!(二))!(三)");
        assert_eq!(read("{~~旧{!一!}~>新{!二!}~~}"), "-0(旧)-0(!(一))+0(新)+0(!(二))");
        assert_eq!(read("{!{~~旧~>新~~}!}"), "-0(!(旧))+0(!(新))");
    }

    #[test]
    fn parts_and_marks_never_cross() {
        assert_eq!(mistakes("{++一{!二++}三!}"), ["H0704"]);
        assert_eq!(mistakes("{!一{++二!}三++}"), ["H0704"]);
        assert_eq!(mistakes("{~~旧{!一~>二!}新~~}"), ["H0704"]);
        assert_eq!(mistakes("{++一{!二++}{++三!}四++}"), ["H0704"]);
        assert_eq!(mistakes("一{!二\n\n- 三!}"), ["H0704"]);
        assert_eq!(mistakes("|{!a|b!}|\n|-|-|\n"), ["H0704"]);
    }

    #[test]
    fn what_has_no_other_end_is_an_error_and_stays_withheld() {
        let (text, codes) = parsed("一{!二\n\n三");
        assert_eq!((sketch(&text).as_str(), codes), ("一!(二) / !(三)", vec!["H0701"]));
        assert_eq!(mistakes("一!}二"), ["H0702"]);
        assert_eq!(parsed("{!一{!二!}三!}").1, ["H0703", "H0702"]);
        assert_eq!(mistakes(&"{!".repeat(3)), ["H0701", "H0703", "H0703"]);
    }

    #[test]
    fn a_run_names_the_part_by_its_place() {
        let source = "一{!二**三**\n\n四!}五";
        let (text, _) = parsed(source);
        let Block::Paragraph(first) = &text.blocks[0] else { panic!("a paragraph") };
        let parts: Vec<_> = first.runs.iter().filter_map(|run| run.withheld).collect();
        assert_eq!(
            parts.iter().map(|part| &source[part.start..part.end]).collect::<Vec<_>>(),
            ["{!二**三**\n\n四!}"; 2]
        );
        assert!(!spans(&text).is_empty());
    }
}
