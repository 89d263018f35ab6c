//! Blocks of tokens into the tree.
//!
//! Input: blocks whose paragraphs are tokens, and what each mark token does. Output: a [`Text`]. The rule for breaks inside marks
//! (see [`super`]) is carried out here. It knows neither Markdown nor how marks are spelled.

use std::ops::Range;

use super::letters::{Letters, Spelled};
use super::pair::{Action, MarkToken, Place, pair};
use super::scan::{Token, TokenKind};
use super::tree::{Block, Mark, MarkKind, Origin, Paragraph, Run, RunKind, Side, Text};
use super::withheld::Withholding;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::name::{ChangeId, PeriodId};

/// A block before weaving（組む前の段）.
#[derive(Debug)]
pub(super) enum RawBlock {
    /// A paragraph.
    Paragraph(RawParagraph),
    /// A list and its items; an item may be empty.
    List { start: Option<u64>, items: Vec<Vec<RawBlock>> },
    /// A table.
    Table { header: Vec<RawParagraph>, rows: Vec<Vec<RawParagraph>> },
}

/// A paragraph before weaving.
#[derive(Debug)]
pub(super) struct RawParagraph {
    /// What it consists of.
    pub(super) tokens: Vec<Token>,
    /// Where it stands.
    pub(super) place: Place,
}

/// Makes a text of blocks; `span` is where it stands.
///
/// Pushes what [`pair`] does, [`Code::FragmentInline`] and what [`Withholding`] does.
pub(super) fn weave(
    blocks: Vec<RawBlock>,
    span: Span,
    default_change: Option<&ChangeId>,
    diagnostics: &mut Diagnostics,
) -> Text {
    let mut mark_tokens = Vec::new();
    collect(&blocks, &mut mark_tokens);
    let (marks, actions) = pair(&mark_tokens, span.file, default_change, diagnostics);
    let withholding = Withholding::of(&blocks, span);
    let mut weaver =
        Weaver { file: span.file, marks, actions: actions.into_iter(), open: None, withholding, diagnostics };
    let blocks = weaver.sequence(blocks);
    weaver.withholding.end(weaver.diagnostics);
    Text { blocks, marks: weaver.marks, span: Some(span), origin: Origin::Body }
}

/// All mark tokens in document order.
fn collect(blocks: &[RawBlock], found: &mut Vec<MarkToken>) {
    each_paragraph(blocks, &mut |paragraph| {
        found.extend(paragraph.tokens.iter().filter(|token| token.kind.is_mark()).map(|token| MarkToken {
            kind: token.kind.clone(),
            range: token.range.clone(),
            place: paragraph.place,
        }));
    });
}

/// Calls a function with every paragraph in document order. Recursion is as deep as lists nest, which the parser limits.
pub(super) fn each_paragraph(blocks: &[RawBlock], visit: &mut impl FnMut(&RawParagraph)) {
    for block in blocks {
        match block {
            RawBlock::Paragraph(paragraph) => visit(paragraph),
            RawBlock::List { items, .. } => items.iter().for_each(|item| each_paragraph(item, visit)),
            RawBlock::Table { header, rows } => header.iter().chain(rows.iter().flatten()).for_each(&mut *visit),
        }
    }
}

/// The mark that is open.
struct Open {
    mark: usize,
    side: Side,
    /// Where it opened.
    place: Place,
    /// Whether anything stands before it in the paragraph in which it opened.
    follows_text: bool,
    /// Whether its old side has any text; always `false` but for a replacement.
    has_old: bool,
    /// The marks that stand for one side of a replacement, once needed: old, new.
    sides: [Option<usize>; 2],
}

/// What holds for the runs at one point of a paragraph.
#[derive(Default)]
struct Look {
    strong: bool,
    periods: Vec<PeriodId>,
}

/// The break between the last paragraph and the next, where paragraphs between them were none.
type Pending = Option<Option<usize>>;

struct Weaver<'a> {
    file: FileId,
    marks: Vec<Mark>,
    actions: std::vec::IntoIter<Action>,
    open: Option<Open>,
    withholding: Withholding,
    diagnostics: &'a mut Diagnostics,
}

