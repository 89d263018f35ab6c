//! Departures as lists for a person: those of a case as it stands, and those between two of its editions.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::departure::{Departure, Sort, departures};
use super::hold::{Found, held};
use super::item::Item;
use super::leaf::{Readers, before, from_texts};
use super::public::{beside, for_the_public};
use crate::change::{DifferenceKind, HeldAgainst};
use crate::diagnostic::{SourceMap, Span};
use crate::markup::{State, Text};
use crate::model::manifest::MeasureState;
use crate::model::{Case, Edition, Municipality};
use crate::name::{CaseId, EditionId, IssueId, MeasureId, Slug};

/// What a case prints otherwise, and no list of its documents shows（一覧に載らない違い）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CaseDepartures {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// The edition that it is held against.
    pub edition: EditionId,
    /// The papers that it is held against; empty: none were issued.
    pub issue: IssueId,
    /// Why the edition was begun anew; empty: it was not.
    pub replaces_because: String,
    /// Otherwise than the edition, in print order.
    pub undeclared: Vec<ListedDeparture>,
    /// Otherwise than the papers that were issued last.
    pub since_issue: Vec<ListedDeparture>,
    /// Measures of the checklist that say of themselves that they are not as before, or whose text is marked, in print order.
    pub measures: Vec<ListedMeasure>,
}

/// A measure that is not as before（継続でない対策）: its state is its declaration, since no mark says of a whole measure that it is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedMeasure {
    /// Its path.
    pub path: String,
    /// 新規 or 変更, or 継続 of a marked text; empty: nothing stands in its column.
    pub state: &'static str,
    /// Its text after the changes.
    pub text: String,
    /// Where it is written, as `file:line`.
    pub place: String,
}

/// One difference（違い）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedDeparture {
    /// The heading that it stands under: 順序のみ, 図の配置のみ, 表示のみ, 回答のみ, 公表用のみ, 文言.
    pub heading: &'static str,
    /// Path of the item.
    pub path: String,
    /// Documents or forms that show it.
    pub documents: Vec<String>,
    /// What was printed.
    pub old: String,
    /// What is printed.
    pub new: String,
    /// Where it is written, as `file:line`; empty where nothing is left of it.
    pub place: String,
    /// Whether a change that the papers list is declared no more.
    pub taken_back: bool,
}

impl Sort {
    /// The heading of a list（一覧の見出し）.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Words => "文言",
            Self::Order => "順序のみ",
            Self::Placement => "図の配置のみ",
            Self::Display => "表示のみ",
            Self::Answer => "回答のみ",
            Self::Public => "公表用のみ",
        }
    }
}

/// What a case prints otherwise than its edition and than what was issued; `None` where it has no edition.
#[must_use]
pub fn listed(municipality: &Municipality, case: &Case, sources: &SourceMap) -> Option<CaseDepartures> {
    let (id, _) = case.edition.as_ref()?;
    let edition = case.editions.get(id)?;
    let against = HeldAgainst::new(sources);
    let held = held(&Readers::of(municipality), case, &against);
    let all = |found: &[Found]| found.iter().map(|found| one(found, sources)).collect::<Vec<_>>();
    let mut undeclared = all(&held.undeclared);
    // The same letters set otherwise: the rule of the edition tells of it, no list does.
    let differences = against.differences(&municipality.name(case), case, edition);
    let shapes = differences.iter().filter(|found| found.difference.kind == DifferenceKind::Shape);
    undeclared.extend(shapes.map(|found| ListedDeparture {
        heading: Sort::Display.heading(),
        path: found.key.to_string(),
        documents: Vec::new(),
        old: found.difference.old.clone(),
        new: found.difference.new.clone(),
        place: place(found.difference.span, sources),
        taken_back: false,
    }));
    Some(CaseDepartures {
        municipality: municipality.slug.clone(),
        case: case.id.clone(),
        edition: id.clone(),
        issue: edition.last_issue().map(|(id, _)| id.clone()).unwrap_or_default(),
        replaces_because: because(edition),
        undeclared,
        since_issue: all(&held.since_issue),
        measures: measures(case, sources),
    })
}

