//! What is wrong with an author's text, where, and what to write instead.
//!
//! The vocabulary that all stages share: places in files ([`Span`]), messages in two languages ([`Code`]) and their
//! collection. It knows no TOML, no Markdown and no form. Nothing here prints; [`render()`] returns a string.

mod acceptance;
mod catalogue;
mod contrast;
mod explanation;
mod fix;
mod followers;
mod label;
mod on_disk;
mod phrase;
mod position;
mod render;
mod report;
mod sarif;
mod short;
mod source_map;

use std::collections::BTreeMap;

use crate::name::CaseName;

pub use acceptance::{Acceptance, Accepted};
pub use catalogue::{Code, Lang, Severity, Wording};
pub use contrast::contrast;
pub use explanation::{Explanation, Words};
pub use fix::Fix;
pub use label::Label;
pub use on_disk::{OnDisk, composed};
pub use phrase::{Phrase, placeholders};
pub use render::{Tone, explain, render, summary};
pub use report::{
    Counts, Position, Report, ReportedAcceptance, ReportedDiagnostic, ReportedFix, ReportedPlace, report,
};
pub use sarif::sarif;
pub use short::short;
pub use source_map::{FileId, SourceFile, SourceMap, Span};

/// One mistake of an author（診断）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which mistake.
    pub code: Code,
    /// Where; `None` only where no file can be named (a file that is missing altogether).
    pub span: Option<Span>,
    /// Further places that explain it, in any file: the definition, the first use.
    pub related: Vec<Related>,
    /// What the placeholders of the wording stand for.
    pub args: Vec<(&'static str, Phrase)>,
    /// The cases that it was found in; empty: not known.
    pub cases: Vec<CaseName>,
    /// The municipalities in whose documents it shows, where it does not show in those of all（どの自治体の文書か）.
    pub of: Vec<String>,
}

/// A further place, and what it has to do with the mistake（関係する箇所）.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub label: Label,
}

impl Diagnostic {
    /// A diagnostic at a place.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Self {
        Self { code, span: Some(span), related: Vec::new(), args: Vec::new(), cases: Vec::new(), of: Vec::new() }
    }

    /// A diagnostic about something that is in no file.
    #[must_use]
    pub fn nowhere(code: Code) -> Self {
        Self { code, span: None, related: Vec::new(), args: Vec::new(), cases: Vec::new(), of: Vec::new() }
    }

    /// Says in which case it was found: a mistake elsewhere then does not hide it.
    #[must_use]
    pub fn of_case(mut self, case: &CaseName) -> Self {
        self.cases.push(case.clone());
        self
    }

    /// Whether another says the same of the same place, whatever case it was found in.
    fn is_same(&self, other: &Self) -> bool {
        (self.code, self.span) == (other.code, other.span) && self.related == other.related && self.args == other.args
    }

    /// Fills the placeholder `{name}` of the wording.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, Phrase::Same(value.into())));
        self
    }

    /// Fills the placeholder `{name}` with the program's own words, which differ by language.
    #[must_use]
    pub fn said(mut self, name: &'static str, phrase: Phrase) -> Self {
        self.args.push((name, phrase));
        self
    }

    /// Adds a place that explains the mistake.
    #[must_use]
    pub fn related(self, span: Span) -> Self {
        self.related_as(span, Label::Related)
    }

    /// Adds a place that explains the mistake, and says what stands there.
    #[must_use]
    pub fn related_as(mut self, span: Span, label: Label) -> Self {
        self.related.push(Related { span, label });
        self
    }
}

/// All diagnostics of a run, in the order in which they were found（診断の一覧）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    acceptances: Vec<Acceptance>,
    accepted: Vec<Accepted>,
    /// What rules say of their own codes.
    known: Vec<(Code, Explanation)>,
    /// Names of the municipalities whose documents were looked at one by one.
    municipalities: Vec<String>,
    /// How many of a code each file has, so that no file can bury the mistakes of the others.
    of_file: BTreeMap<(Option<FileId>, Code), usize>,
}

/// Most diagnostics of one code that are kept for one file; a file with more has one cause.
const ALIKE_MAX: usize = 100;
/// Most of one code that are kept without a place in a file: each tells of another cell of a workbook, and none is to be passed over.
const NOWHERE_MAX: usize = 10_000;

