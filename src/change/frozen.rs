//! Every text of a case as it stands before (or after) its changes, item by item: what an edition holds.
//!
//! Input: a case. Output: [`FrozenItem`]s in print order, their places in the author's files kept. Fixed texts of the form are left
//! out: no author wrote them.

use std::collections::BTreeSet;
use std::sync::Arc;

use typst::utils::LazyHash;

use crate::markup::{Block, Paragraph, Run, State, Text};
use crate::model::manifest::{ItemKind, MeasureState};
use crate::model::{
    Band, Case, Check, Content, Element, FilledSection, FlowArrow, FlowNode, FlowPage, RecordList, Row, Whole,
};

/// One item in one state, mostly before the changes（改定前の記載）.
#[derive(Debug)]
pub struct FrozenItem<'a> {
    /// File of an edition that it stands in, without the ending.
    pub file: String,
    /// Id of its heading there.
    pub id: String,
    /// Its text, without marks; empty where nothing stands there in this state.
    pub text: Text,
    /// What it is.
    pub kind: FrozenKind<'a>,
    /// The record it belongs to, by path.
    pub record: Option<&'a str>,
}

/// What a frozen item is.
#[derive(Debug, Clone, Copy)]
pub enum FrozenKind<'a> {
    /// A form row with its text as marked.
    Row(&'a Row, &'a Text),
    /// A value printed in another row's cell.
    Inline(&'a Row, &'a Text),
    /// The boxes of a row.
    Checks(&'a Row, &'a [Check]),
    /// A box in a bar, or in a row of its own.
    Tick(&'a Check),
    /// The title of a record.
    Title(&'a Band, &'a Text),
    /// The title of a figure.
    FigureTitle(&'a FlowPage),
    /// A box of a figure.
    Node(&'a FlowNode),
    /// An arrow of a figure.
    Arrow(&'a FlowArrow),
    /// A remark of a figure.
    Remark(&'a Text),
    /// An item list.
    Records(&'a RecordList),
    /// A protection measure.
    Measure(&'a Text),
}

impl FrozenItem<'_> {
    /// The key of the item in an edition.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.file, self.id)
    }
}

impl<'a> FrozenKind<'a> {
    /// The text with its marks, where it is one.
    #[must_use]
    pub fn marked(self) -> Option<&'a Text> {
        match self {
            Self::Row(_, text)
            | Self::Inline(_, text)
            | Self::Title(_, text)
            | Self::Remark(text)
            | Self::Measure(text) => Some(text),
            Self::FigureTitle(page) => Some(&page.title),
            Self::Node(node) => Some(&node.label),
            Self::Records(list) => Some(&list.text),
            Self::Checks(..) | Self::Tick(_) | Self::Arrow(_) => None,
        }
    }
}

/// All items of a case before or after its changes, in print order: its forms, then the checklist.
#[must_use]
pub fn frozen(case: &Case, state: State) -> Vec<FrozenItem<'_>> {
    let mut items = Vec::new();
    for form in &case.forms {
        let prefix = form.role.prefix();
        items.extend(form.filled.sections.iter().flat_map(|section| frozen_section(section, &prefix, state)));
    }
    items.extend(frozen_measures(case, state));
    items
}

/// The keys of all items of a case before or after its changes. Those of a section are remembered.
#[must_use]
pub fn frozen_keys(case: &Case, state: State) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = frozen_measures(case, state).iter().map(FrozenItem::key).collect();
    for form in &case.forms {
        let prefix = form.role.prefix();
        let sections = form.filled.sections.iter().map(|section| section_keys(section, &prefix, state));
        sections.for_each(|of_section| keys.extend(of_section.iter().cloned()));
    }
    keys
}

#[comemo::memoize]
fn section_keys(section: &LazyHash<FilledSection>, prefix: &str, state: State) -> Arc<[String]> {
    frozen_section(section, prefix, state).iter().map(FrozenItem::key).collect()
}

/// The measures of the checklist.
pub(super) fn frozen_measures(case: &Case, state: State) -> Vec<FrozenItem<'_>> {
    let mut items = Vec::new();
    if let Some(checklist) = &case.checklist {
        for measure in checklist.settings.sheet.iter().flat_map(|sheet| &sheet.measure) {
            let id = &measure.id.value;
            let Some(text) = checklist.texts.get(id) else { continue };
            let kind = FrozenKind::Measure(text);
            // A measure that is new against the baseline does not stand in it.
            let is_new = measure.state == Some(MeasureState::New);
            let text_then = if is_new && state == State::Before { Text::default() } else { in_state(text, state) };
            items.push(FrozenItem {
                file: "checklist".to_owned(),
                id: id.clone(),
                text: text_then,
                kind,
                record: None,
            });
        }
    }
    items
}

