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
    pub files: BTreeMap<String, Vec<u8>>,
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

/// An output folder held for a run（出力先）.
#[derive(Debug)]
pub struct Output {
    real: PathBuf,
    stamp: Stamp,
    seen: SeenFiles,
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
        Ok(Self { real, stamp, seen, _held: held })
    }

    /// Reads again what the run itself has written meanwhile; the folder stays held.
    pub fn read_again(&mut self) {
        if let Some(stamp) = stamp_of(&self.real) {
            self.stamp = stamp;
        }
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

    /// The files that earlier runs made.
    pub fn made(&self) -> impl Iterator<Item = &str> {
        self.stamp.made.keys().map(String::as_str)
    }

    /// What lies in the folder that is not ours.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub fn notes(&self) -> Result<Notes, Error> {
        let found = found(&self.real)?;
        let ours = self.ours(&found, &|path| self.seen.hash(&self.real, path))?;
        Ok(Notes { foreign: foreign(&found, &ours), aside: Vec::new() })
    }

    /// Writes down by what the files can be known again, so that a run that has nothing to do need not read them.
    pub fn remember_files(&self) {
        self.seen.keep(&self.real);
    }

    /// Writes the new files, all or none. `inspect` sees the folder as it will be; where it refuses, nothing is written.
    ///
    /// # Errors
    /// [`Error::InTheWay`] and, where files are refused, [`Error::Exists`]; what `inspect` refuses; what a change of the folder does.
    pub fn write<T>(
        &self,
        new: &New,
        memory: &impl Serialize,
        (meeting, means): (Meeting, Means),
        inspect: impl FnOnce(&[Seen<'_>]) -> Result<T, Error>,
    ) -> Result<(T, Notes), Error> {
        let found = found(&self.real)?;
        // What is about to be written is decided on the files themselves.
        let ours = self.ours(&found, &|path| hash(&self.real.join(path)))?;
        let mut plan = Plan::default();
        let mut made = BTreeMap::new();
        let mut foreign = foreign(&found, &ours);
        for (path, bytes) in &new.files {
            self.is_free(path)?;
            let after = sha256(bytes);
            let now = if found.contains(path) { hash(&self.real.join(path))? } else { None };
            made.insert(path.clone(), after.clone());
            if now.as_ref() == Some(&after) {
                foreign.retain(|other| other != path);
                continue;
            }
            if let Some(now) = now {
                if ours.contains(path) {
                    plan.before.insert(path.clone(), now);
                } else if meeting == Meeting::Refused {
                    return Err(Error::Exists { path: self.real.join(path) });
                } else {
                    let taken = |name: &str| new.files.contains_key(name) || plan.aside.values().any(|one| one == name);
                    let name = free_name(&self.real, path, taken);
                    plan.aside.insert(path.clone(), name);
                }
            }
            plan.put.insert(path.clone(), bytes.clone());
        }
        for path in ours.iter().filter(|path| !new.files.contains_key(*path)) {
            let hash = self.stamp.made[path].clone();
            if new.kept.contains(path) {
                made.insert(path.clone(), hash);
            } else {
                plan.gone.insert(path.clone());
                plan.before.insert(path.clone(), hash);
            }
        }
        let stamp = self.restamped(made, memory);
        let there = hash(&self.real.join(STAMP_FILE))?;
        if there.as_ref() != Some(&sha256(&stamp)) {
            plan.before.extend(there.map(|there| (STAMP_FILE.to_owned(), there)));
            plan.put.insert(STAMP_FILE.to_owned(), stamp.clone());
        }
        let inspected = inspect(&self.seen(&found, &ours, &plan, (new, &stamp)))?;
        apply(&self.real, &plan, means)?;
        foreign.retain(|path| !plan.aside.contains_key(path));
        Ok((inspected, Notes { foreign, aside: plan.aside.into_iter().collect() }))
    }

    fn restamped(&self, made: BTreeMap<String, String>, memory: &impl Serialize) -> Vec<u8> {
        let memory = match serde_json::to_value(memory).expect("plain data") {
            serde_json::Value::Object(memory) => memory,
            _ => serde_json::Map::new(),
        };
        let stamp = Stamp { kind: self.stamp.kind, made, memory };
        let mut text = serde_json::to_vec_pretty(&stamp).expect("plain data without maps of other keys than strings");
        text.push(b'\n');
        text
    }

    /// The folder as it will be, in the order of the paths.
    fn seen<'s>(
        &self,
        found: &BTreeSet<String>,
        ours: &BTreeSet<String>,
        plan: &Plan,
        (new, stamp): (&'s New, &'s [u8]),
    ) -> Vec<Seen<'s>> {
        let made = new.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let fresh = made.chain([(STAMP_FILE, stamp)]).map(|(path, bytes)| Seen {
            path: path.to_owned(),
            origin: Origin::Made,
            content: Content::New(bytes),
        });
        let mut seen: Vec<Seen<'_>> = fresh.collect();
        for path in found {
            let Some(place) = plan.place_of(path) else { continue };
            if place == path && (new.files.contains_key(path) || path == STAMP_FILE) {
                continue;
            }
            let origin = if ours.contains(path) { Origin::Made } else { Origin::Foreign };
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
