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
use crate::desk::{
    COLUMN_FIELDS, HearingFault, HearingOrder, HearingPart, HearingWords, HearingWrong, PartOrder, PartSaid, SHOWS,
    with_hearing, with_part,
};
use crate::diagnostic::{SourceMap, Span};
use crate::model::manifest::{CommentField, CommentShows, CommentWords};
use crate::model::{Case, Comments};
use crate::name::{CaseId, CaseName, Slug};
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
pub(super) fn hearing_tree(case: &Case, usual: &CommentWords) -> Option<Json> {
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
    let mut chapters = vec![json!({ "id": WHOLE, "say": "hearing-first", "nodes": [whole] })];
    if let Some(comments) = &case.comments {
        let settings = &comments.settings;
        let points = settings.hearing.outline.iter().enumerate();
        let points = points.map(|(at, point)| node(format!("outline/{at}"), short(&point.text), false));
        chapters.push(chapter("outline", points.collect()));
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
        // The words of all documents are in the list alone.
        let parts = |id: &'static str, part: HearingPart| {
            let rows = part.rows(comments, usual);
            let shown = if part.is_own(comments) { rows.as_slice() } else { &[] };
            let nodes = shown.iter().enumerate().map(|(at, said)| node(format!("{id}/{at}"), part_label(said), false));
            counted(id, nodes.collect(), rows.len())
        };
        chapters.push(parts("notice", HearingPart::Notice));
        chapters.push(parts("report", HearingPart::Report));
        chapters.push(parts("column", HearingPart::Columns));
    }
    Some(json!({
        "prefix": HEARING, "kind": "hearing", "form": "", "say": "hearing", "tag": "", "pages": false,
        "chapters": chapters,
    }))
}

fn chapter(id: &str, rows: Vec<Json>) -> Json {
    let count = rows.len();
    counted(id, rows, count)
}

fn counted(id: &str, rows: Vec<Json>, count: usize) -> Json {
    let list = json!({ "group": ROWS, "say": format!("hearing-{id}-list"), "count": count });
    let nodes: Vec<Json> = std::iter::once(list).chain(rows).collect();
    json!({ "id": id, "say": format!("hearing-{id}s"), "nodes": nodes })
}

/// What a part or a column is called in the tree.
fn part_label(said: &PartSaid) -> String {
    let words = ["heading", "label", "text"].into_iter().filter_map(|key| said.get(key));
    words.filter(|words| !words.is_empty()).map(|words| short(words)).next().unwrap_or_default()
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
    let points = settings.hearing.outline.iter().enumerate().flat_map(|(at, point)| {
        let (changes, items) = (point.changes.iter(), point.items.iter());
        let named = changes.map(|change| &change.range).chain(items.map(|item| &item.range));
        named.map(move |range| (format!("outline/{at}"), Span::new(comments.file, range.clone())))
    });
    std::iter::once(whole).chain(points).chain(groups).chain(opinions).collect()
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
    pub(super) town: Slug,
    /// Case.
    pub(super) case: CaseId,
}

/// The hearing of a case with its opinions and groups, and what may be chosen for them.
pub(super) fn hearing(checked: &Checked, asked: &OfCase) -> Result<Json, Fault> {
    let case = find(checked, &CaseName::new(&asked.town, &asked.case))?;
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
    let parts = |part| case.comments.as_ref().map(|comments| part_rows(comments, usual, part)).unwrap_or_default();
    let is_own = |part: HearingPart| case.comments.as_ref().is_some_and(|comments| part.is_own(comments));
    Ok(json!({
        "case": case.id, "path": path, "is_there": case.comments.is_some(), "days": case.comments.as_ref().and_then(Comments::days),
        // A file that nobody could read is mended by hand first.
        "is_broken": case.comments.is_none() && text_of(checked, &path).is_some(),
        "hearing": said, "hash": hash(&said.to_string()), "ways": words.ways, "effects": effects, "changes": reasons,
        "answer": label(CommentField::Answer), "groups": tables(CommentTable::Groups), "opinions": tables(CommentTable::Opinions),
        "outlines": parts(HearingPart::Outline), "notices": parts(HearingPart::Notice), "reports": parts(HearingPart::Report),
        "columns": parts(HearingPart::Columns), "shows": SHOWS.map(CommentShows::id), "fields": COLUMN_FIELDS.map(CommentField::id),
        // Without parts of its own, those of all documents are printed.
        "own": { "notice": is_own(HearingPart::Notice), "report": is_own(HearingPart::Report), "column": is_own(HearingPart::Columns) },
    }))
}

