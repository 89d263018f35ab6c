//! Every text of a case as it stands before (or after) its changes, item by item: what an edition holds.
//!
//! Input: a case. Output: [`FrozenItem`]s in print order, their places in the author's files kept. Fixed texts of the form are left
//! out: no author wrote them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use typst::utils::LazyHash;

use crate::markup::{Block, Paragraph, Run, State, Text};
use crate::model::manifest::{ItemKind, MeasureState};
use crate::model::{
    Band, Case, Check, Content, Element, FilledSection, FlowArrow, FlowNode, FlowPage, ItemKey, ItemPath, RecordList,
    Role, Row, Whole,
};

/// One item in one state, mostly before the changes（改定前の記載）.
#[derive(Debug)]
pub struct FrozenItem<'a> {
    /// Key of the section that it stands in: the file of an edition, without the ending.
    pub file: ItemKey,
    /// Id of its heading there.
    pub id: ItemPath,
    /// Its key.
    pub key: ItemKey,
    /// Its text, without marks; empty where nothing stands there in this state.
    pub text: Cow<'a, Text>,
    /// What it is.
    pub kind: FrozenKind<'a>,
    /// The record it belongs to, by path.
    pub record: Option<&'a ItemPath>,
    /// Which of the case's forms it stands in; none: the checklist.
    pub role: Option<&'a Role>,
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
        items.extend(form.filled.sections.iter().flat_map(|section| frozen_section(section, &form.role, state)));
    }
    items.extend(frozen_measures(case, state));
    items
}

/// The keys of all items of a case before or after its changes. Those of a section are remembered.
#[must_use]
pub fn frozen_keys(case: &Case, state: State) -> BTreeSet<ItemKey> {
    let mut keys: BTreeSet<ItemKey> = frozen_measures(case, state).into_iter().map(|item| item.key).collect();
    for form in &case.forms {
        let sections = form.filled.sections.iter().map(|section| section_keys(section, &form.role, state));
        sections.for_each(|of_section| keys.extend(of_section.iter().cloned()));
    }
    keys
}

#[comemo::memoize]
fn section_keys(section: &LazyHash<FilledSection>, role: &Role, state: State) -> Arc<[ItemKey]> {
    frozen_section(section, role, state).into_iter().map(|item| item.key).collect()
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
            let text_then = if is_new && state == State::Before { Cow::default() } else { in_state(text, state) };
            let file = ItemKey::checklist();
            items.push(FrozenItem {
                key: file.join(id),
                file,
                id: ItemPath::of(id),
                text: text_then,
                kind,
                record: None,
                role: None,
            });
        }
    }
    items
}

/// The text before or after all changes, with no period left in it: most are that as they are.
fn in_state(text: &Text, state: State) -> Cow<'_, Text> {
    if is_blank(text, state) {
        return Cow::default();
    }
    if text.is_settled() && text.runs().iter().all(|run| run.periods.is_empty()) {
        return Cow::Borrowed(text);
    }
    let mut text = text.in_state(state);
    crate::markup::for_each_paragraph(&mut text.blocks, &mut |paragraph| {
        paragraph.runs.iter_mut().for_each(|run| run.periods.clear());
    });
    Cow::Owned(text)
}

/// Whether nothing is read in a text. Most have a letter, and it need not be put together to see that.
fn is_blank(text: &Text, state: State) -> bool {
    let has_letter = |run: &&Run| state.has(run.mark) && !run.characters().trim().is_empty();
    !text.runs().iter().any(has_letter) && text.characters(state).trim().is_empty()
}

/// The items of a section of a form.
pub(super) fn frozen_section<'a>(section: &'a FilledSection, role: &'a Role, state: State) -> Vec<FrozenItem<'a>> {
    frozen_elements((section, role), &section.elements, state)
}

/// The items of some elements of a section of a form.
pub(super) fn frozen_elements<'a>(
    (section, role): (&'a FilledSection, &'a Role),
    elements: impl IntoIterator<Item = &'a Element>,
    state: State,
) -> Vec<FrozenItem<'a>> {
    let mut items = Vec::new();
    let mut walk = Walk { section, role, file: role.key(&section.path), state, items: &mut items };
    for element in elements {
        walk.element(element);
    }
    items
}

