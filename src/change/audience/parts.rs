//! What is withheld in a model: each part's place and characters, for those who prove that it is nowhere.

use std::sync::Arc;

use typst::utils::LazyHash;

use crate::diagnostic::Span;
use crate::markup::{Block, Paragraph, State, Text};
use crate::model::manifest::AnswerField;
use crate::model::{Case, Checklist, Comments, Content, Element, Filled, FilledSection, FlowPage, Municipality};
use crate::source::line_parts;

/// Something withheld（公表しない部分）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldPart {
    /// The part's place; `None` for a part of a line of settings.
    pub place: Option<Span>,
    /// Where its characters stand in the source, where that is known.
    pub stands: Vec<Span>,
    /// Its characters; empty for what has none, such as an arrow.
    pub text: String,
}

/// Everything that a case withholds, in no particular order; the same part once for each place it is printed in.
#[must_use]
pub fn withheld_parts(case: &Case) -> Vec<WithheldPart> {
    let mut found = Vec::new();
    line(&case.title, &mut found);
    for change in &case.changes.list {
        let change = &change.settings;
        lines([&change.reason, &change.changed_on, &change.timing_note, &change.exemption], &mut found);
        if let Some(row) = &change.row {
            [&row.item, &row.before, &row.after].into_iter().for_each(|words| line(words, &mut found));
        }
    }
    for row in &case.changes.history {
        lines([&row.changed_on, &row.item, &row.before, &row.after], &mut found);
        line(&row.timing_note, &mut found);
    }
    for summary in &case.changes.summary {
        line(&summary.settings.heading, &mut found);
        text(&summary.text, &mut found);
    }
    if let Some(settings) = &case.submission {
        lines([&settings.title, &settings.meeting, &settings.business, &settings.meeting_date], &mut found);
        lines([&settings.baseline, &settings.legend, &settings.division, &settings.basis.value], &mut found);
        for attachment in &settings.attachment {
            line(&attachment.number, &mut found);
            line(&attachment.title, &mut found);
        }
    }
    case.all_filled().for_each(|filled| form(filled, &mut found));
    if let Some(own) = &case.checklist {
        checklist(own, &mut found);
    }
    if let Some(own) = &case.comments {
        comments(own, &mut found);
    }
    found
}

fn comments(comments: &Comments, found: &mut Vec<WithheldPart>) {
    let settings = &comments.settings;
    let hearing = &settings.hearing;
    let lines = [&hearing.title.value, &hearing.ground, &hearing.contact].into_iter();
    let lines = lines.chain(&hearing.places).chain(hearing.outline.iter().map(|point| &point.text));
    let lines = lines.chain(hearing.way.iter().map(|way| &way.to));
    let lines = lines.chain(settings.group.iter().flat_map(|it| [&it.heading, &it.summary, &it.answer]));
    let lines =
        lines.chain(settings.opinion.iter().map(|opinion| &opinion.text.value)).chain(comments.reasons.values());
    lines.for_each(|words| line(words, found));
    comments.words.clone().each_line(&mut |words| line(words, found));
}

/// Everything that the settings of a municipality's documents withhold.
#[must_use]
pub fn withheld_lines(municipality: &Municipality) -> Vec<WithheldPart> {
    let mut found = Vec::new();
    for document in &municipality.documents {
        document.title_lines.iter().for_each(|words| line(words, &mut found));
        lines([&document.title, &document.footer, &document.footer_left, &document.header_right], &mut found);
        line(&document.legend.value, &mut found);
    }
    found
}

fn form(filled: &Filled, found: &mut Vec<WithheldPart>) {
    filled.registers.values().for_each(|own| text(own, found));
    filled.sections.iter().for_each(|own| found.extend_from_slice(&section(own)));
}

