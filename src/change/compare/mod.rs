//! A case held against an edition: every difference that no mark declares, and the mark that would.
//!
//! Input: a case, an edition, the files' texts. Output: [`Difference`]s in print order. It changes nothing.

mod difference;
mod line;
mod notation;
mod phrase;
mod place;
mod spot;
mod text;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use difference::{ByHand, Difference, DifferenceKind, Patch};
pub use notation::is_notation_only;

use rustc_hash::FxHashSet;
use typst::utils::LazyHash;

use super::frozen::{FrozenItem, FrozenKind, chosen_text, frozen_elements, frozen_measures, frozen_section};
use crate::diagnostic::{SourceMap, Span};
use crate::markup::{Block, Origin, Run, State, Text, print, print_alike, print_open};
use crate::model::manifest::ItemKind;
use crate::model::{
    Case, CaseForm, Check, Edition, Element, FilledSection, FrozenFile, FrozenText, ItemKey, Role, Row,
};
use spot::Spot;
use text::{Target, compare_texts};

/// An item and how it differs from the edition（項目ごとの違い）.
#[derive(Debug)]
pub struct ItemDifference {
    /// Key of the item in the edition.
    pub key: ItemKey,
    /// Where the edition has it.
    pub frozen: Option<Span>,
    /// The difference.
    pub difference: Difference,
    /// Keys of what is printed with it: the row that shows a value, all of a record.
    pub covers: Vec<ItemKey>,
}

impl ItemDifference {
    /// Whether it tells of what is printed under a key, or of a part of that.
    #[must_use]
    pub fn tells_of(&self, key: &ItemKey) -> bool {
        self.key.is_part_of(key) || self.covers.iter().any(|cover| key.is_part_of(cover))
    }
}

/// All differences between an edition and a case before its changes.
///
/// **Shape**: in print order, what is gone altogether last. Empty means: the text before the changes is the edition, item by item
/// and character by character.
#[must_use]
pub fn compare(case: &Case, edition: &Edition, sources: &SourceMap) -> Vec<ItemDifference> {
    let mut comparison = Comparison { edition, sources, found: Vec::new(), covers: Vec::new() };
    // What is as it was frozen is not looked at again.
    let mut kept = BTreeSet::new();
    let (mut items, mut looked) = (Vec::new(), Vec::new());
    for form in &case.forms {
        for section in &form.filled.sections {
            let file = form.role.key(&section.path);
            let Some(texts) = edition.texts.get(&file) else {
                items.extend(frozen_section(section, &form.role, State::Before));
                continue;
            };
            let apart = apart(section, &form.role, texts);
            if apart.is_none() {
                kept.insert(file);
            } else {
                let elements = apart.elements.iter().map(|place| &section.elements[*place]);
                items.extend(frozen_elements((section, &form.role), elements, State::Before));
                looked.push(apart);
            }
        }
    }
    items.extend(frozen_measures(case, State::Before));
    let known =
        LazyCell::new(|| -> Vec<_> { edition.texts.iter().map(|(file, texts)| (file, above(texts))).collect() });
    let knows = |record: &ItemKey| known.iter().any(|(file, above)| record.is_in(file) && above.contains(record));
    let mut seen: FxHashSet<&ItemKey> = looked.iter().flat_map(|apart| &apart.keys).collect();
    let mut new_records = BTreeSet::new();
    for item in &items {
        let key = &item.key;
        if let (Some(record), Some(above)) = (item.record, key.above())
            && !knows(&above)
        {
            // A record that the edition has not is one difference, not one for each of its rows.
            if new_records.insert(record) {
                comparison.covers = vec![above];
                comparison.new_record(item, &items, key);
            }
            seen.insert(key);
            continue;
        }
        comparison.covers = host(item).into_iter().collect();
        comparison.item(item, key);
        seen.insert(key);
    }
    comparison.covers.clear();
    let gone = gone(edition, &kept, &seen);
    comparison.gone_records(case, &gone);
    comparison.found
}

