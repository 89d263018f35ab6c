//! Looks of cells: number format and strike-through.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Parts;
use crate::source::workbook::Refusal;
use crate::source::workbook::format::{Format, code_of};
use crate::source::workbook::words::Strike;
use crate::source::workbook::xml::{Step, attribute, number};

/// How a cell looks（セルの書式）.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) format: Arc<Format>,
    pub(super) strike: Strike,
}

/// The looks that cells name by their number.
pub(super) fn read(parts: &mut Parts<'_>, name: &str) -> Result<Vec<Look>, Refusal> {
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut fonts: Vec<Strike> = Vec::new();
    let mut cells: Vec<(u32, usize)> = Vec::new();
    let mut inside = String::new();
    parts.walk(name, |step| {
        match step {
            Step::Open(start) => match (inside.as_str(), start.local_name().as_ref()) {
                ("", list @ ("numFmts" | "fonts" | "cellXfs")) => list.clone_into(&mut inside),
                ("numFmts", "numFmt") => {
                    if let (Some(id), Some(code)) = (number(start, "numFmtId"), attribute(start, "formatCode")) {
                        codes.insert(id, code);
                    }
                }
                ("fonts", "font") => fonts.push(Strike::None),
                ("fonts", "strike") if attribute(start, "val").is_none_or(|val| !matches!(&*val, "0" | "false")) => {
                    if let Some(font) = fonts.last_mut() {
                        *font = Strike::Through;
                    }
                }
                ("cellXfs", "xf") => {
                    cells.push((number(start, "numFmtId").unwrap_or(0), number(start, "fontId").unwrap_or(0)));
                }
                _ => {}
            },
            Step::Close(name) if name == inside => inside.clear(),
            Step::Close(_) | Step::Text(_) => {}
        }
        Ok(())
    })?;
    let mut formats: BTreeMap<u32, Arc<Format>> = BTreeMap::new();
    let looks = cells.into_iter().map(|(id, font)| {
        let format = formats.entry(id).or_insert_with(|| {
            // A number without a code is a format of the system's language that nobody wrote down.
            let code = codes.get(&id).map(String::as_str).or(code_of(id));
            Arc::new(code.map_or_else(|| Format::new(&format!("[{id}]")), Format::new))
        });
        Look { format: Arc::clone(format), strike: fonts.get(font).copied().unwrap_or_default() }
    });
    Ok(looks.collect())
}