impl Weaver<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn sequence(&mut self, raw: Vec<RawBlock>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut pending: Pending = None;
        for block in raw {
            match block {
                RawBlock::Paragraph(paragraph) if stands_alone(&paragraph.tokens) => {
                    blocks.extend(self.fragment(paragraph));
                    pending = None;
                }
                RawBlock::Paragraph(paragraph) => self.paragraph_block(paragraph, &mut pending, &mut blocks),
                RawBlock::List { start, items } => {
                    let items: Vec<Vec<Block>> =
                        items.into_iter().map(|item| self.sequence(item)).filter(|item| !item.is_empty()).collect();
                    if !items.is_empty() {
                        blocks.push(Block::List { start, items });
                        pending = None;
                    }
                }
                RawBlock::Table { header, rows } => {
                    let header = self.cells(header);
                    let rows = rows.into_iter().map(|row| self.cells(row)).collect();
                    blocks.push(Block::Table { header, rows });
                    pending = None;
                }
            }
        }
        blocks
    }

    fn cells(&mut self, raw: Vec<RawParagraph>) -> Vec<Paragraph> {
        raw.into_iter().map(|cell| Paragraph { runs: self.runs(cell, Preceded::No), ..Paragraph::default() }).collect()
    }

    fn paragraph_block(&mut self, raw: RawParagraph, pending: &mut Pending, blocks: &mut Vec<Block>) {
        let own = self.break_mark(raw.place);
        let break_mark = match *pending {
            Some(earlier) if !self.do_the_same(earlier, own) => None,
            _ => own,
        };
        let preceded = if break_mark.is_some() { Preceded::Yes } else { Preceded::No };
        let runs = self.runs(raw, preceded);
        if runs.iter().all(|run| run.kind.is_blank()) {
            *pending = Some(break_mark);
        } else {
            blocks.push(Block::Paragraph(Paragraph { runs, break_mark, used_at: None }));
            *pending = None;
        }
    }

    /// The mark that the break before a paragraph at this place belongs to.
    fn break_mark(&mut self, place: Place) -> Option<usize> {
        let open = self.open.as_ref()?;
        (open.place.is_beside(place) && (open.follows_text || open.has_old && open.side == Side::New))
            .then(|| self.one_sided())
            .flatten()
    }

    /// Whether two breaks go in the same views, so that one may stand for both.
    fn do_the_same(&self, one: Option<usize>, other: Option<usize>) -> bool {
        one.map(|mark| self.marks[mark].kind) == other.map(|mark| self.marks[mark].kind)
    }

    /// The open mark, or, where it is a replacement, the mark that stands for the side we are on.
    fn one_sided(&mut self) -> Option<usize> {
        let open = self.open.as_mut()?;
        let whole = &self.marks[open.mark];
        if whole.kind != MarkKind::Replaced {
            return Some(open.mark);
        }
        let (slot, kind) = match open.side {
            Side::Old => (0, MarkKind::Deleted),
            Side::New => (1, MarkKind::Inserted),
        };
        if open.sides[slot].is_none() {
            open.sides[slot] = Some(self.marks.len());
            let side = Mark { kind, ..whole.clone() };
            self.marks.push(side);
        }
        open.sides[slot]
    }

    /// Follows a mark token; `true` where it is text after all.
    fn follow(&mut self, place: Place, follows_text: bool) -> bool {
        match self.actions.next() {
            Some(Action::Begin(mark)) => {
                let side = match self.marks[mark].kind {
                    MarkKind::Inserted => Side::New,
                    MarkKind::Deleted | MarkKind::Replaced => Side::Old,
                };
                self.open = Some(Open { mark, side, place, follows_text, has_old: false, sides: [None; 2] });
            }
            Some(Action::Turn) => {
                if let Some(open) = &mut self.open {
                    open.side = Side::New;
                }
            }
            Some(Action::End) => self.open = None,
            Some(Action::Keep) => return true,
            Some(Action::Drop) | None => {}
        }
        false
    }

    /// The uses of a paragraph in which nothing but fragments and marks stand.
    fn fragment(&mut self, raw: RawParagraph) -> Vec<Block> {
        let mut uses = Vec::new();
        for token in raw.tokens {
            if token.kind.is_mark() {
                self.follow(raw.place, false);
            } else if let TokenKind::Fragment(id) = token.kind {
                let mark = self.one_sided();
                self.note_old();
                let withheld = self.withholding.current();
                uses.push(Block::Fragment { id, mark, withheld, span: self.span(token.range) });
            } else {
                self.withhold(&token, raw.place);
            }
        }
        uses
    }

    /// Remembers that the old side of a replacement has text.
    fn note_old(&mut self) {
        if let Some(open) = &mut self.open
            && open.side == Side::Old
        {
            open.has_old = true;
        }
    }

    fn runs(&mut self, raw: RawParagraph, preceded: Preceded) -> Vec<Run> {
        let mut runs: Vec<(Run, Spelled)> = Vec::new();
        let mut look = Look::default();
        let mut follows_text = preceded == Preceded::Yes;
        for token in raw.tokens {
            if self.withhold(&token, raw.place) {
                continue;
            }
            let Token { kind, range, letters } = token;
            let mut letters = letters;
            let kind = match kind {
                TokenKind::Text(text) => RunKind::Text(text),
                TokenKind::Code(code) => RunKind::Code(code),
                TokenKind::Break => RunKind::Break,
                TokenKind::Term(name) => RunKind::Term(name),
                TokenKind::Fragment(id) => {
                    self.diagnostics.push(Diagnostic::new(Code::FragmentInline, Span::new(self.file, range.clone())));
                    letters = Spelled::lump(range.clone());
                    RunKind::Text(format!("{{{{> {id}}}}}"))
                }
                TokenKind::Strong => {
                    look.strong = !look.strong;
                    continue;
                }
                TokenKind::PeriodOpen(ids) => {
                    look.periods = ids;
                    continue;
                }
                TokenKind::PeriodClose => {
                    look.periods.clear();
                    continue;
                }
                TokenKind::Open(_) | TokenKind::Arrow | TokenKind::Close(..) => {
                    if !self.follow(raw.place, follows_text) {
                        continue;
                    }
                    letters = Spelled::lump(range.clone());
                    RunKind::Text("~>".to_owned())
                }
                TokenKind::Soft | TokenKind::WithheldOpen | TokenKind::WithheldClose => continue,
            };
            follows_text |= !kind.is_blank();
            self.push(&mut runs, (kind, letters), &look, range);
        }
        let whole = |(run, spelled): (Run, Spelled)| {
            let place = run.span.map_or(0..0, |span| span.start..span.end);
            Run { letters: spelled.at(&place), ..run }
        };
        runs.into_iter().map(whole).collect()
    }

    /// Follows the beginning or the end of a withheld part; `false` for any other token.
    fn withhold(&mut self, token: &Token, place: Place) -> bool {
        let at = Span::new(self.file, token.range.clone());
        let mark = self.open.as_ref().map(|open| (open.mark, open.side));
        match token.kind {
            TokenKind::WithheldOpen => self.withholding.begin(at, place, mark, self.diagnostics),
            TokenKind::WithheldClose => self.withholding.close(at, place, mark, self.diagnostics),
            _ => return false,
        }
        true
    }

    /// Adds a run, or lengthens the last where they look the same.
    fn push(
        &mut self,
        runs: &mut Vec<(Run, Spelled)>,
        (kind, spelled): (RunKind, Spelled),
        look: &Look,
        range: Range<usize>,
    ) {
        self.note_old();
        let mark = self.open.as_ref().map(|open| (open.mark, open.side));
        let withheld = self.withholding.current();
        let span = self.span(range);
        if let RunKind::Text(more) = &kind
            && let Some((last, letters)) = runs.last_mut()
            && last.strong == look.strong
            && last.mark == mark
            && last.withheld == withheld
            && last.periods == look.periods
            && let RunKind::Text(text) = &mut last.kind
        {
            letters.extend(text.len(), spelled);
            text.push_str(more);
            last.span = last.span.map(|before| before.to(span));
            return;
        }
        let periods = look.periods.clone();
        let letters = Letters::default();
        runs.push((Run { kind, strong: look.strong, mark, periods, withheld, span: Some(span), letters }, spelled));
    }
}

