//! The marks of an item（印）: what each changes, and an order to take some back or to give them to another change.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::entry::hash;
use super::fault::Fault;
use super::live::Live;
use super::saving::may_write;
use crate::change::{Unit, UnitKind};
use crate::desk::{MarkThen, UnmarkOrder, unmark};
use crate::diagnostic::SourceMap;
use crate::markup::{Block, Mark, MarkKind, Paragraph, RunKind, Side, Text};
use crate::model::Content;
use crate::name::{CaseId, ChangeId, Slug};

/// A mark as the browser shows it（印のひとまとまり）.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Group {
    /// Its change; empty: none is named.
    change: ChangeId,
    /// What it takes away; empty: nothing.
    old: String,
    /// What it adds; empty: nothing.
    new: String,
    /// Whether it takes in a whole row, record or box.
    whole: bool,
    /// Whether that is there only before the change.
    gone: bool,
    /// What it is asked for by.
    #[serde(flatten)]
    place: Place,
    /// Where it stands, as `file:line`.
    at_line: String,
}

/// Where a mark stands in a file that the browser has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The file.
    path: String,
    /// The byte at which the mark begins.
    at: usize,
    /// What the file was known by.
    seen: String,
}

/// The marks of texts, and those that are in no text with the words of their box; each once.
pub(super) fn groups(texts: &[&Text], beside: &[(&Mark, &str)], sources: &SourceMap) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let mut push = |group: Group| {
        if !found.iter().any(|known| known.place == group.place) {
            found.push(group);
        }
    };
    for (mark, words) in beside {
        let (old, new) = match mark.kind {
            MarkKind::Deleted => ((*words).to_owned(), String::new()),
            MarkKind::Inserted | MarkKind::Replaced => (String::new(), (*words).to_owned()),
        };
        push(Group { old, new, whole: true, ..group(mark, sources) });
    }
    for text in texts {
        for (at, mark) in text.marks.iter().enumerate() {
            let side = |side: Side| words_of(&text.blocks, (at, side)).join("\n");
            let (old, new) = (side(Side::Old), side(Side::New));
            push(Group { old, new, ..group(mark, sources) });
        }
    }
    found
}

/// The marks of a changed row of a list of changes.
pub(super) fn groups_of(unit: &Unit<'_>, sources: &SourceMap) -> Vec<Group> {
    let remarks;
    let texts: Vec<&Text> = match &unit.kind {
        UnitKind::Row(row) => row.content.texts(),
        UnitKind::Record(rows) => rows.iter().flat_map(|row| row.content.texts()).collect(),
        UnitKind::Title(band) => vec![&band.label],
        UnitKind::Ticks(_) => Vec::new(),
        UnitKind::Figure(page) => {
            std::iter::once(&page.title).chain(page.nodes.iter().map(|node| &node.label)).collect()
        }
        UnitKind::Remarks(page) => {
            remarks = page.remarks_text();
            vec![&remarks]
        }
        UnitKind::Records(list) => vec![&list.text],
    };
    let label_of = |mark: &Mark| {
        let checks = match &unit.kind {
            UnitKind::Row(row) => match &row.content {
                Content::Checks { checks, .. } => checks.as_slice(),
                Content::Text(_) | Content::Line(_) | Content::Choice { .. } => &[],
            },
            UnitKind::Ticks(band) => band.ticks.as_slice(),
            UnitKind::Record(_)
            | UnitKind::Title(_)
            | UnitKind::Figure(_)
            | UnitKind::Remarks(_)
            | UnitKind::Records(_) => &[],
        };
        let own = checks.iter().find(|check| check.mark.as_ref().is_some_and(|known| known.span == mark.span));
        own.map_or("", |check| check.label.as_str())
    };
    let in_texts = |mark: &Mark| texts.iter().any(|text| text.marks.iter().any(|known| known.span == mark.span));
    let beside = unit.marks.iter().map(|place| &place.mark).filter(|mark| !in_texts(mark));
    let beside: Vec<(&Mark, &str)> = beside.map(|mark| (mark, label_of(mark))).collect();
    groups(&texts, &beside, sources)
}

fn group(mark: &Mark, sources: &SourceMap) -> Group {
    let file = sources.get(mark.span.file);
    let path = sources.shown(mark.span.file);
    let line = file.text[..mark.span.start].matches('\n').count() + 1;
    Group {
        change: mark.change.clone(),
        old: String::new(),
        new: String::new(),
        whole: false,
        gone: mark.kind == MarkKind::Deleted,
        at_line: format!("{path}:{line}"),
        place: Place { path, at: mark.span.start, seen: hash(&file.text) },
    }
}

/// The words of one side of a mark, paragraph by paragraph.
fn words_of(blocks: &[Block], wanted: (usize, Side)) -> Vec<String> {
    let of = |paragraph: &Paragraph| {
        let runs = paragraph.runs.iter().filter(|run| run.mark == Some(wanted));
        let words: String = runs
            .map(|run| match &run.kind {
                RunKind::Text(text) | RunKind::Code(text) => text.clone(),
                RunKind::Break => "\n".to_owned(),
                RunKind::Term(name) => format!("{{{{{name}}}}}"),
            })
            .collect();
        (!words.is_empty()).then_some(words)
    };
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.extend(of(paragraph)),
            Block::List { items, .. } => found.extend(items.iter().flat_map(|item| words_of(item, wanted))),
            Block::Table { header, rows } => {
                let cells: Vec<String> = header.iter().chain(rows.iter().flatten()).filter_map(of).collect();
                found.extend((!cells.is_empty()).then(|| cells.join(" ｜ ")));
            }
            Block::Fragment { .. } => {}
        }
    }
    found
}

/// What a browser asks to be done with marks.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct UnmarkAsked {
    /// Slug of the municipality.
    town: Slug,
    /// Case.
    case: CaseId,
    /// Which marks.
    marks: Vec<Place>,
    /// The change that they shall belong to; none: they are taken back.
    change: Option<ChangeId>,
    /// The name of the item, for the step.
    #[serde(default)]
    name: String,
}

/// Takes marks back, or gives them to another change.
pub(super) fn settle_marks(live: &Live, asked: &UnmarkAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let known = live.town(&asked.town)?;
    let sources = &known.workspace.sources;
    for place in &asked.marks {
        let file = sources.find(Path::new(&place.path)).ok_or(Fault::Unknown)?;
        if hash(&sources.get(file).text) != place.seen {
            return Err(Fault::Moved);
        }
    }
    let order = UnmarkOrder {
        municipality: asked.town.clone(),
        case: asked.case.clone(),
        marks: asked.marks.iter().map(|place| (place.path.clone(), place.at)).collect(),
        then: asked.change.clone().map_or(MarkThen::TakeBack, MarkThen::MoveTo),
    };
    let session = live.session();
    let (checked, done) = session.with_concerned(
        &asked.town,
        |checked| unmark(checked, &order),
        |done| done.files.keys().cloned().collect(),
    )?;
    if !done.suffering.is_empty() {
        return Err(Fault::Others(done.suffering));
    }
    if done.marks < order.marks.len() || done.files.is_empty() {
        return Err(Fault::Unknown);
    }
    let what = match &order.then {
        MarkThen::TakeBack => format!("印の取消し（{}）", asked.name),
        MarkThen::MoveTo(change) => format!("印の付け替え（{}、{change}）", asked.name),
    };
    journal.write(&checked.workspace.sources, (&what, &done.files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state(), "marks": done.marks }))
}
