//! What the assessment says of the hearing and of its opinions is what `comments.toml` says.

use std::collections::BTreeSet;

use super::items::{Found, first};
use super::wareki::{WrittenDate, dates, wareki};
use super::{Rule, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::Comments;

pub(super) const RULE: Rule = Rule { codes: &[Code::CommentCount, Code::HearingOther], look, explanation: None };

fn look(subject: &Subject<'_>, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let (Some(comments), Some(hearing)) = (&assessment.case.comments, &assessment.filled.form.rules.hearing) else {
            continue;
        };
        period(comments, first(assessment.filled, &hearing.period.value), diagnostics);
        for item in [&hearing.opinions, &hearing.reflection].into_iter().flatten() {
            counts(comments, first(assessment.filled, &item.value), diagnostics);
        }
    }
}

fn period(comments: &Comments, written: Option<Found<'_>>, diagnostics: &mut Diagnostics) {
    // A period that ends before it begins is another rule's.
    let period = comments.period.filter(|(from, to)| from <= to);
    let (Some((from, to)), Some(written)) = (period, written) else { return };
    let found: Vec<_> = dates(&written.text).into_iter().filter(WrittenDate::is_day).collect();
    let [first, last] = &found[..] else { return };
    let (Some((first, _)), Some((last, _)), Some(span)) = (first.days(), last.days(), written.span) else { return };
    if (first, last) != (from, to) {
        let place = Span::new(comments.file, comments.settings.hearing.from.range.clone());
        let other = Diagnostic::new(Code::HearingOther, span).with("from", wareki(from)).with("to", wareki(to));
        diagnostics.push(other.related(place));
    }
}

/// Numbers before 件 that are the number of nothing in the file.
fn counts(comments: &Comments, written: Option<Found<'_>>, diagnostics: &mut Diagnostics) {
    let Some((written, span)) = written.and_then(|written| Some((written.text, written.span?))) else { return };
    let known = known(comments);
    let mut said = BTreeSet::new();
    for number in numbers(&written).into_iter().filter(|number| !known.contains(number)) {
        if said.insert(number) {
            diagnostics.push(
                Diagnostic::new(Code::CommentCount, span)
                    .with("written", number.to_string())
                    .with("count", comments.settings.opinion.len().to_string())
                    .with("groups", comments.settings.group.len().to_string()),
            );
        }
    }
}

/// Every number that the file comes to: of all opinions and groups, and of those of a group, of an effect, of a way.
fn known(comments: &Comments) -> BTreeSet<usize> {
    let (opinions, groups) = (&comments.settings.opinion, &comments.settings.group);
    let mut known = BTreeSet::from([opinions.len(), groups.len()]);
    known.extend(groups.iter().map(|group| comments.opinions_of(&group.id.value).count()));
    for group in groups {
        let alike = groups.iter().filter(|other| other.effect() == group.effect());
        known.insert(alike.clone().count());
        known.insert(alike.map(|group| comments.opinions_of(&group.id.value).count()).sum());
    }
    known.extend(
        opinions.iter().map(|opinion| opinions.iter().filter(|other| other.way.value == opinion.way.value).count()),
    );
    known
}

/// The numbers that stand before 件, in digits of either width.
fn numbers(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut number = String::new();
    for character in text.chars() {
        let digit = match character {
            '0'..='9' => Some(character),
            '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
            _ => None,
        };
        match (digit, character) {
            (Some(digit), _) => number.push(digit),
            // A thousand is parted by a comma.
            (None, ',' | '，') if !number.is_empty() => {}
            (None, '件') => found.extend(std::mem::take(&mut number).parse::<usize>()),
            (None, _) => number.clear(),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn numbers_of_opinions_are_read() {
        assert_eq!(numbers("意見は12件（うち郵送３件）、条例第5条、1,204件"), [12, 3, 1204]);
        assert_eq!(numbers("件数は、第3の件"), Vec::<usize>::new());
    }
}
