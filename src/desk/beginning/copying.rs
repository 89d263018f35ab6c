//! An assessment that begins with what is written already（写して始める）: the text after its changes, without what is another municipality's own.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item, value};

use super::assessment::{AssessmentOrder, Begin};
use super::{Files, text_of, unreadable};
use crate::desk::folding::{Emptied, Folding};
use crate::markup::State;
use crate::model::Case;
use crate::name::{CaseId, CaseName, ChangeId, Slug};
use crate::session::Checked;
use crate::{Error, Said};

/// What was copied（写したもの）.
pub(super) struct Copied {
    /// Name of the assessment.
    pub(super) title: String,
    /// Files of the new case.
    pub(super) files: Files,
    /// The terms of the municipality that was the pattern, with its words.
    pub(super) terms: Vec<(String, String)>,
}

/// The files of a new case that stands on what is written.
///
/// A case that stands on the shared text keeps it: what others have marked in it is accepted for the new case, and shows as it is after
/// the changes. Files, periods and figures are those of a case that is there.
pub(super) fn copied(checked: &Checked, order: &AssessmentOrder, folder: &str) -> Result<Copied, Error> {
    let case = &order.case;
    let refused = |ja: String, en: String| Err(Error::NoBase { reason: Said { ja, en } });
    let pattern = match &order.begin {
        Begin::From(slug) => Some(slug.clone()),
        Begin::Form(_) | Begin::Base => pattern(checked, case),
    };
    if !checked.library.assessments.contains_key(case) {
        let known = checked.library.assessments.keys().map(CaseId::as_str).collect::<Vec<_>>();
        return refused(
            format!("事務「{case}」の正本がありません。正本のある事務：{}", known.join("、")),
            format!("the case {case} has no shared text; cases that have one: {}", known.join(", ")),
        );
    }
    let Some(other) = pattern else {
        let settings = CaseName::new(&order.municipality, case).settings();
        return refused(
            format!(
                "事務「{case}」の評価書を持つ自治体がないため、特定個人情報ファイルなどの構成が分かりません。{settings} を手で書いてください"
            ),
            format!(
                "no municipality has an assessment of {case}, whose files could be followed; write {settings} by hand"
            ),
        );
    };
    let pattern = CaseName::new(&other, case);
    let known = checked.model.case(&pattern).map(|(_, case)| case);
    let path = pattern.settings();
    let (Some(known), Some(settings)) = (known, text_of(checked, &path)) else {
        let known: Vec<String> = checked.case_names().iter().map(CaseName::to_string).collect();
        return refused(
            format!("自治体「{other}」に、事務「{case}」の評価書がありません。評価書のある事務：{}", known.join("、")),
            format!("{other} has no assessment of {case}; cases that have one: {}", known.join(", ")),
        );
    };
    let changes = changes(checked, known);
    let marks = |change: &ChangeId, _| changes.iter().any(|id| id == change);
    let folding = Folding { sources: &checked.workspace.sources, marks: &marks, to: State::After };
    let folded = folding.files(&checked.library, Emptied::Goes);
    let after = |path: &str| match folded.get(path) {
        Some(text) => text.clone(),
        None => text_of(checked, path),
    };
    let settings = after(&path).unwrap_or(settings);
    let mut files = Files::new();
    if matches!(order.begin, Begin::From(_)) {
        let own = format!("{}/", pattern.folder());
        let main = known.main().map(|main| main.sources.clone()).unwrap_or_default();
        for source in main.iter().filter_map(|source| source.strip_prefix(&own)) {
            let text = after(&format!("{own}{source}.md"));
            files.extend(text.map(|text| (format!("{folder}/{source}.md"), Some(text))));
        }
    }
    let title = if order.title.trim().is_empty() { &known.title } else { &order.title };
    let stage = &checked.library.words.unfinished.stage;
    let shared = shared_changes(checked, (known, &pattern));
    let text = settled(&settings, (title.trim(), stage, &order.date), (&order.begin, &shared))
        .ok_or_else(|| unreadable(&path))?;
    files.insert(format!("{folder}/case.toml"), Some(text));
    let terms = checked.library.municipalities.get(&other).map(|read| read.value.terms.clone()).unwrap_or_default();
    Ok(Copied { title: title.trim().to_owned(), files, terms: terms.into_iter().collect() })
}

/// A municipality whose case says of which files the shared text tells.
fn pattern(checked: &Checked, case: &CaseId) -> Option<Slug> {
    checked.library.cases.keys().find(|name| name.case == *case).map(|name| name.municipality.clone())
}

/// Every change whose marks may stand in the files of a case, and that of marks that name none.
fn changes(checked: &Checked, case: &Case) -> Vec<ChangeId> {
    let all = checked.library.changes.values().flat_map(|read| &read.value.change);
    let own = case.changes.list.iter().map(|change| change.settings.id.value.clone());
    let all: BTreeSet<ChangeId> =
        all.map(|change| change.id.value.clone()).chain(own).chain([ChangeId::default()]).collect();
    all.into_iter().collect()
}

/// The changes whose marks may stand in the shared text: whoever stands on it has declared them, or accepted them.
fn shared_changes(checked: &Checked, (case, name): (&Case, &CaseName)) -> Vec<ChangeId> {
    let declared = case.changes.list.iter().map(|change| change.settings.id.value.clone());
    let accepted = checked.library.cases.get(name).into_iter().flat_map(|read| &read.value.accepted);
    let all: BTreeSet<ChangeId> = declared.chain(accepted.map(|change| change.value.clone())).collect();
    all.into_iter().collect()
}

/// Settings of the new case out of those of another: what is that municipality's own is gone.
fn settled(
    text: &str,
    (title, stage, date): (&str, &str, &str),
    (begin, accepted): (&Begin, &[ChangeId]),
) -> Option<String> {
    let mut settings: DocumentMut = text.parse().ok()?;
    for own in ["edition", "accepted", "looked-over-on"] {
        settings.remove(own);
    }
    if *begin == Begin::Base {
        for own in ["annex", "basic-assessment"] {
            settings.remove(own);
        }
    }
    for (key, words) in [("title", title), ("stage", stage), ("date", date)] {
        match settings.get_mut(key).and_then(Item::as_value_mut) {
            Some(known) => *known = words.into(),
            None => drop(settings.insert(key, value(words))),
        }
    }
    if !accepted.is_empty() {
        settings.insert("accepted", value(accepted.iter().map(ChangeId::as_str).collect::<toml_edit::Array>()));
    }
    Some(settings.to_string())
}
