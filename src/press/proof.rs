//! Proof that nothing withheld is in a public folder: every byte of every file, unpacked, searched for every withheld part.
//!
//! It trusts nothing that made the files. What to look for comes from the source as it was read; whether words may be public is told by
//! the source without the withheld parts; and the files are taken apart again from their bytes.

mod known;
mod report;
mod unpack;
mod veil;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::stamp::hash_of;
use crate::Error;
use crate::change::{WithheldPart, withheld_lines, withheld_parts};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceMap, Span};
use crate::model::Model;
use crate::source::Templates;
use crate::write::{Origin, Seen};
use known::{Known, Occurrence};
use unpack::{Piece, Stuff, bare, is_understood, unpack};

/// Shortest words, in characters, that are worth a warning where they are public elsewhere; shorter ones are often chance.
const WARN_FROM_CHARS: usize = 4;

/// Shortest sentence, in characters, that is looked for by itself; shorter ones stand in other sentences too.
const PIECE_CHARS: usize = 6;

/// What was looked for where, and what was found（公表しない部分の検査結果）. Parts are named by their place alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Proof {
    /// Whether no file holds withheld words.
    pub clean: bool,
    /// The withheld parts, numbered from 1 in the order of their places.
    pub parts: Vec<ProofPart>,
    /// The files in the order of their paths.
    pub files: Vec<ProofFile>,
}

/// A withheld part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProofPart {
    /// Number.
    pub number: usize,
    /// `file:line:column` of its beginning.
    pub place: String,
    /// How many different strings of it were searched for; 0 for what has no characters, such as an arrow.
    pub strings: usize,
    /// Whether something of it is one character or a short number, which every document holds and a search cannot tell.
    pub too_short: bool,
    /// Where the same words stand in text that is public, as `file:line`; empty: nowhere.
    pub public_too: Vec<String>,
}

/// A searched file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProofFile {
    /// Path below the public folder.
    pub path: String,
    /// SHA-256 of its bytes; empty where it was not looked into.
    pub sha256: String,
    /// Whether it was made by a build or is somebody's.
    pub origin: Origin,
    /// Whether all its text was searched; somebody's file may be of a kind that cannot be taken apart.
    pub searched: bool,
    /// What it was taken apart into, and how many characters of text each piece holds.
    pub pieces: Vec<ProofPiece>,
    /// Numbers of the parts none of whose words are in it.
    pub absent: usize,
    /// Parts whose words are in it because they are public elsewhere.
    pub public_too: Vec<usize>,
    /// Parts whose words are in it and ought not to be; the file must not be handed out.
    pub found: Vec<usize>,
}

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ProofPiece {
    /// What it is.
    pub name: String,
    /// Characters searched.
    pub characters: usize,
}

/// A part with what is looked for.
struct Secret {
    place: String,
    span: Option<Span>,
    needles: Vec<String>,
    too_short: bool,
    public: BTreeMap<String, Occurrence>,
}

/// What is looked for, made before the files are.
pub(super) struct Search {
    secrets: Vec<Secret>,
    parts: Vec<WithheldPart>,
}

impl Search {
    /// Everything withheld in a model, and where its words are public too.
    pub(super) fn of(model: &Model, sources: &SourceMap, templates: &Templates) -> Self {
        let mut parts = Vec::new();
        for municipality in &model.municipalities {
            parts.extend(withheld_lines(municipality));
            parts.extend(municipality.cases.values().flat_map(|case| withheld_parts(case)));
        }
        let known = Known::of(model, (sources, templates), &parts);
        let mut secrets: BTreeMap<String, Secret> = BTreeMap::new();
        for part in &parts {
            let (place, span) = place(part, sources);
            let secret = secrets.entry(place.clone()).or_insert(Secret {
                place,
                span,
                needles: Vec::new(),
                too_short: false,
                public: BTreeMap::new(),
            });
            for needle in needles(&part.text) {
                if is_too_short(&needle) {
                    secret.too_short = true;
                } else if !secret.needles.contains(&needle) {
                    secret.public.extend(known.find(&needle).map(|found| (needle.clone(), found)));
                    secret.needles.push(needle);
                }
            }
        }
        Self { secrets: secrets.into_values().collect(), parts }
    }

    /// The files as they may be shown beside a public copy: withheld words covered.
    pub(super) fn veiled(&self, sources: &SourceMap) -> SourceMap {
        veil::veiled(sources, &self.parts)
    }