/// Those that are not 継続, since before its changes a checklist says of none that it is anything else; and those with a mark.
fn measures(case: &Case, sources: &SourceMap) -> Vec<ListedMeasure> {
    let Some(checklist) = &case.checklist else { return Vec::new() };
    let all = checklist.settings.sheet.iter().flat_map(|sheet| &sheet.measure);
    let is_marked = |id: &MeasureId| checklist.texts.get(id).is_some_and(Text::is_marked);
    let other = all.filter(|measure| measure.state != Some(MeasureState::Kept) || is_marked(&measure.id.value));
    other
        .map(|measure| {
            let id = &measure.id;
            let text = checklist.texts.get(&id.value);
            ListedMeasure {
                path: format!("checklist/{}", id.value),
                state: measure.state.map_or("", MeasureState::label),
                text: text.map(|text| text.characters(State::After)).unwrap_or_default(),
                place: place(Some(Span::new(checklist.file, id.range.clone())), sources),
            }
        })
        .collect()
}

fn because(edition: &Edition) -> String {
    edition.about.as_ref().map(|(_, about)| about.replaces_because.clone()).unwrap_or_default()
}

fn one(found: &Found, sources: &SourceMap) -> ListedDeparture {
    let departure = &found.departure;
    ListedDeparture {
        heading: departure.sort.heading(),
        path: departure.path.to_string(),
        documents: found.documents.clone(),
        old: departure.old.clone(),
        new: departure.new.clone(),
        place: place(found.place.or(found.frozen), sources),
        taken_back: departure.taken_back,
    }
}

fn place(span: Option<Span>, sources: &SourceMap) -> String {
    span.map_or_else(String::new, |span| {
        let file = sources.get(span.file);
        let line = file.text[..span.start].matches('\n').count() + 1;
        format!("{}:{line}", sources.shown(span.file))
    })
}

/// What differs between two editions of a case, or between one and the case before its changes now（`until` is none）; `None` where an
/// edition is not there or froze nothing that was printed.
#[must_use]
pub fn between(
    municipality: &Municipality,
    case: &Case,
    (since, until): (&EditionId, Option<&EditionId>),
    sources: &SourceMap,
) -> Option<Vec<ListedDeparture>> {
    let of = |id: &EditionId| -> Option<BTreeMap<String, Vec<Arc<Item>>>> {
        let files = &case.editions.get(id)?.files;
        let printed = files.iter().filter_map(|(path, file)| {
            let name = path.strip_prefix("printed/")?.strip_suffix(".md")?;
            Some((name.to_owned(), &*sources.get(*file).text))
        });
        let texts: BTreeMap<String, &str> = printed.collect();
        (!texts.is_empty()).then(|| from_texts(&texts))
    };
    let old = of(since)?;
    let new = match until {
        Some(until) => of(until)?,
        None => before(&Readers::of(municipality), case).into_iter().map(|leaf| (leaf.name, leaf.items)).collect(),
    };
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let empty = Vec::new();
    let of = |leaf: &str| departures(old.get(leaf).unwrap_or(&empty), new.get(leaf).unwrap_or(&empty));
    let mut found = Vec::new();
    for name in names {
        let all: Vec<Departure> = match beside(name) {
            None => of(name),
            // Who reads it is told of its document, and of what one of the two does not know nothing can be said.
            Some(_) if !(old.contains_key(name) && new.contains_key(name)) => continue,
            Some(own) => for_the_public(of(name), &of(own)).collect(),
        };
        found.extend(all.into_iter().map(|departure| ListedDeparture {
            heading: departure.sort.heading(),
            path: departure.path.to_string(),
            documents: vec![name.clone()],
            old: departure.old,
            new: departure.new,
            place: String::new(),
            taken_back: false,
        }));
    }
    Some(found)
}
