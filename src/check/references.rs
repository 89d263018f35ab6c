//! What a text refers to exists.

use typst::utils::hash128;
use unicode_normalization::UnicodeNormalization;

use super::passage::Said;
use super::reading::Reading;
use super::subject::{Document, Place};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Explanation, Words};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ReferenceDead, Code::ReferenceYet],
    look,
    explanation: Some(Explanation {
        numbers: &["V24"],
        what: Words {
            ja: "本文が指す資料、別添、別紙チェックリストが、その事務にある。作成中の事務では、まだないものを注意として挙げる。",
            en: "The 資料, 別添 and 別紙チェックリスト that a text refers to exist in its case; while it is being written, what is not there yet is a warning.",
        },
        why: Words {
            ja: "ない資料を見よと書いた文書は、受け取った人を迷わせる。番号の付け替えの後に多い。",
            en: "A reference to nothing sends the reader astray; renumbering leaves such behind.",
        },
        example: Words {
            ja: "資料が36-1までの「資料36-2のとおり」→「資料36-1のとおり」、又は submission.toml に資料36-2を加える",
            en: "「資料36-2のとおり」 where there is none → 資料36-1, or an `[[attachment]]` of that number",
        },
        source: "",
    }),
};

/// What the tables of a submission point to.
const CHECKLIST: &str = "別紙チェックリスト";

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for document in &subject.documents {
        let known = known(document);
        let is_unfinished = subject.library.words.is_unfinished(&document.case.stage);
        let code = if is_unfinished { Code::ReferenceYet } else { Code::ReferenceDead };
        let rule = (Code::ReferenceDead, hash128(&(&known, code)));
        document.ask(rule, diagnostics, |reading, said| attachments(reading, (&known, code), said));
        checklists(document, code, diagnostics);
    }
}

/// Numbers of the attachments and of the form's own appendices, in one width.
fn known(document: &Document<'_>) -> Vec<String> {
    let case = document.case;
    let attachments = case.submission.iter().flat_map(|submission| &submission.attachment);
    let attachments = attachments.map(|attachment| attachment.number.clone());
    // A submission speaks of the appendices of the assessment that it rests on too.
    let rests_on = case.submission.as_ref().and_then(|submission| submission.assessment.as_ref());
    let rests_on = rests_on.and_then(|id| document.municipality.cases.get(&id.value));
    let rests_on = rests_on.into_iter().flat_map(|it| it.assessments());
    let forms = document.filled.into_iter().chain(case.assessments()).chain(rests_on);
    let sections = forms.flat_map(|filled| &filled.sections).map(|section| section.number.clone());
    attachments.chain(sections).map(|number| same_width(&number)).collect()
}

fn same_width(text: &str) -> String {
    text.nfkc()
        .filter(|character| !"()（）".contains(*character))
        .map(|it| if it == '－' || it == '‐' { '-' } else { it })
        .collect()
}

/// 資料36-2, 別添2, 別紙1.
fn attachments(reading: &Reading, (known, code): (&[String], Code), said: &mut Said) {
    let text = &reading.characters;
    for (kind, needs_hyphen) in [("資料", true), ("別添", false), ("別紙", false)] {
        for (at, _) in text.match_indices(kind) {
            let number: String = text[at + kind.len()..]
                .chars()
                .take_while(|character| matches!(character, '0'..='9' | '０'..='９' | '-' | '－' | '‐'))
                .collect();
            let wanted = same_width(&format!("{kind}{number}"));
            let meant = !number.is_empty() && (!needs_hyphen || wanted.contains('-'));
            let range = at..at + kind.len() + number.len();
            if meant
                && !known.contains(&wanted)
                && let Some(span) = reading.span(range.clone())
            {
                said.push(Diagnostic::new(code, span).with("words", &text[range]));
            }
        }
    }
}

/// One sheet for each row of a table that points to a checklist.
fn checklists(document: &Document<'_>, code: Code, diagnostics: &mut Diagnostics) {
    let Some(submission) = &document.case.submission else { return };
    let sheets = || document.case.checklist.iter().flat_map(|checklist| &checklist.settings.sheet);
    for section in document.filled.iter().flat_map(|filled| &filled.sections) {
        let places: Vec<Place<'_>> = document
            .places()
            .filter(|place| place.section.is_some_and(|it| it.path == section.path))
            .filter(|place| place.reading.characters.contains(CHECKLIST))
            .collect();
        let held = sheets().filter(|sheet| sheet.table.value == section.def_id).count();
        if held >= places.len() {
            continue;
        }
        let at = places.last().and_then(|place| place.reading.span(0..CHECKLIST.len()));
        let home = document.municipality.documents.iter().find(|issued| issued.case.value == document.case.id);
        let home =
            home.map(|issued| crate::diagnostic::Span::new(document.municipality.file, issued.case.range.clone()));
        if let Some(span) = at.or(home) {
            let words = format!("{CHECKLIST}（{}）", section.heading);
            diagnostics.push(Diagnostic::new(code, span).with("words", words).with("title", &submission.title));
        }
    }
}
