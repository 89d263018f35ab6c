//! A document definition and what it is made from, as a document: the form of a case, or one list of its changes.

use std::sync::Arc;

use super::comments::Heard;
use super::compose::{Composer, Figures, Look};
use super::legend::legend;
use super::links::keep_living;
use super::lists::{Cited, change_list, change_summary, changes_section};
use super::pages::PageIndex;
use super::register::register_section;
use super::sheet::{Margins, Sheet};
use super::tree::{Block, Document, LineRole, Meta, Run, Section};
use crate::change::Unit;
use crate::model::manifest::{ColumnField, DocumentDef, MarkStyle, SectionLayout, Typeface, View};
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
    /// Whether it goes out: then its figures are drawn, and the rows of a checklist bear stamps. Otherwise figures are planned only.
    pub draws: bool,
}

impl Printing<'_> {
    /// How its figures are drawn on such pages.
    fn figures(&self, sheet: Sheet) -> Figures {
        if self.draws { Figures::Drawn(sheet) } else { Figures::Planned }
    }

    /// A filled form in a view, all its sections or those that the definition names.
    #[must_use]
    pub fn form(&self, filled: &Filled, legend: &str, view: View) -> Document {
        let meta = self.meta(Some(filled.body));
        let (changes, beside) = (&self.case.changes, self.definition.beside.as_ref());
        let cited = Cited { filled, index: None, changes, beside };
        let (marks, definition) = (&self.definition.look, self.definition);
        let samples = self.legend(legend, view, marks);
        let composer = Composer {
            look: Look { view, marks },
            legend: &samples,
            figures: self.figures(Sheet::of_form(definition.size_pt)),
        };
        let mut document =
            composer.form(filled, meta, &|section| changes_section(section, cited, (marks, self.draws), definition));
        let wanted = &self.definition.sections;
        if !wanted.is_empty() {
            document.sections.retain(|section| wanted.iter().any(|id| *id.value == *section.id.first()));
        }
        self.say_version(&mut document, view);
        if self.says_marked(view) {
            put_legend(&mut document, &composer);
        }
        self.keep_links(&mut document);
        document
    }

    /// 変更箇所一覧 of a form, with the pages that were measured.
    #[must_use]
    pub fn change_list(&self, filled: &Filled, index: Option<&PageIndex>) -> Document {
        let definition = self.definition;
        let cited = Cited { filled, index, changes: &self.case.changes, beside: definition.beside.as_ref() };
        let compares = definition.list.columns.iter().any(|column| column.field == ColumnField::Before);
        let marks = if compares { definition.look.side_by_side() } else { definition.look.clone() };
        // What differs is shown in both columns, whatever the view of the rows.
        let shown = if compares { View::Marked } else { definition.view };
        let samples = self.legend(&definition.legend.value, shown, &marks);
        let look = Look { view: definition.view, marks: &marks };
        let composer = Composer {
            look,
            legend: &samples,
            figures: self.figures(Sheet::of_list(definition.size_pt, &definition.list.columns)),
        };
        let section = change_list(cited, &composer, definition);
        let mut document = self.one_section(section);
        document.meta.marks = marks;
        document
    }

    /// 主な変更内容 of a form, with the pages that were measured.
    #[must_use]
    pub fn change_summary(&self, filled: &Filled, index: Option<&PageIndex>) -> Document {
        let definition = self.definition;
        let cited = Cited { filled, index, changes: &self.case.changes, beside: definition.beside.as_ref() };
        let look = Look { view: definition.view, marks: &definition.look };
        let composer = Composer { look, legend: &[], figures: self.figures(Sheet::of_form(definition.size_pt)) };
        self.one_section(change_summary(cited, &composer, definition))
    }

    /// 計画管理書; `None` where the case is no register.
    #[must_use]
    pub fn register(&self) -> Option<Document> {
        let settings = self.case.register.as_ref()?;
        Some(self.one_section(register_section(self.municipality, settings, self.case.date)))
    }

    /// 意見募集のお知らせ of units that were measured; `None` where the case has no hearing.
    #[must_use]
    pub fn comment_notice(&self, units: &[Unit<'_>], index: Option<&PageIndex>) -> Option<Document> {
        Some(self.one_paper(self.heard(units, index)?.notice()))
    }

    /// 意見の概要と考え方 of units that were measured; `None` where the case has no hearing.
    #[must_use]
    pub fn comment_report(&self, units: &[Unit<'_>], index: Option<&PageIndex>) -> Option<Document> {
        Some(self.one_paper(self.heard(units, index)?.report()))
    }

    fn heard<'h>(&'h self, units: &'h [Unit<'h>], index: Option<&'h PageIndex>) -> Option<Heard<'h>> {
        let Self { municipality, case, definition, .. } = *self;
        let (comments, filled) = (case.comments.as_ref()?, case.filled(definition)?);
        Some(Heard { municipality, case, comments, definition, filled, units, index })
    }

    /// A paper beside the assessment: the stage is the assessment's, but what is still being written is a draft with it.
    fn one_paper(&self, section: Section) -> Document {
        let mut document = Document { meta: self.meta(None), sections: vec![Arc::new(section)] };
        if self.municipality.words.is_unfinished(&self.case.stage) {
            self.say_version(&mut document, View::Clean);
        }
        document
    }

    fn one_section(&self, section: Section) -> Document {
        let mut document = Document { meta: self.meta(None), sections: vec![Arc::new(section)] };
        self.say_version(&mut document, self.definition.view);
        self.keep_links(&mut document);
        document
    }

    /// Takes away links that lead nowhere; of a document that is not drawn nobody follows one.
    fn keep_links(&self, document: &mut Document) {
        if self.draws {
            keep_living(document);
        }
    }

    /// The legend in the words of the document; in those of `templates/words/document.toml` where it has none.
    fn legend(&self, own: &str, view: View, marks: &MarkStyle) -> Vec<Run> {
        legend(&self.legend_words(own, view, marks), view, marks)
    }

    /// Says which version of the paper it is, on its cover or below its title and in its footer: 見え消し版 and the stage. What was before
    /// the changes was at no stage.
    fn say_version(&self, document: &mut Document, view: View) {
        let words = &self.municipality.words;
        let stage = match view {
            View::Before => String::new(),
            View::Clean | View::Marked => words.stage_sign(&self.case.stage),
        };
        let is_marked = self.says_marked(view) && !self.definition.look.deleted.hidden;
        let marked = if is_marked { words.marked.as_str() } else { "" };
        // What a title says already is not said again.
        let beside = |texts: &[&str]| -> String {
            let missing = |word: &&str| !texts.iter().any(|text| text.contains(*word));
            [marked, stage.as_str()].into_iter().filter(missing).collect()
        };
        let meta = &mut document.meta;
        let left = if meta.footer_left.is_empty() { &meta.title } else { &meta.footer_left };
        meta.version = beside(&[left]);
        if !meta.title_lines.is_empty() {
            let lines: Vec<&str> = meta.title_lines.iter().map(String::as_str).collect();
            let line = beside(&lines);
            meta.title_lines.extend((!line.is_empty()).then_some(line));
            return;
        }
        for section in document.sections.iter_mut().filter(|section| section.layout == SectionLayout::Cover) {
            let section = Arc::make_mut(section);
            let is_title = |block: &Block| matches!(block, Block::Line { role: LineRole::Title, .. });
            let Some(at) = section.blocks.iter().position(is_title) else { continue };
            let line = beside(&[]);
            if !line.is_empty() {
                section.blocks.insert(at + 1, super::compose::line(LineRole::Version, line));
            }
        }
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
            // Said once it is known what is shown.
            version: String::new(),
            size_pt: definition.size_pt,
            margins: Margins::of(definition.size_pt),
            continued: self.municipality.words.continued.clone(),
        }
    }
}

/// Where no section has the legend, it stands at the end of the cover, or at the head of the first section.
fn put_legend(document: &mut Document, composer: &Composer<'_>) {
    let is_legend = |block: &Block| matches!(block, Block::Line { role: LineRole::Legend, .. });
    if document.sections.iter().flat_map(|section| &section.blocks).any(is_legend) {
        return;
    }
    if let (Some(first), Some(line)) = (document.sections.first_mut(), composer.legend_line()) {
        let first = Arc::make_mut(first);
        let at = if first.layout == SectionLayout::Cover { first.blocks.len() } else { 0 };
        first.blocks.insert(at, line);
    }
}
