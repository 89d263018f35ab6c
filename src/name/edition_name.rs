//! The name of an edition among those of all cases.

use super::parts::{Parts, by_parts};
use super::{CaseName, EditionId, IssueId, IssueName};

/// An edition of a case（事務の版）: `aozora/jumin/r6`.
#[derive(Debug, Clone)]
pub struct EditionName {
    /// The case that it is of.
    pub case: CaseName,
    /// Which of the case's editions.
    pub edition: EditionId,
}

impl EditionName {
    /// Papers that were issued on it.
    #[must_use]
    pub fn issue(&self, issue: &IssueId) -> IssueName {
        IssueName { edition: self.clone(), issue: issue.clone() }
    }

    /// Folder of what is frozen of it.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("{}/{}", self.case.editions(), self.edition)
    }
}

impl Parts for EditionName {
    const SHAPE: &'static str = "municipality/case/edition";

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.case.parts().chain([self.edition.as_str()])
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        let (edition, case) = parts.split_last()?;
        Some(Self { case: CaseName::of_parts(case)?, edition: (*edition).into() })
    }
}

by_parts!(EditionName);
