//! Marks that are not to be accepted: taken back, so that the text is as before, or given to another change.

use std::collections::{BTreeMap, BTreeSet};

use super::accepting::{drop_unused, texts};
use super::folding::{self, Emptied, Folding, literal};
use crate::Error;
use crate::change::{TextEdit, rename_body, rename_value};
use crate::diagnostic::{SourceMap, Span};
use crate::markup::{Mark, State};
use crate::model::{Library, Written};
use crate::name::{CaseId, CaseName, ChangeId, Slug};
use crate::session::{Checked, find};

/// An order on marks（印の取消し・付け替え）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmarkOrder {
    /// Slug of the municipality whose case shows them.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Which marks: the path of the file from the root, and the byte at which each begins there.
    pub marks: BTreeSet<(String, usize)>,
    /// What becomes of them.
    pub then: MarkThen,
}

/// What becomes of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkThen {
    /// What was added goes, what was deleted stands again.
    TakeBack,
    /// They belong to another change of the case, by its id.
    MoveTo(ChangeId),
}

/// What an order on marks comes to（印の始末の結果）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmarked {
    /// New texts of the files, by path from the root; none: the file goes.
    pub files: BTreeMap<String, Option<String>>,
    /// How many marks it was.
    pub marks: usize,
    /// Cases whose text before the changes would be another, since they have accepted the change of a shared
    /// text: with one of them nothing may be written.
    pub suffering: BTreeSet<CaseName>,
}

/// The files in which marks are taken back or given to another change.
///
/// What comes of it was read again: the text before the changes stays what it was in every case that was read.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case or change.
pub fn unmark(checked: &Checked, order: &UnmarkOrder) -> Result<Unmarked, Error> {
    let case = find(checked, &CaseName::new(&order.municipality, &order.case))?;
    let sources = &checked.workspace.sources;
    let asked = |span: Span| order.marks.contains(&(sources.shown(span.file), span.start));
    let marks = spans(&checked.library, sources).into_iter().filter(|span| asked(*span)).count();
    let before = texts(&checked.model, State::Before);
    let unlike = |files: &BTreeMap<String, Option<String>>| {
        let after = texts(&checked.draft(files).model, State::Before);
        let keys = before.keys().chain(after.keys());
        let unlike = keys.filter(|key| before.get(*key) != after.get(*key));
        unlike.map(|(case, _)| case.clone()).collect::<BTreeSet<CaseName>>()
    };
    match &order.then {
        MarkThen::MoveTo(change) => {
            if case.changes.get(change).is_none() {
                let known = case.changes.list.iter().map(|change| change.settings.id.value.clone());
                return Err(Error::no_such(("変更", "change"), change, &known.collect::<Vec<_>>()));
            }
            let files = folding::texts(&moved(&checked.library, sources, (&asked, change)), sources);
            let suffering = unlike(&files);
            Ok(Unmarked { files, marks, suffering })
        }
        MarkThen::TakeBack => {
            let folding = Folding { sources, marks: &|_, span| asked(span), to: State::Before };
            let taken = |emptied| {
                let mut files = folding.files(&checked.library, emptied);
                drop_unused(checked, &mut files);
                let suffering = unlike(&files);
                Unmarked { files, marks, suffering }
            };
            // A heading of which nothing is left goes, unless its being there says that the shared text does not count.
            let goes = taken(Emptied::Goes);
            if goes.suffering.is_empty() {
                return Ok(goes);
            }
            let stays = taken(Emptied::Stays);
            Ok(if stays.suffering.is_empty() { stays } else { goes })
        }
    }
}

/// Where the marks of all files stand.
fn spans(library: &Library, sources: &SourceMap) -> BTreeSet<Span> {
    let all = library.written(sources).into_iter().flat_map(|written| match written {
        Written::Body { text, .. } | Written::Value(text) => text.marks.iter().map(|mark| mark.span).collect(),
        Written::Inserted(_, span) | Written::Deleted(_, span) => vec![span],
    });
    all.collect()
}

fn moved(library: &Library, sources: &SourceMap, (asked, change): (&dyn Fn(Span) -> bool, &ChangeId)) -> Vec<TextEdit> {
    let marks = |mark: &Mark| asked(mark.span);
    let mut edits = Vec::new();
    for written in library.written(sources) {
        match written {
            Written::Body { text, .. } => edits.extend(rename_body(&text, &marks, change)),
            Written::Value(text) => {
                let place = literal(&text, sources);
                edits.extend(place.and_then(|(range, source)| rename_value(&text, range, source, (&marks, change))));
            }
            Written::Inserted(_, span) | Written::Deleted(_, span) if asked(span) => {
                edits.push(TextEdit::new(span.file, span.start..span.end, format!("\"{change}\"")));
            }
            Written::Inserted(..) | Written::Deleted(..) => {}
        }
    }
    edits
}
