//! The figure of 別添1 at the desk（事務の内容の図）: its title, boxes, arrows and remarks as rows that are written one by one, in the file of the
//! municipality or in the shared one. What is wrong with it is told by the rules, each at its row and field.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::answers::{form, terms};
use super::entry::{EntryFault, Owner, added_body, body_of, hash, owner, rewritten_body};
use super::fault::{Fault, Theirs};
use super::live::Live;
use super::marks::groups;
use super::saving::{Edit, Marking, concerned, marked, may_write, places, text_of};
use crate::change::{Fold, apply, fold_body};
use crate::desk::items::Reviews;
use crate::desk::{
    FigureFault, FigureOrder, FigureRow, FigureSaid, FigureTable, FigureWrong, KINDS, ReviewState, ZONES,
    said_of_arrow, said_of_node, said_of_title, step_typed, with_figure,
};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::markup::{Headed, Mark, State, Text, parse_body};
use crate::model::manifest::{ArrowKind, ArrowToml, FlowZone, NodeToml, bounds};
use crate::model::{
    Case, CaseForm, Element, Filled, FlowFile, FlowPage, ItemKey, ItemPath, Library, Role, string_text,
};
use crate::name::{CaseId, CaseName, ChangeId, NodeId, PeriodId, Slug};
use crate::session::{Checked, find};
use crate::source::{Located, split};

/// A figure in the tree, as an item of its own.
pub(super) fn figure_node(
    (page, title, shown): (&FlowPage, &str, &crate::desk::items::Shown<'_>),
    role: &Role,
    (reviews, word): (&Reviews, fn(ReviewState) -> &'static str),
) -> Json {
    json!({
        "figure": true, "path": page.path, "row": page.figure_path(), "label": title, "depth": 0,
        "blank": page.nodes.is_empty(), "changes": shown.changes(),
        "review": reviews.get(&role.key(&page.path)).copied().map(word), "important": false,
        "withheld": shown.has_withheld(),
    })
}

/// Every figure of a form, page by page.
pub(super) fn pages_of(filled: &Filled) -> impl Iterator<Item = &FlowPage> {
    filled.sections.iter().flat_map(|section| &section.elements).filter_map(|element| match element {
        Element::Flow(page) => Some(page),
        Element::Band(_) | Element::Row(_) | Element::Records(_) => None,
    })
}

/// The file that a page is drawn from.
pub(super) fn flow_of<'l>(library: &'l Library, page: &FlowPage) -> Option<&'l FlowFile> {
    page.files.iter().rev().find_map(|path| library.flows.get(path)).map(AsRef::as_ref)
}

/// Where each part of a figure stands in its file: `node/core#label`, the row before the sign and the field behind it.
pub(super) fn figure_places(flow: &FlowFile, text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = vec![("title#title".to_owned(), flow.front.title.range.clone())];
    let mut push = |row: &str, field: &str, at: &Range<usize>| {
        found.push((format!("{row}#{field}"), at.clone()));
    };
    for node in &flow.front.node {
        let row = format!("node/{}", node.id.value);
        push(&row, "column", &node.id.range);
        push(&row, "label", &node.label.range);
        node.periods.iter().for_each(|id| push(&row, "periods", &id.range));
        node.host_periods.iter().for_each(|id| push(&row, "host-periods", &id.range));
        node.inserted.iter().chain(&node.deleted).for_each(|id| push(&row, "", &id.range));
    }
    for (index, arrow) in flow.front.arrow.iter().enumerate() {
        let row = format!("arrow/{index}");
        push(&row, "step", &arrow.step.range);
        push(&row, "from", &arrow.from.range);
        push(&row, "to", &arrow.to.range);
        arrow.via.iter().for_each(|id| push(&row, "via", &id.range));
        arrow.periods.iter().for_each(|id| push(&row, "periods", &id.range));
        arrow.inserted.iter().chain(&arrow.deleted).for_each(|id| push(&row, "", &id.range));
    }
    for headed in &flow.remarks {
        let row = format!("remark/{}", headed.id);
        found.push((format!("{row}#step"), headed.span.start..headed.span.end));
        found.extend(body_of(&flow.remarks, text, &headed.id).map(|(_, range)| (format!("{row}#text"), range)));
    }
    found
}

/// Which figure, as the browser names it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OfFigure {
    /// Slug of the municipality.
    pub(super) town: Slug,
    /// Case.
    case: CaseId,
    /// Prefix of the form.
    #[serde(default)]
    form: String,
    /// Path of the figure in the form.
    path: ItemPath,
}