/// What a section withholds. It is remembered: whoever looks at a case asks for it, and an edit leaves most sections as they were.
#[comemo::memoize]
fn section(section: &LazyHash<FilledSection>) -> Arc<[WithheldPart]> {
    let mut found = Vec::new();
    section.texts().into_iter().for_each(|own| text(own, &mut found));
    line(&section.heading, &mut found);
    section.file_name.iter().for_each(|name| line(name, &mut found));
    for element in &section.elements {
        match element {
            Element::Band(band) => {
                whole(band.withheld, "", &mut found);
                band.ticks.iter().for_each(|tick| whole(tick.withheld, "", &mut found));
            }
            Element::Row(row) => {
                whole(row.withheld, "", &mut found);
                if let Content::Checks { checks, .. } = &row.content {
                    // A box's words are the form's; what is withheld is whether it is ticked.
                    checks.iter().for_each(|check| whole(check.withheld, "", &mut found));
                }
            }
            Element::Flow(page) => flow(page, &mut found),
            Element::Records(list) => line(&list.title, &mut found),
        }
    }
    found.into()
}

fn flow(page: &FlowPage, found: &mut Vec<WithheldPart>) {
    whole(page.withheld, "", found);
    page.arrows.iter().for_each(|arrow| whole(arrow.withheld, "", found));
    for node in &page.nodes {
        match (&node.host, node.withheld.or(page.withheld)) {
            (Some(host), Some(place)) => whole(Some(place), host, found),
            (Some(host), None) => line(host, found),
            (None, place) => whole(place, "", found),
        }
    }
}

fn checklist(checklist: &Checklist, found: &mut Vec<WithheldPart>) {
    line(&checklist.settings.title, found);
    checklist.texts.values().for_each(|own| text(own, found));
    for sheet in &checklist.settings.sheet {
        line(&sheet.title, found);
        for measure in &sheet.measure {
            let place = Span::new(checklist.file, measure.id.range.clone());
            let answer = &measure.answer;
            for (field, words) in [
                (AnswerField::State, ""),
                (AnswerField::Detail, answer.detail.as_str()),
                (AnswerField::Note, &answer.note),
                (AnswerField::Reason, &answer.reason),
            ] {
                let withheld = measure.withheld || answer.withheld.contains(&field);
                whole(withheld.then_some(place), words, found);
            }
        }
    }
}

fn whole(place: Option<Span>, words: &str, found: &mut Vec<WithheldPart>) {
    if let Some(place) = place {
        found.push(WithheldPart { place: Some(place), stands: Vec::new(), text: words.to_owned() });
    }
}

fn lines(all: [&String; 4], found: &mut Vec<WithheldPart>) {
    all.into_iter().for_each(|words| line(words, found));
}

fn line(words: &str, found: &mut Vec<WithheldPart>) {
    let parts = line_parts(words).filter(|part| part.withheld);
    found.extend(parts.map(|part| WithheldPart { place: None, stands: Vec::new(), text: part.text.to_owned() }));
}

fn text(text: &Text, found: &mut Vec<WithheldPart>) {
    if text.withheld().is_some() {
        blocks(&text.blocks, found);
    }
}

fn blocks(all: &[Block], found: &mut Vec<WithheldPart>) {
    for block in all {
        match block {
            Block::Paragraph(own) => paragraph(own, found),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, found)),
            Block::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| paragraph(cell, found));
            }
            Block::Fragment { .. } => {}
        }
    }
}

/// The parts of a paragraph, before and after the changes in them.
fn paragraph(paragraph: &Paragraph, found: &mut Vec<WithheldPart>) {
    for part in paragraph.runs.chunk_by(|one, next| one.withheld == next.withheld) {
        let Some(place) = part.first().and_then(|run| run.withheld) else { continue };
        let stands: Vec<Span> = part.iter().filter_map(|run| run.span).collect();
        let words = |state: State| -> String {
            part.iter().filter(|run| state.has(run.mark)).map(crate::markup::Run::characters).collect()
        };
        let (before, after) = (words(State::Before), words(State::After));
        if before != after {
            found.push(WithheldPart { place: Some(place), stands: stands.clone(), text: before });
        }
        found.push(WithheldPart { place: Some(place), stands, text: after });
    }
}
