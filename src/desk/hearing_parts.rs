//! The words of a hearing that stand in order and have no id（変更の概要、お知らせ・報告の部分、表の列）: added, written, moved, removed, each by its
//! place; all else in the file stays as its author wrote it.
//!
//! Where `comments.toml` has no parts of its own, those of all documents are printed. The first write copies them, so that what was printed
//! still is; the last removal leads back to them.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};
use unicode_normalization::UnicodeNormalization;

use super::hearing::{HearingFault, HearingWrong, edit, replace, wrong};
use crate::answers::tables;
use crate::model::manifest::{
    CommentColumn, CommentField, CommentPart, CommentShows, CommentWords, OutlineToml, bounds,
};
use crate::model::{Case, Comments, Filled};
use crate::source::Located;

/// What a row says, field by field（欄の記載）: lists one a line.
pub type PartSaid = BTreeMap<String, String>;

/// A list of a hearing whose rows are told apart by their places（順序だけのある一覧）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HearingPart {
    /// 変更の概要.
    Outline,
    /// お知らせの部分.
    Notice,
    /// 報告の部分.
    Report,
    /// 意見の表の列.
    Columns,
}

/// What is done to such a list（一覧への操作）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartOrder {
    /// A row comes last.
    Add(PartSaid),
    /// The row at a place says something else; fields that are left out stay.
    Write(usize, PartSaid),
    /// The row at a place goes.
    Remove(usize),
    /// The row at a place stands at another one.
    Move(usize, usize),
}

/// What a part may show, in the order in which it is offered.
pub const SHOWS: [CommentShows; 7] = [
    CommentShows::Nothing,
    CommentShows::Outline,
    CommentShows::Places,
    CommentShows::Ways,
    CommentShows::WayCounts,
    CommentShows::EffectCounts,
    CommentShows::Answers,
];

/// What a column may show, in the order in which it is offered.
pub const COLUMN_FIELDS: [CommentField; 8] = [
    CommentField::Number,
    CommentField::Heading,
    CommentField::Summary,
    CommentField::Opinions,
    CommentField::Count,
    CommentField::Answer,
    CommentField::Effect,
    CommentField::Places,
];

type Done<T> = Result<T, HearingFault>;

/// What a field says, as it is kept; empty words take its key out.
enum Kept {
    Words(String),
    List(Vec<String>),
    Share(f64),
}

type Fields = Vec<(&'static str, Kept)>;

impl HearingPart {
    /// Its list in `comments.toml`.
    fn key(self) -> &'static str {
        match self {
            Self::Outline => "outline",
            Self::Notice => "notice",
            Self::Report => "report",
            Self::Columns => "columns",
        }
    }

    /// Whether it has rows of its own in `comments.toml`.
    #[must_use]
    pub fn is_own(self, comments: &Comments) -> bool {
        let settings = &comments.settings;
        match self {
            Self::Outline => !settings.hearing.outline.is_empty(),
            Self::Notice => !settings.notice.is_empty(),
            Self::Report => !settings.report.is_empty(),
            Self::Columns => !settings.columns.is_empty(),
        }
    }

    /// What its rows say: its own, else those of all documents. The outline has none of these.
    #[must_use]
    pub fn rows(self, comments: &Comments, usual: &CommentWords) -> Vec<PartSaid> {
        let settings = &comments.settings;
        let parts = |own: &[CommentPart], usual: &[CommentPart]| {
            if own.is_empty() { usual.iter().map(of_part).collect() } else { own.iter().map(of_part).collect() }
        };
        match self {
            Self::Outline => settings.hearing.outline.iter().map(of_point).collect(),
            Self::Notice => parts(&settings.notice, &usual.notice),
            Self::Report => parts(&settings.report, &usual.report),
            Self::Columns if settings.columns.is_empty() => usual.columns.iter().map(of_column).collect(),
            Self::Columns => settings.columns.iter().map(of_column).collect(),
        }
    }

    /// What is typed, as it is kept, where it may be.
    fn fields(self, case: &Case, comments: &Comments, said: &PartSaid) -> Done<Fields> {
        match self {
            Self::Outline => point_fields(case, comments, said),
            Self::Notice | Self::Report => part_fields(said),
            Self::Columns => column_fields(said),
        }
    }
}

