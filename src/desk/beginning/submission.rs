//! A new matter for a committee（付議事項を始める）.

use std::path::Path;

use super::entries::entries;
use super::tables::{quoted, with_document};
use super::{Begun, Files, Made, day, form_of, named, none_there, of, said, settings_of, unreadable};
use crate::Error;
use crate::desk::checklist::Mode;
use crate::model::manifest::SectionLayout;
use crate::name::{CaseId, CaseName, FormId, SectionId, Slug};

/// An order for a submission（付議事項を始める依頼）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionOrder {
    /// Slug of the municipality.
    pub municipality: Slug,
    /// Case: the submission's own name.
    pub case: CaseId,
    /// Id of the committee's form.
    pub form: FormId,
    /// 件名.
    pub title: String,
    /// 会議体.
    pub meeting: String,
    /// 担当部課.
    pub division: String,
    /// 要綱の根拠.
    pub basis: String,
    /// The approved content that the changes are held against, in words.
    pub baseline: String,
    /// Case of the assessment that it rests on; empty: none.
    pub assessment: CaseId,
    /// Date, as `2026-04-01`.
    pub date: String,
}

/// Begins a submission.
///
/// # Errors
/// As [`begin_assessment`](super::begin_assessment).
pub fn begin_submission(root: &Path, order: &SubmissionOrder) -> Result<Begun, Error> {
    made(root, order)?.carried(root, Mode::Write)
}

pub(super) fn made(root: &Path, order: &SubmissionOrder) -> Result<Made, Error> {
    named("付議事項（CASE）", &order.case, "kessai")?;
    for (option, words) in [
        ("--title", &order.title),
        ("--meeting", &order.meeting),
        ("--division", &order.division),
        ("--basis", &order.basis),
        ("--baseline", &order.baseline),
    ] {
        said(option, words)?;
    }
    day("--date", &order.date)?;
    let checked = of(root, &order.municipality)?;
    let (path, settings) = settings_of(&checked, &order.municipality)?;
    let name = CaseName::new(&order.municipality, &order.case);
    let folder = name.submission();
    none_there(root, [&folder])?;
    let form = form_of(&checked.library, &order.municipality, &order.form)?;
    // Attachments are drawn and listed in files that `[[attachment]]` names.
    let is_apart = |layout| matches!(layout, SectionLayout::Flows | SectionLayout::Records);
    let apart = form.section.iter().filter(|section| is_apart(section.layout));
    let apart: Vec<&SectionId> = apart.map(|section| &section.id.value).collect();
    let made = entries(form, &[], &apart).into_iter();
    let mut files: Files = made.map(|(path, text)| (format!("{folder}/{path}"), Some(text))).collect();
    let keys = [
        ("form", order.form.trim()),
        ("assessment", order.assessment.trim()),
        ("title", order.title.trim()),
        ("stage", &checked.library.words.unfinished.stage),
        ("meeting", order.meeting.trim()),
        ("date", order.date.trim()),
        ("baseline", order.baseline.trim()),
        ("division", order.division.trim()),
        ("basis", order.basis.trim()),
    ];
    let keys = keys.iter().filter(|(_, words)| !words.is_empty());
    let mut text: String = keys.map(|(key, words)| format!("{key} = {}\n", quoted(words))).collect();
    text.push_str("# 表の上に印刷する凡例。{baseline} は上の baseline になります。\nlegend = \"\"\n");
    files.insert(format!("{folder}/submission.toml"), Some(text));
    let keys = [
        ("case", order.case.as_str()),
        ("id", "submission"),
        ("kind", "submission"),
        ("title", order.title.trim()),
        ("footer", "{n} / {N}"),
    ];
    let settings = with_document(&settings, &keys, &["pdf"]).ok_or_else(|| unreadable(&path))?;
    files.insert(path, Some(settings));
    let what = format!("付議事項の作成：{name}");
    Ok(Made { checked, what, files, terms: Vec::new() })
}
