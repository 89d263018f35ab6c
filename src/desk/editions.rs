//! Editions written: a case frozen as it stands before its changes.

use std::collections::BTreeMap;
use std::path::Path;

use toml_edit::{DocumentMut, value};

use crate::Error;
use crate::change::{SEAL, freeze as freeze_case, seal, seal_digest};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::imprint::{Readers, before, texts};
use crate::model::{Case, Edition, Municipality};
use crate::name::{CaseId, CaseName, EditionId, EditionName, Slug};
use crate::session::{Checked, Session, find, find_with_municipality};
use crate::write::Steps;

/// What was frozen（確定した版）.
#[derive(Debug)]
pub struct Frozen {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// How many items the edition holds.
    pub items: usize,
    /// The files that are new or other, by path from the root.
    pub files: Files,
}

/// An order to freeze（版の確定の依頼）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreezeOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Id of the edition.
    pub edition: EditionId,
    /// What it is, in words.
    pub title: String,
    /// Why it takes the place of another, without its changes; none: it is the first.
    pub reason: Option<String>,
}

/// Freezes a case as it stands before its changes, and names the edition in its settings（最初の版の確定）.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case, [`Error::EditionExists`] where the case has an edition of this id,
/// [`Error::AlreadyFrozen`] where it has another.
pub fn freeze(root: &Path, edition: &EditionName, title: &str) -> Result<Frozen, Error> {
    freeze_by(root, edition, title, None)
}

/// Freezes a case anew, although it has an edition: what differs from that is in no list of changes, and the reason stays on record in
/// the new one（版の取り直し）.
///
/// # Errors
/// As [`freeze`], and [`Error::Empty`] without a reason.
pub fn freeze_anew(root: &Path, edition: &EditionName, title: &str, reason: &str) -> Result<Frozen, Error> {
    freeze_by(root, edition, title, Some(reason))
}

fn freeze_by(root: &Path, name: &EditionName, title: &str, reason: Option<&str>) -> Result<Frozen, Error> {
    let EditionName { case, edition } = name;
    let checked = Session::open(root)?.municipality(&case.municipality)?;
    let order = FreezeOrder {
        municipality: case.municipality.clone(),
        case: case.case.clone(),
        edition: edition.clone(),
        title: title.to_owned(),
        reason: reason.map(str::to_owned),
    };
    let frozen = freezing(&checked, &order)?;
    if !frozen.diagnostics.has_errors() {
        let done = if reason.is_some() { "版の取り直し" } else { "版の確定" };
        let what = format!("{done}（{edition}）：{case}");
        Steps::of(root).write(&checked.workspace.sources, (&what, &frozen.files))?;
    }
    Ok(frozen)
}

/// What freezing a case of a workspace that was read comes to; nothing is written.
///
/// # Errors
/// As [`freeze`] and [`freeze_anew`].
pub fn freezing(checked: &Checked, order: &FreezeOrder) -> Result<Frozen, Error> {
    let FreezeOrder { municipality: slug, case: id, edition, title, reason } = order;
    if reason.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err(Error::Empty { option: "--reason" });
    }
    let name = CaseName::new(slug, id);
    let (municipality, case) = find_with_municipality(checked, &name)?;
    if case.editions.contains_key(edition) {
        return Err(Error::EditionExists { edition: name.edition(edition) });
    }
    let known = case.edition.as_ref().map(|(id, _)| id).or(case.editions.keys().next_back());
    if let (Some(known), None) = (known, reason) {
        return Err(Error::AlreadyFrozen { edition: name.edition(known) });
    }
    let follows = known.filter(|known| case.editions.contains_key(*known));
    let mut about = about(title, follows);
    if let Some(reason) = reason {
        about.insert("replaces-because", value(reason));
    }
    let mut files = edition_files((municipality, case), edition, &about);
    seal_edition(checked, (municipality, case), (edition, follows), &mut files);
    name_edition(checked, case, edition, &mut files);
    let after = checked.fork(&files);
    let items = find(&after, &name)?.editions.get(edition).map_or(0, |edition| edition.items().count());
    Ok(Frozen { diagnostics: after.diagnostics, sources: after.workspace.sources, items, files })
}

/// Seals the editions of a case that have no seal; the one that the case names also gets what is printed before the changes
/// （以前の版の封印）.
///
/// Nothing is sealed while the workspace has errors: what is printed might not be what the edition says.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case, [`Error::NoBaseline`] where it names no edition.
pub fn seal_editions(root: &Path, name: &CaseName) -> Result<Frozen, Error> {
    let checked = Session::open(root)?.municipality(&name.municipality)?;
    let (municipality, case) = find_with_municipality(&checked, name)?;
    let baseline = case.edition.as_ref().map(|(id, _)| id).filter(|id| case.editions.contains_key(*id));
    let Some(baseline) = baseline else { return Err(Error::NoBaseline { case: name.clone() }) };
    if checked.diagnostics.has_errors() {
        return Ok(Frozen {
            diagnostics: checked.diagnostics,
            sources: checked.workspace.sources,
            items: 0,
            files: Files::new(),
        });
    }
    let mut files = Files::new();
    let lacks = |edition: &Edition| !edition.files.keys().any(|path| path.starts_with(PRINTED));
    if lacks(&case.editions[baseline]) {
        files = printed_files((municipality, case), baseline);
    }
    for (edition, known) in &case.editions {
        if known.seal.is_none() || (edition == baseline && !files.is_empty()) {
            seal_edition(&checked, (municipality, case), (edition, follows(known)), &mut files);
        }
    }
    let after = checked.fork(&files);
    if !after.diagnostics.has_errors() {
        let what = format!("版の封印：{name}");
        Steps::of(root).write(&checked.workspace.sources, (&what, &files))?;
    }
    let items = case.editions[baseline].items().count();
    Ok(Frozen { diagnostics: after.diagnostics, sources: after.workspace.sources, items, files })
}

