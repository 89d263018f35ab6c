//! The figures of 別添1 out of the table that our own workbooks carry, with the titles and remarks of their pages.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::content::joined;
use super::entry::string;
use super::lines;
use super::normal::normal;
use super::walk::{Bit, Unplaced};
use crate::markup::print;
use crate::model::ItemPath;
use crate::model::manifest::{ArrowKind, FlowZone};
use crate::name::{FlowId, SectionId};
use crate::render::{PLAN_HEADER, PLAN_SHEET, kind_word, zone_word};
use crate::source::{Place, Sheet, Workbook};

/// What was read of the figures.
#[derive(Debug, Default)]
pub(super) struct Flows {
    /// Text of each flow file by its id.
    pub files: Vec<(FlowId, String)>,
    /// Cells that are not understood.
    pub unplaced: Vec<Unplaced>,
}

/// A row of the table: its cells by header.
struct PlanRow {
    row: u32,
    cells: Vec<String>,
}

/// Columns of the table, in the order of its header.
#[derive(Clone, Copy)]
enum Column {
    Figure,
    What,
    Id,
    Label,
    Zone,
    Across,
    Down,
    Host,
    Step,
    From,
    To,
    Kind,
}

impl PlanRow {
    fn get(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }
}

/// The flow files of a section: one a page, since a workbook shows each period as a page of its own.
pub(super) fn flows(book: &Workbook, section: &SectionId, placed: &IndexMap<ItemPath, Vec<Bit>>) -> Flows {
    let mut flows = Flows::default();
    let sheet = book.sheets.iter().find(|sheet| sheet.name == PLAN_SHEET);
    let rows = sheet.map(table).unwrap_or_default();
    for (path, bits) in placed {
        let is_figure = path.last() == "figure" && path.first() == *section;
        let Some(page) = path.above().filter(|_| is_figure) else { continue };
        let remarks = placed.get(&page.join("remarks")).map_or(&[][..], Vec::as_slice);
        let own: Vec<&PlanRow> = rows.iter().filter(|row| *path == *row.get(Column::Figure)).collect();
        let id = page.ids().skip(1).collect::<Vec<_>>().join("-");
        let text = file(&joined(bits), &own, remarks, &mut flows.unplaced, sheet);
        flows.files.push((id.into(), text));
    }
    flows
}

/// The rows below the header, their cells in the order of [`PLAN_HEADER`] wherever its columns stand.
fn table(sheet: &Sheet) -> Vec<PlanRow> {
    let rows: BTreeSet<u32> = sheet.cells.iter().map(|cell| cell.place.row).collect();
    let is = |row: u32, column: u32, label: &str| normal(sheet.text(row, column)) == normal(label);
    let header = rows.iter().find_map(|row| {
        let columns: BTreeSet<u32> =
            sheet.cells.iter().filter(|cell| cell.place.row == *row).map(|cell| cell.place.column).collect();
        let found: Vec<u32> = PLAN_HEADER
            .iter()
            .filter_map(|label| columns.iter().copied().find(|column| is(*row, *column, label)))
            .collect();
        (found.len() == PLAN_HEADER.len()).then_some((*row, found))
    });
    let Some((header, columns)) = header else { return Vec::new() };
    let below = rows.into_iter().filter(|row| *row > header);
    below
        .map(|row| PlanRow { row, cells: columns.iter().map(|column| sheet.text(row, *column).to_owned()).collect() })
        .collect()
}

fn file(
    title: &str,
    rows: &[&PlanRow],
    remarks: &[Bit],
    unplaced: &mut Vec<Unplaced>,
    sheet: Option<&Sheet>,
) -> String {
    let mut text = String::from("+++\n");
    let (number, title) = numbered(title);
    if let Some(number) = number {
        text.push_str(&format!("number = {number}\n"));
    }
    text.push_str(&format!("title = {}\n", string(title)));
    let steps: Vec<&str> = rows.iter().map(|row| row.get(Column::Step)).filter(|step| is_word(step)).collect();
    let remarks = by_step(remarks, &steps, unplaced);
    for row in rows {
        let written = if row.get(Column::Step).is_empty() { node(row) } else { arrow(row, &remarks) };
        match written {
            Some(written) => text.push_str(&written),
            None => unplaced.push(Unplaced {
                sheet: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
                cell: Place { row: row.row, column: 0 }.label(),
                text: row.cells.join(" "),
                label: row.get(Column::What).to_owned(),
            }),
        }
    }
    text.push_str("+++\n");
    for (step, remark) in &remarks {
        let lines: Vec<&str> = remark.lines().collect();
        text.push_str(&format!("\n## {step}\n\n{}\n", print(&lines::text(&lines))));
    }
    text
}

