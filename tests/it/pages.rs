//! Each listed change stands on each listed page and on no other: the pages that 変更箇所一覧 prints, held against the text of the
//! finished PDF of the 評価書.
//!
//! The list is read from the workbook that was written, the text from the PDF that was written; what was inserted comes from the
//! marks of the source. A page number that was measured wrong, or measured in another view, fails here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hyoka::change::{Unit, UnitKind, units};
use hyoka::layout::{PageIndex, cite_cell};
use hyoka::markup::{Block, Paragraph, Side, State, Text};
use hyoka::model::manifest::{DocumentDef, DocumentKind, SectionLayout};
use hyoka::model::{Element, Filled, FlowPage, ItemPath, Row};

use crate::pdf_text;
use crate::subject::lists;
use crate::support::{Built, bare, sheet};

/// Characters of a stretch of text that is looked for: long enough to be distinctive, short enough to fit on a page's last line.
const GRAM: usize = 10;

/// A change list that is held against the pages of its assessment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    pub(crate) built: &'static Built,
    pub(crate) slug: &'static str,
    pub(crate) case: &'static str,
    /// How many of its changes have a text that can be looked for, at least.
    pub(crate) least: usize,
    /// Whether its workbook has a row for each change.
    pub(crate) is_by_row: bool,
}

/// One line of a change list as it is printed.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The form row, with the cells that continue it.
    pub(crate) text: String,
    /// ページ.
    pub(crate) pages: Vec<usize>,
    /// 事由.
    pub(crate) reason: String,
}

/// The entries of a change list's workbook, without headings and names of files.
pub(crate) fn listed(built: &Built, path: &str) -> Vec<Listed> {
    let mut found: Vec<Listed> = Vec::new();
    let rows = sheet(&built.path(path));
    let at = |row: &Vec<String>| row.iter().position(|words| words == "ページ");
    let (header, column) =
        rows.iter().enumerate().find_map(|(number, row)| Some((number, at(row)?))).expect("the list has a header");
    for row in &rows[header + 1..] {
        // Form rows have columns of their own: labels and contents.
        let (text, beside) = row.split_at(column);
        let text = &text.iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<String>>().join("\n");
        let [pages, reason] = beside else { panic!("pages and reason stand beside it: {row:?}") };
        let numbers: Option<Vec<usize>> = pages.split('・').map(|page| page.parse().ok()).collect();
        match (numbers, found.last_mut()) {
            // At the head of a page the pages and the reason of what goes on stand again; a — does not.
            (Some(_), Some(last)) if reason.ends_with("（続き）") || reason.is_empty() => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            (Some(pages), _) => found.push(Listed { text: text.clone(), pages, reason: reason.clone() }),
            // A long cell runs on in the row below, which has no page of its own; a heading ends it.
            (None, Some(last)) if pages.is_empty() && reason.is_empty() => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            (None, _) => {}
        }
    }
    found
}

/// An assessment with its list and its finished pages.
struct Checked<'a> {
    filled: &'a Filled,
    list: &'a DocumentDef,
    index: PageIndex,
    /// Text of the pages; 別添3, which repeats every change, is left out.
    pages: Vec<String>,
}

impl<'a> Checked<'a> {
    fn of(built: &'a Built, slug: &str, case: &str) -> Self {
        let filled = built.case(slug, case).main().expect("the case has an assessment");
        let documents = &built.municipality(slug).documents;
        let is_list =
            |document: &&DocumentDef| document.kind == DocumentKind::ChangeList && document.case.value == case;
        let list = documents.iter().find(is_list).expect("the municipality issues a change list");
        let name = format!("{slug}/{case}/{}", list.pages_of);
        let mut pages = pdf_text::pages(&built.bytes(&format!("{name}.pdf")));
        let changes = filled.sections.iter().find(|section| section.layout == SectionLayout::Changes);
        if let Some(section) = changes {
            let heading = bare(&section.heading);
            let first =
                pages.iter().position(|text| text.starts_with(&heading)).expect("別添3 begins on a page of its own");
            pages.truncate(first);
        }
        Self { filled, list, index: built.index(&name), pages }
    }

