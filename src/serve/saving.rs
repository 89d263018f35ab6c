//! What a browser writes（書込み）: one item, taken back, done again, marked, signed. Each is one step of the journal.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Mode;
use super::answers::{form, half, layer_at, named};
use super::entry::{EntryFault, Half, Layer, fragment, fragment_place, layers, rewritten, rewritten_fragment};
use super::fault::{Fault, Theirs};
use super::figure::{drafted_figure, is_figure};
use super::live::Live;
use super::measures::{self, CHECKLIST, checklist_of, measure_layer, rewritten_measure};
use crate::desk::items::find;
use crate::desk::{MarkOrder, Marked, MarkedPlace, Notation, SignOrder, drop_unused, marks, sign};
use crate::diagnostic::SourceMap;
use crate::model::{ItemKey, Library, Model};
use crate::name::{CaseId, ChangeId, FragmentId, MeasureId, Slug};
use crate::session::{Checked, Reach, Wanted};
use crate::write::Way;

/// An item in other words, as the browser sends it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Edit {
    /// Slug of the municipality.
    pub(super) town: Slug,
    /// Case.
    pub(super) case: CaseId,
    /// Prefix of the form.
    pub(super) form: String,
    /// Path of the item in the form.
    pub(super) path: String,
    /// The file, among those in which the item may be written, or a shared text that it uses.
    pub(super) layer: String,
    /// What the browser saw there.
    pub(super) hash: String,
    /// The new words, or the new value.
    pub(super) written: Json,
    /// The change that the new words belong to: they are marked with it, against the edition that the case names; none: they are written as
    /// they are.
    #[serde(default)]
    pub(super) change: Option<ChangeId>,
}

/// The file that an edit comes to: its path and its new text.
type File = (String, String);

/// What an edit makes of its file; refused where somebody else wrote the same item meanwhile.
fn file_of(checked: &Checked, edit: &Edit) -> Result<(File, String), Fault> {
    if edit.form == CHECKLIST && FragmentId::of_path(&edit.layer).is_none() {
        let (path, text) = measures::file_of(checked, &edit.town, &edit.case)?;
        let known = measure_of((&checked.model, &checked.workspace.sources), edit).ok_or(Fault::Unknown)?;
        expect_hash(&known.hash, edit, known.written.as_ref())?;
        return Ok(((path, rewritten_measure(&text, &MeasureId::from(&edit.path), &edit.written)?), edit.path.clone()));
    }
    let (library, sources) = (&*checked.library, &checked.workspace.sources);
    if let Some(id) = FragmentId::of_path(&edit.layer) {
        let name = named_by(checked, edit)?;
        let layer = fragment(library, sources, &id).ok_or(Fault::Unknown)?;
        expect_hash(&layer.hash, edit, layer.written.as_ref())?;
        let (file, range) = fragment_place(library, sources, &id).ok_or(Fault::Unknown)?;
        let words = edit.written.as_str().ok_or(Fault::Unfit("no-value"))?;
        let new = rewritten_fragment(&sources.get(file).text, range, words).map_err(unfit)?;
        return Ok(((layer.path, new), name));
    }
    let form = form(checked, (&edit.town, &edit.case, &edit.form))?;
    let item = find(form, &edit.path.as_str().into()).ok_or(Fault::Unknown)?;
    let name = named(&item);
    let half = half(&item);
    let layers = layers(&form.filled, library, sources, (&item.home, &item.id, half));
    let layer = layer_at(&layers, &edit.layer)?;
    expect_hash(&layer.hash, edit, layer.written.as_ref())?;
    let key = edit.layer.strip_suffix(".md").unwrap_or(&edit.layer);
    let text = text_of(checked, &edit.layer);
    let file = match (library.entries.get(key), &text) {
        (Some(entry), Some(text)) => Some((&**entry, &**text)),
        // It is there and could not be read.
        (None, Some(_)) => return Err(unfit(EntryFault::Unreadable)),
        (_, None) => None,
    };
    let new = rewritten(file, (&item.id, half), &edit.written).map_err(unfit)?;
    if half == Half::Body && edit.written.as_str().is_some_and(|words| words.trim().is_empty()) && file.is_none() {
        return Err(Fault::Unfit("no-value"));
    }
    Ok(((edit.layer.clone(), new), name))
}

/// What the item of an edit is called.
fn named_by(checked: &Checked, edit: &Edit) -> Result<String, Fault> {
    if edit.form == CHECKLIST {
        return Ok(edit.path.clone());
    }
    let form = form(checked, (&edit.town, &edit.case, &edit.form))?;
    Ok(named(&find(form, &edit.path.as_str().into()).ok_or(Fault::Unknown)?))
}

