//! The records of a repeat group（一件ごとの記載）: 委託事項, 提供先, systems; listed, added, removed, put in another order.
//!
//! A list of records is a value of its section's file, each record a file of its own. What is published is never taken out in silence: it is
//! marked as deleted, and so needs a change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::answers::{form, layer_at};
use super::entry::{Half, Layer, Owner, layers, rewritten};
use super::fault::{Fault, Theirs};
use super::files::{FILES, change_files, file_records};
use super::flows::{FLOWS, change_flows, flow_records};
use super::live::Live;
use super::measures::{MEASURES, measures};
use super::saving::{concerned, may_write, text_of, without_unused};
use crate::change::frozen;
use crate::markup::{Side, State, Text};
use crate::model::manifest::{ItemDef, ItemKind};
use crate::model::{CaseForm, FilledSection, ItemKey, ItemPath, Library, Model, ValueKind, whole};
use crate::name::{CaseId, CaseName, ChangeId, ItemId, RecordId, Slug};
use crate::session::{Checked, find as find_case};
use crate::source::{id_fault, parted};

/// Which group, as the browser names it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OfGroup {
    /// Slug of the municipality.
    pub(super) town: Slug,
    /// Case.
    pub(super) case: CaseId,
    /// Prefix of the form.
    #[serde(default)]
    pub(super) form: String,
    /// Section, as it is printed.
    section: ItemPath,
    /// Id of the group; [`FILES`]: the files of the case; [`FLOWS`]: its figures; [`MEASURES`]: the measures of a sheet.
    group: String,
}

/// What is to be done with the records of a group.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RecordAsked {
    #[serde(flatten)]
    pub(super) of: OfGroup,
    /// The file whose list changes.
    pub(super) layer: String,
    /// What the browser saw there.
    pub(super) hash: String,
    /// The change that it belongs to; none: no mark is written.
    #[serde(default)]
    pub(super) change: Option<ChangeId>,
    #[serde(flatten)]
    pub(super) then: RecordThen,
}

/// What is done with one record.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "then", rename_all = "kebab-case")]
pub(super) enum RecordThen {
    /// It comes last; a title makes a new file.
    Add {
        id: RecordId,
        title: Option<String>,
        /// Whose the new file is, where the list does not tell; none: the municipality's.
        #[serde(default)]
        owner: Option<Owner>,
    },
    /// It goes; what is published is marked as deleted.
    Remove { id: RecordId },
    /// It stands at another place, counted from 0.
    Move { id: RecordId, to: usize },
}

impl RecordThen {
    /// Which record it is; of the files and the figures of a case, which of those.
    pub(super) fn id(&self) -> &RecordId {
        match self {
            Self::Add { id, .. } | Self::Remove { id } | Self::Move { id, .. } => id,
        }
    }
}

/// A member of a list: as it is written, and what that says.
struct Member {
    written: String,
    id: RecordId,
    side: Option<Side>,
}

/// A group of a form and the files in which its list may stand.
struct Group<'m> {
    form: &'m CaseForm,
    section: &'m FilledSection,
    def: &'m ItemDef,
    layers: Vec<Layer>,
}

fn group<'m>(checked: &'m Checked, of: &OfGroup) -> Result<Group<'m>, Fault> {
    let form = form(checked, (&of.town, &of.case, &of.form))?;
    let section = form.filled.sections.iter().find(|section| section.path == of.section).ok_or(Fault::Unknown)?;
    let def = form.filled.form.section(&section.def_id).ok_or(Fault::Unknown)?;
    let items = def.all_items();
    let is_it = |item: &&ItemDef| item.kind == ItemKind::Group && item.id.value == of.group;
    let def = items.into_iter().find(is_it).ok_or(Fault::Unknown)?;
    let sources = &checked.workspace.sources;
    let layers = layers(&form.filled, &checked.library, sources, (&section.path, &def.id.value, Half::Value));
    Ok(Group { form, section, def, layers })
}

/// The members of a list in a file.
fn members(library: &Library, layer: &Layer, group: &ItemId) -> Vec<Member> {
    let texts = || {
        let entry = library.entries.get(layer.path.strip_suffix(".md").unwrap_or(&layer.path))?;
        match &entry.values.get(group)?.kind {
            ValueKind::List(texts) => Some(texts),
            ValueKind::Text(_) | ValueKind::Flag(_) => None,
        }
    };
    let written = layer.written.as_ref().and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let member = |(written, text): (&str, &Text)| {
        let side = whole(text).map(|whole| whole.side);
        let state = if side == Some(Side::Old) { State::Before } else { State::After };
        Member { written: written.to_owned(), id: text.characters(state).into(), side }
    };
    written.zip(texts().into_iter().flatten()).map(member).collect()
}

