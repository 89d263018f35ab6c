//! What is wrong, for a browser（誤りの答え）: each mistake at its item where it stands in one.
//!
//! Input: a workspace that was read and judged. Output: values that become JSON.

use std::collections::BTreeSet;

use serde::Serialize;

use super::answers::{half, municipality, uses_fragment};
use super::entry::place;
use super::fault::Fault;
use super::figure::{figure_places, flow_of};
use super::hearing::{HEARING, row_places};
use super::measures::{CHECKLIST, measure_places};
use crate::desk::items::{Node, chapters_of};
use crate::diagnostic::{Code, Diagnostic, FileId, Label, Lang, Phrase, ReportedDiagnostic, SourceMap, Span, report};
use crate::model::{Element, FilledSection, FlowFile, ItemPath, Library, Municipality};
use crate::name::{CaseId, Slug};
use crate::session::Checked;

/// What is wrong, each at its item where it stands in one.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    errors: usize,
    warnings: usize,
    notes: usize,
    list: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Finding {
    #[serde(flatten)]
    said: ReportedDiagnostic,
    /// The item: case, prefix of the form, path.
    item: Option<(CaseId, String, String)>,
    /// Where it begins and ends in the item's own words, in UTF-16 code units; none where it stands elsewhere.
    within: Option<(usize, usize)>,
    /// The part of a figure: its row, and its field behind a `#`.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<String>,
}

/// What is wrong with a municipality.
pub(super) fn findings(checked: &Checked, town: &Slug, lang: Lang) -> Result<Findings, Fault> {
    let of = municipality(checked, town)?;
    let (sources, library) = (&checked.workspace.sources, &*checked.library);
    let told = checked.said_of(town);
    let said = report(&told, sources, lang);
    let found = told.by_path(sources);
    let marked = |one: &Diagnostic| {
        one.related.iter().filter(|place| place.label == Label::Marked).map(|place| place.span).collect::<Vec<_>>()
    };
    let spans = found.iter().flat_map(|one| one.span.into_iter().chain(marked(one)));
    let stretches = stretches(of, library, sources, &spans.map(|span| span.file).collect());
    let list = said.diagnostics.into_iter().zip(found).map(|(said, found)| {
        let stretch = |span: Span| {
            let inside = |one: &&Stretch| {
                one.span.file == span.file && one.span.start <= span.start && span.start <= one.span.end
            };
            let narrow = |one: &&Stretch| one.span.end - one.span.start;
            stretches.iter().filter(inside).min_by_key(narrow).map(|one| (one, span))
        };
        // What is wrong with a change is told at the item that is marked with it.
        let at = found.span.and_then(stretch).or_else(|| marked(found).into_iter().find_map(stretch));
        let within = at.map(|(one, span)| {
            let text = &sources.get(span.file).text;
            let units =
                |end: usize| text[one.span.start..end.clamp(one.span.start, one.span.end)].encode_utf16().count();
            (units(span.start), units(span.end))
        });
        let missing =
            || matches!(found.code, Code::ItemMissing | Code::ItemEmpty).then(|| missing(of, &found.args)).flatten();
        let item = at.map(|(one, _)| (one.case.clone(), one.item.0.clone(), one.item.1.clone())).or_else(missing);
        let part = at.and_then(|(one, _)| one.part.clone());
        Finding { said, item, within, part }
    });
    let counts = said.counts;
    Ok(Findings { errors: counts.errors, warnings: counts.warnings, notes: counts.notes, list: list.collect() })
}