/// The measure of an edit.
fn measure_of((model, sources): (&Model, &SourceMap), edit: &Edit) -> Option<Layer> {
    let layer = measure_layer(checklist_of(model, &edit.town, &edit.case)?, sources, &MeasureId::from(&edit.path))?;
    (layer.path == edit.layer).then_some(layer)
}

/// What the words that an edit came to are known by; none where the item is not there any more.
fn hash_of((model, library, sources): (&Model, &Library, &SourceMap), edit: &Edit) -> Option<String> {
    if let Some(id) = FragmentId::of_path(&edit.layer) {
        return fragment(library, sources, &id).map(|layer| layer.hash);
    }
    if edit.form == CHECKLIST {
        return measure_of((model, sources), edit).map(|layer| layer.hash);
    }
    let of = model.municipalities.iter().find(|of| of.slug == edit.town)?;
    let form = of.cases.get(&edit.case)?.forms.iter().find(|form| form.role.to_string() == edit.form)?;
    let item = find(form, &edit.path.as_str().into())?;
    let layers = layers(&form.filled, library, sources, (&item.home, &item.id, half(&item)));
    layer_at(&layers, &edit.layer).ok().map(|layer| layer.hash.clone())
}

fn expect_hash(hash: &str, edit: &Edit, written: Option<&Json>) -> Result<(), Fault> {
    if hash == edit.hash {
        return Ok(());
    }
    Err(Fault::Conflict(Box::new(Theirs { written: written.cloned(), hash: hash.to_owned() })))
}

fn unfit(fault: EntryFault) -> Fault {
    Fault::Unfit(fault.word())
}

pub(super) fn text_of(checked: &Checked, path: &str) -> Option<Arc<str>> {
    let sources = &checked.workspace.sources;
    sources.find(Path::new(path)).map(|file| sources.get(file).text.clone())
}

/// The files of a workspace in which edits are done that nobody has saved yet.
pub(super) fn drafted(checked: &Checked, edits: &[Edit]) -> Result<BTreeMap<String, Option<String>>, Fault> {
    let mut files = BTreeMap::new();
    for edit in edits {
        if is_figure(checked, edit) {
            files.extend(drafted_figure(checked, edit).map(|(path, text)| (path, Some(text))));
            continue;
        }
        // Somebody else may have written it meanwhile: the draft is shown all the same, the conflict is told when it is saved.
        match file_of(checked, edit) {
            Ok(((path, text), _)) => drop(files.insert(path, Some(text))),
            Err(Fault::Conflict(theirs)) => {
                let renewed = Edit { hash: theirs.hash, ..edit.clone() };
                let ((path, text), _) = file_of(checked, &renewed)?;
                files.insert(path, Some(text));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(files)
}

/// Writes an item.
pub(super) fn save(live: &Live, edit: &Edit, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    live.refresh("")?;
    let checked = live.town(&edit.town)?;
    let ((path, text), name) = file_of(&checked, edit)?;
    if text_of(&checked, &path).as_deref() == Some(text.as_str()) {
        return Ok(json!({ "step": journal.standing(), "state": live.state() }));
    }
    let mut files = BTreeMap::from([(path, Some(text))]);
    let (mut checked, mut by_hand) = (checked, Vec::new());
    if let Some(change) = &edit.change {
        let with_others = concerned(live, &edit.town, &files)?;
        let place = Marking { town: &edit.town, case: &edit.case, keys: vec![key_of(&edit.form, &edit.path)] };
        let marked = marked(&with_others, &files, (&place, change))?;
        files.extend(marked.files);
        by_hand = marked.by_hand;
        checked = with_others;
    }
    journal.write(&checked.workspace.sources, (&name, &files))?;
    let draft = checked.draft(&files);
    let hash = hash_of((&draft.model, &draft.library, &draft.workspace.sources), edit);
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "state": live.state(), "hash": hash, "by_hand": places(&by_hand) }))
}

/// The municipality with all who share one of the files.
pub(super) fn concerned(
    live: &Live,
    town: &Slug,
    files: &BTreeMap<String, Option<String>>,
) -> Result<Arc<Checked>, Fault> {
    let session = live.session();
    let mut concerned = session.concerned(files.keys())?;
    concerned.insert(town.clone());
    if concerned.len() == 1 {
        return live.town(town);
    }
    Ok(Arc::new(session.gather(&concerned.iter().map(Reach::whole).collect::<Vec<_>>())?))
}

