//! What a case is made of（到達範囲）: the files that are read for it, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::model::{Library, Memory};
use crate::name::{CaseId, CaseName, Reach};
use crate::source::Workspace;

impl Reach {
    /// What belongs to the municipality alone, by path from the root.
    pub(super) fn own_parts(&self) -> Vec<String> {
        let slug = &self.municipality;
        match self.name() {
            None => vec![slug.folder(), slug.editions()],
            Some(name) => {
                vec![slug.settings(), slug.forms(), name.folder(), name.submission(), name.checklist(), name.editions()]
            }
        }
    }

    /// The settings of the case as a register, by path from the root; none where no case is asked for.
    pub(super) fn register(&self) -> Option<String> {
        self.name().map(|name| format!("{}/register.toml", name.folder()))
    }

    /// Whether a file belongs to the municipality alone.
    pub(super) fn owns(&self, path: &Path) -> bool {
        path.starts_with(self.municipality.folder()) || path.starts_with(self.municipality.editions())
    }

    /// The cases that the files which were read belong to.
    pub(super) fn cases(&self, workspace: &Workspace) -> BTreeSet<CaseId> {
        match &self.case {
            Some(case) => BTreeSet::from([case.clone()]),
            None => {
                let folders = workspace.folders(&self.municipality.folder()).into_iter().map(CaseId::from);
                let settings = |case: &CaseId| CaseName::new(&self.municipality, case).settings();
                folders.filter(|case| workspace.find(&settings(case)).is_some()).collect()
            }
        }
    }

    /// The case whose assessment a submission's checklist rests on, where it is another than the one that is asked for.
    pub(super) fn rests_on(&self, workspace: &Workspace, memory: &Memory) -> Option<CaseId> {
        let name = self.name()?;
        let mut workspace = workspace.clone();
        let library = Library::read(&mut workspace, memory, &mut Diagnostics::new());
        let submission = library.submissions.get(&name)?;
        submission.value.assessment.as_ref().map(|id| id.value.clone()).filter(|other| *other != name.case)
    }
}

/// What the cases share with other municipalities, by path from the root; the shared texts that they use come to it.
pub(super) fn shared_parts(cases: &BTreeSet<CaseId>) -> Vec<String> {
    let assessments = cases.iter().map(CaseId::shared_folder);
    std::iter::once("content/facts.toml".to_owned()).chain(assessments).collect()
}
