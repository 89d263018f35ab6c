//! A workspace read and judged: what every command stands on.
//!
//! Input: a folder, or texts in place of its files. Output: [`Checked`], the model and what is wrong with it: what the rules say, and
//! what is printed otherwise than it was frozen. It makes no document and writes nothing.

use std::path::Path;

use crate::Error;
use crate::check::{Subject, check};
use crate::diagnostic::Diagnostics;
use crate::imprint::hold;
use crate::model::{Case, Library, Model, Municipality};
use crate::source::Workspace;

/// What a command is asked for（対象の指定）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Slug of the municipality; none: all.
    pub municipality: Option<String>,
    /// Case; none: all.
    pub case: Option<String>,
    /// Document id; none: all.
    pub document: Option<String>,
}

impl Wanted {
    /// Whether a document is asked for.
    #[must_use]
    pub fn has(&self, municipality: &str, case: &str, document: &str) -> bool {
        let fits = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
        fits(&self.municipality, municipality) && fits(&self.case, case) && fits(&self.document, document)
    }
}

/// What forbids to write（どこまで許すか）.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Errors.
    #[default]
    Errors,
    /// Warnings too.
    Warnings,
}

impl Strictness {
    /// Whether these diagnostics forbid to write.
    #[must_use]
    pub fn forbids(self, diagnostics: &Diagnostics) -> bool {
        match self {
            Self::Errors => diagnostics.has_errors(),
            Self::Warnings => diagnostics.has_warnings(),
        }
    }
}

/// A workspace that was read and checked（検査済みの原稿）.
#[derive(Debug)]
pub struct Checked {
    /// The workspace.
    pub workspace: Workspace,
    /// Its meaning; complete only if `diagnostics` has no errors.
    pub model: Model,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

impl Checked {
    /// Every case as `municipality/case`, in the order of the slugs and ids.
    #[must_use]
    pub fn case_names(&self) -> Vec<String> {
        let of_each =
            |of: &Municipality| of.cases.values().map(|case| format!("{}/{}", of.slug, case.id)).collect::<Vec<_>>();
        self.model.municipalities.iter().flat_map(of_each).collect()
    }
}

/// Reads and checks a workspace.
///
/// # Errors
/// [`Error::NoWorkspace`] and [`Error::Read`].
pub fn read(root: &Path) -> Result<Checked, Error> {
    let mut diagnostics = Diagnostics::new();
    let workspace = Workspace::read(root, &mut diagnostics)?;
    Ok(check_workspace(workspace, diagnostics))
}

/// Checks a workspace; `diagnostics` are what was found while it was read.
#[must_use]
pub fn check_workspace(mut workspace: Workspace, mut diagnostics: Diagnostics) -> Checked {
    let library = Library::read(&mut workspace, &mut diagnostics);
    let model = Model::assemble(&library, &workspace.sources, &mut diagnostics);
    // Rules look at the meaning; what could not be read has none.
    check(&Subject::new(&model, &library, &workspace.sources), &mut diagnostics);
    hold(&model, &workspace.sources, &mut diagnostics);
    let diagnostics = diagnostics.settled(&workspace.sources);
    Checked { workspace, model, diagnostics }
}

/// Says what was asked for and what there is.
#[must_use]
pub fn nothing_matches(wanted: &Wanted, known: &[String]) -> Error {
    let asked = [&wanted.municipality, &wanted.case, &wanted.document];
    Error::NothingMatches {
        wanted: asked.into_iter().flatten().cloned().collect::<Vec<_>>().join(" "),
        known: known.join("、"),
    }
}

/// A case of the workspace.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case.
pub fn find<'c>(checked: &'c Checked, slug: &str, id: &str) -> Result<&'c Case, Error> {
    find_with_municipality(checked, slug, id).map(|(_, case)| case)
}

/// A case of the workspace, and whose it is.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case.
pub fn find_with_municipality<'c>(
    checked: &'c Checked,
    slug: &str,
    id: &str,
) -> Result<(&'c Municipality, &'c Case), Error> {
    let mut all = checked.model.municipalities.iter().flat_map(|of| of.cases.values().map(move |case| (of, case)));
    let found = all.find(|(of, case)| of.slug == slug && case.id == id);
    found
        .ok_or_else(|| Error::NothingMatches {
            wanted: format!("{slug}/{id}"), known: checked.case_names().join("、")
        })
}