/// Takes the files away that nobody uses any more, once all who may share them were asked; those that were.
pub(super) fn without_unused(
    live: &Live,
    town: &Slug,
    checked: &Checked,
    files: &mut BTreeMap<String, Option<String>>,
) -> Result<Arc<Checked>, Fault> {
    let mut gone = files.clone();
    drop_unused(checked, &mut gone);
    // What one municipality does not use any more another one may.
    let all = concerned(live, town, &gone)?;
    drop_unused(&all, files);
    Ok(all)
}

/// The key of an item that a browser names by its form and its path in that.
pub(super) fn key_of(form: &str, path: &str) -> ItemKey {
    [form, path].concat().as_str().into()
}

/// Where marks are to be written.
pub(super) struct Marking<'a> {
    /// Slug of the municipality.
    pub(super) town: &'a Slug,
    /// Case.
    pub(super) case: &'a CaseId,
    /// Paths of the items among all forms of the case.
    pub(super) keys: Vec<ItemKey>,
}

/// The marks of items that were just put in other words: where they differ from the edition.
pub(super) fn marked(
    checked: &Checked,
    files: &BTreeMap<String, Option<String>>,
    (place, change): (&Marking<'_>, &ChangeId),
) -> Result<Marked, Fault> {
    let (town, case) = (place.town.to_owned(), place.case.to_owned());
    let order = MarkOrder {
        wanted: Wanted { municipality: Some(town), case: Some(case), document: None },
        since: None,
        change: Some(change.clone()),
        notation: Notation::Leave,
        only: place.keys.clone(),
    };
    Ok(marks(&checked.fork(files), &order)?)
}

pub(super) fn places(places: &[MarkedPlace]) -> Vec<Json> {
    places.iter().map(|one| json!({ "place": one.place, "old": one.old, "new": one.new })).collect()
}

/// Takes the last step back, or does it again.
pub(super) fn step(live: &Live, way: Way, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    let what = journal.take(way)?.what;
    live.refresh(by)?;
    Ok(json!({ "step": journal.standing(), "what": what, "state": live.state() }))
}

/// Marks to be written, as the browser asks for them.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MarkAsked {
    /// Slug of the municipality.
    pub(super) town: Slug,
    /// Case.
    pub(super) case: CaseId,
    /// The change that the marks belong to.
    pub(super) change: ChangeId,
    /// Whether they are written, or only shown.
    pub(super) then: Then,
}

/// What happens to what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Then {
    /// It is shown.
    Show,
    /// It is written.
    Write,
}

/// Finds what differs from the edition and is not marked yet, and marks it.
pub(super) fn mark(live: &Live, asked: &MarkAsked, by: &str) -> Result<Json, Fault> {
    if asked.then == Then::Write {
        may_write(live)?;
    }
    let journal = live.writing();
    live.refresh("")?;
    let order = MarkOrder {
        wanted: Wanted { municipality: Some(asked.town.clone()), case: Some(asked.case.clone()), document: None },
        since: None,
        change: Some(asked.change.clone()),
        notation: Notation::Leave,
        only: Vec::new(),
    };
    let session = live.session();
    let files = |marked: &Marked| marked.files.keys().cloned().collect();
    let (checked, marked) = session.with_concerned(&asked.town, |checked| marks(checked, &order), files)?;
    if asked.then == Then::Write && !marked.files.is_empty() {
        let what = format!("印（{}）", asked.change);
        journal.write(&checked.workspace.sources, (&what, &marked.files))?;
        live.refresh(by)?;
    }
    Ok(json!({
        "marked": places(&marked.marked), "notation": places(&marked.notation), "by_hand": places(&marked.by_hand),
        "step": journal.standing(),
    }))
}

/// A sign-off, as the browser asks for it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SignAsked {
    /// Slug of the municipality.
    pub(super) town: Slug,
    /// Case.
    pub(super) case: CaseId,
    /// The item, as sign-offs name it.
    pub(super) path: String,
    /// Office of the reviewer.
    pub(super) by: String,
    /// Day.
    pub(super) on: String,
}

/// Signs an item.
pub(super) fn sign_off(live: &Live, asked: &SignAsked, browser: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let journal = live.writing();
    let order = SignOrder {
        municipality: asked.town.clone(),
        case: asked.case.clone(),
        items: vec![asked.path.as_str().into()],
        by: asked.by.clone(),
        on: asked.on.clone(),
    };
    let signed = sign(&live.root, &order)?;
    if signed.diagnostics.has_errors() {
        return Err(Fault::Unfit("has-errors"));
    }
    live.refresh(browser)?;
    Ok(json!({ "items": signed.items, "step": journal.standing() }))
}

pub(super) fn may_write(live: &Live) -> Result<(), Fault> {
    match live.mode {
        Mode::ReadWrite => Ok(()),
        Mode::ReadOnly => Err(Fault::ReadOnly),
    }
}
