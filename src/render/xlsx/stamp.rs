//! A hidden sheet that says what a workbook was made from, so that it finds its way back.

use crate::name::{BesideId, CaseId, FormId, PersonalFileId, SectionId, Slug};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Name of the sheet.
pub const STAMP_SHEET: &str = "hyoka";

/// What a workbook was made from（作成元）.
///
/// **Shape**: on the sheet each field is a row: its name, its value; a file has a row `file` with its id and its name, a 別紙 a row
/// `annex` with its id and number and a row `annex-title` with its title and the section before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Name of the municipality.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Case.
    pub case: CaseId,
    /// Name of the assessment.
    pub title: String,
    /// Date of the case, as `2023-08-15`.
    pub date: String,
    /// Id of the form.
    pub form: FormId,
    /// Id of the 評価書 beside the main one of its case; empty: the main one.
    pub beside: BesideId,
    /// `clean`, `marked` or `before`.
    pub view: String,
    /// 特定個人情報ファイル: id and name.
    pub files: Vec<(PersonalFileId, String)>,
    /// 別紙 of the case, in print order.
    pub annexes: Vec<StampedAnnex>,
}

/// A 別紙 as a stamp names it（別紙の所在）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StampedAnnex {
    /// Id.
    pub id: SectionId,
    /// Number as printed.
    pub number: String,
    /// Title.
    pub title: String,
    /// Id of the section before it.
    pub after: SectionId,
}

impl Stamp {
    /// The rows of the sheet.
    #[must_use]
    pub fn rows(&self) -> Vec<[&str; 3]> {
        let mut rows = vec![
            ["municipality", &self.municipality, ""],
            ["name", &self.name, ""],
            ["code", &self.code, ""],
            ["case", &self.case, ""],
            ["title", &self.title, ""],
            ["date", &self.date, ""],
            ["form", &self.form, ""],
            ["view", &self.view, ""],
        ];
        if !self.beside.is_empty() {
            rows.push(["beside", &self.beside, ""]);
        }
        rows.extend(self.files.iter().map(|(id, name)| ["file", id.as_str(), name.as_str()]));
        for annex in &self.annexes {
            rows.push(["annex", &annex.id, &annex.number]);
            rows.push(["annex-title", &annex.title, &annex.after]);
        }
        rows
    }

    /// The stamp of a sheet's rows; what is not known is left out.
    #[must_use]
    pub fn of_rows<'a>(rows: impl IntoIterator<Item = [&'a str; 3]>) -> Self {
        let mut stamp = Self::default();
        for [key, value, more] in rows {
            let value = value.to_owned();
            match key {
                "municipality" => stamp.municipality = value.into(),
                "name" => stamp.name = value,
                "code" => stamp.code = value,
                "case" => stamp.case = value.into(),
                "title" => stamp.title = value,
                "date" => stamp.date = value,
                "form" => stamp.form = value.into(),
                "beside" => stamp.beside = value.into(),
                "view" => stamp.view = value,
                "file" => stamp.files.push((value.into(), more.to_owned())),
                "annex" => {
                    stamp.annexes.push(StampedAnnex {
                        id: value.into(),
                        number: more.to_owned(),
                        ..StampedAnnex::default()
                    });
                }
                "annex-title" => {
                    if let Some(annex) = stamp.annexes.last_mut() {
                        (annex.title, annex.after) = (value, more.into());
                    }
                }
                _ => {}
            }
        }
        stamp
    }
}

/// Adds the sheet.
pub(super) fn fill(workbook: &mut Workbook, stamp: &Stamp) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(STAMP_SHEET)?;
    sheet.set_very_hidden(true);
    for (row, cells) in (0_u32..).zip(stamp.rows()) {
        for (column, text) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}