    fn units(&self) -> Vec<Unit<'a>> {
        units(self.filled, &self.list.list.context_sections)
    }

    /// On which pages each stretch of text stands, by 1.
    fn where_stands(&self) -> HashMap<String, BTreeSet<usize>> {
        let mut found: HashMap<String, BTreeSet<usize>> = HashMap::new();
        for (index, text) in self.pages.iter().enumerate() {
            for gram in grams(text) {
                found.entry(gram).or_default().insert(index + 1);
            }
        }
        found
    }
}

/// All stretches of a text; none if it is shorter than one.
fn grams(text: &str) -> impl Iterator<Item = String> {
    let characters: Vec<char> = text.chars().collect();
    let count = (characters.len() + 1).saturating_sub(GRAM);
    (0..count).map(move |at| characters[at..at + GRAM].iter().collect())
}

/// The paragraphs of a text, those in lists and tables too.
fn paragraphs(text: &Text) -> Vec<&Paragraph> {
    fn walk<'t>(blocks: &'t [Block], found: &mut Vec<&'t Paragraph>) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => found.push(paragraph),
                Block::List { items, .. } => items.iter().for_each(|item| walk(item, found)),
                Block::Table { header, rows } => found.extend(header.iter().chain(rows.iter().flatten())),
                Block::Fragment { .. } => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(&text.blocks, &mut found);
    found
}

/// The inserted stretches of a text; all of it where it is new as a whole.
fn inserted(text: &Text, all: bool) -> Vec<String> {
    let mut stretches = Vec::new();
    for paragraph in paragraphs(text) {
        let mut open = String::new();
        for run in &paragraph.runs {
            if all || matches!(run.mark, Some((_, Side::New))) {
                open.push_str(run.characters());
            } else {
                stretches.push(std::mem::take(&mut open));
            }
        }
        stretches.push(open);
    }
    stretches.iter().map(|stretch| bare(stretch)).filter(|stretch| !stretch.is_empty()).collect()
}

/// Stretches of a text in which at least one character was not inserted; they tell which inserted ones are distinctive.
fn kept(text: &Text) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        let mut characters: Vec<(char, bool)> = Vec::new();
        for run in &paragraph.runs {
            let is_new = matches!(run.mark, Some((_, Side::New)));
            characters.extend(bare(run.characters()).chars().map(|character| (character, is_new)));
        }
        let windows = characters.windows(GRAM).filter(|window| window.iter().any(|(_, is_new)| !is_new));
        found.extend(windows.map(|window| window.iter().map(|(character, _)| character).collect::<String>()));
    }
    found
}

fn row_inserted(row: &Row) -> Vec<String> {
    let all = row.whole.as_ref().is_some_and(|whole| whole.side == Side::New);
    row.content.texts().into_iter().flat_map(|text| inserted(text, all)).collect()
}

/// Everything that a unit's changes inserted.
fn unit_inserted(unit: &Unit<'_>) -> Vec<String> {
    match &unit.kind {
        UnitKind::Row(row) => row_inserted(row),
        UnitKind::Record(rows) => rows.iter().flat_map(|row| row_inserted(row)).collect(),
        UnitKind::Title(band) | UnitKind::Ticks(band) => inserted(&band.label, false),
        UnitKind::Figure(page) => inserted(&page.title, page.whole.is_some()),
        UnitKind::Remarks(page) => inserted(&page.remarks_text(), page.whole.is_some()),
        UnitKind::Records(list) => inserted(&list.text, false),
    }
}

/// Stretches of all text of a form that no change inserted.
fn unchanged(filled: &Filled) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for section in &filled.sections {
        for element in &section.elements {
            let grams: Vec<String> = match element {
                Element::Row(row) if row.whole.is_none() => row.content.texts().into_iter().flat_map(kept).collect(),
                Element::Band(band) if band.whole.is_none() => kept(&band.label),
                Element::Flow(page) if page.whole.is_none() => {
                    kept(&page.title).into_iter().chain(kept(&page.remarks_text())).collect()
                }
                Element::Records(list) => kept(&list.text),
                Element::Row(_) | Element::Flow(_) | Element::Band(_) => Vec::new(),
            };
            found.extend(grams);
            if let Element::Flow(page) = element {
                found.extend(labels_side_by_side(page));
            }
        }
    }
    found
}