/// The row in whose cell a value is printed.
fn host(item: &FrozenItem<'_>) -> Option<ItemKey> {
    let FrozenKind::Inline(row, _) = item.kind else { return None };
    Some(item.key.beside(&row.item))
}

/// What a section before its changes has otherwise than a file of the edition.
#[derive(Debug)]
struct Apart {
    /// Places of its elements of which an item differs, or is one of a record that the edition has not.
    elements: Vec<usize>,
    /// The keys of all its items.
    keys: FxHashSet<ItemKey>,
    /// Whether the edition has an item that it has not.
    lacks: bool,
}

impl Apart {
    /// Whether it is what the edition says, item by item, with nothing more and nothing less.
    fn is_none(&self) -> bool {
        self.elements.is_empty() && !self.lacks
    }
}

/// Holds a section against a file of the edition. It is remembered: an edit leaves most sections as they were.
#[comemo::memoize]
fn apart(section: &LazyHash<FilledSection>, role: &Role, texts: &FrozenFile) -> Arc<Apart> {
    let none = Text::default();
    let is_same = |item: &FrozenItem<'_>| {
        let old = texts.0.get(&item.key).map_or(&none, |frozen| &frozen.text);
        same_words(old, &item.text)
    };
    // A record of which the edition knows nothing is looked at closer.
    let known = above(texts);
    let knows = |item: &FrozenItem<'_>| item.record.is_none() || item.key.above().is_some_and(|at| known.contains(&at));
    let (mut elements, mut keys) = (Vec::new(), FxHashSet::default());
    for (place, element) in section.elements.iter().enumerate() {
        let items = frozen_elements((section, role), [element], State::Before);
        if !items.iter().all(|item| knows(item) && is_same(item)) {
            elements.push(place);
        }
        keys.extend(items.into_iter().map(|item| item.key));
    }
    let lacks = !texts.0.keys().all(|key| keys.contains(key));
    Arc::new(Apart { elements, keys, lacks })
}

/// What the items of a frozen file stand in. It is remembered: an edition stays as it is.
#[comemo::memoize]
fn above(texts: &FrozenFile) -> Arc<BTreeSet<ItemKey>> {
    Arc::new(texts.0.keys().filter_map(ItemKey::above).collect())
}

fn same_words(old: &Text, new: &Text) -> bool {
    print_alike(old, new) || print_open(old) == print_open(new)
}

/// Keys of the edition that no item of the case has any more.
fn gone<'e>(
    edition: &'e Edition,
    kept: &BTreeSet<ItemKey>,
    seen: &FxHashSet<&ItemKey>,
) -> Vec<(&'e ItemKey, &'e FrozenText)> {
    let others = edition.texts.iter().filter(|(file, _)| !kept.contains(*file));
    others.flat_map(|(_, texts)| &texts.0).filter(|(key, _)| !seen.contains(*key)).collect()
}

struct Comparison<'a> {
    edition: &'a Edition,
    sources: &'a SourceMap,
    found: Vec<ItemDifference>,
    /// What the differences that are found now cover.
    covers: Vec<ItemKey>,
}

