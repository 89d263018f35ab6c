//! The three answers of the threshold judgement（しきい値判断の答え）: one fact of a case, wherever it is given.

use std::collections::BTreeSet;

use super::items::first;
use crate::diagnostic::Span;
use crate::model::manifest::{Answers, AssessmentKind, ThresholdDef, ThresholdToml};
use crate::model::{Case, Filled, ItemPath};
use crate::source::Located;

/// An answer in one place（答え）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As it is printed.
    pub text: String,
    /// As the table of thresholds words it.
    pub class: String,
    /// What asks for it: the label of the item, or the key of `case.toml`.
    pub label: String,
    /// Where it is given.
    pub span: Option<Span>,
}

/// The answers of a case, each in every place where it is given（しきい値判断の答え）.
///
/// **Shape**: the form that asks for all three comes first, then the others, then `case.toml`; empty where nothing is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgement {
    /// 対象人数.
    pub persons: Vec<Answer>,
    /// 取扱者数.
    pub staff: Vec<Answer>,
    /// 重大事故.
    pub incident: Vec<Answer>,
}

impl Judgement {
    /// The answers of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let mut forms: Vec<(&Filled, &ThresholdDef)> =
            case.assessments().filter_map(|filled| Some((filled, filled.form.rules.threshold.as_ref()?))).collect();
        forms.sort_by_key(|(_, threshold)| threshold.staff.is_none());
        let mut found = Self::default();
        for (filled, threshold) in &forms {
            let given = |item: Option<&Located<ItemPath>>| answer(filled, threshold, item?);
            found.persons.extend(given(Some(&threshold.persons)));
            found.staff.extend(given(threshold.staff.as_ref()));
            found.incident.extend(given(threshold.incident.as_ref()));
        }
        // What is copied out of a form may be worded as that form words it.
        let class = |text: &str| {
            let worded = forms.iter().map(|(_, threshold)| threshold.class(text)).find(|class| *class != text);
            worded.unwrap_or(text).to_owned()
        };
        let given = |key: &str, written: &Option<Located<String>>| {
            let written = written.as_ref()?;
            let label = format!("case.toml [basic-assessment] {key}");
            let span = Some(Span::new(case.file, written.range.clone()));
            Some(Answer { text: written.value.clone(), class: class(&written.value), label, span })
        };
        found.persons.extend(given("persons", &case.basic.persons));
        found.staff.extend(given("staff", &case.basic.staff));
        found.incident.extend(given("incident", &case.basic.incident));
        found
    }

    /// Each answer by what asks for it, in all its places.
    pub(super) fn all(&self) -> [&[Answer]; 3] {
        [&self.persons, &self.staff, &self.incident]
    }

    /// What may be due by the table: one kind where all three answers are known.
    #[must_use]
    pub fn due(&self, table: &ThresholdToml) -> BTreeSet<AssessmentKind> {
        table.due(self.answers())
    }

    /// The three answers as the table words them.
    pub(super) fn answers(&self) -> Answers<'_> {
        let [persons, staff, incident] = self.all().map(|answers| answers.first().map(|answer| answer.class.as_str()));
        Answers { persons, staff, incident }
    }
}

/// What an item of a form says, where it says something.
fn answer(filled: &Filled, threshold: &ThresholdDef, item: &Located<ItemPath>) -> Option<Answer> {
    let found = first(filled, &item.value).filter(|found| !found.text.is_empty())?;
    let class = threshold.class(&found.text).to_owned();
    Some(Answer { text: found.text, class, label: found.label, span: found.span })
}
