//! What a browser reads（閲覧の答え）: the towns, the tree of one, an item with its guidance, what a search finds.
//!
//! Input: a workspace that was read and judged. Output: values that become JSON. Nothing here writes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::entry::{Half, Layer, fragment, layers};
use super::fault::Fault;
use super::figure::figure_node;
use super::files::files_of;
use super::flows::{FLOWS, flow_section, flows_of};
use super::hearing::hearing_tree;
use super::live::Live;
use super::marks::groups;
use super::measures::{CHECKLIST, checklist_tree, measure_item};
use crate::desk::items::{Item, Node, Reviews, chapters, find, reviews};
use crate::desk::{Finds, FoundItem, ReviewState, search as found};
use crate::markup::{Block, State};
use crate::model::manifest::{ItemDef, ItemKind};
use crate::model::{Case, CaseForm, ItemKey, Library, Municipality, Role};
use crate::name::{CaseId, CaseName, FlowId, FragmentId, Slug};
use crate::session::{Checked, Wanted, find as find_case};

/// How a form is named in a question: by its prefix among the forms of its case.
pub(super) fn form<'m>(
    checked: &'m Checked,
    (town, case, prefix): (&Slug, &CaseId, &str),
) -> Result<&'m CaseForm, Fault> {
    let case = find_case(checked, &CaseName::new(town, case))?;
    case.forms.iter().find(|form| form.role.to_string() == prefix).ok_or(Fault::Unknown)
}

/// In which half of a file an item is written.
pub(super) fn half(item: &Item<'_>) -> Half {
    match item.def.map(|def| def.kind) {
        None | Some(ItemKind::Text) => Half::Body,
        Some(
            ItemKind::Band
            | ItemKind::Line
            | ItemKind::Choice
            | ItemKind::Checks
            | ItemKind::Number
            | ItemKind::Date
            | ItemKind::Tick
            | ItemKind::Fixed
            | ItemKind::Group
            | ItemKind::Cluster,
        ) => Half::Value,
    }
}

/// The tree of a municipality: cases, forms, chapters, items with their state.
pub(super) fn tree(checked: &Checked, town: &Slug) -> Result<Json, Fault> {
    let of = municipality(checked, town)?;
    let cases: Vec<Json> = of
        .cases
        .values()
        .map(|case| {
            let reviews = reviews(checked, town, case);
            let form = |form| form_tree(of, case, (form, &reviews), flows_of(checked, town, (case, form)));
            let mut forms: Vec<Json> = case.forms.iter().map(form).collect();
            forms.extend(checklist_tree(case, &reviews, review_word));
            forms.extend(hearing_tree(case, &checked.library.words.comments));
            json!({ "id": case.id, "title": case.title, "forms": forms, "changes": changes(case),
                "edition": case.edition.as_ref().map(|(id, _)| id), "documents": documents(of, case),
                "files": files_of(checked, town, case).map(|files| files.len()) })
        })
        .collect();
    Ok(json!({ "town": town, "name": of.name, "cases": cases }))
}

pub(super) fn municipality<'m>(checked: &'m Checked, town: &Slug) -> Result<&'m Municipality, Fault> {
    checked.model.municipality(town).ok_or(Fault::Unknown)
}

/// The documents of a case.
fn documents(of: &Municipality, case: &Case) -> Vec<Json> {
    let all = of.documents.iter().filter(|document| document.case.value == case.id);
    all.map(|document| json!({ "id": document.id.value, "title": document.title })).collect()
}

fn changes(case: &Case) -> Vec<Json> {
    let all = case.changes.list.iter().map(|change| &change.settings);
    all.map(|change| {
        json!({ "id": change.id.value, "reason": change.reason, "on": change.changed_on, "timing": change.timing,
            "exempt": !change.exemption.is_empty() })
    })
    .collect()
}

fn form_tree(
    of: &Municipality,
    case: &Case,
    (form, reviews): (&CaseForm, &Reviews),
    flows: Option<Vec<FlowId>>,
) -> Json {
    let prefix = form.role.to_string();
    let is_shown = of.documents.iter().any(|document| {
        document.case.value == case.id && document.kind == form.role.kind() && Role::of(document) == form.role
    });
    let figures = flow_section(form).zip(flows);
    let chapters: Vec<Json> = chapters(form)
        .into_iter()
        .map(|chapter| {
            let figures = figures.as_ref().filter(|(section, _)| *chapter.path == *section.as_str());
            // Which figures there are stands before the figures, also where there is none yet.
            let list = figures.map(|(_, all)| json!({ "group": FLOWS, "say": "case-flows", "count": all.len() }));
            let nodes = chapter.nodes.iter().map(|node| node_json(node, &form.role, reviews));
            (chapter.path, chapter.heading, list.into_iter().chain(nodes).collect::<Vec<_>>())
        })
        .filter(|(.., nodes)| !nodes.is_empty())
        .map(|(id, heading, nodes)| json!({ "id": id, "heading": heading, "nodes": nodes }))
        .collect();
    let kind = form.role.kind().id();
    json!({
        "prefix": prefix, "kind": kind, "form": form.filled.form.id.value, "title": form.filled.title, "tag": form.filled.tag, "pages": is_shown,
        "chapters": chapters,
    })
}

