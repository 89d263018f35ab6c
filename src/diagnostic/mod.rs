//! What is wrong with an author's text, where, and what to write instead.
//!
//! The vocabulary that all stages share: places in files ([`Span`]), messages in two languages ([`Code`]) and their
//! collection. It knows no TOML, no Markdown and no form. Nothing here prints; [`render()`] returns a string.

mod catalogue;
mod explanation;
mod render;
mod source_map;

pub use catalogue::{Code, Lang, Severity, Wording};
pub use explanation::{Explanation, Words};
pub use render::{Tone, render, summary};
pub use source_map::{FileId, SourceFile, SourceMap, Span};

/// One mistake of an author（診断）.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which mistake.
    pub code: Code,
    /// Where; `None` only where no file can be named (a file that is missing altogether).
    pub span: Option<Span>,
    /// Further places that explain it: the definition, the first use.
    pub related: Vec<Span>,
    /// What the placeholders of the wording stand for.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A diagnostic at a place.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Self {
        Self { code, span: Some(span), related: Vec::new(), args: Vec::new() }
    }

    /// A diagnostic about something that is in no file.
    #[must_use]
    pub fn nowhere(code: Code) -> Self {
        Self { code, span: None, related: Vec::new(), args: Vec::new() }
    }

    /// Fills the placeholder `{name}` of the wording.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Adds a place that explains the mistake.
    #[must_use]
    pub fn related(mut self, span: Span) -> Self {
        self.related.push(span);
        self
    }
}

/// All diagnostics of a run, in the order in which they were found（診断の一覧）.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one; the same mistake at the same place is kept once (a fragment is read at each use).
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.list.contains(&diagnostic) {
            self.list.push(diagnostic);
        }
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.list {
            self.push(diagnostic);
        }
    }

    /// Without the mistakes that only follow from others: from a file that could not be read, from a part that was left out.
    #[must_use]
    pub fn without_followers(mut self) -> Self {
        if self.list.iter().any(|diagnostic| diagnostic.code.is_unread()) {
            self.list.retain(|diagnostic| !diagnostic.code.follows_from_unread());
        }
        if self.list.iter().any(|diagnostic| diagnostic.code.leaves_out()) {
            self.list.retain(|diagnostic| !diagnostic.code.follows_from_left_out());
        }
        self
    }

    /// Those found so far, ordered by file and place; those without a place first.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by_key(|diagnostic| diagnostic.span);
        list
    }

    /// Whether one of them forbids a build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }

    /// How many of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.code.severity() == severity).count()
    }

    /// Whether none was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
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
