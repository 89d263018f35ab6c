//! What earlier builds made, so that only what changed is made again.
//!
//! It lies beside the documents of each municipality（`hikari/.stamp.json`）, so that a build of a nation reads and writes that of a few at a
//! time. It is a memory, never a source: if it is missing or does not fit, everything is made again. The stamp of the folder itself says
//! whose the folder is.
//!
//! # Which question costs what
//! A build asks three questions, each cheaper than the next, and stops at the first answer.
//!
//! 1. *Did anything change that the municipality is made of?* [`SourceStamp`]: a hash of its files, of what all share, of the templates and
//!    of the program. If it fits and the files of its documents lie there whole, nothing is even parsed.
//! 2. *Does the document say the same?* `DocumentStamp::input`: a hash of what the document shows, as data, with the templates and the
//!    program. The sources were read and judged for it; nothing is set. A comment in a file, or a change in another document, ends here.
//! 3. *What does it look like?* It is set and written, and its pages are measured.
//!
//! A document that cites pages is made after the one whose pages it cites, and the measured pages are a part of its input: a paragraph more
//! on page 12 makes the list of changes anew, and no document that cites nothing. The index of a document that was not made again is
//! remembered with it, so that the list can be.
//!
//! A stamp that cannot be trusted is an empty stamp: where somebody wrote while it was read, the next build looks again. The program tells
//! itself by the size and time of its file, so that a new build of the same version makes all documents anew; that goes into the stamp
//! and into no document. The hashes of the files that lie there are compared too: what a person changed in the folder is made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::output::{Manifest, ManifestEntry};
use crate::Error;
use crate::document::PageIndex;
use crate::model::manifest::Audience;
use crate::name::{DocumentName, FragmentId, Slug};
use crate::session::Wanted;
use crate::source::STAMP_FILE;
use crate::source::fingerprint;
pub(super) use crate::source::sha256 as hash_of;
use crate::write::Output;

/// Hash of everything that a build reads（原稿の指紋）; empty where the build must be looked at again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SourceStamp(String);

impl SourceStamp {
    /// The stamp, or none where the next build must look again.
    pub(super) fn unless(self, look_again: bool) -> Self {
        if look_again { Self::default() } else { self }
    }

    fn fits(&self, other: &Self) -> bool {
        !self.0.is_empty() && self == other
    }
}

/// What is remembered of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DocumentStamp {
    /// Who reads it.
    pub(super) audience: Audience,
    /// Of everything that was read when it was last looked at.
    pub(super) source: SourceStamp,
    /// Hash of its data, the templates and the program.
    pub(super) input: String,
    /// Where its rows and marks stand, if it was laid out.
    pub(super) index: Option<PageIndex>,
    /// Output files, with their hashes.
    pub(super) files: BTreeMap<String, String>,
    /// What the manifest says of them.
    pub(super) entries: Vec<ManifestEntry>,
}

/// What one kind of order would make, when it was last given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Defined {
    /// Of everything that was read.
    source: SourceStamp,
    /// Names of the documents, and for whom.
    documents: BTreeMap<DocumentName, Audience>,
}

/// For whom an order is（依頼の読み手）: what the memory keeps apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OrderedFor {
    /// The public.
    Public,
    /// Whom a submission goes to.
    Submission,
    /// Each document's usual readers.
    Usual,
}

impl From<Option<Audience>> for OrderedFor {
    fn from(order: Option<Audience>) -> Self {
        match order {
            None => Self::Usual,
            Some(Audience::Submission) => Self::Submission,
            Some(Audience::Public) => Self::Public,
        }
    }
}

/// What a memory is of. It is no stamp of a folder: the folder of a municipality is a part of one, and nothing is built into it.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Of {
    #[default]
    Municipality,
}

/// The memory of one municipality. Documents of several audiences may lie in it, unless it is of a public folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Stamps {
    kind: Of,
    defined: BTreeMap<OrderedFor, Defined>,
    /// A name has one place in the folder, for whichever audience it was made last.
    pub(super) documents: BTreeMap<DocumentName, DocumentStamp>,
}

/// Whose files lie in a folder（出力先の読み手）; the stamp of the folder says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Readers {
    /// The public, if it may hold nothing else.
    #[serde(default)]
    audience: Option<Audience>,
}

impl Readers {
    /// Of an order.
    pub(super) fn of(order: Option<Audience>) -> Self {
        Self { audience: order.filter(|order| *order == Audience::Public) }
    }

    /// Looks whether a folder is for the readers of an order.
    ///
    /// # Errors
    /// [`Error::OtherReaders`] where a public folder would get anything else, or the other way round: nothing of a submission ever lies
    /// in a public folder.
    pub(super) fn look(output: &Output, folder: &Path, order: Option<Audience>) -> Result<(), Error> {
        let there = output.memory::<Self>().filter(|_| output.made().next().is_some());
        let is_public = |readers: Self| readers.audience == Some(Audience::Public);
        if there.is_some_and(|there| is_public(there) != is_public(Self::of(order))) {
            return Err(Error::OtherReaders { path: folder.to_owned() });
        }
        Ok(())
    }
}

impl Stamps {
    /// Where the memory of a municipality lies, below the output folder.
    pub(super) fn place(municipality: &Slug) -> String {
        format!("{municipality}/{STAMP_FILE}")
    }

    /// The municipality whose memory is at a path; `None` for any other file.
    pub(super) fn of_place(path: &str) -> Option<Slug> {
        let slug = path.strip_suffix(STAMP_FILE)?.strip_suffix('/')?;
        (!slug.contains('/')).then(|| slug.into())
    }

