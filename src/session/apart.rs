//! Files that are read for no municipality: those that none reads, single ones, all for a search.

use std::sync::Arc;

use super::{Checked, Findings, Reach, Scope, Session, judge};
use crate::Error;
use crate::diagnostic::Diagnostics;
use crate::model::{Library, Model};
use crate::source::Workspace;

impl Session {
    /// The files that none of these municipalities reads, judged together; to be asked where they are all that there are.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn unread(&self, findings: &Findings, reaches: &[Reach]) -> Result<Checked, Error> {
        let mut found = Diagnostics::new();
        let mut workspace = self.empty();
        workspace
            .read_rest(&|path| findings.has_read(path) || reaches.iter().any(|reach| reach.owns(path)), &mut found)?;
        Ok(judge(workspace, &Scope::of_all(&self.memory), found))
    }

    /// Files by themselves, of whose readers nothing is known: only what cannot be read in them is wrong.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn by_themselves(&self, files: &[String]) -> Result<Checked, Error> {
        let mut found = Diagnostics::new();
        let mut workspace = self.empty();
        for file in files {
            workspace.read_part(file, &mut found)?;
        }
        let library = Arc::new(Library::read(&mut workspace, &self.memory, &mut found));
        let diagnostics = found.settled(&workspace.sources);
        let (model, scope) = (Model { municipalities: Vec::new() }, Scope::of_all(&self.memory));
        Ok(Checked { workspace, library, model, diagnostics, scope })
    }

    /// Every file of `content/`, parsed and not judged: for who looks for a name everywhere.
    ///
    /// # Errors
    /// [`Error::Read`] where the system refuses.
    pub fn parsed(&self) -> Result<(Workspace, Library), Error> {
        let mut found = Diagnostics::new();
        let mut workspace = self.empty();
        workspace.read_part("content", &mut found)?;
        workspace.fragment_names = self.fragments.keys().cloned().collect();
        let library = Library::read(&mut workspace, &self.memory, &mut found);
        Ok((workspace, library))
    }
}
