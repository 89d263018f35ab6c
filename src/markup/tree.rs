//! A text as a flat, positioned tree: blocks of runs, each run with its look, its mark and its period.
//!
//! Nesting of looks is resolved here (a run is strong or not), so that a view is a filter over runs and nothing more.

use std::ops::Range;

use super::letters::Letters;
use crate::diagnostic::Span;
use crate::name::{ChangeId, FragmentId, PeriodId};

/// The text under one heading, or one value（本文）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// Paragraphs, lists and tables in order; may be empty.
    pub blocks: Vec<Block>,
    /// The marks that runs and fragment uses refer to by index.
    pub marks: Vec<Mark>,
    /// Where the whole text stands; `None` for text that no author wrote.
    pub span: Option<Span>,
    /// In what it stands there.
    pub origin: Origin,
}

/// In what an author writes a text（記載の仕方）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// In nothing: the program or the form put it together.
    #[default]
    Nowhere,
    /// In the body of a file, line by line.
    Body,
    /// In a value of TOML: its bytes, with the quotation marks of a string and the brackets of a list.
    Value(Range<usize>),
}

impl Text {
    /// The value of TOML that it stands in, with its quotation marks; `None` where it stands in a body or nowhere.
    #[must_use]
    pub fn literal(&self) -> Option<Span> {
        match (&self.origin, self.span) {
            (Origin::Value(range), Some(span)) => Some(Span::new(span.file, range.clone())),
            (Origin::Value(_) | Origin::Body | Origin::Nowhere, _) => None,
        }
    }
}

/// A block（段落・箇条書き・表）.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List {
        /// `Some(first)`: 1. 2. …; `None`: ・.
        start: Option<u64>,
        /// Each item's blocks; never empty once parsed.
        items: Vec<Vec<Block>>,
    },
    /// A table; a cell is one paragraph.
    Table {
        /// Header cells; may all be empty.
        header: Vec<Paragraph>,
        /// Rows of cells.
        rows: Vec<Vec<Paragraph>>,
    },
    /// The use of a fragment（共通文の呼出し）; replaced by its text in the model.
    Fragment {
        /// The fragment's id.
        id: FragmentId,
        /// The mark that encloses the use, as an index into [`Text::marks`].
        mark: Option<usize>,
        /// The withheld part that encloses the use.
        withheld: Option<Span>,
        /// Where the use stands.
        span: Span,
    },
}

/// A paragraph（段落）.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// Runs in order; empty only where a mark covers nothing but the break.
    pub runs: Vec<Run>,
    /// The mark that the break **before** this paragraph belongs to: rejected or accepted with it, the paragraph joins the one before.
    pub break_mark: Option<usize>,
    /// Where the fragment that it comes from is used in its text; `None` for what is written there itself.
    pub used_at: Option<Span>,
}

/// A run（文字列）: characters that share look, mark and period.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Run {
    /// What it is.
    pub kind: RunKind,
    /// Strong（強調）.
    pub strong: bool,
    /// Its mark, as an index into [`Text::marks`], and the side of it.
    pub mark: Option<(usize, Side)>,
    /// The periods in which it stands; empty: in all.
    pub periods: Vec<PeriodId>,
    /// The withheld part（公表しない部分）that it belongs to, told by its place; `None` for what everybody may read.
    pub withheld: Option<Span>,
    /// Where it stands; `None` for text that no author wrote there.
    pub span: Option<Span>,
    /// How its characters stand there.
    pub letters: Letters,
}

/// What a run is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RunKind {
    /// Characters.
    Text(String),
    /// A code span.
    Code(String),
    /// A hard line break.
    Break,
    /// `{{name}}`: a term or fact; replaced in the model.
    Term(String),
}

/// Which side of a change a run is on（旧・新）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Only before the change（削除）.
    Old,
    /// Only after it（追記）.
    New,
}

/// One mark（変更の印）: `{++…++}`, `{--…--}` or `{~~…~>…~~}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What it does.
    pub kind: MarkKind,
    /// The change it belongs to; empty until known, which is a diagnostic.
    pub change: ChangeId,
    /// Its opening brace.
    pub span: Span,
    /// Its tokens, where it is written in a text; `None` where a key of its own says it (`inserted = "…"`).
    pub tokens: Option<MarkTokens>,
}

/// Where the tokens of a mark stand（印の字句の位置）, as byte ranges in the file of [`Mark::span`].
///
/// **Shape**: all of a mark that is escaped in TOML are the range of the whole string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MarkTokens {
    /// `{++`, `{--` or `{~~`.
    pub open: Range<usize>,
    /// `~>`.
    pub arrow: Option<Range<usize>>,
    /// `++}`, `--}` or `~~}` and the change id after it.
    pub close: Range<usize>,
}

/// What a mark does（追記・削除・変更）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// 追記.
    Inserted,
    /// 削除.
    Deleted,
    /// 変更 (old and new text).
    Replaced,
}

/// Which of an item's texts（文体の別）.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    serde::Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Register {
    /// The form's（である調）.
    #[default]
    Form,
    /// For the public（です・ます）.
    Public,
    /// The short one for the overview（概要用）.
    Short,
}

/// How a municipality's text meets the base text（上書きの仕方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// It replaces it.
    Replace,
    /// It is appended.
    Append,
}

/// A text under its heading `## id`, `## id +`, `## id @short`（見出しと本文）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headed {
    /// The id in the heading: an item of the form, a step number, a summary item.
    pub id: String,
    /// The register named after it.
    pub register: Register,
    /// Whether `+` stands after it.
    pub merge: Merge,
    /// The text below it.
    pub text: Text,
    /// Where the heading's id stands.
    pub span: Span,
}

impl Text {
    /// A text of one plain run, for what the program itself says.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            blocks: vec![Block::Paragraph(Paragraph { runs: vec![Run::plain(text)], ..Paragraph::default() })],
            ..Self::default()
        }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

impl RunKind {
    /// Whether it shows nothing: a paragraph of nothing else is none.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

impl Run {
    /// A plain run that no author wrote.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            kind: RunKind::Text(text.into()),
            strong: false,
            mark: None,
            periods: Vec::new(),
            withheld: None,
            span: None,
            letters: Letters::AsWritten,
        }
    }
}
