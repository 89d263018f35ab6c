//! What each returned answer means for the source: nothing, a change, or something that only a person can settle.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::markup::State;
use crate::model::manifest::MeasureToml;
use crate::model::{Checklist, Model};
use crate::name::{CaseName, MeasureId};
use crate::source::excerpt;

use super::columns::{Field, bare};
use super::returned::{Answer, Returned, Row, Sight};
use super::stamp::{mark, question_mark};

/// What returned workbooks say of the checklists they belong to（取込みの結果）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order of municipalities and cases; only those that something was returned for.
    pub checklists: Vec<ChecklistReport>,
}

/// What was returned for one checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistReport {
    /// Whose it is.
    pub case: CaseName,
    /// Measures that came back and leave the source as it is.
    pub unchanged: usize,
    /// Measures with something that a person must settle; nothing of them is changed.
    pub unsettled: usize,
    /// Fields that change, in the order of the source.
    pub changes: Vec<AnswerChange>,
}

/// A field that changes（変わる欄）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerChange {
    /// Id of the measure.
    pub id: MeasureId,
    /// Which field.
    pub field: Field,
    /// What the source says.
    pub before: String,
    /// What was returned.
    pub after: String,
    /// Where it was typed, as a person reads it.
    pub place: String,
}

/// Rows of one checklist, by measure, each with the file it stands in.
type Rows<'a> = BTreeMap<&'a MeasureId, Vec<(usize, &'a Row)>>;

/// Holds returned workbooks against the checklists of a model.
///
/// Pushes [`Code::ReturnedOther`], [`Code::MeasureUnknown`], [`Code::StampMissing`], [`Code::MeasureTwice`],
/// [`Code::MeasureMissing`], [`Code::SheetMissing`], [`Code::QuestionAltered`], [`Code::QuestionChanged`], [`Code::AnswerMoved`] and
/// [`Code::AnswersDisagree`].
#[must_use]
pub fn decide(model: &Model, returned: &[Returned], diagnostics: &mut Diagnostics) -> Report {
    let mut rows: BTreeMap<&CaseName, Vec<(usize, &Row)>> = BTreeMap::new();
    for (number, file) in returned.iter().enumerate() {
        let mut others: Vec<&CaseName> = Vec::new();
        for row in &file.rows {
            // A row that lost its stamp belongs where the others of its file do.
            let stamp = row.stamp.as_ref().or_else(|| file.rows.iter().find_map(|row| row.stamp.as_ref()));
            let Some(stamp) = stamp else {
                diagnostics.push(Diagnostic::nowhere(Code::StampMissing).with("place", &row.place).with("id", &row.id));
                continue;
            };
            if model.case(&stamp.case).is_some_and(|(_, case)| case.checklist.is_some()) {
                rows.entry(&stamp.case).or_default().push((number, row));
            } else {
                others.push(&stamp.case);
            }
        }
        others.dedup();
        for other in others {
            diagnostics.push(Diagnostic::nowhere(Code::ReturnedOther).with("file", &file.file).with("id", other));
        }
    }
    let mut report = Report::default();
    for (municipality, case) in model.cases() {
        let name = municipality.name(case);
        if let (Some(checklist), Some(rows)) = (&case.checklist, rows.get(&name)) {
            let mut desk = Desk { checklist, returned, diagnostics };
            report.checklists.push(desk.settle(name, rows));
        }
    }
    report
}

impl Row {
    /// What is answered in it, for a person who has to choose between rows.
    fn words(&self) -> String {
        let words = Field::ALL.iter().zip(&self.answers).filter_map(|(field, answer)| match answer {
            Answer::Typed { text, .. } if !text.is_empty() => Some(format!("{}：{text}", field.column().header())),
            Answer::Typed { .. } | Answer::Absent | Answer::Unknown => None,
        });
        excerpt(&words.collect::<Vec<_>>().join("、"))
    }
}

/// One checklist being settled.
struct Desk<'a> {
    checklist: &'a Checklist,
    returned: &'a [Returned],
    diagnostics: &'a mut Diagnostics,
}

