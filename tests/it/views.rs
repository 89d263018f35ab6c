//! The three views of a text, held to each other over texts that are made up at random.

use hyoka::change::project;
use hyoka::diagnostic::{Diagnostics, SourceMap};
use hyoka::markup::{Block, Paragraph, Side, State, Text, parse_text};
use hyoka::model::manifest::View;
use proptest::prelude::*;

fn parse(source: &str) -> (Text, Diagnostics) {
    let mut sources = SourceMap::default();
    let file = sources.add("a.md", source);
    let mut diagnostics = Diagnostics::new();
    let text = parse_text(file, source, 0..source.len(), Some(&"change".into()), &mut diagnostics);
    (text, diagnostics)
}

/// The characters of a whole text, a line for each paragraph and cell.
fn lines(text: &Text) -> Vec<String> {
    fn walk(blocks: &[Block], out: &mut Vec<String>) {
        let line = |paragraph: &Paragraph| paragraph.runs.iter().map(|run| run.characters()).collect::<String>();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => out.push(line(paragraph)),
                Block::List { items, .. } => items.iter().for_each(|item| walk(item, out)),
                Block::Table { header, rows } => out.extend(header.iter().chain(rows.iter().flatten()).map(line)),
                Block::Fragment { .. } => {}
            }
        }
    }
    let mut out = Vec::new();
    walk(&text.blocks, &mut out);
    // Of a text that is gone altogether an empty paragraph keeps the place.
    out.retain(|line| !line.is_empty());
    out
}

/// Whether a run of a side still has characters.
fn shows(text: &Text, side: Side) -> bool {
    text.runs()
        .into_iter()
        .any(|run| matches!(run.mark, Some((_, found)) if found == side) && !run.characters().is_empty())
}

/// A piece of a paragraph: plain words, or words in a mark.
#[derive(Debug, Clone)]
enum Piece {
    Plain(String),
    Inserted(String),
    Deleted(String),
    Replaced(String, String),
}

impl Piece {
    fn source(&self) -> String {
        match self {
            Self::Plain(words) => words.clone(),
            Self::Inserted(words) => format!("{{++{words}++}}"),
            Self::Deleted(words) => format!("{{--{words}--}}"),
            Self::Replaced(old, new) => format!("{{~~{old}~>{new}~~}}"),
        }
    }

    /// What a person reads before or after the change.
    fn read(&self, state: State) -> &str {
        match (self, state) {
            (Self::Plain(words), _) | (Self::Inserted(words), State::After) | (Self::Deleted(words), State::Before) => {
                words
            }
            (Self::Replaced(old, _), State::Before) => old,
            (Self::Replaced(_, new), State::After) => new,
            (Self::Inserted(_), State::Before) | (Self::Deleted(_), State::After) => "",
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select(vec!["税", "国保", "第5条", "（略）", "AB", "、", "。", "ガバメント"]),
        1..4,
    )
    .prop_map(|parts| parts.concat())
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        3 => words().prop_map(Piece::Plain),
        1 => words().prop_map(Piece::Inserted),
        1 => words().prop_map(Piece::Deleted),
        1 => (words(), words()).prop_map(|(old, new)| Piece::Replaced(old, new)),
    ]
}

/// Paragraphs and items of a list, each a line of pieces.
fn page(piece: impl Strategy<Value = Piece>) -> impl Strategy<Value = Vec<(bool, Vec<Piece>)>> {
    proptest::collection::vec((any::<bool>(), proptest::collection::vec(piece, 1..5)), 1..6)
}

fn source(page: &[(bool, Vec<Piece>)]) -> String {
    let line = |(item, pieces): &(bool, Vec<Piece>)| {
        let words: String = pieces.iter().map(Piece::source).collect();
        format!("{}{words}\n\n", if *item { "- " } else { "" })
    };
    page.iter().map(line).collect()
}

/// What a person reads, a line for each paragraph in which something is left.
fn read(page: &[(bool, Vec<Piece>)], state: State) -> Vec<String> {
    let line = |(_, pieces): &(bool, Vec<Piece>)| pieces.iter().map(|piece| piece.read(state)).collect::<String>();
    page.iter().map(line).filter(|line| !line.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clean_shows_nothing_old_and_before_nothing_new(page in page(piece())) {
        let (text, diagnostics) = parse(&source(&page));
        prop_assert!(diagnostics.is_empty());
        prop_assert!(!shows(&project(&text, View::Clean), Side::Old));
        prop_assert!(!shows(&project(&text, View::Before), Side::New));
    }

    #[test]
    fn a_view_reads_as_if_the_marks_had_been_taken_out_by_hand(page in page(piece())) {
        let (text, _) = parse(&source(&page));
        prop_assert_eq!(lines(&project(&text, View::Clean)), read(&page, State::After));
        prop_assert_eq!(lines(&project(&text, View::Before)), read(&page, State::Before));
    }

    #[test]
    fn without_marks_all_views_are_the_text(page in page(words().prop_map(Piece::Plain))) {
        let (text, _) = parse(&source(&page));
        for view in [View::Clean, View::Marked, View::Before] {
            prop_assert_eq!(lines(&project(&text, view)), lines(&text));
        }
        prop_assert!(!text.is_marked());
    }

    #[test]
    fn marked_is_the_text_itself(page in page(piece())) {
        let (text, _) = parse(&source(&page));
        prop_assert_eq!(project(&text, View::Marked).into_owned(), text);
    }

    #[test]
    fn every_mark_keeps_its_place_in_every_view(page in page(piece())) {
        let (text, _) = parse(&source(&page));
        let places = |text: &Text| {
            let mut marks: Vec<usize> = text.runs().into_iter().filter_map(|run| Some(run.mark?.0)).collect();
            marks.sort_unstable();
            marks.dedup();
            marks
        };
        for view in [View::Clean, View::Before] {
            let shown = project(&text, view);
            // A text of which nothing is left has no place to keep.
            if !shown.is_empty() {
                prop_assert_eq!(places(&shown), places(&text));
            }
        }
    }

    #[test]
    fn nothing_that_is_typed_makes_the_parser_fail(source in "[税a \n\\-+{}~>?:*#|<`\\[\\]]{0,60}") {
        let (text, diagnostics) = parse(&source);
        for view in [View::Clean, View::Marked, View::Before] {
            let _ = project(&text, view);
        }
        for span in diagnostics.sorted().into_iter().filter_map(|diagnostic| diagnostic.span) {
            prop_assert!(source.get(span.start..span.end).is_some(), "{:?} is no place in {:?}", span, source);
        }
    }
}
