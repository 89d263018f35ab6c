//! The hearing of a case, its opinions and the groups that answer them（意見の募集）, each written by itself; all else in the file stays as its
//! author wrote it.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

use crate::answers::{CommentCell, CommentChange, CommentTable, NewRow, edited, key_of, with_comments};
use crate::check::day_of;
use crate::model::manifest::HearingToml;
use crate::model::{Case, Comments, Filled, ItemPath};
use crate::source::id_fault;

/// What is done to the hearing of a case（意見の募集への操作）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HearingOrder {
    /// The hearing says this; without a file one is begun.
    Hearing(HearingWords),
    /// A row comes last in its table.
    Add {
        /// Which table.
        table: CommentTable,
        /// Number of the opinion or id of the group, which it keeps for good.
        key: String,
        /// What its fields say, by their keys; for a group also `main`.
        said: BTreeMap<String, String>,
    },
    /// A row says something else.
    Write {
        /// Which table.
        table: CommentTable,
        /// Number of the opinion or id of the group.
        key: String,
        /// What its fields say, by their keys; those that are left out stay.
        said: BTreeMap<String, String>,
    },
    /// A row goes.
    Remove {
        /// Which table.
        table: CommentTable,
        /// Number of the opinion or id of the group.
        key: String,
    },
    /// A row stands at another place of its table, counted from 0.
    Move {
        /// Which table.
        table: CommentTable,
        /// Number of the opinion or id of the group.
        key: String,
        /// The place.
        to: usize,
    },
}

/// What a hearing says（募集の内容）, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HearingWords {
    /// 案件名.
    pub title: String,
    /// 根拠.
    pub ground: String,
    /// 初日.
    pub from: String,
    /// 末日.
    pub to: String,
    /// 閲覧場所, one a line.
    pub places: String,
    /// 問合せ先.
    pub contact: String,
    /// 提出方法 and 提出先: a way as often as there are places for it.
    pub ways: Vec<(String, String)>,
}

/// Why it cannot be done（できない理由）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HearingFault {
    /// There is no such hearing or row.
    Unknown,
    /// The file cannot be read as it is.
    Unreadable,
    /// A group that opinions still name; how many do.
    Named(usize),
    /// A field says what cannot be.
    Field {
        /// Its key.
        field: &'static str,
        /// What is wrong with it.
        wrong: HearingWrong,
        /// The words that are wrong, or that would be right; may be empty.
        words: String,
    },
}

/// What is wrong with a field（欄の誤り）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HearingWrong {
    /// It must say something.
    Empty,
    /// An id or a number cannot be written like that.
    Shape,
    /// Another row has that id or number.
    There,
    /// No such day.
    Day,
    /// The last day is before the first.
    Order,
    /// None of the words that may stand there.
    Choose,
    /// The assessment has no such item.
    Item,
    /// No share of the width.
    Share,
    /// There are as many as there may be.
    Many,
}

type Done<T> = Result<T, HearingFault>;

pub(super) fn wrong<T>(field: &'static str, wrong: HearingWrong, words: impl Into<String>) -> Done<T> {
    Err(HearingFault::Field { field, wrong, words: words.into() })
}

/// The text of `comments.toml` after an order. `text` is none where there is no such file.
///
/// # Errors
/// What is wrong with the order.
pub fn with_hearing(case: &Case, text: Option<&str>, order: &HearingOrder) -> Done<String> {
    if let HearingOrder::Hearing(words) = order {
        let known = case.comments.as_ref().map(|comments| &comments.settings.hearing);
        // A file that is there and that nobody could read is mended first.
        return if text.is_some() && known.is_none() {
            Err(HearingFault::Unreadable)
        } else {
            heard(text, known, words)
        };
    }
    let comments =
        case.comments.as_ref().ok_or(if text.is_some() { HearingFault::Unreadable } else { HearingFault::Unknown })?;
    let text = text.ok_or(HearingFault::Unknown)?;
    match order {
        HearingOrder::Hearing(_) => unreachable!("it was done above"),
        HearingOrder::Add { table, key, said } => added(case, comments, text, (*table, key, said)),
        HearingOrder::Write { table, key, said } => written(case, comments, text, (*table, key, said)),
        HearingOrder::Remove { table, key } => {
            let named = comments.opinions_of(&key.into()).count();
            if *table == CommentTable::Groups && named > 0 {
                return Err(HearingFault::Named(named));
            }
            rearranged(text, *table, key, |rows, at| drop(rows.remove(at)))
        }
        HearingOrder::Move { table, key, to } => rearranged(text, *table, key, |rows, at| {
            let row = rows.remove(at);
            rows.insert((*to).min(rows.len()), row);
        }),
    }
}

