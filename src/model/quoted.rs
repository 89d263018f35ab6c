//! Items of another form that are printed here（引用）: `from` names one of its items, or many of them at once.
//!
//! | path | what is printed |
//! |---|---|
//! | `basic/work-name` | the item, as it is |
//! | `basic/system/*/system-name` | the item of every record, a line each |
//! | `file-overview/*/file-name` | the item of every file, a line each |
//! | `basic/department` (a bar) | every item below the bar, a line each behind its label |
//! | `basic/system` (a repeat group) | every record under its title, with its items behind their labels |
//! | `other-risk` (a section) | every item of the section, a line each behind its label |

use super::ItemPath;
use super::entries::Entries;
use super::fill::Filler;
use super::filled::{Content, Element, Filled, Row, Whole};
use super::item_path::ANY;
use super::manifest::{ItemDef, Repeats, SectionDef};
use super::values;
use crate::diagnostic::{Code, Diagnostic};
use crate::markup::{Block, Paragraph, Run, State, Text};

/// What a path names in a filled form（引用元）; `None` where it names nothing.
pub(super) fn quote(from: &Filled, path: &ItemPath) -> Option<Content> {
    if let Some(row) = from.row(path) {
        return Some(of_row(row));
    }
    if path.names_many() {
        return every(from, path).map(Content::Text);
    }
    below(from, path).map(Content::Text)
}

/// What an item repeats of its own section（再掲）, where it has no entry of its own.
///
/// Pushes [`Code::RepeatDiffers`] for an entry that says something else.
pub(super) fn repeated(
    filler: &mut Filler<'_, '_>,
    item: &ItemDef,
    repeats: &Repeats,
    entries: &Entries,
) -> Option<Content> {
    let own = values::content(filler, item, entries);
    let chosen = filler.text(entries, &repeats.by.value.last().into())?.characters(State::After);
    let section = filler.filling.form.section.iter().flat_map(SectionDef::all_items);
    let by = section.into_iter().find(|by| repeats.by.value == *by.id.value)?;
    let list = filler.filling.form.option_list(&by.options.as_ref()?.value)?;
    let at = list.labels.iter().position(|label| *label == chosen);
    let other = at.and_then(|at| repeats.of.get(at)).and_then(|other| filler.text(entries, &other.value.last().into()));
    let Some(other) = other.filter(|other| !other.is_empty()) else { return own };
    let Some(own) = own else { return Some(values::as_own(filler, item, Content::Text(other), entries)) };
    let said = |text: &Text| text.characters(State::After);
    let written = own.texts().first().map(|text| said(text)).unwrap_or_default();
    if written != said(&other) {
        let span = entries.values.get(&item.id.value).map(|value| value.span).or(entries.home);
        let differs = span.map_or_else(
            || Diagnostic::nowhere(Code::RepeatDiffers),
            |span| Diagnostic::new(Code::RepeatDiffers, span),
        );
        let differs = differs.with("label", &item.label).with("written", written).with("other", said(&other));
        filler.diagnostics.push(match other.span {
            Some(span) => differs.related(span),
            None => differs,
        });
    }
    Some(own)
}

/// The content of a row as text, withheld as a whole where the row is, and marked as a whole.
fn of_row(row: &Row) -> Content {
    let mut content = values::as_text(&row.content);
    if let Some(place) = row.withheld {
        content.texts_mut().into_iter().for_each(|text| text.withhold(place));
    }
    if let Some(whole) = &row.whole {
        content.texts_mut().into_iter().for_each(|text| mark(text, whole));
    }
    content
}