/// Boxes of a figure have no order in the text of a page: any two labels may come to stand side by side.
fn labels_side_by_side(page: &FlowPage) -> Vec<String> {
    let labels: Vec<String> = page
        .nodes
        .iter()
        .flat_map(|node| [Some(node.label.characters(State::After)), node.host.clone()])
        .flatten()
        .map(|label| bare(&label))
        .collect();
    let pairs = labels.iter().flat_map(|one| labels.iter().map(move |other| format!("{one}{other}")));
    pairs.flat_map(|pair| grams(&pair).collect::<Vec<_>>()).collect()
}

/// Holds a list's pages against the finished pages; returns how many units had a distinctive text.
fn hold(checked: &Checked<'_>) -> (usize, Vec<String>) {
    let units = checked.units();
    let stands = checked.where_stands();
    let unchanged = unchanged(checked.filled);
    let pages_of = |unit: &Unit<'_>| -> BTreeSet<usize> { checked.index.of_unit(unit, None).into_iter().collect() };
    // Two units may insert the same text; it then stands on the pages of both.
    let mut allowed: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut of_unit: Vec<Vec<String>> = Vec::new();
    for unit in &units {
        let mut own = Vec::new();
        for gram in unit_inserted(unit).iter().flat_map(|stretch| grams(stretch)) {
            if !unchanged.contains(&gram) {
                allowed.entry(gram.clone()).or_default().extend(pages_of(unit));
                own.push(gram);
            }
        }
        of_unit.push(own);
    }
    let mut wrong = Vec::new();
    for (gram, allowed) in &allowed {
        if let Some(found) = stands.get(gram)
            && !found.is_subset(allowed)
        {
            wrong.push(format!("「{gram}」 stands on {found:?}, but only {allowed:?} are listed"));
        }
    }
    let mut proven = 0;
    for (unit, own) in units.iter().zip(&of_unit) {
        let found: BTreeSet<usize> = own.iter().filter_map(|gram| stands.get(gram)).flatten().copied().collect();
        if own.is_empty() {
            continue;
        }
        proven += 1;
        for page in pages_of(unit) {
            if !found.contains(&page) {
                wrong.push(format!("{}: page {page} is listed, but its text stands on {found:?}", unit.path));
            }
        }
    }
    (proven, wrong)
}

/// The list's own cells against the measured pages and the reasons of the source.
fn cells_hold(built: &Built, slug: &str, case: &str) {
    let checked = Checked::of(built, slug, case);
    let changes = &built.case(slug, case).changes;
    let units = checked.units();
    let lines = listed(built, &format!("{slug}/{case}/{}.xlsx", checked.list.id.value));
    assert_eq!(lines.len(), units.len(), "each changed row is one entry of the list");
    for (line, unit) in lines.iter().zip(&units) {
        assert_eq!(line.pages, checked.index.of_unit(unit, None), "{}", unit.path);
        let mut reasons: Vec<&str> = Vec::new();
        for change in unit.changes().into_iter().filter_map(|id| changes.get(id)) {
            if !reasons.contains(&change.reason.as_str()) {
                reasons.push(&change.reason);
            }
        }
        let reason = if reasons.is_empty() { checked.list.list.context_reason.clone() } else { reasons.join("\n") };
        assert_eq!(line.reason, reason, "{}", unit.path);
    }
}

#[test]
fn every_list_cites_the_pages_of_its_changes() {
    for List { built, slug, case, least, is_by_row } in lists() {
        if is_by_row {
            cells_hold(built, slug, case);
        }
        let checked = Checked::of(built, slug, case);
        let (proven, wrong) = hold(&checked);
        assert!(wrong.is_empty(), "{slug}:\n{}", wrong.join("\n"));
        let all = checked.units().len();
        assert!(proven >= least, "{slug}: only {proven} of {all} changes have a text that can be looked for");
    }
}

