//! The items of a form, looked up by the form's id or by a case that is written in it.

use std::path::Path;

use crate::Error;
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::model::manifest::FormDef;
use crate::model::{FormListing, Library, Memory};
use crate::name::{CaseId, CaseName, FormId, FormName};
use crate::source::{Templates, Workspace};

/// The items of a form: `zenkomoku-h30-05`, `shinjuku/fugi-itaku`, or of a case: `kokuho`, `shinjuku/kokuho`.
///
/// The built-in forms are there without a workspace too.
///
/// # Errors
/// [`Error::Read`] where the system refuses, [`Error::NoForm`] where no form is meant.
pub fn form_items(root: &Path, wanted: &str) -> Result<FormListing, Error> {
    let library = library(root)?;
    find(&library, wanted).map(FormListing::of).ok_or_else(|| Error::NoForm {
        wanted: wanted.to_owned(),
        forms: library.forms.keys().map(FormName::to_string).collect(),
        cases: cases(&library),
    })
}

/// The forms that a case can be written in（様式の一覧）: id and title with the version.
///
/// # Errors
/// [`Error::Read`] where the system refuses.
pub fn forms(root: &Path) -> Result<Vec<(String, String)>, Error> {
    let library = library(root)?;
    let known = library.forms.iter().map(|(name, read)| {
        let FormDef { title, tag, .. } = &*read.value;
        (name.to_string(), if tag.is_empty() { title.clone() } else { format!("{title}［{tag}］") })
    });
    Ok(known.collect())
}

/// What a workspace says; without one, what is built in.
fn library(root: &Path) -> Result<Library, Error> {
    let mut unsaid = Diagnostics::new();
    let mut workspace = match Workspace::read(root, &mut unsaid) {
        Err(Error::NoWorkspace { .. }) => Workspace {
            root: root.to_owned(),
            sources: SourceMap::default(),
            templates: Templates::default(),
            fragment_names: std::collections::BTreeSet::new(),
            unsaved: std::sync::Arc::default(),
        },
        read => read?,
    };
    // What is wrong with the texts is told by `check`; a form that cannot be read is not among those that are known.
    Ok(Library::read(&mut workspace, &Memory::default(), &mut unsaid))
}

fn find<'l>(library: &'l Library, wanted: &str) -> Option<&'l FormDef> {
    let name: FormName = wanted.parse().ok()?;
    // The same words may name a case.
    let (slug, case) = (name.municipality.as_ref(), CaseId::from(name.form.as_str()));
    let of = |id: &FormId| library.form(slug, id);
    let submission = || of(&library.submissions.get(&CaseName::new(slug?, &case))?.value.form.value);
    let assessment = || of(&library.assessments.get(&case)?.value.form.value);
    let form = library.forms.get(&name).map(AsRef::as_ref);
    form.or_else(submission).or_else(assessment).map(|read| &*read.value)
}

fn cases(library: &Library) -> Vec<String> {
    let assessments = library.assessments.keys().map(CaseId::to_string);
    assessments.chain(library.submissions.keys().map(CaseName::to_string)).collect()
}