fn node_json(node: &Node<'_>, role: &Role, reviews: &Reviews) -> Json {
    match node {
        Node::Heading { level, label } => json!({ "heading": label, "level": level }),
        Node::Group { id, label, count } => json!({ "group": id, "label": label, "count": count }),
        Node::Figure { page, title, shown } => figure_node((page, title, shown), role, (reviews, review_word)),
        Node::Item(item) => json!({
            "path": item.path,
            "row": item.row,
            "label": item.label,
            "depth": item.depth,
            "blank": item.shown.is_blank(),
            "changes": item.shown.changes(),
            "review": reviews.get(&role.key(item.row)).copied().map(review_word),
            "important": item.important,
            "withheld": item.shown.has_withheld(),
        }),
    }
}

fn review_word(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Reviewed => "reviewed",
        ReviewState::Lifted => "lifted",
        ReviewState::Open => "open",
    }
}

/// An item with its guidance, its options and the texts that may stand there.
pub(super) fn item(checked: &Checked, (town, case, prefix): (&Slug, &CaseId, &str), path: &str) -> Result<Json, Fault> {
    if prefix == CHECKLIST {
        let of = find_case(checked, &CaseName::new(town, case))?;
        let review = reviews(checked, town, of).get(&ItemKey::checklist().join(path)).copied().map(review_word);
        let (terms, uses) = (terms(checked, town).collect(), |id: &FragmentId| uses(checked, town, id));
        return measure_item(checked, (town, case), &path.into(), (&terms, &uses), review);
    }
    let form = form(checked, (town, case, prefix))?;
    let item = find(form, &path.into()).ok_or(Fault::Unknown)?;
    let (library, sources) = (&*checked.library, &checked.workspace.sources);
    let half = half(&item);
    let layers = layers(&form.filled, library, sources, (&item.home, &item.id, half));
    let options = item.def.and_then(|def| def.options.as_ref());
    let options = options.and_then(|list| form.filled.form.option_list(&list.value));
    let words: String = layers.iter().filter_map(|layer| layer.written.as_ref()).map(Json::to_string).collect();
    let terms: BTreeMap<&str, &str> =
        terms(checked, town).filter(|(name, _)| words.contains(&format!("{{{{{name}}}}}"))).collect();
    let fragments: Vec<Json> = fragment_uses(&words)
        .into_iter()
        .filter_map(|id| {
            let layer = fragment(library, sources, &id)?;
            Some(json!({ "id": id, "layer": layer, "uses": uses(checked, town, &id) }))
        })
        .collect();
    let case = find_case(checked, &CaseName::new(town, case))?;
    let registers = form.filled.registers.iter().filter(|((of, _), _)| *of == item.path);
    let (texts, beside) = item.shown.marks();
    let registers: Vec<Json> = registers
        .map(|((_, register), text)| json!({ "register": register, "text": text.characters(State::After) }))
        .collect();
    Ok(json!({
        "town": town, "case": case.id, "form": prefix, "path": path, "row": item.row, "id": item.id,
        "label": item.label,
        "trail": item.trail,
        "kind": item.def.map_or("text", |def| def.kind.name()),
        "half": half,
        "required": item.def.is_some_and(ItemDef::is_required),
        "important": item.important,
        "withheld": item.shown.has_withheld(),
        "guidance": item.def.and_then(|def| def.guidance.clone()).unwrap_or_default(),
        "from": item.def.and_then(|def| def.from.as_ref()).map(|from| from.value.clone()),
        "most": item.def.and_then(|def| def.max_chars),
        "options": options.map(|list| list.labels.clone()).unwrap_or_default(),
        "with_text": options.map(|list| list.with_text.clone()).unwrap_or_default(),
        "shown": item.shown.characters(),
        "layers": layers,
        "terms": terms,
        "fragments": fragments,
        "registers": registers,
        "marks": groups(texts, beside, sources),
        "review": reviews(checked, town, case).get(&form.role.key(item.row)).copied().map(review_word),
    }))
}

/// The terms that texts of a municipality may call, each with its words.
pub(super) fn terms<'m>(checked: &'m Checked, town: &Slug) -> impl Iterator<Item = (&'m str, &'m str)> {
    let own = checked.library.municipalities.get(town).map(|read| &read.value.terms);
    let facts = checked.library.facts.iter();
    facts.chain(own.into_iter().flatten()).map(|(name, value)| (name.as_str(), value.as_str()))
}