/// A figure and the files in which it may be drawn.
struct Drawn<'m> {
    case: &'m Case,
    form: &'m CaseForm,
    heading: &'m str,
    page: &'m FlowPage,
    layers: Vec<Layer<'m>>,
}

/// One of the files.
struct Layer<'m> {
    /// Path from the root, with its ending.
    path: String,
    owner: Owner,
    /// What is drawn there, or what it would begin with.
    flow: &'m FlowFile,
    text: Arc<str>,
    /// Whether the file is there.
    is_written: bool,
}

fn drawn<'m>(checked: &'m Checked, of: &OfFigure) -> Result<Drawn<'m>, Fault> {
    let form = form(checked, (&of.town, &of.case, &of.form))?;
    let case = find(checked, &CaseName::new(&of.town, &of.case))?;
    let is_it = |element: &Element| matches!(element, Element::Flow(page) if page.path == of.path);
    let section = form.filled.sections.iter().find(|section| section.elements.iter().any(is_it));
    let section = section.ok_or(Fault::Unknown)?;
    let page = pages_of(&form.filled).find(|page| page.path == of.path).ok_or(Fault::Unknown)?;
    let layers = layers(checked, page);
    if layers.is_empty() {
        return Err(Fault::Unknown);
    }
    Ok(Drawn { case, form, heading: &section.heading, page, layers })
}

/// The files that are there, the shared one first; the municipality's own also where it is still to be begun.
fn layers<'m>(checked: &'m Checked, page: &FlowPage) -> Vec<Layer<'m>> {
    let mut found: Vec<Layer<'m>> = Vec::new();
    for path in &page.files {
        let (shown, owner) = (format!("{path}.md"), owner(path));
        match (checked.library.flows.get(path), text_of(checked, &shown)) {
            (Some(flow), Some(text)) => found.push(Layer { path: shown, owner, flow, text, is_written: true }),
            (None, None) if owner == Owner::Own && found.iter().all(|layer| layer.owner == Owner::Shared) => {
                let begins = found.last().map(|layer| (layer.flow, layer.text.clone()));
                found.extend(begins.map(|(flow, text)| Layer { path: shown, owner, flow, text, is_written: false }));
            }
            (None | Some(_), _) => {}
        }
    }
    found
}

/// What is known of a row: what it says, how it stands to the changes, by what it is known.
struct Row {
    key: String,
    said: FigureSaid,
    state: Option<&'static str>,
    hash: String,
}

impl Row {
    fn new(key: String, said: FigureSaid, state: Option<&'static str>) -> Self {
        let hash = hash(&json!([said, state]).to_string());
        Self { key, said, state, hash }
    }

    fn json(&self) -> Json {
        json!({ "key": self.key, "said": self.said, "state": self.state, "hash": self.hash })
    }
}

fn state(inserted: Option<&Located<ChangeId>>, deleted: Option<&Located<ChangeId>>) -> Option<&'static str> {
    inserted.map(|_| "new").or_else(|| deleted.map(|_| "gone"))
}

/// The rows of a list of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Table {
    Node,
    Arrow,
    Remark,
}

fn title(flow: &FlowFile) -> Row {
    Row::new(String::new(), said_of_title(flow), None)
}

fn rows(flow: &FlowFile, text: &str, table: Table) -> Vec<Row> {
    match table {
        Table::Node => {
            let row = |node: &NodeToml| {
                let state = state(node.inserted.as_ref(), node.deleted.as_ref());
                Row::new(node.id.value.to_string(), said_of_node(node), state)
            };
            flow.front.node.iter().map(row).collect()
        }
        Table::Arrow => {
            let row = |(index, arrow): (usize, &ArrowToml)| {
                let state = state(arrow.inserted.as_ref(), arrow.deleted.as_ref());
                Row::new(index.to_string(), said_of_arrow(arrow), state)
            };
            flow.front.arrow.iter().enumerate().map(row).collect()
        }
        Table::Remark => flow.remarks.iter().map(|headed| remark(flow, text, headed)).collect(),
    }
}

