//! The way through the sheets: each cell to the item that it belongs to.
//!
//! A row that carries a path (a hidden column of our own workbooks) says itself where it belongs. Every other row is read as a person
//! reads the form: a label names an item, what stands to the right of it or below it is its content, until the next label. Labels are
//! found by their words, the nearest one ahead first; never by an address, so that rows may have moved and columns may have been
//! put in.

mod find;
mod path;
mod place;
mod seen;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::NearLabel;
use super::normal::{normal, pointless};
use super::script::Script;
use crate::diagnostic::Diagnostics;
use crate::model::ItemPath;
use crate::model::manifest::{FormDef, ItemKind, SectionLayout};
use crate::render::{JOIN_LINE, JOIN_WORD, PLAN_SHEET, STAMP_SHEET};
use crate::source::{CellValue, Place, Sheet, Workbook};

/// A cell that has no place, or whose words are not understood（置けないセル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Sheet.
    pub sheet: String,
    /// Address.
    pub cell: String,
    /// What stands there.
    pub text: String,
    /// Label of the item whose options do not have it; empty: the cell belongs to no item.
    pub label: String,
}

/// A piece of an item's content（記載の断片）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bit {
    /// The text of the cell.
    pub text: String,
    /// How it goes on from the piece before.
    pub join: BitJoin,
    /// Name of the sheet.
    pub sheet: String,
    /// Row and column.
    pub place: (u32, u32),
}

impl Bit {
    /// The address of its cell: `B15`.
    pub(super) fn cell(&self) -> String {
        Place { row: self.place.0, column: self.place.1 }.label()
    }
}

/// How a piece goes on（続き方）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BitJoin {
    /// In a row of its own.
    Line,
    /// In the middle of a line.
    Word,
    /// Beside the piece before, in the same row.
    Beside,
}

/// A cell that a person sees（見えるセル）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Name of the sheet.
    pub sheet: String,
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub text: String,
    /// Whether it stands where the form has figures, which are read from a sheet of their own.
    pub is_drawn: bool,
}

/// What the walk found（読み取りの結果）.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Contents by the path of their item. A file or a record without an id is `#` and its number.
    pub placed: IndexMap<ItemPath, Vec<Bit>>,
    /// Names of files by their id, as headings and first items give them.
    pub file_names: IndexMap<String, String>,
    /// Cells without a place.
    pub unplaced: Vec<Unplaced>,
    /// All cells that were looked at, without what our own workbooks keep in hidden columns.
    pub shown: Vec<Shown>,
    /// What stands in the list of changes.
    pub listed: Vec<Bit>,
    /// Labels read as another.
    pub near: Vec<NearLabel>,
    /// What else a person must know: cells that cannot be read, hidden words, characters, labels that the form has not.
    pub said: Diagnostics,
}

/// How many of a form's headings and labels stand in a workbook; `0` where they are too few for it to be one.
#[must_use]
pub fn likeness(book: &Workbook, form: &FormDef) -> usize {
    const ENOUGH: usize = 5;
    let script = Script::new(form, "");
    let numbered = script.sections.iter().filter(|section| !section.def.number.is_empty());
    let headings: BTreeSet<&str> = numbered.map(|section| section.heading.as_str()).collect();
    let labels = script.sections.iter().flat_map(|section| &section.labels);
    let labels: BTreeSet<&str> = labels.map(|label| label.full.as_str()).filter(|label| !label.is_empty()).collect();
    let mut found = BTreeSet::new();
    for cell in book.sheets.iter().filter(|sheet| !sheet.hidden).flat_map(|sheet| &sheet.cells) {
        let CellValue::Text(text) = &cell.value else { continue };
        let text = normal(text);
        if labels.contains(text.as_str()) || headings.contains(pointless(&text).as_str()) {
            found.insert(text);
        }
    }
    if found.len() < ENOUGH.min(labels.len()) { 0 } else { found.len() }
}

