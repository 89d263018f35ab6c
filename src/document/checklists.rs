//! A checklist ready for a workbook: its sheets, its measures, and the measured pages of the items they rest on.

use std::collections::BTreeSet;

use serde::Serialize;

use super::compose::{Composer, Figures, Look};
use super::pages::{PageIndex, cite_cell};
use super::tree::Run;
use crate::answers::{BookStamp, STAMP_SHEET, SUMMARY_SHEET, book_stamp, row_stamp};
use crate::model::manifest::{MarkStyle, MeasureState, SheetToml, SubmissionToml, View};
use crate::model::{Checklist, Filled, ItemPath, Municipality};
use crate::name::{CaseId, CaseName, DocumentId, MeasureId, SheetId};

/// A checklist workbook（別紙チェックリスト）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistBook {
    /// Title of the workbook.
    pub title: String,
    /// Name of the municipality.
    pub author: String,
    /// Lines of the head: label and text.
    pub head: Vec<(String, String)>,
    /// How changed words are shown; empty where nothing is said of them.
    pub legend: String,
    /// Sheets in order.
    pub sheets: Vec<ChecklistSheet>,
    /// What the hidden sheet says.
    pub stamp: BookStamp,
}

/// A sheet（シート）.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChecklistSheet {
    /// Id.
    pub id: SheetId,
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
    pub id: MeasureId,
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
    /// What was asked and answered, for the way back.
    pub stamp: String,
}

/// Longest name that a sheet may have in Excel, in characters.
const SHEET_NAME_MAX: usize = 31;

/// What a checklist's workbook is made from（チェックリストの元）.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The checklist.
    pub checklist: &'a Checklist,
    /// The submission that it belongs to.
    pub submission: &'a SubmissionToml,
    /// The committee's form, filled.
    pub form: &'a Filled,
    /// The municipality.
    pub municipality: &'a Municipality,
    /// Case.
    pub case: &'a CaseId,
    /// Id of the document.
    pub document: &'a DocumentId,
    /// The assessment that measures rest on, and its measured pages; without them an item is cited by its words alone.
    pub rests_on: Option<(&'a Filled, Option<&'a PageIndex>)>,
    /// Before its changes a checklist has no new measures, and says of none that it changed.
    pub view: View,
    /// Whether it goes out and is to come back: who only reads what is printed needs no stamps.
    pub goes_out: bool,
}

impl Asked<'_> {
    fn name(&self) -> CaseName {
        CaseName::new(&self.municipality.slug, self.case)
    }
}

/// A checklist with what its submission and its assessment say of it.
#[must_use]
pub(super) fn checklist_book(asked: &Asked<'_>) -> ChecklistBook {
    let settings = asked.submission;
    let business = if settings.business.is_empty() { &settings.title } else { &settings.business };
    let words = &asked.municipality.words.checklist;
    let head = [
        (&words.subject, &settings.title),
        (&words.business, business),
        (&words.division, &settings.division),
        (&words.meeting, &settings.meeting),
        (&words.baseline, &settings.baseline),
    ];
    let sheets = &asked.checklist.settings.sheet;
    let names = tab_names(sheets.iter().map(|sheet| table_title(asked.form, sheet)));
    let sheets = sheets
        .iter()
        .zip(names)
        .map(|(sheet, name)| ChecklistSheet {
            id: sheet.id.value.clone(),
            name,
            title: sheet.title.clone(),
            belongs_to: table_title(asked.form, sheet),
            rows: rows(asked, sheet),
        })
        .collect();
    let document = asked.name().document(asked.document);
    let stamped = asked.goes_out.then_some(asked.checklist);
    ChecklistBook {
        title: asked.checklist.settings.title.clone(),
        author: asked.municipality.name.clone(),
        head: head.map(|(label, text)| (label.clone(), text.clone())).into(),
        legend: settings.legend.replace("{baseline}", &settings.baseline),
        sheets,
        stamp: book_stamp(stamped, &document),
    }
}