fn remark(flow: &FlowFile, text: &str, headed: &Headed) -> Row {
    let words = body_of(&flow.remarks, text, &headed.id).map(|(_, range)| text[range].to_owned());
    let is_blank = |state: State| headed.text.characters(state).trim().is_empty();
    let state = match (headed.text.marks.is_empty(), is_blank(State::Before), is_blank(State::After)) {
        (false, true, false) => Some("new"),
        (false, false, true) => Some("gone"),
        _ => None,
    };
    let said = [("step", headed.id.clone()), ("text", words.unwrap_or_default())];
    let said = said.into_iter().map(|(key, word)| (key.to_owned(), word)).collect();
    Row::new(headed.id.clone(), said, state)
}

/// A figure with what may be chosen in it.
pub(super) fn figure(checked: &Checked, asked: &OfFigure) -> Result<Json, Fault> {
    let of = drawn(checked, asked)?;
    let (page, sources) = (of.page, &checked.workspace.sources);
    let same: Vec<&FlowPage> = pages_of(&of.form.filled).filter(|other| other.files == page.files).collect();
    // A box as a reader sees it, by its id: its words may call terms.
    let names: BTreeMap<&NodeId, String> =
        same.iter().flat_map(|page| &page.nodes).map(|node| (&node.id, words_of(&node.label))).collect();
    let of_table = |layer: &Layer<'_>, table: Table| -> Vec<Json> {
        rows(layer.flow, &layer.text, table).iter().map(Row::json).collect()
    };
    let layers: Vec<Json> = of
        .layers
        .iter()
        .map(|layer| {
            json!({
                "path": layer.path, "owner": layer.owner, "written": layer.is_written, "title": title(layer.flow).json(),
                "nodes": of_table(layer, Table::Node), "arrows": of_table(layer, Table::Arrow),
                "remarks": of_table(layer, Table::Remark),
            })
        })
        .collect();
    let words: String = of.layers.iter().map(|layer| &*layer.text).collect();
    let terms: BTreeMap<&str, &str> =
        terms(checked, &asked.town).filter(|(name, _)| words.contains(&format!("{{{{{name}}}}}"))).collect();
    let periods = periods(checked, asked, &same);
    Ok(json!({
        "case": of.case.id, "form": asked.form, "path": page.path, "row": page.figure_path(), "heading": of.heading,
        "label": words_of(&page.title), "remarks_label": page.remarks_label, "names": names, "periods": periods, "terms": terms,
        "zones": ZONES.map(FlowZone::id), "kinds": KINDS.map(ArrowKind::id), "columns": bounds::FLOW_COLUMNS_MOST,
        "rows": bounds::FLOW_ROWS_MOST, "layers": layers, "marks": marks_of(&same, sources),
    }))
}

/// The periods in which a figure is drawn, each with its name.
fn periods(checked: &Checked, asked: &OfFigure, pages: &[&FlowPage]) -> Vec<(PeriodId, String)> {
    let Some(read) = checked.library.cases.get(&CaseName::new(&asked.town, &asked.case)) else { return Vec::new() };
    let source = &checked.workspace.sources.get(read.file).text;
    let drawn =
        read.value.period.iter().filter(|known| pages.iter().any(|page| page.period.as_ref() == Some(&known.id.value)));
    let named = drawn.map(|period| {
        let label = string_text(read.file, source, &period.label, None, &mut Diagnostics::new());
        (period.id.value.clone(), words_of(&label))
    });
    named.collect()
}

fn words_of(text: &Text) -> String {
    text.characters(State::After)
}

/// The marks of a figure on all its pages, each once.
fn marks_of(pages: &[&FlowPage], sources: &SourceMap) -> Vec<super::marks::Group> {
    let mut beside: Vec<(&Mark, String)> = Vec::new();
    let mut texts: Vec<&Text> = Vec::new();
    for page in pages {
        beside.extend(page.whole.iter().map(|whole| (&whole.mark, String::new())));
        texts.push(&page.title);
        for node in &page.nodes {
            beside.extend(node.whole.iter().map(|whole| (&whole.mark, words_of(&node.label))));
            texts.push(&node.label);
        }
        let name = |id: &NodeId| {
            let node = page.nodes.iter().find(|node| node.id == *id);
            node.map_or_else(|| id.to_string(), |node| words_of(&node.label))
        };
        for arrow in &page.arrows {
            let words = format!("{} {} → {}", arrow.step, name(&arrow.from), name(&arrow.to));
            beside.extend(arrow.whole.iter().map(|whole| (&whole.mark, words.clone())));
        }
        texts.extend(page.remarks.iter().map(|(_, remark)| remark));
    }
    let beside: Vec<(&Mark, &str)> = beside.iter().map(|(mark, words)| (*mark, words.as_str())).collect();
    groups(&texts, &beside, sources)
}

