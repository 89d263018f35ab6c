//! The list of figures of a case（図の一覧）: which figures of 別添1 are printed and in which order, as `flows` of `case.toml` keeps them; a new
//! figure begun.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value as Json, json};
use toml_edit::{DocumentMut, value};

use super::answers::form;
use super::entry::{Owner, hash};
use super::fault::{Fault, Theirs};
use super::figure::wrapped;
use super::live::Live;
use super::records::{OfGroup, RecordAsked, RecordThen, losing};
use super::saving::{concerned, may_write, text_of, without_unused};
use crate::desk::{FigureOrder, FlowOrder, with_figure, with_flows};
use crate::diagnostic::Diagnostics;
use crate::markup::{Side, State};
use crate::model::manifest::SectionLayout;
use crate::model::{Case, CaseForm, FlowFile, Role, whole};
use crate::name::{CaseName, ChangeId, FlowId, SectionId, Slug};
use crate::session::{Checked, find};
use crate::source::{id_fault, split};

/// The name that stands in place of a group's for the figures of a case.
pub(super) const FLOWS: &str = "@flow";

/// The figures that a case lists, by id, where a form prints them.
pub(super) fn flows_of(checked: &Checked, town: &Slug, (case, form): (&Case, &CaseForm)) -> Option<Vec<FlowId>> {
    if !matches!(form.role, Role::Main | Role::Beside(_)) || flow_section(form).is_none() {
        return None;
    }
    let settings = checked.library.cases.get(&CaseName::new(town, &case.id))?;
    Some(settings.value.flows.iter().map(|flow| flow.value.clone()).collect())
}

/// The section of a form that prints the figures.
pub(super) fn flow_section(form: &CaseForm) -> Option<&SectionId> {
    let mut sections = form.filled.form.section.iter();
    sections.find(|section| section.layout == SectionLayout::Flows).map(|section| &section.id.value)
}

/// The list of a form's figures, and where it stands.
struct Listed<'m> {
    case: &'m Case,
    section: &'m SectionId,
    all: Vec<FlowId>,
    /// `case.toml`.
    path: String,
    hash: String,
    /// Folders in which a figure may lie, by whose it is.
    folders: Vec<(Owner, String)>,
}

fn listed<'m>(checked: &'m Checked, of: &OfGroup) -> Result<Listed<'m>, Fault> {
    let case = find(checked, &CaseName::new(&of.town, &of.case))?;
    let form = form(checked, (&of.town, &of.case, &of.form))?;
    let all = flows_of(checked, &of.town, (case, form)).ok_or(Fault::Unknown)?;
    let section = flow_section(form).ok_or(Fault::Unknown)?;
    let homes = [(Owner::Shared, case.id.shared_folder()), (Owner::Own, CaseName::new(&of.town, &case.id).folder())];
    let mut folders: Vec<_> = homes.iter().map(|(owner, home)| (*owner, format!("{home}/flows"))).collect();
    if let Role::Beside(id) = &form.role {
        // What only that 評価書 draws lies in its folder.
        folders.extend(homes.iter().map(|(owner, home)| (*owner, format!("{home}/{id}/flows"))));
    }
    let hash = hash(&format!("{all:?}"));
    Ok(Listed { case, section, all, path: checked.workspace.sources.shown(case.file), hash, folders })
}

impl Listed<'_> {
    /// Paths where a figure may lie, without their ending.
    fn paths(&self, id: &FlowId) -> impl Iterator<Item = String> {
        self.folders.iter().map(move |(_, folder)| format!("{folder}/{id}"))
    }

    fn flow<'l>(&self, checked: &'l Checked, id: &FlowId) -> Option<(String, &'l FlowFile)> {
        let paths: Vec<String> = self.paths(id).collect();
        paths
            .into_iter()
            .rev()
            .find_map(|path| Some((format!("{path}.md"), checked.library.flows.get(&path)?.as_ref())))
    }

    /// A figure that is there, all of it new under a change; none where its title tells of a change already.
    fn marked(&self, checked: &Checked, (id, change): (&FlowId, &ChangeId)) -> Option<(String, Option<String>)> {
        let (path, flow) = self.flow(checked, id)?;
        if !flow.title.marks.is_empty() {
            return None;
        }
        let text = text_of(checked, &path)?;
        let front = split(flow.file, &text, &mut Diagnostics::new())?.front;
        let said = [("title".to_owned(), wrapped(&flow.front.title.value, ("++", change)))];
        let order = FigureOrder::Title(said.into());
        let new = with_figure(flow, &text[front.clone()], (&order, None)).ok()?;
        Some((path, Some([&text[..front.start], &new, &text[front.end..]].concat())))
    }

    fn is_there(&self, checked: &Checked, id: &FlowId) -> bool {
        let sources = &checked.workspace.sources;
        self.paths(id).any(|path| sources.find(Path::new(&format!("{path}.md"))).is_some())
    }
}