/// The list that a file begins with: its own, else that of what it stands over.
fn list(library: &Library, of: &Group<'_>, layer: &Layer) -> Vec<Member> {
    let group = &of.def.id.value;
    let at = of.layers.iter().position(|known| known.path == layer.path).unwrap_or(0);
    let written = of.layers[..=at].iter().rfind(|layer| layer.written.is_some());
    written.map(|layer| members(library, layer, group)).unwrap_or_default()
}

/// The folder in which a file's records lie.
fn folder(of: &Group<'_>, layer: &Layer) -> Result<String, Fault> {
    // A section's file is `ROOT/SECTION.md`, or `ROOT/SECTION/FILE.md` where it is repeated.
    let path = layer.path.strip_suffix(".md").unwrap_or(&layer.path);
    let name = &of.section.def_id;
    let whole = path.strip_suffix(name.as_str()).and_then(|root| root.strip_suffix('/'));
    let within = || parted(path).0.strip_suffix(name.as_str())?.strip_suffix('/');
    let root = whole.or_else(within).ok_or(Fault::Unknown)?;
    Ok(format!("{root}/{}", of.def.id.value))
}

/// Folders in which a record of the group may lie, the shared one first.
fn folders(of: &Group<'_>) -> BTreeSet<String> {
    of.layers.iter().filter_map(|layer| folder(of, layer).ok()).collect()
}

/// The records of a group, and what could be listed besides.
pub(super) fn records(checked: &Checked, asked: &OfGroup) -> Result<Json, Fault> {
    if asked.group == FILES {
        return file_records(checked, asked);
    }
    if asked.group == FLOWS {
        return flow_records(checked, asked);
    }
    if asked.group == MEASURES {
        return measures(checked, (&asked.town, &asked.case), &asked.section.last().into());
    }
    let of = group(checked, asked)?;
    let case = find_case(checked, &CaseName::new(&asked.town, &asked.case))?;
    let title = |id: &RecordId| {
        let path = of.section.path.join(&asked.group).join(id);
        let item = of.def.title_item.as_ref().map(|item| path.join(item));
        item.and_then(|item| crate::desk::items::find(of.form, &item))
            .map(|item| item.shown.characters())
            .unwrap_or_default()
    };
    let layers: Vec<Json> = of
        .layers
        .iter()
        .map(|layer| {
            let all = list(&checked.library, &of, layer);
            let records: Vec<Json> = all
                .iter()
                .map(|member| {
                    let state = member.side.map(|side| if side == Side::New { "new" } else { "gone" });
                    json!({ "id": member.id, "title": title(&member.id), "state": state })
                })
                .collect();
            json!({ "path": layer.path, "owner": layer.owner, "hash": layer.hash,
                "written": layer.written.is_some(), "records": records })
        })
        .collect();
    let unlisted = folders(&of).into_iter().flat_map(|folder| {
        let inside = checked
            .library
            .entries
            .keys()
            .filter_map(move |path| path.strip_prefix(&format!("{folder}/")).map(RecordId::from));
        inside.collect::<Vec<_>>()
    });
    let unlisted: BTreeSet<RecordId> = unlisted.filter(|id| !id.contains('/')).collect();
    Ok(json!({
        "case": case.id, "form": asked.form, "section": asked.section, "group": asked.group, "label": of.def.label,
        "heading": of.section.heading, "guidance": of.def.guidance, "layers": layers, "files": unlisted,
        "titled": of.def.title_item.is_some(),
    }))
}

/// Adds, removes or moves a record.
pub(super) fn change_records(live: &Live, asked: &RecordAsked, by: &str) -> Result<Json, Fault> {
    if asked.of.group == FILES {
        return change_files(live, asked, by);
    }
    if asked.of.group == FLOWS {
        return change_flows(live, asked, by);
    }
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.of.town)?;
    let of = group(&checked, &asked.of)?;
    let case = find_case(&checked, &CaseName::new(&asked.of.town, &asked.of.case))?;
    if let Some(change) = &asked.change
        && case.changes.get(change).is_none()
    {
        return Err(Fault::Unknown);
    }
    let layer = layer_at(&of.layers, &asked.layer)?;
    if layer.hash != asked.hash {
        let theirs = Theirs { written: layer.written.clone(), hash: layer.hash.clone() };
        return Err(Fault::Conflict(Box::new(theirs)));
    }
    let change = asked.change.as_ref();
    let plan = |published: Published| planned(&checked, (&of, layer), (asked, change), published);
    let mut files = plan(Published::No)?;
    let mut with_others = concerned(live, &asked.of.town, &files)?;
    if matches!(asked.then, RecordThen::Remove { .. }) {
        if let Some(case) = losing(&with_others, &files) {
            if change.is_none() {
                return Err(Fault::Published(case));
            }
            files = plan(Published::Yes)?;
            with_others = concerned(live, &asked.of.town, &files)?;
        }
        with_others = without_unused(live, &asked.of.town, &with_others, &mut files)?;
    }
    let what = match &asked.then {
        RecordThen::Add { id, .. } => format!("{}の追加（{id}）", of.def.label),
        RecordThen::Remove { id } => format!("{}の削除（{id}）", of.def.label),
        RecordThen::Move { id, .. } => format!("{}の並べ替え（{id}）", of.def.label),
    };
    journal.write(&with_others.workspace.sources, (&what, &files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state() }))
}

