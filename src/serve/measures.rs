//! The measures of a checklist at the desk（対策）: in the tree as the items of a form of its own, each written as an item is; on each sheet added,
//! put in another order, removed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::entry::{Layer, Owner, fragment, hash};
use super::fault::{Fault, Theirs};
use super::live::Live;
use super::marks::groups;
use super::records::losing;
use super::saving::{concerned, may_write, text_of};
use crate::desk::items::Reviews;
use crate::desk::{MeasureFault, MeasureOrder, ReviewState, with_measure};
use crate::diagnostic::{SourceMap, Span};
use crate::markup::{State, Text};
use crate::model::manifest::{Category, ChecklistToml, MeasureState, MeasureToml, SheetToml};
use crate::model::{Case, Checklist, ItemKey, Library, Model};
use crate::name::{CaseId, CaseName, ChangeId, FragmentId, MeasureId, SheetId, Slug};
use crate::session::{Checked, find};

/// The name that stands in place of a form's prefix; sign-offs, editions and marks name measures below it too.
pub(super) const CHECKLIST: &str = "checklist/";

/// The name that stands in place of a group's for the measures of a sheet.
pub(super) const MEASURES: &str = "@measures";

/// Most letters of a measure that the tree shows.
const SHOWN_MOST: usize = 24;

/// The checklist of a case, and its measures.
pub(super) fn checklist_of<'m>(model: &'m Model, town: &Slug, case: &CaseId) -> Option<&'m Checklist> {
    model.case(&CaseName::new(town, case))?.1.checklist.as_ref()
}

fn measure_of<'m>(checklist: &'m Checklist, id: &MeasureId) -> Option<(&'m SheetToml, &'m MeasureToml)> {
    let sheets = checklist.settings.sheet.iter();
    sheets
        .flat_map(|sheet| sheet.measure.iter().map(move |measure| (sheet, measure)))
        .find(|(_, one)| one.id.value == *id)
}

/// The checklist of a case as a form in the tree; none where it has none.
pub(super) fn checklist_tree(case: &Case, reviews: &Reviews, word: fn(ReviewState) -> &'static str) -> Option<Json> {
    let checklist = case.checklist.as_ref()?;
    let node = |measure: &MeasureToml| {
        let id = &measure.id.value;
        let text = checklist.texts.get(id).cloned().unwrap_or_default();
        let words = text.characters(State::After);
        let mut short: String = words.chars().take(SHOWN_MOST).collect();
        if words.chars().count() > SHOWN_MOST {
            short.push('…');
        }
        json!({
            "path": id, "row": id, "label": format!("{id} {short}"), "depth": 0, "blank": words.trim().is_empty(),
            "changes": changes(&text), "review": reviews.get(&ItemKey::checklist().join(id)).copied().map(word),
            "important": false, "withheld": has_withheld(&text),
        })
    };
    let chapter = |sheet: &SheetToml| {
        let list = json!({ "group": MEASURES, "label": "対策", "count": sheet.measure.len() });
        let nodes: Vec<Json> = std::iter::once(list).chain(sheet.measure.iter().map(node)).collect();
        json!({ "id": sheet.id.value, "heading": sheet.title, "nodes": nodes })
    };
    let ChecklistToml { title, sheet } = &checklist.settings;
    Some(json!({
        "prefix": CHECKLIST, "kind": "checklist", "form": "", "title": title, "tag": "", "pages": false,
        "chapters": sheet.iter().map(chapter).collect::<Vec<_>>(),
    }))
}

fn changes(text: &Text) -> Vec<&ChangeId> {
    let mut changes: Vec<&ChangeId> = text.marks.iter().map(|mark| &mark.change).collect();
    changes.sort_unstable();
    changes.dedup();
    changes
}

fn has_withheld(text: &Text) -> bool {
    text.runs().into_iter().any(|run| run.withheld.is_some())
}

/// What a measure says by itself, as the one file in which it may be written.
pub(super) fn measure_layer(checklist: &Checklist, sources: &SourceMap, id: &MeasureId) -> Option<Layer> {
    let (_, measure) = measure_of(checklist, id)?;
    let written = measure.text.as_ref().map(|text| Json::from(text.value.clone()));
    Some(Layer {
        path: sources.shown(checklist.file),
        owner: Owner::Own,
        hash: written.as_ref().map(|written| hash(&written.to_string())).unwrap_or_default(),
        appended: false,
        written,
    })
}

