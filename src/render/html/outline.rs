//! Heading levels, anchors and what the page needs at its head.

use serde::Serialize;

use crate::document::tree::{Block, Document, Part, Row, Section};

/// A table of contents stands where more sections than this have a heading.
const SECTIONS_WITHOUT_CONTENTS: usize = 3;

/// What the page needs to know of the whole document.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Outline {
    /// One entry per section.
    outline: Vec<SectionOutline>,
    /// Whether there is a table of contents.
    contents: bool,
    /// Whether there is a figure, whose arrow heads are defined once for the page.
    figures: bool,
}

/// Headings of one section.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct SectionOutline {
    /// Id of the section in the page. Numbered, since a section id may hold anything.
    anchor: String,
    /// Heading level of each block, from 2 to 6; 0 where it is none.
    levels: Vec<u8>,
}

/// The outline of a document. The title of the page is level 1, the heading of a section 2; no level is skipped on the way
/// down, whatever the form's own levels are, so that a screen reader's list of headings has no holes.
pub(super) fn outline(document: &Document) -> Outline {
    let sections = document.sections.iter().enumerate();
    let headed = document.sections.iter().filter(|section| !section.heading.is_empty()).count();
    Outline {
        outline: sections
            .map(|(index, section)| SectionOutline {
                anchor: format!("section-{}", index + 1),
                levels: levels(section),
            })
            .collect(),
        contents: headed > SECTIONS_WITHOUT_CONTENTS,
        figures: document.sections.iter().flat_map(|section| &section.blocks).any(has_figure),
    }
}

fn levels(section: &Section) -> Vec<u8> {
    let base = if section.heading.is_empty() { 1 } else { 2 };
    let mut above = base;
    let mut levels = Vec::new();
    for block in &section.blocks {
        let wanted = match block {
            // The form's level 2 stands under the heading of the section.
            Block::Band { level, .. } | Block::Heading { level, .. } => level.saturating_add(base).saturating_sub(1),
            Block::Rows { .. }
            | Block::Rich { .. }
            | Block::Line { .. }
            | Block::Flow(_)
            | Block::Records { .. }
            | Block::Grid(_) => {
                levels.push(0);
                continue;
            }
        };
        above = wanted.clamp(base + 1, 6).min(above + 1);
        levels.push(above);
    }
    levels
}

fn has_figure(block: &Block) -> bool {
    match block {
        Block::Flow(_) => true,
        Block::Rows { rows } => rows_have_figure(rows),
        Block::Grid(grid) => {
            grid.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.parts).any(part_has_figure)
        }
        Block::Band { .. }
        | Block::Rich { .. }
        | Block::Heading { .. }
        | Block::Line { .. }
        | Block::Records { .. } => false,
    }
}

fn rows_have_figure(rows: &[Row]) -> bool {
    rows.iter().flat_map(|row| &row.cell).any(part_has_figure)
}

fn part_has_figure(part: &Part) -> bool {
    match part {
        Part::Flow(_) => true,
        Part::Rows { rows } => rows_have_figure(rows),
        Part::Rich { .. } | Part::Line { .. } | Part::Choice { .. } | Part::Checks { .. } | Part::Band { .. } => false,
    }
}
