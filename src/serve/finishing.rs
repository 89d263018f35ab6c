//! What ends a round of work（仕上げ）: changes accepted, a first edition frozen, papers recorded as issued; told first, written when that is
//! asked for. A returned workbook of a form is taken over here too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::Live;
use super::saving::{Then, may_write};
use crate::desk::{
    AcceptOrder, FreezeOrder, ImportMode, ImportOrder, IssueOrder, accepting, freezing, import_bytes, issuing,
};
use crate::diagnostic::{Diagnostics, SourceMap, report};
use crate::name::{CaseId, ChangeId, Slug};
use crate::source::id_fault;

/// What is to be finished, as the browser asks for it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FinishAsked {
    /// Slug of the municipality.
    town: Slug,
    /// Case.
    case: CaseId,
    /// Id of the edition, or of the record of what was issued.
    id: String,
    /// What that is, in words.
    title: String,
    /// Whether it is written, or only shown.
    then: Then,
    #[serde(flatten)]
    what: Finish,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "finish", rename_all = "kebab-case")]
enum Finish {
    /// Changes become part of the text（溶け込み）; none: all.
    Accept { changes: Vec<ChangeId> },
    /// The first edition（版の確定）.
    Freeze,
    /// Papers were handed out（発出）, on a day.
    Issue { date: String },
}

/// What an order comes to.
struct Outcome {
    diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    after: SourceMap,
    before: SourceMap,
    files: BTreeMap<String, Option<String>>,
    told: Json,
}

/// Finishes a round of work, or shows what that would do.
pub(super) fn finish(live: &Live, asked: &FinishAsked, by: &str) -> Result<Json, Fault> {
    if asked.then == Then::Write {
        may_write(live)?;
    }
    if id_fault(&asked.id).is_some() {
        return Err(Fault::Unfit("id"));
    }
    if asked.title.trim().is_empty() {
        return Err(Fault::Unfit("no-title"));
    }
    let journal = live.writing();
    live.refresh("")?;
    let done = carried_out(live, asked)?;
    let refused = done.diagnostics.has_errors();
    if asked.then == Then::Write && !refused {
        let what = match asked.what {
            Finish::Accept { .. } => format!("溶け込み（{}）", asked.title),
            Finish::Freeze => format!("版の確定（{}）", asked.title),
            Finish::Issue { .. } => format!("発出の記録（{}）", asked.title),
        };
        journal.write(&done.before, (&what, &done.files))?;
        live.refresh(by)?;
    }
    let said = report(&done.diagnostics, &done.after, live.lang);
    let wrong = said.diagnostics.into_iter().filter(|_| refused);
    let folder = |path: &&String| path.starts_with("content/editions/");
    let how = |path: &String, text: &Option<String>| match (done.before.find(Path::new(path)), text) {
        (_, None) => "gone",
        (None, Some(_)) => "new",
        (Some(_), Some(_)) => "changed",
    };
    let files: Vec<Json> = done
        .files
        .iter()
        .filter(|(path, _)| !folder(path))
        .map(|(path, text)| json!({ "path": path, "how": how(path, text) }))
        .collect();
    Ok(json!({
        "told": done.told, "refused": refused, "said": wrong.collect::<Vec<_>>(), "files": files,
        "frozen": done.files.keys().filter(folder).count(), "step": journal.standing(), "state": live.state(),
    }))
}

fn carried_out(live: &Live, asked: &FinishAsked) -> Result<Outcome, Fault> {
    let FinishAsked { town, case, id, title, what, .. } = asked;
    let (town, case, id, title) = (town.clone(), case.clone(), id.clone(), title.trim().to_owned());
    match what {
        Finish::Accept { changes } => {
            let changes = changes.clone();
            let order = AcceptOrder { municipality: town, case, edition: id.into(), title, changes };
            let files = |done: &crate::desk::Accepted| done.files.keys().cloned().collect();
            let session = live.session();
            let (checked, done) =
                session.with_concerned(&order.municipality, |checked| accepting(checked, &order), files)?;
            let told = json!({ "changes": done.changes, "shared": done.shared, "items": done.items });
            let before = checked.workspace.sources;
            Ok(Outcome { diagnostics: done.diagnostics, after: done.sources, before, files: done.files, told })
        }
        Finish::Freeze => {
            let checked = live.town(&town)?;
            let order = FreezeOrder { municipality: town, case, edition: id.into(), title, reason: None };
            let done = freezing(&checked, &order)?;
            let told = json!({ "items": done.items });
            let before = checked.workspace.sources.clone();
            Ok(Outcome { diagnostics: done.diagnostics, after: done.sources, before, files: done.files, told })
        }
        Finish::Issue { date } => {
            let checked = live.town(&town)?;
            let order = IssueOrder { municipality: town, case, id: id.into(), title, date: date.clone() };
            let done = issuing(&checked, &order)?;
            let told = json!({ "documents": done.documents });
            let before = checked.workspace.sources.clone();
            Ok(Outcome { diagnostics: done.diagnostics, after: done.sources, before, files: done.files, told })
        }
    }
}

/// A form's workbook, and where it goes; what is not said is taken from the workbook, where it is our own.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FormAsked {
    /// Name of the workbook.
    name: String,
    then: Then,
    municipality: Option<String>,
    case: Option<String>,
    /// Name of a municipality that is new.
    called: Option<String>,
    code: Option<String>,
    title: Option<String>,
    date: Option<String>,
}

/// What a form's workbook says, and with [`Then::Write`] its items in the source.
pub(super) fn form_workbook(live: &Live, asked: &FormAsked, bytes: Vec<u8>, by: &str) -> Result<Json, Fault> {
    let mode = match asked.then {
        Then::Show => ImportMode::Report,
        Then::Write => ImportMode::Write,
    };
    if mode == ImportMode::Write {
        may_write(live)?;
    }
    let given =
        |words: &Option<String>| words.as_ref().map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    let order = ImportOrder {
        file: PathBuf::from(&asked.name),
        municipality: given(&asked.municipality).map(Slug::from),
        case: given(&asked.case).map(CaseId::from),
        beside: None,
        form: None,
        name: given(&asked.called),
        code: given(&asked.code),
        title: given(&asked.title),
        date: given(&asked.date),
        mode,
    };
    let journal = live.writing();
    live.refresh("")?;
    let done = import_bytes(&live.root, bytes, &order)?;
    let files: Vec<String> = done.files.keys().cloned().collect();
    if mode == ImportMode::Write && !files.is_empty() {
        live.refresh(by)?;
    }
    let missing: Vec<String> = done.missing.iter().map(|(section, label)| format!("{section}　{label}")).collect();
    let compared = done.compared.as_ref().map(|compared| {
        json!({ "same": compared.same, "differing": compared.differing, "new": compared.new, "gone": compared.gone })
    });
    Ok(json!({
        "filled": done.filled, "missing": missing, "files": files, "compared": compared, "mistakes": done.mistakes,
        "said": report(&done.diagnostics, &SourceMap::default(), live.lang).diagnostics,
        "refused": done.diagnostics.has_errors(), "step": journal.standing(),
    }))
}