/// Whether a paragraph's beginning already follows something, because its break belongs to a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preceded {
    Yes,
    No,
}

/// Whether a paragraph consists of uses of fragments: one, or one on each side of an arrow.
fn stands_alone(tokens: &[Token]) -> bool {
    let mut uses = 0;
    let mut arrows = 0;
    for token in tokens {
        match &token.kind {
            TokenKind::Fragment(_) => uses += 1,
            TokenKind::Arrow => arrows += 1,
            TokenKind::Open(_) | TokenKind::Close(..) | TokenKind::WithheldOpen | TokenKind::WithheldClose => {}
            TokenKind::Text(text) if text.trim().is_empty() => {}
            _ => return false,
        }
    }
    uses == 1 || (uses == 2 && arrows == 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sketch::{View, parsed, sketch, view};
    use super::*;

    fn both(source: &str) -> (Vec<String>, Vec<String>) {
        let (text, diagnostics) = parsed(source);
        assert!(diagnostics.is_empty(), "{source}: {diagnostics:?}");
        (view(&text, View::Before), view(&text, View::After))
    }

    #[test]
    fn a_mark_on_lines_of_its_own_covers_whole_paragraphs() {
        let source = "零。\n\n{++\n\n段落一。\n\n段落二。\n\n++}\n\n三。";
        assert_eq!(sketch(&parsed(source).0), "零。 / +0(段落一。) / +0(段落二。) / 三。");
        assert_eq!(both(source).0, ["零。", "三。"]);
    }

    #[test]
    fn a_mark_that_opens_inside_a_paragraph_takes_the_breaks_with_it() {
        let source = "文一。{++追記一。\n\n追記二。++}";
        assert_eq!(sketch(&parsed(source).0), "文一。+0(追記一。) /0 +0(追記二。)");
        assert_eq!(both(source), (vec!["文一。".into()], vec!["文一。追記一。".into(), "追記二。".into()]));
    }

    #[test]
    fn splitting_and_joining_paragraphs_can_be_marked() {
        assert_eq!(both("一。{++\n\n++}二。"), (vec!["一。二。".into()], vec!["一。".into(), "二。".into()]));
        assert_eq!(both("一。{--\n\n--}二。"), (vec!["一。".into(), "二。".into()], vec!["一。二。".into()]));
    }

    #[test]
    fn a_close_at_the_beginning_of_a_paragraph_leaves_the_rest_of_it() {
        assert_eq!(both("{--旧。\n\n--}新。"), (vec!["旧。".into(), "新。".into()], vec!["新。".into()]));
    }

    #[test]
    fn each_side_of_a_replacement_has_its_own_breaks() {
        let source = "文。{~~旧一。\n\n旧二。~>新一。\n\n新二。~~}";
        assert_eq!(sketch(&parsed(source).0), "文。-0(旧一。) /1 -0(旧二。)+0(新一。) /2 +0(新二。)");
        let (before, after) = both(source);
        assert_eq!(before, ["文。旧一。", "旧二。"]);
        assert_eq!(after, ["文。新一。", "新二。"]);
        assert_eq!(both("{~~旧。~>新一。\n\n新二。~~}続き。").0, ["旧。続き。"]);
        assert_eq!(both("文。{~~旧。\n\n~>~~}続き。").1, ["文。続き。"]);
    }

    #[test]
    fn a_mark_covers_the_lists_tables_and_fragments_between() {
        let source = "{++\n\n- 一\n  - 二\n\n{{> f}}\n\n| a | b |\n|---|---|\n| c | |\n\n++}";
        assert_eq!(sketch(&parsed(source).0), "[+0(一) / [+0(二)]] / +0<f> / |+0(a)|+0(b)|+0(c)||");
    }

    #[test]
    fn a_mark_may_cover_items_of_one_list() {
        assert_eq!(sketch(&parsed("- {++a\n- b++}c").0), "[+0(a); +0(b)c]");
        assert_eq!(sketch(&parsed("- x{++a\n- b++}").0), "[x+0(a); /0 +0(b)]");
        assert_eq!(sketch(&parsed("- a\n- {++\n- b++}").0), "[a; +0(b)]");
    }

    #[test]
    fn fragments_stand_alone_or_are_an_error() {
        assert_eq!(sketch(&parsed("{--{{> a}}--}\n\n{~~{{> b}}~>{{> c}}~~}").0), "-0<a> / -2<b> / +3<c>");
        let (text, diagnostics) = parsed("前{{> a}}");
        assert_eq!((sketch(&text), diagnostics), ("前{{> a}}".into(), vec!["H0216"]));
    }

    #[test]
    fn runs_that_look_the_same_are_one() {
        let (text, _) = parsed("文一\n文\\_二**強**{?p q:期?}");
        assert_eq!(sketch(&text), "文一文_二**(強)?p q(期)");
        let Block::Paragraph(paragraph) = &text.blocks[0] else { panic!("a paragraph") };
        let places: Vec<_> =
            paragraph.runs.iter().filter_map(|run| run.span).map(|span| span.start..span.end).collect();
        assert_eq!(places, [0..15, 17..20, 28..31]);
    }

    /// Balanced source of paragraphs, and what is left of it when each mark is taken out as text.
    fn marked() -> impl Strategy<Value = (String, String, String)> {
        let words = "[あ-お]{0,2}(\n\n)?[か-こ]{0,2}(\n\n)?";
        let piece = (0..4_usize, words, words).prop_map(|(kind, one, two)| match kind {
            0 => (one.clone(), one.clone(), one),
            1 => (format!("{{++{one}++}}"), String::new(), one),
            2 => (format!("{{--{one}--}}"), one, String::new()),
            _ => (format!("{{~~{one}~>{two}~~}}"), one, two),
        });
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| {
            let part = |of: fn(&(String, String, String)) -> &str| pieces.iter().map(of).collect::<String>();
            (part(|piece| &piece.0), part(|piece| &piece.1), part(|piece| &piece.2))
        })
    }

    proptest! {
        #[test]
        fn a_view_is_the_source_without_the_marks((source, before, after) in marked()) {
            let plain = |source: &str| view(&parsed(source).0, View::After);
            prop_assert_eq!(both(&source), (plain(&before), plain(&after)), "{}", source);
        }
    }
}