impl Comparison<'_> {
    fn push(&mut self, key: &ItemKey, difference: Difference) {
        let frozen = self.edition.item(key).map(|frozen| frozen.span);
        self.found.push(ItemDifference { key: key.clone(), frozen, difference, covers: self.covers.clone() });
    }

    fn item(&mut self, item: &FrozenItem<'_>, key: &ItemKey) {
        let none = Text::default();
        let old = self.edition.item(key).map_or(&none, |frozen| &frozen.text);
        if same_words(old, &item.text) {
            return;
        }
        match item.kind {
            FrozenKind::Tick(check) => self.tick(check, old, key),
            FrozenKind::Checks(row, checks) => self.checks(row, checks, old, key),
            FrozenKind::Arrow(arrow) => self.inserted(old, &item.text, arrow.span, key),
            FrozenKind::Node(node) if old.is_empty() => self.inserted(old, &item.text, node.span, key),
            _ => self.text(item, old, key),
        }
    }

    /// Running text or a value.
    fn text(&mut self, item: &FrozenItem<'_>, old: &Text, key: &ItemKey) {
        let marked = item.kind.marked().expect("boxes and arrows are told apart before");
        // What is new as a whole is declared, yet the edition has it.
        if item.text.is_empty() && !marked.in_state(State::Before).is_empty() {
            let new = marked.characters(State::Before);
            let patch = Patch::ByHand(ByHand::InsideMark);
            let difference = Difference {
                old: old.characters(State::Before),
                new,
                span: marked.span,
                kind: DifferenceKind::CalledNew,
                patch,
            };
            return self.push(key, difference);
        }
        if let (FrozenKind::Row(row, _) | FrozenKind::Inline(row, _), true) = (item.kind, marked.span.is_none()) {
            return self.absent(row, item, old, key);
        }
        let spot = Spot::of(marked);
        let kind = match item.kind {
            FrozenKind::Row(row, _) => Some(row.kind),
            _ => None,
        };
        // An option, a number or a date is one word.
        if let (Some(ItemKind::Choice | ItemKind::Number | ItemKind::Date), Spot::Value(_)) = (kind, spot) {
            let runs: Vec<Run> = old.runs().into_iter().cloned().collect();
            let patch = spot.whole_value(&runs, marked, self.sources);
            let (old, new) = (old.characters(State::Before), marked.characters(State::Before));
            let kind = if is_notation_only(&old, &new) { DifferenceKind::Notation } else { DifferenceKind::Words };
            return self.push(key, Difference { old, new, span: marked.span, kind, patch });
        }
        for difference in compare_texts(old, marked, Target { sources: self.sources, spot }) {
            self.push(key, difference);
        }
    }

    /// An item of which no author wrote anything: its heading or its key was taken out.
    fn absent(&mut self, row: &Row, item: &FrozenItem<'_>, old: &Text, key: &ItemKey) {
        let id = item.id.last().to_owned();
        let patch = match row.span {
            Some(span) if is_below_heading(row, item) => spot::below_heading(span, old, self.sources),
            Some(span) if row.kind == ItemKind::Text && matches!(item.kind, FrozenKind::Row(..)) => {
                Patch::Heading { file: span.file, id, old: print(old) }
            }
            Some(span) => Patch::Key { file: span.file, key: id, old: old_value(old) },
            None => Patch::ByHand(ByHand::NoPlace),
        };
        let old = old.characters(State::Before);
        self.push(key, Difference { old, new: String::new(), span: row.span, kind: DifferenceKind::Words, patch });
    }

    fn tick(&mut self, check: &Check, old: &Text, key: &ItemKey) {
        let was = old.characters(State::Before) == "true";
        let word = |on: bool| if on { "true" } else { "false" };
        let patch = match check.span {
            _ if check.mark.is_some() => Patch::ByHand(ByHand::InsideMark),
            Some(span) => Patch::Literal {
                file: span.file,
                range: span.start..span.end,
                old: word(was).to_owned(),
                new: word(check.was_on).to_owned(),
            },
            None => Patch::ByHand(ByHand::NoPlace),
        };
        let (old, new) = (word(was).to_owned(), word(check.was_on).to_owned());
        self.push(key, Difference { old, new, span: check.span, kind: DifferenceKind::Words, patch });
    }

    fn checks(&mut self, row: &Row, checks: &[Check], old: &Text, key: &ItemKey) {
        let old_lines: Vec<String> = old.characters(State::Before).lines().map(str::to_owned).collect();
        let label = |line: &str| {
            checks.iter().position(|check| {
                line == check.label || line.strip_prefix(&check.label).is_some_and(|rest| rest.starts_with('（'))
            })
        };
        for (index, check) in checks.iter().enumerate().filter(|(_, check)| check.was_on) {
            let written = chosen_text(check, State::Before);
            match old_lines.iter().find(|line| label(line) == Some(index)) {
                Some(line) if *line == written => {}
                Some(line) => self.check_text(check, as_frozen(line, old), key),
                None => {
                    let patch = whole_member(check);
                    let span = check.span;
                    self.push(
                        key,
                        Difference { old: String::new(), new: written, span, kind: DifferenceKind::Words, patch },
                    );
                }
            }
        }
        let gone: Vec<&String> =
            old_lines.iter().filter(|line| label(line).is_none_or(|index| !checks[index].was_on)).collect();
        if gone.is_empty() {
            return;
        }
        let list = row.span.filter(|_| matches!(row.origin, Origin::Value(_)));
        let patch = list.map_or(Patch::ByHand(ByHand::Gone), |span| Patch::Member {
            file: span.file,
            list: span.start..span.end,
            old: gone.iter().map(|line| spot::escaped_value(&[as_frozen(line, old)])).collect(),
        });
        let old = gone.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("、");
        let kind = DifferenceKind::Words;
        self.push(key, Difference { old, new: String::new(), span: row.span, kind, patch });
    }

    /// A ticked box whose words in brackets differ.
    fn check_text(&mut self, check: &Check, line: Run, key: &ItemKey) {
        let old = line.characters().strip_prefix(&check.label).unwrap_or_default();
        let old = old.strip_prefix('（').unwrap_or(old);
        let mut old = Text::plain(old.strip_suffix('）').unwrap_or(old));
        line.withheld.iter().for_each(|place| old.withhold(*place));
        let none = Text::default();
        let marked = check.text.as_ref().unwrap_or(&none);
        let target = Target { sources: self.sources, spot: Spot::in_value(check.literal.or(check.span)) };
        for difference in compare_texts(&old, marked, target) {
            self.push(key, difference);
        }
    }

    /// A box or an arrow of a figure that is new.
    fn inserted(&mut self, old: &Text, new: &Text, span: Span, key: &ItemKey) {
        let (old, new) = (old.characters(State::Before), new.characters(State::Before));
        let (kind, patch) = if new.is_empty() {
            (DifferenceKind::CalledNew, Patch::ByHand(ByHand::InsideMark))
        } else {
            (DifferenceKind::Words, Patch::Inserted { span })
        };
        self.push(key, Difference { old, new, span: Some(span), kind, patch });
    }

    /// A record that the edition has not: the mark stands in the list of its group.
    fn new_record(&mut self, item: &FrozenItem<'_>, items: &[FrozenItem<'_>], key: &ItemKey) {
        let of_record = || items.iter().filter(|other| other.record == item.record);
        if of_record().all(|other| other.text.is_empty()) {
            return;
        }
        let title = of_record().find_map(|other| match other.kind {
            FrozenKind::Title(band, _) => Some(band),
            _ => None,
        });
        let span = title.and_then(|band| band.span);
        let patch = match title.and_then(|band| band.literal) {
            Some(literal) => {
                let inner = literal.start + 1..literal.end - 1;
                Patch::Phrase { file: literal.file, at: inner.start, pieces: vec![inner], old: String::new() }
            }
            None => Patch::ByHand(ByHand::NoPlace),
        };
        let new = item.record.map(ToString::to_string).unwrap_or_default();
        self.push(key, Difference { old: String::new(), new, span, kind: DifferenceKind::Words, patch });
    }

    /// What the edition has and the case has not: whole records into the lists of their groups, the rest by hand.
    fn gone_records(&mut self, case: &Case, gone: &[(&ItemKey, &FrozenText)]) {
        let keyed = |form: &CaseForm| {
            let groups = form.filled.groups.iter();
            groups.map(|(path, span)| (form.role.key(path), *span)).collect::<Vec<_>>()
        };
        let groups: BTreeMap<ItemKey, Span> = case.forms.iter().flat_map(keyed).collect();
        let mut records: BTreeMap<&ItemKey, (&ItemKey, Span, GoneIds)> = BTreeMap::new();
        for (key, frozen) in gone {
            let group = groups.iter().find_map(|(group, span)| {
                let rest = key.below(group)?;
                rest.above().map(|_| (group, rest.first().to_owned(), *span))
            });
            let Some((group, record, span)) = group else {
                let old = frozen.text.characters(State::Before);
                let (kind, patch) = (DifferenceKind::Words, Patch::ByHand(ByHand::Gone));
                let span = figure_of(case, key);
                self.push(key, Difference { old, new: String::new(), span, kind, patch });
                continue;
            };
            let (_, _, ids) = records.entry(group).or_insert((key, span, Vec::new()));
            // Of a record that is gone the edition knows its texts; if they are withheld the record stays so.
            let withheld = frozen.text.withheld().is_some();
            match ids.iter_mut().find(|(id, _)| *id == record) {
                Some((_, known)) => *known |= withheld,
                None => ids.push((record, withheld)),
            }
        }
        for (group, (key, span, ids)) in records {
            let old = ids.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join("、");
            self.covers = ids.iter().map(|(id, _)| group.join(id)).collect();
            let members = ids.into_iter().map(|(id, withheld)| if withheld { format!("{{!{id}!}}") } else { id });
            let patch = Patch::Member { file: span.file, list: span.start..span.end, old: members.collect() };
            let kind = DifferenceKind::Words;
            self.push(key, Difference { old, new: String::new(), span: Some(span), kind, patch });
        }
    }
}

