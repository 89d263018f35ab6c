//! An output folder: what is ours in it, and what is not.
//!
//! A folder is ours if it was not there, was empty, or bears the stamp of an earlier run, which lists every file that was made. A file
//! is ours as long as it is, byte for byte, the one of that list. Everything else is somebody's: it stays, and it is named.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::bytes::{Bytes, Shelf, Waiting};
use super::hold::{Held, hold};
use super::means::{Means, apply};
use super::plan::{Plan, below, free_name, goes_down, hash, io_of};
use super::seen::{SEEN_FILE, SeenFiles};
use super::{place, read_error, staging};
use crate::Error;
use crate::source::{STAMP_FILE, parted, sha256};

/// The list of files, for people and programs.
pub const MANIFEST_FILE: &str = "manifest.json";
/// Files that a repository or a file manager keeps in folders; they make none somebody's, stay, and are not worth a word.
const NOBODYS: [&str; 5] = [".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"];
/// The largest file of somebody's that is looked into.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// What an output folder is for（出力先の種類）. One that is for something else is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Documents.
    #[default]
    Documents,
    /// Projects for the stock typesetter.
    Projects,
    /// Workbooks that go out to be filled in: checklists, opinions.
    Checklists,
}

impl Kind {
    /// Says that a folder is for this, and for nothing else.
    fn refused(self, folder: &Path) -> Error {
        let (ja, en) = match self {
            Self::Documents => ("文書（hyoka build）", "documents"),
            Self::Projects => ("ひな形とデータ（hyoka build --emit-typst）", "projects for the typesetter"),
            Self::Checklists => {
                ("記入するブック（hyoka checklist export、hyoka comments export）", "workbooks to be filled in")
            }
        };
        Error::OtherKind { path: folder.to_owned(), ja, en }
    }
}

/// What happens to somebody's file where a new one is to lie（先にあるファイルの扱い）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// It takes another name.
    KeptAside,
    /// Nothing is written.
    Refused,
}

/// What a run makes of a folder（書き出すもの）, by path with `/` between folders. What is ours and in neither goes.
#[derive(Debug, Default)]
pub struct New {
    /// Files made.
    pub files: BTreeMap<String, Bytes>,
    /// Files of earlier runs that stay.
    pub kept: BTreeSet<String>,
}

/// What is in a folder that is not ours（人のファイル）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Files that we did not make or that somebody changed; untouched.
    pub foreign: Vec<String>,
    /// Files whose place a new one took: the old name and the one under which they are now.
    pub aside: Vec<(String, String)>,
}

/// Whose a file is（ファイルの由来）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Ours.
    Made,
    /// Somebody's.
    Foreign,
}

/// A file as it will lie in the folder（書き出した後のファイル）.
#[derive(Debug)]
pub struct Seen<'s> {
    /// Path below the folder.
    pub path: String,
    /// Whose it is.
    pub origin: Origin,
    content: Content<'s>,
}

#[derive(Debug)]
enum Content<'s> {
    New(&'s [u8]),
    There(PathBuf),
}

impl Seen<'_> {
    /// Its bytes; `None` for what is no file or too large to be looked into.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub fn bytes(&self) -> Result<Option<Cow<'_, [u8]>>, Error> {
        match &self.content {
            Content::New(bytes) => Ok(Some(Cow::Borrowed(bytes))),
            Content::There(path) => {
                let data = path.symlink_metadata().map_err(|error| read_error(path, error))?;
                if !data.is_file() || data.len() > MAX_BYTES {
                    return Ok(None);
                }
                fs::read(path).map(|bytes| Some(Cow::Owned(bytes))).map_err(|error| read_error(path, error))
            }
        }
    }
}

/// The stamp of a folder.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Stamp {
    #[serde(default)]
    kind: Kind,
    /// Every file that was made, with its hash; the stamp itself not among them.
    #[serde(default)]
    made: BTreeMap<String, String>,
    /// What the run wants to remember.
    #[serde(flatten)]
    memory: serde_json::Map<String, serde_json::Value>,
}

impl Stamp {
    /// The files made by a version that listed them with their documents.
    fn made_before(&mut self, real: &Path) {
        let documents = self.memory.get("documents").and_then(serde_json::Value::as_object);
        let files = documents.into_iter().flat_map(|documents| documents.values()).filter_map(|one| one.get("files"));
        if self.made.is_empty() {
            let files =
                files.filter_map(|files| serde_json::from_value::<BTreeMap<String, String>>(files.clone()).ok());
            self.made = files.flatten().collect();
            self.made.extend(hash(&real.join(MANIFEST_FILE)).ok().flatten().map(|hash| (MANIFEST_FILE.into(), hash)));
        }
    }
}