/// Where the words of each measure stand, and whether they stand there letter by letter; then where the rest of it does.
pub(super) fn measure_places(checklist: &Checklist, sources: &SourceMap) -> Vec<(MeasureId, Span)> {
    let source = &*sources.get(checklist.file).text;
    let mut found = Vec::new();
    for measure in checklist.measures() {
        let id = &measure.id.value;
        let item = measure.item.as_ref().map(|item| &item.range);
        let keys = [Some(&measure.id.range), item, measure.fragment.as_ref().map(|fragment| &fragment.range)];
        let mut ranges: Vec<_> = keys.into_iter().flatten().cloned().collect();
        if let Some(text) = &measure.text {
            // Without its quotes, so that a place in it is one in the words.
            let inner = text.range.start + 1..text.range.end - 1;
            let is_plain = source.get(inner.clone()) == Some(text.value.as_str());
            ranges.push(if is_plain { inner } else { text.range.clone() });
        }
        found.extend(ranges.into_iter().map(|range| (id.clone(), Span::new(checklist.file, range))));
    }
    found
}

/// Where a shared text is printed, by its id.
type Uses<'u> = &'u dyn Fn(&FragmentId) -> Vec<Json>;

/// A measure as an item.
pub(super) fn measure_item(
    checked: &Checked,
    (town, case): (&Slug, &CaseId),
    id: &MeasureId,
    (terms, uses): (&BTreeMap<&str, &str>, Uses<'_>),
    review: Option<&'static str>,
) -> Result<Json, Fault> {
    let (library, sources): (&Library, &SourceMap) = (&checked.library, &checked.workspace.sources);
    let checklist = checklist_of(&checked.model, town, case).ok_or(Fault::Unknown)?;
    let (sheet, measure) = measure_of(checklist, id).ok_or(Fault::Unknown)?;
    let layer = measure_layer(checklist, sources, id).ok_or(Fault::Unknown)?;
    let text = checklist.texts.get(id).cloned().unwrap_or_default();
    let shared = measure.fragment.as_ref().and_then(|of| Some((of, fragment(library, sources, &of.value)?)));
    let fragments: Vec<Json> = shared
        .into_iter()
        .map(|(of, layer)| json!({ "id": of.value, "layer": layer, "uses": uses(&of.value) }))
        .collect();
    Ok(json!({
        "town": town, "case": case, "form": CHECKLIST, "path": id, "row": id, "id": id, "label": id,
        "trail": [sheet.side], "kind": "text", "half": "body", "required": true, "important": false,
        "withheld": has_withheld(&text), "guidance": "", "from": null, "most": null, "options": [], "with_text": [],
        "shown": text.characters(State::After), "layers": [layer], "terms": terms, "fragments": fragments,
        "registers": [], "marks": groups(&[&text], &[], sources), "review": review,
    }))
}

/// The words of a measure put in its file.
pub(super) fn rewritten_measure(text: &str, id: &MeasureId, written: &Json) -> Result<String, Fault> {
    let text_of = |written: &Json| written.as_str().map(str::to_owned);
    let words = if written.is_null() { Some(String::new()) } else { text_of(written) };
    let order = MeasureOrder::Write { id: id.clone(), text: words.ok_or(Fault::Unfit("no-value"))? };
    with_measure(text, &order).map_err(unfit)
}

fn unfit(fault: MeasureFault) -> Fault {
    match fault {
        MeasureFault::Unknown => Fault::Unknown,
        MeasureFault::Id => Fault::Unfit("id"),
        MeasureFault::IdTaken => Fault::Unfit("measure-taken"),
        MeasureFault::NoText => Fault::Unfit("no-measure"),
        MeasureFault::Unreadable => Fault::Unfit("unreadable"),
    }
}

/// The measures of a sheet as the records of a group.
pub(super) fn measures(checked: &Checked, (town, case): (&Slug, &CaseId), sheet: &SheetId) -> Result<Json, Fault> {
    let checklist = checklist_of(&checked.model, town, case).ok_or(Fault::Unknown)?;
    let of = checklist.settings.sheet.iter().find(|known| known.id.value == *sheet).ok_or(Fault::Unknown)?;
    let words = |id: &MeasureId| checklist.texts.get(id).map(|text| text.characters(State::After)).unwrap_or_default();
    let records: Vec<Json> = of
        .measure
        .iter()
        .map(|measure| {
            let MeasureToml { id, category, state, item, answer, .. } = measure;
            json!({
                "id": id.value, "title": words(&id.value), "state": null, "category": category.label(),
                "standing": state.map(MeasureState::label).unwrap_or_default(), "answer": answer.state.label(),
                "item": item.as_ref().map(|item| item.value.to_string()).unwrap_or_default(),
            })
        })
        .collect();
    let categories = [Category::Operation, Category::System].map(Category::label);
    let standings = [MeasureState::New, MeasureState::Changed, MeasureState::Kept].map(MeasureState::label);
    let path = checked.workspace.sources.shown(checklist.file);
    Ok(json!({
        "case": case, "form": CHECKLIST, "section": sheet, "group": MEASURES, "label": "対策", "heading": of.title,
        "guidance": null, "files": [], "titled": false, "categories": categories, "standings": standings,
        "layers": [{ "path": path, "owner": "own", "hash": sheet_hash(checked, checklist), "written": true, "records": records }],
    }))
}

/// What the measures of a checklist are known by.
fn sheet_hash(checked: &Checked, checklist: &Checklist) -> String {
    hash(&checked.workspace.sources.get(checklist.file).text)
}

/// What is to be done with the measures of a sheet.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MeasureAsked {
    town: Slug,
    case: CaseId,
    /// Id of the sheet.
    section: SheetId,
    /// What the browser saw.
    hash: String,
    #[serde(flatten)]
    then: MeasureThen,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "then", rename_all = "kebab-case")]
