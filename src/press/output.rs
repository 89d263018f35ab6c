//! The files of an output folder: what was made, and what stays of earlier builds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::jobs::Done;
use super::proof::Proof;
use super::stamp::{DocumentStamp, Listed, Readers, SourceStamp, Stamps};
use crate::Error;
use crate::model::manifest::{Audience, DocumentKind, Format, View};
use crate::name::{CaseId, DocumentName, Reach, Slug};
use crate::session::Wanted;
use crate::write::{Bytes, MANIFEST_FILE, Means, Meeting, New, Output, Seen};

/// A finished file（成果物）.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Path below the output folder, `/` between folders.
    pub path: String,
    /// Its bytes; none: it is the same as in the folder already.
    pub bytes: Option<Bytes>,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// What the build says of all its files（成果物一覧）: `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest<'e> {
    /// In the order of their paths.
    pub documents: Vec<&'e ManifestEntry>,
}

impl Manifest<'_> {
    /// As it is written: the same bytes wherever it is.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain data without maps of other keys than strings");
        text.push(b'\n');
        text
    }
}

/// One file of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ManifestEntry {
    /// Path below the output folder.
    pub path: String,
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Title.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Kind of file.
    pub format: Format,
    /// Which view.
    pub view: View,
    /// For whom.
    pub audience: Audience,
    /// Folders and files of the source that it is made from, from the workspace's root.
    pub source: Vec<String>,
    /// Number of pages of the laid out document; none for other files.
    pub pages: Option<usize>,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// A finished document: its files and its stamp.
#[derive(Debug)]
pub(super) struct Finished {
    /// What it is called.
    pub(super) name: DocumentName,
    /// Files.
    pub(super) artifacts: Vec<Artifact>,
    /// What is remembered.
    pub(super) stamp: DocumentStamp,
    /// Whether it was asked for; others are kept as they are.
    pub(super) wanted: bool,
}

/// Municipalities that were made, as they are to be written（書き出す自治体）.
pub(super) struct Made<'a> {
    /// What each was made from.
    pub(super) sources: BTreeMap<Slug, SourceStamp>,
    /// What the folder remembers of each.
    pub(super) before: BTreeMap<Slug, Stamps>,
    /// What was not looked at, and what its mistakes keep back: what is there of it stays.
    pub(super) spared: &'a BTreeSet<Reach>,
    pub(super) done: Done,
}

/// What was made and is not in its place yet（書き出し待ち）.
#[derive(Debug, Default)]
pub(super) struct Pending {
    new: New,
    municipalities: BTreeSet<Slug>,
    /// Documents of these municipalities whose files go, unless they were made anew.
    gone: BTreeSet<DocumentName>,
}

impl Pending {
    /// Of how many municipalities.
    pub(super) fn municipalities(&self) -> usize {
        self.municipalities.len()
    }
}

/// What sees every file before it is put in place, and may refuse.
pub(super) type Inspect<'i> = Box<dyn FnOnce(&[Seen<'_>]) -> Result<(PathBuf, Proof), Error> + 'i>;

/// Where documents are written, and by whose order.
pub(super) struct Target<'a> {
    pub(super) output: Output,
    pub(super) listed: Listed,
    pub(super) audience: Option<Audience>,
    pub(super) wanted: &'a Wanted,
    pub(super) means: Means,
    /// All municipalities that there are.
    pub(super) all: &'a BTreeSet<Slug>,
}