/// Ids of the shared texts that words use: `{{> id}}`.
fn fragment_uses(words: &str) -> BTreeSet<FragmentId> {
    let uses = words.split("{{>").skip(1).filter_map(|rest| rest.split_once("}}"));
    uses.map(|(id, _)| id.trim()).filter(|id| !id.is_empty()).map(FragmentId::from).collect()
}

/// The items of the other municipalities that print a shared text, those of one after those of the other.
pub(super) fn uses_elsewhere(live: &Live, town: &Slug, id: &FragmentId) -> Result<Json, Fault> {
    let session = live.session();
    let names = session.names()?;
    let mut towns = Vec::new();
    for slug in session.municipalities()?.into_iter().filter(|slug| slug != town) {
        let found = uses(&*live.town_once(&slug)?, &slug, id);
        if !found.is_empty() {
            towns.push(json!({ "town": slug, "name": names.get(&slug), "uses": found }));
        }
    }
    Ok(json!({ "towns": towns }))
}

/// The items of a municipality that print a shared text.
fn uses(checked: &Checked, town: &Slug, id: &FragmentId) -> Vec<Json> {
    let Ok(of) = municipality(checked, town) else { return Vec::new() };
    let mut found = Vec::new();
    for case in of.cases.values() {
        let measures = case.checklist.iter().flat_map(|checklist| checklist.measures());
        for measure in measures.filter(|measure| measure.fragment.as_ref().is_some_and(|used| used.value == *id)) {
            let path = &measure.id.value;
            found.push(json!({ "case": case.id, "form": CHECKLIST, "path": path, "row": path, "label": path }));
        }
        for form in &case.forms {
            let all = chapters(form).into_iter().flat_map(|chapter| chapter.nodes);
            for node in all {
                let Node::Item(item) = node else { continue };
                if uses_fragment(&checked.library, form, &item, id) {
                    let label = named(&item);
                    found.push(json!({
                        "case": case.id, "form": form.role.to_string(), "path": item.path, "row": item.row,
                        "label": label,
                    }));
                }
            }
        }
    }
    found
}

/// What an item is called, with the bar or row above it.
pub(super) fn named(item: &Item<'_>) -> String {
    let above = item.trail.last().filter(|above| **above != item.label);
    let words = above.into_iter().chain([&item.label]).filter(|word| !word.is_empty());
    words.cloned().collect::<Vec<_>>().join(" ")
}

/// Whether an item's entry uses a shared text, itself or by another.
pub(super) fn uses_fragment(library: &Library, form: &CaseForm, item: &Item<'_>, id: &FragmentId) -> bool {
    let Some(paths) = form.filled.homes.get(&item.home) else { return false };
    let entries = paths.iter().filter_map(|path| library.entries.get(path));
    let mut headed = entries.flat_map(|entry| &entry.headed).filter(|headed| headed.id == item.id);
    headed.any(|headed| blocks_use(library, &headed.text.blocks, (id, &mut BTreeSet::new())))
}

fn blocks_use<'l>(
    library: &'l Library,
    blocks: &'l [Block],
    (id, seen): (&FragmentId, &mut BTreeSet<&'l FragmentId>),
) -> bool {
    blocks.iter().any(|block| match block {
        Block::Fragment { id: used, .. } => {
            used == id
                || (seen.insert(used)
                    && library
                        .fragments
                        .get(used)
                        .is_some_and(|inner| blocks_use(library, &inner.text.blocks, (id, seen))))
        }
        Block::List { items, .. } => items.iter().any(|item| blocks_use(library, item, (id, seen))),
        Block::Paragraph(_) | Block::Table { .. } => false,
    })
}

/// Where words stand: in what is printed, in labels, or as the number of an item.
pub(super) fn search(checked: &Checked, town: &Slug, wanted: &str) -> Result<Json, Fault> {
    let of = Wanted { municipality: Some(municipality(checked, town)?.slug.clone()), ..Wanted::default() };
    let Finds { found, more } = found(checked, &of, wanted);
    let one = |FoundItem { case, form, path, row, name, excerpt, .. }: &FoundItem| json!({ "case": case, "form": form, "path": path, "row": row, "name": name, "excerpt": excerpt });
    Ok(json!({ "found": found.iter().map(one).collect::<Vec<_>>(), "more": more }))
}

/// The layer of a path, among those of an item.
pub(super) fn layer_at<'l>(layers: &'l [Layer], path: &str) -> Result<&'l Layer, Fault> {
    layers.iter().find(|layer| layer.path == path).ok_or(Fault::Unknown)
}
