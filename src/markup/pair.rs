//! Openings, arrows and closes of marks into whole marks.
//!
//! Input: all mark tokens of one text in document order, each with the place it stands in. Output: the marks, and for each token
//! what it does. It knows neither the text between the tokens nor the change ids that exist.

use std::ops::Range;

use super::scan::{TokenKind, closing, opening};
use super::tree::{Mark, MarkKind, MarkTokens};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span};
use crate::name::ChangeId;

/// The sequence of blocks that a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Number of the sequence: a text, a list item, a table cell.
    pub(super) sequence: usize,
    /// Number of the list, where the sequence is an item.
    pub(super) list: Option<usize>,
}

impl Place {
    /// Whether a mark may open in one and close in the other: the same sequence, or items of one list.
    pub(super) fn is_beside(self, other: Self) -> bool {
        self.sequence == other.sequence || (self.list.is_some() && self.list == other.list)
    }
}

/// A token of a mark, for pairing.
#[derive(Debug, Clone)]
pub(super) struct MarkToken {
    /// Opening, arrow or close.
    pub(super) kind: TokenKind,
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
    /// Where its paragraph stands.
    pub(super) place: Place,
}

/// What a mark token does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// The mark of this number begins.
    Begin(usize),
    /// Its new side begins.
    Turn,
    /// It ends.
    End,
    /// Nothing; the token was wrong.
    Drop,
    /// The token is text after all.
    Keep,
}

/// An opening that waits for its close.
struct Waiting {
    token: usize,
    kind: MarkKind,
    arrow: Option<usize>,
}

/// An opening with its close.
struct Pair {
    open: usize,
    kind: MarkKind,
    arrow: Option<usize>,
    close: usize,
}

/// Pairs tokens like brackets, then refuses the pairs that cannot be marks.
///
/// Brackets first and nesting afterwards, so that one forgotten close is one diagnostic and not one for each mark after it.
/// Pushes [`Code::MarkUnopened`], [`Code::MarkUnclosed`], [`Code::MarkNested`], [`Code::MarkCrossing`], [`Code::MarkNoChange`],
/// [`Code::ArrowMissing`], [`Code::ArrowOutside`].
pub(super) fn pair(
    tokens: &[MarkToken],
    file: FileId,
    default_change: Option<&ChangeId>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Mark>, Vec<Action>) {
    let mut pairing = Pairing { tokens, file, diagnostics, actions: vec![Action::Drop; tokens.len()] };
    let pairs = pairing.brackets();
    let marks = pairing.marks(&pairs, default_change);
    (marks, pairing.actions)
}

struct Pairing<'a> {
    tokens: &'a [MarkToken],
    file: FileId,
    diagnostics: &'a mut Diagnostics,
    actions: Vec<Action>,
}

impl Pairing<'_> {
    fn span(&self, token: usize) -> Span {
        Span::new(self.file, self.tokens[token].range.clone())
    }

    fn report(&mut self, code: Code, token: usize) {
        self.diagnostics.push(Diagnostic::new(code, self.span(token)));
    }

    fn report_unclosed(&mut self, waiting: &Waiting) {
        let diagnostic = Diagnostic::new(Code::MarkUnclosed, self.span(waiting.token));
        self.diagnostics.push(diagnostic.with("mark", opening(waiting.kind)).with("close", closing(waiting.kind)));
    }

    /// Pairs in the order of their openings.
    fn brackets(&mut self) -> Vec<Pair> {
        let mut stack: Vec<Waiting> = Vec::new();
        let mut pairs: Vec<Pair> = Vec::new();
        // How many of a kind wait: a close without an opening must not search the whole stack.
        let mut waiting_of = [0_usize; 3];
        for at in 0..self.tokens.len() {
            match &self.tokens[at].kind {
                TokenKind::Open(kind) => {
                    waiting_of[slot(*kind)] += 1;
                    stack.push(Waiting { token: at, kind: *kind, arrow: None });
                }
                TokenKind::Close(kind, _) if waiting_of[slot(*kind)] > 0 => {
                    while let Some(waiting) = stack.pop() {
                        waiting_of[slot(waiting.kind)] -= 1;
                        if waiting.kind == *kind {
                            pairs.push(Pair { open: waiting.token, kind: *kind, arrow: waiting.arrow, close: at });
                            break;
                        }
                        self.report_unclosed(&waiting);
                    }
                }
                TokenKind::Close(kind, _) => {
                    let diagnostic = Diagnostic::new(Code::MarkUnopened, self.span(at));
                    self.diagnostics.push(diagnostic.with("mark", closing(*kind)).with("open", opening(*kind)));
                }
                _ => self.arrow(at, stack.last_mut()),
            }
        }
        for waiting in &stack {
            self.report_unclosed(waiting);
        }
        pairs.sort_unstable_by_key(|pair| pair.open);
        pairs
    }

    /// Gives an arrow to the replacement that waits for it.
    fn arrow(&mut self, at: usize, innermost: Option<&mut Waiting>) {
        match innermost {
            Some(waiting) if waiting.kind == MarkKind::Replaced && waiting.arrow.is_none() => waiting.arrow = Some(at),
            _ => {
                self.actions[at] = Action::Keep;
                self.report(Code::ArrowOutside, at);
            }
        }
    }

    fn marks(&mut self, pairs: &[Pair], default_change: Option<&ChangeId>) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut covered = 0;
        for pair in pairs {
            if pair.open < covered {
                self.report(Code::MarkNested, pair.open);
                continue;
            }
            let place = self.tokens[pair.open].place;
            let parts = [pair.arrow, Some(pair.close)];
            if let Some(outside) = parts.into_iter().flatten().find(|part| !place.is_beside(self.tokens[*part].place)) {
                let opened = self.span(pair.open);
                self.diagnostics
                    .push(Diagnostic::new(Code::MarkCrossing, self.span(outside)).related_as(opened, Label::Opened));
                continue;
            }
            if pair.kind == MarkKind::Replaced && pair.arrow.is_none() {
                self.report(Code::ArrowMissing, pair.open);
                continue;
            }
            covered = pair.close;
            self.actions[pair.open] = Action::Begin(marks.len());
            self.actions[pair.close] = Action::End;
            if let Some(arrow) = pair.arrow {
                self.actions[arrow] = Action::Turn;
            }
            let change = self.change(pair, default_change);
            let range = |token: usize| self.tokens[token].range.clone();
            let tokens = MarkTokens { open: range(pair.open), arrow: pair.arrow.map(range), close: range(pair.close) };
            marks.push(Mark { kind: pair.kind, change, span: self.span(pair.open), tokens: Some(tokens) });
        }
        marks
    }

    /// The change a mark belongs to; empty, and a diagnostic, where none is named.
    fn change(&mut self, pair: &Pair, default_change: Option<&ChangeId>) -> ChangeId {
        let named = match &self.tokens[pair.close].kind {
            TokenKind::Close(_, Some(change)) => Some(change),
            _ => default_change,
        };
        named.map_or_else(
            || {
                self.report(Code::MarkNoChange, pair.open);
                ChangeId::default()
            },
            ChangeId::clone,
        )
    }
}