/// `1. 資格の取得に関する事務` as number and title.
fn numbered(title: &str) -> (Option<u32>, &str) {
    let title = title.trim();
    match title.split_once(". ").map(|(number, rest)| (number.parse::<u32>(), rest)) {
        Some((Ok(number), rest)) if number > 0 => (Some(number), rest),
        _ => (None, title),
    }
}

fn node(row: &PlanRow) -> Option<String> {
    const ZONES: [FlowZone; 3] = [FlowZone::Internal, FlowZone::External, FlowZone::Person];
    let zone = ZONES.into_iter().find(|zone| zone_word(*zone) == row.get(Column::Zone))?;
    let place = |column| row.get(column).parse::<u8>().ok();
    let (column, line) = (place(Column::Across)?, place(Column::Down)?);
    let host = row.get(Column::Host);
    let host = if host.is_empty() { String::new() } else { format!("host-label = {}\n", plain(host)) };
    Some(format!(
        "\n[[node]]\nid = {}\nlabel = {}\nzone = {}\ncolumn = {column}\nrow = {line}\n{host}",
        plain(row.get(Column::Id)),
        string(row.get(Column::Label)),
        plain(zone.id()),
    ))
}

fn arrow(row: &PlanRow, remarks: &[(String, String)]) -> Option<String> {
    const KINDS: [ArrowKind; 3] = [ArrowKind::Link, ArrowKind::Collect, ArrowKind::Other];
    let (via, word) = row.get(Column::Kind).rsplit_once('・').unwrap_or(("", row.get(Column::Kind)));
    let kind = KINDS.into_iter().find(|kind| kind_word(*kind) == word)?;
    let step = row.get(Column::Step);
    if !is_word(step) {
        return None;
    }
    let via = if via.is_empty() { String::new() } else { format!("via = {}\n", plain(via)) };
    let note = if remarks.iter().any(|(known, _)| known == step) { "" } else { "note = true\n" };
    Some(format!(
        "\n[[arrow]]\nstep = {}\nfrom = {}\nto = {}\n{via}kind = {}\n{note}",
        plain(step),
        plain(row.get(Column::From)),
        plain(row.get(Column::To)),
        plain(kind.id()),
    ))
}

/// Whether a step can be a heading: one word.
fn is_word(step: &str) -> bool {
    !step.is_empty() && !step.contains(char::is_whitespace)
}

/// A TOML string that holds no markup.
fn plain(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// The remarks by their step: a line that begins with a step of the figure begins a remark.
fn by_step(bits: &[Bit], steps: &[&str], unplaced: &mut Vec<Unplaced>) -> Vec<(String, String)> {
    let text = joined(bits);
    let mut remarks: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let step =
            steps.iter().filter(|step| line.strip_prefix(**step).is_some_and(|rest| rest.starts_with([' ', '　'])));
        match (step.max_by_key(|step| step.len()), remarks.last_mut()) {
            (Some(step), _) => {
                let rest = line[step.len()..].trim_start_matches([' ', '　']);
                remarks.push(((*step).to_owned(), rest.to_owned()));
            }
            (None, Some((_, remark))) => {
                remark.push('\n');
                remark.push_str(line);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => {
                let bit = bits.iter().find(|bit| bit.text.contains(line)).or(bits.first());
                unplaced.extend(bit.map(|bit| Unplaced {
                    sheet: bit.sheet.clone(),
                    cell: bit.cell(),
                    text: line.trim().to_owned(),
                    label: String::new(),
                }));
            }
        }
    }
    remarks
}
