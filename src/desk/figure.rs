//! The figure of 別添1（事務の内容の図）: its title, its boxes and its arrows changed, added, removed; all else in the file stays as its author
//! wrote it.
//!
//! Input: a flow file and an order. Output: the text of its front matter in other words. Remarks are running text and are none of it. What is
//! wrong with a figure as a whole (an arrow to nowhere, two boxes at one place, a step without a remark) is told by the rules, not here.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::answers::{edited, tables};
use crate::model::FlowFile;
use crate::model::manifest::{ArrowKind, ArrowToml, FlowZone, NodeToml, bounds};
use crate::name::{ChangeId, NodeId, PeriodId};
use crate::source::Located;

/// What a part of a figure says, field by field（欄の記載）: lists one a line, boxes to tick `true` or nothing.
pub type FigureSaid = BTreeMap<String, String>;

/// Zones of a figure, in the order in which they are offered.
pub const ZONES: [FlowZone; 3] = [FlowZone::Person, FlowZone::Internal, FlowZone::External];

/// What may flow along an arrow, in the order of the legend.
pub const KINDS: [ArrowKind; 3] = [ArrowKind::Link, ArrowKind::Collect, ArrowKind::Other];

/// What is done to a figure（図への操作）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureOrder {
    /// Its title and its number say something else.
    Title(FigureSaid),
    /// A box or an arrow comes last.
    Add {
        /// Which of the two.
        table: FigureTable,
        /// What it says.
        said: FigureSaid,
    },
    /// A box or an arrow says something else; fields that are left out stay.
    Write {
        /// Which one.
        row: FigureRow,
        /// What it says.
        said: FigureSaid,
    },
    /// A box or an arrow goes.
    Remove {
        /// Which one.
        row: FigureRow,
    },
}

/// The lists of a figure that are written as values（図の一覧）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureTable {
    /// Boxes.
    Nodes,
    /// Arrows.
    Arrows,
}

/// A box or an arrow of a figure（枠・矢印）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureRow {
    /// A box by its id.
    Node(NodeId),
    /// An arrow by its place among the arrows, counted from 0: a step may have several.
    Arrow(usize),
}

/// Why it cannot be done（できない理由）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureFault {
    /// There is no such box or arrow.
    Unknown,
    /// The file cannot be read as it is.
    Unreadable,
    /// It is marked as taken away already.
    Gone,
    /// A field says what cannot be.
    Field {
        /// Its key.
        field: &'static str,
        /// What is wrong with it.
        wrong: FigureWrong,
    },
}

/// What is wrong with a field（欄の誤り）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureWrong {
    /// It must say something.
    Empty,
    /// It cannot be written like that.
    Shape,
    /// Another one says that.
    There,
    /// None of what may stand there.
    Choose,
}

type Done<T> = Result<T, FigureFault>;

fn wrong<T>(field: &'static str, wrong: FigureWrong) -> Done<T> {
    Err(FigureFault::Field { field, wrong })
}

impl FigureTable {
    fn key(self) -> &'static str {
        match self {
            Self::Nodes => "node",
            Self::Arrows => "arrow",
        }
    }
}

/// What a box says.
#[must_use]
pub fn said_of_node(node: &NodeToml) -> FigureSaid {
    said([
        ("label", node.label.value.clone()),
        ("zone", node.zone.id().to_owned()),
        ("column", node.column.to_string()),
        ("row", node.row.to_string()),
        ("host", node.host_label.clone().unwrap_or_default()),
        ("host-periods", lines(&node.host_periods)),
        ("periods", lines(&node.periods)),
        ("withheld", flag(node.withheld)),
    ])
}

/// What an arrow says.
#[must_use]
pub fn said_of_arrow(arrow: &ArrowToml) -> FigureSaid {
    said([
        ("step", arrow.step.value.clone()),
        ("from", arrow.from.value.to_string()),
        ("to", arrow.to.value.to_string()),
        ("via", arrow.via.as_ref().map(|via| via.value.to_string()).unwrap_or_default()),
        ("kind", arrow.kind.id().to_owned()),
        ("periods", lines(&arrow.periods)),
        ("note", flag(arrow.note)),
        ("withheld", flag(arrow.withheld)),
    ])
}

/// What the title of a figure says.
#[must_use]
pub fn said_of_title(flow: &FlowFile) -> FigureSaid {
    let number = if flow.front.number == 0 { String::new() } else { flow.front.number.to_string() };
    said([("title", flow.front.title.value.clone()), ("number", number)])
}

fn said<const N: usize>(fields: [(&str, String); N]) -> FigureSaid {
    fields.into_iter().map(|(key, word)| (key.to_owned(), word)).collect()
}