impl Stamp {
    /// As it is written.
    fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain data without maps of other keys than strings");
        text.push(b'\n');
        text
    }
}

/// An output folder held for a run（出力先）.
#[derive(Debug)]
pub struct Output {
    real: PathBuf,
    stamp: Stamp,
    seen: SeenFiles,
    /// Files that this run has written.
    written: BTreeSet<String>,
    /// Files of somebody's whose place this run has taken.
    aside: Vec<(String, String)>,
    /// What is made and not yet in its place.
    shelf: Option<Shelf>,
    _held: Held,
}

impl Output {
    /// Holds a folder for a run, if it may be written.
    ///
    /// What a killed run left is finished, taken back or cleared first.
    ///
    /// # Errors
    /// [`Error::NoOutputHere`], [`Error::NotAFolder`], [`Error::NotOurs`] and [`Error::OtherKind`] for folders that may not be written,
    /// [`Error::Locked`], and where the system refuses.
    pub fn open(root: &Path, folder: &Path, kind: Kind) -> Result<Self, Error> {
        let real = place::output(root, folder)?;
        let held = hold(&real)?;
        if let Some(parent) = real.parent() {
            staging::clear_leftovers(parent)?;
        }
        staging::clear_leftovers(&real)?;
        let stamp = match stamp_of(&real) {
            Some(stamp) if stamp.kind != kind => return Err(stamp.kind.refused(folder)),
            Some(mut stamp) => {
                stamp.made_before(&real);
                stamp.made.retain(|path, _| goes_down(path));
                stamp
            }
            None => match somebodys(&real)? {
                Some(found) => return Err(Error::NotOurs { path: folder.to_owned(), found }),
                None => Stamp { kind, ..Stamp::default() },
            },
        };
        let seen = SeenFiles::of(&real);
        Ok(Self { real, stamp, seen, written: BTreeSet::new(), aside: Vec::new(), shelf: None, _held: held })
    }

    /// Whether it is the folder at a path.
    #[must_use]
    pub fn is_at(&self, folder: &Path) -> bool {
        place::real(folder).is_ok_and(|real| real == self.real)
    }

