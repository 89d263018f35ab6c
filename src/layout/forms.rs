//! A document definition and what it is made from, as a document: the form of a case, or one list of its changes.

use super::compose::{Composer, Figures, Look};
use super::document::{Document, Meta, Section};
use super::links::keep_living;
use super::lists::{Cited, change_list, change_summary, changes_section};
use super::pages::PageIndex;
use super::register::register_section;
use crate::change::{Unit, units};
use crate::model::manifest::{DocumentDef, DocumentKind, Typeface, View};
use crate::model::{Case, Filled, Municipality};

/// A document of a municipality's case, about to be composed（組み立てる文書）.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// Who issues it.
    pub municipality: &'a Municipality,
    /// What it is about.
    pub case: &'a Case,
    /// What it is.
    pub definition: &'a DocumentDef,
    /// Whether its figures are drawn.
    pub figures: Figures,
}

impl Printing<'_> {
    /// The form that it prints, with the legend that it prints it with; `None` for a list, a checklist, or where nothing is filled.
    #[must_use]
    pub fn filled(&self) -> Option<(&Filled, String)> {
        let case = self.case;
        match self.definition.kind {
            DocumentKind::Assessment | DocumentKind::Overview => {
                Some((case.filled(self.definition)?, self.definition.legend.clone()))
            }
            DocumentKind::Submission => {
                let settings = case.submission.as_ref()?;
                Some((case.filled(self.definition)?, settings.legend.replace("{baseline}", &settings.baseline)))
            }
            DocumentKind::ChangeList
            | DocumentKind::ChangeSummary
            | DocumentKind::Checklist
            | DocumentKind::Register => None,
        }
    }

    /// A filled form in a view, all its sections or those that the definition names.
    #[must_use]
    pub fn form(&self, filled: &Filled, legend: &str, view: View) -> Document {
        let meta = self.meta(Some(filled.body));
        let all: Vec<Unit<'_>> = units(filled, &[]);
        let cited =
            Cited { units: &all, index: None, changes: &self.case.changes, beside: self.definition.beside.as_deref() };
        let (marks, list) = (&self.definition.look, &self.definition.list);
        let composer = self.composer(legend, view);
        let mut document = composer.form(filled, meta, &|section| changes_section(section, cited, marks, list));
        let wanted = &self.definition.sections;
        if !wanted.is_empty() {
            let is = |section: &str, id: &str| section == id || section.split('/').next() == Some(id);
            document.sections.retain(|section| wanted.iter().any(|id| is(&section.id, &id.value)));
        }
        keep_living(&mut document);
        document
    }

    /// 変更箇所一覧 of units that were measured.
    #[must_use]
    pub fn change_list(&self, units: &[Unit<'_>], index: Option<&PageIndex>) -> Document {
        let cited = Cited { units, index, changes: &self.case.changes, beside: self.definition.beside.as_deref() };
        let composer = self.composer(&self.definition.legend, self.definition.view);
        self.one_section(change_list(cited, &composer, self.definition))
    }

    /// 主な変更内容 of units that were measured.
    #[must_use]
    pub fn change_summary(&self, units: &[Unit<'_>], index: Option<&PageIndex>) -> Document {
        let cited = Cited { units, index, changes: &self.case.changes, beside: self.definition.beside.as_deref() };
        self.one_section(change_summary(cited, &self.composer("", self.definition.view), self.definition))
    }

    /// 計画管理書; `None` where the case is no register.
    #[must_use]
    pub fn register(&self) -> Option<Document> {
        let settings = self.case.register.as_ref()?;
        Some(self.one_section(register_section(self.municipality, settings, self.case.date)))
    }

    fn one_section(&self, section: Section) -> Document {
        let mut document = Document { meta: self.meta(None), sections: vec![section] };
        keep_living(&mut document);
        document
    }

    fn composer<'l>(&'l self, legend: &'l str, view: View) -> Composer<'l> {
        Composer { look: Look { view, marks: &self.definition.look }, legend, figures: self.figures }
    }

    /// What holds for the whole document.
    #[must_use]
    pub fn meta(&self, form_body: Option<Typeface>) -> Meta {
        let definition = self.definition;
        Meta {
            title: definition.title.clone(),
            title_lines: definition.title_lines.clone(),
            author: self.municipality.name.clone(),
            description: format!("{} {}", self.municipality.name, self.case.title),
            lang: "ja-JP".to_owned(),
            body: definition.body.or(form_body).unwrap_or(Typeface::Mincho),
            paper: definition.paper,
            footer: definition.footer.clone(),
            footer_left: definition.footer_left.clone(),
            header_right: definition.header_right.clone(),
            marks: definition.look.clone(),
            size_pt: definition.size_pt,
            continued: self.municipality.words.continued.clone(),
        }
    }
}
