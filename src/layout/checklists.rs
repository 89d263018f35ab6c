//! A checklist ready for a workbook: its sheets, its measures, and the measured pages of the items they rest on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compose::{Composer, Look};
use super::document::Run;
use super::pages::{PageIndex, cite_cell};
use crate::model::manifest::{DeletedStyle, InsertedStyle, MarkStyle, MeasureState, SheetToml, View};
use crate::model::{Checklist, Filled, Submission};

/// A checklist workbook（別紙チェックリスト）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistBook {
    /// Title of the workbook.
    pub title: String,
    /// Name of the municipality.
    pub author: String,
    /// Lines of the head: label and text.
    pub head: Vec<(String, String)>,
    /// Sheets in order.
    pub sheets: Vec<ChecklistSheet>,
}

/// A sheet（シート）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistSheet {
    /// Id.
    pub id: String,
    /// Name on the tab, unique, at most 31 characters.
    pub name: String,
    /// Title above the table.
    pub title: String,
    /// Which table of the submission it belongs to, and which side.
    pub belongs_to: String,
    /// Measures in order.
    pub rows: Vec<MeasureRow>,
}

/// A measure as a row（対策の行）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureRow {
    /// Permanent id.
    pub id: String,
    /// 区分.
    pub category: &'static str,
    /// 対策項目, its changed words marked.
    pub text: Vec<Run>,
    /// 実施.
    pub answer: &'static str,
    /// 具体的な内容.
    pub detail: String,
    /// 根拠: the assessment's item and its pages.
    pub rests_on: String,
    /// 変更.
    pub state: &'static str,
    /// 備考.
    pub note: String,
    /// 未実施の理由.
    pub reason: String,
}

/// Longest name that a sheet may have in Excel, in characters.
const SHEET_NAME_MAX: usize = 31;

/// A checklist with what its submission and its assessment say of it.
#[must_use]
pub fn checklist_book(
    checklist: &Checklist,
    submission: &Submission,
    municipality: &str,
    rests_on: Option<(&Filled, &PageIndex)>,
) -> ChecklistBook {
    let settings = &submission.settings;
    let business = if settings.business.is_empty() { &settings.title } else { &settings.business };
    let head = [
        ("件名", settings.title.as_str()),
        ("事業名", business.as_str()),
        ("担当課", settings.division.as_str()),
        ("付議する会議", settings.meeting.as_str()),
        ("基準とする会議", settings.baseline.as_str()),
    ];
    let sheets = checklist
        .settings
        .sheet
        .iter()
        .map(|sheet| ChecklistSheet {
            id: sheet.id.value.clone(),
            name: table_title(submission, sheet).chars().take(SHEET_NAME_MAX).collect(),
            title: sheet.title.clone(),
            belongs_to: table_title(submission, sheet),
            rows: rows(checklist, sheet, rests_on),
        })
        .collect();
    ChecklistBook {
        title: checklist.settings.title.clone(),
        author: municipality.to_owned(),
        head: head.iter().map(|(label, text)| ((*label).to_owned(), (*text).to_owned())).collect(),
        sheets,
    }
}

/// `業務委託（区が行う）`: the table's title in the submission, and the side.
fn table_title(submission: &Submission, sheet: &SheetToml) -> String {
    let section = submission.filled.sections.iter().find(|section| section.def_id == sheet.table.value);
    let heading = section.map_or(sheet.table.value.as_str(), |section| section.heading.as_str());
    // A printed heading may carry a number and a legal basis; the tab needs the words between.
    let words = heading.rsplit(' ').next().unwrap_or(heading).trim_start_matches('◇');
    let words = words.split('（').next().unwrap_or(words);
    if words == sheet.side { words.to_owned() } else { format!("{words}（{}）", sheet.side) }
}

fn rows(checklist: &Checklist, sheet: &SheetToml, rests_on: Option<(&Filled, &PageIndex)>) -> Vec<MeasureRow> {
    let marks = MarkStyle { inserted: InsertedStyle::BoldGothicUnderline, deleted: DeletedStyle::Hidden };
    let composer = Composer { look: Look { view: View::Marked, marks }, legend: "" };
    let empty = BTreeMap::new();
    let pages = rests_on.map_or(&empty, |(_, index)| &index.rows);
    sheet
        .measure
        .iter()
        .map(|measure| {
            let text = checklist.texts.get(&measure.id.value).expect("the model parsed every measure's text");
            let item = measure.item.as_ref().and_then(|item| {
                let (assessment, _) = rests_on?;
                let row = assessment.row(&item.value)?;
                let section =
                    assessment.sections.iter().find(|section| item.value.starts_with(&format!("{}/", section.id)))?;
                let range = pages.get(&item.value)?;
                let page_list: Vec<usize> = (range.first..=range.last).collect();
                let band = row.trail.first().map_or("", String::as_str);
                Some(format!("{} {band} {}（P.{}）", section.number, row.label, cite_cell(&page_list, "・")))
            });
            MeasureRow {
                id: measure.id.value.clone(),
                category: measure.category.label(),
                text: composer.runs(text, &measure.id.value, 0, None),
                answer: measure.answer.state.label(),
                detail: measure.answer.detail.clone(),
                rests_on: item.unwrap_or_default(),
                state: measure.state.map_or("", MeasureState::label),
                note: measure.answer.note.clone(),
                reason: measure.answer.reason.clone(),
            }
        })
        .collect()
}
