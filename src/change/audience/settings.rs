//! Settings for an audience: lines of municipalities, cases, changes, submissions and checklists.

use super::Editor;
use crate::model::manifest::{AnswerField, AnswerState, Audience, HistoryToml, MeasureToml, SubmissionToml};
use crate::model::{Case, Change, Changes, Checklist, Comments, Municipality};

impl Editor {
    pub(super) fn municipality(&self, municipality: &mut Municipality) {
        for document in &mut municipality.documents {
            self.line(&mut document.title);
            document.title_lines.iter_mut().for_each(|line| self.line(line));
            for line in [
                &mut document.footer,
                &mut document.footer_left,
                &mut document.header_right,
                &mut document.legend.value,
            ] {
                self.line(line);
            }
        }
    }

    pub(super) fn case(&self, case: &mut Case) {
        self.line(&mut case.title);
        self.changes(&mut case.changes);
        if let Some(submission) = &mut case.submission {
            self.submission(submission);
        }
        if let Some(checklist) = &mut case.checklist {
            self.checklist(checklist);
        }
        if let Some(comments) = &mut case.comments {
            self.comments(comments);
        }
    }

    fn comments(&self, comments: &mut Comments) {
        let hearing = &mut comments.settings.hearing;
        for line in [&mut hearing.title.value, &mut hearing.ground, &mut hearing.contact] {
            self.line(line);
        }
        hearing.places.iter_mut().for_each(|line| self.line(line));
        hearing.outline.iter_mut().for_each(|point| self.line(&mut point.text));
        hearing.way.iter_mut().for_each(|way| self.line(&mut way.to));
        for group in &mut comments.settings.group {
            [&mut group.heading, &mut group.summary, &mut group.answer].into_iter().for_each(|line| self.line(line));
        }
        comments.settings.opinion.iter_mut().for_each(|opinion| self.line(&mut opinion.text.value));
        comments.reasons.values_mut().for_each(|line| self.line(line));
        // A term of the municipality may hold what is withheld.
        comments.words.each_line(&mut |line| self.line(line));
    }

    fn changes(&self, changes: &mut Changes) {
        for Change { settings, .. } in &mut changes.list {
            for line in
                [&mut settings.reason, &mut settings.changed_on, &mut settings.timing_note, &mut settings.exemption]
            {
                self.line(line);
            }
            if let Some(row) = &mut settings.row {
                [&mut row.item, &mut row.before, &mut row.after].into_iter().for_each(|line| self.line(line));
            }
        }
        for HistoryToml { changed_on, item, before, after, timing_note, .. } in &mut changes.history {
            [changed_on, item, before, after, timing_note].into_iter().for_each(|line| self.line(line));
        }
        for summary in &mut changes.summary {
            self.line(&mut summary.settings.heading);
            self.text(&mut summary.text);
        }
    }

    fn submission(&self, settings: &mut SubmissionToml) {
        for line in [
            &mut settings.title,
            &mut settings.meeting,
            &mut settings.business,
            &mut settings.meeting_date,
            &mut settings.baseline,
            &mut settings.legend,
            &mut settings.division,
            &mut settings.basis.value,
        ] {
            self.line(line);
        }
        for attachment in &mut settings.attachment {
            self.line(&mut attachment.number);
            self.line(&mut attachment.title);
        }
    }

    fn checklist(&self, checklist: &mut Checklist) {
        self.line(&mut checklist.settings.title);
        for sheet in &mut checklist.settings.sheet {
            self.line(&mut sheet.title);
            for (number, measure) in sheet.measure.iter_mut().enumerate() {
                if self.audience == Audience::Public {
                    self.measure(measure);
                    if measure.withheld
                        && let Some(text) = checklist.texts.remove(&measure.id.value)
                    {
                        // The id may tell what the measure is.
                        measure.id.value = format!("withheld-{}-{}", sheet.id.value, number + 1).into();
                        checklist.texts.insert(measure.id.value.clone(), text);
                    }
                }
            }
        }
        if self.audience == Audience::Public {
            // What it shares with the assessment is asked of those who fill it in, and of nobody else.
            checklist.shared.clear();
        }
        checklist.texts.values_mut().for_each(|text| self.text(text));
    }

    fn measure(&self, measure: &mut MeasureToml) {
        // The words of a TOML string are parsed into `texts`; nobody needs them twice.
        measure.text = None;
        let answer = &mut measure.answer;
        let has = |field| measure.withheld || answer.withheld.contains(&field);
        let (state, detail, note, reason) =
            (has(AnswerField::State), has(AnswerField::Detail), has(AnswerField::Note), has(AnswerField::Reason));
        if state {
            answer.state = AnswerState::Open;
        }
        // An answer that is not shown is said beside it: the column of answers takes nothing but its signs.
        if detail || state {
            answer.detail.clone_from(&self.notice);
        }
        if note {
            answer.note.clone_from(&self.notice);
        }
        if reason {
            answer.reason.clone_from(&self.notice);
        }
        if measure.withheld {
            measure.item = None;
            measure.fragment = None;
            measure.state = None;
        }
    }
}