    /// What the last run remembered; `None` if there was none or if it cannot be understood.
    #[must_use]
    pub fn memory<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(serde_json::Value::Object(self.stamp.memory.clone())).ok()
    }

    /// Whether a file lies in the folder as it was made.
    #[must_use]
    pub fn holds(&self, path: &str, sha256: &str) -> bool {
        goes_down(path) && self.seen.hash(&self.real, path).is_ok_and(|now| now.is_some_and(|now| now == sha256))
    }

    /// The files that earlier runs made, and this one has.
    pub fn made(&self) -> impl Iterator<Item = &str> {
        self.stamp.made.keys().map(String::as_str)
    }

    /// Those of them that lie below a folder.
    pub fn made_in(&self, folder: &str) -> impl Iterator<Item = &str> {
        let folder = format!("{folder}/");
        let from = self.stamp.made.range(folder.clone()..);
        from.map(|(path, _)| path.as_str()).take_while(move |path| path.starts_with(&folder))
    }

    /// The bytes of a file that was made; `None` where none was, or where it is not as it was made.
    #[must_use]
    pub fn bytes_made(&self, path: &str) -> Option<Vec<u8>> {
        let (made, place) = (self.stamp.made.get(path)?, self.real.join(path));
        let bytes = place.symlink_metadata().ok().filter(fs::Metadata::is_file).and_then(|_| fs::read(place).ok())?;
        (sha256(&bytes) == *made).then_some(bytes)
    }

    /// What lies in the folder that is not ours, and what this run has put aside.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub fn notes(&self) -> Result<Notes, Error> {
        let found = found(&self.real)?;
        let ours = self.ours(&found, &|path| match self.stamp.made.get(path) {
            Some(made) if self.written.contains(path) => Ok(Some(made.clone())),
            Some(_) | None => self.seen.hash(&self.real, path),
        })?;
        let is_aside = |path: &String| self.aside.iter().any(|(_, now)| now == path);
        let foreign = foreign(&found, &ours).into_iter().filter(|path| !is_aside(path)).collect();
        Ok(Notes { foreign, aside: self.aside.clone() })
    }

    /// Writes down by what the files can be known again, so that a run that has nothing to do need not read them.
    pub fn remember_files(&self) {
        self.seen.keep(&self.real);
    }

    /// Lays by on the disk what is made and waits to be written, so that nobody has to hold it; where nothing may be put beside the
    /// folder, it stays at hand.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn lay_by(&mut self, new: &mut New) -> Result<(), Error> {
        if self.shelf.is_none() {
            self.shelf = self.real.parent().and_then(|parent| Shelf::within(parent).ok());
        }
        let Some(shelf) = &mut self.shelf else { return Ok(()) };
        new.files.values_mut().try_for_each(|bytes| shelf.lay_by(bytes))
    }

    /// Writes the new files, all or none. Of what lies there already, only that is read which is replaced or goes.
    ///
    /// # Errors
    /// [`Error::InTheWay`] and, where files are refused, [`Error::Exists`]; what a change of the folder does.
    pub fn write(
        &mut self,
        new: New,
        memory: &impl Serialize,
        (meeting, means): (Meeting, Means),
    ) -> Result<(), Error> {
        let found = found(&self.real)?;
        let is_touched = |path: &str| new.files.contains_key(path) || !new.kept.contains(path);
        // What is about to be written is decided on the files themselves.
        let ours = self.ours(&found, &|path| match self.stamp.made.get(path) {
            Some(made) if !is_touched(path) => Ok(Some(made.clone())),
            Some(_) | None => hash(&self.real.join(path)),
        })?;
        let (plan, stamp) = self.plan((&found, &ours), new, (memory, meeting))?;
        self.put(plan, stamp, means)
    }

    /// Writes the new files, all or none. `inspect` sees the folder as it will be; where it refuses, nothing is written.
    ///
    /// # Errors
    /// As [`Output::write`], and what `inspect` refuses.
    pub fn write_inspected<T>(
        &mut self,
        new: New,
        memory: &impl Serialize,
        (meeting, means): (Meeting, Means),
        inspect: impl FnOnce(&[Seen<'_>]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let found = found(&self.real)?;
        let ours = self.ours(&found, &|path| hash(&self.real.join(path)))?;
        let names: BTreeSet<String> = new.files.keys().cloned().collect();
        let (plan, stamp) = self.plan((&found, &ours), new, (memory, meeting))?;
        let is_made = |path: &String| ours.contains(path) || names.contains(path) || path == STAMP_FILE;
        let inspected = inspect(&self.seen(&found, &plan, is_made))?;
        self.put(plan, stamp, means)?;
        Ok(inspected)
    }

    /// What is to become of the folder, and the stamp that it bears then.
    fn plan(
        &self,
        (found, ours): (&BTreeSet<String>, &BTreeSet<String>),
        new: New,
        (memory, meeting): (&impl Serialize, Meeting),
    ) -> Result<(Plan, Stamp), Error> {
        let mut plan = Plan::default();
        let mut made = BTreeMap::new();
        let names: BTreeSet<String> = new.files.keys().cloned().collect();
        for (path, bytes) in new.files {
            self.is_free(&path)?;
            let after = bytes.sha256().to_owned();
            let now = if found.contains(&path) { hash(&self.real.join(&path))? } else { None };
            made.insert(path.clone(), after.clone());
            if now.as_ref() == Some(&after) {
                continue;
            }
            if let Some(now) = now {
                if ours.contains(&path) {
                    plan.before.insert(path.clone(), now);
                } else if meeting == Meeting::Refused {
                    return Err(Error::Exists { path: self.real.join(path) });
                } else {
                    let taken = |name: &str| names.contains(name) || plan.aside.values().any(|one| one == name);
                    let name = free_name(&self.real, &path, taken);
                    plan.aside.insert(path.clone(), name);
                }
            }
            plan.put.insert(path, bytes);
        }
        for path in ours.iter().filter(|path| !names.contains(*path)) {
            let hash = self.stamp.made[path].clone();
            if new.kept.contains(path) {
                made.insert(path.clone(), hash);
            } else {
                plan.gone.insert(path.clone());
                plan.before.insert(path.clone(), hash);
            }
        }
        let stamp = self.restamped(made, memory);
        let text = Bytes::from(stamp.text());
        let there = hash(&self.real.join(STAMP_FILE))?;
        if there.as_deref() != Some(text.sha256()) {
            plan.before.extend(there.map(|there| (STAMP_FILE.to_owned(), there)));
            plan.put.insert(STAMP_FILE.to_owned(), text);
        }
        Ok((plan, stamp))
    }

    /// Does what is planned, and remembers it.
    fn put(&mut self, plan: Plan, stamp: Stamp, means: Means) -> Result<(), Error> {
        apply(&self.real, &plan, means)?;
        self.stamp = stamp;
        self.shelf = None;
        self.written.extend(plan.put.into_keys());
        self.aside.extend(plan.aside);
        Ok(())
    }

    fn restamped(&self, made: BTreeMap<String, String>, memory: &impl Serialize) -> Stamp {
        let memory = match serde_json::to_value(memory).expect("plain data") {
            serde_json::Value::Object(memory) => memory,
            _ => serde_json::Map::new(),
        };
        Stamp { kind: self.stamp.kind, made, memory }
    }

    /// The folder as it will be, in the order of the paths.
    fn seen<'s>(&self, found: &BTreeSet<String>, plan: &'s Plan, is_made: impl Fn(&String) -> bool) -> Vec<Seen<'s>> {
        let fresh = plan.put.iter().map(|(path, bytes)| Seen {
            path: path.clone(),
            origin: Origin::Made,
            content: match &bytes.waiting {
                Waiting::Held(bytes) => Content::New(bytes),
                Waiting::LaidBy(path) => Content::There(path.clone()),
            },
        });
        let mut seen: Vec<Seen<'_>> = fresh.collect();
        for path in found {
            let Some(place) = plan.place_of(path) else { continue };
            let origin = if place == path && is_made(path) { Origin::Made } else { Origin::Foreign };
            seen.push(Seen { path: place.to_owned(), origin, content: Content::There(self.real.join(path)) });
        }
        seen.sort_by(|one, other| one.path.cmp(&other.path));
        seen
    }

    /// The files that lie there as they were made.
    fn ours(
        &self,
        found: &BTreeSet<String>,
        hash: &dyn Fn(&str) -> Result<Option<String>, Error>,
    ) -> Result<BTreeSet<String>, Error> {
        let mut ours = BTreeSet::new();
        for (path, made) in &self.stamp.made {
            if found.contains(path) && hash(path)?.as_ref() == Some(made) {
                ours.insert(path.clone());
            }
        }
        Ok(ours)
    }

    /// Whether a file can lie at a path: no folder is there, and nothing but folders on the way.
    fn is_free(&self, path: &str) -> Result<(), Error> {
        let place = self.real.join(path);
        let in_the_way = |path: &Path| Err(Error::InTheWay { path: path.to_owned() });
        if place.symlink_metadata().is_ok_and(|data| data.is_dir()) {
            return in_the_way(&place);
        }
        let folders = place.ancestors().skip(1).take_while(|folder| *folder != self.real);
        for folder in folders {
            if folder.symlink_metadata().is_ok_and(|data| !data.is_dir()) {
                return in_the_way(folder);
            }
        }
        Ok(())
    }
}