fn slot(kind: MarkKind) -> usize {
    match kind {
        MarkKind::Inserted => 0,
        MarkKind::Deleted => 1,
        MarkKind::Replaced => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{codes, file, parsed, sketch};
    use super::*;

    fn mistakes(source: &str) -> (String, Vec<&'static str>) {
        let (text, diagnostics) = parsed(source);
        (sketch(&text), diagnostics)
    }

    #[test]
    fn a_mark_belongs_to_its_own_change_else_the_default() {
        let source = "{++a++}{>> x <<}{--b--}{~~c~>d~~}{>><<}";
        let changes: Vec<ChangeId> = parsed(source).0.marks.into_iter().map(|mark| mark.change).collect();
        assert_eq!(changes, ["x", "c", "c"]);
        let mut diagnostics = Diagnostics::new();
        let text = super::super::parse_text(file(source), source, 0..source.len(), None, &mut diagnostics);
        assert_eq!(codes(&diagnostics), ["H0209", "H0209"]);
        assert_eq!(text.marks[1].change, "");
    }

    #[test]
    fn a_forgotten_token_is_one_diagnostic() {
        assert_eq!(mistakes("{++a {++b++} {--c--}"), ("a +0(b) -1(c)".into(), vec!["H0205"]));
        assert_eq!(mistakes("a++} {++b++}"), ("a +0(b)".into(), vec!["H0206"]));
        assert_eq!(mistakes("{++a{--b++}"), ("+0(ab)".into(), vec!["H0205"]));
    }

    #[test]
    fn marks_do_not_nest() {
        assert_eq!(mistakes("{++a{--b--}c++}"), ("+0(abc)".into(), vec!["H0208"]));
        assert_eq!(mistakes("{++a{++b++}c++}"), ("+0(abc)".into(), vec!["H0208"]));
    }

    #[test]
    fn a_replacement_has_one_arrow() {
        assert_eq!(mistakes("{~~a~~}"), ("a".into(), vec!["H0210"]));
        assert_eq!(mistakes("a~>b"), ("a~>b".into(), vec!["H0211"]));
        assert_eq!(mistakes("{~~a~>b~>c~~}"), ("-0(a)+0(b~>c)".into(), vec!["H0211"]));
    }

    #[test]
    fn a_mark_ends_among_its_siblings() {
        assert_eq!(mistakes("{++a\n\n- b++}"), ("a / [b]".into(), vec!["H0207"]));
        assert_eq!(mistakes("- a\n  - {++b\n- c++}"), ("[a / [b]; c]".into(), vec!["H0207"]));
        assert_eq!(mistakes("|{++a|b++}|\n|-|-|\n"), ("|a|b|".into(), vec!["H0207"]));
        assert_eq!(mistakes("{++a\n\n> b++}").1, ["H0228"]);
    }
}