impl Diagnostics {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, up to 100 of a code in one file, and up to 10,000 without a place; the same mistake at the same place is kept once (a fragment is read at each use).
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let alike = (diagnostic.span.map(|span| span.file), diagnostic.code);
        if let Some(known) = self.list.iter_mut().find(|known| known.is_same(&diagnostic)) {
            // Found where the case is not known, it is of no case in particular.
            let either = known.cases.is_empty() || diagnostic.cases.is_empty();
            if either {
                known.cases.clear()
            } else {
                known.cases.extend(diagnostic.cases)
            }
            return;
        }
        let count = self.of_file.entry(alike).or_default();
        if *count < if alike.0.is_some() { ALIKE_MAX } else { NOWHERE_MAX } {
            *count += 1;
            self.list.push(diagnostic);
        }
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.list {
            self.push(diagnostic);
        }
        other.acceptances.into_iter().for_each(|acceptance| self.accept(acceptance));
        self.accepted.extend(other.accepted);
        self.known.extend(other.known);
    }

    /// Adds what was found while the documents of one municipality were made. What stands in a file that others share is said once,
    /// with the names of those in whose documents it shows; `is_own` tells the municipality's own files, which need no name.
    pub fn extend_of(&mut self, other: Self, municipality: &str, is_own: impl Fn(FileId) -> bool) {
        self.municipalities.push(municipality.to_owned());
        for mut diagnostic in other.list {
            if diagnostic.span.is_none_or(|span| is_own(span.file)) {
                self.push(diagnostic);
                continue;
            }
            let same = |known: &&mut Diagnostic| {
                let known: &Diagnostic = known;
                (known.code, known.span, &known.args) == (diagnostic.code, diagnostic.span, &diagnostic.args)
            };
            match self.list.iter_mut().find(same) {
                // One without a name was found where no municipality was looked at.
                Some(known) if known.of.is_empty() => {}
                Some(known) => known.of.push(municipality.to_owned()),
                None => {
                    diagnostic.of.push(municipality.to_owned());
                    self.push(diagnostic);
                }
            }
        }
        other.acceptances.into_iter().for_each(|acceptance| self.accept(acceptance));
        for accepted in other.accepted {
            if !self.accepted.contains(&accepted) {
                self.accepted.push(accepted);
            }
        }
        // Every municipality is held to the same rules.
        if self.known.is_empty() {
            self.known = other.known;
        }
    }

    /// What shows in the documents of all is a mistake of the shared text, and nobody's in particular.
    pub fn name_nobody_for_all(&mut self) {
        for diagnostic in self.list.iter_mut().filter(|it| it.of.len() == self.municipalities.len()) {
            diagnostic.of.clear();
        }
    }

    /// Those found so far, ordered by file and place; those without a place first.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by_key(|diagnostic| diagnostic.span);
        list
    }

    /// Those found so far, ordered by path and place; those without a place first.
    #[must_use]
    pub fn by_path(&self, sources: &SourceMap) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by_key(|diagnostic| place_of(diagnostic, sources));
        list
    }

    /// Whether one of them forbids a build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }

    /// Whether one of them says that a returned file cannot be read as what it should be.
    #[must_use]
    pub fn refuse_a_file(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code.refuses_file())
    }

    /// Whether one of them asks for a change of the text; notes do not.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code.severity() <= Severity::Warning)
    }

    /// How many of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count()
    }

    /// Takes out those that answer to a question.
    pub fn take(&mut self, asked: impl Fn(&Diagnostic) -> bool) -> Vec<Diagnostic> {
        let (taken, kept) = std::mem::take(&mut self.list).into_iter().partition(|diagnostic| asked(diagnostic));
        self.list = kept;
        taken
    }

    /// The files that the diagnostics, and the warnings that were accepted, point into.
    #[must_use]
    pub fn files(&self) -> std::collections::BTreeSet<FileId> {
        let accepted = self.accepted.iter().flat_map(|accepted| {
            [&accepted.diagnostic.span, &Some(accepted.acceptance.span)]
                .map(|span| *span)
                .into_iter()
                .chain(accepted.diagnostic.related.iter().map(|place| Some(place.span)))
        });
        let own = self.list.iter().flat_map(|diagnostic| {
            std::iter::once(diagnostic.span).chain(diagnostic.related.iter().map(|place| Some(place.span)))
        });
        own.chain(accepted.collect::<Vec<_>>()).flatten().map(|span| span.file).collect()
    }

    /// Whether none was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// What a diagnostic is ordered by: the path of its file, then its place in it.
fn place_of<'s>(diagnostic: &Diagnostic, sources: &'s SourceMap) -> Option<(&'s std::path::Path, Span)> {
    diagnostic.span.map(|span| (sources.get(span.file).path.as_path(), span))
}

/// The valid word nearest to what was written, if one is near（近い候補）.
///
/// Near means: at least three quarters alike, measured by Jaro–Winkler over characters.
#[must_use]
pub fn nearest<'a>(written: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    valid
        .into_iter()
        .map(|word| (strsim::jaro_winkler(written, word), word))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}
