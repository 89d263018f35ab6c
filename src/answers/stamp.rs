//! What goes out hidden with a checklist, so that its way back is sure.

use crate::markup::State;
use crate::model::Checklist;
use crate::model::manifest::{MeasureState, MeasureToml, SheetToml};
use crate::name::{CaseId, CaseName, DocumentId, DocumentName, MeasureId, SheetId, Slug};
use crate::source::sha256;

use super::columns::{Field, bare};

/// Name of the hidden sheet（出力の印のシート）.
pub const STAMP_SHEET: &str = "hyoka";
/// Name of the sheet with the counts（集計のシート）.
pub const SUMMARY_SHEET: &str = "集計";
/// Which arrangement of stamps this is; a later one may hold what this program cannot know.
const FORMAT: &str = "2";
/// The arrangement before, without the mark of what was sent.
const FORMAT_BEFORE: &str = "1";
/// Hexadecimal digits of a mark: 48 bits tell any two texts of one cell apart.
const DIGITS: usize = 12;

/// What a row carries（行の印）: whose measure it is, what was asked and what the answer was when it went out.
///
/// The answers' marks make the way back a merge of three: a cell that was not touched changes nothing, even where the source has
/// moved on since. The stamp stands in the row, not on the hidden sheet, so that it survives a sheet copied into another workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowStamp {
    /// Whose it is.
    pub case: CaseName,
    /// Mark of what was asked.
    pub question: String,
    /// Mark of the row's cells that nobody fills in; empty in a workbook that an earlier program wrote.
    ///
    /// It holds for the row alone, whatever the source says by now: a row whose cells do not fit it was moved without its hidden
    /// columns, overwritten or damaged.
    pub sent: String,
    /// Mark of each field's answer, in the order of [`Field::ALL`].
    pub answers: [String; 4],
}

impl RowStamp {
    /// As written into the cell.
    #[must_use]
    pub fn text(&self) -> String {
        let parts = [FORMAT, &self.case.municipality, &self.case.case, &self.question, &self.sent];
        parts.into_iter().chain(self.answers.iter().map(String::as_str)).collect::<Vec<_>>().join("/")
    }

    /// As read from the cell; `None` for anything else.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('/').collect();
        let (parts, sent) = match parts[..] {
            [FORMAT, municipality, case, question, sent, state, detail, note, reason] => {
                ([municipality, case, question, state, detail, note, reason], sent)
            }
            [FORMAT_BEFORE, municipality, case, question, state, detail, note, reason] => {
                ([municipality, case, question, state, detail, note, reason], "")
            }
            _ => return None,
        };
        let [municipality, case, question, marks @ ..] = parts;
        let sound = |mark: &str| mark.len() == DIGITS && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
        let whole = sound(question) && (sent.is_empty() || sound(sent)) && marks.iter().all(|mark| sound(mark));
        whole.then(|| Self {
            case: CaseName { municipality: municipality.into(), case: case.into() },
            question: question.to_owned(),
            sent: sent.to_owned(),
            answers: marks.map(str::to_owned),
        })
    }

    /// The mark of a field's answer.
    #[must_use]
    pub fn answer(&self, field: Field) -> &str {
        let index = Field::ALL.iter().position(|known| *known == field).expect("ALL holds every field");
        &self.answers[index]
    }
}

/// What a row that only goes on with a measure's texts carries in place of a stamp; `index` counts from 1.
const MORE: &str = "more";

/// How an answer goes on in the row below（回答の継ぎ目）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seam {
    /// With a new line.
    Line,
    /// In the middle of a line.
    Word,
}

impl Seam {
    /// As it stands in a stamp.
    fn key(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Word => "word",
        }
    }

    /// What stands between the two parts.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Line => "\n",
            Self::Word => "",
        }
    }
}

/// The stamp of a row that goes on with a measure's texts（続きの行の印）, with the answers among them.
#[must_use]
pub fn more_stamp(index: usize, answers: &[(Field, Seam)]) -> String {
    let answers = answers.iter().map(|(field, seam)| format!("/{}={}", field.key(), seam.key()));
    format!("{MORE}/{index}{}", answers.collect::<String>())
}