/// The figure that a part of it was taken out of; `None` where the whole figure is gone, or for what is no part of one.
fn figure_of(case: &Case, key: &ItemKey) -> Option<Span> {
    case.forms.iter().find_map(|form| {
        let elements = form.filled.sections.iter().flat_map(|section| &section.elements);
        let mut pages = elements.filter_map(|element| match element {
            Element::Flow(page) => Some(page),
            Element::Band(_) | Element::Row(_) | Element::Records(_) => None,
        });
        let page = pages.find(|page| key.below(&form.role.key(&page.path)).is_some())?;
        page.title.span.or(page.nodes.first().map(|node| node.span))
    })
}

/// Ids of records that are gone, each with whether it is withheld.
type GoneIds = Vec<(String, bool)>;

/// A ticked box as the edition has it; withheld as a whole where a part of it is.
fn as_frozen(line: &str, old: &Text) -> Run {
    let boxes = boxes_of(old);
    let withheld = boxes.into_iter().find(|(words, _)| words == line).and_then(|(_, withheld)| withheld);
    Run { withheld, ..Run::plain(line) }
}

/// The boxes of an edition's list, each with the part of it that is withheld.
fn boxes_of(old: &Text) -> Vec<(String, Option<Span>)> {
    let withheld = |line: &line::Line<'_>| line.cells.iter().flat_map(|cell| &cell.runs).find_map(|run| run.withheld);
    line::lines(old).iter().map(|line| (line.characters(), withheld(line))).collect()
}

/// Whether the item's heading is still there, with nothing below.
fn is_below_heading(row: &Row, item: &FrozenItem<'_>) -> bool {
    let is_empty = row.span.is_some_and(|span| span.start == span.end);
    matches!(item.kind, FrozenKind::Row(..)) && row.kind == ItemKind::Text && row.origin == Origin::Body && is_empty
}

/// A ticked box that is new: the whole member of the list.
fn whole_member(check: &Check) -> Patch {
    match check.literal {
        Some(_) if check.mark.is_some() => Patch::ByHand(ByHand::InsideMark),
        Some(literal) => {
            let inner = literal.start + 1..literal.end - 1;
            Patch::Phrase { file: literal.file, at: inner.start, pieces: vec![inner], old: String::new() }
        }
        None => Patch::ByHand(ByHand::NoPlace),
    }
}

/// A frozen value as the text of a TOML value.
fn old_value(old: &Text) -> String {
    let runs: Vec<Run> = match old.blocks.first() {
        Some(Block::Paragraph(paragraph)) => paragraph.runs.clone(),
        _ => vec![Run::plain(old.characters(State::Before))],
    };
    spot::escaped_value(&runs)
}