fn lines(list: &[Located<PeriodId>]) -> String {
    list.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join("\n")
}

fn flag(is: bool) -> String {
    if is { "true".to_owned() } else { String::new() }
}

/// A step number as it is kept: it heads a remark too.
///
/// # Errors
/// It is empty, or no heading can say it.
pub fn step_typed(typed: &str) -> Done<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return wrong("step", FigureWrong::Empty);
    }
    let is_word = !typed.contains(char::is_whitespace) && !typed.contains(['#', '`', '{', '}', '\\', '<']);
    if is_word { Ok(typed.to_owned()) } else { wrong("step", FigureWrong::Shape) }
}

/// The front matter of a flow file after an order.
///
/// With a `change` nothing comes or goes in silence: what is added is marked as inserted by it, what goes as deleted; an arrow that joins other
/// boxes, carries another step or another kind is one that goes and one that comes. What a change inserted and nobody published yet goes
/// altogether.
///
/// # Errors
/// What is wrong with the order.
pub fn with_figure(flow: &FlowFile, front: &str, (order, change): (&FigureOrder, Option<&ChangeId>)) -> Done<String> {
    match order {
        FigureOrder::Title(said) => {
            let fields = title_fields(said)?;
            edit(front, |document| {
                fill(document.as_table_mut(), fields);
                Ok(())
            })
        }
        FigureOrder::Add { table, said } => {
            let mut fields = match table {
                FigureTable::Nodes => node_fields(said)?,
                FigureTable::Arrows => arrow_fields(said)?,
            };
            match table {
                FigureTable::Nodes => {
                    require(said, &["label", "zone", "column", "row"])?;
                    fields.insert(0, ("id", Field::Text(free_id(flow).into())));
                }
                FigureTable::Arrows => require(said, &["step", "from", "to", "kind"])?,
            }
            fields.push(("inserted", Field::Text(change.map(String::from).unwrap_or_default())));
            edit(front, |document| list(document, *table)?.insert(None, fields))
        }
        FigureOrder::Write { row, said } => written(flow, front, (row, said, change)),
        FigureOrder::Remove { row } => {
            let (table, at, mark) = find(flow, row)?;
            let gone = |change: &ChangeId| vec![("deleted", Field::Text(change.into()))];
            edit(front, |document| match (change, mark) {
                (Some(_), Standing::Gone) => Err(FigureFault::Gone),
                (Some(change), Standing::Published) => list(document, table)?.set(at, gone(change)),
                (Some(_), Standing::New) | (None, _) => list(document, table)?.remove(at),
            })
        }
    }
}

fn written(
    flow: &FlowFile,
    front: &str,
    (row, said, change): (&FigureRow, &FigureSaid, Option<&ChangeId>),
) -> Done<String> {
    let (table, at, mark) = find(flow, row)?;
    if mark == Standing::Gone {
        return Err(FigureFault::Gone);
    }
    let mut fields = match table {
        FigureTable::Nodes => node_fields(said)?,
        FigureTable::Arrows => arrow_fields(said)?,
    };
    let is_other = flow.front.arrow.get(at).is_some_and(|arrow| is_other(arrow, said));
    match change {
        Some(change) if table == FigureTable::Arrows && mark == Standing::Published && is_other => {
            fields.push(("inserted", Field::Text(change.into())));
            edit(front, |document| {
                let mut list = list(document, table)?;
                list.set(at, vec![("deleted", Field::Text(change.into()))])?;
                list.insert(Some(at), fields)
            })
        }
        _ => edit(front, |document| list(document, table)?.set(at, fields)),
    }
}

/// Whether an arrow would be another one: what a list of changes tells arrows apart by.
fn is_other(arrow: &ArrowToml, said: &FigureSaid) -> bool {
    let now = said_of_arrow(arrow);
    ["step", "from", "to", "via", "kind"]
        .iter()
        .any(|key| said.get(*key).is_some_and(|typed| now.get(*key).is_none_or(|now| now != typed.trim())))
}

/// How a box or an arrow stands to what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Published,
    New,
    Gone,
}

fn find(flow: &FlowFile, row: &FigureRow) -> Done<(FigureTable, usize, Standing)> {
    let standing = |inserted: bool, deleted: bool| match (inserted, deleted) {
        (true, _) => Standing::New,
        (false, true) => Standing::Gone,
        (false, false) => Standing::Published,
    };
    match row {
        FigureRow::Node(id) => {
            let at = flow.front.node.iter().position(|node| node.id.value == *id).ok_or(FigureFault::Unknown)?;
            let node = &flow.front.node[at];
            Ok((FigureTable::Nodes, at, standing(node.inserted.is_some(), node.deleted.is_some())))
        }
        FigureRow::Arrow(at) => {
            let arrow = flow.front.arrow.get(*at).ok_or(FigureFault::Unknown)?;
            Ok((FigureTable::Arrows, *at, standing(arrow.inserted.is_some(), arrow.deleted.is_some())))
        }
    }
}

