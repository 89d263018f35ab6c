//! The hearing of a case at the desk（意見の募集）: its period and places, the opinions that came in, the groups that answer them; in the tree as
//! a form of its own, each row written by itself.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::entry::hash;
use super::fault::{Fault, Theirs};
use super::live::Live;
use super::saving::{may_write, text_of};
use crate::answers::CommentTable;
use crate::desk::{HearingFault, HearingOrder, HearingWords, HearingWrong, with_hearing};
use crate::diagnostic::{SourceMap, Span};
use crate::model::manifest::{CommentField, CommentWords};
use crate::model::{Case, Comments};
use crate::session::{Checked, find};

/// The name that stands in place of a form's prefix.
pub(super) const HEARING: &str = "comments/";

/// The path of the hearing itself, beside those of its rows: `opinion/1`, `group/storage`.
const WHOLE: &str = "hearing";

/// Most letters of a row that the tree shows.
const SHOWN_MOST: usize = 24;

/// The name that stands in place of a group's for the rows of a table.
const ROWS: &str = "@rows";

/// Whether a hearing belongs to a case: it has one, or its form asks for one.
fn has_room(case: &Case) -> bool {
    let asks = case.forms.iter().any(|form| form.filled.form.rules.hearing.is_some());
    case.comments.is_some() || asks
}

/// The hearing of a case as a form in the tree, its own words by the names that the browser has for them（`say`）; none where none belongs to
/// it.
pub(super) fn hearing_tree(case: &Case) -> Option<Json> {
    if !has_room(case) {
        return None;
    }
    let node = |path: String, label: String, is_blank: bool| {
        json!({
            "path": path, "row": path, "label": label, "say": (path == WHOLE).then_some("hearing-whole"), "depth": 0, "blank": is_blank, "changes": [], "review": null,
            "important": false, "withheld": false,
        })
    };
    let whole = node(WHOLE.to_owned(), String::new(), case.comments.is_none());
    let mut chapters = vec![json!({ "id": WHOLE, "say": "hearing-notice", "nodes": [whole] })];
    if let Some(comments) = &case.comments {
        let settings = &comments.settings;
        let groups = settings.group.iter().map(|group| {
            let id = &group.id.value;
            let is_open = group.answer.trim().is_empty() || group.effect().is_none();
            node(format!("group/{id}"), short(&format!("{id} {}", group.heading)), is_open)
        });
        let opinions = settings.opinion.iter().map(|opinion| {
            let number = opinion.number.value;
            let label = short(&format!("{number} {}", opinion.text.value));
            node(format!("opinion/{number}"), label, opinion.group().is_none())
        });
        chapters.push(chapter("group", groups.collect()));
        chapters.push(chapter("opinion", opinions.collect()));
    }
    Some(json!({
        "prefix": HEARING, "kind": "hearing", "form": "", "say": "hearing", "tag": "", "pages": false,
        "chapters": chapters,
    }))
}

fn chapter(id: &str, rows: Vec<Json>) -> Json {
    let list = json!({ "group": ROWS, "say": format!("hearing-{id}-list"), "count": rows.len() });
    let nodes: Vec<Json> = std::iter::once(list).chain(rows).collect();
    json!({ "id": id, "say": format!("hearing-{id}s"), "nodes": nodes })
}

fn short(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(SHOWN_MOST).collect();
    if line.chars().count() > SHOWN_MOST || words.lines().count() > 1 {
        short.push('…');
    }
    short
}

/// Where each row of a hearing stands in its file, by its path.
pub(super) fn row_places(comments: &Comments, sources: &SourceMap) -> Vec<(String, Span)> {
    let text = &*sources.get(comments.file).text;
    let settings = &comments.settings;
    let heads = heads(text);
    let around = |at: &Range<usize>, is_own: fn(&str) -> bool| {
        let start = heads.iter().rfind(|head| **head <= at.start).copied().unwrap_or(0);
        let end =
            heads.iter().find(|head| **head > at.start && !is_own(&text[**head..])).copied().unwrap_or(text.len());
        Span::new(comments.file, start..end)
    };
    let is_ways = |rest: &str| rest.starts_with("[[hearing.") || rest.starts_with("[hearing.");
    let whole = (WHOLE.to_owned(), around(&settings.hearing.title.range, is_ways));
    let groups =
        settings.group.iter().map(|group| (format!("group/{}", group.id.value), around(&group.id.range, |_| false)));
    let opinions = settings
        .opinion
        .iter()
        .map(|one| (format!("opinion/{}", one.number.value), around(&one.number.range, |_| false)));
    std::iter::once(whole).chain(groups).chain(opinions).collect()
}