fn added(
    case: &Case,
    comments: &Comments,
    text: &str,
    (table, key, said): (CommentTable, &str, &BTreeMap<String, String>),
) -> Done<String> {
    let key = key_typed(table, key)?;
    if table.rows(comments).iter().any(|(known, _)| *known == key) {
        return wrong(key_field(table), HearingWrong::There, key);
    }
    let values = table.fields().iter().map(|field| {
        let typed = said.get(field.key()).map(String::as_str).unwrap_or_default();
        fit(case, comments, *field, typed)
    });
    let values: Vec<String> = values.collect::<Done<_>>()?;
    let row = NewRow { table, key: key.clone(), values, place: String::new() };
    let text = with_comments(text, (&[], &[row]));
    with_main(&text, (table, &key, said))
}

fn written(
    case: &Case,
    comments: &Comments,
    text: &str,
    (table, key, said): (CommentTable, &str, &BTreeMap<String, String>),
) -> Done<String> {
    let rows = table.rows(comments);
    let (_, now) = rows.iter().find(|(known, _)| known == key).ok_or(HearingFault::Unknown)?;
    let mut changes = Vec::new();
    for (field, before) in table.fields().iter().zip(now) {
        let Some(typed) = said.get(field.key()) else { continue };
        let after = fit(case, comments, *field, typed)?;
        if after != *before {
            let (key, before, place) = (key.to_owned(), before.clone(), String::new());
            changes.push(CommentChange { table, key, field: *field, before, after, place });
        }
    }
    let text = with_comments(text, (&changes, &[]));
    with_main(&text, (table, key, said))
}

fn key_field(table: CommentTable) -> &'static str {
    match table {
        CommentTable::Opinions => "number",
        CommentTable::Groups => "id",
    }
}

/// A key as it is kept.
fn key_typed(table: CommentTable, typed: &str) -> Done<String> {
    let typed = typed.trim();
    let kept = match table {
        CommentTable::Opinions => table.key_typed(typed),
        CommentTable::Groups => id_fault(typed).is_none().then(|| typed.to_owned()),
    };
    match kept {
        Some(kept) => Ok(kept),
        None if typed.is_empty() => wrong(key_field(table), HearingWrong::Empty, ""),
        None => wrong(key_field(table), HearingWrong::Shape, typed),
    }
}

/// What a field says as it is kept, where it may say that.
fn fit(case: &Case, comments: &Comments, field: CommentCell, typed: &str) -> Done<String> {
    let key = field.key();
    let Ok(kept) = field.kept(typed) else { return wrong(key, HearingWrong::Day, typed) };
    if kept.is_empty() && field.is_required() {
        return wrong(key, HearingWrong::Empty, "");
    }
    if let Some(known) = field.choices(comments)
        && let Some(word) = kept.lines().find(|word| !known.contains(word))
    {
        return wrong(key, HearingWrong::Choose, word);
    }
    let has = |item: &&str| case.assessments().any(|filled: &Filled| filled.row(&ItemPath::from(*item)).is_some());
    match kept.lines().find(|item| field == CommentCell::Items && !has(item)) {
        Some(item) => wrong(key, HearingWrong::Item, item),
        None => Ok(kept),
    }
}

/// Says whether a group is among the main opinions; it is, where nothing is said.
fn with_main(text: &str, (table, key, said): (CommentTable, &str, &BTreeMap<String, String>)) -> Done<String> {
    let Some(is_main) = said.get("main").filter(|_| table == CommentTable::Groups).map(|said| said == "true") else {
        return Ok(text.to_owned());
    };
    edit(text, |document| {
        let mut rows = document.get_mut(table.key()).map(crate::answers::tables).unwrap_or_default();
        let Some(row) = rows.iter_mut().find(|row| key_of(&***row, table) == key) else { return };
        match (is_main, row.get_mut("main").and_then(Item::as_value_mut)) {
            (true, None) => {}
            (true, Some(_)) => drop(row.remove("main")),
            (false, Some(old)) => replace(old, false.into()),
            (false, None) => drop(row.insert("main", value(false))),
        }
    })
}

pub(super) fn edit(text: &str, change: impl FnOnce(&mut DocumentMut)) -> Done<String> {
    edited(text, change).map_err(|_| HearingFault::Unreadable)
}