#[test]
fn the_printed_list_says_what_the_workbook_says() {
    for List { built, slug, case, .. } in lists() {
        let checked = Checked::of(built, slug, case);
        let path = format!("{slug}/{case}/{}.pdf", checked.list.id.value);
        let text = pdf_text::pages(&built.bytes(&path)).concat();
        let separator =
            if checked.list.list.page_separator.is_empty() { "・" } else { &checked.list.list.page_separator };
        let changes = &built.case(slug, case).changes;
        let mut at = 0;
        for unit in checked.units() {
            let pages = cite_cell(&checked.index.of_unit(&unit, None), separator);
            let reason = unit.changes().first().and_then(|id| changes.get(id)).map(|change| change.reason.as_str());
            // A page may end inside of the narrow cell, so only the reason's first line is looked for.
            let reason: String = reason.unwrap_or(&checked.list.list.context_reason).chars().take(6).collect();
            let wanted = bare(&format!("{pages}{reason}"));
            let found = text[at..].find(&wanted);
            at += found.unwrap_or_else(|| panic!("{path}: no 「{wanted}」 for {} after byte {at}", unit.path))
                + wanted.len();
        }
    }
}

#[test]
fn every_row_and_mark_was_measured() {
    for List { built, slug, case, .. } in lists() {
        let checked = Checked::of(built, slug, case);
        let last = checked.index.pages;
        for row in checked.filled.rows() {
            let range = checked.index.rows.get(&row.path).unwrap_or_else(|| panic!("{} was not measured", row.path));
            assert!(1 <= range.first && range.first <= range.last && range.last <= last, "{}: {range:?}", row.path);
        }
        for unit in checked.units() {
            assert!(!checked.index.of_unit(&unit, None).is_empty(), "{} has no page", unit.path);
            for place in &unit.marks {
                let range = checked.index.of_mark(place).unwrap_or_else(|| panic!("{} was not measured", place.key));
                assert!(range.last <= last, "{}", place.key);
            }
        }
    }
}

#[test]
fn rows_follow_each_other_on_the_pages() {
    for List { built, slug, case, .. } in lists() {
        let checked = Checked::of(built, slug, case);
        let mut before = 1;
        for row in checked.filled.rows() {
            let range = checked.index.rows[&row.path];
            assert!(before <= range.first, "{} begins on page {}, after page {before}", row.path, range.first);
            before = range.first;
        }
    }
}

#[test]
fn every_mark_of_a_form_is_in_its_list() {
    for List { built, slug, case, .. } in lists() {
        let checked = Checked::of(built, slug, case);
        let listed: BTreeSet<_> =
            checked.units().iter().flat_map(|unit| unit.marks.iter().map(|place| place.mark.span)).collect();
        for (path, text) in texts(checked.filled) {
            for (mark, _) in text.runs().into_iter().filter_map(|run| run.mark) {
                let span = text.marks[mark].span;
                assert!(
                    listed.contains(&span),
                    "a mark of {path} is in no list: {}",
                    built.checked.workspace.sources.slice(span)
                );
            }
        }
    }
}

/// All printed texts of a form, each with where it stands.
fn texts(filled: &Filled) -> Vec<(ItemPath, Text)> {
    let mut found = Vec::new();
    for section in &filled.sections {
        for element in &section.elements {
            match element {
                Element::Row(row) => {
                    found.extend(row.content.texts().into_iter().map(|text| (row.path.clone(), text.clone())))
                }
                Element::Band(band) => found.push((band.path.clone(), band.label.clone())),
                Element::Flow(page) => {
                    found.push((page.figure_path(), page.title.clone()));
                    found.extend(page.nodes.iter().map(|node| (page.figure_path(), node.label.clone())));
                    found.push((page.remarks_path(), page.remarks_text()));
                }
                Element::Records(list) => found.push((list.path.clone(), list.text.clone())),
            }
        }
    }
    found
}