/// Where the headings of tables begin.
fn heads(text: &str) -> Vec<usize> {
    const TABLES: [&str; 7] =
        ["[hearing", "[[hearing", "[[group]]", "[[opinion]]", "[[notice]]", "[[report]]", "[[columns]]"];
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    starts.filter(|at| TABLES.iter().any(|table| text[*at..].starts_with(table))).collect()
}

/// Which case, as the browser names it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OfCase {
    /// Slug of the municipality.
    pub(super) town: String,
    /// Case.
    pub(super) case: String,
}

/// The hearing of a case with its opinions and groups, and what may be chosen for them.
pub(super) fn hearing(checked: &Checked, asked: &OfCase) -> Result<Json, Fault> {
    let case = find(checked, &asked.town, &asked.case)?;
    if !has_room(case) {
        return Err(Fault::Unknown);
    }
    let path = path_of(&asked.town, &asked.case);
    let usual = &checked.library.words.comments;
    let words: &CommentWords = case.comments.as_ref().map_or(usual, |comments| &comments.words);
    let label =
        |field: CommentField| words.columns.iter().find(|column| column.field == field).map(|column| &column.label);
    let effects: Vec<&str> = words.effects.iter().map(|effect| effect.word.as_str()).collect();
    let reasons = case.comments.as_ref().map(|comments| &comments.reasons);
    let tables = |of| case.comments.as_ref().map(|comments| rows(comments, of)).unwrap_or_default();
    let said = said_of_hearing(case);
    Ok(json!({
        "case": case.id, "path": path, "is_there": case.comments.is_some(), "days": case.comments.as_ref().and_then(Comments::days),
        // A file that nobody could read is mended by hand first.
        "is_broken": case.comments.is_none() && text_of(checked, &path).is_some(),
        "hearing": said, "hash": hash(&said.to_string()), "ways": words.ways, "effects": effects, "changes": reasons,
        "answer": label(CommentField::Answer), "groups": tables(CommentTable::Groups), "opinions": tables(CommentTable::Opinions),
    }))
}

fn path_of(town: &str, case: &str) -> String {
    format!("content/municipalities/{town}/{case}/comments.toml")
}

fn said_of_hearing(case: &Case) -> Json {
    let Some(comments) = &case.comments else { return Json::Null };
    let of = &comments.settings.hearing;
    let ways: Vec<(&str, &str)> = of.way.iter().map(|way| (way.way.value.as_str(), way.to.as_str())).collect();
    json!({
        "title": of.title.value, "ground": of.ground, "from": of.from.value, "to": of.to.value,
        "places": of.places.join("\n"), "contact": of.contact, "ways": ways,
    })
}

/// The rows of a table: key, what is said, by what it is known.
fn rows(comments: &Comments, of: CommentTable) -> Vec<Json> {
    let rows = of.rows(comments);
    let row = |(key, values): (String, Vec<String>)| {
        let said: BTreeMap<&str, String> = of.fields().iter().map(|field| field.key()).zip(values).collect();
        let mut said = json!(said);
        let mut count = None;
        if let Some(group) =
            comments.settings.group.iter().find(|group| of == CommentTable::Groups && group.id.value == key)
        {
            said["main"] = Json::from(group.main.to_string());
            count = Some(comments.opinions_of(&key).count());
        }
        let hash = hash(&said.to_string());
        json!({ "key": key, "said": said, "hash": hash, "count": count })
    };
    rows.into_iter().map(row).collect()
}

/// What is to be done, as the browser asks for it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct HearingAsked {
    #[serde(flatten)]
    of: OfCase,
    /// What the browser saw of the row; nothing of a new one.
    #[serde(default)]
    hash: String,
    #[serde(flatten)]
    then: HearingThen,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "then", rename_all = "kebab-case")]
