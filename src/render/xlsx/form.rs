//! A form as a workbook: each section a sheet that looks like the form on paper.
//!
//! Columns from the left: two narrow ones for the indent of sub-rows and for upright group heads, one for labels, two for contents (a
//! choice's value and its options), and two hidden ones that say which item a row belongs to; a workbook that is published has none.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Image, ObjectMovement, Workbook, Worksheet, XlsxError};

use super::form_rows::{Columns, FormRows, LAST, label_runs};
use super::lines::{self, Edge, Join, Lines, pieces, plain, text_of};
use super::page::{self, HeadRows, Room};
use super::rows::{Area, Hidden, Rows};
use super::style::Look;
use super::{BookParts, cover, list, shown, style};
use crate::document::tree::{
    Block, Document, Flow, Grid, LineRole, Meta, RichBlock, Row, Run, Section, SectionLayout, Tick,
};
use crate::model::ItemPath;
use crate::render::picture::Picture;

/// Widths of the columns in half-width characters.
pub(super) const WIDTHS: [f64; 5] = [4.0, 4.0, 23.0, 40.0, 43.0];
/// Hidden column with the path of the row's item.
const PATH: u16 = 5;
/// How many columns the contents take, from the labels to the path.
pub const CONTENT_COLUMNS: u32 = (PATH - super::form_rows::CONTENT) as u32;
/// Hidden column that says how the row goes on from the one above.
const JOIN: u16 = 6;
/// The part of a list that is its heading.
pub const TITLE_PART: &str = "title";
/// Longest text of a picture that Excel takes.
const ALT_MAX: usize = 255;
/// Longest name of a sheet, in UTF-16 units as Excel counts.
const NAME_MAX: usize = 31;

/// Fills a workbook with the sections of a form.
pub(super) fn fill(workbook: &mut Workbook, document: &Document, parts: &BookParts<'_>) -> Result<(), XlsxError> {
    // A program compares names of sheets without their case.
    let mut names: Vec<String> = [super::STAMP_SHEET, super::PLAN_SHEET].map(str::to_lowercase).into();
    for section in document.sections.iter().filter(|section| !section.blocks.is_empty()) {
        let wanted = short_name(section);
        let name = (1..).map(|number| sheet_name(&wanted, number)).find(|name| !names.contains(&name.to_lowercase()));
        let name = name.expect("there are more numbers than sheets");
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        names.push(name.to_lowercase());
        let identity = if parts.stamp.is_some() { Identity::Hidden } else { Identity::None };
        let pictures = parts.pictures;
        let mut writer = Writer { sheet, document, pictures, identity, row: 0, rows: Rows::default() };
        writer.section(section)?;
    }
    Ok(())
}

/// What stands on a section's tab: its number and the file that it is about, or its heading.
fn short_name(section: &Section) -> String {
    match section.layout {
        SectionLayout::Cover | SectionLayout::SubmissionCover => return "表紙".to_owned(),
        _ if section.heading.is_empty() => {
            let subject = section.blocks.iter().find_map(|block| match block {
                Block::Line { role: LineRole::Subject, runs } => Some(text_of(runs)),
                _ => None,
            });
            return subject.unwrap_or_else(|| section.id.to_string());
        }
        _ => {}
    }
    match (section.heading.split_once(' '), section.heading.rsplit_once(" （")) {
        (Some((number, _)), Some((_, file))) if !number.contains('（') || section.id.above().is_some() => {
            format!("{number}（{file}")
        }
        _ => section.heading.clone(),
    }
}

/// A name that a tab may have: at most 31 characters, none of those that are forbidden, a number where it is not the first of its kind.
pub(super) fn sheet_name(wanted: &str, number: usize) -> String {
    let suffix = if number > 1 { format!(" ({number})") } else { String::new() };
    let allowed = |character: char| if "[]:*?/\\'".contains(character) { '　' } else { character };
    let mut name = String::new();
    for character in wanted.chars().map(allowed) {
        if name.encode_utf16().count() + character.len_utf16() + suffix.len() > NAME_MAX {
            break;
        }
        name.push(character);
    }
    name + &suffix
}

