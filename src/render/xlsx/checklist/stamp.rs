//! The hidden sheet: which export this is, and which measures it held.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::answers::BookStamp;

/// What the first cell says.
const KIND: &str = "hyoka checklist";

/// Writes the stamp: one line about the workbook, one for each sheet, then the measures, each with its sheet.
///
/// Ids stand in the first column: the way back reads them from there.
pub(super) fn fill(target: &mut Worksheet, stamp: &BookStamp) -> Result<(), XlsxError> {
    let line = [KIND, &stamp.version, &stamp.municipality, &stamp.case, &stamp.document];
    for (column, text) in (0_u16..).zip(line) {
        target.write_string(0, column, text)?;
    }
    let mut row = 1;
    for sheet in &stamp.sheets {
        target.write_string(row, 1, &sheet.id)?;
        target.write_string(row, 2, &sheet.source)?;
        row += 1;
    }
    for sheet in &stamp.sheets {
        for measure in &sheet.measures {
            target.write_string(row, 0, measure)?;
            target.write_string(row, 1, &sheet.id)?;
            row += 1;
        }
    }
    target.set_very_hidden(true);
    target.protect();
    Ok(())
}
