//! What the fuzz targets run, and what `tests/it/corpus.rs` replays on a stable toolchain: each reader of other people's bytes, and
//! what must hold whatever they are. A reader never panics, and each place that it names lies in the file, on character boundaries.

use std::cell::LazyCell;

use hyoka::diagnostic::{Diagnostics, Lang, SourceMap, Tone, render, report, sarif, short};
use hyoka::markup::{Exactness, State, Text, parse_body, parse_text, parse_value, print};
use hyoka::model::manifest::{
    AssessmentToml, CaseToml, ChangesToml, ChecklistToml, EditionToml, EntryFront, FactsToml, FlowFront, FormDef,
    FragmentFront, MunicipalityToml, ReviewedToml, SubmissionToml,
};
use hyoka::source::{Shape, read_toml, split};

/// The values at the head of an entry, and every kind of TOML file; the first byte says which kind.
pub fn toml(bytes: &[u8]) {
    let Some((kind, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut sources = SourceMap::default();
    let file = sources.add("content/fuzz.toml", text);
    let mut found = Diagnostics::new();
    let whole = 0..text.len();
    let parts = split(file, text, &mut found);
    macro_rules! kinds {
        // A macro, because each kind is a type.
        ($($number:literal => $kind:ty),* $(,)?) => {
            match kind % 14 {
                $($number => {
                    thread_local!(static SHAPE: LazyCell<Shape<$kind>> = const { LazyCell::new(Shape::default) });
                    SHAPE.with(|shape| drop(read_toml(shape, file, text, whole, &mut found)));
                })*
                // The TOML between the lines of plus signs.
                _ => {
                    thread_local!(static SHAPE: LazyCell<Shape<EntryFront>> = const { LazyCell::new(Shape::default) });
                    let front = parts.map_or(0..0, |parts| parts.front);
                    SHAPE.with(|shape| drop(read_toml(shape, file, text, front, &mut found)));
                }
            }
        };
    }
    kinds! {
        0 => AssessmentToml, 1 => CaseToml, 2 => ChangesToml, 3 => ChecklistToml, 4 => EditionToml, 5 => EntryFront,
        6 => FactsToml, 7 => FlowFront, 8 => FormDef, 9 => FragmentFront, 10 => MunicipalityToml, 11 => ReviewedToml,
        12 => SubmissionToml,
    }
    holds(found, &sources);
}

/// The body of an entry file and of a fragment, behind a head of its own.
pub fn markdown(bytes: &[u8]) {
    let Ok(body) = std::str::from_utf8(bytes) else { return };
    let head = "+++\n+++\n前文";
    let text = format!("{head}{body}");
    let mut sources = SourceMap::default();
    let file = sources.add("content/fuzz.md", text.as_str());
    let mut found = Diagnostics::new();
    let range = head.len()..text.len();
    for headed in parse_body(file, &text, range.clone(), Some("change"), &mut found) {
        views(&headed.text);
        inside(&headed.text, &text);
    }
    let fragment = parse_text(file, &text, range, None, &mut found);
    views(&fragment);
    inside(&fragment, &text);
    holds(found, &sources);
}

/// The marks, terms and periods of one value, as it stands and as if it were escaped.
pub fn marks(bytes: &[u8]) {
    let Ok(value) = std::str::from_utf8(bytes) else { return };
    let text = format!("値 = \"{value}\"");
    let start = "値 = \"".len();
    let mut sources = SourceMap::default();
    let file = sources.add("content/fuzz.toml", text.as_str());
    let mut found = Diagnostics::new();
    for exact in [Exactness::Verbatim, Exactness::Escaped] {
        let parsed = parse_value(file, value, start..start + value.len(), exact, Some("change"), &mut found);
        views(&parsed);
        inside(&parsed, &text);
    }
    holds(found, &sources);
}

/// Each view of a text can be made and printed, and the view of a view is itself.
fn views(text: &Text) {
    for state in [State::Before, State::After] {
        let view = text.in_state(state);
        assert!(!view.is_marked(), "a view has no marks");
        assert_eq!(view.in_state(state), view, "a view is decided");
        let _ = (print(&view), view.characters(state));
    }
}

/// Each run's place lies in its file.
fn inside(text: &Text, source: &str) {
    for span in text.runs().into_iter().filter_map(|run| run.span) {
        assert!(source.get(span.start..span.end).is_some(), "{span:?} of {} bytes", source.len());
    }
}

/// Every message can be shown in every form.
fn holds(found: Diagnostics, sources: &SourceMap) {
    let found = found.settled();
    for diagnostic in found.sorted() {
        for span in diagnostic.span.into_iter().chain(diagnostic.related.iter().map(|related| related.span)) {
            let text = &sources.get(span.file).text;
            assert!(text.get(span.start..span.end).is_some(), "{:?} at {span:?} of {}", diagnostic.code, text.len());
        }
    }
    // The pretty form of a hundred thousand messages is slow and shows nothing new.
    if found.sorted().len() < 50 {
        let _ = render(&found, sources, Lang::Ja, Tone::Plain);
        let _ = (short(&found, sources, Lang::En), sarif(&found, sources, Lang::En), report(&found, sources, Lang::Ja));
    }
}