/// A section's heading with its note.
fn heading(section: &Section) -> String {
    let note = if section.note.is_empty() { String::new() } else { format!("　{}", section.note) };
    format!("{}{note}", section.heading)
}

/// Half-width characters of columns that are merged.
pub(super) fn width(first: u16, last: u16) -> f64 {
    WIDTHS[usize::from(first)..=usize::from(last)].iter().sum()
}

/// Whether rows say which item they belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Identity {
    /// In hidden columns.
    Hidden,
    /// They do not.
    None,
}

/// Writes one section's sheet, from top to bottom.
pub(super) struct Writer<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) document: &'a Document,
    pictures: &'a BTreeMap<ItemPath, Picture>,
    identity: Identity,
    /// The next row.
    pub(super) row: u32,
    /// What was written so far.
    pub(super) rows: Rows,
}

impl Writer<'_> {
    fn section(&mut self, section: &Section) -> Result<(), XlsxError> {
        for (column, width) in (0_u16..).zip(WIDTHS) {
            self.sheet.set_column_width(column, width)?;
        }
        let grid =
            section.blocks.iter().find_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
        if let Some(grid) = grid {
            return self.listed(section, grid);
        }
        if !section.heading.is_empty() {
            self.merged(&[plain(heading(section))], &style::section());
            self.sheet.set_freeze_panes(1, 0)?;
        }
        if self.identity == Identity::Hidden {
            self.sheet.set_column_hidden(PATH)?;
            self.sheet.set_column_hidden(JOIN)?;
        }
        if section.layout == SectionLayout::Cover {
            cover::fill(self, section);
        } else {
            let mut figures = 0;
            for block in &section.blocks {
                if let Block::Flow(_) = block {
                    figures += 1;
                    if figures > 1 {
                        self.rows.begin_page(self.row);
                    }
                }
                self.block(section, block)?;
            }
        }
        let head = if section.heading.is_empty() { 0.0 } else { self.rows.high((0, 0)) };
        let room = Room::new(self.document.meta.paper, width_px(0, LAST), head);
        let hidden = (self.identity == Identity::Hidden).then_some(Hidden { path: PATH, join: JOIN });
        let meta = &self.document.meta;
        self.rows.write(self.sheet, (&meta.marks, &meta.continued), (room, hidden))?;
        let end = (self.row.max(1) - 1, LAST);
        let head = (!section.heading.is_empty()).then_some(HeadRows { first: 0, last: 0 });
        page::set(self.sheet, &self.document.meta, head, end)
    }

    /// A section that is a table with columns of its own（別添3）: its heading is as wide as they are.
    fn listed(&mut self, section: &Section, grid: &Grid) -> Result<(), XlsxError> {
        let last = u16::try_from(grid.header.len()).expect("a list has few columns") - 1;
        let heading = style::section();
        self.rows.area(Area::of_row(0, (0, last), &[plain(self::heading(section))], heading));
        self.rows.height(0, 22.5);
        self.row = 1;
        for block in section.blocks.iter().filter(|block| !matches!(block, Block::Grid(_))) {
            self.block(section, block)?;
        }
        let paper = section.paper;
        let on = list::On { document: self.document, pictures: self.pictures, paper };
        let header = self.row;
        let width_px = list::columns_wide(self.sheet, &on, grid)?;
        let (end, last) = list::table(&mut self.rows, &on, grid, header)?;
        let meta = Meta { paper, ..self.document.meta.clone() };
        let room = Room::new(paper, width_px, self.rows.high((0, header)));
        self.rows.write(self.sheet, (&meta.marks, &meta.continued), (room, None))?;
        page::set(self.sheet, &meta, Some(HeadRows { first: 0, last: header }), (end - 1, last))
    }

    fn block(&mut self, section: &Section, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Band { level, label, important, ticks, path } => {
                self.item(path, Join::First);
                self.head(&band_runs(label, *important, ticks), &style::band(*level));
            }
            Block::Rows { rows } if section.layout == SectionLayout::Flows => self.remarks(rows),
            Block::Rows { rows } => self.rows(rows),
            Block::Rich { blocks } => self.prose(blocks),
            Block::Heading { runs, .. } => self.head(runs, &style::bold_line()),
            Block::Line { role, runs } => {
                let boxed = section.layout == SectionLayout::Contents && *role == LineRole::Plain;
                let look = if boxed { style::boxed_line() } else { style::line(*role) };
                self.merged(runs, &look);
            }
            Block::Flow(flow) => return self.flow(flow),
            Block::Records { title, items, path, titled, .. } => self.records(title, items, path, *titled),
            // A section with a table is written by `list`.
            Block::Grid(_) => {}
        }
        Ok(())
    }

    /// Notes whose item the next row is.
    pub(super) fn item(&mut self, path: &ItemPath, join: Join) {
        if !path.is_nowhere() {
            self.rows.item(self.row, path, join);
        }
    }

    /// A line over the whole width that is not parted from what follows.
    fn head(&mut self, runs: &[Run], look: &Look) {
        self.merged(runs, look);
        self.rows.stay(self.row - 1);
    }

    /// A line over the whole width.
    pub(super) fn merged(&mut self, runs: &[Run], look: &Look) {
        self.area((0, LAST), runs, look);
        // Heights are counted in lines of the body.
        let scale = look.size_pt / style::SIZE_PT;
        let height = style::row_height(&[(&text_of(runs), width(0, LAST) / scale)]) * scale;
        self.next(height.clamp(20.0, style::ROW_MAX_PT));
    }

    /// Columns of the row as one.
    pub(super) fn area(&mut self, columns: (u16, u16), runs: &[Run], look: &Look) {
        self.rows.area(Area::of_row(self.row, columns, runs, look.clone()));
    }

    /// Columns of the row as one, which belong to the text above or below where an edge is not drawn.
    pub(super) fn open_area(&mut self, columns: (u16, u16), runs: &[Run], (look, edges): (Look, (Edge, Edge))) {
        let area = Area::of_row(self.row, columns, runs, look);
        self.rows.area(Area { edges: Some(edges), ..area });
    }

    /// Ends the row.
    pub(super) fn next(&mut self, height: f64) {
        self.rows.height(self.row, height);
        self.row += 1;
    }

    fn prose(&mut self, blocks: &[RichBlock]) {
        let mut all = Lines::new();
        lines::block_lines(blocks, 0, &mut all);
        for piece in pieces(shown(all, &self.document.meta.marks), width(0, LAST)) {
            self.area((0, LAST), &piece.runs, &style::plain_line());
            self.next(piece.height);
        }
    }

    fn rows(&mut self, rows: &[Row]) {
        let columns = Columns { first: 0, widths: WIDTHS };
        let form = FormRows { document: self.document, columns, rows: &mut self.rows, row: self.row };
        self.row = form.write(rows);
    }

    /// The remarks of a figure over the whole width, their label a line of its own.
    fn remarks(&mut self, rows: &[Row]) {
        for row in rows {
            let label = [plain(format!("（{}）", text_of(&label_runs(row))))];
            self.item(&row.path, Join::First);
            self.open_area((0, LAST), &label, (Look::body(style::body()), (Edge::Outer, Edge::Inner)));
            self.next(style::height_of(1));
            self.rows.stay(self.row - 1);
            // Small, as on paper: a figure and what is said of it have one page together.
            let small = style::SMALL_PT / style::SIZE_PT;
            let pieces =
                lines::grouped(shown(lines::parts(&row.cell), &self.document.meta.marks), width(0, LAST) / small);
            for (index, piece) in pieces.iter().enumerate() {
                let edges = (Edge::Inner, if index + 1 == pieces.len() { Edge::Outer } else { Edge::Inner });
                self.item(&row.path, if index == 0 { Join::First } else { piece.join });
                self.open_area((0, LAST), &piece.runs, (Look::sized(style::text(), style::SMALL_PT), edges));
                self.next(piece.height * small);
            }
        }
    }

    /// The items of a list side by side, read line by line.
    fn records(&mut self, title: &[Run], items: &[Vec<Run>], path: &ItemPath, titled: bool) {
        if !title.is_empty() {
            self.item(&if titled { path.part(TITLE_PART) } else { path.clone() }, Join::First);
            self.head(title, &style::band(4));
        }
        const COLUMNS: [(u16, u16); 3] = [(0, 2), (3, 3), (4, 4)];
        for line in items.chunks(COLUMNS.len()) {
            self.item(path, Join::First);
            let mut height = style::height_of(1);
            for (index, (first, last)) in COLUMNS.into_iter().enumerate() {
                let mut runs = line.get(index).cloned().unwrap_or_default();
                if !runs.is_empty() {
                    runs.insert(0, plain(lines::BULLET.to_string()));
                }
                height = height.max(style::row_height(&[(&text_of(&runs), width(first, last))]));
                self.area((first, last), &runs, &Look::body(style::body()));
            }
            self.next(height);
        }
    }

    /// A figure: its title, its picture; without a picture its words.
    fn flow(&mut self, flow: &Flow) -> Result<(), XlsxError> {
        self.item(&flow.path, Join::First);
        self.head(&flow.title, &style::band(2));
        let Some(picture) = self.pictures.get(&flow.path) else {
            self.merged(&[plain(&flow.alt)], &Look::body(style::body()));
            return Ok(());
        };
        self.row = drawn(&mut self.rows, self.row, (flow, picture), (LAST, width_px(0, LAST)))?;
        Ok(())
    }
}

