//! Documents made from the desk（文書の作成）: the same build as the command line's, into the same folder, its progress told as news.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fault::Fault;
use super::live::{Live, News};
use super::saving::may_write;
use crate::diagnostic::report;
use crate::name::{CaseId, DocumentId, DocumentName, Slug};
use crate::press::{Order, Progress, build, usual_folder};
use crate::session::Wanted;
use crate::write::{MANIFEST_FILE, bytes_of};

/// Documents, as the browser asks for them.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MakeAsked {
    /// Slug of the municipality.
    town: Slug,
    /// Case; none: all.
    #[serde(default)]
    case: Option<CaseId>,
    /// Id of one document, such as a checklist; none: all.
    #[serde(default)]
    document: Option<DocumentId>,
}

/// Tells all browsers how far the build is.
struct Teller<'l> {
    live: &'l Live,
    by: &'l str,
    total: AtomicUsize,
    done: AtomicUsize,
}

impl Teller<'_> {
    fn tell(&self) {
        let (done, total) = (self.done.load(Ordering::SeqCst), self.total.load(Ordering::SeqCst));
        // Without a browser nobody listens.
        let _ = self.live.news.send(News::Making { done, total, by: self.by.to_owned() });
    }
}

impl Progress for Teller<'_> {
    fn begin(&self, total: usize) {
        self.total.store(total, Ordering::SeqCst);
        self.tell();
    }

    fn done(&self, _name: &str) {
        self.done.fetch_add(1, Ordering::SeqCst);
        self.tell();
    }
}

/// Makes the documents of a municipality or of one of its cases.
pub(super) fn make(live: &Live, asked: &MakeAsked, by: &str) -> Result<Json, Fault> {
    may_write(live)?;
    let wanted =
        Wanted { municipality: Some(asked.town.clone()), case: asked.case.clone(), document: asked.document.clone() };
    let order = Order { wanted, ..Order::default() };
    let folder = live.root.join(usual_folder(None));
    let teller = Teller { live, by, total: AtomicUsize::new(0), done: AtomicUsize::new(0) };
    let outcome = build(&live.root, &folder, &order, &teller)?;
    let files: Vec<Json> = manifest(&folder)?
        .into_iter()
        .filter(|entry| {
            // A file is named by its document.
            let name = entry["path"].as_str().and_then(DocumentName::of_file);
            name.is_some_and(|name| order.wanted.has(&name))
        })
        .collect();
    let counts = report(&outcome.diagnostics, &outcome.sources, live.lang).counts;
    Ok(json!({
        "made": outcome.made, "kept": outcome.kept, "blocked": outcome.blocked, "errors": counts.errors,
        "folder": usual_folder(None), "files": files,
    }))
}

/// Name and bytes of a finished document, by its path in the list of what was made.
pub(super) fn made(live: &Live, path: &str) -> Result<(String, Vec<u8>), Fault> {
    let folder = live.root.join(usual_folder(None));
    // Only what the list names, so that a path leads nowhere else.
    let is_listed = manifest(&folder)?.iter().any(|entry| entry["path"] == path);
    if !is_listed {
        return Err(Fault::Unknown);
    }
    let bytes = bytes_of(&folder.join(path))?.ok_or(Fault::Unknown)?;
    Ok((path.replace('/', "-"), bytes))
}

fn manifest(folder: &Path) -> Result<Vec<Json>, Fault> {
    let Some(bytes) = bytes_of(&folder.join(MANIFEST_FILE))? else { return Ok(Vec::new()) };
    let manifest: Json = serde_json::from_slice(&bytes).unwrap_or_default();
    Ok(manifest["documents"].as_array().cloned().unwrap_or_default())
}