impl Target<'_> {
    /// Takes in what was made of some municipalities. Documents that were asked for replace the last ones; what was not asked for stays.
    pub(super) fn take(&mut self, pending: &mut Pending, made: Made<'_>) {
        let Made { sources, mut before, spared, done } = made;
        let asked: BTreeSet<DocumentName> = done.documents.iter().map(|document| document.name.clone()).collect();
        let is_spared = |name: &DocumentName| {
            let of = Reach::whole(&name.case.municipality);
            spared.contains(&of) || spared.contains(&Reach::from(name.case.clone()))
        };
        let stays = |name: &DocumentName| {
            !asked.contains(name) && (!self.wanted.has(name) || done.issued.contains(name) || is_spared(name))
        };
        let own = sources.keys().flat_map(|municipality| self.output.made_in(municipality.as_str()));
        pending.gone.extend(own.filter_map(DocumentName::of_file).filter(|name| !stays(name)));
        let mut documents: BTreeMap<Slug, Vec<Finished>> = BTreeMap::new();
        for document in done.documents {
            documents.entry(document.name.case.municipality.clone()).or_default().push(document);
        }
        for (municipality, source) in sources {
            let mut stamps = before.remove(&municipality).unwrap_or_default();
            stamps.documents.retain(|name, stamp| stays(name) && stamp.is_whole(&self.output));
            let documents = documents.remove(&municipality).unwrap_or_default();
            // Of what its mistakes keep back whole, what was remembered stays too.
            let is_defined = !documents.is_empty() || !spared.iter().any(|reach| reach.municipality == municipality);
            for document in documents {
                for artifact in document.artifacts {
                    match artifact.bytes {
                        Some(bytes) => _ = pending.new.files.insert(artifact.path, bytes),
                        None => _ = pending.new.kept.insert(artifact.path),
                    }
                }
                stamps.documents.insert(document.name, DocumentStamp { source: source.clone(), ..document.stamp });
            }
            if is_defined {
                let own = done.defined.iter().filter(|(name, _)| name.case.municipality == municipality);
                stamps.define(self.audience, source, own.map(|(name, audience)| (name.clone(), *audience)).collect());
            }
            self.listed.put(&municipality, &stamps);
            if !stamps.documents.is_empty() {
                pending.new.files.insert(Stamps::place(&municipality), stamps.text().into());
            }
            pending.municipalities.insert(municipality);
        }
    }

    /// Lets what was made wait on the disk.
    pub(super) fn lay_by(&mut self, pending: &mut Pending) -> Result<(), Error> {
        self.output.lay_by(&mut pending.new)
    }

    /// Puts everything in its place, in one step. `inspect` sees every file as it will be; where it refuses, nothing is put in place.
    pub(super) fn write(
        &mut self,
        pending: Pending,
        inspect: Option<Inspect<'_>>,
    ) -> Result<Option<(PathBuf, Proof)>, Error> {
        let Pending { mut new, municipalities, gone } = pending;
        let is_there = |slug: &Slug| self.all.contains(slug) || self.listed.has(slug);
        let is_kept = |path: &&str| match (Stamps::of_place(path), DocumentName::of_file(path)) {
            (Some(slug), _) => !municipalities.contains(&slug) && is_there(&slug),
            (None, Some(name)) => {
                let is_left = !self.all.contains(&name.case.municipality) && self.wanted.has(&name);
                !is_left && !gone.contains(&name)
            }
            (None, None) => true,
        };
        new.kept.extend(self.output.made().filter(is_kept).map(str::to_owned));
        new.files.insert(MANIFEST_FILE.to_owned(), self.listed.manifest().text().into());
        let (memory, way) = (Readers::of(self.audience), (Meeting::KeptAside, self.means));
        match inspect {
            Some(inspect) => self.output.write_inspected(new, &memory, way, inspect).map(Some),
            None => self.output.write(new, &memory, way).map(|()| None),
        }
    }
}

