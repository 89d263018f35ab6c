//! What the environment refused: files that cannot be read or written.

mod words;

use std::path::PathBuf;

use crate::diagnostic::Lang;
use crate::name::{CaseName, EditionName, IssueName};

/// A failure of the environment, never of the author's text（環境の誤り）. Its words are in [`Error::words`].
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be read.
    Read {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file or folder could not be written or moved.
    Write {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds no `content/`.
    NoWorkspace {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file that may be filled in would be overwritten.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A folder that is not ours has something in it.
    NotOurs {
        /// The folder.
        path: PathBuf,
        /// Something in it.
        found: String,
    },
    /// A folder is ours, and holds what another command made.
    OtherKind {
        /// The folder.
        path: PathBuf,
        /// What lies in it, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
    },
    /// An output folder would hold, or lie in, what people wrote.
    NoOutputHere {
        /// What was asked for.
        path: PathBuf,
    },
    /// A file, or a link that leads nowhere, stands where a folder would.
    NotAFolder {
        /// What was asked for.
        path: PathBuf,
    },
    /// Something of somebody's stands where a file must lie, and cannot be put aside.
    InTheWay {
        /// What stands there.
        path: PathBuf,
    },
    /// Documents for the public and others would lie in one folder.
    OtherReaders {
        /// The folder.
        path: PathBuf,
    },
    /// Some files are new and some old, and neither could be mended now.
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// What was refused.
        cause: String,
    },
    /// Another run is writing to the same output folder.
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// A template of the workspace cannot be filled.
    Template {
        /// Path below `templates/`.
        name: String,
        /// What the template engine said.
        detail: String,
    },
    /// A public file holds what is withheld; nothing was put in place.
    Withheld {
        /// The report that names the files.
        report: PathBuf,
    },
    /// A file is no longer what was read: somebody has saved it since.
    ChangedMeanwhile {
        /// The file.
        path: PathBuf,
    },
    /// There is no step of the list that could be taken.
    NoStep {
        /// The stem of what was asked for, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
    },
    /// A step is not taken where somebody has changed one of its files since.
    StepChanged {
        /// The step.
        what: String,
        /// The stem of what was asked for, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
        /// The files.
        paths: Vec<String>,
    },
    /// What is begun never goes over what is there.
    AlreadyThere {
        /// The file or folder.
        path: PathBuf,
    },
    /// The last digit of a code is not the check digit of the others.
    CheckDigit {
        /// What was given.
        found: String,
        /// The code that it would be.
        whole: String,
    },
    /// The workspace has no such municipality.
    NoMunicipality {
        /// What was asked for.
        wanted: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A change cannot be declared.
    Change {
        /// Why, in words.
        reason: Said,
    },
    /// A new case cannot stand on what was asked for.
    NoBase {
        /// Why, in words.
        reason: Said,
    },
    /// Marks are held against an edition, and no wanted case names one.
    NoEdition {
        /// The cases.
        cases: Vec<String>,
    },
    /// There is nothing of that kind and name.
    NoSuch {
        /// What is meant, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
        /// What was asked for.
        wanted: String,
        /// The nearest one.
        near: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Something that a command needs was not said, and nobody is there to be asked.
    NotSaid {
        /// What, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
        /// The option.
        option: &'static str,
    },
    /// An edition is never written over.
    EditionExists {
        /// The edition that is there.
        edition: EditionName,
    },
    /// What was recorded of issued papers is never written over either; it is a part of the edition and refused in the same words.
    IssueExists {
        /// The record that is there.
        issue: IssueName,
    },
    /// A case has an edition already: what is in it is replaced by accepting changes, not by freezing again.
    AlreadyFrozen {
        /// The edition that it has.
        edition: EditionName,
    },
    /// Papers are recorded on an edition that froze what is printed.
    NoBaseline {
        /// The case that has no such edition.
        case: CaseName,
    },
    /// Something that a command was told has the wrong shape.
    Shape {
        /// The option.
        option: &'static str,
        /// An example.
        expected: &'static str,
        /// What was written.
        found: String,
    },
    /// A file that is to be joined is no list of what was made.
    NoManifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: Said,
    },
    /// Two machines made the same file in different ways.
    ManifestsDiffer {
        /// Path below the output folder.
        file: String,
        /// The manifest that was read first.
        one: PathBuf,
        /// The other one.
        other: PathBuf,
    },
    /// A file is not the one that its manifest lists.
    FileDiffers {
        /// The file.
        path: PathBuf,
    },
    /// It is not known where an import goes.
    ImportNeeds {
        /// What is missing, and how to say it, in Japanese.
        ja: &'static str,
        /// In English.
        en: &'static str,
    },
    /// A case has no such item.
    NoItem {
        /// What was asked for.
        path: String,
        /// The nearest item's path.
        near: Option<String>,
    },
    /// Neither a form nor a case has the name.
    NoForm {
        /// What was asked for.
        wanted: String,
        /// The forms that there are.
        forms: Vec<String>,
        /// The cases that there are.
        cases: Vec<String>,
    },
    /// What was given as a date is none of the calendar.
    NoDate {
        /// What was given.
        given: String,
    },
    /// The desk cannot listen.
    Listen {
        /// Where.
        address: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gave no random bytes, without which no secret can be made.
    NoSecret,
    /// Something that a command needs to be told was given empty.
    Empty {
        /// The option.
        option: &'static str,
    },
    /// Nothing fits the names given on the command line.
    NothingMatches {
        /// What was asked for.
        wanted: String,
        /// What exists.
        known: Vec<String>,
    },
}

/// Words in both languages（両方の言葉）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// Those of a language.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

impl Error {
    /// Nothing of that kind has the name.
    #[must_use]
    pub fn no_such((ja, en): (&'static str, &'static str), wanted: &str, known: &[impl AsRef<str>]) -> Self {
        let near = crate::diagnostic::nearest(wanted, known.iter().map(AsRef::as_ref)).map(str::to_owned);
        let known = known.iter().map(|known| known.as_ref().to_owned()).collect();
        Self::NoSuch { ja, en, wanted: wanted.to_owned(), near, known }
    }

    /// What is wrong and what to do, in the language of whoever asked.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.japanese(),
            Lang::En => self.english(),
        }
    }
}

/// In Japanese: what has a language to choose calls [`Error::words`].
impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.japanese())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } | Self::Listen { source, .. } => Some(source),
            _ => None,
        }
    }
}