/// The text of `comments.toml` after an order. `usual` are the words of all documents.
///
/// # Errors
/// What is wrong with the order.
pub fn with_part(
    case: &Case,
    text: &str,
    usual: &CommentWords,
    (part, order): (HearingPart, &PartOrder),
) -> Done<String> {
    let comments = case.comments.as_ref().ok_or(HearingFault::Unreadable)?;
    let rows = part.rows(comments, usual);
    let is_there = |at: usize| if at < rows.len() { Ok(at) } else { Err(HearingFault::Unknown) };
    // What was printed without rows of its own is still printed with them.
    let copied: Vec<Fields> = if part.is_own(comments) {
        Vec::new()
    } else {
        rows.iter().map(|row| part.fields(case, comments, row)).collect::<Done<_>>()?
    };
    match order {
        PartOrder::Add(said) => {
            if part == HearingPart::Columns && rows.len() >= bounds::COLUMNS_MOST as usize {
                return wrong("label", HearingWrong::Many, bounds::COLUMNS_MOST.to_string());
            }
            let fields = part.fields(case, comments, said)?;
            changed(text, part, copied, |list| list.push(fields))
        }
        PartOrder::Write(at, said) => {
            let mut whole = rows[is_there(*at)?].clone();
            whole.extend(said.clone());
            let fields = part.fields(case, comments, &whole)?;
            changed(text, part, copied, |list| list.set(*at, fields))
        }
        PartOrder::Remove(at) => {
            is_there(*at)?;
            changed(text, part, copied, |list| list.rearrange(|rows| drop(rows.remove(*at))))
        }
        PartOrder::Move(at, to) => {
            is_there(*at)?;
            changed(text, part, copied, |list| {
                list.rearrange(|rows| {
                    let row = rows.remove(*at);
                    rows.insert((*to).min(rows.len()), row);
                });
            })
        }
    }
}

fn said<const N: usize>(fields: [(&str, String); N]) -> PartSaid {
    fields.into_iter().map(|(key, word)| (key.to_owned(), word)).collect()
}

fn of_point(point: &OutlineToml) -> PartSaid {
    said([("text", point.text.clone()), ("changes", listed(&point.changes)), ("items", listed(&point.items))])
}

fn listed<T: ToString>(names: &[Located<T>]) -> String {
    names.iter().map(|name| name.value.to_string()).collect::<Vec<_>>().join("\n")
}

fn of_part(part: &CommentPart) -> PartSaid {
    let shows = part.shows.id().to_owned();
    said([("heading", part.heading.clone()), ("text", part.text.clone()), ("shows", shows)])
}

fn of_column(column: &CommentColumn) -> PartSaid {
    let CommentColumn { label, field, width } = column;
    said([("label", label.clone()), ("field", field.id().to_owned()), ("width", width.to_string())])
}

/// Words as they are kept: one kind of line break, none at the end.
fn kept(said: &PartSaid, key: &str) -> String {
    let typed = said.get(key).map(String::as_str).unwrap_or_default();
    typed.replace("\r\n", "\n").trim().to_owned()
}

fn lines(said: &PartSaid, key: &str) -> Vec<String> {
    kept(said, key).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn needed(said: &PartSaid, key: &'static str) -> Done<String> {
    let words = kept(said, key);
    if words.is_empty() { wrong(key, HearingWrong::Empty, "") } else { Ok(words) }
}

fn point_fields(case: &Case, comments: &Comments, said: &PartSaid) -> Done<Fields> {
    let text = needed(said, "text")?;
    let (changes, items) = (lines(said, "changes"), lines(said, "items"));
    if let Some(change) = changes.iter().find(|change| !comments.reasons.contains_key(change.as_str())) {
        return wrong("changes", HearingWrong::Choose, change);
    }
    let has = |item: &str| case.assessments().any(|filled: &Filled| filled.row(&item.into()).is_some());
    if let Some(item) = items.iter().find(|item| !has(item)) {
        return wrong("items", HearingWrong::Item, item);
    }
    Ok(vec![("text", Kept::Words(text)), ("changes", Kept::List(changes)), ("items", Kept::List(items))])
}

fn part_fields(said: &PartSaid) -> Done<Fields> {
    let (heading, text, shows) = (kept(said, "heading"), kept(said, "text"), kept(said, "shows"));
    if !SHOWS.iter().any(|known| known.id() == shows) {
        return wrong("shows", HearingWrong::Choose, shows);
    }
    let is_nothing = shows == CommentShows::Nothing.id();
    if heading.is_empty() && text.is_empty() && is_nothing {
        return wrong("heading", HearingWrong::Empty, "");
    }
    let shows = if is_nothing { String::new() } else { shows };
    Ok(vec![("heading", Kept::Words(heading)), ("text", Kept::Words(text)), ("shows", Kept::Words(shows))])
}

fn column_fields(said: &PartSaid) -> Done<Fields> {
    let (label, field) = (needed(said, "label")?, kept(said, "field"));
    if !COLUMN_FIELDS.iter().any(|known| known.id() == field) {
        return wrong("field", HearingWrong::Choose, field);
    }
    let width: String = needed(said, "width")?.nfkc().collect();
    match width.parse::<f64>() {
        Ok(share) if (bounds::WIDTH_LEAST..=bounds::WIDTH_MOST).contains(&share) => {
            Ok(vec![("label", Kept::Words(label)), ("field", Kept::Words(field)), ("width", Kept::Share(share))])
        }
        Ok(_) | Err(_) => wrong("width", HearingWrong::Share, width),
    }
}

/// The list of a part, however it is written: `[[notice]]` or `notice = [{ … }]`.
struct List<'d>(&'d mut Item);