enum HearingThen {
    Hearing { said: Heard },
    Add { table: Table, key: String, said: BTreeMap<String, String> },
    Write { table: Table, key: String, said: BTreeMap<String, String> },
    Remove { table: Table, key: String },
    Move { table: Table, key: String, to: usize },
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Table {
    Opinion,
    Group,
}

#[derive(Debug, Clone, Deserialize)]
struct Heard {
    title: String,
    ground: String,
    from: String,
    to: String,
    places: String,
    contact: String,
    ways: Vec<(String, String)>,
}

impl Table {
    fn table(self) -> CommentTable {
        match self {
            Self::Opinion => CommentTable::Opinions,
            Self::Group => CommentTable::Groups,
        }
    }
}

impl HearingThen {
    /// The order, and what the step is called.
    fn order(&self) -> (HearingOrder, String) {
        let named = |table: &Table, what: &str, key: &str| match table {
            Table::Opinion => format!("意見の{what}（{key}）"),
            Table::Group => format!("意見のまとまりの{what}（{key}）"),
        };
        match self.clone() {
            Self::Hearing { said } => {
                let Heard { title, ground, from, to, places, contact, ways } = said;
                let words = HearingWords { title, ground, from, to, places, contact, ways };
                (HearingOrder::Hearing(words), "意見の募集の内容".to_owned())
            }
            Self::Add { table, key, said } => {
                let kept = table.table().key_typed(&key).unwrap_or_default();
                let what = named(&table, "追加", &kept);
                (HearingOrder::Add { table: table.table(), key, said }, what)
            }
            Self::Write { table, key, said } => {
                let what = named(&table, "記載", &key);
                (HearingOrder::Write { table: table.table(), key, said }, what)
            }
            Self::Remove { table, key } => {
                let what = named(&table, "削除", &key);
                (HearingOrder::Remove { table: table.table(), key }, what)
            }
            Self::Move { table, key, to } => {
                let what = named(&table, "並べ替え", &key);
                (HearingOrder::Move { table: table.table(), key, to }, what)
            }
        }
    }

    /// What stands where this writes, and by what it is known; none: nothing may stand there yet.
    fn now(&self, case: &Case) -> Option<(Json, String)> {
        let known = |said: Json| {
            let hash = hash(&said.to_string());
            (said, hash)
        };
        match self {
            Self::Hearing { .. } => Some(known(said_of_hearing(case))),
            Self::Add { .. } => None,
            Self::Write { table, key, .. } | Self::Remove { table, key } | Self::Move { table, key, .. } => {
                let rows = rows(case.comments.as_ref()?, table.table());
                let row = rows.into_iter().find(|row| row["key"] == **key);
                Some(row.map_or_else(|| (Json::Null, String::new()), |mut row| known(row["said"].take())))
            }
        }
    }
}

/// Writes the hearing, or a row of it: each is one step.
pub(super) fn change_hearing(live: &Live, asked: &HearingAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let OfCase { town, case: id } = &asked.of;
    let checked = live.town(town)?;
    let case = find(&checked, town, id)?;
    if !has_room(case) {
        return Err(Fault::Unknown);
    }
    if let Some((now, hash)) = asked.then.now(case)
        && hash != asked.hash
    {
        let written = (!now.is_null()).then_some(now);
        return Err(Fault::Conflict(Box::new(Theirs { written, hash })));
    }
    let (order, what) = asked.then.order();
    let path = path_of(town, id);
    let text = text_of(&checked, &path);
    let new = with_hearing(case, text.as_deref(), &order).map_err(fault)?;
    if text.as_deref() != Some(new.as_str()) {
        journal.write(&checked.workspace.sources, (&what, &BTreeMap::from([(path, Some(new))])))?;
        live.refresh(by)?;
    }
    Ok(json!({ "step": journal.standing(), "state": live.state() }))
}

fn fault(fault: HearingFault) -> Fault {
    match fault {
        HearingFault::Unknown => Fault::Unknown,
        HearingFault::Unreadable => Fault::Unfit("unreadable"),
        HearingFault::Named(_) => Fault::Unfit("group-named"),
        HearingFault::Field { field, wrong, words } => Fault::Field { field, wrong: word(wrong), words },
    }
}

/// What is wrong, as the browser knows it.
fn word(wrong: HearingWrong) -> &'static str {
    match wrong {
        HearingWrong::Empty => "empty",
        HearingWrong::Shape => "shape",
        HearingWrong::There => "there",
        HearingWrong::Day => "day",
        HearingWrong::Order => "order",
        HearingWrong::Choose => "choose",
        HearingWrong::Item => "item",
    }
}