/// What is to be done, as the browser asks for it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FigureAsked {
    #[serde(flatten)]
    of: OfFigure,
    /// The file, among those in which the figure may be drawn.
    layer: String,
    /// What the browser saw of the row; nothing of a new one.
    #[serde(default)]
    hash: String,
    /// The change that it belongs to; none: no mark is written.
    #[serde(default)]
    change: Option<ChangeId>,
    #[serde(flatten)]
    then: FigureThen,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "then", rename_all = "kebab-case")]
enum FigureThen {
    Title { said: FigureSaid },
    Add { table: Table, said: FigureSaid },
    Write { table: Table, key: String, said: FigureSaid },
    Remove { table: Table, key: String },
}

/// A row and the place where it stands now.
fn row_now(layer: &Layer<'_>, table: Table, (key, seen): (&str, &str)) -> Option<Row> {
    let mut rows = rows(layer.flow, &layer.text, table);
    let is_seen = |row: &Row| row.hash == seen;
    let at = rows.iter().position(|row| row.key == key && is_seen(row));
    // An arrow is known by its place, and another one may have come or gone before it.
    let moved = || (table == Table::Arrow).then(|| rows.iter().position(is_seen)).flatten();
    let at = at.or_else(moved).or_else(|| rows.iter().position(|row| row.key == key))?;
    Some(rows.swap_remove(at))
}

impl FigureThen {
    /// The row that it is about as it stands now; none: a new one, or one that is not there any more.
    fn now(&self, layer: &Layer<'_>, seen: &str) -> Option<Row> {
        match self {
            Self::Title { .. } => Some(title(layer.flow)),
            Self::Add { .. } => None,
            Self::Write { table, key, .. } | Self::Remove { table, key } => row_now(layer, *table, (key, seen)),
        }
    }

    /// What the step is called.
    fn name(&self, of: &Drawn<'_>, now: Option<&Row>) -> String {
        let name = |table: &Table, said: &FigureSaid| {
            let word = |key: &str| said.get(key).map(|word| word.trim().to_owned()).unwrap_or_default();
            match table {
                Table::Node => {
                    let node = now.and_then(|row| of.page.nodes.iter().find(|node| node.id == row.key));
                    ("枠", node.map_or_else(|| word("label"), |node| words_of(&node.label)))
                }
                Table::Arrow => ("矢印", word("step")),
                Table::Remark => (of.page.remarks_label.as_str(), word("step")),
            }
        };
        let none = FigureSaid::new();
        let said = now.map_or(&none, |row| &row.said);
        let ((part, name), what) = match self {
            Self::Title { .. } => return "図の題名".to_owned(),
            Self::Add { table, said } => (name(table, said), "追加"),
            Self::Write { table, .. } => (name(table, said), "記載"),
            Self::Remove { table, .. } => (name(table, said), "削除"),
        };
        format!("図の{part}の{what}（{name}）")
    }

    /// The text of the file after it.
    fn text(&self, layer: &Layer<'_>, now: Option<&Row>, change: Option<&ChangeId>) -> Result<String, Fault> {
        let row = |table: Table| {
            let key = &now.ok_or(Fault::Unknown)?.key;
            Ok::<_, Fault>(match table {
                Table::Node => FigureRow::Node(key.into()),
                Table::Arrow => FigureRow::Arrow(key.parse().map_err(|_| Fault::Unknown)?),
                Table::Remark => unreachable!("a remark is no value"),
            })
        };
        let order = match self.clone() {
            Self::Title { said } => FigureOrder::Title(said),
            Self::Add { table: Table::Remark, said } => return added_remark(layer, &said, change),
            Self::Write { table: Table::Remark, said, .. } => {
                return written_remark(layer, now.ok_or(Fault::Unknown)?, &said);
            }
            Self::Remove { table: Table::Remark, .. } => {
                return removed_remark(layer, now.ok_or(Fault::Unknown)?, change);
            }
            Self::Add { table: Table::Node, said } => FigureOrder::Add { table: FigureTable::Nodes, said },
            Self::Add { table: Table::Arrow, said } => FigureOrder::Add { table: FigureTable::Arrows, said },
            Self::Write { table, said, .. } => FigureOrder::Write { row: row(table)?, said },
            Self::Remove { table, .. } => FigureOrder::Remove { row: row(table)? },
        };
        let text = &*layer.text;
        let front = split(layer.flow.file, text, &mut Diagnostics::new()).ok_or(Fault::Unfit("unreadable"))?.front;
        let new = with_figure(layer.flow, &text[front.clone()], (&order, change)).map_err(unfit)?;
        Ok([&text[..front.start], &new, &text[front.end..]].concat())
    }

