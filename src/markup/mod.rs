//! Markdown with CriticMarkup into a positioned tree.
//!
//! Input: the body of an entry file ([`parse_body`]), of a fragment ([`parse_text`]), or one string of the front matter
//! ([`parse_value`]). Output: [`Headed`] and [`Text`], flat trees whose every run knows its look, its mark, its periods and its
//! place, and the diagnostics of what could not be read. Nobody after this stage sees Markdown.
//!
//! It must not know which items, terms, fragments, periods and changes exist: it passes their names on.
//!
//! The way inside: `parse` reads blocks with pulldown-cmark and collects each paragraph's characters, `mistyped` puts braces of the
//! wrong width right, `scan` cuts the characters into tokens, `pair` joins the tokens of marks across paragraphs, `weave` writes the
//! tree.
//!
//! # What may be written
//! Headings `## id`, paragraphs, lists, tables, `**strong**`, code spans, a backslash at a line's end for a break and before a sign
//! that is text, character references, and hyoka's own braces. Nothing else: what CommonMark or another dialect would read and the
//! tree has no room for is an error that shows the author's own words put right, never dropped and never printed as signs. `outside`
//! has what CommonMark reads, `foreign` what it leaves as text. `docs/ja/02-genkou.md` has the table for the author.
//!
//! The numbers of a list are printed as they are typed, else they are an error.
//!
//! # Line breaks in the source
//! A line break inside of a paragraph is no change of the text. It is a space where both characters beside it belong to scripts that
//! part words with spaces (ASCII, Latin, Greek, Cyrillic, Hangul), and nothing everywhere else: between Japanese characters, and
//! between one and a digit or a Latin letter. What stands beside it is looked for across braces; a term counts as Japanese. White
//! space at a line's end or beginning belongs to the break. So a text may be wrapped anew at any place without a space, or at a space
//! between two words, and reads the same; a property test in `scan` holds it.
//!
//! # Limits
//! - Lists nest at most 8 deep ([`MAX_LIST_DEPTH`]); what is deeper is an error and becomes paragraphs of the item at the 8th level.
//! - A replacement needs two sides where the tree has room for one index: a break or a fragment inside `{~~…~>…~~}` refers to a
//!   *side mark*, a second [`Mark`] with the same change and span and the kind [`MarkKind::Deleted`] or [`MarkKind::Inserted`].
//!
//! # Which break belongs to a mark
//! A mark that spans paragraphs covers the breaks between them. Taking its text away must give what a person expects, so:
//!
//! 1. Where the mark opens with nothing before it in its paragraph, it covers whole paragraphs. Each vanishes when its text does,
//!    what follows the close stays a paragraph, and **no** break is marked. The opening alone in its paragraph is this case.
//! 2. Where something stands before it, each paragraph that begins inside the mark has [`Paragraph::break_mark`]: taken away, it
//!    joins the paragraph in which the mark opened. So `文一。{++追記一。⏎⏎追記二。++}` rejects to `文一。`, and
//!    `文一。{++⏎⏎++}文二。` (a paragraph was split) rejects to `文一。文二。`.
//! 3. On the new side of a replacement, the old text counts as something before.
//! 4. Whatever lies between, lists, tables and the paragraphs in them, vanishes with its text; no break there is marked. Later
//!    items of the list in which the mark opened count as paragraphs of rule 2.
//! 5. A paragraph of nothing but mark tokens is none. Two breaks that so become one are marked only if both are, by marks of one
//!    kind.
//!
//! # Withheld text
//! `{!…!}` encloses text that only the submission（提出用）shows. It reaches as far as a mark may: over paragraphs and blocks that are
//! siblings, over items of one list. It may stand inside a mark and marks may stand inside it, on one side of a replacement or
//! around all of it, but the two never cross. It does not nest. A run knows the part that it belongs to by that part's place.
//!
//! A view therefore takes the text away, joins at the marked breaks, and drops what is empty, in this order. It then reads as if
//! the marks had been taken out of the source by hand; a property test in `weave` holds both against each other.

mod edit;
mod excerpted;
mod foreign;
mod heading;
mod letters;
mod listing;
mod mask;
mod mistyped;
mod outside;
mod pair;
mod parse;
mod plain;
mod print;
mod read;
mod scan;
mod settle;
#[cfg(test)]
mod sketch;
mod spaced;
mod tree;
mod weave;
mod withheld;

pub use edit::{for_each_paragraph, withhold};
pub use letters::{Letters, Piece};
pub use parse::{Exactness, parse_body, parse_text, parse_value};
pub use plain::State;
pub use print::{Place, print, print_alike, print_open, print_row, print_runs};
pub use read::MAX_LIST_DEPTH;
pub use settle::settle;
pub use tree::{
    Block, Headed, Mark, MarkKind, MarkTokens, Merge, Origin, Paragraph, Register, Run, RunKind, Side, Text,
};
