//! Papers recorded as they were issued: every document of a case as its readers have it.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use toml_edit::{DocumentMut, value};

use crate::Error;
use crate::change::{SEAL, seal};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::imprint::{Readers, issued, texts};
use crate::name::{CaseId, CaseName, IssueId, Slug};
use crate::session::{Checked, Session, find_with_municipality};
use crate::write::Steps;

/// What was issued（発出の記録）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Id of the record, small letters, digits and hyphens.
    pub id: IssueId,
    /// To whom and for what, in words.
    pub title: String,
    /// Day on which the papers were handed out, as `2023-09-05`.
    pub date: String,
}

/// What was recorded（記録した文書）.
#[derive(Debug)]
pub struct Issued {
    /// What is wrong; with errors nothing was written.
    pub diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
    /// Ids of the documents.
    pub documents: Vec<String>,
    /// Where.
    pub path: String,
    /// The new files, by path from the root.
    pub files: BTreeMap<String, Option<String>>,
}

/// Records what a case prints as issued: from now on whatever differs from it is told.
///
/// Nothing is recorded while the workspace has errors: no document could have been made of it.
///
/// # Errors
/// [`Error::NothingMatches`] without such a case, [`Error::NoBaseline`] without a sealed edition, [`Error::IssueExists`] where the
/// record is there, [`Error::Empty`] and [`Error::Shape`] for what the order says.
pub fn issue(root: &Path, order: &IssueOrder) -> Result<Issued, Error> {
    let checked = Session::open(root)?.municipality(&order.municipality)?;
    let issued = issuing(&checked, order)?;
    if !issued.diagnostics.has_errors() {
        let what = format!("発出の記録（{}）：{}", order.id, CaseName::new(&order.municipality, &order.case));
        Steps::of(root).write(&checked.workspace.sources, (&what, &issued.files))?;
    }
    Ok(issued)
}

/// What recording the papers of a workspace that was read comes to; nothing is written.
///
/// # Errors
/// As [`issue`], without those of writing.
pub fn issuing(checked: &Checked, order: &IssueOrder) -> Result<Issued, Error> {
    let is_id = !order.id.is_empty() && order.id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !is_id {
        return Err(Error::Shape { option: "--id", expected: "soan-1", found: order.id.to_string() });
    }
    if order.title.trim().is_empty() {
        return Err(Error::Empty { option: "--title" });
    }
    if order.date.parse::<Date>().is_err() {
        return Err(Error::Shape { option: "--date", expected: "2026-04-01", found: order.date.clone() });
    }
    let name = CaseName::new(&order.municipality, &order.case);
    let (municipality, case) = find_with_municipality(checked, &name)?;
    let edition = case.edition.as_ref().and_then(|(id, _)| Some((id, case.editions.get(id)?)));
    let sealed = edition.and_then(|(id, edition)| Some((id, edition, &edition.seal.as_ref()?.1)));
    let Some((edition_id, edition, edition_seal)) = sealed else {
        return Err(Error::NoBaseline { case: name });
    };
    let name = name.edition(edition_id).issue(&order.id);
    if edition.issues.contains_key(&order.id) {
        return Err(Error::IssueExists { issue: name });
    }
    let path = name.folder();
    let mut about = DocumentMut::new();
    about.insert("title", value(&order.title));
    about.insert("date", value(&order.date));
    let mut follows = edition_seal.digest.value.clone();
    if let Some((before, issue)) = edition.last_issue() {
        about.insert("follows", value(before.as_str()));
        follows = issue.seal.as_ref().map(|(_, seal)| seal.digest.value.clone()).unwrap_or_default();
    }
    let leaves = issued(&Readers::of(municipality), case);
    let documents: Vec<String> = leaves.iter().filter(|leaf| !leaf.is_public()).map(|leaf| leaf.name.clone()).collect();
    let mut inside: BTreeMap<String, String> =
        texts(&leaves).into_iter().map(|(name, text)| (format!("{name}.md"), text)).collect();
    inside.insert("issue.toml".to_owned(), about.to_string());
    let sealed =
        seal(&name.to_string(), &follows, &inside.iter().map(|(path, text)| (path.clone(), text.as_str())).collect());
    inside.insert(SEAL.to_owned(), sealed);
    let files: BTreeMap<String, Option<String>> =
        inside.into_iter().map(|(name, text)| (format!("{path}/{name}"), Some(text))).collect();
    let after = checked.fork(&files);
    Ok(Issued { diagnostics: after.diagnostics, sources: after.workspace.sources, documents, path, files })
}
