//! What earlier builds made, so that only what changed is made again.
//!
//! It lies in the stamp of the output folder. It is a memory, never a source: if it is missing or does not fit, everything is made again.
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

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::output::ManifestEntry;
use crate::Error;
use crate::document::PageIndex;
use crate::model::manifest::Audience;
use crate::name::{DocumentName, FragmentId, NoName, Slug};
use crate::session::Wanted;
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

/// What the memory of a folder keeps apart（依頼の種類）: for whom it was, and of which municipality. Ordered as it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
struct Kind {
    of: OrderedFor,
    municipality: Slug,
}

/// For whom an order is（依頼の読み手）, in the order of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum OrderedFor {
    /// The public.
    Public,
    /// Whom a submission goes to.
    Submission,
    /// Each document's usual readers.
    Usual,
}

impl OrderedFor {
    const ALL: [Self; 3] = [Self::Public, Self::Submission, Self::Usual];

    fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Submission => "submission",
            Self::Usual => "usual",
        }
    }
}

impl Kind {
    fn new(order: Option<Audience>, municipality: &Slug) -> Self {
        let of = match order {
            None => OrderedFor::Usual,
            Some(Audience::Submission) => OrderedFor::Submission,
            Some(Audience::Public) => OrderedFor::Public,
        };
        Self { of, municipality: municipality.clone() }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.of.word(), self.municipality)
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.to_string()
    }
}

impl TryFrom<String> for Kind {
    type Error = NoName;

    fn try_from(text: String) -> Result<Self, NoName> {
        let known = OrderedFor::ALL.into_iter().find_map(|of| {
            let slug = text.strip_prefix(of.word())?.strip_prefix('/')?;
            Some(Self { of, municipality: slug.into() })
        });
        known.ok_or(NoName { shape: "order/municipality", found: text })
    }
}

/// The memory of a folder. Documents of several audiences may lie in it, unless it is a public one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Stamps {
    /// By the audience of the order and the municipality.
    #[serde(default)]
    defined: BTreeMap<Kind, Defined>,
    /// A name has one place in the folder, for whichever audience it was made last.
    #[serde(default)]
    pub(super) documents: BTreeMap<DocumentName, DocumentStamp>,
}

/// Whose files lie in a folder（出力先の読み手）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Readers {
    /// The public, if it may hold nothing else.
    #[serde(default)]
    audience: Option<Audience>,
}

/// All that is remembered, as it is written.
#[derive(Debug, Serialize)]
struct Memory<'m> {
    #[serde(flatten)]
    readers: Readers,
    #[serde(flatten)]
    stamps: &'m Stamps,
}

impl Stamps {
    /// What a folder remembers.
    ///
    /// # Errors
    /// [`Error::OtherReaders`] where a public folder would get anything else, or the other way round: nothing of a submission ever lies
    /// in a public folder.
    pub(super) fn of(output: &Output, folder: &Path, order: Option<Audience>) -> Result<Self, Error> {
        let is_public = |audience: Option<Audience>| audience == Some(Audience::Public);
        let readers = output.memory::<Readers>().filter(|_| output.made().next().is_some());
        if readers.is_some_and(|readers| is_public(readers.audience) != is_public(order)) {
            return Err(Error::OtherReaders { path: folder.to_owned() });
        }
        Ok(output.memory().unwrap_or_default())
    }

    /// As it is written, by an order of an audience.
    pub(super) fn memory(&self, order: Option<Audience>) -> impl Serialize {
        Memory { readers: Readers { audience: order.filter(|order| *order == Audience::Public) }, stamps: self }
    }

    /// Remembers what an order would make of a municipality.
    pub(super) fn define(
        &mut self,
        (order, municipality): (Option<Audience>, &Slug),
        source: &SourceStamp,
        documents: BTreeMap<DocumentName, Audience>,
    ) {
        self.defined.insert(Kind::new(order, municipality), Defined { source: source.clone(), documents });
    }

    /// How many documents of a municipality are still true, if all that are wanted are.
    pub(super) fn all_current(
        &self,
        (order, municipality): (Option<Audience>, &Slug),
        source: &SourceStamp,
        output: &Output,
        wanted: &Wanted,
    ) -> Option<usize> {
        let defined =
            self.defined.get(&Kind::new(order, municipality)).filter(|defined| defined.source.fits(source))?;
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

impl DocumentStamp {
    /// Whether its files lie in the folder as they were written.
    pub(super) fn is_whole(&self, output: &Output) -> bool {
        !self.files.is_empty() && self.files.iter().all(|(path, hash)| output.holds(path, hash))
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