/// New files by path from the root.
pub(super) type Files = BTreeMap<String, Option<String>>;

/// Folder of an edition that holds what was printed.
const PRINTED: &str = "printed/";

/// The files of an edition by path from the root, without its seal.
pub(super) fn edition_files(
    (municipality, case): (&Municipality, &Case),
    edition: &EditionId,
    about: &DocumentMut,
) -> Files {
    let folder = municipality.name(case).edition(edition).folder();
    let mut files: Files =
        freeze_case(case).into_iter().map(|(path, text)| (format!("{folder}/{path}"), Some(text))).collect();
    files.extend(printed_files((municipality, case), edition));
    files.insert(format!("{folder}/edition.toml"), Some(about.to_string()));
    files
}

fn printed_files((municipality, case): (&Municipality, &Case), edition: &EditionId) -> Files {
    let folder = municipality.name(case).edition(edition).folder();
    let leaves = texts(&before(&Readers::of(municipality), case)).into_iter();
    leaves.map(|(name, text)| (format!("{folder}/{PRINTED}{name}.md"), Some(text))).collect()
}

fn follows(edition: &Edition) -> Option<&EditionId> {
    edition.about.as_ref().map(|(_, about)| &about.follows)
}

/// Seals an edition as its files stand, with new ones among them, and every one before it that has no seal yet. Its digest.
pub(super) fn seal_edition(
    checked: &Checked,
    (municipality, case): (&Municipality, &Case),
    (edition, follows_id): (&EditionId, Option<&EditionId>),
    files: &mut Files,
) -> String {
    let name = municipality.name(case).edition(edition);
    let known = follows_id.filter(|id| *id != edition).and_then(|id| case.editions.get_key_value(id));
    let before = match known {
        None => String::new(),
        Some((before, known)) => {
            let path = format!("{}/{SEAL}", name.case.edition(before).folder());
            match (&known.seal, files.get(&path)) {
                (_, Some(Some(text))) => seal_digest(text),
                (Some((_, seal)), _) => seal.digest.value.clone(),
                (None, _) => seal_edition(checked, (municipality, case), (before, follows(known)), files),
            }
        }
    };
    let sources = &checked.workspace.sources;
    let folder = format!("{}/", name.folder());
    let mut texts: BTreeMap<String, &str> = BTreeMap::new();
    if let Some(known) = case.editions.get(edition) {
        texts.extend(known.files.iter().map(|(path, file)| (path.clone(), &*sources.get(*file).text)));
    }
    for (path, text) in files.iter() {
        let Some(inside) = path.strip_prefix(&folder) else { continue };
        match text {
            Some(text) => texts.insert(inside.to_owned(), text),
            None => texts.remove(inside),
        };
    }
    let sealed = seal(&name.to_string(), &before, &texts);
    let digest = seal_digest(&sealed);
    files.insert(format!("{folder}{SEAL}"), Some(sealed));
    digest
}

/// `edition.toml` with a title.
pub(super) fn about(title: &str, follows: Option<&EditionId>) -> DocumentMut {
    let mut about = DocumentMut::new();
    about.insert("title", value(title));
    if let Some(follows) = follows {
        about.insert("follows", value(follows.as_str()));
    }
    about
}

/// Writes `edition = "…"` into the case's settings, before its first table.
pub(super) fn name_edition(
    checked: &Checked,
    case: &Case,
    edition: &EditionId,
    files: &mut BTreeMap<String, Option<String>>,
) {
    edit(checked, case, files, |settings| {
        settings.insert("edition", value(edition.as_str()));
    });
}

/// Changes the case's settings; comments and the order of keys stay.
pub(super) fn edit(
    checked: &Checked,
    case: &Case,
    files: &mut BTreeMap<String, Option<String>>,
    change: impl FnOnce(&mut DocumentMut),
) {
    let file = checked.workspace.sources.get(case.file);
    let path = file.path.to_string_lossy().into_owned();
    let text = files.get(&path).cloned().flatten().unwrap_or_else(|| file.text.to_string());
    let mut settings: DocumentMut = text.parse().expect("the settings were read as TOML before");
    change(&mut settings);
    files.insert(path, Some(settings.to_string()));
}
