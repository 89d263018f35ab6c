//! One difference between a frozen text and the text before the changes, and how a mark declares it.

use crate::diagnostic::{FileId, Span};

/// A difference outside of all marks（印のない違い）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What the edition says; empty: nothing.
    pub old: String,
    /// What the author's text says where no change is marked; empty: nothing.
    pub new: String,
    /// Where in the author's files; `None` where nothing is left there.
    pub span: Option<Span>,
    /// What kind it is.
    pub kind: DifferenceKind,
    /// How a mark declares it.
    pub patch: Patch,
}

/// What kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The words differ.
    Words,
    /// Only width, punctuation or white space differ（表記のみ）.
    Notation,
    /// The edition has it, and it is marked or said to be new（版にあるのに新規とされている）.
    CalledNew,
    /// The characters are the same, but lists, tables or strong are not（体裁のみ）.
    Shape,
}

/// How a mark declares a difference（印の付け方）. Offsets are bytes of the file; old text is Markdown, escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Patch {
    /// Characters of a body or of a string: `pieces` were inserted, `old` was deleted where the first stands, or at `at`.
    Phrase {
        /// The file.
        file: FileId,
        /// What is new; empty: nothing. More than one where markup of other kinds stands between.
        pieces: Vec<std::ops::Range<usize>>,
        /// Where the deleted text stands.
        at: usize,
        /// The deleted text, escaped for the place; empty: none.
        old: String,
    },
    /// Whole lines that were deleted: `lead`, the mark, `tail` are put in.
    Lines {
        /// The file.
        file: FileId,
        /// Where.
        at: usize,
        /// Before the mark.
        lead: String,
        /// What was deleted; of a table's row, its cells.
        old: Vec<String>,
        /// After it.
        tail: String,
    },
    /// A value of front matter, replaced by a string with a mark.
    Literal {
        /// The file.
        file: FileId,
        /// The value, quotes included.
        range: std::ops::Range<usize>,
        /// What it was, escaped as text.
        old: String,
        /// What it is, escaped as text.
        new: String,
    },
    /// Members of a list that were taken out.
    Member {
        /// The file.
        file: FileId,
        /// The list, brackets included.
        list: std::ops::Range<usize>,
        /// What they were.
        old: Vec<String>,
    },
    /// A key that was taken out of `[values]`.
    Key {
        /// The file.
        file: FileId,
        /// Name of the key.
        key: String,
        /// What it was.
        old: String,
    },
    /// A text whose heading was taken out.
    Heading {
        /// The file.
        file: FileId,
        /// Id of the heading.
        id: String,
        /// The text, as Markdown.
        old: String,
    },
    /// A table of its own（図の枠、矢印）that is new: `inserted = "…"` after the line of this place.
    Inserted {
        /// The line's place.
        span: Span,
    },
    /// None that the program can write.
    ByHand(ByHand),
}

/// Why a person has to mark it（手で付ける理由）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    /// It stands in the old text of a mark.
    InsideMark,
    /// A record, a box, an arrow or a remark is gone.
    Gone,
    /// It is written in no place of its own.
    NoPlace,
}