/// The item that is not there: told by its id and the file in which it should stand.
fn missing(of: &Municipality, args: &[(&'static str, Phrase)]) -> Option<(CaseId, String, String)> {
    let arg = |name: &str| args.iter().find(|(key, _)| *key == name).map(|(_, phrase)| phrase.words(Lang::En));
    let (id, place) = (arg("id")?, arg("where")?);
    let home = place.strip_suffix(".md")?;
    for case in of.cases.values() {
        for form in &case.forms {
            let homes = &form.filled.homes;
            let is_home = |paths: &Vec<String>| paths.last().is_some_and(|last| last == home);
            if let Some((of, _)) = homes.iter().find(|(_, paths)| is_home(paths)) {
                return Some((case.id.clone(), form.role.to_string(), of.join(id).to_string()));
            }
        }
    }
    None
}

/// Every place in some of the author's files that belongs to an item, shared texts at the first item that uses them.
fn stretches(of: &Municipality, library: &Library, sources: &SourceMap, files: &BTreeSet<FileId>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let has_figure = library.flows.values().any(|flow| files.contains(&flow.file));
    for case in of.cases.values() {
        let checklist = case.checklist.iter().filter(|checklist| files.contains(&checklist.file));
        let places = checklist.flat_map(|checklist| measure_places(checklist, sources));
        found.extend(places.map(|(id, span)| Stretch {
            span,
            case: case.id.clone(),
            item: (CHECKLIST.to_owned(), id.into()),
            part: None,
        }));
        let comments = case.comments.iter().filter(|comments| files.contains(&comments.file));
        let rows = comments.flat_map(|comments| row_places(comments, sources));
        found.extend(rows.map(|(path, span)| Stretch {
            span,
            case: case.id.clone(),
            item: (HEARING.to_owned(), path),
            part: None,
        }));
        for form in &case.forms {
            let entries = |home: &ItemPath| {
                form.filled.homes.get(home).into_iter().flatten().filter_map(|path| library.entries.get(path))
            };
            let is_wanted = |home| entries(home).any(|entry| files.contains(&entry.file));
            let homes: BTreeSet<&ItemPath> = form.filled.homes.keys().filter(|home| is_wanted(home)).collect();
            // Most forms have none of the files, and their items need not be looked for.
            if homes.is_empty() && !has_figure {
                continue;
            }
            let prefix = form.role.to_string();
            let is_wanted = |section: &FilledSection| {
                let is_flow = |element: &Element| matches!(element, Element::Flow(_));
                homes.iter().any(|home| home.is_in(&section.path))
                    || (has_figure && section.elements.iter().any(is_flow))
            };
            for node in chapters_of(form, is_wanted).flat_map(|chapter| chapter.nodes) {
                if let Node::Figure { page, .. } = node {
                    let item = (&case.id, (prefix.clone(), page.path.to_string()));
                    let flow = flow_of(library, page).filter(|flow| files.contains(&flow.file));
                    figure_stretches(flow, sources, item, &mut found);
                }
                let Node::Item(item) = node else { continue };
                if !homes.contains(&item.home) {
                    continue;
                }
                for entry in entries(&item.home).filter(|entry| files.contains(&entry.file)) {
                    let text = &sources.get(entry.file).text;
                    if let Some(range) = place(entry, text, (&item.id, half(&item))) {
                        let span = Span::new(entry.file, range);
                        let item = (prefix.clone(), item.path.to_string());
                        found.push(Stretch { span, case: case.id.clone(), item, part: None });
                    }
                }
            }
        }
    }
    for (id, fragment) in library.fragments.iter().filter(|(_, fragment)| files.contains(&fragment.file)) {
        let file = sources.get(fragment.file);
        let used = of.cases.values().flat_map(|case| case.forms.iter().map(move |form| (case, form))).find_map(
            |(case, form)| {
                let nodes = chapters_of(form, |_| true).flat_map(|chapter| chapter.nodes);
                let mut items = nodes.filter_map(|node| if let Node::Item(item) = node { Some(item) } else { None });
                let item = items.find(|item| uses_fragment(library, form, item, id))?;
                Some((case.id.clone(), (form.role.to_string(), item.path.to_string())))
            },
        );
        if let Some((case, item)) = used {
            found.push(Stretch { span: Span::new(fragment.file, 0..file.text.len()), case, item, part: None });
        }
    }
    found
}

/// The file of a figure and its parts; all its pages are told of at the first of them.
fn figure_stretches(
    flow: Option<&FlowFile>,
    sources: &SourceMap,
    (case, item): (&CaseId, (String, String)),
    found: &mut Vec<Stretch>,
) {
    let Some(flow) = flow.filter(|flow| !found.iter().any(|one| one.span.file == flow.file)) else { return };
    let text = &sources.get(flow.file).text;
    let parts = figure_places(flow, text).into_iter().map(|(part, range)| (Some(part), range));
    found.extend(std::iter::once((None, 0..text.len())).chain(parts).map(|(part, range)| Stretch {
        span: Span::new(flow.file, range),
        case: case.to_owned(),
        item: item.clone(),
        part,
    }));
}

/// A place of an author's file that belongs to an item.
#[derive(Debug, Clone)]
struct Stretch {
    /// Where.
    span: Span,
    /// The case.
    case: CaseId,
    /// The form's prefix, and the item's path in the form.
    item: (String, String),
    /// The part of a figure.
    part: Option<String>,
}
