//! Diagnostics as one line each, for editors and `grep`.

use super::{Diagnostics, Lang, Severity, SourceMap, report};

/// `path:line:column: level[code]: message`, a line each, ordered by file and place; columns in characters from 1.
///
/// What has no place of its own has the first of those that explain it; what has none at all has no numbers. Levels are English words in every language, so that a pattern need not know it.
#[must_use]
pub fn short(diagnostics: &Diagnostics, sources: &SourceMap, lang: Lang) -> String {
    let mut out = String::new();
    for found in report(diagnostics, sources, lang).diagnostics {
        let related = found.related.first().map(|place| (place.path.as_str(), Some(place.start)));
        let own = found.path.as_deref().map(|path| (path, found.start));
        let (path, start) = own.or(related).unwrap_or(("content", None));
        let at = start.map(|start| format!(":{}:{}", start.line, start.column)).unwrap_or_default();
        let message = found.message.replace('\n', " ");
        out += &format!("{path}{at}: {}[{}]: {message}\n", found.level.word(), found.code);
    }
    out
}

impl Severity {
    /// The English word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