fn path_of(town: &Slug, case: &CaseId) -> String {
    CaseName::new(town, case).comments()
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
            count = Some(comments.opinions_of(&group.id.value).count());
        }
        let hash = hash(&said.to_string());
        json!({ "key": key, "said": said, "hash": hash, "count": count })
    };
    rows.into_iter().map(row).collect()
}

/// The rows of a list of the hearing, each by its place.
fn part_rows(comments: &Comments, usual: &CommentWords, part: HearingPart) -> Vec<Json> {
    let row = |(at, said): (usize, PartSaid)| {
        let said = json!(said);
        json!({ "key": at.to_string(), "hash": hash(&said.to_string()), "said": said, "count": null })
    };
    part.rows(comments, usual).into_iter().enumerate().map(row).collect()
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Table {
    Opinion,
    Group,
    Outline,
    Notice,
    Report,
    Column,
}

/// How the rows of a table are told apart.
enum Rows {
    /// By a key that they keep.
    Keyed(CommentTable),
    /// By their places.
    Placed(HearingPart),
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
    fn rows(self) -> Rows {
        match self {
            Self::Opinion => Rows::Keyed(CommentTable::Opinions),
            Self::Group => Rows::Keyed(CommentTable::Groups),
            Self::Outline => Rows::Placed(HearingPart::Outline),
            Self::Notice => Rows::Placed(HearingPart::Notice),
            Self::Report => Rows::Placed(HearingPart::Report),
            Self::Column => Rows::Placed(HearingPart::Columns),
        }
    }

    /// What one of its rows is called.
    fn name(self) -> &'static str {
        match self {
            Self::Opinion => "意見",
            Self::Group => "意見のまとまり",
            Self::Outline => "変更の概要",
            Self::Notice => "お知らせの部分",
            Self::Report => "報告の部分",
            Self::Column => "意見の表の列",
        }
    }
}

/// What an order comes to.
enum Ordered {
    Hearing(HearingOrder),
    Part(HearingPart, PartOrder),
}

/// The place of a row as it is now: its own where it still says what the browser saw, else that of the one which does.
fn place_of(rows: &[Json], (key, seen): (&str, &str)) -> Option<usize> {
    let at = key.parse::<usize>().ok();
    let says = |row: &Json| row["hash"] == *seen;
    let stayed = at.filter(|at| rows.get(*at).is_some_and(says));
    stayed.or_else(|| rows.iter().position(says)).or(at.filter(|at| *at < rows.len()))
}