enum MeasureThen {
    Add { id: MeasureId, text: String, category: Category, standing: Option<MeasureState> },
    Set { id: MeasureId, category: Category, standing: Option<MeasureState>, item: String },
    Remove { id: MeasureId },
    Move { id: MeasureId, to: usize },
}

/// Adds, removes or moves a measure, or says of what kind it is.
pub(super) fn change_measures(live: &Live, asked: &MeasureAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.town)?;
    find(&checked, &CaseName::new(&asked.town, &asked.case))?;
    let checklist = checklist_of(&checked.model, &asked.town, &asked.case).ok_or(Fault::Unknown)?;
    let now = sheet_hash(&checked, checklist);
    if now != asked.hash {
        return Err(Fault::Conflict(Box::new(Theirs { written: None, hash: now })));
    }
    let (order, what) = match asked.then.clone() {
        MeasureThen::Add { id, text, category, standing } => {
            let what = format!("対策の追加（{id}）");
            (MeasureOrder::Add { sheet: asked.section.clone(), id, text, category, state: standing }, what)
        }
        MeasureThen::Set { id, category, standing, item } => {
            let what = format!("対策の区分（{id}）");
            (MeasureOrder::Set { id, category, state: standing, item }, what)
        }
        MeasureThen::Remove { id } => {
            let what = format!("対策の削除（{id}）");
            (MeasureOrder::Remove { id }, what)
        }
        MeasureThen::Move { id, to } => {
            let what = format!("対策の並べ替え（{id}）");
            (MeasureOrder::Move { id, to }, what)
        }
    };
    let path = checked.workspace.sources.shown(checklist.file);
    let text = text_of(&checked, &path).ok_or(Fault::Unknown)?;
    let files = BTreeMap::from([(path, Some(with_measure(&text, &order).map_err(unfit)?))]);
    let before = concerned(live, &asked.town, &files)?;
    if matches!(order, MeasureOrder::Remove { .. }) && losing(&before, &files).is_some() {
        return Err(Fault::Unfit("measure-published"));
    }
    journal.write(&before.workspace.sources, (&what, &files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state() }))
}

/// The file of a checklist, for who writes a measure in it.
pub(super) fn file_of(checked: &Checked, town: &Slug, case: &CaseId) -> Result<(String, Arc<str>), Fault> {
    let checklist = checklist_of(&checked.model, town, case).ok_or(Fault::Unknown)?;
    let path = checked.workspace.sources.shown(checklist.file);
    let text = text_of(checked, &path).ok_or(Fault::Unknown)?;
    Ok((path, text))
}