/// The item in every record or every file. A form that has the item, but no record yet, says nothing.
fn every(from: &Filled, wanted: &ItemPath) -> Option<Text> {
    let mut all = Text::default();
    for row in from.rows().filter(|row| row.path.fits(wanted)) {
        append(&mut all, None, of_row(row));
    }
    // A record's title is no row of its own.
    for element in from.sections.iter().flat_map(|section| &section.elements) {
        let Element::Band(band) = element else { continue };
        let Some((path, title)) = &band.title else { continue };
        if path.fits(wanted) {
            let mut content = Content::Text(title.clone());
            if let Some(whole) = &band.whole {
                content.texts_mut().into_iter().for_each(|text| mark(text, whole));
            }
            append(&mut all, None, content);
        }
    }
    (has_item(from, wanted) || !all.is_empty()).then_some(all)
}

/// Whether the form itself has an item of this shape.
fn has_item(from: &Filled, wanted: &ItemPath) -> bool {
    from.form.section(wanted.first()).is_some_and(|section| names(section).contains(wanted))
}

/// Every item of a section by the path that `from` uses: `*` for the file of a repeated section, and for the record of a group.
pub(super) fn names(section: &SectionDef) -> Vec<ItemPath> {
    let own = ItemPath::of(&section.id.value);
    let file = if section.repeat.is_some() { own.join(ANY) } else { own.clone() };
    let place = |path: ItemPath| {
        let mut ids = path.ids().skip(1);
        let first = ids.next().map_or_else(|| file.clone(), |id| file.join(id));
        ids.fold(first, |above, id| above.join(ANY).join(id))
    };
    section.paths().into_iter().map(place).chain([own.clone(), file.clone()]).collect()
}

/// Every item below a bar, a group or a section, behind its label.
fn below(from: &Filled, path: &ItemPath) -> Option<Text> {
    let mut all = Text::default();
    let mut found = false;
    for section in &from.sections {
        // Inside a bar: its level.
        let mut bar = None;
        for element in &section.elements {
            match element {
                Element::Band(band) => {
                    if bar.is_some_and(|level| band.level <= level) {
                        bar = None;
                    }
                    let is_record = band.record.as_ref().is_some_and(|record| record.is_in(path));
                    if band.path == *path {
                        bar = Some(band.level);
                        found = true;
                    } else if bar.is_some() || section.path.is_in(path) || is_record {
                        found = true;
                        let mut content = Content::Text(band.label.clone());
                        if let Some(whole) = &band.whole {
                            content.texts_mut().into_iter().for_each(|text| mark(text, whole));
                        }
                        append(&mut all, None, content);
                    }
                }
                Element::Row(row) if bar.is_some() || row.path.is_in(path) => {
                    found = true;
                    append(&mut all, Some(&row.label), of_row(row));
                }
                Element::Row(_) | Element::Flow(_) | Element::Records(_) => {}
            }
        }
        found = found || section.path == *path || *path == *section.def_id || from.groups.contains_key(path);
    }
    found.then_some(all)
}

/// Adds a content, behind a label where it has one; what is empty is passed over.
fn append(all: &mut Text, label: Option<&str>, content: Content) {
    for text in content.texts() {
        if text.is_empty() {
            continue;
        }
        let mut text = text.clone();
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            let run = Run::plain(format!("{label}　"));
            match text.blocks.first_mut() {
                Some(Block::Paragraph(Paragraph { runs, .. })) => runs.insert(0, run),
                _ => text.blocks.insert(0, Block::Paragraph(Paragraph { runs: vec![run], ..Paragraph::default() })),
            }
        }
        if let (true, Some(Block::Paragraph(first))) = (all.is_empty(), text.blocks.first_mut()) {
            // Nothing stands before it that it could join.
            first.break_mark = None;
        }
        all.append(&text);
    }
}

/// Marks what is not marked yet with the mark of the whole.
fn mark(text: &mut Text, whole: &Whole) {
    text.marks.push(whole.mark.clone());
    let mark = text.marks.len() - 1;
    crate::markup::for_each_paragraph(&mut text.blocks, &mut |paragraph| {
        paragraph.runs.iter_mut().for_each(|run| run.mark = run.mark.or(Some((mark, whole.side))));
        paragraph.break_mark = paragraph.break_mark.or(Some(mark));
    });
}