/// Whether a workbook names a form's version: `[平成30年5月　様式4]`.
#[must_use]
pub fn bears_tag(book: &Workbook, form: &FormDef) -> bool {
    let tag = normal(&form.tag);
    let is_tag = |cell: &crate::source::Cell| match &cell.value {
        CellValue::Text(text) => normal(text).trim_matches(['[', ']', '［', '］', '(', ')']) == tag,
        _ => false,
    };
    !tag.is_empty() && book.sheets.iter().filter(|sheet| !sheet.hidden).flat_map(|sheet| &sheet.cells).any(is_tag)
}

/// Behind what is said again, as it is compared.
const CONTINUED: &str = "(続き)";

/// Goes through a workbook.
pub(super) fn walk(book: &Workbook, script: &Script<'_>) -> Walked {
    let mut walker = Walker::new(script);
    for sheet in &book.sheets {
        match sheet.name.as_str() {
            STAMP_SHEET | PLAN_SHEET => {}
            _ if sheet.hidden => walker.hidden_sheet(sheet),
            _ => walker.sheet(sheet),
        }
    }
    walker.walked
}

/// A cell of the row that is being read.
#[derive(Debug, Clone)]
struct Read {
    row: u32,
    column: u32,
    /// Last row that it covers.
    bottom: u32,
    /// Last column that it covers.
    right: u32,
    text: String,
    normal: String,
}

/// Where a label's content goes.
#[derive(Debug, Clone)]
struct Open {
    left: u32,
    right: u32,
    path: ItemPath,
}

/// Where in the form the reader is.
struct Walker<'s, 'f> {
    script: &'s Script<'f>,
    sheet: String,
    /// The section, by index.
    section: Option<usize>,
    /// Id of its file, where it is repeated.
    file: Option<String>,
    /// Index of the last label.
    cursor: Option<usize>,
    /// Label of the open group and id of its record.
    record: Option<(usize, String)>,
    /// Where the next content goes.
    current: Option<ItemPath>,
    /// Labels of a row without contents: what stands below them is theirs.
    above: Vec<Open>,
    /// Column of the last label, and of the first content beside it.
    columns: (Option<u32>, Option<u32>),
    /// Last row that the contents read so far cover.
    bottom: u32,
    /// Headings read in the list of sections.
    listed: BTreeSet<usize>,
    /// Columns of the row that is read in which the form prints something that says nothing.
    furniture: BTreeSet<u32>,
    /// How often a repeated section has begun.
    begun: BTreeMap<usize, usize>,
    walked: Walked,
}

impl<'s, 'f> Walker<'s, 'f> {
    fn new(script: &'s Script<'f>) -> Self {
        Self {
            script,
            sheet: String::new(),
            section: None,
            file: None,
            cursor: None,
            record: None,
            current: None,
            above: Vec::new(),
            columns: (None, None),
            bottom: 0,
            listed: BTreeSet::new(),
            furniture: BTreeSet::new(),
            begun: BTreeMap::new(),
            walked: Walked::default(),
        }
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.sheet.clone_from(&sheet.name);
        // What stands at the head of a sheet goes on from no other.
        self.current = None;
        self.above.clear();
        self.columns = (None, None);
        self.bottom = 0;
        let spans: BTreeMap<Place, Place> = sheet.merged.iter().copied().collect();
        let mut rows: BTreeMap<u32, Vec<Read>> = BTreeMap::new();
        for cell in self.seen(sheet) {
            let last = spans.get(&cell.place).copied().unwrap_or(cell.place);
            let Place { row, column } = cell.place;
            let normal = normal(&cell.text);
            let read = Read { row, column, bottom: last.row, right: last.column, text: cell.text, normal };
            if !read.text.trim().is_empty() {
                rows.entry(row).or_default().push(read);
            }
        }
        for (_, cells) in rows {
            self.furniture.clear();
            self.row(&cells);
            let is_drawn = self.layout() == Some(SectionLayout::Flows);
            for cell in &cells {
                // What the form prints, word for word, says nothing.
                if self.furniture.contains(&cell.column) || self.is_own(&cell.text) {
                    continue;
                }
                let place = Place { row: cell.row, column: cell.column };
                let (sheet, text) = (self.sheet.clone(), cell.text.clone());
                self.walked.shown.push(Shown { sheet, place, text, is_drawn });
            }
            self.bottom = cells.iter().map(|cell| cell.bottom).max().unwrap_or(0).max(self.bottom);
        }
    }