impl HearingThen {
    /// The order, and what the step is called; `place` is that of the row that it is about, where rows are told apart by places.
    fn order(&self, place: Option<usize>) -> Result<(Ordered, String), Fault> {
        let (table, what, key) = match self {
            Self::Hearing { said } => {
                let Heard { title, ground, from, to, places, contact, ways } = said.clone();
                let words = HearingWords { title, ground, from, to, places, contact, ways };
                return Ok((Ordered::Hearing(HearingOrder::Hearing(words)), "意見の募集の内容".to_owned()));
            }
            Self::Add { table, key, .. } => (*table, "追加", key),
            Self::Write { table, key, .. } => (*table, "記載", key),
            Self::Remove { table, key } => (*table, "削除", key),
            Self::Move { table, key, .. } => (*table, "並べ替え", key),
        };
        let name = |key: &str| format!("{}の{what}（{key}）", table.name());
        Ok(match table.rows() {
            Rows::Keyed(of) => {
                let kept = || of.key_typed(key).unwrap_or_default();
                let name = if matches!(self, Self::Add { .. }) { name(&kept()) } else { name(key) };
                let order = match self.clone() {
                    Self::Hearing { .. } => unreachable!("it was done above"),
                    Self::Add { key, said, .. } => HearingOrder::Add { table: of, key, said },
                    Self::Write { key, said, .. } => HearingOrder::Write { table: of, key, said },
                    Self::Remove { key, .. } => HearingOrder::Remove { table: of, key },
                    Self::Move { key, to, .. } => HearingOrder::Move { table: of, key, to },
                };
                (Ordered::Hearing(order), name)
            }
            Rows::Placed(part) => {
                let at = || place.ok_or(Fault::Unknown);
                let order = match self.clone() {
                    Self::Hearing { .. } => unreachable!("it was done above"),
                    Self::Add { said, .. } => {
                        return Ok((Ordered::Part(part, PartOrder::Add(said)), format!("{}の追加", table.name())));
                    }
                    Self::Write { said, .. } => PartOrder::Write(at()?, said),
                    Self::Remove { .. } => PartOrder::Remove(at()?),
                    Self::Move { to, .. } => PartOrder::Move(at()?, to),
                };
                (Ordered::Part(part, order), name(&(at()? + 1).to_string()))
            }
        })
    }

    /// What stands where this writes, by what it is known, and its place; none: nothing may stand there yet.
    fn now(&self, (case, usual): (&Case, &CommentWords), seen: &str) -> Option<(Json, String, Option<usize>)> {
        let (table, key) = match self {
            Self::Hearing { .. } => {
                let said = said_of_hearing(case);
                let hash = hash(&said.to_string());
                return Some((said, hash, None));
            }
            Self::Add { .. } => return None,
            Self::Write { table, key, .. } | Self::Remove { table, key } | Self::Move { table, key, .. } => {
                (table, key)
            }
        };
        let comments = case.comments.as_ref()?;
        let (mut rows, at) = match table.rows() {
            Rows::Keyed(of) => {
                let rows = rows(comments, of);
                let at = rows.iter().position(|row| row["key"] == **key);
                (rows, at)
            }
            Rows::Placed(part) => {
                let rows = part_rows(comments, usual, part);
                let at = place_of(&rows, (key, seen));
                (rows, at)
            }
        };
        let Some(at) = at else { return Some((Json::Null, String::new(), None)) };
        let said = rows[at]["said"].take();
        let hash = hash(&said.to_string());
        Some((said, hash, Some(at)))
    }
}

/// Writes the hearing, or a row of it: each is one step.
pub(super) fn change_hearing(live: &Live, asked: &HearingAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let OfCase { town, case: id } = &asked.of;
    let checked = live.town(town)?;
    let case = find(&checked, &CaseName::new(town, id))?;
    if !has_room(case) {
        return Err(Fault::Unknown);
    }
    let usual = &checked.library.words.comments;
    let now = asked.then.now((case, usual), &asked.hash);
    let place = now.as_ref().and_then(|(.., place)| *place);
    if let Some((now, hash, _)) = now
        && hash != asked.hash
    {
        let written = (!now.is_null()).then_some(now);
        return Err(Fault::Conflict(Box::new(Theirs { written, hash })));
    }
    let (order, what) = asked.then.order(place)?;
    let path = path_of(town, id);
    let text = text_of(&checked, &path);
    let new = match &order {
        Ordered::Hearing(order) => with_hearing(case, text.as_deref(), order),
        Ordered::Part(part, order) => {
            let text = text.as_deref().ok_or(Fault::Unknown)?;
            with_part(case, text, usual, (*part, order))
        }
    };
    let new = new.map_err(fault)?;
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
        HearingWrong::Share => "share",
        HearingWrong::Many => "many",
    }
}
