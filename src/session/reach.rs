//! What a case is made of（到達範囲）: the files that are read for it, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::model::{Library, Memory};
use crate::source::Workspace;

/// A municipality, or one of its cases（検査の範囲）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Slug of the municipality.
    pub municipality: String,
    /// Case; none: all of its cases.
    pub case: Option<String>,
}

impl Reach {
    /// What belongs to the municipality alone, by path from the root.
    pub(super) fn own_parts(&self) -> Vec<String> {
        let own = format!("content/municipalities/{}", self.municipality);
        let editions = format!("content/editions/{}", self.municipality);
        match &self.case {
            None => vec![own, editions],
            Some(case) => vec![
                self.settings(),
                format!("{own}/forms"),
                format!("{own}/{case}"),
                format!("{own}/submissions/{case}"),
                format!("{own}/checklists/{case}.toml"),
                format!("{editions}/{case}"),
            ],
        }
    }

    /// The municipality's settings, by path from the root.
    pub(super) fn settings(&self) -> String {
        format!("content/municipalities/{}/municipality.toml", self.municipality)
    }

    /// The settings of the case as a register, by path from the root; none where no case is asked for.
    pub(super) fn register(&self) -> Option<String> {
        Some(format!("content/municipalities/{}/{}/register.toml", self.municipality, self.case.as_ref()?))
    }

    /// Whether a file belongs to the municipality alone.
    pub(super) fn owns(&self, path: &Path) -> bool {
        ["municipalities", "editions"]
            .iter()
            .any(|kind| path.starts_with(format!("content/{kind}/{}", self.municipality)))
    }

    /// The cases that the files which were read belong to.
    pub(super) fn cases(&self, workspace: &Workspace) -> BTreeSet<String> {
        match &self.case {
            Some(case) => BTreeSet::from([case.clone()]),
            None => {
                let own = format!("content/municipalities/{}", self.municipality);
                let folders = workspace.folders(&own).into_iter();
                folders.filter(|case| workspace.find(&format!("{own}/{case}/case.toml")).is_some()).collect()
            }
        }
    }

    /// The case whose assessment a submission's checklist rests on, where it is another than the one that is asked for.
    pub(super) fn rests_on(&self, workspace: &Workspace, memory: &Memory) -> Option<String> {
        let case = self.case.as_ref()?;
        let mut workspace = workspace.clone();
        let library = Library::read(&mut workspace, memory, &mut Diagnostics::new());
        let submission = library.submissions.get(&format!("{}/{case}", self.municipality))?;
        submission.value.assessment.as_ref().map(|id| id.value.clone()).filter(|other| other != case)
    }
}

/// What the cases share with other municipalities, by path from the root; the shared texts that they use come to it.
pub(super) fn shared_parts(cases: &BTreeSet<String>) -> Vec<String> {
    let assessments = cases.iter().map(|case| format!("content/assessments/{case}"));
    std::iter::once("content/facts.toml".to_owned()).chain(assessments).collect()
}