    /// Whether words are written that get their marks where they differ from the edition; the keys of what is printed of them on a page.
    fn marked(&self, page: &FlowPage) -> Option<ItemPath> {
        match self {
            Self::Title { .. } => Some(page.figure_path().join("title")),
            Self::Write { table: Table::Node, key, .. } => Some(page.figure_path().join("node").join(key)),
            Self::Write { table: Table::Remark, key, .. } => Some(page.remarks_path().join(key)),
            Self::Write { table: Table::Arrow, .. } | Self::Add { .. } | Self::Remove { .. } => None,
        }
    }
}

fn text_typed(said: &FigureSaid) -> Result<&str, Fault> {
    let text = said.get("text").map(|text| text.trim()).unwrap_or_default();
    if text.is_empty() { Err(Fault::Field { field: "text", wrong: "empty", words: String::new() }) } else { Ok(text) }
}

fn unwritable(fault: EntryFault) -> Fault {
    Fault::Unfit(fault.word())
}

/// A remark more: it stands where its step stands among the arrows.
fn added_remark(layer: &Layer<'_>, said: &FigureSaid, change: Option<&ChangeId>) -> Result<String, Fault> {
    let step = step_typed(said.get("step").map(String::as_str).unwrap_or_default()).map_err(unfit)?;
    let remarks = &layer.flow.remarks;
    if remarks.iter().any(|headed| headed.id == step) {
        return Err(unfit(FigureFault::Field { field: "step", wrong: FigureWrong::There }));
    }
    let text = text_typed(said)?;
    let words = change.map_or_else(|| text.to_owned(), |change| wrapped(text, ("++", change)));
    let place = |step: &str| layer.flow.front.arrow.iter().position(|arrow| arrow.step.value == step);
    let own = place(&step);
    let is_later = |headed: &&Headed| own.is_some() && place(&headed.id) > own;
    let next = remarks.iter().find(is_later).map(|headed| headed.id.as_str());
    added_body((remarks, &layer.text), (&step, next), &words).map_err(unwritable)
}

fn written_remark(layer: &Layer<'_>, now: &Row, said: &FigureSaid) -> Result<String, Fault> {
    if now.state == Some("gone") {
        return Err(Fault::Unfit("record-gone"));
    }
    let words = text_typed(said)?;
    rewritten_body(Some((&layer.flow.remarks, &layer.text)), &now.key, words).map_err(unwritable)
}

/// A remark less: with a change what was said before it is marked as deleted, and what was only to be added goes.
fn removed_remark(layer: &Layer<'_>, now: &Row, change: Option<&ChangeId>) -> Result<String, Fault> {
    let (remarks, text) = (&layer.flow.remarks, &*layer.text);
    let headed = remarks.iter().find(|headed| headed.id == now.key).ok_or(Fault::Unknown)?;
    let words = match change {
        Some(_) if now.state == Some("gone") => return Err(Fault::Unfit("record-gone")),
        Some(change) if now.state != Some("new") => {
            let before = before(layer, headed);
            wrapped(&before, ("--", change))
        }
        Some(_) | None => String::new(),
    };
    let new = rewritten_body(Some((remarks, text)), &now.key, &words).map_err(unwritable)?;
    // The empty line before a heading that was the last goes with it.
    let ends = new.ends_with("\n\n") && !text.ends_with("\n\n");
    Ok(if ends { new[..new.len() - 1].to_owned() } else { new })
}

/// What a remark said before its changes, as it was written.
fn before(layer: &Layer<'_>, headed: &Headed) -> String {
    let text = &*layer.text;
    let edits = fold_body(&headed.text, text, Fold { marks: &|_| true, to: State::Before });
    let folded = apply(&edits, |_| text).into_values().next();
    let folded = folded.as_deref().unwrap_or(text);
    let body = split(layer.flow.file, folded, &mut Diagnostics::new()).map(|parts| parts.body).unwrap_or_default();
    let all = parse_body(layer.flow.file, folded, body, None, &mut Diagnostics::new());
    body_of(&all, folded, &headed.id).map(|(_, range)| folded[range].to_owned()).unwrap_or_default()
}