    fn row(&mut self, cells: &[Read]) {
        let (again, cells): (Vec<&Read>, Vec<&Read>) = cells.iter().partition(|cell| self.says_again(cell));
        self.furniture.extend(again.into_iter().map(|cell| cell.column));
        let cells: Vec<Read> = cells.into_iter().cloned().collect();
        let own = cells.iter().rposition(|cell| path::own(self.script, &cell.text).is_some());
        match own {
            Some(index) => self.own_row(&cells, index),
            None => self.labelled_row(&cells),
        }
    }

    /// Whether a cell only says again what stands above it, at the head of a page on which that goes on: a label with （続き）, a cell of a
    /// list with it, the upright head of a group.
    fn says_again(&self, cell: &Read) -> bool {
        let Some(place) = self.section.map(|section| &self.script.sections[section]) else { return false };
        if let Some(words) = cell.normal.strip_suffix(CONTINUED) {
            let same = |bit: &&Bit| bit.sheet == self.sheet && bit.place.1 == cell.column;
            return words.is_empty()
                || place.labels.iter().any(|label| label.full == words)
                || self.walked.listed.iter().rev().find(same).is_some_and(|bit| normal(&bit.text) == words);
        }
        let above = |index: &usize| place.labels[*index].parent;
        let mut heads = std::iter::successors(self.cursor.and_then(|cursor| place.labels[cursor].parent), above);
        heads.any(|head| {
            let head = &place.labels[head];
            head.item.kind == ItemKind::Cluster && head.full == cell.normal
        })
    }

    /// A row that says itself whose it is: the path stands right of what it names, and how the row goes on right of the path.
    fn own_row(&mut self, cells: &[Read], index: usize) {
        let path = ItemPath::from(cells[index].text.trim());
        let join = match cells.get(index + 1).map(|cell| cell.text.as_str()) {
            Some(JOIN_LINE) => Some(BitJoin::Line),
            Some(JOIN_WORD) => Some(BitJoin::Word),
            _ => None,
        };
        let own = path::own(self.script, &cells[index].text).expect("the row was found by it");
        self.enter_own(&own);
        let labels = self.labels_of(&own);
        let replaced = if join.is_none() { self.replaced_label(&own, &labels, cells, index) } else { None };
        let mut first = true;
        let mut labelled = false;
        for (at, cell) in cells[..index].iter().enumerate() {
            if own.is_record_head {
                self.record_head(&path, cell);
                continue;
            }
            // Behind its own label stands what an item says, even where that is worded like a label; a row that goes on ends with it.
            let is_content = labelled || join.is_some() && at + 1 == index;
            labelled |= labels.first() == Some(&cell.normal) || replaced == Some(at);
            if !is_content && labels.contains(&cell.normal)
                || replaced == Some(at)
                || cell.normal == normal(&format!("（{}）", self.script.remarks))
            {
                continue;
            }
            let how = if first { join.unwrap_or(BitJoin::Line) } else { BitJoin::Beside };
            // The items of a list stand side by side, each for itself.
            self.put(&path, cell, if own.is_list { BitJoin::Line } else { how });
            first = false;
        }
        if first && !own.is_record_head {
            // An item that stands in the workbook with nothing in it.
            self.walked.placed.entry(path.clone()).or_default();
        }
        self.current = Some(path);
        self.above.clear();
    }

    fn put(&mut self, path: &ItemPath, cell: &Read, join: BitJoin) {
        let bit = Bit { text: cell.text.clone(), join, sheet: self.sheet.clone(), place: (cell.row, cell.column) };
        self.walked.placed.entry(path.clone()).or_default().push(bit);
    }

    fn unplaced(&mut self, cell: &Read) {
        self.walked.unplaced.push(Unplaced {
            sheet: self.sheet.clone(),
            cell: Place { row: cell.row, column: cell.column }.label(),
            text: cell.text.trim().to_owned(),
            label: String::new(),
        });
    }

    fn layout(&self) -> Option<SectionLayout> {
        self.section.map(|section| self.script.sections[section].def.layout)
    }
}