/// Names for the tabs: short enough, without the characters that a tab may not have, none twice.
fn tab_names(titles: impl Iterator<Item = String>) -> Vec<String> {
    // A program compares names of sheets without their case.
    let mut taken: BTreeSet<String> = [STAMP_SHEET, SUMMARY_SHEET].map(str::to_lowercase).into();
    let mut names = Vec::new();
    for title in titles {
        let plain: String =
            title.chars().map(|character| if "[]:*?/\\'".contains(character) { '・' } else { character }).collect();
        let name = (1..)
            .map(|number| {
                let suffix = if number == 1 { String::new() } else { format!("（{number}）") };
                let room = SHEET_NAME_MAX - suffix.chars().count();
                format!("{}{suffix}", plain.chars().take(room).collect::<String>())
            })
            .find(|name| !taken.contains(&name.to_lowercase()))
            .expect("numbers do not run out");
        taken.insert(name.to_lowercase());
        names.push(name);
    }
    names
}

/// `業務委託（区が行う）`: the table's title in the submission, and the side.
fn table_title(form: &Filled, sheet: &SheetToml) -> String {
    let section = form.sections.iter().find(|section| section.def_id == sheet.table.value);
    let heading = section.map_or(sheet.table.value.as_str(), |section| section.heading.as_str());
    // A printed heading may carry a number and a legal basis; the tab needs the words between.
    let words = heading.rsplit(' ').next().unwrap_or(heading).trim_start_matches('◇');
    let words = words.split('（').next().unwrap_or(words);
    if words == sheet.side { words.to_owned() } else { format!("{words}（{}）", sheet.side) }
}

fn rows(asked: &Asked<'_>, sheet: &SheetToml) -> Vec<MeasureRow> {
    // What is sent out is read back and held against the question: it has no brackets.
    let marks = &MarkStyle::default();
    let composer = Composer { look: Look { view: asked.view, marks }, legend: &[], figures: Figures::Planned };
    let is_before = asked.view == View::Before;
    sheet
        .measure
        .iter()
        .filter(|measure| !is_before || measure.state != Some(MeasureState::New))
        .map(|measure| {
            let text = asked.checklist.texts.get(&measure.id.value).expect("the model parsed every measure's text");
            MeasureRow {
                id: measure.id.value.clone(),
                category: measure.category.label(),
                text: composer.runs(text, &ItemPath::of(&measure.id.value), 0, None),
                answer: measure.answer.state.label(),
                detail: measure.answer.detail.clone(),
                rests_on: measure
                    .item
                    .as_ref()
                    .and_then(|item| cited(asked.rests_on?, &item.value))
                    .unwrap_or_default(),
                state: measure.state.filter(|_| !is_before).map_or("", MeasureState::label),
                note: measure.answer.note.clone(),
                reason: measure.answer.reason.clone(),
                stamp: if asked.goes_out {
                    row_stamp(asked.checklist, &asked.name(), measure).text()
                } else {
                    String::new()
                },
            }
        })
        .collect()
}

/// An item in the words of the form: its section and its row.
pub(super) fn item_words(assessment: &Filled, path: &ItemPath) -> Option<String> {
    let row = assessment.row(path)?;
    let section = assessment.sections.iter().find(|section| path.below(&section.path).is_some())?;
    let band = row.trail.first().map_or("", String::as_str);
    let words = [section.number.as_str(), band, row.label.as_str()];
    Some(words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// An item as it is cited: its section, its row and its pages.
fn cited((assessment, index): (&Filled, Option<&PageIndex>), path: &ItemPath) -> Option<String> {
    let words = item_words(assessment, path)?;
    let Some(index) = index else { return Some(words) };
    let range = index.rows.get(path)?;
    let pages: Vec<usize> = (range.first..=range.last).collect();
    Some(format!("{words}（P.{}）", cite_cell(&pages, "・")))
}

#[cfg(test)]
mod tests {
    use super::tab_names;

    #[test]
    fn tabs_have_names_that_a_workbook_takes() {
        let titles = ["委託（区が行う）", "委託（区が行う）", "外部/結合[1]", "集計"].map(str::to_owned);
        let names = tab_names(titles.into_iter().chain(["長".repeat(40), "長".repeat(40)]));
        assert_eq!(names[..4], ["委託（区が行う）", "委託（区が行う）（2）", "外部・結合・1・", "集計（2）"]);
        assert_eq!(
            tab_names(["A社", "a社", "Ａ社", "HYOKA"].map(str::to_owned).into_iter())[1..],
            ["a社（2）", "Ａ社", "HYOKA（2）"]
        );
        assert_eq!(names[4], "長".repeat(31));
        assert_eq!(names[5], format!("{}（2）", "長".repeat(28)));
    }
}