fn changed(text: &str, part: HearingPart, copied: Vec<Fields>, change: impl FnOnce(&mut List<'_>)) -> Done<String> {
    let mut done = Err(HearingFault::Unreadable);
    let text = edit(text, |document| {
        let Some(home) = home(document, part) else { return };
        let item = home.entry(part.key()).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if !matches!(item, Item::ArrayOfTables(_) | Item::Value(Value::Array(_))) {
            return;
        }
        let mut list = List(item);
        copied.into_iter().for_each(|fields| list.push(fields));
        change(&mut list);
        if list.is_empty() {
            home.remove(part.key());
        }
        done = Ok(());
    })?;
    done.map(|()| text)
}

/// The table that holds the list.
fn home(document: &mut DocumentMut, part: HearingPart) -> Option<&mut dyn TableLike> {
    match part {
        HearingPart::Outline => document.get_mut("hearing")?.as_table_like_mut(),
        HearingPart::Notice | HearingPart::Report | HearingPart::Columns => Some(document.as_table_mut()),
    }
}

impl List<'_> {
    fn is_empty(&self) -> bool {
        match &*self.0 {
            Item::ArrayOfTables(rows) => rows.is_empty(),
            Item::Value(Value::Array(rows)) => rows.is_empty(),
            Item::None | Item::Value(_) | Item::Table(_) => true,
        }
    }

    fn push(&mut self, fields: Fields) {
        match &mut *self.0 {
            Item::ArrayOfTables(rows) => {
                let mut row = Table::new();
                fill(&mut row, fields);
                rows.push(row);
            }
            Item::Value(Value::Array(rows)) => {
                let mut row = InlineTable::new();
                fill(&mut row, fields);
                rows.push(row);
            }
            Item::None | Item::Value(_) | Item::Table(_) => {}
        }
    }

    fn set(&mut self, at: usize, fields: Fields) {
        if let Some(row) = tables(self.0).into_iter().nth(at) {
            fill(row, fields);
        }
    }

    fn rearrange(&mut self, change: impl FnOnce(&mut Vec<Item>)) {
        super::hearing::rearrange(self.0, change);
    }
}

/// Says what fields say; what says the same already stays as it is written.
fn fill(row: &mut dyn TableLike, fields: Fields) {
    for (key, kept) in fields {
        let old = row.get(key).and_then(Item::as_value);
        let is_same = match &kept {
            Kept::Words(words) => old.map_or(words.is_empty(), |old| old.as_str() == Some(words)),
            Kept::List(list) => {
                let members = old.and_then(Value::as_array).into_iter().flatten();
                members.map(|member| member.as_str().unwrap_or_default()).eq(list)
            }
            Kept::Share(share) => old.and_then(share_of).is_some_and(|old| old.to_bits() == share.to_bits()),
        };
        if is_same {
            continue;
        }
        let new: Option<Value> = match kept {
            Kept::Words(words) => (!words.is_empty()).then(|| words.into()),
            Kept::List(list) => (!list.is_empty()).then(|| list.into_iter().collect::<Array>().into()),
            Kept::Share(share) => Some(share.into()),
        };
        match (new, row.get_mut(key).and_then(Item::as_value_mut)) {
            (None, _) => drop(row.remove(key)),
            (Some(new), Some(old)) => replace(old, new),
            (Some(new), None) => drop(row.insert(key, Item::Value(new))),
        }
    }
}

/// A share, which may be written without a point: `width = 1`.
fn share_of(value: &Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().filter(|whole| *whole == 1).map(|_| 1.0))
}