/// An id that no box has yet; arrows refer to it, and nobody reads it.
fn free_id(flow: &FlowFile) -> NodeId {
    let is_free = |id: &NodeId| flow.front.node.iter().all(|node| node.id.value != *id);
    (1..).map(|number| format!("box-{number}").into()).find(is_free).expect("there are fewer boxes than numbers")
}

/// What a field says, as it is kept; nothing takes its key out.
enum Field {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<String>),
}

type Fields = Vec<(&'static str, Field)>;

fn require(said: &FigureSaid, keys: &[&'static str]) -> Done<()> {
    match keys.iter().find(|key| !said.contains_key(**key)) {
        Some(key) => wrong(key, FigureWrong::Empty),
        None => Ok(()),
    }
}

fn typed<'s>(said: &'s FigureSaid, key: &str) -> Option<&'s str> {
    said.get(key).map(|typed| typed.trim())
}

fn needed(said: &FigureSaid, key: &'static str) -> Done<Option<String>> {
    match typed(said, key) {
        Some("") => wrong(key, FigureWrong::Empty),
        other => Ok(other.map(str::to_owned)),
    }
}

fn one_of(said: &FigureSaid, key: &'static str, known: &[&str]) -> Done<Option<String>> {
    match needed(said, key)? {
        Some(word) if !known.contains(&word.as_str()) => wrong(key, FigureWrong::Choose),
        other => Ok(other),
    }
}

fn place(said: &FigureSaid, key: &'static str, most: u32) -> Done<Option<i64>> {
    let Some(word) = needed(said, key)? else { return Ok(None) };
    match word.parse::<u32>() {
        Ok(number) if (1..=most).contains(&number) => Ok(Some(number.into())),
        Ok(_) | Err(_) => wrong(key, FigureWrong::Choose),
    }
}

fn list_of(typed: &str) -> Vec<String> {
    typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn title_fields(said: &FigureSaid) -> Done<Fields> {
    let mut fields = Fields::new();
    if let Some(title) = needed(said, "title")? {
        fields.push(("title", Field::Text(title)));
    }
    match typed(said, "number") {
        None => {}
        Some("") => fields.push(("number", Field::Text(String::new()))),
        Some(typed) => match typed.parse::<u32>() {
            Ok(number) if number <= bounds::FLOW_NUMBER_MOST => fields.push(("number", Field::Number(number.into()))),
            Ok(_) | Err(_) => return wrong("number", FigureWrong::Shape),
        },
    }
    Ok(fields)
}

fn node_fields(said: &FigureSaid) -> Done<Fields> {
    let mut fields = Fields::new();
    fields.extend(needed(said, "label")?.map(|label| ("label", Field::Text(label))));
    fields.extend(one_of(said, "zone", &ZONES.map(FlowZone::id))?.map(|zone| ("zone", Field::Text(zone))));
    let column = place(said, "column", bounds::FLOW_COLUMNS_MOST)?;
    fields.extend(column.map(|column| ("column", Field::Number(column))));
    fields.extend(place(said, "row", bounds::FLOW_ROWS_MOST)?.map(|row| ("row", Field::Number(row))));
    fields.extend(typed(said, "periods").map(|typed| ("periods", Field::List(list_of(typed)))));
    fields.extend(typed(said, "withheld").map(|typed| ("withheld", Field::Flag(typed == "true"))));
    fields.extend(typed(said, "host").map(|typed| ("host-label", Field::Text(typed.to_owned()))));
    fields.extend(typed(said, "host-periods").map(|typed| ("host-periods", Field::List(list_of(typed)))));
    Ok(fields)
}

fn arrow_fields(said: &FigureSaid) -> Done<Fields> {
    let mut fields = Fields::new();
    // What heads no remark is a label, and may have more than one word.
    let step = match said.get("step") {
        Some(step) if typed(said, "note") != Some("true") => Some(step_typed(step)?),
        _ => needed(said, "step")?,
    };
    fields.extend(step.map(|step| ("step", Field::Text(step))));
    fields.extend(needed(said, "from")?.map(|from| ("from", Field::Text(from))));
    fields.extend(needed(said, "to")?.map(|to| ("to", Field::Text(to))));
    fields.extend(typed(said, "via").map(|typed| ("via", Field::Text(typed.to_owned()))));
    fields.extend(one_of(said, "kind", &KINDS.map(ArrowKind::id))?.map(|kind| ("kind", Field::Text(kind))));
    fields.extend(typed(said, "periods").map(|typed| ("periods", Field::List(list_of(typed)))));
    fields.extend(typed(said, "withheld").map(|typed| ("withheld", Field::Flag(typed == "true"))));
    fields.extend(typed(said, "note").map(|typed| ("note", Field::Flag(typed == "true"))));
    Ok(fields)
}

fn edit(front: &str, change: impl FnOnce(&mut DocumentMut) -> Done<()>) -> Done<String> {
    let mut done = Ok(());
    let text = edited(front, |document| done = change(document)).map_err(|_| FigureFault::Unreadable)?;
    done.map(|()| text)
}

/// Says what fields say; what says the same already stays as it is written.
fn fill(table: &mut dyn TableLike, fields: Fields) {
    for (key, field) in fields {
        let old = table.get(key).and_then(Item::as_value);
        let is_same = match &field {
            Field::Text(word) => old.map_or(word.is_empty(), |old| old.as_str() == Some(word)),
            Field::Number(number) => old.and_then(Value::as_integer) == Some(*number),
            Field::Flag(flag) => old.and_then(Value::as_bool).unwrap_or_default() == *flag,
            Field::List(list) => {
                let members = old.and_then(Value::as_array).into_iter().flatten();
                members.map(|member| member.as_str().unwrap_or_default()).eq(list)
            }
        };
        if is_same {
            continue;
        }
        let new: Option<Value> = match field {
            Field::Text(word) => Some(word).filter(|word| !word.is_empty()).map(Value::from),
            Field::Number(number) => Some(number.into()),
            Field::Flag(flag) => flag.then(|| true.into()),
            Field::List(list) => (!list.is_empty()).then(|| list.into_iter().collect::<Array>().into()),
        };
        match (new, table.get_mut(key).and_then(Item::as_value_mut)) {
            (None, _) => drop(table.remove(key)),
            (Some(mut new), Some(old)) => {
                // The comment beside it is the author's.
                *new.decor_mut() = old.decor().clone();
                *old = new;
            }
            (Some(new), None) => drop(table.insert(key, Item::Value(new))),
        }
    }
}

/// A list of boxes or arrows, however it is written: `[[node]]` or `node = [{ … }]`.
struct List<'d>(&'d mut Item);

