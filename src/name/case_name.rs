//! The name of a case among those of all municipalities.

use super::parts::{Parts, by_parts};
use super::{CaseId, DocumentId, DocumentName, EditionId, EditionName, Slug};

/// A municipality's case（自治体の事務）: `aozora/jumin`.
#[derive(Debug, Clone)]
pub struct CaseName {
    /// Whose it is.
    pub municipality: Slug,
    /// Which of the municipality's cases.
    pub case: CaseId,
}

impl CaseName {
    /// The name of a municipality's case.
    #[must_use]
    pub fn new(municipality: &Slug, case: &CaseId) -> Self {
        Self { municipality: municipality.clone(), case: case.clone() }
    }

    /// One of its documents.
    #[must_use]
    pub fn document(&self, document: &DocumentId) -> DocumentName {
        DocumentName { case: self.clone(), document: document.clone() }
    }

    /// One of its editions.
    #[must_use]
    pub fn edition(&self, edition: &EditionId) -> EditionName {
        EditionName { case: self.clone(), edition: edition.clone() }
    }

    /// As the command line is told of it: `aozora jumin`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", self.municipality, self.case)
    }

    /// Folder of what the municipality's assessment has of its own.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("content/municipalities/{}/{}", self.municipality, self.case)
    }

    /// The assessment's settings.
    #[must_use]
    pub fn settings(&self) -> String {
        format!("{}/case.toml", self.folder())
    }

    /// Its hearing and the opinions that came in（意見の募集）.
    #[must_use]
    pub fn comments(&self) -> String {
        format!("{}/comments.toml", self.folder())
    }

    /// Folder of its submission（付議事項）.
    #[must_use]
    pub fn submission(&self) -> String {
        format!("content/municipalities/{}/submissions/{}", self.municipality, self.case)
    }

    /// File of its checklist（別紙チェックリスト）.
    #[must_use]
    pub fn checklist(&self) -> String {
        format!("content/municipalities/{}/checklists/{}.toml", self.municipality, self.case)
    }

    /// Folder of its editions.
    #[must_use]
    pub fn editions(&self) -> String {
        format!("content/editions/{}/{}", self.municipality, self.case)
    }
}

impl Parts for CaseName {
    const SHAPE: &'static str = "municipality/case";

    fn parts(&self) -> impl Iterator<Item = &str> {
        [self.municipality.as_str(), self.case.as_str()].into_iter()
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        let &[municipality, case] = parts else { return None };
        Some(Self { municipality: municipality.into(), case: case.into() })
    }
}

by_parts!(CaseName);
