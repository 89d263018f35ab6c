//! Items that depend on one another: the conditions of a form, held one topic at a time.
//!
//! No rule of its own: each topic is a rule, and what it asks for is data of the form.

use super::Subject;
use super::items::{Found, Scope, find};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::model::Filled;
use crate::model::manifest::{ConditionDef, ConditionTopic, Places, TestDef};

/// Holds all assessments to the conditions of a topic.
pub(super) fn hold(subject: &Subject<'_>, topic: ConditionTopic, code: Code, diagnostics: &mut Diagnostics) {
    for assessment in subject.assessments() {
        let filled = assessment.filled;
        let home = Span::new(assessment.file, 0..0);
        for condition in filled.form.rules.condition.iter().filter(|condition| condition.topic == topic) {
            for broken in broken(filled, condition) {
                diagnostics.push(broken.diagnostic(code, condition, home));
            }
        }
    }
}

/// What says one thing, and what does not agree with it.
struct Broken<'a> {
    deciding: Found<'a>,
    other: Found<'a>,
}

impl Broken<'_> {
    fn diagnostic(self, code: Code, condition: &ConditionDef, home: Span) -> Diagnostic {
        let Self { deciding, other } = self;
        // What is empty has no place to show; what decided has.
        let places = if other.filled { [other.span, deciding.span] } else { [deciding.span, other.span] };
        let at = places.into_iter().flatten().next().unwrap_or(home);
        let diagnostic = Diagnostic::new(code, at)
            .with("label", deciding.label)
            .with("value", deciding.text)
            .with("other", other.label)
            .with("advice", &condition.advice);
        match deciding.span.filter(|span| *span != at) {
            Some(span) => diagnostic.related(span),
            None => diagnostic,
        }
    }
}

fn broken<'a>(filled: &'a Filled, condition: &ConditionDef) -> Vec<Broken<'a>> {
    let deciding = find(filled, &condition.item.value, Scope::default());
    let total = deciding.len();
    let says = |found: &Found<'_>| condition.is.is_empty() || found.chosen.iter().any(|it| condition.is.contains(it));
    let mut saying: Vec<Found<'a>> = deciding.into_iter().filter(says).collect();
    match condition.places {
        Places::All if saying.len() < total || total == 0 => return Vec::new(),
        // One place speaks for all of them.
        Places::All | Places::Any => saying.truncate(1),
        Places::Each => {}
    }
    let mut broken = Vec::new();
    for found in saying {
        let scope = match condition.places {
            Places::Each => Scope { section: Some(found.section), record: found.record },
            Places::All | Places::Any => Scope::default(),
        };
        // That the item itself is empty is said where it is missing.
        let told = |test: &TestDef, other: &Found<'_>| test.item.value == condition.item.value && !other.filled;
        let failing = condition
            .then
            .iter()
            .flat_map(|test| failing(filled, test, scope).into_iter().filter(move |other| !told(test, other)));
        for other in failing {
            broken.push(Broken { deciding: found.clone(), other });
        }
    }
    broken
}

/// The places of an item that do not pass.
fn failing<'a>(filled: &'a Filled, test: &TestDef, scope: Scope<'_>) -> Vec<Found<'a>> {
    find(filled, &test.item.value, scope).into_iter().filter(|found| !passes(found, test)).collect()
}

fn passes(found: &Found<'_>, test: &TestDef) -> bool {
    let chosen = |from: &[String]| found.chosen.iter().any(|it| from.contains(it));
    test.filled.is_none_or(|filled| filled == found.filled)
        && (test.is.is_empty() || chosen(&test.is))
        && !chosen(&test.is_not)
}