    /// Warns of words that are withheld at one place and public at another.
    pub(super) fn warn(&self, diagnostics: &mut Diagnostics) {
        for secret in &self.secrets {
            for (needle, found) in &secret.public {
                if let (Some(at), Some(there)) = (secret.span, found.span)
                    && needle.chars().count() >= WARN_FROM_CHARS
                {
                    diagnostics.push(Diagnostic::new(Code::WithheldElsewhere, there).related(at));
                }
            }
        }
    }

    /// Searches the files of a folder as they are about to be and writes the report beside it.
    ///
    /// # Errors
    /// [`Error::Withheld`] where one of them holds what is withheld.
    pub(super) fn prove(
        self,
        files: &[Seen<'_>],
        folder: &Path,
        templates: &Templates,
    ) -> Result<(PathBuf, Proof), Error> {
        let proof = self.run(files)?;
        let report = report::write(folder, &proof, templates)?;
        if proof.clean { Ok((report, proof)) } else { Err(Error::Withheld { report }) }
    }

    /// Searches every file, their names too.
    fn run(&self, seen: &[Seen<'_>]) -> Result<Proof, Error> {
        let mut files = Vec::new();
        for file in seen {
            files.push(self.file(file)?);
        }
        let parts = self.secrets.iter().enumerate().map(|(index, secret)| ProofPart {
            number: index + 1,
            place: secret.place.clone(),
            strings: secret.needles.len(),
            too_short: secret.too_short,
            public_too: secret.public.values().map(|found| found.place.clone()).collect(),
        });
        Ok(Proof { clean: files.iter().all(|file| file.found.is_empty()), parts: parts.collect(), files })
    }

    fn file(&self, seen: &Seen<'_>) -> Result<ProofFile, Error> {
        let (path, origin) = (seen.path.clone(), seen.origin);
        let bytes = seen.bytes()?;
        let mut pieces = bytes.as_ref().map(|bytes| unpack(&path, bytes)).unwrap_or_default();
        let searched = bytes.as_ref().is_some_and(|bytes| origin == Origin::Made || is_understood(bytes));
        pieces.push(Piece::words("ファイル名", &path));
        let (mut public_too, mut found, mut absent) = (Vec::new(), Vec::new(), 0);
        for (index, secret) in self.secrets.iter().enumerate() {
            let present = |needle: &&String| pieces.iter().any(|piece| is_in(needle, piece));
            let here: Vec<&String> = secret.needles.iter().filter(present).collect();
            if here.is_empty() {
                absent += 1;
            } else if here.iter().all(|needle| secret.public.contains_key(*needle)) {
                public_too.push(index + 1);
            } else {
                found.push(index + 1);
            }
        }
        let counted = |piece: Piece| ProofPiece { characters: piece.text.chars().count(), name: piece.name };
        let pieces = pieces.into_iter().map(counted).collect();
        let sha256 = bytes.map(|bytes| hash_of(&bytes)).unwrap_or_default();
        Ok(ProofFile { path, sha256, origin, searched, pieces, absent, public_too, found })
    }
}

/// Whether a piece holds words; in bytes of a format only what cannot be there by chance counts.
fn is_in(needle: &str, piece: &Piece) -> bool {
    let by_chance = needle.len() < 6 || needle.chars().count() < 3 || !needle.chars().any(char::is_alphabetic);
    (piece.stuff == Stuff::Words || !by_chance) && piece.text.contains(needle)
}

/// What of a part is looked for: the whole and each of its longer sentences, since a page may break it and a notice cut it.
fn needles(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let sentences =
        text.split_inclusive(['。', '、', '\n']).map(bare).filter(|piece| piece.chars().count() >= PIECE_CHARS);
    for needle in std::iter::once(bare(text)).chain(sentences) {
        let has_words = needle.chars().any(char::is_alphanumeric);
        if has_words && !found.contains(&needle) {
            found.push(needle);
        }
    }
    found
}

/// Whether words are so short that every document holds them: one character, or a number like that of a page.
fn is_too_short(needle: &str) -> bool {
    needle.chars().count() < 2 || (needle.len() <= 4 && needle.chars().all(|digit| digit.is_ascii_digit()))
}

/// A part's place in words, and where it is known.
fn place(part: &WithheldPart, sources: &SourceMap) -> (String, Option<Span>) {
    let span = part.place.or_else(|| {
        let written = format!("{{!{}!}}", part.text);
        sources.iter().find_map(|(id, file)| {
            let start = file.text.find(&written)?;
            Some(Span::new(id, start..start + written.len()))
        })
    });
    (span.map_or_else(|| "?".to_owned(), |span| known::line_of(sources, span)), span)
}
