//! Diagnostics as one object for programs（`--format json`）.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::position::Lines;
use super::{Diagnostic, Diagnostics, FileId, Lang, Severity, SourceMap, Span};

/// Everything that a check says（検査の結果）. A key may be added in a later version; none changes its meaning while `version` is 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Of this shape: 1.
    pub version: u32,
    /// How many of each.
    pub counts: Counts,
    /// What is wrong, ordered by file and place; what has no place first.
    pub diagnostics: Vec<ReportedDiagnostic>,
    /// Warnings that an author accepted, in the same order.
    pub accepted: Vec<ReportedAcceptance>,
}

/// How many diagnostics there are（件数）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// 誤り.
    pub errors: usize,
    /// 注意, those accepted not counted.
    pub warnings: usize,
    /// 参考.
    pub notes: usize,
    /// 了承済み.
    pub accepted: usize,
}

/// One diagnostic（診断）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedDiagnostic {
    /// The stable code.
    pub code: String,
    /// How grave.
    pub level: Severity,
    /// What is wrong.
    pub message: String,
    /// What to write instead; may be empty.
    pub help: String,
    /// A right line; may be of several lines, or empty.
    pub example: String,
    /// The file, from the workspace's root; none where no file can be named.
    pub path: Option<String>,
    /// Where it begins; none where the file could not be read.
    pub start: Option<Position>,
    /// One past where it ends.
    pub end: Option<Position>,
    /// Further places that explain it.
    pub related: Vec<ReportedPlace>,
    /// What mends it, where that is certain; none: a person has to see to it.
    pub fix: Option<ReportedFix>,
}

/// What to write in place of a stretch of a file（直し）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedFix {
    /// The file, from the workspace's root.
    pub path: String,
    /// Where the stretch begins.
    pub start: Position,
    /// One past where it ends.
    pub end: Position,
    /// What comes there.
    pub text: String,
}

/// A further place（関係する箇所）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedPlace {
    /// What stands there.
    pub label: String,
    /// The file, from the workspace's root.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// One past where it ends.
    pub end: Position,
}

/// A warning that an author accepted（了承された注意）.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ReportedAcceptance {
    /// The warning.
    #[serde(flatten)]
    pub diagnostic: ReportedDiagnostic,
    /// Why it stays.
    pub reason: String,
    /// The comment that accepts it.
    pub accepted_at: ReportedPlace,
}

/// A place in a file（位置）.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Position {
    /// Byte of the file, from 0.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Column in UTF-16 code units, from 1.
    pub column_utf16: usize,
}

/// The object that `--format json` prints.
#[must_use]
pub fn report(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang) -> Report {
    let mut places = Places { diagnostics, sources, lang, lines: BTreeMap::new() };
    let accepted = diagnostics.accepted(sources);
    Report {
        version: 1,
        counts: Counts {
            errors: diagnostics.count(Severity::Error),
            warnings: diagnostics.count(Severity::Warning),
            notes: diagnostics.count(Severity::Note),
            accepted: accepted.len(),
        },
        diagnostics: diagnostics.by_path(sources).into_iter().map(|diagnostic| places.diagnostic(diagnostic)).collect(),
        accepted: accepted
            .into_iter()
            .map(|accepted| ReportedAcceptance {
                diagnostic: places.diagnostic(&accepted.diagnostic),
                reason: accepted.acceptance.reason.clone(),
                accepted_at: places.place(accepted.acceptance.span, accepted.acceptance.code.id()),
            })
            .collect(),
    }
}

/// Looks places up; the lines of a file are found once.
struct Places<'a> {
    diagnostics: &'a Diagnostics,
    sources: &'a SourceMap,
    lang: Lang,
    lines: BTreeMap<FileId, Lines<'a>>,
}

impl Places<'_> {
    fn place(&mut self, span: Span, label: &str) -> ReportedPlace {
        let sources = self.sources;
        let lines = self.lines.entry(span.file).or_insert_with(|| Lines::new(sources.get(span.file)));
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        ReportedPlace { label: label.to_owned(), path: sources.shown(span.file), start, end }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) -> ReportedDiagnostic {
        let message = diagnostic.message(self.lang);
        let at = diagnostic.span.map(|span| self.place(span, ""));
        let related = diagnostic.related.iter();
        let related = related.map(|related| self.place(related.span, related.label.words(self.lang))).collect();
        let fix = diagnostic.fix(self.sources).map(|fix| {
            let ReportedPlace { path, start, end, .. } = self.place(fix.span, "");
            ReportedFix { path, start, end, text: fix.text }
        });
        let explanation = self.diagnostics.explanation(diagnostic.code);
        let (path, start, end) = match at {
            Some(at) => (Some(at.path), Some(at.start), Some(at.end)),
            None => (diagnostic.named_path().map(str::to_owned), None, None),
        };
        ReportedDiagnostic {
            code: diagnostic.code.id().to_owned(),
            level: diagnostic.code.severity(),
            message: message.title,
            help: message.help,
            example: explanation.map_or("", |explanation| explanation.example.text(self.lang)).to_owned(),
            path,
            start,
            end,
            related,
            fix,
        }
    }
}