/// The stamp of a folder; `None` where it bears none that can be understood.
fn stamp_of(real: &Path) -> Option<Stamp> {
    fs::read(real.join(STAMP_FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
}

/// Refuses a folder that an earlier run made for something.
///
/// # Errors
/// [`Error::OtherKind`].
pub(super) fn for_nothing_yet(real: &Path, folder: &Path) -> Result<(), Error> {
    stamp_of(real).map_or(Ok(()), |stamp| Err(stamp.kind.refused(folder)))
}

/// Everything in a folder that is no folder. Links are not followed.
pub(super) fn found(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let mut found = BTreeSet::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|error| read_error(error.path().unwrap_or(folder), io_of(&error)))?;
        if !entry.file_type().is_dir() {
            found.insert(below(folder, entry.path()));
        }
    }
    Ok(found)
}

/// Something in a folder that makes it somebody's; the first by name.
pub(super) fn somebodys(folder: &Path) -> Result<Option<String>, Error> {
    if !folder.exists() {
        return Ok(None);
    }
    let entries = fs::read_dir(folder).map_err(|error| read_error(folder, error))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| !NOBODYS.contains(&name.as_str())).min())
}

/// What was found and is neither ours nor nobody's.
pub(super) fn foreign(found: &BTreeSet<String>, ours: &BTreeSet<String>) -> Vec<String> {
    let is_nobodys = |path: &str| [STAMP_FILE, SEEN_FILE].contains(&path) || NOBODYS.contains(&parted(path).1);
    found.iter().filter(|path| !ours.contains(*path) && !is_nobodys(path)).cloned().collect()
}