fn list(document: &mut DocumentMut, table: FigureTable) -> Done<List<'_>> {
    let item = document.entry(table.key()).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item {
        Item::ArrayOfTables(_) | Item::Value(Value::Array(_)) => Ok(List(item)),
        Item::None | Item::Value(_) | Item::Table(_) => Err(FigureFault::Unreadable),
    }
}

impl List<'_> {
    fn set(&mut self, at: usize, fields: Fields) -> Done<()> {
        let row = tables(self.0).into_iter().nth(at).ok_or(FigureFault::Unreadable)?;
        fill(row, fields);
        Ok(())
    }

    /// A new one comes last, or after another one, as which it then begins.
    fn insert(&mut self, after: Option<usize>, fields: Fields) -> Done<()> {
        match &mut *self.0 {
            Item::ArrayOfTables(rows) => {
                let mut all: Vec<Table> = rows.iter().cloned().collect();
                let mut new = match after {
                    Some(at) => all.get(at).cloned().ok_or(FigureFault::Unreadable)?,
                    None => Table::new(),
                };
                new.remove("deleted");
                new.decor_mut().set_prefix("\n");
                // Rows stand in the file by number; one without a number stands behind the one before it.
                new.set_position(None);
                fill(&mut new, fields);
                all.insert(after.map_or(all.len(), |at| at + 1), new);
                *rows = all.into_iter().collect();
            }
            Item::Value(Value::Array(rows)) => {
                let old = after.and_then(|at| rows.get(at)).and_then(Value::as_inline_table);
                let mut new = old.cloned().unwrap_or_else(InlineTable::new);
                new.remove("deleted");
                fill(&mut new, fields);
                new.fmt();
                new.decor_mut().clear();
                rows.insert(after.map_or(rows.len(), |at| at + 1), new);
            }
            Item::None | Item::Value(_) | Item::Table(_) => return Err(FigureFault::Unreadable),
        }
        Ok(())
    }

    fn remove(&mut self, at: usize) -> Done<()> {
        match &mut *self.0 {
            Item::ArrayOfTables(rows) if at < rows.len() => drop(rows.remove(at)),
            Item::Value(Value::Array(rows)) if at < rows.len() => drop(rows.remove(at)),
            Item::ArrayOfTables(_) | Item::None | Item::Value(_) | Item::Table(_) => {
                return Err(FigureFault::Unreadable);
            }
        }
        Ok(())
    }
}