/// Gives a value another word, the comment beside it left.
pub(super) fn replace(old: &mut Value, mut new: Value) {
    *new.decor_mut() = old.decor().clone();
    *old = new;
}

/// A table whose rows are taken out or put in another order.
fn rearranged(text: &str, of: CommentTable, key: &str, change: impl FnOnce(&mut Vec<Item>, usize)) -> Done<String> {
    let mut done = Err(HearingFault::Unknown);
    let text = edit(text, |document| {
        let Some(list) = document.get_mut(of.key()) else { return };
        let keys: Vec<String> = crate::answers::tables(list).iter().map(|row| key_of(&**row, of)).collect();
        let Some(at) = keys.iter().position(|known| known == key) else { return };
        done = Ok(());
        rearrange(list, |rows| change(rows, at));
    })?;
    done.map(|()| text)
}

/// A list whose rows are taken out or put in another order, however it is written.
pub(super) fn rearrange(list: &mut Item, change: impl FnOnce(&mut Vec<Item>)) {
    match list {
        Item::ArrayOfTables(tables) => {
            let mut rows: Vec<Item> = tables.iter().cloned().map(Item::Table).collect();
            change(&mut rows);
            let rows = rows.into_iter().filter_map(|row| row.into_table().ok());
            // Rows stand in the file by number: those that are there keep the numbers, so that what follows them still does.
            let numbers: Vec<_> = tables.iter().map(Table::position).collect();
            let rows = rows.zip(numbers).map(|(mut row, number)| {
                row.set_position(number);
                row
            });
            *tables = rows.collect::<ArrayOfTables>();
        }
        Item::Value(Value::Array(members)) => {
            let mut rows: Vec<Item> = members.iter().cloned().map(Item::Value).collect();
            change(&mut rows);
            *members = rows.into_iter().filter_map(|row| row.into_value().ok()).collect::<Array>();
        }
        Item::None | Item::Value(_) | Item::Table(_) => {}
    }
}

/// The hearing in other words.
fn heard(text: Option<&str>, now: Option<&HearingToml>, words: &HearingWords) -> Done<String> {
    for (field, typed) in [("title", &words.title), ("ground", &words.ground), ("from", &words.from), ("to", &words.to)]
    {
        if typed.trim().is_empty() {
            return wrong(field, HearingWrong::Empty, "");
        }
    }
    let day = |field, typed: &str| match CommentCell::Received.kept(typed) {
        Ok(day) => Ok(day),
        Err(_) => wrong(field, HearingWrong::Day, typed),
    };
    let (from, to) = (day("from", &words.from)?, day("to", &words.to)?);
    if day_of(&to) < day_of(&from) {
        return wrong("to", HearingWrong::Order, from);
    }
    let kept = |typed: &str| CommentCell::Heading.kept(typed).unwrap_or_default();
    let lines = |typed: &str| {
        kept(typed).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let places = lines(&words.places);
    let ways: Vec<(String, String)> =
        words.ways.iter().map(|(way, to)| (way.clone(), kept(to))).filter(|(_, to)| !to.is_empty()).collect();
    let known_ways =
        now.map(|now| now.way.iter().map(|way| (way.way.value.clone(), way.to.clone())).collect::<Vec<_>>());
    edit(text.unwrap_or_default(), |document| {
        let hearing = document.entry("hearing").or_insert_with(|| Item::Table(Table::new()));
        let Some(hearing) = hearing.as_table_like_mut() else { return };
        for (key, word) in [("title", kept(&words.title)), ("ground", kept(&words.ground)), ("from", from), ("to", to)]
        {
            put(hearing, key, word.into());
        }
        if now.map_or(!places.is_empty(), |now| now.places != places) {
            put(hearing, "places", places.into_iter().collect::<Array>().into());
        }
        let contact = kept(&words.contact);
        if now.map_or(!contact.is_empty(), |now| now.contact != contact) {
            put(hearing, "contact", contact.into());
        }
        if known_ways.is_none_or(|known| known != ways) {
            let rows = ways.into_iter().map(|(way, to)| {
                let mut row = Table::new();
                row.insert("way", value(way));
                row.insert("to", value(to));
                row
            });
            let rows: ArrayOfTables = rows.collect();
            if rows.is_empty() {
                hearing.remove("way");
            } else {
                hearing.insert("way", Item::ArrayOfTables(rows));
            }
        }
    })
}

fn put(table: &mut dyn TableLike, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if old.as_str().is_some() && old.as_str() == new.as_str() => {}
        Some(old) => replace(old, new),
        None => drop(table.insert(key, Item::Value(new))),
    }
}
