//! What stands on a sheet beside its cells: comments, text boxes, pictures.

use std::collections::BTreeSet;

use super::Parts;
use super::strings::RichReader;
use crate::source::workbook::words::{Strike, unescaped};
use crate::source::workbook::xml::{Step, attribute};
use crate::source::workbook::{Budget, Note, NoteKind, Place, Refusal, Unseen};

/// What was found.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) notes: Vec<Note>,
    pub(super) unseen: Vec<Unseen>,
}

/// Reads the parts that a sheet refers to.
pub(super) fn read(parts: &mut Parts<'_>, sheet: &str, budget: &mut Budget) -> Result<Beside, Refusal> {
    let mut found = Beside::default();
    let references: BTreeSet<(String, String)> = parts.references(sheet)?.into_values().collect();
    let of = |kind: &str| -> Vec<String> {
        references.iter().filter(|(found, _)| found == kind).map(|(_, part)| part.clone()).collect()
    };
    let mut threads = Vec::new();
    for part in of("threadedComment") {
        threads.extend(comments(parts, &part, "threadedComment", budget)?);
    }
    // A program that knows no threads finds each of them again as a comment.
    let threaded: BTreeSet<Option<Place>> = threads.iter().map(|note: &Note| note.place).collect();
    for part in of("comments") {
        let plain = comments(parts, &part, "comment", budget)?;
        found.notes.extend(plain.into_iter().filter(|note| !threaded.contains(&note.place)));
    }
    found.notes.extend(threads);
    for part in of("drawing") {
        drawing(parts, &part, &mut found, budget)?;
    }
    found.notes.sort_by_key(|note| note.place);
    Ok(found)
}

/// The comments of a part, by the cells that they hang on.
fn comments(parts: &mut Parts<'_>, part: &str, element: &str, budget: &mut Budget) -> Result<Vec<Note>, Refusal> {
    let mut notes = Vec::new();
    let mut place = None;
    let mut reader = RichReader::default();
    let mut threaded = String::new();
    let mut in_text = false;
    parts.walk(part, |step| {
        reader.step(&step)?;
        match step {
            Step::Open(start) if start.local_name().as_ref() == element => {
                place = attribute(start, "ref").and_then(|name| Place::of_label(&name));
                reader = RichReader::default();
                threaded.clear();
            }
            Step::Open(start) if start.local_name().as_ref() == "text" => in_text = true,
            Step::Text(text) if in_text && element != "comment" => threaded.push_str(text),
            Step::Close("text") => in_text = false,
            Step::Close(name) if name == element => {
                let text = reader.take().words(Strike::None).text + &unescaped(&threaded);
                let note = Note { kind: NoteKind::Comment, place, text: text.trim().to_owned() };
                budget.note(&note)?;
                notes.push(note);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(notes)
}

/// The text boxes of a drawing, by the cells at their upper left corners.
fn drawing(parts: &mut Parts<'_>, part: &str, found: &mut Beside, budget: &mut Budget) -> Result<(), Refusal> {
    let mut place = None;
    let (mut text, mut digits) = (String::new(), String::new());
    let (mut in_from, mut in_text, mut in_number) = (false, false, false);
    let mut corner = Place { row: 0, column: 0 };
    parts.walk(part, |step| {
        match step {
            Step::Open(start) => match start.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                    place = None;
                    text.clear();
                }
                "from" => in_from = true,
                "row" | "col" if in_from => {
                    in_number = true;
                    digits.clear();
                }
                "t" => in_text = true,
                "pic" => found.unseen = vec![Unseen::Pictures],
                "graphicData" if attribute(start, "uri").is_some_and(|uri| uri.contains("diagram")) => {
                    found.unseen = vec![Unseen::Pictures];
                }
                _ => {}
            },
            Step::Text(written) if in_text => text.push_str(written),
            Step::Text(written) if in_number => digits.push_str(written),
            Step::Text(_) => {}
            Step::Close(name) => match name {
                "from" => {
                    in_from = false;
                    place = Some(corner);
                }
                "row" | "col" if in_number => {
                    in_number = false;
                    let number = digits.trim().parse().unwrap_or(0);
                    if name == "row" { corner.row = number } else { corner.column = number }
                }
                "t" => in_text = false,
                "p" if !text.is_empty() => text.push('\n'),
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" if !text.trim().is_empty() => {
                    let text = text.trim().to_owned();
                    let note = Note { kind: NoteKind::TextBox, place, text };
                    budget.note(&note)?;
                    found.notes.push(note);
                }
                _ => {}
            },
        }
        Ok(())
    })
}