/// A stamp that [`more_stamp`] made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MoreStamp {
    /// Which row of its measure it is, counted from 1.
    pub(super) index: usize,
    /// The answers that go on in it.
    pub(super) answers: Vec<(Field, Seam)>,
}

impl MoreStamp {
    /// As read from the cell; `None` for anything else.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let mut parts = text.trim().strip_prefix(MORE)?.strip_prefix('/')?.split('/');
        let index = parts.next()?.parse().ok()?;
        let answer = |part: &str| {
            let (field, seam) = part.split_once('=')?;
            let field = Field::ALL.into_iter().find(|known| known.key() == field)?;
            Some((field, [Seam::Line, Seam::Word].into_iter().find(|known| known.key() == seam)?))
        };
        Some(Self { index, answers: parts.map(answer).collect::<Option<_>>()? })
    }
}

/// The hidden sheet of a workbook（出力の印）.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BookStamp {
    /// Version of the program.
    pub version: String,
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case.
    pub case: CaseId,
    /// Id of the document.
    pub document: DocumentId,
    /// One for each sheet, in their order.
    pub sheets: Vec<SheetStamp>,
}

/// A sheet on the hidden sheet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SheetStamp {
    /// Id of the sheet.
    pub id: SheetId,
    /// SHA-256 of all that the sheet asks and of its answers.
    pub source: String,
    /// Ids of its measures, so that one added later is not taken for one that was lost.
    pub measures: Vec<MeasureId>,
}

/// The stamp of a measure's row.
///
/// # Panics
/// For a measure that is not the checklist's.
#[must_use]
pub fn row_stamp(checklist: &Checklist, case: &CaseName, measure: &MeasureToml) -> RowStamp {
    RowStamp {
        case: case.clone(),
        question: question_mark(checklist, &measure.id.value),
        sent: sent_mark([
            &measure.id.value,
            measure.category.label(),
            &checklist.texts[&measure.id.value].characters(State::After),
            measure.state.map_or("", MeasureState::label),
        ]),
        answers: Field::ALL.map(|field| mark(&field.of(&measure.answer))),
    }
}

/// The stamp of the workbook of a document; without its checklist that of no sheet, for who sends nothing out.
#[must_use]
pub fn book_stamp(checklist: Option<&Checklist>, document: &DocumentName) -> BookStamp {
    let sheet = |checklist: &Checklist, sheet: &SheetToml| {
        let rows: Vec<String> = sheet
            .measure
            .iter()
            .map(|measure| format!("{} {}", measure.id.value, row_stamp(checklist, &document.case, measure).text()))
            .collect();
        SheetStamp {
            id: sheet.id.value.clone(),
            source: sha256(rows.join("\n").as_bytes()),
            measures: sheet.measure.iter().map(|measure| measure.id.value.clone()).collect(),
        }
    };
    BookStamp {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        municipality: document.case.municipality.clone(),
        case: document.case.case.clone(),
        document: document.document.clone(),
        sheets: checklist.map_or_else(Vec::new, |checklist| {
            checklist.settings.sheet.iter().map(|own| sheet(checklist, own)).collect()
        }),
    }
}

/// The mark of what a measure asks: its words, and those of the fragment that it shares.
pub(super) fn question_mark(checklist: &Checklist, id: &MeasureId) -> String {
    let words = checklist.texts.get(id).expect("the model has the text of every measure").characters(State::After);
    let shared = checklist.shared.get(id).map_or("", String::as_str);
    mark(&format!("{words}\u{0}{shared}"))
}

/// The mark of a row's cells that nobody fills in: id, 区分, 対策項目, 変更. Widths and spaces do not count.
pub(super) fn sent_mark(cells: [&str; 4]) -> String {
    mark(&cells.map(bare).join("\u{0}"))
}

/// A short mark of a text.
pub(super) fn mark(text: &str) -> String {
    let mut digits = sha256(text.as_bytes());
    digits.truncate(DIGITS);
    digits
}