/// Whether a record that goes stands in an edition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Published {
    Yes,
    No,
}

type Files = BTreeMap<String, Option<String>>;

fn planned(
    checked: &Checked,
    (of, layer): (&Group<'_>, &Layer),
    (asked, change): (&RecordAsked, Option<&ChangeId>),
    published: Published,
) -> Result<Files, Fault> {
    let mut all = list(&checked.library, of, layer);
    let at = |all: &[Member], id: &RecordId| all.iter().position(|member| member.id == *id).ok_or(Fault::Unknown);
    let marked = |open: &str, id: &RecordId, close: &str| match change {
        Some(change) => format!("{{{open}{id}{close}}}{{>>{change}<<}}"),
        None => id.to_string(),
    };
    let mut files = Files::new();
    match &asked.then {
        RecordThen::Add { id, title, .. } => {
            if id_fault(id).is_some() {
                return Err(Fault::Unfit("id"));
            }
            if all.iter().any(|member| member.id == *id) {
                return Err(Fault::Unfit("id-listed"));
            }
            let is_there =
                folders(of).iter().any(|folder| checked.library.entries.contains_key(&format!("{folder}/{id}")));
            match (title, is_there) {
                (Some(_), true) => return Err(Fault::Unfit("record-there")),
                (None, false) => return Err(Fault::Unknown),
                (None, true) => {}
                (Some(title), false) => {
                    let path = format!("{}/{id}.md", folder(of, layer)?);
                    let text = match &of.def.title_item {
                        Some(item) if !title.trim().is_empty() => {
                            rewritten(None, (item, Half::Value), &Json::from(title.trim()))
                                .map_err(|fault| Fault::Unfit(fault.word()))?
                        }
                        Some(_) | None => "+++\n[values]\n+++\n".to_owned(),
                    };
                    files.insert(path, Some(text));
                }
            }
            all.push(Member { written: marked("++", id, "++"), id: id.clone(), side: None });
        }
        RecordThen::Remove { id } => {
            let at = at(&all, id)?;
            if all[at].side == Some(Side::Old) {
                return Err(Fault::Unfit("record-gone"));
            }
            match published {
                Published::Yes => all[at].written = marked("--", id, "--"),
                Published::No => drop(all.remove(at)),
            }
        }
        RecordThen::Move { id, to } => {
            let at = at(&all, id)?;
            let member = all.remove(at);
            all.insert((*to).min(all.len()), member);
        }
    }
    let list: Json = all.into_iter().map(|member| Json::from(member.written)).collect();
    let key = layer.path.strip_suffix(".md").unwrap_or(&layer.path);
    let text = text_of(checked, &layer.path);
    let file = match (checked.library.entries.get(key), &text) {
        (Some(entry), Some(text)) => Some((&**entry, &**text)),
        (None, Some(_)) => return Err(Fault::Unfit("unreadable")),
        (_, None) => None,
    };
    let new = rewritten(file, (&of.def.id.value, Half::Value), &list).map_err(|fault| Fault::Unfit(fault.word()))?;
    files.insert(layer.path.clone(), Some(new));
    Ok(files)
}

/// A case whose edition holds something that would be gone before its changes.
pub(super) fn losing(checked: &Checked, files: &Files) -> Option<CaseName> {
    let draft = checked.draft(files);
    let all = |model: &Model| -> BTreeMap<CaseName, BTreeSet<ItemKey>> {
        let keys =
            |case| frozen(case, State::Before).into_iter().filter(|item| !item.text.is_empty()).map(|item| item.key);
        model.cases().map(|(of, case)| (of.name(case), keys(case).collect())).collect()
    };
    let after = all(&draft.model);
    for (of, case) in checked.model.cases() {
        let Some(edition) = case.edition.as_ref().and_then(|(id, _)| case.editions.get(id)) else { continue };
        let name = of.name(case);
        let left = after.get(&name);
        let now = frozen(case, State::Before).into_iter().filter(|item| !item.text.is_empty()).map(|item| item.key);
        let mut gone = now.filter(|key| left.is_none_or(|left| !left.contains(key)));
        if gone.any(|key| edition.item(&key).is_some()) {
            return Some(name);
        }
    }
    None
}