    /// What a folder remembers of a municipality.
    pub(super) fn of(output: &Output, municipality: &Slug) -> Self {
        let bytes = output.bytes_made(&Self::place(municipality));
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// As it is written.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec(self).expect("plain data without maps of other keys than strings");
        text.push(b'\n');
        text
    }

    /// Remembers what an order would make.
    pub(super) fn define(
        &mut self,
        order: Option<Audience>,
        source: SourceStamp,
        documents: BTreeMap<DocumentName, Audience>,
    ) {
        self.defined.insert(order.into(), Defined { source, documents });
    }

    /// How many documents are still true, if all that are wanted are.
    pub(super) fn all_current(
        &self,
        order: Option<Audience>,
        source: &SourceStamp,
        output: &Output,
        wanted: &Wanted,
    ) -> Option<usize> {
        let defined = self.defined.get(&order.into()).filter(|defined| defined.source.fits(source))?;
        let mut count = 0;
        for (name, audience) in &defined.documents {
            if wanted.has(name) {
                let stamp = self.documents.get(name).filter(|stamp| stamp.audience == *audience)?;
                if !stamp.source.fits(source) || !stamp.is_whole(output) {
                    return None;
                }
                count += 1;
            }
        }
        (count > 0).then_some(count)
    }
}

/// What the manifest says of each document that lies in a folder whole（成果物一覧の行）, by municipality.
#[derive(Debug, Default)]
pub(super) struct Listed(BTreeMap<Slug, BTreeMap<DocumentName, Vec<ManifestEntry>>>);

impl Listed {
    /// What earlier runs made. One memory at a time is read, and of it these lines alone are kept.
    pub(super) fn of(output: &Output) -> Self {
        #[derive(Deserialize)]
        struct Lines {
            documents: BTreeMap<DocumentName, Line>,
        }
        #[derive(Deserialize)]
        struct Line {
            files: BTreeMap<String, String>,
            entries: Vec<ManifestEntry>,
        }
        let places = output.made().filter_map(|path| Some((Stamps::of_place(path)?, path)));
        let memories = places.filter_map(|(municipality, path)| {
            let lines: Lines = serde_json::from_slice(&output.bytes_made(path)?).ok()?;
            let whole = lines.documents.into_iter().filter(|(_, line)| are_whole(&line.files, output));
            Some((municipality, whole.map(|(name, line)| (name, line.entries)).collect()))
        });
        Self(memories.collect())
    }

    /// Forgets the municipalities that there are no more, but for what was not asked for.
    pub(super) fn retain(mut self, all: &BTreeSet<Slug>, wanted: &Wanted) -> Self {
        for (_, documents) in self.0.iter_mut().filter(|(slug, _)| !all.contains(*slug)) {
            documents.retain(|name, _| !wanted.has(name));
        }
        self.0.retain(|_, documents| !documents.is_empty());
        self
    }

    /// Puts down what is remembered of a municipality now, in place of what was.
    pub(super) fn put(&mut self, municipality: &Slug, stamps: &Stamps) {
        let lines = stamps.documents.iter().map(|(name, stamp)| (name.clone(), stamp.entries.clone()));
        self.0.insert(municipality.clone(), lines.collect());
    }

    /// Whether a municipality has documents in the folder.
    pub(super) fn has(&self, municipality: &Slug) -> bool {
        self.0.get(municipality).is_some_and(|documents| !documents.is_empty())
    }

    /// How many municipalities have documents in the folder.
    pub(super) fn municipalities(&self) -> usize {
        self.0.len()
    }

    /// The manifest, in the order of the paths.
    pub(super) fn manifest(&self) -> Manifest<'_> {
        let entries = self.0.values().flat_map(BTreeMap::values).flatten();
        let lines: BTreeMap<&str, &ManifestEntry> = entries.map(|entry| (entry.path.as_str(), entry)).collect();
        Manifest { documents: lines.into_values().collect() }
    }
}

/// Whether files lie in the folder as they were written.
fn are_whole(files: &BTreeMap<String, String>, output: &Output) -> bool {
    !files.is_empty() && files.iter().all(|(path, hash)| output.holds(path, hash))
}

impl DocumentStamp {
    /// Whether its files lie in the folder as they were written.
    pub(super) fn is_whole(&self, output: &Output) -> bool {
        are_whole(&self.files, output)
    }
}

/// What the sources of each municipality are, told by hashes: of what all share, and of its own.
#[derive(Debug)]
pub(super) struct Fingerprints<'r> {
    root: &'r Path,
    shared: String,
}

impl<'r> Fingerprints<'r> {
    /// Hashes the templates, the program and what several municipalities share.
    pub(super) fn of(root: &'r Path) -> Result<Self, Error> {
        let shared = ["templates", "content/facts.toml", FragmentId::FOLDER, "content/assessments"].map(str::to_owned);
        Ok(Self { root, shared: fingerprint(root, &shared, &program())? })
    }

    /// The stamp of everything that a municipality can be made from.
    pub(super) fn stamp(&self, municipality: &Slug) -> Result<SourceStamp, Error> {
        let own = [municipality.folder(), municipality.editions()];
        fingerprint(self.root, &own, &self.shared).map(SourceStamp)
    }
}

/// What tells one build of the program from another: its version, and the size and time of its file. Goes only into the stamp file,
/// never into a document.
pub(super) fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let mark = file.and_then(|file| Ok((file.len(), file.modified()?)));
    let mark = mark.map_or_else(|_| String::new(), |(size, time)| format!("{size} {time:?}"));
    format!("{} {mark}", env!("CARGO_PKG_VERSION"))
}