/// Words within one mark. Marks that their author wrote already stay: none may stand in another.
pub(super) fn wrapped(words: &str, (sign, change): (&str, &ChangeId)) -> String {
    if ["{++", "{--", "{~~"].iter().any(|open| words.contains(open)) {
        return words.to_owned();
    }
    let is_listed = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['-', '*', '+', '|', '>']) || line.starts_with(|first: char| first.is_ascii_digit())
    };
    let gap = if words.contains("\n\n") || words.lines().any(is_listed) { "\n\n" } else { "" };
    format!("{{{sign}{gap}{words}{gap}{sign}}}{{>>{change}<<}}")
}

/// What is written, by path.
type Files = BTreeMap<String, Option<String>>;

/// Writes a part of a figure: one step.
pub(super) fn change_figure(live: &Live, asked: &FigureAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.of.town)?;
    let of = drawn(&checked, &asked.of)?;
    if let Some(change) = &asked.change
        && of.case.changes.get(change).is_none()
    {
        return Err(Fault::Unknown);
    }
    let layer = of.layers.iter().find(|layer| layer.path == asked.layer).ok_or(Fault::Unknown)?;
    let now = asked.then.now(layer, &asked.hash);
    let is_new = matches!(asked.then, FigureThen::Add { .. });
    if !is_new && now.as_ref().is_none_or(|row| row.hash != asked.hash) {
        let theirs = now.map_or((None, String::new()), |row| (Some(json!(row.said)), row.hash));
        return Err(Fault::Conflict(Box::new(Theirs { written: theirs.0, hash: theirs.1 })));
    }
    let text = asked.then.text(layer, now.as_ref(), asked.change.as_ref())?;
    let what = asked.then.name(&of, now.as_ref());
    if layer.is_written && *layer.text == *text {
        return Ok(json!({ "step": journal.standing(), "state": live.state() }));
    }
    let mut files = Files::from([(layer.path.clone(), Some(text))]);
    let (mut written, mut by_hand) = (checked.clone(), Vec::new());
    if let (Some(change), Some(_)) = (&asked.change, &of.case.edition) {
        let same = pages_of(&of.form.filled).filter(|other| other.files == of.page.files);
        let keys: Vec<ItemKey> =
            same.filter_map(|page| asked.then.marked(page)).map(|path| of.form.role.key(&path)).collect();
        if !keys.is_empty() {
            let with_others = concerned(live, &asked.of.town, &files)?;
            let place = Marking { town: &asked.of.town, case: &asked.of.case, keys };
            let marked = marked(&with_others, &files, (&place, change))?;
            files.extend(marked.files);
            by_hand = marked.by_hand;
            written = with_others;
        }
    }
    journal.write(&written.workspace.sources, (&what, &files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state(), "by_hand": places(&by_hand) }))
}

/// Whether an edit is one of a figure.
pub(super) fn is_figure(checked: &Checked, edit: &Edit) -> bool {
    let form = form(checked, (&edit.town, &edit.case, &edit.form));
    form.is_ok_and(|form| pages_of(&form.filled).any(|page| page.path == *edit.path))
}

/// What an edit of a figure makes of its file that nobody has saved yet; none: it says what cannot be yet.
pub(super) fn drafted_figure(checked: &Checked, edit: &Edit) -> Option<(String, String)> {
    let of = OfFigure {
        town: edit.town.clone(),
        case: edit.case.clone(),
        form: edit.form.clone(),
        path: edit.path.as_str().into(),
    };
    let of = drawn(checked, &of).ok()?;
    let then: FigureThen = serde_json::from_value(edit.written.clone()).ok()?;
    let layer = of.layers.iter().find(|layer| layer.path == edit.layer)?;
    let now = then.now(layer, &edit.hash);
    then.text(layer, now.as_ref(), edit.change.as_ref()).ok().map(|text| (layer.path.clone(), text))
}

fn unfit(fault: FigureFault) -> Fault {
    match fault {
        FigureFault::Unknown => Fault::Unknown,
        FigureFault::Unreadable => Fault::Unfit("unreadable"),
        FigureFault::Gone => Fault::Unfit("record-gone"),
        FigureFault::Field { field, wrong } => Fault::Field { field, wrong: word(wrong), words: String::new() },
    }
}

/// What is wrong, as the browser knows it.
fn word(wrong: FigureWrong) -> &'static str {
    match wrong {
        FigureWrong::Empty => "empty",
        FigureWrong::Shape => "shape",
        FigureWrong::There => "there",
        FigureWrong::Choose => "choose",
    }
}
