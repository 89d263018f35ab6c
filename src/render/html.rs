//! A document as one HTML file: no script, styles inside, readable on a phone, fit to print.
//!
//! Input: [`Document`] and the templates. Output: the text of the file. It decides which heading level a block has, where a
//! mark begins and ends, and how the text of a figure's box is broken; what the page looks like is in
//! `templates/html/`. It knows neither pages nor page numbers: a browser makes its own. Every text of the document is
//! escaped by the template engine; no template marks any of it as safe.

mod filters;
#[cfg(test)]
mod fixture;
mod outline;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use self::outline::outline;
use crate::document::tree::Document;
use crate::source::Templates;

/// The templates of an HTML page（HTML のひな形）, as text.
///
/// A workspace overrides each by the file of the same name in its `templates/html/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTemplates {
    /// `document.html`: the page. It sees `meta`, `sections`, `outline` (one entry per section: `anchor`, `level` and
    /// `levels`, the heading levels of the section and of its blocks), `contents` (whether there is a table of
    /// contents), `figures` (whether there is a figure) and `style`.
    pub document: Arc<str>,
    /// `blocks.html`: the components for blocks, cells, runs and figures, which `document.html` calls.
    pub blocks: Arc<str>,
    /// `withheld.html`: the report on withheld parts. It sees the report and `style`.
    pub withheld: Arc<str>,
    /// `style.css`: put into the page as it is; it must not hold `</style`.
    pub style: Arc<str>,
}

impl Default for HtmlTemplates {
    fn default() -> Self {
        Self {
            document: Arc::from(include_str!("../../templates/html/document.html")),
            blocks: Arc::from(include_str!("../../templates/html/blocks.html")),
            withheld: Arc::from(include_str!("../../templates/html/withheld.html")),
            style: Arc::from(include_str!("../../templates/html/style.css")),
        }
    }
}

impl HtmlTemplates {
    /// Those of a workspace where it has them below `html/`, otherwise the built-in ones.
    #[must_use]
    pub fn of(templates: &Templates) -> Self {
        let built_in = Self::default();
        let own = |path: &str, built_in: Arc<str>| templates.get(path).map_or(built_in, Arc::clone);
        Self {
            document: own("html/document.html", built_in.document),
            blocks: own("html/blocks.html", built_in.blocks),
            withheld: own("html/withheld.html", built_in.withheld),
            style: own("html/style.css", built_in.style),
        }
    }
}

/// The HTML page of a document.
///
/// # Errors
/// Where an overridden template does not parse or asks for what the document does not have; with the built-in templates,
/// only where lists are nested more than ten deep (tera renders at most 20 components inside each other).
pub fn html(document: &Document, templates: &HtmlTemplates) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    // Names ending in `.html` are escaped by default; set here all the same, since everything rests on it.
    tera.autoescape_on([".html"]);
    tera.add_raw_templates([
        ("blocks.html", templates.blocks.as_ref()),
        ("document.html", templates.document.as_ref()),
    ])?;
    let mut context = Context::from_serialize(document)?;
    context.extend(Context::from_serialize(&outline(document))?);
    context.insert("style", templates.style.as_ref());
    tera.render("document.html", &context)
}

/// The report on withheld parts as an HTML page.
///
/// # Errors
/// Where an overridden template does not parse or asks for what the report does not have.
pub fn withheld_report(report: &impl Serialize, templates: &HtmlTemplates) -> Result<String, tera::Error> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.add_raw_templates([("withheld.html", templates.withheld.as_ref())])?;
    let mut context = Context::from_serialize(report)?;
    context.insert("style", templates.style.as_ref());
    tera.render("withheld.html", &context)
}