/// Hash and path of a file as an artifact.
pub(super) fn artifact(path: String, bytes: Vec<u8>) -> Artifact {
    let bytes = Bytes::from(bytes);
    Artifact { path, sha256: bytes.sha256().to_owned(), bytes: Some(bytes) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::write::{Kind, Means, trial};

    fn slugs(all: &str) -> BTreeSet<Slug> {
        all.split_whitespace().map(Slug::from).collect()
    }

    fn open(root: &Path) -> Output {
        Output::open(root, &root.join("out"), Kind::Documents).expect("a temporary folder can be written")
    }

    fn target<'t>(root: &Path, wanted: &'t Wanted, all: &'t BTreeSet<Slug>) -> Target<'t> {
        let output = open(root);
        let listed = Listed::of(&output).retain(all, wanted);
        Target { output, listed, audience: None, wanted, means: Means::Any, all }
    }

    /// A document of each municipality, with these words in it.
    fn made<'m>(target: &Target<'_>, municipalities: &str, words: &str, spared: &'m BTreeSet<Reach>) -> Made<'m> {
        let (mut sources, mut before, mut done) = (BTreeMap::new(), BTreeMap::new(), Done::default());
        for slug in slugs(municipalities) {
            let name: DocumentName = format!("{slug}/zei/assessment").parse().expect("it is a name");
            let artifact = artifact(name.file("pdf"), words.as_bytes().to_vec());
            let entry = ManifestEntry {
                path: artifact.path.clone(),
                municipality: slug.clone(),
                case: name.case.case.clone(),
                title: "評価書".to_owned(),
                kind: DocumentKind::Assessment,
                format: Format::Pdf,
                view: View::Clean,
                audience: Audience::Submission,
                source: Vec::new(),
                pages: None,
                sha256: artifact.sha256.clone(),
            };
            let stamp = DocumentStamp {
                audience: Audience::Submission,
                source: SourceStamp::default(),
                input: String::new(),
                index: None,
                files: BTreeMap::from([(artifact.path.clone(), artifact.sha256.clone())]),
                entries: vec![entry],
            };
            done.defined.insert(name.clone(), Audience::Submission);
            done.issued.insert(name.clone());
            done.documents.push(Finished { name, artifacts: vec![artifact], stamp, wanted: true });
            before.insert(slug.clone(), Stamps::of(&target.output, &slug));
            sources.insert(slug, SourceStamp::default());
        }
        Made { sources, before, spared, done }
    }

    /// Some municipalities after the other, each with its words, made and laid by.
    fn waiting(run: &mut Target<'_>, some: [(&str, &str); 2]) -> Pending {
        let (mut pending, spared) = (Pending::default(), BTreeSet::new());
        for (municipalities, words) in some {
            let made = made(run, municipalities, words, &spared);
            run.take(&mut pending, made);
            run.lay_by(&mut pending).expect("it can be written");
        }
        pending
    }

    /// What lies in the folder: each document's words by its municipality, and who is remembered.
    fn lies(root: &Path) -> (Vec<(String, String)>, Vec<String>) {
        let output = open(root);
        let words = |path: &str| String::from_utf8(output.bytes_made(path).expect("it is as it was made"));
        let documents = output.made().filter_map(|path| {
            let name = DocumentName::of_file(path)?;
            Some((name.case.municipality.to_string(), words(path).expect("it is text")))
        });
        let documents = documents.collect();
        (documents, output.made().filter_map(|path| Some(Stamps::of_place(path)?.to_string())).collect())
    }

    #[test]
    fn what_waited_on_the_disk_is_put_in_place_with_the_rest() {
        let base = trial();
        let root = base.path();
        let wanted = Wanted::default();
        let all = slugs("a b c d");
        let mut run = target(root, &wanted, &all);
        let pending = waiting(&mut run, [("a b", "一"), ("d", "二")]);
        assert_eq!((pending.municipalities(), run.output.made().count()), (3, 0), "nothing is in its place yet");
        run.write(pending, None).expect("it can be written");
        drop(run);
        let pairs = |all: &[(&str, &str)]| -> Vec<(String, String)> {
            all.iter().map(|(of, words)| ((*of).to_owned(), (*words).to_owned())).collect()
        };
        let named = |all: &str| all.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lies(root), (pairs(&[("a", "一"), ("b", "一"), ("d", "二")]), named("a b d")));

        // Another run: one is new, one is made again, one is no more; what was not looked at stays.
        let all = slugs("a b c");
        let mut run = target(root, &wanted, &all);
        let pending = waiting(&mut run, [("c", "三"), ("a", "四")]);
        run.write(pending, None).expect("it can be written");
        let paths: Vec<&str> = run.listed.manifest().documents.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["a/zei/assessment.pdf", "b/zei/assessment.pdf", "c/zei/assessment.pdf"]);
        drop(run);
        assert_eq!(lies(root), (pairs(&[("a", "四"), ("b", "一"), ("c", "三")]), named("a b c")));
        assert!(!root.join("out/d").exists(), "a folder in which nothing is left goes too");
    }
}
