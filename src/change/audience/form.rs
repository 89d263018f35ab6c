//! Forms for an audience: rows, records, boxes, figures.

use std::sync::Arc;

use super::Editor;
use crate::diagnostic::Span;
use crate::markup::{Block, Origin, Paragraph, Run, Text};
use crate::model::manifest::{Align, Audience, ItemKind};
use crate::model::{Band, Check, Content, Element, Filled, FilledSection, FlowPage, ItemPath, Row, Whole};
use crate::name::NodeId;

impl Editor {
    pub(super) fn filled(&self, filled: &mut Filled) {
        for section in &mut filled.sections {
            self.section(&mut *Arc::make_mut(section));
        }
        filled.registers.values_mut().for_each(|text| self.text(text));
        if self.audience == Audience::Public {
            // Names of files may tell what is in them.
            filled.sources.clear();
            filled.groups.clear();
        }
    }

    fn section(&self, section: &mut FilledSection) {
        self.line(&mut section.heading);
        section.file_name.iter_mut().for_each(|name| self.line(name));
        section.subject.iter_mut().for_each(|subject| self.text(subject));
        let elements = std::mem::take(&mut section.elements);
        let mut elements = if self.audience == Audience::Public { self.without_wholes(elements) } else { elements };
        for element in &mut elements {
            self.element(element);
        }
        section.elements = elements;
    }

    /// Withheld records and figures as a bar and one row that says so; the paths of both tell nothing.
    fn without_wholes(&self, elements: Vec<Element>) -> Vec<Element> {
        let mut out = Vec::with_capacity(elements.len());
        let mut inside: Option<ItemPath> = None;
        let mut number = 0;
        for element in elements {
            match element {
                Element::Band(band) if band.withheld.is_some() && band.record.is_some() => {
                    number += 1;
                    inside.clone_from(&band.record);
                    self.record(band, number, &mut out);
                }
                Element::Band(Band { record: Some(_), .. }) => {
                    inside = None;
                    out.push(element);
                }
                Element::Band(_) if inside.is_some() && withheld(&element).is_some() => {}
                Element::Row(row) if inside.is_some() && row.record == inside => {}
                Element::Flow(page) if page.withheld.is_some() => {
                    number += 1;
                    self.page(page, number, &mut out);
                }
                other => out.push(other),
            }
        }
        out
    }

    fn record(&self, band: Band, number: usize, out: &mut Vec<Element>) {
        let path = band.path.beside(&format!("withheld-{number}"));
        let row = Row { record: Some(path.clone()), ..self.notice_row(&path, band.whole.clone()) };
        out.push(Element::Band(Band {
            record: Some(path.clone()),
            path,
            title: None,
            ticks: Vec::new(),
            withheld: None,
            ..band
        }));
        out.push(Element::Row(row));
    }

    fn page(&self, page: FlowPage, number: usize, out: &mut Vec<Element>) {
        let path = ItemPath::of(page.path.first()).join(&format!("withheld-{number}"));
        let row = self.notice_row(&path, page.whole.clone());
        out.push(Element::Band(Band {
            level: 2,
            label: page.title,
            important: false,
            ticks: Vec::new(),
            record: None,
            whole: page.whole,
            withheld: None,
            path,
            title: None,
            span: None,
            literal: None,
        }));
        out.push(Element::Row(Row { label: page.remarks_label, ..row }));
    }

    fn notice_row(&self, path: &ItemPath, whole: Option<Whole>) -> Row {
        Row {
            path: path.join("withheld"),
            item: "withheld".into(),
            kind: ItemKind::Fixed,
            label: String::new(),
            trail: Vec::new(),
            depth: 0,
            cluster: String::new(),
            cluster_important: false,
            important: false,
            shows_important: false,
            align: Align::Left,
            content: Content::Line(Text::plain(&self.notice)),
            record: None,
            whole,
            withheld: None,
            span: None,
            origin: Origin::Nowhere,
        }
    }

    fn element(&self, element: &mut Element) {
        match element {
            Element::Band(band) => {
                self.text(&mut band.label);
                band.title.iter_mut().for_each(|(_, title)| self.text(title));
                self.ticks(band);
                band.ticks.iter_mut().for_each(|tick| self.check(tick));
            }
            Element::Row(row) => self.row(row),
            Element::Flow(page) => self.flow(page),
            Element::Records(list) => {
                self.line(&mut list.title);
                self.text(&mut list.text);
            }
        }
    }

    /// A box of a bar that is withheld leaves the notice behind the bar's label.
    fn ticks(&self, band: &mut Band) {
        let all = band.ticks.len();
        if self.audience == Audience::Public {
            band.ticks.retain(|tick| tick.withheld.is_none());
        }
        if band.ticks.len() < all
            && let Some(Block::Paragraph(label)) = band.label.blocks.first_mut()
        {
            label.runs.push(Run::plain(&self.notice));
        }
    }