/// A figure's picture over the columns to the last one, which are so wide together; returns the row after it.
///
/// Two rows: one row alone may not be as high as a figure.
pub(super) fn drawn(
    rows: &mut Rows,
    row: u32,
    (flow, picture): (&Flow, &Picture),
    (last, width_px): (u16, u32),
) -> Result<u32, XlsxError> {
    let (image, height_px) = image(flow, picture, width_px - 8)?;
    let height = (height_px + 12.0) * style::PT_PER_PX / 2.0;
    let area = Area::of_row(row, (0, last), &[], Look::body(style::body()));
    rows.area(Area { rows: (row, row + 1), ..area });
    for row in [row, row + 1] {
        rows.height(row, height.min(style::ROW_MAX_PT));
    }
    rows.stay(row);
    rows.picture((row, 0), image);
    Ok(row + 2)
}

/// A figure's picture, as wide as so many pixels of a screen, and its height in them.
fn image(flow: &Flow, picture: &Picture, width: u32) -> Result<(Image, f64), XlsxError> {
    let scale = f64::from(width) / f64::from(picture.width);
    let height = f64::from(picture.height) * scale;
    let image = Image::new_from_buffer(&picture.png)?
        .set_width(width)
        .set_height(height.round() as u32)
        .set_alt_text(alternative(flow))
        .set_object_movement(ObjectMovement::MoveAndSizeWithCells);
    Ok((image, height))
}

/// Pixels of columns that are merged, at the width that Excel gives a digit of its standard font.
fn width_px(first: u16, last: u16) -> u32 {
    WIDTHS[usize::from(first)..=usize::from(last)].iter().map(|width| style::column_px(*width)).sum()
}

/// The picture's words; of those that are longer than a picture may carry, the arrows that find room, each whole.
fn alternative(flow: &Flow) -> String {
    if flow.alt.chars().count() <= ALT_MAX {
        return flow.alt.clone();
    }
    let room: String = flow.alt.chars().take(ALT_MAX - REST.chars().count()).collect();
    let whole = room.rfind('、').map_or(room.as_str(), |end| &room[..end]);
    format!("{whole}{REST}")
}

/// Stands for the arrows that find no room.
const REST: &str = "ほか。";

fn band_runs(label: &[Run], important: bool, ticks: &[Tick]) -> Vec<Run> {
    let mut runs = label.to_vec();
    if important {
        runs.push(plain("　※"));
    }
    for tick in ticks {
        runs.push(plain("　　"));
        runs.extend(lines::tick_runs(tick));
    }
    runs
}