/// The text before or after all changes, with no period left in it.
fn in_state(text: &Text, state: State) -> Text {
    let mut text = text.in_state(state);
    crate::markup::for_each_paragraph(&mut text.blocks, &mut |paragraph| {
        paragraph.runs.iter_mut().for_each(|run| run.periods.clear());
    });
    if text.characters(state).trim().is_empty() { Text::default() } else { text }
}

/// The items of a section; `prefix` is that of its form.
pub(super) fn frozen_section<'a>(section: &'a FilledSection, prefix: &str, state: State) -> Vec<FrozenItem<'a>> {
    let mut items = Vec::new();
    let mut walk = Walk { section, file: format!("{prefix}{}", section.id), state, items: &mut items };
    for element in &section.elements {
        walk.element(element);
    }
    items
}

struct Walk<'a, 'i> {
    section: &'a FilledSection,
    file: String,
    state: State,
    items: &'i mut Vec<FrozenItem<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn text(&self, text: &Text) -> Text {
        in_state(text, self.state)
    }

    fn is_on(&self, check: &Check) -> bool {
        if self.state == State::Before { check.was_on } else { check.on }
    }

    /// A box: `true` where it is ticked, nothing where it is not.
    fn ticked(&self, tick: &Check) -> Text {
        if self.is_on(tick) { Text::plain("true") } else { Text::default() }
    }

    /// The boxes that are ticked, as a list.
    fn chosen(&self, checks: &[Check]) -> Text {
        let item = |check: &Check| {
            let withheld = check.withheld.or_else(|| check.text.as_ref().and_then(Text::withheld));
            let runs = vec![Run { withheld, ..Run::plain(chosen_text(check, self.state)) }];
            vec![Block::Paragraph(Paragraph { runs, break_mark: None })]
        };
        let items: Vec<Vec<Block>> = checks.iter().filter(|check| self.is_on(check)).map(item).collect();
        let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List { start: None, items }] };
        Text { blocks, ..Text::default() }
    }

    /// Whether something that is marked as a whole is not there.
    fn lacks(&self, whole: Option<&Whole>) -> bool {
        whole.is_some_and(|whole| !self.state.has(Some((0, whole.side))))
    }

    /// Adds an item; of what is not there as a whole nothing stands.
    fn add(&mut self, path: &str, text: Text, kind: FrozenKind<'a>, whole: Option<&Whole>, record: Option<&'a str>) {
        let inside = path.strip_prefix(&self.section.id).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
        // A heading's id is one word.
        let id: String = inside.chars().map(|letter| if letter.is_whitespace() { '_' } else { letter }).collect();
        let text = if self.lacks(whole) { Text::default() } else { text };
        self.items.push(FrozenItem { file: self.file.clone(), id, text, kind, record });
    }

    fn element(&mut self, element: &'a Element) {
        match element {
            Element::Band(band) => self.band(band),
            Element::Row(row) => self.row(row),
            Element::Flow(page) => self.flow(page),
            Element::Records(list) => {
                self.add(&list.path, self.text(&list.text), FrozenKind::Records(list), None, None);
            }
        }
    }

    fn band(&mut self, band: &'a Band) {
        if let Some((path, title)) = &band.title {
            let kind = FrozenKind::Title(band, title);
            self.add(path, self.text(title), kind, band.whole.as_ref(), band.record.as_deref());
        }
        for tick in &band.ticks {
            let path = format!("{}#{}", band.path, tick.label);
            self.add(&path, self.ticked(tick), FrozenKind::Tick(tick), band.whole.as_ref(), None);
        }
    }

    fn row(&mut self, row: &'a Row) {
        let (whole, record) = (row.whole.as_ref(), row.record.as_deref());
        match &row.content {
            _ if row.kind == ItemKind::Fixed => {}
            Content::Text(text) | Content::Line(text) => {
                self.add(&row.path, self.text(text), FrozenKind::Row(row, text), whole, record);
            }
            Content::Choice { value, inline, .. } => {
                self.add(&row.path, self.text(value), FrozenKind::Row(row, value), whole, record);
                for inline in inline {
                    let path = sibling(&row.path, &inline.item);
                    let kind = FrozenKind::Inline(row, &inline.value);
                    self.add(&path, self.text(&inline.value), kind, whole, record);
                }
            }
            Content::Checks { checks, .. } if row.kind == ItemKind::Tick => {
                for tick in checks {
                    self.add(&row.path, self.ticked(tick), FrozenKind::Tick(tick), whole, record);
                }
            }
            Content::Checks { checks, .. } => {
                self.add(&row.path, self.chosen(checks), FrozenKind::Checks(row, checks), whole, record);
                for count in checks.iter().filter_map(|check| check.count.as_ref()) {
                    let path = sibling(&row.path, &count.item);
                    let kind = FrozenKind::Inline(row, &count.value);
                    self.add(&path, self.text(&count.value), kind, whole, record);
                }
            }
        }
    }

    fn flow(&mut self, page: &'a FlowPage) {
        let whole = page.whole.as_ref();
        let path = page.figure_path();
        self.add(&format!("{path}/title"), self.text(&page.title), FrozenKind::FigureTitle(page), whole, None);
        for node in &page.nodes {
            let text = if self.lacks(node.whole.as_ref()) { Text::default() } else { self.text(&node.label) };
            self.add(&format!("{path}/node/{}", node.id), text, FrozenKind::Node(node), whole, None);
        }
        for arrow in &page.arrows {
            let text = if self.lacks(arrow.whole.as_ref()) { Text::default() } else { Text::plain(ends(arrow)) };
            let via = arrow.via.as_ref().map_or_else(String::new, |via| format!("/{via}"));
            let id = format!("{path}/arrow/{}/{}{via}/{}/{}", arrow.step, arrow.from, arrow.to, arrow.kind.id());
            // Two arrows of one step may join the same boxes.
            let twice = page.arrows.iter().take_while(|other| !std::ptr::eq(*other, arrow));
            let twice = twice.filter(|other| ends(other) == ends(arrow) && other.kind == arrow.kind).count();
            self.add(&format!("{id}{}", "+".repeat(twice)), text, FrozenKind::Arrow(arrow), whole, None);
        }
        for (step, text) in page.remarks.iter().chain(&page.silent) {
            let id = format!("{}/{step}", page.remarks_path());
            self.add(&id, self.text(text), FrozenKind::Remark(text), whole, None);
        }
    }
}

/// What an arrow joins: `① person → core`.
fn ends(arrow: &FlowArrow) -> String {
    let via = arrow.via.as_ref().map_or_else(String::new, |via| format!(" → {via}"));
    format!("{} {}{via} → {}", arrow.step, arrow.from, arrow.to)
}

/// The path of an item beside another.
fn sibling(path: &str, item: &str) -> String {
    path.rsplit_once('/').map_or_else(|| item.to_owned(), |(above, _)| format!("{above}/{item}"))
}

/// A ticked box as its author writes it: `その他（画面の参照）`.
#[must_use]
pub(super) fn chosen_text(check: &Check, state: State) -> String {
    let text = check.text.as_ref().map(|text| text.characters(state)).unwrap_or_default();
    if text.is_empty() { check.label.clone() } else { format!("{}（{text}）", check.label) }
}