/// What a field comes to.
enum Outcome {
    Same,
    Change(AnswerChange),
    Unsettled,
}

impl Desk<'_> {
    fn settle(&mut self, case: CaseName, rows: &[(usize, &Row)]) -> ChecklistReport {
        let mut by_id: Rows<'_> = BTreeMap::new();
        for (file, row) in rows {
            by_id.entry(&row.id).or_default().push((*file, row));
        }
        self.unknown(&by_id);
        self.missing(&by_id, rows);
        let mut report = ChecklistReport { case, unchanged: 0, unsettled: 0, changes: Vec::new() };
        let checklist = self.checklist;
        for measure in checklist.measures() {
            let Some(rows) = by_id.get(&measure.id.value) else { continue };
            let outcomes = self.measure(measure, rows);
            if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Unsettled)) {
                report.unsettled += 1;
                continue;
            }
            let before = report.changes.len();
            report.changes.extend(outcomes.into_iter().filter_map(|outcome| match outcome {
                Outcome::Change(change) => Some(change),
                Outcome::Same | Outcome::Unsettled => None,
            }));
            report.unchanged += usize::from(report.changes.len() == before);
        }
        report
    }

    fn unknown(&mut self, rows: &Rows<'_>) {
        let known: BTreeSet<&MeasureId> = self.checklist.measures().map(|measure| &measure.id.value).collect();
        for (id, rows) in rows.iter().filter(|(id, _)| !known.contains(*id)) {
            let near = nearest(id, known.iter().map(|known| known.as_str())).unwrap_or_default();
            for (_, row) in rows {
                let diagnostic = Diagnostic::nowhere(Code::MeasureUnknown).with("place", &row.place).with("id", *id);
                self.diagnostics.push(diagnostic.with("near", near));
            }
        }
    }

    /// Measures that went out and are in no returned file. One that was added since is not missed.
    fn missing(&mut self, by_id: &Rows<'_>, rows: &[(usize, &Row)]) {
        let files: Vec<&Returned> = self
            .returned
            .iter()
            .enumerate()
            .filter(|(at, _)| rows.iter().any(|(file, _)| file == at))
            .map(|(_, file)| file)
            .collect();
        let names = files.iter().map(|file| file.file.as_str()).collect::<Vec<_>>().join("、");
        let went_out = |id: &MeasureId| files.iter().any(|file| file.exported.is_empty() || file.exported.contains(id));
        for sheet in &self.checklist.settings.sheet {
            let lost: Vec<&MeasureToml> = sheet
                .measure
                .iter()
                .filter(|measure| !by_id.contains_key(&measure.id.value) && went_out(&measure.id.value))
                .collect();
            if lost.is_empty() {
                continue;
            }
            if lost.len() == sheet.measure.len() {
                let span = Span::new(self.checklist.file, sheet.id.range.clone());
                let diagnostic = Diagnostic::new(Code::SheetMissing, span).with("id", &sheet.id.value);
                self.diagnostics.push(diagnostic.with("file", &names));
                continue;
            }
            for measure in lost {
                let diagnostic = Diagnostic::new(Code::MeasureMissing, self.span(measure));
                self.diagnostics.push(diagnostic.with("id", &measure.id.value).with("file", &names));
            }
        }
    }

    /// What the fields of a measure come to, over all files.
    fn measure(&mut self, measure: &MeasureToml, rows: &[(usize, &Row)]) -> Vec<Outcome> {
        let id = &measure.id.value;
        let twice = rows.iter().enumerate().find(|(at, (file, _))| rows[..*at].iter().any(|(other, _)| other == file));
        if let Some((_, (_, row))) = twice {
            let diagnostic = Diagnostic::new(Code::MeasureTwice, self.span(measure)).with("id", id);
            self.diagnostics.push(diagnostic.with("place", &row.place).with("word", row.words()));
            return vec![Outcome::Unsettled];
        }
        let question = question_mark(self.checklist, id);
        let asked = self.checklist.texts[id].characters(State::After);
        for (_, row) in rows {
            let Some(stamp) = &row.stamp else {
                self.push(Code::StampMissing, measure, &row.place);
                return vec![Outcome::Unsettled];
            };
            // The cells that nobody fills in must be those that went out with this id, whatever the source says by now.
            if !stamp.sent.is_empty() && row.sent.as_ref().is_some_and(|sent| *sent != stamp.sent) {
                self.push(Code::QuestionAltered, measure, &row.place);
                return vec![Outcome::Unsettled];
            }
            // Where the question is as it went out, the sheet must still show it: an id beside another question's words means that
            // rows were moved without their hidden columns.
            if stamp.question == question
                && row.question.as_ref().is_some_and(|shown| *shown != asked && bare(shown) != bare(&asked))
            {
                self.push(Code::QuestionAltered, measure, &row.place);
                return vec![Outcome::Unsettled];
            }
        }
        Field::ALL.into_iter().map(|field| self.field(measure, field, rows, &question)).collect()
    }

    fn field(&mut self, measure: &MeasureToml, field: Field, rows: &[(usize, &Row)], question: &str) -> Outcome {
        let index = Field::ALL.iter().position(|known| *known == field).expect("ALL holds every field");
        let now = field.of(&measure.answer);
        let mut new: Vec<(&Row, &str, &str)> = Vec::new();
        for (_, row) in rows {
            let (text, place) = match &row.answers[index] {
                Answer::Typed { text, place } => (text, place),
                Answer::Absent => continue,
                Answer::Unknown => return Outcome::Unsettled,
            };
            let base = row.stamp.as_ref().map_or("", |stamp| stamp.answer(field));
            if *text != now && mark(text) != base {
                new.push((row, text, place));
            }
        }
        let Some((_, after, place)) = new.first().copied() else { return Outcome::Same };
        if let Some((_, other, elsewhere)) = new.iter().find(|(_, text, _)| *text != after) {
            let diagnostic = Diagnostic::new(Code::AnswersDisagree, self.span(measure)).with("id", &measure.id.value);
            let diagnostic = diagnostic.with("column", field.column().header()).with("place", place);
            let diagnostic = diagnostic.with("word", after).with("other", *elsewhere).with("otherword", *other);
            self.diagnostics.push(diagnostic);
            return Outcome::Unsettled;
        }
        for (row, _, place) in &new {
            let stamp = row.stamp.as_ref().expect("rows without a stamp were settled before");
            let code = if stamp.question != question {
                Code::QuestionChanged
            } else if stamp.answer(field) != mark(&now) {
                Code::AnswerMoved
            } else {
                continue;
            };
            let diagnostic = Diagnostic::new(code, self.span(measure)).with("id", &measure.id.value);
            let diagnostic = diagnostic.with("column", field.column().header()).with("place", *place);
            self.diagnostics.push(diagnostic.with("word", after).with("now", &now));
            return Outcome::Unsettled;
        }
        for (row, _, place) in new.iter().filter(|(row, ..)| row.sights[index] == Sight::Hidden) {
            let diagnostic = Diagnostic::nowhere(Code::HiddenAnswer).with("place", *place);
            self.diagnostics.push(diagnostic.with("id", &row.id));
        }
        Outcome::Change(AnswerChange {
            id: measure.id.value.clone(),
            field,
            before: now,
            after: after.to_owned(),
            place: place.to_owned(),
        })
    }

    fn push(&mut self, code: Code, measure: &MeasureToml, place: &str) {
        let diagnostic = Diagnostic::new(code, self.span(measure)).with("id", &measure.id.value);
        self.diagnostics.push(diagnostic.with("place", place));
    }

    fn span(&self, measure: &MeasureToml) -> Span {
        Span::new(self.checklist.file, measure.id.range.clone())
    }
}