struct Walk<'a, 'i> {
    section: &'a FilledSection,
    role: &'a Role,
    file: ItemKey,
    state: State,
    items: &'i mut Vec<FrozenItem<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn text(&self, text: &'a Text) -> Cow<'a, Text> {
        in_state(text, self.state)
    }

    fn is_on(&self, check: &Check) -> bool {
        if self.state == State::Before { check.was_on } else { check.on }
    }

    /// A box: `true` where it is ticked, nothing where it is not.
    fn ticked(&self, tick: &Check) -> Cow<'a, Text> {
        if self.is_on(tick) { Cow::Owned(Text::plain("true")) } else { Cow::default() }
    }

    /// The boxes that are ticked, as a list.
    fn chosen(&self, checks: &[Check]) -> Cow<'a, Text> {
        let item = |check: &Check| {
            let withheld = check.withheld.or_else(|| check.text.as_ref().and_then(Text::withheld));
            let runs = vec![Run { withheld, ..Run::plain(chosen_text(check, self.state)) }];
            vec![Block::Paragraph(Paragraph { runs, ..Paragraph::default() })]
        };
        let items: Vec<Vec<Block>> = checks.iter().filter(|check| self.is_on(check)).map(item).collect();
        let blocks = if items.is_empty() { Vec::new() } else { vec![Block::List { start: None, items }] };
        Cow::Owned(Text { blocks, ..Text::default() })
    }

    /// Whether something that is marked as a whole is not there.
    fn lacks(&self, whole: Option<&Whole>) -> bool {
        whole.is_some_and(|whole| !self.state.has(Some((0, whole.side))))
    }

    /// Adds an item; of what is not there as a whole nothing stands.
    fn add(
        &mut self,
        path: &ItemPath,
        text: Cow<'a, Text>,
        kind: FrozenKind<'a>,
        whole: Option<&Whole>,
        record: Option<&'a ItemPath>,
    ) {
        let inside = path.below(&self.section.path).unwrap_or_else(|| path.clone());
        // A heading's id is one word.
        let id = inside.map(|id| id.replace(char::is_whitespace, "_"));
        let text = if self.lacks(whole) { Cow::default() } else { text };
        let key = self.file.join_path(&id);
        self.items.push(FrozenItem { file: self.file.clone(), id, key, text, kind, record, role: Some(self.role) });
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
            self.add(path, self.text(title), kind, band.whole.as_ref(), band.record.as_ref());
        }
        for tick in &band.ticks {
            let path = band.path.part(&tick.label);
            self.add(&path, self.ticked(tick), FrozenKind::Tick(tick), band.whole.as_ref(), None);
        }
    }

    fn row(&mut self, row: &'a Row) {
        let (whole, record) = (row.whole.as_ref(), row.record.as_ref());
        match &row.content {
            _ if row.kind == ItemKind::Fixed => {}
            Content::Text(text) | Content::Line(text) => {
                self.add(&row.path, self.text(text), FrozenKind::Row(row, text), whole, record);
            }
            Content::Choice { value, inline, .. } => {
                self.add(&row.path, self.text(value), FrozenKind::Row(row, value), whole, record);
                for inline in inline {
                    let path = row.path.beside(&inline.item);
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
                    let path = row.path.beside(&count.item);
                    let kind = FrozenKind::Inline(row, &count.value);
                    self.add(&path, self.text(&count.value), kind, whole, record);
                }
            }
        }
    }

    fn flow(&mut self, page: &'a FlowPage) {
        let whole = page.whole.as_ref();
        let path = page.figure_path();
        self.add(&path.join("title"), self.text(&page.title), FrozenKind::FigureTitle(page), whole, None);
        for node in &page.nodes {
            let text = if self.lacks(node.whole.as_ref()) { Cow::default() } else { self.text(&node.label) };
            self.add(&path.join("node").join(&node.id), text, FrozenKind::Node(node), whole, None);
        }
        for arrow in &page.arrows {
            let text =
                if self.lacks(arrow.whole.as_ref()) { Cow::default() } else { Cow::Owned(Text::plain(ends(arrow))) };
            let passed = [Some(arrow.step.as_str()), Some(&arrow.from), arrow.via.as_deref(), Some(&arrow.to)];
            let passed = passed.into_iter().flatten().fold(path.join("arrow"), |path, id| path.join(id));
            // Two arrows of one step may join the same boxes.
            let twice = page.arrows.iter().take_while(|other| !std::ptr::eq(*other, arrow));
            let twice = twice.filter(|other| ends(other) == ends(arrow) && other.kind == arrow.kind).count();
            let kind = format!("{}{}", arrow.kind.id(), "+".repeat(twice));
            self.add(&passed.join(&kind), text, FrozenKind::Arrow(arrow), whole, None);
        }
        for (step, text) in page.remarks.iter().chain(&page.silent) {
            let id = page.remarks_path().join(step);
            self.add(&id, self.text(text), FrozenKind::Remark(text), whole, None);
        }
    }
}

/// What an arrow joins: `① person → core`.
fn ends(arrow: &FlowArrow) -> String {
    let via = arrow.via.as_ref().map_or_else(String::new, |via| format!(" → {via}"));
    format!("{} {}{via} → {}", arrow.step, arrow.from, arrow.to)
}

/// A ticked box as its author writes it: `その他（画面の参照）`.
#[must_use]
pub(super) fn chosen_text(check: &Check, state: State) -> String {
    let text = check.text.as_ref().map(|text| text.characters(state)).unwrap_or_default();
    if text.is_empty() { check.label.clone() } else { format!("{}（{text}）", check.label) }
}