    fn row(&self, row: &mut Row) {
        for text in row.content.texts_mut() {
            self.text(text);
        }
        if self.audience == Audience::Submission {
            return;
        }
        let hides_boxes = matches!(&row.content, Content::Checks { checks, .. } if checks.iter().any(is_withheld));
        let hides_choice = matches!(&row.content, Content::Choice { .. }) && row.withheld.is_some();
        if hides_boxes {
            // Which boxes are ticked follows from those that are seen.
            let mut text = Text::plain(&self.notice);
            self.keep_marks(row, &mut text);
            row.content = Content::Line(text);
        } else if let Content::Choice { value, options, inline, .. } = &row.content
            && (hides_choice || !is_option(value, options))
        {
            let mut text = value.clone();
            for inline in inline {
                text.append(&inline.value);
                text.blocks = one_line(&text.blocks, (&inline.before, &inline.after));
            }
            row.content = Content::Line(text);
        } else if row.withheld.is_some() && row.content.texts().iter().all(|text| text.is_empty()) {
            row.content = Content::Line(Text::plain(&self.notice));
        }
        row.withheld = None;
    }

    /// A change to a row whose boxes are not shown remains a change.
    fn keep_marks(&self, row: &Row, text: &mut Text) {
        let Content::Checks { checks, .. } = &row.content else { return };
        let Some(Block::Paragraph(paragraph)) = text.blocks.first_mut() else { return };
        for check in checks {
            for mark in check.mark.iter().chain(check.text.iter().flat_map(|text| &text.marks)) {
                let side = if check.on { crate::markup::Side::New } else { crate::markup::Side::Old };
                paragraph.runs.push(Run { mark: Some((text.marks.len(), side)), ..Run::plain("") });
                text.marks.push(mark.clone());
            }
        }
    }

    fn check(&self, check: &mut Check) {
        let texts = check.text.iter_mut().chain(check.count.iter_mut().map(|count| &mut count.value));
        texts.for_each(|text| self.text(text));
    }

    fn flow(&self, page: &mut FlowPage) {
        let mut names: Vec<(NodeId, NodeId)> = Vec::new();
        for (index, node) in page.nodes.iter_mut().enumerate() {
            let hidden = node.withheld.is_some() || is_whole(&node.label);
            if self.audience == Audience::Public && hidden {
                let name = NodeId::from(format!("withheld-{}", index + 1));
                names.push((std::mem::replace(&mut node.id, name.clone()), name));
                node.host = None;
            }
            node.withheld = None;
            self.text(&mut node.label);
            node.host.iter_mut().for_each(|host| self.line(host));
        }
        self.text(&mut page.title);
        page.remarks.iter_mut().chain(&mut page.silent).for_each(|(_, text)| self.text(text));
        if self.audience == Audience::Public {
            page.arrows.retain(|arrow| arrow.withheld.is_none());
            for arrow in &mut page.arrows {
                for end in [Some(&mut arrow.from), Some(&mut arrow.to), arrow.via.as_mut()].into_iter().flatten() {
                    if let Some((_, name)) = names.iter().find(|(id, _)| id == end) {
                        end.clone_from(name);
                    }
                }
            }
        }
    }
}

/// A value and the number printed in its cell, as one line.
fn one_line(blocks: &[Block], (before, after): (&str, &str)) -> Vec<Block> {
    let mut runs: Vec<Run> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if let Block::Paragraph(paragraph) = block {
            if index > 0 && index + 1 == blocks.len() {
                runs.push(Run::plain(before));
            }
            runs.extend(paragraph.runs.iter().cloned());
        }
    }
    runs.push(Run::plain(after));
    vec![Block::Paragraph(Paragraph { runs, ..Paragraph::default() })]
}

fn withheld(element: &Element) -> Option<Span> {
    match element {
        Element::Band(band) => band.withheld,
        Element::Row(row) => row.withheld,
        Element::Flow(page) => page.withheld,
        Element::Records(list) => list.text.withheld(),
    }
}

fn is_withheld(check: &Check) -> bool {
    check.withheld.is_some()
}

/// Whether all of a text is withheld.
fn is_whole(text: &Text) -> bool {
    let runs = text.runs();
    !runs.is_empty() && runs.iter().all(|run| run.withheld.is_some())
}

/// Whether a choice, a notice in its place or not, still is one of the options.
fn is_option(value: &Text, options: &[String]) -> bool {
    use crate::markup::State;
    [State::Before, State::After].into_iter().all(|state| {
        let written = value.characters(state);
        written.is_empty() || options.contains(&written)
    })
}
