//! An `.xlsx` or `.xlsm` by its parts: each cell as it is shown, and what stands on a sheet beside its cells.
//!
//! The parts are read here and not by the parser of values, which sees no formats, no struck words, no comments and no hidden rows.
//!
//! **Source**: ISO/IEC 29500-1, 18 (SpreadsheetML); for the way from part to part ISO/IEC 29500-2.

mod beside;
mod sheet;
mod strings;
mod styles;

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};

use zip::ZipArchive;

use super::format::Epoch;
use super::xml::{Step, attribute, is_true, walk};
use super::{Budget, Refusal, SHEETS_MAX, Workbook};
use crate::source::parted;
use sheet::Book;

/// The parts of a packed workbook.
struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names as they are compared, and as they stand.
    names: BTreeMap<String, usize>,
}

impl<'b> Parts<'b> {
    fn new(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(Refusal::damaged)?;
        let name = |index: usize| archive.name_for_index(index).and_then(Result::ok).map(|name| compared(&name));
        let names = (0..archive.len()).filter_map(|index| Some((name(index)?, index))).collect();
        Ok(Self { archive, names })
    }

    /// Goes through a part; one that is not there is empty.
    fn walk(&mut self, name: &str, visit: impl FnMut(Step<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let Some(index) = self.names.get(&compared(name)) else { return Ok(()) };
        let part = self.archive.by_index(*index).map_err(Refusal::damaged)?;
        walk(BufReader::new(part), visit)
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains_key(&compared(name))
    }

    /// What a part refers to: by the id of the reference its kind and the name of the part.
    fn references(&mut self, name: &str) -> Result<BTreeMap<String, (String, String)>, Refusal> {
        let (folder, file) = parted(name);
        let mut found = BTreeMap::new();
        self.walk(&format!("{folder}/_rels/{file}.rels"), |step| {
            if let Step::Open(start) = step
                && let (Some(id), Some(kind), Some(target)) =
                    (attribute(start, "Id"), attribute(start, "Type"), attribute(start, "Target"))
                && attribute(start, "TargetMode").is_none_or(|mode| mode != "External")
            {
                let kind = parted(&kind).1.to_owned();
                found.insert(id, (kind, resolved(folder, &target)));
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// Names of parts are compared without their case; some programs write them with the wrong bar.
fn compared(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The part that a reference names, from the folder of the part that refers to it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A sheet in the list of sheets.
struct Listed {
    name: String,
    hidden: bool,
    id: String,
}

/// Reads a workbook whose size was looked at.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut parts = Parts::new(bytes)?;
    let root = parts.references("")?;
    let main = root.into_values().find(|(kind, _)| kind == "officeDocument").map(|(_, name)| name);
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if !parts.has(&main) {
        return Err(Refusal::Damaged("no list of sheets".to_owned()));
    }
    let references = parts.references(&main)?;
    let (listed, epoch) = listed(&mut parts, &main)?;
    let part = |kind: &str| references.values().find(|(found, _)| found == kind).map(|(_, name)| name.clone());
    let (folder, _) = parted(&main);
    let strings = part("sharedStrings").unwrap_or_else(|| format!("{folder}/sharedStrings.xml"));
    let styles = part("styles").unwrap_or_else(|| format!("{folder}/styles.xml"));
    let book = Book { strings: strings::read(&mut parts, &strings)?, looks: styles::read(&mut parts, &styles)?, epoch };
    let mut workbook = Workbook::default();
    let mut budget = Budget::default();
    for Listed { name, hidden, id } in listed {
        let Some((kind, part)) = references.get(&id) else {
            return Err(Refusal::Damaged(format!("no part for sheet {name}")));
        };
        // Sheets of a chart or of old macros have no cells.
        if kind != "worksheet" {
            continue;
        }
        if !parts.has(part) {
            return Err(Refusal::Damaged(format!("no part for sheet {name}")));
        }
        let mut sheet = sheet::read(&mut parts, part, &book, &mut budget)?;
        (sheet.name, sheet.hidden) = (name, hidden);
        let found = beside::read(&mut parts, part, &mut budget)?;
        sheet.notes = found.notes;
        workbook.unseen.extend(found.unseen);
        workbook.sheets.push(sheet);
    }
    workbook.unseen.sort_unstable();
    workbook.unseen.dedup();
    Ok(workbook)
}

fn listed(parts: &mut Parts<'_>, main: &str) -> Result<(Vec<Listed>, Epoch), Refusal> {
    let (mut listed, mut epoch) = (Vec::new(), Epoch::Of1900);
    parts.walk(main, |step| {
        let Step::Open(start) = step else { return Ok(()) };
        match start.local_name().as_ref() {
            "workbookPr" if is_true(start, "date1904") => epoch = Epoch::Of1904,
            "sheet" if listed.len() >= SHEETS_MAX => return Err(Refusal::more_than(SHEETS_MAX, "sheets")),
            "sheet" => listed.push(Listed {
                name: attribute(start, "name").unwrap_or_default(),
                hidden: attribute(start, "state").is_some_and(|state| state != "visible"),
                id: attribute(start, "id").unwrap_or_default(),
            }),
            _ => {}
        }
        Ok(())
    })?;
    Ok((listed, epoch))
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_reference_leads_to_a_part() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("", "..\\..\\x.xml"), "x.xml");
    }
}