/// The figures of a case as the records of a group.
pub(super) fn flow_records(checked: &Checked, asked: &OfGroup) -> Result<Json, Fault> {
    let of = listed(checked, asked)?;
    let flow = |id: &FlowId| of.flow(checked, id).map(|(_, flow)| flow);
    let title = |id: &FlowId| flow(id).map(|flow| flow.title.characters(State::After)).unwrap_or_default();
    let records = of.all.iter().map(|id| {
        let is_new = flow(id).and_then(|flow| whole(&flow.title)).is_some_and(|whole| whole.side == Side::New);
        json!({ "id": id, "title": title(id), "state": is_new.then_some("new") })
    });
    let records: Vec<Json> = records.collect();
    let known = |folder: &str| {
        let folder = format!("{folder}/");
        let inside = checked.library.flows.keys().filter_map(move |path| path.strip_prefix(&folder).map(FlowId::from));
        inside.collect::<Vec<_>>()
    };
    let files: BTreeSet<FlowId> = of.folders.iter().flat_map(|(_, folder)| known(folder)).collect();
    let names: BTreeMap<&FlowId, String> = files.iter().map(|id| (id, title(id))).collect();
    Ok(json!({
        "case": of.case.id, "form": asked.form, "section": of.section, "group": FLOWS, "label": "図",
        "heading": of.case.title, "guidance": null, "files": files, "names": names, "titled": true,
        "layers": [{ "path": of.path, "owner": "own", "hash": of.hash, "written": true, "records": records }],
    }))
}

/// Adds, moves or takes out a figure, each as one step.
pub(super) fn change_flows(live: &Live, asked: &RecordAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&asked.of.town)?;
    let of = listed(&checked, &asked.of)?;
    let change = asked.change.as_ref();
    if change.is_some_and(|change| of.case.changes.get(change).is_none()) {
        return Err(Fault::Unknown);
    }
    if (&asked.layer, &asked.hash) != (&of.path, &of.hash) {
        return Err(Fault::Conflict(Box::new(Theirs { written: None, hash: of.hash })));
    }
    let mut files = planned(&checked, &of, (&asked.then, change))?;
    let mut before = checked.clone();
    let what = match &asked.then {
        RecordThen::Add { id, .. } => {
            // One that is there may be drawn by others too.
            before = concerned(live, &asked.of.town, &files)?;
            if losing(&before, &files).is_some() {
                return Err(Fault::Unfit("figure-shared"));
            }
            format!("図の追加（{id}）")
        }
        RecordThen::Remove { id } => {
            if losing(&before, &files).is_some() {
                return Err(Fault::Unfit("figure-published"));
            }
            before = without_unused(live, &asked.of.town, &before, &mut files)?;
            format!("図を一覧から外す（{id}）")
        }
        RecordThen::Move { id, .. } => format!("図の並べ替え（{id}）"),
    };
    let gone: Vec<&String> = files.iter().filter(|(_, text)| text.is_none()).map(|(path, _)| path).collect();
    journal.write(&before.workspace.sources, (&what, &files))?;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state(), "gone": gone }))
}

type Files = BTreeMap<String, Option<String>>;

fn planned(
    checked: &Checked,
    of: &Listed<'_>,
    (then, change): (&RecordThen, Option<&ChangeId>),
) -> Result<Files, Fault> {
    // The browser names a figure as it names a record.
    let id = &FlowId::from(then.id().as_str());
    let at = || of.all.iter().position(|known| known == id).ok_or(Fault::Unknown);
    let mut files = Files::new();
    let order = match then {
        RecordThen::Add { title, owner, .. } => {
            if id_fault(id).is_some() {
                return Err(Fault::Unfit("id"));
            }
            if at().is_ok() {
                return Err(Fault::Unfit("id-listed"));
            }
            match (title, of.is_there(checked, id)) {
                (Some(_), true) => return Err(Fault::Unfit("record-there")),
                (None, false) => return Err(Fault::Unknown),
                (None, true) => files.extend(change.and_then(|change| of.marked(checked, (id, change)))),
                (Some(title), false) => {
                    let owner = owner.unwrap_or(Owner::Own);
                    let folder = of.folders.iter().find(|(of, _)| *of == owner).map(|(_, folder)| folder);
                    let path = format!("{}/{id}.md", folder.ok_or(Fault::Unknown)?);
                    files.insert(path, Some(begun(title, change)?));
                }
            }
            FlowOrder::Add(id.clone())
        }
        RecordThen::Remove { .. } => FlowOrder::Remove(at()?),
        RecordThen::Move { to, .. } => FlowOrder::Move(at()?, *to),
    };
    let text = text_of(checked, &of.path).ok_or(Fault::Unknown)?;
    files.insert(of.path.clone(), Some(with_flows(&text, &order).ok_or(Fault::Unfit("unreadable"))?));
    Ok(files)
}

/// A figure with nothing in it but its title, which belongs to a change where one is chosen.
fn begun(title: &str, change: Option<&ChangeId>) -> Result<String, Fault> {
    let title = title.trim();
    if title.is_empty() {
        return Err(Fault::Unfit("no-title"));
    }
    let mut front = DocumentMut::new();
    front.insert("title", value(change.map_or_else(|| title.to_owned(), |change| wrapped(title, ("++", change)))));
    Ok(format!("+++\n{front}+++\n"))
}
