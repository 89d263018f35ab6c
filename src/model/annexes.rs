//! Parts that a case adds to its form（別紙）: a section like those of the form, so that marks, lists, editions and pages are its own too.

use std::sync::Arc;

use super::manifest::{AnnexToml, CaseToml, FormDef, ItemDef, ItemKind, SectionDef, SectionLayout};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Label, Span, nearest};
use crate::name::{BesideId, SectionId};
use crate::source::{Located, id_fault};

/// Id of the text of a 別紙 in its file.
const TEXT: &str = "text";

/// A form with what a case adds to it; `beside` is the id of the 評価書 beside the main one, which `None` stands for.
///
/// Pushes a diagnostic for a name that is none, that the form has already, or that names no section.
pub(super) fn annexed(
    form: &Arc<FormDef>,
    (case, file): (&CaseToml, FileId),
    beside: Option<&BesideId>,
    diagnostics: &mut Diagnostics,
) -> Arc<FormDef> {
    let is_of = |annex: &&AnnexToml| annex.form.as_ref().map(|form| &form.value) == beside;
    let own: Vec<&AnnexToml> = case.annex.iter().filter(is_of).collect();
    if own.is_empty() {
        return form.clone();
    }
    let mut made = FormDef::clone(form);
    for annex in own {
        let span = |id: &Located<SectionId>| Span::new(file, id.range.clone());
        if let Some(fault) = id_fault(&annex.id.value) {
            let path = format!("{}.md", annex.id.value);
            let unfit = Diagnostic::new(Code::NameUnfit, span(&annex.id)).with("name", &annex.id.value);
            diagnostics.push(unfit.with("path", path).said("reason", fault.reason()));
        }
        if let Some(first) = made.section(&annex.id.value) {
            let twice = Diagnostic::new(Code::IdTwice, span(&annex.id)).with("id", &annex.id.value);
            // A section of the form stands in another file.
            let is_own = first.annex.then(|| span(&first.id));
            diagnostics.push(is_own.into_iter().fold(twice, |twice, at| twice.related_as(at, Label::First)));
            continue;
        }
        match (annex.after.as_ref(), made.add_annex(annex)) {
            (_, true) | (None, false) => {}
            (Some(after), false) => {
                let known = made.section.iter().map(|section| section.id.value.as_str());
                let near = nearest(&after.value, known).unwrap_or_default().to_owned();
                let unknown = Diagnostic::new(Code::AnnexPlace, span(after)).with("after", &after.value);
                diagnostics.push(unknown.with("near", near));
            }
        }
    }
    Arc::new(made)
}

impl FormDef {
    /// Adds a 別紙 after the section that it names, or as the last; whether there is such a section.
    pub fn add_annex(&mut self, annex: &AnnexToml) -> bool {
        let at = match &annex.after {
            None => Some(self.section.len()),
            Some(after) => self.section.iter().position(|section| section.id.value == after.value).map(|at| at + 1),
        };
        if let Some(at) = at {
            self.section.insert(at, section(annex));
        }
        at.is_some()
    }
}

fn section(annex: &AnnexToml) -> SectionDef {
    SectionDef {
        id: annex.id.clone(),
        number: annex.number.clone(),
        title: annex.title.clone(),
        note: String::new(),
        // A row over the full width: what is in it has a place, so its pages are known and it comes back from a workbook.
        layout: SectionLayout::Table,
        repeat: None,
        released_by: Vec::new(),
        important: false,
        same_page: false,
        subject_item: None,
        subject_label: None,
        matter: String::new(),
        lead: Vec::new(),
        legend: false,
        items: vec![text(annex)],
        columns: Vec::new(),
        annex: true,
    }
}

fn text(annex: &AnnexToml) -> ItemDef {
    ItemDef {
        id: Located { value: TEXT.into(), range: annex.id.range.clone() },
        kind: ItemKind::Text,
        label: String::new(),
        items: Vec::new(),
        ticks: Vec::new(),
        options: None,
        important: None,
        required: None,
        released_by: Vec::new(),
        inline: false,
        hidden: false,
        pattern: None,
        columns: None,
        options_columns: None,
        text: None,
        title_item: None,
        guidance: None,
        from: None,
        register: None,
        repeats: None,
        max_chars: None,
        align: super::manifest::Align::default(),
    }
}
