//! The name of a document among those of all municipalities.

use super::parts::{Parts, by_parts};
use super::{CaseName, DocumentId};

/// A document that a municipality issues（発行する文書）: `aozora/jumin/assessment`. Its files lie at that path below an output folder.
#[derive(Debug, Clone)]
pub struct DocumentName {
    /// The case that it is of.
    pub case: CaseName,
    /// Which of the case's documents.
    pub document: DocumentId,
}

impl DocumentName {
    /// The document of a file, by the path below an output folder; none: it is no file of a document.
    #[must_use]
    pub fn of_file(path: &str) -> Option<Self> {
        path.rsplit_once('.')?.0.parse().ok()
    }

    /// Its file of one ending, by the path below an output folder.
    #[must_use]
    pub fn file(&self, ending: &str) -> String {
        format!("{self}.{ending}")
    }
}

impl Parts for DocumentName {
    const SHAPE: &'static str = "municipality/case/document";

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.case.parts().chain([self.document.as_str()])
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        let (document, case) = parts.split_last()?;
        Some(Self { case: CaseName::of_parts(case)?, document: (*document).into() })
    }
}

by_parts!(DocumentName);
