//! The pages beside the text（ページの下見）: which document shows a form, its three views, and the pages that browsers still look at.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use super::fault::Fault;
use crate::diagnostic::{Diagnostics, Lang, SourceMap, report};
use crate::model::manifest::{Audience, DocumentDef, IssuedFor, View};
use crate::model::{Model, Role};
use crate::name::{CaseId, CaseName, DocumentId, DocumentName, Slug};
use crate::press::{Pages, Preview, PreviewFault};
use crate::render::PageForm;
use crate::source::Templates;

/// States of documents whose pages can still be asked for, of all browsers: the view that is looked at, and the one before or another
/// browser's. Each holds its whole layout, 50 to 100 MB for 140 pages. Whoever asks for the pages of one that was let go is told so, and has it
/// set again.
const KEPT_MOST: usize = 2;

/// Which document, and how it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Asked {
    /// Slug of the municipality.
    pub(super) town: Slug,
    /// Case.
    pub(super) case: CaseId,
    /// Prefix of the form: empty, `beside/…/` or `overviews/…/`.
    pub(super) form: String,
    /// 溶け込み版, 見え消し版 or 改定前.
    pub(super) view: View,
    /// Who reads it: what is withheld stands in 提出用 alone.
    #[serde(default = "everything")]
    pub(super) readers: Audience,
    /// First and last page that is in sight, counted from 1; none: all are wanted at once.
    #[serde(default)]
    pub(super) sight: Option<(usize, usize)>,
}

fn everything() -> Audience {
    Audience::Submission
}

/// What a browser is told of a document's pages.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Told {
    /// What its pages are asked for by.
    key: u64,
    /// Its title.
    title: String,
    /// Whether all pages are set; else those in sight alone, and the same question without a sight sets the others.
    whole: bool,
    /// Width and height in pt, the number printed on it, and what names it as it looks.
    sheets: Vec<(f64, f64, u64, String)>,
    /// Rows: path, page and height in pt of the beginning, page and height of the end; a row inside another before it.
    places: Vec<(String, usize, f64, usize, f64)>,
}

/// The pages that are looked at（見ているページ）.
#[derive(Debug)]
pub(super) struct Sheets {
    preview: Preview,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    /// By browser, the newest last.
    states: VecDeque<(String, State)>,
}

/// Number, name of the document, pages.
type State = (u64, DocumentName, Pages);

impl Sheets {
    pub(super) fn new(templates: &Templates) -> Self {
        Self { preview: Preview::new(templates), kept: Mutex::default() }
    }

    /// Sets the pages of a form.
    ///
    /// # Errors
    /// [`Fault::Unknown`] where no document shows the form, [`Fault::NoPages`] where it cannot be set.
    pub(super) fn set(
        &self,
        (model, sources): (&Model, &SourceMap),
        asked: &Asked,
        (browser, lang): (&str, Lang),
    ) -> Result<Told, Fault> {
        let (pages, name, title) = self.pages((model, sources), asked, lang)?;
        let places = pages.places().into_iter();
        let places = places
            .map(|row| (row.path.to_string(), row.first.page, row.first.y_pt, row.last.page, row.last.y_pt))
            .collect();
        let key = self.keep(browser, name, &pages);
        Ok(Told { key, title, whole: pages.are_whole(), sheets: pages.sheets(), places })
    }

