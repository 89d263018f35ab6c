//! The name of issued papers among those of all editions.

use super::parts::{Parts, by_parts};
use super::{EditionName, IssueId};

/// Papers that were issued on an edition（発出の記録）: `aozora/jumin/r6/soan`.
#[derive(Debug, Clone)]
pub struct IssueName {
    /// The edition that they rest on.
    pub edition: EditionName,
    /// Which of the papers that were issued on it.
    pub issue: IssueId,
}

impl IssueName {
    /// Folder of what is recorded of them.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("{}/issued/{}", self.edition.folder(), self.issue)
    }
}

impl Parts for IssueName {
    const SHAPE: &'static str = "municipality/case/edition/issue";

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.edition.parts().chain([self.issue.as_str()])
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        let (issue, edition) = parts.split_last()?;
        Some(Self { edition: EditionName::of_parts(edition)?, issue: (*issue).into() })
    }
}

by_parts!(IssueName);
