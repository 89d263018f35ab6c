//! Links within a document: only those whose place the document has.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::tree::{Block, Document, Part, Place, Run, Section};

/// Takes away every link whose place is not in the document, or is there more than once.
pub(super) fn keep_living(document: &mut Document) {
    let mut places: BTreeMap<Place, usize> = BTreeMap::new();
    let mut found = |place: Place| *places.entry(place).or_default() += 1;
    for section in &document.sections {
        if !section.heading.is_empty() {
            found(Place::of_section(&section.id));
        }
        for block in &section.blocks {
            match block {
                Block::Band { path, .. } | Block::Records { path, titled: true, .. } if !path.is_nowhere() => {
                    found(Place::of_row(path));
                }
                Block::Flow(flow) => found(Place::of_row(&flow.path)),
                Block::Rows { rows } => rows.iter().for_each(|row| found(Place::of_row(&row.path))),
                // A list may show a row of the document once more.
                Block::Grid(grid) => {
                    let parts = grid.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts);
                    for part in parts {
                        match part {
                            Part::Rows { rows } => rows.iter().for_each(|row| found(Place::of_row(&row.path))),
                            Part::Flow(flow) => found(Place::of_row(&flow.path)),
                            Part::Rich { .. }
                            | Part::Line { .. }
                            | Part::Choice { .. }
                            | Part::Checks { .. }
                            | Part::Band { .. } => {}
                        }
                    }
                }
                Block::Band { .. }
                | Block::Records { .. }
                | Block::Rich { .. }
                | Block::Heading { .. }
                | Block::Line { .. } => {}
            }
        }
    }
    let lives = |place: &Place| places.get(place) == Some(&1);
    let dies = |section: &Section| lines(section).flatten().any(|run| run.to.as_ref().is_some_and(|to| !lives(to)));
    for section in document.sections.iter_mut().filter(|section| dies(section)) {
        for block in &mut Arc::make_mut(section).blocks {
            match block {
                Block::Line { runs, .. } => keep(runs, &lives),
                Block::Grid(grid) => {
                    for part in grid
                        .rows
                        .iter_mut()
                        .flat_map(|row| &mut Arc::make_mut(row).cells)
                        .flat_map(|cell| &mut cell.parts)
                    {
                        if let Part::Line { runs } = part {
                            keep(runs, &lives);
                        }
                    }
                }
                Block::Band { .. }
                | Block::Rows { .. }
                | Block::Rich { .. }
                | Block::Heading { .. }
                | Block::Flow(_)
                | Block::Records { .. } => {}
            }
        }
    }
}

/// The lines that may hold links: those by themselves, and those in the cells of a table.
fn lines(section: &Section) -> impl Iterator<Item = &Vec<Run>> {
    section.blocks.iter().flat_map(|block| {
        let (own, rows) = match block {
            Block::Line { runs, .. } => (Some(runs), [].as_slice()),
            Block::Grid(grid) => (None, grid.rows.as_slice()),
            Block::Band { .. }
            | Block::Rows { .. }
            | Block::Rich { .. }
            | Block::Heading { .. }
            | Block::Flow(_)
            | Block::Records { .. } => (None, [].as_slice()),
        };
        let in_cells = rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts);
        let in_cells = in_cells.filter_map(|part| if let Part::Line { runs } = part { Some(runs) } else { None });
        own.into_iter().chain(in_cells)
    })
}

fn keep(runs: &mut [Run], lives: &impl Fn(&Place) -> bool) {
    for run in runs {
        run.to = run.to.take().filter(|place| lives(place));
    }
}