    /// The pages of a form in 溶け込み版, which lists of changes cite.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub(super) fn clean(&self, of: (&Model, &SourceMap), asked: &Asked, lang: Lang) -> Result<Pages, Fault> {
        let asked = Asked { view: View::Clean, readers: Audience::Submission, sight: None, ..asked.clone() };
        self.pages(of, &asked, lang).map(|(pages, ..)| pages)
    }

    /// Makes the page in sight ready for what is going to be typed.
    pub(super) fn ready(&self, model: &Model, asked: &Asked) {
        if let Some((page, _)) = asked.sight
            && let Some((model, name, _)) = viewed(model, asked)
        {
            self.preview.ready(&model, &name, page);
        }
    }

    /// The pages of a form, the name of the document that has them, and its title.
    fn pages(
        &self,
        (model, sources): (&Model, &SourceMap),
        asked: &Asked,
        lang: Lang,
    ) -> Result<(Pages, DocumentName, String), Fault> {
        let (model, name, title) = viewed(model, asked).ok_or(Fault::Unknown)?;
        let pages = match asked.sight {
            Some((first, last)) => self.preview.glance(&model, &name, first..=last),
            None => self.preview.pages(&model, &name),
        };
        let pages = pages.map_err(|fault| match fault {
            PreviewFault::Unknown | PreviewFault::Unpaged => Fault::Unknown,
            PreviewFault::Impossible(found) => {
                let mut found_one = Diagnostics::new();
                found_one.push(*found);
                let said = report(&found_one, sources, lang).diagnostics;
                Fault::NoPages(said.into_iter().map(|one| format!("{} {}", one.message, one.help)).collect())
            }
        })?;
        Ok((pages, name, title))
    }

    /// One page of a state; none where nobody looks at that state any more.
    pub(super) fn page(&self, key: u64, number: usize, form: PageForm) -> Option<Vec<u8>> {
        let pages = {
            let kept = self.kept.lock().expect("nobody panics while he holds the pages");
            kept.states.iter().find(|(_, state)| state.0 == key).map(|(_, state)| state.2.clone())
        };
        pages?.page(number, form)
    }

    fn keep(&self, browser: &str, name: DocumentName, pages: &Pages) -> u64 {
        let mut kept = self.kept.lock().expect("nobody panics while he holds the pages");
        // What has not changed need not be sent again.
        let same = kept.states.iter().find(|(_, (_, known, earlier))| *known == name && pages.are(earlier));
        let key = same.map_or(kept.last + 1, |(_, state)| state.0);
        kept.last = kept.last.max(key);
        // Of one document the newest state alone: the one before is no longer looked at.
        kept.states.retain(|(of, state)| of != browser || state.1 != name);
        kept.states.push_back((browser.to_owned(), (key, name, pages.clone())));
        while kept.states.len() > KEPT_MOST {
            kept.states.pop_front();
        }
        key
    }
}

/// A model in which a document shows the form in the view, its name and its title: one that is issued in that view, else one that is
/// issued in another.
fn viewed(model: &Model, asked: &Asked) -> Option<(Model, DocumentName, String)> {
    let at = model.municipalities.iter().position(|of| of.slug == asked.town)?;
    let municipality = &model.municipalities[at];
    let case = municipality.cases.get(&asked.case)?;
    let role = &case.forms.iter().find(|form| form.role.to_string() == asked.form)?.role;
    let shows = |document: &&DocumentDef| {
        document.case.value == asked.case && document.kind == role.kind() && is_of(document, role)
    };
    let shows_all = |document: &&DocumentDef| shows(document) && document.sections.is_empty();
    let of_form = || municipality.documents.iter().filter(shows_all);
    let name = |id: &DocumentId| CaseName::new(&asked.town, &asked.case).document(id);
    if let Some(document) =
        of_form().find(|document| document.view == asked.view && document.audience.usual() == asked.readers)
    {
        return Some((model.clone(), name(&document.id.value), document.title.clone()));
    }
    let mut document = of_form().next().or_else(|| municipality.documents.iter().find(shows))?.clone();
    document.view = asked.view;
    let word = match asked.readers {
        Audience::Submission => "",
        Audience::Public => ":public",
    };
    document.audience = match asked.readers {
        Audience::Submission => IssuedFor::Submission,
        Audience::Public => IssuedFor::Public,
    };
    document.sections.clear();
    // No document has such an id, for a file could not have it.
    document.id.value = format!("{}:{}{word}", document.id.value, asked.view.id()).into();
    let (name, title) = (name(&document.id.value), document.title.clone());
    let mut own = (**municipality).clone();
    own.documents.push(document);
    let mut model = model.clone();
    model.municipalities[at] = Arc::new(own);
    Some((model, name, title))
}

fn is_of(document: &DocumentDef, role: &Role) -> bool {
    Role::of(document) == *role
}
